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
from datetime import datetime
from types import ModuleType
from typing import Final

from app import log_setup, usage
from app.build_facts import version_line
from app.commands import Context
from app.home import Home
from resources.notices import Fault, sentence
from ui.links import is_link

COMMANDS: Final = (
    "run",
    "call",
    "open-link",
    "links",
    "transcribe",
    "kb",
    "search",
    "summarize",
    "classify",
    "replay",
    "rerun",
    "exercise",
    "redact",
    "models",
    "sessions",
    "retention",
    "access",
    "team",
    "callers",
    "incidents",
    "evidence",
    "package",
    "qa",
    "casebook",
    "scripts",
    "shortcuts",
    "profiles",
    "keys",
    "doctor",
)

_PROFILE: Final = "DOUMI_PROFILE"
_OPENS: Final = {"team": "inbox", "sessions": "desk"}
"""What the role of a named profile must cover for a command."""
_log = logging.getLogger(__name__)


def parser() -> usage.Parser:
    """Return the whole command line in the current language."""
    usage.speak()
    root = usage.Parser(prog="doumi", description=sentence("help.program"))
    root.add_argument("--profile", metavar="NAME", help=sentence("help.profile"))
    root.add_argument("--version", action="version", version=version_line(), help=sentence("usage.version"))
    commands = root.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS), parser_class=usage.Parser)
    for name in COMMANDS:
        text = sentence(f"help.{name.replace('-', '_')}")
        _module(name).configure(commands.add_parser(name, help=text, description=text))
    return root


def main(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    threading.excepthook = _thread_failed
    context = Context(home=Home.from_environment())
    try:
        profile, left = _profile(_followed(arguments))
        args = parser().parse_args(left)
        context = Context(home=_home(context.home, args.profile or profile, args.command))
        return int(_module(args.command).run(args, context))
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


def _followed(arguments: Sequence[str]) -> list[str]:
    """Return the command line; a link in the place of a command, as some systems hand it over, is one to follow."""
    is_one = bool(arguments) and is_link(arguments[0])
    return ["open-link", "--", *arguments] if is_one else list(arguments)


def _module(command: str) -> ModuleType:
    return importlib.import_module(f"app.commands.{command.replace('-', '_')}")


def _profile(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the profile that is named anywhere before a ``--``, and the command line without it.

    It belongs to the program, and is typed behind the command as often as before it.
    """
    named, left = os.environ.get(_PROFILE, ""), list(arguments)
    end = left.index("--") if "--" in left else len(left)
    for place in range(1, end):
        word, equals, value = left[place].partition("=")
        if word != "--profile":
            continue
        if equals:
            return value, [*left[:place], *left[place + 1 :]]
        if place + 1 < end:
            return left[place + 1], [*left[:place], *left[place + 2 :]]
    return named, left


def _home(home: Home, profile: str, command: str) -> Home:
    """Return the home as the named profile sees it, which asks for its PIN where a command needs its key.

    Raises:
        ProfileFault: There is no such profile, or its role does not open what the command opens.
    """
    from app.pin_entry import AskedPin

    if not profile:
        return home.of_profile(home.profile, AskedPin(lambda: sentence("profiles.unnamed")))
    from app.errors import ProfileFault
    from app.profiles import Part
    from app.shifts import profiles_of

    found = profiles_of(home).find(profile)
    if command in _OPENS and not found.opens(Part(_OPENS[command])):
        raise ProfileFault("profiles.role_refused")
    return home.of_profile(found.id, AskedPin(lambda: found.name or found.id))


def _bug(error: Exception, context: Context) -> None:
    """Log a fault nobody foresaw and say so in one sentence; its message may hold what was said and is not shown."""
    log_setup.stop()
    log = log_setup.start(context.home.logs)
    _log.error("the command failed", exc_info=error)
    _report(error, context)
    kind = type(error).__name__
    context.progress(sentence("cli.bug", kind=kind, log=log) if log else sentence("cli.bug_not_logged", kind=kind))


def _report(error: Exception, context: Context) -> None:
    from app import crash_report  # what it reads is loaded only where something failed

    crash_report.keep(context.home, error, "command", lambda: datetime.now().astimezone())


def _thread_failed(failure: threading.ExceptHookArgs) -> None:
    """Log what ended a thread; Python would print it with its message, which may hold what was said."""
    name = failure.thread.name if failure.thread else "?"
    if failure.exc_value is not None:
        _log.error("thread %s ended", name, exc_info=failure.exc_value)


def _drop_output() -> None:
    """Let what is still buffered for standard output go nowhere, or Python complains at its end."""
    if sys.stdout is None:
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
