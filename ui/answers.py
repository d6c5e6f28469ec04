"""The answers: cards, search by hand and whole entries in one place, special material above, notes below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from assist.events import SuggestionsReady
from assist.model import Card, CardAction
from kb.model import Article, Hit
from kb.specials import ID_PREFIX, Special, as_article
from ui import parts, theme
from ui.answers_state import AnswersState
from ui.card import origin_word
from ui.card_list import CardsPane
from ui.entry_parts import article_of, marks_in, with_opened
from ui.entry_view import EntryView
from ui.note_strip import NoteStrip
from ui.ports import AtHand
from ui.search_box import SearchBox
from ui.search_page import SearchPage
from ui.specials_strip import SpecialsStrip
from ui.text_block import Span
from ui.wording import clock

DEBOUNCE_MS: Final = 180
"""Typing rests: the full search is made."""


class AnswersPane(CardsPane):
    """Cards, search results or one whole entry; never over each other, never moving under the hand."""

    hand_asked = Signal()
    """The search was opened: entries at hand and filters are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._past: object = None
        """What :meth:`show_past` shows."""
        self._typed_words = ""
        self._opened: Card | Hit | None = None
        self.asked: Callable[[], str] = str
        """Returns what the caller asked last, masked: the words of a gap."""
        self._stars: frozenset[str] = frozenset()
        self._returns_to: list[QWidget] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DEBOUNCE_MS)
        self._typing.timeout.connect(self._search_full)

        layout = self._whole = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        head = self._head = parts.row()
        self._below = parts.row()
        head.addWidget(parts.label(self.tr("Answers"), "heading"))
        head.addStretch(1)
        head.addWidget(self.next)
        head.addWidget(self.pin)
        self.box = SearchBox()
        self.box.setPlaceholderText(self.tr("Search the counselling DB  Ctrl+F"))
        self.box.setAccessibleName(self.tr("Search the counselling DB"))
        look = theme.current()
        self.box.setMinimumWidth(look.px(264 if look.scale < 1.3 else 150))
        self.box.typed.connect(self._typed)
        self.box.entered.connect(self._open_search)
        self.box.returnPressed.connect(self._entered)
        self.box.installEventFilter(self)
        head.addWidget(self.box, 2)
        parts.nest(layout, head)
        parts.nest(layout, self._below)
        self.specials = SpecialsStrip()
        self.specials.opened.connect(self._open_special)
        layout.addWidget(self.specials)
        self.search = SearchPage()
        self.results = self.search.results
        self.search.opened.connect(self._open_hit)
        self.search.narrowed.connect(self._search_full)
        self.entry = EntryView()
        self.entry.closed.connect(self.back)
        self.entry.copied.connect(lambda: self.act(CardAction.COPIED))
        self.entry.reported.connect(self.note_correction)
        self.stack = QStackedWidget()
        for one in (self.page, self.search, self.entry):
            self.stack.addWidget(one)
        self.stack.currentChanged.connect(self._turned)
        layout.addWidget(self.stack, 1)
        self.notes = NoteStrip()
        layout.addWidget(self.notes)
        self.waited = parts.label("", "tag", wrap=True)
        """In what is over: that newer answers were there and did not stand on the screen."""
        layout.insertWidget(layout.indexOf(self.specials), self.waited)
        self.waited.hide()

    def set_narrow(self, narrow: bool, *, short: bool = False) -> None:
        """Give the search box a row of its own where the pane is narrow; spare the edges where it is ``short``."""
        edge = 6 if short else 12
        self._whole.setContentsMargins(12, edge, 12, edge)
        look = theme.current()
        self.box.setMinimumWidth(look.px(264 if look.scale < 1.3 and not narrow else 150))
        (self._below if narrow else self._head).addWidget(self.box, 2)
        self.entry.set_narrow(narrow)
        policy = self.next.sizePolicy()
        policy.setRetainSizeWhenHidden(not narrow)
        self.next.setSizePolicy(policy)

    def in_view(self) -> bool:
        return self.stack.currentIndex() == 0

    @Slot(int)
    def _turned(self, page: int) -> None:
        if page == 0:
            self.tell_listed(again=True)

    def set_past(self) -> None:
        """Show what is over: nothing is searched, noted or held here."""
        for one in (self.box, self.pin, self.next, self.notes):
            one.setVisible(False)
        words = self.tr("Special material of the day is not kept with a call: it may have stood above the answers.")
        self._whole.addWidget(parts.label(words, "small", wrap=True))
        self.entry.reportable = self.entry.starrable = False
        self.entry.copy.setToolTip("")
        self.searches = False
        self._tell_silence(False)

    def show_past(self, state: AnswersState, told: bool) -> None:
        """Show the answers as they stood on the screen; the same state shows the same, wherever it is come from.

        Args:
            state: Where the call is.
            told: Whether its log tells what came onto the screen; without that it is taken from what was offered.
        """
        stood = state.told if told else state.guessed
        self._tell_waited(state.waiting if told else None)
        wanted = (stood, tuple(state.handled.items()), state.opened)
        if wanted == self._past:
            return
        self._past = wanted
        self.origin = origin_word(state.origin)
        self.cards, self._used = [], {one for one, acts in state.handled.items() if CardAction.USED in acts}
        left = {one for one, acts in state.handled.items() if CardAction.DISMISSED in acts}
        if stood is not None and left:
            stood = replace(stood, cards=tuple(card for card in stood.cards if card.article_id not in left))
        self._fill(stood, candidates=told)
        self.more.hide()
        for one in self.cards:
            one.set_past(state.handled.get(one.card.article_id, frozenset()))
        self._returns_to.clear()
        if state.opened is None:
            self.stack.setCurrentIndex(0)
        else:
            self.open_card(state.opened)

    def _tell_waited(self, waiting: SuggestionsReady | None) -> None:
        if waiting is not None:
            words = self.tr("New answers {count} were ready at {time}, not on the screen yet")
            self.waited.setText(words.format(count=len(waiting.cards), time=clock(waiting.t_ns / 1e9)))
        self.waited.setVisible(waiting is not None)

    def reset(self) -> None:
        """Start a new call."""
        super().reset()
        self._past = None
        self.notes.shut()
        self.leave_search()

    def act(self, action: CardAction) -> None:
        """Act on the open entry, else on the current card."""
        article = self.entry.article
        if self.stack.currentWidget() is self.entry and article is not None:
            if action is CardAction.COPIED:
                self.entry.copy_answer()
            elif action is CardAction.DISMISSED:
                self.back()
            if action is CardAction.USED:
                self._mark_used(article.id)
            self._tell(article, action)
        elif self.current is not None:
            self._act(self.current.card, action)

    def _tell(self, article: Article, action: CardAction) -> None:
        typed = self._opened.article.id == article.id if isinstance(self._opened, Hit) else False
        self.acted.emit(article.id, article.question, action, self._typed_words if typed else "")

    # -- one entry ------------------------------------------------------------------------------------

    def open_card(self, card: Card) -> None:
        """Show the whole entry of a card."""
        self._opened = card
        self._show_entry(article_of(card), card.ended, marks_in(card.answer, card.passage, card.highlights))

    def _show_entry(self, article: Article, ended: str = "", marks: Sequence[Span] = ()) -> None:
        opened = self._opened
        variants = opened.variants if opened is not None else ()
        if isinstance(opened, Hit):
            variants = with_opened(variants, opened.article.id, opened.article.district, article.id)
        elif isinstance(opened, Card):
            variants = with_opened(variants, opened.article_id, opened.district, article.id)
        self.entry.show_entry(
            article,
            origin=self.origin,
            ended=ended,
            variants=variants,
            favourite=article.id in self._stars,
            marks=marks,
        )
        self._go(self.entry)

    def show_variant(self, article: Article) -> None:
        """Show the same service in another district, in the place of the one that is open."""
        if self.stack.currentWidget() is self.entry:
            self._show_entry(article)
            self._tell(article, CardAction.OPENED)

    @Slot(object)
    def _open_hit(self, hit: Hit) -> None:
        self.open_found(hit, self.box.words)

    def open_found(self, hit: Hit, typed: str) -> None:
        """Show the whole entry of a hit that ``typed`` brought up."""
        self._opened, self._typed_words = hit, typed
        self._show_entry(hit.article, hit.ended, marks_in(hit.article.answer, hit.passage, hit.highlights))
        self._tell(hit.article, CardAction.OPENED)

    @Slot(object)
    def _open_special(self, special: Special) -> None:
        self._opened = None
        article = as_article(special)
        self._show_entry(article)
        self._tell(article, CardAction.OPENED)

    # -- notes for the DB team ------------------------------------------------------------------------

    @Slot()
    def note_gap(self) -> None:
        """Ctrl+G: what was searched for in vain, else what the caller asked, is not in the DB."""
        searching = self.stack.currentWidget() is self.search
        self.notes.note_gap((self.box.words if searching else "") or self.asked())

    @Slot()
    def note_correction(self) -> None:
        """Ctrl+Shift+G: something is wrong in the entry in view."""
        article = self.entry.article
        if self.stack.currentWidget() is self.entry and article is not None:
            ident, title = article.id, article.question
        elif self.stack.currentWidget() is self.search and self.results.chosen is not None:
            ident, title = self.results.chosen.article.id, self.results.chosen.article.question
        elif self.stack.currentIndex() == 0 and self.current is not None:
            ident, title = self.current.card.article_id, self.current.card.title
        else:
            ident = title = ""
        self.notes.note_correction("" if ident.startswith(ID_PREFIX) else ident, title)

    # -- search by hand -------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Put the cursor into the search box; only ever asked for by the counsellor."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self._open_search()

    @Slot()
    def _open_search(self) -> None:
        """Show the search in place of the cards: the last results, or the entries at hand."""
        if self.stack.currentIndex() == 0:
            self.stack.setCurrentWidget(self.search)
            self.hand_asked.emit()
            self.search.show_hand(self.search.hand)

    @Slot(str)
    def _typed(self, words: str) -> None:
        self._returns_to.clear()
        if not words and not self.box.hasFocus():
            return
        self.stack.setCurrentWidget(self.search)
        self.search.look_for(words, quick=True)
        if words or self.search.filters:
            self._typing.start()
        else:
            self._typing.stop()

    @Slot()
    def _search_full(self) -> None:
        self._typing.stop()
        self.search.look_for(self.box.words, quick=False)

    @Slot()
    def _entered(self) -> None:
        if self._typing.isActive():
            self._search_full()
        else:
            self.results.open_current()

    def leave_search(self) -> None:
        """Go back to the cards; nothing typed and no filter stays."""
        self._typing.stop()
        self._returns_to.clear()
        self.box.clear()
        self.stack.setCurrentIndex(0)
        self.search.forget()

    def show_hand(self, hand: AtHand) -> None:
        """Take the entries at hand in."""
        self._stars = frozenset(article.id for article in hand.favourites)
        self.search.show_hand(hand)

    def _go(self, page: QWidget) -> None:
        left = self.stack.currentWidget()
        if left is not None and left is not page:
            self._returns_to.append(left)
        self.stack.setCurrentWidget(page)

    @Slot()
    def back(self) -> bool:
        """Close what was opened last: a note, the entry, then the search. Returns whether something was open."""
        if self.notes.shut():
            return True
        if self._returns_to:
            self.stack.setCurrentWidget(self._returns_to.pop())
            return True
        if self.stack.currentWidget() is self.search:
            had_focus = self.box.hasFocus() or self.search.isAncestorOf(QApplication.focusWidget() or self)
            self.leave_search()
            if had_focus:
                self.box.clearFocus()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.box:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.stack.currentWidget() is self.search:
                self.results.step(1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)
