"""Sound heard anew: everything in order, the same each time, each side in the language it was switched to."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from app.commands.rerun import masked
from app.engine import Engine
from app.errors import RerunFault
from app.replay.rerun_sound import fill, hear_again
from audio.events import CallEvent, LanguageChanged, TranscriptFinal
from audio.model import SAMPLE_RATE, Channel, Pcm
from audio.speech_settings import SpeechSettings
from tests.helpers.live import CountingTranscriber, LoudnessDetector, sound
from ui.replay.ports import SilentStretch
from ui.replay.then_now_ports import Basis, Compared, ComparedPart, ThenNow

AGENT, CALLER = Channel.AGENT, Channel.CALLER


class InProcess:
    """The speech process without a process: the detector and recogniser of the live tests."""

    restarts = 0

    def __init__(self) -> None:
        self.vad, self.speech = LoudnessDetector(), CountingTranscriber()

    def wait_ready(self) -> None:
        """It always is."""

    def call(self, lane: str, method: str, *args: Any, timeout_s: float) -> Any:
        return getattr(self.vad if method == "probabilities" else self.speech, method)(*args)


class Kept:
    """A recording in memory; the caller's side is the longer one."""

    def __init__(self, agent: Pcm, caller: Pcm) -> None:
        self._sides = {AGENT: agent, CALLER: caller}

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        return self._sides[channel][start:end]

    def length(self, channel: Channel) -> int:
        return len(self._sides[channel])


RECORDING = Kept(
    sound(("still", 4.0), ("talk", 2.0), ("still", 2.0)),
    sound(("still", 1.0), ("talk", 2.0), ("still", 5.0), ("talk", 3.0), ("still", 2.0)),
)


def hear(
    events: tuple[CallEvent, ...] = (), recording: Kept = RECORDING
) -> tuple[InProcess, tuple[TranscriptFinal, ...]]:
    engine, parts = InProcess(), list[float]()
    heard = hear_again(events, recording, cast(Engine, engine), SpeechSettings(), str, parts.append)
    assert parts == sorted(parts)
    return engine, heard


def test_every_utterance_is_heard_at_its_place_and_the_same_each_time() -> None:
    _, heard = hear()
    assert [(one.channel, one.utterance) for one in heard] == [(CALLER, 0), (AGENT, 1), (CALLER, 2)]
    assert [round(one.start) for one in heard] == [1, 4, 8]
    assert hear()[1] == heard


def test_a_side_that_was_switched_is_heard_in_its_language_from_then_on() -> None:
    switched = LanguageChanged(call_id="call", t_ns=6_500_000_000, channel=CALLER, language="en")
    engine, heard = hear((switched,))
    assert [round(one.start) for one in heard] == [1, 4, 8]
    assert [request.language for request in engine.speech.requests] == ["ko", "ko", "en"]


def test_it_can_be_stopped_in_the_middle() -> None:
    asked = 0

    def stop() -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise RerunFault("rerun.stopped")

    with pytest.raises(RerunFault):
        hear_again((), RECORDING, cast(Engine, InProcess()), SpeechSettings(), str, lambda part: None, stop)
    assert asked == 3


def test_a_side_that_was_never_recorded_is_no_hindrance() -> None:
    _, heard = hear(recording=Kept(np.zeros(0, np.int16), sound(("talk", 2.0), ("still", 1.0))))
    assert [one.channel for one in heard] == [CALLER]
    assert heard[0].end <= 3 * SAMPLE_RATE


def test_personal_data_is_covered_on_both_sides_and_what_is_the_same_stays_the_same() -> None:
    said = Compared(
        ComparedPart.TEXT, 1.0, ("제 번호는 010-1234-5678이에요",), ("제 번호는 010-1234-5679예요",), False, "caller"
    )
    number = Compared(ComparedPart.NUMBER, 1.0, ("010-1234-5678",), ("010-1234-5678",), True, "caller", "phone")
    amount = Compared(ComparedPart.NUMBER, 2.0, ("4만 원",), (), False, "agent", "amount")
    draft = Compared(ComparedPart.DRAFT, 9.0, ("010-1234-5678로 회신",), (), False, field="0.follow_up")
    basis = Basis("", "asked", 1, 0, "sample", "sample", True)
    covered = masked(ThenNow((said, number, amount, draft), basis)).rows
    assert not any("1234" in text for row in covered for text in (*row.then, *row.now))
    assert covered[2].then == ("4만 원",)
    assert [row.same for row in covered] == [False, True, False, False]


def said(number: int, start: float, end: float, text: str, channel: Channel = CALLER) -> TranscriptFinal:
    return TranscriptFinal(
        call_id="call",
        t_ns=round(end * 1e9),
        utterance=number,
        channel=channel,
        start=start,
        end=end,
        text=text,
        display=text,
        confidence=0.9,
    )


def test_where_sound_is_missing_the_stored_text_stands_and_what_was_heard_of_it_in_part_does_not() -> None:
    stored = (
        said(0, 1.0, 4.0, "앞의 말"),
        said(1, 8.0, 14.0, "가장자리의 말"),
        said(2, 15.0, 18.0, "빠진 말"),
        said(3, 15.0, 18.0, "상담사의 말", AGENT),
        said(4, 22.0, 24.0, "뒤의 말"),
    )
    heard = (
        said(0, 1.0, 4.0, "새로 들은 앞의 말"),
        said(1, 8.0, 9.9, "가장"),
        said(2, 15.1, 18.0, "새로 들은 상담사의 말", AGENT),
        said(3, 22.0, 24.0, "새로 들은 뒤의 말"),
    )
    filled = fill(stored, heard, [SilentStretch(CALLER, 10.0, 20.0, "missing")], lambda final: final)
    assert [(one.text, one.utterance in filled.kept) for one in filled.finals] == [
        ("새로 들은 앞의 말", False),
        ("가장자리의 말", True),
        ("빠진 말", True),
        ("새로 들은 상담사의 말", False),
        ("새로 들은 뒤의 말", False),
    ]
    assert [one.utterance for one in filled.finals] == [0, 1, 2, 3, 4]


def test_with_all_of_the_sound_there_what_was_heard_stands_alone() -> None:
    heard = (said(0, 1.0, 4.0, "새로 들은 말"),)
    assert fill((said(0, 1.0, 4.0, "말"), said(1, 6.0, 7.0, "잡음")), heard, (), lambda final: final).finals == heard
