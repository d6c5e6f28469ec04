"""The state at a position, the places on the timeline, the words being heard, what was edited: without a window."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from assist.events import CardActed, CardsShown, DraftReady, SuggestionsReady
from assist.model import CallRecord, CardAction
from audio.events import CallEvent
from audio.model import Word
from tests.ui import fake_replay, story
from ui.call_view_state import CallViewState
from ui.replay.moments import IGNORED, Moment, MomentKind, moments, near
from ui.replay.record_diff import Kept, diff_records
from ui.replay.states import ReplayStates
from ui.replay.timeline_lanes import Lanes, Stretch, said, together
from ui.replay.transcript import word_spans
from ui.replay.words import about

LONG = fake_replay.long_events(1200, 1800.0)


def shown(state: CallViewState) -> dict[str, Any]:
    """Everything a view can show of a state."""
    return {one.name: getattr(state, one.name) for one in fields(state) if one.name != "_touched"}


@pytest.mark.parametrize("way", [(900, 1700, 30, 31, 1800), (1799, 0, 5, 1200, 400, 401)])
def test_whatever_way_a_position_is_come_to_its_state_is_that_of_the_events_before_it(way: tuple[int, ...]) -> None:
    states = ReplayStates(LONG, 1800.0)
    for at_s in way:
        states.go(float(at_s))
        fresh = CallViewState()
        fresh.replay(event for event in LONG if event.t_ns <= at_s * 1e9 or at_s == 1800)
        assert shown(states.state) == shown(fresh)


def test_a_kept_state_is_not_touched_by_what_comes_after_it() -> None:
    states = ReplayStates(LONG, 1800.0)
    states.go(600.0)
    before = [line.text for line in states.state.lines]
    states.go(1800.0)
    states.go(600.0)
    assert [line.text for line in states.state.lines] == before


def test_the_end_of_the_call_shows_what_came_after_it_too() -> None:
    states = ReplayStates(fake_replay.events(), 39.0)
    states.go(38.9)
    assert not states.state.filed_version
    states.go(39.0)
    assert states.state.filed_version == 1


def test_answers_stand_as_they_were_shown_not_as_they_were_found() -> None:
    states = ReplayStates(fake_replay.events(), 39.0)
    first = story.card(0).article_id
    states.go(8.7)
    assert states.state.suggestions is not None
    assert states.state.told is None
    states.go(9.5)
    assert states.state.told is not None
    assert [card.article_id for card in states.state.told.cards] == [first]
    states.go(10.5)
    assert states.state.opened is not None
    states.go(12.0)
    assert states.state.handled[first] == {CardAction.OPENED, CardAction.USED}


def test_an_older_log_shows_answers_when_they_were_found() -> None:
    old = [event for event in fake_replay.events() if not isinstance(event, CardsShown)]
    states = ReplayStates(old, 39.0)
    assert not states.tells_shown
    states.go(8.7)
    assert states.state.guessed is not None
    found = [one for one in moments(old, 39.0) if one.kind is MomentKind.CARD]
    assert [one.start_s for one in found] == [8.5, 8.5]


def acted(seconds: float, action: CardAction, place: int = 0) -> CardActed:
    card = story.card(place)
    return CardActed(**story.at(seconds), article_id=card.article_id, title=card.title, action=action)


def told(*places: int, seconds: float) -> CardsShown:
    return CardsShown(**story.at(seconds), turn=1, article_ids=tuple(story.card(n).article_id for n in places))


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ((), {0: (IGNORED,), 1: (IGNORED,)}),
        ((acted(10, CardAction.OPENED), acted(11, CardAction.COPIED)), {0: ("opened", "copied"), 1: (IGNORED,)}),
        ((acted(10, CardAction.DISMISSED, 1),), {0: (IGNORED,), 1: ("dismissed",)}),
        ((told(1, seconds=12), acted(14, CardAction.USED)), {0: ("used",), 1: (IGNORED,)}),
    ],
)
def test_every_card_tells_what_became_of_it(more: tuple[CallEvent, ...], codes: dict[int, tuple[str, ...]]) -> None:
    offered = story.suggestions(story.card(0), story.card(1))
    found = moments((story.started(), offered, told(0, 1, seconds=9), *more, story.ended()), 39.0)
    cards = {one.ref: one.codes for one in found if one.kind is MomentKind.CARD}
    assert cards == {story.card(place).article_id: outcome for place, outcome in codes.items()}


def test_the_answers_of_one_moment_are_named_by_the_first_and_how_many_came_with_it() -> None:
    cards = [story.card(n) for n in range(3)]
    log = (story.started(), story.suggestions(*cards), told(0, 1, 2, seconds=9), told(1, seconds=12), story.ended())
    found = [one for one in moments(log, 39.0) if one.kind is not MomentKind.TURN]
    kept, more = together(found)
    shown = [(one.ref, more.get(id(one), 0)) for one in kept if one.kind is MomentKind.CARD]
    assert shown == [(story.card(0).article_id, 2)]
    assert sum(one.kind is MomentKind.ENDED for one in kept) == 1
    where = Stretch(0.0, 39.0, 0.0, 390.0)
    lanes = Lanes(found, None)
    lanes.folded = True
    under = lanes.moments_at(where, where.x(9.0), lanes.height() - 8)
    assert {one.ref for one in under} == {card.article_id for card in cards}


def test_answers_that_waited_are_told_as_waiting_and_both_times_are_in_the_list() -> None:
    """The counsellor held the list: at 12 s newer answers were there, with F5 at 32 s they came onto the screen."""
    newer = story.suggestions(story.card(1), story.card(2), asked=3, seconds=12.0)
    shown_late = replace(told(1, 2, seconds=32), turn=3)
    log = (story.started(), story.suggestions(story.card(0)), told(0, seconds=8.6), newer, shown_late, story.ended())
    states = ReplayStates(log, 39.0)
    waits = []
    for at_s in (11.0, 12.0, 31.0, 32.0, 20.0):
        states.go(at_s)
        waiting = states.state.waiting
        waits.append(None if waiting is None else (len(waiting.cards), waiting.t_ns / 1e9))
    assert waits == [None, (2, 12.0), (2, 12.0), None, (2, 12.0)]
    cards = {one.ref: (one.ready_s, one.start_s) for one in moments(log, 39.0) if one.kind is MomentKind.CARD}
    assert cards == {
        story.card(0).article_id: (None, 8.6),
        story.card(1).article_id: (12.0, 32.0),
        story.card(2).article_id: (12.0, 32.0),
    }
    late = next(one for one in moments(log, 39.0) if one.ref == story.card(1).article_id)
    assert "00:12" in about(late)
    assert "00:32" in about(late)


def test_an_entry_found_by_search_is_told_as_that() -> None:
    found = moments((story.started(), acted(10, CardAction.OPENED, 2), story.ended()), 39.0)
    assert [one.codes for one in found if one.kind is MomentKind.CARD] == [("searched", "opened")]


def test_holds_are_stretches_and_one_that_never_ends_ends_with_the_call() -> None:
    found = moments(fake_replay.events(), 39.0)
    assert [(one.start_s, one.end_s) for one in found if one.kind is MomentKind.HOLD] == [(18.0, 21.0)]
    open_end = [event for event in fake_replay.events() if getattr(event, "held", None) is not False]
    assert [(one.start_s, one.end_s) for one in moments(open_end, 39.0) if one.kind is MomentKind.HOLD] == [
        (18.0, 39.0)
    ]


def test_numbers_that_point_to_a_person_are_covered_on_the_timeline() -> None:
    texts = [one.text for one in moments(fake_replay.events(), 39.0) if one.kind is MomentKind.NUMBER]
    assert texts == ["신림로 12길", "4만 원", "010-••••-5678"]


def test_jumps_go_to_the_next_and_the_one_before() -> None:
    found = moments(fake_replay.events(), 39.0)
    turns = frozenset({MomentKind.TURN})
    forward = near(found, turns, 4.0, 1)
    assert forward is not None
    assert forward.start_s == 9.0
    back = near(found, turns, 9.5, -1)
    assert back is not None
    assert back.start_s == 4.0
    assert near(found, turns, 38.0, 1) is None


def test_words_heard_as_figures_are_marked_where_the_figures_stand() -> None:
    heard = ("번호는", "공일공", "일이삼사", "오육칠팔", "입니다")
    said = tuple(Word(text, float(n), n + 1.0) for n, text in enumerate(heard))
    shown_text = "번호는 010-1234-5678 입니다"
    spans = word_spans(shown_text, said)
    assert [shown_text[start:end] for start, end in spans] == [
        "번호는",
        "010-1234-5678",
        "010-1234-5678",
        "010-1234-5678",
        "입니다",
    ]


def test_what_was_edited_in_the_draft_is_told_word_by_word() -> None:
    before = CallRecord("교통", None, ("주차 신고 방법 문의",), ("사진 두 장 신고 안내",))
    after = replace(before, answer=("사진 세 장 신고 안내",), follow_up="회신")
    found = {one.field: one for one in diff_records((before,), (after,))}
    assert not found["inquiry"].changed
    assert [(p.kept, p.text) for p in found["answer"].pieces] == [
        (Kept.SAME, "사진"),
        (Kept.GONE, "두"),
        (Kept.NEW, "세"),
        (Kept.SAME, "장 신고 안내"),
    ]
    assert [(p.kept, p.text) for p in found["follow_up"].pieces] == [(Kept.NEW, "회신")]


def test_entries_of_a_field_stand_on_lines_of_their_own() -> None:
    before = CallRecord("교통", None, ("주차 신고", "사진 신고"), ())
    after = replace(before, inquiry=("주차 신고", "사진 신고", "과태료 문의"))
    found = {one.field: one for one in diff_records((before,), (after,))}
    assert [(p.kept, p.text.split("\n")) for p in found["inquiry"].pieces] == [
        (Kept.SAME, ["주차 신고 ", "사진 신고"]),
        (Kept.NEW, ["", "과태료 문의"]),
    ]


def test_a_suggestion_of_an_earlier_turn_shown_late_keeps_its_own_question() -> None:
    state = CallViewState()
    first = story.suggestions(story.card(0), asked=1)
    second: SuggestionsReady = replace(story.suggestions(story.card(1), asked=3), **story.at(18))
    state.replay((story.started(), first, second, told(0, seconds=19)))
    assert state.told is not None
    assert state.told.question == story.LINES[1][3]


def test_each_action_on_a_card_stands_at_its_own_time() -> None:
    offered = story.suggestions(story.card(0), story.card(1))
    done = (acted(10, CardAction.OPENED), acted(14, CardAction.COPIED), acted(21, CardAction.USED))
    found = moments((story.started(), offered, told(0, 1, seconds=9), *done, story.ended()), 39.0)
    rows = [(one.start_s, one.codes, one.ref) for one in found if one.kind is MomentKind.ACTED]
    first = story.card(0).article_id
    assert rows == [(10.0, ("opened",), first), (14.0, ("copied",), first), (21.0, ("used",), first)]


def test_the_record_of_a_moment_is_as_far_as_it_had_grown_there() -> None:
    states = ReplayStates(fake_replay.events(), 39.0)
    states.go(11.0)
    assert states.state.records == ()
    states.go(20.0)
    assert states.state.records == story.RECORDS[:1]
    assert not states.state.final_draft
    assert states.tells_draft
    older = [event for event in fake_replay.events() if not (isinstance(event, DraftReady) and not event.final)]
    assert not ReplayStates(older, 39.0).tells_draft
    assert ReplayStates([story.started()], 39.0).tells_draft, "nothing was said: there was nothing to grow"


def test_a_cut_card_on_the_timeline_still_tells_which_it_is() -> None:
    card = Moment(MomentKind.CARD, 1.0, 2.0, "불법 주정차 신고", codes=(IGNORED,))
    assert said(card).startswith("불법 주정차 신고")
