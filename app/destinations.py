"""Builds the ways out of the outbox: a folder, an HTTPS endpoint, the exchange of quality assurance.

With :mod:`app.composition` and its halves the only maker of adapters.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from app.adapters.folder_drop import FolderDrop
from app.errors import DeliveryFault, ExchangeFault
from app.escalation import practice_inbox
from app.home import Home
from app.outbox import Drop, OutboxSender
from app.outbox_rows import OF_QUALITY, Kind
from app.settings import EscalationSettings, FilingSettings, Settings
from app.store import Store


class Destinations:
    """Drops as the settings name them; built again only when those change. Threads: ``sync``, ``qa-sync``."""

    def __init__(self, home: Home, settings: Callable[[], Settings]) -> None:
        self._home = home
        self._settings = settings
        self._lock = threading.Lock()
        self._built: dict[Kind, tuple[object, Drop]] = {}

    def drop(self, kind: Kind) -> Drop:
        """Return the destination of ``kind``. Raises DeliveryFault."""
        if kind is Kind.PRACTICE:
            return FolderDrop(practice_inbox(self._home), create=True)
        now = self._settings()
        if kind in OF_QUALITY:
            return self._kept(Kind.PACKAGE, now.qa.exchange, lambda: _exchange_drop(now.qa.exchange))
        wanted = now.filing if kind is Kind.RECORD else now.escalation
        return self._kept(kind, wanted, lambda: self._build(wanted))

    def _kept(self, kind: Kind, wanted: object, build: Callable[[], Drop]) -> Drop:
        with self._lock:
            if kind not in self._built or self._built[kind][0] != wanted:
                self._built[kind] = (wanted, build())
            return self._built[kind][1]

    def _build(self, wanted: EscalationSettings | FilingSettings) -> Drop:
        if wanted.https_url:
            # Loading the HTTP client takes a tenth of the desk's start, and many a desk delivers to a folder.
            from app.adapters.http_drop import HttpDrop, Way

            way: Way = "post" if isinstance(wanted, FilingSettings) else wanted.upload
            return HttpDrop(wanted.https_url, wanted.ca_file, way=way, proxy=wanted.proxy)
        if wanted.folder is not None:
            return FolderDrop(wanted.folder)
        if isinstance(wanted, FilingSettings):
            raise DeliveryFault("filing.no_address")
        return FolderDrop(default_handover(self._home), create=True)


def _exchange_drop(address: str) -> Drop:
    if not address:
        raise DeliveryFault("qa.no_exchange")
    # Loading fsspec takes a while, and many a desk has no exchange.
    from app.adapters.exchange_store import ExchangeStore
    from app.qa.exchange_drop import ExchangeDrop

    try:
        return ExchangeDrop(ExchangeStore(address))
    except ExchangeFault as fault:
        raise DeliveryFault(fault.code, **fault.params) from fault


def default_handover(home: Home) -> Path:
    """Return the folder packs go to where no destination is set."""
    return home.root / "handover"


def quality_sender(
    home: Home, store: Store, destinations: Destinations, step: Callable[[str], None] = lambda name: None
) -> OutboxSender:
    """Return what delivers to the exchange of quality assurance, on a thread of its own; not started."""
    return OutboxSender(
        store,
        None,
        destinations.drop,
        lambda change: None,
        step=step,
        kinds=OF_QUALITY,
        folder=lambda kind: home.qa_outbox,
        name="qa-sync",
    )
