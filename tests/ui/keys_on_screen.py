"""Runs as a process of its own on a real X11 screen: a desk over fakes, keys pressed by xdotool. Prints ``done``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from tests.ui import story
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeBus, FakeControl, FakePreferences
from tests.ui.rows import SESSIONS
from ui.desk import build_desk

WAIT_MS = 15_000
WORD = "rmfwkzm"
"""글자크 as its keys are marked in Latin: the palette finds it with the input method off."""


def until(what: str, condition: Callable[[], bool]) -> None:
    """Let Qt work until ``condition`` holds.

    Raises:
        AssertionError: It does not within :data:`WAIT_MS`.
    """
    deadline = QDeadlineTimer(WAIT_MS)
    while not condition():
        assert not deadline.hasExpired(), f"not in time: {what}; the focus is in {QApplication.focusWidget()}"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def press(*words: str) -> None:
    """Let xdotool press keys while Qt works: Korean letters come with a keyboard map of their own."""
    hands = subprocess.Popen(["xdotool", *words])
    until(" ".join(words), lambda: hands.poll() is not None)
    assert hands.returncode == 0, words


def main() -> int:
    """Walk through the palette and the keys of a field."""
    app = QApplication(sys.argv[:1])
    bus, preferences = FakeBus(), FakePreferences()
    services = FakeServices(rows=SESSIONS, events=story.saved(), records=story.RECORDS)
    window = build_desk(FakeControl(), services, bus.subscribe, preferences=preferences)
    window.show()
    until("the window stands", lambda: window.windowHandle() is not None and window.windowHandle().isExposed())
    press("windowfocus", str(int(window.winId())))
    until("the window has the focus", window.isActiveWindow)
    bus.publish(*story.live(), story.ended(), story.draft(final_one=True))
    until("the record is there", lambda: bool(window.call.record.forms))
    field = window.call.record.forms[0].fields["inquiry"].rows[0].edit
    until("the field is in view", field.isVisible)
    field.setFocus()
    text = field.toPlainText()

    press("key", "ctrl+k")
    until("Ctrl+K opens the palette", lambda: window.finder is not None and window.finder.box.hasFocus())
    palette = window.finder
    assert palette is not None
    press("type", WORD)
    until("typed", lambda: palette.box.text() == WORD)
    until("Korean is found", lambda: [row.ident for row in palette.list.rows.rows[:1]] == ["larger"])
    press("key", "Escape")
    until("Esc closes it and the focus is back", lambda: not palette.isVisible() and field.hasFocus())
    assert field.toPlainText() == text

    # xdotool lends ㅏ a key for a moment only: on a busy machine Qt may look too late, so the moment grows.
    for moment_ms in (200, 1000, 3000, 6000):
        press("key", "--delay", str(moment_ms), "ctrl+Hangul_A")
        QApplication.processEvents()
        if palette.isVisible():
            break
    until("Ctrl+ㅏ opens it too", lambda: palette.isVisible() and palette.box.hasFocus())
    press("type", WORD)
    until("typed", lambda: palette.box.text() == WORD)
    until("found again", lambda: [row.ident for row in palette.list.rows.rows[:1]] == ["larger"])
    press("key", "Return")
    until("Enter does it and the focus is back", lambda: window.preferences.text_scale > 1 and field.hasFocus())

    press("key", "End")
    press("type", "abc")
    until("typed", lambda: "abc" in field.toPlainText())
    press("key", "ctrl+z")
    until("undone", lambda: "abc" not in field.toPlainText())
    press("key", "F1")
    until("F1 shows the keys", lambda: window.keys.shown)
    press("key", "Escape")
    until("Esc puts them away", lambda: not window.keys.shown)
    window.close()
    app.processEvents()
    print("done", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
