"""The sound of a call as it lies on disk: read back, and checked to the second."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Final

import numpy as np

from audio.errors import JournalFault
from audio.journal import SLOT_SAMPLES, SUFFIX, JournalOpener, JournalReader, whole_slots
from audio.model import Channel, Pcm, Span

_log = logging.getLogger(__name__)

_EMPTY: Final = np.zeros(0, np.int16)


class RecordedSound:
    """The sound of one call as it lies on disk. Fills :class:`audio.ports.SoundReader`. Thread-safe."""

    def __init__(self, folder: Path, opener: JournalOpener) -> None:
        """Look at a call's folder; files are opened when they are needed.

        Args:
            folder: The call's folder; may be absent or empty.
            opener: Reads journals with the desk's key.
        """
        self._folder = folder
        self._opener = opener
        self._lock = threading.Lock()
        self._readers: dict[str, JournalReader | None] = {}

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``, silence where a second is damaged; shorter where it does not reach."""
        end = min(end, self.length(channel))
        if start >= end:
            return _EMPTY
        pcm = np.zeros(end - start, np.int16)
        with self._lock:
            for reader in self._parts(channel):
                self._copy(reader, start, pcm)
        pcm.flags.writeable = False
        return pcm

    def length(self, channel: Channel) -> int:
        """Return the index one past the last sample on disk."""
        with self._lock:
            return max((_end(reader) for reader in self._parts(channel)), default=0)

    def damaged(self, channel: Channel) -> tuple[Span, ...]:
        """Return what cannot be read, in order: damaged seconds, and stretches no file holds. Reads everything."""
        spans, at = [], 0
        with self._lock:
            for reader in self._parts(channel):
                if reader.title.start > at:
                    spans.append(Span(channel, at, reader.title.start))
                for number in range(reader.slots()):
                    if reader.slot(number) is None:
                        start = reader.title.start + number * SLOT_SAMPLES
                        spans.append(Span(channel, start, start + SLOT_SAMPLES))
                at = max(at, _end(reader))
        return tuple(spans)

    def worn(self) -> tuple[str, ...]:
        """Return the names of files one of whose two headers is damaged; the other serves, no sound is lost."""
        with self._lock:
            readers = [reader for channel in Channel for reader in self._parts(channel)]
            return tuple(sorted(reader.title.file_name for reader in readers if not reader.header_whole()))

    def destroyed(self) -> tuple[str, ...]:
        """Return the names of files that cannot be opened at all, e.g. sealed with another desk's key."""
        with self._lock:
            for channel in Channel:
                self._parts(channel)
            return tuple(sorted(name for name, reader in self._readers.items() if reader is None))

    def finished(self, channel: Channel) -> bool:
        """Return whether the recording was closed in order; False after a crash (중단됨)."""
        with self._lock:
            parts = self._parts(channel)
            return bool(parts) and parts[-1].finished()

    def _parts(self, channel: Channel) -> list[JournalReader]:
        parts = []
        for file in sorted(self._folder.glob(f"{channel.value}-*{SUFFIX}")):
            if not _has_sound(file):
                # A file may still be begun anew, with another key, until its first slot is on disk.
                continue
            if file.name not in self._readers:
                try:
                    self._readers[file.name] = self._opener.open(file)
                except JournalFault:
                    _log.warning("a journal file cannot be opened")
                    self._readers[file.name] = None
            reader = self._readers[file.name]
            if reader is not None and reader.title.channel is channel:
                parts.append(reader)
        return parts

    @staticmethod
    def _copy(reader: JournalReader, start: int, into: Pcm) -> None:
        base = reader.title.start
        first = max(0, (start - base) // SLOT_SAMPLES)
        last = min(reader.slots(), -(-(start + len(into) - base) // SLOT_SAMPLES))
        for number in range(first, last):
            pcm = reader.slot(number)
            if pcm is None:
                continue
            at = base + number * SLOT_SAMPLES - start
            left, right = max(0, at), min(len(into), at + len(pcm))
            if left < right:
                into[left:right] = pcm[left - at : right - at]


def _has_sound(file: Path) -> bool:
    try:
        return whole_slots(file.stat().st_size) > 0
    except OSError:
        return False


def _end(reader: JournalReader) -> int:
    slots = reader.slots()
    if slots == 0:
        return reader.title.start
    last = reader.slot(slots - 1)
    return reader.title.start + (slots - 1) * SLOT_SAMPLES + (SLOT_SAMPLES if last is None else len(last))
