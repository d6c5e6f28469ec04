"""Example: what a softphone calls when a call rings, begins, is held, goes on and ends. Standard library only.

    softphone_hook.py ring  01012345678          the number that rings, before anybody answers
    softphone_hook.py start 01012345678 --ars "교통 > 주정차"
    softphone_hook.py hold  01012345678
    softphone_hook.py resume 01012345678
    softphone_hook.py end   01012345678

Telephony programs have words of their own for these (``WORDS``); adapt them to yours. The number may be left out, or
be a whole SIP address. It goes to the desk by standard input, so that other users of the PC do not see it.

Name the program with ``--doumi`` or in ``DOUMI``; without either ``doumi`` is looked for in the path. Exit code 0: the
desk did it; 3: it cannot now; 4: it keeps the call until the counsellor is free; 5: no desk is open; 6: no answer.
A softphone that waits for its hook is not kept waiting: after ``--seconds`` this gives up.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

WORDS = {
    "ring": ("caller",),
    "incoming": ("caller",),
    "start": ("start",),
    "answer": ("start",),
    "answered": ("start",),
    "connected": ("start",),
    "hold": ("hold",),
    "held": ("hold",),
    "resume": ("resume",),
    "unhold": ("resume",),
    "retrieved": ("resume",),
    "end": ("end",),
    "hangup": ("end",),
    "disconnected": ("end",),
    "missed": (),  # nobody answered: nothing began
}
"""What each event of the softphone is for the desk."""
NO_ANSWER = 6


def orders(event: str, path: str) -> list[list[str]]:
    """Return the arguments of ``doumi call`` for an event."""
    found = [[verb, *(["-"] if verb == "caller" else ["--number", "-"])] for verb in WORDS[event]]
    if path and found:
        if event in ("ring", "incoming"):
            found.append(["ars", path])
        elif found[0][0] == "start":
            found[0] += ["--ars", path]
    return found


def tell(program: str, order: list[str], number: str, seconds: float) -> int:
    """Run one order; returns its exit code."""
    try:
        done = subprocess.run([program, "call", *order], input=f"{number}\n".encode(), timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return NO_ANSWER
    except OSError as error:
        print(f"{program}: {error.strerror}", file=sys.stderr)
        return 1
    return done.returncode


def main() -> int:
    """Tell the desk of one event; returns the first exit code that is not 0."""
    parser = argparse.ArgumentParser(description="Tell the desk what the softphone sees.")
    parser.add_argument("event", choices=sorted(WORDS), type=str.lower)
    parser.add_argument("number", nargs="?", default="")
    parser.add_argument("--ars", default="", help="menus the caller chose, e.g. 교통>주정차")
    parser.add_argument("--doumi", default=os.environ.get("DOUMI", "doumi"), metavar="PROGRAM")
    parser.add_argument("--seconds", type=float, default=5.0)
    given = parser.parse_args()
    number = " ".join(given.number.split())[:100]
    codes = [tell(given.doumi, order, number, given.seconds) for order in orders(given.event, given.ars)]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
