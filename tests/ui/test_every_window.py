"""A walk through every window: names, keys, focus, room for Korean at 100, 150 and 200 %, contrast of what is drawn.

Each look is walked once; the tests read what the walk found.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Desk
from tests.ui.every_window import WINDOWS, put_away
from tests.ui.populated_desk import close_desk, open_desk
from tests.ui.walk import contrast, focus, held, names, words
from tests.ui.walk.widgets import settle

LOOKS = {
    "light-200": ("light", 2.0, (1920, 1040)),
    "dark-150": ("dark", 1.5, (1920, 1040)),
    "contrast-100": ("contrast", 1.0, (1280, 800)),
}


@dataclass
class Walk:
    """What was found, by kind of fault, as ``window: fault``."""

    is_first: bool
    found: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, window: str, faults: list[str]) -> None:
        self.found.setdefault(kind, []).extend(f"{window}: {fault}" for fault in faults)


def look_at(made: Walk, desk: Desk, name: str, kinds: set[tuple[object, ...]]) -> None:
    """Open one window and note all that is wrong with it."""
    window = WINDOWS[name](desk)
    settle(window)
    made.note("cut", name, words.cut(window))
    made.note("pale", name, contrast.pale(window))
    made.note("unseen", name, list(focus.unseen(window, kinds)))
    if made.is_first:  # these do not depend on colours and sizes
        made.note("english", name, words.english(window))
        made.note("nameless", name, names.faults(window))
        made.note("alike", name, names.alike(window))
        made.note("unreached", name, focus.unreached(window))
        made.note("held", name, held.layout_items())
    put_away(desk, window)


@pytest.fixture(scope="module", params=list(LOOKS))
def walk(request: pytest.FixtureRequest, qapp: QApplication) -> Walk:
    """Open every window in one look."""
    theme, scale, size = LOOKS[request.param]
    made, kinds = Walk(request.param == next(iter(LOOKS))), set[tuple[object, ...]]()
    desk = open_desk(QtBot(request), theme=theme, scale=scale, size=size)
    for name in WINDOWS:
        look_at(made, desk, name, kinds)
    close_desk(desk)
    return made


@pytest.mark.parametrize("kind", ["cut", "english", "pale", "nameless", "alike", "unreached", "unseen", "held"])
def test_no_window_has(walk: Walk, kind: str) -> None:
    assert walk.found.get(kind, []) == []
    assert walk.is_first == ("english" in walk.found)
