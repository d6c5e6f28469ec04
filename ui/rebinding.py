"""The page where keys are changed: every action with its key; a new key counts at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui import key_rules, parts, theme
from ui.actions import FIXED, GROUPS, Action, Actions, said, written
from ui.palette_match import fit
from ui.search_box import SearchBox

_IDENT: Final = int(Qt.ItemDataRole.UserRole)


class KeyCatch(QLineEdit):
    """Takes the next key that goes down as it is; Tab leaves, so nobody is caught here."""

    caught = Signal(str)
    """Portable key sequence."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            bare = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if bare and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
                return super().event(event)
            event.accept()
            if event.type() == QEvent.Type.KeyPress and event.key() not in key_rules.BARE and not event.isAutoRepeat():
                self.caught.emit(key_rules.pressed(event.key(), event.modifiers()))
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setPlaceholderText(self.tr("Press the new key now"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setPlaceholderText(self.tr("Enter here, then the new key"))


class RebindingWindow(QWidget):
    """Changes, takes away or puts back the key of one action; tells at once what stands against it."""

    chosen = Signal(object)
    """Mapping of action to portable keys where they differ from the program's own; kept by whoever listens."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._actions = actions
        self._kept = ""
        """The action just changed: it stays in the list though it may no longer be what was looked for."""
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Change keys"))
        self.setAccessibleName(self.tr("Change keys"))
        parts.open_at(self, 800, 680)
        whole = parts.column(margin=16, gap=12)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Change keys"), "hero"))
        self.search = SearchBox()
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.setAccessibleName(self.tr("Find an action or a key"))
        self.search.typed.connect(self._look)
        whole.addWidget(self.search)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(self.tr("Actions and their keys"))
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Key"), self.tr("Note")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.current().px(32))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.currentCellChanged.connect(lambda *_: self._show_chosen())
        self.catch = KeyCatch()
        self.table.itemActivated.connect(lambda _item: self.catch.setFocus())
        whole.addWidget(self.table, 1)
        line = parts.row()
        self.name = parts.Elided("", "title")
        self.catch.setAccessibleName(self.tr("New key"))
        self.catch.setFixedWidth(theme.current().px(220))
        self.catch.caught.connect(self._take)
        self.none = parts.button(self.tr("No key"))
        self.none.clicked.connect(lambda: self._take(""))
        self.own = parts.button(self.tr("Original key"))
        self.own.clicked.connect(self._put_back)
        whole.addWidget(self.name)
        for one in (self.catch, self.none, self.own):
            line.addWidget(one)
        line.addStretch(1)
        parts.nest(whole, line)
        self.said = parts.label("", "doubt", wrap=True)
        self.said.setMinimumHeight(theme.current().px(44))
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self.said)
        foot = parts.row()
        self.all_own = parts.button(self.tr("All original keys"), "retry")
        self.all_own.clicked.connect(self._put_all_back)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(self.all_own)
        foot.addStretch(1)
        foot.addWidget(close)
        parts.nest(whole, foot)
        QShortcut(QKeySequence("Esc"), self, self.close)
        actions.changed.connect(self._fill)
        self._fill()
        self.catch.setPlaceholderText(self.catch.tr("Enter here, then the new key"))

    # -- the list -------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        self._kept = ""
        self._fill()

    @Slot()
    def _fill(self) -> None:
        words, chosen = self.search.words, self.ident
        groups = dict(GROUPS)
        rows = [one for one in self._actions.offered if one.id not in FIXED and self._fits(one, words)]
        self.table.blockSignals(True)  # a row that goes for a moment would take the focus out of the field
        self.table.setRowCount(len(rows))
        for place, action in enumerate(rows):
            keys = self._actions.keys(action.id)
            texts = (said(action.text), written(keys) or self.tr("none"), self._note(action, keys))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(_IDENT, action.id)
                item.setToolTip(f"{said(groups[action.group])}: {text}" if column == 0 else text)
                self.table.setItem(place, column, item)
        idents = [one.id for one in rows]
        if rows:
            self.table.setCurrentCell(idents.index(chosen) if chosen in idents else 0, 0)
            self.table.scrollTo(self.table.currentIndex())
        self.table.blockSignals(False)
        self.all_own.setEnabled(bool(self._actions.chosen))
        self._show_chosen()

    def _fits(self, action: Action, words: str) -> bool:
        keys = written(self._actions.keys(action.id))
        if not words or action.id == self._kept:
            return True
        return bool(fit(words, said(action.text)) or words.casefold() in keys.casefold())

    def _note(self, action: Action, keys: str) -> str:
        marks = []
        if action.id in self._actions.chosen:
            marks.append(self.tr("changed"))
        if key_rules.warnings(keys):
            marks.append(self.tr("also elsewhere"))
        return " · ".join(marks)

    @property
    def ident(self) -> str:
        """The chosen action, or empty."""
        item = self.table.item(self.table.currentRow(), 0)
        return str(item.data(_IDENT)) if item is not None else ""

    @Slot()
    def _show_chosen(self) -> None:
        ident = self.ident
        for one in (self.catch, self.none, self.own):
            one.setEnabled(bool(ident))
        if not ident:
            self.name.setText("")
            self.said.setText(self.tr("Nothing found."))
            return
        keys = self._actions.keys(ident)
        self.name.setText(said(self._actions.action(ident).text))
        self.catch.setText(written(keys))
        self.none.setEnabled(bool(keys))
        self.own.setEnabled(ident in self._actions.chosen)
        self.said.setText(" ".join(key_rules.warnings(keys)))

    # -- changing -------------------------------------------------------------------------------------

    @Slot(str)
    def _take(self, keys: str) -> None:
        ident = self.ident
        if not ident:
            return
        refused = key_rules.refusal(self._actions, ident, keys) if keys else ""
        if refused:
            self.catch.setText(written(self._actions.keys(ident)))
            self.said.setText(refused)
            return
        chosen = {**self._actions.chosen, ident: keys}
        if keys == self._actions.action(ident).keys:
            del chosen[ident]
        self._keep(chosen)

    @Slot()
    def _put_back(self) -> None:
        own = self._actions.action(self.ident).keys
        if own:
            self._take(own)  # refused where another action has it by now
        else:
            self._keep({ident: keys for ident, keys in self._actions.chosen.items() if ident != self.ident})

    @Slot()
    def _put_all_back(self) -> None:
        self._keep({})

    def _keep(self, chosen: dict[str, str]) -> None:
        self._kept = self.ident
        beside = self.none.hasFocus() or self.own.hasFocus()
        self.chosen.emit(chosen)
        self._show_chosen()
        if beside:
            self.catch.setFocus()  # the button may be of no more use
