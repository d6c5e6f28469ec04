"""Which sentence comes next. The counsellor says it or not; nothing happens by itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from assist.model import AbuseFinding, AbuseLabel, Script
from assist.settings import AssistSettings
from resources import path


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
    """False for 강성, which is answered but never warned."""
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


@cache
def situations() -> tuple[Situation, ...]:
    """Return every situation of ``resources/scripts/situations.toml`` in order."""
    return tuple(
        Situation(
            id=str(item["id"]),
            title=str(item["title"]),
            labels=tuple(AbuseLabel(label) for label in item["labels"]),
            texts=(str(item["plea"]), str(item["warning"]), str(item["final"])),
            warns=bool(item.get("warns", True)),
            choose_only=bool(item.get("choose_only", False)),
            is_default=bool(item.get("default", False)),
            min_severity=int(item.get("min_severity", 1)),
            max_severity=int(item.get("max_severity", 3)),
        )
        for item in _file()["situation"]
    )


@cache
def _file() -> dict[str, Any]:
    with path("scripts/situations.toml").open("rb") as file:
        parsed: dict[str, Any] = tomllib.load(file)
    return parsed


def situation(ident: str) -> Situation:
    """Return one situation.

    Raises:
        KeyError: No such id.
    """
    for item in situations():
        if item.id == ident:
            return item
    raise KeyError(ident)


def choices() -> tuple[Script, ...]:
    """Return each situation once, for the escalation's list: ``situation`` is its id, ``text`` its Korean title."""
    return tuple(Script(id=item.id, situation=item.id, text=item.title) for item in situations())


def situation_for(finding: AbuseFinding) -> Situation:
    """Return the situation to preselect: the narrowest that fits label and severity."""
    fits = [
        item
        for item in situations()
        if finding.label in item.labels
        and not item.choose_only
        and item.min_severity <= finding.severity <= item.max_severity
    ]
    return min(
        fits,
        key=lambda item: (not item.is_default, item.max_severity - item.min_severity, item.labels[0] != finding.label),
    )


class Ladder:
    """Counts warnings in one call and knows the next sentence. Thread: one, the ``assist`` thread."""

    def __init__(self, settings: AssistSettings) -> None:
        self._settings = settings
        self._said: list[Script] = []
        self._timed: set[str] = set()

    @property
    def warnings_given(self) -> int:
        """Warnings said so far; pleas and final notices do not count."""
        return sum(script.id.endswith(f".{Step.WARNING}") for script in self._said)

    @property
    def warnings_allowed(self) -> int:
        """Warnings before the call may end."""
        return self._settings.warnings_allowed

    @property
    def may_end(self) -> bool:
        """Whether the reason for ending was told in this call."""
        return any(script.is_final for script in self._said)

    def next_for(self, finding: AbuseFinding) -> Script:
        """Return the sentence to offer after ``finding``."""
        chosen = situation_for(finding)
        if not chosen.warns:
            return chosen.line(Step.PLEA)
        if finding.label in self._settings.ends_at_once:
            return chosen.line(Step.FINAL)
        if self.warnings_given >= self._settings.warnings_allowed:
            return chosen.line(Step.FINAL)
        pleaded = any(script.id.endswith(f".{Step.PLEA}") for script in self._said)
        mild = finding.severity == 1 and not pleaded and self.warnings_given == 0
        return chosen.line(Step.PLEA if mild else Step.WARNING)

    def next_line(self, ident: str) -> Script:
        """Return the next sentence of a situation the counsellor chose.

        Raises:
            KeyError: No such situation.
        """
        chosen = situation(ident)
        pleaded = any(script.id == f"{ident}.{Step.PLEA}" for script in self._said)
        at_once = any(label in self._settings.ends_at_once for label in chosen.labels) and chosen.warns
        if at_once or self.warnings_given >= self._settings.warnings_allowed:
            return chosen.line(Step.FINAL)
        return chosen.line(Step.WARNING if pleaded else Step.PLEA)

    def said(self, script: Script) -> int:
        """Note that ``script`` was said; return the warnings given so far."""
        self._said.append(script)
        return self.warnings_given

    def due(self, elapsed_s: float) -> Script | None:
        """Return the 15-minute notice or the 20-minute limit once each, when its time has come."""
        texts = _file()["time"]
        for name, at in (("limit", self._settings.limit_s), ("notice", self._settings.notice_after_s)):
            if elapsed_s >= at and name not in self._timed:
                # A late limit makes the earlier notice pointless.
                self._timed.update({"notice", name})
                return Script(id=f"time.{name}", situation="long_call", text=str(texts[name]), is_final=name == "limit")
        return None
