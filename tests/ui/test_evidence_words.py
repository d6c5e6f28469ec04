"""What the program found, as a rater reads it beside an item."""

from __future__ import annotations

import pytest

from assist.review.model import ASPECTS, Observation, ObservationKind
from ui.qa.evidence_words import observation_lines

K = ObservationKind


def seen(kind: ObservationKind, found: bool = True, start_s: float = 61.0, end_s: float = 73.0, **more: object) -> str:
    return observation_lines(Observation(f"{kind}.1", kind, found, start_s, end_s, **more))  # type: ignore[arg-type]


@pytest.mark.usefixtures("qapp")
def test_a_wait_is_told_in_seconds_and_whether_it_was_announced() -> None:
    announced = seen(K.HOLD_ANNOUNCED, value=12.0, said="잠시만요", aspect="search")
    assert "12.0" in announced
    assert "%" not in announced
    assert "잠시만요" in announced
    missing = seen(K.HOLD_ANNOUNCED, False, value=12.0, aspect="hold")
    assert missing.splitlines()[1] != seen(K.GREETING, False, 0.0, 0.0).splitlines()[1]


@pytest.mark.usefixtures("qapp")
def test_a_figure_that_differs_shows_both() -> None:
    lines = seen(K.FIGURE_AGAINST_ENTRY, False, said="5만 원", expected="4만 원")
    assert "5만 원" in lines
    assert "4만 원" in lines
    assert lines.splitlines()[1] != seen(K.FIGURE_AGAINST_ENTRY, said="5만 원", expected="4만 원").splitlines()[1]


@pytest.mark.usefixtures("qapp")
def test_the_two_parts_of_a_kind_have_words_of_their_own() -> None:
    for kind, aspects in ASPECTS.items():
        heads = {seen(kind, aspect=aspect).splitlines()[0] for aspect in aspects}
        assert len(heads) == len(aspects)
