"""What each key of :mod:`ui.shortcuts` does in the main window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from assist.model import CardAction
from ui import shortcuts

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def bind_keys(window: MainWindow) -> None:
    """Bind every key that is not held; the held one (F12) is the window's own affair."""
    answers, record, numbers = window.call.answers, window.call.record, window.call.numbers
    actions: dict[str, Callable[[], object]] = {
        "start": window.start_or_pause,
        "mark": window.mark,
        "again": window.hearing.again,
        "number_again": window.hearing.number_again,
        "language": window.hearing.switch_language,
        "end": window.end_call,
        "go_on": window.call.next_sentence.go_on,
        "go_other": window.call.next_sentence.go_other,
        "situation_up": lambda: window.call.escalation.step(-1),
        "situation_down": lambda: window.call.escalation.step(1),
        "caller_number": window.press.give_number,
        "mask": numbers.toggle,
        "copy_number": numbers.copy_last,
        "find": window.search_by_hand,
        "next": answers.show_waiting,
        "copy": lambda: answers.act(CardAction.COPIED),
        "used": lambda: answers.act(CardAction.USED),
        "not_this": lambda: answers.act(CardAction.DISMISSED),
        "pin": answers.pin.toggle,
        "gap": window.note_gap,
        "correction": answers.note_correction,
        "file": record.file,
        "keys": window.open_keys,
        "sessions": window.open_sessions,
        "outbox": window.open_outbox,
        "care": window.care.open_support,
        "settings": window.open_settings,
        "larger": lambda: window.resize_text(1),
        "smaller": lambda: window.resize_text(-1),
        "quit": window.close,
        "back": window.back,
    }
    for place in (1, 2, 3):
        actions[f"card_{place}"] = partial(answers.open_place, place)
    for place in (1, 2, 3, 4, 5):
        actions[f"field_{place}"] = partial(record.focus_field, place)
    for _title, keys in shortcuts.GROUPS:
        for key in keys:
            if not key.hold:
                QShortcut(QKeySequence(key.keys), window, actions[key.action])
    QShortcut(QKeySequence("Ctrl+="), window, actions["larger"])
    QShortcut(QKeySequence("Ctrl+Enter"), window, actions["file"])
