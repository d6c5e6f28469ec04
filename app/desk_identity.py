"""The age identity of one profile: what others seal for its public side, this profile alone opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlite_utils import Database

_NAME: Final = "desk_identity"


def desk_identity(db: Database, generate: Callable[[], tuple[str, str]]) -> str:
    """Return the identity (``AGE-SECRET-KEY-...``) that lives in the encrypted database, made on first use.

    Args:
        db: A writer, inside a transaction.
        generate: Makes a pair of identity and recipient (:meth:`app.team.SealBox.generate`).
    """
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_NAME]).fetchone()
    if found:
        return str(found[0])
    identity, _ = generate()
    db.table("meta").insert({"name": _NAME, "value": identity})
    return identity
