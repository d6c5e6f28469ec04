"""Files of the exchange that were taken in, so that none is read twice; and values inside notes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from sqlite_utils import Database

from app.errors import QaFault
from app.qa import codec

T = TypeVar("T")


def names(db: Database, folder: str) -> frozenset[str]:
    """Return the names of files of a folder that were taken in."""
    sql = "SELECT name FROM qa_taken WHERE name >= ? AND name < ?"
    return frozenset(row["name"] for row in db.query(sql, [f"{folder}/", f"{folder}0"]))  # '0' follows '/'


def note(db: Database, name: str, at: str, outcome: str) -> None:
    """Note that a file was taken in, or refused; again replaces it."""
    db.table("qa_taken").insert({"name": name, "taken_at": at, "outcome": outcome}, replace=True)


def value_in(body: Mapping[str, Any], name: str, kind: type[T]) -> T:
    """Return a value that a note holds under ``name``. Raises QaFault ``qa.note_broken``."""
    try:
        return codec.load(kind, json.dumps(body[name]))
    except (KeyError, ValueError, TypeError):
        raise QaFault("qa.note_broken") from None
