"""How much recording the disk still takes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from audio.journal import SLOT_BYTES

SIDES: Final = 2
NEARLY_FULL_MINUTES: Final = 10
"""Minutes left at which the desk warns a second time."""
_MINUTE_BYTES: Final = 60 * SLOT_BYTES
_UNKNOWN: Final = 1 << 62


class DiskRoom:
    """Room on the disk of one folder, which need not exist yet. Any thread; asks the system every time."""

    def __init__(self, folder: Path, reserve_mb: int = 0) -> None:
        """Look at a folder's disk.

        Args:
            folder: Where sound goes.
            reserve_mb: MiB that sound leaves to the text.
        """
        self._folder = folder
        self._reserve = reserve_mb << 20

    def free_bytes(self) -> int:
        """Return the bytes that are free; very many where the system does not tell."""
        folder = self._folder
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        try:
            return shutil.disk_usage(folder).free
        except OSError:
            return _UNKNOWN

    def minutes(self, sides: int = SIDES) -> int:
        """Return the whole minutes of a call with so many sides that fit before sound stops for the text's sake."""
        return max(0, self.free_bytes() - self._reserve) // (_MINUTE_BYTES * max(1, sides))
