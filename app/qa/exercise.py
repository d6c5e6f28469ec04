"""Exercises: a saved call made into one, kept in the encrypted database of this profile.

The caller's words and the model case are kept as text with personal data covered; the sound stays where the call is
(the own store, or a package) and is looked for each time. Where it is gone the caller's side is written.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlite_utils import Database
from ulid import ULID

from app.errors import ExerciseFault
from app.replay.model import LoadedCall
from app.replay.source import in_order
from app.session_masking import masked_turns
from app.store import Store
from assist.events import CardActed
from assist.mask import hide, mask
from assist.model import CallRecord, CardAction, Turn
from assist.review.cases import personal_in
from assist.turns import turns_in
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel

MAX_LINES: Final = 2_000
MAX_BYTES: Final = 1_000_000
"""Of an exercise as JSON, as it comes in a package."""
_TITLE: Final = 120
_LATEST_S: Final = 1e6


@dataclass(frozen=True, slots=True)
class ExerciseLine:
    """What one side said in a row. NFC, personal data covered."""

    speaker: Channel
    start: float
    """Seconds in the model call, and in its sound."""
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class UsedCard:
    """An entry the model case used."""

    article_id: str
    title: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Exercise:
    """A call to practise on: the caller's lines are played, the counsellor's are the model case."""

    id: str
    title: str
    made_at: str
    """ISO 8601 with offset."""
    lines: tuple[ExerciseLine, ...]
    """By start; at least one of the caller."""
    duration_s: float
    cards: tuple[UsedCard, ...] = ()
    records: tuple[CallRecord, ...] = field(default=())
    session: str = ""
    """Id of the own saved call that holds the sound; empty: not here."""
    package: str = ""
    """Id of the kept package that holds it; empty: none."""
    sound_s: float = 0.0
    """Seconds of sound the model case had."""


_EXERCISE: Final = TypeAdapter(Exercise)


def exercise_of(call: LoadedCall, title: str, made_at: str) -> Exercise:
    """Make an exercise of a saved call.

    Args:
        call: The model case.
        title: What the trainee sees in the list; empty: the call's own.
        made_at: ISO 8601 with offset.

    Raises:
        ExerciseFault: ``exercise.no_caller``: nobody rang, so there is nothing to play.
    """
    call.check()
    events = in_order([one.event for one in call.stored])
    turns = _turns(events)
    hidden = _hidden(turns)
    lines = _lines(turns, hidden)
    if not any(line.speaker is Channel.CALLER for line in lines):
        raise ExerciseFault("exercise.no_caller")
    used: dict[str, UsedCard] = {}
    for event in events:
        if isinstance(event, CardActed) and event.action is CardAction.USED:
            used.setdefault(event.article_id, UsedCard(event.article_id, event.title, event.t_ns / 1e9))
        elif isinstance(event, CardActed) and event.action is CardAction.DISMISSED:
            used.pop(event.article_id, None)
    name = " ".join(unicodedata.normalize("NFC", title or call.facts.title).split())[:_TITLE]
    records = call.versions[-1].records if call.versions else ()
    return Exercise(
        id=str(ULID()),
        title=hide(name, hidden, mask(name)[0]) or call.facts.started_at[:16],
        made_at=made_at,
        lines=lines[:MAX_LINES],
        duration_s=call.facts.duration_s,
        cards=tuple(used.values()),
        records=tuple(_covered(record, hidden) for record in records),
        session="" if call.facts.package else call.facts.id,
        package=call.facts.id if call.facts.package else "",
        sound_s=call.facts.sound_s,
    )


def encode(exercise: Exercise) -> str:
    """Return an exercise as one line of JSON; where its sound lies is nobody else's business."""
    value = _EXERCISE.dump_python(exercise, mode="json") | {"session": "", "package": ""}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Exercise:
    """Return the exercise of :func:`encode`. Raises ExerciseFault ``exercise.broken``."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise ExerciseFault("exercise.broken")
    try:
        found = _EXERCISE.validate_json(text)
    except ValidationError:
        raise ExerciseFault("exercise.broken") from None  # the details would hold what was said
    if not any(line.speaker is Channel.CALLER for line in found.lines) or len(found.lines) > MAX_LINES:
        raise ExerciseFault("exercise.broken")
    if not all(0 <= line.start <= line.end <= _LATEST_S for line in found.lines):
        raise ExerciseFault("exercise.broken")
    return found


class ExerciseBook:
    """The exercises of this profile, in its encrypted database. Methods wait for the disk: worker threads."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        """Join the parts; ``now`` is the wall clock with zone."""
        self._store = store
        self._now = now

    def make(self, call: LoadedCall, title: str = "") -> Exercise:
        """Make an exercise of an own saved call or a kept package and keep it. Raises ExerciseFault, StoreFault."""
        return self._keep(exercise_of(call, title, self._moment()))

    def take(self, call: LoadedCall, extra: str) -> Exercise:
        """Keep the exercise that came as a package; the same package again replaces it.

        Args:
            call: The package, opened: nothing but its sound is used.
            extra: The exercise as its maker sent it along.

        Raises:
            ExerciseFault: ``exercise.broken``.
            StoreFault: It cannot be kept.
        """
        ident, sound_s = call.facts.id, call.facts.sound_s
        sent = decode(extra)
        return self._keep(replace(sent, id=ident, made_at=self._moment(), session="", package=ident, sound_s=sound_s))

    def all(self) -> tuple[Exercise, ...]:
        """Return the exercises, newest first; broken ones are left out. Raises StoreFault."""
        sql = "SELECT body FROM qa_exercises ORDER BY made_at DESC, id DESC"
        bodies = self._store.read(lambda db: [str(row["body"]) for row in db.query(sql)])
        found = []
        for body in bodies:
            try:
                found.append(_EXERCISE.validate_json(body))
            except ValidationError:
                continue
        return tuple(found)

    def get(self, ident: str) -> Exercise:
        """Return one exercise. Raises ExerciseFault ``exercise.gone``, StoreFault."""
        for one in self.all():
            if one.id == ident:
                return one
        raise ExerciseFault("exercise.gone")

    def delete(self, ident: str) -> None:
        """Delete one; the call it was made of stays. Raises StoreFault."""
        self._store.write(lambda db: db.execute("DELETE FROM qa_exercises WHERE id = ?", [ident]))

    def _keep(self, exercise: Exercise) -> Exercise:
        body = _EXERCISE.dump_json(exercise).decode()

        def work(db: Database) -> None:
            row = {"id": exercise.id, "title": exercise.title, "made_at": exercise.made_at, "body": body}
            db.table("qa_exercises").insert(row, replace=True)

        self._store.write(work)
        return exercise

    def _moment(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _turns(events: Sequence[CallEvent]) -> tuple[Turn, ...]:
    """Return what was said by time; of a log without turns its utterances."""
    turns = turns_in(events) or tuple(
        Turn(number, event.channel, event.start, event.end, event.text, event.display)
        for number, event in enumerate(event for event in events if isinstance(event, TranscriptFinal))
    )
    return tuple(sorted(turns, key=lambda turn: (turn.start, turn.index)))


def _hidden(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return what is personal somewhere in the call, as it was said and as it was shown: it is covered everywhere."""
    said = [replace(turn, display="") for turn in turns]
    return tuple(dict.fromkeys((*personal_in(turns), *personal_in(said))))


def _lines(turns: Sequence[Turn], hidden: Sequence[str]) -> tuple[ExerciseLine, ...]:
    """Return what was said, side by side in order of time, personal data covered over the whole call."""
    return tuple(
        ExerciseLine(
            turn.speaker,
            turn.start,
            max(turn.end, turn.start + 0.1),
            " ".join(hide(turn.text, hidden, masked.text).split()),
        )
        for turn, masked in zip(turns, masked_turns(turns), strict=True)
        if turn.text.strip()
    )


def _covered(record: CallRecord, hidden: Sequence[str]) -> CallRecord:
    def covered(text: str) -> str:
        return hide(text, hidden, mask(text)[0])

    def lines(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(covered(text) for text in texts)

    return CallRecord(
        record.category,
        record.subcategory,
        lines(record.inquiry),
        lines(record.answer),
        lines(record.action),
        covered(record.follow_up) if record.follow_up else record.follow_up,
    )
