"""Calibration sessions on the personal database, shared with the other trainers' PCs, and the agreement of raters."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database
from ulid import ULID

from app.errors import QaFault
from app.qa import codec
from app.qa.rating_rows import raters_in, read_as
from app.qa.rating_rules import MAX_TEXT
from app.qa.taken import value_in
from app.store import Store
from assist.review.agreement import per_item
from assist.review.model import Rating, Rubric
from ui.qa.ports import Calibration, ItemAgreement

NOTE: Final = "calibration"
"""Kind of the note that tells the other trainers' PCs."""
MAX_TITLE: Final = 200
MAX_CALLS: Final = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    """A session as it is kept."""

    calibration: Calibration
    changed_at: str
    """When its note was last changed: the later of two trainers' notes stays. Closing a session changes no note."""


class Calibrations:
    """Sessions. Methods from any worker thread.

    Title, rubric and calls stay as the session began with; a closed one stays closed.
    """

    def __init__(self, store: Store, tell: Callable[[], object], now: Callable[[], datetime]) -> None:
        """Join the parts.

        Args:
            store: The trainer's.
            tell: Called when the other trainers' PCs are to be told of something.
            now: Wall clock with zone.
        """
        self._store = store
        self._tell = tell
        self._now = now

    def all(self) -> Sequence[Calibration]:
        """Return the sessions: open ones first, then the newest first."""
        found = [kept.calibration for kept in self._store.read(_all)]
        newest = sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)
        return sorted(newest, key=lambda one: bool(one.closed_at))

    def keep(self, wanted: Calibration) -> Calibration:
        """Begin a session, or change the note of one; an empty id begins one.

        Raises:
            QaFault: ``qa.calibration_empty``, ``qa.calibration_none``, ``qa.text_too_long``.
        """
        if len(wanted.note) > MAX_TEXT:
            raise QaFault("qa.text_too_long", most=MAX_TEXT)
        if wanted.id:
            return self._change(wanted.id, lambda _db, one: replace(one, note=wanted.note))
        title = unicodedata.normalize("NFC", wanted.title).strip()[:MAX_TITLE]
        calls = tuple(dict.fromkeys(wanted.calls))[:MAX_CALLS]
        if not title or not calls:
            raise QaFault("qa.calibration_empty")
        at = self._at()
        made = replace(wanted, id=str(ULID()), title=title, calls=calls, made_at=at, closed_at="")
        self._store.write(lambda db: _put(db, _Kept(made, at), shared=False))
        self._tell()
        return made

    def close(self, ident: str) -> Calibration:
        """Close a session: from now on all may see its ratings. Again changes nothing.

        Raises:
            QaFault: ``qa.calibration_none``; ``qa.calibration_uncompared``: no call has two raters who submitted.
        """
        at = self._at()

        def closed(db: Database, one: Calibration) -> Calibration:
            if one.closed_at:
                return one
            if not any(count > 1 for call, count in raters_in(db, ident).items() if call in one.calls):
                raise QaFault("qa.calibration_uncompared")
            return replace(one, closed_at=at)

        return self._change(ident, closed)

    def take(self, body: Mapping[str, Any]) -> bool:
        """Take another trainer's session in; returns whether anything was new.

        Raises:
            QaFault: ``qa.note_broken``.
        """
        came, at = value_in(body, NOTE, Calibration), body.get("changed_at")
        sound = came.id and came.title and came.calls and len(came.calls) <= MAX_CALLS and len(came.note) <= MAX_TEXT
        if not sound or not isinstance(at, str):
            raise QaFault("qa.note_broken")

        def work(db: Database) -> bool:
            kept = _one(db, came.id)
            told = _Kept(came, at)
            if kept is None:
                _put(db, told, shared=True)
                return True
            one = kept.calibration
            closed = min(filter(None, (one.closed_at, came.closed_at)), default="")
            changed_at, note = max((at, came.note), (kept.changed_at, one.note))
            joined = _Kept(replace(one, closed_at=closed, note=note), changed_at)
            # What the others hold already need not go back to them; what they do not is joined there in the same way.
            _put(db, joined, shared=joined == told or came.id not in unshared(db))
            return joined.calibration != one

        return self._store.write(work)

    def is_closed(self, ident: str) -> bool:
        """Return whether a session is closed. Raises QaFault ``qa.calibration_none``."""
        kept = self._store.read(lambda db: _one(db, ident))
        if kept is None:
            raise QaFault("qa.calibration_none")
        return bool(kept.calibration.closed_at)

    def _change(self, ident: str, change: Callable[[Database, Calibration], Calibration]) -> Calibration:
        at = self._at()

        def work(db: Database) -> Calibration:
            kept = _one(db, ident)
            if kept is None:
                raise QaFault("qa.calibration_none")
            one = change(db, kept.calibration)
            changed = _Kept(one, kept.changed_at if one.note == kept.calibration.note else max(at, kept.changed_at))
            if changed != kept:
                _put(db, changed, shared=False)
            return one

        changed = self._store.write(work)
        self._tell()
        return changed

    def _at(self) -> str:
        return self._now().isoformat()


def agreement_on(rubric: Rubric, ratings: Sequence[Rating]) -> tuple[ItemAgreement, ...]:
    """Return how far raters agree on every item of a rubric, in its order. Pure."""
    return tuple(
        ItemAgreement(one.item, one.title, one.calls, one.kappa, one.alpha, one.apart)
        for one in per_item(rubric, ratings)
    )


def _all(db: Database) -> list[_Kept]:
    return [read_as(_Kept, row["body"]) for row in db.query("SELECT body FROM qa_calibrations")]


def _one(db: Database, ident: str) -> _Kept | None:
    found = db.execute("SELECT body FROM qa_calibrations WHERE id = ?", [ident]).fetchone()
    return read_as(_Kept, found[0]) if found else None


def unshared(db: Database) -> Sequence[str]:
    """Return the sessions that the other trainers do not have as they are."""
    return [str(row["id"]) for row in db.query("SELECT id FROM qa_calibrations WHERE NOT shared ORDER BY id")]


def note_of(db: Database, ident: str) -> Mapping[str, Any]:
    """Return what the other trainers are told of a session. Raises QaFault ``qa.calibration_none``."""
    kept = _one(db, ident)
    if kept is None:
        raise QaFault("qa.calibration_none")
    return {NOTE: json.loads(codec.dump(kept.calibration)), "changed_at": kept.changed_at}


def set_shared(db: Database, ident: str) -> None:
    """Note that the other trainers have a session as it is."""
    db.execute("UPDATE qa_calibrations SET shared = 1 WHERE id = ?", [ident])


def _put(db: Database, kept: _Kept, shared: bool) -> None:
    one = kept.calibration
    row = {
        "id": one.id,
        "title": one.title,
        "made_at": one.made_at,
        "closed_at": one.closed_at,
        "shared": int(shared),
        "body": codec.dump(kept),
    }
    db.table("qa_calibrations").insert(row, replace=True)
