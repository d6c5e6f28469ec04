"""What this PC holds, as the window and the command show it. Fills :class:`ui.holdings_ports.HoldingsDesk`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from app import tables
from app.access_log import Action
from app.outbox_rows import unsent
from app.retention import Kept, Retention
from app.retention_plan import OF_CALLS, Item, Kind, at_shift_end, counts_from, goes_at
from app.settings import RetentionSettings
from app.store_reader import SessionReader
from app.tables import Table, Workbook
from resources.notices import sentence
from ui.holdings_ports import HeldKind, HeldRow, Holdings


class DeskHoldings:
    """Tells what is kept, and deletes through the one way there is. Any worker thread."""

    def __init__(
        self,
        retention: Retention,
        reader: SessionReader,
        policy: Callable[[], RetentionSettings],
        workbook: Workbook,
    ) -> None:
        """Join the parts; ``workbook`` writes lists for a spreadsheet."""
        self._retention = retention
        self._reader = reader
        self._policy = policy
        self._workbook = workbook

    def look(self) -> Holdings:
        """See :class:`ui.holdings_ports.HoldingsDesk`."""
        return told(self._retention.look(sizes=True), self._policy(), *self._reader.read(_facts))

    def delete(self, session_id: str) -> None:
        """See :class:`ui.holdings_ports.HoldingsDesk`."""
        self._retention.delete(session_id)

    def end_shift(self) -> int:
        """See :class:`ui.holdings_ports.HoldingsDesk`."""
        return len(self._retention.end_shift().calls)

    def export(self, file: Path) -> None:
        """See :class:`ui.holdings_ports.HoldingsDesk`."""
        tables.save(file, (as_table(self.look()),), self._workbook)


def told(kept: Kept, policy: RetentionSettings, reasons: dict[str, str], waiting: int) -> Holdings:
    """Return what is kept, by kind and by call.

    Args:
        kept: What :meth:`app.retention.Retention.look` gave.
        policy: The site's periods.
        reasons: Why calls are on hold, by their id.
        waiting: Sealed packs that nobody has received yet.
    """
    of_call: dict[str, list[Item]] = {}
    for item in kept.items:
        if item.kind in OF_CALLS:
            of_call.setdefault(item.ident, []).append(item)
    rows = [
        HeldRow(
            session_id=call.id,
            started_at=call.started_at,
            source=call.source,
            kinds=tuple(kind.value for kind in OF_CALLS if any(item.kind is kind for item in items)),
            size=sum(item.size for item in items),
            goes_at=_last(goes_at(item, policy, kept.at) for item in items),
            next_at=_first(goes_at(item, policy, kept.at) for item in items),
            with_shift=all(at_shift_end(item.kind, policy) for item in items),
            exempt=call.exempt.value if call.exempt else "",
            reason=reasons.get(call.id, "") if call.exempt else "",
        )
        for call in reversed(kept.calls)
        if (items := of_call.get(call.id, []))
    ]
    return Holdings(
        rows=tuple(rows),
        kinds=tuple(_kind(kind, kept, policy) for kind in Kind),
        shift=policy.mode == "shift",
        by_site=policy.by_site,
        basis=policy.basis,
        clock_doubted=not kept.judged.believed,
        unsent=waiting,
    )


def as_table(holdings: Holdings) -> Table:
    """Return the calls as a table without content, in the language of the notices."""
    names = ("call", "began", "kind", "parts", "bytes", "goes", "stays")
    return Table(
        sentence("retention.column_parts"),
        tuple(sentence(f"retention.column_{name}") for name in names),
        tuple(
            (row.session_id, row.started_at, row.source, parts_of(row), row.size, fate(row), row.reason)
            for row in holdings.rows
        ),
    )


def parts_of(row: HeldRow) -> str:
    """Return which parts of a call are here, as a person reads it."""
    return ", ".join(sentence(f"retention.kind_{kind}") for kind in row.kinds)


def fate(row: HeldRow) -> str:
    """Return when a call goes, or why it stays, as a person reads it."""
    if row.exempt:
        return sentence(f"retention.stays_{row.exempt}")
    if row.with_shift:
        return sentence("retention.with_shift")
    if not row.goes_at:
        return sentence("retention.unknown")
    return sentence("retention.goes", day=row.goes_at[:10])


def _kind(kind: Kind, kept: Kept, policy: RetentionSettings) -> HeldKind:
    items = [item for item in kept.items if item.kind is kind]
    return HeldKind(
        kind=kind.value,
        days=policy.days(kind.value),
        with_shift=at_shift_end(kind, policy),
        count=len(items),
        size=sum(item.size for item in items),
        oldest=_first(counts_from(item, kept.at) or item.claimed for item in items),
        goes_at=_first(goes_at(item, policy, kept.at) for item in items),
    )


def _first(times: Iterable[datetime | None]) -> str:
    return min((at.astimezone().isoformat(timespec="seconds") for at in times if at is not None), default="")


def _last(times: Iterable[datetime | None]) -> str:
    found = list(times)
    if not found or None in found:
        return ""
    return max(at.astimezone().isoformat(timespec="seconds") for at in found if at is not None)


def _facts(db: Database) -> tuple[dict[str, str], int]:
    """Return why calls are on hold, and how many packs wait."""
    rows = db.query("SELECT subject, note FROM access WHERE action = ? ORDER BY id", [Action.HOLD.value])
    return {row["subject"]: row["note"] for row in rows}, unsent(db)[0]
