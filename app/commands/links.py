"""``doumi links register|unregister|status``: whether this user's system hands ``doumi:`` links to this program."""

from __future__ import annotations

import argparse

from app.commands import Context
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="register|unregister|status")
    for verb in ("register", "unregister", "status"):
        verbs.add_parser(verb, **described(f"help.links_{verb}"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Register, unregister or tell; ``status`` returns 1 where links do not come here. Raises StartFault."""
    from app.link_side import LinkState, program, registrar

    system, command = registrar(), (*program(), "open-link", "--")
    if args.verb == "register":
        system.register(command)
    elif args.verb == "unregister":
        system.unregister()
    state = system.state(command)
    context.say(sentence(f"links.{state.value}"))
    return 1 if args.verb == "status" and state is not LinkState.OURS else 0
