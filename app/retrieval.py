"""The standard counselling DB as a starting desk uses it: the window stands while it is still being opened."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from app.home import Home
from app.knowledge import Knowledge, open_knowledge
from kb.errors import KbUnavailable
from kb.library import KbLibrary
from kb.model import Article, FilterChoices, KbStatus, SearchFilters, SearchResult
from resources.notices import Fault

_log = logging.getLogger(__name__)

OPEN_WITHIN_S = 120.0
"""How long a search waits for the opening; the first one of all builds the shipped example."""
_OPENING = KbStatus(
    generation=0, source="", origin="sample", articles=0, built_at="", newest_update="", has_vectors=False
)


class Retrieval:
    """Opens the knowledge on a thread of its own, ``knowledge``, and passes searches on. Thread: any.

    Fills :class:`assist.ports.Retriever`.
    """

    def __init__(self, home: Home, encoder: str, on_restart: Callable[[int], None]) -> None:
        """Begin to open; returns at once.

        Args:
            home: Whose knowledge.
            encoder: Model of meaning, by name or folder.
            on_restart: Told of restarts of the language process.
        """
        self._opened = threading.Event()
        self._warm = threading.Event()
        self._knowledge: Knowledge | None = None
        self._fault: Fault | None = None
        self._thread = threading.Thread(
            target=self._open, args=(home, encoder, on_restart), name="knowledge", daemon=True
        )
        self._thread.start()

    @property
    def status(self) -> KbStatus:
        """What is searched now; generation 0 while it is being opened. Cheap."""
        return self._knowledge.status if self._knowledge else _OPENING

    @property
    def fault(self) -> Fault | None:
        """Why there is nothing to search; None while it is being opened and once it is. Cheap."""
        if not self._opened.is_set() or self._knowledge is not None:
            return None
        return self._fault or KbUnavailable("kb.not_opened")

    @property
    def warm(self) -> bool:
        """Whether searches are by meaning too, or never will be. Cheap."""
        return not self._thread.is_alive()

    def search(
        self,
        text: str,
        top_n: int = 10,
        district: str = "",
        context: tuple[str, ...] = (),
        boosts: Mapping[str, float] | None = None,
        *,
        confidence: float = 1.0,
    ) -> SearchResult:
        """See :class:`assist.ports.Retriever`. Waits for the opening.

        Raises:
            KbFault: There is nothing to search.
        """
        return self._ready().search(text, top_n, district, context, boosts, confidence=confidence)

    def repair(self, text: str) -> str:
        """Return ``text`` with misheard names of this house put right; as it is until that takes no time."""
        if not self._knowledge or not self._warm.is_set():
            return text
        try:
            return self._knowledge.repair(text)
        except Fault as fault:
            _log.warning("names are not repaired: %s", fault.code)
            return text

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search by hand at every key; see :class:`ui.ports.DeskServices`. Waits for the opening. Raises KbFault."""
        return self._ready().suggest(text, top_n, filters)

    def browse(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search by hand when typing rests. Waits for the opening. Raises KbFault."""
        return self._ready().browse(text, top_n, filters)

    def search_filters(self) -> FilterChoices:
        """Return what a search by hand can be narrowed to; nothing while the knowledge is being opened. Cheap."""
        return self._knowledge.search_filters() if self._knowledge else FilterChoices()

    def article(self, article_id: str) -> Article | None:
        """Return one entry, or None. Waits for the opening. Raises KbFault."""
        return self._ready().article(article_id)

    def earlier(self) -> Sequence[Article]:
        """Return every entry of the generation before this one. Waits for the opening. Raises KbFault."""
        return self._ready().earlier()

    def articles(self) -> Sequence[Article]:
        """Return every entry. Waits for the opening. Raises KbFault."""
        return self._ready().articles()

    def library(self) -> KbLibrary:
        """Return the shelf of generations, for a sync. Waits for the opening. Raises KbFault."""
        return self._ready().library

    def close(self) -> None:
        """Wait for the opening and end the language process."""
        self._thread.join(OPEN_WITHIN_S)
        knowledge, self._knowledge = self._knowledge, None
        if knowledge is not None:
            knowledge.close()

    def _ready(self) -> Knowledge:
        if not self._opened.wait(OPEN_WITHIN_S) or self._knowledge is None:
            raise self._fault or KbUnavailable("kb.opening")
        return self._knowledge

    def _open(self, home: Home, encoder: str, on_restart: Callable[[int], None]) -> None:
        try:
            self._knowledge = open_knowledge(home, encoder, on_restart)
            self._opened.set()
            # What is loaded on first use is loaded now, so that nobody waits for it in a call.
            self._knowledge.ready()
            self._knowledge.search("전화번호 안내", 1)
            self._warm.set()
        except Fault as fault:
            self._fault = fault
        except Exception:
            _log.exception("the knowledge DB cannot be opened")
        finally:
            self._opened.set()
