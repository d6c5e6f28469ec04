"""The transcript that follows the sound: the whole call, the word being heard marked, a click goes there."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QWidget

from audio.model import Word
from ui import parts
from ui.call_view_state import CallViewState, Line
from ui.conversation_lines import ConversationModel, LineDelegate, LinesView
from ui.replay.states import copied

Span = tuple[int, int]
_NO_WORDS: Final = (0, 0)
_MOVES: Final = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)


def word_spans(shown: str, words: tuple[Word, ...]) -> tuple[Span, ...]:
    """Return where each word stands in the text that is shown, code-point offsets.

    A word that is not in it as it was heard (digits are shown for spoken numbers) has the stretch between the words
    found before and after it.
    """
    found: list[Span | None] = []
    at = 0
    for word in words:
        text = word.text.strip()
        place = shown.find(text, at) if text else -1
        # Far ahead it is another one of the same sound.
        if place < 0 or place - at > 24 + 2 * len(text):
            found.append(None)
        else:
            found.append((place, place + len(text)))
            at = place + len(text)
    spans: list[Span] = []
    for number, one in enumerate(found):
        if one is not None:
            spans.append(one)
            continue
        before = next((span[1] for span in reversed(found[:number]) if span is not None), 0)
        after = next((span[0] for span in found[number + 1 :] if span is not None), len(shown))
        while before < after and shown[before].isspace():
            before += 1
        while after > before and shown[after - 1].isspace():
            after -= 1
        spans.append((before, after))
    return tuple(spans)


class TranscriptModel(ConversationModel):
    """All lines of the call by time, and which words of which are being heard."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._starts: list[float] = []
        self._longest = 0.0
        self._now: dict[int, Span] = {}
        self._spans: dict[int, tuple[Span, ...]] = {}

    def show_call(self, whole: CallViewState) -> None:
        """Show a call; ``whole`` is its state after its last event."""
        state = copied(whole)
        state.lines.sort(key=lambda line: (line.start, line.end))
        self.lines = state.lines
        self._starts = [line.start for line in self.lines]
        self._now, self._spans = {}, {}
        self._longest = max((line.end - line.start for line in self.lines), default=0.0)
        self.set_state(state)

    def heard(self, row: int) -> Span | None:
        return self._now.get(row)

    def rows_at(self, at_s: float) -> tuple[int, ...]:
        """Return the lines being said at a moment; both sides may speak."""
        last = bisect_right(self._starts, at_s)
        first = bisect_right(self._starts, at_s - self._longest - 1e-6)
        return tuple(row for row in range(first, last) if self.lines[row].end > at_s)

    def row_before(self, at_s: float) -> int:
        """Return the last line that had begun; -1 before the first."""
        return bisect_right(self._starts, at_s + 1e-6) - 1

    def hear(self, at_s: float) -> tuple[tuple[int, ...], set[int]]:
        """Mark what is heard at a moment; returns the lines being said, and those to paint again.

        It emits no ``dataChanged``: a list view lays all its lines out again for that, at every word.
        """
        rows = self.rows_at(at_s)
        now = {row: self._word(row, at_s) for row in rows}
        before, self._now = self._now, now
        return rows, {row for row in now.keys() | before.keys() if now.get(row) != before.get(row)}

    def _word(self, row: int, at_s: float) -> Span:
        line = self.lines[row]
        place = bisect_right(line.words, at_s, key=lambda word: word.start) - 1
        if place < 0 or not line.text:
            return _NO_WORDS
        word = line.words[place]
        if at_s > word.end + 0.3:
            return _NO_WORDS
        if row not in self._spans:
            self._spans[row] = word_spans(line.text, line.words)
        return self._spans[row][place]

    def forget(self) -> None:
        """Let the call go."""
        self.show_call(CallViewState())


class _View(LinesView):
    """The list: Enter goes to the line; a scroll by hand stops the following."""

    gone_to = Signal(int)
    """Row to hear."""
    by_hand = Signal()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.by_hand.emit()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.gone_to.emit(self.currentIndex().row())
            event.accept()
            return
        if event.key() in _MOVES and not event.modifiers():
            self.by_hand.emit()
        super().keyPressEvent(event)


class TranscriptPane(QWidget):
    """The transcript with its search. It follows the sound until somebody scrolls, and again when asked to."""

    went = Signal(float)
    """Seconds to go to."""

    def __init__(self) -> None:
        super().__init__()
        self.model = TranscriptModel()
        self.model.setParent(self)
        self.view = _View()
        self.view.setModel(self.model)
        self.view.setItemDelegate(LineDelegate(self.view))
        self.view.setAccessibleName(self.tr("Transcript"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.clicked.connect(self._clicked)
        self.view.gone_to.connect(self._go)
        self.view.by_hand.connect(self.stop_following)
        self.view.verticalScrollBar().actionTriggered.connect(self.stop_following)
        self.following = True
        self._row = -1
        layout = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        head = parts.row()
        head.addWidget(parts.label(self.tr("Transcript"), "heading"))
        head.addStretch(1)
        self.follow = parts.button(self.tr("Follow again"), "down", kind="quiet", tip="Alt+F")
        self.follow.clicked.connect(self.follow_again)
        policy = self.follow.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.follow.setSizePolicy(policy)
        self.follow.hide()
        head.addWidget(self.follow)
        parts.nest(layout, head)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Find words  Ctrl+F"))
        self.box.setAccessibleName(self.tr("Find words in the transcript"))
        self.box.setClearButtonEnabled(True)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(lambda: self.find_next(1))
        layout.addWidget(self.box)
        self.found = parts.label("", "small")
        self.found.hide()
        layout.addWidget(self.found)
        layout.addWidget(self.view, 1)

    def show_call(self, whole: CallViewState) -> None:
        """Show a call; ``whole`` is its state after its last event."""
        self.model.show_call(whole)
        self._row, self.following = -1, True

    def hear(self, at_s: float, *, jumped: bool) -> None:
        """Follow the sound; ``jumped``: somebody went there, and the line comes into view whatever was scrolled."""
        rows, touched = self.model.hear(at_s)
        for one in touched:
            self.view.update(self.model.index(one))
        row = rows[-1] if rows else self.model.row_before(at_s)
        if jumped:
            self._set_following(True)
        if row != self._row or jumped:
            self._row = row
            if row >= 0 and self.following:
                self._bring(row)

    def _bring(self, row: int) -> None:
        index = self.model.index(row)
        room, spot = self.view.viewport().rect(), self.view.visualRect(index)
        if spot.top() < 0 or spot.bottom() > room.height() * 3 // 4:
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    @property
    def row(self) -> int:
        """The line being heard, or the last that was; -1 before the first."""
        return self._row

    @Slot()
    def stop_following(self) -> None:
        """Somebody reads elsewhere: the list stays where it is."""
        self._set_following(False)

    @Slot()
    def follow_again(self) -> None:
        """Alt+F: back to what is being heard."""
        self._set_following(True)
        if self._row >= 0:
            self.view.scrollTo(self.model.index(self._row), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _set_following(self, wanted: bool) -> None:
        self.following = wanted
        self.follow.setVisible(not wanted)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._go(index.row())

    @Slot(int)
    def _go(self, row: int) -> None:
        if 0 <= row < len(self.model.lines):
            self.went.emit(self.model.lines[row].start)

    # -- finding words --------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def _matches(self) -> list[int]:
        words = self.box.text().strip().casefold()
        return [row for row, line in enumerate(self.model.lines) if words and words in line.text.casefold()]

    @Slot(str)
    def _typed(self, _text: str) -> None:
        rows = self._matches()
        self.found.setVisible(bool(self.box.text().strip()))
        self.found.setText(self.tr("{count} lines. Enter goes to the next.").format(count=len(rows)))
        self.model.light(frozenset(rows))

    @Slot()
    def find_next(self, step: int) -> None:
        """Bring the next line with the words into view, from where the list stands; the sound stays where it is."""
        rows = self._matches()
        if not rows:
            return
        here = self.view.currentIndex().row()
        after = [row for row in rows if row > here] if step > 0 else [row for row in reversed(rows) if row < here]
        row = after[0] if after else rows[0 if step > 0 else -1]
        self.stop_following()
        self.view.setCurrentIndex(self.model.index(row))
        self.view.scrollTo(self.model.index(row), QAbstractItemView.ScrollHint.PositionAtCenter)
