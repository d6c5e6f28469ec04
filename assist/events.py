"""Events of the help in a call. Calls begin and end here too, since the human side decides both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from assist.model import (
    AbuseFinding,
    BehaviourKind,
    CallRecord,
    Card,
    CardAction,
    CorrectionKind,
    CrisisFinding,
    CrisisKind,
    Delivery,
    Draft,
    EndingState,
    EscalationReason,
    HeardNumber,
    LadderState,
    LineAction,
    LineMeans,
    ManagedCaller,
    Protection,
    Script,
    Turn,
)
from audio.events import CallEvent
from kb.model import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted(CallEvent):
    """Sample 0. The only place of wall time."""

    wall_time: str
    """ISO 8601 with offset."""
    source: str
    """``devices``, ``file``, ``practice`` or ``exercise``."""
    title: str = ""
    """File name, or name of the practice call or exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded(CallEvent):
    """Hang-up."""

    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningPaused(CallEvent):
    """F2 in a call: the call stays open, recognition rests (or resumes)."""

    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHeld(CallEvent):
    """The telephone holds the call: the caller hears music, recognition rests (or resumes)."""

    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArsPathKnown(CallEvent):
    """What the caller chose in the menus before a person answered."""

    path: tuple[str, ...]
    """Names of the menus, the first one first, e.g. ``("교통",)``."""
    category: str
    """One of ``CATEGORIES`` that the path points to, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentMarked(CallEvent):
    """The counsellor marked this moment (F3)."""

    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnUpdated(CallEvent):
    """A turn opened or grew; the same index replaces the earlier one."""

    turn: Turn


WORDS_ALONE: Final = "assist.words_alone"
"""Code of the notice from which on answers are looked for by words alone: the model of meaning does not answer."""
BY_MEANING: Final = "assist.by_meaning"
"""Code of the notice from which on it answers again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsReady(CallEvent):
    """Answers for the caller's last sentence. ``cards`` is at most three; empty means silence."""

    turn: int
    """Index of the caller turn that asked; stale results are dropped by it."""
    question: str
    """The caller's words that triggered it."""
    cards: tuple[Card, ...]
    band: Band
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CardActed(CallEvent):
    """The counsellor opened, copied, used, dismissed or pinned a card."""

    article_id: str
    title: str
    action: CardAction
    question: str = ""
    """What was typed or asked when it came up, where that is not the shown suggestions' question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFiled(CallEvent):
    """DB에 없음: the counsellor noted a question that the counselling DB does not answer."""

    gap_id: str
    """Filed again under the same id, its words were changed."""
    question: str
    """Masked; empty when the counsellor took it back."""
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFiled(CallEvent):
    """틀림/오래됨: the counsellor noted something wrong in an entry."""

    correction_id: str
    article_id: str
    title: str
    kind: CorrectionKind
    note: str
    """Masked."""
    generation: int
    """Generation of the DB the entry was read in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbuseSeen(CallEvent):
    """The rules saw abuse in a caller turn and offer the next sentence. Nothing happens by itself."""

    turn: int
    finding: AbuseFinding
    script: Script
    warnings_given: int
    warnings_allowed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningGiven(CallEvent):
    """The counsellor said (or confirmed) a warning."""

    script: Script
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisSeen(CallEvent):
    """Signs of a person in danger in a caller turn."""

    turn: int
    finding: CrisisFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourSeen(CallEvent):
    """강성: behaviour over the call and over earlier calls. Answered with a sentence, never warned for."""

    kinds: tuple[BehaviourKind, ...]
    """All that hold now, the newest last."""
    turns: tuple[int, ...]
    """Caller turns that show it."""
    script: Script


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerKnown(CallEvent):
    """The caller's number became known (typed, pasted or from the telephony link). Holds no number."""

    managed: ManagedCaller | None
    """What the dedicated team agreed for this caller; None where the list does not name him."""
    earlier_calls: int
    """Calls of the same caller at this desk within the days the site keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WelfareCentreFound(CallEvent):
    """In a call with a person in danger: whom the knowledge DB names for the district that was heard."""

    district: str
    """구."""
    name: str
    """A welfare centre, a community centre or the district's welfare office."""
    phone: str
    article_id: str
    """The entry that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverNoted(CallEvent):
    """The counsellor made a warm handover note for a person in danger."""

    kind: CrisisKind
    turn: int
    text: str
    """As it goes out: short, with the person's words and what was done so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderMoved(CallEvent):
    """The next sentence, or what may be done, changed: the newest one is what the desk shows."""

    state: LadderState


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingMoved(CallEvent):
    """The way of the call to its end moved on: the reason first, then the hand-over or the end."""

    state: EndingState


@dataclass(frozen=True, slots=True, kw_only=True)
class LineActed(CallEvent):
    """Something was done (or failed to be done) to the telephone line."""

    action: LineAction
    means: LineMeans
    ok: bool
    code: str = ""
    """Notice code of what went wrong, or empty."""
    ms: int = 0
    """How long it took."""
    script: Script | None = None
    """The sentence that was played or said, for a notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionGiven(CallEvent):
    """What was offered to, taken or declined by the counsellor after an abusive call. Logged as protection given."""

    protection: Protection
    minutes: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberHeard(CallEvent):
    """A number for the large digits."""

    number: HeardNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReady(CallEvent):
    """The record so far; ``final`` at hang-up."""

    draft: Draft
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFiled(CallEvent):
    """The counsellor filed the record as it stands."""

    records: tuple[CallRecord, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDelivered(CallEvent):
    """A filed record moved on its way to the site's system."""

    version: int
    delivery: Delivery
    code: str = ""
    """Notice code of why it was refused, or empty."""
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRaised(CallEvent):
    """The call was handed to the dedicated team; its pack is in the outbox."""

    pack_id: str
    """Id of the incident too: its first pack."""
    reason: EscalationReason
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCompleted(CallEvent):
    """At the end of an escalated call its whole evidence followed the pack that was made at the press."""

    incident_id: str
    """Pack id of the press."""
    pack_id: str
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryChanged(CallEvent):
    """An outbox item moved on."""

    pack_id: str
    delivery: Delivery
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRaised(CallEvent):
    """A sentence for the banner: a fault or a state, by notice code."""

    code: str
    severity: str
    """``info``, ``warning`` or ``error``."""
    params: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsShown(CallEvent):
    """The answers for a turn came onto the screen: later than :class:`SuggestionsReady` while the list was held."""

    turn: int
    """As in :class:`SuggestionsReady`."""
    article_ids: tuple[str, ...]
    """In the order shown; empty: the list went quiet."""
    origin: str = ""
    """Where the DB came from, as the cards said it (:attr:`kb.model.KbStatus.origin`); empty in older logs."""
