"""Links on Linux: a desktop entry with ``x-scheme-handler/doumi`` in the user's own folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.errors import StartFault
from kb.whole_file import put, take

_FILE: Final = "doumi-links.desktop"
_TYPE: Final = "x-scheme-handler/doumi"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_./+:@=,-]+")
_TOOL_S: Final = 10.0
_LISTS: Final = ("[Default Applications]", "[Added Associations]")


class DesktopEntries:
    """Fills :class:`app.link_side.LinkRegistrar`."""

    def __init__(self) -> None:
        home = Path.home()
        self._data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "applications"
        self._config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")

    def register(self, command: Sequence[str]) -> None:
        """Write the entry and make it the one for our links. Raises StartFault."""
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=doumi",
            "Name[ko]=상담도우미",
            f"Exec={exec_line(command)}",
            "NoDisplay=true",
            "Terminal=false",
            f"MimeType={_TYPE};",
        )
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            put(self._data / _FILE, ("\n".join(lines) + "\n").encode())
            self._choose(_FILE)
        except OSError:
            raise StartFault("links.not_written", path=str(self._data)) from None
        self._refresh()

    def unregister(self) -> None:
        """Remove the entry and the choice. Raises StartFault."""
        try:
            (self._data / _FILE).unlink(missing_ok=True)
            self._choose("")
        except OSError:
            raise StartFault("links.not_written", path=str(self._data)) from None
        self._refresh()

    def follows(self, command: Sequence[str]) -> bool | None:
        """Return whether links go to ``command``; None where they go nowhere."""
        chosen = self._chosen()
        if not chosen:
            return None
        if chosen != _FILE:
            return False
        with suppress(OSError, UnicodeDecodeError):
            text = (self._data / _FILE).read_text(encoding="utf-8")
            return f"Exec={exec_line(command)}" in text.splitlines()
        return None

    # -- the user's choices: the freedesktop file mimeapps.list ------------------------------------------------

    def _lines(self) -> list[str]:
        try:
            return take(self._config / "mimeapps.list").decode().splitlines()
        except FileNotFoundError:
            return []
        except (UnicodeDecodeError, OSError):
            raise StartFault("links.not_written", path=str(self._config / "mimeapps.list")) from None

    def _chosen(self) -> str:
        section = ""
        for line in self._lines():
            if line.startswith("["):
                section = line.strip()
            name, equals, value = line.partition("=")
            if section == _LISTS[0] and equals and name.strip() == _TYPE:
                return value.strip().split(";")[0]
        return ""

    def _choose(self, file: str) -> None:
        """Make ``file`` the one for our links (empty: none), every other line as it is."""
        kept: list[str] = []
        section, is_placed = "", not file
        lines, ours = self._lines(), self._chosen() == _FILE
        for line in lines:
            if line.startswith("["):
                section = line.strip()
            name, equals, _ = line.partition("=")
            if equals and section in _LISTS and name.strip() == _TYPE and (file or ours):
                continue
            kept.append(line)
            if line.strip() == _LISTS[0] and not is_placed:
                kept.append(f"{_TYPE}={file}")
                is_placed = True
        if not is_placed:
            kept += [_LISTS[0], f"{_TYPE}={file}"]
        if kept != lines:
            self._config.mkdir(parents=True, exist_ok=True)
            put((self._config / "mimeapps.list").resolve(), ("\n".join(kept) + "\n").encode())

    def _refresh(self) -> None:
        """Let desktops that keep an index look again; those without one need nothing."""
        tool = shutil.which("update-desktop-database")
        if tool is not None:
            with suppress(OSError, subprocess.SubprocessError):
                subprocess.run([tool, str(self._data)], check=False, capture_output=True, timeout=_TOOL_S)


def exec_line(command: Sequence[str]) -> str:
    """Return the value of ``Exec`` that runs ``command`` with the link behind it."""
    return " ".join((*map(_quoted, command), "%u"))


def _quoted(argument: str) -> str:
    """Quote as the desktop entry specification asks: inside the quotes, then as a string of the file."""
    text = argument.replace("%", "%%")
    if _PLAIN.fullmatch(text):
        return text
    inner = re.sub(r'(["`$\\])', r"\\\1", text)
    return '"' + inner.replace("\\", "\\\\") + '"'
