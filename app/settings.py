"""Settings of the desk: one file, checked, with a copy kept whenever it is changed by more than a person.

A file that cannot be read never stops the desk: it is put aside, the defaults are used and a notice says so. What the
site has set for the machine (:mod:`app.policy`) outranks the file and is never written into it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import AppFault
from app.policy import Policy, applied
from app.policy_side import machine_policy
from app.settings_sections import (
    DeskSettings,
    EscalationSettings,
    FilingSettings,
    LineActionSettings,
    LineSettings,
    ModelSettings,
    ProtectionSettings,
    QaSettings,
    RecordSettings,
    ReleaseSettings,
    RetentionSettings,
    Section,
    SecuritySettings,
    SoundSettings,
    SummariserSettings,
    TeamSettings,
    TelephonySettings,
)
from assist.settings import AssistSettings
from audio.model import DeviceChoice
from audio.settings import CaptureSettings
from kb.whole_file import put
from resources.notices import LANGUAGES

__all__ = [
    "MAX_BYTES",
    "MIGRATIONS",
    "SCHEMA",
    "DeskSettings",
    "Environment",
    "EscalationSettings",
    "FilingSettings",
    "LineActionSettings",
    "LineSettings",
    "Loaded",
    "Migration",
    "ModelSettings",
    "ProtectionSettings",
    "QaSettings",
    "RecordSettings",
    "ReleaseSettings",
    "RetentionSettings",
    "Section",
    "SecuritySettings",
    "Settings",
    "SettingsFault",
    "SoundSettings",
    "SummariserSettings",
    "TeamSettings",
    "TelephonySettings",
    "apply_language",
    "language_is_given",
    "load",
    "save",
]

SCHEMA: Final = 1
MAX_BYTES: Final = 1_000_000
_APPLIED: Final = "DOUMI_LANG_APPLIED"
"""What :func:`apply_language` set, here and in the children."""


class Environment(BaseSettings):
    """What the environment decides before any file is read: ``DOUMI_LANG``, ``DOUMI_KEY_MODE``."""

    model_config = SettingsConfigDict(env_prefix="DOUMI_", frozen=True, extra="ignore")

    lang: str = ""
    key_mode: str = ""


class Settings(Section):
    """All settings of a desk."""

    schema_version: int = Field(default=SCHEMA, ge=1, le=SCHEMA)
    language: str = Field(default="ko", pattern=f"^({'|'.join(LANGUAGES)})$")
    """Language of the desk where ``DOUMI_LANG`` does not say."""
    sound: SoundSettings = SoundSettings()
    capture: CaptureSettings = CaptureSettings()
    models: ModelSettings = ModelSettings()
    assist: AssistSettings = AssistSettings()
    """Dial, warnings allowed, clip minutes and the rest of the help in a call."""
    escalation: EscalationSettings = EscalationSettings()
    line: LineSettings = LineSettings()
    protection: ProtectionSettings = ProtectionSettings()
    telephony: TelephonySettings = TelephonySettings()
    role: Literal["counsellor", "team", "trainer"] = "counsellor"
    """``team``: this PC is the dedicated team's (전담팀); ``trainer``: a QA trainer's (평가 담당)."""
    team: TeamSettings = TeamSettings()
    qa: QaSettings = QaSettings()
    releases: ReleaseSettings = ReleaseSettings()
    security: SecuritySettings = SecuritySettings()
    locked: tuple[
        Literal[
            "language",
            "theme",
            "text_scale",
            "speak_practice",
            "dial",
            "strip",
            "layout",
            "captions_only",
            "announce",
            "announce_device",
            "announce_side",
            "keys",
        ],
        ...,
    ] = ()
    """Preferences that hold for every profile of this PC as they stand here."""
    retention: RetentionSettings = RetentionSettings()
    """How long this PC keeps what."""
    summariser: SummariserSettings = SummariserSettings()
    filing: FilingSettings = FilingSettings()
    record: RecordSettings = RecordSettings()
    desk: DeskSettings = DeskSettings()

    def with_choice(self, choice: DeviceChoice) -> Settings:
        """Return these settings with another device choice."""
        sound = SoundSettings(agent_device=choice.agent, caller_device=choice.caller, caller_side=choice.caller_side)
        return self.model_copy(update={"sound": sound})


class SettingsFault(AppFault):
    """The settings cannot be written."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading gave."""

    settings: Settings
    """What counts: the file's, and over it the site's policy."""
    notice: str = ""
    """Notice code of what was wrong with the file, or empty."""
    backup: Path | None = None
    """Where the unusable or older file was kept."""
    own: Settings = field(default_factory=Settings)
    """The file's alone, as they are written again."""
    policy: Policy = field(default_factory=Policy)
    """What the site has set for this machine."""


Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: Final[tuple[Migration, ...]] = ()
"""The n-th turns a file of schema n into one of schema n + 1."""


def load(
    file: Path,
    now: Callable[[], datetime],
    migrations: tuple[Migration, ...] = MIGRATIONS,
    policy: Callable[[], Policy] = lambda: machine_policy(Settings),
) -> Loaded:
    """Return the settings in ``file`` with the policy over them. Never raises a fault.

    Args:
        file: The settings file; the defaults are used where there is none or it cannot be used.
        now: The time, for the name of a copy.
        migrations: See :data:`MIGRATIONS`.
        policy: Reads what the site has set.
    """
    own, ruled = _load_own(file, now, migrations), policy()
    return replace(own, settings=applied(own.own, ruled.values) if ruled else own.own, policy=ruled)


def _load_own(file: Path, now: Callable[[], datetime], migrations: tuple[Migration, ...]) -> Loaded:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _loaded(Settings())
    except OSError:
        return _loaded(Settings(), "cli.settings_unreadable")
    try:
        if len(raw) > MAX_BYTES:
            raise ValueError("far too large for settings")
        value = json.loads(raw)
        found = value["schema_version"]
        if not isinstance(found, int) or not 1 <= found <= len(migrations) + 1:
            raise ValueError("a schema of a newer program")
        for step in migrations[found - 1 :]:
            value = step(value)
        settings = Settings.model_validate({**value, "schema_version": SCHEMA})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
        return _loaded(Settings(), "cli.settings_broken", _put_aside(file, raw, "broken", now()))
    if found <= len(migrations):
        backup = _put_aside(file, raw, f"v{found}", now())
        save(file, settings)
        return _loaded(settings, backup=backup)
    return _loaded(settings)


def _loaded(own: Settings, notice: str = "", backup: Path | None = None) -> Loaded:
    return Loaded(own, notice, backup, own)


def save(file: Path, settings: Settings) -> None:
    """Write the settings whole or not at all. Raises SettingsFault."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        put(file, (settings.model_dump_json(indent=2) + "\n").encode())
    except OSError as error:
        raise SettingsFault("cli.settings_not_saved", path=str(file)) from error


def apply_language(settings: Settings) -> None:
    """Let sentences speak the language of ``settings`` where ``DOUMI_LANG`` does not say."""
    if not Environment().lang:
        os.environ["DOUMI_LANG"] = os.environ[_APPLIED] = settings.language


def language_is_given() -> bool:
    """Return whether ``DOUMI_LANG`` was set from outside, and not by :func:`apply_language`."""
    return os.environ.get("DOUMI_LANG", "") not in ("", os.environ.get(_APPLIED, ""))


def _put_aside(file: Path, raw: bytes, why: str, at: datetime) -> Path | None:
    """Keep the file as it is under another name, once however often it is met; None where that cannot be."""
    for earlier in file.parent.glob(f"{file.stem}.{why}-*{file.suffix}"):
        with suppress(OSError):
            if earlier.read_bytes() == raw:
                return earlier
    copy = file.with_name(f"{file.stem}.{why}-{at:%Y%m%d-%H%M%S}{file.suffix}")
    try:
        copy.write_bytes(raw)
    except OSError:
        return None
    return copy
