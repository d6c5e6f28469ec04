"""Runs the site's command for the telephone line: an argument list without a shell, watched to its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import psutil

from app.errors import LineFault

_KEPT: Final = frozenset(
    (
        *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR"),
        *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "HOMEDRIVE", "HOMEPATH"),
        *("USERPROFILE", "USERNAME", "USERDOMAIN", "COMPUTERNAME", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA"),
        *("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432", "NUMBER_OF_PROCESSORS"),
    )
)
"""What a program needs to find its files, its language, the screen and the sound; nothing of the desk's own."""
_KILLED_WITHIN_S: Final = 5.0


def environment(whole: Mapping[str, str]) -> dict[str, str]:
    """Return the part of an environment that the command gets."""
    return {name: value for name, value in whole.items() if name.upper() in _KEPT or name.startswith("LC_")}


def run(arguments: Sequence[str], timeout_s: float) -> None:
    """Run a program to its end; what it writes goes nowhere. Blocks: call from a worker thread.

    Args:
        arguments: Program and arguments; no shell reads them.
        timeout_s: Seconds after which the program and all it started are killed.

    Raises:
        LineFault: It could not be started, did not end in time, or ended with anything but 0.
    """
    if sys.platform == "win32" and arguments[0].lower().rstrip(" .").endswith((".bat", ".cmd")):
        # Windows hands these to its shell, which would read the arguments again.
        raise LineFault("line.command_batch")
    try:
        process = subprocess.Popen(
            list(arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(os.environ),
            **_apart(),
        )
    except FileNotFoundError:
        raise LineFault("line.command_missing") from None
    except (OSError, ValueError):
        # Not allowed, not a program, an argument that cannot be handed over.
        raise LineFault("line.command_not_started") from None
    try:
        status = process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        _kill_tree(process)
        raise LineFault("line.timeout", seconds=f"{timeout_s:g}") from None
    if status != 0:
        raise LineFault("line.command_failed", status=status)


def _apart() -> dict[str, Any]:
    """Return what puts the program into a group of its own, without a window."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _kill_tree(process: subprocess.Popen[bytes]) -> None:
    tree: list[psutil.Process] = []
    with suppress(psutil.Error):
        tree = psutil.Process(process.pid).children(recursive=True)
    if sys.platform != "win32":
        # Also those whose parent is gone already: the group is the program's own.
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    for one in tree:
        with suppress(psutil.Error):
            one.kill()
    with suppress(OSError):
        process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_KILLED_WITHIN_S)
