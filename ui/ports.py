"""What the windows ask of the program, as protocols. ``app.composition`` fills them; tests fake them.

All methods are called on the Qt main thread and return at once; work goes on elsewhere and comes back as
events through :mod:`ui.bridge`. Methods that return data (search, sessions) are called through a
:class:`ui.jobs.Job` on a worker thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assist.model import (
    CallRecord,
    CardAction,
    CorrectionKind,
    CrisisKind,
    Delivery,
    EscalationReason,
    LineAction,
    Script,
)
from assist.record_text import CopyFormat, Template
from audio.events import CallEvent
from audio.model import Device, DeviceChoice, DeviceHealth, Levels
from kb.changes import Changes
from kb.model import Article, FilterChoices, KbStatus, SearchFilters, SearchResult
from kb.specials import Special
from ui.about_ports import AboutDesk
from ui.first_start_ports import FirstStartDesk
from ui.holdings_ports import HoldingsDesk
from ui.settings_ports import SettingsDesk


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One saved call in the list."""

    id: str
    started_at: str
    """ISO 8601 with offset."""
    duration_s: float
    source: str
    title: str
    category: str
    inquiry: str
    """First line of the record, or the first caller words."""
    filed: bool
    escalated: bool
    turns: int
    interrupted: bool = False
    """The program stopped in mid-call (중단됨); the text up to then is whole."""
    held: bool = False
    """Under legal hold: kept as evidence, never deleted automatically."""
    delivery: str = ""
    """Where the newest filed version stands on its way to the site's system: ``waiting``, ``refused``, ``accepted``;
    empty where none is set, or nothing was filed since."""


@dataclass(frozen=True, slots=True)
class RecoveredRow:
    """What was saved of a call that the program did not live to end."""

    id: str
    started_at: str
    """ISO 8601 with offset."""
    until_s: float
    """Seconds from the beginning up to which something was saved."""
    sound_s: float
    """Seconds of sound on disk, of the shorter side; 0 where none was recorded."""
    turns: int
    drafted: bool
    """Whether there is a record to go on with."""
    title: str = ""
    """First caller words, or the title."""
    unreadable: int = 0
    """Sound files that cannot be opened."""


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One practice call on offer."""

    name: str
    title: str
    kind: str
    """normal, abuse, crisis, angry, two_inquiries, callback, not_in_db, rambling."""
    seconds: float


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One sealed pack and where it stands."""

    pack_id: str
    created_at: str
    delivery: Delivery
    attempts: int
    destination: str
    last_error: str
    """A notice sentence or empty."""
    next_try_s: float | None = None
    """Seconds until the next try; None where none is set (delivered, no key, not started)."""
    sent_bytes: int = 0
    """How much of an unfinished upload the destination has."""
    size_bytes: int = 0
    """Of the sealed pack; 0 before the first try."""
    kind: str = "team"
    """``team``, ``practice`` or ``record``: a filed record for the site's own system."""
    version: int = 0
    """Of the filed record."""
    refused: bool = False
    """Whether the site's system refused the record; it stays, and :attr:`last_error` says why."""


@dataclass(frozen=True, slots=True)
class RecordHelp:
    """What helps writing a record, as the site has it."""

    templates: tuple[Template, ...]
    formats: tuple[CopyFormat, ...]
    """At least one."""
    format: str = ""
    """Name of the copy format used last; empty or unknown: the first."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """Entries a counsellor comes back to."""

    favourites: tuple[Article, ...] = ()
    """Starred, the newest star first."""
    opened: tuple[Article, ...] = ()
    """Opened lately and not starred, the newest first."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed in the DB since this counsellor last looked."""

    since: str = ""
    """When that was, ISO 8601 with offset; empty the first time."""
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class DeskState:
    """Facts for the bar that are not events."""

    models_ready: bool
    model_name: str
    key_mode: str
    """``keyring`` or ``file``; the bar names the file mode."""
    kb: KbStatus
    unsent: int
    unsent_no_key: int
    disk_free_mb: int
    kept_days: int = 90
    """How long sound is kept."""
    kept_shift: bool = False
    """It goes when the shift ends."""
    unsent_records: int = 0
    """Filed records that the site's system has not taken yet; 0 where none is set."""
    warming: tuple[str, ...] = ()
    """What is still being loaded: ``speech`` (recognition), ``language`` (search by meaning)."""
    kb_fault: str = ""
    """Why the DB could not be opened, as a sentence; empty while it is being opened and once it is."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the counsellor may set in the desk. Stored by whoever fills :class:`PreferenceStore`."""

    language: str = "ko"
    """``ko`` or ``en``; ``DOUMI_LANG`` outranks it."""
    theme: str = "light"
    """``light``, ``dark`` or ``contrast``."""
    text_scale: float = 1.0
    """1.0 to 2.0."""
    dial: str = "normal"
    """``quiet`` (조용히), ``normal`` (보통) or ``active`` (적극)."""
    speak_practice: bool = True
    """Whether practice calls are spoken where the system has a Korean voice."""
    layout: str = "full"
    """``full``, ``docked`` (a narrow column) or ``two`` (two windows)."""
    captions_only: bool = False
    """Whether a call shows large captions and little else."""
    announce: bool = False
    """Whether changes are spoken on ``announce_device``."""
    announce_device: str = ""
    """Output device of announcements; empty for the system default."""
    announce_side: str = "both"
    """Ear they are spoken into: ``both``, ``left`` or ``right``."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Key sequence by action where it differs from the program's own; empty: none."""
    introduced: bool = True
    """Whether the first start's questions were answered or put aside."""
    tour: str = ""
    """Step of the tour to go on with; ``done`` after its end, empty before its beginning."""
    escalation_folder: str = ""
    """Folder that sealed packs are delivered to; empty where none is set."""
    escalation_url: str = ""
    """HTTPS endpoint that outranks the folder; empty where none is set."""
    team_key: str = ""
    """File of the dedicated team's public key (``team.pub``); empty where none is set."""
    strip: bool = False
    """Whether the small strip stays above other programs in a call while the desk itself is not in front."""
    system_key: str = ""
    """Key that, held, hands a call over while another program has the focus (``F12``, ``Ctrl+F12``); empty: none."""
    capture: str = "unavailable"
    """Whether windows stay out of screen captures, as the site decided: ``hidden``, ``shown``, or ``unavailable`` where
    the system cannot. Shown, not changeable."""
    locked: tuple[str, ...] = ()
    """Names of fields the site has set: shown, not changeable."""


class PreferenceStore(Protocol):
    """Keeps preferences. Main thread, cheap. Optional: without one the desk forgets at the end."""

    def load(self) -> Preferences:
        """Return what is stored, defaults where nothing is."""
        ...

    def store(self, preferences: Preferences) -> None:
        """Keep ``preferences``.

        Raises:
            resources.notices.Fault: A value cannot be used, e.g. a folder that does not exist.
        """
        ...


@dataclass(frozen=True, slots=True)
class CallStanding:
    """How the open call stands at this moment; its events may still be on their way to the window."""

    call_id: str = ""
    """Empty where no call is open."""
    source: str = ""
    """``devices``, ``file`` or ``practice``."""
    live: bool = False
    """Not hung up; an open call that is not live is in its wrap-up."""
    held: bool = False
    """The telephone holds it."""


class CallControl(Protocol):
    """Begin, steer and end calls."""

    def standing(self) -> CallStanding:
        """Return how the open call stands. Cheap."""
        ...

    def start_devices(self, choice: DeviceChoice) -> None:
        """Start a call from the chosen devices."""
        ...

    def start_file(self, file: Path, realtime: bool) -> None:
        """Start a call from a recording."""
        ...

    def start_practice(self, name: str, speed: float = 1.0) -> None:
        """Start a practice call: everything but recognition runs; labelled as practice."""
        ...

    def set_paused(self, paused: bool) -> None:
        """Pause or resume listening; the call stays open."""
        ...

    def set_held(self, held: bool) -> None:
        """The telephone holds the call (or goes on): recognition rests meanwhile. A CallHeld follows."""
        ...

    def ars_path(self, path: tuple[str, ...]) -> None:
        """Take what the caller chose in the menus before the call (교통 ...): the first hint for answers and category.

        An ArsPathKnown follows; before a call it waits for its beginning, as the caller's number does.
        """
        ...

    def set_language(self, channel: str, language: str) -> None:
        """Recognise one side (``caller`` or ``agent``) in another language (ISO 639-1) for the rest of this call.

        ``ko`` switches back. A :class:`audio.events.LanguageChanged` follows.
        """
        ...

    def mark(self) -> None:
        """Mark this moment."""
        ...

    def end(self) -> None:
        """Hang up. A final DraftReady follows within two seconds."""
        ...

    def card_acted(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        """Record what the counsellor did with a card; ``question`` is what was typed where a search brought it up."""
        ...

    def file_gap(self, gap_id: str, question: str) -> None:
        """DB에 없음: file a question for the DB team with the turns before it, personal data covered.

        The same id again changes its words; no words take it back. A GapFiled follows. Works without a call too.
        """
        ...

    def file_correction(self, ident: str, article_id: str, title: str, kind: CorrectionKind, note: str) -> None:
        """틀림/오래됨: file something wrong in an entry. A CorrectionFiled follows. Works without a call too."""
        ...

    def warning_given(self, script: Script) -> None:
        """Record that a warning was said."""
        ...

    def note_handover(self, kind: CrisisKind) -> None:
        """Make the warm handover note for a danger of this call; a HandoverNoted follows. Works in the wrap-up too."""
        ...

    def handover_revealed(self) -> None:
        """Log that a handover note of this call was copied with names and numbers. Cheap; works in the wrap-up too."""
        ...

    def escalate(self, reason: EscalationReason) -> None:
        """Seal the evidence pack and put it in the outbox. Works in a call and in its wrap-up."""
        ...

    def choose_situation(self, situation: str) -> None:
        """Say what kind of hard call this is: the ladder offers its next line for it. A LadderMoved follows."""
        ...

    def act_on_line(self, action: LineAction) -> None:
        """Play the notice, transfer or end by the means the site set. A LineActed follows, whatever becomes of it.

        Asked to transfer or end before the reason was told, the notice comes first. EndingMoved says what is under way
        and, where the counsellor has to do it (``by_person``), what to say and which number to dial; ``confirm_line``
        records that. In a practice call the counsellor does it all; after hang-up a notice says that the call is over.
        """
        ...

    def confirm_line(self, action: LineAction) -> None:
        """Record that the counsellor did it: told the reason, transferred, ended. A LineActed by a person follows."""
        ...

    def caller_number(self, text: str, for_next: bool = False) -> None:
        """Take the caller's number as typed or pasted. A CallerKnown follows; before a call, with its beginning.

        Nothing that is no number is taken: a notice says so. Empty takes back what was given before a call.
        ``for_next`` says that it is that of a call to come, whatever call is in its wrap-up now.
        """
        ...

    def file_record(self, records: tuple[CallRecord, ...]) -> None:
        """Store the record as the counsellor leaves it; again makes a new version."""
        ...

    def save_draft(self, records: tuple[CallRecord, ...]) -> None:
        """Keep unfiled edits so that nothing is lost."""
        ...

    def close_call(self) -> None:
        """Put the wrapped-up call away and be ready for the next."""
        ...

    def play(self, start_s: float, end_s: float, channel: str) -> None:
        """Play these seconds of the call again, quietly, to the counsellor only."""
        ...


class DeskServices(AboutDesk, Protocol):
    """Data and settings for the windows. Called on worker threads through jobs unless noted."""

    def state(self) -> DeskState:
        """Return facts for the bar. Cheap; main thread allowed."""
        ...

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search by hand at every key: titles, 초성, sounds, the end of a phone number, then words; no model.

        Made for the text as it stands in the box, an unfinished last syllable included. ``text`` may be empty where
        ``filters`` narrow: then everything that is left, newest first. Takes some 10 ms.
        """
        ...

    def search(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search by hand when typing rests: what :meth:`suggest` is sure of first, then the full search."""
        ...

    def search_filters(self) -> FilterChoices:
        """Return what a search can be narrowed to now; ask again when ``state().kb.generation`` changes. Cheap."""
        ...

    def entry(self, article_id: str) -> Article | None:
        """Return one entry of the DB or one piece of special material, or None. Cheap once the DB is open."""
        ...

    def at_hand(self) -> AtHand:
        """Return favourite and lately opened entries."""
        ...

    def set_favourite(self, article_id: str, wanted: bool) -> None:
        """Star an entry, or no longer."""
        ...

    def note_opened(self, article_id: str) -> None:
        """Remember that an entry was opened. Cheap; main thread allowed."""
        ...

    def specials(self) -> Sequence[Special]:
        """Return the special material that runs now, the newest first. Cheap; main thread allowed."""
        ...

    def digest(self) -> Digest:
        """Return what changed since this counsellor last looked."""
        ...

    def digest_seen(self) -> None:
        """Remember that the counsellor has looked."""
        ...

    def practice_calls(self) -> Sequence[PracticeRow]:
        """Return the practice calls. Cheap."""
        ...

    def situations(self) -> Sequence[Script]:
        """Return the situations an escalation can name, with the sentence to say. Cheap."""
        ...

    def devices(self) -> Sequence[Device]:
        """Return sound devices, newly plugged ones included."""
        ...

    def choice(self) -> DeviceChoice:
        """Return the stored device choice. Cheap."""
        ...

    def store_choice(self, choice: DeviceChoice) -> None:
        """Store the device choice."""
        ...

    def start_sound_check(self, choice: DeviceChoice) -> SoundCheck:
        """Open the chosen devices for metering only; nothing is recorded."""
        ...

    def sessions(self, query: str = "") -> Sequence[SessionRow]:
        """Return saved calls, newest first; ``query`` searches records and transcripts."""
        ...

    def session_events(self, session_id: str) -> Sequence[CallEvent]:
        """Return a saved call's events in order, for the same views as a live call. The opening is logged."""
        ...

    def session_records(self, session_id: str) -> tuple[CallRecord, ...]:
        """Return the latest filed (or draft) records of a saved call."""
        ...

    def numbers_revealed(self, session_id: str) -> None:
        """Log that the numbers of a saved call are shown in the clear. Cheap."""
        ...

    def file_session_records(self, session_id: str, records: tuple[CallRecord, ...]) -> None:
        """File a corrected version of a saved call's record."""
        ...

    def save_session_draft(self, session_id: str, records: tuple[CallRecord, ...]) -> None:
        """Keep unfiled edits of a saved call's record. Cheap; main thread allowed."""
        ...

    def settings(self) -> SettingsDesk:
        """Return every setting as a field, and the way to change it. Cheap."""
        ...

    def first_start(self) -> FirstStartDesk:
        """Return what answers the first start. Cheap."""
        ...

    def record_help(self) -> RecordHelp:
        """Return sentences for a record and forms to copy it in. Cheap; main thread allowed."""
        ...

    def keep_copy_format(self, name: str) -> None:
        """Remember the copy format used last. Cheap; main thread allowed."""
        ...

    def holdings(self) -> HoldingsDesk:
        """Return what tells and ends what this PC keeps. Cheap."""
        ...

    def outbox(self) -> Sequence[OutboxRow]:
        """Return the sealed packs, newest first."""
        ...

    def retry_outbox(self) -> None:
        """Try to deliver now."""
        ...

    def practice_inbox(self) -> Path:
        """Return the example team's inbox folder, to open in the file manager. Cheap."""
        ...


class SoundCheck(Protocol):
    """An open sound check."""

    def levels(self) -> Sequence[Levels]:
        """Return the latest levels, one a channel. Main thread, cheap."""
        ...

    def health(self) -> dict[str, DeviceHealth]:
        """Return the state of each channel. Main thread, cheap."""
        ...

    def fault(self) -> str:
        """Return the sentence of what went wrong, or empty. Main thread, cheap."""
        ...

    def close(self) -> None:
        """Close the devices."""
        ...


class ScreenGuard(Protocol):
    """Keeps windows out of screenshots, recordings and shared screens. Main thread."""

    @property
    def can_hide(self) -> bool:
        """Whether the system can."""
        ...

    def hide(self, window: int, wanted: bool = True) -> bool:
        """Leave the native window out of captures, or show it again; returns whether the system did."""
        ...


class SystemKey(Protocol):
    """One key of the whole system, taken only while it is wanted. Optional: without it F12 works in the desk alone.

    Main thread; nothing here waits for long. Its own thread listens.
    """

    def fault(self, keys: str) -> str:
        """Return why ``keys`` cannot be a system-wide key here, as a sentence; empty where it can."""
        ...

    def grab(self, keys: str, moved: Callable[[bool], None]) -> None:
        """Take the key from now on; again takes another. ``moved`` tells on another thread whether it went down or up.

        Raises:
            resources.notices.Fault: The system does not give it.
        """
        ...

    def release(self) -> None:
        """Give the key back; nothing where none is taken."""
        ...
