"""What saved calls are searched by: masked words, and keyed hashes of the numbers and names that were masked.

A search for a whole number or name finds the call it was said in, though neither stands in the index: its hash does.
The key is random and lies in the encrypted database, so that a rotation of the desk key leaves the index as it is.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from sqlite_utils import Database

from app import event_codec
from assist.events import TurnUpdated
from assist.mask import MaskSpan, PersonalKind, cover, find, find_in_turns, read_digits
from audio.events import TranscriptFinal

_MARK: Final = "§"
"""Begins a hash."""
_HASH: Final = 20
_TAIL: Final = 4
"""Digits at the end of a telephone number that find it too, as people ask for it."""
_LEAST_DIGITS: Final = 4
_NEIGHBOURS: Final = 7
"""Turns before one that a number may have begun in."""
_RECENT: Final = 40
"""Newest events looked at for them: a turn is updated several times while it grows."""
_SPACED: Final = re.compile(r"(?<!\S)[0-9](?:[\s\-.]{0,2}[0-9]){6,}(?!\S)")
_BATCH: Final = 200
_SHORT: Final = 12
"""Characters of an answer between two parts of a number."""
_LEAST_WHOLE: Final = 7


def fold(text: str) -> str:
    """Return ``text`` as it is searched: NFC, case folded, without spaces and hyphens."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in composed if not letter.isspace() and letter != "-")


def put(db: Database, session_id: str, part: str, text: str) -> None:
    """Index one text, masked, inside the caller's transaction."""
    _write(db, session_id, part, [(text, find(text))])


def put_spoken(db: Database, event: TurnUpdated | TranscriptFinal) -> None:
    """Index what was said, after the event is stored and inside its transaction.

    A number that began in an earlier turn is masked there too.
    """
    spoken = _spoken_before(db, event)
    texts = [text for _, text, _ in spoken]
    joined = find_in_turns(texts)
    for at, (part, text, display) in enumerate(spoken):
        newest = at == len(spoken) - 1
        if not newest and joined[at] == find(text):
            continue
        told = [(text, joined[at])]
        if display and display != text:
            told.append((display, find(display)))
        whole = _whole_numbers(texts, joined) if newest else ()
        _write(db, event.call_id, part, told, whole)


def take_over(db: Database) -> None:
    """Mask what was indexed before this index was, some rows a transaction; nothing where that is done."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_before'").fetchone():
        return
    while rows := db.execute("SELECT session_id, part, body FROM search_before LIMIT ?", [_BATCH]).fetchall():
        db.execute("BEGIN IMMEDIATE")
        try:
            for session_id, part, body in rows:
                put(db, session_id, part, body)
                db.execute("DELETE FROM search_before WHERE session_id = ? AND part = ?", [session_id, part])
            db.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            raise
    db.execute("DROP TABLE search_before")


def condition(db: Database, query: str) -> tuple[str, list[str]]:
    """Return SQL for sessions ``s`` in which all words of ``query`` are, and its values; ``1`` for no words.

    Args:
        db: A reader.
        query: Words, whole numbers and names; spacing does not matter.
    """
    key = _key(db)
    parts: list[str] = []
    values: list[str] = []
    for word in _words(query):
        wanted = [fold(word).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")]
        wanted += [_hash(key, name) for name in _names_of(word)] if key else []
        either = " OR ".join(["x.body LIKE '%' || ? || '%' ESCAPE '\\'"] * len(wanted))
        parts.append(f"EXISTS (SELECT 1 FROM search x WHERE x.session_id = s.id AND ({either}))")
        values += wanted
    return " AND ".join(parts) or "1", values


def _words(query: str) -> Iterator[str]:
    query = unicodedata.normalize("NFC", query)
    for span in reversed(find(query)):
        said = query[span.start : span.end]
        if " " in said and len(read_digits(said)) >= _LEAST_WHOLE:
            yield said
            query = f"{query[: span.start]} {query[span.end :]}"
    for match in _SPACED.finditer(query):
        yield match.group()
    yield from (word for word in _SPACED.sub(" ", query).split() if fold(word))


def _names_of(word: str) -> Iterator[str]:
    """Yield what a word of a query may be hashed as."""
    digits = read_digits(word)
    if len(digits) >= _LEAST_DIGITS:
        yield digits
    yield fold(word)


def _spoken_before(db: Database, event: TurnUpdated | TranscriptFinal) -> list[tuple[str, str, str]]:
    """Return part, text and display of what was said last in the call, by order of saying, the event's own last."""
    sql = "SELECT body FROM events WHERE session_id = ? AND type = ? ORDER BY id DESC LIMIT ?"
    rows = db.execute(sql, [event.call_id, type(event).__name__, _RECENT]).fetchall()
    own = _spoken(event)
    found: dict[str, tuple[float, str, str]] = {}
    for (body,) in rows:
        earlier = event_codec.decode(body)
        if isinstance(earlier, TurnUpdated | TranscriptFinal):
            part, start, text, display = _spoken(earlier)
            found.setdefault(part, (start, text, display))
    found.pop(own[0], None)
    before = sorted((start, part, text, display) for part, (start, text, display) in found.items() if start <= own[1])
    return [*((part, text, display) for _, part, text, display in before[-_NEIGHBOURS:]), (own[0], own[2], own[3])]


def _spoken(event: TurnUpdated | TranscriptFinal) -> tuple[str, float, str, str]:
    if isinstance(event, TurnUpdated):
        turn = event.turn
        return f"turn.{turn.index}", turn.start, turn.text, turn.display
    return f"final.{event.utterance}", event.start, event.text, event.display


def _whole_numbers(texts: Sequence[str], spans: Sequence[Sequence[MaskSpan]]) -> tuple[str, ...]:
    """Return digits of what the last turn completes together with those before it."""
    digits: list[str] = []
    whole = ""
    for text, own in zip(reversed(texts), reversed(spans), strict=True):
        mine = "".join(read_digits(text[span.start : span.end]) for span in own)
        if mine:
            whole = mine + whole
            digits.append(whole)
        elif len(text) > _SHORT:
            break
    return tuple(number for number in digits[1:] if len(number) >= _LEAST_WHOLE)


def _write(
    db: Database,
    session_id: str,
    part: str,
    told: Sequence[tuple[str, Sequence[MaskSpan]]],
    numbers: Sequence[str] = (),
) -> None:
    key = _key(db)
    lines = [fold(cover(text, tuple(spans))) for text, spans in told]
    names = {name for text, spans in told for span in spans for name in _hashed(text, span)} | set(numbers)
    body = "\n".join([*lines, *(_hash(key, name) for name in sorted(names))])
    db.table("search").insert({"session_id": session_id, "part": part, "body": body}, replace=True)


def _hashed(text: str, span: MaskSpan) -> Iterator[str]:
    """Yield what a masked piece can be found by."""
    said = text[span.start : span.end]
    digits = read_digits(said)
    if len(digits) >= _LEAST_DIGITS:
        yield digits
        if span.kind is PersonalKind.PHONE:
            yield digits[-_TAIL:]
    yield fold(said)
    if span.kind is PersonalKind.ADDRESS:  # a call is looked for by its road alone too
        yield from (fold(word) for word in said.split())


def _hash(key: bytes, name: str) -> str:
    return _MARK + hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:_HASH]


def _key(db: Database) -> bytes:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_key'").fetchone():
        return b""
    return bytes(db.execute("SELECT key FROM search_key").fetchone()[0])
