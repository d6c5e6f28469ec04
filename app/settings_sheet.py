"""Every setting in one sheet, for administrators: ``docs/settings.md``, and what an ADMX is written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.policy import value_at
from app.settings import Settings
from app.settings_fields import GROUPS, Shape, shapes, told
from resources.notices import codes
from ui.settings_ports import Takes, Value

LANGUAGE: Final = "en"
_TAKES: Final = {Takes.NOW: "at once", Takes.CALL: "next call", Takes.START: "next start"}
_HEAD: Final = """# Every setting

Made by `scripts/settings_page.py` from the settings models; a test holds it current. Written in `settings.json`, or for
all users of a machine in the [policy](policy.md), where the dotted path is a way through the file's objects:
`desk.theme` is `{"desk": {"theme": ...}}`. An empty text stands for none where a path or an address is asked for
(`null` in the file for a path).
"""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One setting as an administrator needs it."""

    path: str
    type_name: str
    """JSON type: ``true/false``, ``number``, ``whole number``, ``text``, ``list`` or ``object``."""
    values: tuple[str, ...]
    """What it can be, where that is a choice; of a list, what its members can be."""
    low: float | None
    high: float | None
    above_low: bool
    """Whether ``low`` itself is too little."""
    longest: int | None
    """Characters of a text."""
    unit: str
    default: Value
    takes: Takes
    title: str
    help: str

    @property
    def scope(self) -> str:
        """Return range, choices or length in a few words."""
        if self.values:
            return ", ".join(f"`{one}`" for one in self.values)
        unit = f" {self.unit}" if self.unit else ""
        low, high = (f"{one:g}" if one is not None else "" for one in (self.low, self.high))
        if low and high:
            return f"{'more than ' if self.above_low else ''}{low} to {high}{unit}"
        if low or high:
            return f"{'more than' if self.above_low else 'from'} {low}{unit}" if low else f"to {high}{unit}"
        return f"{self.longest} characters" if self.longest and self.type_name == "text" else ""


def sheet() -> Sequence[SheetRow]:
    """Return every setting that a site may set, group by group, in English."""
    words, own = codes(LANGUAGE), Settings().model_dump(mode="json")
    return tuple(_row(one, words, value_at(own, one.path)) for one in shapes())


def page() -> str:
    """Return the sheet as Markdown."""
    words, rows = codes(LANGUAGE), sheet()
    group_of = {one.path: one.group for one in shapes()}
    lines = [_HEAD]
    for group in GROUPS:
        lines.append(f"\n## {words[f'setting_group.{group}']}\n")
        lines.append("| setting | type | range or choices | default | counts | what it is |")
        lines.append("|---|---|---|---|---|---|")
        for row in rows:
            if group_of[row.path] == group:
                cells = (f"`{row.path}`", row.type_name, row.scope, _default(row), _TAKES[row.takes], _told(row))
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _row(shaped: Shape, words: dict[str, str], default: object) -> SheetRow:
    return SheetRow(
        shaped.path,
        shaped.type_name,
        shaped.values if shaped.type_name != "number" else (),
        shaped.low,
        shaped.high,
        shaped.above_low,
        shaped.longest,
        words[f"setting_unit.{shaped.unit}"] if shaped.unit else "",
        told(shaped, default),
        shaped.takes,
        words[f"setting.{shaped.path}.title"],
        words[f"setting.{shaped.path}.help"],
    )


def _default(row: SheetRow) -> str:
    if row.path == "protection.system_key":
        return "`F12` (Windows: `Ctrl+F12`)"
    value = row.default
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return ", ".join(f"`{one}`" for one in value) or "none"
    if isinstance(value, float):
        return f"`{value:g}`"
    return f"`{value}`" if value != "" else "none"


def _told(row: SheetRow) -> str:
    return f"{row.title}. {row.help}".replace("|", "\\|")
