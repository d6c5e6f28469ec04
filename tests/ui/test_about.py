"""The window "About": reached like any action, its licences found and read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Desk
from ui.about_window import AboutWindow
from ui.told import Told


@pytest.fixture
def about(desk: Desk) -> AboutWindow:
    desk.window.registry.run("about")
    window = desk.window.about
    assert window is not None
    desk.bot.waitUntil(lambda: window.list.count() == 5 and bool(window.text.toPlainText()))
    return window


def titles(window: AboutWindow) -> list[str]:
    return [window.list.item(row).text().split("\n")[0] for row in range(window.list.count())]


def test_version_build_models_and_parts_are_told(about: AboutWindow) -> None:
    assert "0.1.0" in about.title.text()
    title, build, system, _, _heading, speech, encoder = about.facts.split("\n")
    assert "0.1.0" in title
    assert "0123abc" in build
    assert "2026-11-20" in build
    assert "Python 3.11.7" in system
    assert "whisper-base" in speech
    assert "MIT" in speech
    assert "ebe41f70d5b6" in speech
    assert "our-encoder" in encoder
    assert "MIT" not in encoder
    assert about.text.toPlainText().startswith(about.facts)
    assert "Licence of the program" in about.text.toPlainText()


def test_licences_are_found_by_name_and_by_licence(desk: Desk, about: AboutWindow) -> None:
    about.search.setText("bsd")
    assert titles(about) == ["httpx 0.28.1", "numpy 2.4.6"]
    about.search.setText("bsd NUM")
    assert titles(about) == ["numpy 2.4.6"]
    desk.bot.waitUntil(lambda: about.text.toPlainText().startswith("Licence of numpy"))
    about.search.setText("no such part")
    assert titles(about) == []
    assert about.text.toPlainText() == ""
    about.search.clear()
    assert len(titles(about)) == 5


def test_the_version_is_copied_for_a_report(about: AboutWindow) -> None:
    about.copy.click()
    assert QApplication.clipboard().text() == about.facts


def test_a_start_that_leads_to_nothing_is_told_in_whole(desk: Desk) -> None:
    told = Told("이것은 문장입니다. " * 12, desk.window)
    told.show()
    assert told.height() >= told.sizeHint().height()
    told.close_button.click()
    assert not told.isVisible()


def test_the_settings_lead_to_it(desk: Desk) -> None:
    desk.window.registry.run("settings")
    settings = desk.window.settings
    assert settings is not None
    settings.about.click()
    assert desk.window.about is not None
    assert desk.window.about.isVisible()
