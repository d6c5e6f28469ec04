"""What *play notice*, *transfer* and *end* do to the telephone line, as the site set it up.

Each action has one means: a command, else an address, else (for the notice) an output device; where none is set the
counsellor does it. Which one it was and how it went is told; nothing here decides what comes next.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from app.errors import LineFault
from app.settings import LineActionSettings, LineSettings
from assist.model import LineAction, LineMeans
from resources.notices import Fault

_PLACEHOLDER: Final = re.compile(r"\{(call_id|number|text|incident|action)\}")


@dataclass(frozen=True, slots=True)
class LineOrder:
    """One thing to do to the line."""

    action: LineAction
    call_id: str
    number: str = ""
    """The dedicated team's number, to transfer to."""
    text: str = ""
    """The sentence that tells the reason."""
    incident: str = ""
    """Id of the incident; empty while its pack is still being made."""
    count: int = 1
    """Which attempt of this action in this call: a press again is another order, an answer lost is not."""

    @property
    def values(self) -> dict[str, str]:
        """The values of the placeholders and of the JSON body."""
        return {
            "action": self.action.value,
            "call_id": self.call_id,
            "number": self.number,
            "text": self.text,
            "incident": self.incident,
        }

    @property
    def key(self) -> str:
        """The same for the same order only."""
        return f"{self.call_id}.{self.action.value}.{self.count}"


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """How it went."""

    means: LineMeans
    ok: bool
    fault: Fault | None = None
    ms: int = 0


class LineTools(Protocol):
    """The means themselves; built by :mod:`app.sound` and :mod:`app.personal` for the desk. Blocking."""

    def command(self, arguments: Sequence[str], timeout_s: float) -> None:
        """Run a program to its end. Raises LineFault unless it ends with 0 in time."""
        ...

    def url(self, address: str, key: str, body: dict[str, str], timeout_s: float, ca_file: Path | None) -> None:
        """Post to an address. Raises LineFault unless it answers 2xx in time."""
        ...

    def device(self, name: str, sound: Path) -> None:
        """Play a file to its end on an output device. Raises Fault."""
        ...


class Line:
    """The telephone line as the site set it up. Thread: :meth:`act` on a worker, it blocks; the rest on any."""

    def __init__(
        self, settings: Callable[[], LineSettings], tools: LineTools, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Join the parts.

        Args:
            settings: The settings as they are now; asked at every action.
            tools: The means.
            clock: Seconds, for how long an action took.
        """
        self._settings = settings
        self._tools = tools
        self._clock = clock

    @property
    def number(self) -> str:
        """The dedicated team's number to transfer to; empty where the site set none."""
        return self._settings().transfer_number

    @property
    def after_notice(self) -> LineAction | None:
        """What the site lets follow the notice; None: the counsellor is asked."""
        after = self._settings().end_after_notice
        return None if after == "ask" else LineAction(after)

    def means(self, action: LineAction) -> LineMeans:
        """Return who or what does ``action``."""
        settings = self._settings()
        wanted = _section(settings, action)
        if wanted.command:
            return LineMeans.COMMAND
        if wanted.url:
            return LineMeans.URL
        if action is LineAction.NOTICE and settings.notice_device and settings.notice_sound is not None:
            return LineMeans.DEVICE
        return LineMeans.PERSON

    def act(self, order: LineOrder) -> LineOutcome:
        """Do it by the means the site set. Never raises a fault; with means ``person`` nothing is done."""
        settings, means = self._settings(), self.means(order.action)
        wanted = _section(settings, order.action)
        begun = self._clock()
        fault: Fault | None = None
        try:
            match means:
                case LineMeans.COMMAND:
                    self._tools.command(filled(wanted.command, order.values), wanted.timeout_s)
                case LineMeans.URL:
                    self._tools.url(wanted.url, order.key, order.values, wanted.timeout_s, settings.ca_file)
                case LineMeans.DEVICE if settings.notice_sound is not None:
                    self._tools.device(settings.notice_device, settings.notice_sound)
                case _:
                    fault = LineFault("line.nothing_set")
        except Fault as refused:
            fault = refused
        return LineOutcome(means, fault is None, fault, round((self._clock() - begun) * 1000))


def filled(arguments: Sequence[str], values: dict[str, str]) -> tuple[str, ...]:
    """Return an argument list with its placeholders filled, once and inside each argument; the program stays as set.

    What is filled in is never split, never read as a placeholder again and holds no control characters but spaces.
    """
    clean = {
        name: " ".join("".join(c if c.isprintable() else " " for c in text).split()) for name, text in values.items()
    }
    program, *rest = arguments
    return (program, *(_PLACEHOLDER.sub(lambda found: clean[found[1]], argument) for argument in rest))


def _section(settings: LineSettings, action: LineAction) -> LineActionSettings:
    return {
        LineAction.NOTICE: settings.notice,
        LineAction.TRANSFER: settings.transfer,
        LineAction.END: settings.end,
    }[action]
