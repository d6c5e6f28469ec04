"""Draws the record of an evidence pack as a PDF for the police or a lawyer. Works without a window or a screen."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from ui import paper
from ui.evidence_record import EvidenceRecord

_GROUNDS: Final = {"label": "#fdf2d5", "press": "#fbeae8", "act": "#e9f0f8", "sound": "#f0f0f0"}


def print_record(record: EvidenceRecord, file: Path) -> int:
    """Write the record to ``file``, whole or not at all; returns the number of pages. Qt main thread.

    Raises:
        Fault: ``evidence.print_not_written``.
    """
    data, pages = pdf_of(record)
    paper.put(data, file, "evidence.print_not_written")
    return pages


def pdf_of(record: EvidenceRecord) -> tuple[bytes, int]:
    """Return the record as a PDF and its number of pages. Qt main thread."""
    return paper.pdf_of(
        (_html(record),),
        title=f"{record.title} {record.incident_id}",
        foot=f"{record.title} · {record.incident_id}",
        page=record.page,
    )


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
