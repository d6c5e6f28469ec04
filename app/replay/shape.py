"""The shape of recorded sound for drawing, read piece by piece: never more than ten seconds of it in memory."""

from __future__ import annotations

from typing import Final

import numpy as np

from audio.model import SAMPLE_RATE, Channel
from audio.ports import SoundReader
from ui.replay.ports import Peaks

_PIECE: Final = 10 * SAMPLE_RATE
_FULL: Final = np.float32(1 / 32768)


def peaks(sound: SoundReader | None, channel: Channel, start_s: float, end_s: float, bin_s: float) -> Peaks:
    """Return loudest and softest sample of every ``bin_s`` seconds; flat where there is no sound.

    Args:
        sound: None: flat throughout.
        channel: Which side.
        start_s: Seconds from sample 0.
        end_s: End of the last bin, rounded up to whole bins.
        bin_s: Seconds a bin, at least one sample.
    """
    bin_s = max(bin_s, 1 / SAMPLE_RATE)
    start_s = max(0.0, start_s)
    count = max(0, int(np.ceil((end_s - start_s) / bin_s - 1e-9)))
    low, high = np.zeros(count, np.int16), np.zeros(count, np.int16)
    if sound is not None and count:
        edges = np.round((start_s + np.arange(count + 1) * bin_s) * SAMPLE_RATE).astype(np.int64)
        at = 0
        while at < count:
            # Whole bins up to a piece; a bin longer than that is read by itself, piece by piece.
            until = max(at + 1, int(np.searchsorted(edges, edges[at] + _PIECE, side="right")) - 1)
            if not _fill(sound, channel, edges[at : until + 1], low[at:until], high[at:until]):
                break
            at = until
    return Peaks(channel, start_s, bin_s, low.astype(np.float32) * _FULL, high.astype(np.float32) * _FULL)


def _fill(
    sound: SoundReader,
    channel: Channel,
    edges: np.ndarray[tuple[int], np.dtype[np.int64]],
    low: np.ndarray[tuple[int], np.dtype[np.int16]],
    high: np.ndarray[tuple[int], np.dtype[np.int16]],
) -> bool:
    """Fill some bins; returns whether there was any sound at all."""
    start, end = int(edges[0]), int(edges[-1])
    if end - start > _PIECE:
        heard = False
        for first in range(start, end, _PIECE):
            pcm = sound.read(channel, first, min(end, first + _PIECE))
            if not len(pcm):
                break
            heard = True
            low[0], high[0] = min(low[0], pcm.min()), max(high[0], pcm.max())
        return heard
    pcm = sound.read(channel, start, end)
    if not len(pcm):
        return False
    inner = (edges[:-1] - start)[edges[:-1] < start + len(pcm)]
    # A bin narrower than a sample would take its neighbour's: such bins do not occur above one sample a bin.
    low[: len(inner)] = np.minimum.reduceat(pcm, inner)
    high[: len(inner)] = np.maximum.reduceat(pcm, inner)
    return True
