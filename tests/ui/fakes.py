"""A desk without an engine: control, services and realistic events for tests and screenshots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assist.model import (
    CallRecord,
    CardAction,
    CorrectionKind,
    CrisisKind,
    EscalationReason,
    LineAction,
    Script,
)
from audio.events import CallEvent
from audio.model import DeviceChoice
from ui.call_ports import CallStanding
from ui.preference_ports import Preferences


class FakeBus:
    """Publishes in the caller's thread, as the real bus does."""

    def __init__(self) -> None:
        self.handlers: list[tuple[type[CallEvent], Callable[[Any], None]]] = []
        self.seq = 0

    def subscribe(self, kind: type[CallEvent], handler: Callable[[Any], None]) -> Callable[[], None]:
        entry = (kind, handler)
        self.handlers.append(entry)
        return lambda: self.handlers.remove(entry)

    def publish(self, *events: CallEvent) -> None:
        for event in events:
            self.seq += 1
            numbered = replace(event, seq=self.seq)
            for kind, handler in tuple(self.handlers):
                if isinstance(numbered, kind):
                    handler(numbered)


class FakeControl:
    """Notes every wish as (name, arguments)."""

    def __init__(self) -> None:
        self.wishes: list[tuple[str, tuple[Any, ...]]] = []
        self.shown: list[tuple[int, tuple[str, ...]]] = []
        """What came onto the screen, apart from the wishes: nobody asked for it."""
        self.stands = CallStanding()
        self.refuses = False
        """Whether no call can begin."""

    def standing(self) -> CallStanding:
        return self.stands

    def names(self) -> list[str]:
        return [name for name, _ in self.wishes]

    def last(self, name: str) -> tuple[Any, ...]:
        return next(args for wish, args in reversed(self.wishes) if wish == name)

    def start_devices(self, choice: DeviceChoice) -> None:
        self.wishes.append(("start_devices", (choice,)))
        if not self.refuses:
            self.stands = CallStanding("call-1", "devices", live=True)

    def start_file(self, file: Path, realtime: bool) -> None:
        self.wishes.append(("start_file", (file, realtime)))

    def start_practice(self, name: str, speed: float = 1.0) -> None:
        self.wishes.append(("start_practice", (name, speed)))

    def set_paused(self, paused: bool) -> None:
        self.wishes.append(("set_paused", (paused,)))

    def set_held(self, held: bool) -> None:
        self.wishes.append(("set_held", (held,)))
        self.stands = replace(self.stands, held=held)

    def ars_path(self, path: tuple[str, ...]) -> None:
        self.wishes.append(("ars_path", (path,)))

    def set_language(self, channel: str, language: str) -> None:
        self.wishes.append(("set_language", (channel, language)))

    def mark(self) -> None:
        self.wishes.append(("mark", ()))

    def end(self) -> None:
        self.wishes.append(("end", ()))
        self.stands = replace(self.stands, live=False)

    def card_acted(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        self.wishes.append(("card_acted", (article_id, title, action, *((question,) if question else ()))))

    def cards_shown(self, turn: int, article_ids: tuple[str, ...]) -> None:
        self.shown.append((turn, article_ids))

    def file_gap(self, gap_id: str, question: str) -> None:
        self.wishes.append(("file_gap", (gap_id, question)))

    def file_correction(self, ident: str, article_id: str, title: str, kind: CorrectionKind, note: str) -> None:
        self.wishes.append(("file_correction", (ident, article_id, title, kind, note)))

    def warning_given(self, script: Script) -> None:
        self.wishes.append(("warning_given", (script,)))

    def note_handover(self, kind: CrisisKind) -> None:
        self.wishes.append(("note_handover", (kind,)))

    def handover_revealed(self) -> None:
        self.wishes.append(("handover_revealed", ()))

    def escalate(self, reason: EscalationReason) -> None:
        self.wishes.append(("escalate", (reason,)))

    def choose_situation(self, situation: str) -> None:
        self.wishes.append(("choose_situation", (situation,)))

    def act_on_line(self, action: LineAction) -> None:
        self.wishes.append(("act_on_line", (action,)))

    def confirm_line(self, action: LineAction) -> None:
        self.wishes.append(("confirm_line", (action,)))

    def caller_number(self, text: str, for_next: bool = False) -> None:
        self.wishes.append(("caller_number", (text, *(("next",) if for_next else ()))))

    def file_record(self, records: tuple[CallRecord, ...]) -> None:
        self.wishes.append(("file_record", (records,)))

    def save_draft(self, records: tuple[CallRecord, ...]) -> None:
        self.wishes.append(("save_draft", (records,)))

    def close_call(self) -> None:
        self.wishes.append(("close_call", ()))
        self.stands = CallStanding()

    def play(self, start_s: float, end_s: float, channel: str) -> None:
        self.wishes.append(("play", (start_s, end_s, channel)))


class FakePreferences:
    def __init__(self, preferences: Preferences | None = None) -> None:
        self.kept = preferences or Preferences()

    def load(self) -> Preferences:
        return self.kept

    def store(self, preferences: Preferences) -> None:
        self.kept = preferences


class FakeKey:
    """A system-wide key without a system; ``moved`` is the hand on it."""

    def __init__(self, fault: str = "") -> None:
        self.refusal = fault
        self.taken = ""
        self.moved: Callable[[bool], None] = lambda _down: None

    def fault(self, keys: str) -> str:
        return self.refusal

    def grab(self, keys: str, moved: Callable[[bool], None]) -> None:
        self.taken, self.moved = keys, moved

    def release(self) -> None:
        self.taken = ""
