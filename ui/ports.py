"""What the windows ask of the program, as protocols. ``app.composition`` fills them; tests fake them.

All methods are called on the Qt main thread and return at once; work goes on elsewhere and comes back as
events through :mod:`ui.bridge`. Methods that return data (search, sessions) are called through a
:class:`ui.jobs.Job` on a worker thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assist.model import CallRecord, Delivery, Script
from assist.record_text import CopyFormat, Template
from audio.events import CallEvent
from audio.model import Device, DeviceChoice, DeviceHealth, Levels
from kb.changes import Changes
from kb.model import Article, FilterChoices, KbStatus, SearchFilters, SearchResult
from kb.specials import Special
from ui.about_ports import AboutDesk
from ui.first_start_ports import FirstStartDesk
from ui.holdings_ports import HoldingsDesk
from ui.qa.ports import LetterServices
from ui.qa.share_ports import Sharing
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

    def sharing(self) -> Sharing:
        """Return what seals saved calls for colleagues. Cheap."""
        ...

    def letters(self) -> LetterServices | None:
        """Return the letters of the QA trainers; None where this desk takes no part and none ever came. Cheap."""
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
