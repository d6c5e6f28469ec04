"""Values of quality assurance: rubrics, ratings and their evidence, headers of calls, plans of samples.

A person gives every score. What the program finds in a call (:class:`Observation`) is offered as evidence and is never
turned into points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

# -- rubrics --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Skill:
    """One core skill of a rubric, e.g. 신속, 정확, 친절."""

    id: str
    title: str
    weight: float
    """Share in the total against the other skills, above 0."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a rater looks at."""

    id: str
    skill: str
    """Id of its skill."""
    title: str
    weight: float
    """Share in its skill against the other items, above 0."""
    points: int
    """Most points, at least 1; a rater gives 0 to this."""
    anchors: tuple[str, ...] = ()
    """What each number of points means, from 0 up; empty or ``points + 1`` texts."""
    needs: tuple[str, ...] = ()
    """Ids of items that must have got a point before this one may; never in a circle."""
    observations: tuple[ObservationKind, ...] = ()
    """Automatic evidence that is offered for it."""


@dataclass(frozen=True, slots=True)
class CriticalFault:
    """A fault that outweighs points (치명 오류)."""

    id: str
    title: str
    zeroes: str = ""
    """Id of the skill it empties; empty: the whole."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """A scorecard's form (평가표), as a file has it."""

    id: str
    version: int
    """From 1; a rating names it."""
    title: str
    skills: tuple[Skill, ...]
    items: tuple[Item, ...]
    faults: tuple[CriticalFault, ...] = ()


# -- evidence -------------------------------------------------------------------------------------------------


class ObservationKind(StrEnum):
    """What the program can find in a call as evidence for a rater."""

    GREETING = "greeting"
    """The counsellor's opening words."""
    IDENTIFICATION = "identification"
    """The counsellor named himself or the centre; or made sure who or what it is about."""
    HOLD_ANNOUNCED = "hold_announced"
    """A hold or a longer search was announced before it began, or was not."""
    CLOSING = "closing"
    """Asked for further questions, and said good-bye."""
    INTERRUPTION = "interruption"
    """One side began while the other spoke."""
    SILENCE = "silence"
    """Nobody spoke for long, outside a hold."""
    SPEAKING_SHARE = "speaking_share"
    """The counsellor's part of the time in which somebody spoke."""
    ANSWER_AGAINST_ENTRY = "answer_against_entry"
    """What was said against the knowledge entry that was used."""
    FIGURE_AGAINST_ENTRY = "figure_against_entry"
    """Figures said against figures in that entry."""


class EvidenceKind(StrEnum):
    """What a rater points at."""

    SPAN = "span"
    TURN = "turn"
    CARD = "card"
    WARNING = "warning"
    NUMBER = "number"
    RECORD = "record"
    BOOKMARK = "bookmark"
    OBSERVATION = "observation"


@dataclass(frozen=True, slots=True)
class Observation:
    """Something the program found in a call. Evidence, never a score."""

    id: str
    """Stable for the same events: ``kind.number``."""
    kind: ObservationKind
    found: bool
    """Whether it is there; False: it was looked for and not found."""
    start_s: float
    """Seconds from sample 0; with ``end_s`` the stretch to hear. Both 0 where nothing was found and no place is meant;
    a hold that was not announced, or a figure that the entry does not have, has its place."""
    end_s: float
    turns: tuple[int, ...] = ()
    """Indexes of the turns it rests on."""
    value: float | None = None
    """Seconds (silence, interruption) or a share of 0 to 1 (speaking share, agreement with an entry)."""
    said: str = ""
    """Words or figure in the call."""
    expected: str = ""
    """Words or figure in the entry."""
    article_id: str = ""
    """The knowledge entry, where one is meant."""
    aspect: str = ""
    """What of its kind it is, where there are several: :data:`ASPECTS`."""


ASPECTS: Mapping[ObservationKind, tuple[str, ...]] = MappingProxyType(
    {
        ObservationKind.IDENTIFICATION: ("named", "confirmed"),
        ObservationKind.HOLD_ANNOUNCED: ("hold", "search"),
        ObservationKind.CLOSING: ("more_questions", "goodbye"),
        ObservationKind.INTERRUPTION: ("agent", "caller"),
        ObservationKind.FIGURE_AGAINST_ENTRY: ("elsewhere",),
    }
)
"""The counsellor named himself, or made sure of something; a hold of the line, or a search on it; asked for further
questions, or said good-bye; who began while the other spoke; a figure that the entry has at
another word than it was said at."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the call that a rater ties to a score."""

    kind: EvidenceKind
    start_s: float
    end_s: float
    ref: str = ""
    """Turn index, article id, observation id and the like, as text."""
    words: str = ""
    """A few words to recognise it by, masked."""


# -- ratings --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What a rater gave one item."""

    item: str
    points: int | None
    """0 to the item's most; None: does not apply (해당 없음), and weighs nothing."""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's view of one call."""

    id: str
    """ULID."""
    call: str
    """Header id of the call (a trainer's) or session id (of the own store)."""
    counsellor: str
    """Counsellor code; empty where unknown."""
    call_at: str
    """When the call began, ISO 8601 with offset."""
    rubric: str
    rubric_version: int
    rater: str
    """Name of the rater's profile."""
    started_at: str
    """ISO 8601 with offset."""
    submitted_at: str = ""
    """Empty while it is a draft; never changed once set."""
    scores: tuple[ItemScore, ...] = ()
    faults: tuple[str, ...] = ()
    """Ids of critical faults."""
    note: str = ""
    blind: bool = False
    """A second rating, made without seeing the first."""
    calibration: str = ""
    """Id of the calibration session it belongs to, or empty."""
    sent_at: str = ""
    """When it was sent to the counsellor; empty: not (yet)."""
    pending: tuple[ItemScore, ...] = ()
    """Evidence and notes of a draft's items that are still open; their points mean nothing. Empty once submitted."""
    grounds: tuple[ItemScore, ...] = ()
    """Evidence and notes of critical faults; ``item`` is the fault's id, and points mean nothing. None in ratings that
    were made before there were any."""


@dataclass(frozen=True, slots=True)
class Total:
    """What a rating adds up to."""

    whole: float | None
    """0 to 100; None where nothing was scored."""
    skills: tuple[tuple[str, float | None], ...]
    """Skill id and 0 to 100, in the rubric's order."""
    open_items: tuple[str, ...]
    """Items that have neither points nor *does not apply* yet."""


class AnswerKind(StrEnum):
    """What the counsellor said to a rating."""

    SEEN = "seen"
    """확인."""
    OBJECTED = "objected"
    """이의 제기."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The counsellor's word on a rating; lines are only ever added."""

    rating: str
    at: str
    kind: AnswerKind
    items: tuple[str, ...] = ()
    """Items an objection is about; empty: the whole."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of an objection."""

    rating: str
    at: str
    accepted: bool
    text: str
    by: str = ""
    objection: str = ""
    """When the objection it answers was made (:attr:`Answer.at`)."""


@dataclass(frozen=True, slots=True)
class CoachingTask:
    """Something to practise, agreed with a counsellor."""

    id: str
    counsellor: str
    text: str
    made_at: str
    due: str = ""
    """ISO 8601 date or empty."""
    rating: str = ""
    item: str = ""
    skill: str = ""
    done_at: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to a counsellor's desk sealed: a rating with all that is needed to read it."""

    rating: Rating
    rubric: Rubric
    tasks: tuple[CoachingTask, ...] = ()
    settlements: tuple[Settlement, ...] = ()


# -- headers, plans, draws ------------------------------------------------------------------------------------


class HeaderFlag(StrEnum):
    """What a header tells of a call beside its length and field. No content."""

    ESCALATED = "escalated"
    CRISIS = "crisis"
    ABUSE = "abuse"
    BEHAVIOUR = "behaviour"
    """강성."""
    FOREIGN = "foreign"
    """The recognition was switched to another language."""
    INTERRUPTED = "interrupted"
    """The program stopped in mid-call."""
    NO_ANSWER = "no_answer"
    """DB에 없음 was filed."""
    HELD = "held"
    """The call was put on hold."""


@dataclass(frozen=True, slots=True)
class CallHeader:
    """What the trainer may know of a call before it is drawn."""

    id: str
    """Random; not the call's id."""
    counsellor: str
    """Counsellor code."""
    started_at: str
    """ISO 8601 with offset, to the minute."""
    duration_s: int
    category: str
    """One of ``CATEGORIES`` or empty."""
    flags: tuple[HeaderFlag, ...] = ()


class Stratum(StrEnum):
    """What a sample is spread over."""

    HOUR = "hour"
    FIELD = "field"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Which calls are drawn. The same plan over the same headers draws the same calls, whatever order they came in."""

    id: str
    title: str
    seed: int
    first: str
    """First day, ISO 8601 date."""
    last: str
    """Last day; both count."""
    per_counsellor: int
    """Calls a counsellor, at least 1."""
    strata: tuple[Stratum, ...] = ()
    """Empty: plainly random."""
    shortest_s: int = 0
    longest_s: int = 0
    """0: no limit."""
    counsellors: tuple[str, ...] = ()
    """Codes; empty: all."""
    must: tuple[HeaderFlag, ...] = ()
    """Only calls with one of these flags; empty: all."""
    without: tuple[HeaderFlag, ...] = ()
    """No call with one of these flags."""


@dataclass(frozen=True, slots=True)
class DrawnCall:
    """One call a plan drew."""

    header: str
    counsellor: str
    stratum: str
    """In words of the strata, e.g. ``09h/교통/3-6m``; empty where plainly random."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What a plan drew, and from what: enough for anybody to draw it again."""

    plan: SamplingPlan
    calls: tuple[DrawnCall, ...]
    """By counsellor, then header id."""
    population: int
    """Headers the plan chose from."""
    fingerprint: str
    """SHA-256 over the ids of that population, sorted: another set of headers shows."""
    short: tuple[tuple[str, int], ...] = field(default=())
    """Counsellors who had fewer calls than wanted, and how many they had."""
