"""What sealing the sound costs: the recorder with and without it, at the rate of a real call.

    python benchmarks/encryption.py [--minutes N] [--repeats N]

Ten minutes of two sides are recorded as fast as it goes, synced every second as in a call, sealed and plain in turn;
processor time of the recording thread is divided by the length of the call, so it is the share of a core that the
call takes at real speed. Reading back is measured too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from audio import journal
from audio.adapters.sealed_frames import SealedJournals
from audio.journal import JournalOpener, JournalReader, Title, pack_slot
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Pcm
from audio.recorded_sound import RecordedSound
from audio.recorder import Recorder

BLOCK = SAMPLE_RATE // 10
SIDES = (Channel.AGENT, Channel.CALLER)


class PlainJournals:
    """The same files without sealing: the same bytes written, the same syncs."""

    def create(self, folder: Path, title: Title) -> PlainWriter:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / title.file_name).open("xb", buffering=0)
        file.write(bytes(journal.DATA_START))
        os.fsync(file.fileno())
        for place in (folder, folder.parent):
            descriptor = os.open(place, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        return PlainWriter(file.fileno(), file.close)

    def open(self, file: Path) -> JournalReader:
        raise NotImplementedError


class PlainWriter:
    """Writes slots as they are."""

    def __init__(self, descriptor: int, close: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self.close = close

    def append(self, pcm: Pcm, last: bool = False) -> None:
        os.write(self._descriptor, pack_slot(pcm) + bytes(journal.TAG_BYTES))
        os.fsync(self._descriptor)


def record(folder: Path, opener: JournalOpener, seconds: int) -> tuple[float, float]:
    """Record a call; returns processor seconds and seconds on the wall."""
    rng = np.random.default_rng(1)
    pool = [rng.integers(-3000, 3000, BLOCK).astype(np.int16) for _ in range(20)]
    made = Recorder(folder, "call", opener, SIDES, time.monotonic_ns)
    cpu, wall = time.thread_time(), time.monotonic()
    for number in range(seconds * 10):
        for side in SIDES:
            made.write(AudioBlock(side, number * BLOCK, pool[number % len(pool)]))
    made.close()
    return time.thread_time() - cpu, time.monotonic() - wall


def main() -> None:
    """Print one JSON object."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=int, default=10)
    asked.add_argument("--repeats", type=int, default=5)
    args = asked.parse_args()
    seconds = args.minutes * 60
    shares: dict[str, list[float]] = {"sealed": [], "plain": []}
    reading, folder = [], Path(tempfile.mkdtemp(prefix="doumi-encryption-"))
    sealed = SealedJournals(bytes(range(32)))
    try:
        openers: list[tuple[str, JournalOpener]] = [("sealed", sealed), ("plain", PlainJournals())]
        for _ in range(args.repeats):
            openers.reverse()
            for name, opener in openers:
                cpu, _ = record(folder / name, opener, seconds)
                shares[name].append(100 * cpu / seconds)
            sound, cpu = RecordedSound(folder / "sealed", sealed), time.thread_time()
            for side in SIDES:
                for start in range(0, seconds * SAMPLE_RATE, 60 * SAMPLE_RATE):
                    sound.read(side, start, start + 60 * SAMPLE_RATE)
            reading.append(time.thread_time() - cpu)
            shutil.rmtree(folder)
            folder.mkdir()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    middle = {name: statistics.median(values) for name, values in shares.items()}
    slots, begun = [pack_slot(np.zeros(SAMPLE_RATE, np.int16))] * 600, time.thread_time()
    key = AESGCM(bytes(32))
    for number, slot in enumerate(slots):
        key.encrypt(number.to_bytes(12, "big"), slot, b"call|caller|1")
    sealing = 100 * 2 * (time.thread_time() - begun) / len(slots)
    print(
        json.dumps(
            {
                "minutes": args.minutes,
                "repeats": args.repeats,
                "sealed_percent_of_a_core": round(middle["sealed"], 3),
                "plain_percent_of_a_core": round(middle["plain"], 3),
                "difference_percent_of_a_core": round(middle["sealed"] - middle["plain"], 3),
                "sealing_alone_percent_of_a_core": round(sealing, 3),
                "spread_sealed": [round(min(shares["sealed"]), 3), round(max(shares["sealed"]), 3)],
                "spread_plain": [round(min(shares["plain"]), 3), round(max(shares["plain"]), 3)],
                "ratio": round(middle["sealed"] / middle["plain"], 2),
                "read_back_s": round(statistics.median(reading), 2),
            }
        )
    )


if __name__ == "__main__":
    main()
