"""Live transcription with a detector that goes by loudness and a recogniser that tells what it was given."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from audio.errors import PoisonedSound, SpeechFault
from audio.events import DigitRun, EngineRestarted, LagChanged, TranscriptPartial
from audio.model import SAMPLE_RATE, AudioBlock, Decoded, DecodeRequest, Pcm
from audio.ports import VadState
from resources.notices import Fault
from tests.helpers.live import AGENT, BLOCK, CALLER, CountingTranscriber, Rig, sound


@pytest.mark.parametrize("realtime", [True, False])
def test_both_sides_come_out_apart_even_when_they_overlap(rigs: Callable[..., Rig], realtime: bool) -> None:
    rig = rigs(realtime=realtime)
    rig.feed(
        agent=sound(("still", 1), ("talk", 3), ("still", 2), ("talk", 2), ("still", 1)),
        caller=sound(("still", 2), ("talk", 4), ("still", 3)),
    )
    rig.live.finish()
    assert [(f.start, f.end) for f in rig.finals(AGENT)] == [
        (pytest.approx(0.7, abs=0.1), pytest.approx(4.25, abs=0.1)),
        (pytest.approx(5.7, abs=0.1), pytest.approx(8.25, abs=0.1)),
    ]
    assert [f.text for f in rig.finals(CALLER)] == ["말1 말2 말3 말4"]
    assert len({f.utterance for f in rig.finals()}) == 3
    assert rig.live.missed_samples() == 0
    assert all(final.confidence == pytest.approx(np.exp(-0.2), abs=1e-3) for final in rig.finals())


def test_nothing_said_is_no_text(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.feed(caller=sound(("still", 5)))
    rig.live.finish()
    assert rig.events == []
    assert rig.counting.requests == []


def test_an_utterance_open_at_the_end_is_settled(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.feed(caller=sound(("talk", 1.03)))
    rig.live.finish()
    assert [final.text for final in rig.finals()] == ["말1"]


def test_partials_belong_to_their_final_and_do_not_flicker(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    talk = sound(("talk", 5), ("still", 1))
    for seconds in range(6):
        part = talk[seconds * SAMPLE_RATE : (seconds + 1) * SAMPLE_RATE]
        for offset in range(0, len(part), BLOCK):
            block = AudioBlock(CALLER, seconds * SAMPLE_RATE + offset, part[offset : offset + BLOCK])
            rig.window.write(block)
            rig.live.feed(block)
        if 1 <= seconds <= 4:
            rig.wait_for(lambda: len(rig.counting.requests) >= seconds)  # noqa: B023 - awaited at once
    rig.live.finish()
    partials = [event for event in rig.events if isinstance(event, TranscriptPartial)]
    (final,) = rig.finals()
    assert len(partials) >= 3
    assert {partial.utterance for partial in partials} == {final.utterance}
    texts = [partial.text for partial in partials] + [final.text]
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(texts))
    assert rig.events[-1] is final
    greedy = [request for request in rig.counting.requests if request.beam_size == 1]
    assert greedy
    assert not any(request.allow_retry for request in greedy)


def test_a_final_tried_in_the_silence_is_not_decoded_again(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    talk = sound(("talk", 0.6), ("still", 0.4))
    rig.feed(caller=talk)
    rig.wait_for(lambda: len(rig.counting.requests) == 1)
    assert rig.finals() == []
    for offset in range(0, SAMPLE_RATE, BLOCK):
        block = AudioBlock(CALLER, len(talk) + offset, np.zeros(BLOCK, np.int16))
        rig.window.write(block)
        rig.live.feed(block)
    rig.wait_for(lambda: len(rig.finals()) == 1)
    assert len(rig.counting.requests) == 1


def test_a_stretch_the_recogniser_fails_on_is_flagged_and_the_rest_goes_on(rigs: Callable[..., Rig]) -> None:
    class Failing(CountingTranscriber):
        def transcribe(self, request: DecodeRequest) -> Decoded:
            if len(request.pcm) > 2 * SAMPLE_RATE:
                raise PoisonedSound("audio.speech_skipped")
            return super().transcribe(request)

    rig = rigs(realtime=False, transcriber=Failing())
    rig.feed(caller=sound(("talk", 3), ("still", 1), ("talk", 1), ("still", 1)))
    rig.live.finish()
    assert [(final.text, final.flags) for final in rig.finals()] == [("", ("unheard",)), ("말1", ())]
    assert rig.live.fault is None


def test_a_try_that_fails_in_the_silence_still_ends_as_a_flagged_final(rigs: Callable[..., Rig]) -> None:
    class Failing:
        def transcribe(self, request: DecodeRequest) -> Decoded:
            raise PoisonedSound("audio.speech_skipped")

    rig = rigs(realtime=True, transcriber=Failing())
    rig.feed(caller=sound(("talk", 0.5), ("still", 1)))
    rig.live.finish()
    assert [final.flags for final in rig.finals()] == [("unheard",)]


def test_a_detector_that_fails_costs_no_words(rigs: Callable[..., Rig]) -> None:
    class Failing:
        def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
            raise PoisonedSound("audio.speech_skipped")

    rig = rigs(vad=Failing())
    rig.feed(caller=sound(("talk", 2)))
    rig.live.finish()
    assert [final.text for final in rig.finals()] == ["말1 말2"]


def test_a_live_call_is_never_held_up_and_loses_nothing_while_recognition_hangs(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.counting.gate.clear()
    rig.feed(caller=sound(*[("talk", 2), ("still", 1)] * 10), agent=sound(*[("still", 1.5), ("talk", 1.5)] * 10))
    rig.wait_for(lambda: rig.live.missed_samples() < 2 * 3 * 512)
    rig.now_ns = 40_000_000_000
    rig.counting.gate.set()
    rig.live.finish()
    assert len(rig.finals(CALLER)) == 10
    assert len(rig.finals(AGENT)) == 10
    lags = [event for event in rig.events if isinstance(event, LagChanged)]
    assert max(event.step for event in lags) == 4
    assert lags[-1].step == 0


def test_a_file_waits_for_recognition_so_that_memory_stays_small(rigs: Callable[..., Rig]) -> None:
    rig = rigs(realtime=False)
    rig.counting.gate.clear()
    talk = sound(*[("talk", 3), ("still", 1)] * 60)
    feeder = threading.Thread(target=lambda: rig.feed(caller=talk))
    feeder.start()
    feeder.join(0.5)
    assert feeder.is_alive()
    assert rig.window.length(CALLER) < 120 * SAMPLE_RATE
    rig.counting.gate.set()
    feeder.join(60)
    rig.live.finish()
    assert len(rig.finals()) == 60
    assert rig.live.needed_from(CALLER) > 230 * SAMPLE_RATE


def test_what_is_still_needed_covers_every_stretch_that_is_decoded(rigs: Callable[..., Rig]) -> None:
    rig = rigs(realtime=False)
    talk = sound(*[("talk", 2.3), ("still", 0.9)] * 20)
    for start in range(0, len(talk), BLOCK):
        block = AudioBlock(CALLER, start, talk[start : start + BLOCK])
        rig.window.write(block)
        rig.live.feed(block)
        rig.window.forget_channel(CALLER, rig.live.needed_from(CALLER))
    rig.live.finish()
    assert [final.text for final in rig.finals()] == ["말1 말2"] * 20


def test_recognition_that_cannot_run_ends_with_its_fault(rigs: Callable[..., Rig]) -> None:
    class Missing:
        def transcribe(self, request: DecodeRequest) -> Decoded:
            raise SpeechFault("audio.speech_model_missing", name="x")

    rig = rigs(realtime=False, transcriber=Missing())
    told: list[Fault] = []
    rig.live.on_fault = told.append
    rig.feed(caller=sound(*[("talk", 3), ("still", 1)] * 20))
    rig.live.finish()
    assert rig.live.fault
    assert rig.live.fault.code == "audio.speech_model_missing"
    assert told == [rig.live.fault]


def test_the_display_layer_adds_numbers_to_the_raw_text(rigs: Callable[..., Rig]) -> None:
    run = DigitRun("count", "말1", "1", 0, 1)
    rig = rigs(display=lambda text: (text.replace("말", ""), (run,)))
    rig.feed(caller=sound(("talk", 1), ("still", 1)))
    rig.live.finish()
    (final,) = rig.finals()
    assert (final.text, final.display, final.digits) == ("말1", "1", (run,))


def test_a_restart_of_the_process_is_told(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.live.engine_restarted(2)
    (event,) = rig.events
    assert isinstance(event, EngineRestarted)
    assert (event.engine, event.count) == ("speech", 2)


def test_closing_in_the_middle_leaves_no_thread(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.feed(caller=sound(*[("talk", 2), ("still", 1)] * 5))
    rig.live.close()
    rig.live.feed(AudioBlock(CALLER, 0, np.zeros(BLOCK, np.int16)))


def test_finishing_without_sound_returns(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.live.finish()
    assert rig.events == []
