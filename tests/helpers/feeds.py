"""Capture processes that a test plays by hand, in its own time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audio.errors import DeviceFault
from audio.feeds import Feed, FeedFormat, FeedUpdate
from audio.model import CallerSide
from tests.helpers.clock import FakeClock


class FakeFeed:
    """One pretended process."""

    def __init__(self) -> None:
        self.format: FeedFormat | None = None
        self.closed = False
        self.news: deque[FeedUpdate] = deque()

    def opened(self, rate: int = 16_000, channels: int = 1, may_pause: bool = False) -> None:
        """Say that the device is open."""
        self.format = FeedFormat(rate, channels, may_pause)
        self.news.append(FeedUpdate(sign_of_life=True))

    def deliver(self, frames: NDArray[np.int16], end_ns: int, lost: int = 0, overflows: int = 0) -> None:
        """Deliver sound whose last frame was captured at ``end_ns``."""
        shaped = frames.reshape(len(frames), -1)
        self.news.append(FeedUpdate(shaped, end_ns, lost, overflows, sign_of_life=True))

    def alive(self) -> None:
        """Give a sign of life without sound."""
        self.news.append(FeedUpdate(sign_of_life=True))

    def fail(self, code: str) -> None:
        """End with a fault."""
        self.news.append(FeedUpdate(fault=DeviceFault(code), ended=True, sign_of_life=True))

    def die(self) -> None:
        """End without a word."""
        self.news.append(FeedUpdate(ended=True))

    def poll(self) -> FeedUpdate:
        """Return what is new."""
        update = FeedUpdate()
        while self.news and update.frames is None and not update.ended:
            update = self.news.popleft()
        return update

    def close(self) -> None:
        """End."""
        self.closed = True


@dataclass
class FakeFeeds:
    """Fills :class:`audio.feeds.Feeds`; ``script`` runs once a round, which takes a tenth of a second."""

    clock: FakeClock
    script: Callable[[int], None]
    started: list[tuple[str, CallerSide, FakeFeed]] = field(default_factory=list)
    round: int = 0

    def open(self, device: str, kind: CallerSide) -> FakeFeed:
        """Start a pretended process."""
        feed = FakeFeed()
        self.started.append((device, kind, feed))
        return feed

    def wait(self, feeds: Sequence[Feed], seconds: float) -> None:
        """Let a tenth of a second pass and play the script's next round."""
        self.clock.advance(0.1)
        self.round += 1
        self.script(self.round)

    def last(self, device: str) -> FakeFeed:
        """Return the newest process of a device."""
        return next(feed for name, _, feed in reversed(self.started) if name == device)

    def count(self, device: str) -> int:
        """Return how many processes a device has had."""
        return sum(name == device for name, _, _ in self.started)
