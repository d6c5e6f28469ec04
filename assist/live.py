"""The help in a call, one final after another: fast and protective things first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypedDict

from assist.ars import Hint
from assist.events import (
    BY_MEANING,
    WORDS_ALONE,
    AbuseSeen,
    BehaviourSeen,
    CallerKnown,
    CardActed,
    CrisisSeen,
    DraftReady,
    HandoverNoted,
    LadderMoved,
    NoticeRaised,
    NumberHeard,
    SuggestionsReady,
    TurnUpdated,
    WarningGiven,
    WelfareCentreFound,
)
from assist.model import AbuseFinding, AbuseLabel, CardAction, CrisisKind, Draft, HeardNumber, Script, Turn
from assist.ports import NumberCollector, Retriever, Summarizer
from assist.protect import abuse
from assist.protect.arousal import Arousal, weighted
from assist.protect.behaviour import Behaviour, BehaviourWatch
from assist.protect.crisis_watch import CrisisHelp, CrisisWatch
from assist.protect.ladder import Ladder
from assist.settings import AssistSettings
from assist.suggest import Suggester, Suggestion
from assist.turns import TurnBuilder
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from kb.model import TextSpan
from resources.notices import Fault

_log = logging.getLogger(__name__)

_CONTEXT_TURNS = 8
"""Earlier caller utterances the rules may look back to."""
_LOUD_SITUATIONS = (AbuseLabel.PROFANITY, AbuseLabel.INSULT)
"""Where a raised severity may pick another situation: shouting makes a curse 폭언, but no threat another threat."""


class _Stamp(TypedDict):
    call_id: str
    t_ns: int


class LiveAssist:
    """Turns, protection, numbers, answers and the growing draft of one call.

    A helper that fails is reported once as a notice and tried again with the next utterance; the others go on.
    Synchronous and silent about time: it works when called.

    Thread: one, the ``assist`` thread; ``sink`` is called on it.
    """

    def __init__(
        self,
        call_id: str,
        clock_ns: Callable[[], int],
        sink: Callable[[CallEvent], None],
        retriever: Retriever,
        ladder: Ladder,
        collector: NumberCollector,
        summarizer: Summarizer,
        settings: AssistSettings,
        crisis_help: CrisisHelp | None = None,
    ) -> None:
        """Prepare for one call.

        Args:
            call_id: The call all events belong to.
            clock_ns: Capture clock, nanoseconds since sample 0.
            sink: Takes each event.
            retriever: Search of the knowledge DB.
            ladder: Counter of warnings, new for each call.
            collector: Numbers heard, new for each call.
            summarizer: Turns to a draft.
            settings: The site's settings.
            crisis_help: Guidance and centres for a person in danger; None for the program's own guidance alone.
        """
        self._call_id = call_id
        self._clock_ns = clock_ns
        self._sink = sink
        self._ladder = ladder
        self._collector = collector
        self._summarizer = summarizer
        self._settings = settings
        self._turns = TurnBuilder(settings.turn_gap_s)
        self._suggester = Suggester(retriever, settings)
        self._judged: set[int] = set()
        self._said: list[str] = []
        self._arousal = Arousal(settings.arousal_utterances)
        self._behaviour = BehaviourWatch(settings)
        self._crisis = CrisisWatch(crisis_help or CrisisHelp())
        self._numbers: list[HeardNumber] = []
        self._abused = False
        self._answered = ""
        """Situation the ladder was led to by behaviour."""
        self._drafted_ns: int | None = None
        self._drafted: Draft | None = None
        """The draft told last."""
        self._words_alone = False
        """Whether the last search was one by words alone, and that was told."""
        self._noticed: set[str] = set()
        self._final: Draft | None = None
        self._ladder_was = ladder.state

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far, by time."""
        return self._turns.turns

    def on_final(self, final: TranscriptFinal) -> None:
        """Take in one settled utterance and emit what follows from it."""
        turn = self._turns.add(final)
        if turn is None:
            return
        # Words that come after hang-up still join the record.
        self._final = None
        self._sink(TurnUpdated(**self._stamp(), turn=turn))
        if final.utterance not in self._judged:
            self._judged.add(final.utterance)
            if final.channel is Channel.CALLER:
                self._protect(final, turn)
            self._watch(final, turn)
        with self._helper("assist.numbers_failed"):
            for number in self._collector.add(turn):
                self._numbers.append(number)
                self._sink(NumberHeard(**self._stamp(), number=number))
        with self._helper("assist.search_failed"):
            found = self._suggester.on_turn(turn, final.text.strip(), self._turns.turns)
            self._tell_words_alone()
            self._put_up(found)
        self._grow_draft()
        self.on_tick()

    def on_tick(self) -> None:
        """Raise the 15-minute notice and the 20-minute limit when due. Call now and then; cheap.

        Nobody is hurried while a person in danger leads the call.
        """
        if self._crisis.leads:
            return
        script = self._ladder.due(self._clock_ns() / 1e9)
        if script is None:
            return
        self._ladder_moved()
        limit = script.is_final
        seconds = self._settings.limit_s if limit else self._settings.notice_after_s
        self._notice("assist.call_limit" if limit else "assist.call_notice", minutes=f"{seconds / 60:.0f}")
        self._behaviour.on_long()
        self._sink(
            BehaviourSeen(**self._stamp(), kinds=self._behaviour.kinds, turns=self._behaviour.turns, script=script)
        )

    def on_card_action(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        """Remember what the counsellor did with a card and tell of it."""
        self._suggester.on_card_action(article_id, action)
        self._sink(CardActed(**self._stamp(), article_id=article_id, title=title, action=action, question=question))

    def on_warning(self, script: Script) -> None:
        """Note that the counsellor said ``script``."""
        count = self._ladder.said(script, self._clock_ns() / 1e9)
        self._sink(WarningGiven(**self._stamp(), script=script, count=count))
        self._ladder_moved()

    def on_situation(self, ident: str) -> None:
        """Let the ladder follow a situation the counsellor chose; an unknown one is told as a notice."""
        with self._helper("assist.protect_failed"):
            self._ladder.choose(ident)
            self._ladder_moved()

    def on_caller(self, known: CallerKnown) -> None:
        """Take note of who calls: how often he rang of late belongs to how hard a call is."""
        with self._helper("assist.protect_failed"):
            self._behave(self._behaviour.on_earlier_calls(known.earlier_calls))

    def on_ars(self, hint: Hint) -> None:
        """Take what the caller chose in the menus: answers for it where they are sure, and a first hint after that."""
        with self._helper("assist.search_failed"):
            found = self._suggester.on_ars(hint)
            self._tell_words_alone()
            self._put_up(found)

    def on_handover(self, kind: CrisisKind) -> None:
        """Make the warm handover note for a danger of this call from what was said so far."""
        with self._helper("assist.handover_failed"):
            turn, text = self._crisis.note(kind, self._turns.turns, self._numbers, self._clock_ns() / 1e9)
            self._sink(HandoverNoted(**self._stamp(), kind=kind, turn=turn, text=text))

    def finish(self) -> Draft:
        """Emit and return the final draft; again returns the same one.

        Where the summariser fails the draft is empty and a notice says so.
        """
        if self._final is None:
            draft = Draft(records=(), summary="")
            with self._helper("assist.draft_failed"):
                draft = self._summarizer(self._turns.turns)
            self._final = self._drafted = draft
            self._sink(DraftReady(**self._stamp(), draft=draft, final=True))
        return self._final

    def _protect(self, final: TranscriptFinal, turn: Turn) -> None:
        text = final.text.strip()
        context = tuple(self._said[-_CONTEXT_TURNS:])
        self._said.append(text)
        offset = self._turns.offset(final.utterance)
        arousal = self._arousal.add(final)
        with self._helper("assist.protect_failed"):
            danger = self._crisis.on_caller(turn, text, offset, context)
            if danger is not None:
                self._sink(CrisisSeen(**self._stamp(), turn=turn.index, finding=danger))
        with self._helper("assist.protect_failed"):
            found = abuse.classify(text)
            if found is None or (self._crisis.leads and found.label is AbuseLabel.UNREASONABLE):
                # Whoever is in danger may insist.
                return
            finding = weighted(found, arousal, self._settings.arousal_raises)
            self._abused = self._abused or found.label is not AbuseLabel.UNREASONABLE
            script = self._ladder.next_for(finding if found.label in _LOUD_SITUATIONS else found)
            self._sink(
                AbuseSeen(
                    **self._stamp(),
                    turn=turn.index,
                    finding=_moved(finding, offset),
                    script=script,
                    warnings_given=self._ladder.warnings_given,
                    warnings_allowed=self._ladder.warnings_allowed,
                )
            )
            self._ladder_moved()

    def _watch(self, final: TranscriptFinal, turn: Turn) -> None:
        """Look at what shows only over the call: behaviour, and where a person in danger is."""
        text = final.text.strip()
        with self._helper("assist.protect_failed"):
            seen = self._behaviour.on_said(turn, text)
            if not self._crisis.leads:
                self._behave(seen)
        with self._helper("assist.centre_failed"):
            centre = self._crisis.centre(turn, text)
            if centre is not None:
                self._sink(
                    WelfareCentreFound(
                        **self._stamp(),
                        district=centre.district,
                        name=centre.name,
                        phone=centre.phone,
                        article_id=centre.article_id,
                    )
                )

    def _tell_words_alone(self) -> None:
        """Tell, and so keep in the log, from when to when answers were looked for by words alone."""
        if self._suggester.words_alone != self._words_alone:
            self._words_alone = self._suggester.words_alone
            code = WORDS_ALONE if self._words_alone else BY_MEANING
            self._sink(NoticeRaised(**self._stamp(), code=code, severity="info", params={}))

    def _put_up(self, suggestion: Suggestion | None) -> None:
        if suggestion is None:
            return
        self._sink(
            SuggestionsReady(
                **self._stamp(),
                turn=suggestion.turn,
                question=suggestion.question,
                cards=suggestion.cards,
                band=suggestion.band,
                ms=suggestion.ms,
            )
        )

    def _behave(self, seen: Behaviour | None) -> None:
        if seen is None:
            return
        state = self._ladder.state
        # What the counsellor chose and what warns stay: an answer to insisting never stands in a warning's way.
        free = not self._abused and not state.may_end and (not state.chosen or state.situation == self._answered)
        if free:
            script = self._ladder.choose(seen.situation)
            self._answered = seen.situation
        else:
            script = self._ladder.next_line(seen.situation)
        self._sink(BehaviourSeen(**self._stamp(), kinds=seen.kinds, turns=seen.turns, script=script))
        self._ladder_moved()

    def _ladder_moved(self) -> None:
        state = self._ladder.state
        if state != self._ladder_was:
            self._ladder_was = state
            self._sink(LadderMoved(**self._stamp(), state=state))

    def _grow_draft(self) -> None:
        now = self._clock_ns()
        if self._drafted_ns is not None and now - self._drafted_ns < self._settings.draft_every_s * 1e9:
            return
        self._drafted_ns = now
        with self._helper("assist.draft_failed"):
            draft = self._summarizer(self._turns.turns)
            if draft != self._drafted:
                # Every one that is told is kept: one that says what the last said is no news.
                self._drafted = draft
                self._sink(DraftReady(**self._stamp(), draft=draft, final=False))

    @contextmanager
    def _helper(self, code: str) -> Iterator[None]:
        # A bug in one helper must not take the others down in the middle of a call.
        try:
            yield
        except Exception as error:
            _log.error("helper failed: %s (%s)", code, type(error).__name__)
            if isinstance(error, Fault):
                self._notice(error.code, **{name: str(value) for name, value in error.params.items()})
            else:
                self._notice(code)

    def _notice(self, code: str, **params: str) -> None:
        if code not in self._noticed:
            self._noticed.add(code)
            self._sink(NoticeRaised(**self._stamp(), code=code, severity="warning", params=params))

    def _stamp(self) -> _Stamp:
        return {"call_id": self._call_id, "t_ns": self._clock_ns()}


def _moved(finding: AbuseFinding, offset: int) -> AbuseFinding:
    return replace(finding, evidence=_shift(finding.evidence, offset))


def _shift(spans: tuple[TextSpan, ...], offset: int) -> tuple[TextSpan, ...]:
    return tuple(TextSpan(span.start + offset, span.end + offset) for span in spans)
