"""Seals a saved call or an exercise for colleagues: for whom, what for, until when, and where the package goes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QStandardPaths, Qt, Signal, Slot
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
from ui.notices import words_of
from ui.qa.exercise_ports import ExerciseRow
from ui.qa.share_ports import Sharing
from ui.team_parts import day_field, day_of

_DAYS: Final = 30
"""How long a package may be opened where nothing else is chosen."""
_MOST_WORDS: Final = 200
_FILE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class ShareWords:
    """What the window says of what is handed on."""

    title: str
    """Of the window."""
    subject: str
    """Which one it is."""
    explained: str
    """What goes into the file."""
    file: str
    """Beginning of the proposed file name: what kind of thing it is, and nothing of this one."""
    until: str = ""
    """Last day that can be chosen, ISO 8601; empty: any."""


def words_of_call(began: str) -> ShareWords:
    """Return what is said of a saved call; ``began``: when, as the list of calls shows it."""
    explained = QCoreApplication.translate(
        "ShareWindow",
        "Sound, text and record go into one file that only the people you choose can open, in this program, until"
        " the last day. Every opening is logged.",
    )
    return ShareWords(
        QCoreApplication.translate("ShareWindow", "Hand a call on, sealed"),
        QCoreApplication.translate("ShareWindow", "Call of {began}").format(began=began),
        explained,
        QCoreApplication.translate("ShareWindow", "Call"),
    )


def words_of_exercise(row: ExerciseRow) -> ShareWords:
    """Return what is said of an exercise."""
    texts = QCoreApplication.translate(
        "ShareWindow",
        "The texts, with personal data covered, go into one file that only the people you choose can open, in this"
        " program, until the last day. Every opening is logged.",
    )
    sound = QCoreApplication.translate(
        "ShareWindow",
        "The sound of the caller goes along as it was: names and numbers that the caller says can be heard.",
    )
    return ShareWords(
        QCoreApplication.translate("ShareWindow", "Hand an exercise on, sealed"),
        QCoreApplication.translate("ShareWindow", "Exercise: {title}").format(title=row.title),
        f"{texts} {sound}" if row.has_sound else texts,
        QCoreApplication.translate("ShareWindow", "Exercise"),
        row.until,
    )


class ShareWindow(QWidget):
    """A form; nothing leaves before its button is pressed."""

    failed = Signal(object)
    """Exception for the notice line."""
    _moved = Signal(float)

    def __init__(self, sharing: Sharing, ident: str, words: ShareWords, parent: QWidget | None = None) -> None:
        """Ask for one call or exercise.

        Args:
            sharing: Seals it.
            ident: An own saved call, or an exercise.
            words: What is said of it (:func:`words_of_call`, :func:`words_of_exercise`).
            parent: The window it belongs to.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sharing = sharing
        self._ident = ident
        self._file = words.file
        self._busy = False
        self.setWindowTitle(words.title)
        self.setAccessibleName(self.windowTitle())
        parts.open_at(self, 720, 620)
        whole = parts.column(margin=16, gap=12)
        self.setLayout(whole)
        whole.addWidget(parts.label(words.title, "hero", wrap=True))
        whole.addWidget(parts.label(words.subject, "title", wrap=True))
        whole.addWidget(parts.label(words.explained, "muted", wrap=True))
        parts.nest(whole, self._receivers(), 1)
        parts.nest(whole, self._form(words.until))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("How much is sealed"))
        self.bar.setRange(0, 100)
        self.bar.hide()
        whole.addWidget(self.bar)
        self.told = parts.label("", wrap=True)
        whole.addWidget(self.told)
        foot = parts.row()
        self.own_key = parts.button(self.tr("Save my key …"), "save", kind="quiet")
        self.own_key.setToolTip(self.tr("Colleagues need it to seal calls and exercises for you."))
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

    def _form(self, latest: str) -> QFormLayout:
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
        most = QDate.fromString(latest, Qt.DateFormat.ISODate)
        if most >= today:  # one that is over is refused when it is sealed, in a sentence
            self.until.setMaximumDate(most)
        label = self.tr("Last day, {day} at the latest").format(day=latest) if most >= today else self.tr("Last day")
        form.addRow(label, self.until)
        self.place = QLineEdit()
        self.place.setAccessibleName(self.tr("File or folder"))
        self.place.setPlaceholderText(self.tr("file, folder, or address of a store"))
        self.place.setText(self._proposed())
        self.place.setCursorPosition(len(self.place.text()))  # the name is what tells, not the folder
        self.place.textChanged.connect(self._look)
        line = parts.row()
        line.addWidget(self.place, 1)
        self.choose = parts.button(self.tr("Choose …"), "open", name=self.tr("Choose a file"))
        self.choose.clicked.connect(self._ask_place)
        line.addWidget(self.choose)
        form.addRow(self.tr("File or folder"), line)
        return form

    def _proposed(self) -> str:
        """Return a file in the user's documents, named by kind and time: nothing of the call, nobody's name."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        now = QDateTime.currentDateTime().toString("yyyy-MM-dd HHmm")
        return str(Path(folder) / f"{self._file} {now}.doumi")

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
        start = self.place.text().strip()
        start = self._proposed() if "://" in start else start
        # It would ask whether to replace a file; sealing replaces none, and says so.
        keep = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Where the package goes"), start, kinds, "", keep)
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
        job = Job(self, lambda: self._sharing.share(self._ident, keys, purpose, until, place, moved))
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
        self.told.setText(words_of(error))

    def _at_rest(self) -> None:
        self._busy = False
        self.bar.hide()
        self._look()
