"""Values of the help in a call: turns, cards, protection, records, escalations."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from audio.model import Channel
from kb.model import Band, Reason, TextSpan, Variant

CATEGORIES = (
    "행정",
    "교통",
    "복지",
    "환경",
    "주택도시계획",
    "문화관광",
    "경제",
    "건강",
    "안전",
    "여성가족",
)
"""The ten fields the city's call centre uses."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said before the other spoke. ``index`` counts from 0 over the call."""

    index: int
    speaker: Channel
    start: float
    """Seconds from sample 0."""
    end: float
    text: str
    """Raw recognised text."""
    display: str = ""
    """Text as shown; empty means the same as ``text``."""
    confidence: float = 1.0
    utterances: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The text a person reads."""
        return self.display or self.text


@dataclass(frozen=True, slots=True)
class Card:
    """An answer put before the counsellor."""

    article_id: str
    title: str
    passage: str
    highlights: tuple[TextSpan, ...]
    answer: str
    """The whole entry, for opening."""
    category: str
    department: str
    phone: str
    district: str
    updated: str
    score: float
    band: Band
    reasons: tuple[Reason, ...] = ()
    """Why it is here, weightiest first."""
    ended: str = ""
    """What says that it is over (종료 …); empty where nothing does."""
    variants: tuple[Variant, ...] = ()
    """The same service in other districts."""


class CardAction(StrEnum):
    """What the counsellor did with a card."""

    OPENED = "opened"
    COPIED = "copied"
    USED = "used"
    DISMISSED = "dismissed"
    PINNED = "pinned"


class CorrectionKind(StrEnum):
    """What the counsellor found wrong in an entry."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    PHONE = "phone"
    OTHER = "other"


class AbuseLabel(StrEnum):
    """Kinds of abuse by the caller. ``UNREASONABLE`` (강성) never warns."""

    PROFANITY = "profanity"
    INSULT = "insult"
    SEXUAL = "sexual"
    THREAT = "threat"
    HATE = "hate"
    UNREASONABLE = "unreasonable"


@dataclass(frozen=True, slots=True)
class AbuseFinding:
    """What the rules saw in one caller turn. The human decides."""

    label: AbuseLabel
    labels: tuple[AbuseLabel, ...]
    severity: int
    """1 to 3."""
    evidence: tuple[TextSpan, ...]
    """The words that caused it, offsets into the turn's raw text."""


class CrisisKind(StrEnum):
    """A person in danger. Never abuse."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    CHILD = "child"
    ELDER = "elder"
    ISOLATION = "isolation"
    HARDSHIP = "hardship"
    FIRE_OR_INJURY = "fire_or_injury"


@dataclass(frozen=True, slots=True)
class CrisisFinding:
    """Signs of danger in one caller turn, with the steps to hand."""

    kind: CrisisKind
    urgency: int
    """1 to 3; 3 means now."""
    evidence: tuple[TextSpan, ...]
    steps: tuple[str, ...]
    """Short sentences to say or do, in order."""
    numbers: tuple[tuple[str, str], ...]
    """(name, number), e.g. ("자살예방 상담전화", "109")."""


@dataclass(frozen=True, slots=True)
class Script:
    """A sentence to say in a situation, from ``resources``."""

    id: str
    situation: str
    text: str
    is_final: bool = False
    """Whether saying it allows the call to be ended."""


@dataclass(frozen=True, slots=True)
class HeardNumber:
    """A number a citizen could act on, heard in the call."""

    id: int
    kind: str
    display: str
    """In full; the desk masks it until asked."""
    channel: Channel
    turn: int
    start: float
    end: float
    confident: bool


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One inquiry's record: 분류, 문의, 답변, 처리, 후속조치."""

    category: str
    """One of ``CATEGORIES``."""
    subcategory: str | None = None
    inquiry: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    follow_up: str | None = None
    evidence: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Line key (``inquiry.0``, ``answer.1``, ``action.0``, ``follow_up``, ``category``) to turn indexes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the program proposes at hang-up; a record per inquiry."""

    records: tuple[CallRecord, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class EscalationReason:
    """Why a call goes to the dedicated team; the counsellor's choice."""

    situation: str
    """Id of a situation in ``resources/scripts``; preselected by the rules."""
    labels: tuple[AbuseLabel, ...] = ()
    note: str = ""


class Delivery(StrEnum):
    """Where an item of the outbox stands."""

    WAITING = "waiting"
    """미전송: will be tried again."""
    NO_KEY = "no_key"
    """미전송 (팀 열쇠 없음): sealed to the desk itself until a team key is set."""
    ACCEPTED = "accepted"
