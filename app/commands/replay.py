"""``doumi replay PACKAGE|SESSION``: a saved call played again, in a window or as the events that were stored.

With ``--headless`` the events are re-emitted in the order they were stored and told as text, personal data covered;
with ``--jsonl`` each is printed as the line it was stored as, byte for byte, personal data included: the opening is in
the access log first. ``--mask`` covers it there, too.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from app import usage
from app.commands import Context
from resources.notices import sentence

if TYPE_CHECKING:
    from app.replay.model import LoadedCall, StoredEvent


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("call", metavar="PACKAGE|SESSION", help=sentence("help.replay_call"))
    parser.add_argument("--headless", action="store_true", help=sentence("help.replay_headless"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.replay_jsonl"))
    seconds = usage.number(float, 0, 1_000_000)
    parser.add_argument(
        "--from", dest="start", type=seconds, default=0.0, metavar="S", help=sentence("help.replay_from")
    )
    parser.add_argument("--speed", type=usage.number(float, 0.1, 1000), metavar="N", help=sentence("help.replay_speed"))
    parser.add_argument("--mask", action="store_true", help=sentence("help.replay_mask"))
    parser.add_argument("--output", default="", metavar="NAME", help=sentence("help.replay_output"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Open the call in a window, or re-emit its events. Raises Fault."""
    from app.screen import has_screen

    if args.headless or args.jsonl or not has_screen():
        if not (args.headless or args.jsonl):
            context.progress(sentence("replay.no_screen"))
        return _emit(args, context)
    from app.crash_report import watching
    from app.key_trouble import with_window
    from app.replay_window import show_call

    with watching(context.home):
        return with_window(context, lambda one: show_call(one, args.call, args.start, args.speed, args.output))


def _emit(args: argparse.Namespace, context: Context) -> int:
    from contextlib import ExitStack

    from app.replay_window import opened

    with ExitStack() as stack:
        _print(args, context, opened(context.home, args.call, stack))
    return 0


def _print(args: argparse.Namespace, context: Context, call: LoadedCall) -> None:
    from app.bus import EventBus
    from app.replay.emit import emit, masked, onto
    from app.replay.open_call import OpenReplay
    from app.replay_window import tell_notes
    from app.terminal import Terminal
    from audio.events import CallEvent

    whole = OpenReplay(call)
    whole.silent()  # what it finds is among the notes
    tell_notes(context, whole.facts)
    if sys.stdout is None:  # closed by whoever started the program: nobody reads
        return
    stored = call.stored if args.jsonl and not args.mask else tuple(masked(call.stored))
    bus = EventBus()
    publish = onto(bus, call.facts.id)
    if not args.jsonl:
        bus.subscribe(CallEvent, Terminal(sys.stdout).show)
        emit(stored, publish, time.sleep, args.start, args.speed or 0.0)
        return
    out = sys.stdout.buffer

    def line(one: StoredEvent) -> None:
        publish(one)
        # The line as it was stored: never written anew from the event.
        out.write(one.body.encode("utf-8") + b"\n")
        out.flush()

    emit(stored, line, time.sleep, args.start, args.speed or 0.0)
