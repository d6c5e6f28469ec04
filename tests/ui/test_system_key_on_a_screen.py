"""The system-wide key on a real X11 screen: another program has the focus, and one key alone is taken."""

from __future__ import annotations

import os
import queue
import subprocess

import pytest

from app.adapters.system_key import SystemKeyFault, SystemWideKey
from tests.ui import test_real_window

pytestmark = test_real_window.pytestmark
display = test_real_window.display
WAIT_S = 20.0


@pytest.fixture
def screen(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)


def press(*words: str) -> None:
    subprocess.run(["xdotool", *words], env=os.environ, check=True, capture_output=True, timeout=WAIT_S)


@pytest.mark.usefixtures("screen")
def test_the_key_tells_down_and_up_and_is_given_back() -> None:
    moves: queue.Queue[bool] = queue.Queue()
    key, other = SystemWideKey(), SystemWideKey()
    assert key.fault("F12") == ""
    key.grab("F12", moves.put)
    try:
        press("keydown", "F12")
        assert moves.get(timeout=WAIT_S) is True
        press("key", "F11")
        press("keyup", "F12")
        assert moves.get(timeout=WAIT_S) is False
        with pytest.raises(SystemKeyFault) as raised:
            other.grab("F12", moves.put)
        assert raised.value.code == "press.key_taken"
    finally:
        key.release()
    assert moves.empty()
    other.grab("Ctrl+F12", moves.put)
    try:
        press("key", "F12")
        press("keydown", "ctrl", "keydown", "F12", "keyup", "F12", "keyup", "ctrl")
        assert moves.get(timeout=WAIT_S) is True
        assert moves.get(timeout=WAIT_S) is False
        assert moves.empty()
    finally:
        other.release()
