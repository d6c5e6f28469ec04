"""The trainer's side as its window has it, over real stores, seals and an exchange, with a real counsellor's desk."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import access_log
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import PackageFault, QaFault, StoreFault
from app.home import DEFAULT_PROFILE, Home
from app.personal import desk_key, key_place
from app.profiles import Profiles
from app.qa import taken
from app.qa.places import new_id
from app.qa.trainer_desk import TrainerDesk
from app.settings import QaSettings, Settings
from app.store import Store
from app.trainer_side import OpenTrainer, observations, trainer_desk
from assist.events import CardActed, TurnUpdated
from assist.model import CardAction, Turn
from assist.review.model import ItemScore, ObservationKind, Rating, Rubric, SamplingPlan
from audio.events import CallEvent
from audio.model import Channel
from kb.errors import KbFault
from kb.model import Article
from tests.helpers.quality import CANARY, Clock, QaDeskPc, trainer_keys_in
from ui.qa.ports import Calibration, Report


class Trainer:
    """A trainer's PC as its window opens it, without threads."""

    def __init__(self, folder: Path, exchange: str, key: Path, clock: Clock, name: str) -> None:
        self.home = Home(root=folder, models=folder / "models")
        self.settings = Settings(role="trainer", qa=QaSettings(exchange=exchange))
        self.store = Store(SqlCipherVault(self.home.personal_db, desk_key(self.home).derive("db")), clock)
        if name:
            Profiles(self.home, key_place).rename(DEFAULT_PROFILE, name)
        self.opened: OpenTrainer = trainer_desk(self.home, self.store, lambda: self.settings, clock)
        self.desk.take_identity(key)

    @property
    def desk(self) -> TrainerDesk:
        return self.opened.desk

    def send(self) -> None:
        self.opened.side.sender.retry_now()
        self.opened.side.sender.round()

    def rated(self, call: str, points: int, calibration: str = "") -> Rating:
        """Rate a call, every item with the same points where it has as many."""
        open_call = self.desk.open_call(call)
        rubric: Rubric = self.desk.rubrics()[-1]
        draft = self.desk.begin(open_call, rubric, calibration=calibration)
        scores = tuple(ItemScore(item.id, min(points, item.points)) for item in rubric.items)
        row = self.desk.submit(replace(draft, scores=scores))
        open_call.close()
        return row.rating

    def close(self) -> None:
        self.opened.side.sender.close()
        self.store.close()


class Site:
    """One desk, two trainers, one exchange."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.clock = Clock()
        self.share = folder / "share"
        self.share.mkdir()
        trainer_keys_in(folder / "keys")
        card, key = folder / "keys" / "trainer.json", folder / "keys" / "trainer.key"
        self.desk = QaDeskPc(folder / "desk", str(self.share), card, self.clock)
        stack.callback(self.desk.close)
        self.one = Trainer(folder / "one", str(self.share), key, self.clock, "김평가")
        stack.callback(self.one.close)
        self.two = Trainer(folder / "two", str(self.share), key, self.clock, "이평가")
        stack.callback(self.two.close)

    def plan(self) -> SamplingPlan:
        day = self.clock().date().isoformat()
        return SamplingPlan("", "11월 정기", 7, day, day, 5)

    def delivered(self, calls: int = 2) -> list[str]:
        """Let calls be taken, drawn and delivered to both trainers; returns their headers."""
        for number in range(calls):
            self.desk.call(f"call-{number}")
        self.desk.send()
        for trainer in (self.one, self.two):
            assert trainer.desk.look().headers == calls
        made = self.one.desk.draw(self.one.desk.preview(self.plan()).plan)
        self.one.send()
        self.desk.look()
        self.desk.send()
        for trainer in (self.one, self.two):
            look = trainer.desk.look()
            assert (look.packages, look.fault, look.broken) == (calls, "", 0)
        return [call.header for call in made.calls]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    with ExitStack() as stack:
        yield Site(tmp_path, stack)


class CallWith:
    """The part of an open call that automatic evidence is read from."""

    def __init__(self, *events: CallEvent) -> None:
        self.events = events


def test_an_entry_searched_by_hand_is_looked_up_and_a_missing_db_hinders_nothing() -> None:
    turn = Turn(0, Channel.AGENT, 10.0, 14.0, "승용차 과태료는 4만 원입니다")
    used = CardActed(call_id="c", t_ns=8 * 10**9, article_id="S-1", title="과태료", action=CardAction.USED)
    call: Any = CallWith(used, TurnUpdated(call_id="c", t_ns=14 * 10**9, turn=turn))
    article = Article("S-1", "과태료", "과태료는 승용차 4만 원입니다.", "교통")

    def told(entry: Callable[[str], Article | None]) -> list[str]:
        kind = ObservationKind.FIGURE_AGAINST_ENTRY
        return [one.said for one in observations(call, entry) if one.kind is kind]

    def gone(_ident: str) -> Article | None:
        raise KbFault("kb.not_opened")

    assert told({"S-1": article}.get) == ["4만 원"]
    assert told(lambda _ident: None) == told(gone) == []


def test_a_drawn_call_comes_is_opened_rated_and_reported(site: Site, tmp_path: Path) -> None:
    header = site.delivered(1)[0]
    (row,) = site.one.desk.calls()
    assert (row.call, row.counsellor, row.category, row.plan, row.own) == (header, "C-007", "교통", "11월 정기", "")
    assert row.package
    assert row.flags == ("held",)
    assert site.one.desk.state().unrated == 1
    assert [len(site.one.desk.calls(words)) for words in ("c-007 교통", "11월", "복지")] == [1, 1, 0]
    call = site.one.desk.open_call(header)
    assert (call.facts.header, call.facts.counsellor) == (header, "C-007")
    assert any(isinstance(event, TurnUpdated) and CANARY in event.turn.text for event in call.events)
    call.close()
    site.one.rated(header, 9)
    assert (site.one.desk.calls()[0].own, site.one.desk.state().unrated) == ("submitted", 0)
    today = site.clock().date()
    found = site.one.desk.report("counsellor", "C-007", today - timedelta(days=40), today, "month")
    assert [point.value for point in found.series[0].points] == [None, 100.0]
    assert site.one.desk.report("all", "", today, today, "month").withheld
    site.one.desk.export_report(found, tmp_path / "r.xlsx")
    assert (tmp_path / "r.xlsx").stat().st_size > 0

    def noted() -> list[tuple[str, str]]:
        return site.one.store.read(lambda db: [(e.action, e.note) for e in access_log.entries(db)])

    # A look into the exchange is no look of a person into what came.
    assert [how for how in noted() if how[1] == "qa"] == [("package-take", "qa")]
    assert ("package-open", "window") in noted()
    assert noted()[-1] == ("export", "qa-report-counsellor")
    with pytest.raises(QaFault):
        site.one.desk.export_report(found, tmp_path / "r.doc")
    assert noted()[-1] == ("export", "qa-report-counsellor")  # refused, and so not exported
    with pytest.raises(StoreFault):
        site.one.desk.export_report(found, tmp_path / "none" / "r.csv")
    assert noted()[-1] == ("export-stop", "qa-report-counsellor")


@pytest.mark.parametrize("word", ["qa-report-all", "qa-report-team", "qa-report-counsellor", "qa report team"])
def test_what_is_logged_of_reports_is_said_in_whole_words(word: str) -> None:
    named = [access_log.named(one) for one in ("export", "export-stop", "package-take")] + [access_log.noted(word)]
    assert [one for one in named if re.search("[a-z]", one)] == []


def test_a_draw_can_be_drawn_again_by_another_trainer_from_what_it_tells(site: Site) -> None:
    site.delivered(2)
    (kept,) = site.two.desk.draws()
    assert site.two.desk.preview(kept.plan) == kept
    site.desk.call("call-9")
    site.desk.send()
    site.two.desk.look()
    again = site.two.desk.preview(kept.plan)
    assert again.fingerprint != kept.fingerprint


def test_a_calibration_is_shared_unseen_until_it_is_closed_then_compared(site: Site) -> None:
    headers = site.delivered(2)
    rubric = site.one.desk.rubrics()[-1]
    made = site.one.desk.keep_calibration(
        Calibration("", "평가 맞춤", "", "", rubric.id, rubric.version, tuple(headers))
    )
    site.one.send()
    site.two.desk.look()
    assert [one.id for one in site.two.desk.calibrations()] == [made.id]
    for trainer, points in ((site.one, (2, 0)), (site.two, (2, 1))):
        for header, given in zip(headers, points, strict=True):
            trainer.rated(header, given, made.id)
        trainer.send()
    site.one.desk.look()
    site.two.desk.look()
    with pytest.raises(QaFault):
        site.two.desk.agreement(made.id)
    others = [row for row in site.two.desk.of_call(headers[0]) if not row.own]
    assert [(row.hidden, row.rating.rater) for row in others] == [(True, "")]
    site.one.desk.close_calibration(made.id)
    site.one.send()
    site.two.desk.look()
    (closed,) = site.two.desk.calibrations()
    assert closed.closed_at
    found = site.two.desk.agreement(made.id)
    assert [one.item for one in found] == [item.id for item in rubric.items]
    assert {one.pairs for one in found} == {2}
    assert found == site.one.desk.agreement(made.id)
    assert all(one.apart == ((headers[1], 1),) for one in found)
    noted = site.two.desk.keep_calibration(replace(closed, note="추가 문의를 물은 때만", calls=()))
    assert (noted.calls, noted.closed_at) == (tuple(headers), closed.closed_at)
    # A calibration is no rating of the counsellor.
    today = site.clock().date()
    assert site.one.desk.report("counsellor", "C-007", today, today, "week").withheld


def test_what_a_newer_program_wrote_is_read_again_after_an_update(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    file = site.share / "answers" / f"{new_id()}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text('{"format": "doumi-qa-sealed", "version": 2, "sealed": ""}')
    assert [site.one.desk.look().broken for _ in range(2)] == [1, 0]
    monkeypatch.setattr(taken, "program", lambda: "99.0")
    assert [site.one.desk.look().broken for _ in range(2)] == [1, 0]


def test_the_report_of_a_counsellor_tells_nothing_of_a_call_that_can_still_be_rated_blind(site: Site) -> None:
    first, second = site.delivered(2)
    for call in (first, second):
        site.one.rated(call, 1)
    site.one.send()
    site.two.desk.look()
    today = site.clock().date()

    def report() -> Report:
        return site.two.desk.report("counsellor", "C-007", today, today, "month")

    assert (report().series, report().ratings) == ((), 0)
    assert "2건" in report().withheld
    mine = site.two.rated(first, 9)
    assert mine.call == first
    assert (report().ratings, report().withheld) == (2, "")
    assert "1건" in report().note
    site.two.desk.reveal(second)
    assert (report().ratings, report().note) == (3, "")


def test_a_session_that_two_close_keeps_the_note_of_the_one_who_wrote_it(site: Site) -> None:
    headers = site.delivered(1)
    rubric = site.one.desk.rubrics()[-1]
    made = site.one.desk.keep_calibration(Calibration("", "맞춤", "", "", rubric.id, rubric.version, tuple(headers)))
    site.one.send()
    site.two.desk.look()
    for trainer in (site.one, site.two):
        trainer.rated(headers[0], 2, made.id)
        with pytest.raises(QaFault, match="두 사람"):  # only one rating so far, as far as is known here
            trainer.desk.close_calibration(made.id)
    assert not site.one.desk.calibrations()[0].closed_at
    for trainer in (site.one, site.two):
        trainer.send()
    for trainer in (site.one, site.two):
        trainer.desk.look()
    closed = site.one.desk.close_calibration(made.id)
    site.clock.later(minutes=1)
    site.one.desk.keep_calibration(replace(closed, note="추가 문의를 물은 때만"))
    site.clock.later(minutes=1)
    site.two.desk.close_calibration(made.id)  # it has not heard of the note yet
    for _ in range(2):
        for trainer in (site.one, site.two):
            trainer.send()
            trainer.desk.look()
    for trainer in (site.one, site.two):
        (one,) = trainer.desk.calibrations()
        assert (one.note, one.closed_at) == ("추가 문의를 물은 때만", closed.closed_at)


def test_a_draw_is_refused_where_other_calls_came_in_since_it_was_looked_at(site: Site) -> None:
    site.delivered(1)
    seen = site.one.desk.preview(site.plan())
    site.desk.call("call-late")
    site.desk.send()
    site.one.desk.look()
    with pytest.raises(QaFault) as told:
        site.one.desk.draw(site.plan(), seen.fingerprint)
    assert told.value.code == "qa.draw_changed"
    assert len(site.one.desk.draws()) == 1
    now = site.one.desk.preview(site.plan())
    assert len(site.one.desk.draw(site.plan(), now.fingerprint).calls) == 2


def test_what_is_asked_of_a_calibration_or_call_that_is_none_is_one_sentence(site: Site) -> None:
    desk = site.one.desk
    for wish in (
        lambda: desk.open_call("none"),
        lambda: desk.close_calibration("none"),
        lambda: desk.agreement("none"),
        lambda: desk.keep_calibration(Calibration("", " ", "", "", "core_skills", 1, ("h",))),
        lambda: desk.keep_calibration(Calibration("", "x", "", "", "core_skills", 1, ())),
        lambda: desk.report("team", "1팀", date(2026, 2, 1), date(2026, 1, 1), "month"),
    ):
        with pytest.raises(QaFault):
            wish()
    assert desk.agreement() == ()


def test_a_package_that_can_no_longer_be_opened_is_one_sentence_each_and_disturbs_nothing(site: Site) -> None:
    first, second = site.delivered(2)
    desk = site.one.desk

    def refused(header: str) -> str:
        with pytest.raises(PackageFault) as told:
            desk.open_call(header)
        assert str(told.value)
        return told.value.code

    file = site.one.home.packages / f"{first}.doumi"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert refused(first) == "package.truncated"
    file.unlink()
    assert refused(first) == "package.gone"
    desk.open_call(second).close()
    site.clock.later(days=60)
    assert refused(second) == "package.expired"
    assert {row.call for row in desk.calls()} == {first, second}
    # Once the packages are swept, calls that nobody rated leave the list; a rated one stays with its rating.
    site.one.store.write(lambda db: db.execute("DELETE FROM qa_packages"))
    assert list(desk.calls()) == []
    with pytest.raises(QaFault):
        desk.open_call(second)


def test_a_package_that_was_sent_as_a_file_opens_as_any_other_and_is_logged(site: Site, tmp_path: Path) -> None:
    header = site.delivered(1)[0]
    file = tmp_path / "동료.doumi"
    file.write_bytes((site.one.home.packages / f"{header}.doumi").read_bytes())

    def logged() -> list[str]:
        return site.one.store.read(lambda db: [entry.action for entry in access_log.entries(db)])

    before = len(logged())
    call = site.one.desk.open_file(file)
    assert any(isinstance(event, TurnUpdated) and CANARY in event.turn.text for event in call.events)
    call.close()
    assert len(logged()) == before + 1
    file.write_bytes(file.read_bytes()[:400])
    with pytest.raises(PackageFault):
        site.one.desk.open_file(file)
    assert len(logged()) == before + 2


def test_nothing_of_a_call_lies_in_clear_on_the_trainers_pc_or_in_the_exchange(site: Site) -> None:
    header = site.delivered(1)[0]
    site.one.desk.open_call(header).close()
    site.one.store.flush()
    places = [site.share, site.one.home.root, site.two.home.root]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert CANARY.encode() not in file.read_bytes(), file.name


def test_who_is_not_named_rates_under_a_name_no_other_pc_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    trainer_keys_in(tmp_path / "keys")

    def rater(folder: str, name: str = "") -> str:
        key = tmp_path / "keys" / "trainer.key"
        trainer = Trainer(tmp_path / folder, str(tmp_path / "share"), key, Clock(), name)
        try:
            assert trainer.desk.state().rater == trainer.desk.rater()
            return trainer.desk.rater()
        finally:
            trainer.close()

    first = rater("one")
    assert first.startswith("평가 담당 ")
    assert getpass.getuser() not in first.split()
    assert rater("two") != first
    assert rater("one") == first
    assert rater("one", "이훈련") == "이훈련"
