"""The drawn calls of a trainer: which are here, which wait to be rated, and the way into one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import parts, team_parts
from ui.jobs import Job
from ui.qa import words
from ui.qa.ports import CallToRate, QaLook, QaServices
from ui.wording import clock, full_day

SEARCH_MS = 200
"""Pause in typing after which the list is searched."""


class CallsPage(QWidget):
    """Search, list, and what is known of the chosen call."""

    failed = Signal(object)
    told = Signal(str)
    looked = Signal()
    """The exchange was looked into."""
    file_asked = Signal()
    """A package is to be opened that somebody sent."""
    open_asked = Signal(object)
    """The :class:`CallToRate` to open."""

    def __init__(self, services: QaServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.rows: Sequence[CallToRate] = ()
        self._asked = 0
        """Number of the list that was asked for last."""
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        head = parts.row(gap=8)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Counsellor, field, plan or day"))
        self.words.setAccessibleName(self.tr("Search the calls"))
        self.status = parts.label("", "muted")
        self.look_now = parts.button(self.tr("Look for new calls  F5"), "retry", name=self.tr("Look for new calls"))
        self.look_now.clicked.connect(self.look)
        head.addWidget(self.words, 1)
        head.addWidget(self.status)
        self.open_file = parts.button(self.tr("Open a file …  Ctrl+O"), "open", name=self.tr("Open a call package"))
        self.open_file.clicked.connect(self.file_asked)
        head.addWidget(self.open_file)
        head.addWidget(self.look_now)
        parts.nest(whole, head)
        self.table = team_parts.table(
            self.tr("Drawn calls"),
            [
                self.tr("Call"), self.tr("Counsellor"), self.tr("Field"), self.tr("Length"), self.tr("Plan"),
                self.tr("State"), self.tr("Here until"),
            ],
            4,
        )  # fmt: skip
        self.table.itemSelectionChanged.connect(self._selected)
        self.table.activated.connect(lambda _index: self.open())
        whole.addWidget(self.table, 1)
        foot = parts.row(gap=8)
        self.facts = parts.label("", "muted", wrap=True)
        self.open_button = parts.button(self.tr("Replay and rate"), "play", kind="primary")
        self.open_button.clicked.connect(self.open)
        foot.addWidget(self.facts, 1)
        foot.addWidget(self.open_button)
        parts.nest(whole, foot)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_MS)
        self._pause.timeout.connect(self.list_calls)
        self.words.textChanged.connect(lambda _text: self._pause.start())
        self._selected()

    @Slot()
    def look(self) -> None:
        """F5: look into the exchange, then list."""
        if self.look_now.hasFocus():
            self.table.setFocus()
        self.look_now.setEnabled(False)
        Job(self, self._services.look).on_success(self._looked).on_failure(self._look_failed).start()

    def _looked(self, look: QaLook) -> None:
        self.look_now.setEnabled(True)
        if look.fault:
            self.told.emit(look.fault)
        elif look.packages or look.letters or look.broken:
            said = self.tr("New: {packages} calls, {letters} answers. Could not be used: {broken}.")
            self.told.emit(said.format(packages=look.packages, letters=look.letters, broken=look.broken))
        if look.unproven:
            said = self.tr("{count} new headers come from desks that are not in the site's list.")
            self.told.emit(said.format(count=look.unproven))
        self.list_calls()
        self.looked.emit()

    def _look_failed(self, error: Exception) -> None:
        self.look_now.setEnabled(True)
        self.failed.emit(error)
        self.list_calls()

    @Slot()
    def list_calls(self) -> None:
        """Read the list again."""
        query = self.words.text().strip()
        self._asked += 1
        asked = self._asked

        def show(rows: Sequence[CallToRate]) -> None:
            if asked == self._asked:
                self.show_rows(rows)

        Job(self, lambda: self._services.calls(query)).on_success(show).on_failure(self.failed.emit).start()

    def show_rows(self, rows: Sequence[CallToRate]) -> None:
        """List calls; the chosen one stays chosen."""
        chosen = self.chosen()
        self.rows = rows
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            icon, state, token = self._state(row)
            texts = (
                full_day(row.started_at),
                row.counsellor or self.tr("no code"),
                row.category or self.tr("none"),
                clock(row.duration_s),
                row.plan,
                state,
                row.until,
            )
            team_parts.put(self.table, place, texts, icon=(5, icon, token))
        place = next((n for n, row in enumerate(rows) if chosen is not None and row.call == chosen.call), 0)
        if rows:
            self.table.selectRow(place)
        waiting = sum(1 for row in rows if row.package and row.own != "submitted")
        self.status.setText(self.tr("{count} calls, {waiting} to rate").format(count=len(rows), waiting=waiting))
        self._selected()

    def _state(self, row: CallToRate) -> tuple[str, str, str]:
        """Return icon, words and token of what is to be done with a call."""
        if row.objected:
            return "warning", self.tr("Objection to answer"), "doubt"
        if not row.package:
            return "outbox", self.tr("Not delivered yet"), "muted"
        if row.own == "draft":
            return "file", self.tr("Rating begun"), "text"
        if row.own == "submitted":
            return "check", self.tr("Rated ({count})").format(count=row.ratings), "good"
        if row.ratings:
            return "eye", self.tr("Second rating possible"), "text"
        return "play", self.tr("To rate"), "text"

    def chosen(self) -> CallToRate | None:
        """Return the chosen call."""
        place = self.table.currentRow()
        return self.rows[place] if 0 <= place < len(self.rows) else None

    @Slot()
    def open(self) -> None:
        """Enter: ask for the chosen call."""
        row = self.chosen()
        if row is None:
            return
        if not row.package:
            self.told.emit(self.tr("The desk has not delivered this call yet."))
            return
        self.open_asked.emit(row)

    @Slot()
    def _selected(self) -> None:
        row = self.chosen()
        self.open_button.setEnabled(row is not None and bool(row.package))
        if row is None:
            self.facts.setText(self.tr("No call is here yet. Draw a sample, and the desks deliver its calls."))
        elif row.flags:
            self.facts.setText(self.tr("In this call: {flags}").format(flags=words.flags(row.flags)))
        else:
            self.facts.setText("")
