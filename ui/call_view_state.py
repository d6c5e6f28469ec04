"""What the windows show of one call, made from its events. Plain Python: live and replayed calls drive it alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from assist.events import (
    ArsPathKnown,
    CallEnded,
    CallHeld,
    CallStarted,
    CardActed,
    CardsShown,
    DraftReady,
    ListeningPaused,
    MomentMarked,
    NoticeRaised,
    NumberHeard,
    RecordDelivered,
    RecordFiled,
    SuggestionsReady,
    TurnUpdated,
)
from assist.model import CallRecord, HeardNumber, Turn
from audio.events import (
    AudioGap,
    CallEvent,
    DeviceStateChanged,
    DigitRun,
    EngineRestarted,
    LagChanged,
    LanguageChanged,
    LanguageOffered,
    LevelsMeasured,
    TranscriptFinal,
    TranscriptPartial,
    WordsAligned,
)
from audio.model import HOME_LANGUAGE, SAMPLE_RATE, Channel, DeviceHealth, Levels, Word
from ui.answers_state import AnswersState

SHORTEST_SHOWN_GAP_S: Final = 0.3
SPEAKING_ENDS_S: Final = 2.5
"""Seconds after which an agent partial without its final no longer counts as speaking."""


class Phase(StrEnum):
    """Where the desk is with its call."""

    IDLE = "idle"
    LIVE = "live"
    WRAP_UP = "wrap_up"


class Part(StrEnum):
    """Parts of the view that an event can change."""

    CALL = "call"
    LINES = "lines"
    ANSWERS = "answers"
    NUMBERS = "numbers"
    PROTECT = "protect"
    RECORD = "record"
    ESCALATION = "escalation"
    LEVELS = "levels"
    LAG = "lag"
    HEALTH = "health"
    LANGUAGE = "language"
    NOTICE = "notice"


@dataclass(slots=True)
class Line:
    """One line of the conversation."""

    key: int
    """The utterance's number; negative for lines that are not an utterance."""
    channel: Channel
    start: float
    end: float
    text: str
    solid: bool
    flags: tuple[str, ...] = ()
    confidence: float = 1.0
    gap_s: float = 0.0
    """Seconds that were never heard; 0 for speech."""
    marked: bool = False
    raw: str = ""
    """As recognised, before numbers were written as digits."""
    digits: tuple[DigitRun, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(slots=True)
class CallViewState(AnswersState):
    """State of one call's view. Main thread."""

    phase: Phase = Phase.IDLE
    call_id: str = ""
    source: str = ""
    title: str = ""
    wall_time: datetime | None = None
    duration_s: float = 0.0
    last_s: float = 0.0
    """Capture clock of the newest event, seconds."""
    paused: bool = False
    held: bool = False
    """The telephone holds the call."""
    ars: tuple[str, ...] = ()
    """What the caller chose in the menus before a person answered."""
    lines: list[Line] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)
    numbers: list[HeardNumber] = field(default_factory=list)
    records: tuple[CallRecord, ...] = ()
    summary: str = ""
    final_draft: bool = False
    filed_version: int = 0
    deliveries: dict[int, RecordDelivered] = field(default_factory=dict)
    """What the site's system said to a filed version, by version."""
    levels: dict[Channel, Levels] = field(default_factory=dict)
    health: dict[Channel, DeviceHealth] = field(default_factory=dict)
    lag_s: float = 0.0
    lag_step: int = 0
    restarts: int = 0
    offered: str = ""
    """Language the caller seems to speak, ISO 639-1; empty where none was offered."""
    languages: dict[Channel, str] = field(default_factory=dict)
    """Sides whose recognition was switched away from Korean."""
    marks: list[float] = field(default_factory=list)
    notices: list[NoticeRaised] = field(default_factory=list)
    _flagged: dict[float, int] = field(default_factory=dict)
    """Row that each mark stands on, by the mark's second."""
    _rows: dict[int, int] = field(default_factory=dict)
    _touched: set[int] = field(default_factory=set)
    _agent_spoke_s: float = -1.0
    """When the counsellor's unfinished words last grew; -1 when silent."""

    def apply(self, event: CallEvent) -> set[Part]:
        """Take one event in; returns which parts changed. Events of another call are ignored."""
        if isinstance(event, CallStarted):
            self.__init__()  # type: ignore[misc]  # a new call starts from nothing
            self.phase, self.call_id = Phase.LIVE, event.call_id
            self.source, self.title = event.source, event.title
            self.wall_time = datetime.fromisoformat(event.wall_time)
            return set(Part)
        if isinstance(event, NoticeRaised):
            self.notices.append(event)
            return {Part.NOTICE}
        if event.call_id != self.call_id:
            return set()
        self.last_s = max(self.last_s, event.t_ns / 1e9)
        return self._apply(event)

    def _apply(self, event: CallEvent) -> set[Part]:
        match event:
            case TranscriptPartial():
                return self._partial(event)
            case TranscriptFinal():
                return self._final(event)
            case TurnUpdated():
                return self._turn(event.turn)
            case SuggestionsReady() | CardsShown() | CardActed():
                return {Part.ANSWERS} if self.answer(event) else set()
            case NumberHeard():
                self.numbers = [n for n in self.numbers if n.id != event.number.id] + [event.number]
                return {Part.NUMBERS}
            case DraftReady():
                self.records, self.summary = event.draft.records, event.draft.summary
                self.final_draft = event.final
                return {Part.RECORD}
            case RecordFiled():
                self.records, self.filed_version = event.records, event.version
                return {Part.RECORD}
            case RecordDelivered():
                self.deliveries[event.version] = event
                return {Part.RECORD}
            case CallEnded():
                self.phase, self.duration_s, self.held = Phase.WRAP_UP, event.duration_s, False
                self._agent_spoke_s = -1.0
                self._settle()
                return {Part.CALL, Part.LINES, Part.RECORD, Part.ANSWERS, Part.PROTECT}
        pressed = self.protect(event)
        if pressed is not None:
            return {Part.ESCALATION} if pressed else {Part.PROTECT}
        return self._apply_state(event)

    def _apply_state(self, event: CallEvent) -> set[Part]:
        match event:
            case LevelsMeasured():
                self.levels[event.levels.channel] = event.levels
                return {Part.LEVELS}
            case LagChanged():
                self.lag_s, self.lag_step = event.backlog_s, event.step
                return {Part.LAG}
            case DeviceStateChanged():
                self.health[event.channel] = event.health
                return {Part.HEALTH}
            case ListeningPaused():
                self.paused = event.paused
                return {Part.CALL}
            case CallHeld():
                self.held = event.held
                return {Part.CALL}
            case ArsPathKnown():
                self.ars = event.path
                return {Part.CALL}
            case EngineRestarted():
                self.restarts = event.count
                return {Part.HEALTH}
            case LanguageOffered():
                self.offered = event.language
                return {Part.LANGUAGE}
            case LanguageChanged():
                self.languages.pop(event.channel, None)
                if event.language != HOME_LANGUAGE:
                    self.languages[event.channel] = event.language
                return {Part.LANGUAGE}
            case WordsAligned():
                return self._words(event)
            case MomentMarked():
                self.marks.append(event.at_s)
                self._flag(event.at_s)
                return {Part.LINES}
            case AudioGap():
                return self._gap(event)
        return set()

    def replay(self, events: Iterable[CallEvent]) -> None:
        """Take a whole saved call in."""
        for event in events:
            self.apply(event)

    @property
    def turns_by_time(self) -> tuple[Turn, ...]:
        """The turns so far, by time."""
        return tuple(sorted(self.turns.values(), key=lambda turn: turn.start))

    def take_touched(self) -> set[int]:
        """Return rows whose content changed since the last call, and forget them."""
        touched, self._touched = self._touched, set()
        return touched

    @property
    def filed_as(self) -> dict[str, Any]:
        """The newest filed version and what became of it, as :meth:`ui.record_pane.RecordPane.set_state` takes them."""
        return {"version": self.filed_version, "delivered": self.deliveries.get(self.filed_version)}

    @property
    def agent_speaking(self) -> bool:
        """Whether the counsellor is in the middle of a sentence."""
        return self._agent_spoke_s >= 0 and self.last_s - self._agent_spoke_s < SPEAKING_ENDS_S

    def clock(self, at_s: float) -> str:
        """Return the time of day of a moment, ``HH:MM:SS``, or its offset where the wall time is unknown."""
        if self.wall_time is None:
            return f"{int(at_s) // 60:02d}:{int(at_s) % 60:02d}"
        return (self.wall_time + timedelta(seconds=at_s)).strftime("%H:%M:%S")

    def row_of(self, utterance: int) -> int | None:
        """Return the row of an utterance, None where it has none."""
        return self._rows.get(utterance)

    def rows_of_turns(self, indexes: Iterable[int]) -> list[int]:
        """Return the conversation rows behind turns."""
        rows: set[int] = set()
        for index in indexes:
            turn = self.turns.get(index)
            if turn is not None:
                rows.update(self._rows[u] for u in self._keys_of(turn) if u in self._rows)
        return sorted(rows)

    def _keys_of(self, turn: Turn) -> tuple[int, ...]:
        return turn.utterances or (-1 - 2 * turn.index,)

    def _partial(self, event: TranscriptPartial) -> set[Part]:
        if event.channel is Channel.AGENT:
            self._agent_spoke_s = event.t_ns / 1e9
        row = self._rows.get(event.utterance)
        if row is None:
            self._append(Line(event.utterance, event.channel, event.start, event.end, event.display, solid=False))
            return {Part.LINES}
        line = self.lines[row]
        if line.solid:
            return set()
        line.text, line.end = event.display, event.end
        self._touched.add(row)
        return {Part.LINES}

    def _final(self, event: TranscriptFinal) -> set[Part]:
        if event.channel is Channel.AGENT:
            self._agent_spoke_s = -1.0
        settled = Line(
            event.utterance,
            event.channel,
            event.start,
            event.end,
            event.display or event.text,
            solid=True,
            flags=event.flags,
            confidence=event.confidence,
            raw=event.text,
            digits=event.digits,
            words=event.words,
        )
        row = self._rows.get(event.utterance)
        if row is None:
            self._append(settled)
        else:
            before = self.lines[row]
            settled.marked = before.marked
            self.lines[row] = settled
            self._touched.add(row)
            if settled.start != before.start:
                self._flag(min(settled.start, before.start))
        return {Part.LINES}

    def _turn(self, turn: Turn) -> set[Part]:
        self.turns[turn.index] = turn
        if any(key in self._rows for key in turn.utterances):
            return set()
        if turn.utterances:
            return set()
        # A turn without utterances (a written dialogue) is its own line.
        key = self._keys_of(turn)[0]
        line = Line(key, turn.speaker, turn.start, turn.end, turn.shown, solid=True, confidence=turn.confidence)
        row = self._rows.get(key)
        if row is None:
            self._append(line)
        else:
            line.marked = self.lines[row].marked
            self.lines[row] = line
            self._touched.add(row)
        return {Part.LINES}

    def _words(self, event: WordsAligned) -> set[Part]:
        row = self._rows.get(event.utterance)
        if row is None:
            return set()
        line = self.lines[row]
        line.words = event.words
        if not event.digits or event.digits == line.digits:
            return set()
        line.digits = event.digits
        self._touched.add(row)
        unsure = [figures(run.display) for run in event.digits if not run.confident]
        turns = {turn.index for turn in self.turns.values() if event.utterance in turn.utterances}
        self.numbers = [
            replace(one, confident=False)
            if one.turn in turns and any(run and run in figures(one.display) for run in unsure)
            else one
            for one in self.numbers
        ]
        return {Part.LINES, Part.NUMBERS}

    def _gap(self, event: AudioGap) -> set[Part]:
        seconds = event.n_samples / SAMPLE_RATE
        if seconds < SHORTEST_SHOWN_GAP_S:
            return set()
        start = event.start / SAMPLE_RATE
        key = -2 - 2 * sum(1 for line in self.lines if line.gap_s)
        self._append(Line(key, event.channel, start, start + seconds, "", solid=True, gap_s=seconds))
        return {Part.LINES}

    def _flag(self, since_s: float) -> None:
        """Put marks from a moment on where they belong: on the line begun last by then, if its words came later too."""
        for at_s in (one for one in self.marks if one >= since_s):
            begun = [(line.start, row) for row, line in enumerate(self.lines) if line.start <= at_s]
            row, before = max(begun, default=(0.0, -1))[1], self._flagged.get(at_s, -1)
            if row != before:
                self._flagged[at_s] = row
                for one in {row, before} - {-1}:
                    self.lines[one].marked = one in self._flagged.values()
                    self._touched.add(one)

    def _append(self, line: Line) -> None:
        self._rows[line.key] = len(self.lines)
        self.lines.append(line)
        self._flag(line.start)

    def _settle(self) -> None:
        """At hang-up nothing stays grey: what never became final is said to be unheard."""
        for row, line in enumerate(self.lines):
            if not line.solid:
                line.solid, line.flags = True, (*line.flags, "unsettled")
                self._touched.add(row)


def figures(text: str) -> str:
    """Return the digits of a text."""
    return "".join(sign for sign in text if sign.isdigit())
