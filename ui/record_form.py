"""The wrap-up form: one record an inquiry, every line linked to the turns it came from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assist.model import CATEGORIES, CallRecord
from ui import parts, theme

FIELDS = ("inquiry", "answer", "action", "follow_up")
MAX_CHIPS = 2


class _LineEdit(QPlainTextEdit):
    """A line of a record that grows with its text, up to three rows. Tab walks on."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        needed = int(self.document().size().height())
        rows = max(1, min(3, needed))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > 3 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy is not self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        height = rows * self.fontMetrics().lineSpacing() + 14
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(160, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


class LineRow(QWidget):
    """One line with chips to its turns."""

    edited = Signal()
    evidence = Signal(object)
    """tuple of turn indexes."""
    removed = Signal(object)

    def __init__(self, text: str, name: str, turns: Sequence[int], times: Sequence[str]) -> None:
        super().__init__()
        self.turns = tuple(turns)
        layout = parts.row(gap=4)
        self.setLayout(layout)
        self.edit = _LineEdit(text, name)
        self.edit.textChanged.connect(self.edited)
        layout.addWidget(self.edit, 1)
        self.chips = []
        for turn, time in list(zip(self.turns, times, strict=False))[:MAX_CHIPS]:
            chip = parts.tool("", self.tr("Show what this came from: {time}").format(time=time), kind="chip", text=time)
            chip.clicked.connect(lambda _=False, one=turn: self.evidence.emit((one,)))
            layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            self.chips.append(chip)
        if len(self.turns) > MAX_CHIPS:
            rest = parts.tool("", self.tr("Show all turns behind this line"), kind="chip", text="+")
            rest.clicked.connect(lambda: self.evidence.emit(self.turns))
            layout.addWidget(rest, 0, Qt.AlignmentFlag.AlignTop)
            self.chips.append(rest)
        self.drop = parts.tool("close", self.tr("Remove this line"))
        self.drop.clicked.connect(lambda: self.removed.emit(self))
        layout.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """The line as it stands."""
        return " ".join(self.edit.toPlainText().split())


class _Field(QWidget):
    """One of 문의, 답변, 처리, 후속조치: its lines under each other."""

    edited = Signal()
    grown = Signal()
    evidence = Signal(object)

    def __init__(self, title: str, *, single: bool = False) -> None:
        super().__init__()
        self._title = title
        self._single = single
        self.rows: list[LineRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = parts.row()
        head.addWidget(parts.label(title, "heading"))
        head.addStretch(1)
        self.add = parts.tool("plus", self.tr("Add a line: {field}").format(field=title))
        if single:
            self.add.hide()
        self.add.clicked.connect(self._add)
        head.addWidget(self.add)
        layout.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        layout.addLayout(self._lines)
        layout.addStretch(1)

    def add_row(self, text: str, turns: Sequence[int] = (), times: Sequence[str] = ()) -> LineRow:
        row = LineRow(text, f"{self._title} {len(self.rows) + 1}", turns, times)
        row.edited.connect(self.edited)
        row.evidence.connect(self.evidence)
        row.removed.connect(self._remove)
        if self._single:
            row.drop.hide()
        self._lines.addWidget(row)
        self.rows.append(row)
        return row

    @Slot()
    def _add(self) -> None:
        self.add_row("").edit.setFocus()
        self.grown.emit()
        self.edited.emit()

    @Slot(object)
    def _remove(self, row: LineRow) -> None:
        if len(self.rows) == 1:
            row.edit.clear()
            return
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()

    def lines(self) -> list[tuple[str, tuple[int, ...]]]:
        return [(row.text, row.turns) for row in self.rows if row.text]


class _CalmCombo(QComboBox):
    """A combo the wheel does not change by accident."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().event(event)


class RecordForm(QWidget):
    """One record, editable."""

    edited = Signal()
    grown = Signal()
    """A line came; the Tab order is to be told anew."""
    evidence = Signal(object)
    """Turn indexes to show."""

    def __init__(self, record: CallRecord, times: dict[int, str], parent: QObject | None = None) -> None:
        super().__init__()
        self._record = record
        whole = parts.column(gap=8)
        self.setLayout(whole)
        top = parts.row()
        top.addWidget(parts.label(self.tr("Category"), "heading"))
        self.category = _CalmCombo()
        self.category.addItems(list(CATEGORIES))
        self.category.setCurrentIndex(self.category.findText(record.category))
        self.category.setPlaceholderText(self.tr("Please choose"))
        self.category.setAccessibleName(self.tr("Category"))
        self.category.setMinimumWidth(theme.current().px(160))
        self.category.currentIndexChanged.connect(self.edited)
        top.addWidget(self.category)
        self._category_chips = []
        for turn in record.evidence.get("category", ())[:MAX_CHIPS]:
            time = times.get(turn, "")
            chip = parts.tool("", self.tr("Show what this came from: {time}").format(time=time), kind="chip", text=time)
            chip.clicked.connect(lambda _=False, one=turn: self.evidence.emit((one,)))
            top.addWidget(chip)
            self._category_chips.append(chip)
        top.addStretch(1)
        whole.addLayout(top)
        area, inside = parts.scroller(self.tr("Record"))
        whole.addWidget(area, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.fields = {
            "inquiry": _Field(self.tr("Inquiry")),
            "answer": _Field(self.tr("Answer")),
            "action": _Field(self.tr("Action")),
            "follow_up": _Field(self.tr("Follow-up"), single=True),
        }
        for place, (key, field) in enumerate(self.fields.items()):
            for index, text in enumerate(self._texts(record, key)):
                turns = record.evidence.get(key if key == "follow_up" else f"{key}.{index}", ())
                field.add_row(text, turns, [times.get(turn, "") for turn in turns])
            if not field.rows:
                field.add_row("")
            field.edited.connect(self.edited)
            field.grown.connect(self.grown)
            field.evidence.connect(self.evidence)
            grid.addWidget(field, place // 2, place % 2)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(grid)
        inside.addStretch(1)

    def _texts(self, record: CallRecord, key: str) -> tuple[str, ...]:
        if key == "follow_up":
            return (record.follow_up,) if record.follow_up else ()
        return tuple(getattr(record, key))

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

    def walk(self) -> list[QWidget]:
        """Return what Tab walks through, in the order a person reads."""
        order: list[QWidget] = [self.category, *self._category_chips]
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
