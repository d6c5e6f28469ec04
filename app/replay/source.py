"""Loads a saved call of the own store for replay, and puts what is out of order in order.

Nothing is decoded of the sound here: a two-hour call is loaded as fast as its log is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from sqlite_utils import Database

from app import event_codec, sound_export
from app.access_log import Action
from app.errors import ReplayFault, StoreFault
from app.replay.model import LoadedCall, StoredEvent
from app.store_reader import SessionReader
from assist.events import CallEnded, DraftReady, RecordFiled, TurnUpdated
from audio.events import CallEvent, TranscriptFinal
from audio.model import SAMPLE_RATE, Channel
from audio.recorded_sound import RecordedSound
from audio.words import into_finals
from resources.notices import sentence
from ui.replay.ports import RecordVersion, ReplayFacts, SilentStretch

NOTE: Final = "replay"
"""How the access log tells an opening for replay from another."""
UNFILED: Final = -1
"""Version of edits that were kept but not filed."""
_UNORDERED_S: Final = 1.0
"""Threads may note what happened at nearly the same time in either order; turns further back are out of order."""
_REAL_TIME: Final = 0.9
"""Share of its length that a call's log lasts at least unless it was worked off faster than it sounds."""

Note = Callable[[str, str, str], None]
"""Adds a line to the access log: what, whose, how. Raises StoreFault."""


def load_session(reader: SessionReader, sound: RecordedSound | None, session_id: str, note: Note) -> LoadedCall:
    """Return a saved call of the own store. Worker thread; the opening is in the access log before anything is read.

    Args:
        reader: The store.
        sound: The call's sound as it lies on disk; an absent folder counts as none.
        session_id: Whole id.
        note: Writes the access log.

    Raises:
        StoreFault: ``store.no_session``, or the log cannot be read or the opening not be noted.
    """
    reader.session(session_id)  # an id that is not there is not an opening
    note(Action.OPEN, session_id, NOTE)
    row = reader.session(session_id)
    stored = reader.read(lambda db: _stored(db, session_id))
    events = in_order([one.event for one in stored])
    sound_s = _seconds(sound) if sound is not None else 0.0
    duration_s = row.duration_s or max((one.t_ns / 1e9 for one in events), default=0.0)
    facts = ReplayFacts(
        id=session_id,
        title=row.title,
        started_at=row.started_at,
        duration_s=max(duration_s, sound_s),
        source=row.source,
        sound_s=sound_s,
        notes=order_notes([one.event for one in stored]),
    )

    def check() -> None:
        try:
            reader.session(session_id)
        except StoreFault as fault:
            raise (ReplayFault("replay.gone") if fault.code == "store.no_session" else fault) from fault

    def unreadable() -> tuple[SilentStretch, ...]:
        return _unreadable(sound) if sound is not None else ()

    return LoadedCall(
        facts=facts,
        stored=stored,
        versions=versions(events, reader.read(lambda db: _kept_edits(db, session_id))),
        sound=sound if sound_s else None,
        unreadable=unreadable,
        check=check,
        revealed=lambda: note(Action.REVEAL, session_id, "numbers"),
    )


def stored_event(body: str) -> StoredEvent:
    """Return one line of a log with what it says. Raises StoreFault as :func:`app.event_codec.decode`."""
    return StoredEvent(event_codec.decode(body), body)


def in_order(events: Iterable[CallEvent]) -> tuple[CallEvent, ...]:
    """Return events in order of time, finals with the words that were aligned later.

    A recording may be worked off faster than it sounds: its events then stand where the sound had come to.
    """
    found = tuple(sorted(into_finals(events), key=lambda one: (one.t_ns, one.seq)))
    ended = next((one for one in found if isinstance(one, CallEnded)), None)
    if ended is None or ended.t_ns / 1e9 >= ended.duration_s * _REAL_TIME:
        return found
    return tuple(_where_heard(found))


def _where_heard(events: Iterable[CallEvent]) -> Iterator[CallEvent]:
    heard_ns = 0
    for one in events:
        if isinstance(one, TranscriptFinal):
            heard_ns = max(heard_ns, round(one.end * 1e9))
        elif isinstance(one, CallEnded):
            heard_ns = max(heard_ns, round(one.duration_s * 1e9))
        yield replace(one, t_ns=max(one.t_ns, heard_ns))


def order_notes(events: Sequence[CallEvent]) -> tuple[str, ...]:
    """Return a sentence where the turns of a log, as it was stored, are out of order."""
    newest, at_ns = -1, 0
    seen: set[int] = set()
    for event in events:
        if not isinstance(event, TurnUpdated):
            continue
        index = event.turn.index
        late = index not in seen and index < newest
        if late or event.t_ns < at_ns - _UNORDERED_S * 1e9:
            return (sentence("replay.turns_out_of_order"),)
        seen.add(index)
        newest, at_ns = max(newest, index), max(at_ns, event.t_ns)
    return ()


def versions(events: Sequence[CallEvent], edits: str = "") -> tuple[RecordVersion, ...]:
    """Return the records as they stood: the program's last draft, each filing, edits that were not filed.

    Args:
        events: In order of time.
        edits: Records that were kept without filing, as JSON; empty where there are none.
    """
    draft: RecordVersion | None = None
    filed: dict[int, RecordVersion] = {}
    for event in events:
        if isinstance(event, DraftReady) and event.final and not filed:
            draft = RecordVersion(0, event.t_ns / 1e9, event.draft.records)
        elif isinstance(event, RecordFiled):
            filed.setdefault(event.version, RecordVersion(event.version, event.t_ns / 1e9, event.records))
    found = [one for one in (draft, *sorted(filed.values(), key=lambda one: one.version)) if one is not None]
    if edits:
        records = event_codec.decode_records(edits)
        if not found or records != found[-1].records:
            last_s = events[-1].t_ns / 1e9 if events else 0.0
            found.append(RecordVersion(UNFILED, last_s, records))
    return tuple(found)


def _stored(db: Database, session_id: str) -> tuple[StoredEvent, ...]:
    rows = db.query("SELECT body FROM events WHERE session_id = ? ORDER BY id", [session_id])
    return tuple(stored_event(str(row["body"])) for row in rows)


def _kept_edits(db: Database, session_id: str) -> str:
    rows = list(db.query("SELECT body FROM records WHERE session_id = ? AND version = 0", [session_id]))
    return str(rows[0]["body"]) if rows else ""


def _seconds(sound: RecordedSound) -> float:
    return max(sound.length(channel) for channel in Channel) / SAMPLE_RATE


def _unreadable(sound: RecordedSound) -> tuple[SilentStretch, ...]:
    return tuple(
        SilentStretch(gap.channel, gap.start_s, gap.end_s, gap.why.value) for gap in sound_export.damaged(sound)
    )


def with_notes(facts: ReplayFacts, *notes: str) -> ReplayFacts:
    """Return facts with further sentences, each once."""
    return replace(facts, notes=(*facts.notes, *(note for note in notes if note not in facts.notes)))
