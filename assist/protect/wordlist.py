"""Pattern lists from ``resources/words``, compiled once a process."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from assist.protect.folding import Reading, compile_all
from resources import path


@dataclass(frozen=True, slots=True)
class Rule:
    """One group of patterns that mean the same."""

    label: str
    severity: int
    pattern: re.Pattern[str]
    folded: bool = False

    def spans(self, reading: Reading) -> list[tuple[int, int]]:
        """Return where the rule matches ``reading``."""
        text = reading.folded if self.folded else reading.plain
        return [match.span() for match in self.pattern.finditer(text) if match.end() > match.start()]


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed word list ``resources/words/<name>.toml``."""
    with path(f"words/{name}.toml").open("rb") as file:
        parsed: dict[str, Any] = tomllib.load(file)
    return parsed


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """Return the compiled ``[[rule]]`` groups of a list."""
    return tuple(
        Rule(
            label=str(item["label"]),
            severity=int(item["severity"]),
            pattern=compile_all(item["patterns"], folded=bool(item.get("folded", False))),
            folded=bool(item.get("folded", False)),
        )
        for item in load(name)["rule"]
    )


@cache
def patterns(name: str, section: str, key: str = "patterns") -> re.Pattern[str]:
    """Return the compiled patterns of one list of a section."""
    return compile_all(load(name)[section][key])
