"""Makes PDF files for paper from HTML: A4, the desk's typeface, a foot with page numbers. Works without a screen.

On a worker thread it leaves the windows free: Qt lays a document out in steps of the thread's event loop, which do not
hold the interpreter, while asking for all of it at once holds it for the whole of the layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QDeadlineTimer,
    QEventLoop,
    QIODevice,
    QMarginsF,
    QRectF,
    QSizeF,
    Qt,
    QThread,
    QUrl,
)
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
_QUIET_MS: Final = 40
"""So long without an event a layout has ended; its steps are 10 ms apart (``QTextDocumentLayout``)."""
WIDTH_MM: Final = 210.0 - 2 * _MARGIN_MM
"""Room for text across, millimetres."""


def pdf_of(
    parts: Sequence[str | tuple[str, ...]],
    *,
    title: str,
    foot: str,
    page: str,
    images: Mapping[str, QImage] | None = None,
    contents: Callable[[Sequence[int]], str] | None = None,
) -> tuple[bytes, int]:
    """Return a PDF and its number of pages. Any thread, where there is an application; else Qt's main thread.

    Args:
        parts: What is on it, in the part of HTML that Qt's documents know; each begins on a new page. The pieces of one
            stand together where a page has room for them all, else each begins on a new page too.
        title: Title of the document.
        foot: Stands at the foot of every page, left.
        page: Stands at the foot, right, with ``{page}`` and ``{pages}``.
        images: What ``<img src=NAME>`` shows, by name.
        contents: Makes what stands before the parts, told the page on which each of them begins.
    """
    font = QFont(family_of_desk())
    font.setPointSizeF(9.5)
    # The typeface's other digits for Latin text have no way back to characters: they could not be copied or searched.
    font.setFeature(QFont.Tag("locl"), 0)
    loop = QEventLoop()  # gives a thread that is not Qt's what the timers of a layout need
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
    foot_height = _FOOT_MM * DPI / 25.4
    room = QSizeF(writer.width(), writer.height() - foot_height)

    documents, bound, begins = list[QTextDocument](), list[QTextDocument](), list[int]()

    def laid_out(html: str) -> QTextDocument:
        document = _document(html, writer, font, room, images or {})
        documents.append(document)  # let go of, whatever comes
        _lay_out(document, loop)
        return document

    painter = QPainter()
    try:
        for part in parts:
            pieces = (part,) if isinstance(part, str) else part
            found = [laid_out("".join(pieces))]
            if len(pieces) > 1 and found[0].pageCount() > 1:
                _let_go([documents.pop()])
                found = [laid_out(piece) for piece in pieces]
            begins.append(1 + sum(document.pageCount() for document in bound))
            bound += found
        if contents is not None:
            # As many pages as with the right numbers: a line of it is no taller for one digit more.
            before = laid_out(contents([len(parts)] * len(parts))).pageCount()
            _let_go([documents.pop()])
            bound.insert(0, laid_out(contents([begin + before for begin in begins])))
        pages, number = sum(document.pageCount() for document in bound), 0
        painter.begin(writer)
        for document in bound:
            for turned in range(document.pageCount()):
                if number:
                    writer.newPage()
                number += 1
                _paint(painter, document, QRectF(0, turned * room.height(), room.width(), room.height()))
                under = QRectF(0, room.height(), room.width(), foot_height)
                _paint_foot(painter, font, under, foot, page.format(page=number, pages=pages))
    finally:
        if painter.isActive():
            painter.end()
        _let_go(documents)
        device.close()
    return bytes(content.data()), pages


def _let_go(documents: Sequence[QTextDocument]) -> None:
    """Take their paint device from documents: they outlive it, and must not be left pointing at it."""
    for document in documents:
        document.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]  # none is right in Qt


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
    """Return the desk's typeface. Any thread, where there is an application; else Qt's main thread."""
    theme = application().property("doumi_theme")
    return theme.family if isinstance(theme, Theme) else load_family()


@cache
def _screenless() -> QGuiApplication:
    """Return what Qt needs for fonts where there is no window; it lives as long as the program."""
    return QGuiApplication(["doumi", "-platform", "offscreen"])


def _document(html: str, writer: QPdfWriter, font: QFont, room: QSizeF, images: Mapping[str, QImage]) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(writer)
    for name, image in images.items():
        document.addResource(int(QTextDocument.ResourceType.ImageResource), QUrl(name), image)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setPageSize(room)
    document.setHtml(html)
    return document


def _lay_out(document: QTextDocument, loop: QEventLoop) -> None:
    """Lay a document out while the windows go on; on Qt's main thread, where they would not, all at once."""
    if QThread.currentThread() is not application().thread():
        quiet = QDeadlineTimer(_QUIET_MS)
        while not quiet.hasExpired():
            if loop.processEvents():
                quiet = QDeadlineTimer(_QUIET_MS)
            else:
                QThread.msleep(2)
    document.pageCount()  # whatever is left


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
