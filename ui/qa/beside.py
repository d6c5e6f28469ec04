"""What stands beside the replay asks of its window, and the evidence that its selection makes."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

from assist.mask import mask
from assist.review.model import Evidence, EvidenceKind
from ui.replay.moments import MomentKind
from ui.replay.selection import Selection

MOST_WORDS: Final = 120
"""Characters of a turn that evidence is recognised by."""
NEAR_S: Final = 1.0
"""What was chosen on the timeline counts while the position is so near to it."""
JUST_HEARD_S: Final = 5.0
"""Where nothing is chosen and nobody speaks, what was heard last is meant."""
_KINDS: Final = {
    MomentKind.CARD: EvidenceKind.CARD,
    MomentKind.ACTED: EvidenceKind.CARD,
    MomentKind.WARNING: EvidenceKind.WARNING,
    MomentKind.ABUSE: EvidenceKind.WARNING,
    MomentKind.CRISIS: EvidenceKind.WARNING,
    MomentKind.BEHAVIOUR: EvidenceKind.WARNING,
    MomentKind.NUMBER: EvidenceKind.NUMBER,
    MomentKind.BOOKMARK: EvidenceKind.BOOKMARK,
    MomentKind.DRAFT: EvidenceKind.RECORD,
    MomentKind.FILED: EvidenceKind.RECORD,
}


class ReplaySide(Protocol):
    """Filled by :class:`ui.replay.replay_window.ReplayWindow`. Main thread."""

    def add_page(self, title: str, widget: QWidget) -> int:
        """Put a pane into the tabs at the right."""
        ...

    def selection(self) -> Selection:
        """Return what the trainer points at."""
        ...

    def play_span(self, start_s: float, end_s: float) -> None:
        """Let a stretch be heard once."""
        ...


def chosen(replay: ReplaySide) -> Evidence | None:
    """Return the evidence of what is marked, was chosen, is being said, or was heard last; in this order."""
    now = replay.selection()
    words = mask(" ".join(now.words.split()))[0][:MOST_WORDS]
    one = now.moment
    if now.marked:
        return Evidence(EvidenceKind.SPAN, now.start_s, now.end_s, str(now.turn) if now.turn >= 0 else "", words)
    if (
        one is not None
        and one.kind in _KINDS
        and one.start_s - NEAR_S <= now.end_s
        and now.start_s <= one.end_s + NEAR_S
    ):
        text = mask(one.text)[0][:MOST_WORDS]
        return Evidence(_KINDS[one.kind], one.start_s, max(one.start_s, one.end_s), one.ref, text)
    if now.turn >= 0 and now.start_s < now.end_s:
        return Evidence(EvidenceKind.TURN, now.start_s, now.end_s, str(now.turn), words)
    if now.start_s > 0:
        return Evidence(EvidenceKind.SPAN, max(0.0, now.start_s - JUST_HEARD_S), now.start_s)
    return None
