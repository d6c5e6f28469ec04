"""Sections of the settings file. Ranges and choices here are what the settings window and the policy check by."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from audio.model import CallerSide, DeviceChoice
from kb.release.ports import is_refused


class Section(BaseModel):
    """Base of the sections. Unknown names are refused: a slip of the pen should be seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _https_or_here(url: str) -> str:
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if url and not local and (parts.scheme != "https" or not parts.hostname):
        raise ValueError("an https:// address, or an http:// address of this PC, is needed")
    return url


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


Address = Annotated[str, AfterValidator(_https_or_here)]
"""``https://`` anywhere, ``http://`` of this PC only; empty for none."""
HttpsAddress = Annotated[str, AfterValidator(_https)]
"""``https://`` alone; empty for none."""
Proxy = Annotated[str, AfterValidator(_http_proxy)]
"""``http://host:port``; empty for none."""


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
    https_url: HttpsAddress = Field(default="", max_length=2_000)
    """Endpoint; used in place of the folder when set."""
    ca_file: Path | None = None
    """PEM of the authority that signs the endpoint, beside the system's own."""
    upload: Literal["auto", "post", "tus"] = "auto"
    """How packs go to the endpoint: one request each, or by tus, which goes on where a bad line broke off; ``auto``
    asks the endpoint."""
    proxy: Proxy = Field(default="", max_length=2_000)
    """``http://host:port`` of the site's proxy; empty: none, whatever the environment says."""
    team_key: Path | None = None
    """``team.pub`` of the dedicated team; without it packs wait, sealed to the desk."""


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


class TelephonySettings(Section):
    """What the telephony program may tell the desk beside what ``doumi call`` always may."""

    links: bool = True
    """Whether ``doumi:`` links (from a telephony program in the browser) are obeyed."""
    ars_menus: Path | None = None
    """The site's own ARS menus (``docs/telephony.md``); None for the program's own alone."""


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
    https_url: HttpsAddress = Field(default="", max_length=2_000)
    """Endpoint; used in place of the folder when set."""
    ca_file: Path | None = None
    """PEM of the authority that signs the endpoint, beside the system's own."""
    proxy: Proxy = Field(default="", max_length=2_000)
    """``http://host:port`` of the site's proxy; empty: none, whatever the environment says."""

    @property
    def is_on(self) -> bool:
        """Whether the site set where records go."""
        return bool(self.https_url or self.folder)


class QaSettings(Section):
    """Quality assurance (QA): where desks and trainers meet, and whom they believe."""

    exchange: str = Field(default="", max_length=2_000)
    """Folder, share or object store (fsspec address) that desks and trainers share; empty: nothing leaves."""
    trainer_card: Path | None = None
    """``trainer.json`` of the trainers: only what they signed is obeyed, and packages are sealed for them alone."""
    desks: Path | None = None
    """List of the desks whose headers count as proven (lines of ``doumi evidence desk``), a file or a folder."""
    rubrics: Path | None = None
    """Folder of the site's own rubrics (평가표)."""
    people: Path | None = None
    """CSV with the columns ``code`` and ``team``: the team of each counsellor code, for reports."""
    hold_days: int = Field(default=30, ge=1, le=365)
    """How long a drawn call is held from deletion at most, and a package may be opened; days."""

    @field_validator("exchange")
    @classmethod
    def _no_open_web(cls, address: str) -> str:
        if is_refused(address.strip()):
            raise ValueError("a folder, a share or an object store is needed")
        return address.strip()

    @property
    def is_on(self) -> bool:
        """Whether the site set where desks and trainers meet."""
        return bool(self.exchange)


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
    announce_side: Literal["both", "left", "right"] = "both"
    """Ear that announcements are spoken into, where caller and announcements share one stereo headset."""
    keys: dict[str, str] = Field(default={}, max_length=200)
    """Key sequence by action, where it differs from the program's own; empty: the action has no key."""
    introduced: bool = False
    """Whether the first start's questions were answered (or put aside)."""
    tour: str = Field(default="", pattern="^[a-z_]{0,20}$")
    """Step of the tour to go on with; ``done`` after its end, empty before its beginning."""
    counsellor_code: str = Field(default="", pattern=r"^[0-9A-Za-z가-힣._-]{0,40}$")
    """Code by which quality assurance knows the counsellor; a profile's own. Empty: the desk's id stands in."""
