"""The palette (Ctrl+K): one box that finds actions, entries of the DB, settings, practice calls and saved calls.

It lies over the answers while it is open, never over the caller's words, and moves nothing. Whatever had the focus
gets it back.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from kb.model import Hit, SearchResult
from ui import parts, theme
from ui.composing import finish_syllable
from ui.jobs import Job
from ui.palette_list import FoundList
from ui.palette_sources import (
    Found,
    actions_found,
    entries_found,
    practice_found,
    sessions_found,
    settings_found,
)
from ui.ports import DeskServices, SessionRow
from ui.search_box import SearchBox
from ui.settings_ports import Field

if TYPE_CHECKING:
    from ui.main_window import MainWindow

REST_MS: Final = 180
"""Typing rests: saved calls are searched, and the DB in full."""
FEW: Final = 3
"""Fewer entries than this by their titles: the DB is searched in full when typing rests."""
LATELY: Final = 4
_LEAST_PX: Final = 180
"""Height of the answers in view from which the palette lies over them, at 100 %."""
_OWN_KEYS: Final = frozenset(
    {
        *(Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)


class _Box(SearchBox):
    """The line of the palette: it keeps the keys that walk and choose, and none while a syllable is being made."""

    pressed = Signal(object)
    """Qt.Key of a key that is the palette's own."""

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
            if plain and event.key() in _OWN_KEYS:
                event.accept()
                if kind == QEvent.Type.KeyPress:
                    self._take(Qt.Key(event.key()))
                return True
        return super().event(event)

    def _take(self, key: Qt.Key) -> None:
        if self.composing and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            finish_syllable()  # Enter ends the syllable, no more
        else:
            self.pressed.emit(key)


class Palette(QFrame):
    """Finds anything and does it. Main thread; searches run in jobs."""

    def __init__(self, window: MainWindow, services: DeskServices) -> None:
        """Lie in ``window``, over its panes."""
        super().__init__(window.whole)
        self._window, self._services, self._host = window, services, window.whole
        self._before: QWidget | None = None
        self._is_open = False
        self._fields: tuple[Field, ...] = ()
        self._recent: deque[str] = deque(maxlen=LATELY)
        self._asked = 0
        """Number of the newest search; what an older one finds is not shown."""
        self._expecting = False
        """Whether the entries for what stands in the box are still to come."""
        self._enter_waits = False
        self._quick_runs = False
        self._entries: list[Found] = []
        self.setObjectName("palette")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Find anything"))
        self.setWindowTitle(self.accessibleName())
        layout = parts.column(margin=8, gap=8)
        self.setLayout(layout)
        self.box = _Box()
        self.box.setPlaceholderText(self.tr("Action, entry, setting, practice or saved call"))
        self.box.setAccessibleName(self.tr("Find anything"))
        self.box.typed.connect(self._typed)
        self.box.pressed.connect(self._pressed)
        layout.addWidget(self.box)
        self.list = FoundList()
        self.list.setAccessibleName(self.tr("Found"))
        self.list.clicked.connect(lambda _index: self._choose())
        self.list.activated.connect(lambda _index: self._choose())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._announce())
        self.list.rows.modelReset.connect(self._announce)
        layout.addWidget(self.list, 1)
        self.status = parts.label("", "small", wrap=True)
        layout.addWidget(self.status)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._rested)
        self.hide()

    # -- opening and closing --------------------------------------------------------------------------

    def open(self) -> None:
        """Open over the answers, or close where it is open."""
        if self.isVisible():
            self.shut()
            return
        self._before = QApplication.focusWidget()
        self._is_open = True
        self._fields = tuple(self._services.settings().fields())
        self._place()
        self.show()
        self.raise_()
        if not self._host.isActiveWindow():
            self._host.activateWindow()  # asked for in the second window
        self.box.clear()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._typed("")
        self._host.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def shut(self) -> None:
        """Close; what had the focus before has it again."""
        before, self._before = self._before, None
        self._put_away()
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
            if before.window() is not self._host.window():
                before.activateWindow()

    def _put_away(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._focus_moved)
        self._host.removeEventFilter(self)
        self._asked += 1
        self._enter_waits = False
        self._rest.stop()
        self.box.clearFocus()  # else Qt would put the focus into whatever comes next
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hidden by others, as by the lock: it is over."""
        self._put_away()
        super().hideEvent(event)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab walks between the box and the list; Esc leaves."""
        (self.list if self.box.hasFocus() else self.box).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot("QWidget*", "QWidget*")
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Somebody clicked elsewhere: the palette is done, and takes nothing back."""
        if new is not None and new is not self and not self.isAncestorOf(new):
            self._put_away()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._place)
        return False

    def _place(self) -> None:
        look, call = theme.current(), self._window.call
        room = self._window.stack.geometry().adjusted(8, 8, -8, -8)
        if self._window.stack.currentWidget() is call:
            answers = self._seen(call.answers)
            if answers.height() < look.px(_LEAST_PX):
                answers = _beside(room, self._seen(call.conversation))
            room = answers.adjusted(4, 4, -4, -4)
        else:
            wide = min(room.width(), look.px(640))
            room = QRect(room.center().x() - wide // 2, room.top(), wide, room.height())
        self.setGeometry(QRect(room.left(), room.top(), room.width(), min(room.height(), look.px(520))))

    def _seen(self, pane: QWidget) -> QRect:
        """Return the part of a pane that is in view, in the host; empty where it is hidden or in another window."""
        if not pane.isVisible() or not self._host.isAncestorOf(pane):
            return QRect()
        seen, one = QRect(pane.mapTo(self._host, pane.rect().topLeft()), pane.size()), pane.parentWidget()
        while one is not None and one is not self._host:
            seen &= QRect(one.mapTo(self._host, one.rect().topLeft()), one.size())
            one = one.parentWidget()
        return seen

    # -- finding --------------------------------------------------------------------------------------

    @Slot(str)
    def _typed(self, words: str) -> None:
        self._asked += 1
        self._enter_waits = False
        self.status.setText(self._hint())
        if words:
            self._expecting = True
            self._suggest()
            self._rest.start()
        else:
            self._expecting = False
            self._rest.stop()
        self._entries = []
        if not words:
            self.list.show_rows(self._at_once("", ()))

    def _suggest(self) -> None:
        """Ask for the entries as typed; one such search at a time, the newest words next."""
        if self._quick_runs:
            return
        self._quick_runs = True
        asked, words = self._asked, self.box.words
        job = Job(self, lambda: self._services.suggest(words, 6))
        job.on_success(lambda result: self._suggested(asked, words, result))
        job.on_failure(lambda _error: self._suggested(asked, words, None)).start()

    def _suggested(self, asked: int, words: str, result: SearchResult | None) -> None:
        self._quick_runs = False
        if asked != self._asked:
            if self.isVisible() and self.box.words and self._expecting:
                self._suggest()
            return
        self._expecting = False
        self._entries = entries_found(result.hits if result is not None else (), self._open_entry)
        self.list.show_rows(self._at_once(words, self._entries))
        if self._enter_waits:
            self._choose()

    def _at_once(self, words: str, entries: list[Found] | tuple[Found, ...]) -> list[Found]:
        window = self._window
        idle = "" if window.between_calls else self.tr("Only between calls")
        return [
            *actions_found(window.registry, words, self._recent),
            *entries,
            *settings_found(self._fields, words, window.open_settings_at),
            *practice_found(self._services.practice_calls(), words, idle, window.start.practice_chosen.emit),
        ]

    @Slot()
    def _rested(self) -> None:
        asked, words = self._asked, self.box.words
        if not words:
            return
        if self._expecting:
            self._rest.start()
            return
        if len(self._entries) < FEW:
            job = Job(self, lambda: self._services.search(words, 6))
            job.on_success(lambda result: self._add(asked, entries_found(result.hits, self._open_entry)))
            job.on_failure(lambda _error: None).start()
        job = Job(self, lambda: self._services.sessions(words))
        job.on_success(lambda found: self._sessions(asked, found))
        job.on_failure(lambda _error: self._sessions(asked, ())).start()

    def _sessions(self, asked: int, rows: tuple[SessionRow, ...]) -> None:
        self._add(asked, sessions_found(rows, self._window.open_session))
        if asked == self._asked and not self.list.rows.rows:
            self.status.setText(self.tr("Nothing found. Try other words, or fewer of them."))

    def _add(self, asked: int, rows: list[Found]) -> None:
        if asked == self._asked and self.isVisible():
            self.list.add_rows(rows)

    def _hint(self) -> str:
        return self.tr("↑↓ choose · Enter opens or does it · Esc closes")

    # -- choosing -------------------------------------------------------------------------------------

    @Slot(object)
    def _pressed(self, key: Qt.Key) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._expecting:
                self._enter_waits = True  # what stands in the list belongs to earlier words
            else:
                self._choose()
        elif key in steps:
            self.list.step(steps[key])
        else:
            self.list.step(self.list.a_page() * (-1 if key == Qt.Key.Key_PageUp else 1))

    @Slot()
    def _choose(self) -> None:
        self._enter_waits = False
        found = self.list.chosen
        if found is None:
            return
        if found.why_not:
            self.status.setText(self.tr("Not now: {reason}").format(reason=found.why_not))
            return
        if found.kind == "action":
            if found.ident in self._recent:
                self._recent.remove(found.ident)
            self._recent.appendleft(found.ident)
        self.shut()
        found.run()

    def _open_entry(self, hit: Hit) -> None:
        window = self._window
        if window.stack.currentWidget() is window.start:
            window.stack.setCurrentWidget(window.call)
        window.call.answers.open_found(hit, self.box.words)

    @Slot()
    def _announce(self) -> None:
        """Tell a screen reader which row is chosen: the cursor itself stays in the box."""
        if self.isVisible() and QAccessible.isActive():
            index = self.list.currentIndex()
            told = str(index.data(int(Qt.ItemDataRole.AccessibleTextRole)) or "")
            if told:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.box, told))


def _beside(room: QRect, words: QRect) -> QRect:
    """Return the largest part of ``room`` that leaves ``words`` in view; the upper half of it all where none is left.

    The newest words stand at the bottom.
    """
    if words.isEmpty():
        return room
    free = (
        QRect(room.left(), room.top(), room.width(), words.top() - room.top()),
        QRect(room.left(), words.bottom(), room.width(), room.bottom() - words.bottom()),
        QRect(room.left(), room.top(), words.left() - room.left(), room.height()),
        QRect(words.right(), room.top(), room.right() - words.right(), room.height()),
    )
    best = max(free, key=lambda one: max(0, one.width()) * max(0, one.height()))
    if best.width() >= 280 and best.height() >= 160:
        return best
    return QRect(room.left(), room.top(), room.width(), room.height() // 2)
