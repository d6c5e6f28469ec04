"""Every setting on one page, for administrators: ``docs/settings.md``."""

from __future__ import annotations

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


def page() -> str:
    """Return every setting that a site may set as Markdown, group by group, in English."""
    words, own, rows = codes(LANGUAGE), Settings().model_dump(mode="json"), shapes()
    lines = [_HEAD]
    for group in GROUPS:
        lines.append(f"\n## {words[f'setting_group.{group}']}\n")
        lines.append("| setting | type | range or choices | default | counts | what it is |")
        lines.append("|---|---|---|---|---|---|")
        for one in rows:
            if one.group == group:
                default = _default(one.path, told(one, value_at(own, one.path)))
                about = f"{words[f'setting.{one.path}.title']}. {words[f'setting.{one.path}.help']}".replace("|", "\\|")
                cells = (f"`{one.path}`", one.type_name, _scope(one, words), default, _TAKES[one.takes], about)
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _scope(one: Shape, words: dict[str, str]) -> str:
    """Return range, choices or length in a few words."""
    if one.values and one.type_name != "number":
        return ", ".join(f"`{value}`" for value in one.values)
    unit = f" {words[f'setting_unit.{one.unit}']}" if one.unit else ""
    low, high = (f"{limit:g}" if limit is not None else "" for limit in (one.low, one.high))
    if low and high:
        return f"{'more than ' if one.above_low else ''}{low} to {high}{unit}"
    if low or high:
        return f"{'more than' if one.above_low else 'from'} {low}{unit}" if low else f"to {high}{unit}"
    return f"{one.longest} characters" if one.longest and one.type_name == "text" else ""


def _default(path: str, value: Value) -> str:
    if path == "protection.system_key":
        return "`F12` (Windows: `Ctrl+F12`)"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return ", ".join(f"`{one}`" for one in value) or "none"
    if isinstance(value, float):
        return f"`{value:g}`"
    return f"`{value}`" if value != "" else "none"
