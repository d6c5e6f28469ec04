"""Live transcribers that are put away after each test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.helpers.live import Rig


@pytest.fixture
def rigs() -> Iterator[Callable[..., Rig]]:
    """Make live transcribers; each is closed at the end and leaves no thread."""
    made: list[Rig] = []

    def make(**options: object) -> Rig:
        made.append(Rig(**options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for rig in made:
        rig.counting.gate.set()
        rig.live.close()
    assert not [thread for thread in threading.enumerate() if thread.name in ("segmenter", "asr")]
