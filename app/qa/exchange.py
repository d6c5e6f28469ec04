"""The exchange: a folder, a share or an object store in which sealed files change hands.

Names are relative, with ``/`` between their steps. Nothing in it is ever in clear, and a name says nothing of a person.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from app.errors import ExchangeFault, StoreFault
from kb.whole_file import SMALL
from resources.notices import Fault

MAX_FILE: Final = 2_000_000_000
"""Most bytes of one file."""


def shown(address: str) -> str:
    """Return an address as a person reads it: without a store's user name and password."""
    return re.sub(r"://[^/]*@", "://", address)


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a folder."""

    name: str
    """Whole name inside the exchange, folder included."""
    size: int
    """Bytes."""


def of_one_file(fault: Fault) -> bool:
    """Whether a fault is one file's own and keeps no other out; else the exchange or this PC is at fault."""
    if isinstance(fault, ExchangeFault):
        return fault.code == "package.exchange_too_large"
    return not isinstance(fault, StoreFault) and fault.code != "package.not_written"


class Exchange(Protocol):
    """Filled by :class:`app.adapters.exchange_store.ExchangeStore`. Any worker thread; may wait for a network."""

    @property
    def name(self) -> str:
        """The address as a person reads it; no user name and password."""
        ...

    def list(self, folder: str) -> tuple[Listed, ...]:
        """Return the whole files of a folder, by name; none where there is no such folder yet.

        Raises:
            ExchangeFault: ``package.exchange_away``.
        """
        ...

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """Return the folders in a folder, whole names, sorted. Raises as :meth:`list`."""
        ...

    def read(self, name: str, limit: int = MAX_FILE) -> AbstractContextManager[BinaryIO]:
        """Return a stream over a file, which ends with an ExchangeFault where it is longer than ``limit`` bytes.

        Raises:
            ExchangeMissing: ``package.exchange_missing``; ExchangeFault: ``package.exchange_away``,
                ``package.exchange_too_large``.
        """
        ...

    def take(self, name: str, limit: int = SMALL) -> bytes:
        """Return a small file. Raises as :meth:`read`."""
        ...

    def fetch(self, name: str, file: Path, limit: int = MAX_FILE) -> str:
        """Copy a file to ``file``, whole or not at all, readable by this user only; returns its SHA-256.

        Raises:
            PackageFault: ``package.not_written``: this PC's disk; else as :meth:`read`.
        """
        ...

    def write(self, name: str, source: BinaryIO) -> None:
        """Add a file: whole or not at all, never in place of another. The same content once more is no fault.

        Args:
            name: Where; folders below the exchange are made.
            source: Read from its beginning; must be able to seek.

        Raises:
            ExchangeFault: ``package.exchange_taken``: another file has the name; ``package.exchange_full``;
                ``package.exchange_away``.
        """
        ...

    def delete(self, name: str) -> None:
        """Remove a file; one that is not there is no fault. Raises ExchangeFault."""
        ...
