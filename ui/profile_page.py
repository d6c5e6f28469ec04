"""Who is there: the page at the start where several counsellors share the PC or the one has a PIN."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QMainWindow, QWidget

from ui import parts
from ui.dress import dress
from ui.jobs import Job
from ui.ports import ScreenGuard
from ui.preference_ports import Preferences
from ui.profile_ports import Chosen, ProfileDoors, ProfileRow
from ui.single_window import DeskSocket
from ui.stay import application
from ui.two_lines import TwoLines

MOST_PIN = 64


def pin_field(name: str) -> QLineEdit:
    """Return a field for a PIN: covered, never suggested, never learned by a keyboard."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(MOST_PIN)
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    made.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)
    made.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    return made


class ProfilePage(QMainWindow):
    """Names on the left, the PIN on the right; Enter opens."""

    opened = Signal(object)
    """Chosen."""

    def __init__(self, doors: ProfileDoors, last: str = "") -> None:
        """Show the profiles.

        Args:
            doors: The profiles of this PC.
            last: Id of the profile that stands out first.
        """
        super().__init__()
        self._doors = doors
        self._asking = False
        self.chosen: Chosen | None = None
        self.setWindowTitle(self.tr("Who is there?"))
        self.setAccessibleName(self.tr("Who is there?"))
        parts.open_at(self, 620, 460)
        whole = QWidget()
        whole.setObjectName("window")
        self.setCentralWidget(whole)
        page = parts.column(margin=24, gap=16)
        whole.setLayout(page)
        page.addWidget(parts.label(self.tr("Who is there?"), "hero"))
        page.addWidget(
            parts.label(self.tr("Each counsellor has records of their own. Only you open yours."), "muted", wrap=True)
        )
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Counsellors of this PC"))
        self.names.setItemDelegate(TwoLines(self.names))
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.addWidget(self.names, 1)
        self.pin = pin_field(self.tr("PIN"))
        self.open_button = parts.button(self.tr("Open"), "open", kind="primary")
        line = parts.row()
        line.addWidget(self.pin, 1)
        line.addWidget(self.open_button)
        parts.nest(page, line)
        self.said = parts.label("", "doubt", wrap=True)
        self.said.setAccessibleName(self.tr("Result"))
        page.addWidget(self.said)
        self._rows = tuple(doors.rows())
        for row in self._rows:
            item = QListWidgetItem(f"{self.name(row)}\n{self.role(row)}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.names.addItem(item)
        ids = [row.id for row in self._rows]
        self.names.currentRowChanged.connect(self._turned)
        self.names.setCurrentRow(ids.index(last) if last in ids else 0)
        self.names.itemActivated.connect(lambda _item: self._go())
        self.pin.returnPressed.connect(self._go)
        self.open_button.clicked.connect(self._go)
        (self.pin if self.pin.isEnabled() else self.names).setFocus()

    def name(self, row: ProfileRow) -> str:
        """Return what a profile is called."""
        return row.name or self.tr("Counsellor of this PC")

    def role(self, row: ProfileRow) -> str:
        """Return what a profile is for, and whether it opens with a PIN."""
        roles = {
            "counsellor": self.tr("Counsellor"),
            "trainer": self.tr("Trainer"),
            "team": self.tr("Dedicated team"),
        }
        pin = self.tr("with a PIN") if row.has_pin else self.tr("without a PIN")
        return f"{roles[row.role]} · {pin}"

    def _row(self) -> ProfileRow:
        return self._rows[max(0, self.names.currentRow())]

    @Slot()
    def _turned(self) -> None:
        has_pin = self._row().has_pin
        self.pin.clear()
        self.said.clear()
        self.pin.setEnabled(has_pin)
        self.pin.setPlaceholderText(self.tr("PIN") if has_pin else self.tr("No PIN is set"))

    @Slot()
    def _go(self) -> None:
        row, pin = self._row(), self.pin.text()
        if self._asking:
            return
        if row.has_pin and not pin:
            self.pin.setFocus()
            return
        self._ask(True)
        job = Job(self, lambda: self._doors.unlock(row.id, pin))
        job.on_success(lambda _none: self._open(Chosen(row.id, pin))).on_failure(self._refused).start()

    def _ask(self, asking: bool) -> None:
        self._asking = asking
        self.open_button.setEnabled(not asking)
        self.names.setEnabled(not asking)
        self.pin.setReadOnly(asking)

    def _open(self, chosen: Chosen) -> None:
        self.pin.clear()
        self.chosen = chosen
        self.opened.emit(chosen)
        self.close()

    def _refused(self, error: Exception) -> None:
        self._ask(False)
        self.pin.clear()
        self.said.setText(str(error))
        (self.pin if self.pin.isEnabled() else self.names).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.pin.clear()
        super().closeEvent(event)


def let_go(window: QWidget) -> None:
    """Destroy a closed window and all that hangs on it now, so that nothing of it outlives its profile."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def choose_profile(
    doors: ProfileDoors,
    look: Preferences,
    *,
    language: str = "",
    last: str = "",
    socket_name: str = "",
    guard: ScreenGuard | None = None,
) -> Chosen | None:
    """Ask who is there; returns None where the page is closed. Main thread.

    Args:
        doors: The profiles of this PC.
        look: Theme, text size and language of the page.
        language: ``ko`` or ``en``; empty for that of ``look``.
        last: Id of the profile that stands out first.
        socket_name: Local socket on which a second start asks for the window, or empty.
        guard: Keeps windows out of screen captures; without it nothing does.

    Raises:
        resources.notices.Fault: The profiles cannot be read.
    """
    app = application()
    dress(look, language, guard)
    page = ProfilePage(doors, last)
    if socket_name:
        DeskSocket(socket_name, page)
    page.show()
    app.exec()
    chosen = page.chosen
    let_go(page)
    return chosen
