"""The counsellor's side of quality assurance: ratings that came as sealed letters, and the counsellor's word on them.

Nothing is scored or compared here: letters are shown as trainers wrote them, each beside the own call it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from app.errors import QaFault
from app.qa import codec
from app.qa import rating_rows as rows
from app.qa.rating_rules import check_text, checked
from app.store import Store
from assist.mask import mask
from assist.review.model import Answer, AnswerKind, Letter, Rating
from assist.review.objections import open_objection, was_accepted
from ui.qa.ports import DrawnRow, LetterRow

_SESSION: Final = """
    SELECT h.session_id FROM qa_headers h WHERE h.header_id = ?
    UNION ALL SELECT d.session_id FROM qa_drawn d WHERE d.header_id = ? LIMIT 1
"""
_LETTERS: Final = """
    SELECT l.rating_id, l.received_at, l.seen_at, l.body, coalesce(s.id, '') AS session_id
    FROM qa_letters l LEFT JOIN sessions s ON s.id = l.session_id ORDER BY l.received_at DESC, l.rating_id DESC
"""
_DRAWN: Final = """
    SELECT d.session_id, coalesce(s.started_at, '') AS started_at, d.drawn_at, d.state, d.until,
      iif(d.title = '', d.plan_id, d.title) AS plan
    FROM qa_drawn d LEFT JOIN sessions s ON s.id = d.session_id ORDER BY d.drawn_at DESC, d.header_id
"""

_ANY: Final = "SELECT EXISTS (SELECT 1 FROM qa_letters) OR EXISTS (SELECT 1 FROM qa_drawn)"
_UNSEEN: Final = "SELECT count(*) FROM qa_drawn WHERE told < 2 AND state <> 'released'"


class Letters:
    """Fills :class:`ui.qa.ports.LetterServices`. Methods from any thread but ``store``."""

    def __init__(
        self,
        store: Store,
        send_answer: Callable[[Answer, Callable[[Database], bool]], object],
        now: Callable[[], datetime],
        is_on: Callable[[], bool] = lambda: True,
    ) -> None:
        """Keep letters.

        Args:
            store: The desk's own.
            send_answer: Seals the counsellor's word for the trainers and puts it into the outbox, in the transaction in
                which the second value keeps it and tells that it is new; durable when it returns. Raises Fault.
            now: Wall clock with zone.
            is_on: Whether this desk takes part now; cheap.
        """
        self._store = store
        self._is_on = is_on
        self._has_any = bool(store.read(lambda db: db.execute(_ANY).fetchone()[0]))
        self._send = send_answer
        self._now = now

    def letters(self) -> Sequence[LetterRow]:
        """Return the letters, newest first. Raises StoreFault."""

        def work(db: Database) -> list[LetterRow]:
            found = list(db.query(_LETTERS))
            words = rows.words_of(db, [str(row["rating_id"]) for row in found])
            return [
                LetterRow(
                    rows.read_as(Letter, row["body"]),
                    str(row["session_id"]),
                    str(row["received_at"]),
                    str(row["seen_at"]),
                    words[row["rating_id"]][0],
                )
                for row in found
            ]

        return self._store.read(work)

    def drawn(self) -> Sequence[DrawnRow]:
        """Return the own calls that were drawn, newest first; of one that is gone the time is empty."""

        def work(db: Database) -> list[DrawnRow]:
            return [
                DrawnRow(
                    session_id=row["session_id"],
                    started_at=row["started_at"],
                    plan=row["plan"],
                    drawn_at=row["drawn_at"],
                    state=row["state"],
                    until=row["until"],
                )
                for row in db.query(_DRAWN)
            ]

        found = self._store.read(work)
        return [replace(row, inquiry=self._inquiry(row.session_id)) if row.started_at else row for row in found]

    def _inquiry(self, session_id: str) -> str:
        lines = [line for record in self._store.records(session_id) for line in record.inquiry]
        return mask(lines[0])[0] if lines else ""

    def unseen(self) -> int:
        """Return how many drawn calls were not looked at yet. Cheap. Raises StoreFault."""
        count = int(self._store.read(lambda db: db.execute(_UNSEEN).fetchone()[0]))
        self._has_any = self._has_any or count > 0
        return count

    def saw(self) -> None:
        """Note that the drawn calls were looked at; nobody is told. Raises StoreFault."""
        self._store.write(lambda db: db.execute("UPDATE qa_drawn SET told = 2 WHERE told < 2"))

    def takes_part(self) -> bool:
        """See :class:`ui.qa.ports.LetterServices`."""
        return self._is_on()

    def has_any(self) -> bool:
        """See :class:`ui.qa.ports.LetterServices`. What is drawn later counts from the next :meth:`unseen`."""
        return self._has_any

    def unread(self) -> int:
        """Return how many letters were not opened yet, or were added to since. Cheap. Raises StoreFault."""
        sql = "SELECT count(*) FROM qa_letters WHERE seen_at = ''"
        return int(self._store.read(lambda db: db.execute(sql).fetchone()[0]))

    def opened(self, rating_id: str) -> None:
        """Note that a letter was opened; nobody is told. Raises StoreFault."""
        sql = "UPDATE qa_letters SET seen_at = ? WHERE rating_id = ? AND seen_at = ''"
        at = self._now().isoformat()
        self._store.write(lambda db: db.execute(sql, [at, rating_id]))

    def answer(self, rating_id: str, kind: AnswerKind, items: tuple[str, ...] = (), text: str = "") -> None:
        """Acknowledge or object; the word is kept and goes to the trainers.

        To acknowledge again, or to object again in the same words while they wait for an answer, says nothing new.

        Raises:
            QaFault: ``qa.no_letter``, ``qa.objection_open``, ``qa.text_wanted``, ``qa.text_too_long``,
                ``qa.rating_broken`` (an item the rubric does not have, or a critical fault the rating does not name),
                ``qa.objection_done`` (one was accepted: the rating counts no longer).
        """
        words = check_text(text) if kind is AnswerKind.OBJECTED or text.strip() else ""
        made = Answer(rating_id, self._now().isoformat(), kind, items, words)

        def is_new(db: Database) -> bool:
            letter = self._letter(db, rating_id)
            if letter is None:
                raise QaFault("qa.no_letter")
            known = {*(item.id for item in letter.rubric.items), *letter.rating.faults}
            for item in items:
                if item not in known:
                    raise QaFault("qa.rating_broken")
            if kind is AnswerKind.OBJECTED and was_accepted(letter.settlements):
                raise QaFault("qa.objection_done")
            answers, _ = rows.words_of(db, [rating_id])[rating_id]
            if kind is AnswerKind.OBJECTED and (stands := open_objection(answers, letter.settlements)) is not None:
                if (stands.items, stands.text) != (items, words):
                    raise QaFault("qa.objection_open")
                return False
            return kind is AnswerKind.OBJECTED or all(one.kind is not kind for one in answers)

        if self._store.read(is_new):
            self._send(made, lambda db: is_new(db) and rows.add_answer(db, made))

    def take(self, letter: Letter) -> bool:
        """Take a letter in that came for this desk; returns whether it was new or told something new.

        A letter about a rating that is here already adds tasks and settlements; the rating itself stays as it came.

        Raises:
            QaFault, RatingRefused, RubricRefused: Not a submitted rating, or it breaks its rubric; nothing was taken.
        """
        fresh = checked(letter)
        came = fresh.rating
        at = self._now().isoformat()

        def work(db: Database) -> bool:
            kept = self._letter(db, came.id)
            session = db.execute(_SESSION, [came.call, came.call]).fetchone()
            is_here = session and db.execute("SELECT 1 FROM sessions WHERE id = ?", [session[0]]).fetchone()
            wanted = fresh if is_here else replace(fresh, rating=_wordless(came))
            if kept is not None:
                wanted = _joined(kept, fresh)
            if wanted == kept:
                return False
            row = {
                "rating_id": came.id,
                "session_id": session[0] if session else "",
                "received_at": at,
                "seen_at": "",
                "body": codec.dump(wanted),
            }
            db.table("qa_letters").insert(row, replace=True)
            return True

        is_new = self._store.write(work)
        self._has_any = self._has_any or is_new
        return is_new

    def forget(self) -> int:
        """Take the words of calls that are gone out of their letters; returns how many. For the start of a desk.

        Points, notes and places stay: they are about the counsellor's work and not the caller's words.
        """
        sql = "SELECT rating_id, body FROM qa_letters WHERE session_id NOT IN (SELECT id FROM sessions)"

        def work(db: Database) -> int:
            done = 0
            for row in list(db.query(sql)):
                letter = rows.read_as(Letter, row["body"])
                bare = replace(letter, rating=_wordless(letter.rating))
                if bare != letter:
                    change = "UPDATE qa_letters SET body = ? WHERE rating_id = ?"
                    db.execute(change, [codec.dump(bare), row["rating_id"]])
                    done += 1
            return done

        return self._store.write(work)

    @staticmethod
    def _letter(db: Database, rating_id: str) -> Letter | None:
        found = db.execute("SELECT body FROM qa_letters WHERE rating_id = ?", [rating_id]).fetchone()
        return rows.read_as(Letter, found[0]) if found else None


def _joined(kept: Letter, came: Letter) -> Letter:
    """Return a letter with what a later one adds.

    Raises:
        QaFault: ``qa.rating_broken``: the later one holds another rating under the same id.
    """
    if _same(kept.rating) != _same(came.rating) or kept.rubric != came.rubric:
        raise QaFault("qa.rating_broken")
    tasks = {task.id: task for task in (*kept.tasks, *came.tasks)}
    settlements = {(one.at, one.text): one for one in (*kept.settlements, *came.settlements)}
    in_order = tuple(sorted(settlements.values(), key=lambda one: one.at))
    return replace(kept, tasks=tuple(tasks.values()), settlements=in_order)


def _same(rating: Rating) -> Rating:
    """Return what two letters about one rating must have in common."""
    return replace(_wordless(rating), sent_at="")


def _wordless(rating: Rating) -> Rating:
    """Return a rating whose evidence holds no words of the call."""
    scores = (
        replace(score, evidence=tuple(replace(one, words="") for one in score.evidence)) for score in rating.scores
    )
    return replace(rating, scores=tuple(scores))
