"""``doumi retention show|run``: what this PC keeps, for how long, and what has reached its age."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING

from app.commands import Context
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.retention import Outcome
    from ui.holdings_ports import HeldKind, Holdings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="show|run")
    show = actions.add_parser("show", **described("help.retention_show"))
    show.add_argument("--calls", action="store_true", help=sentence("help.retention_calls"))
    run_ = actions.add_parser("run", **described("help.retention_run"))
    run_.add_argument("--dry-run", action="store_true", help=sentence("help.retention_dry"))
    for part in (show, run_):
        part.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises StoreFault, KeyFault."""
    from app.errors import StoreFault
    from app.personal import open_retention

    try:
        with open_retention(context.home) as (retention, holdings):
            if args.action == "show":
                _show(holdings.look(), args, context)
            else:
                _ran(retention.run(dry=args.dry_run), args, context)
    except StoreFault as fault:
        if fault.code != "store.absent":
            raise
        context.progress(sentence("retention.nothing"))
    return 0


def _show(held: Holdings, args: argparse.Namespace, context: Context) -> None:
    from app import holdings

    if args.jsonl:
        for kind in held.kinds:
            context.emit({"type": "kind", **dataclasses.asdict(kind)})
        for row in held.rows:
            context.emit({"type": "call", **dataclasses.asdict(row)})
        return
    context.say(sentence("retention.by_site" if held.by_site else "retention.by_program"))
    if held.basis:
        context.say(sentence("retention.basis", basis=held.basis))
    if held.shift:
        context.say(sentence("retention.shift_mode"))
    for kind in held.kinds:
        context.say(_line(kind))
    if held.unsent:
        context.say(sentence("retention.unsent", count=held.unsent))
    if held.clock_doubted:
        context.say(sentence("retention.clock_doubted"))
    for row in held.rows if args.calls else ():
        context.say(
            sentence(
                "retention.call_line",
                id=row.session_id,
                started=row.started_at[:16].replace("T", " "),
                parts=holdings.parts_of(row),
                size=_size(row.size),
                fate=holdings.fate(row),
            )
        )


def _line(kind: HeldKind) -> str:
    period = sentence("retention.with_shift") if kind.with_shift else sentence("retention.days", days=kind.days)
    name = sentence(f"retention.kind_{kind.kind}")
    parts = [sentence("retention.line", name=name, count=kind.count, size=_size(kind.size), period=period)]
    if kind.oldest:
        parts.append(sentence("retention.oldest", day=kind.oldest[:10]))
    if kind.goes_at:
        parts.append(sentence("retention.next", day=kind.goes_at[:10]))
    return " · ".join(parts)


def _ran(went: Outcome, args: argparse.Namespace, context: Context) -> None:
    counts = {kind.value: count for kind, count in went.counts.items()}
    if args.jsonl:
        context.emit(
            {
                "dry_run": args.dry_run,
                "calls": sorted(went.calls),
                "counts": counts,
                "bytes": went.size,
                "clock_doubted": went.doubted,
                "held": went.held,
            }
        )
        return
    what = ", ".join(f"{sentence(f'retention.kind_{kind}')} {count}" for kind, count in counts.items())
    if what:
        context.say(sentence("retention.would_go" if args.dry_run else "retention.went", what=what))
    else:
        context.say(sentence("retention.nothing_due"))
    if went.doubted:
        context.say(sentence("retention.clock_doubted"))
    if went.held:
        context.say(sentence("retention.held_count", count=went.held))


def _size(count: int) -> str:
    if count < 1_000_000:
        return f"{-(-count // 1000)} kB"
    return f"{count / 1e6:.1f} MB"
