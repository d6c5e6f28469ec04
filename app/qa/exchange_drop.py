"""Hands what waits in the outbox over to the exchange of quality assurance."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from app.errors import DeliveryFault, ExchangeFault, pack_fault
from app.outbox import Parcel, Stopped
from app.qa.exchange import Exchange


class ExchangeDrop:
    """A destination that takes headers, packages and letters. Thread: ``qa-sync``."""

    def __init__(self, exchange: Exchange, step: Callable[[str], None] = lambda name: None) -> None:
        """Name the exchange; ``step`` is told what a crash could come after, for the fault tests."""
        self._exchange = exchange
        self._step = step

    @property
    def name(self) -> str:
        """What is shown."""
        return self._exchange.name

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        """Put one thing in its place; again has no further effect. Returns the receipt.

        Raises:
            DeliveryFault: The exchange is away or full, or holds something else in that place.
            Stopped: The program ends.
        """
        size = parcel.checked_size()
        with parcel.open() as stream:
            told = _Told(stream, lambda sent: parcel.sent(sent, size))
            try:
                self._exchange.write(parcel.place, cast(BinaryIO, told))
            except ExchangeFault as fault:
                if told.stopped is not None:  # the sender was, not the exchange
                    raise told.stopped from None
                if fault.code == "package.exchange_taken":
                    raise pack_fault("outbox.other_content", where=self.name) from fault
                raise DeliveryFault(fault.code, **fault.params) from fault
        self._step("written")
        return {"destination": self.name, "sha256": parcel.sha256}

    def close(self) -> None:
        """Nothing is held."""


class _Told(io.RawIOBase):
    """A stream that tells how far it was read, so that a send can be stopped between two pieces."""

    def __init__(self, stream: io.BufferedIOBase, sent: Callable[[int], None]) -> None:
        self._stream = stream
        self._sent = sent
        self.stopped: Stopped | None = None
        """What ``sent`` raised: the exchange takes every error for one of its store."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, into: Any) -> int:
        piece = self._stream.read(len(into))
        into[: len(piece)] = piece
        try:
            self._sent(self._stream.tell())
        except Stopped as stopped:
            self.stopped = stopped
            raise
        return len(piece)
