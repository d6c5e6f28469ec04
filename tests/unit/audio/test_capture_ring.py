from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.adapters.device_stream import RingWriter
from audio.adapters.ring import Ring


@settings(deadline=None)
@given(sizes=st.lists(st.integers(1, 60), max_size=60), channels=st.integers(1, 2))
def test_whatever_is_still_there_reads_back_as_it_was_written(sizes: list[int], channels: int) -> None:
    ring = Ring(memoryview(bytearray(2 * channels * 64)), channels)
    writer = RingWriter(ring)
    assert ring.capacity == 64
    everything = np.arange(sum(sizes) * channels, dtype=np.int16).reshape(-1, channels)
    at = 0
    for size in sizes:
        writer.put(everything[at : at + size], False)
        at += size
        first = max(0, at - ring.readable)
        assert np.array_equal(ring.read(first, at), everything[first:at])
    assert writer.mark[0] == at


def test_the_mark_counts_overflows_and_carries_the_time() -> None:
    writer = RingWriter(Ring(memoryview(bytearray(4096)), 1))
    writer.put(np.zeros((10, 1), np.int16), True)
    first = writer.mark
    writer.put(np.zeros((10, 1), np.int16), True)
    assert (first[0], first[2]) == (10, 1)
    assert (writer.mark[0], writer.mark[2]) == (20, 2)
    assert writer.mark[1] >= first[1] > 0


def test_reading_gives_a_copy() -> None:
    ring = Ring(memoryview(bytearray(4096)), 1)
    ring.write(0, np.ones((8, 1), np.int16))
    before = ring.read(0, 8)
    ring.write(0, np.zeros((8, 1), np.int16))
    assert before.all()
