"""Makes PDF files for paper from HTML: A4, the desk's typeface, a foot with page numbers. Works without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from kb import whole_file
from resources.notices import Fault
from ui.theme import Theme, load_family

DPI: Final = 300
_MARGIN_MM: Final = 18.0
_FOOT_MM: Final = 9.0
WIDTH_MM: Final = 210.0 - 2 * _MARGIN_MM
"""Room for text across, millimetres."""


def pdf_of(
    html: str, *, title: str, foot: str, page: str, images: Mapping[str, QImage] | None = None
) -> tuple[bytes, int]:
    """Return a PDF and its number of pages. Qt main thread.

    Args:
        html: What is on it, in the part of HTML that Qt's documents know.
        title: Title of the document.
        foot: Stands at the foot of every page, left.
        page: Stands at the foot, right, with ``{page}`` and ``{pages}``.
        images: What ``<img src=NAME>`` shows, by name.
    """
    family = family_of_desk()
    content = QByteArray()
    device = QBuffer(content)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(title)
    writer.setCreator("doumi")
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(writer)
    for name, image in (images or {}).items():
        document.addResource(int(QTextDocument.ResourceType.ImageResource), QUrl(name), image)
    font = QFont(family)
    font.setPointSizeF(9.5)
    # The typeface's other digits for Latin text have no way back to characters: they could not be copied or searched.
    font.setFeature(QFont.Tag("locl"), 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    foot_height = _FOOT_MM * DPI / 25.4
    width, height = float(writer.width()), writer.height() - foot_height
    document.setPageSize(QSizeF(width, height))
    document.setHtml(html)
    pages = document.pageCount()
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        _paint(painter, document, QRectF(0, number * height, width, height))
        room = QRectF(0, height, width, foot_height)
        _paint_foot(painter, font, room, foot, page.format(page=number + 1, pages=pages))
    painter.end()
    # The document outlives the writer at the end of this call: it must not be left pointing at it.
    document.documentLayout().setPaintDevice(None)
    device.close()
    return bytes(content.data()), pages


def put(data: bytes, file: Path, code: str) -> None:
    """Write a file for its owner's eyes, whole or not at all. Raises Fault ``code``: it was not written."""
    try:
        whole_file.put(file, data, 0o600)
    except OSError as error:
        raise Fault(code, path=str(file)) from error


def application() -> QCoreApplication:
    """Return the running application, or what stands in for one where there is no window. Qt main thread."""
    return QCoreApplication.instance() or _screenless()


def family_of_desk() -> str:
    """Return the desk's typeface. Qt main thread."""
    theme = application().property("doumi_theme")
    return theme.family if isinstance(theme, Theme) else load_family()


@cache
def _screenless() -> QGuiApplication:
    """Return what Qt needs for fonts where there is no window; it lives as long as the program."""
    return QGuiApplication(["doumi", "-platform", "offscreen"])


def _paint(painter: QPainter, document: QTextDocument, page: QRectF) -> None:
    painter.save()
    painter.translate(0, -page.top())
    painter.setClipRect(page)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = page
    # Paper is white and print is black, whatever the desk's theme.
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, font: QFont, room: QRectF, left: str, right: str) -> None:
    small = QFont(font)
    small.setPointSizeF(7.5)
    painter.setFont(small)
    painter.setPen(Qt.GlobalColor.black)
    bottom = Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, bottom | Qt.AlignmentFlag.AlignLeft, left)
    painter.drawText(room, bottom | Qt.AlignmentFlag.AlignRight, right)
