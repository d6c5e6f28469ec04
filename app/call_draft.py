"""What the draft record of the open call is made from beside its turns: entries used and shown, abusive turns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from assist.ars import Hint
from assist.events import AbuseSeen, CardActed, SuggestionsReady
from assist.model import AbuseLabel, CardAction, Draft, Turn
from assist.suggest import FROM_MENUS
from assist.summarize import Source, summarize
from audio.model import Channel
from kb.model import Article, KbStatus


class Entries(Protocol):
    """Where an entry or a piece of special material is found; :class:`app.deskbook.Deskbook` fills it."""

    # A property, so that a plain field of the same shape fills it too.
    @property
    def entry(self) -> Callable[[str], Article | None]:
        """Return what finds an entry by its id, or None."""
        ...


class Knowing(Protocol):
    """Says whether the knowledge stands already; :class:`app.retrieval.Retrieval` fills it."""

    @property
    def status(self) -> KbStatus:
        """What is searched; generation 0 while it is being opened. Cheap."""
        ...


@dataclass(frozen=True, slots=True)
class _Act:
    """A card used, or put away again."""

    article_id: str
    at_s: float
    """Seconds from sample 0."""
    came_up: int | None
    """Index of the caller turn it was last put up for; None for one that was searched by hand."""
    taken_back: bool

    def source(self, entry: Article, turns: Sequence[Turn]) -> Source:
        """Return the act as the record takes it; ``turns`` are those of the call so far."""
        begun = [turn for turn in turns if turn.start <= self.at_s]
        last = max((turn.index for turn in begun), default=0)
        told = max((turn.index for turn in begun if turn.speaker is Channel.AGENT), default=-1)
        came_up = last if self.came_up is None else self.came_up
        return Source(entry, came_up, -1 if self.taken_back else told, self.taken_back)


class CallDraft:
    """Collects while the call runs. Thread: events come in the publisher's, one at a time; drafts in ``assist``."""

    def __init__(self, deskbook: Entries, retriever: Knowing) -> None:
        self._deskbook = deskbook
        self._retriever = retriever
        self.begin()

    def begin(self) -> None:
        """Forget the call before."""
        self._acts: tuple[_Act, ...] = ()
        self._suggested: dict[str, str] = {}
        """Entry id to the question it came up for."""
        self._came_up: dict[tuple[str, int], None] = {}
        """Entry ids with the turns they were put up for, in order."""
        self._abusive: set[int] = set()
        self._hinted: tuple[str, ...] = ()
        """Fields the menus before the call point to."""
        self.drafted: tuple[Sequence[Turn], Sequence[Article]] = ((), ())
        """Turns and used entries of the last draft."""

    def question_for(self, article_id: str) -> str:
        """Return the question an entry came up for, or nothing."""
        return self._suggested.get(article_id, "")

    def on_card(self, event: CardActed) -> None:
        """Take in that a card was used, or put away again."""
        if event.action not in (CardAction.USED, CardAction.DISMISSED):
            return
        turns = [turn for article_id, turn in tuple(self._came_up) if article_id == event.article_id]
        came_up = turns[-1] if turns and not event.question else None
        taken_back = event.action is CardAction.DISMISSED
        self._acts = (*self._acts, _Act(event.article_id, event.t_ns / 1e9, came_up, taken_back))

    def on_suggestions(self, event: SuggestionsReady) -> None:
        """Take in what was shown for what was said."""
        if event.turn == FROM_MENUS:
            return
        for card in event.cards:
            self._suggested[card.article_id] = event.question
            self._came_up[card.article_id, event.turn] = None

    def on_ars(self, hint: Hint) -> None:
        """Take in what the caller chose in the menus."""
        self._hinted = hint.fields

    def on_abuse(self, event: AbuseSeen) -> None:
        """Take in a turn that has no place in a record."""
        if event.finding.label is not AbuseLabel.UNREASONABLE:
            self._abusive.add(event.turn)

    def summarize(self, turns: Sequence[Turn], /) -> Draft:
        """Return the draft as things stand."""
        acts, came_up = self._acts, tuple(self._came_up)
        entries = self._articles({act.article_id for act in acts} | {article_id for article_id, _ in came_up})
        used = [act.source(entries[act.article_id], turns) for act in acts if act.article_id in entries]
        suggested = [Source(entries[article_id], turn) for article_id, turn in came_up if article_id in entries]
        last = {act.article_id: act for act in acts}
        stand = [entries[key] for key, act in last.items() if key in entries and not act.taken_back]
        self.drafted = (turns, stand)
        return summarize(turns, used, suggested=suggested, abusive=frozenset(self._abusive), hinted=self._hinted)

    def _articles(self, ids: Collection[str]) -> dict[str, Article]:
        # Only where the knowledge stands already: a draft never waits for it.
        if not self._retriever.status.generation:
            return {}
        found = {article_id: self._deskbook.entry(article_id) for article_id in ids}
        return {article_id: article for article_id, article in found.items() if article is not None}
