"""``doumi call escalate|mark|caller``: orders the desk that is open, for a softphone's button or a system's key."""

from __future__ import annotations

import argparse
import sys

from app.commands import Context
from app.errors import StartFault
from app.usage import described
from resources.notices import sentence

_MOST: int = 100
"""Characters read of a number from standard input."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="escalate|mark|caller")
    escalate = verbs.add_parser("escalate", **described("help.call_escalate"))
    escalate.add_argument("--situation", metavar="ID", default="", help=sentence("help.call_situation"))
    verbs.add_parser("mark", **described("help.call_mark"))
    caller = verbs.add_parser("caller", **described("help.call_caller"))
    caller.add_argument("number", metavar="NUMBER", help=sentence("help.call_number"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Ask the running desk; returns 0 when it did so. Raises StartFault."""
    from app.instance import socket_name
    from ui.single_window import ask_desk

    values = {}
    if args.verb == "escalate" and args.situation:
        values["situation"] = args.situation
    elif args.verb == "caller":
        # On the command line other users of the PC could see it.
        values["number"] = sys.stdin.readline(_MOST).strip() if args.number == "-" else args.number
    try:
        answer = ask_desk(socket_name(context.home), args.verb, **values)
    except TimeoutError:
        raise StartFault("press.no_answer") from None
    if answer is None:
        raise StartFault("press.no_desk")
    if not answer.ok:
        raise StartFault(answer.code)
    if answer.code:
        context.say(sentence(answer.code))
    return 0
