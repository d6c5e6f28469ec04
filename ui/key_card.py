"""The card of keys for the desk's edge: every key in use on one side of A5 or A4, printed or as a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from resources.notices import Fault
from ui.actions import ACTIONS, GROUPS, keys_in_use, said, written
from ui.paper import application
from ui.theme import Theme, load_family

A5: Final = "a5"
A4: Final = "a4"
_PAGES: Final = {A5: QPageSize.PageSizeId.A5, A4: QPageSize.PageSizeId.A4}
_MARGIN_MM: Final = {A5: 9.0, A4: 13.0}
_DPI: Final = 300
_COLUMNS: Final = (("call", "answers"), ("record", "desk"))
_TITLE, _HEADING, _ROW = 2.2, 1.7, 1.0
"""Heights in rows."""
_INK, _QUIET, _GROUND = QColor("#1b1f23"), QColor("#4a5057"), QColor("#e9f0f8")


def write_card(file: Path, chosen: Mapping[str, str], paper: str = A5) -> None:
    """Write the card as a PDF. Qt main thread; works without a window.

    Args:
        file: Written whole; an existing file is replaced.
        chosen: Keys that differ from the program's own.
        paper: ``a5`` or ``a4``.

    Raises:
        Fault: ``shortcuts.card_not_written``.
    """
    try:
        file.write_bytes(card(chosen, paper))
    except OSError as error:
        raise Fault("shortcuts.card_not_written", path=str(file)) from error


def card(chosen: Mapping[str, str], paper: str = A5) -> bytes:
    """Return the card as a PDF. Qt main thread."""
    application()
    content = QByteArray()
    device = QBuffer(content)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(_DPI)
    writer.setPageLayout(_layout(paper))
    writer.setTitle(_title())
    writer.setCreator("doumi")
    painter = QPainter(writer)
    draw(painter, QRectF(0, 0, writer.width(), writer.height()), chosen)
    painter.end()
    device.close()
    return bytes(content.data())


def ask_and_print(chosen: Mapping[str, str], parent: QWidget) -> None:
    """Ask for a printer and print the card there; a PDF file where the system has no printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_layout(A5))
    printer.setDocName(_title())
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_title())
    dialog.accepted.connect(lambda: _print(printer, chosen))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # the dialog's own one wants a slot by its name in C++


def ask_and_write(chosen: Mapping[str, str], parent: QWidget) -> None:
    """Ask for a file and write the card there.

    Raises:
        Fault: ``shortcuts.card_not_written``.
    """
    kinds = QCoreApplication.translate("KeyCard", "PDF (*.pdf)")
    name, _ = QFileDialog.getSaveFileName(parent, _title(), f"{_title()}.pdf", kinds)
    if name:
        write_card(Path(name if name.lower().endswith(".pdf") else f"{name}.pdf"), chosen)


def draw(painter: QPainter, room: QRectF, chosen: Mapping[str, str]) -> None:
    """Draw the card into ``room``, as large as all keys fit."""
    columns = [
        [(title, rows) for group, title in GROUPS if group in groups and (rows := _rows(group, chosen))]
        for groups in _COLUMNS
    ]
    tall = max(sum(_HEADING + len(rows) * _ROW for _, rows in column) for column in columns)
    row = min(room.height() / (tall + _TITLE), room.width() / 27)
    painter.setPen(_INK)
    painter.setFont(_font(row * 1.0, bold=True))
    top = QRectF(room.left(), room.top(), room.width(), row * _TITLE)
    painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), _title())
    painter.setFont(_font(row * 0.5))
    painter.setPen(_QUIET)
    painter.drawText(top, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), "doumi · F1")
    gap = room.width() / 24
    width = (room.width() - gap) / 2
    for place, column in enumerate(columns):
        left, y = room.left() + place * (width + gap), room.top() + row * _TITLE
        for title, rows in column:
            _heading(painter, QRectF(left, y, width, row * _HEADING), said(title), row)
            y += row * _HEADING
            for keys, text in rows:
                _line(painter, QRectF(left, y, width, row * _ROW), keys, text, row)
                y += row * _ROW


def _rows(group: str, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    used = keys_in_use(chosen)
    return [(written(used[one.id]), said(one.text)) for one in ACTIONS if one.group == group and used[one.id]]


def _heading(painter: QPainter, room: QRectF, text: str, row: float) -> None:
    painter.setFont(_font(row * 0.58, bold=True))
    painter.setPen(_INK)
    words, line = room.adjusted(0, 0, 0, -row * 0.2), round(room.bottom() - row * 0.1)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), text)
    painter.drawLine(round(room.left()), line, round(room.right()), line)


def _line(painter: QPainter, room: QRectF, keys: str, text: str, row: float) -> None:
    tag = QRectF(room.left(), room.top() + row * 0.1, room.width() * 0.31, row * 0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(tag, row * 0.15, row * 0.15)
    painter.setPen(_INK)
    _fitted(painter, tag.adjusted(row * 0.15, 0, -row * 0.15, 0), keys, row * 0.48, bold=True)
    painter.setPen(_INK)
    words = QRectF(tag.right() + row * 0.25, room.top(), room.right() - tag.right() - row * 0.25, row)
    _fitted(painter, words, text, row * 0.5)


def _fitted(painter: QPainter, room: QRectF, text: str, size: float, *, bold: bool = False) -> None:
    """Draw one line, in smaller type where it would not fit: nothing is cut."""
    font = _font(size, bold=bold)
    painter.setFont(font)
    wide = painter.fontMetrics().horizontalAdvance(text)
    if wide > room.width():
        painter.setFont(_font(size * room.width() / wide * 0.98, bold=bold))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


def _font(pixels: float, *, bold: bool = False) -> QFont:
    app = QCoreApplication.instance()
    look = app.property("doumi_theme") if app is not None else None
    font = QFont(look.family if isinstance(look, Theme) else load_family())
    font.setPixelSize(max(1, round(pixels)))
    font.setBold(bold)
    # The typeface's other digits for Latin text have no way back to characters: they could not be copied or searched.
    font.setFeature(QFont.Tag("locl"), 0)
    return font


def _layout(paper: str) -> QPageLayout:
    margin = _MARGIN_MM[paper]
    return QPageLayout(
        QPageSize(_PAGES[paper]),
        QPageLayout.Orientation.Portrait,
        QMarginsF(margin, margin, margin, margin),
        QPageLayout.Unit.Millimeter,
    )


def _print(printer: QPrinter, chosen: Mapping[str, str]) -> None:
    painter = QPainter(printer)
    draw(painter, QRectF(painter.viewport()), chosen)
    painter.end()


def _title() -> str:
    return QCoreApplication.translate("KeyCard", "Keys of the desk")
