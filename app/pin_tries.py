"""How often a PIN may be tried: after five wrong ones each further try waits longer.

The count outlives the program. A try is counted before it is checked, so that killing the program in between wins
nothing. Both clocks count: setting the wall clock back, or forward, shortens no wait.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.errors import AppFault
from app.private_file import write_private

FREE_TRIES: Final = 5
FIRST_WAIT_S: Final = 30.0
LONGEST_WAIT_S: Final = 900.0
_MAX_BYTES: Final = 1_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Tries:
    wrong: int = 0
    wall: float = 0.0
    """Wall clock at the last wrong one, seconds since 1970."""
    mono: float = 0.0
    """Clock since the start of the PC, seconds."""


class PinTries:
    """The wrong tries of one profile. Its user holds a lock over :meth:`begin` and what follows."""

    def __init__(self, file: Path, wall: Callable[[], float], mono: Callable[[], float]) -> None:
        """Join the parts.

        Args:
            file: Where the count is kept.
            wall: Seconds since 1970.
            mono: Seconds of a clock that nobody sets.
        """
        self._file = file
        self._wall = wall
        self._mono = mono

    def wait_s(self) -> int:
        """Return whole seconds until the next try is allowed; 0: now."""
        tries = self._read()
        if tries.wrong < FREE_TRIES:
            return 0
        wait = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(tries.wrong - FREE_TRIES, 20))
        passed = min(self._wall() - tries.wall, self._mono() - tries.mono)
        if passed < 0:
            # A clock was set back, or the PC was started again: the wait begins anew.
            self._write(_Tries(tries.wrong, self._wall(), self._mono()))
            passed = 0.0
        return max(0, math.ceil(wait - passed))

    def begin(self) -> Callable[[], None]:
        """Count a try as wrong; returns what takes it back, for a try that was not judged."""
        before = self._read()
        self._write(_Tries(before.wrong + 1, self._wall(), self._mono()))
        return lambda: self._write(before)

    def right(self) -> None:
        """Forget the wrong tries."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _read(self) -> _Tries:
        try:
            with self._file.open("rb") as stream:
                value = json.loads(stream.read(_MAX_BYTES))
            return _Tries(max(0, int(value["wrong"])), float(value["wall"]), float(value["mono"]))
        except FileNotFoundError:
            return _Tries()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            # Somebody spoiled the file: that must not give free tries.
            spoiled = _Tries(FREE_TRIES, self._wall(), self._mono())
            self._write(spoiled)
            return spoiled

    def _write(self, tries: _Tries) -> None:
        try:
            write_private(self._file, json.dumps(asdict(tries)) + "\n")
        except AppFault as fault:  # a full disk must not keep a counsellor out
            _log.warning("a try was not counted (%s)", fault.code)
