"""What the windows ask of the call: begin, steer, file and end it. Main thread; every method returns at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assist.model import CallRecord, CardAction, CorrectionKind, CrisisKind, EscalationReason, LineAction, Script
from audio.model import DeviceChoice


@dataclass(frozen=True, slots=True)
class CallStanding:
    """How the open call stands at this moment; its events may still be on their way to the window."""

    call_id: str = ""
    """Empty where no call is open."""
    source: str = ""
    """``devices``, ``file``, ``practice`` or ``exercise``."""
    live: bool = False
    """Not hung up; an open call that is not live is in its wrap-up."""
    held: bool = False
    """The telephone holds it."""


class CallControl(Protocol):
    """Begin, steer and end calls."""

    def standing(self) -> CallStanding:
        """Return how the open call stands. Cheap."""
        ...

    def start_devices(self, choice: DeviceChoice) -> None:
        """Start a call from the chosen devices."""
        ...

    def start_file(self, file: Path, realtime: bool) -> None:
        """Start a call from a recording."""
        ...

    def start_practice(self, name: str, speed: float = 1.0) -> None:
        """Start a practice call: everything but recognition runs; labelled as practice."""
        ...

    def set_paused(self, paused: bool) -> None:
        """Pause or resume listening; the call stays open."""
        ...

    def set_held(self, held: bool) -> None:
        """The telephone holds the call (or goes on): recognition rests meanwhile. A CallHeld follows."""
        ...

    def ars_path(self, path: tuple[str, ...]) -> None:
        """Take what the caller chose in the menus before the call (교통 ...): the first hint for answers and category.

        An ArsPathKnown follows; before a call it waits for its beginning, as the caller's number does.
        """
        ...

    def set_language(self, channel: str, language: str) -> None:
        """Recognise one side (``caller`` or ``agent``) in another language (ISO 639-1) for the rest of this call.

        ``ko`` switches back. A :class:`audio.events.LanguageChanged` follows.
        """
        ...

    def mark(self) -> None:
        """Mark this moment."""
        ...

    def end(self) -> None:
        """Hang up. A final DraftReady follows within two seconds."""
        ...

    def card_acted(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        """Record what the counsellor did with a card; ``question`` is what was typed where a search brought it up."""
        ...

    def cards_shown(self, turn: int, article_ids: tuple[str, ...]) -> None:
        """Record that the list of answers on the screen is another now: those for ``turn``, from the top; or none.

        A CardsShown follows until the call is put away.
        """
        ...

    def file_gap(self, gap_id: str, question: str) -> None:
        """DB에 없음: file a question for the DB team with the turns before it, personal data covered.

        The same id again changes its words; no words take it back. A GapFiled follows. Works without a call too.
        """
        ...

    def file_correction(self, ident: str, article_id: str, title: str, kind: CorrectionKind, note: str) -> None:
        """틀림/오래됨: file something wrong in an entry. A CorrectionFiled follows. Works without a call too."""
        ...

    def warning_given(self, script: Script) -> None:
        """Record that a warning was said."""
        ...

    def note_handover(self, kind: CrisisKind) -> None:
        """Make the warm handover note for a danger of this call; a HandoverNoted follows. Works in the wrap-up too."""
        ...

    def handover_revealed(self) -> None:
        """Log that a handover note of this call was copied with names and numbers. Cheap; works in the wrap-up too."""
        ...

    def escalate(self, reason: EscalationReason) -> None:
        """Seal the evidence pack and put it in the outbox. Works in a call and in its wrap-up."""
        ...

    def choose_situation(self, situation: str) -> None:
        """Say what kind of hard call this is: the ladder offers its next line for it. A LadderMoved follows."""
        ...

    def act_on_line(self, action: LineAction) -> None:
        """Play the notice, transfer or end by the means the site set. A LineActed follows, whatever becomes of it.

        Asked to transfer or end before the reason was told, the notice comes first. EndingMoved says what is under way
        and, where the counsellor has to do it (``by_person``), what to say and which number to dial; ``confirm_line``
        records that. In a practice call the counsellor does it all; after hang-up a notice says that the call is over.
        """
        ...

    def confirm_line(self, action: LineAction) -> None:
        """Record that the counsellor did it: told the reason, transferred, ended. A LineActed by a person follows."""
        ...

    def caller_number(self, text: str, for_next: bool = False) -> None:
        """Take the caller's number as typed or pasted. A CallerKnown follows; before a call, with its beginning.

        Nothing that is no number is taken: a notice says so. Empty takes back what was given before a call.
        ``for_next`` says that it is that of a call to come, whatever call is in its wrap-up now.
        """
        ...

    def file_record(self, records: tuple[CallRecord, ...]) -> None:
        """Store the record as the counsellor leaves it; again makes a new version."""
        ...

    def save_draft(self, records: tuple[CallRecord, ...]) -> None:
        """Keep unfiled edits so that nothing is lost."""
        ...

    def close_call(self) -> None:
        """Put the wrapped-up call away and be ready for the next."""
        ...

    def play(self, start_s: float, end_s: float, channel: str) -> None:
        """Play these seconds of the call again, quietly, to the counsellor only."""
        ...
