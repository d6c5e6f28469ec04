"""What a desk remembers of its releases between two syncs: how the last one went, what it must not fall behind."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.model import KbStatus
from kb.release.manifest import moment
from kb.whole_file import put, take

RELEASE = "release"
"""Origin of generations that came as a release."""
_FILE = "sync.json"


class SyncNote(BaseModel):
    """What is remembered. Codes and values only; nothing of anybody's calls."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: str = ""
    """Name of the address, without user name or password."""
    at: str = ""
    """When the last sync ended, ISO, UTC; empty where there was none."""
    code: str = ""
    """Notice code of its outcome."""
    params: dict[str, str] = Field(default_factory=dict)
    """Values of that notice."""
    ok: bool = False
    checked_at: str = ""
    """When the release was last found to be the newest, ISO, UTC."""
    expires: str = ""
    """When the signatures of the newest release end, ISO, UTC."""
    highest: int = 0
    """Highest release ever taken up."""
    highest_sha256: str = ""
    """Of its generation file."""
    refused: str = ""
    """SHA-256 of the manifest of a release that was refused, so that it is not fetched again and again."""
    refused_code: str = ""
    refused_params: dict[str, str] = Field(default_factory=dict)


class SyncNotes:
    """The note on disk. Thread: any; one writer at a time, guarded by the sync's lock file."""

    def __init__(self, folder: Path) -> None:
        """Describe where it lies; touches no disk."""
        self._file = folder / _FILE
        self._lock = threading.Lock()
        self._known: tuple[object, SyncNote] = (None, SyncNote())

    def read(self) -> SyncNote:
        """Return the note; an empty one where there is none or it is damaged. Cheap while it does not change."""
        try:
            told = self._file.stat()
        except OSError:
            return SyncNote()
        stamp = (told.st_mtime_ns, told.st_ino, told.st_size)  # a clock tick is long beside two writes
        with self._lock:
            if self._known[0] != stamp:
                try:
                    self._known = (stamp, SyncNote.model_validate_json(take(self._file)))
                except (OSError, ValidationError):
                    self._known = (stamp, SyncNote())
            return self._known[1]

    def write(self, note: SyncNote) -> None:
        """Replace the note, whole or not at all. Raises OSError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        put(self._file, f"{note.model_dump_json(indent=1)}\n".encode())

    def dated(self, status: KbStatus, now: datetime) -> KbStatus:
        """Return ``status`` with its expiry: a release whose signatures have ended is 최신 아님. Cheap."""
        if status.origin != RELEASE:
            return status
        expires = self.read().expires
        end = moment(expires)
        return replace(status, expires=expires, stale=end is None or now >= end)
