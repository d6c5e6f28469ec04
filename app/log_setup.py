"""Log files without speech, names or numbers.

Only what is known to be harmless is written as it is. Hangul and long runs of digits are blanked in every line, and
of an exception only its kind and the places it went through are kept, since its message may hold what was said.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import threading
import traceback
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 2_000_000
COPIES: Final = 3
NAME: Final = "doumi.log"
"""The file that is written now; older ones have a number behind it."""
OURS: Final = ("app", "ui", "assist", "audio", "kb", "resources")

_HANGUL: Final = re.compile(r"[ᄀ-ᇿ㄰-㆏ꥠ-꥿가-힯ힰ-퟿]+")
_DIGITS: Final = re.compile(r"(?<![0-9A-Za-z])\+?\d(?:[\s.()\-]{0,2}\d){5,}(?![0-9A-Za-z])")
_CODED: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z]{1,2}\d{3}[0-9A-Z]\d{4}(?![0-9A-Za-z])|\d{2,3}\s?[가-힣]\s?\d{4}(?!\d))"
)
"""Passports and vehicle plates, whose digits are fewer or stand behind a letter."""
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def redact(line: str) -> str:
    """Return ``line`` with Hangul, mail addresses, passports, plates and runs of six or more digits blanked."""
    return _DIGITS.sub("#", _MAIL.sub("@", _HANGUL.sub("□", _CODED.sub("#", line))))


class PrivateFormatter(logging.Formatter):
    """Time, level, thread, logger, message; redacted."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(threadName)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and the places of an exception below it."""
        plain = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None})
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        text = f"{when} {redact(super().format(plain))}"
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            places = "\n".join(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames)
            text += f"\n  {record.exc_info[0].__name__}\n{places}"
        return text


def start(folder: Path) -> Path | None:
    """Write our logs from INFO and other libraries' from WARNING into ``folder``; returns the file.

    Returns None, and logs nowhere, where the folder cannot be written: a log is never a reason not to start.
    """
    root = logging.getLogger()
    file = folder / NAME
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(file, maxBytes=MAX_BYTES, backupCount=COPIES, encoding="utf-8")
        handler.setFormatter(PrivateFormatter())
        root.addHandler(handler)
        root.setLevel(logging.WARNING)
        for name in OURS:
            logging.getLogger(name).setLevel(logging.INFO)
        return file
    root.addHandler(logging.NullHandler())
    return None


def roll_over(days: int, now: datetime) -> None:
    """Begin a new file where the first line of this one is older than ``days``, so that lines go with their files."""
    for handler in logging.getLogger().handlers:
        if not isinstance(handler, logging.handlers.RotatingFileHandler):
            continue
        if not isinstance(handler.formatter, PrivateFormatter):
            continue
        with suppress(OSError, ValueError):
            with open(handler.baseFilename, encoding="utf-8") as stream:
                began = datetime.strptime(stream.readline(40).split(" ", 1)[0], "%Y-%m-%dT%H:%M:%S%z")
            if now - began > timedelta(days=days):
                handler.acquire()
                try:
                    handler.doRollover()
                finally:
                    handler.release()


def to_stderr() -> None:
    """Let a child process, which has no log file, write warnings to its standard error, as bare as in a log.

    Without it Python itself would print them there, with the messages of exceptions, which may hold what was said.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(PrivateFormatter())
    logging.getLogger().addHandler(handler)
    threading.excepthook = _thread_ended


def _thread_ended(failure: threading.ExceptHookArgs) -> None:
    kind, name = failure.exc_type.__name__, failure.thread.name if failure.thread else "?"
    logging.getLogger(__name__).error("thread %s ended (%s)", name, kind)


def stop() -> None:
    """Close the handlers that :func:`start` added."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, PrivateFormatter):
            root.removeHandler(handler)
            handler.close()
