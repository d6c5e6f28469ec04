"""What the settings window asks of the program: every setting as a field, made from the settings models.

``app.settings_fields`` derives the fields and ``app.settings_desk`` fills :class:`SettingsDesk`. The command palette
searches the same fields.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Value = bool | int | float | str | tuple[str, ...]
"""A setting as the windows carry it: paths, keys and choices are text, an empty text is none."""


class Kind(StrEnum):
    """How a field is shown and changed."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    FILE = "file"
    FOLDER = "folder"
    ADDRESS = "address"
    KEYS = "keys"
    """One portable key sequence."""
    DEVICE = "device"
    """Id of a sound device; empty for the system default."""
    LIST = "list"
    """Some of ``choices``."""
    SHOWN = "shown"
    """Only told, as text: it is set elsewhere."""


class Lock(StrEnum):
    """Who keeps a field from being changed here."""

    NOBODY = ""
    POLICY = "policy"
    """The site's policy file or group policy (기관에서 정한 값)."""
    SITE = "site"
    """``locked`` in the settings file of the PC."""
    PROFILE = "profile"
    """It belongs to the PC: changed from its default profile."""
    ENVIRONMENT = "environment"
    """An environment variable, as ``DOUMI_LANG``."""
    FILE = "file"
    """No window changes it: the settings file or the policy does."""


class Takes(StrEnum):
    """When a change counts."""

    NOW = "now"
    CALL = "call"
    """From the next call."""
    START = "start"
    """From the next start of the desk."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a choice or a list."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One setting as it stands now. All texts are in the language of the desk."""

    path: str
    """Dotted path in ``settings.json``, as ``desk.theme``."""
    group: str
    """Id of its group; fields of a group follow one another."""
    group_title: str
    title: str
    help: str
    kind: Kind
    value: Value
    default: Value
    choices: tuple[Choice, ...] = ()
    low: float | None = None
    """Least number allowed, and the greatest; None where there is no end."""
    high: float | None = None
    above_low: bool = False
    """Whether ``low`` itself is too little."""
    whole: bool = False
    """Whether only whole numbers fit."""
    unit: str = ""
    """Word for the unit of a number; empty for a plain number."""
    lock: Lock = Lock.NOBODY
    takes: Takes = Takes.NOW
    fine: bool = False
    """Whether it is a fine adjustment that few people touch: folded away until asked for or found."""

    @property
    def changed(self) -> bool:
        """Whether the value differs from the program's own."""
        return self.value != self.default

    def found_by(self, text: str) -> bool:
        """Return whether every word of ``text`` stands in titles, help, choices or the path.

        Composition, case and the spacing inside a sentence do not matter: 글자크기 finds 글자 크기.
        """
        told = (self.title, self.help, self.group_title, self.path, self.path.replace("_", " "))
        haystack = folded("\n".join((*told, *(one.text for one in self.choices))))
        return all(folded(word) in haystack for word in text.split())


def folded(text: str) -> str:
    """Return ``text`` as it is compared: composed, without case and without spaces."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


class SettingsDesk(Protocol):
    """Reads and changes settings one by one. Main thread, cheap. ``DeskServices.settings()`` returns it."""

    def fields(self) -> Sequence[Field]:
        """Return every setting that is shown, group by group."""
        ...

    def change(self, path: str, value: Value) -> None:
        """Check and store one value; a locked field or a value that does not fit changes nothing.

        Raises:
            resources.notices.Fault: Why not, as a sentence for the field.
        """
        ...

    def reset(self, path: str) -> None:
        """Put one setting back to the program's own value. Raises as :meth:`change`."""
        ...
