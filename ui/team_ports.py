"""What the dedicated team's windows (전담팀) ask of the program. ``app`` fills it; tests fake it.

Every method may touch the disk and is called on a worker thread through a :class:`ui.jobs.Job`, unless it says
*cheap*. Whatever a person can put right is raised as a :class:`resources.notices.Fault`, whose text is a sentence.
Times are ISO 8601 with offset, days ISO 8601 dates, seconds count from sample 0 of the call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from assist.model import AbuseLabel, CallerClass
from kb.model import TextSpan
from ui.figure_ports import FigureServices


class TeamStep(StrEnum):
    """What was done about an incident, in the order it usually comes."""

    WARNED = "warned"
    """경고."""
    RESTRICTED = "restricted"
    """상담 제한."""
    ACCUSED = "accused"
    """고발."""
    INDICTED = "indicted"
    """기소."""
    SENTENCED = "sentenced"
    """판결."""
    CLOSED = "closed"
    """종결."""
    WITHDRAWN = "withdrawn"
    """정정: the line it corrects was a mistake and nothing takes its place. Only as a correction."""


class PackState(StrEnum):
    """What checking a pack found."""

    UNTOUCHED = "untouched"
    """Opened; every part and the desk's signature are right."""
    UNPROVEN = "unproven"
    """Opened; every part is right, but no signature of a known desk proves where it comes from."""
    CHANGED = "changed"
    """Opened, but parts differ from what the desk sealed; :attr:`PackRow.differing` names them."""
    BROKEN = "broken"
    """Could not be opened; the file is kept as it came and :attr:`PackRow.reason` says why."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One incident in the inbox; or one pack that could not be opened."""

    incident_id: str
    """Empty for a broken pack."""
    pack_id: str
    """The newest pack; what a broken one is called."""
    received_at: str
    raised_at: str
    """When the counsellor pressed; empty for a broken pack."""
    label: AbuseLabel | None
    """The weightiest kind; None where the counsellor's reason names none."""
    labels: tuple[AbuseLabel, ...]
    severity: int
    """0 to 3."""
    situation: str
    """Id of a situation; empty for a broken pack."""
    state: PackState
    """The worst of its packs."""
    reason: str
    """Why a pack is broken or what is wrong, one sentence; empty where nothing is."""
    complete: bool
    """Whether the pack from the end of the call has come too."""
    packs: int
    step: TeamStep | None
    """The newest step that stands, None before the first."""
    step_on: str
    """Day of that step, or empty."""
    caller_known: bool
    """Whether the pack names the caller by keyed hash."""
    managed: CallerClass | None
    """The class under which the register holds this caller today."""
    same_caller: int
    """Other incidents of the same caller."""
    simulated: bool
    """From a practice call."""


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One turn of the call."""

    index: int
    speaker: str
    """``caller`` or ``agent``."""
    start_s: float
    end_s: float
    wall: str
    text: str
    labels: tuple[AbuseLabel, ...] = ()
    """What the rules saw in it."""
    severity: int = 0
    evidence: tuple[TextSpan, ...] = ()
    """The words that caused it, offsets into ``text``."""


class ActKind(StrEnum):
    """What happened beside the words."""

    WARNING = "warning"
    """A warning the counsellor said or confirmed."""
    NOTICE = "notice"
    """The notice that tells the reason was played or said."""
    TRANSFER = "transfer"
    END = "end"
    PRESS = "press"
    """The counsellor pressed."""
    PROTECTION = "protection"
    """What the centre did for the counsellor."""


@dataclass(frozen=True, slots=True)
class ActRow:
    """One line of the timeline beside the words."""

    at_s: float
    wall: str
    kind: ActKind
    text: str
    """The sentence said or played, or what was done; may be empty."""
    ok: bool = True
    means: str = ""
    """``command``, ``url``, ``device``, ``person`` or empty."""


@dataclass(frozen=True, slots=True)
class ClipRow:
    """The sound of an incident."""

    start_s: float
    end_s: float
    incident_s: float
    """Where the first incident begins: play from a little before here."""
    bytes: int


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack of an incident."""

    pack_id: str
    file: str
    """Path of the original, which is never altered or deleted."""
    sha256: str
    """Of the sealed file."""
    received_at: str
    state: PackState
    differing: tuple[str, ...] = ()
    """Parts that are not as they were sealed, missing or added."""
    reason: str = ""
    """One sentence where something is wrong."""
    completing: bool = False
    """The one from the end of the call."""
    desk: str = ""
    """Fingerprint of the key that signed it; empty where none did."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One recorded step. Lines are only ever added."""

    id: int
    incident_id: str
    step: TeamStep
    on: str
    """Day it happened."""
    note: str
    recorded_at: str
    corrects: int = 0
    """Id of the line this one puts right; 0 for a plain line."""
    corrected: bool = False
    """A later line puts this one right: shown struck through."""


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """Facts of the call, from the newest whole pack."""

    call_id: str
    started_at: str
    pressed_at: str
    pressed_s: float
    source: str
    """``devices``, ``file`` or ``practice``."""
    title: str
    situation: str
    note: str
    """The counsellor's note, where there is one."""
    warnings: int
    audio_gaps: int
    program: str
    """Program and version."""
    other: tuple[tuple[str, str], ...] = ()
    """Further facts of device and clock as the pack names them (name, value), for a table."""


@dataclass(frozen=True, slots=True)
class CallerEntry:
    """What the team sets for a managed caller."""

    caller_class: CallerClass
    handling: str
    """The agreed way of handling, one or two sentences; goes to the desks."""
    until: date
    """Last day."""
    note: str = ""
    """For the team only; never leaves it."""


@dataclass(frozen=True, slots=True)
class CallerRow:
    """A managed caller in the register. Holds no number: nobody can read one back."""

    caller: str
    """Keyed hash; ``caller[:8]`` is enough to tell rows apart on screen."""
    entry: CallerEntry
    added_at: str
    changed_at: str
    ended: bool
    """The last day is over, or the team ended it: not in the list any more."""
    incidents: int
    """Incidents of this caller in the inbox."""


@dataclass(frozen=True, slots=True)
class IncidentDetail:
    """One incident, opened."""

    row: InboxRow
    facts: IncidentFacts
    transcript: tuple[TranscriptRow, ...]
    acts: tuple[ActRow, ...]
    clip: ClipRow | None
    packs: tuple[PackRow, ...]
    """First pack first."""
    steps: tuple[StepRow, ...]
    """By day, corrections after what they correct."""
    caller: CallerRow | None
    """The register's row where it holds this caller, ended ones too."""
    others: tuple[str, ...]
    """Ids of other incidents of the same caller, newest first."""


@dataclass(frozen=True, slots=True)
class InboxLook:
    """What looking into the inbox folder gave."""

    opened: int
    """Packs taken in now."""
    broken: int
    """Packs found broken now."""
    fault: str = ""
    """One sentence where the folder cannot be read or no identity is there; empty otherwise."""


@dataclass(frozen=True, slots=True)
class TeamState:
    """What the team's windows show at their head."""

    folder: str
    """Inbox folder; empty where none is set."""
    has_identity: bool
    """Whether this PC can open packs (``team.key`` was taken in)."""
    has_list_key: bool
    """Whether this PC can publish the list of managed callers (``callers.key`` is here)."""
    list_folder: str
    """Where the list is published; empty where none is set."""
    version: int
    """Version of the list published last, 0 before the first."""
    published_at: str
    expires_on: str
    entries: int
    """Callers in it."""
    unpublished: int
    """Rows of the register added, changed or ended since."""


class TeamServices(FigureServices, Protocol):
    """Inbox, steps, register and figures of the dedicated team."""

    def state(self) -> TeamState:
        """Return the head of the windows."""
        ...

    def take_identity(self, file: Path) -> None:
        """Keep the identity in ``file`` (``team.key``) in the encrypted database. An earlier one stays too.

        Raises Fault.
        """
        ...

    def look(self) -> InboxLook:
        """Look into the inbox folder now and take in what is new. Takes as long as opening the new packs takes."""
        ...

    def inbox(self, query: str = "", number: str = "") -> Sequence[InboxRow]:
        """Return incidents and broken packs, newest first.

        Args:
            query: Words that transcript, note or steps must hold, all of them.
            number: A caller's number in any shape; finds incidents of that caller by keyed hash, and those whose
                masked text names it. Raises Fault where it is no number.
        """
        ...

    def incident(self, incident_id: str) -> IncidentDetail:
        """Return one incident. Raises Fault."""
        ...

    def play(self, incident_id: str, start_s: float, end_s: float) -> None:
        """Play these seconds of the call; what plays stops first. Returns at once when it plays. Raises Fault."""
        ...

    def stop(self) -> None:
        """Stop playing. Cheap."""
        ...

    def parts(self, incident_id: str) -> Mapping[str, bytes]:
        """Return the opened parts of the newest pack by name, e.g. for the printed record. Raises Fault."""
        ...

    def save_parts(self, incident_id: str, folder: Path) -> Path:
        """Lay the opened parts of the newest pack out in a new folder inside ``folder``; returns it. Raises Fault."""
        ...

    def add_step(self, incident_id: str, step: TeamStep, on: date, note: str = "", corrects: int = 0) -> StepRow:
        """Record a step, or put an earlier line right with ``corrects``. Raises Fault."""
        ...

    def export_steps(self, file: Path, incident_id: str = "") -> None:
        """Write the steps of one or of all incidents as XLSX or CSV. Raises Fault."""
        ...

    def callers(self) -> Sequence[CallerRow]:
        """Return the register, those that stand first, by last day."""
        ...

    def find_caller(self, number: str) -> CallerRow | None:
        """Return the register's row of a number, None where it holds none. Raises Fault where it is no number."""
        ...

    def add_caller(self, number: str, entry: CallerEntry) -> CallerRow:
        """Put a caller into the register. Raises Fault (no number; already in it; the day is over)."""
        ...

    def add_caller_of(self, incident_id: str, entry: CallerEntry) -> CallerRow:
        """The same for the caller of an incident whose pack names him. Raises Fault."""
        ...

    def change_caller(self, caller: str, entry: CallerEntry) -> CallerRow:
        """Change an entry. Raises Fault."""
        ...

    def end_caller(self, caller: str) -> CallerRow:
        """End an entry today: the next list does not hold it; the row stays. Raises Fault."""
        ...

    def publish(self) -> TeamState:
        """Sign and write the list for the desks. Raises Fault."""
        ...
