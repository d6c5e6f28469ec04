"""Wrap-up: late drafts, the Tab order, filing, and the way to the next call."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from assist.events import DraftReady, RecordFiled
from assist.model import CallRecord, Draft
from tests.ui import story
from tests.ui.conftest import Desk
from ui import record_merge


def test_the_first_doubtful_field_has_the_cursor_and_ctrl_enter_files(desk: Desk) -> None:
    doubtful = replace(story.RECORDS[0], answer=(), evidence={})
    desk.live()
    desk.tell(story.ended(), DraftReady(**story.at(40), draft=Draft((doubtful,), ""), final=True))
    edit = desk.window.call.record.forms[0].fields["answer"].rows[0].edit
    desk.bot.waitUntil(edit.hasFocus)
    desk.bot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.control.last("file_record")[0][0].inquiry == story.RECORDS[0].inquiry


def test_a_second_draft_never_overwrites_an_edit(desk: Desk) -> None:
    desk.wrap_up()
    edit = desk.window.call.record.forms[0].fields["inquiry"].rows[0].edit
    edit.setPlainText("내가 쓴 문의")
    later = replace(story.RECORDS[0], inquiry=("늦게 온 문의",), action=("늦게 온 처리",), evidence={"action.0": (5,)})
    desk.tell(DraftReady(**story.at(61), draft=Draft((later, story.RECORDS[1]), ""), final=True))
    form = desk.window.call.record.forms[0]
    assert form.fields["inquiry"].rows[0].text == "내가 쓴 문의"
    assert form.record().inquiry[1:] == story.RECORDS[0].inquiry[1:]
    assert form.record().action == ("늦게 온 처리",)
    assert form.record().evidence["action.0"] == (5,)
    assert len(desk.window.call.record.forms) == 2


def test_a_later_draft_leaves_the_cursor_where_it_was(desk: Desk) -> None:
    desk.wrap_up()
    edit = desk.window.call.record.forms[0].fields["answer"].rows[1].edit
    edit.setFocus()
    edit.setPlainText("쓰는 중")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    later = replace(story.RECORDS[0], category="안전")
    desk.tell(DraftReady(**story.at(61), draft=Draft((later,), ""), final=True))
    record = desk.window.call.record
    assert len(record.forms) == 1
    assert record.records()[0].category == "안전"
    now = record.forms[0].fields["answer"].rows[1].edit
    assert now.toPlainText() == "쓰는 중"
    assert now.hasFocus()
    assert now.textCursor().position() == 4


def test_a_filed_record_is_not_touched_by_a_later_draft(desk: Desk) -> None:
    desk.wrap_up()
    record = desk.window.call.record
    desk.tell(RecordFiled(**story.at(60), records=record.records(), version=1))
    desk.tell(DraftReady(**story.at(61), draft=Draft((story.RECORDS[1],), ""), final=True))
    assert len(record.forms) == 2


def test_f2_starts_the_next_call_once_the_record_is_filed(desk: Desk) -> None:
    desk.wrap_up()
    desk.bot.keyClick(desk.window, Qt.Key.Key_F2)
    assert "start_devices" not in desk.control.names()
    desk.tell(RecordFiled(**story.at(60), records=desk.window.call.record.records(), version=1))
    assert "F2" in desk.window.notices.shown or any("F2" in text for text in desk.window.notices.waiting)
    desk.bot.keyClick(desk.window, Qt.Key.Key_F2)
    assert desk.control.names()[-2:] == ["close_call", "start_devices"]


def test_tab_walks_the_record_as_it_is_read(desk: Desk) -> None:
    desk.wrap_up()
    record = desk.window.call.record
    form = record.forms[0]
    form.fields["inquiry"].add.click()
    wanted = [form.category]
    for field in form.fields.values():
        wanted += [row.edit for row in field.rows]
    wanted.append(record.save)
    walked = []
    at = form.category
    while at is not record.save:
        walked.append(at)
        at = at.nextInFocusChain()
    walked.append(at)
    assert [one for one in walked if one in wanted] == wanted


A = CallRecord("교통", None, ("가",), ("나",), (), None, {"inquiry.0": (1,), "answer.0": (2,)})
B = replace(A, inquiry=("다",), answer=("라",), evidence={"inquiry.0": (3,), "answer.0": (4,)})


@pytest.mark.parametrize(
    ("current", "wanted", "made"),
    [
        ((A,), (B,), (B,)),
        (
            (replace(A, inquiry=("손으로",)),),
            (B,),
            (replace(B, inquiry=("손으로",), evidence={"answer.0": (4,), "inquiry.0": (1,)}),),
        ),
        ((A,), (A, B), (A, B)),
        ((replace(A, category="안전"),), (replace(B, subcategory="새"),), (replace(B, category="안전"),)),
    ],
)
def test_only_edited_fields_stay(
    current: tuple[CallRecord, ...], wanted: tuple[CallRecord, ...], made: tuple[CallRecord, ...]
) -> None:
    assert record_merge.merged(current, (A,), wanted) == made


def test_an_edited_record_the_later_draft_no_longer_has_stays() -> None:
    kept = replace(B, follow_up="전화")
    assert record_merge.merged((A, kept), (A, B), (A,)) == (A, kept)
    assert record_merge.merged((A, B), (A, B), (A,)) == (A,)
