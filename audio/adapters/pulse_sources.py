"""The sources of a PulseAudio or PipeWire server, monitors included, which PortAudio cannot list.

Used in capture processes only.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import pulsectl


@dataclass(frozen=True, slots=True)
class PulseSource:
    """One source of the server."""

    name: str
    description: str
    index: int
    """New for each appearance: a source that was unplugged and is back has another."""
    channels: int
    monitor: bool
    """Whether it is what a sink plays."""


class PulseServer:
    """A connection to the server of this user. One thread."""

    def __init__(self) -> None:
        """Connect.

        Raises:
            OSError: No server answers, or the client library is absent.
        """
        try:
            self._pulse = pulsectl.Pulse("doumi")
        except (pulsectl.PulseError, OSError) as error:
            raise OSError("no sound server answers") from error

    def sources(self) -> list[PulseSource]:
        """Return the sources now; empty where the server is gone."""
        try:
            found = self._pulse.source_list()
        except (pulsectl.PulseError, OSError):
            return []
        return [
            PulseSource(
                name=source.name,
                description=source.description,
                index=source.index,
                channels=source.channel_count,
                monitor=bool(source.monitor_of_sink_name),
            )
            for source in found
        ]

    def microphone(self) -> str:
        """Return the name of the default source; empty where there is none but what a sink plays."""
        name = self._info("default_source_name")
        return name if any(source.name == name and not source.monitor for source in self.sources()) else ""

    def loopback(self) -> str:
        """Return the name of the monitor of the default sink; empty where there is none."""
        sink = self._info("default_sink_name")
        return f"{sink}.monitor" if sink else ""

    def records_only(self, index: int) -> bool:
        """Return whether everything this process records comes from the source of this number.

        The server moves streams on its own accord, e.g. to a device that was just plugged in.
        """
        try:
            outputs = self._pulse.source_output_list()
        except (pulsectl.PulseError, OSError):
            return False
        own = str(os.getpid())
        return all(out.source == index for out in outputs if out.proplist.get("application.process.id") == own)

    def _info(self, field: str) -> str:
        try:
            return str(getattr(self._pulse.server_info(), field) or "")
        except (pulsectl.PulseError, OSError):
            return ""
