from __future__ import annotations

import pytest

from assist.turns import TurnBuilder
from audio.events import TranscriptFinal
from audio.model import Channel

A, C = Channel.AGENT, Channel.CALLER


def final(
    utterance: int, channel: Channel, start: float, end: float, text: str, flags: tuple[str, ...] = ()
) -> TranscriptFinal:
    return TranscriptFinal(
        call_id="c",
        t_ns=int(end * 1e9),
        utterance=utterance,
        channel=channel,
        start=start,
        end=end,
        text=text,
        display=text,
        confidence=0.9,
        flags=flags,
    )


def told(builder: TurnBuilder) -> list[tuple[int, str, str]]:
    return [(turn.index, turn.speaker.value, turn.text) for turn in builder.turns]


def test_utterances_of_one_side_grow_one_turn() -> None:
    builder = TurnBuilder()
    first = builder.add(final(0, C, 0, 1, "여권을"))
    second = builder.add(final(1, C, 1.5, 2.5, "잃어버렸어요"))
    assert first is not None
    assert second is not None
    assert first.index == second.index == 0
    assert (second.text, second.start, second.end, second.utterances) == ("여권을 잃어버렸어요", 0, 2.5, (0, 1))


def test_a_long_pause_opens_a_new_turn() -> None:
    builder = TurnBuilder(gap_s=2.5)
    builder.add(final(0, C, 0, 1, "여보세요"))
    builder.add(final(1, C, 3.6, 4, "들리세요"))
    assert told(builder) == [(0, "caller", "여보세요"), (1, "caller", "들리세요")]


def test_the_other_side_between_opens_a_new_turn() -> None:
    builder = TurnBuilder()
    for item in (final(0, C, 0, 1, "하나"), final(1, A, 1.1, 1.6, "네"), final(2, C, 1.8, 2, "둘")):
        builder.add(item)
    assert told(builder) == [(0, "caller", "하나"), (1, "agent", "네"), (2, "caller", "둘")]


def test_a_late_agent_final_keeps_given_indexes() -> None:
    builder = TurnBuilder()
    builder.add(final(0, C, 0, 1, "하나"))
    builder.add(final(2, C, 1.8, 2.4, "둘"))
    late = builder.add(final(1, A, 1.1, 1.6, "네"))
    assert late is not None
    assert late.index == 1
    assert told(builder) == [(0, "caller", "하나 둘"), (1, "agent", "네")]
    builder.add(final(3, C, 2.6, 3, "셋"))
    assert told(builder)[0] == (0, "caller", "하나 둘 셋")


def test_a_late_final_of_the_same_side_joins_its_turn_in_time_order() -> None:
    builder = TurnBuilder()
    builder.add(final(0, C, 0, 1, "하나"))
    builder.add(final(2, C, 2.4, 3, "셋"))
    builder.add(final(1, C, 1.2, 2.2, "둘"))
    assert told(builder) == [(0, "caller", "하나 둘 셋")]
    assert [builder.offset(utterance) for utterance in (0, 1, 2)] == [0, 3, 5]


def test_speech_over_speech_does_not_cut_a_turn() -> None:
    builder = TurnBuilder()
    builder.add(final(0, C, 0, 5, "길게 말하는 중"))
    builder.add(final(1, A, 2, 2.4, "네"))
    builder.add(final(2, C, 5.3, 6, "이어서"))
    assert told(builder)[0] == (0, "caller", "길게 말하는 중 이어서")


@pytest.mark.parametrize(("text", "flags"), [("", ()), ("  ", ()), ("시청해 주셔서 감사합니다", ("unsupported",))])
def test_nothing_said_makes_no_turn(text: str, flags: tuple[str, ...]) -> None:
    builder = TurnBuilder()
    assert builder.add(final(0, C, 0, 1, text, flags)) is None
    assert builder.turns == ()


def test_the_same_utterance_again_replaces_its_text() -> None:
    builder = TurnBuilder()
    builder.add(final(0, C, 0, 1, "여건"))
    again = builder.add(final(0, C, 0, 1, "여권"))
    assert again is not None
    assert told(builder) == [(0, "caller", "여권")]


def test_offset_of_an_unknown_utterance_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        TurnBuilder().offset(3)
