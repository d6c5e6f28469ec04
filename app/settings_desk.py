"""The settings as the settings window changes them, one by one. Fills :class:`ui.settings_ports.SettingsDesk`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from pydantic import ValidationError

from app.live_settings import OWN, PATH_OF
from app.policy import Policy, value_at, with_value
from app.settings import Settings, SettingsFault, language_is_given
from app.settings_fields import Shape, field, shape, shapes
from ui.settings_ports import Field, Kind, Lock, Value

_OF_ANY_PROFILE: Final = ("sound.", "protection.own_feelings")
"""Settings of the PC that every profile changes: what is plugged in differs by the hour."""
_NAME_OF: Final = {path: name for name, path in PATH_OF.items()}


class Live(Protocol):
    """The part of :class:`app.live_settings.LiveSettings` that single settings need."""

    @property
    def policy(self) -> Policy:
        """What the site has set for this machine."""
        ...

    @property
    def of_the_pc(self) -> bool:
        """Whether the settings of the PC are changed from the open profile."""
        ...

    def now(self) -> Settings:
        """Return the settings."""
        ...


class SettingsForm:
    """Checks and stores single settings. Thread: Qt main."""

    def __init__(self, live: Live, change: Callable[[Settings], None]) -> None:
        """Join the parts.

        Args:
            live: The settings as they are now.
            change: Stores new settings and tells whoever waits for them; raises SettingsFault.
        """
        self._live = live
        self._change = change

    def fields(self) -> Sequence[Field]:
        """See :class:`ui.settings_ports.SettingsDesk`."""
        now, own = self._live.now().model_dump(mode="json"), Settings().model_dump(mode="json")
        return tuple(field(one, now, own, self._lock(one.path)) for one in shapes())

    def change(self, path: str, value: Value) -> None:
        """See :class:`ui.settings_ports.SettingsDesk`."""
        shaped = self._open_to_change(path)
        self._store(shaped, checked(shaped, value))

    def reset(self, path: str) -> None:
        """See :class:`ui.settings_ports.SettingsDesk`."""
        shaped = self._open_to_change(path)
        self._store(shaped, value_at(Settings().model_dump(), path))

    def _store(self, shaped: Shape, raw: Any) -> None:
        try:
            wanted = with_value(self._live.now(), shaped.path, raw)
        except ValidationError as error:
            raise _told(shaped, error) from None
        if wanted != self._live.now():
            self._change(wanted)

    def _open_to_change(self, path: str) -> Shape:
        try:
            shaped = shape(path)
        except KeyError:
            raise SettingsFault("field.unknown", path=path) from None
        if self._lock(path) is not Lock.NOBODY or shaped.from_file or shaped.kind is Kind.SHOWN:
            raise SettingsFault("field.locked")
        return shaped

    def _lock(self, path: str) -> Lock:
        name = _NAME_OF.get(path, "")
        if path in self._live.policy.values:
            return Lock.POLICY
        if name in self._live.now().locked:
            return Lock.SITE
        if path == "language" and language_is_given():
            return Lock.ENVIRONMENT
        if not self._live.of_the_pc and name not in OWN and not path.startswith(_OF_ANY_PROFILE):
            return Lock.PROFILE
        return Lock.NOBODY


def checked(shaped: Shape, value: Value) -> Any:
    """Return a value of a window in the form of the models.

    Raises:
        SettingsFault: It cannot be one, as a sentence for the field.
    """
    if isinstance(value, str):
        value = value.strip()
    if shaped.kind is Kind.NUMBER and isinstance(value, str):
        return _number(shaped, value)
    if shaped.kind in (Kind.FILE, Kind.FOLDER):
        return _existing(shaped, str(value))
    if shaped.kind is Kind.CHOICE and str(value) not in shaped.values:
        raise SettingsFault("field.no_choice")
    if shaped.kind is Kind.LIST and not set(value if isinstance(value, tuple) else ()) <= set(shaped.values):
        raise SettingsFault("field.no_choice")
    return value


def _number(shaped: Shape, text: str) -> float | int:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise SettingsFault("field.not_number")
    if shaped.whole and number != int(number):
        raise SettingsFault("field.not_whole")
    return int(number) if shaped.whole else number


def _existing(shaped: Shape, text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser()
    if shaped.kind is Kind.FOLDER and not path.is_dir():
        raise SettingsFault("cli.folder_missing", path=str(path))
    if shaped.kind is Kind.FILE and not path.exists():
        raise SettingsFault("cli.file_missing", path=str(path))
    return path


def _told(shaped: Shape, error: ValidationError) -> SettingsFault:
    """Return why the models refused a value, for the field it was written in."""
    kind = error.errors(include_url=False, include_context=False)[0]["type"]
    low, high = (f"{one:g}" if one is not None else "" for one in (shaped.low, shaped.high))
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        if high:
            return SettingsFault("field.above" if shaped.above_low else "field.range", low=low, high=high)
        return SettingsFault("field.more_than" if shaped.above_low else "field.at_least", low=low)
    if kind == "string_too_long":
        return SettingsFault("field.too_long", longest=shaped.longest)
    if kind == "string_too_short":
        return SettingsFault("field.needed")
    if kind == "string_pattern_mismatch" and shaped.kind is Kind.TEXT:
        return SettingsFault("field.code")
    if kind in ("enum", "literal_error", "string_pattern_mismatch"):
        return SettingsFault("field.no_choice")
    if kind in ("int_parsing", "float_parsing", "float_type", "int_type"):
        return SettingsFault("field.not_number")
    if kind == "int_from_float":
        return SettingsFault("field.not_whole")
    if kind == "value_error" and shaped.path == "qa.exchange":
        return SettingsFault("field.folder_or_store")
    if kind == "value_error" and shaped.kind is Kind.ADDRESS:
        name = shaped.path.rpartition(".")[2]
        by_name = {"proxy": "field.proxy", "url": "field.https_or_here", "address": "field.https_or_folder"}
        return SettingsFault(by_name.get(name, "field.https"))
    return SettingsFault("field.refused")
