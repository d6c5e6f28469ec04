"""What happened in a call, as places on its timeline. Plain Python: the words are put in by the windows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from assist.events import (
    AbuseSeen,
    ArsPathKnown,
    BehaviourSeen,
    CallEnded,
    CallerKnown,
    CallHeld,
    CardActed,
    CardsShown,
    CorrectionFiled,
    CrisisSeen,
    DraftReady,
    EscalationRaised,
    GapFiled,
    HandoverNoted,
    LineActed,
    ListeningPaused,
    MomentMarked,
    NumberHeard,
    RecordDelivered,
    RecordFiled,
    SuggestionsReady,
    TurnUpdated,
    WarningGiven,
)
from assist.model import CardAction, Turn
from audio.events import AudioGap, CallEvent, DeviceStateChanged, EngineRestarted, LanguageChanged, LanguageOffered
from audio.model import SAMPLE_RATE, Channel
from kb.model import Band
from ui.call_view_state import SHORTEST_SHOWN_GAP_S
from ui.wording import mask

IGNORED: Final = "ignored"
"""Outcome of a card that was on the screen and with which nothing was done."""

LATE_S: Final = 2.0
"""A card that came onto the screen so long after it was found had waited there: a calm list waits one second."""


class MomentKind(StrEnum):
    """What kind of thing happened."""

    TURN = "turn"
    ABUSE = "abuse"
    CRISIS = "crisis"
    BEHAVIOUR = "behaviour"
    ESCALATION = "escalation"
    CARD = "card"
    ACTED = "acted"
    """Something was done with a card; the card itself has all of it, too."""
    QUIET = "quiet"
    """The program had no sure answer."""
    WARNING = "warning"
    LINE = "line"
    HANDOVER = "handover"
    NUMBER = "number"
    BOOKMARK = "bookmark"
    HOLD = "hold"
    PAUSE = "pause"
    GAP = "gap"
    """Sound that never came."""
    LANGUAGE = "language"
    OFFERED = "offered"
    DEVICE = "device"
    RESTART = "restart"
    CALLER = "caller"
    ARS = "ars"
    NOTE_GAP = "note_gap"
    NOTE_WRONG = "note_wrong"
    ENDED = "ended"
    DRAFT = "draft"
    FILED = "filed"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, with what the log says of it."""

    kind: MomentKind
    start_s: float
    """Seconds from sample 0."""
    end_s: float
    """As ``start_s`` for what has no length."""
    text: str = ""
    """Words of the call, an entry's title, a script; numbers are covered."""
    ref: str = ""
    """Article id, script id and the like."""
    turn: int = -1
    """Index of the turn it belongs to."""
    channel: Channel | None = None
    codes: tuple[str, ...] = ()
    """Labels, actions with a card in their order, or the state that something came into."""
    count: int = 0
    """Place of a card from 0 and of a number among those of one moment, number of a warning, a version."""
    ready_s: float | None = None
    """When a card had been found that came onto the screen late; None where it came at once."""


@dataclass(slots=True)
class _Gathering:
    """What is known while the log is read."""

    done: list[Moment] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)
    numbers: dict[int, Moment] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    found: dict[str, float] = field(default_factory=dict)
    """Since when a card has been among the newest answers, seconds, by article id."""
    cards: dict[str, Moment] = field(default_factory=dict)
    """Cards on the screen, by article id."""
    left: dict[str, int] = field(default_factory=dict)
    """Place in ``done`` of the last time a card was on the screen, by article id."""
    spans: dict[MomentKind, float] = field(default_factory=dict)


def moments(events: Sequence[CallEvent], duration_s: float) -> tuple[Moment, ...]:
    """Return everything that a timeline or a list of events shows, by time."""
    got = _Gathering()
    told = any(isinstance(event, CardsShown) for event in events)
    for event in events:
        at_s = event.t_ns / 1e9
        if isinstance(event, TurnUpdated):
            got.turns[event.turn.index] = event.turn
        elif isinstance(event, (SuggestionsReady, CardsShown, CardActed)):
            _cards(got, event, at_s, told)
        elif isinstance(event, (CallHeld, ListeningPaused)):
            kind = MomentKind.HOLD if isinstance(event, CallHeld) else MomentKind.PAUSE
            _span(got, kind, at_s, event.held if isinstance(event, CallHeld) else event.paused)
        elif isinstance(event, NumberHeard):
            _number(got, event)
        elif (made := _protection(event, at_s) or _plain(event, at_s)) is not None:
            got.done.append(made)
    for kind in tuple(got.spans):
        _span(got, kind, max(duration_s, got.spans[kind]), False)
    _leave(got, tuple(got.cards), max(duration_s, 0.0))
    got.done += got.numbers.values()
    got.done += (
        Moment(MomentKind.TURN, turn.start, turn.end, turn.shown, str(turn.index), turn.index, turn.speaker)
        for turn in got.turns.values()
    )
    return tuple(sorted(got.done, key=lambda one: (one.start_s, one.end_s)))


def _number(got: _Gathering, event: NumberHeard) -> None:
    """Note a number; those of one moment stand below each other."""
    one, before = event.number, got.numbers.get(event.number.id)
    beside = sum(other.start_s == one.start for other in got.numbers.values())
    got.numbers[one.id] = Moment(
        MomentKind.NUMBER,
        one.start,
        one.end,
        mask(one.kind, one.display),
        str(one.id),
        one.turn,
        one.channel,
        (one.kind,),
        before.count if before is not None else beside,
    )


def _span(got: _Gathering, kind: MomentKind, at_s: float, begins: bool) -> None:
    if begins:
        got.spans.setdefault(kind, at_s)
    elif kind in got.spans:
        got.done.append(Moment(kind, got.spans.pop(kind), at_s))


def _cards(got: _Gathering, event: CallEvent, at_s: float, told: bool) -> None:
    match event:
        case SuggestionsReady():
            got.titles.update((card.article_id, card.title) for card in event.cards)
            got.found = {card.article_id: got.found.get(card.article_id, at_s) for card in event.cards}
            sure = tuple(card.article_id for card in event.cards if card.band is Band.SURE)
            if not sure:
                got.done.append(Moment(MomentKind.QUIET, at_s, at_s, event.question, turn=event.turn))
            elif not told:
                _stand(got, sure, at_s, event.turn)
        case CardsShown():
            _stand(got, event.article_ids, at_s, event.turn)
        case CardActed():
            codes = (event.action.value,)
            got.done.append(Moment(MomentKind.ACTED, at_s, at_s, event.title, event.article_id, codes=codes))
            _act(got, event, at_s)


def _stand(got: _Gathering, wanted: Iterable[str], at_s: float, turn: int) -> None:
    ids = tuple(wanted)
    _leave(got, tuple(one for one in got.cards if one not in ids), at_s)
    for place, ident in enumerate(ids):
        if ident not in got.cards:
            title = got.titles.get(ident, ident)
            found_s = got.found.get(ident, at_s)
            ready_s = found_s if at_s - found_s >= LATE_S else None
            got.cards[ident] = Moment(MomentKind.CARD, at_s, at_s, title, ident, turn, None, (), place, ready_s)


def _leave(got: _Gathering, gone: Iterable[str], at_s: float) -> None:
    for ident in gone:
        one = got.cards.pop(ident)
        got.left[ident] = len(got.done)
        got.done.append(replace(one, end_s=max(one.start_s, at_s), codes=one.codes or (IGNORED,)))


def _act(got: _Gathering, event: CardActed, at_s: float) -> None:
    action = event.action.value
    if event.article_id in got.cards:
        one = got.cards[event.article_id]
        if action not in one.codes:
            got.cards[event.article_id] = replace(one, codes=(*one.codes, action))
        if event.action is CardAction.DISMISSED:
            _leave(got, (event.article_id,), at_s)
    elif event.article_id in got.left:
        place = got.left[event.article_id]
        one = got.done[place]
        codes = tuple(code for code in one.codes if code != IGNORED)
        got.done[place] = replace(one, codes=codes if action in codes else (*codes, action))
    else:
        got.left[event.article_id] = len(got.done)
        got.done.append(Moment(MomentKind.CARD, at_s, at_s, event.title, event.article_id, codes=("searched", action)))


def _protection(event: CallEvent, at_s: float) -> Moment | None:
    match event:
        case AbuseSeen():
            labels = tuple(label.value for label in event.finding.labels) or (event.finding.label.value,)
            return Moment(MomentKind.ABUSE, at_s, at_s, event.script.text, turn=event.turn, codes=labels)
        case CrisisSeen():
            return Moment(MomentKind.CRISIS, at_s, at_s, turn=event.turn, codes=(event.finding.kind.value,))
        case BehaviourSeen():
            kinds = tuple(kind.value for kind in event.kinds)
            turn = event.turns[-1] if event.turns else -1
            return Moment(MomentKind.BEHAVIOUR, at_s, at_s, event.script.text, turn=turn, codes=kinds)
        case WarningGiven():
            script = event.script
            return Moment(MomentKind.WARNING, at_s, at_s, script.text, script.id, count=event.count)
        case LineActed():
            codes = (event.action.value, "done" if event.ok else "failed")
            return Moment(MomentKind.LINE, at_s, at_s, event.script.text if event.script else "", codes=codes)
        case HandoverNoted():
            return Moment(MomentKind.HANDOVER, at_s, at_s, turn=event.turn, codes=(event.kind.value,))
        case EscalationRaised():
            return Moment(MomentKind.ESCALATION, at_s, at_s, codes=(event.reason.situation,))
        case CallerKnown(managed=managed) if managed is not None:
            return Moment(MomentKind.CALLER, at_s, at_s, managed.handling, codes=(managed.caller_class.value,))
    return None


def _plain(event: CallEvent, at_s: float) -> Moment | None:
    match event:
        case MomentMarked():
            return Moment(MomentKind.BOOKMARK, event.at_s, event.at_s)
        case AudioGap() if event.n_samples >= SHORTEST_SHOWN_GAP_S * SAMPLE_RATE:
            start = event.start / SAMPLE_RATE
            return Moment(MomentKind.GAP, start, start + event.n_samples / SAMPLE_RATE, channel=event.channel)
        case LanguageOffered():
            return Moment(MomentKind.OFFERED, at_s, at_s, channel=event.channel, codes=(event.language,))
        case LanguageChanged():
            return Moment(MomentKind.LANGUAGE, at_s, at_s, channel=event.channel, codes=(event.language,))
        case DeviceStateChanged():
            return Moment(MomentKind.DEVICE, at_s, at_s, channel=event.channel, codes=(event.health.value,))
        case EngineRestarted():
            return Moment(MomentKind.RESTART, at_s, at_s, codes=(event.engine,), count=event.count)
        case ArsPathKnown():
            return Moment(MomentKind.ARS, at_s, at_s, " › ".join(event.path))
        case GapFiled() if event.question:
            return Moment(MomentKind.NOTE_GAP, event.at_s, event.at_s, event.question, event.gap_id)
        case CorrectionFiled():
            return Moment(MomentKind.NOTE_WRONG, at_s, at_s, event.title, event.article_id, codes=(event.kind.value,))
        case CallEnded():
            return Moment(MomentKind.ENDED, event.duration_s, event.duration_s)
        case DraftReady(final=True):
            return Moment(MomentKind.DRAFT, at_s, at_s)
        case RecordFiled():
            return Moment(MomentKind.FILED, at_s, at_s, count=event.version)
        case RecordDelivered():
            return Moment(MomentKind.DELIVERED, at_s, at_s, codes=(event.delivery.value,), count=event.version)
    return None


def near(found: Sequence[Moment], kinds: frozenset[MomentKind], at_s: float, step: int) -> Moment | None:
    """Return the next (``step`` 1) or the one before (-1) of some kinds; None where there is none.

    Going back within the first second of one leads to the one before it.
    """
    wanted = [one for one in found if one.kind in kinds]
    if step > 0:
        return next((one for one in wanted if one.start_s > at_s + 0.05), None)
    return next((one for one in reversed(wanted) if one.start_s < at_s - 1.0), None)
