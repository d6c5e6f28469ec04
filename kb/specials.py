"""Special material (이슈별 특별상담자료): notices of the hour with a beginning and an end.

A file of JSON lines beside the DB, or carried by a release. Times without a zone are Korean time; a day alone begins
at midnight and ends with its last second. What has ended is not shown, whoever forgot to take it away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Final

from kb.errors import ImportRejected
from kb.model import Article, RowFault
from kb.text import nfc, phonetic
from kb.whole_file import put

FILE_NAME: Final = "specials.jsonl"
KST: Final = timezone(timedelta(hours=9), "KST")
ID_PREFIX: Final = "special:"
"""Begins the id of an entry made from special material."""
MAX_BYTES: Final = 2_000_000
MAX_COUNT: Final = 200
MAX_CHARS: Final = 20_000
_SHORTEST: Final = 4
"""Folded sounds a keyword needs to be looked for inside longer words: about two syllables."""


@dataclass(frozen=True, slots=True)
class Special:
    """One piece of special material. Plain text, NFC."""

    id: str
    title: str
    body: str
    keywords: tuple[str, ...]
    start: datetime
    """From when it is shown, with zone."""
    end: datetime
    """Until when, exclusive, with zone."""
    department: str = ""
    phone: str = ""

    def runs(self, now: datetime) -> bool:
        """Return whether it is shown at ``now`` (with zone)."""
        return self.start <= now < self.end


def read(path: Path) -> tuple[tuple[Special, ...], tuple[RowFault, ...]]:
    """Read a file; returns what is fit to use and the rows that are not.

    Raises:
        ImportRejected: The file cannot be read, is far too large or holds nothing usable.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ImportRejected("kb.specials_too_large", path=path.name)
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportRejected("kb.specials_unreadable", path=path.name) from error
    found: dict[str, Special] = {}
    faults: list[RowFault] = []
    for line, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        special, fault = _special(row)
        if special is None:
            faults.append(RowFault(line, fault))
        elif special.id in found:
            faults.append(RowFault(line, "kb.row_repeated_id", special.id))
        elif len(found) < MAX_COUNT:
            found[special.id] = special
    if not found:
        raise ImportRejected("kb.specials_empty", path=path.name)
    return tuple(found.values()), tuple(faults)


def write(path: Path, specials: Sequence[Special]) -> None:
    """Write a file whole or not at all. Raises ImportRejected."""
    lines = [
        json.dumps(
            {**asdict(one), "start": one.start.isoformat(), "end": one.end.isoformat()},
            ensure_ascii=False,
        )
        for one in specials
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, "".join(line + "\n" for line in lines).encode())
    except OSError as error:
        raise ImportRejected("kb.disk", reason=error.strerror or type(error).__name__) from error


def running(specials: Iterable[Special], now: datetime) -> tuple[Special, ...]:
    """Return what is shown at ``now``, the one that began last first."""
    return tuple(sorted((one for one in specials if one.runs(now)), key=lambda one: one.start, reverse=True))


def matching(specials: Iterable[Special], question: str) -> tuple[Special, ...]:
    """Return the special material a question is about: one keyword that sounds like part of it is enough.

    This is less than an entry of the DB needs: while an issue burns, a caller who names it means it.
    """
    folded = phonetic(nfc(question))
    found = []
    for one in specials:
        keywords = [phonetic(word) for word in one.keywords]
        hits = sum(1 for word in keywords if len(word) >= _SHORTEST and word in folded)
        if hits:
            found.append((hits, one))
    return tuple(one for _, one in sorted(found, key=lambda item: -item[0]))


def as_article(special: Special) -> Article:
    """Return special material as an entry, for cards and the record."""
    return Article(
        id=f"{ID_PREFIX}{special.id}",
        question=special.title,
        answer=special.body,
        category="",
        keywords=special.keywords,
        department=special.department,
        phone=special.phone,
        updated=special.start.astimezone(KST).date().isoformat(),
    )


def moment(text: str, *, end: bool = False) -> datetime:
    """Return an ISO day or time with zone; Korean time where none is named.

    Args:
        text: ``YYYY-MM-DD`` or an ISO time.
        end: A day alone means its end.

    Raises:
        ValueError: Neither.
    """
    value = text.strip()
    found = datetime.fromisoformat(value)
    if len(value) == len("2026-11-22"):
        found = datetime.combine(found.date(), time.min) + timedelta(days=1 if end else 0)
    return found if found.tzinfo is not None else found.replace(tzinfo=KST)


def _special(row: str) -> tuple[Special | None, str]:
    try:
        value = json.loads(row)
    except (ValueError, RecursionError):
        return None, "kb.row_not_json"
    if not isinstance(value, dict):
        return None, "kb.row_not_json"
    text = {name: nfc(str(value.get(name) or "")).strip() for name in ("id", "title", "body", "department", "phone")}
    if not text["id"] or not text["title"] or not text["body"] or any(len(one) > MAX_CHARS for one in text.values()):
        return None, "kb.special_incomplete"
    words = value.get("keywords") or ()
    if isinstance(words, str):
        words = words.split(",")
    if not isinstance(words, list | tuple):
        return None, "kb.special_incomplete"
    keywords = tuple(dict.fromkeys(word for raw in words[:50] if (word := " ".join(nfc(str(raw)).split()))))
    try:
        start, end = moment(str(value.get("start") or "")), moment(str(value.get("end") or ""), end=True)
        start.astimezone(UTC), end.astimezone(UTC)
    except (ValueError, OverflowError):
        return None, "kb.special_times"
    if end <= start:
        return None, "kb.special_times"
    return Special(text["id"], text["title"], text["body"], keywords, start, end, text["department"], text["phone"]), ""
