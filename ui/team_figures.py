"""Figures for the centre: incidents by kind, hour and step, as a table and as charts, to export. No person in them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import parts, team_parts, team_words
from ui.figure_ports import Figures, FigureServices
from ui.jobs import Job
from ui.team_ports import TeamStep

USUAL_DAYS = 30


class FiguresPage(QWidget):
    """A period, its table, its charts."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, services: FigureServices, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.figures: Figures | None = None
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        head = parts.row(gap=8)
        self.first = team_parts.day_field(self.tr("First day"), today - timedelta(days=USUAL_DAYS - 1))
        self.last = team_parts.day_field(self.tr("Last day"), today)
        head.addWidget(parts.label(self.tr("Period"), "muted"))
        head.addWidget(self.first)
        head.addWidget(parts.label("~", "muted"))
        head.addWidget(self.last)
        self.total = parts.label("", "title")
        head.addSpacing(16)
        head.addWidget(self.total, 1)
        self.export = parts.button(self.tr("Export as XLSX or CSV …"), "save")
        self.export.clicked.connect(self._export)
        head.addWidget(self.export)
        parts.nest(whole, head)
        charts = parts.row(gap=8)
        self.kinds = team_parts.Bars(self.tr("Incidents by kind"))
        self.hours = team_parts.Bars(self.tr("Incidents by hour"))
        self.steps = team_parts.Bars(self.tr("Incidents by step"))
        for bars, title, width in (
            (self.kinds, self.tr("By kind"), 3),
            (self.hours, self.tr("By hour"), 4),
            (self.steps, self.tr("By step"), 3),
        ):
            box = parts.frame("pane")
            inside = parts.column(margin=12, gap=4)
            box.setLayout(inside)
            inside.addWidget(parts.label(title, "heading"))
            inside.addWidget(bars, 1)
            charts.addWidget(box, width)
        parts.nest(whole, charts, 2)
        self.words = parts.label("", "muted", wrap=True)
        whole.addWidget(self.words)
        self.table = team_parts.table(
            self.tr("Incidents by kind, hour and step"),
            [self.tr("Kind"), self.tr("Hour"), self.tr("Step"), self.tr("Count")],
            2,
        )
        whole.addWidget(self.table, 3)
        for field in (self.first, self.last):
            field.dateChanged.connect(lambda _day: self.look())

    @Slot()
    def look(self) -> None:
        """Count the chosen period."""
        first, last = team_parts.day_of(self.first), team_parts.day_of(self.last)

        def show(figures: Figures) -> None:
            if (first, last) == (team_parts.day_of(self.first), team_parts.day_of(self.last)):
                self.show_figures(figures)

        Job(self, lambda: self._services.figures(first, last)).on_success(show).on_failure(self.failed.emit).start()

    def show_figures(self, figures: Figures) -> None:
        """Show counts, as charts, in words and as a table."""
        self.figures = figures
        self.total.setText(self.tr("{count} incidents").format(count=figures.total))
        self.kinds.show_counts([(team_words.kind(name), count) for name, count in figures.kinds])
        self.hours.show_counts([(str(hour), count) for hour, count in enumerate(figures.hours)])
        self.steps.show_counts(
            [(team_words.step(name), count) for name, count in figures.steps if count or name != TeamStep.WITHDRAWN]
        )
        busiest = max(range(24), key=lambda hour: figures.hours[hour]) if figures.total else 0
        words = self.tr("By kind: {kinds}. Most at {hour}:00. By step: {steps}.")
        self.words.setText(
            words.format(kinds=self.kinds.spoken, hour=busiest, steps=self.steps.spoken)
            if figures.total
            else self.tr("No incident in this period.")
        )
        self.table.setRowCount(len(figures.cells))
        for place, cell in enumerate(figures.cells):
            texts = (team_words.kind(cell.kind), f"{cell.hour:02d}:00", team_words.step(cell.step), str(cell.count))
            team_parts.put(self.table, place, texts)
        self.export.setEnabled(True)

    @Slot()
    def _export(self) -> None:
        figures = self.figures
        if figures is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export the figures"), "", self.tr("Tables (*.xlsx *.csv)"))
        if name:
            file = Path(name if Path(name).suffix else f"{name}.xlsx")
            job = Job(self, lambda: self._services.export_figures(figures, file))
            job.on_success(lambda _none: self.told.emit(self.tr("Written: {file}").format(file=file.name)))
            job.on_failure(self.failed.emit).start()
