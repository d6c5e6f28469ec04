"""Sound journals on disk: AES-256-GCM a second, each second synced. See :mod:`audio.journal` for the layout."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from audio import journal
from audio.journal import Header, Title
from audio.model import Pcm


class SealedJournals:
    """Fills :class:`audio.journal.JournalOpener`. Any thread."""

    def __init__(self, desk_key: bytes, sync: Callable[[int], None] = os.fsync) -> None:
        """Take the key that wraps each file's own.

        Args:
            desk_key: 32 random bytes.
            sync: Returns when the disk has what was written to an open file; raises OSError where it has not.
        """
        self._desk = AESGCM(desk_key)
        self._sync = sync

    def create(self, folder: Path, title: Title) -> SealedWriter:
        """Begin a new file with a key of its own."""
        key = AESGCM.generate_key(bit_length=256)
        prefix = secrets.token_bytes(journal.PREFIX_BYTES)
        wrap_nonce = secrets.token_bytes(journal.WRAP_NONCE_BYTES)
        wrapped = self._desk.encrypt(wrap_nonce, key, journal.bound_part(title, prefix))
        header = Header(title, prefix, wrap_nonce, wrapped)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / title.file_name
        # A disk that filled up between header and first slot leaves a file without sound; it must not bar the way.
        if path.exists() and journal.whole_slots(path.stat().st_size) == 0:
            path.unlink()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        file = os.fdopen(descriptor, "wb", buffering=0)
        try:
            _write_all(file, header.to_bytes() * journal.HEADER_COPIES)
            self._sync(file.fileno())
            self._sync_names(folder)
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
        return SealedWriter(file, AESGCM(key), header, self._sync)

    def _sync_names(self, folder: Path) -> None:
        """Make the file's name, and its new folder's, outlive a power cut. Windows does so by itself."""
        if os.name == "nt":
            return
        for place in (folder, folder.parent):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                self._sync(descriptor)
            finally:
                os.close(descriptor)

    def open(self, file: Path) -> SealedReader:
        """Open a file for reading; the second copy of the header serves where the first is damaged."""
        try:
            with file.open("rb") as handle:
                copies = [handle.read(journal.HEADER_BYTES) for _ in range(journal.HEADER_COPIES)]
        except OSError as error:
            raise journal.unreadable(file) from error
        for copy in copies:
            header = journal.parse_header(copy)
            if header is None:
                continue
            try:
                key = self._desk.decrypt(header.wrap_nonce, header.wrapped_key, header.bound)
            except InvalidTag:
                continue
            return SealedReader(file, AESGCM(key), header)
        raise journal.unreadable(file)


class SealedWriter:
    """Fills :class:`audio.journal.JournalWriter`."""

    def __init__(self, file: BinaryIO, key: AESGCM, header: Header, sync: Callable[[int], None]) -> None:
        self._file = file
        self._key = key
        self._header = header
        self._sync = sync
        self._number = 0

    def append(self, pcm: Pcm, last: bool = False) -> None:
        """Seal one second, write it and wait until the disk has it."""
        sealed = self._key.encrypt(
            journal.slot_nonce(self._header.prefix, self._number, last),
            journal.pack_slot(pcm),
            journal.slot_context(self._header.title, self._number),
        )
        try:
            _write_all(self._file, sealed)
            self._sync(self._file.fileno())
        except OSError:
            # A second attempt under this number would seal other content with the same nonce, so this file ends here.
            with contextlib.suppress(OSError):
                self._file.truncate(journal.DATA_START + self._number * journal.SLOT_BYTES)
            self._file.close()
            raise
        self._number += 1

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class SealedReader:
    """Fills :class:`audio.journal.JournalReader`. Holds no open file, so a call's folder can be deleted at any time."""

    def __init__(self, file: Path, key: AESGCM, header: Header) -> None:
        self._file = file
        self._key = key
        self._header = header

    @property
    def title(self) -> Title:
        """What the file is about."""
        return self._header.title

    def slots(self) -> int:
        """Return the number of whole slots on disk now."""
        try:
            return journal.whole_slots(self._file.stat().st_size)
        except OSError:
            return 0

    def slot(self, number: int) -> Pcm | None:
        """Return the samples of a slot; None where it is damaged."""
        sealed = self._sealed(number)
        plain = self._unseal(sealed, number, last=False)
        if plain is None and number == self.slots() - 1:
            plain = self._unseal(sealed, number, last=True)
        return None if plain is None else journal.unpack_slot(plain)

    def finished(self) -> bool:
        """Return whether the last whole slot is marked as the last."""
        number = self.slots() - 1
        return number >= 0 and self._unseal(self._sealed(number), number, last=True) is not None

    def header_whole(self) -> bool:
        """Return whether both copies are as written, padding included."""
        try:
            with self._file.open("rb") as handle:
                return handle.read(journal.DATA_START) == self._header.to_bytes() * journal.HEADER_COPIES
        except OSError:
            return False

    def _sealed(self, number: int) -> bytes:
        try:
            with self._file.open("rb") as handle:
                handle.seek(journal.DATA_START + number * journal.SLOT_BYTES)
                return handle.read(journal.SLOT_BYTES)
        except OSError:
            return b""

    def _unseal(self, sealed: bytes, number: int, last: bool) -> bytes | None:
        if len(sealed) < journal.SLOT_BYTES:
            return None
        try:
            return self._key.decrypt(
                journal.slot_nonce(self._header.prefix, number, last),
                sealed,
                journal.slot_context(self._header.title, number),
            )
        except InvalidTag:
            return None


def _write_all(file: BinaryIO, content: bytes) -> None:
    """Write everything or raise; an unbuffered write may take only a part when the disk fills up."""
    view = memoryview(content)
    while view:
        done = file.write(view)
        if not done:
            raise OSError("nothing written")
        view = view[done:]
