"""The crisis box: numbers and steps at hand, one press for the note, one for the copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QToolButton
from pytestqt.qtbot import QtBot

from assist.events import HandoverNoted, WelfareCentreFound
from assist.mask import mask
from assist.model import CrisisKind
from tests.ui import story
from tests.ui.conftest import Desk
from ui.protect_crisis import CrisisBox
from ui.text_block import Passage

NOTE = "연계 메모 · 자살 위험 · 지금 위급\n누구: 확인 필요"


def noted(kind: CrisisKind = CrisisKind.SUICIDE, text: str = NOTE) -> HandoverNoted:
    return HandoverNoted(**story.at(40), kind=kind, turn=5, text=text)


def centre() -> WelfareCentreFound:
    return WelfareCentreFound(**story.at(41), district="한빛구", name="새빛복지관", phone="02-000-1234", article_id="w")


def box_of(desk: Desk) -> CrisisBox:
    desk.live()
    desk.tell(story.crisis())
    desk.bot.waitUntil(lambda: desk.window.findChild(QFrame, "crisis") is not None)
    box = desk.window.findChild(QFrame, "crisis")
    assert isinstance(box, CrisisBox)
    return box


def test_one_press_makes_the_note_and_another_copies_it(desk: Desk) -> None:
    box = box_of(desk)
    assert not box.copy_button.isVisible()
    desk.bot.mouseClick(box.note_button, Qt.MouseButton.LeftButton)
    assert desk.control.last("note_handover") == (CrisisKind.SUICIDE,)
    desk.tell(noted())
    assert box.note == NOTE
    assert any(passage.accessibleName() == NOTE for passage in box.findChildren(Passage))
    QGuiApplication.clipboard().clear()
    box.copy_button.click()
    assert QGuiApplication.clipboard().text() == mask(NOTE)[0]
    assert box.copied.isVisibleTo(box)


def test_the_copy_covers_names_and_numbers_until_they_are_asked_for_which_is_logged(desk: Desk) -> None:
    box = box_of(desk)
    note = f"{NOTE}\n누구: “저는 김민수예요” 전화 010-0123-4567"
    desk.tell(noted(text=note))
    box.copy_button.click()
    shown = QGuiApplication.clipboard().text()
    assert "김민수" not in shown
    assert "0123" not in shown
    assert "handover_revealed" not in [wish for wish, _ in desk.control.wishes]
    box.whole_button.click()
    assert QGuiApplication.clipboard().text() == note
    assert [wish for wish, _ in desk.control.wishes].count("handover_revealed") == 1


def test_a_newer_note_takes_the_place_of_the_first(desk: Desk) -> None:
    box = box_of(desk)
    desk.tell(noted())
    desk.tell(noted(text=NOTE + "\n곳: 확인 필요"))
    assert box.note.endswith("곳: 확인 필요")
    desk.tell(noted(CrisisKind.HARDSHIP, "다른 위험"))
    assert box.note.endswith("곳: 확인 필요")


def test_the_centre_of_the_district_stands_with_the_numbers(desk: Desk) -> None:
    box = box_of(desk)
    before = len(box.findChildren(QToolButton))
    desk.tell(centre())
    desk.tell(centre())
    copies = box.findChildren(QToolButton)
    assert len(copies) == before + 1
    QGuiApplication.clipboard().clear()
    next(tool for tool in copies if "새빛복지관" in tool.accessibleName()).click()
    assert QGuiApplication.clipboard().text() == "02-000-1234"


def test_nothing_takes_the_focus_and_the_keyboard_reaches_both_buttons(desk: Desk) -> None:
    desk.live()
    focus = QGuiApplication.focusObject()
    desk.tell(story.crisis())
    desk.bot.waitUntil(lambda: desk.window.findChild(CrisisBox) is not None)
    box = desk.window.findChild(CrisisBox)
    desk.tell(noted(), centre())
    assert QGuiApplication.focusObject() is focus
    for button in (box.note_button, box.copy_button):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName()


def test_in_a_reopened_call_the_note_is_shown_and_none_is_made(qtbot: QtBot, desk: Desk) -> None:
    box = CrisisBox(story.crisis(), read_only=True)
    qtbot.addWidget(box)
    box.show_note(noted())
    box.show()
    assert not box.note_button.isVisible()
    assert box.note == NOTE


def test_the_key_after_a_number_is_not_copied(qtbot: QtBot, desk: Desk) -> None:
    seen = story.crisis()
    finding = type(seen.finding)(CrisisKind.HARDSHIP, 2, (), ("여쭙니다.",), (("긴급복지", "120-③"),))
    box = CrisisBox(type(seen)(**story.at(3), turn=1, finding=finding))
    qtbot.addWidget(box)
    QGuiApplication.clipboard().clear()
    box.findChildren(QToolButton)[0].click()
    assert QGuiApplication.clipboard().text() == "120"
