"""The signed lists of a release through the TUF client: https://theupdateframework.io."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tuf.api import exceptions
from tuf.api.metadata import Metadata, Root, Snapshot, T, Targets, Timestamp
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from kb.errors import SyncFault, SyncMissing, SyncRefused, SyncUnreachable
from kb.release.ports import SignedFile, SignedRelease, Source
from kb.whole_file import take

METADATA: Final = "metadata"
TARGETS: Final = "targets"
_CONFIG: Final = UpdaterConfig(
    root_max_length=200_000,
    timestamp_max_length=16_384,
    snapshot_max_length=100_000,
    targets_max_length=200_000,
    max_root_rotations=64,
)


class _Fetcher(FetcherInterface):
    """Lets the TUF client read through our source; it bounds every length itself."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            with self._source.read(url) as reading:
                yield from reading.chunks
        except SyncMissing as missing:
            raise exceptions.DownloadHTTPError("missing", 404) from missing


class TufLists:
    """Fills :class:`kb.release.ports.SignedLists`. Thread: one at a time.

    What was seen last is kept in ``folder``, so that nothing older is believed later.
    """

    def __init__(self, folder: Path, trusted_root: Path, source: Source) -> None:
        """Join the parts; touches nothing.

        Args:
            folder: Where the lists seen last are kept.
            trusted_root: The root list the site was given by hand; all trust begins here.
            source: The address.
        """
        self._folder = folder
        self._trusted_root = trusted_root
        self._source = source

    def newest(self) -> SignedRelease:
        """See :class:`kb.release.ports.SignedLists`."""
        try:
            root = take(self._trusted_root)
        except OSError as error:
            raise SyncFault("kb.sync_root_unreadable", path=self._trusted_root) from error
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            client = Updater(
                metadata_dir=str(self._folder),
                metadata_base_url=METADATA,
                fetcher=_Fetcher(self._source),
                config=_CONFIG,
                bootstrap=root,
            )
        except exceptions.RepositoryError as error:
            raise SyncFault("kb.sync_root_unreadable", path=self._trusted_root) from error
        try:
            client.refresh()
        except exceptions.RepositoryError as error:
            raise _refused(error) from error
        except exceptions.DownloadLengthMismatchError as error:
            raise SyncRefused("kb.sync_too_long", name=METADATA) from error
        except exceptions.DownloadHTTPError as error:
            raise SyncMissing("kb.sync_missing", name=self._source.name, file=METADATA) from error
        except exceptions.DownloadError as error:
            raise SyncUnreachable("kb.sync_unreachable", name=self._source.name) from error
        return self._release()

    def _release(self) -> SignedRelease:
        """Read what the client has just checked and kept."""
        targets = self._kept(Targets)
        ends = [self._kept(Root).expires, self._kept(Timestamp).expires, self._kept(Snapshot).expires]
        files = {}
        for name, told in targets.targets.items():
            sha256 = told.hashes.get("sha256", "")
            if "/" not in name and sha256:
                files[name] = SignedFile(name, f"{TARGETS}/{sha256}.{name}", told.length, sha256)
        return SignedRelease(files, _utc(min([*ends, targets.expires])))

    def _kept(self, kind: type[T]) -> T:
        try:
            return Metadata[T].from_file(str(self._folder / f"{kind.type}.json")).signed
        except (exceptions.StorageError, exceptions.RepositoryError) as error:
            raise SyncFault("kb.disk", reason=type(error).__name__) from error


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _refused(error: exceptions.RepositoryError) -> SyncRefused:
    """Return why lists are not believed, in the user's words."""
    if isinstance(error, exceptions.ExpiredMetadataError):
        return SyncRefused("kb.sync_expired")
    if isinstance(error, exceptions.BadVersionNumberError):
        return SyncRefused("kb.sync_rolled_back")
    if isinstance(error, exceptions.UnsignedMetadataError):
        return SyncRefused("kb.sync_signature")
    if isinstance(error, exceptions.LengthOrHashMismatchError):
        return SyncRefused("kb.sync_mixed")
    return SyncRefused("kb.sync_lists_bad")
