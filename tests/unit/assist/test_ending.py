"""A call is ended or handed over through the program only after the reason is told."""

from __future__ import annotations

import itertools

import pytest

from assist.model import EndingStage, LineAction, Script
from assist.protect.ending import Ending, Step, Todo, Told, by_person

NOTICE, TRANSFER, END = LineAction.NOTICE, LineAction.TRANSFER, LineAction.END
FINAL = Script("profanity.final", "profanity", "욕설이 이어져 상담을 종료합니다.", is_final=True)
HANDOVER = Script("time.handover", "repetition", "전담팀으로 연결해 드리겠습니다.")
ASK = Told(FINAL, "8300")


def told(facts: Told = ASK) -> Ending:
    reached, _ = Ending().press(NOTICE, facts, 0.0)
    return reached.acted(NOTICE, ok=True)[0]


def test_the_notice_comes_first_and_then_the_counsellor_is_asked() -> None:
    reached, step = Ending().press(NOTICE, ASK, 0.0)
    assert (step.todo, step.state.stage, step.state.script) == (Todo.ACT, EndingStage.NOTICE, FINAL)
    assert step.state.number == "8300"
    assert not step.state.may_end
    reached, step = reached.acted(NOTICE, ok=True)
    assert (step.todo, step.state.stage, step.state.may_end) == (Todo.NOTHING, EndingStage.TOLD, True)
    reached, step = reached.press(END, ASK, 5.0)
    assert (step.todo, step.state.stage, step.state.action) == (Todo.ACT, EndingStage.ACTING, END)
    reached, step = reached.acted(END, ok=True)
    assert (step.state.stage, step.state.action) == (EndingStage.DONE, END)


@pytest.mark.parametrize("action", [TRANSFER, END])
def test_pressed_first_the_end_and_the_hand_over_wait_for_the_reason(action: LineAction) -> None:
    reached, step = Ending().press(action, ASK, 0.0)
    assert (step.state.stage, step.state.action, step.state.then) == (EndingStage.NOTICE, NOTICE, action)
    _, step = reached.acted(NOTICE, ok=True)
    assert (step.todo, step.state.stage, step.state.action) == (Todo.ACT, EndingStage.ACTING, action)


@pytest.mark.parametrize("after", [TRANSFER, END])
def test_the_site_may_let_something_follow_the_notice(after: LineAction) -> None:
    reached, _ = Ending().escalated(Told(FINAL, "", after), 0.0)
    _, step = reached.acted(NOTICE, ok=True)
    assert (step.todo, step.state.action) == (Todo.ACT, after)


def test_where_the_line_fails_the_counsellor_does_it_and_nothing_follows_before_that() -> None:
    reached, _ = Ending().press(END, ASK, 0.0)
    reached, step = reached.acted(NOTICE, ok=False, code="line.timeout")
    assert (step.todo, step.state.by_person, step.state.code) == (Todo.NOTHING, True, "line.timeout")
    assert not reached.told
    assert reached.asks(NOTICE)
    reached, step = reached.confirmed(NOTICE)
    assert (step.todo, step.state.action, step.state.code) == (Todo.ACT, END, "")
    reached, step = reached.acted(END, ok=False, code="line.command_failed")
    assert reached.asks(END)
    _, step = reached.confirmed(END)
    assert step.state.stage is EndingStage.DONE


def test_what_failed_may_be_tried_again() -> None:
    reached, _ = told().press(END, ASK, 5.0)
    reached, _ = reached.acted(END, ok=False, code="line.timeout")
    _, step = reached.press(END, ASK, 10.0)
    assert (step.todo, step.state.by_person) == (Todo.ACT, False)
    _, step = reached.press(TRANSFER, ASK, 10.0)
    assert (step.todo, step.state.action) == (Todo.ACT, TRANSFER)


def test_two_presses_in_a_second_are_one() -> None:
    reached, first = Ending().escalated(ASK, 0.0)
    again, second = reached.escalated(ASK, 0.7)
    assert (first.todo, second.todo) == (Todo.ACT, Todo.NOTHING)
    done, _ = again.acted(NOTICE, ok=True)
    _, third = done.press(NOTICE, ASK, 0.9)
    assert third.todo is Todo.NOTHING
    _, later = done.press(NOTICE, ASK, 5.0)
    assert later.todo is Todo.ACT


def test_a_second_incident_in_the_call_tells_nothing_twice() -> None:
    reached, step = told().escalated(ASK, 60.0)
    assert (step.todo, reached.state.stage) == (Todo.NOTHING, EndingStage.TOLD)
    _, step = told().escalated(Told(FINAL, "", TRANSFER), 60.0)
    assert (step.todo, step.state.action) == (Todo.ACT, TRANSFER)


def test_insisting_may_be_handed_over_but_not_ended_before_its_time() -> None:
    early = Told(HANDOVER)
    _, step = Ending().press(END, early, 0.0)
    assert (step.todo, step.code) == (Todo.REFUSE, "line.end_too_early")
    reached, _ = Ending().escalated(Told(HANDOVER, "", END), 0.0)
    reached, step = reached.acted(NOTICE, ok=True)
    assert (step.todo, step.state.stage, step.state.may_end) == (Todo.NOTHING, EndingStage.TOLD, False)
    assert reached.press(TRANSFER, early, 9.0)[1].todo is Todo.ACT
    _, step = reached.press(END, early, 9.0)
    assert step.code == "line.end_too_early"
    # Its time has come: the end is told for, then it may come.
    later, step = reached.press(END, ASK, 9.0)
    assert (step.state.action, step.state.then) == (NOTICE, END)
    assert later.acted(NOTICE, ok=True)[1].state.action is END


def test_a_final_notice_said_on_the_ladder_tells_the_reason() -> None:
    reached, step = Ending().reason_said(FINAL)
    assert (step.state.stage, step.state.may_end) == (EndingStage.TOLD, True)
    assert reached.press(END, ASK, 9.0)[1].todo is Todo.ACT
    assert Ending().reason_said(HANDOVER)[1].state.stage is EndingStage.IDLE
    waiting, _ = by_person(Ending().press(TRANSFER, ASK, 0.0)[0])
    assert waiting.reason_said(FINAL)[1].state.action is TRANSFER


def test_nothing_is_recorded_that_nobody_asked_for() -> None:
    for action in LineAction:
        _, step = Ending().confirmed(action)
        assert (step.todo, step.code) == (Todo.REFUSE, "line.nothing_to_confirm")
    done, _ = by_person(told().press(END, ASK, 5.0)[0])
    done, _ = done.confirmed(END)
    assert done.confirmed(END) == (done, Step(done.state))


def test_after_hang_up_nothing_is_done_to_the_line() -> None:
    running, _ = told().press(END, ASK, 5.0)
    over, step = running.hung_up()
    assert step.state.stage is EndingStage.TOLD
    assert over.acted(END, ok=True)[1].todo is Todo.NOTHING
    assert over.press(TRANSFER, ASK, 9.0)[1].code == "line.call_over"
    assert over.escalated(ASK, 9.0)[1].todo is Todo.NOTHING
    assert not by_person(Ending().press(NOTICE, ASK, 0.0)[0])[0].hung_up()[0].asks(NOTICE)


def test_no_order_of_presses_ends_a_call_before_its_reason_is_told() -> None:
    """Every way of eight inputs: an end is begun only with a final notice given before, by line or person."""
    inputs = {
        "notice": lambda e, t: e.press(NOTICE, ASK, t),
        "early": lambda e, t: e.press(NOTICE, Told(HANDOVER), t),
        "transfer": lambda e, t: e.press(TRANSFER, Told(HANDOVER), t),
        "end": lambda e, t: e.press(END, ASK, t),
        "escalate": lambda e, t: e.escalated(Told(HANDOVER, "", END), t),
        "ok": lambda e, t: e.acted(e.state.action or NOTICE, True),
        "fails": lambda e, t: e.acted(e.state.action or NOTICE, False, "line.timeout"),
        "confirm": lambda e, t: e.confirmed(e.state.action or NOTICE),
        "hang up": lambda e, t: e.hung_up(),
    }
    reached = {(Ending(), False, False)}
    for place in range(8):
        onward = set()
        for (before, reason, any_reason), (name, move) in itertools.product(reached, inputs.items()):
            ending, step = move(before, 10.0 * place)
            state = before.state
            if state.stage is EndingStage.NOTICE and state.script is not None and name in ("ok", "confirm"):
                any_reason, reason = any_reason or ending.told, reason or (ending.told and state.script.is_final)
            if step.todo is Todo.ACT and step.state.action is END:
                assert reason, (before, name)
            if step.todo is Todo.ACT and step.state.action is TRANSFER:
                assert any_reason, (before, name)
            onward.add((ending, reason, any_reason))
        reached = onward
    assert any(ending.state.stage is EndingStage.DONE for ending, _, _ in reached)
