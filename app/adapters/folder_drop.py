"""Handing packs over through a folder, e.g. a share of the dedicated team."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from app.errors import DeliveryFault
from app.keys import sync_folder


class FolderDrop:
    """Copies a pack under another name, then renames, so that a reader never sees half a pack."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        """Name the folder.

        Args:
            folder: Where packs go.
            create: Make it where it is missing. Never for a share: its mount point must not be filled instead.
        """
        self._folder = folder
        self._create = create

    @property
    def name(self) -> str:
        """What the desk shows."""
        return str(self._folder)

    def deliver(self, pack_id: str, file: Path, sha256: str) -> dict[str, str]:
        """Hand one pack over; again has no further effect. Returns the receipt.

        Raises:
            DeliveryFault: The folder is missing, full or not writable; or the pack itself cannot be read.
        """
        target = self._folder / f"{pack_id}.age"
        if not file.exists():
            raise _pack_fault("outbox.pack_missing")
        part = self._folder / f".{pack_id}.{secrets.token_hex(4)}.part"
        try:
            if self._create:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not (target.exists() and _sha256(target) == sha256):
                with file.open("rb") as source, part.open("xb") as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
                    copy.flush()
                    os.fsync(copy.fileno())
                if _sha256(part) != sha256:
                    raise _pack_fault("outbox.pack_changed")
                part.replace(target)
                sync_folder(self._folder)
        except OSError as error:
            raise DeliveryFault("outbox.folder_unreachable", path=str(self._folder)) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return {"destination": self.name, "sha256": sha256}

    def close(self) -> None:
        """Nothing is held."""


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pack_fault(code: str) -> DeliveryFault:
    fault = DeliveryFault(code)
    fault.whole_destination = False
    return fault
