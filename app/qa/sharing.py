"""Sealing own saved calls and exercises for colleagues: into a file, a folder or a store."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol
from urllib.request import url2pathname

from app.errors import ExchangeFault, PackageFault
from app.qa.exchange import Exchange
from app.qa.package import SUFFIX, PackageBox, PackageFacts, Terms
from app.qa.package_keys import read_receiver, write_key

_FILE: Final = frozenset({"file", "local"})
_NO_PLACE: Final = frozenset({"memory"})
"""Ways to what is gone when the program ends."""
_CHAIN: Final = "::"
"""Between the steps of an address through another (``simplecache::s3://…``): where it ends nobody could tell."""
_ONCE: Final = {"package.exchange_away": "package.place_away", "package.exchange_full": "package.place_full"}
"""What is said here, where nobody tries again, in place of what is said of the outbox."""


class Maker(Protocol):
    """Filled by :class:`app.package_side.PackageMaker` and :class:`app.qa.exercise_sealing.ExerciseSealing`."""

    def make(
        self, ident: str, file: Path, terms: Terms, recipients: Sequence[str], progress: Callable[[float], None]
    ) -> PackageFacts:
        """Seal a saved call, or an exercise, into ``file``, whole or not at all."""
        ...


class PackageSharing:
    """Fills :class:`ui.qa.share_ports.Sharing`. Any worker thread."""

    def __init__(
        self, maker: Maker, box: PackageBox, own: Callable[[], str], exchange: Callable[[str], Exchange]
    ) -> None:
        """Join the parts.

        Args:
            maker: Seals saved calls, or exercises.
            box: Knows public keys.
            own: Returns this profile's own public key.
            exchange: Opens a folder, share or object store by its address.
        """
        self._maker = maker
        self._box = box
        self._own = own
        self._exchange = exchange

    def check_key(self, file: Path) -> None:
        """See :class:`ui.qa.share_ports.Sharing`. Raises PackageFault ``package.not_a_key``."""
        read_receiver(file, self._box)

    def write_key(self, file: Path) -> None:
        """See :class:`ui.qa.share_ports.Sharing`. Raises PackageFault ``package.not_written``."""
        write_key(file, self._own())

    def share(
        self,
        ident: str,
        keys: Sequence[Path],
        purpose: str,
        until: date,
        out: str,
        progress: Callable[[float], None],
    ) -> str:
        """See :class:`ui.qa.share_ports.Sharing`.

        Raises:
            PackageFault, ExchangeFault, StoreFault: No package lies anywhere.
        """
        recipients = [read_receiver(file, self._box) for file in keys]
        terms = Terms(purpose, until)
        place = _named(out)
        if place is not None and not _is_folder(place):
            file = place if place.suffix.lower() == SUFFIX else place.with_name(place.name + SUFFIX)
            self._maker.make(ident, file, terms, recipients, progress)
            return str(file)
        if _CHAIN in str(place):  # a folder may be called so, but no address can say it
            raise ExchangeFault("package.exchange_address", address=str(place))
        exchange = self._exchange(out if place is None else str(place))
        with TemporaryDirectory(prefix="doumi-") as folder:
            file = Path(folder) / f"{secrets.token_hex(16)}{SUFFIX}"
            self._maker.make(ident, file, terms, recipients, progress)
            with file.open("rb") as source:
                try:
                    exchange.write(file.name, source)
                except ExchangeFault as fault:
                    raise ExchangeFault(_ONCE.get(fault.code, fault.code), **fault.params) from fault
        return f"{exchange.name}/{file.name}"


def _named(out: str) -> Path | None:
    """Return the file or folder that ``out`` names, as a path or as ``file://``; None: it is the address of a store.

    Raises:
        PackageFault: ``package.no_place``; ExchangeFault: ``package.exchange_address``.
    """
    if not out.strip():
        raise PackageFault("package.no_place")
    way, is_address, rest = out.partition("://")
    if not is_address:
        return Path(out)
    if _CHAIN in out or way.lower() in _NO_PLACE:
        raise ExchangeFault("package.exchange_address", address=way)
    if way.lower() not in _FILE:
        return None
    file = Path(url2pathname(rest))
    if not file.is_absolute():  # of another computer
        raise ExchangeFault("package.exchange_address", address=way)
    return file


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except OSError:  # a name that no folder can have: writing tells
        return False
