"""``doumi call``: orders the desk that is open, for a softphone or CTI client, a button or a system's key.

Exit codes: 0 done, or so already; 3 the desk cannot do it now and says why; 4 the call is kept and begins as soon as
the counsellor is free; 5 no desk is open; 6 the desk did not answer within two seconds; 2 wrong usage. A start is
answered once the call is heard, or has ended because no device opened, after :data:`OPENS_S` at the latest.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from app.commands import Context
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from ui.single_window import Answer

REFUSED: Final = 3
WAITS: Final = 4
NO_DESK: Final = 5
NO_ANSWER: Final = 6
OPENS_S: Final = 4.0
"""So long at most it is waited for the sound of a call that began; later it counts as started."""
LOOK_S: Final = 0.2
_MOST: Final = 100
"""Characters read of a number from standard input."""
_LONGEST: Final = {"number": 60, "ars": 300, "situation": 100}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments. A telephony program leaves out what it does not know, so no value is none."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="start|hold|resume|end|caller|ars|escalate|mark")
    for verb in ("start", "hold", "resume", "end"):
        one = _verb(verbs, verb)
        one.add_argument("--number", metavar="N", nargs="?", const="", default="", help=sentence("help.call_number"))
        one.add_argument("--ars", metavar="PATH", nargs="?", const="", default="", help=sentence("help.call_ars_path"))
    caller = _verb(verbs, "caller")
    caller.add_argument("number", metavar="NUMBER", nargs="?", default="", help=sentence("help.call_number"))
    ars = _verb(verbs, "ars")
    ars.add_argument("ars", metavar="PATH", nargs="?", default="", help=sentence("help.call_ars_path"))
    escalate = _verb(verbs, "escalate")
    escalate.add_argument("--situation", metavar="ID", default="", help=sentence("help.call_situation"))
    _verb(verbs, "mark")


def _verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, **described(f"help.call_{name}"))
    parser.add_argument("--json", action="store_true", help=sentence("help.json"))
    return parser


def run(args: argparse.Namespace, context: Context) -> int:
    """Ask the running desk; returns an exit code as above."""
    values = {name: getattr(args, name) for name in _LONGEST if getattr(args, name, "")}
    if values.get("number") == "-":
        # On the command line other users of the PC could see it.
        values["number"] = sys.stdin.readline(_MOST).strip()
    return order(context, args.verb, values, as_json=args.json)


def order(
    context: Context, verb: str, values: Mapping[str, str], *, as_json: bool = False, told_there: bool = False
) -> int:
    """Ask the running desk to do ``verb``, tell its answer and return the exit code.

    Args:
        context: Of the command.
        verb: As :mod:`ui.orders` knows them.
        values: What the verb takes, as ``ui.orders`` names it.
        as_json: Whether the answer is one JSON object.
        told_there: Whether the desk tells a refusal in its window, so that nobody has to be told here.
    """
    from app.instance import socket_name
    from ui.single_window import Answer, ask_desk

    said = {name: value[: _LONGEST.get(name, _MOST)] for name, value in values.items()}
    ok, code = False, "press.no_desk"
    try:
        answer = ask_desk(socket_name(context.home), verb, **said)
        if verb == "start" and answer == Answer(ok=True, code="order.started") and not told_there:
            answer = _heard(lambda: ask_desk(socket_name(context.home), "standing"))
        if answer is not None:
            ok, code = answer.ok, "order.started" if answer.code == "order.opening" else answer.code
    except TimeoutError:
        code = "press.no_answer"
    if as_json:
        context.emit({"ok": ok, "code": code})
    elif code:
        answered = ok or (told_there and code not in ("press.no_desk", "press.no_answer"))
        (context.say if answered else context.progress)(sentence(code))
    return 0 if ok else _EXITS.get(code, REFUSED)


def _heard(ask: Callable[[], Answer | None]) -> Answer | None:
    """Ask until the call that began is heard or is over: its devices open after the desk has answered.

    While they open the desk may be silent. The call began all the same: who were told that nobody answered would order
    a second one.
    """
    from ui.single_window import Answer

    def standing() -> Answer | None:
        try:
            return ask()
        except TimeoutError:
            return Answer(ok=True, code="order.opening")

    last = time.monotonic() + OPENS_S
    answer = standing()
    while answer is not None and answer.code == "order.opening" and time.monotonic() < last:
        time.sleep(LOOK_S)
        answer = standing()
    return answer


_EXITS: Final = {"order.waiting": WAITS, "press.no_desk": NO_DESK, "press.no_answer": NO_ANSWER}
