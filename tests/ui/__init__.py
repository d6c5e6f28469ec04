"""Tests of the windows: offscreen unless the environment says otherwise."""

from __future__ import annotations

import os

from ui.binding import steady_constants

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
steady_constants()
