"""Draws the record of an evidence pack as a PDF for the police or a lawyer. Works without a window or a screen."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from resources.notices import Fault
from ui.evidence_record import EvidenceRecord
from ui.theme import Theme, load_family

_DPI: Final = 300
_MARGIN_MM: Final = 18.0
_FOOT_MM: Final = 9.0
_GROUNDS: Final = {"label": "#fdf2d5", "press": "#fbeae8", "act": "#e9f0f8", "sound": "#f0f0f0"}


def print_record(record: EvidenceRecord, file: Path) -> int:
    """Write the record to ``file``, whole or not at all; returns the number of pages. Qt main thread.

    Raises:
        Fault: ``evidence.print_not_written``.
    """
    data, pages = pdf_of(record)
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise Fault("evidence.print_not_written", path=str(file)) from error
    return pages


def pdf_of(record: EvidenceRecord) -> tuple[bytes, int]:
    """Return the record as a PDF and its number of pages. Qt main thread."""
    app = application()
    theme = app.property("doumi_theme")
    family = theme.family if isinstance(theme, Theme) else load_family()
    content = QByteArray()
    device = QBuffer(content)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(f"{record.title} {record.incident_id}")
    writer.setCreator("doumi")
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(writer)
    font = QFont(family)
    font.setPointSizeF(9.5)
    # The typeface's other digits for Latin text have no way back to characters: they could not be copied or searched.
    font.setFeature(QFont.Tag("locl"), 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    foot = _FOOT_MM * _DPI / 25.4
    width, height = float(writer.width()), writer.height() - foot
    document.setPageSize(QSizeF(width, height))
    document.setHtml(_html(record))
    pages = document.pageCount()
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        _paint(painter, document, QRectF(0, number * height, width, height))
        _paint_foot(painter, font, record, QRectF(0, height, width, foot), number + 1, pages)
    painter.end()
    # The document outlives the writer at the end of this call: it must not be left pointing at it.
    document.documentLayout().setPaintDevice(None)
    device.close()
    return content.data(), pages


def application() -> QCoreApplication:
    """Return the running application, or what stands in for one where there is no window. Qt main thread."""
    return QCoreApplication.instance() or _screenless()


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


def _paint_foot(painter: QPainter, font: QFont, record: EvidenceRecord, room: QRectF, page: int, pages: int) -> None:
    small = QFont(font)
    small.setPointSizeF(7.5)
    painter.setFont(small)
    painter.setPen(Qt.GlobalColor.black)
    bottom = Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, bottom | Qt.AlignmentFlag.AlignLeft, f"{record.title} · {record.incident_id}")
    painter.drawText(room, bottom | Qt.AlignmentFlag.AlignRight, record.page.format(page=page, pages=pages))


def _html(record: EvidenceRecord) -> str:
    ground = "#eef6f0" if record.is_untouched else "#fbeae8"
    verdict = "<br>".join(escape(line) for line in record.verdict)
    facts = "".join(
        f"<tr><td width='24%' bgcolor='#f0f2f4'>{escape(name)}</td><td width='76%'>{escape(value)}</td></tr>"
        for name, value in record.facts
    )
    covered = f"<p>{escape(record.covered)}</p>" if record.covered else ""
    timeline = "".join(
        f"<tr{_ground(row.kind)}><td width='11%'>{row.wall}</td><td width='9%'>{row.elapsed}</td>"
        f"<td width='12%'>{escape(row.who)}</td><td width='68%'>{escape(row.text)}</td></tr>"
        for row in record.timeline
    )
    parts = "".join(
        f"<tr><td width='20%'>{escape(part.name)}</td><td width='13%' align='right'>{part.bytes:,}</td>"
        f"<td width='56%' style='font-size:7pt'>{_broken(part.sha256)}</td>"
        f"<td width='11%'>{escape(part.state)}</td></tr>"
        for part in record.parts
    )
    how = "".join(f"<li>{escape(line)}</li>" for line in record.how)
    return (
        f"<h1 style='font-size:17pt'>{escape(record.title)}</h1>"
        f"<table width='100%' cellpadding='8' cellspacing='0' border='3' style='border-collapse:collapse'>"
        f"<tr><td bgcolor='{ground}'>{verdict}</td></tr></table>"
        f"<br>{_table(facts)}<p>{escape(record.basis)}</p>{covered}"
        f"<h2 style='font-size:13pt; page-break-before:always'>{escape(record.timeline_title)}</h2>"
        f"{_table(timeline, record.timeline_head)}"
        f"<h2 style='font-size:13pt; page-break-before:always'>{escape(record.parts_title)}</h2>"
        f"{_table(parts, record.parts_head)}"
        f"<h2 style='font-size:13pt'>{escape(record.how_title)}</h2><ol>{how}</ol>"
    )


def _table(rows: str, head: tuple[str, ...] = ()) -> str:
    names = "".join(f"<th align='left' bgcolor='#e2e6ea'>{escape(name)}</th>" for name in head)
    top = f"<thead><tr>{names}</tr></thead>" if head else ""
    style = "border-collapse:collapse; border-style:solid; border-color:#b8bec4"
    return f"<table width='100%' cellpadding='4' cellspacing='0' border='3' style='{style}'>{top}{rows}</table>"


def _ground(kind: str) -> str:
    return f" bgcolor='{_GROUNDS[kind]}'" if kind in _GROUNDS else ""


def _broken(digest: str) -> str:
    """Return a digest in two lines, so that it never leaves its column."""
    return f"{digest[:32]}<br>{digest[32:]}" if len(digest) > 32 else escape(digest)
