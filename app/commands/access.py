"""``doumi access list|verify``: who did what to whose data, and whether that log is whole."""

from __future__ import annotations

import argparse
import dataclasses

from app.commands import Context
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|verify")
    listing = actions.add_parser("list", **described("help.access_list"))
    listing.add_argument("--subject", default="", metavar="ID", help=sentence("help.access_subject"))
    verify = actions.add_parser("verify", **described("help.access_verify"))
    for part in (listing, verify):
        part.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action; 1 where the log is not whole. Changes nothing. Raises StoreFault, KeyFault."""
    from app import access_log
    from app.personal import check_access, open_reader

    if args.action == "verify":
        verdict = check_access(context.home)
        if args.jsonl:
            context.emit({**dataclasses.asdict(verdict), "whole": verdict.whole})
        else:
            context.say(access_log.told(verdict))
        return 0 if verdict.whole else 1
    lines = open_reader(context.home).read(lambda db: list(access_log.entries(db)))
    found = [line for line in lines if line.subject.startswith(args.subject)]
    for line in found:
        if args.jsonl:
            context.emit(dataclasses.asdict(line))
        else:
            what, why = access_log.named(line.action), access_log.noted(line.note)
            told = (str(line.id), line.at, line.who, line.place, what, line.subject, why)
            context.say("  ".join(part for part in told if part))
    if not found:
        context.progress(sentence("access_log.none"))
    return 0
