"""What to say and whom to call in each danger: ours, and what a centre puts in its place.

A centre's file has the form of ``resources/scripts/crisis.toml``: a kind it names replaces ours, the others stay. It is
taken whole or not at all.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from assist.errors import ScriptsFault
from assist.model import CrisisFinding, CrisisKind
from kb.whole_file import take
from resources import path

GUIDE: Final = "scripts/crisis.toml"
MAX_BYTES: Final = 1_000_000
MAX_STEPS: Final = 12
MAX_NUMBERS: Final = 8
MAX_SENTENCE: Final = 300
MAX_NAME: Final = 60
_NUMBER: Final = re.compile(r"[0-9+*#][0-9 \-–~()*#①-⑨]{1,29}")


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to say and whom to call."""

    title: str
    steps: tuple[str, ...]
    """In order; to be said or done."""
    numbers: tuple[tuple[str, str], ...]
    """(name, number)."""


@dataclass(frozen=True, slots=True)
class CrisisGuide:
    """The guidance of every kind of danger. Immutable: any thread."""

    kinds: Mapping[CrisisKind, Guidance]

    def of(self, kind: CrisisKind) -> Guidance:
        """Return the guidance of a kind."""
        return self.kinds[kind]

    def guided(self, finding: CrisisFinding) -> CrisisFinding:
        """Return ``finding`` with this guide's steps and numbers."""
        guidance = self.kinds[finding.kind]
        return replace(finding, steps=guidance.steps, numbers=guidance.numbers)


@cache
def shipped() -> CrisisGuide:
    """Return the program's own guidance."""
    file = path(GUIDE)
    own = _read(file.read_bytes(), file)
    absent = set(CrisisKind) - set(own)
    if absent:
        raise ScriptsFault("protect.crisis_scripts_broken", path=str(file), name=sorted(absent)[0].value)
    return CrisisGuide(own)


def load(file: Path) -> CrisisGuide:
    """Return our guidance with that of a centre's file in its place.

    Raises:
        ScriptsFault: The file cannot be read or something in it is wrong.
    """
    try:
        raw = take(file, MAX_BYTES)
    except (OSError, ValueError):
        raise ScriptsFault("protect.crisis_scripts_unreadable", path=str(file)) from None
    own = _read(raw, file)
    if not own:
        raise ScriptsFault("protect.crisis_scripts_broken", path=str(file), name="-")
    return CrisisGuide({**shipped().kinds, **own})


def _read(raw: bytes, file: Path) -> dict[CrisisKind, Guidance]:
    try:
        parsed = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise ScriptsFault("protect.crisis_scripts_broken", path=str(file), name="TOML") from None
    found: dict[CrisisKind, Guidance] = {}
    for name, entry in parsed.items():
        guidance = _guidance(entry) if name in list(CrisisKind) else None
        if guidance is None:
            raise ScriptsFault("protect.crisis_scripts_broken", path=str(file), name=name[:MAX_NAME])
        found[CrisisKind(name)] = guidance
    return found


def _guidance(entry: object) -> Guidance | None:
    """Return one kind's guidance, None where something in it is wrong."""
    if not isinstance(entry, dict) or set(entry) != {"title", "steps", "numbers"}:
        return None
    title, steps, numbers = _text(entry["title"], MAX_NAME), entry["steps"], entry["numbers"]
    if not title or not isinstance(steps, list) or not isinstance(numbers, list):
        return None
    said = tuple(_text(step, MAX_SENTENCE) for step in steps)
    pairs = tuple(_pair(pair) for pair in numbers)
    if not 1 <= len(said) <= MAX_STEPS or not 1 <= len(pairs) <= MAX_NUMBERS:
        return None
    whole = tuple(pair for pair in pairs if pair is not None)
    return Guidance(title, said, whole) if all(said) and len(whole) == len(pairs) else None


def _pair(value: object) -> tuple[str, str] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    name, number = (_text(part, MAX_NAME) for part in value)
    return (name, number) if name and _NUMBER.fullmatch(number) else None


def _text(value: object, longest: int) -> str:
    """Return a text in one line, empty where it is none."""
    text = " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else ""
    return text if len(text) <= longest and text.isprintable() else ""
