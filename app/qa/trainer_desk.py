"""The trainer's side for its window and commands. Fills :class:`ui.qa.ports.QaServices`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from app.access_log import Action
from app.errors import QaFault
from app.qa import call_list, draws, report_files, reports
from app.qa.calibration import Calibrations, agreement_on
from app.qa.exchange import shown
from app.qa.headers import known_headers
from app.qa.inbox import QaInbox
from app.qa.keys import TrainerKeys
from app.qa.people import read_people
from app.qa.places import new_id
from app.qa.post import TrainerPost
from app.qa.ratings import Ratings
from app.qa.report_files import Print
from app.qa.trainer_notes import TrainerNotes
from app.replay.model import LoadedCall
from app.replay.open_call import OpenReplay
from app.settings_sections import QaSettings
from app.store import Store
from app.tables import Workbook
from assist.review.model import CallHeader, CoachingTask, Draw, Observation, Rating, Rubric, SamplingPlan
from assist.review.sampling import draw as draw_calls
from resources.notices import Fault
from ui.qa.ports import (
    Calibration,
    CallToRate,
    ItemAgreement,
    QaLook,
    QaState,
    RatingRow,
    Report,
)
from ui.replay.ports import ReplayCall


@dataclass(frozen=True, slots=True)
class TrainerParts:
    """What a trainer's side is made of."""

    store: Store
    ratings: Ratings
    inbox: QaInbox
    post: TrainerPost
    keys: TrainerKeys
    calibrations: Calibrations
    notes: TrainerNotes
    folder: Path
    """Where fetched packages lie."""
    open_package: Callable[[Path], LoadedCall]
    """Opens a package for replay; logged. Raises PackageFault."""
    settings: Callable[[], QaSettings]
    """As they are now."""
    workbook: Workbook
    print_pdf: Print
    now: Callable[[], datetime]
    """Wall clock with zone."""


class TrainerDesk:
    """Calls, ratings, samples, calibration and reports. Methods from any worker thread."""

    def __init__(self, parts: TrainerParts) -> None:
        self._parts = parts
        self._store = parts.store
        self._ratings = parts.ratings

    # -- the head of the window -------------------------------------------------------------------------------

    def state(self) -> QaState:
        """See :class:`ui.qa.ports.QaServices`."""
        settings, fault, known = self._parts.settings(), "", 0
        try:
            known = len(self._parts.inbox.headers())
        except Fault as wrong:  # the list of desks
            fault = str(wrong)
        return QaState(
            exchange=shown(settings.exchange),
            has_identity=bool(self._parts.keys.all()),
            headers=known,
            unrated=sum(1 for row in self._calls() if row.package and row.own != "submitted"),
            fault=fault,
            rater=self._ratings.rater(),
        )

    def look(self) -> QaLook:
        """See :class:`ui.qa.ports.QaServices`."""
        self._parts.notes.send_left()
        return self._parts.inbox.look()

    def take_identity(self, file: Path) -> None:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault ``qa.not_a_trainer_key``."""
        self._parts.keys.take(file)

    # -- calls ------------------------------------------------------------------------------------------------

    def calls(self, query: str = "") -> Sequence[CallToRate]:
        """See :class:`ui.qa.ports.QaServices`."""
        return [row for row in self._calls() if call_list.matches(row, query)]

    def _calls(self) -> list[CallToRate]:
        rater, today = self._ratings.rater(), self._parts.now().date()
        return self._store.read(lambda db: call_list.calls_to_rate(db, rater, today))

    def open_call(self, call: str) -> ReplayCall:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault ``qa.call_not_here``, PackageFault."""
        kept = self._store.read(lambda db: call_list.package_of(db, call))
        if kept is None:
            raise QaFault("qa.call_not_here")
        loaded = self._parts.open_package(self._parts.folder / kept.file)
        # Ratings name the call by its header; a package tells it, and the draw knows it in any case.
        facts = replace(loaded.facts, header=call, counsellor=loaded.facts.counsellor or kept.counsellor)
        return OpenReplay(replace(loaded, facts=facts))

    def open_file(self, file: Path) -> ReplayCall:
        """See :class:`ui.qa.ports.QaServices`. Raises PackageFault, StoreFault."""
        return OpenReplay(self._parts.open_package(file))

    # -- samples ----------------------------------------------------------------------------------------------

    def known(self, calls: Collection[str]) -> Mapping[str, CallHeader]:
        """See :class:`ui.qa.ports.QaServices`."""
        headers = self._store.read(known_headers)
        return {one.header.id: one.header for one in headers if one.header.id in calls}

    def preview(self, plan: SamplingPlan) -> Draw:
        """See :class:`ui.qa.ports.QaServices`. Raises PlanRefused."""
        return draw_calls([one.header for one in self._parts.inbox.headers()], plan)

    def draw(self, plan: SamplingPlan, seen: str = "") -> Draw:
        """See :class:`ui.qa.ports.QaServices`. Raises PlanRefused, QaFault."""
        made = self.preview(replace(plan, id=new_id()))
        if seen and made.fingerprint != seen:
            raise QaFault("qa.draw_changed")
        until = self._parts.now().date() + timedelta(days=self._parts.settings().hold_days)
        self._parts.post.send_draw(made, until)
        return made

    def draws(self) -> Sequence[Draw]:
        """See :class:`ui.qa.ports.QaServices`."""
        return [kept.draw for kept in self._store.read(draws.kept_draws)]

    # -- calibration ------------------------------------------------------------------------------------------

    def calibrations(self) -> Sequence[Calibration]:
        """See :class:`ui.qa.ports.QaServices`."""
        return self._parts.calibrations.all()

    def keep_calibration(self, calibration: Calibration) -> Calibration:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault."""
        return self._parts.calibrations.keep(calibration)

    def close_calibration(self, calibration: str) -> Calibration:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault."""
        return self._parts.calibrations.close(calibration)

    def agreement(self, calibration: str = "", rubric: str = "") -> Sequence[ItemAgreement]:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault ``qa.calibration_open``, ``qa.calibration_none``."""
        if calibration:
            if not self._parts.calibrations.is_closed(calibration):
                raise QaFault("qa.calibration_open")
            found = [row.rating for row in self._ratings.in_calibration(calibration)]
        else:
            found = [row.rating for row in self._ratings.submitted() if rubric in ("", row.rating.rubric)]
        if not found:
            return ()
        newest = max(found, key=lambda one: (one.rubric_version, one.id))
        return agreement_on(self._ratings.rubric(newest.rubric, newest.rubric_version), found)

    # -- reports ----------------------------------------------------------------------------------------------

    def teams(self) -> Sequence[str]:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault ``qa.people_unreadable``."""
        return sorted(set(read_people(self._parts.settings().people).values()))

    def report(self, scope: str, name: str, first: date, last: date, by: str) -> Report:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault."""
        unseen = self._unseen(name) if scope == reports.COUNSELLOR else frozenset[str]()
        rows = self._ratings.submitted(name if scope == reports.COUNSELLOR else "", overturned=True)
        teams = read_people(self._parts.settings().people) if scope == reports.TEAM else {}
        return reports.report(rows, self._ratings.rubric, scope, name, first, last, by, teams, unseen)

    def _unseen(self, counsellor: str) -> frozenset[str]:
        """Return the calls that others rated and that this rater can still rate without having seen how."""
        hidden = {row.rating.call for row in self._ratings.history(counsellor) if row.hidden}
        today = self._parts.now().date().isoformat()
        return frozenset(
            row.call
            for row in (self._calls() if hidden else ())
            if row.call in hidden and row.package and row.own != "submitted" and row.until >= today
        )

    def export_report(self, report: Report, file: Path) -> None:
        """See :class:`ui.qa.ports.QaServices`. Raises QaFault, StoreFault."""
        report_files.check(report, file)  # what is refused was not exported
        note = f"qa-report-{report.scope}"
        self._store.log(Action.EXPORT, report.name, note)
        try:
            report_files.export(report, file, self._parts.workbook, self._parts.print_pdf)
        except BaseException:
            with suppress(Fault):  # why it was not written is what is told
                self._store.log(Action.EXPORT_STOP, report.name, note)
            raise

    # -- ratings ----------------------------------------------------------------------------------------------

    def rubrics(self) -> Sequence[Rubric]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.rubrics()

    def rubric_faults(self) -> Sequence[str]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.rubric_faults()

    def rubric(self, ident: str, version: int) -> Rubric:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.rubric(ident, version)

    def rater(self) -> str:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.rater()

    def observations(self, call: ReplayCall) -> Sequence[Observation]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.observations(call)

    def of_call(self, call: str) -> Sequence[RatingRow]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.of_call(call)

    def reveal(self, call: str) -> Sequence[RatingRow]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.reveal(call)

    def history(self, counsellor: str) -> Sequence[RatingRow]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.history(counsellor)

    def counsellors(self) -> Sequence[str]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.counsellors()

    def begin(self, call: ReplayCall, rubric: Rubric, blind: bool = False, calibration: str = "") -> Rating:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.begin(call, rubric, blind, calibration)

    def keep(self, rating: Rating) -> None:
        """See :class:`ui.qa.ports.RatingServices`."""
        self._ratings.keep(rating)

    def drop(self, rating_id: str) -> None:
        """See :class:`ui.qa.ports.RatingServices`."""
        self._ratings.drop(rating_id)

    def submit(self, rating: Rating) -> RatingRow:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.submit(rating)

    def send(self, rating_id: str) -> None:
        """See :class:`ui.qa.ports.RatingServices`."""
        self._ratings.send(rating_id)

    def settle(self, rating_id: str, accepted: bool, text: str) -> None:
        """See :class:`ui.qa.ports.RatingServices`."""
        self._ratings.settle(rating_id, accepted, text)

    def tasks(self, counsellor: str = "") -> Sequence[CoachingTask]:
        """See :class:`ui.qa.ports.RatingServices`."""
        return self._ratings.tasks(counsellor)

    def keep_task(self, task: CoachingTask) -> None:
        """See :class:`ui.qa.ports.RatingServices`."""
        self._ratings.keep_task(task)
