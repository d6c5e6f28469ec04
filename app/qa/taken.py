"""Files of the exchange that were taken in, so that none is read twice; and values inside notes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final, TypeVar

from sqlite_utils import Database

from app.errors import QaFault
from app.qa import codec

T = TypeVar("T")
_NEWER: Final = "newer"
"""How the codes of what a newer program wrote end."""


def names(db: Database, folder: str) -> frozenset[str]:
    """Return the names of files of a folder that were taken in, or refused.

    What a newer program wrote is none of them once this program is another than the one that could not read it.
    """
    sql = "SELECT name, outcome FROM qa_taken WHERE name >= ? AND name < ?"
    rows = db.query(sql, [f"{folder}/", f"{folder}0"])  # '0' follows '/'
    return frozenset(row["name"] for row in rows if _is_final(row["outcome"]))


def note(db: Database, name: str, at: str, outcome: str) -> None:
    """Note that a file was taken in, or refused; again replaces it."""
    told = f"{outcome} {program()}" if outcome.endswith(_NEWER) else outcome
    db.table("qa_taken").insert({"name": name, "taken_at": at, "outcome": told}, replace=True)


def program() -> str:
    """Return the version of this program."""
    return version("doumi")


def _is_final(outcome: str) -> bool:
    code, _, by = outcome.partition(" ")
    return not code.endswith(_NEWER) or by == program()


def value_in(body: Mapping[str, Any], name: str, kind: type[T]) -> T:
    """Return a value that a note holds under ``name``. Raises QaFault ``qa.note_broken``."""
    try:
        return codec.load(kind, json.dumps(body[name]))
    except (KeyError, ValueError, TypeError):
        raise QaFault("qa.note_broken") from None
