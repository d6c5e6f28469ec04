"""Ctrl+C on a line of the conversation takes it along with personal data covered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from assist.mask import COVER
from audio.model import Channel
from tests.ui import story
from ui.call_view_state import CallViewState
from ui.conversation import ConversationPane


def test_a_copied_line_is_covered_also_where_a_number_began_before_it(qtbot: QtBot) -> None:
    state = CallViewState()
    state.apply(story.started())
    for i, text in enumerate(("저는 김민수예요", "공일공에 공일이삼", "다시 사오육칠이요")):
        state.apply(story.final(i, Channel.CALLER, 3.0 * i, 3.0 * i + 2, text))
    pane = ConversationPane()
    qtbot.addWidget(pane)
    pane.model.set_state(state)
    pane.model.sync()
    copied = []
    for row in range(pane.model.rowCount()):
        pane.view.setCurrentIndex(pane.model.index(row, 0))
        qtbot.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        copied.append(QGuiApplication.clipboard().text())
    assert len(copied) == 3
    assert copied[0] == f"저는 {COVER * 3}예요"
    assert "사오육칠" not in copied[2]
