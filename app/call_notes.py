"""Notes for the DB team from a call, or from the desk between calls: what the DB lacks, what is wrong in it."""

from __future__ import annotations

from app.bus import EventBus
from app.call import Call
from app.deskbook import Deskbook
from app.store import Store
from assist.events import CorrectionFiled, GapFiled
from assist.model import REHEARSED, CorrectionKind
from assist.turns import turns_in


class CallNotes:
    """Files the notes and tells of them. Thread: workers of the desk."""

    def __init__(self, bus: EventBus, store: Store, deskbook: Deskbook) -> None:
        self._bus = bus
        self._store = store
        self._deskbook = deskbook

    def gap(self, call: Call | None, gap_id: str, question: str) -> None:
        """File (or change, or with no words take back) a question that the DB does not answer."""
        call_id, now_ns, practice = _place(call)
        turns = turns_in(self._store.events(call_id)) if call_id else ()
        gap = self._deskbook.file_gap(gap_id, question, turns, call_id, practice=practice)
        self._bus.publish(
            GapFiled(
                call_id=call_id,
                t_ns=now_ns,
                gap_id=gap_id,
                question=gap.question if gap else "",
                at_s=turns[-1].start if turns else 0.0,
            )
        )

    def correction(
        self, call: Call | None, ident: str, article_id: str, title: str, kind: CorrectionKind, note: str
    ) -> None:
        """File something wrong in an entry."""
        call_id, now_ns, practice = _place(call)
        made = self._deskbook.file_correction(ident, article_id, title, kind, note, call_id, practice=practice)
        self._bus.publish(
            CorrectionFiled(
                call_id=call_id,
                t_ns=now_ns,
                correction_id=ident,
                article_id=article_id,
                title=title,
                kind=kind,
                note=made.note,
                generation=made.generation,
            )
        )


def _place(call: Call | None) -> tuple[str, int, bool]:
    """Return the id of a call, its clock and whether it is practice; nothing without one."""
    return (call.facts.id, call.now_ns(), call.facts.source in REHEARSED) if call else ("", 0, False)
