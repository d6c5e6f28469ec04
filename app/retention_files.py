"""What a desk keeps in files beside its database: sound, copies of the database, logs."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from app import log_setup, retention_rows
from app.home import Home
from app.retention_plan import Exempt, Item, Kind
from app.retention_rows import HeldCall

_log = logging.getLogger(__name__)


class KeptFiles:
    """The files of one profile and the logs of its home. Thread: any."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def folder_of(self, session_id: str) -> Path | None:
        """Return the folder of a call's sound; None for a name that is no call's."""
        folder = self._home.sound / session_id
        return folder if folder.parent == self._home.sound and folder.name == session_id else None

    def folders(self) -> dict[str, int]:
        """Return the folders of sound by name, with their bytes."""
        try:
            found = [path for path in self._home.sound.iterdir() if path.is_dir() and not path.is_symlink()]
        except OSError:
            return {}
        return {path.name: sum(_size(file) for file in path.rglob("*") if file.is_file()) for path in found}

    def sound(self, folders: dict[str, int], calls: Iterable[HeldCall], in_use: Collection[str]) -> list[Item]:
        """Return the sound among ``folders``; what has no call any more is as old as its folder."""
        known = {call.id: call for call in calls}
        items = []
        for name, size in folders.items():
            if (call := known.get(name)) is not None:
                at, exempt = retention_rows.moment(call.started_at), call.exempt
            else:
                at, exempt = _mtime(self._home.sound / name), Exempt.OPEN if name in in_use else None
            items.append(Item(Kind.SOUND, name, at, exempt=exempt, size=size))
        return items

    def others(self) -> list[Item]:
        """Return copies of the database, and logs but for the one that is written now."""
        logs = sorted(self._home.logs.iterdir()) if self._home.logs.is_dir() else []
        # A rotated log takes the name of another: what it is called tells nothing of its age.
        named = [(Kind.LOGS, f"{_mtime(file):%Y%m%d%H%M%S} {file.name}", file) for file in logs]
        named = [one for one in named if one[2].is_file() and one[2].name != log_setup.NAME]
        named += [(Kind.BACKUPS, file.name, file) for file in self._copies()]
        return [Item(kind, ident, _mtime(file), size=_size(file)) for kind, ident, file in named]

    def remove(self, items: Iterable[Item]) -> dict[Kind, int]:
        """Remove copies and logs; returns how many of each went. What is in use stays for the next time."""
        folders = {Kind.BACKUPS: self._home.personal, Kind.LOGS: self._home.logs}
        gone: dict[Kind, int] = {}
        for item in items:
            try:
                (folders[item.kind] / Path(item.ident.rpartition(" ")[2]).name).unlink()
                gone[item.kind] = gone.get(item.kind, 0) + 1
            except FileNotFoundError:
                continue
            except OSError as error:
                _log.warning("a file of %s could not be removed (%s)", item.kind.value, type(error).__name__)
        return gone

    def purge_copies(self) -> None:
        """Remove copies of the database: they hold what was deleted. Raises OSError."""
        for file in self._copies():
            file.unlink(missing_ok=True)

    def _copies(self) -> list[Path]:
        folder, name = self._home.personal_db.parent, self._home.personal_db.name
        return sorted([*folder.glob(f"{name}.*.bak"), *folder.glob(f"{name}.*.bak.part")])


def _mtime(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(0, UTC)  # gone meanwhile, or a time that is none: counted from when it was seen


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
