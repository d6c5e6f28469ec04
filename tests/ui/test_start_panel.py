"""The start page says the whole truth about what leaves this PC."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assist.review.model import HeaderFlag
from resources.notices import codes
from ui import i18n
from ui.start_panel import StartPanel

TOLD = {"ko": ("상담사 코드", "시각", "길이", "분야"), "en": ("counsellor code", "time", "length", "field")}


@pytest.fixture(params=("ko", "en"))
def language(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.current()
    i18n.install(qapp, request.param)
    yield request.param
    i18n.install(qapp, before)


def test_all_that_a_header_tells_is_named_where_the_desk_takes_part(qtbot: QtBot, language: str) -> None:
    panel = StartPanel()
    qtbot.addWidget(panel)
    sentences = codes(language)
    marks = [sentences[f"qa.flag_{flag.value}"] for flag in HeaderFlag]
    assert sentences["qa.flag_abuse"] not in panel.stays.text()
    panel.show_stays(True)
    for said in (panel.stays.text(), sentences["first.leaves_quality"]):
        assert [word for word in (*TOLD[language], *marks) if word not in said] == []
