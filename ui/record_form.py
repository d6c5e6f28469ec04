"""The wrap-up form: one record an inquiry, every line linked to the turns it came from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from assist.categories import CategoryHint
from assist.model import CallRecord
from ui import parts, theme
from ui.record_category import CategoryBox, Hints
from ui.record_rows import MAX_CHIPS, Field, LineRow
from ui.record_undo import Line, Place, Sheet

_ARRIVES_MS = 200
"""How long lines may find their places after the cursor came; later nothing is scrolled by itself."""
_AROUND = 40
"""Pixels at 100 % in view above and below the line with the cursor: the heading of its field."""
FIELDS = ("inquiry", "answer", "action", "follow_up")


class RecordForm(QWidget):
    """One record, editable."""

    edited = Signal()
    grown = Signal()
    """A line came or went; the Tab order is to be told anew."""
    evidence = Signal(object)
    """Turn indexes to show."""
    undo_asked = Signal()
    redo_asked = Signal()
    entered = Signal()
    """The cursor came into a line."""

    def __init__(
        self,
        record: CallRecord,
        times: dict[int, str],
        *,
        hints: Sequence[CategoryHint] = (),
    ) -> None:
        super().__init__()
        self._record = record
        whole = parts.column(gap=8)
        self.setLayout(whole)
        top = parts.row()
        top.addWidget(parts.label(self.tr("Category"), "heading"))
        self.category = CategoryBox()
        self.category.setCurrentIndex(self.category.findText(record.category))
        self.category.setPlaceholderText(self.tr("Please choose"))
        self.category.setAccessibleName(self.tr("Category"))
        self.category.setToolTip(self.tr("A digit or a first consonant chooses."))
        self.category.setMinimumWidth(theme.current().px(160))
        self.category.currentIndexChanged.connect(self._category_changed)
        top.addWidget(self.category)
        self._category_chips = []
        for turn in record.evidence.get("category", ())[:MAX_CHIPS]:
            time = times.get(turn, "")
            name = self.tr("Category: show what it came from, {time}").format(time=time)
            chip = parts.tool("", name, kind="chip", text=time)
            chip.clicked.connect(lambda _=False, one=turn: self.evidence.emit((one,)))
            top.addWidget(chip)
            self._category_chips.append(chip)
        self.hints = Hints(hints)
        self.hints.chosen.connect(self.category.setCurrentText)
        self.hints.mark(record.category)
        top.addWidget(self.hints, 1)
        top.addStretch(0)
        self._top, self._below = top, parts.row()
        parts.nest(whole, top)
        parts.nest(whole, self._below)
        area, inside = parts.scroller(self.tr("Record"))
        self._area, self._inside = area, inside
        self._arriving = QTimer(self)
        self._arriving.setSingleShot(True)
        self._arriving.setInterval(_ARRIVES_MS)
        area.verticalScrollBar().rangeChanged.connect(self._show_cursor)
        whole.addWidget(area, 1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        self.fields = {
            "inquiry": Field(self.tr("Inquiry"), times),
            "answer": Field(self.tr("Answer"), times),
            "action": Field(self.tr("Action"), times),
            "follow_up": Field(self.tr("Follow-up"), times, single=True),
        }
        for place, (key, field) in enumerate(self.fields.items()):
            for index, text in enumerate(self._texts(record, key)):
                field.add_row(text, record.evidence.get(key if key == "follow_up" else f"{key}.{index}", ()))
            if not field.rows:
                field.add_row("")
            field.edited.connect(self.edited)
            field.grown.connect(self.grown)
            field.evidence.connect(self.evidence)
            field.entered.connect(self.entered)
            field.entered.connect(self._entered)
            field.undo_asked.connect(self.undo_asked)
            field.redo_asked.connect(self.redo_asked)
            self._grid.addWidget(field, place // 2, place % 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        inside.setContentsMargins(0, 0, 8, 0)
        parts.nest(inside, self._grid)
        inside.addStretch(1)

    def set_narrow(self, narrow: bool) -> None:
        """Stand in a column: one field a row."""
        for place, field in enumerate(self.fields.values()):
            self._grid.addWidget(field, *((place, 0) if narrow else (place // 2, place % 2)))
        self._grid.setColumnStretch(1, int(not narrow))
        if narrow:
            self._below.addWidget(self.hints, 1)
        else:
            self._top.insertWidget(self._top.count() - 1, self.hints, 1)

    @Slot()
    def _category_changed(self) -> None:
        self.hints.mark(self.category.currentText())
        self.edited.emit()

    def _texts(self, record: CallRecord, key: str) -> tuple[str, ...]:
        if key == "follow_up":
            return (record.follow_up,) if record.follow_up else ()
        return tuple(getattr(record, key))

    # -- what it says ---------------------------------------------------------------------------------

    def record(self) -> CallRecord:
        """Return the record as it stands; lines keep the evidence they came with."""
        evidence: dict[str, tuple[int, ...]] = {}
        if "category" in self._record.evidence and self.category.currentText() == self._record.category:
            evidence["category"] = self._record.evidence["category"]
        texts: dict[str, tuple[str, ...]] = {}
        for key, field in self.fields.items():
            lines = field.lines()
            texts[key] = tuple(text for text, _ in lines)
            for index, (_, turns) in enumerate(lines):
                if turns:
                    evidence[key if key == "follow_up" else f"{key}.{index}"] = turns
        return CallRecord(
            category=self.category.currentText(),
            subcategory=self._record.subcategory,
            inquiry=texts["inquiry"],
            answer=texts["answer"],
            action=texts["action"],
            follow_up=" ".join(texts["follow_up"]) or None,
            evidence=evidence,
        )

    def sheet(self) -> Sheet:
        """Return the form as it stands, for undoing."""
        fields: tuple[tuple[Line, ...], ...] = tuple(field.state() for field in self.fields.values())
        return Sheet(self.category.currentText(), fields, self._record)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what :meth:`sheet` returned; what is the same is left alone."""
        self._record = sheet.base
        self.category.setCurrentIndex(self.category.findText(sheet.category))
        self.hints.mark(sheet.category)
        for field, lines in zip(self.fields.values(), sheet.fields, strict=True):
            field.show_state(lines)

    # -- where one is -----------------------------------------------------------------------------------

    def place(self, number: int) -> Place | None:
        """Return where the cursor is, as place in record ``number``; None where it is elsewhere."""
        if self.category.hasFocus():
            return Place(number, -1)
        for index, field in enumerate(self.fields.values()):
            for line, row in enumerate(field.rows):
                if row.edit.hasFocus():
                    return Place(number, index, line, row.edit.textCursor().position())
        return None

    def row_at(self, place: Place) -> LineRow:
        """Return the line of a place, or the nearest."""
        rows = list(self.fields.values())[max(0, place.field)].rows
        return rows[min(place.line, len(rows) - 1)]

    def go_to(self, place: Place) -> None:
        """Put the cursor there."""
        if place.field < 0:
            self.category.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        edit = self.row_at(place).edit
        edit.go_to(len(edit.toPlainText()) if place.position < 0 else place.position)

    @Slot()
    def _entered(self) -> None:
        """The line with the cursor is seen; again while the lines around it still find their places."""
        self._arriving.start()
        self._show_cursor()

    @Slot()
    def _show_cursor(self) -> None:
        if not self._arriving.isActive():
            return
        for field in self.fields.values():
            for row in field.rows:
                if row.edit.hasFocus():
                    self.show_line(row)

    def show_line(self, row: LineRow) -> None:
        """Bring a line into view, with some room around it."""
        self._inside.activate()
        self._area.ensureWidgetVisible(row.edit, 0, theme.current().px(_AROUND))

    def walk(self) -> list[QWidget]:
        """Return what Tab walks through, in the order a person reads."""
        order: list[QWidget] = [self.category, *self._category_chips, *self.hints.buttons]
        for field in self.fields.values():
            for row in field.rows:
                order += [row.edit, *row.chips, row.drop]
            order.append(field.add)
        return order

    def doubtful(self) -> QWidget:
        """Return the first field to look at: a missing category or the first empty field, else the inquiry."""
        if self.category.currentIndex() < 0:
            return self.category
        for key in ("inquiry", "answer", "action"):
            if not self.fields[key].lines():
                return self.fields[key].rows[0].edit
        return self.fields["inquiry"].rows[0].edit

    def focus_field(self, place: int) -> None:
        """Alt+1 is the category, Alt+2 to 5 the fields in order."""
        if place == 1:
            self.category.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif 2 <= place <= 5:
            self.fields[FIELDS[place - 2]].rows[0].edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
