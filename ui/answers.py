"""The answers: at most three cards, quiet when nothing is sure, and search by hand in the same place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from assist.events import SuggestionsReady
from assist.model import Card, CardAction
from kb.model import Band, SearchResult
from ui import parts, theme
from ui.card import CardWidget
from ui.entry_view import EntryView
from ui.search_results import SearchResults

CALM_MS: Final = 1000
"""At most one change of the list a second."""
DEBOUNCE_MS: Final = 180
ROOMY_PX: Final = 560
"""Height from which the cards beside the current one show two lines of their passage."""


class AnswersPane(QWidget):
    """Cards, search results or one whole entry; never over each other, never moving under the hand."""

    acted = Signal(str, str, object)
    """(article id, title, CardAction)"""
    searched = Signal(str)
    """A query to run; its result comes back through :meth:`show_result`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[CardWidget] = []
        self.origin = ""
        self._shown: SuggestionsReady | None = None
        self._waiting: SuggestionsReady | None = None
        self._agent_speaking = False
        self._pinned = False
        self._dial = "normal"
        self._current = 0
        self._used: set[str] = set()
        self._since = QElapsedTimer()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._try_show)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DEBOUNCE_MS)
        self._typing.timeout.connect(self._search)

        layout = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        head = parts.row()
        head.addWidget(parts.label(self.tr("Answers"), "heading"))
        self.next = parts.button("", kind="primary", tip="F5", name=self.tr("Show the waiting answers"))
        self.next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = self.next.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.next.setSizePolicy(policy)
        self.next.clicked.connect(self.show_waiting)
        self.pin = parts.tool("pin", self.tr("Pin the answers (Ctrl+P)"))
        self.pin.setCheckable(True)
        self.pin.toggled.connect(self._pin)
        head.addStretch(1)
        head.addWidget(self.next)
        head.addWidget(self.pin)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Search the counselling DB  Ctrl+K"))
        self.box.setAccessibleName(self.tr("Search the counselling DB"))
        look = theme.current()
        self.box.setMinimumWidth(look.px(264 if look.scale < 1.3 else 150))
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._entered)
        self.box.installEventFilter(self)
        head.addWidget(self.box, 2)
        layout.addLayout(head)

        self.question = parts.Elided("", "muted")
        self.seconds = parts.label("", "small")
        asked = parts.row()
        asked.addWidget(self.question, 1)
        asked.addWidget(self.seconds)
        page = QWidget()
        inside = self._inside = parts.column(gap=8)
        page.setLayout(inside)
        inside.addLayout(asked)
        self.area, self._column = parts.scroller(self.tr("Answer cards"))
        self.silence = parts.frame("quiet")
        quiet = parts.column(margin=16, gap=4)
        self.silence.setLayout(quiet)
        self.silence_text = parts.label("", "muted", wrap=True)
        quiet.addWidget(self.silence_text)
        inside.addWidget(self.silence)
        inside.addWidget(self.area, 1)
        self.more = parts.button("", "down", kind="quiet", name=self.tr("Show the candidates"))
        self.more.clicked.connect(self._open_candidates)
        inside.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

        self.results = SearchResults()
        self.results.opened.connect(self._open_hit)
        self.entry = EntryView()
        self.entry.closed.connect(self.back)
        self.stack = QStackedWidget()
        for one in (page, self.results, self.entry):
            self.stack.addWidget(one)
        layout.addWidget(self.stack, 1)
        self._returns_to: list[QWidget] = []
        self._fill(None)

    # -- from the call ------------------------------------------------------------------------------

    def reset(self) -> None:
        """Start a new call."""
        self._shown = self._waiting = None
        self._used.clear()
        self.pin.setChecked(False)
        self.next.hide()
        self.box.clear()
        self.stack.setCurrentIndex(0)
        self._since.invalidate()
        self.cards = []
        self._fill(None)

    def set_dial(self, dial: str) -> None:
        """``quiet`` shows only what is sure, ``normal`` folds candidates away, ``active`` shows them."""
        self._dial = dial
        self._fill(self._shown)

    def offer(self, suggestions: SuggestionsReady | None, agent_speaking: bool) -> None:
        """Take the newest answers; shown at once or kept waiting, as the rules of calm say."""
        self._agent_speaking = agent_speaking
        if suggestions is None or suggestions is self._shown:
            self._try_show()
            return
        if suggestions is self._waiting:
            self._try_show()
            return
        self._waiting = suggestions
        self._try_show()

    @property
    def held(self) -> bool:
        """Whether the list must not move now."""
        focus = QApplication.focusWidget()
        inside = focus is not None and (focus is self.area or self.area.isAncestorOf(focus))
        return self._pinned or inside or self.area.underMouse() or self._agent_speaking

    @Slot()
    def _try_show(self) -> None:
        if self._waiting is None:
            return
        empty = not self.cards
        busy = self.held and not empty
        wait = CALM_MS - self._since.elapsed() if self._since.isValid() and not empty else 0
        if busy or wait > 0:
            count = len(self._waiting.cards)
            self.next.setText(self.tr("New answers {count} · F5").format(count=count))
            self.next.setVisible(busy and count > 0)
            self._calm.start(max(50, int(wait) if not busy else 400))
            return
        self.show_waiting()

    @Slot()
    def show_waiting(self) -> None:
        """Put the waiting answers up now."""
        self.next.hide()
        if self._waiting is None:
            return
        self._shown, self._waiting = self._waiting, None
        self._fill(self._shown)
        self._since.restart()

    def _fill(self, ready: SuggestionsReady | None, *, candidates: bool = False) -> None:
        cards = ready.cards if ready else ()
        sure = [c for c in cards if c.band is Band.SURE]
        if candidates or self._dial == "active":
            sure = [c for c in cards if c.band is not Band.SILENT]
        folded = len(cards) - len(sure) if self._dial != "quiet" else 0
        self.more.setVisible(folded > 0)
        self.more.setText(self.tr("Candidates {count}").format(count=folded))
        if ready is not None and not sure and self.cards:
            # What is being read stays; only the words beside it tell that nothing newer is sure.
            self.seconds.setText(self.tr("Nothing sure for the newest question"))
            return
        parts.clear(self._column)
        self.cards = []
        self._current = 0
        for place, card in enumerate(sure[:3], start=1):
            widget = CardWidget(card, place, self.origin, lines=1)
            widget.acted.connect(self._act)
            widget.picked.connect(self._pick)
            if card.article_id in self._used:
                widget.mark_used()
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
            self.cards.append(widget)
        self._column.addStretch(1)
        self._show_current()
        self.question.setText(self.tr("“{question}”").format(question=ready.question) if ready else "")
        took = self.tr("{seconds} s").format(seconds=f"{ready.ms / 1000:.1f}") if ready else ""
        self.seconds.setText(took)
        self.silence.setVisible(not self.cards)
        self._inside.removeWidget(self.more)
        place = self._inside.count() if self.cards else self._inside.indexOf(self.area)
        self._inside.insertWidget(place, self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.silence_text.setText(
            self.tr("Nothing sure enough to show. Search by hand with Ctrl+K.")
            if ready
            else self.tr("Answers appear after the caller finishes a sentence. Search by hand with Ctrl+K.")
        )

    @Slot()
    def _open_candidates(self) -> None:
        self._fill(self._shown, candidates=True)

    # -- what the counsellor does ---------------------------------------------------------------------

    @property
    def current(self) -> CardWidget | None:
        """The card the F-keys act on."""
        return self.cards[self._current] if self._current < len(self.cards) else None

    def act(self, action: CardAction) -> None:
        """Act on the current card, or copy the open entry."""
        if self.stack.currentWidget() is self.entry and action is CardAction.COPIED:
            self.entry.copy_answer()
        elif self.current is not None:
            self._act(self.current.card, action)

    def open_place(self, place: int) -> None:
        """Open card 1 to 3."""
        if place <= len(self.cards):
            self._act(self.cards[place - 1].card, CardAction.OPENED)

    @Slot(object, object)
    def _act(self, card: Card, action: CardAction) -> None:
        self._pick(card)
        widget = next((w for w in self.cards if w.card is card), None)
        if action is CardAction.OPENED:
            self.entry.show_entry(
                title=card.title,
                answer=card.answer,
                category=card.category,
                department=card.department,
                phone=card.phone,
                district=card.district,
                updated=card.updated,
                origin=self.origin,
            )
            self._go(self.entry)
        elif action is CardAction.COPIED:
            who = f"{card.department} {card.phone}".strip()
            QGuiApplication.clipboard().setText(f"{card.title}\n{card.passage}\n{who}".rstrip())
            if widget:
                widget.tell_copied()
        elif action is CardAction.USED and widget:
            self._used.add(card.article_id)
            widget.mark_used()
        elif action is CardAction.DISMISSED and widget:
            self.cards.remove(widget)
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
            self._current = min(self._current, max(0, len(self.cards) - 1))
            self._show_current()
            if not self.cards:
                self.silence.show()
                self.silence_text.setText(self.tr("Nothing sure enough to show. Search by hand with Ctrl+K."))
        self.acted.emit(card.article_id, card.title, action)

    @Slot(object)
    def _pick(self, card: Card) -> None:
        places = [i for i, w in enumerate(self.cards) if w.card is card]
        if places:
            self._current = places[0]
            self._show_current()

    def _show_current(self) -> None:
        for index, widget in enumerate(self.cards):
            widget.set_current(index == self._current)
            roomy = self.area.height() >= ROOMY_PX
            widget.passage.set_max_lines(3 if index == self._current else 2 if roomy else 1)

    @Slot(bool)
    def _pin(self, pinned: bool) -> None:
        self._pinned = pinned
        if pinned and self.current is not None:
            self.acted.emit(self.current.card.article_id, self.current.card.title, CardAction.PINNED)

    # -- search by hand -------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Put the cursor into the search box; only ever asked for by the counsellor."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    @Slot(str)
    def _typed(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self.results.clear()
            self._returns_to.clear()
            self.stack.setCurrentIndex(0)

    @Slot()
    def _search(self) -> None:
        query = self.box.text().strip()
        if query:
            self.results.expect(query)
            self._returns_to.clear()
            self.stack.setCurrentWidget(self.results)
            self.searched.emit(query)

    @Slot()
    def _entered(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._search()
        else:
            self.results.open_current()

    def show_result(self, result: SearchResult) -> None:
        """Show what a search found, unless the query has changed meanwhile."""
        if result.query.strip() == self.box.text().strip():
            self.results.show_result(result)

    def search_failed(self, query: str) -> None:
        """Say that a search could not be made."""
        if query == self.box.text().strip():
            self.results.say_failed()

    @Slot(object)
    def _open_hit(self, hit: object) -> None:
        article = getattr(hit, "article", None)
        if article is None:
            return
        self.entry.show_entry(
            title=article.question,
            answer=article.answer,
            category=article.category,
            department=article.department,
            phone=article.phone,
            district=article.district,
            updated=article.updated,
            origin=self.origin,
        )
        self._go(self.entry)
        self.acted.emit(article.id, article.question, CardAction.OPENED)

    def _go(self, page: QWidget) -> None:
        left = self.stack.currentWidget()
        if left is not None and left is not page:
            self._returns_to.append(left)
        self.stack.setCurrentWidget(page)

    @Slot()
    def back(self) -> bool:
        """Close what was opened last: the entry, then the search. Returns whether something was open."""
        if self._returns_to:
            self.stack.setCurrentWidget(self._returns_to.pop())
            return True
        if self.box.text():
            self.box.clear()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() is QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.stack.currentWidget() is self.results:
                self.results.step(1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)
