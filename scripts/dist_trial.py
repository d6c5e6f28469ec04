"""Tries a built program as a PC has it that knows nothing of this project: empty environment, a home of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WINDOWS: Final = os.name == "nt"
_LIMIT_S: Final = 300
_KEPT: Final = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS")
"""Without these no program starts on Windows."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One call of the program."""

    name: str
    arguments: tuple[str, ...]
    holds: Callable[[str], bool]
    """Whether what it printed is what it should."""


def clean(home: Path, models: Path | None) -> dict[str, str]:
    """Return an environment that holds nothing of this one."""
    made = {name: os.environ[name] for name in _KEPT if name in os.environ} if WINDOWS else {"PATH": "/usr/bin:/bin"}
    made |= {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "LANG": "C.UTF-8"}
    made |= {"QT_QPA_PLATFORM": "offscreen", "DOUMI_HOME": str(home / "desk"), "DOUMI_LANG": "ko"}
    return made | ({"DOUMI_MODELS": str(models)} if models is not None else {})


def run(folder: Path, models: Path, say: Callable[[str], None]) -> list[str]:
    """Try everything; returns the names of what failed.

    Args:
        folder: The built program's.
        models: Used where the build holds none.
        say: Takes a line for the person waiting.
    """
    program = folder / ("doumi.exe" if WINDOWS else "doumi")
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="doumi-dist-", ignore_cleanup_errors=True) as temporary:
        home = Path(temporary)
        bare = clean(home, None if (folder / "models").is_dir() else models)
        # A second time with the marks of a virtual environment about: none of it may be taken up.
        haunted = {**bare, "PYTHONPATH": str(home / "nowhere"), "PYTHONHOME": str(home), "VIRTUAL_ENV": str(home)}
        for trial in trials():
            failed += _try(program, trial, bare, say)
        failed += _try(program, Trial("version, foreign Python about", ("--version",), _is_version), haunted, say)
        failed += _portable(folder, program, bare, say)
        failed += _window(program, bare, folder.parent / "window.png", say)
    # What the trial remembered beside models that are inside: it names places of this machine.
    for left in (folder / "models").glob("*"):
        if left.is_file():
            left.unlink()
    return failed


def trials() -> tuple[Trial, ...]:
    """Return the calls, in order: the first one that needs knowledge builds it."""
    sound = _sound()
    call = ("run", "--headless", "--file", str(sound), "--fast")
    if sound is None:
        call = ("run", "--headless", "--practice", "parking-report", "--speed", "50")
    return (
        Trial("version", ("--version",), _is_version),
        Trial("doctor", ("doctor", "--jsonl"), lambda text: "fail" not in _verdicts(text).values()),
        Trial("search", ("search", "--jsonl", "주차 단속"), lambda text: "주차" in text or "주정차" in text),
        Trial("a call" if sound is None else "a file call", call, lambda text: "상담 기록" in text),
        Trial("saved calls", ("sessions", "list"), lambda text: bool(text.strip())),
    )


def _sound() -> Path | None:
    named = os.environ.get("DOUMI_TEST_DATA", "")
    found = sorted(Path(named, "audio").rglob("*.wav"), key=lambda file: (file.stat().st_size, file)) if named else []
    return next((file for file in found if file.stat().st_size > 200_000), None)


def _is_version(text: str) -> bool:
    return text.startswith("doumi ")


def _verdicts(text: str) -> dict[str, str]:
    found = {}
    for line in text.splitlines():
        with suppress(ValueError, KeyError, TypeError):
            row = json.loads(line)
            found[str(row["check"])] = str(row["verdict"])
    return found or {"output": "fail"}


def _try(program: Path, trial: Trial, environment: dict[str, str], say: Callable[[str], None]) -> list[str]:
    began = time.monotonic()
    try:
        done = subprocess.run(
            [program, *trial.arguments],
            env=environment,
            cwd=environment["HOME"],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        say(f"✗ {trial.name}: no end after {_LIMIT_S} s")
        return [trial.name]
    took = time.monotonic() - began
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    if done.returncode or not trial.holds(out) or "Traceback" in err:
        say(f"✗ {trial.name}: exit {done.returncode} after {took:.1f} s\n{out[-1500:]}\n{err[-1500:]}")
        return [trial.name]
    say(f"✓ {trial.name}: {took:.1f} s")
    return []


def _portable(folder: Path, program: Path, bare: dict[str, str], say: Callable[[str], None]) -> list[str]:
    """A marker beside the program moves home and models beside it."""
    marker, data = folder / "portable", folder / "data"
    if marker.exists() or data.exists():
        say("! portable: the built folder is in use as a portable desk; not tried")
        return []
    without = {name: value for name, value in bare.items() if name != "DOUMI_HOME"}
    trial = Trial("portable", ("doctor", "--jsonl"), lambda text: "portable" in _verdicts(text) and str(data) in text)
    try:
        marker.touch()
        return _try(program, trial, without, say)
    finally:
        marker.unlink(missing_ok=True)
        shutil.rmtree(data, ignore_errors=True)


def _window(program: Path, bare: dict[str, str], picture: Path, say: Callable[[str], None]) -> list[str]:
    """Open the desk on a screen of its own and take its picture, where the programs for that are installed."""
    needed = ("Xvfb", "xdotool", "import")
    if WINDOWS or not all(map(shutil.which, needed)):
        say(f"! window: not tried, {', '.join(needed)} are needed")
        return []
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1360x860x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            display = f":{numbers.readline().strip()}"
        environment = {name: value for name, value in bare.items() if name != "QT_QPA_PLATFORM"} | {"DISPLAY": display}
        began = time.monotonic()
        desk = subprocess.Popen([program, "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(desk.pid)],
            env=environment,
            capture_output=True,
            timeout=60,
            check=False,
        )
        took = time.monotonic() - began
        with suppress(subprocess.TimeoutExpired):
            desk.wait(6)  # time for its first state; a desk that ends by itself in it has failed
        subprocess.run(["import", "-window", "root", str(picture)], env=environment, check=False)
        alive = desk.poll() is None
        if alive:
            desk.terminate()
        desk.wait(30)
    except subprocess.TimeoutExpired:
        say("✗ window: none came within a minute")
        return ["window"]
    finally:
        screen.terminate()
        screen.wait(10)
    if seen.returncode or not alive:
        say(f"✗ window: {'none came' if alive else 'the desk ended by itself'}")
        return ["window"]
    say(f"✓ window: {took:.1f} s to its first window; picture in {picture.name}")
    return []
