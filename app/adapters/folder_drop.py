"""Handing packs over through a folder, e.g. a share of the dedicated team."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, Final

from app.errors import DeliveryFault, pack_fault
from app.outbox import Parcel, Superseded
from kb.whole_file import publish, sha256_of, sync_folder

PIECE_BYTES: Final = 1 << 20
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FolderDrop:
    """Copies a pack under a hidden name, then renames, so that a reader never sees half a pack.

    The hidden name is the same at every try: what a bad line let through is compared and continued, not sent again.
    Thread: ``sync``.
    """

    def __init__(
        self,
        folder: Path,
        create: bool = False,
        piece_bytes: int = PIECE_BYTES,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        """Name the folder.

        Args:
            folder: Where packs go.
            create: Make it where it is missing. Never for a share: its mount point must not be filled instead.
            piece_bytes: How much is copied at once.
            step: Told the name of each step that a crash could come after; the fault tests crash there.
        """
        self._folder = folder
        self._create = create
        self._piece_bytes = piece_bytes
        self._step = step

    @property
    def name(self) -> str:
        """What the desk shows."""
        return str(self._folder)

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        """Hand one pack over; again has no further effect. Returns the receipt: what was read back from the folder.

        Raises:
            DeliveryFault: The folder is missing, full or not writable; another file has the pack's name; or the pack
                itself cannot be read.
            Stopped: The program ends.
        """
        sha256 = parcel.sha256
        size = parcel.checked_size()
        target = self._folder / parcel.name
        part = self._folder / f".{parcel.pack_id}.{sha256[:16]}.part"
        try:
            if self._create:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            is_taken = False
            if not target.exists():
                self._copy(parcel, size, part)
                self._step("copied")
                if sha256_of(part) != sha256:
                    part.unlink()
                    raise DeliveryFault("outbox.folder_damages", path=str(self._folder))
                try:
                    parcel.begins()
                except Superseded:
                    part.unlink()
                    raise
                with suppress(FileExistsError):  # one that came to the name meanwhile is compared below
                    publish(part, target)
                self._step("renamed")
                sync_folder(self._folder)
                is_taken = parcel.body is not None and not target.exists()
            # Whoever empties the folder of records may have been quicker than this look.
            if not is_taken and sha256_of(target) != sha256:
                raise pack_fault("outbox.other_content", where=self.name)
            for left in self._folder.glob(f".{parcel.pack_id}.*.part"):
                left.unlink(missing_ok=True)
        except OSError as error:
            code = "outbox.folder_full" if error.errno in _FULL else "outbox.folder_unreachable"
            raise DeliveryFault(code, path=str(self._folder)) from error
        return {"destination": self.name, "sha256": sha256}

    def close(self) -> None:
        """Nothing is held."""

    def _copy(self, parcel: Parcel, size: int, part: Path) -> None:
        """Bring ``part`` to the whole content, beginning where an earlier try ended and its bytes are ours."""
        with parcel.open() as source, part.open("ab+") as copy:
            if not self._begins_alike(copy, source):
                copy.truncate(0)
                source.seek(0)
            while piece := source.read(self._piece_bytes):
                copy.write(piece)
                copy.flush()
                self._step("piece")
                parcel.sent(source.tell(), size)
            os.fsync(copy.fileno())

    def _begins_alike(self, copy: BinaryIO, source: BufferedIOBase) -> bool:
        """Return whether ``copy`` is a beginning of ``source``, which then stands behind it."""
        copy.seek(0)
        while piece := copy.read(self._piece_bytes):
            if source.read(len(piece)) != piece:
                return False
        return True
