"""One setting as a row: what it is, how it stands, what may be wrong with a wish. Made anew for every look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from audio.model import CallerSide, Device
from ui import icons, parts, theme
from ui.settings_ports import Field, Kind, Lock, Takes, Value


class LockMark(QWidget):
    """The drawing of a lock; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Locked"))

    def sizeHint(self) -> QSize:
        side = theme.current().px(16)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), "lock", QRectF(self.rect()), theme.current().color("accent"))


class SettingRow(QFrame):
    """Title, help and tags on the left, the value on the right, a fault under it."""

    wished = Signal(str, object)
    """(path, value) that is wanted."""
    reset_asked = Signal(str)
    """Path of the setting that is to be as the program has it."""
    hear_asked = Signal()
    """The output of announcements is to be heard."""

    def __init__(
        self,
        field: Field,
        shown: str = "",
        devices: Sequence[Device] | None = None,
        outputs: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Build the row.

        Args:
            field: The setting.
            shown: What stands for the value of a field that is only told; empty: the value itself.
            devices: Sound devices there are; None while they are not known.
            outputs: Id and name of what announcements can be spoken on; empty: the id is written by hand.
        """
        super().__init__()
        self.field = field
        self._devices = devices
        self._outputs = outputs
        self._shown = shown
        self._put: Callable[[Value], None] = lambda _value: None
        """Shows another value in the editor."""
        self.setObjectName("setting")
        self.editor: QWidget = QWidget()
        """What takes the focus."""
        above = parts.column()
        self.setLayout(above)
        self.rule = parts.frame("rule")
        """Parts the row from the one above it."""
        self.rule.hide()
        above.addWidget(self.rule)
        whole = parts.row(gap=16)
        whole.setContentsMargins(0, 8, 0, 8)
        parts.nest(above, whole)
        words = parts.column(gap=4)
        self.title = parts.label(field.title, "title", wrap=True)
        words.addWidget(self.title)
        words.addWidget(parts.label(self._explained(), "small", wrap=True))
        self.tags = parts.label(" · ".join(self._tags()), "tag", wrap=True)
        self.tags.setVisible(bool(self.tags.text()))
        line = parts.row(gap=4)
        if field.lock is not Lock.NOBODY:
            line.addWidget(LockMark())
        line.addWidget(self.tags)
        line.addStretch(1)
        parts.nest(words, line)
        words.addStretch(1)
        parts.nest(whole, words, 1)
        side = parts.column(gap=4)
        parts.nest(side, self._value())
        self.fault = parts.label("", "doubt", wrap=True)
        self.fault.hide()
        side.addWidget(self.fault)
        side.addStretch(1)
        parts.nest(whole, side, 1)
        self.reset = parts.tool("back", self.tr("Back to the program's own value"))
        self.reset.setAccessibleName(self.tr("{name}: back to the program's own value").format(name=field.title))
        self.reset.clicked.connect(lambda: self.reset_asked.emit(field.path))
        keep_room = self.reset.sizePolicy()
        keep_room.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keep_room)
        whole.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self.reset.setVisible(field.changed and self.open_to_change)
        self.editor.setAccessibleName(field.title)
        self.editor.setAccessibleDescription(" ".join((self._explained(), *self._tags())))
        if not shown:
            self.setFocusProxy(self.editor)

    @property
    def open_to_change(self) -> bool:
        """Whether it may be changed here."""
        return self.field.lock is Lock.NOBODY and self.field.kind is not Kind.SHOWN

    def take(self, field: Field) -> None:
        """Show how the setting stands now; nothing is wrong with it any more."""
        self.field = field
        self._put(field.value)
        self.say("")
        if not field.changed and self.reset.hasFocus():
            self.editor.setFocus()
        self.reset.setVisible(field.changed and self.open_to_change)

    def refuse(self, text: str) -> None:
        """Tell why a wish was not stored; what was typed stays to be put right, all else shows what holds."""
        if self.field.kind in (Kind.SWITCH, Kind.CHOICE, Kind.LIST, Kind.KEYS):
            self._put(self.field.value)
        self.say(text)

    def say(self, text: str) -> None:
        """Tell beside the field why a wish was not stored; empty: nothing is wrong."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self.editor.setAccessibleDescription(" ".join(filter(None, (text, self._explained(), *self._tags()))))

    # -- words ----------------------------------------------------------------------------------------

    def _explained(self) -> str:
        field = self.field
        low, high = (f"{one:g}" if one is not None else "" for one in (field.low, field.high))
        if field.kind is not Kind.NUMBER or not (high or (low and not field.above_low)):
            return field.help
        scope = self.tr("from {low} {unit}")
        if high:
            scope = self.tr("at most {high} {unit}") if field.above_low else self.tr("{low} to {high} {unit}")
        return f"{field.help} ({scope.format(low=low, high=high, unit=field.unit).strip()})"

    def _tags(self) -> list[str]:
        lock = {
            Lock.NOBODY: "",
            Lock.POLICY: self.tr("Set by the site"),
            Lock.SITE: self.tr("Set by the site for everybody at this PC"),
            Lock.PROFILE: self.tr("Of this PC: changed from its default profile"),
            Lock.ENVIRONMENT: self.tr("Set by the environment of the program"),
            Lock.FILE: self.tr("Decided by the site: settings file or policy"),
        }[self.field.lock]
        takes = {
            Takes.NOW: "",
            Takes.CALL: self.tr("From the next call"),
            Takes.START: self.tr("From the next start"),
        }[self.field.takes]
        return [one for one in (lock, takes) if one]

    def text_of(self, value: Value) -> str:
        """Return a value in words."""
        if isinstance(value, bool):
            return self.tr("On") if value else self.tr("Off")
        words = {one.value: one.text for one in self.field.choices}
        if isinstance(value, tuple):
            return ", ".join(words.get(one, one) for one in value) or self.tr("None")
        text = f"{value:g}" if isinstance(value, float) else str(value)
        if self.field.kind is Kind.NUMBER:
            return f"{text} {self.field.unit}".strip()
        return words.get(text, text) or self.tr("Not set")

    # -- editors --------------------------------------------------------------------------------------

    def _value(self) -> QHBoxLayout:
        field, line = self.field, parts.row(gap=4)
        if self._shown:
            self.editor = parts.label(self._shown, wrap=True)
            line.addWidget(self.editor, 1)
        elif not self.open_to_change:
            told = QLineEdit(self.text_of(field.value))
            told.setReadOnly(True)
            told.setCursorPosition(0)
            self.editor = told
            line.addWidget(told, 1)
        elif field.kind is Kind.SWITCH:
            line.addWidget(self._switch(), 1)
        elif field.kind is Kind.CHOICE:
            offered = [(one.value, one.text) for one in field.choices]
            line.addWidget(self._combo(offered, str(field.value)), 1)
        elif field.kind is Kind.DEVICE and field.path.startswith("sound."):
            line.addWidget(self._combo(self._device_choices(), str(field.value)), 1)
        elif field.path == "desk.announce_device" and self._outputs:
            line.addWidget(self._combo(self._outputs, str(field.value)), 1)
            hear = parts.tool("play", self.tr("Hear announcements there"), kind="")
            hear.clicked.connect(self.hear_asked)
            line.addWidget(hear)
        elif field.kind is Kind.LIST:
            line.addWidget(self._list(), 1)
        elif field.kind is Kind.KEYS:
            line.addWidget(self._keys(), 1)
        else:
            line.addWidget(self._line(), 1)
            if field.unit:
                line.addWidget(parts.label(field.unit, "muted"))
            if field.kind in (Kind.FILE, Kind.FOLDER):
                line.addWidget(self._browse())
        return line

    def _switch(self) -> QCheckBox:
        made = QCheckBox(self.text_of(bool(self.field.value)))
        made.setChecked(bool(self.field.value))
        made.clicked.connect(lambda on: self._wish(bool(on)))

        def put(value: Value) -> None:
            made.setChecked(bool(value))
            made.setText(self.text_of(bool(value)))

        self.editor, self._put = made, put
        return made

    def _combo(self, offered: Sequence[tuple[str, str]], value: str) -> QComboBox:
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(10)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.installEventFilter(self)
        for data, text in offered:
            made.addItem(text, data)
        if made.findData(value) < 0:
            made.addItem(self.text_of(self.field.value), value)
        made.setCurrentIndex(made.findData(value))
        made.activated.connect(lambda place: self._wish(made.itemData(place)))
        self.editor = made
        self._put = lambda value: made.setCurrentIndex(made.findData(str(value)))
        return made

    def _device_choices(self) -> list[tuple[str, str]]:
        own = self.field.path == "sound.agent_device"
        wanted = [one for one in self._devices or () if not own or one.kind is CallerSide.INPUT]
        return [("", self.tr("System default")), *((one.id, one.name) for one in wanted)]

    def _list(self) -> QWidget:
        box, column = QWidget(), parts.column(gap=4)
        box.setLayout(column)
        chosen = self.field.value if isinstance(self.field.value, tuple) else ()
        marks: list[QCheckBox] = []
        for one in self.field.choices:
            mark = QCheckBox(one.text)
            mark.setAccessibleName(f"{self.field.title}: {one.text}")
            mark.setProperty("value", one.value)
            mark.setChecked(one.value in chosen)
            column.addWidget(mark)
            marks.append(mark)

        def wish() -> None:
            self._wish(tuple(mark.property("value") for mark in marks if mark.isChecked()))

        for mark in marks:
            mark.clicked.connect(wish)

        def put(value: Value) -> None:
            for mark in marks:
                mark.setChecked(isinstance(value, tuple) and mark.property("value") in value)

        self.editor, self._put = box, put
        box.setFocusProxy(marks[0])
        return box

    def _keys(self) -> QKeySequenceEdit:
        made = QKeySequenceEdit(QKeySequence(str(self.field.value)))
        made.setMaximumSequenceLength(1)
        made.setClearButtonEnabled(True)

        def wish() -> None:
            self._wish(made.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

        made.editingFinished.connect(wish)
        inner = made.findChild(QLineEdit)
        if inner is not None:
            inner.setAccessibleName(self.field.title)
        self.editor = made
        self._put = lambda value: made.setKeySequence(QKeySequence(str(value)))
        return made

    def _line(self) -> QLineEdit:
        value = self.field.value
        made = QLineEdit(_plain(value))
        made.setCursorPosition(0)
        address = "http://" if self.field.path.endswith(".proxy") else "https://"
        hints = {Kind.ADDRESS: address, Kind.DEVICE: self.tr("System default")}
        made.setPlaceholderText(hints.get(self.field.kind, ""))
        made.editingFinished.connect(lambda: self._wish(made.text().strip()))
        self.editor = made
        self._put = lambda value: made.setText(_plain(value))
        return made

    def _browse(self) -> QWidget:
        is_folder = self.field.kind is Kind.FOLDER
        made = parts.tool(
            "folder" if is_folder else "file",
            (self.tr("{name}: choose a folder") if is_folder else self.tr("{name}: choose a file")).format(
                name=self.field.title
            ),
            kind="",
        )
        made.clicked.connect(self._pick)
        return made

    @Slot()
    def _pick(self) -> None:
        """Ask for a file or a folder; only this window waits for the answer."""
        dialog = QFileDialog(self.window(), self.field.title)
        is_folder = self.field.kind is Kind.FOLDER
        dialog.setFileMode(QFileDialog.FileMode.Directory if is_folder else QFileDialog.FileMode.ExistingFile)
        if self.field.value:
            dialog.setDirectory(str(Path(str(self.field.value)).parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._picked)
        dialog.open()

    @Slot(str)
    def _picked(self, name: str) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(name)
        self._wish(name)

    def _wish(self, value: Value) -> None:
        if value not in (self.field.value, _plain(self.field.value)):
            self.wished.emit(self.field.path, value)
        else:
            self.say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A wheel that scrolls past a box must not change what is set in it.
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _plain(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
