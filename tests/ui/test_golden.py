"""Golden pictures: a dozen scenes compared small and blurred, so that hinting does not matter and a moved pane does.

``make golden`` renews them; look at each before it is committed. They hold for the bundled typeface only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Desk
from tests.ui.every_window import WINDOWS, put_away
from tests.ui.populated_desk import close_desk, open_desk
from tests.ui.walk.focus import pixels
from tests.ui.walk.widgets import settle

FOLDER = Path(__file__).resolve().parents[1] / "golden"
RENEWS = os.environ.get("DOUMI_GOLDEN") == "renew"
LOOKS = {
    "light-100": ("light", 1.0, (1280, 800)),
    "dark-100": ("dark", 1.0, (1280, 800)),
    "contrast-100": ("contrast", 1.0, (1280, 800)),
    "light-200": ("light", 2.0, (1920, 1040)),
}
SCENES = {
    "light-100": ("idle", "live", "crisis", "wrap-up", "settings"),
    "dark-100": ("live", "abuse", "palette"),
    "contrast-100": ("live", "column"),
    "light-200": ("live", "wrap-up"),
}
WIDE = 480
"""Width of a golden picture."""
MOST_MEAN = 2.0
"""Levels of 255 by which the whole picture may differ."""
FAR = 32.0
MOST_FAR = 0.01
"""Share of places that may differ by more than ``FAR``: a clock that went on, a cursor."""

pytestmark = pytest.mark.skipif(find_spec("pylopdf_fonts_ko") is None, reason="the bundled typeface is not installed")


@pytest.fixture(scope="module", params=list(LOOKS))
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[tuple[str, Desk]]:
    """Return a look and a desk in it."""
    theme, scale, size = LOOKS[request.param]
    flashing = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    desk = open_desk(QtBot(request), theme=theme, scale=scale, size=size)
    yield request.param, desk
    close_desk(desk)
    qapp.setCursorFlashTime(flashing)


def small(image: QImage) -> QImage:
    """Return a picture at the size it is kept in."""
    wanted = image.scaledToWidth(WIDE, Qt.TransformationMode.SmoothTransformation)
    return wanted.convertToFormat(QImage.Format.Format_RGB888)


def blurred(image: QImage) -> np.ndarray:
    """Return means over 5 × 5 pixels, float, shape (height, width, 3)."""
    data = pixels(image).astype(float)
    for axis in (0, 1):
        data = sum(np.roll(data, step, axis) for step in range(-2, 3)) / 5
    return data


def difference(one: QImage, other: QImage) -> tuple[float, float]:
    """Return by how many levels two small pictures differ on average, and the share of places far apart."""
    apart = np.abs(blurred(one) - blurred(other)).max(axis=2)
    return float(apart.mean()), float((apart > FAR).mean())


def test_windows_look_as_they_were_approved(look: tuple[str, Desk]) -> None:
    name, desk = look
    wrong = []
    for scene in SCENES[name]:
        window = WINDOWS[scene](desk)
        settle(window)
        drawn, file = small(window.grab().toImage()), FOLDER / f"{scene}-{name}.png"
        if RENEWS:
            FOLDER.mkdir(exist_ok=True)
            drawn.save(str(file))
        kept = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB888)
        if kept.size() != drawn.size():
            wrong.append(f"{file.name}: {drawn.size()} and not {kept.size()}")
        else:
            mean, far = difference(drawn, kept)
            if mean > MOST_MEAN or far > MOST_FAR:
                wrong.append(f"{file.name}: {mean:.2f} levels on average, {far:.2%} far apart")
        put_away(desk, window)
    assert wrong == []


def test_a_moved_pane_is_noticed_and_a_ticking_clock_is_not() -> None:
    kept = QImage(str(FOLDER / "live-light-100.png")).convertToFormat(QImage.Format.Format_RGB888)
    moved = kept.copy(0, -12, kept.width(), kept.height())
    assert difference(kept, moved)[1] > MOST_FAR
    clock = QImage(kept)
    for x in range(40, 64):
        for y in range(8, 14):
            clock.setPixelColor(x, y, Qt.GlobalColor.black)
    mean, far = difference(kept, clock)
    assert mean <= MOST_MEAN
    assert far <= MOST_FAR
