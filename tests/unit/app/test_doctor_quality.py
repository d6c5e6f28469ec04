"""What ``doumi doctor`` says about quality assurance, on real desks, keys and an exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app.adapters.exchange_store import ExchangeStore
from app.doctor import Verdict
from app.errors import ExchangeFault, QaFault
from app.home import Home
from app.qa.signed import MAX_BYTES
from app.qa_side import quality_checks
from app.settings import DeskSettings, QaSettings, Settings
from tests.helpers.quality import Clock, QaDeskPc, QaTrainerPc, trainer_keys_in, with_exchange

OK, WARN, FAIL = Verdict.OK, Verdict.WARN, Verdict.FAIL


@dataclass
class Site:
    """A desk, a trainer's PC and what they share."""

    folder: Path
    clock: Clock
    share: Path
    desk: QaDeskPc
    trainer: QaTrainerPc

    def said(self, pc: QaDeskPc | QaTrainerPc, settings: Settings | None = None) -> dict[str, Verdict]:
        found = {}
        for name, check in quality_checks(pc.home, settings or pc.settings, self.clock):
            one = check()
            assert one.check == name
            assert one.detail
            found[name] = one.verdict
        return found

    def detail(self, pc: QaDeskPc | QaTrainerPc, name: str) -> str:
        one = dict(quality_checks(pc.home, pc.settings, self.clock))[name]()
        return f"{one.detail} {one.advice}"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    share, keys, clock = tmp_path / "share", tmp_path / "keys", Clock()
    share.mkdir()
    trainer_keys_in(keys)
    desk = QaDeskPc(tmp_path / "desk", str(share), keys / "trainer.json", clock)
    trainer = QaTrainerPc(tmp_path / "trainer", str(share), keys / "trainer.key", clock)
    yield Site(tmp_path, clock, share, desk, trainer)
    desk.close()
    trainer.close()


def test_where_quality_assurance_is_not_set_up_nothing_is_said(tmp_path: Path) -> None:
    assert quality_checks(Home(root=tmp_path, models=tmp_path / "models"), Settings()) == []


def test_a_desk_and_a_trainers_pc_that_are_well_and_nothing_is_left(site: Site) -> None:
    well = {"qa_exchange": OK, "qa_card": OK, "qa_code": OK, "qa_draws": OK, "qa_waiting": OK}
    assert site.said(site.desk) == well
    assert site.said(site.trainer) == {"qa_exchange": OK, "qa_key": OK, "qa_waiting": OK}
    assert list(site.share.rglob("*")) == []
    site.desk.call()
    site.desk.send()
    site.trainer.look()
    site.trainer.draw()
    site.trainer.send()
    assert site.said(site.desk) == well
    assert "1건" in site.detail(site.desk, "qa_card")


def test_a_pc_of_nothing_yet_is_looked_at_without_making_anything(site: Site, tmp_path: Path) -> None:
    home = Home(root=tmp_path / "new", models=tmp_path / "models")
    fresh = {
        name: check().verdict
        for name, check in quality_checks(home, Settings(role="trainer", qa=QaSettings()), site.clock)
    }
    assert fresh == {"qa_exchange": WARN, "qa_key": FAIL, "qa_waiting": OK}
    assert not home.root.exists()


def test_an_exchange_that_is_away_or_may_not_be_written_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    away = with_exchange(site.desk.settings, exchange=str(site.folder / "absent"))
    with pytest.raises(ExchangeFault):
        dict(quality_checks(site.desk.home, away))["qa_exchange"]()
    assert dict(quality_checks(site.desk.home, away))["qa_card"]().verdict is OK

    def refuse(_store: ExchangeStore, *_parts: object) -> None:
        raise ExchangeFault("package.exchange_away", name="share")

    for step, word in (("write", "쓸 수 없습니다"), ("delete", "지울 수 없습니다")):
        with monkeypatch.context() as patch:
            patch.setattr(ExchangeStore, step, refuse)
            assert site.said(site.desk)["qa_exchange"] is FAIL
            assert word in site.detail(site.desk, "qa_exchange")


def test_a_card_that_is_missing_broken_or_of_others_is_told(site: Site) -> None:
    for card in (None, site.folder / "none.json"):
        settings = with_exchange(site.desk.settings, trainer_card=card)
        with pytest.raises(QaFault):
            dict(quality_checks(site.desk.home, settings))["qa_card"]()
    site.desk.call()
    site.desk.send()
    site.trainer.look()
    site.trainer.draw()
    site.trainer.send()
    trainer_keys_in(site.folder / "later")
    settings = with_exchange(site.desk.settings, trainer_card=site.folder / "later" / "trainer.json")
    assert site.said(site.desk, settings)["qa_card"] is WARN
    (site.share / "draws" / "0.json").write_bytes(b"x" * (MAX_BYTES + 1))  # hides no other
    assert site.said(site.desk, settings)["qa_card"] is WARN
    assert "1건" in site.detail(site.desk, "qa_card")


def test_a_desk_without_a_code_is_told(site: Site) -> None:
    settings = site.desk.settings.model_copy(update={"desk": DeskSettings()})
    assert site.said(site.desk, settings)["qa_code"] is WARN


def test_what_waits_for_long_is_told_and_why(site: Site) -> None:
    site.desk.settings = with_exchange(site.desk.settings, exchange=str(site.folder / "absent"))
    site.desk.call()
    site.desk.send()
    assert site.said(site.trainer)["qa_waiting"] is OK
    site.desk.settings = with_exchange(site.desk.settings, exchange=str(site.share))
    assert site.said(site.desk)["qa_waiting"] is OK
    site.clock.at += timedelta(days=1)
    assert site.said(site.desk)["qa_waiting"] is WARN
    assert "absent" in site.detail(site.desk, "qa_waiting")  # why it did not go
    site.desk.send()
    assert site.said(site.desk)["qa_waiting"] is OK


def test_drawn_calls_that_are_not_sealed_for_long_are_told(site: Site) -> None:
    site.desk.call()
    site.desk.send()
    site.trainer.look()
    site.trainer.draw()
    site.trainer.send()
    site.desk.look()
    site.desk.personal.store.write(lambda db: db.execute("UPDATE qa_drawn SET state = 'drawn'"))
    assert site.said(site.desk)["qa_draws"] is OK
    site.clock.at += timedelta(days=1)
    assert site.said(site.desk)["qa_draws"] is WARN
