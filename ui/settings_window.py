"""Every setting in one window that can be searched: groups on the left, their fields on the right.

Rows are built for what is looked at, so that the window opens at once. A change is checked and stored when it is made;
one that does not fit is told beside its field and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from audio.model import Device
from resources.notices import Fault
from ui import guide, parts, theme
from ui.jobs import Job
from ui.ports import SystemKey
from ui.search_box import SearchBox
from ui.settings_ports import Field, Kind, SettingsDesk, Value
from ui.settings_rows import SettingRow

MOST_FOUND: Final = 20
"""Rows of a search that are shown."""
REST_MS: Final = 120
"""Typing rests: the settings are searched."""
_LOOKS: Final = ("desk.theme", "desk.text_scale")
_ID: Final = Qt.ItemDataRole.UserRole


class SettingsWindow(QDialog):
    """Changes take effect at once; what waits for a call or a start says so."""

    changed = Signal(str)
    """Path of a setting that was changed."""
    holdings_asked = Signal()
    """What this PC keeps is wanted."""
    keys_asked = Signal()
    """The keys are to be changed."""
    about_asked = Signal()
    """Version and licences."""
    hear_asked = Signal()
    """The output of announcements is to be heard."""
    first_start_asked = Signal()
    """The questions of the first start are wanted again."""

    def __init__(
        self,
        desk: SettingsDesk,
        parent: QWidget | None = None,
        *,
        system_key: SystemKey | None = None,
        capture: str = "unavailable",
        devices: Callable[[], Sequence[Device]] | None = None,
        outputs: Callable[[], Sequence[tuple[str, str]]] | None = None,
        beside_desk: bool = True,
    ) -> None:
        """Build the window with its first group open.

        Args:
            desk: Reads and changes settings.
            parent: The desk's window.
            system_key: Tells why a key cannot be had.
            capture: How it stands with screen captures, see :class:`ui.preference_ports.Preferences`.
            devices: Lists sound devices, on a worker thread.
            outputs: Lists what announcements can be spoken on, on the main thread.
            beside_desk: Whether a counsellor's desk answers the ways to other windows; else they are not offered.
        """
        super().__init__(parent)
        self._desk = desk
        self._system_key = system_key
        self._capture = capture
        self._list_devices = devices
        self._list_outputs = outputs
        self._devices: Sequence[Device] | None = None
        self._devices_asked = False
        self._fine = False
        self._group = 0
        self.rows: dict[str, SettingRow] = {}
        """The rows that are shown, by path, in their order."""
        self.fields: dict[str, Field] = {}
        self._made: dict[str, SettingRow] = {}
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self.setModal(False)
        parts.open_at(self, 960, 680)
        whole = parts.column(margin=24, gap=12)
        self.setLayout(whole)
        head = parts.row(gap=16)
        head.addWidget(parts.label(self.tr("Settings"), "hero"))
        self.box = SearchBox()
        self.box.setPlaceholderText(self.tr("Find a setting"))
        self.box.setAccessibleName(self.tr("Find a setting"))
        self.box.typed.connect(self._typed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look)
        head.addWidget(self.box, 1)
        self.about = parts.tool("info", self.tr("About the program"))
        self.about.clicked.connect(self.about_asked)
        head.addWidget(self.about)
        head.addWidget(guide.GuideLink("settings"))
        parts.nest(whole, head)
        middle = parts.row(gap=16)
        parts.nest(whole, middle, 1)
        self.groups = QListWidget()
        self.groups.setAccessibleName(self.tr("Groups of settings"))
        self.groups.setSpacing(2)
        self.groups.currentRowChanged.connect(self._group_chosen)
        middle.addWidget(self.groups)
        right = parts.column(gap=4)
        parts.nest(middle, right, 1)
        self.count = parts.label("", "heading", wrap=True)
        right.addWidget(self.count)
        self._area, self._column = parts.scroller(self.tr("Settings of the group"))
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(0)
        right.addWidget(self._area, 1)
        self.more = parts.button(self.tr("Show fine adjustments too"), "plus", kind="quiet")
        self.more.clicked.connect(self._show_fine)
        buttons = parts.row()
        self.holdings = parts.button(self.tr("Recording and how long it is kept"), "lock", kind="quiet")
        self.holdings.clicked.connect(self.holdings_asked)
        self.keys = parts.button(self.tr("Change the keys"), "keyboard", kind="quiet")
        self.keys.clicked.connect(self.keys_asked)
        self.first = parts.button(self.tr("First start"), "flag", kind="quiet")
        self.first.clicked.connect(self.first_start_asked)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        for one in (self.holdings, self.keys, self.first):
            buttons.addWidget(one)
            one.setVisible(beside_desk)
        buttons.addStretch(1)
        buttons.addWidget(close)
        parts.nest(whole, buttons)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.box.setFocus)
        self._read()
        self._fill_groups()
        self.groups.setCurrentRow(0)
        self.box.setFocus()

    # -- what is shown --------------------------------------------------------------------------------

    def look_for(self, text: str) -> None:
        """Search for ``text``."""
        self.box.setText(text)
        self._look()

    def show_path(self, path: str) -> None:
        """Show the group of one setting and put the cursor into it."""
        field = self.fields.get(path)
        if field is None:
            return
        self._fine = self._fine or field.fine
        self._group = self._place_of(field.group)
        self.box.clear()
        self._rest.stop()
        with QSignalBlocker(self.groups):
            self.groups.setCurrentRow(self._group)
        self._show_group()
        self._focus(path)

    def look_again(self) -> None:
        """Read the settings again: something else may have changed them."""
        self._read()
        self._show()

    def _read(self) -> None:
        self.fields = {field.path: field for field in self._desk.fields()}

    def _fill_groups(self) -> None:
        named = {field.group: field.group_title for field in self.fields.values()}
        for group, title in named.items():
            item = QListWidgetItem(title)
            item.setData(_ID, group)
            self.groups.addItem(item)
        self._fit()

    def _fit(self) -> None:
        self.groups.setFixedWidth(self.groups.sizeHintForColumn(0) + theme.current().px(40))

    def _place_of(self, group: str) -> int:
        return next(row for row in range(self.groups.count()) if self.groups.item(row).data(_ID) == group)

    @Slot()
    def _typed(self) -> None:
        """Search when typing rests, so that every key is seen at once."""
        self._rest.start()

    @Slot()
    def _look(self) -> None:
        self._rest.stop()
        words = self.box.words
        if words and self.box.composing and not any(field.found_by(words) for field in self.fields.values()):
            return  # a half-written syllable: what stands there stays
        self._show()

    @Slot()
    def _group_chosen(self) -> None:
        if self.groups.currentRow() < 0:
            return
        self._group = self.groups.currentRow()
        self.box.clear()
        self._rest.stop()
        self._show_group()

    def _show(self) -> None:
        words = self.box.words
        if not words:
            with QSignalBlocker(self.groups):
                self.groups.setCurrentRow(self._group)
            self._show_group()
            return
        with QSignalBlocker(self.groups):
            self.groups.setCurrentRow(-1)
        found = [field for field in self.fields.values() if field.found_by(words)]
        self._fill(found[:MOST_FOUND], with_group=True)
        text = self.tr("{count} settings found") if found else self.tr("Nothing found. Try another word.")
        if len(found) > MOST_FOUND:
            text = self.tr("{count} settings found; the first {shown} are shown")
        self.count.setText(text.format(count=len(found), shown=MOST_FOUND))
        self.more.hide()

    def _show_group(self) -> None:
        item = self.groups.item(self._group)
        of_group = [field for field in self.fields.values() if field.group == item.data(_ID)]
        shown = [field for field in of_group if self._fine or not field.fine]
        self._fill(shown, with_group=False)
        self.count.setText(item.text())
        self.more.setVisible(len(shown) < len(of_group))

    @Slot()
    def _show_fine(self) -> None:
        self._fine = True
        before = set(self.rows)
        self._show_group()
        first = next((path for path in self.rows if path not in before), "")
        self._focus(first)

    def _fill(self, fields: Sequence[Field], with_group: bool) -> None:
        """Show the rows of ``fields``. A row that was made stays: what is half typed in it, too."""
        before = self.rows
        self.rows = {field.path: self._row(field) for field in fields}
        while self._column.takeAt(0) is not None:
            pass
        for path, row in before.items():
            if path not in self.rows:
                row.hide()
        for place, (path, row) in enumerate(self.rows.items()):
            field = self.fields[path]
            row.title.setText(f"{field.group_title} › {field.title}" if with_group else field.title)
            row.rule.setVisible(place > 0)
            self._column.addWidget(row)
            row.show()  # at once: the cursor may be put into it
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        if list(before) != list(self.rows):
            self._area.verticalScrollBar().setValue(0)

    def _row(self, field: Field) -> SettingRow:
        """Return the row of a setting, as it stands now."""
        row = self._made.get(field.path)
        if row is not None and row.field.lock is field.lock:
            if row.field != field:
                row.take(field)
            return row
        if row is not None:
            row.hide()
            row.deleteLater()
        if field.kind is Kind.DEVICE:
            self._ask_devices()
        outputs: Sequence[tuple[str, str]] = ()
        if field.path == "desk.announce_device" and self._list_outputs is not None:
            outputs = self._list_outputs()
        row = self._made[field.path] = SettingRow(field, self._told(field), self._devices, outputs)
        row.hear_asked.connect(self.hear_asked)
        row.wished.connect(self._change)
        row.reset_asked.connect(self._reset)
        return row

    def _focus(self, path: str) -> None:
        row = self.rows.get(path)
        if row is not None:
            row.editor.setFocus()
            QTimer.singleShot(0, row, lambda: self._area.ensureWidgetVisible(row))  # once it has its place

    def _told(self, field: Field) -> str:
        """Return the sentence for a setting whose value says too little."""
        if field.path != "desk.hide_from_capture":
            return ""
        return {
            "hidden": self.tr("These windows stay out of screenshots and shared screens."),
            "shown": self.tr("These windows can be captured and shared, as the site decided."),
        }.get(self._capture, self.tr("This system cannot keep windows out of screenshots and shared screens."))

    def _ask_devices(self) -> None:
        if self._list_devices is not None and not self._devices_asked:
            self._devices_asked = True
            Job(self, self._list_devices).on_success(self._devices_known).on_failure(lambda _error: None).start()

    def _devices_known(self, devices: Sequence[Device]) -> None:
        self._devices = devices
        for path in [path for path, row in self._made.items() if row.field.kind is Kind.DEVICE]:
            row = self._made.pop(path)
            row.hide()
            row.deleteLater()
        if any(self.fields[path].kind is Kind.DEVICE for path in self.rows):
            self._show()

    # -- changes --------------------------------------------------------------------------------------

    @Slot(str, object)
    def _change(self, path: str, value: Value) -> None:
        fault = ""
        if self.fields[path].kind is Kind.KEYS and value and self._system_key is not None:
            fault = self._system_key.fault(str(value))
        self._store(path, lambda: self._desk.change(path, value), fault)

    @Slot(str)
    def _reset(self, path: str) -> None:
        self._store(path, lambda: self._desk.reset(path))

    def _store(self, path: str, step: Callable[[], None], fault: str = "") -> None:
        if not fault:
            try:
                step()
            except Fault as refused:
                fault = str(refused)
        row = self.rows.get(path)
        if fault and row is not None:
            row.refuse(fault)
        if fault:
            return
        self._read()
        if row is not None:
            row.take(self.fields[path])
        self.changed.emit(path)
        if path in _LOOKS:
            self._fit()
