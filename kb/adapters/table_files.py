"""XLSX files through openpyxl, guarded against bombs: values only, the first sheet, bounded size."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import openpyxl
from defusedxml.ElementTree import fromstring as _guarded  # noqa: F401 - openpyxl reads XML through it when present

from kb.errors import ImportRejected
from kb.tables import MAX_COLUMNS, MAX_ROWS

MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_RATIO: Final = 100
_SMALL: Final = 5_000_000
"""Up to this size unpacked the ratio says nothing: tiny files of repeated text pack very well."""
_MAX_ENTRIES: Final = 2_000
_LONGEST_TOKEN: Final = 1 << 20
"""Bytes from one ``<`` to the next: expat needs quadratic time for a longer one, and a cell holds 32,767 characters."""
_LONGEST_REMARK: Final = 1 << 16
_PIECE: Final = 1 << 22


def sheet_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield row number from 1 and the cells of the first sheet as text.

    A formula counts as the value it had when the file was saved, or as empty.

    Raises:
        ImportRejected: Not an XLSX file, broken, or it unpacks to too much.
    """
    try:
        _guard(path)
        # Opened here: openpyxl leaves a broken file open, which could not be deleted or replaced then.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions openpyxl does not know
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield from _rows(path, book)
            finally:
                book.close()
    except ImportRejected:
        raise
    except Exception as error:  # openpyxl lets nearly anything through from a broken file
        raise ImportRejected("kb.sheet_broken", path=path.name) from error


def _rows(path: Path, book: openpyxl.Workbook) -> Iterator[tuple[int, Sequence[str]]]:
    sheets = book.worksheets
    if not sheets:
        raise ImportRejected("kb.file_empty", path=path.name)
    sheet = sheets[0]
    sheet.reset_dimensions()  # the stated size may be a lie
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        if number > MAX_ROWS + 1:
            raise ImportRejected("kb.too_many_rows", path=path.name, limit=MAX_ROWS)
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield number, texts


def _guard(path: Path) -> None:
    """Refuse what would unpack to too much, before anything is unpacked."""
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()
        unpacked = sum(info.file_size for info in entries)
        stored = path.stat().st_size  # what the entries say of themselves may be a lie
        if unpacked > MAX_UNPACKED_BYTES or (unpacked > _SMALL and unpacked > MAX_RATIO * stored):
            raise ImportRejected("kb.sheet_bomb", path=path.name)
        if len(entries) > _MAX_ENTRIES or not all(
            _is_plain(packed, info) for info in entries if info.filename.endswith((".xml", ".rels"))
        ):
            raise ImportRejected("kb.sheet_bomb", path=path.name)


def _is_plain(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Return whether a member is XML that is read in time linear to its length: no DTD, no endless piece of markup."""
    kept, gap = b"", 0
    with packed.open(info) as stream:
        while piece := stream.read(_PIECE):
            marks = np.flatnonzero(np.frombuffer(piece, np.uint8) == ord("<"))
            first, last = (int(marks[0]), int(marks[-1])) if len(marks) else (len(piece), -1)
            widest = int(np.diff(marks).max()) if len(marks) > 1 else 0
            if max(gap + first, widest) > _LONGEST_TOKEN:
                return False
            gap = len(piece) - last if last >= 0 else gap + len(piece)
            window = kept + piece
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window or not _short_remarks(window, len(piece) < _PIECE):
                return False
            kept = window[-_LONGEST_REMARK:]
    return gap <= _LONGEST_TOKEN


def _short_remarks(window: bytes, is_last: bool) -> bool:
    """Return whether every comment and instruction that begins in ``window`` ends soon."""
    for begin, end in ((b"<!--", b"-->"), (b"<?", b"?>")):
        at = window.find(begin)
        while at >= 0:
            close = window.find(end, at, at + _LONGEST_REMARK)
            if close < 0:
                if is_last or len(window) - at >= _LONGEST_REMARK:
                    return False
                break  # the next piece holds its end, or shows that there is none
            at = window.find(begin, close)
    return True


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
