"""The shelf of generations: imports build a new one, a pointer file says which is searched, the last two are kept."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import logging
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from kb import index, tables
from kb.errors import ImportRejected, KbUnavailable
from kb.importer import read_articles
from kb.index import Index, Progress
from kb.model import Article, ImportReport, KbStatus
from kb.ports import Encoder, Morphemes
from kb.search import Searcher
from kb.whole_file import put, sync_folder, take

_log = logging.getLogger(__name__)

_POINTER: Final = "current.json"
KEPT: Final = 2
_NO_ROOM_BYTES: Final = 1_000_000
SAMPLE: Final = "sample"
LOCAL: Final = "local"


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _silent(_: float) -> None:
    pass


class KbLibrary:
    """Opens and replaces what the desk searches.

    Thread: any; one import or first opening at a time in all processes, guarded by a lock file. A searcher that is
    already open goes on with its own generation until the caller opens anew.
    """

    def __init__(
        self,
        folder: Path,
        samples: Sequence[Path],
        morphemes: Morphemes,
        encoder: Encoder | None,
        sheet: tables.SheetReader,
        now: Callable[[], datetime],
        words: Sequence[str] = (),
    ) -> None:
        """Describe the shelf; touches no disk.

        Args:
            folder: Where generations lie; made when needed.
            samples: JSON lines files of the shipped example.
            morphemes: The analyser, shared by building and searching.
            encoder: The model of meaning, None where it is not installed: words alone are searched then.
            sheet: Reader of XLSX files.
            now: The time, with its zone.
            words: Proper names of the house.
        """
        self._folder = folder
        self._samples = tuple(samples)
        self._morphemes = morphemes
        self._encoder = encoder
        self._sheet = sheet
        self._now = now
        self._words = tuple(words)
        self._thread_lock = threading.Lock()
        self._adopted: tuple[int, Index] | None = None

    @property
    def folder(self) -> Path:
        """Where generations lie."""
        return self._folder

    def open(self, progress: Progress = _silent) -> Searcher:
        """Open the current generation; the first time, and after an update of the program, build the sample.

        Raises:
            KbUnavailable: There is neither a whole generation nor a sample.
        """
        found = self._current()
        if found is None or self._sample_outdated(found):
            with self._locked():
                found = self._current()  # another process may have been quicker
                if found is None or self._sample_outdated(found):
                    found = self._build_sample(progress)
        return self._searcher(found)

    def stamp(self) -> int:
        """Return a number that changes when another generation becomes the current one. Cheap."""
        try:
            return (self._folder / _POINTER).stat().st_mtime_ns
        except OSError:
            return 0

    def status(self) -> KbStatus:
        """Return what is searched; generation 0 where nothing is."""
        for number in self._candidates():
            with contextlib.suppress(sqlite3.Error, ValueError, TypeError, KeyError):
                return self._noted(number)
        return KbStatus(0, "", "", 0, "", "", False)

    def adopt(self, file: Path, found: Index) -> KbStatus:
        """Make a generation that came from elsewhere, checked and synced to disk, the current one.

        Args:
            file: On the same disk as the shelf; it is moved.
            found: What it holds; the next opening need not read it again.

        Raises:
            KbUnavailable: Another process is building, or the disk refuses; what is searched stays.
        """
        with self._locked():
            number = (self._numbers() or [0])[-1] + 1
            found = replace(found, status=replace(found.status, generation=number))
            file.replace(self._path(number))
            self._adopted = (number, found)
            self._point(number)
            self._prune(number)
        return found.status

    def write(self, path: Path, articles: Sequence[Article], status: KbStatus, progress: Progress) -> KbStatus:
        """Write a generation to a new file outside the shelf, as this library would build it; see ``index.write``."""
        self._morphemes.add_words(self._words)
        return index.write(path, articles, status, self._morphemes, self._encoder, progress, proper=self._words)

    @property
    def encoder_name(self) -> str:
        """Name of the model of meaning; empty where there is none."""
        return self._encoder.name if self._encoder else ""

    def searcher_of(self, found: Index, by_meaning: bool = True) -> Searcher:
        """Return a searcher of any generation, current or not; without meaning it asks no model."""
        return self._searcher(found, by_meaning)

    def import_file(
        self,
        path: Path,
        columns: Mapping[str, str] | None = None,
        add: bool = False,
        progress: Progress = _silent,
    ) -> ImportReport:
        """Build a generation from a file and make it the current one.

        Args:
            path: The file; see :func:`kb.importer.read_articles`.
            columns: Field to column name.
            add: Merge with the current generation (an id in both is taken from the file) instead of replacing it.
            progress: Called with the part done, 0 to 1.

        Raises:
            ImportRejected: The file is refused whole, or there is no room; what is searched stays.
            KbUnavailable: Another import is running.
        """
        imported = read_articles(path, self._sheet, columns)
        with self._locked():
            before = self._current() if add else None
            kept = before.articles if before else ()
            fresh = {article.id: article for article in imported.articles}
            merged = [*(article for article in kept if article.id not in fresh), *fresh.values()]
            found = self._build(merged, path.name, LOCAL, progress)
        return ImportReport(found.status, len(imported.articles), imported.skipped)

    def earlier(self) -> Sequence[Article]:
        """Return the entries of the generation before the current one; none where none is kept. Reads it whole."""
        numbers = list(self._candidates())
        for number in numbers[1:]:
            with contextlib.suppress(KbUnavailable):
                return index.load(self._path(number)).articles
        return ()

    # -- generations

    def _searcher(self, found: Index, by_meaning: bool = True) -> Searcher:
        self._morphemes.add_words((*self._words, *found.words))
        self._morphemes.tokens("준비")  # the first one after new words takes a second
        known = by_meaning and self._encoder is not None and self._encoder.name == found.encoder
        encoder = self._encoder if known else None

        def today() -> date:
            return self._now().astimezone().date()

        return Searcher(found, self._morphemes, encoder, today)

    def _numbers(self) -> list[int]:
        found = []
        for path in self._folder.glob("kb-*.db"):
            number = path.stem.removeprefix("kb-")
            if number.isdigit():
                found.append(int(number))
        return sorted(found)

    def _path(self, number: int) -> Path:
        return self._folder / f"kb-{number}.db"

    def _candidates(self) -> Iterator[int]:
        """Yield the generation pointed at, then older ones: where the pointer or a file is damaged, those answer."""
        numbers = self._numbers()
        try:
            pointed = int(json.loads(take(self._folder / _POINTER))["generation"])
        except (OSError, ValueError, TypeError, KeyError):
            pointed = numbers[-1] if numbers else 0
        for number in (pointed, *(number for number in reversed(numbers) if number < pointed)):
            if self._path(number).is_file():
                yield number

    def _noted(self, number: int) -> KbStatus:
        """Return what a generation says of itself, without reading the rest of it."""
        address = f"{self._path(number).absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute("SELECT key, value FROM meta WHERE key IN ('schema', 'status')")
            meta = {key: json.loads(value) for key, value in rows}
        if meta["schema"] != index.SCHEMA:
            raise ValueError("made by another version of the program")
        return replace(KbStatus(**meta["status"]), generation=number)

    def _current(self) -> Index | None:
        """Load the generation pointed at, or the newest whole one where the pointer or its file is damaged."""
        for number in self._candidates():
            adopted, self._adopted = self._adopted, None
            if adopted and adopted[0] == number:
                return adopted[1]
            try:
                found = index.load(self._path(number))
            except KbUnavailable:
                _log.warning("generation %d cannot be read", number)
            else:
                return replace(found, status=replace(found.status, generation=number))
        return None

    def _build(
        self, articles: Sequence[Article], source: str, origin: str, progress: Progress, digest: str = ""
    ) -> Index:
        """Write, check and switch to a new generation. Whatever fails, the old one stays."""
        number = (self._numbers() or [0])[-1] + 1
        building = self._folder / f".building-{os.getpid()}-{number}.db"
        moment = self._now().astimezone(UTC).isoformat(timespec="seconds")
        status = KbStatus(number, source, origin, 0, moment, "", False)
        self._morphemes.add_words(self._words)
        try:
            index.write(building, articles, status, self._morphemes, self._encoder, progress, digest, self._words)
            found = index.load(building)
            building.replace(self._path(number))
            self._point(number)
        except (OSError, sqlite3.OperationalError) as error:
            if self._is_full(error):
                raise ImportRejected("kb.disk_full", path=self._folder) from error
            raise ImportRejected("kb.disk", reason=_reason(error)) from error
        finally:
            building.unlink(missing_ok=True)
        self._prune(number)
        return found

    def _is_full(self, error: Exception) -> bool:
        """Return whether there is no room: what SQLite could not write it calls an input/output error as well."""
        if isinstance(error, OSError):
            return error.errno in (errno.ENOSPC, errno.EDQUOT)
        with contextlib.suppress(OSError):
            return "full" in str(error) or shutil.disk_usage(self._folder).free < _NO_ROOM_BYTES
        return False

    def _point(self, number: int) -> None:
        put(self._folder / _POINTER, json.dumps({"generation": number}).encode())
        sync_folder(self._folder)

    def _prune(self, current: int) -> None:
        older = [number for number in self._numbers() if number < current]
        for number in older[: -(KEPT - 1)]:
            with contextlib.suppress(OSError):  # another desk on Windows may still read it
                self._path(number).unlink()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / ".lock", timeout=60)
            with self._thread_lock, lock:
                yield
        except Timeout as error:
            raise KbUnavailable("kb.busy") from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise KbUnavailable("kb.disk_full", path=self._folder) from error
            raise KbUnavailable("kb.disk", reason=_reason(error)) from error

    # -- sample

    def _sample_digest(self) -> str:
        digest = hashlib.sha256(f"{index.SCHEMA} {self._encoder.name if self._encoder else ''}".encode())
        for path in self._samples:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _sample_outdated(self, found: Index) -> bool:
        return found.status.origin == SAMPLE and bool(self._samples) and found.digest != self._sample_digest()

    def _build_sample(self, progress: Progress) -> Index:
        if not self._samples:
            raise KbUnavailable("kb.nothing_to_search")
        articles: dict[str, Article] = {}
        for path in self._samples:
            articles |= {one.id: one for one in read_articles(path, self._sheet).articles}
        return self._build(list(articles.values()), SAMPLE, SAMPLE, progress, self._sample_digest())
