"""Events of the help in a call. Calls begin and end here too, since the human side decides both."""

from __future__ import annotations

from dataclasses import dataclass

from assist.model import (
    AbuseFinding,
    CallRecord,
    Card,
    CardAction,
    CorrectionKind,
    CrisisFinding,
    Delivery,
    Draft,
    EscalationReason,
    HeardNumber,
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
    """``devices``, ``file`` or ``practice``."""
    title: str = ""
    """File name or practice call name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded(CallEvent):
    """Hang-up."""

    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningPaused(CallEvent):
    """F2 in a call: the call stays open, recognition rests (or resumes)."""

    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentMarked(CallEvent):
    """The counsellor marked this moment (F3)."""

    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnUpdated(CallEvent):
    """A turn opened or grew; the same index replaces the earlier one."""

    turn: Turn


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
class EscalationRaised(CallEvent):
    """The call was handed to the dedicated team; its pack is in the outbox."""

    pack_id: str
    reason: EscalationReason
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
