"""Sealing own saved calls and exercises for colleagues: into a file, a folder or a store."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from app.qa.exchange import Exchange
from app.qa.package import SUFFIX, PackageBox, PackageFacts, Terms
from app.qa.package_keys import read_receiver, write_key


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
        if "://" not in out and not Path(out).is_dir():
            file = Path(out)
            file = file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX)
            self._maker.make(ident, file, terms, recipients, progress)
            return str(file)
        exchange = self._exchange(out)
        with TemporaryDirectory(prefix="doumi-") as folder:
            file = Path(folder) / f"{secrets.token_hex(16)}{SUFFIX}"
            self._maker.make(ident, file, terms, recipients, progress)
            with file.open("rb") as source:
                exchange.write(file.name, source)
        return f"{exchange.name}/{file.name}"
