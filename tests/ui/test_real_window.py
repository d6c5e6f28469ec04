"""The real program in a real window: Xvfb, xdotool, its own home. Pressed keys in, a filed and escalated call out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ui.hold_button import HOLD_MS

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0
STEP_S = 30.0

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb and xdotool drive X11 only"),
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed"),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed"),
]


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of our own; yields its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(STEP_S)


class Program:
    """The running desk, and the hands on its keyboard."""

    def __init__(self, display: str, home: Path) -> None:
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "DOUMI_"))}
        self.environment |= {"DISPLAY": display, "DOUMI_HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
        if models := os.environ.get("DOUMI_MODELS"):
            self.environment["DOUMI_MODELS"] = models
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.process = subprocess.Popen(
            [*DOUMI, "run", "--practice", "parking-report", "--speed", "8"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._errors: list[str] = []
        assert self.process.stderr is not None
        self._reader = threading.Thread(target=self._errors.extend, args=(self.process.stderr,), daemon=True)
        self._reader.start()

    def errors(self) -> str:
        self._reader.join(STEP_S)
        return "".join(self._errors)

    def xdotool(self, *words: str, timeout: float = STEP_S) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=timeout, check=True
        )
        return done.stdout.strip()

    def saved(self) -> list[dict[str, object]]:
        """Return what ``doumi sessions list`` tells beside the running desk; nothing before the first call."""
        done = subprocess.run(
            [*DOUMI, "sessions", "list", "--jsonl"], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    def until(self, what: str, condition: Callable[[], bool], within_s: float = STEP_S) -> None:
        """Wait for a condition; each look is a whole process, so looking is what paces it."""
        deadline = time.monotonic() + within_s
        while not condition():
            assert self.process.poll() is None, f"the desk ended before: {what}\n{self.errors()}"
            assert time.monotonic() < deadline, f"not within {within_s:.0f} s: {what}"

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(STEP_S)
        self._reader.join(STEP_S)
        assert self.process.stderr is not None
        self.process.stderr.close()


DOUMI = (sys.executable, "-m", "app")


@pytest.fixture
def program(display: str, tmp_path: Path) -> Iterator[Program]:
    made = Program(display, tmp_path / "home")
    try:
        yield made
    finally:
        made.end()


def test_a_practice_call_is_escalated_and_filed_by_the_keyboard(program: Program, tmp_path: Path) -> None:
    home = tmp_path / "home"
    window = program.xdotool("search", "--sync", "--onlyvisible", "--name", "상담", timeout=START_S).splitlines()[0]
    # No window manager here: the focus is given by hand, and kept.
    program.xdotool("windowfocus", "--sync", window)

    def row() -> dict[str, object]:
        rows = program.saved()
        return rows[0] if rows else {}

    def stored() -> str:
        file = home / "settings.json"
        settings = json.loads(file.read_text()) if file.exists() else {}
        return str(settings.get("desk", {}).get("layout", "full"))

    def shown() -> list[str]:
        return program.xdotool("search", "--onlyvisible", "--name", "상담").splitlines()

    program.until("the call began", lambda: bool(row().get("turns")), START_S)
    begun = row()["id"]

    # F11 through the three layouts, by the live call's own window; the keys stay with it throughout.
    for layout, windows in (("docked", 1), ("two", 2), ("full", 1)):
        program.xdotool("key", "F11")
        program.until(f"layout {layout}", lambda wanted=layout: stored() == wanted)
        program.until(f"{windows} windows", lambda wanted=windows: len(shown()) == wanted)
        program.until(f"the keys stay in {layout}", lambda: program.xdotool("getwindowfocus") == window)
        assert float(str(row()["duration_s"])) >= 0
    assert row()["id"] == begun

    def hold_f12() -> bool:
        # Held as a person does, for longer than the button asks, however fast the machine is.
        program.xdotool("keydown", "F12", "sleep", str(1.6 * HOLD_MS / 1000), "keyup", "F12")
        return bool(row().get("escalated"))

    program.until("the call was handed over", hold_f12)
    program.xdotool("key", "F9")

    def file() -> bool:
        program.xdotool("key", "ctrl+Return")
        return bool(row().get("filed"))

    program.until("the record was filed", file)
    program.xdotool("key", "ctrl+q")
    assert program.process.wait(STEP_S) == 0
    places = json.loads((home / "personal" / "windows.json").read_text())
    assert {name for name in places if name.endswith((".window", ".second"))} >= {
        "full.window",
        "docked.window",
        "two.window",
        "two.second",
    }
    errors = program.errors()
    for word in ("Traceback", "text-to-speech", "pipewire"):
        assert word not in errors
    saved = program.saved()
    assert len(saved) == 1
    assert saved[0]["filed"]
    assert saved[0]["escalated"]
    assert saved[0]["source"] == "practice"
