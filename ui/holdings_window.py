"""What this PC holds: how old it is, when it goes, what stays and why. One call can be destroyed from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from assist.model import REHEARSED
from ui import guide, parts, theme
from ui.holdings_ports import HeldKind, HeldRow, Holdings, HoldingsDesk
from ui.jobs import Job
from ui.wording import full_day

_FATE: Final = 3
"""The column that takes the rest of the width."""
_MB: Final = 1_000_000


class HoldingsWindow(QWidget):
    """The periods above, the calls below, newest first. Nothing here opens over anything else."""

    failed = Signal(object)
    """Exception for the notice line."""
    changed = Signal()
    """Something was destroyed."""

    def __init__(self, desk: HoldingsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._desk = desk
        self._rows: Sequence[HeldRow] = ()
        self._then: Callable[[], None] | None = None
        self.setWindowTitle(self.tr("Recording and how long it is kept"))
        self.setAccessibleName(self.windowTitle())
        parts.open_at(self, 1080, 760)
        whole = parts.column(margin=16, gap=12)
        self.setLayout(whole)
        parts.nest(whole, guide.headed(self.tr("What this PC keeps"), "holdings"))
        self.policy = parts.label("", "muted", wrap=True)
        whole.addWidget(self.policy)
        self.doubt = parts.label("", "doubt", wrap=True)
        self.doubt.hide()
        whole.addWidget(self.doubt)
        self.kinds = self._table(
            self.tr("Periods"),
            [
                self.tr("What"),
                self.tr("Pieces"),
                self.tr("Space"),
                self.tr("Kept"),
                self.tr("Oldest"),
                self.tr("Next goes"),
            ],
        )
        self.kinds.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        whole.addWidget(self.kinds, 2)
        self.status = parts.label("", "muted", wrap=True)
        whole.addWidget(self.status)
        self.table = self._table(
            self.tr("Calls that are kept"),
            [self.tr("Began"), self.tr("What is kept"), self.tr("Space"), self.tr("Goes")],
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemSelectionChanged.connect(self._chosen)
        whole.addWidget(self.table, 3)
        self.kinds.setFocus()
        whole.addWidget(self._confirmation())
        foot = parts.row()
        self.export_button = parts.button(self.tr("Export this list"), "save")
        self.export_button.clicked.connect(self._export)
        foot.addWidget(self.export_button)
        foot.addStretch(1)
        self.shift_button = parts.button(self.tr("End the shift …"), "lock")
        self.shift_button.clicked.connect(self._ask_shift)
        self.shift_button.hide()
        foot.addWidget(self.shift_button)
        self.delete_button = parts.button(self.tr("Destroy this call …"), "close")
        self.delete_button.clicked.connect(self._ask_delete)
        foot.addWidget(self.delete_button)
        parts.nest(whole, foot)
        QShortcut(QKeySequence("Esc"), self, self.back)
        self._chosen()

    def _table(self, name: str, columns: list[str]) -> QTableWidget:
        table = QTableWidget(0, len(columns))
        table.setAccessibleName(name)
        table.setHorizontalHeaderLabels(columns)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.current().px(36))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column in range(len(columns)):
            last = column == min(_FATE, len(columns) - 1)
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if last else QHeaderView.ResizeMode.ResizeToContents
            )
        return table

    def _confirmation(self) -> QWidget:
        self.confirm = parts.frame("card")
        line = parts.row(margin=12, gap=12)
        self.confirm.setLayout(line)
        self.question = parts.label("", "heading", wrap=True)
        line.addWidget(self.question, 1)
        self.keep_button = parts.button(self.tr("Keep"))
        self.keep_button.clicked.connect(self._keep)
        self.go_button = parts.button(self.tr("Destroy for good"), "close", kind="primary")
        self.go_button.clicked.connect(self._go)
        line.addWidget(self.keep_button)
        line.addWidget(self.go_button)
        self.confirm.hide()
        return self.confirm

    # -- showing --------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Read again what is kept."""
        Job(self, self._desk.look).on_success(self.show_holdings).on_failure(self.failed.emit).start()

    def show_holdings(self, held: Holdings) -> None:
        """Show what is kept."""
        chosen = self._row()
        self._rows = held.rows
        self.policy.setText(self._policy(held))
        doubt = self.tr(
            "The clock of this PC has jumped. Nothing goes by its age before a second day; check date and time."
        )
        self.doubt.setText(doubt if held.clock_doubted else "")
        self.doubt.setVisible(held.clock_doubted)
        self._fill(self.kinds, [self._kind_texts(kind) for kind in held.kinds])
        self._fill(self.table, [self._row_texts(row) for row in held.rows])
        for place, row in enumerate(held.rows):
            if row.exempt and (item := self.table.item(place, _FATE)) is not None:
                item.setForeground(theme.current().color("doubt"))
            if chosen is not None and row.session_id == chosen.session_id:
                self.table.selectRow(place)
        self.status.setText(self._summary(held))
        self.shift_button.setVisible(held.ends_with_shift)
        self.export_button.setEnabled(bool(held.rows))
        self._chosen()

    def _fill(self, table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
        table.setRowCount(len(rows))
        for place, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(place, column, item)

    def _policy(self, held: Holdings) -> str:
        who = (
            self.tr("Your centre decided these periods; they cannot be changed here.")
            if held.by_site
            else self.tr(
                "These are the program's own periods. Your centre can decide others; they cannot be changed here."
            )
        )
        parts_ = [who]
        if held.basis:
            parts_.append(self.tr("On the basis of: {basis}").format(basis=held.basis))
        if held.shift:
            parts_.append(self.tr("Home worker: nothing outlives the shift but evidence and what was handed over."))
        return " ".join(parts_)

    def _summary(self, held: Holdings) -> str:
        stays = sum(row.exempt == "held" for row in held.rows)
        text = (
            self.tr("{count} calls are kept.").format(count=len(held.rows))
            if held.rows
            else self.tr("No call is kept.")
        )
        if stays:
            text += " " + self.tr("{count} of them are evidence on hold and do not go.").format(count=stays)
        if held.unsent:
            text += " " + self.tr("{count} sealed packs are not delivered yet and stay.").format(count=held.unsent)
        return text

    def _kind_texts(self, kind: HeldKind) -> tuple[str, ...]:
        period = (
            self.tr("goes when the shift ends") if kind.with_shift else self.tr("{days} days").format(days=kind.days)
        )
        return (
            self.kind_name(kind.kind),
            str(kind.count),
            self._size(kind.size),
            period,
            full_day(kind.oldest) if kind.oldest else "–",
            full_day(kind.goes_at) if kind.goes_at else "–",
        )

    def _row_texts(self, row: HeldRow) -> tuple[str, ...]:
        began = full_day(row.started_at)
        if row.source in REHEARSED:
            practice = self.tr("practice")
            began = f"{began} · {practice}"
        kept = ", ".join(self.kind_name(kind) for kind in row.kinds)
        return began, kept, self._size(row.size), self._fate(row)

    def _fate(self, row: HeldRow) -> str:
        if row.exempt == "held":
            why = self.tr("handed over") if row.reason == "escalated" else row.reason
            return self.tr("On hold: {why}").format(why=why) if why else self.tr("On hold")
        if row.exempt == "unmade":
            return self.tr("Stays until its evidence is sealed")
        if row.exempt == "drawn":
            return self.tr("Drawn for quality assurance: stays until it is fetched")
        if row.exempt:
            return self.tr("Open now")
        if row.with_shift:
            return self.tr("When the shift ends")
        if not row.next_at:
            return self.tr("Not known yet")
        first, last = full_day(row.next_at), full_day(row.goes_at) if row.goes_at else ""
        if not last or first == last:
            return first
        return self.tr("First part {first}, all of it {last}").format(first=first, last=last)

    def kind_name(self, kind: str) -> str:
        """Return a kind as a person reads it."""
        names = {
            "sound": self.tr("Sound"),
            "transcript": self.tr("Conversation"),
            "records": self.tr("Records"),
            "drafts": self.tr("Unfiled records"),
            "notes": self.tr("Notes for the DB team"),
            "learning": self.tr("What was learned"),
            "incidents": self.tr("Delivered evidence"),
            "backups": self.tr("Database copies"),
            "logs": self.tr("Logs"),
        }
        return names.get(kind, kind)

    @staticmethod
    def _size(size: int) -> str:
        return f"{size / _MB:.1f} MB" if size >= _MB else f"{-(-size // 1000)} kB"

    # -- wishes ---------------------------------------------------------------------------------------

    def _row(self) -> HeldRow | None:
        place = self.table.currentRow()
        chosen = self.table.selectionModel() is not None and self.table.selectionModel().hasSelection()
        return self._rows[place] if chosen and 0 <= place < len(self._rows) else None

    @Slot()
    def _chosen(self) -> None:
        row = self._row()
        self.delete_button.setEnabled(row is not None and not row.exempt)
        if self.confirm.isVisible():
            self._keep()

    @Slot()
    def _ask_delete(self) -> None:
        row = self._row()
        if row is None:
            return
        session_id = row.session_id
        question = self.tr("Destroy the call of {began}? Its sound, words and record cannot be had back by anybody.")
        self._ask(question.format(began=full_day(row.started_at)), lambda: self._delete(session_id))

    @Slot()
    def _ask_shift(self) -> None:
        question = self.tr("End the shift? What goes with it is destroyed now and cannot be had back by anybody.")
        self._ask(question, self._end_shift)

    def _ask(self, question: str, then: Callable[[], None]) -> None:
        self.question.setText(question)
        self._then = then
        self.confirm.show()
        self.keep_button.setFocus()

    @Slot()
    def _keep(self) -> None:
        self._then = None
        self.confirm.hide()

    @Slot()
    def _go(self) -> None:
        then = self._then
        self._keep()
        if then is not None:
            then()

    def _delete(self, session_id: str) -> None:
        self.delete_button.setEnabled(False)
        job = Job(self, lambda: self._desk.delete(session_id))
        job.on_success(lambda _none: self._destroyed()).on_failure(self._refused).start()

    def _end_shift(self) -> None:
        self.shift_button.setEnabled(False)
        Job(self, self._desk.end_shift).on_success(lambda _count: self._destroyed()).on_failure(self._refused).start()

    def _destroyed(self) -> None:
        self.shift_button.setEnabled(True)
        self.changed.emit()
        self.look()

    def _refused(self, error: Exception) -> None:
        self.shift_button.setEnabled(True)
        self.failed.emit(error)
        self.look()

    @Slot()
    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export this list"), "doumi.csv", self.tr("Tables (*.csv *.xlsx)")
        )
        if name:
            file = Path(name)
            Job(self, lambda: self._desk.export(file)).on_failure(self.failed.emit).start()

    @Slot()
    def back(self) -> None:
        """Esc: the question first, then the window."""
        if self.confirm.isVisible():
            self._keep()
        else:
            self.close()
