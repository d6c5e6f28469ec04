"""The case book (우수상담 사례집): model cases kept in the personal database, and the book made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlite_utils import Database
from ulid import ULID

from app.errors import CaseFault
from app.qa import codec, rating_rows
from app.replay.model import LoadedCall
from app.replay.source import in_order
from app.store import Store
from assist.events import ArsPathKnown
from assist.mask import hide
from assist.review.cases import (
    Case,
    CaseLine,
    CaseScore,
    cover_words,
    hide_in_scores,
    lines_of,
    personal_in,
    scores_of,
)
from assist.turns import turns_in
from audio.model import Channel
from resources.notices import language, sentence
from ui.qa.case_book_print import PrintedBook, PrintedCase, PrintedLine, PrintedScore, write_html, write_pdf

ADDED: Final = "casebook-add"
WRITTEN: Final = "casebook-write"
REMOVED: Final = "casebook-remove"
"""Actions in the access log."""
LONGEST_TEXT: Final = 4000
"""Characters of a title, a lesson or a comment."""


class CaseBook:
    """Model cases of one profile. Any thread; each method reads or writes the database."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        """Stand on an open database.

        Args:
            store: The profile's.
            now: Wall clock with zone.
        """
        self._store = store
        self._now = now

    def add(
        self,
        call: LoadedCall,
        title: str,
        lesson: str = "",
        passage: tuple[float, float] = (0.0, float("inf")),
        rating_id: str = "",
        words: Sequence[str] = (),
    ) -> Case:
        """Make a case of an open call and keep it.

        Args:
            call: Its opening is in the access log already.
            title: What the case is called.
            lesson: What there is to learn.
            passage: From and to, seconds of the call.
            rating_id: A submitted rating of this call whose points and notes are shown; empty: none.
            words: Words to cover that masking does not know.

        Raises:
            CaseFault: ``casebook.no_title``, ``casebook.too_long``, ``casebook.no_words``, ``casebook.no_rating``.
            StoreFault: It could not be kept.
        """
        _check(title, lesson)
        if not title.strip():
            raise CaseFault("casebook.no_title")
        events = in_order([one.event for one in call.stored])
        turns = turns_in(events)
        lines = lines_of(turns, *passage)
        if not lines:
            raise CaseFault("casebook.no_words")
        filed = call.versions[-1].records if call.versions else ()
        menus = [event.category for event in events if isinstance(event, ArsPathKnown) and event.category]
        scores, rubric = self._rated(call, rating_id) if rating_id else ((), "")
        # What is covered in the call is covered in what was written about it too.
        hidden = (*personal_in(turns), *words)
        case = Case(
            id=str(ULID.from_datetime(self._now())),
            title=hide(" ".join(title.split()), hidden),
            made_at=self._now().isoformat(timespec="seconds"),
            category=filed[0].category if filed else next(iter(menus), ""),
            lesson=hide(lesson.strip(), hidden),
            lines=tuple(replace(line, text=hide(line.text, words)) for line in lines),
            scores=hide_in_scores(scores, hidden),
            rubric=rubric,
        )
        self._store.write(lambda db: self._put(db, case, ADDED))
        return case

    def cases(self) -> tuple[Case, ...]:
        """Return every case, oldest first."""
        sql = "SELECT body FROM qa_cases ORDER BY id"
        return self._store.read(lambda db: tuple(rating_rows.read_as(Case, str(row["body"])) for row in db.query(sql)))

    def case(self, ident: str) -> Case:
        """Return a case by its id or the beginning of it. Raises CaseFault."""
        return self._store.read(lambda db: _one(db, ident))

    def comment(self, ident: str, text: str, line: int = 0) -> Case:
        """Put a comment to a line (from 1), or, for 0, in the place of the lesson; empty takes it away.

        Raises:
            CaseFault: No such case or line, or the text is too long.
        """
        _check(text)

        def change(case: Case) -> Case:
            if not line:
                return replace(case, lesson=text.strip())
            if not 1 <= line <= len(case.lines):
                raise CaseFault("casebook.no_line", line=line, count=len(case.lines))
            lines = list(case.lines)
            lines[line - 1] = replace(lines[line - 1], comment=text.strip())
            return replace(case, lines=tuple(lines))

        return self._change(ident, change)

    def cover(self, ident: str, words: Sequence[str]) -> Case:
        """Cover words everywhere in a case; they are gone from it then. Raises CaseFault."""
        return self._change(ident, lambda case: cover_words(case, words))

    def remove(self, ident: str) -> None:
        """Take a case out for good. Raises CaseFault."""
        case = self.case(ident)

        def work(db: Database) -> None:
            db.execute("DELETE FROM qa_cases WHERE id = ?", [case.id])
            self._store.access.note(db, REMOVED, case.id)

        self._store.write(work, truncate=True)

    def write(self, file: Path, idents: Sequence[str] = (), title: str = "") -> int:
        """Write the book as PDF or HTML, by the file's ending; returns the number of cases.

        Threads: as :func:`ui.paper.pdf_of`.

        Args:
            file: Where; whole or not at all.
            idents: Cases in this order; empty: all.
            title: Title of the book; empty: the usual one.

        Raises:
            CaseFault: There is no case, or the ending is neither; Fault: the file cannot be written.
        """
        cases = tuple(self.case(ident) for ident in idents) if idents else self.cases()
        if not cases:
            raise CaseFault("casebook.empty")
        writer = {".pdf": write_pdf, ".html": write_html, ".htm": write_html}.get(file.suffix.lower())
        if writer is None:
            raise CaseFault("casebook.ending", file=file.name)

        def logged(db: Database) -> None:
            for case in cases:
                self._store.access.note(db, WRITTEN, case.id, file.suffix[1:].lower())

        self._store.write(logged)
        writer(printed(cases, title, self._now()), file)
        return len(cases)

    def _rated(self, call: LoadedCall, rating_id: str) -> tuple[tuple[CaseScore, ...], str]:
        """Return excerpts of a rating of this call, and the title of its rubric."""
        rating = self._store.read(lambda db: rating_rows.rating_of(db, rating_id))
        mine = {call.facts.header, call.facts.id} - {""}
        if rating is None or not rating.submitted_at or rating.call not in mine:
            raise CaseFault("casebook.no_rating")
        rubric = self._store.read(lambda db: rating_rows.rubric_of(db, rating.rubric, rating.rubric_version))
        return scores_of(rubric, rating), rubric.title

    def _change(self, ident: str, change: Callable[[Case], Case]) -> Case:
        def work(db: Database) -> Case:
            case = change(_one(db, ident))
            self._put(db, case, "")
            return case

        # What was covered must not stay readable in the journal.
        return self._store.write(work, truncate=True)

    def _put(self, db: Database, case: Case, action: str) -> None:
        row = {"id": case.id, "title": case.title, "made_at": case.made_at, "body": codec.dump(case)}
        db.table("qa_cases").insert(row, replace=True)
        if action:
            self._store.access.note(db, action, case.id)


def _one(db: Database, ident: str) -> Case:
    begins = "".join(char for char in ident.upper() if char.isalnum())
    sql = "SELECT body FROM qa_cases WHERE id = :id OR (:begins != '' AND id LIKE :begins || '%') ORDER BY id LIMIT 2"
    found = [str(row["body"]) for row in db.query(sql, {"id": ident, "begins": begins})]
    if len(found) != 1:
        raise CaseFault("casebook.unclear" if found else "casebook.none", id=ident[:26])
    return rating_rows.read_as(Case, found[0])


def printed(cases: Sequence[Case], title: str, now: datetime) -> PrintedBook:
    """Return what a book of cases shows, in the language of sentences."""
    whole = title.strip() or sentence("casebook.title")
    return PrintedBook(
        language=language(),
        title=Case("", whole, "", "", "", ()).title,
        made=sentence("casebook.made", day=now.date().isoformat(), count=len(cases)),
        covered=sentence("casebook.covered"),
        hidden=sentence("casebook.hidden"),
        contents=sentence("casebook.contents"),
        page=sentence("casebook.page", page="{page}", pages="{pages}"),
        cases=tuple(printed_case(number, case) for number, case in enumerate(cases, 1)),
    )


def printed_case(number: int, case: Case) -> PrintedCase:
    """Return what one case shows, in the language of sentences."""
    return PrintedCase(
        number=sentence("casebook.number", number=number),
        title=case.title,
        category=sentence("casebook.category", category=case.category) if case.category else "",
        lesson_title=sentence("casebook.lesson"),
        lesson=tuple(part for part in case.lesson.splitlines() if part.strip()),
        talk_title=sentence("casebook.talk"),
        comment_name=sentence("casebook.comment"),
        lines=tuple(_printed_line(line) for line in case.lines),
        scores_title=sentence("casebook.scores", rubric=case.rubric) if case.scores else "",
        scores_head=(sentence("casebook.item"), sentence("casebook.points"), sentence("casebook.why")),
        scores=tuple(
            PrintedScore(
                f"{score.skill} · {score.item}",
                sentence("casebook.of", points=score.points, most=score.most),
                score.note,
                tuple(sentence("casebook.quote", words=words) for words in score.words),
            )
            for score in case.scores
        ),
    )


def _printed_line(line: CaseLine) -> PrintedLine:
    side = "agent" if line.speaker is Channel.AGENT else "caller"
    minutes, seconds = divmod(int(line.at_s), 60)
    return PrintedLine(f"{minutes:02d}:{seconds:02d}", side, sentence(f"audio.speaker_{side}"), line.text, line.comment)


def _check(*texts: str) -> None:
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise CaseFault("casebook.too_long", limit=LONGEST_TEXT)
