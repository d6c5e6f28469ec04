"""How a counsellor's letters and drawn calls stand in the lists: two lines each, the state in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from assist.review.model import AnswerKind
from assist.review.objections import open_objection, was_accepted
from ui.qa import evidence_words
from ui.qa.ports import DrawnRow, LetterRow
from ui.wording import full_day


def is_waiting(row: LetterRow) -> bool:
    """Whether an objection waits for the trainers' answer."""
    return open_objection(row.answers, row.letter.settlements) is not None


def letter_lines(row: LetterRow, inquiry: str = "") -> str:
    """Return when the call was and what was asked, and below it who rated it and what became of the letter."""
    one = row.letter.rating
    facts = [QCoreApplication.translate("LettersWindow", "from {rater}").format(rater=one.rater)]
    if not row.seen_at:
        facts.insert(0, QCoreApplication.translate("LettersWindow", "new"))
    if was_accepted(row.letter.settlements):
        facts.append(evidence_words.overturned())
    elif is_waiting(row):
        facts.append(QCoreApplication.translate("LettersWindow", "objection sent"))
    elif any(answer.kind is AnswerKind.SEEN for answer in row.answers):
        facts.append(QCoreApplication.translate("LettersWindow", "acknowledged"))
    title = QCoreApplication.translate("LettersWindow", "Call of {day}").format(day=full_day(one.call_at))
    title = f"{title} · {inquiry}" if inquiry else title
    return f"{title}\n{' · '.join(facts)}"


def drawn_lines(row: DrawnRow) -> str:
    """Return when the call was and what was asked, and below it how far it is and for which plan."""
    gone = QCoreApplication.translate("LettersWindow", "A call that is gone")
    day = full_day(row.started_at) if row.started_at else gone
    title = f"{day} · {row.inquiry}" if row.inquiry else day
    plan = QCoreApplication.translate("LettersWindow", "plan: {title}").format(title=row.plan)
    return f"{title}\n{_state(row)} · {plan}"


def _state(row: DrawnRow) -> str:
    state = {
        "drawn": QCoreApplication.translate("LettersWindow", "drawn for quality assurance"),
        "sealed": QCoreApplication.translate("LettersWindow", "sealed for the trainers"),
        "fetched": QCoreApplication.translate("LettersWindow", "fetched by the trainers"),
        "released": QCoreApplication.translate("LettersWindow", "no longer kept for it"),
    }.get(row.state, row.state)
    kept = QCoreApplication.translate("LettersWindow", "kept until {day}").format(day=row.until[:10])
    return f"{state} · {kept}" if row.state in ("drawn", "sealed") else state
