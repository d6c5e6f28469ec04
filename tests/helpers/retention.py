"""A desk's files with calls in them, and what works out when they go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from app.home import Home
from app.retention import Retention
from app.settings import RetentionSettings
from app.store import Store
from assist.model import CallRecord
from audio.adapters.sealed_frames import SealedJournals
from audio.journal import Title
from audio.model import SAMPLE_RATE, Channel
from tests.helpers.personal import KEY, final, home_in, turn, vault

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Desk:
    """A personal side whose clock a test sets."""

    def __init__(
        self,
        folder: Path,
        policy: RetentionSettings | None = None,
        step: Callable[[str], None] = lambda name: None,
        at: datetime = START,
    ) -> None:
        self.home: Home = home_in(folder)
        self.at = at
        self.policy = policy or RetentionSettings()
        self.open_calls: set[str] = set()
        self.told: list[object] = []
        self.store = Store(vault(self.home), lambda: self.at, retry_s=0.02)
        self.retention = Retention(
            self.home, self.store, lambda: self.policy, lambda: self.at, self.told.append, step=step
        )
        self.retention.watch(lambda: self.open_calls)

    def pass_days(self, days: float) -> None:
        self.at += timedelta(days=days)

    def call(self, call_id: str, text: str = "집 앞에 세워둔 차 신고요", filed: bool = True, sound_s: int = 2) -> None:
        self.store.begin_session(call_id, self.at.isoformat(), "devices", "")
        self.store.append(final(1, call_id, text))
        self.store.append(turn(2, text, call_id))
        self.store.end_session(call_id, 5.0)
        record = (CallRecord("교통", "주정차", inquiry=(text,)),)
        self.store.save_draft(call_id, record)
        if filed:
            self.store.file_records(call_id, record)
        if sound_s:
            sound(self.home, call_id, sound_s)

    def ids(self) -> set[str]:
        return {row.id for row in self.store.sessions()}

    def close(self) -> None:
        self.store.close()


def sound(home: Home, call_id: str, seconds: int = 2) -> None:
    """Record seconds of noise."""
    rng = np.random.default_rng(1)
    for channel in Channel:
        writer = SealedJournals(KEY).create(home.sound / call_id, Title(call_id, channel, 0))
        for number in range(seconds):
            pcm = rng.integers(-9000, 9000, SAMPLE_RATE).astype(np.int16)
            writer.append(pcm, last=number == seconds - 1)
        writer.close()
