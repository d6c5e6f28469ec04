from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np

from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, AudioBlock, Channel, DeviceHealth
from audio.sound_trial import RecordedTrial

BLOCK = SAMPLE_RATE // 10


class Source:
    """Blocks for both sides, the caller silent, until it is closed."""

    channels = (Channel.AGENT, Channel.CALLER)

    def __init__(self, blocks: int, fault: Exception | None = None) -> None:
        self.delivered = threading.Event()
        self._blocks = blocks
        self._fault = fault
        self._closed = threading.Event()

    def blocks(self) -> Iterator[AudioBlock]:
        for place in range(self._blocks):
            yield AudioBlock(Channel.AGENT, place * BLOCK, np.full(BLOCK, 3277 if place else 328, np.int16))
            yield AudioBlock(Channel.CALLER, place * BLOCK, np.zeros(BLOCK, np.int16))
        self.delivered.set()
        if self._fault is not None:
            raise self._fault
        self._closed.wait(10)

    def health(self) -> dict[Channel, DeviceHealth]:
        return dict.fromkeys(self.channels, DeviceHealth.OK)

    def lost_samples(self) -> int:
        return 0

    def close(self) -> None:
        self._closed.set()


def test_the_first_seconds_of_both_sides_are_kept_and_no_more() -> None:
    source = Source(15)
    trial = RecordedTrial(lambda: source, seconds=1.0)
    assert source.delivered.wait(10)
    assert trial.left_s() == 0
    assert len(trial.pcm(Channel.AGENT)) == len(trial.pcm(Channel.CALLER)) == SAMPLE_RATE
    assert trial.pcm(Channel.AGENT)[0] == 328
    assert round(trial.loudest_db(Channel.AGENT)) == -20
    assert trial.loudest_db(Channel.CALLER) == -90
    trial.close()
    assert len(trial.pcm(Channel.AGENT)) == SAMPLE_RATE
    trial.forget()
    assert len(trial.pcm(Channel.AGENT)) == 0


def test_it_says_how_much_is_left_and_ends_at_a_fault() -> None:
    source = Source(5)
    trial = RecordedTrial(lambda: source, seconds=1.0)
    assert source.delivered.wait(10)
    assert trial.left_s() == 0.5
    trial.close()
    broken = RecordedTrial(lambda: Source(1, DeviceFault("audio.agent_missing")), seconds=1.0)
    broken.close()
    assert broken.left_s() == 0
    assert broken.fault()

    def refuse() -> Source:
        raise DeviceFault("audio.agent_missing")

    assert RecordedTrial(refuse).left_s() == 0
    assert RecordedTrial(refuse).channels == ()
