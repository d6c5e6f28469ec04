"""Builds the site's own tools: command, address and output device of the telephone line, summariser model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.adapters import line_command, os_keyring
from app.errors import ChatFault
from app.keys import KeyState
from app.settings import SummariserSettings
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
        from app.adapters import line_url  # the HTTP client is loaded where a site uses it

        line_url.post(address, key, body, timeout_s, ca_file)

    def device(self, name: str, sound: Path) -> None:
        """See :class:`app.line.LineTools`."""
        self._player.play(sound, name)

    def close(self) -> None:
        """End the child that plays."""
        self._player.close()


class SiteModel:
    """Fills :class:`app.rephrasing.ChatModel`. Blocking: worker threads."""

    def ask(
        self, settings: SummariserSettings, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> str:
        """See :class:`app.rephrasing.ChatModel`."""
        key = ""
        if settings.key_name:
            backend = os_keyring.find().usable
            reading = backend.read(settings.key_name) if backend else None
            if reading is None or reading.state is not KeyState.FOUND:
                raise ChatFault("assist.rephrase_no_key")
            key = reading.secret
        from app.adapters import chat_model

        return chat_model.ask(settings.url, settings.model, messages, schema, settings.timeout_s, key, settings.ca_file)
