"""The first start: pages by keyboard, a real trial of the sound, a measured model, never in the way of a call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from audio.model import CallerSide, Channel
from resources.notices import Fault
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.fake_first_start import ADVICE
from tests.ui.fake_services import FakeServices
from ui import i18n, theme
from ui.call_ports import CallStanding
from ui.first_start import FirstStartWindow
from ui.first_start_pages import KnowledgePage, ModelPage, PrivacyPage, SettingsPage
from ui.first_start_sound import SoundPage

LANGUAGE, ROLE, SOUND, KNOWLEDGE, MODEL, PRIVACY, LAST = range(7)


@pytest.fixture
def window(desk: Desk) -> Iterator[FirstStartWindow]:
    """The assistant over a desk that was never introduced."""
    desk.preferences.kept = replace(desk.preferences.kept, introduced=False)
    desk.window.preferences = desk.preferences.kept
    desk.window.offer_first_start()
    made = desk.window.first_start
    assert made is not None
    with desk.bot.waitExposed(made):
        made.show()
    yield made
    made.give_way()


@pytest.fixture
def services(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> FakeServices:
    """What the pages ask, with the application in Korean and no desk."""
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)
    return FakeServices()


@pytest.fixture
def alone(services: FakeServices, qtbot: QtBot) -> Iterator[FirstStartWindow]:
    """The assistant without a desk."""
    made = FirstStartWindow(services)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.give_way()


def at(window: FirstStartWindow, place: int) -> FirstStartWindow:
    """Turn to a page."""
    while window.at != place:
        window.turn(1 if place > window.at else -1)
    return window


def test_it_is_passed_through_by_keyboard_alone_and_comes_once(desk: Desk, window: FirstStartWindow) -> None:
    assert not window.isModal()
    titles = []
    for _ in range(len(window.pages) - 1):
        titles.append(window.title.text())
        QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.at == LAST
    assert len(set(titles)) == LAST
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.at == PRIVACY
    QTest.keyClick(window.next, Qt.Key.Key_Space)
    assert window.practice.hasFocus() or not window.isActiveWindow()
    QTest.keyClick(window.next, Qt.Key.Key_Space)
    assert not window.isVisible()
    assert desk.preferences.kept.introduced
    desk.window.offer_first_start()
    assert not window.isVisible()


def test_enter_presses_the_button_in_focus_and_goes_on_from_a_field(alone: FirstStartWindow) -> None:
    QTest.keyClick(alone.next, Qt.Key.Key_Return)
    assert alone.at == ROLE
    page = alone.pages[ROLE]
    assert isinstance(page, SettingsPage)
    QTest.keyClick(page.rows["role"].editor, Qt.Key.Key_Return)
    assert alone.at == SOUND
    QTest.keyClick(alone.back, Qt.Key.Key_Return)
    assert alone.at == ROLE
    after, seen = alone.next.nextInFocusChain(), []
    while after is not alone.next and alone.later not in seen:
        seen.append(after)
        after = after.nextInFocusChain()
    assert [one for one in seen if one in (alone.skip, alone.back, alone.later)] == [
        alone.skip,
        alone.back,
        alone.later,
    ]
    QTest.keyClick(alone.later, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert not alone.isVisible()


def test_putting_it_aside_counts_and_the_settings_open_it_again(desk: Desk, window: FirstStartWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert desk.preferences.kept.introduced
    desk.window.open_settings()
    assert desk.window.settings is not None
    desk.window.settings.first.click()
    assert desk.window.first_start is not None
    assert desk.window.first_start.isVisible()


def test_a_call_sends_it_away_and_it_is_asked_again(desk: Desk, window: FirstStartWindow) -> None:
    at(window, SOUND)
    desk.live()
    assert not window.isVisible()
    assert not desk.preferences.kept.introduced
    desk.bot.waitUntil(lambda: all(one.closed for one in desk.services.checks))
    desk.window.open_first_start()
    assert not window.isVisible()
    desk.tell(story.ended())


def test_a_call_that_was_begun_at_once_is_not_talked_over(desk: Desk) -> None:
    desk.window.preferences = replace(desk.window.preferences, introduced=False)
    desk.control.stands = CallStanding("01CALL", "file", live=True)
    desk.window.offer_first_start()
    assert desk.window.first_start is None


def test_language_and_role_are_settings(services: FakeServices, alone: FirstStartWindow) -> None:
    page = alone.pages[LANGUAGE]
    assert isinstance(page, SettingsPage)
    combo = page.rows["language"].editor
    assert isinstance(combo, QComboBox)
    combo.activated.emit(combo.findData("en"))
    assert services.memory.settings.language == "en"
    assert "다음 시작부터" in page.rows["language"].tags.text()
    page = alone.pages[ROLE]
    assert isinstance(page, SettingsPage)
    page.change("role", "team")
    assert services.memory.settings.role == "team"


def test_the_sound_is_recorded_read_and_played_back_on_both_sides(
    services: FakeServices, alone: FirstStartWindow, qtbot: QtBot
) -> None:
    page = at(alone, SOUND).pages[SOUND]
    assert isinstance(page, SoundPage)
    qtbot.waitUntil(lambda: page.panel.agent.count() > 1)
    with qtbot.waitSignal(page.tried):
        page.record.click()
    (trial,) = services.first.trials
    assert trial.choice == services.choice()
    assert trial.ended
    assert "네 안녕하세요" in page.words[Channel.AGENT].text()
    assert "다산콜" in page.words[Channel.CALLER].text()
    assert "알맞" in page.words[Channel.CALLER].text()
    page.plays[Channel.CALLER].click()
    qtbot.waitUntil(lambda: trial.played == [Channel.CALLER])
    services.first.caller = ""
    with qtbot.waitSignal(page.tried):
        page.record.click()
    qtbot.waitUntil(lambda: trial.closed)
    assert "소리가 없습니다" in page.words[Channel.CALLER].text()
    assert not page.plays[Channel.CALLER].isEnabled()
    side = next(one for one in page.panel.sides.buttons() if one.property("side") == CallerSide.SPLIT.value)
    side.click()
    alone.turn(1)
    qtbot.waitUntil(lambda: bool(services.stored))
    assert services.stored[0].caller_side is CallerSide.SPLIT
    qtbot.waitUntil(lambda: all(one.closed for one in (*services.checks, *services.first.trials)))


def test_knowledge_is_brought_in_or_an_address_set(
    services: FakeServices, alone: FirstStartWindow, qtbot: QtBot
) -> None:
    page = at(alone, KNOWLEDGE).pages[KNOWLEDGE]
    assert isinstance(page, KnowledgePage)
    assert "168" in page.now.text()
    page.bring_in("/site/entries.jsonl")
    qtbot.waitUntil(lambda: "가져왔습니다" in page.told.text())
    assert services.first.imported == [Path("/site/entries.jsonl")]
    services.first.fault = Fault("kb.import_while_release")
    page.bring_in("/site/entries.jsonl")
    qtbot.waitUntil(lambda: page.told.text() == str(services.first.fault))
    page.change("releases.address", "http://kb.example")
    assert "https://" in page.rows["releases.address"].fault.text()
    page.change("releases.address", "https://kb.example")
    assert services.memory.settings.releases.address == "https://kb.example"
    page.look.click()
    assert services.first.looked == 1


def test_the_model_is_recommended_with_what_was_measured(
    services: FakeServices, alone: FirstStartWindow, qtbot: QtBot
) -> None:
    page = at(alone, MODEL).pages[MODEL]
    assert isinstance(page, ModelPage)
    page.measure.click()
    qtbot.waitUntil(lambda: "추천" in page.told.text())
    assert "1초 말을 0.28초에 알아듣습니다" in page.told.text()
    assert not page.take.isVisible()
    services.first.advice = replace(ADVICE, name="whisper-small")
    page.measure.click()
    qtbot.waitUntil(page.take.isVisible)
    page.take.click()
    assert services.memory.settings.models.speech == "whisper-small"
    services.first.fault = Fault("first.measure_stopped")
    page.measure.click()
    qtbot.waitUntil(lambda: page.told.text() == str(services.first.fault))


def test_the_privacy_page_tells_what_is_kept_and_what_leaves(alone: FirstStartWindow) -> None:
    page = at(alone, PRIVACY).pages[PRIVACY]
    assert isinstance(page, PrivacyPage)
    told = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert "통화 소리: 90일" in told
    assert "team.example" in told
    assert "한빛시" in told


def test_the_end_offers_a_practice_call(desk: Desk, window: FirstStartWindow) -> None:
    at(window, LAST)
    window.practice.click()
    assert desk.window.tour.step is not None
    assert desk.preferences.kept.introduced
