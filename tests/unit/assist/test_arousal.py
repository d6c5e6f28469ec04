from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.model import AbuseFinding, AbuseLabel
from assist.protect.arousal import Arousal, weighted
from audio.events import TranscriptFinal
from audio.model import Channel

CALM = "네 지난달에 신청한 서류가 아직 안 왔어요"
LEAST = 4


def final(
    loudness_db: float | None, text: str = CALM, seconds: float = 3.0, flags: tuple[str, ...] = ()
) -> TranscriptFinal:
    return TranscriptFinal(
        call_id="c", t_ns=0, utterance=0, channel=Channel.CALLER, start=10.0, end=10.0 + seconds, text=text,
        display=text, confidence=0.9, flags=flags, loudness_db=loudness_db,
    )  # fmt: skip


def after(*loudness_db: float) -> Arousal:
    arousal = Arousal(LEAST)
    for level in loudness_db:
        arousal.add(final(level))
    return arousal


def test_nothing_is_said_of_a_caller_hardly_heard() -> None:
    assert [after(*[-30.0] * before).add(final(-10.0)) for before in range(LEAST)] == [0.0] * LEAST
    assert after(*[-30.0] * LEAST).add(final(-10.0)) == 1.0


@pytest.mark.parametrize("louder_db", [0.0, 2.0, 3.5])
def test_everyday_differences_are_calm(louder_db: float) -> None:
    assert after(-30, -32, -28, -31, -29).add(final(-30 + louder_db)) == 0.0


def test_it_grows_with_loudness() -> None:
    seen = [after(-30, -31, -29, -30, -30).add(final(-30 + louder)) for louder in (0, 6, 9, 12)]
    assert seen == sorted(seen)
    assert 0 < seen[1] < 0.5 <= seen[2] < seen[3]


def test_speed_alone_is_nothing_and_adds_to_a_loud_voice() -> None:
    slow, fast = after(*[-30.0] * 5), after(*[-30.0] * 5)
    assert after(*[-30.0] * 5).add(final(-30.0, seconds=0.9)) == 0.0
    assert fast.add(final(-23.0, seconds=2.0)) > slow.add(final(-23.0, seconds=6.0)) > 0.0


@pytest.mark.parametrize(
    "unusable", [final(None), final(-5.0, "네"), final(-5.0, seconds=0.2), final(-5.0, flags=("unsupported",))]
)
def test_what_tells_nothing_counts_nowhere(unusable: TranscriptFinal) -> None:
    arousal = after(*[-30.0] * LEAST)
    assert arousal.add(unusable) == 0.0
    assert arousal.add(final(-30.0)) == 0.0


def test_one_shout_does_not_move_what_is_usual() -> None:
    arousal = after(*[-30.0] * 5)
    assert arousal.add(final(-15.0)) == 1.0
    assert arousal.add(final(-15.0)) == 1.0


@settings(max_examples=60, deadline=None)
@given(
    levels=st.lists(st.floats(-45, -20), min_size=1, max_size=30),
    gain_db=st.floats(-20, 20),
)
def test_the_gain_of_the_line_changes_nothing(levels: list[float], gain_db: float) -> None:
    one, other = Arousal(LEAST), Arousal(LEAST)
    for level in levels:
        assert one.add(final(level)) == pytest.approx(other.add(final(level + gain_db)), abs=0.011)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_steady_voice_hardly_ever_shows(seed: int) -> None:
    rng = np.random.default_rng(seed)
    arousal = Arousal(LEAST)
    seen = [
        arousal.add(final(float(level), seconds=float(s)))
        for level, s in zip(rng.normal(-30, 2.5, 40), rng.normal(3, 0.3, 40), strict=True)
    ]
    assert all(0.0 <= one <= 1.0 for one in seen)
    assert sum(one >= 0.5 for one in seen) <= 3  # of 40: one seed in three hundred has two


@pytest.mark.parametrize(
    ("label", "severity", "arousal", "expected"),
    [
        (AbuseLabel.PROFANITY, 1, 0.8, 2),
        (AbuseLabel.PROFANITY, 3, 1.0, 3),
        (AbuseLabel.INSULT, 2, 0.49, 2),
        (AbuseLabel.UNREASONABLE, 1, 1.0, 1),
    ],
)
def test_it_adds_weight_to_words(label: AbuseLabel, severity: int, arousal: float, expected: int) -> None:
    seen = weighted(AbuseFinding(label, (label,), severity, ()), arousal, 0.5)
    assert (seen.severity, seen.arousal) == (expected, arousal)
