"""A saved call run again: its text, or its sound heard anew, through today's rules, knowledge and summariser.

What the counsellor did (cards, warnings, the kind of a hard call, who was known to call) is given in again where it
was done. What a desk learned from its counsellor is left out: it belongs to nobody else, and the same call must come
out the same twice. Nothing is written anywhere.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from app.call import TICK_S
from app.call_draft import CallDraft
from assist.ars import Hint
from assist.events import (
    AbuseSeen,
    ArsPathKnown,
    CallerKnown,
    CallStarted,
    CardActed,
    DraftReady,
    LadderMoved,
    SuggestionsReady,
    TurnUpdated,
    WarningGiven,
)
from assist.facts import FactCollector
from assist.guide import Guide
from assist.live import LiveAssist
from assist.model import REHEARSED, Draft, Turn
from assist.numbers import display
from assist.ports import Retriever
from assist.protect.crisis_guide import CrisisGuide
from assist.protect.crisis_watch import CrisisHelp
from assist.protect.handover import WelfareCentres
from assist.protect.ladder import Ladder
from assist.protect.scripts import Scripts
from assist.settings import AssistSettings
from audio.events import CallEvent, TranscriptFinal
from kb.model import Article, KbStatus
from kb.specials import Special

_USUAL_LAG_S: Final = 1.0
"""When a final follows its words where the log does not tell: about what recognition takes on an office PC."""
_BOUND_LAG_S: Final = 10.0


class KnowledgeNow(Retriever, Protocol):
    """The counselling DB as a run again needs it; :class:`app.knowledge.Knowledge` fills it."""

    @property
    def status(self) -> KbStatus:
        """What is searched. Cheap."""
        ...

    def repair(self, text: str) -> str:
        """Return ``text`` with misheard names of this house put right."""
        ...


@dataclass(frozen=True, slots=True)
class HelpNow:
    """Everything of today that helps in a call."""

    knowledge: KnowledgeNow
    entry: Callable[[str], Article | None]
    """Entry or special material by id."""
    specials: Callable[[], Sequence[Special]]
    scripts: Scripts
    crisis_guide: CrisisGuide
    centres: WelfareCentres
    hint: Callable[[tuple[str, ...]], Hint]
    """What a path through the menus says."""
    settings: AssistSettings

    @property
    def status(self) -> KbStatus:
        """What is searched. Cheap."""
        return self.knowledge.status


class _Run:
    """One run: a help, a draft, a clock that stands where the call stands. One thread."""

    def __init__(self, call_id: str, started: CallStarted | None, parts: HelpNow) -> None:
        self.events: list[CallEvent] = []
        self._at_ns = 0
        self._ending = False
        self._parts = parts
        self._draft = CallDraft(parts, parts)
        self._ladder = Ladder(parts.settings, parts.scripts)
        wall_time = started.wall_time if started else ""
        practice = started is not None and started.source in REHEARSED
        self._help = LiveAssist(
            call_id,
            lambda: self._at_ns,
            self._take,
            Guide(parts.knowledge, lambda question: {}, parts.specials),
            self._ladder,
            FactCollector(),
            self._summarize,
            parts.settings,
            CrisisHelp(parts.crisis_guide, parts.centres, wall_time, practice),
        )

    def step(self, t_ns: int, event: CallEvent) -> None:
        """Let time pass up to ``t_ns``, then give in what happened."""
        every = round(TICK_S * 1e9)
        while t_ns - self._at_ns > every:
            self._at_ns += every
            self._help.on_tick()
        self._at_ns = max(self._at_ns, t_ns)
        match event:
            case TranscriptFinal():
                self._take(event)
                self._help.on_final(event)
            case CardActed():
                self._help.on_card_action(event.article_id, event.title, event.action, event.question)
            case WarningGiven():
                self._help.on_warning(event.script)
            case LadderMoved() if event.state.chosen and event.state.situation != self._chosen():
                self._help.on_situation(event.state.situation)
            case CallerKnown():
                self._help.on_caller(event)
            case ArsPathKnown():
                hint = self._parts.hint(event.path)
                self._draft.on_ars(hint)
                self._help.on_ars(hint)
            case DraftReady():
                self._finish()
            case _:
                pass

    def finish(self) -> tuple[CallEvent, ...]:
        """Return everything the run told, with its final draft."""
        self._finish()
        return tuple(self.events)

    def _finish(self) -> None:
        self._ending = True
        self._help.finish()
        self._ending = False

    def _summarize(self, turns: Sequence[Turn], /) -> Draft:
        # Nobody sees the draft of a run grow, and making it anew every few seconds takes most of a long call's time.
        return self._draft.summarize(turns) if self._ending else Draft((), "")

    def _chosen(self) -> str:
        state = self._ladder.state
        return state.situation if state.chosen else ""

    def _take(self, event: CallEvent) -> None:
        self.events.append(replace(event, seq=len(self.events) + 1))
        match event:
            case SuggestionsReady():
                self._draft.on_suggestions(event)
            case AbuseSeen():
                self._draft.on_abuse(event)
            case CardActed():
                self._draft.on_card(event)
            case _:
                pass


def run_again(
    events: Sequence[CallEvent],
    parts: HelpNow,
    heard: Sequence[TranscriptFinal] | None = None,
    told: Callable[[float], None] = lambda part: None,
) -> tuple[CallEvent, ...]:
    """Return what today's program would tell in this call.

    Args:
        events: Its stored events, in the order they were stored.
        parts: Today's help.
        heard: Its sound heard anew; None takes the stored text, its numbers shown by today's rules.
        told: Told before every step the part of the call that is done, 0 to 1; raises to give up.
    """
    started = next((event for event in events if isinstance(event, CallStarted)), None)
    call_id = started.call_id if started else (events[0].call_id if events else "")
    steps = _as_stored(events, parts, started) if heard is None else _as_heard(events, heard)
    run = _Run(call_id, started, parts)
    whole_ns = max((event.t_ns for event in events), default=0) or 1
    for t_ns, event in steps:
        told(min(1.0, max(0.0, t_ns / whole_ns)))
        run.step(t_ns, event)
    return run.finish()


_ACTS: Final = (CardActed, WarningGiven, LadderMoved, CallerKnown, ArsPathKnown)
"""What the counsellor, or somebody before him, did."""


def _is_act(event: CallEvent) -> bool:
    return isinstance(event, _ACTS) or (isinstance(event, DraftReady) and event.final)


def _as_stored(
    events: Sequence[CallEvent], parts: HelpNow, started: CallStarted | None
) -> Iterator[tuple[int, CallEvent]]:
    """Yield finals and acts in the order in which the help in the call saw them.

    A final stands in the log when it was recognised; the help may have come to it later, after something the
    counsellor did meanwhile. The turn it made tells when.
    """
    repair = str if started is not None and started.source in REHEARSED else parts.knowledge.repair
    waiting: dict[int, TranscriptFinal] = {}
    turned = _turned(events)
    for at, event in enumerate(events):
        if isinstance(event, TranscriptFinal):
            waiting[event.utterance] = shown_today(event, repair)
            if turned.get(event.utterance, -1) < at:
                yield event.t_ns, waiting.pop(event.utterance)
        elif isinstance(event, TurnUpdated):
            for utterance in event.turn.utterances:
                if utterance in waiting:
                    yield event.t_ns, waiting.pop(utterance)
        elif _is_act(event):
            yield event.t_ns, event


def shown_today(final: TranscriptFinal, repair: Callable[[str], str]) -> TranscriptFinal:
    """Return a stored utterance with its numbers and names of this house shown by today's rules."""
    shown, digits = display(repair(final.text))
    return replace(final, display=shown, digits=digits, words=())


def _turned(events: Sequence[CallEvent]) -> dict[int, int]:
    """Return where in the log each utterance last made or grew a turn."""
    return {
        utterance: at
        for at, event in enumerate(events)
        if isinstance(event, TurnUpdated)
        for utterance in event.turn.utterances
    }


def _as_heard(events: Sequence[CallEvent], heard: Sequence[TranscriptFinal]) -> Iterator[tuple[int, CallEvent]]:
    """Yield what was heard anew among the acts, each final as late after its words as finals were then."""
    lags = [event.t_ns / 1e9 - event.end for event in events if isinstance(event, TranscriptFinal)]
    usual = [lag for lag in lags if 0 <= lag <= _BOUND_LAG_S]
    lag_ns = round((statistics.median(usual) if usual else _USUAL_LAG_S) * 1e9)
    finals = [(round(final.end * 1e9) + lag_ns, final) for final in heard]
    steps = [*finals, *((event.t_ns, event) for event in events if _is_act(event))]
    for t_ns, event in sorted(steps, key=lambda step: step[0]):
        yield t_ns, replace(event, t_ns=t_ns) if isinstance(event, TranscriptFinal) else event
