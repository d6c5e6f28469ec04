"""Sound on disk that is cut anywhere in its last three seconds, or loses one bit anywhere: found, named, one second.

Every byte of the last three seconds and 1,000 bits take a while: ``DOUMI_EVERY_BYTE=1``, as `make test-faults` does;
else every 97th byte and 300 bits.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest

from app.sound import recorder, saved_sound
from app.sound_export import Why, gaps
from audio.adapters.sealed_frames import SealedJournals
from audio.journal import DATA_START, SLOT_BYTES, SLOT_SAMPLES
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.settings import CaptureSettings
from tests.helpers.call_sound import pattern

KEY = bytes(range(32))
SECONDS = 6
FLIPS = 1000 if os.environ.get("DOUMI_EVERY_BYTE") else 300
SIDES = (Channel.AGENT, Channel.CALLER)
STEP = 1 if os.environ.get("DOUMI_EVERY_BYTE") else 97


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a finished call of six seconds and a bit."""
    made = recorder(tmp_path / "call", "call", KEY, SIDES, lambda: 0, CaptureSettings())
    for side in SIDES:
        made.write(AudioBlock(side, 0, pattern(side, 0, SECONDS * SAMPLE_RATE + 777)))
    made.close()
    return tmp_path / "call"


@pytest.mark.slow
def test_cut_at_any_byte_of_the_last_three_seconds_the_earlier_ones_play_and_it_is_marked(folder: Path) -> None:
    (file,) = folder.glob("caller-*")
    size = file.stat().st_size
    assert size == DATA_START + (SECONDS + 1) * SLOT_BYTES
    opener = SealedJournals(KEY)
    expected = [pattern(Channel.CALLER, number * SLOT_SAMPLES, SLOT_SAMPLES) for number in range(SECONDS)]
    cuts = 0
    for length in range(size - 1, size - 3 * SLOT_BYTES - 1, -STEP):
        os.truncate(file, length)
        reader = opener.open(file)
        whole = (length - DATA_START) // SLOT_BYTES
        assert reader.slots() == whole
        assert not reader.finished()
        last = reader.slot(whole - 1)
        assert last is not None
        assert np.array_equal(last, expected[whole - 1])
        cuts += 1
    sound = saved_sound(folder, KEY)
    whole = sound.length(Channel.CALLER) // SAMPLE_RATE
    assert whole >= SECONDS - 2
    assert not sound.finished(Channel.CALLER)
    assert np.array_equal(sound.read(Channel.CALLER, 0, 10**9), pattern(Channel.CALLER, 0, whole * SAMPLE_RATE))
    ends = SECONDS + 777 / SAMPLE_RATE
    (missing,) = [gap for gap in gaps(sound, (), ends) if gap.channel is Channel.CALLER]
    assert (missing.start_s, missing.end_s, missing.why) == (float(whole), ends, Why.MISSING)
    print(f"{cuts} cuts")


def test_flipped_bits_are_all_found_and_cost_one_second_each_at_most(folder: Path) -> None:
    rng = random.Random(20261122)
    files = {side: next(folder.glob(f"{side.value}-*")) for side in SIDES}
    contents = {side: file.read_bytes() for side, file in files.items()}
    in_headers = 0
    for number in range(FLIPS):
        side = rng.choice(SIDES)
        # Headers are a thousandth of the file: every tenth flip goes there.
        size = DATA_START if number % 10 == 0 else len(contents[side])
        bit = rng.randrange(size * 8)
        damaged = bytearray(contents[side])
        damaged[bit // 8] ^= 1 << bit % 8
        files[side].write_bytes(damaged)
        sound = saved_sound(folder, KEY)
        found = gaps(sound, (), float(SECONDS))
        second, lost = (bit // 8 - DATA_START) // SLOT_BYTES, set[int]()
        if bit // 8 < DATA_START:
            in_headers += 1
            assert sound.worn() == (files[side].name,)
            assert found == ()
        else:
            lost = {second}
            assert sound.worn() == ()
            assert [(gap.channel, gap.start_s, gap.end_s, gap.why) for gap in found] == [
                (side, float(second), second + 1.0, Why.DAMAGED)
            ]
        assert sound.destroyed() == ()
        for at in range(SECONDS):
            start = at * SAMPLE_RATE
            read = sound.read(side, start, start + SAMPLE_RATE)
            assert np.array_equal(read, np.zeros(SAMPLE_RATE) if at in lost else pattern(side, start, SAMPLE_RATE))
        files[side].write_bytes(contents[side])
    print(f"{FLIPS} flipped bits, {in_headers} of them in headers")
