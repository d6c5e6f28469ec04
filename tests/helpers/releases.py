"""A DB team and a desk of the tests' own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from kb.adapters.fsspec_source import FsspecSource
from kb.adapters.table_files import sheet_rows
from kb.adapters.tuf_keys import KeyFolder
from kb.adapters.tuf_lists import TufLists
from kb.adapters.tuf_repository import Days, TufRepository
from kb.library import KbLibrary
from kb.ports import Encoder
from kb.release.manifest import Golden
from kb.release.notes import SyncNotes
from kb.release.ports import Source
from kb.release.publish import Published, Publisher, Remembered, gather
from kb.release.sync import Syncer, SyncReport
from tests.helpers.knowledge import ROWS, library, small_file

_UNLOCKED: dict[str, CryptoSigner] = {}
"""Keys of earlier teams: unlocking one takes most of a second, on purpose."""
PASSPHRASE = "열쇠를 지키는 말"
GOLDEN = (Golden(query="여권 재발급", ids=("k1",)),)


def real_now() -> datetime:
    return datetime.now(UTC)


class Team:
    """Publishes to ``folder/out`` with the keys in ``folder/keys``."""

    def __init__(self, folder: Path, encoder: Encoder | None = None, root_keys: int = 1, threshold: int = 1) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.shift = timedelta(0)
        """How far this team's clock is from the right one."""
        self.keys = KeyFolder(folder / "keys", lambda _: PASSPHRASE, self.now)
        self.keys.opened = _UNLOCKED
        if not self.keys.root_files():
            self.keys.create(root_keys, threshold)
        self.library: KbLibrary = library(folder / "workshop", encoder)

    def now(self) -> datetime:
        return real_now() + self.shift

    @property
    def root(self) -> Path:
        """What desks are given by hand."""
        return self.keys.folder / "1.root.json"

    def writer(self, days: int = 7) -> TufRepository:
        return TufRepository(self.out, self.keys, self.now, Days(timestamp=days))

    def publish(
        self,
        rows: Sequence[tuple[str, str, str, str]] = ROWS,
        golden: Sequence[Golden] = GOLDEN,
        may_shrink: bool = False,
        special_file: Path | None = None,
    ) -> Published:
        remembered = Remembered(self.out)
        remembered.golden = tuple(golden)
        gathered = gather([small_file(self.folder, rows)], sheet_rows, {}, remembered)
        maker = Publisher(self.library, self.writer(), remembered, self.now)
        return maker.publish(gathered, may_shrink, lambda _: None, special_file)

    def file(self, part: str) -> Path:
        """Return the newest published file whose name holds ``part``."""
        found = [path for path in self.out.rglob("*") if part in path.name and path.is_file()]
        return max(found, key=lambda path: path.stat().st_mtime_ns)


class Desk:
    """Syncs with a team; its home is ``folder``."""

    def __init__(self, folder: Path, root: Path, source: Source | str | Path, encoder: Encoder | None = None) -> None:
        self.folder = folder
        self.shift = timedelta(0)
        self.library: KbLibrary = library(folder / "kb", encoder)
        self.notes = SyncNotes(folder / "releases")
        self.source: Source = FsspecSource(str(source)) if isinstance(source, str | Path) else source
        lists = TufLists(folder / "releases" / "lists", root, self.source)
        self.syncer = Syncer(self.library, self.notes, lists, self.source, folder / "releases", self.now)

    def now(self) -> datetime:
        return real_now() + self.shift

    def sync(self, again: bool = False, accept_older: bool = False) -> SyncReport:
        return self.syncer.run(again, accept_older)

    def answer(self, text: str = "여권 재발급") -> str:
        """Return the id of the first hit."""
        hits = self.library.open().search(text).hits
        return hits[0].article.id if hits else ""

    def installed(self) -> int:
        """Return the number of the release that is searched."""
        return self.library.status().release
