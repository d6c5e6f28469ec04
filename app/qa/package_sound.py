"""The sound of a package, read piece by piece when it is asked for."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

import numpy as np

from app.qa.package import PIECE, Manifest, PieceCodec, PieceSeal, piece_context
from app.qa.package_zip import Entry, read_entry
from audio.errors import AudioFault
from audio.model import SAMPLE_RATE, Channel, Pcm
from ui.replay.ports import SilentStretch

_KEPT: Final = 6
"""Decoded pieces kept: a minute of both sides, 4 MB."""
_EMPTY: Final = np.zeros(0, np.int16)
_SIDES: Final = (Channel.AGENT, Channel.CALLER)


class PackageSound:
    """Fills :class:`audio.ports.Recording`. Thread-safe. Holds no open file: the package can be deleted any time.

    A piece that is not there, or not as it was sealed, is silence.
    """

    def __init__(
        self,
        file: Path,
        manifest: Manifest,
        pieces: dict[int, Entry],
        key: bytes,
        seal: PieceSeal,
        codec: PieceCodec,
    ) -> None:
        """Read nothing yet.

        Args:
            file: The package.
            manifest: What is inside its seal, checked.
            pieces: Where each piece lies.
            key: Of the pieces.
            seal: Opens pieces.
            codec: Decodes them.
        """
        self._file = file
        self._manifest = manifest
        self._pieces = pieces
        self._key = key
        self._seal = seal
        self._codec = codec
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, dict[Channel, Pcm] | None] = OrderedDict()

    def length(self, channel: Channel) -> int:
        """Return the index one past the last sample that was recorded."""
        return self._manifest.samples[channel]

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``, silence where a piece is missing; shorter where it does not reach."""
        end = min(end, self.length(channel))
        if start >= end:
            return _EMPTY
        pcm = np.zeros(end - start, np.int16)
        for index in range(start // PIECE, -(-end // PIECE)):
            sides = self._piece(index)
            if sides is None:
                continue
            base = index * PIECE
            left, right = max(start, base), min(end, base + len(sides[channel]))
            if left < right:
                pcm[left - start : right - start] = sides[channel][left - base : right - base]
        pcm.flags.writeable = False
        return pcm

    def unreadable(self) -> tuple[SilentStretch, ...]:
        """Return what cannot be read, and what could not be when it was packed. Reads all of it."""
        count = len(self._manifest.pieces)
        gone = [index for index in range(count) if index not in self._pieces]
        broken = [index for index in range(count) if index in self._pieces and self._opened(index) is None]
        found = [
            SilentStretch(channel, start / SAMPLE_RATE, end / SAMPLE_RATE, why)
            for channel in _SIDES
            for indexes, why in ((gone, "missing"), (broken, "damaged"))
            for start, end in self._spans(channel, indexes)
        ]
        before = (SilentStretch(one.side, one.start, one.end, one.why) for one in self._manifest.silent)
        return (*found, *before)

    def close(self) -> None:
        """Forget what was decoded."""
        with self._lock:
            self._kept.clear()

    def _spans(self, channel: Channel, indexes: list[int]) -> list[tuple[int, int]]:
        """Return the stretches of pieces, first and past the last sample; neighbours are one stretch."""
        length, spans = self.length(channel), list[tuple[int, int]]()
        for index in indexes:
            start, end = index * PIECE, min(length, (index + 1) * PIECE)
            if start >= end:
                continue
            if spans and spans[-1][1] == start:
                start = spans.pop()[0]
            spans.append((start, end))
        return spans

    def _piece(self, index: int) -> dict[Channel, Pcm] | None:
        with self._lock:
            if index in self._kept:
                self._kept.move_to_end(index)
                return self._kept[index]
        made = self._decoded(index)
        with self._lock:
            self._kept[index] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def _decoded(self, index: int) -> dict[Channel, Pcm] | None:
        plain = self._opened(index)
        if plain is None:
            return None
        try:
            return dict(zip(_SIDES, self._codec.decode(plain, PIECE), strict=True))
        except AudioFault:
            return None

    def _opened(self, index: int) -> bytes | None:
        entry = self._pieces.get(index)
        if entry is None or index >= len(self._manifest.pieces):
            return None
        try:
            sealed = read_entry(self._file, entry)
        except OSError:
            return None
        if hashlib.sha256(sealed).hexdigest() != self._manifest.pieces[index]:
            return None
        context = piece_context(self._manifest.id, index, len(self._manifest.pieces))
        return self._seal.open(self._key, index, context, sealed)
