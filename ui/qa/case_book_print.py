"""Draws the case book: one HTML file that needs nothing else, and a PDF. Works without a window or a screen.

Both show the same values, which ``app`` fills from covered cases; nothing else of a call gets in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from assist.mask import COVER
from ui import paper


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """What one side said."""

    at: str
    """``03:12`` from the beginning of the call."""
    side: str
    """``agent`` or ``caller``."""
    who: str
    text: str
    comment: str


@dataclass(frozen=True, slots=True)
class PrintedScore:
    """One item of a rating."""

    item: str
    points: str
    note: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedCase:
    """One case; every text as it is shown."""

    number: str
    title: str
    category: str
    lesson_title: str
    lesson: tuple[str, ...]
    """Paragraphs; empty: none was written."""
    talk_title: str
    comment_name: str
    lines: tuple[PrintedLine, ...]
    scores_title: str
    scores_head: tuple[str, str, str]
    scores: tuple[PrintedScore, ...]


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A case book; every text as it is shown."""

    language: str
    """``ko`` or ``en``."""
    title: str
    made: str
    covered: str
    """A sentence that personal data is covered."""
    hidden: str
    """What a screen reader says for a covered word."""
    contents: str
    page: str
    """With ``{page}`` and ``{pages}``."""
    cases: tuple[PrintedCase, ...]


_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c2126; --paper: #fff; --quiet: #565f68; --line: #c9ced4; --agent: #eaf1fb;
  --note: #fdf5dc; --note-edge: #8a6400; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #16191d; --quiet: #aab2ba; --line: #3d444c;
  --agent: #1e2b3d; --note: #33290f; --note-edge: #e0b84a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 52rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 Pretendard, "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; word-break: keep-all;
  overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.3; } h2 { font-size: 1.45rem; line-height: 1.35; margin: 3rem 0 .5rem;
  border-top: 2px solid var(--line); padding-top: 1.5rem; } h2.plain { border: 0; margin: 1.5rem 0 .5rem; padding: 0;
  font-size: 1.1rem; } h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
.quiet { color: var(--quiet); } a { color: inherit; } a:focus-visible { outline: 3px solid; outline-offset: 2px; }
ol.talk { list-style: none; margin: 0; padding: 0; }
ol.talk > li { padding: .6rem .8rem; border-bottom: 1px solid var(--line); } li.agent { background: var(--agent); }
.who { font-weight: 700; } .at { color: var(--quiet); font-variant-numeric: tabular-nums; margin-inline-start: .5rem; }
p { margin: .25rem 0; }
.note { margin: .5rem 0 .2rem; padding: .5rem .8rem; background: var(--note);
  border-inline-start: 4px solid var(--note-edge); } .note b { color: var(--note-edge); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--line); padding: .45rem .6rem;
  text-align: start; vertical-align: top; } td.points { white-space: nowrap; }
@media print { body { max-width: none; padding: 0; } section h2 { break-before: page; border: 0; }
  .note, li { break-inside: avoid; } }
"""
_HIDDEN: Final = re.compile(rf"{COVER}+(?:\s{COVER}+)*")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def write_html(book: PrintedBook, file: Path) -> None:
    """Write the book as one HTML file, whole or not at all. Raises Fault ``casebook.not_written``."""
    paper.put(html_of(book).encode("utf-8"), file, "casebook.not_written")


def write_pdf(book: PrintedBook, file: Path) -> None:
    """Write the book as PDF, whole or not at all; threads as :func:`ui.paper.pdf_of`.

    Raises:
        Fault: ``casebook.not_written``.
    """
    data, _ = pdf_of(book)
    paper.put(data, file, "casebook.not_written")


def pdf_of(book: PrintedBook) -> tuple[bytes, int]:
    """Return the book as PDF and its number of pages; threads as :func:`ui.paper.pdf_of`."""
    return paper.pdf_of(
        [_case(case) for case in book.cases],
        title=book.title,
        foot=book.title,
        page=book.page,
        contents=lambda begins: _front(book, begins),
    )


def html_of(book: PrintedBook) -> str:
    """Return the book as HTML for a browser: no script, nothing fetched, readable by a screen reader."""
    entries = "".join(
        f'<li><a href="#case-{number}">{escape(case.number)} {escape(case.title)}</a></li>'
        for number, case in enumerate(book.cases, 1)
    )
    cases = "".join(_section(number, case) for number, case in enumerate(book.cases, 1))
    # A screen reader would read every bullet; it says once that something is covered.
    hidden = f'<span role="img" aria-label="{escape(book.hidden)}">'
    cases = _HIDDEN.sub(lambda found: f"{hidden}{found.group()}</span>", cases)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(book.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(book.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<header><h1>{escape(book.title)}</h1><p class="quiet">{escape(book.made)}</p>'
        f'<p class="quiet">{escape(book.covered)}</p></header>\n'
        f'<nav aria-labelledby="contents"><h2 id="contents" class="plain">{escape(book.contents)}</h2>'
        f"<ul>{entries}</ul></nav>\n"
        f"<main>{cases}</main>\n</body>\n</html>\n"
    )


def _section(number: int, case: PrintedCase) -> str:
    lesson = "".join(f"<p>{escape(part)}</p>" for part in case.lesson)
    lesson = f"<h3>{escape(case.lesson_title)}</h3>{lesson}" if lesson else ""
    lines = "".join(
        f'<li class="{line.side}"><span class="who">{escape(line.who)}</span><span class="at">{line.at}</span>'
        f"<p>{escape(line.text)}</p>{_note(case, line)}</li>"
        for line in case.lines
    )
    category = f'<p class="quiet">{escape(case.category)}</p>' if case.category else ""
    ident, name = f"case-{number}", f"{escape(case.number)} {escape(case.title)}"
    return (
        f'<section aria-labelledby="{ident}"><h2 id="{ident}">{name}</h2>'
        f"{category}{lesson}<h3>{escape(case.talk_title)}</h3>"
        f'<ol class="talk" role="list">{lines}</ol>{_scores(case)}</section>\n'
    )


def _note(case: PrintedCase, line: PrintedLine) -> str:
    if not line.comment:
        return ""
    return f'<div class="note" role="note"><b>{escape(case.comment_name)}</b><p>{escape(line.comment)}</p></div>'


def _scores(case: PrintedCase) -> str:
    if not case.scores:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in case.scores_head)
    rows = "".join(
        f'<tr><th scope="row">{escape(score.item)}</th><td class="points">{escape(score.points)}</td>'
        f"<td>{_why(score)}</td></tr>"
        for score in case.scores
    )
    title = escape(case.scores_title)
    return (
        f'<h3>{title}</h3><div class="scroll"><table aria-label="{title}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _why(score: PrintedScore) -> str:
    return "<br>".join(escape(part) for part in (score.note, *score.words) if part)


# -- for paper: the part of HTML that Qt's documents know --------------------------------------------------------


def _front(book: PrintedBook, begins: Sequence[int]) -> str:
    """Return the front page; ``begins``: the page on which each case begins."""
    rows = "".join(
        f"<tr><td width='90%'>{escape(case.number)} &nbsp; {escape(case.title)}</td>"
        f"<td width='10%' align='right'>{begin}</td></tr>"
        for case, begin in zip(book.cases, begins, strict=True)
    )
    entries = f"<table width='100%' cellpadding='4' cellspacing='0'>{rows}</table>"
    return (
        f"<h1 style='font-size:20pt'>{escape(book.title)}</h1><p>{escape(book.made)}</p><p>{escape(book.covered)}</p>"
        f"<h2 style='font-size:13pt'>{escape(book.contents)}</h2>{entries}"
    )


def _case(case: PrintedCase) -> str:
    lesson = "".join(f"<p>{escape(part)}</p>" for part in case.lesson)
    lesson = f"<h3 style='font-size:11pt'>{escape(case.lesson_title)}</h3>{lesson}" if lesson else ""
    category = f"<p style='color:#4a525a'>{escape(case.category)}</p>" if case.category else ""
    lines = "".join(_row(case, line) for line in case.lines)
    scores = ""
    if case.scores:
        head = "".join(f"<th align='left' bgcolor='#e2e6ea'>{escape(name)}</th>" for name in case.scores_head)
        rows = "".join(
            f"<tr><td width='32%'>{escape(score.item)}</td><td width='14%'>{escape(score.points)}</td>"
            f"<td width='54%'>{_why(score)}</td></tr>"
            for score in case.scores
        )
        # A title of its own could be left alone at the end of a page; the head of a table stays with its rows.
        title = f"<tr><th colspan='3' align='left' bgcolor='#e2e6ea'>{escape(case.scores_title)}</th></tr>"
        scores = "<p></p>" + _table(f"<thead>{title}<tr>{head}</tr></thead>{rows}")
    return (
        f"<h2 style='font-size:15pt'>{escape(case.number)} &nbsp; {escape(case.title)}</h2>"
        f"{category}{lesson}<h3 style='font-size:11pt'>{escape(case.talk_title)}</h3>{_table(lines)}{scores}"
    )


def _row(case: PrintedCase, line: PrintedLine) -> str:
    ground = " bgcolor='#eaf1fb'" if line.side == "agent" else ""
    row = (
        f"<tr{ground}><td width='10%'>{line.at}</td><td width='12%'><b>{escape(line.who)}</b></td>"
        f"<td width='78%'>{escape(line.text)}</td></tr>"
    )
    if not line.comment:
        return row
    return (
        f"{row}<tr bgcolor='#fdf5dc'><td width='10%'></td><td width='12%'><b>{escape(case.comment_name)}</b></td>"
        f"<td width='78%'>{escape(line.comment)}</td></tr>"
    )


def _table(rows: str) -> str:
    style = "border-collapse:collapse; border-style:solid; border-color:#b8bec4"
    return f"<table width='100%' cellpadding='5' cellspacing='0' border='3' style='{style}'>{rows}</table>"
