"""About: version and build, the models in use, and the licence of every part, which can be searched.

The program itself is the first of its parts: all it is stands above its licence, where it scrolls at any text size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot, qVersion
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QSplitter, QWidget

from ui import clipboard, parts, theme
from ui.about_ports import About, AboutDesk, LicenceRow, ModelInUse
from ui.jobs import Job
from ui.two_lines import TwoLines

_NAME: Final = int(Qt.ItemDataRole.UserRole)


class AboutWindow(QWidget):
    """The parts in a list, and the text of the chosen one beside it."""

    failed = Signal(object)
    """Exception for the notice line."""

    def __init__(self, desk: AboutDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._desk = desk
        self._rows: tuple[LicenceRow, ...] = ()
        self._asked = ""
        self.facts = ""
        """What the program is, line by line."""
        self.setWindowTitle(self.tr("About the program"))
        self.setAccessibleName(self.windowTitle())
        parts.open_at(self, 980, 720)
        whole = parts.column(margin=16, gap=8)
        self.setLayout(whole)
        self.title = parts.label(self.tr("Sangdam Doumi"), "hero")
        whole.addWidget(self.title)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a part or a licence"))
        self.search.setAccessibleName(self.tr("Find a part or a licence"))
        self.search.textChanged.connect(self._narrow)
        whole.addWidget(self.search)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Parts of the program"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._ask)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Facts and licence"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        sides.addWidget(self.list)
        sides.addWidget(self.text)
        sides.setSizes([theme.current().px(340), theme.current().px(600)])
        whole.addWidget(sides, 1)
        foot = parts.row()
        self.count = parts.label("", "muted")
        self.copy = parts.button(self.tr("Copy version"), "copy")
        self.copy.clicked.connect(self._copy)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.copy)
        foot.addWidget(close)
        parts.nest(whole, foot)
        QShortcut(QKeySequence("Esc"), self, self.close)

    @Slot()
    def look(self) -> None:
        """Read what the program is made of."""
        Job(self, self._desk.about).on_success(self.show_about).on_failure(self.failed.emit).start()

    def show_about(self, about: About) -> None:
        """Show it."""
        self.title.setText(self.tr("Sangdam Doumi {version}").format(version=about.version))
        self.facts = "\n".join((self.title.text(), *self._facts(about)))
        self._rows = (LicenceRow(self.tr("Sangdam Doumi"), about.version, "Apache-2.0"), *about.parts)
        self._narrow()

    def _facts(self, about: About) -> Iterator[str]:
        if about.commit or about.built:
            yield self.tr("Build {commit} of {date}").format(commit=about.commit, date=about.built)
        else:
            yield self.tr("Run from its source, not from a build")
        if about.portable:
            yield self.tr("Portable: {folder}").format(folder=about.portable)
        yield " · ".join((f"Python {about.python}", f"Qt {qVersion()}", f"PySide6 {about.pyside}", about.system))
        yield ""
        yield self.tr("Models in use")
        for model in about.models:
            yield self._model(model)

    def _model(self, model: ModelInUse) -> str:
        purpose = self.tr("Hearing") if model.purpose == "speech" else self.tr("Search by meaning")
        licence = model.licence or self.tr("brought by the site")
        facts = (purpose, model.name, licence, model.source, model.revision)
        return " · ".join(fact for fact in facts if fact)

    @Slot()
    def _narrow(self) -> None:
        """List the parts whose name or licence holds every word of the box."""
        words = unicodedata.normalize("NFC", self.search.text()).casefold().split()
        self.list.clear()
        for place, row in enumerate(self._rows):
            held = f"{row.name} {row.version} {row.licence}".casefold()
            if all(word in held for word in words):
                item = QListWidgetItem(f"{row.name} {row.version}".strip() + f"\n{row.licence}")
                item.setData(_NAME, "" if place == 0 else row.name)
                item.setToolTip(row.licence)
                self.list.addItem(item)
        found = self.list.count()
        shown = self.tr("Parts: {count}") if found else self.tr("No part fits these words")
        self.count.setText(shown.format(count=found))
        if found:
            self.list.setCurrentRow(0)
        else:
            self.text.clear()

    def _ask(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        name = str(item.data(_NAME))
        self._asked = name
        read = Job(self, lambda: (name, self._desk.licence_text(name)))
        read.on_success(self._read).on_failure(self.failed.emit).start()

    def _read(self, answer: tuple[str, str]) -> None:
        name, text = answer
        if name == self._asked:
            self.text.setPlainText(text if name else f"{self.facts}\n\n{text}")

    @Slot()
    def _copy(self) -> None:
        clipboard.copy(self.facts, public=True)
