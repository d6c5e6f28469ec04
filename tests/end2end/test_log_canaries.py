"""Words, names and numbers of a call reach no log: they are looked for in every line a real desk writes."""

from __future__ import annotations

import ast
import logging
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.composition import OpenDesk, open_desk
from app.home import Home
from assist.events import TurnUpdated
from assist.model import CorrectionKind, EscalationReason
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from tests.helpers.material import ROOT

CANARIES = (
    "홍카나리",
    "Zephyrine",
    "010-7391-4826",
    "73914826",
    "800113-1234567",
    "zeph@canary.example",
    "카나리로 77",
)
SAID = "저는 홍카나리 Zephyrine 이고 010-7391-4826 800113-1234567 zeph@canary.example 카나리로 77 에 살아요"
PATIENCE_S = 60.0


class _Ear(logging.Handler):
    """Hears every record of every logger before anything is blanked."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@pytest.fixture
def ear() -> Iterator[_Ear]:
    root, made = logging.getLogger(), _Ear()
    level = root.level
    root.addHandler(made)
    root.setLevel(logging.DEBUG)
    yield made
    root.removeHandler(made)
    root.setLevel(level)


@pytest.fixture
def desk(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDesk]:
    monkeypatch.setenv("DOUMI_MODELS", str(own_home / "no-models"))
    opened = open_desk(Home.from_environment())
    yield opened
    opened.close()


def final(call_id: str, n: int) -> TranscriptFinal:
    return TranscriptFinal(
        call_id=call_id,
        seq=10_000 + n,
        t_ns=n * 1_000_000_000,
        utterance=10_000 + n,
        channel=Channel.CALLER,
        start=1_000.0 + n,
        end=1_000.5 + n,
        text=SAID,
        display=SAID,
        confidence=0.4,
    )


def test_what_is_said_in_a_call_stands_in_no_log(desk: OpenDesk, own_home: Path, ear: _Ear) -> None:
    arrived = threading.Event()

    def hear(event: CallEvent) -> None:
        if isinstance(event, TurnUpdated) and "Zephyrine" in event.turn.text:
            arrived.set()

    desk.bus.subscribe(CallEvent, hear)
    desk.control.start_practice("abuse", 50)
    call = desk.control.call
    assert call is not None
    for number in range(3):
        desk.bus.publish(final(call.facts.id, number))
    assert arrived.wait(PATIENCE_S), "the words went the way of the call"
    desk.control.escalate(EscalationReason("profanity", SAID))
    desk.control.file_gap("gap", SAID)
    desk.control.file_correction("note", "no-such-entry", SAID, CorrectionKind.WRONG, SAID)
    desk.control.caller_number("010-7391-4826")
    # Faults that quote what was said: one while a row is written, one in a listener of the bus.
    with pytest.raises(ValueError, match="홍카나리"):
        desk.control._parts.personal.store.write(_failing)
    desk.control._parts.personal.store.later(_failing)
    desk.control.play(0, 1, "caller")
    desk.control.close_call()
    desk.flush()
    files = [file for file in (own_home / "logs").rglob("*") if file.is_file()]
    assert files
    for file in files:
        text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
        assert [canary for canary in CANARIES if canary in text] == []
    # The blanking of the file is the second wall; the lines themselves hold nothing either.
    ours = [line for line in ear.heard if any(canary in line for canary in CANARIES)]
    assert ours == []


def _failing(_db: object) -> None:
    raise ValueError(SAID)


def test_no_log_line_of_the_program_is_made_of_free_text() -> None:
    """A line says a fixed sentence with codes, kinds, counts and ids: no f-string, no exception, no text."""
    free = {"error", "exc", "exception", "text", "line", "words", "event", "turn", "record", "value", "fault"}
    loose: list[str] = []
    for package in ("app", "ui", "assist", "audio", "kb"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                    continue
                owner = node.func.value
                if not (isinstance(owner, ast.Name) and owner.id in ("_log", "log", "logger", "logging")):
                    continue
                if node.func.attr not in ("debug", "info", "warning", "error", "exception", "critical"):
                    continue
                first, *rest = node.args
                fixed = isinstance(first, ast.Constant)
                bare = [one.id for one in rest if isinstance(one, ast.Name) and one.id in free]
                if not fixed or bare:
                    loose.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert loose == []
