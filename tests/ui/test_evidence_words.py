"""What the program found, as a rater reads it beside an item."""

from __future__ import annotations

import pytest

from assist.review.model import ASPECTS, Observation, ObservationKind
from ui.qa.evidence_words import evidence_lines, observation_lines, observed
from ui.qa.rating_draft import evidence_of

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


@pytest.mark.usefixtures("qapp")
def test_what_is_attached_still_says_that_nothing_was_found() -> None:
    def attached(one: Observation) -> str:
        return evidence_lines(evidence_of(one, observed(one)))

    missing = Observation("silence.1", K.SILENCE, False, 0.0, 0.0)
    assert attached(missing).splitlines()[1] == observation_lines(missing).splitlines()[1]
    share = Observation("speaking_share.1", K.SPEAKING_SHARE, True, 1.0, 124.0, value=0.53)
    assert "53%" in attached(share)
    differs = Observation(
        "figure_against_entry.1", K.FIGURE_AGAINST_ENTRY, False, 1, 2, said="5만 원", expected="4만 원"
    )
    assert "5만 원" in attached(differs)
    assert "4만 원" in attached(differs)
