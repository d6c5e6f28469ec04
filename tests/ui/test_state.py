"""The reducer: events in, view state out, no widgets."""

from __future__ import annotations

from assist.events import DeliveryChanged, MomentMarked, RecordFiled
from assist.model import Delivery
from audio.events import AudioGap
from audio.model import Channel
from tests.ui import story
from ui.call_view_state import CallViewState, Part, Phase


def begun() -> CallViewState:
    state = CallViewState()
    state.apply(story.started())
    return state


def test_partial_becomes_final_in_place() -> None:
    state = begun()
    state.apply(story.partial(0, Channel.CALLER, 4.0, "집 앞"))
    state.apply(story.partial(1, Channel.AGENT, 5.0, "네"))
    state.apply(story.partial(0, Channel.CALLER, 4.0, "집 앞에 차를"))
    assert [(line.text, line.solid) for line in state.lines] == [("집 앞에 차를", False), ("네", False)]
    state.apply(story.final(0, Channel.CALLER, 4.0, 8.0, "집 앞에 차를 세워 놔서"))
    assert [(line.text, line.solid) for line in state.lines] == [("집 앞에 차를 세워 놔서", True), ("네", False)]


def test_late_partial_does_not_unsettle_a_final() -> None:
    state = begun()
    state.apply(story.final(0, Channel.CALLER, 4.0, 8.0, "끝난 말"))
    state.apply(story.partial(0, Channel.CALLER, 4.0, "늦은 말"))
    assert [(line.text, line.solid) for line in state.lines] == [("끝난 말", True)]


def test_live_and_replayed_calls_agree() -> None:
    live, replayed = begun(), CallViewState()
    for event in (*story.live()[1:-1], story.ended(), story.draft(final_one=True)):
        live.apply(event)
    replayed.replay(story.saved())
    assert [line.text for line in live.lines] == [line.text for line in replayed.lines]
    assert live.records == replayed.records
    assert live.numbers == replayed.numbers
    assert live.phase is replayed.phase is Phase.WRAP_UP


def test_older_suggestions_never_replace_newer() -> None:
    state = begun()
    state.apply(story.suggestions(story.card(0), asked=3))
    assert state.apply(story.suggestions(story.card(1), asked=1)) == set()
    assert state.suggestions is not None
    assert state.suggestions.turn == 3


def test_at_most_three_cards() -> None:
    state = begun()
    state.apply(story.suggestions(*(story.card(i % 3) for i in range(5))))
    assert state.suggestions is not None
    assert len(state.suggestions.cards) == 3


def test_gap_is_said_and_short_ones_are_not() -> None:
    state = begun()
    state.apply(AudioGap(**story.at(3), channel=Channel.CALLER, start=16_000, n_samples=1_600))
    assert state.lines == []
    state.apply(AudioGap(**story.at(5), channel=Channel.CALLER, start=16_000, n_samples=32_000))
    assert state.lines[0].gap_s == 2.0


def test_mark_lands_on_the_line_being_said() -> None:
    state = begun()
    for event in story.spoken(3):
        state.apply(event)
    state.apply(MomentMarked(**story.at(8.4), at_s=8.4))
    assert [line.marked for line in state.lines] == [False, True, False]


def test_hang_up_settles_grey_lines() -> None:
    state = begun()
    state.apply(story.partial(0, Channel.CALLER, 4.0, "끊긴"))
    state.apply(story.ended())
    assert state.lines[0].solid
    assert "unsettled" in state.lines[0].flags


def test_written_turns_without_utterances_are_lines() -> None:
    state = begun()
    event = story.turn(0, Channel.CALLER, 1.0, 2.0, "글로 쓴 말")
    turn = type(event.turn)(0, Channel.CALLER, 1.0, 2.0, "글로 쓴 말")
    state.apply(type(event)(**story.at(2), turn=turn))
    state.apply(type(event)(**story.at(3), turn=type(turn)(0, Channel.CALLER, 1.0, 3.0, "글로 쓴 말이 자람")))
    assert [line.text for line in state.lines] == ["글로 쓴 말이 자람"]
    assert state.rows_of_turns([0]) == [0]


def test_delivery_of_another_pack_changes_nothing() -> None:
    state = begun()
    state.apply(story.handed_over(Delivery.WAITING))
    other = DeliveryChanged(**story.at(40), pack_id="other", delivery=Delivery.ACCEPTED, attempts=1)
    assert state.apply(other) == set()
    mine = DeliveryChanged(**story.at(41), pack_id="01J", delivery=Delivery.ACCEPTED, attempts=1)
    assert state.apply(mine) == {Part.ESCALATION}
    assert state.escalation is not None
    assert state.escalation.delivery is Delivery.ACCEPTED


def test_events_of_another_call_are_ignored() -> None:
    state = begun()
    stray = RecordFiled(call_id="other", t_ns=0, records=(), version=1)
    assert state.apply(stray) == set()
    assert state.filed_version == 0


def test_agent_speaking_ends_with_the_final_or_after_a_while() -> None:
    state = begun()
    state.apply(story.partial(0, Channel.AGENT, 4.0, "네"))
    assert state.agent_speaking
    state.apply(story.partial(1, Channel.CALLER, 9.0, "저기"))
    assert not state.agent_speaking


def test_a_mark_stands_on_the_line_being_said_whether_its_words_are_there_yet_or_come_later() -> None:
    caller = story.final(0, Channel.CALLER, 110.0, 114.0, "그럼 어디로 가나요")
    agent = story.final(1, Channel.AGENT, 115.0, 118.8, "신분증을 챙겨 구청으로 오시면 됩니다")
    after = story.final(2, Channel.CALLER, 120.0, 121.0, "네 알겠습니다")
    mark = MomentMarked(**story.at(118.6), at_s=118.6)
    grown = story.partial(1, Channel.AGENT, 115.0, "신분증을 챙겨")
    for log in ((caller, grown, mark, agent, after), (caller, mark, agent, after)):  # live, and as it is stored
        state = CallViewState()
        state.replay((story.started(), *log))
        assert [line.marked for line in state.lines] == [False, True, False]
        assert state.take_touched() >= {1}
