"""A smaller model steps in when the work piles up, and nothing waits for it to load."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from audio.events import LagChanged
from audio.model import Decoded, DecodeRequest
from audio.ports import Transcriber
from audio.two_models import TwoModels
from tests.helpers.live import CALLER, Rig, sound

FULL = DecodeRequest(np.zeros(160, np.int16), beam_size=5)
SMALL = DecodeRequest(np.zeros(160, np.int16), beam_size=1, small=True)


class Named:
    def __init__(self, name: str) -> None:
        self.name = name

    def transcribe(self, request: DecodeRequest) -> Decoded:
        return Decoded(self.name, -0.1, 0.0, 1.0)


def test_the_smaller_model_is_loaded_at_first_need_while_the_main_one_goes_on() -> None:
    gate = threading.Event()
    loads: list[str] = []

    def load() -> Transcriber:
        loads.append("small")
        gate.wait(60)
        return Named("small")

    models = TwoModels(Named("main"), load)
    assert models.transcribe(FULL).text == "main"
    assert loads == []
    assert models.transcribe(SMALL).text == "main"  # still loading
    gate.set()
    models.join()
    assert models.transcribe(SMALL).text == "small"
    assert models.transcribe(FULL).text == "main"
    assert loads == ["small"]


def test_a_smaller_model_that_cannot_be_loaded_leaves_the_main_one() -> None:
    def load() -> Transcriber:
        raise RuntimeError("torn file")

    models = TwoModels(Named("main"), load)
    models.transcribe(SMALL)
    models.join()
    assert models.transcribe(SMALL).text == "main"


def test_without_a_smaller_model_the_step_is_skipped() -> None:
    assert TwoModels(Named("main"), None).transcribe(SMALL).text == "main"


def test_late_finals_ask_for_the_smaller_model_and_early_ones_do_not(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.feed(caller=sound(("talk", 1), ("still", 1)))
    rig.wait_for(lambda: len(rig.finals(CALLER)) == 1)
    rig.counting.gate.clear()
    rig.feed(caller=sound(*[("talk", 1), ("still", 1)] * 3))
    rig.wait_for(lambda: rig.live.missed_samples() < 3 * 512)
    rig.now_ns = 10_000_000_000
    rig.counting.gate.set()
    rig.live.finish()
    asked = [(request.small, request.beam_size) for request in rig.counting.requests if request.allow_retry]
    assert asked[0] == (False, 5)
    assert (True, 1) in asked
    assert all(beam == 1 for small, beam in asked if small)
    assert 3 in {event.step for event in rig.events if isinstance(event, LagChanged)}
