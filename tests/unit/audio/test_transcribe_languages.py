"""Another language: marked and offered after two turns, and Korean until somebody switches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from audio.events import LanguageChanged, LanguageOffered
from audio.languages import LanguageWatch, Verdict, looks_foreign
from audio.model import Decoded, DecodeRequest, LanguageOdds
from tests.helpers.live import AGENT, CALLER, CountingTranscriber, Rig, sound

ENGLISH = LanguageOdds("en", 0.97, 0.0002)
CHINESE = LanguageOdds("zh", 0.9, 0.001)
KOREAN = LanguageOdds("ko", 0.98, 0.98)
TURN = (("talk", 2.5), ("still", 1.0))


@pytest.mark.parametrize(
    ("odds", "foreign"),
    [
        (ENGLISH, True),
        (KOREAN, False),
        (LanguageOdds("ja", 0.86, 0.017), False),  # a Korean turn over a telephone, as measured
        (LanguageOdds("la", 0.27, 0.0), False),  # laughter: nothing stands out
        (LanguageOdds("en", 0.55, 0.45), False),
    ],
)
def test_a_turn_looks_foreign_only_when_korean_is_ruled_out_and_another_stands_out(
    odds: LanguageOdds, foreign: bool
) -> None:
    assert looks_foreign(odds) is foreign


@pytest.mark.parametrize(
    ("turns", "verdicts"),
    [
        ([ENGLISH, ENGLISH, ENGLISH], [Verdict(), Verdict(True, "en"), Verdict(True)]),
        ([ENGLISH, KOREAN, ENGLISH, ENGLISH], [Verdict(), Verdict(), Verdict(), Verdict(True, "en")]),
        # A turn too short to tell neither counts nor interrupts.
        ([ENGLISH, None, ENGLISH], [Verdict(), Verdict(), Verdict(True, "en")]),
        ([ENGLISH, ENGLISH, CHINESE], [Verdict(), Verdict(True, "en"), Verdict(True, "zh")]),
        ([ENGLISH], [Verdict()]),
        ([KOREAN, KOREAN, None], [Verdict()] * 3),
    ],
)
def test_two_turns_in_a_row_are_marked_and_offered_once(
    turns: Sequence[LanguageOdds | None], verdicts: list[Verdict]
) -> None:
    watch = LanguageWatch()
    assert [watch.turn(odds) for odds in turns] == verdicts


def test_after_a_switch_the_way_back_is_offered_and_the_language_in_use_is_not() -> None:
    watch = LanguageWatch()
    watch.turn(ENGLISH)
    watch.turn(ENGLISH)
    watch.switched("en")
    back = LanguageOdds("ko", 0.95, 0.001)
    assert [watch.turn(back), watch.turn(back)] == [Verdict(), Verdict(True, "ko")]


class Polyglot(CountingTranscriber):
    """Says what language each turn is in, where it is asked."""

    def __init__(self, odds: LanguageOdds) -> None:
        super().__init__()
        self.odds = odds

    def transcribe(self, request: DecodeRequest) -> Decoded:
        text = super().transcribe(request).text
        odds = self.odds if request.detect else None
        return Decoded(text, -0.2, 0.01, 1.0, odds=odds, language=request.language)


def test_the_callers_second_foreign_turn_is_marked_and_korean_stays(rigs: Callable[..., Rig]) -> None:
    polyglot = Polyglot(ENGLISH)
    rig = rigs(realtime=False, transcriber=polyglot)
    rig.feed(caller=sound(*TURN * 3))
    rig.live.finish()
    assert [final.flags for final in rig.finals()] == [(), ("foreign",), ("foreign",)]
    assert {final.language for final in rig.finals()} == {"ko"}
    assert [(event.channel, event.language) for event in rig.events if isinstance(event, LanguageOffered)] == [
        (CALLER, "en")
    ]
    assert {request.language for request in polyglot.requests} == {"ko"}


def test_the_counsellor_and_short_turns_are_never_looked_at(rigs: Callable[..., Rig]) -> None:
    polyglot = Polyglot(ENGLISH)
    rig = rigs(realtime=False, transcriber=polyglot)
    rig.feed(agent=sound(*TURN * 3), caller=sound(*(("talk", 1.0), ("still", 1.0)) * 4))
    rig.live.finish()
    assert not any(request.detect for request in polyglot.requests)
    assert not any(final.flags for final in rig.finals())


def test_partials_are_not_looked_at(rigs: Callable[..., Rig]) -> None:
    polyglot = Polyglot(ENGLISH)
    rig = rigs(transcriber=polyglot)
    rig.feed(caller=sound(("talk", 5), ("still", 1)))
    rig.live.finish()
    assert not any(request.detect for request in polyglot.requests if not request.allow_retry)


def test_switching_concerns_one_side_and_goes_both_ways(rigs: Callable[..., Rig]) -> None:
    polyglot = Polyglot(KOREAN)
    rig = rigs(realtime=False, transcriber=polyglot)
    rig.live.set_language(CALLER, "en")
    rig.live.set_language(CALLER, "en")
    rig.feed(caller=sound(*TURN, ("still", 3.5)), agent=sound(("still", 3.5), *TURN))
    rig.wait_for(lambda: len(rig.finals()) == 2)
    rig.live.set_language(CALLER, "ko")
    rig.feed(caller=sound(*TURN))
    rig.live.finish()
    assert [final.language for final in rig.finals(CALLER)] == ["en", "ko"]
    assert [final.language for final in rig.finals(AGENT)] == ["ko"]
    changes = [event for event in rig.events if isinstance(event, LanguageChanged)]
    assert [(event.channel, event.language) for event in changes] == [(CALLER, "en"), (CALLER, "ko")]
