"""``doumi sessions list|show|export|hold|release|delete``: saved calls."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from app.commands import Context, session_sound
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|show|export|hold|release|delete")
    listing = actions.add_parser("list", **described("help.sessions_list"))
    listing.add_argument("query", nargs="*", metavar="QUERY", help=sentence("help.sessions_query"))
    show = actions.add_parser("show", **described("help.sessions_show"))
    export = actions.add_parser("export", **described("help.sessions_export"))
    hold = actions.add_parser("hold", **described("help.sessions_hold"))
    release = actions.add_parser("release", **described("help.sessions_release"))
    delete = actions.add_parser("delete", **described("help.sessions_delete"))
    for part in (hold, release):
        part.add_argument("--reason", required=True, metavar="TEXT", help=sentence("help.sessions_reason"))
    for part in (show, export, hold, release, delete):
        part.add_argument("id", metavar="ID", help=sentence("help.sessions_id"))
    export.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.sessions_out"))
    for part in (listing, show, export):
        part.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    for part in (listing, show, export):
        part.add_argument("--reveal", metavar="REASON", help=sentence("help.sessions_reveal"))
    session_sound.configure(export)


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises StoreFault, KeyFault."""
    from app import session_text
    from app.access_log import Action
    from app.errors import StoreFault
    from app.personal import note_access, open_reader
    from app.session_masking import masked_objects

    try:
        reader = open_reader(context.home)
    except StoreFault as fault:
        if args.action != "list" or fault.code != "store.absent":
            raise
        context.progress(sentence("store.no_sessions"))
        return 0
    if args.action == "list":
        rows = reader.sessions(" ".join(args.query))
        reveal = _revealed(args, "*", context)
        for row in rows:
            if args.jsonl:
                value = dataclasses.asdict(row)
                context.emit(value if reveal else masked_objects([value])[0])
            else:
                context.say(session_text.line(row, reveal=reveal))
        if not rows:
            context.progress(sentence("store.no_sessions"))
        return 0
    session_id = reader.resolve(args.id)
    if args.action in ("hold", "release"):
        return _hold(session_id, args.action == "hold", args.reason, context)
    if args.action == "delete":
        return _delete(session_id, context)
    if args.action == "export" and session_sound.wanted(args) is not None:
        return session_sound.run(args, session_id, context)
    note_access(context.home, Action.OPEN if args.action == "show" else Action.EXPORT, session_id, "cli")
    reveal = _revealed(args, session_id, context)
    row, events, records = reader.session(session_id), reader.events(session_id), reader.records(session_id)
    if args.action == "show" and not args.jsonl:
        for text in session_text.lines(row, events, records, reveal=reveal):
            context.say(text)
        return 0
    values = session_text.objects(row, events, records)
    if not reveal:
        values = masked_objects(values)
    if args.action == "show":
        for value in values:
            context.emit(value)
        return 0
    if args.out is not None:
        session_text.write(args.out, values, one_a_line=args.jsonl)
        context.progress(sentence("store.exported", path=str(args.out)))
    elif args.jsonl:
        for value in values:
            context.emit(value)
    else:
        context.say(session_text.document(values))
    return 0


def _revealed(args: argparse.Namespace, subject: str, context: Context) -> bool:
    """Log why personal data is shown, before it is; returns whether it may be. Raises StoreFault, KeyFault."""
    from app.access_log import Action
    from app.errors import StoreFault
    from app.personal import note_access

    if args.reveal is None:
        return False
    reason = args.reveal.strip()
    if not reason:
        raise StoreFault("store.reveal_no_reason")
    note_access(context.home, Action.REVEAL, subject, reason)
    return True


def _delete(session_id: str, context: Context) -> int:
    from app.personal import open_retention

    with open_retention(context.home) as (retention, _holdings):
        retention.delete(session_id)
    context.say(sentence("retention.deleted", id=session_id))
    return 0


def _hold(session_id: str, held: bool, reason: str, context: Context) -> int:
    from app.personal import open_writer

    with open_writer(context.home) as store:
        changed = store.set_hold(session_id, held, reason)
    code = ("store.hold_set" if held else "store.hold_lifted") if changed else "store.hold_as_before"
    context.say(sentence(code, id=session_id))
    return 0
