"""A saved call for replay made from the story's events, a long one, and a player without sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from pytestqt.qtbot import QtBot

from assist.events import (
    CallEnded,
    CallHeld,
    CardActed,
    CardsShown,
    MomentMarked,
    NumberHeard,
    RecordFiled,
    WarningGiven,
)
from assist.model import CardAction, HeardNumber
from audio.events import CallEvent, TranscriptFinal, WordsAligned
from audio.model import Channel, Word
from resources.notices import Fault
from tests.ui import story
from ui.replay.ports import Peaks, PlayState, RecordVersion, ReplayFacts, SilentStretch
from ui.replay.replay_window import ReplayWindow


def words_of(text: str, start: float, end: float) -> tuple[Word, ...]:
    """Return words spread evenly over a line."""
    parts = text.split()
    step = (end - start) / max(1, len(parts))
    return tuple(Word(one, start + n * step, start + (n + 1) * step) for n, one in enumerate(parts))


def events() -> tuple[CallEvent, ...]:
    """The story as its log: a card shown, opened and used, a hold, an insult and its warning, a bookmark, a filing."""
    first = story.suggestions(story.card(0), story.card(1), seconds=8.5)
    ids = tuple(card.article_id for card in first.cards)
    spoken = [
        replace(event, words=words_of(event.text, event.start, event.end))
        if isinstance(event, TranscriptFinal)
        else event
        for event in story.spoken()
    ]
    acted = (CardAction.OPENED, CardAction.USED)
    edited = (replace(story.RECORDS[0], answer=("안전신문고 앱으로 사진 두 장 신고 안내",)), *story.RECORDS[1:])
    found: list[CallEvent] = [
        story.started(),
        *spoken,
        first,
        CardsShown(**story.at(9.0), turn=1, article_ids=ids[:1]),
        *(
            CardActed(**story.at(10.0 + n), article_id=ids[0], title=first.cards[0].title, action=action)
            for n, action in enumerate(acted)
        ),
        MomentMarked(**story.at(15), at_s=15.0),
        CallHeld(**story.at(18), held=True),
        CallHeld(**story.at(21), held=False),
        *story.numbers(),
        story.abuse(),
        WarningGiven(**story.at(33), script=story.WARNING, count=1),
        replace(story.draft(final_one=False), **story.at(12)),
        CallEnded(**story.at(39), duration_s=39.0),
        story.draft(final_one=True),
        RecordFiled(**story.at(60), records=edited, version=1),
    ]
    return tuple(sorted(found, key=lambda event: event.t_ns))


def long_events(count: int = 3000, length_s: float = 7200.0) -> tuple[CallEvent, ...]:
    """A call of ``length_s`` seconds: turns whose words come later, answers shown and used, numbers, bookmarks."""
    found: list[CallEvent] = [story.started()]
    turns = count * 24 // 100
    each = length_s / turns
    offered = (story.suggestions(story.card(0), story.card(1)), story.suggestions(story.card(2)))
    for index in range(turns):
        channel = Channel.CALLER if index % 2 else Channel.AGENT
        text = f"{index}번째로 {story.LINES[index % len(story.LINES)][3]} 그래서 다시 여쭤봅니다."
        start, end = index * each, index * each + each * 0.8
        found += (
            replace(story.final(index, channel, start, end, text), **story.at(end + 0.2)),
            replace(story.turn(index, channel, start, end, text), **story.at(end + 0.2)),
            WordsAligned(**story.at(end + 4), utterance=index, words=words_of(text, start, end)),
        )
        if index % 3 == 1:
            cards = offered[index // 3 % 2]
            ids = tuple(card.article_id for card in cards.cards)
            found += (
                replace(cards, **story.at(end + 0.3), turn=index),
                CardsShown(**story.at(end + 0.4), turn=index, article_ids=ids),
            )
    for place in range(count - 1 - len(found)):
        at_s = place * 37 % (length_s - 10) + 5
        number = HeardNumber(place, "amount", f"{place}만 원", Channel.CALLER, 0, at_s, at_s + 1, True)
        kinds: tuple[CallEvent, ...] = (
            NumberHeard(**story.at(at_s), number=number),
            MomentMarked(**story.at(at_s), at_s=at_s),
            CardActed(**story.at(at_s), article_id=story.card(0).article_id, title="주정차", action=CardAction.USED),
        )
        found.append(kinds[(0, 0, 0, 1, 2)[place % 5]])
    found.append(CallEnded(**story.at(length_s), duration_s=length_s))
    return tuple(sorted(found, key=lambda event: event.t_ns))


@dataclass
class FakeReplayCall:
    """Fills :class:`ui.replay.ports.ReplayCall`; set ``fault`` to have it deleted."""

    facts: ReplayFacts
    events: Sequence[CallEvent]
    versions: Sequence[RecordVersion] = ()
    stretches: tuple[SilentStretch, ...] = ()
    fault: Fault | None = None
    reveals: int = 0
    closed: bool = False
    asked: list[tuple[Channel, float, float, float]] = field(default_factory=list)

    def peaks(self, channel: Channel, start_s: float, end_s: float, bin_s: float) -> Peaks:
        self.asked.append((channel, start_s, end_s, bin_s))
        bins = max(1, round((end_s - start_s) / bin_s))
        at = start_s + np.arange(bins) * bin_s
        loud = (np.abs(np.sin(at * (0.7 if channel is Channel.AGENT else 0.45))) * 0.8).astype(np.float32)
        return Peaks(channel, start_s, bin_s, -loud, loud)

    def silent(self) -> Sequence[SilentStretch]:
        return self.stretches

    def check(self) -> None:
        if self.fault is not None:
            raise self.fault

    def numbers_revealed(self) -> None:
        self.reveals += 1

    def close(self) -> None:
        self.closed = True


class FakePlayer:
    """Fills :class:`ui.replay.ports.ReplayPlayer`; a test moves its clock."""

    def __init__(self) -> None:
        self.at_s, self.playing, self.speed, self.fault = 0.0, False, 1.0, ""
        self.skip, self.sides, self.closed = False, (True, True), False
        self.loop: tuple[float, float] | None = None
        self.seeks: list[float] = []

    def play(self) -> None:
        self.playing = True

    def pause(self) -> None:
        self.playing = False

    def seek(self, at_s: float) -> None:
        self.at_s = at_s
        self.seeks.append(at_s)

    def set_speed(self, speed: float) -> None:
        self.speed = speed

    def set_skip_silence(self, wanted: bool) -> None:
        self.skip = wanted

    def set_loop(self, span: tuple[float, float] | None) -> None:
        self.loop = span

    def set_sides(self, agent: bool, caller: bool) -> None:
        self.sides = (agent, caller)

    def state(self) -> PlayState:
        return PlayState(self.at_s, self.playing, self.speed, self.fault)

    def close(self) -> None:
        self.closed = True


def call() -> FakeReplayCall:
    """The story, saved."""
    found = events()
    facts = ReplayFacts("s1", "주정차 신고", "2026-11-21T09:14:00+09:00", 39.0, "devices", 39.0)
    filed = next(event for event in found if isinstance(event, RecordFiled))
    versions = (RecordVersion(0, 40.0, story.RECORDS), RecordVersion(1, 60.0, filed.records))
    return FakeReplayCall(facts, found, versions, (SilentStretch(Channel.CALLER, 18.0, 21.0, "paused"),))


def opened(_session: str) -> tuple[FakeReplayCall, FakePlayer]:
    """Open any call: the story; a factory for a desk."""
    return call(), FakePlayer()


def long_call(count: int = 3000, length_s: float = 7200.0) -> FakeReplayCall:
    """Two hours with 3,000 events."""
    facts = ReplayFacts("s2", "긴 통화", "2026-11-21T09:14:00+09:00", length_s, "devices", length_s)
    return FakeReplayCall(facts, long_events(count, length_s), (RecordVersion(0, length_s, story.RECORDS),))


def open_window(bot: QtBot, one: FakeReplayCall | None = None) -> tuple[ReplayWindow, FakeReplayCall, FakePlayer]:
    """Return a replay window, shown, with its call and player."""
    saved, player = one or call(), FakePlayer()
    window = ReplayWindow(saved, player)
    bot.addWidget(window)
    with bot.waitExposed(window):
        window.show()
    return window, saved, player
