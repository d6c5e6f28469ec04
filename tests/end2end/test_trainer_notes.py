"""What trainers' PCs tell each other: nothing is lost for want of an exchange, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import QaFault
from app.outbox_rows import all_packs
from app.qa.draws import kept_draws
from assist.review.model import CoachingTask
from tests.end2end.test_trainer_desk import Site, Trainer
from tests.helpers.quality import with_exchange
from ui.qa.ports import Calibration


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    with ExitStack() as stack:
        yield Site(tmp_path, stack)


def notes(site: Site) -> int:
    """How many notes of trainers lie in the exchange."""
    return len(list((site.share / "trainers").glob("*.json")))


def meet(site: Site, *trainers: Trainer) -> None:
    """Let trainers look, send, and look again."""
    for _ in range(2):
        for trainer in trainers:
            look = trainer.desk.look()
            assert (look.fault, look.broken) == ("", 0)
            trainer.send()


def test_a_task_is_the_same_on_every_trainers_pc_when_given_done_and_taken_back(site: Site) -> None:
    (header,) = site.delivered(1)
    rating = site.one.rated(header, 1)
    site.one.desk.keep_task(CoachingTask("", "C-007", "끝인사 연습", "", "2026-12-01"))
    meet(site, site.one, site.two)
    assert site.two.desk.tasks("C-007") == site.one.desk.tasks("C-007") != []
    (task,) = site.two.desk.tasks()
    site.two.desk.keep_task(replace(task, done_at="2026-11-25T10:00:00"))
    meet(site, site.two, site.one)
    assert site.one.desk.tasks()[0].done_at == "2026-11-25T10:00:00"
    site.one.desk.keep_task(task)
    meet(site, site.one, site.two)
    assert site.two.desk.tasks() == site.one.desk.tasks() == [task]
    assert notes(site) == 5  # the draw, the rating, and a note for each change
    meet(site, site.one, site.two)
    assert notes(site) == 5
    # What is to be practised tells what was found: it is seen with the rating, not before.
    site.one.desk.keep_task(CoachingTask("", "C-007", "과태료", "", "", rating.id))
    meet(site, site.one, site.two)
    assert [one.text for one in site.two.desk.tasks("C-007")] == ["끝인사 연습"]
    site.two.desk.reveal(header)
    assert site.two.desk.tasks("C-007") == site.one.desk.tasks("C-007")
    assert len(site.two.desk.tasks("C-007")) == 2


def test_what_was_done_before_there_was_an_exchange_goes_once_at_the_next_look(site: Site) -> None:
    header = site.delivered(1)[0]
    site.one.settings = with_exchange(site.one.settings, exchange="")
    before = notes(site)
    rubric = site.one.desk.rubrics()[-1]
    session = site.one.desk.keep_calibration(Calibration("", "맞춤", "", "", rubric.id, rubric.version, (header,)))
    rating = site.one.rated(header, 1)
    site.one.desk.keep_task(CoachingTask("", "C-007", "끝인사", ""))
    site.one.desk.keep_calibration(replace(session, note="추가 문의를 물은 때만"))
    for wish in (lambda: site.one.desk.send(rating.id), lambda: site.one.desk.draw(site.plan())):
        with pytest.raises(QaFault) as refused:
            wish()
        assert refused.value.code == "qa.no_exchange"
    # What was refused was not half done: it is done again by whoever wants it.
    assert len(site.one.store.read(kept_draws)) == 1
    assert [row.rating.sent_at for row in site.one.desk.of_call(header)] == [""]
    assert site.one.desk.look().fault
    assert {pack.delivery.value for pack in site.one.store.read(all_packs)} == {"accepted"}
    site.one.settings = with_exchange(site.one.settings, exchange=str(site.share / "later"))
    site.two.settings = site.one.settings
    assert site.one.desk.look().fault  # the share is not there yet
    site.one.send()
    (site.share / "later").mkdir()
    meet(site, site.one, site.two)
    meet(site, site.one, site.two)
    assert len(list((site.share / "later" / "trainers").glob("*.json"))) == 3
    assert notes(site) == before
    assert [one.note for one in site.two.desk.calibrations()] == ["추가 문의를 물은 때만"]
    assert [row.rating.id for row in site.two.desk.reveal(header)] == [rating.id]
    assert [one.text for one in site.two.desk.tasks()] == ["끝인사"]


def test_notes_of_a_kind_of_tomorrow_are_left_alone_and_those_of_yesterday_are_read(site: Site) -> None:
    header = site.delivered(1)[0]
    post = site.one.opened.side.post
    post.share_note("of_tomorrow", {"x": 1}, lambda db: True)
    site.one.rated(header, 1)
    meet(site, site.one, site.two)
    known = "SELECT name FROM qa_taken WHERE name LIKE 'trainers/%'"
    taken = {row["name"] for row in site.two.store.read(lambda db: list(db.query(known)))}
    assert len(taken) == notes(site) - 1  # what is not understood is tried again by a newer program
    assert len(site.two.desk.reveal(header)) == 1


def test_a_trainers_key_that_comes_later_sends_what_waited(site: Site, tmp_path: Path) -> None:
    trainer = site.one
    trainer.store.write(lambda db: db.execute("DELETE FROM meta WHERE name = 'qa_trainer_keys'"))
    trainer.desk.keep_task(CoachingTask("", "C-007", "끝인사", ""))
    assert trainer.desk.look().fault
    trainer.desk.take_identity(tmp_path / "keys" / "trainer.key")
    meet(site, trainer, site.two)
    assert [one.text for one in site.two.desk.tasks()] == ["끝인사"]


def test_a_letter_that_cannot_be_sent_leaves_nothing_marked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    header = site.delivered(1)[0]
    rating = site.one.rated(header, 9)

    def broken(_db: object, _pack: object) -> None:
        raise QaFault("qa.no_exchange")

    monkeypatch.setattr("app.qa.post.add_pack", broken)
    with pytest.raises(QaFault):
        site.one.desk.send(rating.id)
    assert [row.rating.sent_at for row in site.one.desk.of_call(header)] == [""]
