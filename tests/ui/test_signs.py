"""Colour is never the only sign: states stay apart in shades of grey; every action has a way by the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assist.model import Card
from kb.model import Band
from tests.ui import story
from tests.ui.populated_desk import close_desk, open_desk
from tests.ui.walk.focus import pixels
from ui import i18n, parts, theme
from ui.actions import ACTIONS, said
from ui.card import CardWidget
from ui.notices import NoticeLine
from ui.palette_sources import actions_found
from ui.team_parts import Bars

SAME = "기록을 보내지 못했습니다."
FAR = 40
"""Levels of 255 between two greys that an eye tells apart."""


def _notice(severity: str) -> QWidget:
    line = NoticeLine()
    line.say(SAME, severity)
    return line


def _meter(db: float) -> QWidget:
    meter = parts.Meter("시민")
    meter.set_db(db)
    return meter


def _dots(filled: int) -> QWidget:
    made = parts.Dots()
    made.show_level(filled, "보통")
    return made


def _tick(made: QCheckBox | QRadioButton, checked: bool) -> QWidget:
    made.setText("들려주기")
    made.setChecked(checked)
    return made


def _tool(kind: str, checked: bool) -> QWidget:
    made = parts.tool("pin", "고정", kind=kind, text="고정")
    made.setCheckable(True)
    made.setChecked(checked)
    return made


def _card(band: Band, current: bool = False) -> QWidget:
    card: Card = story.card(0, band)
    made = CardWidget(card, 1, "")
    parts.set_role(made, "true" if current else "false", "current")
    return made


def _role(role: str) -> QWidget:
    return parts.label({"doubt": "확인 필요", "good": "✓ 원본 그대로", "danger": "위험"}[role], role)


SIGNS: dict[str, tuple[Callable[[], QWidget], ...]] = {
    "notice": tuple(lambda severity=severity: _notice(severity) for severity in ("info", "warning", "error")),
    "meter": (lambda: _meter(-60.0), lambda: _meter(-20.0)),
    "dots": tuple(lambda filled=filled: _dots(filled) for filled in (1, 2, 3, 4)),
    "tick": (lambda: _tick(QCheckBox(), True), lambda: _tick(QCheckBox(), False)),
    "choice": (lambda: _tick(QRadioButton(), True), lambda: _tick(QRadioButton(), False)),
    "pin": (lambda: _tool("quiet", True), lambda: _tool("quiet", False)),
    "chip": (lambda: _tool("chip", True), lambda: _tool("chip", False)),
    "sureness": (lambda: _card(Band.SURE), lambda: _card(Band.CANDIDATE)),
    "current": (lambda: _card(Band.SURE, True), lambda: _card(Band.SURE)),
    "words": tuple(lambda role=role: _role(role) for role in ("doubt", "good", "danger")),
}
"""States that stand in one place, each as it is drawn."""


@pytest.fixture(params=theme.THEMES)
def look(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    i18n.install(qapp, "ko")
    theme.apply(qapp, request.param, 1.0)
    return str(request.param)


def grey(made: QWidget, bot: QtBot) -> np.ndarray:
    """Return a widget as luma, float, on the window's ground."""
    around = QWidget()
    around.setObjectName("window")
    bot.addWidget(around)
    layout = QVBoxLayout(around)
    layout.addWidget(made)
    around.resize(420, 320)
    around.show()
    image = around.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    found: np.ndarray = pixels(image).astype(float) @ np.array([0.299, 0.587, 0.114])
    return found


@pytest.mark.parametrize("sign", SIGNS)
def test_states_stay_apart_without_colour(sign: str, look: str, qtbot: QtBot) -> None:
    drawn = [grey(make(), qtbot) for make in SIGNS[sign]]
    for place, one in enumerate(drawn):
        for other in drawn[place + 1 :]:
            assert int((np.abs(one - other) > FAR).sum()) >= 20, (sign, look, place)


def test_a_chart_is_told_in_words(qtbot: QtBot) -> None:
    bars = Bars("유형별 사건")
    qtbot.addWidget(bars)
    bars.show_counts([("욕설", 14), ("협박", 3), ("기타", 0)])
    assert bars.accessibleName() == "유형별 사건: 욕설 14, 협박 3"
    assert bars.toolTip() == "욕설 14, 협박 3"


def test_every_action_has_a_way_by_the_keyboard(qtbot: QtBot) -> None:
    desk = open_desk(qtbot)
    actions = desk.window.registry
    offered = {action.id for action in actions.offered}
    assert {action.id for action in ACTIONS} - offered == set()
    for action in actions.offered:
        found = {row.ident for row in actions_found(actions, said(action.text))}
        assert actions.keys(action.id) or action.id in found, action.id
        assert said(action.text) != action.text, f"no Korean: {action.text}"
    close_desk(desk)
