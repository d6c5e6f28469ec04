"""Joins an answers pane to the services: searches, entries at hand, stars, special material. Nothing here blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from assist.model import CardAction
from kb.model import Article, SearchResult
from ui.answers import AnswersPane
from ui.jobs import Job
from ui.ports import AtHand, DeskServices
from ui.search_page import SearchWish


class Searching(QObject):
    """One quick search at a time: while it runs only the newest wish waits, so typing never queues up work."""

    def __init__(self, answers: AnswersPane, services: DeskServices, failed: Callable[[Exception], None]) -> None:
        super().__init__(answers)
        self._answers = answers
        self._services = services
        self._failed = failed
        self._running = False
        self._waiting: SearchWish | None = None
        answers.search.wished.connect(self._search)
        answers.hand_asked.connect(self.look_at_hand)
        answers.acted.connect(self._note)
        answers.entry.starred.connect(self._star)
        answers.entry.variant_picked.connect(self._pick)

    @Slot(object)
    def _search(self, wish: SearchWish) -> None:
        if not wish.quick:
            self._run(wish)
        elif self._running:
            self._waiting = wish
        else:
            self._running = True
            self._run(wish)

    def _run(self, wish: SearchWish) -> None:
        find = self._services.suggest if wish.quick else self._services.search
        job = Job(self, lambda: find(wish.text, filters=wish.filters))
        job.on_success(lambda result: self._found(wish, result)).on_failure(lambda e: self._not_found(wish, e)).start()

    def _found(self, wish: SearchWish, result: SearchResult) -> None:
        self._answers.search.take(wish, result)
        self._next(wish)

    def _not_found(self, wish: SearchWish, error: Exception) -> None:
        self._next(wish)
        if not wish.quick:
            self._answers.search.fail(wish)
            self._failed(error)

    def _next(self, wish: SearchWish) -> None:
        if not wish.quick:
            return
        waiting, self._waiting = self._waiting, None
        self._running = waiting is not None
        if waiting is not None:
            self._run(waiting)

    @Slot()
    def look_at_hand(self) -> None:
        """Read favourites, entries opened lately and what can be narrowed to."""
        Job(self, self._services.at_hand).on_success(self._hand).on_failure(self._failed).start()
        job = Job(self, self._services.search_filters)
        job.on_success(self._answers.search.show_choices).on_failure(lambda _error: None).start()

    def _hand(self, hand: AtHand) -> None:
        self._answers.show_hand(hand)

    @Slot(str, str, object, str)
    def _note(self, article_id: str, _title: str, action: CardAction, _typed: str) -> None:
        if action is CardAction.OPENED:
            self._services.note_opened(article_id)

    @Slot(str, bool)
    def _star(self, article_id: str, wanted: bool) -> None:
        job = Job(self, lambda: self._services.set_favourite(article_id, wanted))
        job.on_success(lambda _: self.look_at_hand()).on_failure(self._failed).start()

    @Slot(str)
    def _pick(self, article_id: str) -> None:
        job = Job(self, lambda: self._services.entry(article_id))
        job.on_success(self._show).on_failure(self._failed).start()

    def _show(self, article: Article | None) -> None:
        if article is not None:
            self._answers.show_variant(article)

    def look_at_specials(self) -> None:
        """Show the special material that runs now. Cheap."""
        self._answers.specials.show_specials(self._services.specials())
