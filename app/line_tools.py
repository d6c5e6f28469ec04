"""Builds the means of the telephone line: command, address, output device. A maker of adapters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.adapters import line_command, line_url
from app.sound import NoticePlayer


class SiteTools:
    """Fills :class:`app.line.LineTools`. Blocking: worker threads."""

    def __init__(self) -> None:
        self._player = NoticePlayer()

    def command(self, arguments: Sequence[str], timeout_s: float) -> None:
        """See :class:`app.line.LineTools`."""
        line_command.run(arguments, timeout_s)

    def url(self, address: str, key: str, body: dict[str, str], timeout_s: float, ca_file: Path | None) -> None:
        """See :class:`app.line.LineTools`."""
        line_url.post(address, key, body, timeout_s, ca_file)

    def device(self, name: str, sound: Path) -> None:
        """See :class:`app.line.LineTools`."""
        self._player.play(sound, name)

    def close(self) -> None:
        """End the child that plays."""
        self._player.close()
