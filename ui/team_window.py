"""The dedicated team's main window: inbox, register of managed callers, figures. Entry: :func:`build_team`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QTabWidget, QVBoxLayout, QWidget

from ui import parts
from ui.dress import dress
from ui.jobs import Job
from ui.notices import NoticeLine
from ui.office_window import OfficeWindow
from ui.ports import ScreenGuard
from ui.preference_ports import Preferences, PreferenceStore
from ui.settings_ports import SettingsDesk
from ui.team_figures import FiguresPage
from ui.team_inbox import InboxPage, RecordOf
from ui.team_ports import TeamServices, TeamState
from ui.team_register import RegisterPage

LOOK_MS = 60_000
"""How often the inbox folder is looked into by itself."""


class TeamWindow(OfficeWindow):
    """Three pages and a notice line; every page is reached and used by keys alone."""

    def __init__(
        self,
        services: TeamServices,
        titles: Mapping[str, str],
        today: date,
        preferences: PreferenceStore | None = None,
        record_of: RecordOf | None = None,
        settings: SettingsDesk | None = None,
    ) -> None:
        super().__init__(preferences, settings)
        self._services = services
        self.setWindowTitle(self.tr("Dedicated team"))
        self.setAccessibleName(self.tr("Dedicated team"))
        self.setMinimumSize(1024, 680)
        self.resize(1280, 800)
        self.notices = NoticeLine(
            hint=self.tr("F4 Play   Alt+← → Places in the call   Alt+↑ ↓ Incidents   Ctrl+F Search   F5 New packs")
        )
        self.inbox = InboxPage(services, titles, today, record_of)
        self.register = RegisterPage(services, today)
        self.figures = FiguresPage(services, today)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(self.tr("Pages of the team"))
        self.pages.addTab(self.inbox, self.tr("Inbox"))
        self.pages.addTab(self.register, self.tr("Managed callers"))
        self.pages.addTab(self.figures, self.tr("Figures"))
        self.state_words = parts.label("", "muted")
        self.identity = parts.button(self.tr("Take in the team's key …"), "open")
        self.identity.clicked.connect(self._take_identity)
        self.identity.hide()
        self.pages.tabBar().setDrawBase(False)
        corner = QWidget()
        head = parts.row(gap=8)
        head.setContentsMargins(12, 4, 12, 0)
        corner.setLayout(head)
        head.addWidget(self.state_words)
        head.addWidget(self.identity)
        if settings is not None:
            change = parts.tool("settings", self.tr("Settings (Ctrl+,)"))
            change.clicked.connect(self.open_settings)
            head.addWidget(change)
        self.pages.setCornerWidget(corner)
        whole = QWidget()
        whole.setObjectName("window")
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.notices)
        self.setCentralWidget(whole)
        for page in (self.inbox, self.register, self.figures):
            page.failed.connect(self.tell_fault)
            page.told.connect(lambda words: self.notices.say(words, "info"))
        self.inbox.manage_asked.connect(self._manage)
        self.register.changed.connect(self._register_changed)
        self.pages.currentChanged.connect(self._turned)
        self._bind()
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.inbox.look)
        self._clock.start()
        self.look()
        self.inbox.table.setFocus()

    def _bind(self) -> None:
        inbox, pane = self.inbox, self.inbox.incident
        keys = {
            "F5": self.look,
            "Ctrl+F": lambda: self._to(0, inbox.words),
            "Ctrl+Shift+F": lambda: self._to(0, inbox.number),
            "F4": pane.play_incident,
            "Shift+F4": self._services.stop,
            "Alt+Right": lambda: pane.go(1),
            "Alt+Left": lambda: pane.go(-1),
            "Alt+Down": lambda: inbox.go(1),
            "Alt+Up": lambda: inbox.go(-1),
            "Ctrl+1": lambda: self.pages.setCurrentIndex(0),
            "Ctrl+2": lambda: self.pages.setCurrentIndex(1),
            "Ctrl+3": lambda: self.pages.setCurrentIndex(2),
            "Ctrl++": lambda: self.resize_text(1),
            "Ctrl+=": lambda: self.resize_text(1),
            "Ctrl+-": lambda: self.resize_text(-1),
            "Ctrl+,": self.open_settings,
            "Ctrl+Q": self.close,
        }
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self, action)

    def _to(self, page: int, widget: QWidget) -> None:
        self.pages.setCurrentIndex(page)
        widget.setFocus()

    @Slot()
    def look(self) -> None:
        """Look for new packs and read the state."""
        self.inbox.look()
        self._look_at_state()

    def _look_at_state(self) -> None:
        Job(self, self._services.state).on_success(self._show_state).on_failure(self.tell_fault).start()

    def _show_state(self, state: TeamState) -> None:
        self.register.show_state(state)
        self.identity.setVisible(not state.has_identity)
        if not state.has_identity:
            words = self.tr("Packs cannot be opened yet: this PC has no team key (team.key).")
        elif not state.folder:
            words = self.tr("No inbox folder is set.")
        else:
            words = self.tr("Inbox: {folder}").format(folder=state.folder)
        parts.set_role(self.state_words, "muted" if state.has_identity and state.folder else "doubt")
        self.state_words.setText(words)

    @Slot(int)
    def _turned(self, page: int) -> None:
        if page == 1:
            self.register.look()
            self._look_at_state()
        elif page == 2:
            self.figures.look()

    @Slot()
    def _register_changed(self) -> None:
        self._look_at_state()
        self.inbox.search()

    @Slot(str)
    def _manage(self, incident_id: str) -> None:
        self.pages.setCurrentIndex(1)
        self.register.add_caller_of(incident_id)

    @Slot()
    def _take_identity(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("The team's key"), "", self.tr("Team key (team.key *.key)"))
        if name:
            job = Job(self, lambda: self._services.take_identity(Path(name)))
            job.on_success(lambda _none: self.look()).on_failure(self.tell_fault).start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        self._services.stop()
        super().closeEvent(event)


def build_team(
    services: TeamServices,
    titles: Mapping[str, str],
    *,
    today: date,
    language: str = "",
    preferences: PreferenceStore | None = None,
    record_of: RecordOf | None = None,
    guard: ScreenGuard | None = None,
    settings: SettingsDesk | None = None,
) -> TeamWindow:
    """Dress the running application and return the team's window, not yet shown.

    Args:
        services: Inbox, steps, register and figures.
        titles: Title of each situation by id.
        today: The day of now.
        language: ``ko`` or ``en``; empty for ``DOUMI_LANG``, then the stored one, then Korean.
        preferences: Where preferences are kept; without it they last until the end.
        record_of: Returns the printable record of an incident; without it none is offered.
        guard: Keeps windows out of screen captures; without it nothing does.
        settings: Every setting as a field; without it there is no settings window.
    """
    dress(preferences.load() if preferences else Preferences(), language, guard)
    return TeamWindow(services, titles, today, preferences, record_of, settings)
