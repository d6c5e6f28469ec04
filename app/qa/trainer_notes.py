"""Tells the other trainers' PCs what is new here: calibration sessions, submitted ratings, coaching tasks.

Every row knows whether the others were told what it holds now. What cannot go out (no exchange is set, no key is here)
stays marked and is noticed at the next look. The note in the outbox and the mark are one transaction, and nothing is
marked that was added to while the note was sealed: after a crash at any moment each goes exactly once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlite_utils import Database

from app.errors import StoreFault
from app.qa import calibration, coaching, codec, rating_rows
from app.qa.post import RATING
from app.qa.rating_views import letter_of
from app.store import Store
from resources.notices import Fault

Share = Callable[[str, Mapping[str, Any], Callable[[Database], bool]], bool]
"""Seals a note and puts it into the outbox (:meth:`app.qa.post.TrainerPost.share_note`)."""

_NOTHING_GOES: Final = ("qa.no_exchange", "qa.no_key")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows that the others are told of."""

    kind: str
    left: Callable[[Database], Sequence[str]]
    """Returns the ids of those they do not have as they are."""
    body: Callable[[Database, str], Mapping[str, Any]]
    """Returns what they are told, of JSON values."""
    mark: Callable[[Database, str], None]
    """Notes that they have it."""


def _rating(db: Database, ident: str) -> Mapping[str, Any]:
    return {"letter": json.loads(codec.dump(letter_of(db, ident)))}


_SOURCES: Final = (
    _Source(calibration.NOTE, calibration.unshared, calibration.note_of, calibration.set_shared),
    _Source(RATING, rating_rows.unshared, _rating, partial(rating_rows.set_shared, shared=True)),
    _Source(coaching.TASK, coaching.unshared, coaching.note_of, coaching.set_shared),
)


class TrainerNotes:
    """Any worker thread."""

    def __init__(self, store: Store, share: Share) -> None:
        """Join the parts."""
        self._store = store
        self._share = share

    def send_left(self) -> int:
        """Put what the others were not told yet into the outbox; returns how many notes.

        What hinders it is logged, and it is tried again the next time. Raises StoreFault.
        """
        done = 0
        for source in _SOURCES:
            for ident in self._store.read(source.left):
                try:
                    body = self._store.read(partial(_body, source, ident))
                    done += self._share(source.kind, body, partial(_mark, source, ident, body))
                except StoreFault:
                    raise
                except Fault as fault:
                    _log.info("notes for the other trainers wait (%s)", fault.code)
                    if fault.code in _NOTHING_GOES:
                        return done
        return done


def _body(source: _Source, ident: str, db: Database) -> Mapping[str, Any]:
    return source.body(db, ident)


def _mark(source: _Source, ident: str, body: Mapping[str, Any], db: Database) -> bool:
    """Note that the others are told this; returns whether it is still what they are to be told."""
    if ident not in source.left(db) or source.body(db, ident) != body:
        return False
    source.mark(db, ident)
    return True
