"""Every setting as a field, made from the settings models: kinds, ranges and choices from types, words by code.

Titles and help are sentences ``setting.PATH.title`` and ``.help`` of ``resources/notices``, choices
``setting.PATH.VALUE``; a test holds models and sentences together. The window, the search, ``docs/settings.md`` and the
list for administrators all come from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen
from pydantic.fields import FieldInfo

from app.live_settings import PATH_OF
from app.policy import leaves, value_at
from app.settings import Settings
from resources.notices import sentence
from ui.settings_ports import Choice, Field, Kind, Lock, Takes, Value

HIDDEN: Final = frozenset({"schema_version", "desk.introduced", "desk.tour"})
"""What the program keeps for itself in the file."""
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "screen": (
        "language",
        "desk.theme",
        "desk.text_scale",
        "desk.layout",
        "desk.captions_only",
        "protection.strip",
        "desk.hide_from_capture",
        "desk.",
    ),
    "sound": (
        "sound.",
        "desk.announce",
        "desk.announce_device",
        "desk.announce_side",
        "desk.speak_practice",
        "capture.",
    ),
    "keys": ("desk.keys", "protection.system_key"),
    "answers": (
        "assist.dial",
        "assist.cards",
        "assist.min_content_words",
        "assist.stay_margin",
        "assist.turn_gap_s",
    ),
    "record": ("record.", "filing.", "assist.draft_every_s"),
    "protection": ("assist.", "protection."),
    "handover": ("escalation.", "assist.clip_minutes", "line.", "telephony."),
    "knowledge": ("releases.",),
    "models": ("models.", "summariser."),
    "security": ("security.", "retention."),
    "quality": ("desk.counsellor_code", "qa."),
    "pc": ("role", "team.", "locked"),
}
"""Groups in the order of the window, with the paths in each; a name that ends in a dot stands for all below it that
no other group names."""
FROM_FILE: Final = ("retention.", "line.notice.command", "line.transfer.command", "line.end.command", "locked",
                    "desk.hide_from_capture")  # fmt: skip
"""What no window changes: the site decides it."""
_FROM_START: Final = ("language", "role", "models.", "security.recovery_key", "desk.hide_from_capture", "locked")
_FROM_CALL: Final = ("assist.", "capture.", "sound.")
_FINE: Final = re.compile(
    r"capture\.|.*\.(ca_file|proxy|timeout_s|upload|key_name)$"
    r"|assist\.(turn_gap_s|min_content_words|stay_margin|repeat_times|refusal_times|earlier_calls|arousal_\w+"
    r"|draft_every_s)$"
)
_FOLDERS: Final = frozenset({"escalation.folder", "filing.folder", "team.inbox", "team.callers_folder", "qa.rubrics"})
_SCALES: Final = {"desk.text_scale": (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)}
"""Numbers that are offered as a few steps, in percent."""
_UNITS: Final = ("ms", "s", "minutes", "days", "mb", "bytes")
_CHOSEN: Final = re.compile(r"\^\(([\w|]+)\)\$")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a setting can hold, whatever it holds now."""

    path: str
    kind: Kind
    values: tuple[str, ...] = ()
    """Of a choice or a list."""
    low: float | None = None
    high: float | None = None
    above_low: bool = False
    whole: bool = False
    unit: str = ""
    """Code of the unit, empty for none."""
    longest: int | None = None
    """Characters of a text."""
    type_name: str = "text"
    """JSON type: ``true/false``, ``number``, ``whole number``, ``text``, ``list`` or ``object``."""

    @property
    def group(self) -> str:
        """Return the group it stands in."""
        return group_of(self.path)

    @property
    def from_file(self) -> bool:
        """Return whether no window changes it."""
        return self.path.startswith(FROM_FILE)

    @property
    def takes(self) -> Takes:
        """Return when a change counts."""
        if self.path.startswith(_FROM_START):
            return Takes.START
        return Takes.CALL if self.path.startswith(_FROM_CALL) and self.path != "assist.dial" else Takes.NOW


def shapes() -> tuple[Shape, ...]:
    """Return every setting that is shown, group by group, in the order of :data:`GROUPS`."""
    known = [path for path in leaves(Settings) if path not in HIDDEN]
    found: list[Shape] = []
    for group, names in GROUPS.items():
        members = [path for path in known if group_of(path) == group]
        members.sort(key=lambda path: (_rank(path, names), known.index(path)))
        found += [shape(path) for path in members]
    return tuple(found)


def shape(path: str) -> Shape:
    """Return what one setting can hold. Raises KeyError when there is no such setting."""
    info: FieldInfo = leaves(Settings)[path]
    kind_of, values, type_name = _kind(path, info)
    low = high = None
    above, longest = False, None
    for rule in info.metadata:
        if isinstance(rule, Ge | Gt):
            low, above = _number(rule.ge if isinstance(rule, Ge) else rule.gt), isinstance(rule, Gt)
        elif isinstance(rule, Le | Lt):
            high = _number(rule.le if isinstance(rule, Le) else rule.lt)
        elif isinstance(rule, MaxLen):
            longest = rule.max_length
    is_number = type_name in ("number", "whole number")
    return Shape(
        path,
        kind_of,
        values,
        low if is_number else None,
        high if is_number else None,
        above and is_number,
        type_name == "whole number",
        _unit(path) if kind_of is Kind.NUMBER else "",
        longest,
        type_name,
    )


def field(shaped: Shape, now: Mapping[str, Any], own: Mapping[str, Any], lock: Lock = Lock.NOBODY) -> Field:
    """Return a setting as the window shows it.

    Args:
        shaped: What it can hold.
        now: All settings as they are, nested, as JSON.
        own: The program's own values, in the same form.
        lock: Who keeps it from being changed.
    """
    path = shaped.path
    return Field(
        path=path,
        group=shaped.group,
        group_title=sentence(f"setting_group.{shaped.group}"),
        title=sentence(f"setting.{path}.title"),
        help=sentence(f"setting.{path}.help"),
        kind=shaped.kind,
        value=told(shaped, value_at(now, path)),
        default=told(shaped, value_at(own, path)),
        choices=tuple(Choice(value, choice_text(shaped, value)) for value in shaped.values),
        low=shaped.low,
        high=shaped.high,
        above_low=shaped.above_low,
        whole=shaped.whole,
        unit=sentence(f"setting_unit.{shaped.unit}") if shaped.unit else "",
        lock=Lock.FILE if lock is Lock.NOBODY and shaped.from_file else lock,
        takes=shaped.takes,
        fine=bool(_FINE.match(path)),
    )


def choice_text(shaped: Shape, value: str) -> str:
    """Return the words for one value of a choice or a list."""
    if shaped.path in _SCALES:
        return f"{float(value) * 100:.0f} %"
    if shaped.path == "locked":
        return sentence(f"setting.{PATH_OF[value]}.title")
    return sentence(f"setting.{shaped.path}.{value}")


def told(shaped: Shape, value: Any) -> Value:
    """Return a value of the settings, as JSON, in the form the windows carry."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return tuple(f"{name} = {text}" for name, text in value.items())
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    if shaped.path in _SCALES:
        return f"{value:g}"
    if shaped.kind is Kind.NUMBER or isinstance(value, bool):
        return value  # type: ignore[no-any-return]
    return str(value)


def group_of(path: str) -> str:
    """Return the group of a setting: the one that names it, else the longest beginning that fits."""
    fitting = [
        (len(name), group) for group, names in GROUPS.items() for name in names
        if name == path or (name.endswith(".") and path.startswith(name))
    ]  # fmt: skip
    return max(fitting)[1]


def _rank(path: str, names: tuple[str, ...]) -> int:
    fitting = [(len(name), place) for place, name in enumerate(names) if path == name or path.startswith(name)]
    return max(fitting)[1] if fitting else len(names)


def _kind(path: str, info: FieldInfo) -> tuple[Kind, tuple[str, ...], str]:
    """Return kind, values and type of a field."""
    made, name = info.annotation, path.rpartition(".")[2]
    if path in _SCALES:
        return Kind.CHOICE, tuple(f"{one:g}" for one in _SCALES[path]), "number"
    if made is bool:
        return Kind.SWITCH, (), "true/false"
    if made in (int, float):
        return Kind.NUMBER, (), "whole number" if made is int else "number"
    if values := _values(made):
        return Kind.CHOICE, values, "text"
    if get_origin(made) is tuple:
        values = _values(get_args(made)[0])
        return (Kind.LIST if values else Kind.SHOWN), values, "list"
    if get_origin(made) is dict:
        return Kind.SHOWN, (), "object"
    if Path in (made, *get_args(made)):
        return (Kind.FOLDER if path in _FOLDERS else Kind.FILE), (), "text"
    for rule in info.metadata:
        if found := _CHOSEN.fullmatch(getattr(rule, "pattern", "")):
            return Kind.CHOICE, tuple(found[1].split("|")), "text"
    by_name = {
        "system_key": Kind.KEYS,
        "url": Kind.ADDRESS,
        "https_url": Kind.ADDRESS,
        "address": Kind.ADDRESS,
        "proxy": Kind.ADDRESS,
        "callers_list": Kind.ADDRESS,
    }
    kind = Kind.DEVICE if name.endswith("_device") else by_name.get(name, Kind.TEXT)
    return kind, (), "text"


def _values(made: Any) -> tuple[str, ...]:
    if get_origin(made) is Literal:
        return tuple(str(one) for one in get_args(made))
    if isinstance(made, type) and issubclass(made, StrEnum):
        return tuple(one.value for one in made)
    return ()


def _unit(path: str) -> str:
    end = path.rpartition("_")[2]
    return end if end in _UNITS else ""


def _number(limit: object) -> float:
    assert isinstance(limit, int | float)
    return float(limit)
