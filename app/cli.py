"""The root of the command line: parses, runs one subcommand, turns faults into one sentence.

Exit codes: 0 success, 1 a fault explained in one line on standard error, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import errno
import importlib
import logging
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Final

from app import log_setup, usage
from app.commands import Context
from app.home import Home
from resources.notices import Fault, sentence

COMMANDS: Final = (
    "run",
    "call",
    "transcribe",
    "kb",
    "search",
    "summarize",
    "classify",
    "models",
    "sessions",
    "access",
    "team",
    "callers",
    "incidents",
    "evidence",
    "scripts",
    "doctor",
)

_log = logging.getLogger(__name__)


def parser() -> usage.Parser:
    """Return the whole command line in the current language."""
    usage.speak()
    root = usage.Parser(prog="doumi", description=sentence("help.program"))
    shown = f"doumi {version('doumi')}"
    root.add_argument("--version", action="version", version=shown, help=sentence("usage.version"))
    commands = root.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS), parser_class=usage.Parser)
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
    threading.excepthook = _thread_failed
    context = Context(home=Home.from_environment())
    try:
        args = parser().parse_args(arguments)
        return int(importlib.import_module(f"app.commands.{args.command}").run(args, context))
    except Fault as fault:
        context.progress(str(fault))
        return 1
    except KeyboardInterrupt:
        context.progress(sentence("cli.interrupted"))
        return 130
    except BrokenPipeError:
        # The reader went away (`doumi search - | head`): nobody is left to tell.
        _drop_output()
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            _drop_output()
            context.progress(sentence("cli.disk_full"))
        else:
            _bug(error, context)
        return 1


def _bug(error: Exception, context: Context) -> None:
    """Log a fault nobody foresaw and say so in one sentence; its message may hold what was said and is not shown."""
    log_setup.stop()
    log = log_setup.start(context.home.logs)
    _log.error("the command failed", exc_info=error)
    kind = type(error).__name__
    context.progress(sentence("cli.bug", kind=kind, log=log) if log else sentence("cli.bug_not_logged", kind=kind))


def _thread_failed(failure: threading.ExceptHookArgs) -> None:
    """Log what ended a thread; Python would print it with its message, which may hold what was said."""
    name = failure.thread.name if failure.thread else "?"
    if failure.exc_value is not None:
        _log.error("thread %s ended", name, exc_info=failure.exc_value)


def _drop_output() -> None:
    """Let what is still buffered for standard output go nowhere, or Python complains at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
