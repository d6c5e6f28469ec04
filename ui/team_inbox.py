"""The inbox of the dedicated team: incidents, search by words or number, and the chosen one beside the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSplitter, QWidget

from resources.notices import Fault
from ui import parts, team_parts, team_words, theme
from ui.evidence_print import print_record
from ui.evidence_record import EvidenceRecord
from ui.jobs import Job
from ui.team_incident import IncidentPane
from ui.team_ports import InboxLook, InboxRow, IncidentDetail, PackState, TeamServices, TeamStep
from ui.wording import full_day

_SIDE_BY_SIDE = 960
"""Width, in pixels at 100 %, from which list and incident stand side by side."""
RecordOf = Callable[[str], EvidenceRecord]
"""Returns the printable record of an incident; called on a worker thread. Raises Fault."""
_TOKENS = {
    PackState.UNTOUCHED: "good",
    PackState.UNPROVEN: "doubt",
    PackState.CHANGED: "danger",
    PackState.BROKEN: "danger",
}


class InboxPage(QWidget):
    """List left, incident right; below it where both are not wide enough."""

    failed = Signal(object)
    told = Signal(str)
    """A sentence for the notice line."""
    manage_asked = Signal(str)

    def __init__(
        self,
        services: TeamServices,
        titles: Mapping[str, str],
        today: date,
        record_of: RecordOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._titles = titles
        self._record_of = record_of
        self.rows: Sequence[InboxRow] = ()
        self._only: tuple[str, ...] = ()
        """Ids the list is narrowed to; none: all."""
        self._wanted = ""
        """Incident asked for last."""
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        head = parts.row(gap=8)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Words in the call, notes or steps"))
        self.words.setAccessibleName(self.tr("Search incidents by words"))
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("Caller's number"))
        self.number.setAccessibleName(self.tr("Search incidents by the caller's number"))
        self.number.setMaximumWidth(theme.current().px(220))
        self.all = parts.button(self.tr("All incidents"), "close", kind="quiet")
        self.all.clicked.connect(self.show_all)
        self.look_now = parts.button(self.tr("Look for new packs  F5"), "retry")
        self.look_now.setAccessibleName(self.tr("Look for new packs"))
        self.look_now.clicked.connect(self.look)
        self.status = parts.label("", "muted")
        head.addWidget(self.words, 2)
        head.addWidget(self.number, 1)
        head.addWidget(self.status)
        head.addWidget(self.all)
        head.addWidget(self.look_now)
        parts.nest(whole, head)
        across = self._across = QSplitter(Qt.Orientation.Horizontal)
        across.setChildrenCollapsible(False)
        across.setHandleWidth(8)
        self.table = team_parts.table(
            self.tr("Incidents"),
            [self.tr("Handed over"), self.tr("Check"), self.tr("Kind"), self.tr("Situation"), self.tr("Step")],
            3,
        )
        self.table.itemSelectionChanged.connect(self._chosen)
        across.addWidget(self.table)
        box = parts.frame("pane")
        inside = parts.column()
        box.setLayout(inside)
        self.incident = IncidentPane(titles, today, printable=record_of is not None)
        area, room = parts.scroller(self.tr("The chosen incident"))
        room.addWidget(self.incident)
        inside.addWidget(area)
        self._area = area
        across.addWidget(box)
        across.setStretchFactor(0, 4)
        across.setStretchFactor(1, 5)
        across.setSizes([560, 700])
        whole.addWidget(across, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(250)
        self._typing.timeout.connect(self.search)
        for box_ in (self.words, self.number):
            box_.textChanged.connect(lambda _text: self._typing.start())
            box_.returnPressed.connect(self.search)
        pane = self.incident
        pane.play_asked.connect(self._play)
        pane.stop_asked.connect(services.stop)
        pane.step_recorded.connect(self._record)
        pane.parts_asked.connect(self._save_parts)
        pane.print_asked.connect(self._print)
        pane.steps_export_asked.connect(self._export_steps)
        pane.manage_asked.connect(self.manage_asked)
        pane.others_asked.connect(self._show_only)
        self.all.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_SIDE_BY_SIDE)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._across.orientation() is not wanted:
            self._across.setOrientation(wanted)
            self._across.setSizes([200, 300] if narrow else [560, 700])

    # -- the list ---------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Look for new packs, then list."""
        self.look_now.setEnabled(False)
        Job(self, self._services.look).on_success(self._looked).on_failure(self._not_looked).start()

    def _looked(self, found: InboxLook) -> None:
        self.look_now.setEnabled(True)
        if found.fault:
            self.told.emit(found.fault)
        elif found.opened or found.broken:
            text = self.tr("New packs {opened}, not to be opened {broken}")
            self.told.emit(text.format(opened=found.opened, broken=found.broken))
        self.search()

    def _not_looked(self, error: Exception) -> None:
        self.look_now.setEnabled(True)
        self.failed.emit(error)
        self.search()

    @Slot()
    def search(self) -> None:
        """List what matches the boxes."""
        self._typing.stop()
        asked = (self.words.text().strip(), self.number.text().strip())
        job = Job(self, lambda: self._services.inbox(*asked))
        job.on_success(lambda rows: self._listed(asked, rows)).on_failure(self._not_listed).start()

    def _not_listed(self, error: Exception) -> None:
        if len(self.number.text().strip()) > 6:  # an unfinished number is no fault
            self.failed.emit(error)

    def _listed(self, asked: tuple[str, str], rows: Sequence[InboxRow]) -> None:
        if asked != (self.words.text().strip(), self.number.text().strip()):
            return
        self.show_rows([row for row in rows if not self._only or row.incident_id in self._only], bool(any(asked)))

    def show_rows(self, rows: Sequence[InboxRow], narrowed: bool = False) -> None:
        """List incidents; the chosen one stays chosen."""
        before = self._wanted
        self.rows = rows
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            self._put(place, row)
        self.table.blockSignals(False)
        open_ones = sum(row.step is None for row in rows)
        counted = self.tr("{count} incidents, {open} without a step").format(count=len(rows), open=open_ones)
        none = self.tr("No incident matches.") if narrowed or self._only else self.tr("No incident has come in yet.")
        self.status.setText(counted if rows else none)
        place = next((place for place, row in enumerate(rows) if row.pack_id and _ident(row) == before), 0)
        if rows:
            self.table.selectRow(place)
            self._chosen()
        else:
            self._wanted = ""
            self.incident.clear(none)

    def _put(self, place: int, row: InboxRow) -> None:
        icon, words = team_words.STATES[row.state]
        kinds = team_words.labels((row.label,) if row.label else row.labels)
        situation = self._titles.get(row.situation, row.situation)
        if row.simulated:
            situation = self.tr("Practice: {name}").format(name=situation)
        if row.managed is not None:
            kind = team_words.said(team_words.CLASSES[row.managed])
            situation = self.tr("{situation} · managed ({kind})").format(situation=situation, kind=kind)
        step = team_words.step(row.step.value if row.step else "")
        texts = (
            full_day(row.raised_at or row.received_at)[5:],
            team_words.said(words),
            kinds or "–",
            situation or "–",
            step,
        )
        team_parts.put(self.table, place, texts, icon=(1, icon, _TOKENS[row.state]))

    def go(self, step: int) -> None:
        """Choose the next incident of the list, or the one before."""
        place = self.table.currentRow() + step
        if 0 <= place < len(self.rows):
            self.table.selectRow(place)

    def _show_only(self, idents: Sequence[str]) -> None:
        self._only = (*idents, self.incident.incident_id)
        self.all.show()
        self.search()

    @Slot()
    def show_all(self) -> None:
        """Leave the narrowed list."""
        self._only = ()
        self.all.hide()
        self.words.clear()
        self.number.clear()
        self.search()

    # -- the chosen one ---------------------------------------------------------------------------------------

    @Slot()
    def _chosen(self) -> None:
        place = self.table.currentRow()
        if not 0 <= place < len(self.rows):
            return
        row = self.rows[place]
        self._wanted = _ident(row)
        if not row.incident_id:
            words = self.tr("This pack cannot be opened: {reason} The file is kept as it came.")
            self.incident.clear(words.format(reason=row.reason))
            return
        self._open(row.incident_id)

    def _open(self, incident_id: str) -> None:
        def show(detail: IncidentDetail) -> None:
            if incident_id == self._wanted:
                self.incident.show_incident(detail)
                self._area.setMinimumWidth(self.incident.minimumSizeHint().width() + theme.current().px(16))

        Job(self, lambda: self._services.incident(incident_id)).on_success(show).on_failure(self.failed.emit).start()

    def _play(self, incident_id: str, start_s: float, end_s: float) -> None:
        job = Job(self, lambda: self._services.play(incident_id, start_s, end_s))
        job.on_failure(self.failed.emit).start()

    def _record(self, incident_id: str, step: TeamStep, on: date, note: str, corrects: int) -> None:
        def done(_row: object) -> None:
            self.incident.steps.clear_form()
            self.told.emit(self.tr("The step is recorded."))
            self.search()

        job = Job(self, lambda: self._services.add_step(incident_id, step, on, note, corrects))
        job.on_success(done).on_failure(self.failed.emit).start()

    def _save_parts(self, incident_id: str) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Where to save the parts"))
        if name:
            job = Job(self, lambda: self._services.save_parts(incident_id, Path(name)))
            job.on_success(self._written).on_failure(self.failed.emit).start()

    def _print(self, incident_id: str) -> None:
        record_of = self._record_of
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write the record"), "", self.tr("PDF (*.pdf)"))
        if name and record_of is not None:
            file = Path(name if name.lower().endswith(".pdf") else f"{name}.pdf")
            job = Job(self, lambda: record_of(incident_id))
            job.on_success(lambda record: self._draw(record, file)).on_failure(self.failed.emit).start()

    def _draw(self, record: EvidenceRecord, file: Path) -> None:
        try:
            print_record(record, file)
        except Fault as fault:
            self.failed.emit(fault)
            return
        self._written(file)

    def _export_steps(self, incident_id: str) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write the steps"), "", self.tr("Tables (*.xlsx *.csv)"))
        if name:
            file = Path(name if Path(name).suffix else f"{name}.xlsx")
            job = Job(self, lambda: self._services.export_steps(file, incident_id))
            job.on_success(lambda _none: self._written(file)).on_failure(self.failed.emit).start()

    def _written(self, path: Path) -> None:
        self.told.emit(self.tr("Written: {file}").format(file=path.name))


def _ident(row: InboxRow) -> str:
    return row.incident_id or row.pack_id
