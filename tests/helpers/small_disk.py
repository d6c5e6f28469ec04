"""A small real file system that can be filled up, emptied and made read-only. Linux, root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


class SmallDisk:
    """A mounted tmpfs."""

    def __init__(self, mount: Path) -> None:
        self.path = mount
        self._ballast = mount / "ballast"

    def fill(self, leave_bytes: int = 0) -> None:
        """Take all room but so many bytes."""
        with self._ballast.open("ab", buffering=0) as file:
            with suppress(OSError):
                while self.free() > leave_bytes + 65_536:
                    file.write(bytes(65_536))
            with suppress(OSError):
                while self.free() > leave_bytes:
                    file.write(bytes(4_096))

    def empty(self) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)

    def free(self) -> int:
        """Return the free bytes."""
        stat = os.statvfs(self.path)
        return stat.f_bavail * stat.f_frsize

    def set_read_only(self, read_only: bool) -> None:
        """Remount. Fails while a file is open for writing."""
        how = "remount,ro" if read_only else "remount,rw"
        subprocess.run(["mount", "-o", how, str(self.path)], check=True, capture_output=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount one, or skip the test with the reason."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root on Linux")
    mount = folder / "small"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "doumi-test", str(mount)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a test mount a file system")
    try:
        yield SmallDisk(mount)
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=True)
