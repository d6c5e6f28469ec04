"""A run again of a call whose sound is not all there: today's model is not blamed for what it could not hear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.knowledge import Knowledge
from app.replay import rerun_desk
from app.replay.rerun_desk import Rerun
from app.settings import Settings
from audio.events import TranscriptFinal
from resources.notices import sentence
from tests.helpers.knowledge import library, small_file
from tests.helpers.packages import PackageDesk, rewritten
from ui.replay.then_now_ports import ComparedPart, ThenNow


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PackageDesk]:
    made = PackageDesk(tmp_path)
    made.save()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def deaf_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A recogniser that hears every word whose sound is there, and the knowledge of the tests."""
    heard: list[int] = []

    def hear(events: tuple[Any, ...], sound: Any, *_: object) -> tuple[TranscriptFinal, ...]:
        there = [one for one in events if isinstance(one, TranscriptFinal) and _has_sound(sound, one)]
        heard.append(len(there))
        return tuple(there)

    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path))
    engine = SimpleNamespace(start=lambda: None, close=lambda: None)
    monkeypatch.setattr(rerun_desk, "hear_again", hear)
    monkeypatch.setattr(rerun_desk, "speech_engine", lambda home, settings: engine)
    monkeypatch.setattr(rerun_desk, "knowledge_as_it_is", lambda home, model, spare: Knowledge(shelf, None))
    return heard


def _has_sound(sound: Any, final: TranscriptFinal) -> bool:
    start, end = (round(at * 16_000) for at in (final.start, final.end))
    return bool(sound.read(final.channel, start, end).any())


def run(desk: PackageDesk, call: Any) -> ThenNow:
    again = Rerun(desk.home, call, Settings, desk.now)
    try:
        return again.run("model", lambda part: None)
    finally:
        again.let_go()


def test_with_all_of_its_sound_nothing_is_kept_and_nothing_is_said(desk: PackageDesk) -> None:
    found = run(desk, desk.load())
    assert found.notes == ()
    assert not any(row.kept for row in found.rows)


def test_a_package_with_pieces_missing_keeps_its_text_there_and_says_so(
    desk: PackageDesk, tmp_path: Path, deaf_to_nothing: list[int]
) -> None:
    desk.make(tmp_path / "a.doumi")
    file = rewritten(tmp_path / "a.doumi", tmp_path / "b.doumi", {"sound/00001": None, "sound/00002": None})
    found = run(desk, desk.opener().open(file))
    texts = [row for row in found.rows if row.part is ComparedPart.TEXT]
    kept = [row for row in texts if row.kept]
    assert found.notes == (sentence("rerun.sound_missing", count=1, seconds="15"),)
    assert 0 < len(kept) < len(texts)
    assert deaf_to_nothing[0] < sum(len(row.then) for row in texts)
    assert all(row.same and row.now for row in texts)


def test_a_side_whose_file_is_gone_keeps_its_text(desk: PackageDesk) -> None:
    (file,) = (desk.home.sound / "call-1").glob("caller-*")
    file.unlink()
    found = run(desk, desk.load())
    texts = [row for row in found.rows if row.part is ComparedPart.TEXT]
    assert len(found.notes) == 1
    assert texts
    assert all(row.kept and row.same for row in texts)
