"""Ratings over time: of one counsellor, a team or all, as lines, in words and as a table, to export.

Counsellors stand in the order of their codes; nothing here puts one person beside another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import parts, team_parts
from ui.jobs import Job
from ui.qa.charts import LineChart
from ui.qa.ports import QaServices, Report, ReportSeries
from ui.qa.report_values import Line, figure

USUAL_DAYS = 364
WHOLE = "whole"


class ReportPage(QWidget):
    """What is asked above, the chart, then the table."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, services: QaServices, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.report: Report | None = None
        self._names: dict[str, Sequence[str]] = {"counsellor": (), "team": ()}
        self._asked = 0
        self._writing = False
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        head = parts.row(gap=8)
        self.scope = team_parts.choice(
            self.tr("Of whom"),
            [(self.tr("A counsellor"), "counsellor"), (self.tr("A team"), "team"), (self.tr("All"), "all")],
        )
        self.name = team_parts.choice(self.tr("Code or team"), [])
        self.first = team_parts.day_field(self.tr("First day"), (today - timedelta(days=USUAL_DAYS)).replace(day=1))
        self.last = team_parts.day_field(self.tr("Last day"), today)
        self.by = team_parts.choice(self.tr("Step"), [(self.tr("By month"), "month"), (self.tr("By week"), "week")])
        for widget in (self.scope, self.name, self.first, parts.label("~", "muted"), self.last, self.by):
            head.addWidget(widget)
        head.addStretch(1)
        parts.nest(whole, head)
        self.export = parts.button(self.tr("Save as a file …"), "save")
        self.export.clicked.connect(self._export)
        box = parts.frame("pane")
        inside = parts.column(margin=12, gap=8)
        box.setLayout(inside)
        over = parts.row(gap=8)
        self.heading = parts.label("", "heading")
        self.shown = team_parts.choice(self.tr("Lines in the chart"), [(self.tr("Whole and skills"), WHOLE)])
        over.addWidget(self.heading, 1)
        over.addWidget(parts.label(self.tr("Lines"), "muted"))
        over.addWidget(self.shown)
        over.addWidget(self.export)
        parts.nest(inside, over)
        self.chart = LineChart(self.tr("Ratings over time"))
        inside.addWidget(self.chart, 1)
        self.words = parts.label("", "muted", wrap=True)
        inside.addWidget(self.words)
        whole.addWidget(box, 3)
        self.table = team_parts.table(self.tr("Ratings over time, as a table"), [self.tr("Item")], 0)
        whole.addWidget(self.table, 2)
        self.scope.currentIndexChanged.connect(self._scope_changed)
        self.name.currentIndexChanged.connect(self.ask)
        self.by.currentIndexChanged.connect(self.ask)
        for day in (self.first, self.last):
            day.dateChanged.connect(self.ask)
        self.shown.currentIndexChanged.connect(self._draw)
        self.export.setEnabled(False)

    @Slot()
    def look(self) -> None:
        """Read the names again, then the report."""
        services = self._services
        for scope, read in (("counsellor", services.counsellors), ("team", services.teams)):
            job = Job(self, read)  # one by one: a list of people that cannot be read leaves the others
            job.on_success(partial(self._take_names, scope)).on_failure(self.failed.emit).start()
        if self.scope.currentData() == "all":
            self.ask()

    def _take_names(self, scope: str, names: Sequence[str]) -> None:
        self._names[scope] = names
        if self.scope.currentData() == scope:
            self._scope_changed()

    @Slot()
    def _scope_changed(self) -> None:
        names, before = self._names.get(self.scope.currentData(), ()), self.name.currentText()
        self.name.blockSignals(True)
        self.name.clear()
        for name in names:
            self.name.addItem(name, name)
        self.name.setCurrentIndex(max(0, self.name.findText(before)) if names else -1)
        self.name.blockSignals(False)
        self.name.setVisible(self.scope.currentData() != "all")
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Count what is asked for."""
        scope, name, by = self.scope.currentData(), self.name.currentData() or "", self.by.currentData()
        first, last = team_parts.day_of(self.first), team_parts.day_of(self.last)
        self._asked += 1
        asked = self._asked
        if scope != "all" and not name:
            self._show_none(
                self.tr("No team is known yet; the list of people is set in the settings.")
                if scope == "team"
                else self.tr("No counsellor is known yet.")
            )
            return

        def show(report: Report) -> None:
            if asked == self._asked:
                self.show_report(report)

        def failed(error: Exception) -> None:
            if asked == self._asked:  # never the figures of what was asked before
                self._show_none("")
            self.failed.emit(error)

        job = Job(self, lambda: self._services.report(scope, name, first, last, by))
        job.on_success(show).on_failure(failed).start()

    def show_report(self, report: Report) -> None:
        """Show a report."""
        self.report = report
        self.export.setEnabled(not report.withheld and not self._writing)
        if report.withheld:
            self._empty(report.withheld)
            return
        self.heading.setText(self.tr("{count} ratings").format(count=report.ratings))
        kept = self.shown.currentData()
        self.shown.blockSignals(True)
        self.shown.clear()
        self.shown.addItem(self.tr("Whole and skills"), WHOLE)
        for series in report.series:
            if not series.skill and series.key != WHOLE:
                self.shown.addItem(self.tr("Items of {skill}").format(skill=series.title), series.key)
        self.shown.setCurrentIndex(max(0, self.shown.findData(kept)))
        self.shown.blockSignals(False)
        self._fill_table(report)
        self._draw()

    def _show_none(self, words: str) -> None:
        self.report = None
        self.export.setEnabled(False)
        self._empty(words)

    def _empty(self, words: str) -> None:
        self.heading.setText("")
        self.words.setText(words)
        self.chart.show_lines((), ())
        self.table.setRowCount(0)

    def _lines(self, report: Report) -> list[ReportSeries]:
        skill = self.shown.currentData()
        if skill in (None, WHOLE):
            return [series for series in report.series if not series.skill]
        return [series for series in report.series if series.skill == skill]

    @Slot()
    def _draw(self) -> None:
        report = self.report
        if report is None or report.withheld:
            return
        labels = [point.label for point in report.series[0].points] if report.series else []
        lines = [Line(self._title(one), tuple(point.value for point in one.points)) for one in self._lines(report)]
        self.chart.show_lines(labels, lines)
        newest = next((label for label in reversed(labels) if any(self._at(one, label) for one in report.series)), "")
        told = ", ".join(
            f"{self._title(one)} {figure(value)}"
            for one in self._lines(report)
            if (value := self._at(one, newest)) is not None
        )
        words = self.tr("{period}: {values}. 100 is the most; a gap is a period without a figure.")
        said = words.format(period=newest, values=told) if told else self.tr("No rating in this period.")
        self.words.setText(f"{said} {report.note}".strip())

    def _at(self, series: ReportSeries, label: str) -> float | None:
        return next((point.value for point in series.points if point.label == label), None)

    def _title(self, series: ReportSeries) -> str:
        return self.tr("Whole") if series.key == WHOLE else series.title

    def _fill_table(self, report: Report) -> None:
        labels = [point.label for point in report.series[0].points] if report.series else []
        self.table.setColumnCount(1 + len(labels))
        self.table.setHorizontalHeaderLabels([self.tr("Item"), *labels])
        self.table.setRowCount(len(report.series))
        for place, series in enumerate(report.series):
            title = self._title(series)
            values = (figure(point.value) for point in series.points)
            team_parts.put(self.table, place, (f"    {title}" if series.skill else title, *values))
        if report.series:
            for column, point in enumerate(report.series[0].points, start=1):
                if (cell := self.table.item(0, column)) is not None:
                    cell.setToolTip(self.tr("{count} ratings").format(count=point.ratings))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the names the room that the periods leave; where they leave none, the table scrolls."""
        header = self.table.horizontalHeader()
        for column in range(self.table.columnCount()):
            header.setSectionResizeMode(column, header.ResizeMode.ResizeToContents)
        if header.length() < self.table.viewport().width():
            header.setSectionResizeMode(0, header.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @Slot()
    def _export(self) -> None:
        report = self.report
        if report is None or report.withheld:
            return
        proposed = self.tr("Report {day}").format(day=QDate.currentDate().toString(Qt.DateFormat.ISODate))
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the report"), f"{proposed}.xlsx", self.tr("Reports (*.xlsx *.pdf *.csv)")
        )
        if not name:
            return
        file = Path(name if Path(name).suffix else f"{name}.xlsx")
        written = self.tr("Written: {file}").format(file=file.name)
        self._writing = True  # a report over years takes seconds
        self.export.setEnabled(False)

        def done(tell: Callable[[], object]) -> None:
            self._writing = False
            self.export.setEnabled(self.report is not None and not self.report.withheld)
            tell()

        job = Job(self, lambda: self._services.export_report(report, file))
        job.on_success(lambda _none: done(lambda: self.told.emit(written)))
        job.on_failure(lambda error: done(lambda: self.failed.emit(error))).start()
