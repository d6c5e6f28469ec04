"""What releases need from outside: an address to read from, and somebody who checks and makes signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an address may take."""

    connect_s: float = 10.0
    silence_s: float = 15.0
    """Longest wait for the next byte."""
    grace_s: float = 30.0
    """Time every file has, however small; beyond it ``least_bytes_per_s`` counts."""
    least_bytes_per_s: float = 20_000.0

    def allowed_s(self, received: int) -> float:
        """Return how long a file of which ``received`` bytes have come may have taken."""
        return self.grace_s + received / self.least_bytes_per_s


LIMITS: Final = Limits()

REFUSED_WAYS: Final = frozenset({"http", "https", "ftp", "github", "gist", "git"})
"""Ways of an fsspec address that have no place here: the web goes through its own adapter, over TLS only."""


def is_refused(address: str) -> bool:
    """Return whether any step of an fsspec address (``zip://inner.zip::https://host/outer.zip``) has no place here."""
    steps = address.split("::")
    ways = {step.partition("://")[0] for step in steps if "://" in step or len(steps) > 1}
    return not ways.isdisjoint(REFUSED_WAYS)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A file being read."""

    start: int
    """Offset of the first byte that comes: the one asked for, or 0 where the address cannot resume."""
    validator: str
    """What to ask with to resume the same version of the file; empty where there is none."""
    chunks: Iterator[bytes]
    """The bytes; raises SyncUnreachable."""


class Source(Protocol):
    """Static files at an address. Thread: one at a time; :meth:`cancel` from any."""

    @property
    def name(self) -> str:
        """What is shown of the address: never a user name or password."""
        ...

    def read(self, path: str, start: int = 0, validator: str = "") -> AbstractContextManager[Reading]:
        """Open a file.

        Args:
            path: Relative, with ``/``.
            start: Offset to begin at where that is possible.
            validator: Of the reading that is resumed; another version of the file begins at 0.

        Raises:
            SyncMissing: No such file, or no right to read it.
            SyncUnreachable: No answer, an odd one, or too slow a one.
        """
        ...

    def cancel(self) -> None:
        """Let a reading under way fail soon."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file that the signed lists name."""

    name: str
    path: str
    """Where it lies, relative to the address."""
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SignedRelease:
    """The newest release as the signed lists describe it."""

    files: Mapping[str, SignedFile]
    """By name."""
    expires: datetime
    """When the first of the signatures ends, UTC."""


class SignedLists(Protocol):
    """The signed lists of an address, checked against what this desk trusts and has seen."""

    def newest(self) -> SignedRelease:
        """Fetch and check the lists.

        Raises:
            SyncUnreachable: They cannot be had.
            SyncRefused: Wrongly signed, expired, older than seen before, not belonging together, too long.
            SyncFault: The disk cannot keep them.
        """
        ...


class ReleaseWriter(Protocol):
    """Signs releases and puts them down as static files."""

    def next_number(self) -> int:
        """Return the number of the next release, higher than any before."""
        ...

    def unlock(self) -> None:
        """Have every key at hand before the long work begins. Raises PublishRejected."""
        ...

    def publish(self, number: int, files: Mapping[str, Path]) -> datetime:
        """Sign ``files`` (name to content) as release ``number`` and put them down; returns the expiry.

        Raises:
            PublishRejected: Keys are missing or locked, or the disk refuses.
        """
        ...
