"""A personal side in a temporary home, on the real encrypted database, without the system's keyring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.sqlcipher import SqlCipherVault
from app.home import Home
from app.store import Store
from assist.events import TurnUpdated
from assist.model import CallRecord, EscalationReason, Turn
from audio.events import TranscriptFinal
from audio.model import Channel

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
REASON = EscalationReason("profanity")
RECORD = CallRecord("교통", "주정차", inquiry=("불법 주정차 신고",), answer=("과태료 안내",), follow_up="회신")


def home_in(folder: Path) -> Home:
    return Home(root=folder / "home", models=folder / "models")


def now() -> datetime:
    return NOW


def vault(home: Home, key: bytes = KEY) -> SqlCipherVault:
    return SqlCipherVault(home.personal_db, key)


def open_store(home: Home, on_state: Callable[..., None] = lambda fault: None) -> Store:
    return Store(vault(home), now, on_state, retry_s=0.02)


def begin(store: Store, call_id: str = "call-1") -> None:
    store.begin_session(call_id, NOW.isoformat(), "practice", "연습")


def final(n: int, call_id: str = "call-1", text: str = "집 앞에 세워둔 차 신고요") -> TranscriptFinal:
    return TranscriptFinal(
        call_id=call_id,
        seq=n,
        t_ns=n * 1_000_000_000,
        utterance=n,
        channel=Channel.CALLER,
        start=float(n),
        end=n + 0.5,
        text=text,
        display=text,
        confidence=0.5,
    )


def turn(n: int, text: str, call_id: str = "call-1", speaker: Channel = Channel.CALLER, index: int = 0) -> TurnUpdated:
    return TurnUpdated(call_id=call_id, seq=n, t_ns=n * 1_000_000_000, turn=Turn(index, speaker, n, n + 1, text))
