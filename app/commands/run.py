"""``doumi run``: the desk in a window, or one call in the terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from app import usage
from app.commands import Context
from app.screen import has_screen
from resources.notices import sentence

DEFAULT_PRACTICE = "abuse"
"""Played where there is no screen: it shows text, cards, protection and the record."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--practice", metavar="NAME", help=sentence("help.run_practice"))
    what.add_argument("--file", type=Path, metavar="CALL.wav", help=sentence("help.run_file"))
    parser.add_argument("--headless", action="store_true", help=sentence("help.run_headless"))
    speed = usage.number(float, 0.1, 1000)
    parser.add_argument("--speed", type=speed, metavar="N", help=sentence("help.run_speed"))
    parser.add_argument("--fast", action="store_true", help=sentence("help.run_fast"))
    parser.add_argument("--role", choices=("counsellor", "team", "trainer"), help=sentence("help.run_role"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Open the desk, or play one call in the terminal where there is no screen. Raises Fault."""
    from app import practice_calls, sound
    from app.crash_report import watching
    from app.key_trouble import with_window
    from app.start import play_in_terminal, role_of_pc, show_team, show_trainer, show_window

    if args.practice is not None:
        practice_calls.by_name(args.practice)
    if args.file is not None:
        sound.check_file(args.file)

    plays = bool(args.practice or args.file)
    role = args.role or ("counsellor" if plays else role_of_pc(context))
    windows = {"team": show_team, "trainer": show_trainer}
    if role in windows and not args.headless and has_screen():
        with watching(context.home):
            return with_window(context, windows[role])
    if args.headless or not has_screen():
        if not args.headless:
            context.say(sentence("call.no_screen"))
        if args.file:
            return play_in_terminal(context, file=args.file, realtime=not args.fast)
        return play_in_terminal(context, practice=args.practice or DEFAULT_PRACTICE, speed=args.speed)
    with watching(context.home):
        return with_window(
            context,
            lambda one: show_window(
                one,
                practice=args.practice,
                speed=args.speed,
                file=args.file,
                realtime=not args.fast,
                desk_only=plays or args.role == "counsellor",
            ),
        )
