"""The lock of an idle desk: a page over everything. What runs behind it goes on: recording, recognition, delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from ui import parts, theme
from ui.jobs import Job
from ui.profile_page import pin_field
from ui.profile_ports import LockRule

LOOK_MS: Final = 1000
_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class LockPage(QWidget):
    """Says that the desk is locked, whose it is and what goes on; takes the PIN."""

    given = Signal(str)
    """The PIN as typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("The desk is locked"))
        outer = parts.column(margin=24)
        self.setLayout(outer)
        outer.addStretch(2)
        middle = parts.row()
        parts.nest(outer, middle)
        outer.addStretch(3)
        box = QWidget()
        box.setMaximumWidth(theme.current().px(440))
        box.setMinimumWidth(theme.current().px(360))
        page = parts.column(gap=12)
        box.setLayout(page)
        middle.addStretch(1)
        middle.addWidget(box)
        middle.addStretch(1)
        page.addWidget(parts.label(self.tr("The desk is locked"), "hero"))
        page.addWidget(parts.label(name, "title"))
        self.state = parts.label("", "muted", wrap=True)
        self.state.setAccessibleName(self.tr("What goes on"))
        page.addWidget(self.state)
        self.pin = pin_field(self.tr("PIN"))
        self.open_button = parts.button(self.tr("Unlock"), "open", kind="primary")
        line = parts.row()
        line.addWidget(self.pin, 1)
        line.addWidget(self.open_button)
        parts.nest(page, line)
        self.said = parts.label("", "doubt", wrap=True)
        page.addWidget(self.said)
        self.pin.returnPressed.connect(self._give)
        self.open_button.clicked.connect(self._give)

    @Slot()
    def _give(self) -> None:
        if self.pin.text() and not self.pin.isReadOnly():
            self.given.emit(self.pin.text())

    def ask(self, asking: bool, said: str = "") -> None:
        """Take no PIN while one is checked, and say what became of it."""
        self.pin.setReadOnly(asking)
        self.open_button.setEnabled(not asking)
        if not asking:
            self.pin.clear()
        self.said.setText(said)


class DeskLock(QObject):
    """Locks a window after a time without input, with the system's own session, or when asked. Main thread.

    While locked the window shows the page only, other windows are hidden and keys do nothing; keys that a window takes
    itself (F12 held) still reach it.
    """

    turned = Signal(bool)
    """Locked, or no longer."""

    def __init__(
        self,
        window: QMainWindow,
        name: str,
        check: Callable[[str], None],
        rule: Callable[[], LockRule],
        in_call: Callable[[], bool],
        state: Callable[[], str],
        elapsed_ms: Callable[[], int] | None = None,
        away: Callable[[], bool] = lambda: False,
    ) -> None:
        """Put the page into the window, behind what is there.

        Args:
            window: Any window with a central widget.
            name: Of the profile.
            check: Checks a PIN, on a worker thread; raises Fault.
            rule: When to lock.
            in_call: Whether a call is live.
            state: What goes on, in words that tell nothing of a call.
            elapsed_ms: Milliseconds since the last input; the window's own count where nothing is given.
            away: Whether the system's own session is locked, or was since this was asked last.
        """
        super().__init__(window)
        self._window = window
        self._check = check
        self._rule = rule
        self._in_call = in_call
        self._state = state
        self._since = QElapsedTimer()
        self._since.start()
        self._elapsed_ms = elapsed_ms or self._since.elapsed
        self._away = away
        self.locked = False
        self.page = LockPage(name)
        self._work = window.takeCentralWidget() or QWidget()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._work)
        self._stack.addWidget(self.page)
        window.setCentralWidget(self._stack)
        self._stack.show()
        self._hidden: list[QWidget] = []
        self._silent: list[QShortcut] = []
        self._focus: QWidget | None = None
        self.page.given.connect(self._try)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _INPUT:
            self._since.restart()
        elif self.locked and kind is QEvent.Type.Show and isinstance(watched, QWidget) and self._is_other(watched):
            QTimer.singleShot(0, self, self._cover)
        return False

    @Slot()
    def look(self) -> None:
        """Lock where it is time, or with the system's session; while locked say what goes on."""
        away = self._away()
        if self.locked:
            self.page.state.setText(self._state())
            return
        if away:
            self.lock()
            return
        rule = self._rule()
        if not rule.minutes or (self._in_call() and not rule.in_call):
            return
        if self._elapsed_ms() >= rule.minutes * 60_000:
            self.lock()

    @Slot()
    def lock(self) -> None:
        """Lock now."""
        if self.locked:
            return
        self.locked = True
        self._focus = self._window.focusWidget()
        self._silent = [one for one in self._window.findChildren(QShortcut) if one.isEnabled()]
        for shortcut in self._silent:
            shortcut.setEnabled(False)
        self.page.ask(False)
        self.page.state.setText(self._state())
        self._stack.setCurrentWidget(self.page)
        self._cover()
        self.page.pin.setFocus()
        self.turned.emit(True)

    @Slot()
    def _cover(self) -> None:
        """Hide every other window of the program, for as long as the lock holds."""
        if not self.locked or not self._window.isVisible():
            return
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and self._is_other(window):
                window.hide()
                if window.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog):
                    self._hidden.append(window)

    def _is_other(self, widget: QWidget) -> bool:
        return widget.isWindow() and widget is not self._window

    @Slot(str)
    def _try(self, pin: str) -> None:
        self.page.ask(True)
        job = Job(self, lambda: self._check(pin))
        job.on_success(lambda _none: self._unlock()).on_failure(self._refused).start()

    def _refused(self, error: Exception) -> None:
        self.page.ask(False, str(error))
        self.page.pin.setFocus()

    def _unlock(self) -> None:
        self.locked = False
        self._since.restart()
        self.page.ask(False)
        for shortcut in filter(isValid, self._silent):  # a call behind the lock may have taken some away
            shortcut.setEnabled(True)
        self._stack.setCurrentWidget(self._work)
        for window in filter(isValid, self._hidden):
            window.show()
        self._hidden, self._silent = [], []
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._focus = None
        self.turned.emit(False)
