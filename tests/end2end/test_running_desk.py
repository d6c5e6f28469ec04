"""The real program with its window: no port on any network, one socket for this user alone, one desk.

Two launches in one moment are in ``tests/faults/test_two_launches.py``.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from app.home import Home
from app.instance import socket_name
from tests.helpers.material import ROOT

START_S = 120.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the local socket is a file on other systems only")


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    socket: Path
    environment: dict[str, str]

    def tree(self) -> list[psutil.Process]:
        whole = psutil.Process(self.process.pid)
        return [whole, *whole.children(recursive=True)]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk with its window in a practice call, without models."""
    folder = tmp_path_factory.mktemp("running")
    home = Home(root=folder / "home", models=folder / "models")
    short = Path(tempfile.mkdtemp(prefix="d"))  # a socket's path is short
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DOUMI_")}
    environment |= {
        "DOUMI_HOME": str(home.root),
        "DOUMI_MODELS": str(home.models),
        "DOUMI_KEY_MODE": "file",
        "QT_QPA_PLATFORM": "offscreen",
        "TMPDIR": str(short),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "run", "--practice", "parking-report"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    place = short / socket_name(home)
    deadline, pause = time.monotonic() + START_S, threading.Event()
    try:
        while not place.exists():
            assert process.poll() is None, "the desk ended"
            assert time.monotonic() < deadline, "the desk does not listen"
            pause.wait(0.05)
        yield Running(process, place, environment)
    finally:
        children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.kill()
        process.wait(START_S)
        psutil.wait_procs(children, timeout=START_S)
        shutil.rmtree(short, ignore_errors=True)


def test_the_one_socket_and_every_file_belong_to_this_user_alone(running: Running) -> None:
    mode = running.socket.stat()
    assert stat.S_ISSOCK(mode.st_mode)
    assert mode.st_uid == os.getuid()
    assert mode.st_mode & 0o077 == 0
    personal = Path(running.environment["DOUMI_HOME"]) / "personal"
    assert personal.stat().st_mode & 0o077 == 0
    files = [file for file in personal.rglob("*") if file.is_file()]
    assert any(file.name == "personal.db" for file in files)
    # The folder is closed to others; what leaves it by copying must be closed too.
    assert [
        file.name for file in files if file.suffix in (".db", ".json", ".key") and file.stat().st_mode & 0o077
    ] == []


_OTHER = """
import os, socket, sys
os.setgid(65534); os.setuid(65534)
with socket.socket(socket.AF_UNIX) as one:
    try:
        one.connect(sys.argv[1])
    except PermissionError:
        sys.exit(7)
"""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can play another user")
def test_another_user_is_not_let_in(running: Running) -> None:
    running.socket.parent.chmod(0o755)  # the way to the socket is open: what is left is the socket's own lock
    assert subprocess.run([sys.executable, "-c", _OTHER, str(running.socket)], check=False).returncode == 7


def test_the_same_user_is_answered(running: Running) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.settimeout(START_S)
        one.connect(str(running.socket))
        one.sendall(b'{"verb": "raise"}\n')
        assert one.recv(100) == b'{"ok": true}\n'


def test_a_second_program_ends_with_a_sentence_and_the_first_goes_on(running: Running) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "app", "run"],
        cwd=ROOT,
        env=running.environment | {"DOUMI_LANG": "ko"},
        capture_output=True,
        text=True,
        timeout=START_S,
        check=False,
    )
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert running.process.poll() is None


def test_no_process_of_the_desk_listens_on_any_network(running: Running) -> None:
    tree = running.tree()
    assert len(tree) > 1, "its children run"
    listening = [
        (process.name(), one)
        for process in tree
        for one in process.net_connections(kind="inet")
        if one.status == psutil.CONN_LISTEN or one.type is socket.SOCK_DGRAM
    ]
    assert listening == []
