"""The one press: from the button, F12, the system-wide key, the strip or ``doumi call``, and all it needs around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTime, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

from resources.notices import Fault
from ui.actions import combination
from ui.call_ports import CallControl
from ui.call_view_state import Part, Phase
from ui.hold_button import HoldButton
from ui.orders import Orders
from ui.ports import SystemKey
from ui.side_windows import SideWindows
from ui.single_window import Answer
from ui.strip import Strip

if TYPE_CHECKING:
    from ui.main_window import MainWindow

ONE_PRESS_MS: Final = 1000
"""Presses closer together are one."""
UNSURE_MS: Final = 8000
"""After this time without a confirmation the pane says so."""


class Press(QObject):
    """Turns every way of pressing into one hand-over and shows it at once. Main thread."""

    _moved = Signal(bool)
    """The system-wide key went down or came up."""

    def __init__(
        self, window: MainWindow, ask: Callable[[Callable[[CallControl], None]], None], key: SystemKey | None
    ) -> None:
        """Listen to the window.

        Args:
            window: The desk.
            ask: Hands a wish to the program and tells its faults.
            key: The system-wide key, or None where there is none.
        """
        super().__init__(window)
        self._window = window
        self._ask = ask
        self._key = key
        self._key_taken = ""
        self._key_refused = ""
        """The key whose refusal was told, so that it is told once."""
        self._since = QElapsedTimer()
        self._pressed = ""
        """The call that was pressed for last."""
        self._closed = False
        self._unsure = QTimer(self)
        self._unsure.setSingleShot(True)
        self._unsure.setInterval(UNSURE_MS)
        self._unsure.timeout.connect(self._not_confirmed)
        self.orders = Orders(window, ask, self.press)
        self.strip = Strip()
        pane, say_now = window.call.escalation, window.call.next_sentence
        for source in (pane, self.strip):
            source.held.connect(self.press)
        say_now.warned.connect(lambda script: ask(lambda control: control.warning_given(script)))
        say_now.noted.connect(lambda kind: ask(lambda control: control.note_handover(kind)))
        say_now.revealed.connect(lambda: ask(lambda control: control.handover_revealed()))
        pane.chosen.connect(lambda situation: ask(lambda control: control.choose_situation(situation)))
        say_now.confirmed.connect(lambda action: ask(lambda control: control.confirm_line(action)))
        say_now.asked.connect(lambda action: ask(lambda control: control.act_on_line(action)))
        for field in (say_now.number, window.start.number):
            field.given.connect(lambda number: ask(lambda control: control.caller_number(number)))
            field.given.connect(self.orders.number_typed)
        self._moved.connect(self._key_moved, Qt.ConnectionType.QueuedConnection)

    # -- the press --------------------------------------------------------------------------------------

    @Slot()
    def press(self) -> Answer:
        """Hand the open call over, once however often it is pressed."""
        window, pane = self._window, self._window.call.escalation
        if window.state.phase is Phase.IDLE:
            window.notices.say(self.tr("No call is open: there is nothing to hand over."), "info")
            return Answer(ok=False, code="call.none")
        if window.state.escalation is not None:
            told = pane.outcome(window.state)
            window.notices.say(self.tr("Already done: {outcome}").format(outcome=told), "info")
            return Answer(ok=True, code="press.already")
        if self._pressed == window.state.call_id and self._since.elapsed() < ONE_PRESS_MS:
            return Answer(ok=True, code="press.reached")
        self._pressed = window.state.call_id
        self._since.start()
        self._unsure.start()
        now = QTime.currentTime().toString("HH:mm:ss")
        text = (
            self.tr("Pressed after the call {time} · keeping the evidence …")
            if window.state.phase is Phase.WRAP_UP
            else self.tr("Pressed {time} · keeping the evidence …")
        )
        pane.say(text.format(time=now))
        self.strip.say(pane.result.text())
        reason = pane.reason()
        self._ask(lambda control: control.escalate(reason))
        return Answer(ok=True, code="press.reached")

    @Slot()
    def _not_confirmed(self) -> None:
        if self._window.state.escalation is None and self._window.state.phase is not Phase.IDLE:
            self._window.call.escalation.say(
                self.tr("Not confirmed yet. Read the notices, then hold the button again.")
            )

    @Slot()
    def give_number(self) -> None:
        """Alt+N: to the field of the caller's number."""
        window = self._window
        page = window.start if window.stack.currentWidget() is window.start else window.call.next_sentence
        page.number.edit.setFocus()

    # -- following the call -----------------------------------------------------------------------------

    def follow(self, changed: set[Part]) -> None:
        """Keep strip and key in step with the call."""
        state = self._window.state
        if Part.CALL in changed:
            if state.phase is Phase.IDLE:
                self._unsure.stop()
            self._window.start.number.reset()
            self.stand()
        self.orders.follow(changed)
        if Part.ESCALATION in changed and state.escalation is not None:
            self._unsure.stop()
        self.strip.show_state(state, self._window.call.escalation.outcome(state))

    @Slot()
    def stand(self) -> None:
        """Take or give back the key and show or hide the strip, as call, window and preferences have it now."""
        window = self._window
        if self._closed:
            return
        # While the key is being chosen in the settings it is not pressed.
        setting = window.settings is not None and window.settings.isVisible()
        away = window.state.phase is Phase.LIVE and not window.layouts.in_front and not setting
        self.strip.setVisible(away and window.preferences.strip)
        self._hold_key(window.preferences.system_key if away else "")

    def close(self) -> None:
        """Give back the key and put the strip away. Again does nothing."""
        if self._closed:
            return
        self._closed = True
        self._hold_key("")
        self.strip.close()
        self.strip.deleteLater()  # nobody owns it

    def _hold_key(self, wanted: str) -> None:
        if self._key is None or wanted == self._key_taken:
            return
        if self._key_taken:
            self._key.release()
            self._key_taken = ""
            self._stop_holding()
        if not wanted or wanted == self._key_refused or self._key.fault(wanted):
            return
        try:
            self._key.grab(wanted, self._moved.emit)
            self._key_taken = wanted
        except Fault as fault:
            self._key_refused = wanted
            self._window.notices.say(str(fault), "info")

    @Slot(bool)
    def _key_moved(self, down: bool) -> None:
        if not down:
            self._stop_holding()
        elif self._key_taken:
            self._button().begin()

    def _button(self) -> HoldButton:
        return self.strip.button if self.strip.isVisible() else self._window.call.escalation.button

    def _stop_holding(self) -> None:
        for button in (self.strip.button, self._window.call.escalation.button):
            button.cancel()

    # -- the key in the window ------------------------------------------------------------------------------

    def window_turned(self) -> None:
        """The window came to the front or went behind another."""
        if not self._window.layouts.in_front:
            self._window.call.escalation.button.cancel()
        self.stand()

    def key_in_window(self, event: QKeyEvent, *, down: bool) -> bool:
        """Take a key pressed (or let go) in the window; returns whether it was the one."""
        ours = (self._window.registry.keys("escalate"), self._window.preferences.system_key)
        if not any(_is(event, keys, down) for keys in ours):
            return False
        button = self._window.call.escalation.button
        if event.isAutoRepeat():
            return True
        if not down:
            button.cancel()
        elif self._window.state.phase is Phase.IDLE:
            self.press()
        else:
            button.begin()
        return True


def _is(event: QKeyEvent, keys: str, down: bool) -> bool:
    """Whether the key is the one of ``keys``; a key that stands alone counts with others held too, for haste."""
    wanted = combination(keys)
    if wanted is None:
        return False
    alone = wanted.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
    return event.key() == wanted.key() if alone or not down else event.keyCombination() == wanted


class PressedWindow(SideWindows):
    """Base of the main window: hands the key of the press, and its coming and going, to :class:`Press`."""

    press: Press | None = None

    @property
    def first_start_open(self) -> bool:
        """Whether the questions of the first start are being asked: no call begins over them."""
        return self.first_start is not None and self.first_start.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.press is None or not self.press.key_in_window(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.press is None or not self.press.key_in_window(event, down=False):
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if self.press is not None and event.type() == QEvent.Type.ActivationChange:
            self.press.window_turned()
        super().changeEvent(event)
