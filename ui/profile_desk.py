"""The open profile in the window: its name in the bar, switching, locking, its PIN."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog, QFormLayout, QMenu, QWidget

from resources.notices import Fault
from ui import parts
from ui.call_view_state import Phase
from ui.clipboard import ClipboardKeeper
from ui.desk_lock import DeskLock
from ui.jobs import Job
from ui.profile_page import pin_field
from ui.profile_ports import OpenProfile
from ui.session_bus import SessionBus

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class ProfileDesk(QObject):
    """Joins a main window and the profile that is open in it. Main thread."""

    def __init__(self, window: MainWindow, profile: OpenProfile, away: Callable[[], bool] | None = None) -> None:
        """Join them; ``away`` tells whether the system's own session is locked, the desktop's bus where it is None."""
        super().__init__(window)
        self._away = away
        self._window = window
        self._profile = profile
        self.lock: DeskLock | None = None
        self.pin_dialog: PinDialog | None = None
        self.menu = QMenu(window)
        self.menu.setAccessibleName(self.tr("Profile"))
        self.menu.addAction(self.tr("Switch counsellor  Ctrl+Shift+P"), self.switch)
        self.lock_action = self.menu.addAction(self.tr("Lock now  Ctrl+Shift+L"), self.lock_now)
        self.menu.addAction(self.tr("Set a PIN …"), self.open_pin)
        window.bar.show_profile(self.name, self.menu)
        window.registry.bind("switch", self.switch)
        window.registry.bind("lock", self.lock_now)
        window.registry.bind("pin_set", self.open_pin)
        window.registry.listen()
        self._stand()

    @property
    def name(self) -> str:
        """What the profile is called."""
        return self._profile.row.name or self.tr("Counsellor of this PC")

    def _stand(self) -> None:
        """Lock from now on where the profile has a PIN."""
        has_pin = self._profile.row.has_pin
        self.lock_action.setEnabled(has_pin)
        if has_pin and self.lock is None:
            window = self._window
            self.lock = DeskLock(
                window,
                self.name,
                self._profile.check,
                self._profile.lock_rule,
                lambda: window.state.phase is Phase.LIVE,
                self.state,
                away=self._away or SessionBus(self).locked,
            )
            self.lock.turned.connect(self._lock_turned)

    @Slot(bool)
    def _lock_turned(self, locked: bool) -> None:
        if locked:
            _clear_clipboard()
        elif self._window.press is not None:
            self._window.press.stand()

    def state(self) -> str:
        """Return what goes on behind the lock, in words that tell nothing of the call."""
        window = self._window
        if window.state.phase is Phase.LIVE:
            words = self.tr("● A call is open. Recording and recognition go on. F12, held, hands it over.")
            if window.state.escalation is not None:
                words = self.tr("● A call is open and handed over. Recording and recognition go on.")
        elif window.state.phase is Phase.WRAP_UP:
            words = self.tr("○ The call has ended. Its record is kept as it stands.")
        else:
            words = self.tr("○ No call")
        return f"{words}\n{window.bar.unsent.text()}"

    @Slot()
    def switch(self) -> None:
        """Close this profile's desk and ask who is there; not while a call or its wrap-up is open."""
        window = self._window
        if window.state.phase is Phase.LIVE:
            window.notices.say(self.tr("Switch after the call: it belongs to this counsellor."), "info")
        elif window.state.phase is Phase.WRAP_UP:
            window.notices.say(self.tr("File or close the wrap-up before switching."), "info")
        else:
            self._profile.ask_switch()
            _clear_clipboard()
            window.close()

    @Slot()
    def lock_now(self) -> None:
        """Lock at once."""
        if self.lock is not None:
            self.lock.lock()
        else:
            self._window.notices.say(self.tr("Set a PIN first: without one nothing is locked."), "info")

    @Slot()
    def open_pin(self) -> None:
        """Show the form for a PIN."""
        if self.pin_dialog is not None:
            self.pin_dialog.deleteLater()
        self.pin_dialog = PinDialog(self._profile, self._window)
        self.pin_dialog.finished.connect(self._pin_set)
        self.pin_dialog.show()

    @Slot(int)
    def _pin_set(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._window.notices.say(self.tr("The PIN is changed."), "info")
            self._stand()


def _clear_clipboard() -> None:
    """Take back what the desk copied and nobody pasted yet."""
    app = QApplication.instance()
    keeper = app.findChild(ClipboardKeeper) if app is not None else None
    if keeper is not None:
        keeper.clear()


class PinDialog(QDialog):
    """Old PIN, new PIN, new PIN again. An empty new one takes the PIN away."""

    def __init__(self, profile: OpenProfile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self.setWindowTitle(self.tr("PIN"))
        self.setAccessibleName(self.tr("PIN"))
        self.setModal(False)
        parts.open_at(self, 460, 300)
        whole = parts.column(margin=24, gap=16)
        self.setLayout(whole)
        whole.addWidget(
            parts.label(
                self.tr("4 to 12 digits, or 6 letters and more. Nobody can look it up: keep it in mind."),
                "muted",
                wrap=True,
            )
        )
        form = QFormLayout()
        form.setVerticalSpacing(12)
        parts.nest(whole, form)
        self.old = pin_field(self.tr("PIN until now"))
        self.new = pin_field(self.tr("New PIN"))
        self.again = pin_field(self.tr("New PIN again"))
        fields = (self.old, self.new, self.again) if profile.row.has_pin else (self.new, self.again)
        for field in fields:
            form.addRow(parts.label(field.accessibleName()), field)
        self.said = parts.label("", "doubt", wrap=True)
        whole.addWidget(self.said)
        whole.addStretch(1)
        buttons = parts.row()
        buttons.addStretch(1)
        cancel = parts.button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = parts.button(self.tr("Save"), "check", kind="primary")
        self.save.clicked.connect(self._save)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        parts.nest(whole, buttons)
        self.again.returnPressed.connect(self._save)
        fields[0].setFocus()

    @Slot()
    def _save(self) -> None:
        old, new = self.old.text(), self.new.text()
        if not self.save.isEnabled():
            return
        if new != self.again.text():
            self.said.setText(self.tr("The two new PINs differ."))
            return
        self.save.setEnabled(False)
        job = Job(self, lambda: self._profile.set_pin(old, new))
        job.on_success(lambda _none: self.accept()).on_failure(self._refused).start()

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        for field in (self.old, self.new, self.again):
            field.clear()
        # The sentence of a fault holds no PIN; that of anything else might.
        self.said.setText(str(error) if isinstance(error, Fault) else self.tr("That did not work."))
