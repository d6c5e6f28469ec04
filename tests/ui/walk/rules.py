"""The style sheet, read back: what ink stands on what ground in every rule of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ui.stylesheet import sheet
from ui.theme import tokens_of

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"^(Q\w+)((?:#\w+|\[\w+=\"[^\"]*\"\]|::?[\w-]+)*)$")
_PART = re.compile(r"#\w+|\[\w+=\"[^\"]*\"\]|::[\w-]+|:[\w-]+")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_BOTH = ("QWidget",)
"""Types whose rules hold for every other one."""


@dataclass(frozen=True, slots=True)
class Selector:
    """``QPushButton[kind="primary"]:focus`` in parts."""

    kind: str
    conditions: frozenset[str]

    def covers(self, other: Selector) -> bool:
        """Whether a rule with this selector holds for widgets of the other one."""
        inner = {one for one in self.conditions if one.startswith("::")}
        theirs = {one for one in other.conditions if one.startswith("::")}
        same_part = inner == theirs if self.kind != "QWidget" else not inner
        return (self.kind == other.kind or self.kind in _BOTH) and self.conditions <= other.conditions and same_part

    def __str__(self) -> str:
        return self.kind + "".join(sorted(self.conditions))


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules together make of a selector."""

    selector: Selector
    said: dict[str, str] = field(hash=False)

    @property
    def ink(self) -> str:
        """Colour of its text."""
        return self.said.get("color", "")

    @property
    def ground(self) -> str:
        """Colour behind its text; empty where what lies behind shows through."""
        found = _COLOR.search(self.said.get("background", ""))
        return found.group() if found else ""

    @property
    def edges(self) -> list[str]:
        """Colours of its border."""
        return [
            color for name in ("border", "border-left", "outline") for color in _COLOR.findall(self.said.get(name, ""))
        ]

    @property
    def is_disabled(self) -> bool:
        return ":disabled" in self.selector.conditions


def looks(theme: str) -> Iterator[Look]:
    """Yield every selector of the sheet with all that holds for it."""
    rules = list(_rules(sheet(tokens_of(theme), lambda size: size, "arrow.svg", "tick.svg")))
    for selector, _ in rules:
        said: dict[str, str] = {}
        holding = [
            (len(other.conditions), place, rule) for place, (other, rule) in enumerate(rules) if other.covers(selector)
        ]
        for _, _, rule in sorted(holding, key=lambda one: one[:2]):
            for name, value in rule.items():
                if name == "border-color":
                    said["border"] = _COLOR.sub("", said.get("border", "1px solid")) + " " + value
                else:
                    said[name] = value
        yield Look(selector, said)


def _rules(text: str) -> Iterator[tuple[Selector, dict[str, str]]]:
    for selectors, body in _RULE.findall(text):
        said = dict(_said(body))
        for one in selectors.split(","):
            match = _SELECTOR.match(one.strip().split(" ")[-1])
            if match:
                yield Selector(match.group(1), frozenset(_PART.findall(match.group(2)))), said


def _said(body: str) -> Iterator[tuple[str, str]]:
    for line in body.split(";"):
        name, _, value = line.partition(":")
        if value:
            yield name.strip(), " ".join(value.split())
