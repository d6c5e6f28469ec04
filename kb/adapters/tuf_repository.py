"""Writes a release as static files with signed lists; fills :class:`kb.release.ports.ReleaseWriter`.

``metadata/`` holds the lists, ``targets/`` the files, each named by its SHA-256. What desks look at first, the
timestamp, is written last: until then the release before is the newest one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from tuf.api.exceptions import RepositoryError, StorageError
from tuf.api.metadata import Metadata, MetaFile, Snapshot, T, TargetFile, Targets, Timestamp

from kb.adapters.tuf_keys import KeyFolder, Now, whole_seconds
from kb.adapters.tuf_lists import METADATA, TARGETS
from kb.errors import PublishRejected
from kb.whole_file import put

KEPT: Final = 3
"""Releases whose files stay: a desk may be in the middle of fetching the one before."""


@dataclass(frozen=True, slots=True)
class Days:
    """How long signatures hold."""

    timestamp: int = 7
    """Renewed by `doumi kb publish --refresh`; a desk that sees nothing newer for so long says 최신 아님."""
    snapshot: int = 30
    targets: int = 90


class TufRepository:
    """One folder of releases. Thread: any one; one process at a time, guarded by a lock file."""

    def __init__(self, out: Path, keys: KeyFolder, now: Now, days: Days | None = None) -> None:
        """Join the parts; touches nothing."""
        self._out = out
        self._keys = keys
        self._now = now
        self._days = days or Days()

    def next_number(self) -> int:
        """See :class:`kb.release.ports.ReleaseWriter`. Raises PublishRejected."""
        return max(self._keys.published().get("release", 0), self._highest_file()) + 1

    def unlock(self) -> None:
        """See :class:`kb.release.ports.ReleaseWriter`."""
        for role in ("targets", "snapshot", "timestamp"):
            self._keys.signers(role)

    def publish(self, number: int, files: Mapping[str, Path]) -> datetime:
        """See :class:`kb.release.ports.ReleaseWriter`."""
        self.unlock()
        with self._alone():
            if number < self.next_number():
                raise PublishRejected("kb.publish_busy", path=self._out)  # somebody was quicker
            self._put_roots()
            listed = {name: self._put_target(name, path) for name, path in files.items()}
            versions = self._keys.published()
            made = Targets(self._next(versions, "targets"), expires=self._end(self._days.targets), targets=listed)
            targets = Metadata(made)
            for signer in self._keys.signers("targets"):
                targets.sign(signer, append=True)
            expires = self._finish(targets, None, versions | {"release": number})
            self._prune()
        return expires

    def refresh(self) -> datetime:
        """Renew the signatures of the newest release; returns the new expiry.

        Needs the timestamp key alone, unless the other lists end soon or were signed with keys since replaced.

        Raises:
            PublishRejected: Nothing was published, keys are missing, or the disk refuses.
        """
        with self._alone():
            self._put_roots()
            timestamp = self._read(Timestamp, "timestamp.json")
            snapshot = self._read(Snapshot, f"{timestamp.signed.snapshot_meta.version}.snapshot.json")
            targets = self._read(Targets, f"{snapshot.signed.meta['targets.json'].version}.targets.json")
            versions = self._keys.published()
            if self._fading(targets, "targets", self._days.targets):
                targets.signed.version = self._next(versions, "targets")
                targets.signed.expires = self._end(self._days.targets)
                targets.signatures.clear()
                for signer in self._keys.signers("targets"):
                    targets.sign(signer, append=True)
                return self._finish(targets, None, versions)
            if self._fading(snapshot, "snapshot", self._days.snapshot):
                return self._finish(targets, None, versions)
            return self._finish(targets, snapshot, versions)

    # -- lists

    def _finish(
        self, targets: Metadata[Targets], snapshot: Metadata[Snapshot] | None, versions: dict[str, int]
    ) -> datetime:
        """Write targets, snapshot and timestamp, in this order; a snapshot given is kept as it is."""
        told = targets.to_bytes()
        if snapshot is None:
            meta = {"targets.json": MetaFile.from_data(targets.signed.version, told, ["sha256"])}
            made = Snapshot(self._next(versions, "snapshot"), expires=self._end(self._days.snapshot), meta=meta)
            snapshot = Metadata(made)
            for signer in self._keys.signers("snapshot"):
                snapshot.sign(signer, append=True)
        held = snapshot.to_bytes()
        stamp = Timestamp(
            self._next(versions, "timestamp"),
            expires=self._end(self._days.timestamp),
            snapshot_meta=MetaFile.from_data(snapshot.signed.version, held, ["sha256"]),
        )
        timestamp = Metadata(stamp)
        for signer in self._keys.signers("timestamp"):
            timestamp.sign(signer, append=True)
        folder = self._out / METADATA
        put(folder / f"{targets.signed.version}.targets.json", told, mode=0o644)
        put(folder / f"{snapshot.signed.version}.snapshot.json", held, mode=0o644)
        # A number counts as used before anybody can see it.
        self._keys.note_published(
            versions
            | {
                "targets": max(targets.signed.version, versions.get("targets", 0)),
                "snapshot": max(snapshot.signed.version, versions.get("snapshot", 0)),
                "timestamp": stamp.version,
            }
        )
        put(folder / "timestamp.json", timestamp.to_bytes(), mode=0o644)
        return min(targets.signed.expires, snapshot.signed.expires, stamp.expires, self._keys.root().expires)

    def _fading(self, list_: Metadata[T], role: str, days: int) -> bool:
        """Return whether a list needs a new signature: its key was replaced, or a third of its time is left."""
        if list_.signed.expires < self._end(days // 3):
            return True
        try:
            self._keys.root().verify_delegate(role, list_.signed_bytes, list_.signatures)
        except RepositoryError:
            return True
        return False

    def _next(self, versions: Mapping[str, int], role: str) -> int:
        found = [versions.get(role, 0)]
        if role == "timestamp":
            with suppress(PublishRejected):
                found.append(self._read(Timestamp, "timestamp.json").signed.version)
        for path in (self._out / METADATA).glob(f"*.{role}.json"):
            number = path.name.split(".")[0]
            if number.isdigit():
                found.append(int(number))
        return max(found) + 1

    def _read(self, kind: type[T], name: str) -> Metadata[T]:
        path = self._out / METADATA / name
        try:
            return Metadata[T].from_file(str(path))
        except (StorageError, RepositoryError) as error:
            raise PublishRejected("kb.publish_nothing", path=path) from error

    def _end(self, days: int) -> datetime:
        return whole_seconds(self._now() + timedelta(days=days))

    # -- files

    def _put_roots(self) -> None:
        root = self._keys.root()
        if root.expires <= self._now():
            raise PublishRejected("kb.keys_root_expired")
        for file in self._keys.root_files():
            target = self._out / METADATA / file.name
            if not target.is_file() or target.read_bytes() != file.read_bytes():
                put(target, file.read_bytes(), mode=0o644)

    def _put_target(self, name: str, path: Path) -> TargetFile:
        listed = TargetFile.from_file(name, str(path), ["sha256"])
        target = self._out / TARGETS / f"{listed.hashes['sha256']}.{name}"
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(path, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        return listed

    def _highest_file(self) -> int:
        found = [path.name.split(".kb-")[-1].split(".")[0] for path in (self._out / TARGETS).glob("*.kb-*.db*")]
        return max((int(number) for number in found if number.isdigit()), default=0)

    def _prune(self) -> None:
        """Remove lists and files of releases long past. What cannot be removed stays."""
        lists = sorted((self._out / METADATA).glob("*.targets.json"), key=lambda path: int(path.name.split(".")[0]))
        kept: set[str] = set()
        for path in lists[-KEPT:]:
            for name, told in self._read(Targets, path.name).signed.targets.items():
                kept.add(f"{told.hashes['sha256']}.{name}")
        snapshots = sorted((self._out / METADATA).glob("*.snapshot.json"), key=lambda p: int(p.name.split(".")[0]))
        old = [*lists[:-KEPT], *snapshots[:-KEPT]]
        old += [path for path in (self._out / TARGETS).iterdir() if path.name not in kept]
        for path in old:
            with suppress(OSError):
                path.unlink()

    def _alone(self) -> _Alone:
        return _Alone(self._out)


class _Alone:
    """Holds the lock of a folder of releases and says what the disk refuses."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = FileLock(out / ".lock", timeout=0)

    def __enter__(self) -> None:
        try:
            for name in (METADATA, TARGETS):
                (self._out / name).mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise PublishRejected("kb.publish_busy", path=self._out) from error
        except OSError as error:
            raise PublishRejected("kb.disk", reason=error.strerror or type(error).__name__) from error

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._lock.release()
        if isinstance(error, OSError):
            raise PublishRejected("kb.disk", reason=error.strerror or type(error).__name__) from error
        if isinstance(error, StorageError):
            raise PublishRejected("kb.disk", reason=type(error).__name__) from error
