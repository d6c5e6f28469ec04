"""Data and settings for the windows. Fills :class:`ui.ports.DeskServices`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from app import practice_calls, sound
from app.about import AboutProgram
from app.access_log import Action
from app.deskbook import Deskbook
from app.escalation import practice_inbox
from app.first_start import FirstStart
from app.home import Home
from app.package_side import call_sharing
from app.personal import Personal
from app.retrieval import Retrieval
from app.settings import Settings
from app.settings_desk import SettingsForm
from app.site_scripts import SiteScripts
from assist.model import CallRecord, Script
from audio.events import CallEvent
from audio.model import Device, DeviceChoice
from audio.sound_check import LiveSoundCheck
from kb.model import Article, FilterChoices, SearchFilters, SearchResult
from kb.specials import Special
from ui.about_ports import About
from ui.holdings_ports import HoldingsDesk
from ui.ports import AtHand, DeskState, Digest, OutboxRow, PracticeRow, RecordHelp, SessionRow
from ui.qa.ports import LetterServices
from ui.qa.share_ports import Sharing


class Services:
    """What the windows read and set. Thread: any, but for what :mod:`ui.ports` names as cheap."""

    def __init__(
        self,
        home: Home,
        settings: Callable[[], Settings],
        change: Callable[[Settings], None],
        personal: Personal,
        knowledge: Retrieval,
        models_ready: bool,
        deskbook: Deskbook,
        scripts: SiteScripts,
        form: SettingsForm,
        first: FirstStart,
        warming: Callable[[], tuple[str, ...]] = lambda: (),
        letters: LetterServices | None = None,
    ) -> None:
        """Join the parts.

        Args:
            home: Whose desk.
            settings: The settings as they are now.
            change: Stores new settings; raises SettingsFault.
            personal: Saved calls and outbox.
            knowledge: The standard counselling DB.
            models_ready: Whether the speech model is installed.
            deskbook: What the desk knows beside the DB.
            scripts: The sentences for hard calls as the site has them.
            warming: Returns what is still being loaded; see :attr:`ui.ports.DeskState.warming`.
            form: The settings one by one.
            first: Answers the first start.
            letters: The letters of the QA trainers.
        """
        self._letters = letters
        self._home = home
        self._settings = settings
        self._change = change
        self._personal = personal
        self._knowledge = knowledge
        self._models_ready = models_ready
        self._deskbook = deskbook
        self._scripts = scripts
        self._warming = warming
        self._form = form
        self._first = first
        self._about = AboutProgram(lambda: settings().models)

    def state(self) -> DeskState:
        """See :class:`ui.ports.DeskServices`."""
        unsent, without_key = self._personal.unsent()
        kept = self._settings().retention
        return DeskState(
            models_ready=self._models_ready,
            model_name=Path(self._settings().models.speech).name,
            key_mode=self._personal.key.mode.value,
            kb=self._knowledge.status,
            kb_fault=str(self._knowledge.fault or ""),
            warming=self._warming(),
            unsent=unsent,
            unsent_no_key=without_key,
            unsent_records=self._personal.unsent_records(),
            kept_days=kept.sound_days,
            kept_shift=kept.mode == "shift" or not kept.sound_days,
            disk_free_mb=shutil.disk_usage(self._home.root).free // 2**20,
        )

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """See :class:`ui.ports.DeskServices`."""
        return self._knowledge.suggest(text, top_n, filters)

    def search(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """See :class:`ui.ports.DeskServices`."""
        return self._knowledge.browse(text, top_n, filters)

    def search_filters(self) -> FilterChoices:
        """See :class:`ui.ports.DeskServices`."""
        return self._knowledge.search_filters()

    def entry(self, article_id: str) -> Article | None:
        """See :class:`ui.ports.DeskServices`."""
        return self._deskbook.entry(article_id)

    def at_hand(self) -> AtHand:
        """See :class:`ui.ports.DeskServices`."""
        return self._deskbook.at_hand()

    def set_favourite(self, article_id: str, wanted: bool) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._deskbook.set_favourite(article_id, wanted)

    def note_opened(self, article_id: str) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._deskbook.note_opened(article_id)

    def specials(self) -> Sequence[Special]:
        """See :class:`ui.ports.DeskServices`."""
        return self._deskbook.specials()

    def digest(self) -> Digest:
        """See :class:`ui.ports.DeskServices`."""
        return self._deskbook.digest()

    def digest_seen(self) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._deskbook.digest_seen()

    def practice_calls(self) -> Sequence[PracticeRow]:
        """See :class:`ui.ports.DeskServices`."""
        return practice_calls.rows()

    def situations(self) -> Sequence[Script]:
        """See :class:`ui.ports.DeskServices`."""
        return self._scripts.now().choices()

    def devices(self) -> Sequence[Device]:
        """See :class:`ui.ports.DeskServices`."""
        return sound.devices()

    def choice(self) -> DeviceChoice:
        """See :class:`ui.ports.DeskServices`."""
        return self._settings().sound.choice

    def store_choice(self, choice: DeviceChoice) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._change(self._settings().with_choice(choice))

    def start_sound_check(self, choice: DeviceChoice) -> LiveSoundCheck:
        """See :class:`ui.ports.DeskServices`."""
        return LiveSoundCheck(lambda: sound.device_source(choice, self._settings().capture))

    def sessions(self, query: str = "") -> Sequence[SessionRow]:
        """See :class:`ui.ports.DeskServices`."""
        return self._personal.store.sessions(query)

    def session_events(self, session_id: str) -> Sequence[CallEvent]:
        """See :class:`ui.ports.DeskServices`."""
        self._personal.store.log_soon(Action.OPEN, session_id)
        return self._personal.store.events(session_id)

    def session_records(self, session_id: str) -> tuple[CallRecord, ...]:
        """See :class:`ui.ports.DeskServices`."""
        return self._personal.store.records(session_id)

    def numbers_revealed(self, session_id: str) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._personal.store.log_soon(Action.REVEAL, session_id, "numbers")

    def file_session_records(self, session_id: str, records: tuple[CallRecord, ...]) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._personal.filing.file(session_id, records, log=True)

    def save_session_draft(self, session_id: str, records: tuple[CallRecord, ...]) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._personal.store.save_draft(session_id, records)

    def about(self) -> About:
        """See :class:`ui.about_ports.AboutDesk`."""
        return self._about.about()

    def licence_text(self, name: str) -> str:
        """See :class:`ui.about_ports.AboutDesk`."""
        return self._about.licence_text(name)

    def settings(self) -> SettingsForm:
        """See :class:`ui.ports.DeskServices`."""
        return self._form

    def first_start(self) -> FirstStart:
        """See :class:`ui.ports.DeskServices`."""
        return self._first

    def record_help(self) -> RecordHelp:
        """See :class:`ui.ports.DeskServices`."""
        return self._personal.record_help.now()

    def keep_copy_format(self, name: str) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._personal.record_help.keep_format(name)

    def holdings(self) -> HoldingsDesk:
        """See :class:`ui.ports.DeskServices`."""
        return self._personal.holdings

    def sharing(self) -> Sharing:
        """See :class:`ui.ports.DeskServices`."""
        return call_sharing(self._home, self._personal.store, self._personal.key)

    def letters(self) -> LetterServices | None:
        """See :class:`ui.ports.DeskServices`."""
        letters = self._letters
        return letters if letters is not None and (letters.takes_part() or letters.has_any()) else None

    def outbox(self) -> Sequence[OutboxRow]:
        """See :class:`ui.ports.DeskServices`."""
        return self._personal.outbox()

    def retry_outbox(self) -> None:
        """See :class:`ui.ports.DeskServices`."""
        self._personal.sender.retry_now()

    def practice_inbox(self) -> Path:
        """See :class:`ui.ports.DeskServices`."""
        return practice_inbox(self._home)
