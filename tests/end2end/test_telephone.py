"""The example script for softphones, run against the real program with its window: a call from ring to hang-up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from app.home import Home
from app.instance import socket_name
from tests.helpers.material import ROOT
from tests.helpers.models import installed_model
from tests.helpers.pulse import SoundServer, sound_server

PATIENCE_S = 120.0
HOOK = ROOT / "docs" / "examples" / "softphone_hook.py"

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(sys.platform == "win32", reason="the example's program is a shell script here"),
]


@dataclass
class Running:
    environment: dict[str, str]
    program: Path

    def hook(self, *arguments: str) -> tuple[int, str]:
        """Let the softphone call its hook; returns exit code and what was said."""
        done = subprocess.run(
            [sys.executable, str(HOOK), *arguments, "--doumi", str(self.program), "--seconds", str(PATIENCE_S)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def doumi(self, *arguments: str) -> tuple[int, str]:
        """Run the program itself; returns exit code and standard output."""
        done = subprocess.run(
            [str(self.program), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.returncode, done.stdout


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A desk between calls, introduced, with a speech model and a headset."""
    with sound_server() as server:
        yield from _running(tmp_path, server)


def _running(tmp_path: Path, server: SoundServer) -> Iterator[Running]:
    models = installed_model("whisper-base").parent
    home = Home(root=tmp_path / "home", models=models)
    home.root.mkdir()
    devices = {"agent_device": server.agent_id, "caller_device": server.caller_id}
    settings = {"schema_version": 1, "desk": {"introduced": True}, "sound": devices}
    home.settings.write_text(json.dumps(settings), encoding="utf-8")
    short = Path(tempfile.mkdtemp(prefix="d"))  # a socket's path is short
    program = tmp_path / "doumi"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m app "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DOUMI_")}
    environment |= server.env | {
        "DOUMI_HOME": str(home.root),
        "DOUMI_MODELS": str(models),
        "DOUMI_KEY_MODE": "file",
        "DOUMI_LANG": "ko",
        "QT_QPA_PLATFORM": "offscreen",
        "TMPDIR": str(short),
        "PYTHONPATH": str(ROOT),
    }
    command = [str(program), "run"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline, pause = time.monotonic() + PATIENCE_S, threading.Event()
    try:
        while not (short / socket_name(home)).exists():
            assert process.poll() is None, "the desk ended"
            assert time.monotonic() < deadline, "the desk does not listen"
            pause.wait(0.05)
        yield Running(environment, program)
    finally:
        children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.kill()
        process.wait(PATIENCE_S)
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(children, timeout=PATIENCE_S)
        shutil.rmtree(short, ignore_errors=True)


def test_a_softphone_leads_a_call_from_ring_to_hang_up(running: Running) -> None:
    assert running.hook("end")[0] == 0, "an end of no call is none"
    assert running.hook("ring", "01012345678", "--ars", "교통 > 주정차")[0] == 0
    code, said = running.hook("start", "sip:01012345678@pbx.example", "--ars", "교통 > 주정차")
    assert (code, "시작" in said) == (0, True), said
    assert "1234" not in said
    assert running.hook("connected", "01012345678")[0] == 0
    assert running.hook("hold", "01012345678")[0] == 0
    assert running.hook("hold", "029876543")[0] == 3
    assert running.doumi("call", "resume", "--json") == (0, '{"ok": true, "code": "order.resumed"}\n')
    assert running.doumi("doumi:call/escalate")[0] == 3
    assert running.doumi("doumi:call/end?number=010-1234-5678")[0] == 0
    assert running.hook("start", "029876543")[0] == 4, "the record of the first call is not filed"
    assert running.hook("hangup", "029876543")[0] == 0
    logs = [file.read_text(encoding="utf-8") for file in (Path(running.environment["DOUMI_HOME"]) / "logs").glob("*")]
    assert logs
    assert not any("12345678" in log or "1234-5678" in log or "주정차" in log for log in logs)
