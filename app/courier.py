"""Delivers sealed packs while nobody's desk is open: at the page that asks who is there, beside the team's window.

It opens nobody's records. Its rows lie in a database of its own under a key that is kept nowhere and dies with it; the
owners of the packs find receipts. Where it dies in between, the packs lie there still, and their ids keep a second
delivery from being one.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.outbox import OutboxSender
from app.shared_outbox import TO_DESK
from app.store import Store

FOLDER: Final = "courier"
_log = logging.getLogger(__name__)


class Courier:
    """A sender with rows of its own. Thread: any, one at a time."""

    def __init__(self, folder: Path, store: Store, sender: OutboxSender) -> None:
        """Begin to deliver.

        Args:
            folder: Where its database lies; removed at the end.
            store: The database.
            sender: Over that store; not started yet.
        """
        self._folder = folder
        self._store = store
        self._sender = sender
        self._thread: threading.Thread | None = None
        sender.start()

    def wake(self) -> None:
        """Look at the folder again now."""
        self._sender.wake()

    def leave(self) -> None:
        """End in a thread of its own: an upload under way ends after its present piece."""
        self._thread = threading.Thread(target=self._end, name="courier", daemon=False)
        self._thread.start()

    def join(self) -> None:
        """Wait for the end."""
        if self._thread is not None:
            self._thread.join()

    def _end(self) -> None:
        self._sender.close()
        self._store.close()
        sweep(self._folder)


def sweep(folder: Path) -> None:
    """Remove what a courier left; what cannot be removed now is removed at the next start."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        _log.warning("the courier's folder stays (%s)", type(error).__name__)


def has_work(folders: Iterable[Path]) -> bool:
    """Return whether a pack that whoever is there may deliver lies in one of these outbox folders."""
    files = (file for folder in folders if folder.is_dir() for file in folder.glob("*.age"))
    return any(not file.name.endswith(TO_DESK) for file in files)
