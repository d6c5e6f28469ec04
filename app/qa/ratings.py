"""Ratings on the personal database: drafts, submitting, who may see what, objections, coaching tasks.

A submitted rating is never changed. Whoever rates blind sees nothing of others before he has submitted. Only a person
gives points: what the program found in a call is offered beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from sqlite_utils import Database
from ulid import ULID

from app.errors import QaFault
from app.qa import coaching
from app.qa import rating_rows as rows
from app.qa.rating_rules import MAX_TEXT, check_text, checked, tidy
from app.qa.rating_views import filled, letter_of, sees_others, visible
from app.store import Store
from assist.review.model import Answer, CoachingTask, Letter, Observation, Rating, Rubric, Settlement
from assist.review.objections import open_objection, was_accepted
from assist.review.rubric_file import RubricShelf
from assist.review.totals import check_complete, totals
from ui.qa.ports import RatingRow
from ui.replay.ports import ReplayCall


class Post(Protocol):
    """Takes letters to the outbox. Filled by :class:`app.qa.post.TrainerPost`."""

    def send_letter(self, letter: Letter, also: Callable[[Database], object]) -> None:
        """Seal a rating for the desk of the call it is about; durable when it returns, together with ``also``.

        Raises Fault: that desk is not known, or what ``also`` raises.
        """
        ...


class Unposted:
    """A PC without an exchange: ratings stay where they are."""

    def send_letter(self, letter: Letter, also: Callable[[Database], object]) -> None:
        """Refuse. Raises QaFault ``qa.no_exchange``."""
        raise QaFault("qa.no_exchange")


@dataclass(frozen=True, slots=True)
class RatingParts:
    """What ratings are made with."""

    rater: Callable[[], str]
    """Name of the profile at work. Cheap."""
    shelf: Callable[[], RubricShelf]
    observe: Callable[[ReplayCall], Sequence[Observation]]
    now: Callable[[], datetime]
    """Wall clock with zone."""
    post: Post = field(default_factory=Unposted)
    tell: Callable[[], object] = lambda: None
    """Called when the other trainers' PCs are to be told of something."""


class Ratings:
    """Fills :class:`ui.qa.ports.RatingServices`. Methods from any thread but ``store``."""

    def __init__(self, store: Store, parts: RatingParts) -> None:
        self._store = store
        self._parts = parts

    # -- rubrics --------------------------------------------------------------------------------------------

    def rubrics(self) -> Sequence[Rubric]:
        """Return the rubrics that can be used."""
        return self._parts.shelf().rubrics

    def rubric_faults(self) -> Sequence[str]:
        """Return a sentence for each rubric file that cannot be used."""
        return [str(fault) for fault in self._parts.shelf().faults]

    def rubric(self, ident: str, version: int) -> Rubric:
        """Return a rubric as ratings used it. Raises QaFault, StoreFault."""
        return self._store.read(lambda db: rows.rubric_of(db, ident, version))

    def rater(self) -> str:
        """Return who rates here. Cheap."""
        return self._parts.rater()

    def observations(self, call: ReplayCall) -> Sequence[Observation]:
        """Return the automatic evidence of a call."""
        return self._parts.observe(call)

    # -- reading --------------------------------------------------------------------------------------------

    def of_call(self, call: str) -> Sequence[RatingRow]:
        """Return the ratings of a call, oldest first; hidden as the contract says. Raises StoreFault."""
        return self._store.read(lambda db: visible(db, self.rater(), rows.ratings_of_call(db, call)))

    def reveal(self, call: str) -> Sequence[RatingRow]:
        """Return the ratings of a call with those of others.

        Raises:
            QaFault: ``qa.blind_begun``: this rater has a blind draft of it.
        """
        rater, at = self.rater(), self._at()

        def work(db: Database) -> None:
            if call in rows.own_calls(db, rater)[0]:
                raise QaFault("qa.blind_begun")
            rows.put_looked(db, call, rater, at)

        self._store.write(work)
        return self.of_call(call)

    def history(self, counsellor: str) -> Sequence[RatingRow]:
        """Return a counsellor's submitted ratings by time of the call. Raises StoreFault."""
        return self._store.read(lambda db: visible(db, self.rater(), rows.submitted(db, counsellor)))

    def submitted(self, counsellor: str = "", *, overturned: bool = False) -> Sequence[RatingRow]:
        """Return submitted ratings for statistics over many, none hidden but those of calls this rater rates blind.

        Never for showing one by one. A rating whose objection was accepted counts no longer: it is left out unless
        ``overturned``, with which it can be said that there was one.
        """
        rater = self.rater()

        def work(db: Database) -> Sequence[RatingRow]:
            blind, _ = rows.own_calls(db, rater)
            own = rows.own_ids(db, rater)
            kept = [one for one in rows.submitted(db, counsellor) if one.id in own or one.call not in blind]
            return [row for row in filled(db, rater, kept) if overturned or not was_accepted(row.settlements)]

        return self._store.read(work)

    def in_calibration(self, calibration: str) -> Sequence[RatingRow]:
        """Return the ratings of a calibration; nothing while it is open. Raises StoreFault."""
        rater = self.rater()

        def work(db: Database) -> Sequence[RatingRow]:
            if calibration not in rows.closed_calibrations(db):
                return ()
            return filled(db, rater, rows.submitted_in(db, calibration))

        return self._store.read(work)

    def counsellors(self) -> Sequence[str]:
        """Return the codes there are ratings or headers of, sorted by code. Raises StoreFault."""
        return self._store.read(rows.codes)

    # -- rating ---------------------------------------------------------------------------------------------

    def begin(self, call: ReplayCall, rubric: Rubric, blind: bool = False, calibration: str = "") -> Rating:
        """Begin a rating by this rater, or return the draft there is.

        Raises:
            QaFault: ``qa.already_rated``, ``qa.not_blind`` (the others' ratings were looked at, or are shown to him),
                ``qa.calibration_closed``, ``qa.rubric_changed``.
        """
        facts, rater = call.facts, self.rater()
        made = Rating(
            id=str(ULID()),
            call=facts.header or facts.id,
            counsellor=facts.counsellor,
            call_at=facts.started_at,
            rubric=rubric.id,
            rubric_version=rubric.version,
            rater=rater,
            started_at=self._at(),
            blind=blind,
            calibration=calibration,
        )

        def work(db: Database) -> Rating:
            every, mine = rows.ratings_of_call(db, made.call), rows.own_ids(db, rater)
            own = [one for one in every if one.id in mine and one.calibration == calibration]
            draft = next((one for one in own if not one.submitted_at), None)
            if draft is not None:
                return draft
            words = rows.words_of(db, [one.id for one in own])
            if any(one.rubric == rubric.id and not was_accepted(words[one.id][1]) for one in own):
                raise QaFault("qa.already_rated")
            if blind and (made.call in rows.looked(db, rater) or sees_others(db, rater, every)):
                raise QaFault("qa.not_blind")
            if calibration and calibration in rows.closed_calibrations(db):
                raise QaFault("qa.calibration_closed")
            rows.keep_rubric(db, rubric)
            rows.put_rating(db, made)
            return made

        return self._store.write(work)

    def keep(self, rating: Rating) -> None:
        """Keep a draft; durable when it returns. Only what a rater writes is taken.

        Raises:
            QaFault, RatingRefused: ``qa.submitted``, ``qa.no_rating``, ``qa.not_own``, or it breaks its rubric
                (:func:`tidy`).
        """

        def work(db: Database) -> None:
            rows.put_rating(db, self._draft(db, rating)[1])

        self._store.write(work)

    def drop(self, rating_id: str) -> None:
        """Throw an own draft away; its tasks stay.

        Raises:
            QaFault: ``qa.submitted``, ``qa.no_rating``, ``qa.not_own``.
        """
        at = self._at()

        def work(db: Database) -> None:
            self._own(db, rating_id)
            rows.drop_draft(db, rating_id)
            coaching.untie(db, rating_id, at)

        self._store.write(work)
        self._parts.tell()

    def submit(self, rating: Rating) -> RatingRow:
        """Submit; from now on it is never changed. The other trainers' PCs are told.

        Raises:
            QaFault, RatingRefused: As :meth:`keep`; items are open, or an item has points that its needs do not allow.
        """
        at = self._at()

        def work(db: Database) -> RatingRow:
            rubric, draft = self._draft(db, rating)
            check_complete(rubric, draft)
            done = tidy(rubric, replace(draft, submitted_at=at))
            rows.put_rating(db, done)
            return RatingRow(done, totals(rubric, done), own=True)

        row = self._store.write(work)
        self._parts.tell()
        return row

    def _own(self, db: Database, rating_id: str) -> Rating:
        kept = rows.rating_of(db, rating_id)
        if kept is None:
            raise QaFault("qa.no_rating")
        if kept.rater != self.rater():
            raise QaFault("qa.not_own")
        if kept.submitted_at:
            raise QaFault("qa.submitted")
        return kept

    def _draft(self, db: Database, rating: Rating) -> tuple[Rubric, Rating]:
        kept = self._own(db, rating.id)
        rubric = rows.rubric_of(db, kept.rubric, kept.rubric_version)
        taken = replace(
            kept,
            scores=rating.scores,
            faults=rating.faults,
            note=rating.note,
            pending=rating.pending,
            grounds=rating.grounds,
        )
        return rubric, tidy(rubric, taken)

    # -- letters, objections --------------------------------------------------------------------------------

    def letter(self, rating_id: str) -> Letter:
        """Return what a desk or another trainer is told of a submitted rating. Raises QaFault."""
        return self._store.read(lambda db: letter_of(db, rating_id))

    def send(self, rating_id: str) -> None:
        """Seal a submitted rating for the counsellor's desk; again: with what was added since.

        Raises:
            QaFault: ``qa.no_rating``, ``qa.not_submitted``, ``qa.not_sent_on`` (a calibration is no counsellor's),
                ``qa.no_exchange``; or the desk is not known.
        """
        letter = self.letter(rating_id)
        if letter.rating.calibration:
            raise QaFault("qa.not_sent_on")
        sent = replace(letter.rating, sent_at=letter.rating.sent_at or self._at())
        self._parts.post.send_letter(replace(letter, rating=sent), lambda db: rows.put_rating(db, sent))
        self._parts.tell()

    def settle(self, rating_id: str, accepted: bool, text: str) -> None:
        """Answer an objection; the counsellor and the other trainers are told.

        Raises:
            QaFault: ``qa.no_objection``, ``qa.text_wanted``, ``qa.text_too_long``.
        """
        words = check_text(text)

        def asked(db: Database) -> Answer:
            objection = open_objection(*rows.words_of(db, [rating_id])[rating_id])
            if objection is None:
                raise QaFault("qa.no_objection")
            return objection

        objection = self._store.read(asked)
        made = Settlement(rating_id, self._at(), accepted, words, self.rater(), objection.at)

        def work(db: Database) -> None:
            asked(db)
            rows.add_settlement(db, made)
            rows.set_shared(db, rating_id, shared=False)

        letter = self.letter(rating_id)
        self._parts.post.send_letter(replace(letter, settlements=(*letter.settlements, made)), work)
        self._parts.tell()

    def take_answer(self, answer: Answer) -> bool:
        """Take the counsellor's word in; returns whether it was new and about a rating that is known here."""

        def work(db: Database) -> bool:
            rating = rows.rating_of(db, answer.rating)
            if rating is None or not rating.submitted_at:
                return False
            return rows.add_answer(db, replace(answer, text=answer.text[:MAX_TEXT]))

        return self._store.write(work)

    def take_shared(self, letter: Letter) -> bool:
        """Take another trainer's submitted rating in; returns whether anything was new.

        Raises:
            RubricRefused, RatingRefused, QaFault: It breaks its rubric, or another rubric was used under that id and
                version; nothing was taken.
        """
        letter = checked(letter)
        came, rubric = letter.rating, letter.rubric

        def work(db: Database) -> bool:
            rows.keep_rubric(db, rubric)
            kept = rows.rating_of(db, came.id)
            if kept is None:
                rows.put_rating(db, came, shared=True, came=True)
            elif not kept.submitted_at:
                raise QaFault("qa.rating_broken")  # a draft here is nobody else's rating
            was_sent = kept is not None and bool(came.sent_at and not kept.sent_at)
            if was_sent:  # what was added here meanwhile still goes to the others
                rows.put_rating(db, came, shared=came.id not in rows.unshared(db))
            added = [rows.add_settlement(db, one) for one in letter.settlements if one.rating == came.id]
            return kept is None or was_sent or any(added)

        return self._store.write(work)

    # -- coaching -------------------------------------------------------------------------------------------

    def tasks(self, counsellor: str = "") -> Sequence[CoachingTask]:
        """Return coaching tasks, open ones first, by day; those of ratings that are hidden from this rater are too."""
        return self._store.read(lambda db: coaching.seen_tasks(db, self.rater(), counsellor))

    def keep_task(self, task: CoachingTask) -> None:
        """Add or change a task; an empty id makes a new one. The other trainers' PCs are told.

        Raises:
            QaFault: ``qa.text_wanted``, ``qa.text_too_long``, ``qa.no_day``, ``qa.no_counsellor``.
        """
        if not task.counsellor:
            raise QaFault("qa.no_counsellor")
        for day in filter(None, (task.due,)):
            try:
                date.fromisoformat(day)
            except ValueError:
                raise QaFault("qa.no_day") from None
        text = check_text(task.text)
        at = self._at()
        kept = replace(task, id=task.id or str(ULID()), text=text, made_at=task.made_at or at)
        self._store.write(lambda db: coaching.keep(db, kept, at))
        self._parts.tell()

    def take_task(self, body: Mapping[str, Any]) -> bool:
        """Take in what another trainer's PC tells of a task; returns whether anything was new. Raises QaFault."""
        return self._store.write(lambda db: coaching.take(db, body))

    def _at(self) -> str:
        return self._parts.now().isoformat()
