r"""Links on Windows: ``HKCU\Software\Classes\doumi``, this user's part of the registry. No rights are needed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from app.errors import StartFault

KEY: Final = r"Software\Classes\doumi"
_COMMAND: Final = KEY + r"\shell\open\command"
_BELOW: Final = (_COMMAND, KEY + r"\shell\open", KEY + r"\shell", KEY + r"\DefaultIcon", KEY)


class UserClasses:
    """Fills :class:`app.link_side.LinkRegistrar`."""

    def __init__(self, registry: Any = None) -> None:
        """Take the ``winreg`` module, or what a test puts in its place."""
        if registry is None and sys.platform == "win32":
            import winreg  # only there

            registry = winreg
        self._registry = registry

    def register(self, command: Sequence[str]) -> None:
        """Write the keys. Raises StartFault."""
        try:
            self._set(KEY, "", "URL:doumi")
            self._set(KEY, "URL Protocol", "")
            self._set(KEY + r"\DefaultIcon", "", f'"{command[0]}",0')
            self._set(_COMMAND, "", command_line(command))
        except OSError:
            raise StartFault("links.not_written", path=f"HKCU\\{KEY}") from None

    def unregister(self) -> None:
        """Remove the keys. Raises StartFault."""
        for key in _BELOW:
            try:
                with suppress(FileNotFoundError):
                    self._registry.DeleteKey(self._registry.HKEY_CURRENT_USER, key)
            except OSError:
                raise StartFault("links.not_written", path=f"HKCU\\{KEY}") from None

    def follows(self, command: Sequence[str]) -> bool | None:
        """Return whether links go to ``command``; None where they go nowhere."""
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, _COMMAND) as key:
                value, _kind = self._registry.QueryValueEx(key, "")
        except OSError:
            return None
        return bool(value == command_line(command))

    def _set(self, key: str, name: str, value: str) -> None:
        with self._registry.CreateKey(self._registry.HKEY_CURRENT_USER, key) as opened:
            self._registry.SetValueEx(opened, name, 0, self._registry.REG_SZ, value)


def command_line(command: Sequence[str]) -> str:
    """Return what Windows runs for a link, which it puts in place of ``%1``.

    The link stands in quotes behind ``--``: one that holds quotes itself becomes several words, and the command line
    refuses more than one.
    """
    return " ".join((*(f'"{word}"' if " " in word else word for word in command), '"%1"'))
