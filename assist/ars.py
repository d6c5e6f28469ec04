"""What a caller chose in the menus of the telephone (ARS) before a person answered: a first hint, never more.

A path is the names of the menus, the first one first. The names lead to fields of the call centre and to languages by
``resources/words/ars.toml`` and a site's own file of the same shape. What the caller says outranks all of it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from assist.errors import ScriptsFault
from assist.model import CATEGORIES
from kb.whole_file import take
from resources import path as resource

MOST_MENUS: Final = 6
LONGEST_MENU: Final = 40
MAX_BYTES: Final = 100_000
"""Largest file of a site."""
_MENUS: Final = "words/ars.toml"
_BETWEEN: Final = re.compile(r"\s*[>/›»→＞／]\s*")
_DIGITS: Final = re.compile(r"\d(?:[\s\-.]?\d){4,}")
"""What a caller typed into a menu (a number of theirs) is no name of a menu."""
_LANGUAGE: Final = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Menu:
    """Where one menu leads."""

    fields: tuple[str, ...] = ()
    """Of ``CATEGORIES``, the likeliest first."""
    language: str = ""
    """ISO 639-1 code to offer for the caller, or empty."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a path says of the call to come."""

    path: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    language: str = ""

    @property
    def category(self) -> str:
        """The one field it points to; empty where it points to none or to several."""
        return self.fields[0] if len(self.fields) == 1 else ""


@dataclass(frozen=True, slots=True)
class Menus:
    """The menus that are known, by name. Immutable."""

    known: Mapping[str, Menu] = field(default_factory=dict)

    def hint(self, path: tuple[str, ...]) -> Hint:
        """Return what ``path`` says: the deepest menu that names a field decides, and likewise the language."""
        found = [menu for menu in (self.known.get(_key(name)) for name in path) if menu is not None]
        fields = next((menu.fields for menu in reversed(found) if menu.fields), ())
        language = next((menu.language for menu in reversed(found) if menu.language), "")
        return Hint(path, fields, language)


def parse(text: str) -> tuple[str, ...]:
    """Return the menus of a path as a telephony program writes it: ``교통``, ``교통 > 주정차`` or ``교통/주정차``.

    Never fails: signs that cannot be shown, menus beyond the sixth, letters beyond the fortieth and menus that hold a
    number the caller typed are left out.
    """
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(sign if sign.isprintable() else " " for sign in composed)
    names = (" ".join(name.split())[:LONGEST_MENU].strip() for name in _BETWEEN.split(shown))
    return tuple(name for name in names if name and not _DIGITS.search(name))[:MOST_MENUS]


@cache
def shipped() -> Menus:
    """Return the program's own menus."""
    file = resource(_MENUS)
    return Menus(_read(file.read_bytes(), file))


def load(file: Path) -> Menus:
    """Return our menus with those of a site's file before them.

    Raises:
        ScriptsFault: The file cannot be read or something in it is wrong.
    """
    try:
        raw = take(file, MAX_BYTES)
    except (OSError, ValueError):
        raise ScriptsFault("ars.menus_unreadable", path=str(file)) from None
    return Menus({**shipped().known, **_read(raw, file)})


def _read(raw: bytes, file: Path) -> dict[str, Menu]:
    try:
        parsed = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise ScriptsFault("ars.menus_broken", path=str(file), name="TOML") from None
    entries = parsed.get("menu")
    if set(parsed) != {"menu"} or not isinstance(entries, list):
        raise ScriptsFault("ars.menus_broken", path=str(file), name="menu")
    found: dict[str, Menu] = {}
    for entry in entries:
        names = entry.get("names") if isinstance(entry, dict) else None
        if not isinstance(names, list) or not names or not all(isinstance(name, str) and _key(name) for name in names):
            raise ScriptsFault("ars.menus_broken", path=str(file), name="names")
        menu = _menu(entry)
        if menu is None:
            raise ScriptsFault("ars.menus_broken", path=str(file), name=str(names[0])[:LONGEST_MENU])
        found |= dict.fromkeys(map(_key, names), menu)
    return found


def _menu(entry: Mapping[str, object]) -> Menu | None:
    fields, language = entry.get("fields", []), entry.get("language", "")
    if set(entry) - {"names", "fields", "language"} or not isinstance(fields, list) or not isinstance(language, str):
        return None
    if not _all_known(fields) or (language and not _LANGUAGE.fullmatch(language)):
        return None
    return Menu(tuple(fields), language)


def _all_known(fields: Iterable[object]) -> bool:
    return all(one in CATEGORIES for one in fields)


def _key(name: str) -> str:
    """Return a menu's name without spaces, signs and case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())
