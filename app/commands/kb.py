"""``doumi kb``: bring knowledge in, see what is searched; ``publish`` and ``keys`` are for the DB team."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context, kb_notes, kb_release
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from kb.model import KbStatus, RowFault

_LISTED = 20
"""Faulty rows listed one by one; the rest are counted."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="import|status|sync|publish|keys|gaps|corrections|specials"
    )
    bring = actions.add_parser("import", **described("help.kb_import"))
    bring.add_argument("file", type=Path, metavar="FILE", help=sentence("help.kb_file"))
    bring.add_argument("--map", default="", metavar="field=column,…", help=sentence("help.kb_map"))
    bring.add_argument("--add", action="store_true", help=sentence("help.kb_add"))
    status = actions.add_parser("status", **described("help.kb_status"))
    status.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    kb_release.configure(actions)
    kb_notes.configure(actions)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    if args.action == "import":
        return _import(args, context)
    if args.action == "status":
        return _status(args, context)
    if args.action in kb_notes.ACTIONS:
        return kb_notes.run(args, context)
    return kb_release.run(args, context)


def _import(args: argparse.Namespace, context: Context) -> int:
    from app import knowledge
    from kb.errors import ImportRejected
    from kb.importer import parse_map

    columns = parse_map(args.map)
    if kb_release.settings_of(context).address:
        # The next sync would silently put the release back in its place.
        raise ImportRejected("kb.import_while_release")
    with knowledge.build(context.home) as half:
        report = half.library.import_file(args.file, columns, args.add, building(context))
    for fault in report.skipped[:_LISTED]:
        context.say(row_sentence(fault))
    if len(report.skipped) > _LISTED:
        context.say(sentence("kb.more_skipped", count=len(report.skipped) - _LISTED))
    context.say(sentence("kb.imported", added=report.added, skipped=len(report.skipped)))
    _describe(report.status, context)
    return 0


def _status(args: argparse.Namespace, context: Context) -> int:
    from app import knowledge

    with knowledge.build(context.home) as half:
        status = half.library.status()
        if status.generation == 0:
            status = half.open(building(context)).status
        note = half.notes.read()
        status = half.notes.dated(status, datetime.now(UTC))
    if args.jsonl:
        told = {"source": note.source, "at": note.at, "ok": note.ok, "code": note.code, "checked_at": note.checked_at}
        context.emit({**asdict(status), "sync": told if note.at else None})
        return 0
    _describe(status, context)
    kb_release.describe(status, note, context)
    return 0


def building(context: Context) -> Callable[[float], None]:
    """Return what tells of a generation being built, every ten percent."""
    return context.in_steps("kb.building", 10)


def _describe(status: KbStatus, context: Context) -> None:
    context.say(
        sentence(
            "kb.status",
            generation=status.generation,
            origin=sentence(f"kb.origin_{status.origin}"),
            source=status.source,
            articles=status.articles,
            built=status.built_at,
            newest=status.newest_update or "-",
        )
    )
    context.say(sentence("kb.with_vectors" if status.has_vectors else "kb.without_vectors"))


def row_sentence(fault: RowFault) -> str:
    """Return the sentence that says why a row was left out."""
    return sentence("kb.row", line=fault.line, reason=sentence(fault.code, detail=fault.detail))
