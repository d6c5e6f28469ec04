"""``doumi shortcuts``: the keys of the desk, as lines or as a card to print."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import Context
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--card", type=Path, metavar="FILE.pdf", help=sentence("help.shortcuts_card"))
    parser.add_argument("--paper", choices=("a5", "a4"), default="a5", help=sentence("help.shortcuts_paper"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """List the keys in use, or write the card. Raises Fault."""
    from app import personal
    from app.live_settings import LiveSettings
    from ui import i18n, key_card
    from ui.actions import ACTIONS, keys_in_use, said, written
    from ui.paper import application

    settings = LiveSettings(context.home, personal.wall_clock).now()
    chosen = settings.desk.keys
    i18n.install(application(), i18n.chosen_language(settings.language))
    if args.card is not None:
        key_card.write_card(args.card, chosen, args.paper)
        context.say(sentence("shortcuts.card_written", path=str(args.card)))
        return 0
    used = keys_in_use(chosen)
    for action in ACTIONS:
        keys = used[action.id]
        if args.jsonl:
            context.emit({"action": action.id, "group": action.group, "text": said(action.text), "keys": keys})
        elif keys:
            context.say(f"{written(keys):<14}{said(action.text)}")
    return 0
