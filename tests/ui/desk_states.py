"""What the main window can look like: a call, its hard moments, the wrap-up, what stands between calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from assist.events import BehaviourSeen, CallerKnown, EndingMoved, LadderMoved, ListeningPaused, WarningGiven
from assist.model import (
    BehaviourKind,
    CallerClass,
    EndingStage,
    EndingState,
    LadderState,
    LadderWhy,
    LineAction,
    ManagedCaller,
)
from audio.events import DeviceStateChanged, LagChanged
from audio.model import Channel, DeviceHealth
from kb.model import Band
from resources.notices import sentence
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.populated_desk import care_of, recovered_rows


def _idle(desk: Desk) -> QWidget:
    desk.window.show_recovered(recovered_rows())
    return desk.window


def _no_model(desk: Desk) -> QWidget:
    desk.services.models_ready, desk.services.opening = False, True
    try:
        desk.window.refresh_desk()
    finally:
        desk.services.models_ready, desk.services.opening = True, False
    return desk.window


def _live(desk: Desk) -> QWidget:
    desk.window.refresh_desk()
    desk.live()
    return desk.window


def _column(desk: Desk) -> QWidget:
    desk.window.keep(replace(desk.window.preferences, layout="docked"))
    desk.live()
    desk.window.layouts.toggle_drawer()
    return desk.window


def _captions(desk: Desk) -> QWidget:
    desk.window.keep(replace(desk.window.preferences, captions_only=True))
    desk.live()
    return desk.window


def _second(desk: Desk) -> QWidget:
    desk.window.keep(replace(desk.window.preferences, layout="two"))
    desk.wrap_up()
    second = desk.window.layouts.second
    assert second is not None
    return second


def _quiet(desk: Desk) -> QWidget:
    weak = [story.card(i, Band.CANDIDATE) for i in (1, 2)]
    desk.services.unsent, desk.services.no_key = 1, True
    try:
        desk.window.refresh_desk()
    finally:
        desk.services.unsent, desk.services.no_key = 0, False
    desk.tell(
        story.started("practice", "집 앞 불법 주정차 신고"),
        *story.spoken(2),
        story.suggestions(*weak),
        LagChanged(**story.at(9), backlog_s=6.0, step=1),
        DeviceStateChanged(**story.at(9), channel=Channel.CALLER, health=DeviceHealth.SILENT),
    )
    return desk.window


def _states(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(
        story.demand(),
        story.final(7, Channel.CALLER, 33, 35, "", flags=("unheard",)),
        story.final(8, Channel.CALLER, 36, 38, "전화는 02-120", flags=("low_digits",)),
        story.final(9, Channel.CALLER, 39, 41, "시청해 주셔서 감사합니다", flags=("unsupported",)),
        DeviceStateChanged(**story.at(41), channel=Channel.CALLER, health=DeviceHealth.UNPLUGGED),
        DeviceStateChanged(**story.at(41), channel=Channel.AGENT, health=DeviceHealth.SILENT),
        ListeningPaused(**story.at(41), paused=True),
    )
    return desk.window


def _abuse(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(story.abuse(), WarningGiven(**story.at(32), script=story.WARNING, count=1))
    return desk.window


def _ladder(desk: Desk) -> QWidget:
    final = replace(story.WARNING, id="profanity.final", is_final=True)
    ladder = LadderState("profanity", next=final, why=LadderWhy.WARNINGS_USED, warnings_given=1)
    managed = ManagedCaller(CallerClass.HARD, "같은 요구는 한 번만 답하고 서면 답변으로 안내합니다.", "2027-02-28")
    kinds = (BehaviourKind.REPETITION, BehaviourKind.EARLIER_CALLS)
    script = replace(story.WARNING, id="demand-1", situation="demand")
    desk.live()
    desk.tell(
        CallerKnown(**story.at(30), managed=managed, earlier_calls=4),
        BehaviourSeen(**story.at(31), kinds=kinds, turns=(5,), script=script),
        story.abuse(2),
        LadderMoved(**story.at(32), state=ladder),
    )
    return desk.window


def _ending(desk: Desk) -> QWidget:
    _ladder(desk)
    final = replace(story.WARNING, is_final=True)
    notice = EndingState(EndingStage.NOTICE, LineAction.NOTICE, by_person=True, script=final, number="02-000-1004")
    desk.tell(EndingMoved(**story.at(33), state=notice), story.handed_over())
    return desk.window


def _crisis(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(story.crisis())
    return desk.window


def _wrap_up(desk: Desk) -> QWidget:
    desk.wrap_up()
    desk.window.call.show_evidence((3,))
    return desk.window


def _tour(desk: Desk) -> QWidget:
    desk.tell(story.started("practice"), *story.spoken(), story.suggestions(story.card(0)), *story.numbers())
    desk.window.tour.begin()
    for _ in range(4):
        desk.window.tour.onward()
    return desk.window


def _search(desk: Desk) -> QWidget:
    desk.live()
    answers = desk.window.call.answers
    answers.focus_search()
    answers.box.setText("과태료 신고")
    desk.bot.waitUntil(lambda: answers.results.model.rowCount() == 3)
    return desk.window


def _entry(desk: Desk) -> QWidget:
    desk.tell(story.started(), *story.spoken(), story.suggestions(*story.explained()), *story.noise())
    answers = desk.window.call.answers
    desk.bot.waitUntil(lambda: len(answers.cards) == 3)
    answers.open_place(1)
    return desk.window


def _correction(desk: Desk) -> QWidget:
    _entry(desk)
    desk.window.call.answers.note_correction()
    return desk.window


def _gap(desk: Desk) -> QWidget:
    desk.live()
    desk.window.call.answers.note_gap()
    return desk.window


def _notice(desk: Desk) -> QWidget:
    desk.live()
    desk.window.notices.say(sentence("call.recovered", count="1"), "warning")
    return desk.window


def care_strip(desk: Desk) -> QWidget:
    care = care_of(desk)
    if care is not None:
        desk.wrap_up()
        care.offer()
        desk.window.care.look()
    return desk.window


def _rest(desk: Desk) -> QWidget:
    care_strip(desk)
    if care_of(desk) is not None:
        desk.window.care.take_rest()
    return desk.window


def _locked(desk: Desk) -> QWidget:
    lock = getattr(desk.window.profile, "lock", None)
    if lock is not None:
        lock.lock()
        lock.page.said.setText(sentence("profiles.pin_wrong"))
    return desk.window


STATES: Final[dict[str, Callable[[Desk], QWidget]]] = {
    "idle": _idle,
    "no-model": _no_model,
    "live": _live,
    "quiet": _quiet,
    "column": _column,
    "captions": _captions,
    "second": _second,
    "states": _states,
    "abuse": _abuse,
    "ladder": _ladder,
    "ending": _ending,
    "crisis": _crisis,
    "wrap-up": _wrap_up,
    "tour": _tour,
    "search": _search,
    "entry": _entry,
    "correction": _correction,
    "gap": _gap,
    "notice": _notice,
    "care-strip": care_strip,
    "rest": _rest,
    "locked": _locked,
}
