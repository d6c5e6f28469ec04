"""The help in a call, one final after another: fast and protective things first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypedDict

from assist.events import (
    AbuseSeen,
    CardActed,
    CrisisSeen,
    DraftReady,
    NoticeRaised,
    NumberHeard,
    SuggestionsReady,
    TurnUpdated,
    WarningGiven,
)
from assist.model import AbuseFinding, AbuseLabel, CardAction, CrisisFinding, Draft, Script, Turn
from assist.ports import NumberCollector, Retriever, Summarizer
from assist.protect import abuse, crisis
from assist.protect.ladder import Ladder
from assist.settings import AssistSettings
from assist.suggest import Suggester
from assist.turns import TurnBuilder
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from kb.model import TextSpan
from resources.notices import Fault

_log = logging.getLogger(__name__)

_CONTEXT_TURNS = 8
"""Earlier caller utterances the rules may look back to."""


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
        self._drafted_ns: int | None = None
        self._noticed: set[str] = set()
        self._final: Draft | None = None

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
        if final.channel is Channel.CALLER and final.utterance not in self._judged:
            self._judged.add(final.utterance)
            self._protect(final, turn)
        with self._helper("assist.numbers_failed"):
            for number in self._collector.add(turn):
                self._sink(NumberHeard(**self._stamp(), number=number))
        with self._helper("assist.search_failed"):
            suggestion = self._suggester.on_turn(turn, final.text.strip(), self._turns.turns)
            if suggestion is not None:
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
        self._grow_draft()
        self.on_tick()

    def on_tick(self) -> None:
        """Raise the 15-minute notice and the 20-minute limit when due. Call now and then; cheap."""
        script = self._ladder.due(self._clock_ns() / 1e9)
        if script is None:
            return
        limit = script.is_final
        seconds = self._settings.limit_s if limit else self._settings.notice_after_s
        self._notice("assist.call_limit" if limit else "assist.call_notice", minutes=f"{seconds / 60:.0f}")

    def on_card_action(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        """Remember what the counsellor did with a card and tell of it."""
        self._suggester.on_card_action(article_id, action)
        self._sink(CardActed(**self._stamp(), article_id=article_id, title=title, action=action, question=question))

    def on_warning(self, script: Script) -> None:
        """Note that the counsellor said ``script``."""
        count = self._ladder.said(script)
        self._sink(WarningGiven(**self._stamp(), script=script, count=count))

    def finish(self) -> Draft:
        """Emit and return the final draft; again returns the same one.

        Where the summariser fails the draft is empty and a notice says so.
        """
        if self._final is None:
            draft = Draft(records=(), summary="")
            with self._helper("assist.draft_failed"):
                draft = self._summarizer(self._turns.turns)
            self._final = draft
            self._sink(DraftReady(**self._stamp(), draft=draft, final=True))
        return self._final

    def _protect(self, final: TranscriptFinal, turn: Turn) -> None:
        text = final.text.strip()
        context = tuple(self._said[-_CONTEXT_TURNS:])
        self._said.append(text)
        offset = self._turns.offset(final.utterance)
        danger: CrisisFinding | None = None
        with self._helper("assist.protect_failed"):
            danger = crisis.detect(text, context)
            if danger is not None:
                self._sink(CrisisSeen(**self._stamp(), turn=turn.index, finding=_moved_crisis(danger, offset)))
        with self._helper("assist.protect_failed"):
            finding = abuse.classify(text, context)
            if finding is None or (danger is not None and finding.label is AbuseLabel.UNREASONABLE):
                # Whoever is in danger may insist.
                return
            self._sink(
                AbuseSeen(
                    **self._stamp(),
                    turn=turn.index,
                    finding=_moved(finding, offset),
                    script=self._ladder.next_for(finding),
                    warnings_given=self._ladder.warnings_given,
                    warnings_allowed=self._ladder.warnings_allowed,
                )
            )

    def _grow_draft(self) -> None:
        now = self._clock_ns()
        if self._drafted_ns is not None and now - self._drafted_ns < self._settings.draft_every_s * 1e9:
            return
        self._drafted_ns = now
        with self._helper("assist.draft_failed"):
            self._sink(DraftReady(**self._stamp(), draft=self._summarizer(self._turns.turns), final=False))

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


def _moved_crisis(finding: CrisisFinding, offset: int) -> CrisisFinding:
    return replace(finding, evidence=_shift(finding.evidence, offset))


def _shift(spans: tuple[TextSpan, ...], offset: int) -> tuple[TextSpan, ...]:
    return tuple(TextSpan(span.start + offset, span.end + offset) for span in spans)
