"""What the window that seals calls and exercises for colleagues asks. ``app`` fills it; tests fake it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol


class Sharing(Protocol):
    """Packages of own saved calls, or of exercises. Methods touch the disk: called on a worker thread, raise Fault."""

    def check_key(self, file: Path) -> None:
        """Raise Fault where ``file`` holds no receiver's public key."""
        ...

    def write_key(self, file: Path) -> None:
        """Write this profile's own public key, for colleagues who send packages."""
        ...

    def share(
        self,
        ident: str,
        keys: Sequence[Path],
        purpose: str,
        until: date,
        out: str,
        progress: Callable[[float], None],
    ) -> str:
        """Seal a call, or an exercise; returns where the package lies.

        Args:
            ident: An own saved call, or an exercise.
            keys: Files with the receivers' public keys.
            purpose: What it may be used for.
            until: Last day on which it opens.
            out: File to make, or a folder or address of a store.
            progress: Told the part that is done, 0 to 1; from the worker thread.
        """
        ...
