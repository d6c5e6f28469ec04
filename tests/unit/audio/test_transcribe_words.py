"""Word times: never before a final, never lost, inside the utterance; and into the finals of a saved call."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from audio.errors import PoisonedSound
from audio.events import DigitRun, TranscriptFinal, WordsAligned
from audio.model import AlignRequest, Channel, Decoded, DecodeRequest, Word
from audio.words import by_space, into_finals, weighed
from tests.helpers.live import CALLER, CountingAligner, CountingTranscriber, Rig, sound


def aligned(rig: Rig) -> list[WordsAligned]:
    return [event for event in rig.events if isinstance(event, WordsAligned)]


def test_words_follow_their_final_in_the_quiet_after_it(rigs: Callable[..., Rig]) -> None:
    aligner = CountingAligner()
    rig = rigs(aligner=aligner)
    rig.feed(caller=sound(("still", 1), ("talk", 2), ("still", 1)), agent=sound(("still", 4)))
    rig.wait_for(lambda: len(aligned(rig)) == 1)
    (final,), (event,) = rig.finals(), aligned(rig)
    assert final.words == ()
    assert rig.events.index(event) > rig.events.index(final)
    assert event.utterance == final.utterance
    assert " ".join(word.text for word in event.words) == final.text
    assert event.words[0].start == pytest.approx(final.start)
    assert event.words[-1].end == pytest.approx(final.end, abs=0.01)


def test_while_somebody_speaks_words_wait_and_the_last_final_does_not_wait_for_them(rigs: Callable[..., Rig]) -> None:
    aligner = CountingAligner()
    rig = rigs(aligner=aligner)
    # The agent speaks on without a breath while two caller turns end.
    rig.feed(
        agent=sound(("talk", 8), ("still", 0.2)),
        caller=sound(("still", 1), ("talk", 1), ("still", 1.5), ("talk", 1), ("still", 3.7)),
    )
    rig.wait_for(lambda: len(rig.finals(CALLER)) == 2)
    assert aligner.requests == []
    aligner.gate.clear()
    rig.live.finish()
    assert len(rig.finals()) == 3
    assert aligned(rig) == []
    aligner.gate.set()
    rig.live.finish_words()
    assert sorted(event.utterance for event in aligned(rig)) == [0, 1, 2]


def test_closing_does_not_wait_for_words(rigs: Callable[..., Rig]) -> None:
    aligner = CountingAligner()
    rig = rigs(aligner=aligner)
    rig.feed(caller=sound(*[("talk", 1), ("still", 0.6)] * 5), agent=sound(("talk", 8)))
    aligner.gate.clear()
    rig.live.finish()
    assert len(rig.finals()) == 6
    closing = threading.Thread(target=rig.live.close)
    closing.start()
    aligner.gate.set()
    closing.join(60)
    assert not closing.is_alive()


def test_sound_that_words_wait_for_is_kept(rigs: Callable[..., Rig]) -> None:
    aligner = CountingAligner()
    rig = rigs(aligner=aligner)
    rig.feed(caller=sound(("talk", 2), ("still", 1)), agent=sound(("talk", 3)))
    rig.wait_for(lambda: len(rig.finals(CALLER)) == 1)
    rig.window.forget_channel(CALLER, rig.live.needed_from(CALLER))
    rig.live.finish()
    rig.live.finish_words()
    request = next(request for request in aligner.requests if request.text == rig.finals(CALLER)[0].text)
    assert int((request.pcm != 0).sum()) == 32_000


def test_sound_that_cannot_be_aligned_costs_only_its_times(rigs: Callable[..., Rig]) -> None:
    class Failing(CountingAligner):
        def align(self, request: AlignRequest) -> tuple[Word, ...]:
            if request.text == "말1 말2":
                raise PoisonedSound("audio.speech_skipped")
            return super().align(request)

    rig = rigs(aligner=Failing())
    rig.feed(caller=sound(("talk", 2), ("still", 1), ("talk", 1), ("still", 1)))
    rig.live.finish()
    rig.live.finish_words()
    assert [final.text for final in rig.finals()] == ["말1 말2", "말1"]
    assert [event.utterance for event in aligned(rig)] == [1]
    assert rig.live.fault is None


def test_the_finals_of_a_file_carry_their_words(rigs: Callable[..., Rig]) -> None:
    class Timing(CountingTranscriber):
        def transcribe(self, request: DecodeRequest) -> Decoded:
            decoded = super().transcribe(request)
            assert request.words
            words = tuple(Word(word, float(at), at + 0.5) for at, word in enumerate(decoded.text.split()))
            return Decoded(decoded.text, -0.2, 0.01, 1.0, words=words)

    rig = rigs(realtime=False, transcriber=Timing(), aligner=CountingAligner())
    rig.feed(caller=sound(("still", 3), ("talk", 2), ("still", 1)))
    rig.live.finish()
    rig.live.finish_words()
    (final,) = rig.finals()
    assert [(word.text, word.start) for word in final.words] == [
        ("말1", pytest.approx(final.start, abs=0.001)),
        ("말2", pytest.approx(final.start + 1, abs=0.001)),
    ]
    assert aligned(rig) == []


def test_without_an_aligner_no_words_are_asked_for(rigs: Callable[..., Rig]) -> None:
    rig = rigs(realtime=False)
    rig.feed(caller=sound(("talk", 1), ("still", 1)))
    rig.live.finish()
    assert [request.words for request in rig.counting.requests] == [False]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("여권을 새로요", [" 여", "권을", " 새", "로", "요"]),
        ("네, 알겠습니다.", [" 네", ",", " 알겠", "습니다", "."]),
        ("010 1234", [" 010", " 12", "34"]),
        ("你好吗", ["你", "好", "吗"]),
        ("한번만", ["한번", "만"]),
    ],
)
def test_pieces_become_whitespace_words_in_order_and_inside_the_sound(text: str, pieces: list[str]) -> None:
    # Times that run backwards and past the end, as they do now and then.
    wild = np.random.default_rng(3).uniform(0, 2, (len(pieces), 2))
    words = by_space(text, [Word(piece, *sorted(times), 0.5) for piece, times in zip(pieces, wild, strict=True)], 1.5)
    assert [word.text for word in words] == text.split()
    assert all(0 <= word.start <= word.end <= 1.5 for word in words)
    assert all(before.end <= after.start for before, after in itertools.pairwise(words))
    assert all(word.probability == pytest.approx(0.5) for word in words)


def test_pieces_that_spell_something_else_are_no_words() -> None:
    assert by_space("여권을", [Word("여권", 0, 1)], 1.0) == ()
    assert by_space("", [], 1.0) == ()


def test_a_number_heard_in_an_unsure_word_is_marked_and_its_neighbour_is_not() -> None:
    amount, bus = DigitRun("amount", "삼만 원", "30,000원", 0, 7), DigitRun("bus", "백이번", "102번", 9, 13)
    text = "삼만 원 백이번"
    words = [Word("삼만", 0, 1, 0.95), Word("원", 1, 2, 0.9), Word("백이번", 2, 3, 0.4)]
    assert weighed((amount, bus), text, words) == (amount, replace(bus, confident=False))
    assert weighed((amount, bus), text, ()) == (amount, bus)
    assert weighed((replace(amount, confident=False),), text, words) == (replace(amount, confident=False),)


def test_silence_before_the_first_word_is_not_part_of_it() -> None:
    (word,) = by_space("네", [Word("네", 0.0, 5.0)], 5.0)
    assert word.start > 4.0


def test_a_saved_call_has_its_words_in_its_finals() -> None:
    def final(utterance: int, words: tuple[Word, ...] = ()) -> TranscriptFinal:
        return TranscriptFinal(
            call_id="c", t_ns=0, utterance=utterance, channel=Channel.CALLER, start=0, end=1, text="네", display="네",
            confidence=1.0, words=words,
        )  # fmt: skip

    own, late = (Word("네", 0.1, 0.2),), (Word("네", 0.3, 0.4),)
    events = [final(0), final(1, own), final(2), WordsAligned(call_id="c", t_ns=0, utterance=0, words=late)]
    read = into_finals(events)
    assert [event.words for event in read if isinstance(event, TranscriptFinal)] == [late, own, ()]
    assert read[3] == events[3]
