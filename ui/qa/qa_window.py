"""The trainer's main window: drawn calls, samples, calibration, reports, coaching, case book (:func:`build_qa`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QTabWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import parts
from ui.dress import dress
from ui.jobs import Job
from ui.key_table import KeyTable
from ui.notices import NoticeLine
from ui.office_window import OfficeWindow
from ui.ports import ScreenGuard
from ui.preference_ports import Preferences, PreferenceStore
from ui.qa import qa_keys
from ui.qa.calibration_page import CalibrationPage
from ui.qa.calls_page import CallsPage
from ui.qa.case_page import CasePage
from ui.qa.case_ports import CaseServices
from ui.qa.open_calls import OpenCalls, ReplayOf
from ui.qa.people_page import PeoplePage
from ui.qa.ports import CallToRate, QaServices, QaState
from ui.qa.report_page import ReportPage
from ui.qa.sampling_page import SamplingPage
from ui.settings_ports import SettingsDesk

LOOK_MS = 300_000
"""How often the exchange is looked into by itself."""
_HERE = "calibration"
"""Key of the sentences that count on the page of calibration only."""
_RATER_CHARS = 24
"""Room for the rater's name beside the pages, in average characters; all of it is in the tool tip."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page more of the trainer's window."""

    title: str
    widget: QWidget
    look: Callable[[], object]
    """Reads it again; called when the page is turned to."""


class QaWindow(OfficeWindow):
    """Pages and a notice line; every page is reached and used by keys alone."""

    def __init__(
        self,
        services: QaServices,
        today: date,
        replay_of: ReplayOf | None = None,
        preferences: PreferenceStore | None = None,
        settings: SettingsDesk | None = None,
        more: Sequence[Page] = (),
        cases: CaseServices | None = None,
    ) -> None:
        super().__init__(preferences, settings)
        self._services = services
        self.key_table: KeyTable | None = None
        self.open_calls = OpenCalls(services, replay_of, self)
        self.open_calls.failed.connect(self.tell_fault)
        self.open_calls.closed.connect(self._call_closed)
        self.setWindowTitle(self.tr("Quality assurance"))
        self.setAccessibleName(self.tr("Quality assurance"))
        self.setMinimumSize(1024, 680)
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self.notices = NoticeLine()
        self.calls = CallsPage(services)
        self.sampling = SamplingPage(services, today)
        self.calibration = CalibrationPage(services)
        self.report = ReportPage(services, today)
        self.people = PeoplePage(services, today)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(self.tr("Pages of quality assurance"))
        self._look_of: list[Callable[[], object]] = []
        for widget, title, look in (
            (self.calls, self.tr("Calls"), self.calls.list_calls),
            (self.sampling, self.tr("Samples"), self.sampling.look),
            (self.calibration, self.tr("Calibration"), self.calibration.look),
            (self.report, self.tr("Reports"), self.report.look),
            (self.people, self.tr("Coaching"), self.people.look),
        ):
            self.pages.addTab(widget, title)
            self._look_of.append(look)
            widget.failed.connect(self.tell_fault)
            widget.told.connect(self._tell_here if widget is self.calibration else self.tell)
        if cases is not None:
            book = CasePage(cases)
            book.failed.connect(self.tell_fault)
            book.told.connect(self.tell)
            self.pages.addTab(book, self.tr("Case book"))
            self._look_of.append(book.look)
        for page in more:
            failed = getattr(page.widget, "failed", None)
            if isinstance(failed, SignalInstance):
                failed.connect(self.tell_fault)
            self.pages.addTab(page.widget, page.title)
            self._look_of.append(page.look)
        self._build_head()
        whole = QWidget()
        whole.setObjectName("window")
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.trouble)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.notices)
        self.setCentralWidget(whole)
        self.calls.open_asked.connect(self.open_call)
        self.calls.file_asked.connect(self.open_file)
        self.calls.looked.connect(self._look_at_state)
        self.calls.looked.connect(self.open_calls.look)
        self.calibration.open_asked.connect(self.open_call)
        self.sampling.drawn.connect(self.calls.list_calls)
        self.pages.currentChanged.connect(self._turned)
        self._bind()
        self._show_keys()
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.calls.look)
        self._clock.start()
        self.look()
        self.calls.table.setFocus()

    def _build_head(self) -> None:
        self.state_words = parts.label("", "muted")
        self.pages.tabBar().setDrawBase(False)
        corner = QWidget()
        head = parts.row(gap=8)
        head.setContentsMargins(12, 4, 12, 0)
        corner.setLayout(head)
        head.addWidget(self.state_words)
        if self._settings is not None:
            change = parts.tool("settings", self.tr("Settings (Ctrl+,)"))
            change.clicked.connect(self.open_settings)
            head.addWidget(change)
        self.pages.setCornerWidget(corner)
        self.trouble = parts.frame("line")
        self.trouble.setProperty("severity", "warning")
        inside = parts.row(gap=8)
        inside.setContentsMargins(12, 4, 12, 4)
        self.trouble.setLayout(inside)
        self.trouble_words = parts.label("", wrap=True)
        self.identity = parts.button(self.tr("Take in the trainers' key …"), "open")
        self.identity.clicked.connect(self._take_identity)
        inside.addWidget(self.trouble_words, 1)
        inside.addWidget(self.identity)
        self.trouble.hide()

    def _bind(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F1": self.open_keys,
            "F5": self.look,
            "Ctrl+F": self._search,
            "Ctrl+O": self.open_file,
            "Ctrl++": lambda: self.resize_text(1),
            "Ctrl+=": lambda: self.resize_text(1),
            "Ctrl+-": lambda: self.resize_text(-1),
            "Ctrl+,": self.open_settings,
            "Ctrl+Q": self.close,
        }
        for place in range(min(9, self.pages.count())):
            keys[f"Ctrl+{place + 1}"] = partial(self.pages.setCurrentIndex, place)
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self, action)

    # -- looking --------------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Look into the exchange and read the state."""
        self.calls.look()
        self._look_at_state()

    @Slot()
    def _look_at_state(self) -> None:
        Job(self, self._services.state).on_success(self._show_state).on_failure(self.tell_fault).start()

    def _show_state(self, state: QaState) -> None:
        self.identity.setVisible(not state.has_identity)
        if not state.has_identity:
            words = self.tr("Calls cannot be opened yet: this PC has no trainers' key (trainer.key).")
        elif not state.exchange:
            words = self.tr("No QA exchange is set.")
        else:
            words = state.fault
        self.trouble_words.setText(words)
        self.trouble.setVisible(bool(words))
        known = self.tr("{headers} calls known").format(headers=state.headers)
        rater = self.tr("Rater: {rater}").format(rater=state.rater) if state.rater else ""
        room = self.state_words.fontMetrics().averageCharWidth() * _RATER_CHARS
        short = self.state_words.fontMetrics().elidedText(rater, Qt.TextElideMode.ElideRight, room)
        self.state_words.setText(" · ".join(filter(None, (known, short))))
        self.state_words.setToolTip("\n".join(filter(None, (rater, state.exchange))))

    def _show_keys(self) -> None:
        """Show the keys that this page has."""
        if self.pages.currentWidget() is self.calls:
            hint = self.tr("Enter Replay and rate   Ctrl+F Search   F5 New calls   Ctrl+1…{pages} Pages")
        else:
            hint = self.tr("F5 New calls   Ctrl+F Search the calls   Ctrl+1…{pages} Pages")
        hint = hint.format(pages=min(9, self.pages.count())) + self.tr("   F1 All keys")
        self.notices.put_hint(hint if self._settings is None else hint + self.tr("   Ctrl+, Settings"))

    @Slot(int)
    def _turned(self, page: int) -> None:
        self._show_keys()
        if self.pages.currentWidget() is not self.calibration:
            self.notices.over(_HERE)  # what a session wants means nothing elsewhere
        if 0 <= page < len(self._look_of):
            self._look_of[page]()

    def _search(self) -> None:
        self.pages.setCurrentWidget(self.calls)
        self.calls.words.setFocus()
        self.calls.words.selectAll()

    @Slot()
    def _take_identity(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("The trainers' key"), "", self.tr("Trainers' key (trainer.key *.key)")
        )
        if name:
            job = Job(self, lambda: self._services.take_identity(Path(name)))
            job.on_success(lambda _none: self.look()).on_failure(self.tell_fault).start()

    @Slot()
    def open_keys(self) -> None:
        """F1."""
        if self.key_table is None or not isValid(self.key_table):
            self.key_table = qa_keys.key_table(self, min(9, self.pages.count()), self._settings is not None)
        parts.bring(self.key_table)

    @Slot(object)
    @Slot(object, str)
    def open_call(self, row: CallToRate, calibration: str = "") -> None:
        """Open a call for replay, with the scorecard beside it; one that is open comes to the front."""
        self.open_calls.open(row, calibration)

    @Slot()
    def open_file(self) -> None:
        """Ctrl+O: open a call package that a colleague sent."""
        kind = self.tr("Call packages (*.doumi)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a call package"), "", kind)
        if name:
            self.open_calls.open_file(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what is dropped; what is no package is refused with its sentence."""
        for file in dropped_files(event.mimeData()):
            self.open_calls.open_file(file)
        event.acceptProposedAction()

    @Slot()
    def _call_closed(self) -> None:
        self.calls.list_calls()
        if self.pages.currentWidget() is self.calibration:
            self.calibration.look()
        self._look_at_state()

    @Slot(str)
    def tell(self, words: str) -> None:
        """Show a sentence on the notice line."""
        self.notices.say(words, "info")

    @Slot(str)
    def _tell_here(self, words: str) -> None:
        """Show a sentence that is taken back when the page of calibration is left."""
        self.notices.say(words, "info", key=_HERE)

    def restyled(self) -> None:
        self.open_calls.restyle()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.open_calls.close_all()
        self._clock.stop()
        super().closeEvent(event)


def dropped_files(dropped: QMimeData) -> list[Path]:
    """Return the files on this PC among what is dropped."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def build_qa(
    services: QaServices,
    *,
    today: date,
    replay_of: ReplayOf | None = None,
    more: Callable[[], Sequence[Page]] = lambda: (),
    cases: CaseServices | None = None,
    language: str = "",
    preferences: PreferenceStore | None = None,
    guard: ScreenGuard | None = None,
    settings: SettingsDesk | None = None,
) -> QaWindow:
    """Dress the running application and return the trainer's window, not yet shown.

    Args:
        services: Calls, ratings, samples, calibration, reports.
        today: The day of now.
        replay_of: Makes the window in which a call is heard and rated; without it none is opened.
        more: Makes pages more, once the application is dressed.
        cases: The case book; without it there is no page of it.
        language: ``ko`` or ``en``; empty for ``DOUMI_LANG``, then the stored one, then Korean.
        preferences: Where preferences are kept; without it they last until the end.
        guard: Keeps windows out of screen captures; without it nothing does.
        settings: Every setting as a field; without it there is no settings window.
    """
    dress(preferences.load() if preferences else Preferences(), language, guard)
    return QaWindow(services, today, replay_of, preferences, settings, more(), cases)
