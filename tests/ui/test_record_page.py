"""The record's page of a replay: each version by its name."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from assist.model import CallRecord
from ui.replay.ports import RecordVersion
from ui.replay.record_page import RecordPage


def test_what_was_never_filed_is_not_called_filed(qtbot: QtBot) -> None:
    page = RecordPage()
    qtbot.addWidget(page)
    record = CallRecord("교통", "주정차", inquiry=("불법 주정차 신고",))
    page.show_versions((RecordVersion(1, 3.0, (record,)), RecordVersion(-1, 9.0, (record,))))
    filed, kept = (page.after.itemText(place) for place in range(2))
    assert "-1" not in kept
    assert filed != kept
    page.show_versions((RecordVersion(0, 3.0, (record,)),))
    never = page.summary.text()
    page.show_versions((RecordVersion(-1, 3.0, (record,)),))
    assert page.summary.text() == never
