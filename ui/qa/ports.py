"""What the windows of quality assurance ask of the program. ``app`` fills it; tests fake it.

Methods touch the disk and are called on a worker thread through a :class:`ui.jobs.Job`, unless they say *cheap*.
Whatever a person can put right is raised as a :class:`resources.notices.Fault`. Times are ISO 8601 with offset.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from assist.review.model import (
    Answer,
    AnswerKind,
    CallHeader,
    CoachingTask,
    Draw,
    Letter,
    Observation,
    Rating,
    Rubric,
    SamplingPlan,
    Settlement,
    Total,
)
from ui.replay.ports import ReplayCall

# -- ratings --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating with what it adds up to and what came back."""

    rating: Rating
    total: Total
    answers: tuple[Answer, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    hidden: bool = False
    """Somebody else's rating of a call that this rater rates blind and has not submitted: no content, no name."""
    own: bool = False
    """This rater's, under whatever name his profile had."""


class RatingServices(Protocol):
    """Rubrics, ratings, coaching. Filled by :class:`app.qa.ratings.Ratings`."""

    def rubrics(self) -> Sequence[Rubric]:
        """Return the rubrics of the program and of the site, those of the site first. Broken ones are left out."""
        ...

    def rubric_faults(self) -> Sequence[str]:
        """Return a sentence for each rubric file that cannot be used."""
        ...

    def rubric(self, ident: str, version: int) -> Rubric:
        """Return a rubric as ratings used it. Raises Fault."""
        ...

    def rater(self) -> str:
        """Return who rates here: the profile's name. Cheap."""
        ...

    def observations(self, call: ReplayCall) -> Sequence[Observation]:
        """Return the automatic evidence of a call. Nothing of it is a score."""
        ...

    def of_call(self, call: str) -> Sequence[RatingRow]:
        """Return the ratings of a call, oldest first.

        Those of others are ``hidden`` until this rater has submitted one of his own or asked for them
        (:meth:`reveal`), and those of a calibration until it is closed.
        """
        ...

    def reveal(self, call: str) -> Sequence[RatingRow]:
        """As :meth:`of_call`, with those of others. Afterwards he cannot rate it blind; Fault where he has begun to."""
        ...

    def history(self, counsellor: str) -> Sequence[RatingRow]:
        """Return a counsellor's submitted ratings, oldest first, hidden as in :meth:`of_call`; no calibrations."""
        ...

    def counsellors(self) -> Sequence[str]:
        """Return the codes there are ratings or headers of, sorted by code."""
        ...

    def begin(self, call: ReplayCall, rubric: Rubric, blind: bool = False, calibration: str = "") -> Rating:
        """Begin a rating by this rater, or return the draft there is."""
        ...

    def keep(self, rating: Rating) -> None:
        """Keep a draft. Raises Fault where it was submitted or breaks its rubric."""
        ...

    def drop(self, rating_id: str) -> None:
        """Throw an own draft away. Raises Fault where it was submitted."""
        ...

    def submit(self, rating: Rating) -> RatingRow:
        """Submit; from now on it is never changed. Raises Fault where items are open or needs are not met."""
        ...

    def send(self, rating_id: str) -> None:
        """Seal a submitted rating for the counsellor's desk and put it into the outbox. Raises Fault."""
        ...

    def settle(self, rating_id: str, accepted: bool, text: str) -> None:
        """Answer an objection. Raises Fault."""
        ...

    def tasks(self, counsellor: str = "") -> Sequence[CoachingTask]:
        """Return coaching tasks, open ones first, by day."""
        ...

    def keep_task(self, task: CoachingTask) -> None:
        """Add or change a task; an empty id makes a new one."""
        ...


# -- the counsellor's side ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter on the counsellor's desk."""

    letter: Letter
    session_id: str
    """The own saved call; empty where it is gone."""
    received_at: str
    seen_at: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One of the own calls that was drawn for quality assurance."""

    session_id: str
    started_at: str
    plan: str
    drawn_at: str
    state: str
    """``drawn``, ``sealed``, ``fetched`` or ``released``."""
    until: str
    inquiry: str = ""
    """First line of what the caller wanted, personal data covered; empty where the call is gone or says nothing."""


class LetterServices(Protocol):
    """What the counsellor's own window of letters needs. Filled by :class:`app.qa.letters.Letters`."""

    def letters(self) -> Sequence[LetterRow]:
        """Return the letters, newest first."""
        ...

    def drawn(self) -> Sequence[DrawnRow]:
        """Return the own calls that were drawn, newest first."""
        ...

    def answer(self, rating_id: str, kind: AnswerKind, items: tuple[str, ...] = (), text: str = "") -> None:
        """Acknowledge or object; it goes to the trainers sealed. Raises Fault."""
        ...

    def opened(self, rating_id: str) -> None:
        """Note that a letter was opened; nobody is told."""
        ...

    def unread(self) -> int:
        """Return how many letters were not opened yet. Cheap."""
        ...

    def unseen(self) -> int:
        """Return how many drawn calls the counsellor did not look at yet. Cheap."""
        ...

    def saw(self) -> None:
        """Note that the counsellor looked at the drawn calls; nobody is told."""
        ...

    def takes_part(self) -> bool:
        """Whether calls of this desk are told of and drawn now. Cheap; main thread too."""
        ...

    def has_any(self) -> bool:
        """Whether letters or drawn calls are here: they stay to be read. Cheap; main thread too."""
        ...


# -- the trainer's window -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallToRate:
    """One drawn call in the trainer's list."""

    call: str
    """Header id."""
    counsellor: str
    started_at: str
    duration_s: float
    category: str
    plan: str
    """Title of the plan."""
    package: str
    """Package id; empty while the desk has not delivered it."""
    until: str
    ratings: int
    """Submitted ratings."""
    own: str
    """State of this rater's: empty, ``draft`` or ``submitted``."""
    flags: tuple[str, ...] = ()
    objected: bool = False


@dataclass(frozen=True, slots=True)
class QaLook:
    """What looking into the exchange gave."""

    headers: int
    packages: int
    letters: int
    broken: int
    fault: str = ""
    unproven: int = 0
    """Headers among :attr:`headers` whose desk is not in the site's list."""


@dataclass(frozen=True, slots=True)
class QaState:
    """What the trainer's window shows at its head."""

    exchange: str
    """Address of the QA exchange; empty where none is set."""
    has_identity: bool
    """Whether this PC can open what desks seal for the trainers."""
    headers: int
    unrated: int
    fault: str = ""
    rater: str = ""
    """Under which name this PC rates."""


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """How far raters agree on one item."""

    item: str
    title: str
    pairs: int
    """Calls that at least two raters rated."""
    kappa: float | None
    """Quadratically weighted; None where it is not defined (fewer than two calls, no variation)."""
    alpha: float | None
    """Krippendorff's, ordinal."""
    apart: tuple[tuple[str, int], ...] = ()
    """Calls whose ratings lie furthest apart, and by how many points."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Several raters rate the same calls, then talk about where they differ."""

    id: str
    title: str
    made_at: str
    closed_at: str
    """While it is empty nobody sees the others' ratings."""
    rubric: str
    rubric_version: int
    calls: tuple[str, ...]
    note: str = ""
    """What was agreed."""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One period of a report."""

    label: str
    """``2026-11`` or ``2026-W47``."""
    value: float | None
    """0 to 100."""
    ratings: int


@dataclass(frozen=True, slots=True)
class ReportSeries:
    """One line of a report."""

    key: str
    """Skill or item id; ``whole`` for the total."""
    title: str
    points: tuple[SeriesPoint, ...]
    skill: str = ""
    """Id of an item's skill; empty for a skill and for the whole."""


@dataclass(frozen=True, slots=True)
class Report:
    """Ratings over time. Never ordered by score; a group smaller than ``fewest`` is not told."""

    scope: str
    """``counsellor``, ``team`` or ``all``."""
    name: str
    """Counsellor code or team; empty for all."""
    first: date
    last: date
    by: str
    """``month`` or ``week``."""
    series: tuple[ReportSeries, ...]
    ratings: int
    withheld: str = ""
    """A sentence why nothing is shown (too few people or ratings); empty otherwise."""
    note: str = ""
    """A sentence what is not told: calls this rater can still rate unseen, figures of too few people; else empty."""
    raters: tuple[str, ...] = ()
    """Whose ratings count, by name."""


class QaServices(RatingServices, Protocol):
    """The trainer's window. Filled by :class:`app.qa.trainer_desk.TrainerDesk`."""

    def state(self) -> QaState:
        """Return the head of the window."""
        ...

    def look(self) -> QaLook:
        """Look into the exchange now: headers, packages, answers."""
        ...

    def take_identity(self, file: Path) -> None:
        """Keep the trainers' identity (``trainer.key``) in the encrypted database. Raises Fault."""
        ...

    def calls(self, query: str = "") -> Sequence[CallToRate]:
        """Return the drawn calls, those to rate first, then by day."""
        ...

    def open_call(self, call: str) -> ReplayCall:
        """Open a delivered call for replay; logged. Raises Fault."""
        ...

    def open_file(self, file: Path) -> ReplayCall:
        """Open, for replay, a package that somebody sent; logged. Raises Fault."""
        ...

    def known(self, calls: Collection[str]) -> Mapping[str, CallHeader]:
        """Return what is known of calls, by header id; without those that are not known."""
        ...

    def preview(self, plan: SamplingPlan) -> Draw:
        """Draw without sending: the same as :meth:`draw` would."""
        ...

    def draw(self, plan: SamplingPlan, seen: str = "") -> Draw:
        """Draw, keep and send it to the desks; ``seen``: fingerprint of the draw looked at, empty where none was.

        Raises:
            Fault: Nothing was drawn; ``qa.draw_changed``: the calls to choose from are others than those of ``seen``.
        """
        ...

    def draws(self) -> Sequence[Draw]:
        """Return earlier draws, newest first."""
        ...

    def calibrations(self) -> Sequence[Calibration]:
        """Return calibration sessions, open ones first."""
        ...

    def keep_calibration(self, calibration: Calibration) -> Calibration:
        """Add or change a session; an empty id makes a new one."""
        ...

    def close_calibration(self, calibration: str) -> Calibration:
        """Close a session: from now on everybody sees the ratings. Raises Fault."""
        ...

    def agreement(self, calibration: str = "", rubric: str = "") -> Sequence[ItemAgreement]:
        """Return the agreement per item: of a calibration (Fault while it is open), or of all second ratings."""
        ...

    def teams(self) -> Sequence[str]:
        """Return the names of teams the site's list knows."""
        ...

    def report(self, scope: str, name: str, first: date, last: date, by: str) -> Report:
        """Return a report."""
        ...

    def export_report(self, report: Report, file: Path) -> None:
        """Write it as XLSX, CSV or PDF by the file's ending. Logged. Raises Fault."""
        ...
