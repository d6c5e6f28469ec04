"""``doumi callers init|add|end|list|publish|lookup``: the register of managed callers and its signed list."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context, day
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.callers import Register


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="init|add|end|list|publish|lookup")
    init = actions.add_parser("init", **described("help.callers_init"))
    init.add_argument("folder", type=Path, nargs="?", metavar="DIR", help=sentence("help.callers_folder"))
    init.add_argument("--from", dest="file", type=Path, metavar="FILE", help=sentence("help.callers_from"))
    add = actions.add_parser("add", **described("help.callers_add"))
    add.add_argument(
        "--class", dest="kind", choices=("malicious", "hard"), required=True, help=sentence("help.callers_class")
    )
    add.add_argument("--handling", required=True, metavar="TEXT", help=sentence("help.callers_handling"))
    add.add_argument("--until", required=True, type=day, metavar="DAY", help=sentence("help.callers_until"))
    add.add_argument("--note", default="", metavar="TEXT", help=sentence("help.callers_note"))
    end = actions.add_parser("end", **described("help.callers_end"))
    listing = actions.add_parser("list", **described("help.callers_list"))
    publish = actions.add_parser("publish", **described("help.callers_publish"))
    publish.add_argument("--to", type=Path, metavar="DIR", help=sentence("help.callers_to"))
    lookup = actions.add_parser("lookup", **described("help.callers_lookup"))
    lookup.add_argument("--fetch", action="store_true", help=sentence("help.callers_fetch"))
    for part in (add, end, lookup):
        part.add_argument("number", metavar="NUMBER", help=sentence("help.callers_number"))
    listing.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises CallerFault, StoreFault, KeyFault."""
    from app.personal import wall_clock
    from app.settings import load
    from app.team_side import open_team

    settings = load(context.home.settings, wall_clock).settings
    if args.action == "lookup":
        return _lookup(args, context)
    with open_team(context.home, lambda: settings) as team:
        if args.action == "init":
            return _init(args, context, team.register)
        if args.action == "publish":
            made = team.publish_to(args.to)
            text = sentence("caller.published", version=made.version, entries=made.entries, expires=made.expires[:10])
            context.say(text)
            return 0
        if args.action == "list":
            return _list(args, context, team.register)
        return _change(args, context, team.register)


def _init(args: argparse.Namespace, context: Context, register: Register) -> int:
    from app import caller_list

    if args.file is not None:
        register.take(args.file)
        context.say(sentence("caller.taken"))
        return 0
    folder = args.folder or Path()
    register.init(folder)
    key, public = folder / caller_list.KEY_FILE, folder / caller_list.PUBLIC_FILE
    context.say(sentence("caller.made", key=str(key), public=str(public)))
    return 0


def _list(args: argparse.Namespace, context: Context, register: Register) -> int:
    from app.callers import class_name

    rows = register.rows()
    for row in rows:
        entry = row.entry
        if args.jsonl:
            context.emit(
                {
                    "caller": row.caller,
                    "class": entry.caller_class.value,
                    "handling": entry.handling,
                    "until": entry.until.isoformat(),
                    "note": entry.note,
                    "ended": row.ended,
                    "incidents": row.incidents,
                }
            )
            continue
        values = {"kind": class_name(entry.caller_class), "until": entry.until.isoformat(), "handling": entry.handling}
        context.say(sentence("caller.row_ended" if row.ended else "caller.row", id=_short(row.caller), **values))
    if not rows:
        context.progress(sentence("caller.empty"))
    return 0


def _change(args: argparse.Namespace, context: Context, register: Register) -> int:
    from app.errors import CallerFault
    from assist.model import CallerClass
    from ui.team_ports import CallerEntry

    caller = register.hash_of(_number(args))
    if args.action == "end":
        if register.row(caller) is None:
            raise CallerFault("caller.unknown")
        context.say(sentence("caller.ended", id=_short(register.end(caller).caller)))
        return 0
    entry = CallerEntry(CallerClass(args.kind), args.handling, args.until, args.note)
    known = register.row(caller)
    row = register.change(caller, entry) if known and not known.ended else register.add_hash(caller, entry)
    context.say(sentence("caller.added", id=_short(row.caller)))
    return 0


def _lookup(args: argparse.Namespace, context: Context) -> int:
    from app.callers import class_name
    from app.team_side import open_lookup

    with open_lookup(context.home) as callers:
        if args.fetch:
            callers.refresh()
        known = callers.known(_number(args))
        state, earlier = callers.state(), callers.earlier(known)
    if known.managed is None:
        context.say(sentence("caller.not_managed", earlier=earlier))
    else:
        context.say(
            sentence(
                "caller.managed",
                kind=class_name(known.managed.caller_class),
                until=known.managed.until,
                handling=known.managed.handling,
                earlier=earlier,
            )
        )
    code = "caller.list_state" if state.current else "caller.list_stale" if state.version else "caller.list_none"
    context.progress(sentence(code, version=state.version, entries=state.entries, expires=state.expires[:10]))
    return 0


def _number(args: argparse.Namespace) -> str:
    """Return the number; from standard input it leaves no trace in the shell's history."""
    return sys.stdin.readline() if args.number == "-" else str(args.number)


def _short(caller: str) -> str:
    return caller.partition(":")[2][:8]
