"""Golden queries: what every release must find, asked before it is published and again before it is used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from kb import tables
from kb.errors import ImportRejected, PublishRejected
from kb.release.manifest import MAX_GOLDEN, Golden
from kb.search import Searcher
from kb.text import nfc

_QUERY_NAMES: Final = ("query", "질의", "질문", "question")
_ID_NAMES: Final = ("ids", "id", "정답", "내용번호", "번호")


def read(path: Path, sheet: tables.SheetReader) -> tuple[Golden, ...]:
    """Read a file of golden queries: a column ``query`` and a column ``ids`` (several separated by commas).

    Raises:
        ImportRejected: The file cannot be read.
        PublishRejected: Not of that form, too many, or none.
    """
    table = tables.read(path, sheet)
    names = [name.replace(" ", "").lower() for name in table.header]
    query = next((names.index(name) for name in _QUERY_NAMES if name in names), -1)
    ids = next((names.index(name) for name in _ID_NAMES if name in names), -1)
    if query < 0 or ids < 0:
        raise PublishRejected("kb.golden_columns", path=path.name)
    found: list[Golden] = []
    for row in table.rows:
        try:
            if row.fault:
                raise ImportRejected(row.fault)
            wanted = tuple(one.strip() for one in nfc(row.cells[ids]).split(",") if one.strip())
            found.append(Golden(query=nfc(row.cells[query]).strip(), ids=wanted))
        except (ValidationError, ImportRejected) as error:
            raise PublishRejected("kb.golden_row", path=path.name, line=row.line) from error
    if not 0 < len(found) <= MAX_GOLDEN:
        raise PublishRejected("kb.golden_count", path=path.name, limit=MAX_GOLDEN)
    return tuple(found)


def missed(searcher: Searcher, golden: Sequence[Golden], top: int) -> list[Golden]:
    """Return the queries none of whose entries is among the first ``top`` results."""
    return [
        one for one in golden if not set(one.ids) & {hit.article.id for hit in searcher.search(one.query, top).hits}
    ]
