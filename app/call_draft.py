"""What the draft record of the open call is made from beside its turns: entries used and shown, abusive turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.deskbook import Deskbook
from app.retrieval import Retrieval
from assist.ars import Hint
from assist.events import AbuseSeen, CardActed, SuggestionsReady
from assist.model import AbuseLabel, CardAction, Draft, Turn
from assist.suggest import FROM_MENUS
from assist.summarize import summarize
from kb.model import Article


class CallDraft:
    """Collects while the call runs. Thread: events come in the publisher's, one at a time; drafts in ``assist``."""

    def __init__(self, deskbook: Deskbook, retriever: Retrieval) -> None:
        self._deskbook = deskbook
        self._retriever = retriever
        self.begin()

    def begin(self) -> None:
        """Forget the call before."""
        self._used: dict[str, None] = {}
        self._suggested: dict[str, str] = {}
        """Entry id to the question it came up for."""
        self._abusive: set[int] = set()
        self._hinted: tuple[str, ...] = ()
        """Fields the menus before the call point to."""
        self.drafted: tuple[Sequence[Turn], Sequence[Article]] = ((), ())
        """Turns and used entries of the last draft."""

    def question_for(self, article_id: str) -> str:
        """Return the question an entry came up for, or nothing."""
        return self._suggested.get(article_id, "")

    def on_card(self, event: CardActed) -> None:
        """Take in that a card was used."""
        if event.action is CardAction.USED:
            self._used[event.article_id] = None

    def on_suggestions(self, event: SuggestionsReady) -> None:
        """Take in what was shown for what was said."""
        if event.turn == FROM_MENUS:
            return
        self._suggested.update(dict.fromkeys((card.article_id for card in event.cards), event.question))

    def on_ars(self, hint: Hint) -> None:
        """Take in what the caller chose in the menus."""
        self._hinted = hint.fields

    def on_abuse(self, event: AbuseSeen) -> None:
        """Take in a turn that has no place in a record."""
        if event.finding.label is not AbuseLabel.UNREASONABLE:
            self._abusive.add(event.turn)

    def summarize(self, turns: Sequence[Turn], /) -> Draft:
        """Return the draft as things stand."""
        used, suggested = self._articles(self._used), self._articles(self._suggested)
        self.drafted = (turns, used)
        return summarize(turns, used, suggested=suggested, abusive=frozenset(self._abusive), hinted=self._hinted)

    def _articles(self, ids: Iterable[str]) -> list[Article]:
        # Only where the knowledge stands already: a draft never waits for it.
        if not self._retriever.status.generation:
            return []
        found = (self._deskbook.entry(article_id) for article_id in tuple(ids))
        return [article for article in found if article is not None]
