"""One desk a user and home: the lock that says so, and the name under which the running desk can be reached."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import StartFault
from app.home import Home


class InstanceLock:
    """A lock on a file that the system drops when the process ends, however it ends. One thread.

    Keep the object: a lock nobody refers to is given back.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = FileLock(file, timeout=0, mode=0o600, is_singleton=False)

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            StartFault: ``cli.second_copy``: another desk of this home runs; ``cli.home_not_writable``.
        """
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise StartFault("cli.second_copy") from None
        except (OSError, NotImplementedError):
            raise StartFault("cli.home_not_writable", path=str(self._file.parent)) from None

    def release(self) -> None:
        """Give the lock back. May be called twice."""
        self._lock.release()

    def __enter__(self) -> InstanceLock:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def socket_name(home: Home) -> str:
    """Return the name of the running desk's local socket: one a user and home, the same in every process."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return "doumi-" + hashlib.sha256(f"{user}:{home.root.resolve()}".encode()).hexdigest()[:20]
