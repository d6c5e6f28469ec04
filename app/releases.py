"""Builds the release half: the address, the signed lists, the sync of a desk and the keys of a DB team.

Adapters are imported where they are built: a desk without a release address loads none of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.home import Home
from app.settings import ReleaseSettings
from kb.errors import SyncFault
from kb.library import KbLibrary
from kb.release.notes import SyncNotes
from kb.release.ports import LIMITS, Limits, Source
from kb.release.publish import Publisher, Remembered
from kb.release.sync import Syncer, SyncReport
from kb.tables import SheetReader

if TYPE_CHECKING:
    from kb.adapters.tuf_keys import KeyFolder
    from kb.adapters.tuf_repository import TufRepository


def _now() -> datetime:
    return datetime.now(UTC)


def open_source(settings: ReleaseSettings, limits: Limits = LIMITS) -> Source:
    """Return the address as something to read from. Raises SyncFault."""
    if not settings.address:
        raise SyncFault("kb.sync_no_address")
    if settings.address.lower().startswith("https:"):
        from kb.adapters.https_source import HttpsSource

        return HttpsSource(settings.address, settings.ca_file, limits)
    from kb.adapters.fsspec_source import FsspecSource

    return FsspecSource(settings.address, limits)


@contextmanager
def open_syncer(
    home: Home, library: KbLibrary, notes: SyncNotes, settings: ReleaseSettings, limits: Limits = LIMITS
) -> Iterator[tuple[Syncer, Source]]:
    """Open the sync of a desk with its address, and the address itself so that a sync can be cancelled.

    Raises:
        SyncFault: No address or no trusted root is set, or the address is of no use.
    """
    from kb.adapters.tuf_lists import TufLists

    source = open_source(settings, limits)
    try:
        if settings.trusted_root is None:
            raise SyncFault("kb.sync_no_root")
        lists = TufLists(home.releases / "lists", settings.trusted_root, source)
        yield Syncer(library, notes, lists, source, home.releases, _now), source
    finally:
        source.close()


class DeskReleases:
    """The release address of a running desk. Thread: ``kb-sync``, but for :meth:`cancel`."""

    def __init__(
        self,
        home: Home,
        settings: Callable[[], ReleaseSettings],
        library: Callable[[], KbLibrary],
    ) -> None:
        """Join the parts.

        Args:
            home: Whose desk.
            settings: The address as it is set now.
            library: The shelf of generations; may wait for the opening and raise KbFault.
        """
        self._home = home
        self._settings = settings
        self._library = library
        self._lock = threading.Lock()
        self._source: Source | None = None
        self._cancelled = False
        self._first = True

    def sync(self) -> SyncReport | None:
        """Sync once; None where no address is set. Raises SyncFault, KbFault."""
        settings = self._settings()
        if not settings.address:
            return None
        library = self._library()
        with open_syncer(self._home, library, SyncNotes(self._home.releases), settings) as (syncer, source):
            with self._lock:
                if self._cancelled:
                    return None
                self._source = source
            try:
                # A program that was updated since may take what it refused before.
                again, self._first = self._first, False
                return syncer.run(again=again)
            finally:
                with self._lock:
                    self._source = None

    def cancel(self) -> None:
        """Let a sync under way fail soon and begin no other. Any thread."""
        with self._lock:
            self._cancelled = True
            if self._source is not None:
                self._source.cancel()


def key_folder(folder: Path, passphrase: Callable[[str], str]) -> KeyFolder:
    """Return a folder of the DB team's keys."""
    from kb.adapters.tuf_keys import KeyFolder

    return KeyFolder(folder, passphrase, _now)


def repository(out: Path, keys: KeyFolder, days: int) -> TufRepository:
    """Return a folder of releases whose timestamp holds ``days``."""
    from kb.adapters.tuf_repository import Days, TufRepository

    return TufRepository(out, keys, _now, Days(timestamp=days))


def publisher(library: KbLibrary, writer: TufRepository, remembered: Remembered) -> Publisher:
    """Return what makes releases."""
    return Publisher(library, writer, remembered, _now)


def sheet_reader() -> SheetReader:
    """Return the reader of XLSX files."""
    from kb.adapters.table_files import sheet_rows

    return sheet_rows
