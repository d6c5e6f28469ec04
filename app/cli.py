"""The root of the command line: parses, runs one subcommand, turns faults into one sentence.

Exit codes: 0 success, 1 a fault explained in one line on standard error, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final, NoReturn

from app.commands import Context
from app.home import Home
from resources.notices import Fault, sentence

COMMANDS: Final = ("run", "transcribe", "kb", "search", "summarize", "models", "sessions", "team", "doctor")

_log = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, sentence("cli.wrong_usage", detail=message) + "\n")


def parser() -> argparse.ArgumentParser:
    """Return the whole command line in the current language."""
    root = _Parser(prog="doumi", description=sentence("help.program"))
    root.add_argument("--version", action="version", version=f"doumi {version('doumi')}")
    commands = root.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS), parser_class=_Parser)
    for name in COMMANDS:
        text = sentence(f"help.{name}")
        module = importlib.import_module(f"app.commands.{name}")
        module.configure(commands.add_parser(name, help=text, description=text))
    return root


def main(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = parser().parse_args(arguments)
    context = Context(home=Home.from_environment())
    try:
        return int(importlib.import_module(f"app.commands.{args.command}").run(args, context))
    except Fault as fault:
        context.progress(str(fault))
        return 1
    except KeyboardInterrupt:
        context.progress(sentence("cli.interrupted"))
        return 130
    except BrokenPipeError:
        # The reader went away (`doumi search - | head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
