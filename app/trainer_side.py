"""Builds the trainer's side: what the window and the commands of quality assurance stand on.

Joins :mod:`app.qa_side`, ratings, calibration, reports and replay; with :mod:`app.composition` and its other halves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import log_setup
from app.adapters.sheet_writer import workbook
from app.exercise_side import KnowledgeWhenAsked, training
from app.home import Home
from app.live_settings import LiveSettings
from app.package_side import known_desks, package_opener
from app.personal import desk_key, wall_clock
from app.preferences import SettingsPreferences
from app.qa import package_rows
from app.qa.calibration import NOTE, Calibrations
from app.qa.case_book import CaseBook
from app.qa.case_shelf import CaseShelf, opened_here
from app.qa.coaching import TASK
from app.qa.ratings import RatingParts, Ratings
from app.qa.trainer_desk import TrainerDesk, TrainerParts
from app.qa.trainer_notes import TrainerNotes
from app.qa_side import TrainerSide, open_trainer_store, trainer_side
from app.settings import Settings, apply_language
from app.settings_desk import SettingsForm
from app.site_scripts import SiteScripts
from app.store import Store
from assist.review.model import Answer, Letter, Observation
from assist.review.observe import observe
from assist.review.observe_answers import unshown
from assist.review.rubric_file import RubricShelf, load_folders, shipped_folder
from kb.model import Article
from resources.notices import Fault, language, sentence
from ui.qa.report_values import PrintedReport
from ui.qa.training_ports import Training
from ui.replay.ports import ReplayCall

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenTrainer:
    """The trainer's side on an open database."""

    desk: TrainerDesk
    side: TrainerSide
    ratings: Ratings


def trainer_desk(
    home: Home,
    store: Store,
    settings: Callable[[], Settings],
    now: Callable[[], datetime] = wall_clock,
    entry: Callable[[str], Article | None] = lambda _ident: None,
) -> OpenTrainer:
    """Return the trainer's side on an open database; the caller starts or runs ``side.sender``.

    Args:
        home: Whose.
        store: Its open database.
        settings: The settings as they are now.
        now: Wall clock with zone.
        entry: Returns a knowledge entry by its id, as it is today; may raise Fault. Asked on workers.
    """

    # What comes in goes to ratings and calibrations, which post through the same side: they meet here.
    def take_answer(answer: Answer) -> bool:
        return ratings.take_answer(answer)

    def take_shared(letter: Letter) -> bool:
        return ratings.take_shared(letter)

    further: dict[str, Callable[[Mapping[str, Any]], bool]] = {
        NOTE: lambda body: calibrations.take(body),
        TASK: lambda body: ratings.take_task(body),
    }
    side = trainer_side(home, store, settings, take_answer, take_shared, now, further)
    notes = TrainerNotes(store, side.post.share_note)

    def shelf() -> RubricShelf:
        folder = settings().qa.rubrics
        return load_folders([*([folder] if folder is not None else []), shipped_folder()])

    ratings = Ratings(
        store,
        RatingParts(lambda: side.rater, shelf, lambda call: observations(call, entry), now, side.post, notes.send_left),
    )
    calibrations = Calibrations(store, notes.send_left, now)
    opener = package_opener(store, lambda: known_desks(settings().qa.desks), now)
    parts = TrainerParts(
        store=store,
        ratings=ratings,
        inbox=side.inbox,
        post=side.post,
        keys=side.keys,
        calibrations=calibrations,
        notes=notes,
        folder=home.packages,
        open_package=lambda file: opener.open(file, "window"),
        settings=lambda: settings().qa,
        workbook=workbook,
        print_pdf=_print,
        now=now,
    )
    return OpenTrainer(TrainerDesk(parts), side, ratings)


def observations(call: ReplayCall, entry: Callable[[str], Article | None]) -> tuple[Observation, ...]:
    """Return the automatic evidence of an open call.

    An entry that was searched by hand has no text in the log: it is compared as this PC has it today, where it has it.
    """
    texts: dict[str, str] = {}
    try:
        for ident in unshown(call.events):
            found = entry(ident)
            if found is not None:
                texts[ident] = "\n".join((found.question, found.answer, found.department, found.phone))
    except Fault as fault:  # the evidence out of the log stays
        _log.info("entries of a call cannot be looked up: %s", fault.code)
    return observe(call.events, texts)


@contextmanager
def open_trainer(
    home: Home, settings: Callable[[], Settings], now: Callable[[], datetime] = wall_clock
) -> Iterator[OpenTrainer]:
    """Open the trainer's side for a command, beside its window or without one.

    Raises:
        StoreFault, KeyFault: The database cannot be opened.
    """
    with open_trainer_store(home) as store:
        yield trainer_desk(home, store, settings, now)


@dataclass(frozen=True, slots=True)
class TrainerWindow:
    """The trainer's window and what it stands on, open."""

    services: TrainerDesk
    cases: CaseShelf
    replay_of: Callable[[ReplayCall, str, bool], QWidget]
    """Makes the window in which a call is heard and rated; main thread."""
    preferences: SettingsPreferences
    language: str
    notices: tuple[str, ...]
    """Sentences to show at the start."""
    settings: SettingsForm
    """Every setting, one by one."""
    training: Training
    """Quizzes, exercises to make, then and now."""


@contextmanager
def open_trainer_window(home: Home, can_hide: bool) -> Iterator[TrainerWindow]:
    """Open what the trainer's window needs; its instance lock is held by the caller.

    Args:
        home: Whose.
        can_hide: Whether windows can be kept out of screen captures here.

    Raises:
        KeyFault: The key of this PC cannot be had.
        StoreFault: The personal database cannot be opened.
    """
    log_setup.start(home.logs)
    live = LiveSettings(home, wall_clock)
    loaded = live.loaded
    apply_language(live.now())
    notices = [sentence(loaded.notice, path=str(loaded.backup or home.settings))] if loaded.notice else []
    notices += [str(fault) for fault in live.policy.faults]
    scripts = SiteScripts(lambda: live.now().protection.scripts)
    with open_trainer_store(home) as store:
        gone = package_rows.sweep(store, home.packages, wall_clock())
        _log.info("%d packages past their day were removed", gone)
        knowledge = KnowledgeWhenAsked(home, lambda: live.now().models.encoder)
        opened = trainer_desk(home, store, live.now, entry=knowledge.article)
        notices += list(opened.desk.rubric_faults())
        cases = CaseShelf(CaseBook(store, wall_clock))
        beside = training(home, live.now, store, knowledge, lambda: desk_key(home))

        def replay_of(call: ReplayCall, calibration: str, blind: bool) -> QWidget:
            return _replay(beside, opened.desk, cases, scripts, call, calibration, blind)

        def change(settings: Settings) -> None:
            live.change(settings)
            opened.side.sender.retry_now()

        opened.side.sender.start()
        try:
            yield TrainerWindow(
                opened.desk,
                cases,
                replay_of,
                SettingsPreferences(live.now, change, live.locked, can_hide),
                language(),
                tuple(notices),
                SettingsForm(live, change),
                beside,
            )
        finally:
            knowledge.close()
            opened.side.sender.close()


def _replay(
    beside: Training,
    desk: TrainerDesk,
    cases: CaseShelf,
    scripts: SiteScripts,
    call: ReplayCall,
    calibration: str,
    blind: bool,
) -> QWidget:
    from app.replay_side import call_player
    from ui.qa.rate_window import rate_window

    opened = opened_here(call)
    return rate_window(
        desk,
        opened,
        call_player(opened),
        calibration=calibration,
        blind=blind,
        situations=scripts.now().choices(),
        training=beside,
        cases=cases,
    )


def _print(report: PrintedReport, file: Path) -> object:
    from ui.qa.report_print import print_report

    return print_report(report, file)
