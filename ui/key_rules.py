"""Which key sequences an action may have: text-editing keys are refused, keys of other programs are warned of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from resources import path
from ui import i18n
from ui.actions import COMMANDS, Actions, combination, said, written
from ui.hangul_keys import latin_of

_EDITING: Final = frozenset(
    ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+Ins", "Shift+Ins", "Shift+Del")
)
"""What every field understands, besides the keys of :data:`_FIELD_KEYS`."""
_FIELD_KEYS: Final = frozenset(
    (
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
    )
)
"""Keys that move and delete in fields, with Ctrl too; with Alt they are free."""
BARE: Final = frozenset(
    (
        *(Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
        *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown),
    )
)
"""Keys that are held with another, and locks."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Keys that another program takes."""

    kind: str
    """``reserved`` (refused), else ``ime``, ``reader``, ``system`` or ``telephony``."""
    ko: str
    en: str
    keys: frozenset[str]
    """Portable."""

    @property
    def told(self) -> str:
        """Its name in the language of the desk."""
        return self.ko if i18n.current() == "ko" else self.en


@cache
def taken() -> tuple[Taken, ...]:
    """Return what is known of other programs' keys."""
    rows = tomllib.loads(path("keys/taken.toml").read_text(encoding="utf-8"))["taken"]
    return tuple(Taken(row["kind"], row["ko"], row["en"], frozenset(map(portable, row["keys"]))) for row in rows)


def portable(keys: str) -> str:
    """Return a key sequence as Qt writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def pressed(key: int, modifiers: Qt.KeyboardModifier) -> str:
    """Return the portable sequence of keys that went down; a Korean letter counts as the Latin one on its key."""
    kept = modifiers & (COMMANDS | Qt.KeyboardModifier.ShiftModifier)
    latin = latin_of(chr(key)) if 0x3131 <= key <= 0x3163 else ""
    code = Qt.Key(ord(latin.upper()) if latin else key)
    return QKeySequence(QKeyCombination(kept, code)).toString(QKeySequence.SequenceFormat.PortableText)


def refusal(actions: Actions, ident: str, keys: str) -> str:
    """Return why an action cannot have these keys, as a sentence; empty where it can."""
    pressed = combination(keys)
    if pressed is None:
        return QCoreApplication.translate("KeyRules", "Only one key, with Ctrl, Alt or Shift if you like.")
    key, modifiers = pressed.key(), pressed.keyboardModifiers()
    free = bool(modifiers & COMMANDS) or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    if not free or key in BARE or key == Qt.Key.Key_Escape:
        return QCoreApplication.translate("KeyRules", "Text is typed with this key. Add Ctrl or Alt, or take an F key.")
    moves = key in _FIELD_KEYS and not modifiers & Qt.KeyboardModifier.AltModifier
    if moves or portable(keys) in _EDITING:
        return QCoreApplication.translate("KeyRules", "Fields need this key for writing. Take another one.")
    if (owner := _reserved_by(keys)) is not None:
        told = QCoreApplication.translate("KeyRules", "{program} keeps {keys} for itself. Take another one.")
        return told.format(program=owner.told, keys=written(portable(keys)))
    held = actions.holder(keys, besides=ident)
    if held is not None:
        told = QCoreApplication.translate(
            "KeyRules", "{keys} is taken: {action}. Take another key, or free that one first."
        )
        return told.format(keys=written(portable(keys)), action=said(held.text))
    return ""


def _reserved_by(keys: str) -> Taken | None:
    """Return the system that never hands these keys on, or closes and leaves the window with them."""
    wanted = portable(keys)
    return next((one for one in taken() if one.kind == "reserved" and wanted in one.keys), None)


def warnings(keys: str) -> list[str]:
    """Return what is known of other programs that take these keys, as sentences."""
    if not keys:
        return []
    texts = {
        "ime": QCoreApplication.translate("KeyRules", "Korean input takes it too: {program}."),
        "reader": QCoreApplication.translate("KeyRules", "A screen reader takes it too: {program}."),
        "system": QCoreApplication.translate("KeyRules", "The system takes it too: {program}."),
        "telephony": QCoreApplication.translate("KeyRules", "A telephony program takes it too: {program}."),
    }
    texts["reserved"] = texts["system"]
    wanted = portable(keys)
    return [texts[one.kind].format(program=one.told) for one in taken() if wanted in one.keys]
