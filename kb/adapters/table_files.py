"""XLSX files through openpyxl, guarded against bombs: values only, the first sheet, bounded size."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import openpyxl
from defusedxml.ElementTree import fromstring as _guarded  # noqa: F401 - openpyxl reads XML through it when present

from kb.errors import ImportRejected
from kb.tables import MAX_COLUMNS, MAX_ROWS

MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_RATIO: Final = 100
_SMALL: Final = 5_000_000
"""Up to this size unpacked the ratio says nothing: tiny files of repeated text pack very well."""


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
        unpacked = sum(info.file_size for info in packed.infolist())
        stored = sum(info.compress_size for info in packed.infolist())
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > _SMALL and unpacked > MAX_RATIO * max(stored, 1)):
        raise ImportRejected("kb.sheet_bomb", path=path.name)


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
