"""Brings a desk to the newest release: fetched, checked in every way, then swapped in one step, or not at all."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from kb import index, specials
from kb.errors import ImportRejected, KbUnavailable, SyncFault, SyncRefused
from kb.index import Index
from kb.library import KbLibrary
from kb.model import KbStatus
from kb.release import download, golden, manifest
from kb.release.download import Progress
from kb.release.manifest import Manifest
from kb.release.notes import RELEASE, SyncNote, SyncNotes
from kb.release.ports import SignedFile, SignedLists, SignedRelease, Source
from resources.notices import Fault

_log = logging.getLogger(__name__)

SKEW: Final = timedelta(hours=1)
"""How far a release may lie in this PC's future: clocks differ."""
LEAST_SHARE: Final = 0.7
"""A release with a smaller part of the entries searched now was cut short, unless the DB team says otherwise."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How a sync ended that did not fail."""

    updated: bool
    """Whether another generation is searched from now on."""
    status: KbStatus


def _silent(_: float) -> None:
    pass


class Syncer:
    """Syncs one desk with one address. Thread: any; one sync at a time in all processes, guarded by a lock file.

    Whatever fails, the generation in use stays and goes on answering; how it went is noted in
    :class:`kb.release.notes.SyncNotes`.
    """

    def __init__(
        self,
        library: KbLibrary,
        notes: SyncNotes,
        lists: SignedLists,
        source: Source,
        folder: Path,
        now: Callable[[], datetime],
    ) -> None:
        """Join the parts; touches nothing.

        Args:
            library: The shelf of generations.
            notes: What is remembered of earlier syncs.
            lists: The signed lists of the address.
            source: The address.
            folder: Of this desk's trust; holds the lock file.
            now: The time, with its zone.
        """
        self._library = library
        self._notes = notes
        self._lists = lists
        self._source = source
        self._folder = folder
        self._now = now

    def run(self, again: bool = False, accept_older: bool = False, progress: Progress = _silent) -> SyncReport:
        """Sync once.

        Args:
            again: Fetch a release again that was refused before.
            accept_older: Take up a lower number than before; only ever because a person said so.
            progress: Called with the part fetched, 0 to 1.

        Raises:
            SyncUnreachable: The address fails; try again later.
            SyncRefused: The release is refused.
            SyncFault: Another sync is running, or there is no room.
        """
        with self._alone():
            try:
                report, note = self._run(again, accept_older, progress)
            except Fault as fault:
                self._note(_failed(self._notes.read(), fault))
                raise
            except OSError as error:
                refused = self._disk_fault(error)
                self._note(_failed(self._notes.read(), refused))
                raise refused from error
            self._note(note)
            return report

    def now(self) -> datetime:
        """Return the time, with its zone."""
        return self._now()

    @property
    def _incoming(self) -> Path:
        return self._library.folder / ".incoming"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self._folder / ".lock", timeout=0)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise SyncFault("kb.sync_busy") from error
        except OSError as error:
            raise SyncFault("kb.disk", reason=error.strerror or type(error).__name__) from error
        try:
            yield
        finally:
            lock.release()

    def _run(self, again: bool, accept_older: bool, progress: Progress) -> tuple[SyncReport, SyncNote]:
        signed = self._lists.newest()
        told = self._manifest(signed)
        note = self._notes.read()
        status = self._library.status()
        floor = max(note.highest, status.release)
        if told.release < floor and not accept_older:
            raise SyncRefused("kb.sync_older", release=told.release, installed=floor)
        if told.release == note.highest and note.highest_sha256 not in ("", told.db_sha256) and not accept_older:
            raise SyncRefused("kb.sync_number_twice", release=told.release)
        seen = note.model_copy(
            update={
                "expires": signed.expires.astimezone(UTC).isoformat(timespec="seconds"),
                "checked_at": self._moment(),
            }
        )
        if status.origin == RELEASE and status.release == told.release and note.highest_sha256 == told.db_sha256:
            self._clear(None)
            return SyncReport(False, status), self._done(seen, told, "kb.sync_unchanged")
        told_by = signed.files[manifest.NAME].sha256
        if note.refused == told_by and not again:
            raise SyncRefused(note.refused_code, **note.refused_params)
        held = self._fetch(signed, told, progress)
        special = self._special_material(signed)
        try:
            plain, found = self._fit(held, signed.files[told.file], told, status)
        except SyncRefused as fault:
            # What came is what was signed, so fetching it again would change nothing.
            params = {key: str(value) for key, value in fault.params.items()}
            update = {"refused": told_by, "refused_code": fault.code, "refused_params": params}
            self._note(note.model_copy(update=update))
            self._clear(None)
            raise
        if special is not None:  # before the swap: a desk that is killed between the two does it all again
            os.replace(special, self._library.folder / specials.FILE_NAME)
        status = self._library.adopt(plain, found)
        self._clear(None)
        return SyncReport(True, status), self._done(seen, told, "kb.sync_done")

    def _manifest(self, signed: SignedRelease) -> Manifest:
        listed = signed.files.get(manifest.NAME)
        if listed is None:
            raise SyncRefused("kb.sync_manifest_bad")
        told = manifest.parse(download.small(self._source, listed, manifest.MAX_BYTES), index.SCHEMA)
        if told.built_at > self._now() + SKEW:
            raise SyncRefused("kb.sync_future", built=told.built_at.isoformat(timespec="minutes"))
        if told.file not in signed.files:
            raise SyncRefused("kb.sync_manifest_bad")
        return told

    def _fetch(self, signed: SignedRelease, told: Manifest, progress: Progress) -> Path:
        listed = signed.files[told.file]
        if listed.length > manifest.MAX_DB_BYTES:
            raise SyncRefused("kb.sync_too_long", name=told.file)
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._clear(listed.sha256)
        download.need_room(self._incoming, listed.length + (told.db_bytes if told.compressed else 0))
        return download.large(self._source, listed, self._incoming, progress)

    def _special_material(self, signed: SignedRelease) -> Path | None:
        """Fetch the special material that goes with a release; None where there is none."""
        listed = signed.files.get(specials.FILE_NAME)
        if listed is None:
            return None
        path = self._incoming / specials.FILE_NAME
        path.write_bytes(download.small(self._source, listed, specials.MAX_BYTES))
        try:
            specials.read(path)
        except ImportRejected as error:
            raise SyncRefused("kb.sync_differs", name=listed.name) from error
        return path

    def _fit(self, held: Path, listed: SignedFile, told: Manifest, before: KbStatus) -> tuple[Path, Index]:
        """Return the generation as a file synced to disk and as what it holds, fit to be searched."""
        plain = held
        if told.compressed:
            plain = self._incoming / "plain.db"
            download.unpack(held, told, plain)
        elif (listed.sha256, listed.length) != (told.db_sha256, told.db_bytes):
            raise SyncRefused("kb.sync_differs", name=told.file)
        found = self._checked(plain, told, before)
        with plain.open("rb+") as file:
            os.fsync(file.fileno())
        return plain, found

    def _checked(self, plain: Path, told: Manifest, before: KbStatus) -> Index:
        """Open a generation and see whether it is what its manifest says and answers what it must."""
        try:
            found = index.load(plain)
        except KbUnavailable as error:
            raise SyncRefused("kb.sync_unreadable", release=told.release) from error
        status = found.status
        if (status.origin, status.release) != (RELEASE, told.release) or found.encoder != told.encoder:
            raise SyncRefused("kb.sync_unreadable", release=told.release)
        if len(found.articles) != told.articles:
            raise SyncRefused("kb.sync_count", found=len(found.articles), told=told.articles)
        if before.origin == RELEASE and told.articles < LEAST_SHARE * before.articles and not told.may_shrink:
            raise SyncRefused("kb.sync_halved", found=told.articles, before=before.articles)
        if told.golden:
            searcher = self._library.searcher_of(found, by_meaning=False)
            if missed := golden.missed(searcher, told.golden, told.golden_top):
                raise SyncRefused("kb.sync_golden", missed=len(missed), asked=len(told.golden))
        return found

    def _disk_fault(self, error: OSError) -> SyncFault:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            return SyncFault("kb.disk", reason=error.strerror or type(error).__name__)
        self._clear(None)  # the recordings of calls need the room more
        return SyncFault("kb.sync_disk_full", path=self._incoming)

    # -- notes

    def _moment(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="seconds")

    def _done(self, note: SyncNote, told: Manifest, code: str) -> SyncNote:
        update = {
            "code": code,
            "params": {"release": str(told.release)},
            "ok": True,
            "highest": told.release,
            "highest_sha256": told.db_sha256,
            "refused": "",
            "refused_code": "",
            "refused_params": {},
        }
        return note.model_copy(update=update)

    def _note(self, note: SyncNote) -> None:
        dated = note.model_copy(update={"at": self._moment(), "source": self._source.name})
        try:
            self._notes.write(dated)
        except OSError:
            # The generation is whole either way; its number stands in the file itself.
            _log.warning("the outcome of the sync could not be noted")

    def _clear(self, keep: str | None) -> None:
        """Remove what earlier syncs left, but for the file named ``keep``."""
        with suppress(OSError):
            for path in self._incoming.iterdir():
                if keep is None or path.name.split(".")[0] != keep:
                    with suppress(OSError):
                        path.unlink()


def _failed(note: SyncNote, fault: Fault) -> SyncNote:
    params = {key: str(value) for key, value in fault.params.items()}
    return note.model_copy(update={"code": fault.code, "params": params, "ok": False})
