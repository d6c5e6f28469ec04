"""The answer cards: at most three, quiet when nothing is sure, never moving while they are read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from assist.events import SuggestionsReady
from assist.model import Card, CardAction
from kb.model import Band
from ui import clipboard, parts
from ui.card import CardWidget

CALM_MS: Final = 1000
"""At most one change of the list a second."""
MOST_CARDS: Final = 3
ROOMY_PX: Final = 560
"""Height from which the cards beside the current one show two lines of their passage."""


LINES: Final = 3
"""Of the current card's passage."""
MOST_LINES: Final = 8
"""Of it where fewer than ``MOST_CARDS`` cards leave it the room."""


class CardsPane(QWidget):
    """Base of the answers pane: the cards, what waits to replace them, and silence."""

    acted = Signal(str, str, object, str)
    """(article id, title, CardAction, words typed where a search brought it up)"""

    listed = Signal(int, object)
    """The cards on the screen are others now, or are in view again: (turn that asked, article ids from the top)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[CardWidget] = []
        self._listed: tuple[str, ...] = ()
        self.origin = ""
        self._shown: SuggestionsReady | None = None
        self._waiting: SuggestionsReady | None = None
        self._agent_speaking = False
        self._pinned = self._over = False
        self._dial = "normal"
        self._current = 0
        self._used: set[str] = set()
        self._since = QElapsedTimer()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._try_show)

        self.next = parts.button("", kind="primary", tip="F5", name=self.tr("Show the waiting answers"))
        self.next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = self.next.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.next.setSizePolicy(policy)
        self.next.clicked.connect(self.show_waiting)
        self.pin = parts.tool("pin", self.tr("Pin the answers (Ctrl+P)"))
        self.pin.setCheckable(True)
        self.pin.toggled.connect(self._pin)
        self.question = parts.Elided("", "muted")
        self.seconds = parts.label("", "small")
        asked = parts.row()
        asked.addWidget(self.question, 1)
        asked.addWidget(self.seconds)
        self.page = QWidget()
        inside = self._inside = parts.column(gap=8)
        self.page.setLayout(inside)
        parts.nest(inside, asked)
        self.area, self._column = parts.scroller(self.tr("Answer cards"))
        self.area.viewport().installEventFilter(self)
        self.searches = True
        """Whether a key searches here: not in what is over."""
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
        self._fill(None)

    def open_card(self, card: Card) -> None:
        """Show the whole entry of a card."""
        raise NotImplementedError

    # -- from the call ------------------------------------------------------------------------------

    def reset(self) -> None:
        """Start a new call."""
        self._shown = self._waiting = None
        self._used.clear()
        self.pin.setChecked(False)
        self.next.hide()
        self._since.invalidate()
        self.cards, self._listed = [], ()
        self._fill(None)

    def set_over(self, over: bool) -> None:
        """Whether the caller has hung up: nothing more comes by itself."""
        if over is not self._over:
            self._over = over
            if not self.cards:
                self._fill(self._shown)

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
        for place, card in enumerate(sure[:MOST_CARDS], start=1):
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
        self._tell_silence(bool(ready) or self._over)
        self.tell_listed(again=False)

    def _tell_silence(self, asked: bool) -> None:
        if not self.searches:
            words = self.tr("No answer stood here at that moment.")
        elif asked:
            words = self.tr("Nothing sure enough to show. Search by hand with Ctrl+F.")
        else:
            words = self.tr("Answers appear after the caller finishes a sentence. Search by hand with Ctrl+F.")
        self.silence_text.setText(words)

    def in_view(self) -> bool:
        """Whether nothing stands over the cards."""
        return True

    def tell_listed(self, *, again: bool) -> None:
        """Tell what stands on the screen, where it is another list than was told last or came back into view."""
        ids = tuple(one.card.article_id for one in self.cards)
        if self._shown is not None and self.in_view() and (again or ids != self._listed):
            self._listed = ids
            self.listed.emit(self._shown.turn, ids)

    @Slot()
    def _open_candidates(self) -> None:
        self._fill(self._shown, candidates=True)

    # -- what the counsellor does ---------------------------------------------------------------------

    @property
    def current(self) -> CardWidget | None:
        """The card the F-keys act on."""
        return self.cards[self._current] if self._current < len(self.cards) else None

    def open_place(self, place: int) -> None:
        """Open card 1 to 3."""
        if place <= len(self.cards):
            self._act(self.cards[place - 1].card, CardAction.OPENED)

    @Slot(object, object)
    def _act(self, card: Card, action: CardAction) -> None:
        self._pick(card)
        widget = next((w for w in self.cards if w.card is card), None)
        if action is CardAction.OPENED:
            self.open_card(card)
        elif action is CardAction.COPIED:
            who = f"{card.department} {card.phone}".strip()
            clipboard.copy(f"{card.title}\n{card.passage}\n{who}".rstrip(), public=True)
            if widget:
                widget.tell_copied()
        elif action is CardAction.USED:
            self._mark_used(card.article_id)
        elif action is CardAction.DISMISSED and widget:
            self.cards.remove(widget)
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
            self._current = min(self._current, max(0, len(self.cards) - 1))
            self._show_current()
            if not self.cards:
                self.silence.show()
                self._tell_silence(True)
        self.acted.emit(card.article_id, card.title, action, "")

    @Slot(object)
    def _pick(self, card: Card) -> None:
        places = [i for i, w in enumerate(self.cards) if w.card is card]
        if places:
            self._current = places[0]
            self._show_current()

    def _show_current(self) -> None:
        for index, widget in enumerate(self.cards):
            widget.set_current(index == self._current)
            if index != self._current:
                widget.passage.set_max_lines(2 if self.area.height() >= ROOMY_PX else 1)
        if self.current is not None:
            self.current.passage.set_max_lines(self._lines_of(self.current))

    def _lines_of(self, card: CardWidget) -> int:
        """Return how many lines of the current card's passage leave the whole card in view; 1 to 3.

        Where the list is not full, up to 8 while every card is in view.
        """
        width, room = self.area.viewport().width(), self.area.viewport().height()
        if not self.area.isVisible() or width < 100:
            return LINES
        others = sum(_height(one, width) + self._column.spacing() for one in self.cards if one is not card)
        for lines in range(MOST_LINES if len(self.cards) < MOST_CARDS else LINES, 1, -1):
            card.passage.set_max_lines(lines)
            if _height(card, width) + (others if lines > LINES else 0) <= room:
                return lines
        return 1

    @Slot(bool)
    def _pin(self, pinned: bool) -> None:
        self._pinned = pinned
        if pinned and self.current is not None:
            card = self.current.card
            self.acted.emit(card.article_id, card.title, CardAction.PINNED, "")

    def _mark_used(self, article_id: str) -> None:
        self._used.add(article_id)
        for widget in self.cards:
            if widget.card.article_id == article_id:
                widget.mark_used()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.area.viewport():
            self._show_current()
        return super().eventFilter(watched, event)


def _height(card: CardWidget, width: int) -> int:
    """Return the height a card needs with the lines it shows now."""
    if (inside := card.layout()) is not None:
        inside.activate()
    return card.heightForWidth(width)
