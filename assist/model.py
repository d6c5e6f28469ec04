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

REHEARSED = ("practice", "exercise")
"""Sources of a call that nobody real rang for: labelled as practice, never filed or reported to anybody."""


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
    arousal: float = 0.0
    """How much louder and faster than this caller's usual, 0 to 1. Adds weight to words; never a finding by itself."""


class BehaviourKind(StrEnum):
    """What makes a call hard (강성): behaviour over the call and over earlier calls, not words. Never warned for."""

    LONG = "long"
    REPETITION = "repetition"
    """The same demand again and again."""
    REFUSAL = "refusal"
    """The given answer is refused again and again."""
    EARLIER_CALLS = "earlier_calls"
    """The same caller rang often of late."""


class CallerClass(StrEnum):
    """Why the dedicated team manages a caller."""

    MALICIOUS = "malicious"
    """악성: 욕설, 성희롱, 폭언, 협박."""
    HARD = "hard"
    """강성: 반복, 억지, 장시간."""


@dataclass(frozen=True, slots=True)
class ManagedCaller:
    """What the dedicated team agreed for a caller, as its signed list tells every desk. Holds no number."""

    caller_class: CallerClass
    handling: str
    """The agreed way of handling, one or two sentences."""
    until: str
    """Last day, ISO 8601 date."""


class LineAction(StrEnum):
    """What can be done to the telephone line."""

    NOTICE = "notice"
    """Play the notice that tells the reason."""
    TRANSFER = "transfer"
    END = "end"


class LineMeans(StrEnum):
    """Who or what did it."""

    COMMAND = "command"
    URL = "url"
    DEVICE = "device"
    """A virtual output device played it."""
    PERSON = "person"
    """The counsellor did it and confirmed."""


class Protection(StrEnum):
    """What the centre did for the counsellor after an abusive call."""

    REST_OFFERED = "rest_offered"
    REST_TAKEN = "rest_taken"
    REST_DECLINED = "rest_declined"
    REST_ENDED = "rest_ended"
    QUIET_WORK = "quiet_work"
    """Switched to work without calls."""
    CALLS_AGAIN = "calls_again"
    SUPPORT_SHOWN = "support_shown"
    """The contact of the support programme (EAP) was opened."""


class LadderWhy(StrEnum):
    """Why the ladder shows the sentence it shows."""

    NOTHING = "nothing"
    """Nothing happened yet: there is nothing to say."""
    PLEA = "plea"
    WARNING = "warning"
    ANSWER = "answer"
    """강성: an answer, never a warning."""
    AT_ONCE = "at_once"
    """A final notice: the site lets this label end the call without a further warning."""
    WARNINGS_USED = "warnings_used"
    """A final notice: the warnings the site allows were given."""
    TIME_NOTICE = "time_notice"
    """The 15-minute notice."""
    TIME_LIMIT = "time_limit"
    """A final notice: the recommended time is over."""
    REASON_TOLD = "reason_told"
    """The reason was told: the call may be ended or handed over."""


@dataclass(frozen=True, slots=True)
class LadderState:
    """Where the ladder of a call stands."""

    situation: str = ""
    """Id of the situation seen last or chosen by the counsellor; empty where there is none."""
    chosen: bool = False
    """Whether the counsellor chose it; then a new finding moves the sentence on, not the situation."""
    next: Script | None = None
    """The sentence to say next; None before anything happened and after the reason was told."""
    why: LadderWhy = LadderWhy.NOTHING
    warnings_given: int = 0
    warnings_allowed: int = 1
    final: Script | None = None
    """The final notice that was given last: it told the reason. None: no reason was told in this call."""
    final_at_s: float = 0.0
    """When, seconds from sample 0."""

    @property
    def may_end(self) -> bool:
        """Whether the reason for ending was told in this call."""
        return self.final is not None


class EndingStage(StrEnum):
    """Where the ending (or handing over) of an abusive call stands."""

    IDLE = "idle"
    NOTICE = "notice"
    """The reason is being told: by the line (``by_person`` False) or, to be confirmed, by the counsellor."""
    TOLD = "told"
    """The reason is told: the counsellor may hand over or end (site setting ``ask``), or say it again."""
    ACTING = "acting"
    """Being handed over or ended: by the line, or, to be confirmed, by the counsellor."""
    DONE = "done"
    """Handed over or ended."""


@dataclass(frozen=True, slots=True)
class EndingState:
    """The way of an abusive call to its end: the reason first, always. Windows show it; they decide nothing."""

    stage: EndingStage = EndingStage.IDLE
    action: LineAction | None = None
    """What is under way (stages ``notice`` and ``acting``) or was done (``done``)."""
    by_person: bool = False
    """Whether the counsellor has to do it and confirm; the sentence and the number are what to say and dial."""
    script: Script | None = None
    """The sentence that tells the reason."""
    number: str = ""
    """The dedicated team's number to transfer to; empty where the site set none."""
    code: str = ""
    """Code of why the counsellor has to do it after all (its sentence came as a notice); empty: nothing failed."""
    may_end: bool = False
    """Whether the reason told allows the call to be ended (and not only handed over)."""
    then: LineAction | None = None
    """What follows as soon as the reason is told; None: the counsellor is asked."""


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
    """Id of a situation in ``resources/scripts``, preselected by the rules; empty: neither seen nor chosen."""
    labels: tuple[AbuseLabel, ...] = ()
    note: str = ""


class Delivery(StrEnum):
    """Where an item of the outbox stands."""

    WAITING = "waiting"
    """미전송: will be tried again."""
    NO_KEY = "no_key"
    """미전송 (팀 열쇠 없음): sealed to the desk itself until a team key is set."""
    ACCEPTED = "accepted"
