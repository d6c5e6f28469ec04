"""Reads a knowledge file as a table of texts: CSV, JSON lines, and XLSX through a port. Bounded in time and memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb.errors import ImportRejected
from kb.text import decoded, nfc

MAX_FILE_BYTES: Final = 200_000_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 200
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_JSON_HEADER_LINES: Final = 100
"""Objects looked at to learn the keys of a JSON lines file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place in the file and its cells under the header."""

    line: int
    """Line (or sheet row) where the row begins, from 1."""
    cells: tuple[str, ...]
    """Parallel to the header; shorter rows are filled with empty text. Not yet NFC."""
    fault: str = ""
    """Notice code where the row cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, read as they are asked for."""

    header: tuple[str, ...]
    rows: Iterator[Row]


SheetReader = Callable[[Path], Iterator[tuple[int, Sequence[str]]]]
"""Yields row number and cells of the first sheet of an XLSX file; raises ImportRejected."""


def read(path: Path, sheet: SheetReader) -> Table:
    """Open a file as a table; its kind is told by its content, then by its name.

    Raises:
        ImportRejected: Missing, empty, too large, of an unknown kind or encoding. Also while rows are read.
    """
    try:
        if path.is_dir():
            raise ImportRejected("kb.file_is_folder", path=path)
        size = path.stat().st_size if path.is_file() else -1
        if size < 0:
            raise ImportRejected("kb.file_missing", path=path)
        if size > MAX_FILE_BYTES:
            raise ImportRejected("kb.file_too_large", path=path.name, limit_mb=MAX_FILE_BYTES // 1_000_000)
        with path.open("rb") as file:
            start = file.read(4)
        if start[:2] == b"PK":
            return _from_sheet(path, sheet)
        if start == _OLD_OFFICE:
            raise ImportRejected("kb.file_old_office", path=path.name)
        text = _decoded(path)
    except OSError as error:
        raise ImportRejected("kb.file_unreadable", path=path.name) from error
    if not text.strip():
        raise ImportRejected("kb.file_empty", path=path.name)
    if path.suffix.lower() in (".jsonl", ".ndjson", ".json") or text.lstrip()[:1] == "{":
        return _from_json_lines(path, text)
    return _from_csv(path, text)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return decoded(raw)
    except UnicodeDecodeError as error:
        raise ImportRejected("kb.file_encoding", path=path.name, line=raw.count(b"\n", 0, error.start) + 1) from None


def _limited(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    """Pass rows on, without those that are empty, up to the limit."""
    for count, row in enumerate(rows):
        if count >= MAX_ROWS:
            raise ImportRejected("kb.too_many_rows", path=path.name, limit=MAX_ROWS)
        if row.fault or any(cell.strip() for cell in row.cells):
            yield row


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells[:width], *("",) * (width - len(cells)))


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(nfc(cell).strip().lstrip("\ufeff") for cell in cells[:MAX_COLUMNS])


def _from_csv(path: Path, text: str) -> Table:
    csv.field_size_limit(MAX_FILE_BYTES)  # the library's own limit would end the file at one long cell
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def rows() -> Iterator[tuple[int, list[str]]]:
        before = 0
        try:
            for cells in reader:
                yield before + 1, cells
                before = reader.line_num
        except csv.Error as error:
            raise ImportRejected("kb.file_broken", path=path.name, line=before + 1) from error

    return _headed(path, rows(), whole=True)


def _from_sheet(path: Path, sheet: SheetReader) -> Table:
    return _headed(path, sheet(path))


def _headed(path: Path, source: Iterator[tuple[int, Sequence[str]]], whole: bool = False) -> Table:
    """Take the first row that is not empty as the header.

    Args:
        path: For sentences.
        source: Line and cells of each row.
        whole: Whether a row with more cells than the header is at fault: a comma without quotes cut its text in two.
    """
    for _, cells in source:
        header, width = _named(cells), len(cells)
        if any(header):
            return Table(header, _limited(path, (_row(line, found, header, width, whole) for line, found in source)))
    raise ImportRejected("kb.file_empty", path=path.name)


def _row(line: int, cells: Sequence[str], header: Sequence[str], width: int, whole: bool) -> Row:
    if whole and any(cell.strip() for cell in cells[width:]):
        return Row(line, (), "kb.row_too_many_cells")
    return Row(line, _fitted(cells, len(header)))


def _from_json_lines(path: Path, text: str) -> Table:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines) > MAX_ROWS:
        raise ImportRejected("kb.too_many_rows", path=path.name, limit=MAX_ROWS)
    header: dict[str, None] = {}
    for _, line in lines[:_JSON_HEADER_LINES]:
        header.update(dict.fromkeys(key for key in _object(line) or {} if key.strip()))
    keys = list(header)[:MAX_COLUMNS]
    if not keys:
        raise ImportRejected("kb.not_json_lines", path=path.name)

    def rows() -> Iterator[Row]:
        for number, line in lines:
            found = _object(line)
            if found is None:
                yield Row(number, (), "kb.row_not_json")
            else:
                yield Row(number, tuple(_cell(found.get(key)) for key in keys))

    return Table(_named(keys), _limited(path, rows()))


def _object(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _cell(value: object) -> str:
    """Return a JSON value as cell text; lists become comma-separated."""
    if value is None:
        return ""
    if isinstance(value, str):
        # A lone surrogate is legal in JSON but cannot be stored.
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return ", ".join(_cell(one) for one in value if not isinstance(one, list | dict))
    if isinstance(value, dict):
        return ""
    return str(value)
