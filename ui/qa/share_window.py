"""Seals a saved call for colleagues: for whom, what for, until when, and where the package goes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui import parts
from ui.jobs import Job
from ui.qa.share_ports import Sharing
from ui.team_parts import day_field, day_of

_DAYS: Final = 30
"""How long a package may be opened where nothing else is chosen."""
_MOST_WORDS: Final = 200
_FILE: Final = int(Qt.ItemDataRole.UserRole)


class ShareWindow(QWidget):
    """A form; nothing leaves before its button is pressed."""

    failed = Signal(object)
    """Exception for the notice line."""
    _moved = Signal(float)

    def __init__(self, sharing: Sharing, session_id: str, title: str, parent: QWidget | None = None) -> None:
        """Ask for one call.

        Args:
            sharing: Seals it.
            session_id: An own saved call.
            title: When it began, as the list of calls shows it.
            parent: The window it belongs to.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sharing = sharing
        self._session_id = session_id
        self._busy = False
        self.setWindowTitle(self.tr("Hand a call on, sealed"))
        self.setAccessibleName(self.windowTitle())
        parts.open_at(self, 720, 620)
        whole = parts.column(margin=16, gap=12)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Hand a call on, sealed"), "hero", wrap=True))
        whole.addWidget(parts.label(self.tr("Call of {began}").format(began=title), "title", wrap=True))
        explained = self.tr(
            "Sound, text and record go into one file that only the people you choose can open, in this program, until"
            " the last day. Every opening is logged."
        )
        whole.addWidget(parts.label(explained, "muted", wrap=True))
        parts.nest(whole, self._receivers(), 1)
        parts.nest(whole, self._form())
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("How much is sealed"))
        self.bar.setRange(0, 100)
        self.bar.hide()
        whole.addWidget(self.bar)
        self.told = parts.label("", wrap=True)
        whole.addWidget(self.told)
        foot = parts.row()
        self.own_key = parts.button(self.tr("Save my key …"), "save", kind="quiet")
        self.own_key.setToolTip(self.tr("Colleagues need it to seal calls for you."))
        self.own_key.clicked.connect(self._save_key)
        foot.addWidget(self.own_key)
        foot.addStretch(1)
        close = parts.button(self.tr("Close"), tip="Esc")
        close.clicked.connect(self.close)
        foot.addWidget(close)
        self.share_button = parts.button(self.tr("Seal and hand on"), "lock", kind="primary")
        self.share_button.clicked.connect(self._share)
        foot.addWidget(self.share_button)
        parts.nest(whole, foot)
        self._moved.connect(self._show_part)
        QShortcut(QKeySequence("Esc"), self, self.close)
        self._look()
        self.add.setFocus()

    def _receivers(self) -> QVBoxLayout:
        whole = parts.column()
        whole.addWidget(parts.label(self.tr("Who may open it")))
        self.keys = QListWidget()
        self.keys.setAccessibleName(self.tr("Who may open it"))
        self.keys.setMinimumHeight(72)
        self.keys.currentRowChanged.connect(lambda _row: self._look())
        whole.addWidget(self.keys, 1)
        line = parts.row()
        self.add = parts.button(self.tr("Add a key file …"), "plus")
        self.add.clicked.connect(self._ask_keys)
        self.remove = parts.button(self.tr("Take out"), "close", name=self.tr("Take the chosen key out"))
        self.remove.clicked.connect(self._take_out)
        line.addWidget(self.add)
        line.addWidget(self.remove)
        line.addStretch(1)
        parts.nest(whole, line)
        return whole

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.purpose = QLineEdit()
        self.purpose.setAccessibleName(self.tr("What it may be used for"))
        self.purpose.setPlaceholderText(self.tr("e.g. training of new counsellors"))
        self.purpose.setMaxLength(_MOST_WORDS)
        self.purpose.textChanged.connect(self._look)
        form.addRow(self.tr("What it may be used for"), self.purpose)
        today = QDate.currentDate()
        last = today.addDays(_DAYS)
        self.until = day_field(self.tr("Last day"), date(last.year(), last.month(), last.day()))
        self.until.setMinimumDate(today)
        form.addRow(self.tr("Last day"), self.until)
        self.place = QLineEdit()
        self.place.setAccessibleName(self.tr("File or folder"))
        self.place.setPlaceholderText(self.tr("file, folder, or address of a store"))
        self.place.textChanged.connect(self._look)
        line = parts.row()
        line.addWidget(self.place, 1)
        self.choose = parts.button(self.tr("Choose …"), "open", name=self.tr("Choose a file"))
        self.choose.clicked.connect(self._ask_place)
        line.addWidget(self.choose)
        form.addRow(self.tr("File or folder"), line)
        return form

    # -- what is chosen -------------------------------------------------------------------------------

    def key_files(self) -> tuple[Path, ...]:
        """Return the files with the receivers' keys."""
        return tuple(Path(str(self.keys.item(row).data(_FILE))) for row in range(self.keys.count()))

    def add_key(self, file: Path) -> None:
        """Take a receiver's key file in, once it has been read."""
        job = Job(self, lambda: self._sharing.check_key(file))
        job.on_success(lambda _none: self._key_read(file)).on_failure(self._tell_fault).start()

    def _key_read(self, file: Path) -> None:
        if file not in self.key_files():
            item = QListWidgetItem(file.name, self.keys)
            item.setData(_FILE, str(file))
            item.setToolTip(str(file))
            self.keys.setCurrentItem(item)
        self.told.setText("")
        self._look()

    @Slot()
    def _ask_keys(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Key files of the receivers"))
        for name in chosen:
            self.add_key(Path(name))

    @Slot()
    def _take_out(self) -> None:
        self.keys.takeItem(self.keys.currentRow())
        self._look()

    @Slot()
    def _ask_place(self) -> None:
        kinds = self.tr("Session package (*.doumi)")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Where the package goes"), "", kinds)
        if chosen:
            self.place.setText(chosen)

    @Slot()
    def _save_key(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save my key"), "doumi-key.txt")
        if chosen:
            file = Path(chosen)
            told = self.tr("Your key was saved. Hand it to colleagues who send you calls: {path}").format(path=chosen)
            job = Job(self, lambda: self._sharing.write_key(file))
            job.on_success(lambda _none: self.told.setText(told)).on_failure(self._tell_fault).start()

    @Slot()
    def _look(self) -> None:
        is_whole = bool(self.keys.count() and self.purpose.text().strip() and self.place.text().strip())
        self.share_button.setEnabled(is_whole and not self._busy)
        self.remove.setEnabled(self.keys.currentRow() >= 0)

    # -- sealing --------------------------------------------------------------------------------------

    @Slot()
    def _share(self) -> None:
        keys, purpose, until = self.key_files(), self.purpose.text().strip(), day_of(self.until)
        place = self.place.text().strip()

        def moved(part: float) -> None:
            if isValid(self):  # sealing goes on where the window was closed
                with suppress(RuntimeError):  # closed between the two
                    self._moved.emit(part)

        self._busy = True
        self.told.setText("")
        self.bar.setValue(0)
        self.bar.show()
        self._look()
        job = Job(self, lambda: self._sharing.share(self._session_id, keys, purpose, until, place, moved))
        job.on_success(self._shared).on_failure(self._not_shared).start()

    @Slot(float)
    def _show_part(self, part: float) -> None:
        self.bar.setValue(round(part * 100))

    def _shared(self, place: str) -> None:
        self._at_rest()
        self.told.setText(self.tr("Sealed. The package lies here: {place}").format(place=place))

    def _not_shared(self, error: Exception) -> None:
        self._at_rest()
        self._tell_fault(error)

    def _tell_fault(self, error: Exception) -> None:
        self.told.setText(str(error))

    def _at_rest(self) -> None:
        self._busy = False
        self.bar.hide()
        self._look()
