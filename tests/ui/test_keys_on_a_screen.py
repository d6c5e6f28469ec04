"""The palette and the keys in a real window: Xvfb, xdotool, Korean letters on the keyboard."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.ui import test_real_window

pytestmark = test_real_window.pytestmark
display = test_real_window.display
WAIT_S = 120.0


def test_the_palette_opens_finds_does_and_gives_the_focus_back(display: str) -> None:
    dropped = ("QT_", "DOUMI_", "WAYLAND_", "XDG_SESSION")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.keys_on_screen"],
        cwd=test_real_window.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "done"
