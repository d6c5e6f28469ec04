"""Room at the least size that is supported: what a trainer must see at once beside the sound."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import fake_qa, fake_replay
from ui import i18n, theme
from ui.qa.beside_replay import add_scorecard
from ui.replay.replay_window import ReplayWindow


def test_the_scorecard_shows_six_items_and_the_evidence_of_the_chosen_one(qtbot: QtBot, qapp: QApplication) -> None:
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)
    one = fake_qa.RUBRIC.items[0]
    skills = fake_qa.RUBRIC.skills
    items = tuple(replace(one, id=f"item{n}", skill=skills[n // 4].id, title=f"항목 {n}") for n in range(12))
    ratings = fake_qa.FakeRatings(shelf=[replace(fake_qa.RUBRIC, items=items)])
    call = fake_qa.open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    qtbot.addWidget(window)
    card = add_scorecard(window, ratings, call)
    window.show_page(card)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(card.start.isEnabled)
    card.begin()
    qtbot.waitUntil(lambda: card.form.draft is not None)
    rows = card.form.items
    rows.scrollToTop()

    def count() -> int:
        view = rows.viewport().rect()
        found = (rows.item(row) for row in range(rows.count()))
        return sum("\n" in item.text() and view.contains(rows.visualItemRect(item)) for item in found)

    qtbot.waitUntil(lambda: count() >= 6)
    offered = card.form.pages["item0"].offered
    assert offered.count()
    assert offered.visibleRegion().boundingRect().height() >= offered.visualItemRect(offered.item(0)).height()
    assert card.form.keys.fontMetrics().horizontalAdvance(card.form.keys.text()) <= card.form.keys.width()
    assert window.rect().contains(card.hand_in.rect().translated(card.hand_in.mapTo(window, QPoint(0, 0))))
