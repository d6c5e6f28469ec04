"""The outbox: sealed packs and filed records, where they stand, and another try."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from assist.model import Delivery
from ui import guide, parts, theme
from ui.jobs import Job
from ui.ports import DeskServices, OutboxRow
from ui.wording import full_day

REFRESH_MS = 5_000
"""How often a visible list is read again: tries and uploads go on by themselves."""
_STATE = 2
_LAST = 6
"""The column of the last fault, which takes the rest of the width."""


class OutboxWindow(QWidget):
    """Packs newest first."""

    failed = Signal(object)
    """Exception for the notice line."""

    def __init__(self, services: DeskServices, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._services = services
        self.setWindowTitle(self.tr("Outbox"))
        self.setAccessibleName(self.tr("Outbox"))
        parts.open_at(self, 960, 560)
        whole = parts.column(margin=16, gap=12)
        self.setLayout(whole)
        parts.nest(whole, guide.headed(self.tr("Outbox"), "outbox"))
        self.status = parts.label("", "muted", wrap=True)
        whole.addWidget(self.status)
        self.table = QTableWidget(0, _LAST + 1)
        self.table.setAccessibleName(self.tr("Outbox"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("What"),
                self.tr("Since"),
                self.tr("State"),
                self.tr("Tries"),
                self.tr("Next try"),
                self.tr("Destination"),
                self.tr("Last fault"),
            ]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.current().px(44))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column in range(_LAST + 1):
            stretch = QHeaderView.ResizeMode.Stretch if column == _LAST else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, stretch)
        whole.addWidget(self.table, 1)
        self.table.setFocus()
        foot = parts.row()
        self.inbox = parts.button(self.tr("Open the practice team's inbox"), "folder")
        self.inbox.clicked.connect(self._open_inbox)
        foot.addWidget(self.inbox)
        foot.addStretch(1)
        self.retry = parts.button(self.tr("Try again now"), "retry", kind="primary")
        self.retry.clicked.connect(self._retry)
        foot.addWidget(self.retry)
        parts.nest(whole, foot)
        QShortcut(QKeySequence("Esc"), self, self.close)
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.look)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._refresh.stop()

    @Slot()
    def look(self) -> None:
        """Read the outbox again."""
        Job(self, self._services.outbox).on_success(self.show_rows).on_failure(self.failed.emit).start()

    def show_rows(self, rows: Sequence[OutboxRow]) -> None:
        """List the packs."""
        names = {
            Delivery.WAITING: (self.tr("Unsent"), "doubt"),
            Delivery.NO_KEY: (self.tr("Unsent (no team key)"), "doubt"),
            Delivery.ACCEPTED: (self.tr("Sent"), "good"),
        }
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            name, token = (self.tr("Refused"), "doubt") if row.refused else names[row.delivery]
            texts = (
                self._what(row),
                full_day(row.created_at),
                f"{name} · {self._progress(row)}" if self._progress(row) else name,
                str(row.attempts),
                self._next_try(row),
                row.destination or "–",
                row.last_error or "–",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == _STATE:
                    item.setForeground(theme.current().color(token))
                self.table.setItem(place, column, item)
        waiting = [row for row in rows if row.delivery is not Delivery.ACCEPTED]
        if not rows:
            self.status.setText(self.tr("Nothing was handed over yet."))
        elif not waiting:
            self.status.setText(self.tr("Everything was sent."))
        else:
            self.status.setText(
                self.tr("Unsent {count}. They stay here encrypted and are tried again.").format(count=len(waiting))
            )
        if any(row.delivery is Delivery.NO_KEY for row in rows):
            hint = self.tr(
                "There is no team key: ask the team to run “doumi team init” and set its key in the settings."
            )
            self.status.setText(f"{self.status.text()} {hint}")
        self.retry.setEnabled(bool(waiting))

    def _what(self, row: OutboxRow) -> str:
        """Return what a row is."""
        if row.kind == "record":
            return self.tr("Record (version {version})").format(version=row.version)
        return self.tr("Practice evidence") if row.kind == "practice" else self.tr("Evidence")

    def _progress(self, row: OutboxRow) -> str:
        """Return how far an unfinished upload is, or empty."""
        if row.delivery is Delivery.ACCEPTED or not row.sent_bytes or row.sent_bytes >= row.size_bytes:
            return ""
        return self.tr("{sent} of {size} MB there").format(
            sent=f"{row.sent_bytes / 1e6:.1f}", size=f"{row.size_bytes / 1e6:.1f}"
        )

    def _next_try(self, row: OutboxRow) -> str:
        seconds = row.next_try_s
        if seconds is None:
            return "–"
        if seconds < 1:
            return self.tr("now")
        if seconds < 90:
            return self.tr("in {count} s").format(count=round(seconds))
        return self.tr("in {count} min").format(count=round(seconds / 60))

    @Slot()
    def _retry(self) -> None:
        self.retry.setEnabled(False)
        job = Job(self, self._services.retry_outbox)
        job.on_success(lambda _none: self.look()).on_failure(self._retry_failed).start()

    def _retry_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self.look()

    @Slot()
    def _open_inbox(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._services.practice_inbox())))
