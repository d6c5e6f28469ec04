"""What the system says of its clock is one of three words, on every system."""

from __future__ import annotations

import ctypes
import sys

import pytest

from app.clock_state import clock_sync


def test_the_answer_is_one_of_three() -> None:
    assert clock_sync() in ("synchronized", "unsynchronized", "unknown")


@pytest.mark.parametrize(
    ("state", "word"), [(0, "synchronized"), (2, "synchronized"), (5, "unsynchronized"), (-1, "unknown")]
)
def test_the_kernels_answer(monkeypatch: pytest.MonkeyPatch, state: int, word: str) -> None:
    class Library:
        def adjtimex(self, _: object) -> int:
            return state

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: Library())
    assert clock_sync() == word


def test_other_systems_do_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert clock_sync() == "unknown"
