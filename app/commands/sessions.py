"""``doumi sessions list|show|export|hold|release``: saved calls."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from app.commands import Context, session_sound
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|show|export|hold|release")
    listing = actions.add_parser("list", **described("help.sessions_list"))
    listing.add_argument("query", nargs="*", metavar="QUERY", help=sentence("help.sessions_query"))
    show = actions.add_parser("show", **described("help.sessions_show"))
    export = actions.add_parser("export", **described("help.sessions_export"))
    hold = actions.add_parser("hold", **described("help.sessions_hold"))
    release = actions.add_parser("release", **described("help.sessions_release"))
    for part in (hold, release):
        part.add_argument("--reason", required=True, metavar="TEXT", help=sentence("help.sessions_reason"))
    for part in (show, export, hold, release):
        part.add_argument("id", metavar="ID", help=sentence("help.sessions_id"))
    export.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.sessions_out"))
    for part in (listing, show, export):
        part.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    export.add_argument("--reveal", metavar="REASON", help=sentence("help.sessions_reveal"))
    session_sound.configure(export)


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises StoreFault, KeyFault."""
    from app import session_text
    from app.access_log import Action
    from app.errors import StoreFault
    from app.personal import note_access, open_reader

    try:
        reader = open_reader(context.home)
    except StoreFault as fault:
        if args.action != "list" or fault.code != "store.absent":
            raise
        context.progress(sentence("store.no_sessions"))
        return 0
    if args.action == "list":
        rows = reader.sessions(" ".join(args.query))
        for row in rows:
            if args.jsonl:
                context.emit(dataclasses.asdict(row))
            else:
                context.say(session_text.line(row))
        if not rows:
            context.progress(sentence("store.no_sessions"))
        return 0
    session_id = reader.resolve(args.id)
    if args.action in ("hold", "release"):
        return _hold(session_id, args.action == "hold", args.reason, context)
    note_access(context.home, Action.OPEN if args.action == "show" else Action.EXPORT, session_id, "cli")
    if args.action == "export" and session_sound.wanted(args) is not None:
        return session_sound.run(args, session_id, context)
    row, events, records = reader.session(session_id), reader.events(session_id), reader.records(session_id)
    if args.action == "show":
        if args.jsonl:
            for value in session_text.objects(row, events, records):
                context.emit(value)
        else:
            for text in session_text.lines(row, events, records):
                context.say(text)
        return 0
    values = session_text.masked(session_text.objects(row, events, records))
    if args.out is not None:
        session_text.write(args.out, values, one_a_line=args.jsonl)
        context.progress(sentence("store.exported", path=str(args.out)))
    elif args.jsonl:
        for value in values:
            context.emit(value)
    else:
        context.say(session_text.document(values))
    return 0


def _hold(session_id: str, held: bool, reason: str, context: Context) -> int:
    from app.personal import open_writer

    with open_writer(context.home) as store:
        changed = store.set_hold(session_id, held, reason)
    code = ("store.hold_set" if held else "store.hold_lifted") if changed else "store.hold_as_before"
    context.say(sentence(code, id=session_id))
    return 0
