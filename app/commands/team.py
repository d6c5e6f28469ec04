"""``doumi team init|open``: the dedicated team's key pair, and opening sealed packs."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import Context
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="init|open")
    init = actions.add_parser("init", **described("help.team_init"))
    init.add_argument("folder", type=Path, metavar="DIR", help=sentence("help.team_folder"))
    opening = actions.add_parser("open", **described("help.team_open"))
    opening.add_argument("pack", type=Path, metavar="PACK", help=sentence("help.team_pack"))
    opening.add_argument("--key", type=Path, required=True, metavar="FILE", help=sentence("help.team_key"))
    opening.add_argument("--out", type=Path, required=True, metavar="DIR", help=sentence("help.team_out"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises TeamFault."""
    from app import team
    from app.personal import seal_box

    if args.action == "init":
        recipient = team.init(args.folder, seal_box())
        context.say(sentence("outbox.team_made", path=str(args.folder / team.RECIPIENT_FILE), recipient=recipient))
        context.say(sentence("outbox.team_keep", path=str(args.folder / team.IDENTITY_FILE)))
        return 0
    opened = team.open_pack(args.pack, args.key, args.out, seal_box())
    for name in opened.files:
        context.say(f"{'≠' if name in opened.differing else '='} {name}")
    if opened.differing:
        names = ", ".join(opened.differing)
        context.progress(sentence("outbox.pack_differs", path=str(opened.folder), names=names))
        return 1
    context.say(sentence("outbox.pack_whole", path=str(opened.folder)))
    return 0
