"""Settings of the desk: one file, checked, with a copy kept whenever it is changed by more than a person.

A file that cannot be read never stops the desk: it is put aside, the defaults are used and a notice says so.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import AppFault
from assist.settings import AssistSettings
from audio.model import CallerSide, DeviceChoice
from audio.settings import CaptureSettings
from kb.whole_file import put
from resources.notices import LANGUAGES

SCHEMA: Final = 1
MAX_BYTES: Final = 1_000_000


class Environment(BaseSettings):
    """What the environment decides before any file is read: ``DOUMI_LANG``, ``DOUMI_KEY_MODE``."""

    model_config = SettingsConfigDict(env_prefix="DOUMI_", frozen=True, extra="ignore")

    lang: str = ""
    key_mode: str = ""


class Section(BaseModel):
    """Base of the sections. Unknown names are refused: a slip of the pen should be seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _https_or_here(url: str) -> str:
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if url and not local and (parts.scheme != "https" or not parts.hostname):
        raise ValueError("an https:// address, or an http:// address of this PC, is needed")
    return url


Address = Annotated[str, AfterValidator(_https_or_here)]
"""``https://`` anywhere, ``http://`` of this PC only; empty for none."""


def _https(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme != "https" or not parts.hostname):
        raise ValueError("an https:// address is needed")
    return url


def _http_proxy(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("a proxy is http://host:port")
    return url


class SoundSettings(Section):
    """What a call listens to."""

    agent_device: str = Field(default="", max_length=500)
    """Device id of the counsellor's microphone; empty for the system default."""
    caller_device: str = Field(default="", max_length=500)
    """Device id of the caller's side; empty for the default of its kind."""
    caller_side: CallerSide = CallerSide.LOOPBACK

    @property
    def choice(self) -> DeviceChoice:
        """The choice as the sound side takes it."""
        return DeviceChoice(self.agent_device, self.caller_device, self.caller_side)


class ModelSettings(Section):
    """Which models are used: names in the catalogue, or folders of the site."""

    speech: str = Field(default="whisper-base", min_length=1, max_length=500)
    encoder: str = Field(default="multilingual-e5-small", min_length=1, max_length=500)


class EscalationSettings(Section):
    """Where sealed packs go."""

    folder: Path | None = None
    """Folder of the dedicated team; None for ``handover`` in the desk's own folder."""
    https_url: str = Field(default="", max_length=2_000)
    """Endpoint; used in place of the folder when set."""
    ca_file: Path | None = None
    """PEM of the authority that signs the endpoint, beside the system's own."""
    upload: Literal["auto", "post", "tus"] = "auto"
    """How packs go to the endpoint: one request each, or by tus, which goes on where a bad line broke off; ``auto``
    asks the endpoint."""
    proxy: str = Field(default="", max_length=2_000)
    """``http://host:port`` of the site's proxy; empty: none, whatever the environment says."""
    team_key: Path | None = None
    """``team.pub`` of the dedicated team; without it packs wait, sealed to the desk."""

    @field_validator("https_url")
    @classmethod
    def _only_https(cls, url: str) -> str:
        return _https(url)

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, url: str) -> str:
        return _http_proxy(url)


class LineActionSettings(Section):
    """One thing the site lets the desk do to the telephone line: a command or an address; neither: a person does it."""

    command: tuple[str, ...] = ()
    """Program and arguments, run without a shell. ``{action}``, ``{call_id}``, ``{number}`` (the dedicated team's),
    ``{text}`` and ``{incident}`` are filled in inside an argument; an argument is never split."""
    url: Address = Field(default="", max_length=2_000)
    """``https://`` address (or one of this PC) that gets a POST with the same values as JSON."""
    timeout_s: float = Field(default=5.0, gt=0, le=60)


class LineSettings(Section):
    """What *play notice*, *transfer* and *end* do to the line. Where nothing is set the counsellor says and does it."""

    notice: LineActionSettings = LineActionSettings()
    transfer: LineActionSettings = LineActionSettings()
    end: LineActionSettings = LineActionSettings()
    notice_device: str = Field(default="", max_length=500)
    """Output device (a virtual one that the telephony program hears) that plays the notice; empty for none."""
    notice_sound: Path | None = None
    """Sound file of the notice for that device."""
    transfer_number: str = Field(default="", max_length=40)
    """Number of the dedicated team, shown where the counsellor transfers by hand."""
    ca_file: Path | None = None
    """PEM of the authority that signs the telephone system's addresses, beside the system's own."""
    end_after_notice: Literal["transfer", "end", "ask"] = "ask"
    """What follows the notice at an escalation; ``ask``: the counsellor chooses with one more press."""


class ProtectionSettings(Section):
    """Care for the counsellor, and what the site adds to the ladder."""

    rest_minutes: float = Field(default=10.0, ge=0, le=120)
    """Rest offered after an abusive call; 0: none is offered."""
    support_name: str = Field(default="", max_length=200)
    """Name of the support programme (EAP)."""
    support_contact: str = Field(default="", max_length=200)
    """Its telephone number or address."""
    own_feelings: bool = False
    """Whether the counsellor may keep a note of his own after a call. It never leaves his own records."""
    scripts: Path | None = None
    """A file of the centre with its own sentences, in the form of ``resources/scripts/situations.toml``."""
    crisis_scripts: Path | None = None
    """The same for ``resources/scripts/crisis.toml``."""
    callers_list: str = Field(default="", max_length=2_000)
    """Folder or ``https://`` address where the dedicated team publishes the signed list of managed callers."""
    callers_key: Path | None = None
    """``callers.pub`` of the dedicated team: proves the list and lets a number be looked up in it."""
    system_key: str = Field(default="Ctrl+F12" if sys.platform == "win32" else "F12", max_length=40)
    """System-wide key that, held, escalates while another program has the focus; empty for none. Windows keeps F12
    itself for debuggers."""
    strip: bool = False
    """Whether a small strip with the state and the hold button stays above other programs in a call."""


class TeamSettings(Section):
    """The dedicated team's PC (전담팀)."""

    inbox: Path | None = None
    """Folder where desks' packs arrive; None for the folder of ``escalation``."""
    desks: Path | None = None
    """List of the desks whose signatures count (lines of ``doumi evidence desk``), a file or a folder of such files."""
    callers_folder: Path | None = None
    """Folder where the signed list of managed callers is published."""
    list_days: int = Field(default=30, ge=1, le=366)
    """How long a published list counts as up to date; days."""


class ReleaseSettings(Section):
    """Where releases of the standard counselling DB come from."""

    address: str = Field(default="", max_length=2_000)
    """``https://`` address, folder, share or object store (fsspec); empty: files are imported by hand."""
    trusted_root: Path | None = None
    """``1.root.json`` of the DB team, handed over by a trusted way: all trust in releases begins here."""
    ca_file: Path | None = None
    """PEM of the authority that signs the web server, beside the system's own."""
    every_minutes: int = Field(default=30, ge=5, le=1_440)
    """How often the desk looks for a new release; minutes, give or take a fifth."""

    @field_validator("address")
    @classmethod
    def _no_open_web(cls, address: str) -> str:
        if urlsplit(address).scheme in ("http", "ftp"):
            raise ValueError("an https:// address, a folder or an object store is needed")
        return address.strip()


class FilingSettings(Section):
    """Where filed records go as JSON, for the site's own system; nothing leaves while neither is set."""

    folder: Path | None = None
    """Folder or share that takes one file a record."""
    https_url: str = Field(default="", max_length=2_000)
    """Endpoint; used in place of the folder when set."""
    ca_file: Path | None = None
    """PEM of the authority that signs the endpoint, beside the system's own."""
    proxy: str = Field(default="", max_length=2_000)
    """``http://host:port`` of the site's proxy; empty: none, whatever the environment says."""

    @field_validator("https_url")
    @classmethod
    def _only_https(cls, url: str) -> str:
        return _https(url)

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, url: str) -> str:
        return _http_proxy(url)


class RecordSettings(Section):
    """Help of the site's own with the record."""

    templates: Path | None = None
    """File of sentences to put into a field, in the form of ``resources/record/templates.toml``."""
    copy_formats: Path | None = None
    """File of forms in which a record is copied, in the form of ``resources/record/copy_formats.toml``."""


class SummariserSettings(Section):
    """A language model that may put the draft's lines in better words; off unless address and model are set."""

    url: Address = Field(default="", max_length=2_000)
    """Base of an OpenAI-compatible interface (``.../v1``): ``https://``, or ``http://`` of this PC."""
    model: str = Field(default="", max_length=200)
    """Name of the model there."""
    timeout_s: float = Field(default=30.0, gt=0, le=120)
    """Seconds for the whole answer; a later one is not used."""
    key_name: str = Field(default="", max_length=100)
    """Entry of the system's keyring that holds the access key; empty: none is sent."""
    ca_file: Path | None = None
    """PEM of the authority that signs the address, beside the system's own."""

    @property
    def is_on(self) -> bool:
        """Whether a model is configured."""
        return bool(self.url and self.model)


class SecuritySettings(Section):
    """How what is kept here is protected."""

    recovery_key: Path | None = None
    """``recovery.pub`` of the organisation: the desk key is sealed for it too, so that a lost keyring loses nothing."""
    lock_minutes: float = Field(default=10.0, ge=0, le=480)
    """Minutes without input after which a desk whose profile has a PIN is locked; 0: never."""
    lock_in_call: bool = False
    """Whether it is locked during a call too. Recording, recognition, handing over and delivery go on either way."""


class RetentionSettings(Section):
    """How long this PC keeps what; the site decides, and nothing in the windows changes it.

    Whole days from when a record was made. No law gives figures for these records. 0: it goes when the shift ends
    (the program is closed or the shift is ended by its button). Evidence under legal hold is exempt; packs that nobody
    has received yet, too.
    """

    mode: Literal["days", "shift"] = "days"
    """``shift``: for home workers; nothing of a call outlives the shift but evidence and what is handed over."""
    basis: str = Field(default="", max_length=300)
    """Who decided these periods, shown to the counsellor."""
    sound_days: int = Field(default=90, ge=0, le=3_650)
    transcript_days: int = Field(default=90, ge=0, le=3_650)
    """Transcript, cards, warnings and all else that happened in a call, and its place in the search."""
    records_days: int = Field(default=365, ge=0, le=3_650)
    """Filed records and incident reports."""
    drafts_days: int = Field(default=30, ge=0, le=3_650)
    """Unfiled edits of a record."""
    notes_days: int = Field(default=365, ge=0, le=3_650)
    """Notes for the DB team: questions it does not answer, corrections; personal data covered."""
    learning_days: int = Field(default=365, ge=0, le=3_650)
    """What was learned from cards, entries opened lately, the counsellor's own note; from the last change."""
    incidents_days: int = Field(default=365, ge=0, le=3_650)
    """Packs of evidence after they were received: their row and receipt. The call's own hold comes first."""
    backups_days: int = Field(default=30, ge=0, le=3_650)
    """Copies of the database from before a migration, at the most: they go with the first deletion after it."""
    logs_days: int = Field(default=30, ge=0, le=3_650)

    def days(self, kind: str) -> int:
        """Return the period of a kind (``sound``, ``transcript``, ...)."""
        return int(getattr(self, f"{kind}_days"))

    @property
    def by_site(self) -> bool:
        """Whether somebody decided these periods; else they are the program's own."""
        return self != RetentionSettings()


class DeskSettings(Section):
    """How the windows look and sound."""

    theme: str = Field(default="light", pattern="^(light|dark|contrast)$")
    text_scale: float = Field(default=1.0, ge=1.0, le=2.0)
    """Size of text, 1 to 2 times."""
    speak_practice: bool = True
    """Whether practice calls are spoken where the system has a Korean voice."""
    hide_from_capture: bool = True
    """Whether the program's windows stay out of screenshots, recordings and shared screens, where the system can."""
    layout: Literal["full", "docked", "two"] = "full"
    """Whole window, a narrow column beside the telephony program, or two windows for two monitors."""
    captions_only: bool = False
    """Whether a call shows large captions and little else, for counsellors who hear little."""
    announce: bool = False
    """Whether what changes is also spoken, on :attr:`announce_device`, for counsellors who see little."""
    announce_device: str = Field(default="", max_length=500)
    """Output device of the announcements, another one than the caller's; empty for the system default."""
    keys: dict[str, str] = Field(default={}, max_length=200)
    """Key sequence by action, where it differs from the program's own; empty: the action has no key."""
    introduced: bool = False
    """Whether the first start's questions were answered (or put aside)."""


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
    role: Literal["counsellor", "team"] = "counsellor"
    """``team``: this PC is the dedicated team's (전담팀)."""
    team: TeamSettings = TeamSettings()
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
    notice: str = ""
    """Notice code of what was wrong with the file, or empty."""
    backup: Path | None = None
    """Where the unusable or older file was kept."""


Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: Final[tuple[Migration, ...]] = ()
"""The n-th turns a file of schema n into one of schema n + 1."""


def load(file: Path, now: Callable[[], datetime], migrations: tuple[Migration, ...] = MIGRATIONS) -> Loaded:
    """Return the settings in ``file``; the defaults where there is none or it cannot be used. Never raises a fault."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError:
        return Loaded(Settings(), "cli.settings_unreadable")
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
        return Loaded(Settings(), "cli.settings_broken", _put_aside(file, raw, "broken", now()))
    if found <= len(migrations):
        backup = _put_aside(file, raw, f"v{found}", now())
        save(file, settings)
        return Loaded(settings, backup=backup)
    return Loaded(settings)


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
        os.environ["DOUMI_LANG"] = settings.language


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
