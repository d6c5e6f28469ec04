"""Samples of calls: a plan as a form, what it would draw, the drawing, and earlier draws that anybody can repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from assist.review.model import CallHeader, Draw, HeaderFlag, SamplingPlan, Stratum
from ui import parts, team_parts, theme
from ui.flow import Flow
from ui.jobs import Job
from ui.qa import words
from ui.qa.ports import QaServices
from ui.qa.strata import stratum
from ui.wording import clock, full_day

USUAL_DAYS = 30
USUAL_CALLS = 3
MOST_CALLS = 50
MOST_MINUTES = 240
MOST_SEED = 2_000_000_000


@dataclass(frozen=True, slots=True)
class _Seen:
    """A draw and what is known of its calls, by header id."""

    draw: Draw
    known: Mapping[str, CallHeader]


class SamplingPage(QWidget):
    """Form above, drawn calls left, earlier draws right. Nothing is drawn that was not looked at first."""

    failed = Signal(object)
    told = Signal(str)
    drawn = Signal()

    def __init__(self, services: QaServices, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._today = today
        self.draws: Sequence[Draw] = ()
        self.previewed: Draw | None = None
        """The draw of the plan as the form has it; None once the form has changed."""
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        area, inside = parts.scroller(self.tr("Plan of the sample"))
        self._build_form(inside, today)
        whole.addWidget(area, 4)
        foot = parts.row(gap=8)
        self.result = parts.label("", "muted", wrap=True)
        self.preview_button = parts.button(self.tr("See what would be drawn"), "eye")
        self.preview_button.clicked.connect(self.preview)
        self.draw_button = parts.button(self.tr("Draw and tell the desks"), "outbox", kind="primary")
        self.draw_button.clicked.connect(self.draw)
        foot.addWidget(self.result, 1)
        foot.addWidget(self.preview_button)
        foot.addWidget(self.draw_button)
        parts.nest(whole, foot)
        lists = parts.row(gap=12)
        self.calls = team_parts.table(
            self.tr("Calls of this draw"),
            [self.tr("Counsellor"), self.tr("Call"), self.tr("Length"), self.tr("Field"), self.tr("Group")],
            4,
        )
        self.earlier = team_parts.table(
            self.tr("Earlier draws"),
            [self.tr("Plan"), self.tr("Period"), self.tr("Calls"), self.tr("Seed")],
            0,
        )
        self.earlier.itemSelectionChanged.connect(self._chosen)
        right = parts.column(gap=8)
        right.addWidget(self.earlier, 1)
        below = parts.row(gap=8)
        self.again = parts.button(self.tr("Draw it again and compare"), "retry")
        self.again.clicked.connect(self.redraw)
        self.take = parts.button(self.tr("Use as a pattern"), "copy")
        self.take.clicked.connect(self._take)
        below.addWidget(self.again)
        below.addWidget(self.take)
        below.addStretch(1)
        parts.nest(right, below)
        lists.addWidget(self.calls, 1)
        parts.nest(lists, right, 1)
        parts.nest(whole, lists, 5)
        self._changed()
        self._chosen()

    def _build_form(self, inside: QVBoxLayout, today: date) -> None:
        box = parts.frame("pane")
        form = parts.column(margin=12, gap=8)
        box.setLayout(form)
        inside.addWidget(box)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(4, 1)
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("e.g. regular sample of November"))
        self.title.setAccessibleName(self.tr("Title of the plan"))
        self.first = team_parts.day_field(self.tr("First day"), today - timedelta(days=USUAL_DAYS))
        self.last = team_parts.day_field(self.tr("Last day"), today)
        self.each = _Number(self.tr("Calls a counsellor"), 1, MOST_CALLS, USUAL_CALLS)
        self.seed = _Number(self.tr("Seed: the same seed draws the same calls"), 0, MOST_SEED, _seed_of(today))
        no_limit = self.tr("no limit")
        self.shortest = _Number(self.tr("Shortest call, minutes; empty is no limit"), 0, MOST_MINUTES, 0, no_limit)
        self.longest = _Number(self.tr("Longest call, minutes; empty is no limit"), 0, MOST_MINUTES, 0, no_limit)
        self.people = QLineEdit()
        self.people.setPlaceholderText(self.tr("All; or codes with commas between"))
        self.people.setAccessibleName(self.tr("Counsellors, by code"))
        cells: tuple[tuple[int, int, str, tuple[QWidget, ...]], ...] = (
            (0, 0, self.tr("Title"), (self.title,)),
            (0, 3, self.tr("Period"), (self.first, parts.label("~", "muted"), self.last)),
            (1, 0, self.tr("Counsellors"), (self.people,)),
            (1, 3, self.tr("Calls a counsellor"), (self.each,)),
            (2, 0, self.tr("Seed"), (self.seed,)),
            (2, 3, self.tr("Minutes"), (self.shortest, parts.label("~", "muted"), self.longest)),
        )
        for row, column, name, widgets in cells:
            grid.addWidget(parts.label(name, "muted"), row, column)
            line = parts.row(gap=8)
            for widget in widgets:
                line.addWidget(widget, 1 if type(widget) is QLineEdit else 0)
            if type(widgets[0]) is not QLineEdit:
                line.addStretch(1)
            parts.nest(grid, line, row, column + 1)
        parts.nest(form, grid)
        self.strata = {
            kind: _tick(words.said(name), self.tr("Spread over: {name}").format(name=words.said(name)))
            for kind, name in words.STRATA.items()
        }
        self.must = {
            flag: _tick(words.said(name), self.tr("Only with: {name}").format(name=words.said(name)))
            for flag, name in words.FLAGS.items()
        }
        self.without = {
            flag: _tick(words.said(name), self.tr("Without: {name}").format(name=words.said(name)))
            for flag, name in words.FLAGS.items()
        }
        for kind in (Stratum.HOUR, Stratum.FIELD):
            self.strata[kind].setChecked(True)
        ticks = QGridLayout()
        ticks.setHorizontalSpacing(12)
        ticks.setVerticalSpacing(4)
        ticks.setColumnStretch(1, 1)
        for row, (name, boxes) in enumerate(
            (
                (self.tr("Spread evenly over"), list(self.strata.values())),
                (self.tr("Only calls with one of"), list(self.must.values())),
                (self.tr("No calls with"), list(self.without.values())),
            )
        ):
            ticks.addWidget(parts.label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            ticks.addWidget(Flow(boxes), row, 1)
        parts.nest(form, ticks)
        for field in (self.title, self.people):
            field.textChanged.connect(self._changed)
        for day in (self.first, self.last):
            day.dateChanged.connect(self._changed)
        for number in (self.each, self.seed, self.shortest, self.longest):
            number.textChanged.connect(self._changed)
        for tick in (*self.strata.values(), *self.must.values(), *self.without.values()):
            tick.toggled.connect(self._changed)

    # -- the plan -----------------------------------------------------------------------------------------------

    def plan(self) -> SamplingPlan:
        """Return the plan as the form has it."""
        return SamplingPlan(
            id="",
            title=self.title.text().strip(),
            seed=self.seed.value(),
            first=team_parts.day_of(self.first).isoformat(),
            last=team_parts.day_of(self.last).isoformat(),
            per_counsellor=self.each.value(),
            strata=tuple(kind for kind, box in self.strata.items() if box.isChecked()),
            shortest_s=self.shortest.value() * 60,
            longest_s=self.longest.value() * 60,
            counsellors=tuple(sorted({code for part in self.people.text().split(",") if (code := part.strip())})),
            must=_ticked(self.must),
            without=_ticked(self.without),
        )

    @Slot()
    def _changed(self) -> None:
        self.previewed = None
        self.draw_button.setEnabled(False)
        self.result.setText(self.tr("See first what would be drawn; then it can be drawn."))

    def _wrong(self, plan: SamplingPlan) -> tuple[str, QWidget] | None:
        """Return what cannot be in a form, and where."""
        if not plan.title:
            return self.tr("Give the plan a title; the counsellors read it."), self.title
        if plan.last < plan.first:
            return self.tr("The last day is before the first."), self.last
        if plan.longest_s and plan.longest_s < plan.shortest_s:
            return self.tr("The longest call is shorter than the shortest."), self.longest
        return None

    @Slot()
    def preview(self) -> None:
        """Show what the plan would draw."""
        plan = self.plan()
        wrong = self._wrong(plan)
        if wrong is not None:
            self.told.emit(wrong[0])
            wrong[1].setFocus()
            return

        def show(seen: _Seen) -> None:
            if plan == self.plan():
                self.previewed = seen.draw
                self.show_draw(seen)
                self.draw_button.setEnabled(bool(seen.draw.calls))

        job = Job(self, lambda: self._seen(self._services.preview(plan)))
        job.on_success(show).on_failure(self.failed.emit).start()

    def _seen(self, draw: Draw) -> _Seen:
        return _Seen(draw, self._services.known({call.header for call in draw.calls}))

    @Slot()
    def draw(self) -> None:
        """Draw what was looked at."""
        if self.previewed is None:
            return
        plan, seen = self.plan(), self.previewed.fingerprint
        self.draw_button.setEnabled(False)

        def done(made: _Seen) -> None:
            self.previewed = None
            self.show_draw(made)
            self.told.emit(self.tr("Drawn: {count} calls. The desks are told.").format(count=len(made.draw.calls)))
            self.look()
            self.drawn.emit()

        def failed(error: Exception) -> None:
            self._changed()  # what there is to draw from may be other calls now
            self.failed.emit(error)

        job = Job(self, lambda: self._seen(self._services.draw(plan, seen)))
        job.on_success(done).on_failure(failed).start()

    def show_draw(self, seen: _Seen) -> None:
        """Show the calls of a draw and what they were drawn from."""
        draw = seen.draw
        self.calls.setRowCount(len(draw.calls))
        for place, call in enumerate(draw.calls):
            group = stratum(call.stratum) if call.stratum else self.tr("plainly random")
            header = seen.known.get(call.header)
            if header is None:
                facts = (self.tr("not known here any more"), "–", "–")
            else:
                facts = (
                    full_day(header.started_at),
                    clock(header.duration_s),
                    header.category or self.tr("none"),
                )
            team_parts.put(self.calls, place, (call.counsellor, *facts, group))
        said = self.tr("{count} calls out of {population} (mark {mark}).").format(
            count=len(draw.calls), population=draw.population, mark=draw.fingerprint[:8]
        )
        if draw.short:
            short = self.tr("{counsellor} ({count})")
            names = ", ".join(short.format(counsellor=code, count=count) for code, count in draw.short)
            said += " " + self.tr("Fewer calls than wanted: {names}").format(names=names)
        self.result.setText(said)

    # -- earlier draws ------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Read the earlier draws again."""
        Job(self, self._services.draws).on_success(self._show_earlier).on_failure(self.failed.emit).start()

    def _show_earlier(self, draws: Sequence[Draw]) -> None:
        self.draws = draws
        self.earlier.setRowCount(len(draws))
        for place, draw in enumerate(draws):
            plan = draw.plan
            texts = (plan.title, f"{plan.first} ~ {plan.last}", str(len(draw.calls)), str(plan.seed))
            team_parts.put(self.earlier, place, texts)
        self._chosen()

    def chosen(self) -> Draw | None:
        """Return the chosen earlier draw."""
        place = self.earlier.currentRow()
        return self.draws[place] if 0 <= place < len(self.draws) else None

    @Slot()
    def _chosen(self) -> None:
        draw = self.chosen()
        self.again.setEnabled(draw is not None)
        self.take.setEnabled(draw is not None)

    @Slot()
    def redraw(self) -> None:
        """Draw the chosen plan again, on the calls that are known now, and say whether it gives the same."""
        kept = self.chosen()
        if kept is not None:
            job = Job(self, lambda: (self._seen(kept), self._services.preview(kept.plan)))
            job.on_success(lambda both: self._compare(*both)).on_failure(self.failed.emit).start()

    def _compare(self, seen: _Seen, now: Draw) -> None:
        kept = seen.draw
        self.previewed = None
        self.draw_button.setEnabled(False)
        self.show_draw(seen)
        if now.calls == kept.calls and now.fingerprint == kept.fingerprint:
            said = self.tr("Drawn again: the same {count} calls from the same {population}.")
        elif now.fingerprint == kept.fingerprint:
            said = self.tr("Drawn again from the same calls, but others came out: the kept draw was changed.")
        else:
            said = self.tr(
                "The calls to choose from are others now ({population} then, {now} now), so it cannot be compared. "
                "{same} of {count} calls are the same."
            )
        same = len({call.header for call in kept.calls} & {call.header for call in now.calls})
        self.result.setText(
            said.format(count=len(kept.calls), population=kept.population, now=now.population, same=same)
        )

    @Slot()
    def _take(self) -> None:
        draw = self.chosen()
        if draw is None:
            return
        plan = draw.plan
        self.title.setText(plan.title)
        self.people.setText(", ".join(plan.counsellors))
        self.seed.set_value(_seed_of(self._today))
        self.each.set_value(plan.per_counsellor)
        self.shortest.set_value(plan.shortest_s // 60)
        self.longest.set_value(plan.longest_s // 60)
        for kind, box in self.strata.items():
            box.setChecked(kind in plan.strata)
        for flags, boxes in ((plan.must, self.must), (plan.without, self.without)):
            for flag, box in boxes.items():
                box.setChecked(flag in flags)
        self.title.setFocus()


def _seed_of(day: date) -> int:
    """Return a seed nobody chose: the day as a number."""
    return day.year * 10_000 + day.month * 100 + day.day


def _ticked(boxes: dict[HeaderFlag, QCheckBox]) -> tuple[HeaderFlag, ...]:
    return tuple(flag for flag, box in boxes.items() if box.isChecked())


def _tick(text: str, name: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setAccessibleName(name)
    return made


class _Number(QLineEdit):
    """A whole number within limits; what is left empty is the lowest."""

    def __init__(self, name: str, low: int, high: int, value: int, empty: str = "") -> None:
        """Show ``value``; with ``empty`` the lowest is left out and these words stand in its place."""
        super().__init__()
        self._low, self._high, self._empty = low, high, empty
        self.setPlaceholderText(empty)
        self.set_value(value)
        self.setValidator(QIntValidator(low, high, self))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        widest = metrics.horizontalAdvance("0" * (len(str(self._high)) + 1))
        self.setFixedWidth(max(widest, metrics.horizontalAdvance(self._empty)) + theme.current().px(28))

    def value(self) -> int:
        """Return the number, moved within its limits."""
        text = self.text()
        return min(max(int(text), self._low), self._high) if text.isascii() and text.isdigit() else self._low

    def set_value(self, value: int) -> None:
        """Show another number."""
        self.setText("" if self._empty and value == self._low else str(value))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)
