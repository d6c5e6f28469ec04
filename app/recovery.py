"""What was saved of calls that a crash cut short, for a list at the next start."""

from __future__ import annotations

from collections.abc import Sequence

from app.home import Home
from app.personal import Personal
from app.session_text import turns
from app.sound import saved_sound
from audio.model import SAMPLE_RATE, Channel
from resources.notices import sentence
from ui.ports import RecoveredRow


def look(home: Home, personal: Personal, ids: Sequence[str]) -> tuple[RecoveredRow, ...]:
    """Return one row a call, oldest first. Raises StoreFault."""
    key = personal.key.derive("sound")
    rows = []
    for call_id in ids:
        row, sound = personal.store.session(call_id), saved_sound(home.sound / call_id, key)
        rows.append(
            RecoveredRow(
                id=call_id,
                started_at=row.started_at,
                until_s=max(row.duration_s, *(sound.length(channel) / SAMPLE_RATE for channel in Channel)),
                sound_s=min((length / SAMPLE_RATE for side in Channel if (length := sound.length(side))), default=0.0),
                unreadable=len(sound.destroyed()),
                turns=len(turns(personal.store.events(call_id))),
                drafted=bool(personal.store.records(call_id)),
                title=row.inquiry or row.title,
            )
        )
    return tuple(rows)


def line(row: RecoveredRow) -> str:
    """Return one line for a person."""
    return sentence(
        "call.recovered_line",
        session=row.id,
        started=row.started_at[:16].replace("T", " "),
        until=f"{int(row.until_s) // 60:02d}:{int(row.until_s) % 60:02d}",
        seconds=f"{row.sound_s:.0f}",
        record=sentence("call.recovered_draft" if row.drafted else "call.recovered_no_draft"),
    )
