"""Model cases (우수상담 사례): a call's transcript with a trainer's commentary, personal data covered.

A :class:`Case` cannot hold what masking finds: making one covers its texts, however it comes about (from a call, out
of the database, changed by a trainer). Masking knows forms and contexts, not every name; a trainer reads the case
before it goes out, and covers what is left by :func:`cover_words`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from assist.mask import cover, cover_call, find_in_turns, hide, mask, personal_words
from assist.model import Turn
from assist.review.model import Evidence, EvidenceKind, Rating, Rubric
from audio.model import Channel

_WAY: Final = "1"
"""Raise it where masking finds more than before: every kept case is then covered anew."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What one side said, covered."""

    at_s: float
    """Seconds from the beginning of the call."""
    speaker: Channel
    text: str
    comment: str = ""
    """The trainer's word on it."""


@dataclass(frozen=True, slots=True)
class CaseScore:
    """What a rater gave one item, and why."""

    skill: str
    """Title of the skill."""
    item: str
    """Title of the item."""
    points: int
    most: int
    note: str = ""
    words: tuple[str, ...] = ()
    """A few words of the evidence."""


@dataclass(frozen=True, slots=True)
class Case:
    """One model case. Its texts are covered when it is made; neither counsellor nor day is in it."""

    id: str
    """ULID."""
    title: str
    made_at: str
    """When the case was written, ISO 8601 with offset."""
    category: str
    """One of ``CATEGORIES`` or empty."""
    lesson: str
    """What there is to learn from it (배울 점)."""
    lines: tuple[CaseLine, ...]
    scores: tuple[CaseScore, ...] = ()
    rubric: str = ""
    """Title of the rubric of the scores."""
    seal: str = field(default="", repr=False)
    """Digest of the texts as they were covered: a case that is read again unchanged need not be looked through."""

    def __post_init__(self) -> None:
        if self.seal == _seal(self):
            return
        spans = find_in_turns([_nfc(line.text) for line in self.lines])
        lines = tuple(
            replace(line, text=cover(_nfc(line.text), found), comment=covered(line.comment))
            for line, found in zip(self.lines, spans, strict=True)
        )
        scores = tuple(
            replace(score, note=covered(score.note), words=tuple(covered(word) for word in score.words))
            for score in self.scores
        )
        object.__setattr__(self, "title", covered(self.title))
        object.__setattr__(self, "lesson", covered(self.lesson))
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "scores", scores)
        object.__setattr__(self, "seal", _seal(self))


def lines_of(turns: Sequence[Turn], first_s: float = 0.0, last_s: float = float("inf")) -> tuple[CaseLine, ...]:
    """Return what was said from one second to another, covered.

    Args:
        turns: All turns of the call in any order. All are looked through, so that half a number at the edge of the
            passage, and a name that was given before it, is covered too.
        first_s: Turns that end before this are left out.
        last_s: Turns that begin after this are left out.
    """
    ordered = sorted(turns, key=lambda turn: (turn.start, turn.index))
    texts = cover_call([_nfc(turn.shown) for turn in ordered])
    return tuple(
        CaseLine(turn.start, turn.speaker, text)
        for turn, text in zip(ordered, texts, strict=True)
        if turn.end >= first_s and turn.start <= last_s
    )


def personal_in(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return what is covered somewhere in a call, longest first: a name said once with 성함 and later without."""
    texts = [_nfc(turn.shown) for turn in sorted(turns, key=lambda turn: (turn.start, turn.index))]
    return personal_words(texts, find_in_turns(texts))


def _is_quote(one: Evidence) -> bool:
    """Whether its words were said in the call; what the program found has words of its own."""
    return bool(one.words) and one.kind is not EvidenceKind.OBSERVATION


def scores_of(rubric: Rubric, rating: Rating, items: Sequence[str] = ()) -> tuple[CaseScore, ...]:
    """Return a rating's points with notes and evidence, covered, in the rubric's order.

    Args:
        rubric: The rubric of the rating.
        rating: A submitted rating.
        items: Ids to show; empty: those with a note or evidence, or, where there is none, all that got points.
    """
    given = {score.item: score for score in rating.scores if score.points is not None}
    told = {ident for ident, score in given.items() if score.note or score.evidence}
    wanted = set(items) or told or set(given)
    titles = {skill.id: skill.title for skill in rubric.skills}
    return tuple(
        CaseScore(
            titles[item.skill], item.title, score.points or 0, item.points, covered(score.note),
            tuple(covered(one.words) for one in score.evidence if _is_quote(one)),
        )
        for item in rubric.items
        if item.id in wanted and (score := given.get(item.id)) is not None
    )  # fmt: skip


def cover_words(case: Case, words: Iterable[str]) -> Case:
    """Return a case with words covered wherever they stand in it, which masking did not know as personal."""
    return replace(
        case,
        title=hide(case.title, words),
        lesson=hide(case.lesson, words),
        lines=tuple(
            replace(line, text=hide(line.text, words), comment=hide(line.comment, words)) for line in case.lines
        ),
        scores=hide_in_scores(case.scores, words),
    )


def hide_in_scores(scores: Sequence[CaseScore], words: Iterable[str]) -> tuple[CaseScore, ...]:
    """Return excerpts with words covered."""
    return tuple(
        replace(score, note=hide(score.note, words), words=tuple(hide(one, words) for one in score.words))
        for score in scores
    )


def covered(text: str) -> str:
    """Return a text with personal data covered, NFC."""
    return mask(_nfc(text))[0]


def _seal(case: Case) -> str:
    """Return the digest of a case's texts, with the way they were covered."""
    texts = [case.title, case.lesson]
    texts += [text for line in case.lines for text in (line.text, line.comment)]
    texts += [text for score in case.scores for text in (score.note, *score.words)]
    return hashlib.sha256("\0".join((_WAY, *texts)).encode("utf-8", "surrogatepass")).hexdigest()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
