"""The windows a counsellor opens beside the desk: saved calls, outbox, sound check, settings, keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from audio.model import DeviceChoice
from ui import parts, shortcuts
from ui.digest_window import DigestWindow
from ui.holdings_window import HoldingsWindow
from ui.jobs import Job
from ui.outbox_window import OutboxWindow
from ui.ports import DeskServices, Digest, Preferences, RecoveredRow, SystemKey
from ui.recovered_window import RecoveredWindow
from ui.sessions_window import SessionsWindow
from ui.settings_dialog import SettingsDialog
from ui.sound_check import SoundCheckDialog


class SideWindows(QMainWindow):
    """Base of the main window: makes each side window once, when it is first asked for."""

    digest_known = Signal(object)
    """Digest: what changed in the DB was read."""
    recovered_known = Signal(int)
    """How many calls a crash cut short."""
    preferences: Preferences
    start_digest: Digest
    """What changed in the DB since the counsellor last looked."""

    def __init__(self, services: DeskServices) -> None:
        super().__init__()
        self._services = services
        self.system_key: SystemKey | None = None
        self.start_digest = Digest()
        self.sessions: SessionsWindow | None = None
        self.recovered: RecoveredWindow | None = None
        self.recovered_rows: tuple[RecoveredRow, ...] = ()
        self.outbox: OutboxWindow | None = None
        self.sound_check: SoundCheckDialog | None = None
        self.settings: SettingsDialog | None = None
        self.keys: shortcuts.KeySheet | None = None
        self.digest: DigestWindow | None = None
        self.holdings: HoldingsWindow | None = None
        self.profile: QObject | None = None
        """The open profile's :class:`ui.profile_desk.ProfileDesk`; None where there is none to switch or lock."""

    # -- what the main window answers -----------------------------------------------------------------

    @property
    def between_calls(self) -> bool:
        """Whether no call and no wrap-up is open."""
        raise NotImplementedError

    def keep(self, wanted: Preferences) -> bool:
        """Store and apply preferences; returns whether that went well."""
        raise NotImplementedError

    def tell_fault(self, error: Exception) -> None:
        """Show a fault."""
        raise NotImplementedError

    def choice_made(self, choice: DeviceChoice) -> None:
        """Other devices were chosen."""
        raise NotImplementedError

    def refiled(self) -> None:
        """A saved call's record was filed again."""
        raise NotImplementedError

    def open_report(self, session_id: str) -> None:
        """Show the incident report of a saved call."""
        raise NotImplementedError

    # -- windows --------------------------------------------------------------------------------------

    @Slot()
    def open_settings(self) -> None:
        """Ctrl+comma."""
        if self.settings is not None:
            self.settings.deleteLater()
        self.settings = SettingsDialog(self.preferences, self, system_key=self.system_key)
        self.settings.saved.connect(lambda wanted: self.keep(wanted) and self.settings and self.settings.close())
        self.settings.holdings_asked.connect(self.open_holdings)
        self.settings.show()

    @Slot()
    def open_sound_check(self) -> None:
        """Only between calls."""
        if self.between_calls:
            if self.sound_check is not None:
                self.sound_check.reject()
                self.sound_check.deleteLater()
            self.sound_check = SoundCheckDialog(self._services, self)
            self.sound_check.chosen.connect(self.choice_made)
            self.sound_check.show()

    @Slot()
    def open_sessions(self) -> None:
        """Ctrl+H."""
        if self.sessions is None:
            self.sessions = SessionsWindow(self._services, self)
            self.sessions.failed.connect(self.tell_fault)
            self.sessions.holdings_asked.connect(self.open_holdings)
            self.sessions.filed.connect(lambda _id: self.refiled())
            self.sessions.report_asked.connect(self.open_report)
        self.sessions.look()
        parts.bring(self.sessions)

    @Slot(str)
    def open_session(self, session_id: str) -> None:
        """Open one saved call."""
        self.open_sessions()
        if self.sessions is not None:
            self.sessions.open_session(session_id)

    def show_recovered(self, rows: Sequence[RecoveredRow]) -> None:
        """Offer the list of calls that a crash cut short on the start panel."""
        self.recovered_rows = tuple(rows)
        self.recovered_known.emit(len(rows))

    @Slot()
    def open_recovered(self) -> None:
        """Show what was saved of them."""
        if self.recovered is None:
            self.recovered = RecoveredWindow(self)
            self.recovered.session_chosen.connect(self.open_session)
        self.recovered.show_rows(self.recovered_rows)
        parts.bring(self.recovered)

    @Slot()
    def open_holdings(self) -> None:
        """Show what this PC keeps and when it goes."""
        if self.holdings is None:
            self.holdings = HoldingsWindow(self._services.holdings(), self)
            self.holdings.failed.connect(self.tell_fault)
            self.holdings.changed.connect(self.refiled)
        self.holdings.look()
        parts.bring(self.holdings)

    @Slot()
    def open_outbox(self) -> None:
        """Ctrl+O."""
        if self.outbox is None:
            self.outbox = OutboxWindow(self._services, self)
            self.outbox.failed.connect(self.tell_fault)
        self.outbox.look()
        parts.bring(self.outbox)

    def look_at_digest(self) -> None:
        """Read what changed in the DB since the counsellor last looked; the line at the start tells of it."""
        Job(self, self._services.digest).on_success(self._digest_read).on_failure(lambda _error: None).start()

    def _digest_read(self, digest: Digest) -> None:
        self.start_digest = digest
        self.digest_known.emit(digest)

    @Slot()
    def open_digest(self) -> None:
        """Show what changed; from now on it counts as seen."""
        if self.digest is None:
            self.digest = DigestWindow(self)
        self.digest.show_digest(self.start_digest)
        parts.bring(self.digest)
        Job(self, self._services.digest_seen).on_failure(self.tell_fault).start()

    def open_keys(self) -> None:
        """F1."""
        if self.keys is None:
            self.keys = shortcuts.KeySheet(self)
        self.keys.setVisible(not self.keys.isVisible())
