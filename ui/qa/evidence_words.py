"""Places in a call and what the program found there, in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QCoreApplication

from assist.review.model import Evidence, EvidenceKind, Item, ItemScore, Observation, ObservationKind, Rubric, Total
from ui.i18n import QT_TRANSLATE_NOOP
from ui.qa.report_values import figure
from ui.wording import clock

_KINDS: Final = {
    EvidenceKind.SPAN: QT_TRANSLATE_NOOP("Review", "Stretch"),
    EvidenceKind.TURN: QT_TRANSLATE_NOOP("Review", "Turn"),
    EvidenceKind.CARD: QT_TRANSLATE_NOOP("Review", "Answer on the screen"),
    EvidenceKind.WARNING: QT_TRANSLATE_NOOP("Review", "Warning"),
    EvidenceKind.NUMBER: QT_TRANSLATE_NOOP("Review", "Number"),
    EvidenceKind.RECORD: QT_TRANSLATE_NOOP("Review", "Record"),
    EvidenceKind.BOOKMARK: QT_TRANSLATE_NOOP("Review", "Mark"),
    EvidenceKind.OBSERVATION: QT_TRANSLATE_NOOP("Review", "Found by the program"),
}
_SEEN: Final = {
    ObservationKind.GREETING: QT_TRANSLATE_NOOP("Review", "Greeting"),
    ObservationKind.IDENTIFICATION: QT_TRANSLATE_NOOP("Review", "Identification"),
    ObservationKind.HOLD_ANNOUNCED: QT_TRANSLATE_NOOP("Review", "Hold announced"),
    ObservationKind.CLOSING: QT_TRANSLATE_NOOP("Review", "Closing words"),
    ObservationKind.INTERRUPTION: QT_TRANSLATE_NOOP("Review", "Interruption"),
    ObservationKind.SILENCE: QT_TRANSLATE_NOOP("Review", "Long silence"),
    ObservationKind.SPEAKING_SHARE: QT_TRANSLATE_NOOP("Review", "Counsellor's share of speaking"),
    ObservationKind.ANSWER_AGAINST_ENTRY: QT_TRANSLATE_NOOP("Review", "Answer against the entry used"),
    ObservationKind.FIGURE_AGAINST_ENTRY: QT_TRANSLATE_NOOP("Review", "Figure against the entry used"),
}
_ASPECTS: Final = {
    (ObservationKind.IDENTIFICATION, "named"): QT_TRANSLATE_NOOP("Review", "Named himself or the centre"),
    (ObservationKind.IDENTIFICATION, "confirmed"): QT_TRANSLATE_NOOP("Review", "Made sure who or what it is about"),
    (ObservationKind.HOLD_ANNOUNCED, "hold"): QT_TRANSLATE_NOOP("Review", "Hold of the line announced"),
    (ObservationKind.HOLD_ANNOUNCED, "search"): QT_TRANSLATE_NOOP("Review", "Wait announced"),
    (ObservationKind.CLOSING, "more_questions"): QT_TRANSLATE_NOOP("Review", "Asked for further questions"),
    (ObservationKind.CLOSING, "goodbye"): QT_TRANSLATE_NOOP("Review", "Good-bye"),
    (ObservationKind.FIGURE_AGAINST_ENTRY, "elsewhere"): QT_TRANSLATE_NOOP(
        "Review", "Figure stands in the entry beside another word"
    ),
    (ObservationKind.INTERRUPTION, "agent"): QT_TRANSLATE_NOOP("Review", "Counsellor began while the caller spoke"),
    (ObservationKind.INTERRUPTION, "caller"): QT_TRANSLATE_NOOP("Review", "Caller began while the counsellor spoke"),
}
_SECONDS: Final = (ObservationKind.HOLD_ANNOUNCED, ObservationKind.INTERRUPTION, ObservationKind.SILENCE)


def said(words: object) -> str:
    """Return words of this module, marked for translation, in the interface language."""
    return QCoreApplication.translate("Review", str(words))


def span(start_s: float, end_s: float) -> str:
    """Return a stretch of the call as ``MM:SS–MM:SS``; empty where there is none."""
    if end_s <= 0:
        return ""
    return clock(start_s) if int(start_s) == int(end_s) else f"{clock(start_s)}–{clock(end_s)}"


def evidence_kind(one: Evidence) -> str:
    """Return what is pointed at; of something the program found, what it is."""
    if one.kind is EvidenceKind.OBSERVATION:
        name = one.ref.partition(".")[0]
        known = {kind.value: words for kind, words in _SEEN.items()}
        if name in known:
            return said(known[name])
    return said(_KINDS[one.kind])


def evidence_lines(one: Evidence) -> str:
    """Return two lines: what and when; the words."""
    head = " · ".join(part for part in (evidence_kind(one), span(one.start_s, one.end_s)) if part)
    return f"{head}\n{one.words or '–'}"


def observation_lines(one: Observation) -> str:
    """Return two lines: what was looked for, when it was; what was said, or that it was not found."""
    head = (_looked_for(one), span(one.start_s, one.end_s), _value_of(one))
    return " · ".join(part for part in head if part) + "\n" + (_outcome(one) or "–")


def observed(one: Observation) -> str:
    """Return in one line what the program found, to be kept as the words of evidence; also that it found nothing."""
    aspect = _looked_for(one) if (one.kind, one.aspect) in _ASPECTS else ""
    return " · ".join(part for part in (aspect, _value_of(one), _outcome(one)) if part)


def _looked_for(one: Observation) -> str:
    return said(_ASPECTS.get((one.kind, one.aspect), _SEEN[one.kind]))


def _value_of(one: Observation) -> str:
    if one.value is None:
        return ""
    if one.kind in _SECONDS:
        return said(QT_TRANSLATE_NOOP("Review", "{seconds} s")).format(seconds=f"{one.value:.1f}")
    return f"{round(one.value * 100)}%"


def _outcome(one: Observation) -> str:
    """Return what was said, or that it was not found; empty where there is nothing to tell."""
    if not one.found and one.kind is ObservationKind.FIGURE_AGAINST_ENTRY:
        words = said(QT_TRANSLATE_NOOP("Review", "Not in the entry. Said: {said} · in the entry: {expected}"))
        return words.format(said=one.said, expected=one.expected or "–")
    if not one.found and one.end_s > 0:
        return said(QT_TRANSLATE_NOOP("Review", "Not found at this place"))
    if not one.found:
        return said(QT_TRANSLATE_NOOP("Review", "Looked for in the whole call and not found"))
    if one.expected:
        words = said(QT_TRANSLATE_NOOP("Review", "Said: {said} · in the entry: {expected}"))
        return words.format(said=one.said or "–", expected=one.expected)
    return one.said


def points_words(item: Item, score: ItemScore | None) -> str:
    """Return what an item got, in words."""
    if score is None:
        return said(QT_TRANSLATE_NOOP("Review", "Not rated yet"))
    if score.points is None:
        return said(QT_TRANSLATE_NOOP("Review", "Does not apply"))
    words = said(QT_TRANSLATE_NOOP("Review", "{points} of {most} points"))
    return words.format(points=score.points, most=item.points)


def titles(rubric: Rubric) -> dict[str, str]:
    """Return what the items and critical faults of a rubric are called, by id: an objection names either."""
    items = {item.id: item.title for item in rubric.items}
    return items | {fault.id: fault.title for fault in rubric.faults}


def overturned() -> str:
    """Return what is said of a rating to which an objection was found right."""
    return said(QT_TRANSLATE_NOOP("Review", "objection accepted: does not count"))


def total_words(rubric: Rubric, total: Total, faults: Collection[str] = ()) -> str:
    """Return what a rating adds up to, the skills behind the whole; why one is empty, and whether some is still open.

    Args:
        rubric: Of the rating.
        total: What it adds up to.
        faults: Ids of the critical faults it names.
    """
    titles = {skill.id: skill.title for skill in rubric.skills}
    emptied: dict[str, list[str]] = {}
    for fault in rubric.faults:
        if fault.id in faults:
            emptied.setdefault(fault.zeroes, []).append(fault.title)

    def value(of: str, number: float | None) -> str:
        words = said(QT_TRANSLATE_NOOP("Review", "{value} (critical fault: {faults})"))
        plain = figure(number)
        return words.format(value=plain, faults=", ".join(emptied[of])) if of in emptied else plain

    whole = said(
        QT_TRANSLATE_NOOP("Review", "Total of the items rated {value}")
        if total.open_items and total.whole is not None
        else QT_TRANSLATE_NOOP("Review", "Total {value}")
    )
    skills = (f"{titles.get(skill, skill)} {value(skill, number)}" for skill, number in total.skills)
    return " · ".join((whole.format(value=value("", total.whole)), *skills))
