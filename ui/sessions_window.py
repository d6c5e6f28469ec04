"""Saved calls: find one, reopen it in the same views, correct and file its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QStackedWidget, QTableView, QWidget

from assist.model import CallRecord
from audio.events import CallEvent
from ui import guide, parts, theme
from ui.call_view import CallView
from ui.call_view_state import CallViewState
from ui.jobs import Job
from ui.ports import DeskServices, SessionRow
from ui.qa.share_window import ShareWindow, words_of_call
from ui.searching import Searching
from ui.wording import clock, full_day

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()


class SessionModel(QAbstractTableModel):
    """One saved call a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[SessionRow] = ()

    def show(self, rows: Sequence[SessionRow]) -> None:
        """Replace the list."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.DisplayRole):
            return (self.tr("Began"), self.tr("Length"), self.tr("Category"), self.tr("Inquiry"), self.tr("State"))[
                section
            ]
        return None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or role not in (
            int(Qt.ItemDataRole.DisplayRole),
            int(Qt.ItemDataRole.AccessibleTextRole),
            int(Qt.ItemDataRole.ToolTipRole),
        ):
            return None
        row = self.rows[index.row()]
        state = [self.tr("filed") if row.filed else self.tr("not filed")]
        sent = {"waiting": self.tr("unsent"), "refused": self.tr("refused"), "accepted": self.tr("sent")}
        if row.delivery in sent:
            state.append(sent[row.delivery])
        if row.escalated:
            state.append(self.tr("handed over"))
        if row.interrupted:
            state.append(self.tr("cut short"))
        if row.source == "practice":
            state.append(self.tr("practice"))
        elif row.source == "exercise":
            state.append(self.tr("exercise"))
        return (
            full_day(row.started_at),
            clock(row.duration_s),
            row.category or "–",
            row.inquiry or row.title,
            " · ".join(state),
        )[index.column()]


@dataclass(frozen=True, slots=True)
class _Reopened:
    events: Sequence[CallEvent]
    records: tuple[CallRecord, ...]


class SessionsWindow(QWidget):
    """List and search; a reopened call takes the list's place until closed."""

    failed = Signal(object)
    """Exception for the notice line."""
    filed = Signal(str)
    """Id of a call whose record was corrected."""
    holdings_asked = Signal()
    """How long calls are kept is wanted."""
    report_asked = Signal(str)
    """Id of a call whose incident report is wanted."""
    replay_asked = Signal(str)
    """Id of a call to be replayed."""

    def __init__(self, services: DeskServices, parent: QWidget | None = None, *, replays: bool = False) -> None:
        """List the calls; ``replays``: whether one can be replayed from here."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._services = services
        self._replays = replays
        self._open_id = ""
        self.setWindowTitle(self.tr("Saved calls"))
        self.setAccessibleName(self.tr("Saved calls"))
        parts.open_at(self, 1200, 760)
        whole = parts.column(margin=16)
        self.setLayout(whole)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack)
        self.stack.addWidget(self._list_page())
        self.stack.addWidget(self._call_page())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(200)
        self._typing.timeout.connect(self.look)
        QShortcut(QKeySequence("Esc"), self, self.back)

    def _list_page(self) -> QWidget:
        page = QWidget()
        layout = parts.column(gap=12)
        page.setLayout(layout)
        head = parts.row(gap=12)
        head.addWidget(parts.label(self.tr("Saved calls"), "hero"))
        head.addStretch(1)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Search records and what was said"))
        self.box.setAccessibleName(self.tr("Search saved calls"))
        self.box.setMinimumWidth(theme.current().px(320))
        self.box.textChanged.connect(lambda _text: self._typing.start())
        head.addWidget(self.box)
        head.addWidget(guide.GuideLink("sessions"))
        parts.nest(layout, head)
        self.status = parts.label("", "muted")
        layout.addWidget(self.status)
        self.model = SessionModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Saved calls"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.current().px(40))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column in range(5):
            stretch = QHeaderView.ResizeMode.Stretch if column == 3 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, stretch)
        self.table.activated.connect(self._open_index)
        layout.addWidget(self.table, 1)
        foot = parts.row()
        self.holdings_button = parts.button(self.tr("How long calls are kept"), "lock", kind="quiet")
        self.holdings_button.clicked.connect(self.holdings_asked)
        foot.addWidget(self.holdings_button)
        foot.addStretch(1)
        self.share_button = parts.button(
            self.tr("Hand on …"), "lock", name=self.tr("Hand the selected call on, sealed")
        )
        self.share_button.clicked.connect(self._share_selected)
        foot.addWidget(self.share_button)
        self.replay_button = parts.button(self.tr("Replay"), "play", name=self.tr("Replay the selected call"))
        self.replay_button.clicked.connect(self._replay_selected)
        self.replay_button.setVisible(self._replays)
        foot.addWidget(self.replay_button)
        self.open_button = parts.button(self.tr("Open"), "open", kind="primary", name=self.tr("Open the selected call"))
        self.open_button.clicked.connect(lambda: self._open_index(self.table.currentIndex()))
        foot.addWidget(self.open_button)
        parts.nest(layout, foot)
        return page

    def _call_page(self) -> QWidget:
        page = QWidget()
        layout = parts.column(gap=8)
        page.setLayout(layout)
        head = parts.row()
        back = parts.button(self.tr("All calls"), "back", kind="quiet", tip="Esc")
        back.clicked.connect(self.back)
        head.addWidget(back)
        self.title = parts.Elided("", "title")
        head.addWidget(self.title, 1)
        replay = parts.button(self.tr("Replay"), "play", kind="quiet", name=self.tr("Replay this call"))
        replay.clicked.connect(lambda: self.replay_asked.emit(self._open_id))
        replay.setVisible(self._replays)
        head.addWidget(replay)
        report = parts.button(self.tr("Incident report"), "file", kind="quiet")
        report.clicked.connect(lambda: self.report_asked.emit(self._open_id))
        head.addWidget(report)
        head.addWidget(parts.label(self.tr("Saved call, not live"), "tag"))
        parts.nest(layout, head)
        self.view = CallView(self._services.situations(), read_only=True)
        self.view.record.filed.connect(self._file)
        self.view.record.drafted.connect(self._keep)
        self.view.record.help = self._services.record_help
        self.view.record.format_chosen.connect(self._services.keep_copy_format)
        self.view.record.closed.connect(self.back)
        self.view.numbers.reveal.toggled.connect(self._revealed)
        self.view.next_sentence.revealed.connect(lambda: self._revealed(True))
        Searching(self.view.answers, self._services, self.failed.emit)
        layout.addWidget(self.view, 1)
        return page

    def closeEvent(self, event: QCloseEvent) -> None:
        self.view.record.keep_draft_now()
        super().closeEvent(event)

    def own_actions(self) -> Mapping[str, Callable[[], object]]:
        """Return what the keys of the desk do here, by action of :mod:`ui.actions`."""
        record = self.view.record
        fields = {f"field_{place}": partial(record.focus_field, place) for place in range(1, 6)}
        return {"file": record.file, "mask": self._toggle_numbers, **fields, **record.runs()}

    @Slot()
    def look(self) -> None:
        """List the calls that match the search box."""
        query = self.box.text().strip()
        job = Job(self, lambda: self._services.sessions(query))
        job.on_success(lambda rows: self._listed(query, rows)).on_failure(self.failed.emit).start()

    def _listed(self, query: str, rows: Sequence[SessionRow]) -> None:
        if query != self.box.text().strip():
            return
        self.model.show(rows)
        if rows:
            self.table.selectRow(0)
            self.status.setText(self.tr("{count} calls, newest first").format(count=len(rows)))
        else:
            self.status.setText(self.tr("No call matches.") if query else self.tr("No calls yet."))
        self.open_button.setEnabled(bool(rows))
        self.replay_button.setEnabled(bool(rows))
        self.share_button.setEnabled(bool(rows))

    @Slot()
    def _replay_selected(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.replay_asked.emit(self.model.rows[index.row()].id)

    @Slot()
    def _share_selected(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            row = self.model.rows[index.row()]
            window = ShareWindow(self._services.sharing(), row.id, words_of_call(full_day(row.started_at)), self)
            parts.bring(window)

    @Slot(QModelIndex)
    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_session(self.model.rows[index.row()].id)

    def open_session(self, session_id: str) -> None:
        """Reopen one call."""
        self.view.record.keep_draft_now()
        services = self._services

        def fetch() -> _Reopened:
            return _Reopened(services.session_events(session_id), services.session_records(session_id))

        job = Job(self, fetch)
        job.on_success(lambda found: self._reopen(session_id, found)).on_failure(self.failed.emit).start()

    def _reopen(self, session_id: str, found: _Reopened) -> None:
        state = CallViewState()
        state.replay(found.events)
        self._open_id = session_id
        began = full_day(state.wall_time.isoformat()) if state.wall_time else ""
        self.title.setText("  ".join(part for part in (began, state.title) if part))
        self.stack.setCurrentIndex(1)
        self.view.answers.origin = ""
        records = found.records or state.records
        self.view.reopen(state, records)
        if state.filed_version and records != state.records:
            self.view.record.set_state(unsaved=True)  # edits that were not filed

    @Slot(object)
    def _keep(self, records: tuple[CallRecord, ...]) -> None:
        if self._open_id:
            self._services.save_session_draft(self._open_id, records)

    @Slot(object)
    def _file(self, records: tuple[CallRecord, ...]) -> None:
        session_id = self._open_id
        job = Job(self, lambda: self._services.file_session_records(session_id, records))
        job.on_success(lambda _none: self._filed(session_id)).on_failure(self.failed.emit).start()

    def _filed(self, session_id: str) -> None:
        if session_id == self._open_id:
            self.view.record.set_state(unsaved=False)
        self.filed.emit(session_id)

    @Slot()
    def _toggle_numbers(self) -> None:
        if self._open_id:
            self.view.numbers.toggle()

    @Slot(bool)
    def _revealed(self, shown: bool) -> None:
        if shown and self._open_id:
            self._services.numbers_revealed(self._open_id)

    @Slot()
    def back(self) -> None:
        """Close what is open: the entry or search in the call, the call, then the window."""
        if self.stack.currentIndex() == 1:
            if not self.view.answers.back():
                self.view.record.keep_draft_now()
                self.stack.setCurrentIndex(0)
                self._open_id = ""
                self.look()
        else:
            self.close()
