"""The desk of a profile with a PIN locks with the system's own session; what runs behind it goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from app.adapters import session_state
from tests.helpers.material import ROOT
from ui.desk_lock import DeskLock
from ui.profile_ports import LockRule
from ui.session_bus import SessionBus, has_session_bus


def test_the_desk_locks_with_the_session_in_a_call_too_and_once(qtbot: QtBot) -> None:
    window, away = QMainWindow(), SessionBus()
    window.setCentralWidget(QLabel("말"))
    qtbot.addWidget(window)
    rule = LockRule(minutes=0, in_call=False)
    lock = DeskLock(
        window, "김하나", lambda _pin: None, lambda: rule, lambda: True, lambda: "통화 중", away=away.locked
    )
    lock._clock.stop()
    lock.look()
    assert not lock.locked
    away.turned(True)
    away.turned(False)  # the system slept in between two looks
    lock.look()
    assert lock.locked
    lock.look()
    with qtbot.waitSignal(lock.turned):
        lock.page.given.emit("1234")
    lock.look()
    assert not lock.locked, "locked once for one absence"


@pytest.mark.parametrize(
    ("told", "locked"), [(None, False), ((1, 0), True), ((1, 1), False), ((1, -1), False), ((2, 0), False)]
)
def test_windows_tells_by_its_session_flags(told: tuple[int, int] | None, locked: bool) -> None:
    assert session_state.locked_by(lambda: told)() is locked


def test_no_bus_is_started_for_it() -> None:
    assert session_state.find("linux") is None
    assert not has_session_bus({})
    assert not has_session_bus({"XDG_RUNTIME_DIR": "/nowhere"})
    assert has_session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"})


_LISTENER = """
import subprocess, sys
from PySide6.QtCore import QCoreApplication, QElapsedTimer
from ui.session_bus import SessionBus
app, bus, told = QCoreApplication([]), SessionBus(), []
assert not bus.locked()
for state in ("true", "false"):
    subprocess.run(["dbus-send", "--session", "--type=signal", "/org/freedesktop/ScreenSaver",
                    "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:" + state], check=True)
    since = QElapsedTimer()
    since.start()
    while bus._is_locked is not (state == "true") and since.elapsed() < 30_000:
        app.processEvents()
    told.append(bus.locked())
    told.append(bus.locked())
sys.exit(0 if told == [True, True, False, False] else 1)
"""


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="no dbus-daemon to be a session bus")
def test_the_desktops_signal_is_heard_on_a_real_bus() -> None:
    heard = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _LISTENER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert heard.returncode == 0, heard.stderr.decode()
