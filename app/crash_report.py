"""What the program writes down about a fault nobody foresaw, to be read before anybody gives it to anyone.

A report holds versions, the kind of the fault, the places in the program it went through and which settings are set. It
holds no message of the fault (which may quote what was said), no values of variables and no texts of settings. It
stays on this PC: nothing sends it.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import secrets
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

from pydantic import BaseModel

from app.errors import AppFault
from app.home import Home
from app.settings import load
from resources.notices import sentence

PREFIX: Final = "crash-"
NATIVE: Final = "native-crash.txt"
"""Where Python's own fault handler writes the places of a crash in native code."""
KEPT: Final = 20
"""Reports that are kept; further ones are not written until some are removed."""
_PLAIN: Final = frozenset({"language", "role", "theme", "dial", "caller_side", "upload", "end_after_notice"})
"""Settings whose words come from the program itself and may be told."""

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now().astimezone()


def describe(error: BaseException, where: str, settings: BaseModel, packages: tuple[str, ...], at: datetime) -> str:
    """Return the report of one fault as text."""
    lines = [sentence("crash.head"), "", f"{at.isoformat(timespec='seconds')}  {where}", *versions(packages), ""]
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(type(cause).__name__)
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join([*lines, "", *outline(settings)]) + "\n"


def versions(packages: tuple[str, ...]) -> list[str]:
    """Return the versions that matter, a line each."""
    lines = [f"Python {platform.python_version()}", f"{platform.system()} {platform.release()} {platform.machine()}"]
    for name in packages:
        with suppress(PackageNotFoundError):
            lines.append(f"{name} {version(name)}")
    return lines


def outline(settings: BaseModel, prefix: str = "") -> list[str]:
    """Return which settings differ from the shipped ones: figures and choices as they are, texts and paths as set."""
    lines: list[str] = []
    for name, part in type(settings).model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            lines += outline(value, f"{prefix}{name}.")
        elif value != part.get_default(call_default_factory=True):
            lines.append(f"{prefix}{name} = {_told(name, value)}")
    return lines


def _told(name: str, value: Any) -> str:
    plain = isinstance(value, (bool, int, float)) or value is None or name in _PLAIN
    return str(value) if plain else "(set)"


def keep(home: Home, error: BaseException, where: str, now: Callable[[], datetime]) -> Path | None:
    """Write the report of one fault into the folder of logs; returns the file, None where it cannot be written."""
    from app.doctor import PACKAGES

    try:
        if len(kept(home)) >= KEPT:
            return None
        at = now()
        text = describe(error, where, load(home.settings, now).settings, PACKAGES, at)
        home.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = home.logs / f"{PREFIX}{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.txt"
        with _private(file, "x") as stream:
            stream.write(text)
    except Exception as failure:  # a report is never a reason for a second fault
        _log.warning("no report was written (%s)", type(failure).__name__)
        return None
    return file


def kept(home: Home) -> list[Path]:
    """Return the reports that are there, oldest first."""
    return sorted(home.logs.glob(f"{PREFIX}*.txt"))


def support_text(home: Home, findings: Sequence[str], settings: BaseModel) -> str:
    """Return what may be handed to whoever helps: findings, settings in outline and the reports that are here.

    The user's own folder is written ``~``, so that no name of a person stands in a path.
    """
    parts = [sentence("crash.head"), "", *findings, "", *outline(settings)]
    for file in [*kept(home), home.logs / NATIVE]:
        with suppress(OSError):
            if text := file.read_text(encoding="utf-8", errors="replace").strip():
                parts += ["", f"== {file.name}", text]
    return "\n".join(parts).replace(str(Path.home()), "~") + "\n"


def write(file: Path, text: str) -> None:
    """Write a text for somebody else, readable by this user only. Raises AppFault."""
    try:
        with _private(file, "w") as stream:
            stream.write(text)
    except OSError as error:
        raise AppFault("crash.not_written", path=str(file)) from error


@contextmanager
def watching(home: Home, now: Callable[[], datetime] = _now) -> Iterator[None]:
    """While the windows are open: write a report of each fault that nothing caught, in whatever thread, and go on."""

    def caught(kind: type[BaseException], error: BaseException, places: TracebackType | None) -> None:
        _log.error("a window failed", exc_info=(kind, error, places))
        keep(home, error, "window", now)

    def thread(failure: threading.ExceptHookArgs) -> None:
        name = failure.thread.name if failure.thread else "?"
        if failure.exc_value is not None:
            _log.error("thread %s ended", name, exc_info=failure.exc_value)
            keep(home, failure.exc_value, f"thread {name}", now)

    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = caught, thread
    native = None
    with suppress(OSError):
        home.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not faulthandler.is_enabled():
            native = _private(home.logs / NATIVE, "a")
            faulthandler.enable(native)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
        if native is not None:
            faulthandler.disable()
            native.close()


def _private(file: Path, mode: str) -> IO[str]:
    """Open a file that only this user can read."""
    return open(file, mode, encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600))
