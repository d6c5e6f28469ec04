"""Sentences for hard calls: ours, and what a centre puts in their place.

A centre's file is TOML of the same form as ``resources/scripts/situations.toml``: a situation with a known id replaces
ours, another one is added, ``[time]`` may replace any of its sentences. It is taken whole or not at all.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from assist.errors import ScriptsFault
from assist.model import AbuseFinding, AbuseLabel, Script
from resources import path

SITUATIONS: Final = "scripts/situations.toml"
MAX_BYTES: Final = 1_000_000
MAX_SITUATIONS: Final = 200
MAX_SENTENCE: Final = 300
MAX_TITLE: Final = 40
TIME_SITUATION: Final = "long_call"
"""The situation the time notices belong to."""
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_HEAD: Final = re.compile(r"\s*\[\[\s*situation\s*\]\]")
_TOML_LINE: Final = re.compile(r"line (\d+)")
_TEXTS: Final = ("plea", "warning", "final")
_TIMES: Final = ("notice", "limit", "handover")
_KNOWN: Final = {"id", "title", "labels", "warns", "choose_only", "default", "min_severity", "max_severity", *_TEXTS}


class Step(StrEnum):
    """Rungs, mild to last."""

    PLEA = "plea"
    WARNING = "warning"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Situation:
    """One kind of hard call and its three sentences."""

    id: str
    title: str
    labels: tuple[AbuseLabel, ...]
    texts: tuple[str, str, str]
    """자제 요청, 경고, 종료 고지."""
    warns: bool
    """False for 강성, which is answered but never warned, and ended by the time limit alone."""
    choose_only: bool
    """Never preselected by the rules: a person recognises it (drunk, prank)."""
    is_default: bool
    min_severity: int
    max_severity: int

    def line(self, step: Step) -> Script:
        """Return the sentence of a rung; its id is ``<situation>.<step>``."""
        return Script(
            id=f"{self.id}.{step}",
            situation=self.id,
            text=self.texts[list(Step).index(step)],
            is_final=step is Step.FINAL,
        )

    def fits(self, label: AbuseLabel, severity: int) -> bool:
        """Whether the rules may preselect it for such a finding."""
        return label in self.labels and not self.choose_only and self.min_severity <= severity <= self.max_severity


@dataclass(frozen=True, slots=True)
class Scripts:
    """Every sentence of the ladder. Immutable: any thread."""

    situations: tuple[Situation, ...]
    times: Mapping[str, str]
    """``notice``, ``limit`` (with ``{notice}`` and ``{limit}`` for the minutes) and ``handover``."""

    def situation(self, ident: str) -> Situation:
        """Return one situation. Raises KeyError: no such id."""
        for item in self.situations:
            if item.id == ident:
                return item
        raise KeyError(ident)

    def choices(self) -> tuple[Script, ...]:
        """Return each situation once, for lists: ``situation`` is its id, ``text`` its title."""
        return tuple(Script(id=item.id, situation=item.id, text=item.title) for item in self.situations)

    def situation_for(self, finding: AbuseFinding) -> Situation:
        """Return the situation to preselect: the narrowest that fits label and severity."""
        return min(
            (item for item in self.situations if item.fits(finding.label, finding.severity)),
            key=lambda item: (
                not item.is_default,
                item.max_severity - item.min_severity,
                item.labels[0] != finding.label,
            ),
        )

    def time_line(self, name: str, notice_s: float, limit_s: float) -> Script:
        """Return ``notice`` or ``limit`` with the site's minutes in it; saying the limit's allows the call to end."""
        text = self.times[name].replace("{notice}", _minutes(notice_s)).replace("{limit}", _minutes(limit_s))
        return Script(id=f"time.{name}", situation=TIME_SITUATION, text=text, is_final=name == "limit")

    def notice_line(self, ident: str, notice_s: float, limit_s: float, over_limit: bool) -> Script:
        """Return the sentence that tells the reason before a call is handed over or ended.

        강성 may be ended only when the recommended time is considerably over: until then its notice allows the
        hand-over to the dedicated team, not the end. An unknown situation is told by the time limit, if that has come.
        """
        item = next((item for item in self.situations if item.id == ident), None)
        if item is not None and (item.warns or over_limit):
            return item.line(Step.FINAL)
        if over_limit:
            return self.time_line("limit", notice_s, limit_s)
        situation = item.id if item is not None else ""
        return Script(id="time.handover", situation=situation, text=self.times["handover"])


@cache
def shipped() -> Scripts:
    """Return the program's own sentences."""
    return _read(path(SITUATIONS).read_bytes(), path(SITUATIONS), None)


def load(file: Path) -> Scripts:
    """Return our sentences with those of a centre's file in their place.

    Raises:
        ScriptsFault: The file cannot be read or something in it is wrong; the sentence names file, line and what.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ScriptsFault("protect.scripts_absent", path=str(file)) from None
    except (OSError, ValueError):
        raise ScriptsFault("protect.scripts_unreadable", path=str(file)) from None
    if len(raw) > MAX_BYTES:
        raise ScriptsFault("protect.scripts_too_large", path=str(file))
    return _read(raw, file, shipped())


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f}"


def _read(raw: bytes, file: Path, base: Scripts | None) -> Scripts:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScriptsFault("protect.scripts_encoding", path=str(file), line=line) from None
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise ScriptsFault("protect.scripts_not_toml", path=str(file), line=line) from None
    return _Reader(file, text.split("\n")).merge(parsed, base)


class _Reader:
    """Checks one file; every refusal names its line and what is wrong there."""

    def __init__(self, file: Path, lines: list[str]) -> None:
        self._file = file
        self._lines = lines
        self._heads = [number for number, line in enumerate(lines, start=1) if _HEAD.match(line)]

    def merge(self, parsed: dict[str, Any], base: Scripts | None) -> Scripts:
        for name in parsed:
            if name not in ("situation", "time"):
                raise self._fault("unknown", self._line_of(name, 0), name)
        items, times = parsed.get("situation", []), parsed.get("time", {})
        if not isinstance(items, list) or len(items) > MAX_SITUATIONS:
            raise self._fault("type", self._line_of("situation", 0), "situation")
        if not isinstance(times, dict):
            raise self._fault("type", self._line_of("time", 0), "time")
        if base is not None and not items and not times:
            raise self._fault("empty", 1, "situation")
        own = [self._situation(item, place) for place, item in enumerate(items)]
        for ident, count in Counter(item.id for item in own).items():
            if count > 1:
                raise self._fault("twice", self._head(max(n for n, i in enumerate(own) if i.id == ident)), ident)
        by_id = {item.id: item for item in (*(base.situations if base else ()), *own)}
        merged = Scripts(tuple(by_id.values()), {**(base.times if base else {}), **self._times(times)})
        self._check_whole(merged)
        return merged

    def _situation(self, item: object, place: int) -> Situation:
        head = self._head(place)
        if not isinstance(item, dict):
            raise self._fault("type", head, "situation")
        for name in item:
            if name not in _KNOWN:
                raise self._fault("unknown", self._line_of(name, head), name)
        ident = self._text(item, "id", head, MAX_TITLE)
        if not _ID.fullmatch(ident) or ident == "time":
            raise self._fault("type", self._line_of("id", head), "id")
        low, high = (self._severity(item, name, standard, head) for name, standard in _SEVERITIES)
        if low > high:
            raise self._fault("type", self._line_of("min_severity", head), "min_severity")
        plea, warning, final = (self._text(item, name, head, MAX_SENTENCE) for name in _TEXTS)
        return Situation(
            id=ident,
            title=self._text(item, "title", head, MAX_TITLE),
            labels=self._labels(item, head),
            texts=(plea, warning, final),
            warns=self._flag(item, "warns", True, head),
            choose_only=self._flag(item, "choose_only", False, head),
            is_default=self._flag(item, "default", False, head),
            min_severity=low,
            max_severity=high,
        )

    def _times(self, times: dict[str, Any]) -> dict[str, str]:
        head = next((n for n, line in enumerate(self._lines, start=1) if line.strip().startswith("[time]")), 0)
        for name in times:
            if name not in _TIMES:
                raise self._fault("unknown", self._line_of(name, head), name)
        return {name: self._text(times, name, head, MAX_SENTENCE) for name in times}

    def _text(self, item: dict[str, Any], name: str, head: int, longest: int) -> str:
        if name not in item:
            raise self._fault("missing", head, name)
        value = item[name]
        text = " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else ""
        if not text or len(text) > longest or not text.isprintable():
            raise self._fault("type", self._line_of(name, head), name)
        return text

    def _labels(self, item: dict[str, Any], head: int) -> tuple[AbuseLabel, ...]:
        if "labels" not in item:
            raise self._fault("missing", head, "labels")
        line = self._line_of("labels", head)
        found = item["labels"]
        if not isinstance(found, list) or not found:
            raise self._fault("type", line, "labels")
        for label in found:
            if label not in list(AbuseLabel):
                raise self._fault("label", line, str(label)[:MAX_TITLE])
        return tuple(AbuseLabel(label) for label in found)

    def _flag(self, item: dict[str, Any], name: str, standard: bool, head: int) -> bool:
        value = item.get(name, standard)
        if not isinstance(value, bool):
            raise self._fault("type", self._line_of(name, head), name)
        return value

    def _severity(self, item: dict[str, Any], name: str, standard: int, head: int) -> int:
        value = item.get(name, standard)
        if type(value) is not int or not 1 <= value <= 3:
            raise self._fault("type", self._line_of(name, head), name)
        return value

    def _check_whole(self, merged: Scripts) -> None:
        for label in AbuseLabel:
            for severity in (1, 2, 3):
                if not any(item.fits(label, severity) for item in merged.situations):
                    raise self._fault("uncovered", self._head(0), f"{label} {severity}")

    def _head(self, place: int) -> int:
        """Return the line of the n-th situation; 1 where the file is written in another of TOML's ways."""
        return self._heads[place] if place < len(self._heads) else 1

    def _line_of(self, name: str, head: int) -> int:
        """Return the line of a key below ``head``, or ``head`` itself."""
        key = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(name)}[\"']?\s*[=\].]")
        for number in range(max(head, 0), len(self._lines)):
            if number + 1 != head and _HEAD.match(self._lines[number]) and head:
                break
            if key.match(self._lines[number]):
                return number + 1
        return max(head, 1)

    def _fault(self, what: str, line: int, name: str) -> ScriptsFault:
        return ScriptsFault(f"protect.scripts_{what}", path=str(self._file), line=line, name=name)


_SEVERITIES: Final = (("min_severity", 1), ("max_severity", 3))
