"""Care after an abusive call: what is offered, logged, kept over a restart, and what stays the counsellor's own."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app import session_text
from app.settings import ProtectionSettings
from assist import escalate
from assist.model import AbuseLabel, Protection
from tests.helpers.care import CareRig, abuse, ended, handed_over, said, started
from tests.helpers.personal import home_in

OFFERED, TAKEN, DECLINED, OVER = (
    Protection.REST_OFFERED,
    Protection.REST_TAKEN,
    Protection.REST_DECLINED,
    Protection.REST_ENDED,
)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[CareRig]:
    made = CareRig(home_in(tmp_path))
    yield made
    made.store.close()


def test_a_call_with_abuse_offers_rest_when_it_ends_and_not_before(rig: CareRig) -> None:
    rig.call(abuse())
    assert rig.care.look().call_id == ""
    rig.bus.publish(ended())
    state = rig.care.look()
    assert (state.call_id, state.offered_minutes, state.resting) == ("call-1", 10.0, False)
    assert rig.given() == [(OFFERED, 10.0)]


def test_an_escalated_call_offers_rest_though_no_rule_saw_anything(rig: CareRig) -> None:
    rig.call(handed_over(), ended())
    assert rig.care.look().offered_minutes == 10.0


def test_a_press_after_hang_up_offers_rest_once(rig: CareRig) -> None:
    rig.call(ended())
    assert rig.care.look().call_id == ""
    rig.bus.publish(handed_over(70))
    rig.bus.publish(handed_over(71))
    assert rig.given() == [(OFFERED, 10.0)]


@pytest.mark.parametrize("source", ["practice", "exercise"])
def test_nobody_is_cared_for_after_practice_but_after_the_next_call(rig: CareRig, source: str) -> None:
    rig.bus.publish(dataclasses.replace(started(), source=source))
    for event in (abuse(), handed_over(), ended(), handed_over(70)):
        rig.bus.publish(event)
    assert rig.care.look().call_id == ""
    assert rig.given() == []
    rig.bus.publish(started())
    for event in (abuse(), ended()):
        rig.bus.publish(event)
    assert rig.care.look().call_id == "call-1"


@pytest.mark.parametrize("event", [None, abuse(label=AbuseLabel.UNREASONABLE)])
def test_a_decent_or_merely_stubborn_call_offers_nothing(rig: CareRig, event: object) -> None:
    rig.call(*([event] if event else []), ended())  # type: ignore[list-item]
    assert rig.care.look().call_id == ""
    assert rig.given() == []


def test_zero_minutes_offer_no_rest_but_the_rest_of_the_care(tmp_path: Path) -> None:
    rig = CareRig(home_in(tmp_path), ProtectionSettings(rest_minutes=0, support_name="마음건강센터"))
    rig.call(abuse(), ended())
    state = rig.care.look()
    assert (state.call_id, state.offered_minutes, state.support_name) == ("call-1", 0.0, "마음건강센터")
    rig.care.take_rest()
    assert not rig.care.look().resting
    assert rig.given() == []
    rig.store.close()


def test_a_rest_runs_to_its_end_and_the_counsellor_comes_back_later(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.take_rest()
    rig.later(4)
    assert rig.care.look().left_s == pytest.approx(360)
    rig.later(7)
    state = rig.care.look()
    assert (state.resting, state.rest_over, state.left_s) == (False, True, 0.0)
    rig.care.look()
    rig.care.back_to_work()
    assert not rig.care.look().rest_over
    assert rig.given() == [(OFFERED, 10.0), (TAKEN, 10.0), (OVER, 10.0)]


def test_coming_back_early_logs_how_long_it_was(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.take_rest()
    rig.later(3)
    rig.care.back_to_work()
    assert rig.given()[-1] == (OVER, 3.0)


def test_declining_is_logged_and_asked_once(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.decline_rest()
    rig.care.decline_rest()
    assert rig.care.look().call_id == "call-1"
    rig.care.put_away()
    assert rig.care.look().call_id == ""
    assert rig.given() == [(OFFERED, 10.0), (DECLINED, 10.0)]


def test_a_restart_in_the_middle_of_the_rest_goes_on_with_it(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.take_rest()
    rig.later(4)
    rig.reopen()
    assert rig.care.look().resting
    assert rig.care.look().left_s == pytest.approx(360)
    rig.later(20)
    rig.reopen()
    assert rig.care.look().rest_over
    assert rig.given() == [(OFFERED, 10.0), (TAKEN, 10.0), (OVER, 10.0)]


def test_a_rest_of_yesterday_is_closed_and_asks_nothing(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.take_rest()
    rig.later(24 * 60)
    rig.reopen()
    assert rig.care.look().call_id == ""
    assert rig.given()[-1] == (OVER, 10.0)


def test_a_clock_set_back_never_makes_the_rest_longer(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.take_rest()
    rig.now -= timedelta(hours=5)
    assert rig.care.look().left_s == 600
    rig.care.back_to_work()
    assert rig.given()[-1] == (OVER, 0.0)


def test_quiet_work_survives_a_restart_and_one_press_takes_calls_again(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.quiet_work()
    rig.reopen()
    assert rig.care.look().quiet
    rig.care.calls_again()
    assert not rig.care.look().quiet
    assert [kind for kind, _ in rig.given()] == [OFFERED, Protection.QUIET_WORK, Protection.CALLS_AGAIN]


def test_the_next_call_takes_the_offer_away_and_ends_a_rest(rig: CareRig) -> None:
    rig.call(abuse(), ended())
    rig.care.take_rest()
    rig.later(2)
    rig.call(ended(5, "call-2"), call_id="call-2")
    state = rig.care.look()
    assert (state.call_id, state.resting) == ("", False)
    assert rig.given()[-1] == (OVER, 2.0)
    assert rig.given("call-2") == []


def test_protection_is_timed_on_the_clock_of_its_call(rig: CareRig) -> None:
    rig.call(abuse(), ended(60))
    rig.later(2)
    rig.care.show_support()
    last = rig.store.events("call-1")[-1]
    assert last.t_ns == 180 * 10**9


def test_a_report_is_drafted_saved_with_its_call_and_goes_with_it(rig: CareRig) -> None:
    rig.call(said(1, 20, "야 이 개새끼야"), abuse(), ended())
    page = rig.care.report("call-1")
    assert not page.saved
    text = page.report.text.replace("3번 자리", "7번 자리")
    kept = rig.care.save_report("call-1", text, page.report)
    assert rig.care.report("call-1").report == kept
    assert rig.care.report("call-1").saved
    assert "7번 자리" in kept.text
    assert next(line for line in kept.lines if "개새끼야" in line.text).turns == (1,)
    assert "3번 자리" in rig.care.draft_again("call-1").text
    rig.store.delete("call-1")
    assert rig.store.read(lambda db: list(db.query("SELECT * FROM incident_reports"))) == []


NOTE = "오늘은손이떨려서물을마셨다"


def test_the_own_note_is_off_by_default_and_the_counsellors_to_switch(rig: CareRig) -> None:
    assert not rig.care.look().own_feelings
    rig.care.set_own_feelings(True)
    assert rig.settings.protection.own_feelings
    assert rig.care.own_note() == ""


def test_the_own_note_is_nowhere_but_in_its_own_table(rig: CareRig) -> None:
    rig.care.set_own_feelings(True)
    rig.call(said(1, 20, "야 이 개새끼야"), abuse(), handed_over(), ended())
    rig.care.keep_own_note(NOTE)
    assert rig.care.own_note() == NOTE
    store, row = rig.store, rig.store.session("call-1")
    events = store.events("call-1")
    exported = session_text.document(session_text.objects(row, events, store.records("call-1")))
    call = escalate.CallFacts(row.id, row.started_at, row.source, row.title, "1")
    began = row.started_at
    facts = escalate.PackFacts("01J", "01J", escalate.PackKind.PRESS, 40.0, began, "unknown", began, "desk", "key")
    packed = b"".join(escalate.build_pack(call, facts, events).parts.values()).decode()
    elsewhere = [exported, packed, rig.care.report("call-1").report.text, json.dumps(dataclasses.asdict(row))]
    assert not any(NOTE in text for text in elsewhere)
    assert store.sessions(NOTE) == ()

    def tables(db: object) -> list[str]:
        names = [name for name in db.table_names() if name != "own_note"]  # type: ignore[attr-defined]
        return [name for name in names for line in db.query(f"SELECT * FROM {name}") if NOTE in str(line)]  # type: ignore[attr-defined]

    assert store.read(tables) == []


def test_deleting_the_own_note_leaves_no_trace(rig: CareRig) -> None:
    rig.care.keep_own_note(NOTE)
    rig.care.keep_own_note("")
    assert rig.care.own_note() == ""
    assert rig.store.read(lambda db: db.execute("SELECT count(*) FROM own_note").fetchone()[0]) == 0
