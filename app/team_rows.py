"""Rows of the team's inbox, read: incidents, their packs and parts. Work for :meth:`app.store.Store.read`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlite_utils import Database

from app import team_steps
from app.store_reader import fold
from assist.escalate import MANIFEST
from assist.model import AbuseLabel, CallerClass
from resources.notices import sentence
from ui.team_ports import InboxRow, PackRow, PackState

_WORST: Final = (PackState.BROKEN, PackState.CHANGED, PackState.UNPROVEN, PackState.UNTOUCHED)


def inbox_rows(db: Database, today: str, words: tuple[str, ...] = (), caller: str = "") -> list[InboxRow]:
    """Return incidents and broken packs, newest first.

    Args:
        db: A reader.
        today: ISO day, for what the register says.
        words: Folded; transcript, note or steps must hold each.
        caller: Keyed hash that the incident must have; empty for any.
    """
    steps = team_steps.of_all(db)
    packs: dict[str, list[PackRow]] = {}
    broken = []
    for row in db.query("SELECT * FROM team_packs ORDER BY completing, received_at, pack_id"):
        pack = _pack_row(row)
        if pack.state is PackState.BROKEN:
            broken.append(pack)
        else:
            packs.setdefault(row["incident_id"], []).append(pack)
    managed = {
        row["caller"]: CallerClass(row["class"])
        for row in db.query("SELECT caller, class FROM team_callers WHERE ended_at = '' AND until >= ?", [today])
    }
    incidents = list(db.query("SELECT * FROM team_incidents"))
    calls: dict[str, int] = {}
    for row in incidents:
        calls[row["caller"]] = calls.get(row["caller"], 0) + 1
    rows = []
    for row in incidents:
        lines = steps.get(row["incident_id"], ())
        text = "\n".join([row["words"], *(fold(line.note) for line in lines)])
        if not all(word in text for word in words) or (caller and row["caller"] != caller):
            continue
        own, stand = packs.get(row["incident_id"], []), team_steps.standing(lines)
        worst = min((pack.state for pack in own), key=_WORST.index, default=PackState.CHANGED)
        rows.append(
            InboxRow(
                incident_id=row["incident_id"],
                pack_id=own[-1].pack_id if own else "",
                received_at=row["received_at"],
                raised_at=row["raised_at"],
                label=AbuseLabel(row["label"]) if row["label"] else None,
                labels=tuple(AbuseLabel(one) for one in json.loads(row["labels"])),
                severity=row["severity"],
                situation=row["situation"],
                state=worst,
                reason=_reason(own, worst),
                complete=any(pack.completing for pack in own),
                packs=len(own),
                step=stand.step if stand else None,
                step_on=stand.on if stand else "",
                caller_known=bool(row["caller"]),
                managed=managed.get(row["caller"]) if row["caller"] else None,
                same_caller=calls[row["caller"]] - 1 if row["caller"] else 0,
                simulated=bool(row["simulated"]),
            )
        )
    if not words and not caller:
        rows += [_broken_row(pack) for pack in broken]
    return sorted(rows, key=lambda row: (row.received_at, row.raised_at, row.pack_id), reverse=True)


def pack_rows(db: Database, incident_id: str) -> tuple[PackRow, ...]:
    """Return the packs of an incident, the one of the press first."""
    sql = "SELECT * FROM team_packs WHERE incident_id = ? ORDER BY completing, received_at, pack_id"
    return tuple(_pack_row(row) for row in db.query(sql, [incident_id]))


def best_parts(db: Database, incident_id: str) -> dict[str, bytes]:
    """Return the parts of the fullest pack of an incident: an unchanged one where there is one; empty without any."""
    packs = sorted(
        pack_rows(db, incident_id),
        key=lambda pack: (pack.state is not PackState.CHANGED, pack.completing, pack.pack_id),
    )
    if not packs:
        return {}
    found = db.query("SELECT name, body FROM team_parts WHERE sha256 = ?", [packs[-1].sha256])
    return {str(row["name"]): bytes(row["body"]) for row in found}


def manifest_of(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the manifest among parts; empty where it cannot be read."""
    try:
        value = json.loads(parts.get(MANIFEST, b""))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _reason(packs: list[PackRow], worst: PackState) -> str:
    if worst is PackState.CHANGED:
        names = ", ".join(sorted({name for pack in packs for name in pack.differing}))
        return sentence("inbox.pack_changed", names=names)
    return sentence("inbox.pack_unproven") if worst is PackState.UNPROVEN else ""


def _broken_row(pack: PackRow) -> InboxRow:
    return InboxRow(
        "", pack.pack_id, pack.received_at, "", None, (), 0, "", pack.state, pack.reason, False, 1, None, "", False,
        None, 0, False,
    )  # fmt: skip


def _pack_row(row: dict[str, Any]) -> PackRow:
    fault = json.loads(row["fault"]) if row["fault"] else None
    state = PackState(row["state"])
    pack = PackRow(
        pack_id=row["pack_id"],
        file=row["file"],
        sha256=row["sha256"],
        received_at=row["received_at"],
        state=state,
        differing=tuple(json.loads(row["differing"])),
        reason=sentence(fault["code"], **fault["params"]) if fault else "",
        completing=bool(row["completing"]),
        desk=row["desk"],
    )
    if fault or state is PackState.UNTOUCHED:
        return pack
    reason = _reason([pack], state)
    return PackRow(
        pack.pack_id,
        pack.file,
        pack.sha256,
        pack.received_at,
        state,
        pack.differing,
        reason,
        pack.completing,
        pack.desk,
    )
