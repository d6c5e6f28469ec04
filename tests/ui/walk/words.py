"""Whether every word of a window has room, and stands in Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from tests.ui.walk.widgets import cut_by, is_inner, named, visible
from ui import parts

SLACK = 1
"""Pixels that rounding may take."""


def cut(window: QWidget) -> list[str]:
    """Return every word that has less room than it needs."""
    found: list[str] = []
    for widget in visible(window):
        for what in _cut_in(widget, window):
            found.append(f"{named(widget)}: {what}")
    return found


def _cut_in(widget: QWidget, window: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label(widget, window)
    elif isinstance(widget, QAbstractButton) and not is_inner(widget):
        yield from _button(widget, window)
    elif isinstance(widget, QComboBox):
        yield from _combo(widget)
    elif isinstance(widget, QLineEdit):
        yield from _line(widget)
    elif isinstance(widget, QPlainTextEdit):
        yield from _text(widget)
    elif isinstance(widget, QHeaderView):
        yield from _header(widget)
    elif isinstance(widget, QTabBar):
        yield from _tabs(widget)
    elif isinstance(widget, QAbstractItemView):
        yield from _items(widget)


def _label(label: QLabel, window: QWidget) -> Iterator[str]:
    if not label.text():
        return
    if isinstance(label, parts.Elided):
        room = label.contentsRect().width()
        is_long = label.fontMetrics().horizontalAdvance(label.text()) > room + SLACK
        if is_long and label.toolTip() != label.text() and not label.visibleRegion().isEmpty():
            yield "shortened without telling the whole"
        if _ink_cut(label.fontMetrics(), label.text(), label.height()):
            yield f"{label.height()} px high for a line of {label.fontMetrics().height()}"
        across, down = cut_by(label, window)
        if across > SLACK or down > max(SLACK, _blank(label.fontMetrics()) // 2):
            yield f"cut off by {across} × {down} px: {label.text()[:30]!r}"
        return
    if label.wordWrap():
        tall = label.heightForWidth(label.width())
        if tall - _blank(label.fontMetrics()) > label.height() + SLACK:
            yield f"{label.height()} px high, needs {tall}: {label.text()[:30]!r}"
        longest = max((_width(label.fontMetrics(), word) for word in label.text().split()), default=0)
        if longest > label.contentsRect().width() + SLACK and not _has_hangul(label.text()):
            yield f"{label.width()} px wide for a word of {longest}"
    else:
        needed, lines = label.sizeHint(), label.text().count("\n") + 1
        high = label.contentsRect().height() - (lines - 1) * label.fontMetrics().lineSpacing()
        if needed.width() > label.width() + SLACK or _ink_cut(label.fontMetrics(), label.text(), high):
            yield f"{label.width()} × {label.height()} px, needs {needed.width()} × {needed.height()}"
    across, down = cut_by(label, window)
    if across > SLACK or down > max(SLACK, _blank(label.fontMetrics()) // 2):
        yield f"cut off by {across} × {down} px: {label.text()[:30]!r}"


def _button(button: QAbstractButton, window: QWidget) -> Iterator[str]:
    across, down = cut_by(button, window)
    if across > SLACK or down > 4:
        yield f"cut off by {across} × {down} px"
    if not button.text():
        return
    needed = button.minimumSizeHint() if not isinstance(button, QPushButton) else _push(button)
    room = button.size()
    if isinstance(button, QCheckBox | QRadioButton):
        needed = button.sizeHint()
    if needed.width() > room.width() + SLACK or _ink_cut(button.fontMetrics(), button.text(), room.height() - 4):
        yield f"{room.width()} × {room.height()} px, needs {needed.width()} × {needed.height()}"


def _push(button: QPushButton):  # type: ignore[no-untyped-def]
    """Return the least size at which a push button shows its whole text."""
    option = QStyleOptionButton()
    option.initFrom(button)
    inside = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    frame = button.size() - inside.size()
    text = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    icon = 0 if button.icon().isNull() else button.iconSize().width() + 4
    hint = button.sizeHint()
    hint.setWidth(min(hint.width(), text.width() + icon + frame.width()))
    hint.setHeight(min(hint.height(), text.height() + frame.height()))
    return hint


def _combo(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    metrics = box.fontMetrics()
    if _ink_cut(metrics, box.currentText(), box.height() - 2):
        yield f"{box.height()} px high for a line of {metrics.height()}"
    popup = max(box.width(), box.view().minimumWidth())
    for place in range(box.count()):
        text, needed = box.itemText(place), _width(metrics, box.itemText(place))
        if place == box.currentIndex() and needed > field.width() + SLACK and box.toolTip() != text:
            yield f"{text!r} needs {needed} px, has {field.width()}"
        elif needed > popup and not box.itemData(place, Qt.ItemDataRole.ToolTipRole):
            yield f"{text!r} needs {needed} px in the list, has {popup}"


def _line(line: QLineEdit) -> Iterator[str]:
    if is_inner(line):
        return
    metrics = line.fontMetrics()
    if _ink_cut(metrics, line.text() or line.placeholderText(), line.height() - 2):
        yield f"{line.height()} px high for a line of {metrics.height()}"
    hint = line.placeholderText()
    if hint and not line.text():
        option = QStyleOptionButton()
        option.initFrom(line)
        room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).width()
        margins = line.textMargins()
        room -= margins.left() + margins.right() + 4
        if _width(metrics, hint) > room + SLACK and line.toolTip() != hint:
            yield f"placeholder {hint!r} needs {_width(metrics, hint)} px, has {room}"


def _text(edit: QPlainTextEdit) -> Iterator[str]:
    hint = edit.placeholderText()
    if hint and not edit.toPlainText():
        room = edit.viewport().rect().adjusted(4, 4, -4, 0)
        needed = edit.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), hint)
        if needed.height() > room.height() + 4 or needed.width() > room.width() + SLACK:
            yield f"placeholder {hint!r} needs {needed.size()}, has {room.size()}"
    if edit.fontMetrics().height() - _blank(edit.fontMetrics()) > edit.viewport().height() + SLACK:
        yield f"{edit.viewport().height()} px high for a line of {edit.fontMetrics().height()}"


def _header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return
    for place in range(header.count()):
        if header.isSectionHidden(place):
            continue
        needed, room = header.sectionSizeHint(place), header.sectionSize(place)
        if needed > room + SLACK:
            yield f"{_told(header, place)!r} needs {needed} px, has {room}"
    if header.sizeHint().height() > header.height() + SLACK:
        yield f"{header.height()} px high, needs {header.sizeHint().height()}"


def _told(header: QHeaderView, place: int) -> str:
    return str(header.model().headerData(place, header.orientation()) or "")


def _tabs(bar: QTabBar) -> Iterator[str]:
    for place in range(bar.count()):
        rect, needed = bar.tabRect(place), _width(bar.fontMetrics(), bar.tabText(place))
        if needed > rect.width() - 8 or rect.right() > bar.width() + SLACK or rect.height() > bar.height() + SLACK:
            yield f"tab {bar.tabText(place)!r} needs {needed} px, has {rect}"


def _items(view: QAbstractItemView) -> Iterator[str]:
    """Plain items of tables and lists: shortened only where a tooltip tells the whole."""
    model = view.model()
    if model is None or not isinstance(view, QTableView | QTreeView):
        return
    for row in range(min(model.rowCount(QModelIndex()), 20)):
        for column in range(_columns(model)):
            index = model.index(row, column)
            if type(view.itemDelegateForIndex(index)) is QStyledItemDelegate:
                yield from _item(view, index)


def _item(view: QAbstractItemView, index: QModelIndex) -> Iterator[str]:
    text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    rect = view.visualRect(index)
    hint = view.sizeHintForIndex(index)
    font = index.data(Qt.ItemDataRole.FontRole)
    metrics = QFontMetrics(font) if font is not None else view.fontMetrics()
    wide = max((_width(metrics, line) for line in text.split("\n")), default=0)
    if text and wide > rect.width() and text not in str(index.data(Qt.ItemDataRole.ToolTipRole) or ""):
        yield f"item {text!r} needs {wide} px, has {rect.width()}, and no tooltip"
    if text and not rect.isEmpty() and "\n" not in text and _ink_cut(metrics, text, rect.height()):
        yield f"item {text!r} needs {hint.height()} px in height, has {rect.height()}"


def _blank(metrics: QFontMetrics) -> int:
    """Return how much of a line's height no Korean letter fills."""
    return metrics.height() - metrics.tightBoundingRect("훍g").height()


def _ink_cut(metrics: QFontMetrics, text: str, height: int) -> bool:
    """Whether the strokes of one line, set in the middle of ``height`` pixels, are cut."""
    if not text:
        return False
    ink = metrics.tightBoundingRect(text)
    lost = (metrics.height() - height) / 2
    top, bottom = metrics.ascent() + ink.top(), metrics.descent() - ink.bottom()
    return lost > min(top, bottom) + SLACK


def _columns(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())


def _width(metrics: QFontMetrics, text: str) -> int:
    return metrics.size(Qt.TextFlag.TextSingleLine, text).width() if text else 0


# -- Korean -----------------------------------------------------------------------------------------------------

_NAMES = re.compile(
    r"(?m)^[\w.-]+(?: \d[\w.]*)?\n[\w.+ ()-]+$|[\w-]+(?:\.[\w-]+)+|"  # a product and its licence, a host
    r"https?://\S*|[\w.+-]*/[\w./~-]+|\w+\.(?:wav|json|db|age|pub|key|toml|xlsx|csv|md)|"
    r"(?<![A-Za-z])(?:doumi(?: [a-z]+)*|whisper-\w+|F\d{1,2}|Ctrl|Alt|Shift|Enter|Esc|Tab|Space|Home|End|PgUp|PgDown|"
    r"Left|Right|Del|DB|PC|USB|CPU|PIN|XLSX|CSV|PDF|JSON|HTTPS?|URL|ARS|EAP|TUF|SBOM|GB|MB|kB|dB|English|Qt|Python|"
    r"Keyring|DOUMI_\w+|mic-1|sample|d3sk\w*|\d+[a-f\d]{6,})(?![A-Za-z])"
)
"""What stands as it is in Korean too: keys, file names, addresses, names of things."""
_LATIN = re.compile(r"[A-Za-z]{2,}")


def _has_hangul(text: str) -> bool:
    return any("가" <= letter <= "힣" or "ㄱ" <= letter <= "ㅣ" for letter in text)


def english(window: QWidget) -> list[str]:
    """Return every text of a Korean window in which English words are left."""
    return sorted({text for text in texts(window) if _LATIN.search(_NAMES.sub("", text))})


def texts(window: QWidget) -> Iterator[str]:
    """Yield everything a person can read or hear in a window."""
    yield window.windowTitle()
    for widget in visible(window):
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(place) for place in range(widget.count()))
        elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
            yield from (_told(widget, place) for place in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for row in range(min(model.rowCount(QModelIndex()), 20)):
                for column in range(_columns(model)):
                    yield str(model.index(row, column).data() or "")
                    yield str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or "")
    for action in window.findChildren(QAction):
        yield action.text()
