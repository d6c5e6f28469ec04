"""Partial text that grows without flickering."""

from __future__ import annotations

import pytest

from audio.stable import StableText


@pytest.mark.parametrize(
    ("hypotheses", "shown"),
    [
        (["여권을"], ["여권을"]),
        (["여권을 새로"], ["여권을"]),
        (["여권을 새로", "여권을 새로 만들", "여권을 새로 만들려면 어떻게 해요"],
         ["여권을", "여권을 새로", "여권을 새로 만들려면"]),
        # What two in a row agree on stays, whatever comes later.
        (["여권 새로", "여권 새로 만들", "여건을 새로 만들려면 어떻게 해요"],
         ["여권", "여권 새로", "여권 새로 만들려면"]),
        # What only one has said may still change.
        (["여건을 새", "여권을 새로 만들"], ["여건을", "여권을 새로"]),
        (["", "네"], ["", "네"]),
        (["여권 새로", "여권 새로", ""], ["여권", "여권 새로", "여권 새로"]),
    ],
)  # fmt: skip
def test_shown_text(hypotheses: list[str], shown: list[str]) -> None:
    stable = StableText()
    assert [stable.update(hypothesis) for hypothesis in hypotheses] == shown


def test_text_before_a_pause_stands_whole() -> None:
    stable = StableText()
    stable.update("여건을 새로")
    assert stable.update("여권을 새로 만들려고요", complete=True) == "여권을 새로 만들려고요"
