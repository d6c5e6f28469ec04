"""The subcommands of ``doumi``, one module each.

A module has ``configure(parser)`` (adds its arguments; help text from ``resources.notices`` codes ``help.*``)
and ``run(args, context) -> int`` (0 success, 1 a fault explained in one line). Heavy imports happen in ``run``.
A :class:`resources.notices.Fault` may escape from ``run``: the root prints its sentence and exits 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.home import Home
from resources.notices import sentence


@dataclass(frozen=True, slots=True)
class Context:
    """What every command gets."""

    home: Home

    def say(self, text: str) -> None:
        """Write a line for a person to standard output."""
        print(text, flush=True)

    def progress(self, text: str) -> None:
        """Write a line for a person to standard error, so that standard output stays machine-readable."""
        print(text, file=sys.stderr, flush=True)

    def in_steps(self, code: str, percents: int) -> Callable[[float], None]:
        """Return what tells, in the sentence of ``code``, how much of a work is done: 0 to 1, every so many percent."""
        shown = -percents

        def progress(part: float) -> None:
            nonlocal shown
            percent = int(part * 100)
            if percent >= shown + percents:
                shown = percent
                self.progress(sentence(code, percent=percent))

        return progress

    def emit(self, value: object) -> None:
        """Write one JSON object as one line to standard output, flushed."""
        print(json.dumps(value, ensure_ascii=False), flush=True)


def day(text: str) -> date:
    """Read an argument that is a day, ``2026-11-22``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(sentence("inbox.bad_day", day=text)) from None


def plain(text: str) -> str:
    """Return what somebody else wrote without anything a terminal would obey: no escape sequence, no line break."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
