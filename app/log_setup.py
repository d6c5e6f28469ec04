"""Log files without speech, names or numbers.

Only what is known to be harmless is written as it is. Hangul and long runs of digits are blanked in every line, and
of an exception only its kind and the places it went through are kept, since its message may hold what was said.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 2_000_000
COPIES: Final = 3
OURS: Final = ("app", "ui", "assist", "audio", "kb", "resources")

_HANGUL: Final = re.compile(r"[ᄀ-ᇿ㄰-㆏ꥠ-꥿가-힯ힰ-퟿]+")
_DIGITS: Final = re.compile(r"(?<![0-9A-Za-z])\+?\d(?:[\s.()\-]{0,2}\d){5,}(?![0-9A-Za-z])")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def redact(line: str) -> str:
    """Return ``line`` with Hangul, mail addresses and runs of six or more digits blanked."""
    return _DIGITS.sub("#", _MAIL.sub("@", _HANGUL.sub("□", line)))


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
    file = folder / "doumi.log"
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


def stop() -> None:
    """Close the handlers that :func:`start` added."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, PrivateFormatter):
            root.removeHandler(handler)
            handler.close()
