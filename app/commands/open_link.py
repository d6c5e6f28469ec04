"""``doumi open-link URL``: obeys a ``doumi:`` link, as the system hands it over. Nothing but the links' own verbs."""

from __future__ import annotations

import argparse

from app.commands import Context
from app.commands.call import REFUSED, order
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("url", metavar="URL", help=sentence("help.open_link_url"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Pass the order of a link on to the running desk; returns an exit code as ``doumi call`` does."""
    from ui.links import LinkRefused, parse

    try:
        link = parse(args.url)
    except LinkRefused:
        context.progress(sentence("links.refused"))
        return REFUSED
    return order(context, link.verb, {**link.values, "via": "link"}, told_there=True)
