"""A call in the terminal: the text as it comes, cards, protection notices, the record at the end.

For machines without a screen, and for ``--headless``. Reads the same events as the windows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TextIO

from app.session_text import clock
from assist.events import (
    AbuseSeen,
    CallEnded,
    CallStarted,
    CrisisSeen,
    DraftReady,
    NoticeRaised,
    NumberHeard,
    SuggestionsReady,
    WarningGiven,
)
from assist.mask import mask_phone_for_screen
from assist.model import CallRecord
from audio.events import CallEvent, EngineRestarted, LagChanged, TranscriptFinal, TranscriptPartial
from audio.model import Channel
from resources.notices import sentence

_DIM, _BOLD, _AMBER, _RED, _PLAIN = "\033[2m", "\033[1m", "\033[33m", "\033[31m", "\033[0m"


class Terminal:
    """Writes events as lines. Thread: whichever publishes; the bus hands over one event at a time."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._is_screen = out.isatty()
        self._handlers: dict[type[CallEvent], Callable[[CallEvent], None]] = {
            CallStarted: self._started,
            TranscriptPartial: self._partial,
            TranscriptFinal: self._final,
            SuggestionsReady: self._cards,
            AbuseSeen: self._abuse,
            WarningGiven: self._warned,
            CrisisSeen: self._crisis,
            NumberHeard: self._number,
            LagChanged: self._lag,
            EngineRestarted: self._restarted,
            NoticeRaised: self._notice,
            CallEnded: self._ended,
            DraftReady: self._draft,
        }

    def show(self, event: CallEvent) -> None:
        """Write what a person should read of ``event``; other events say nothing."""
        handler = self._handlers.get(type(event))
        if handler:
            handler(event)

    def _line(self, text: str, colour: str = "") -> None:
        if self._is_screen:
            self._out.write(f"\r\033[K{colour}{text}{_PLAIN if colour else ''}\n")
        else:
            self._out.write(text + "\n")
        self._out.flush()

    def _started(self, event: CallEvent) -> None:
        assert isinstance(event, CallStarted)
        self._line(sentence(f"call.started_{event.source}", title=event.title), _BOLD)

    def _partial(self, event: CallEvent) -> None:
        assert isinstance(event, TranscriptPartial)
        if self._is_screen:
            self._out.write(f"\r\033[K{_DIM}{_who(event.channel)} {event.display} …{_PLAIN}")
            self._out.flush()

    def _final(self, event: CallEvent) -> None:
        assert isinstance(event, TranscriptFinal)
        doubt = f" [{sentence('call.doubtful')}]" if event.flags else ""
        self._line(f"{clock(event.start)} {_who(event.channel)} {event.display}{doubt}")

    def _cards(self, event: CallEvent) -> None:
        assert isinstance(event, SuggestionsReady)
        for number, card in enumerate(event.cards, 1):
            where = " · ".join(part for part in (card.district, card.department, card.phone, card.updated) if part)
            self._line(f"      [{sentence('call.card')} {number}] {card.title}  ({where})", _BOLD)
            self._line("          " + " ".join(card.passage.split()))

    def _abuse(self, event: CallEvent) -> None:
        assert isinstance(event, AbuseSeen)
        count = f"{event.warnings_given}/{event.warnings_allowed}"
        self._line(f"      [{sentence('call.protection')} {count}] {event.script.text}", _AMBER)

    def _warned(self, event: CallEvent) -> None:
        assert isinstance(event, WarningGiven)
        self._line(f"      [{sentence('call.warning_given', count=event.count)}]", _AMBER)

    def _crisis(self, event: CallEvent) -> None:
        assert isinstance(event, CrisisSeen)
        numbers = ", ".join(f"{name} {number}" for name, number in event.finding.numbers)
        self._line(f"      [{sentence('call.crisis')}] {numbers}", _RED)
        for step in event.finding.steps:
            self._line(f"          - {step}", _RED)

    def _number(self, event: CallEvent) -> None:
        assert isinstance(event, NumberHeard)
        number = event.number
        shown = mask_phone_for_screen(number.display) if number.kind == "phone" else number.display
        self._line(f"      [{sentence('call.number')}] {shown}", _DIM)

    def _lag(self, event: CallEvent) -> None:
        assert isinstance(event, LagChanged)
        if event.step:
            self._line(f"      {sentence('call.lag', seconds=round(event.backlog_s))}", _DIM)

    def _restarted(self, event: CallEvent) -> None:
        assert isinstance(event, EngineRestarted)
        self._line(f"      {sentence('call.engine_restarted')}", _DIM)

    def _notice(self, event: CallEvent) -> None:
        assert isinstance(event, NoticeRaised)
        self._line(f"      {sentence(event.code, **event.params)}", _AMBER)

    def _ended(self, event: CallEvent) -> None:
        assert isinstance(event, CallEnded)
        self._line(sentence("call.ended", duration=clock(event.duration_s)), _BOLD)

    def _draft(self, event: CallEvent) -> None:
        assert isinstance(event, DraftReady)
        if event.final:
            for number, record in enumerate(event.draft.records, 1):
                self._record(number, len(event.draft.records), record)

    def _record(self, number: int, of: int, record: CallRecord) -> None:
        head = sentence("call.record") + (f" {number}/{of}" if of > 1 else "")
        field = record.category + (f" › {record.subcategory}" if record.subcategory else "")
        self._line(f"── {head}: {field}", _BOLD)
        for key, lines in (("inquiry", record.inquiry), ("answer", record.answer), ("action", record.action)):
            for index, line in enumerate(lines):
                turns = ", ".join(str(turn) for turn in record.evidence.get(f"{key}.{index}", ()))
                self._line(f"   {sentence(f'call.field_{key}')}  {line}" + (f"  [{turns}]" if turns else ""))
        if record.follow_up:
            self._line(f"   {sentence('call.field_follow_up')}  {record.follow_up}")


def _who(channel: Channel) -> str:
    return sentence("call.who_agent" if channel is Channel.AGENT else "call.who_caller")
