"""The keys of the replay window: one table, shown by F1. None of them is a key that a text field uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.key_table import KeyTable

KEYS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("play", ("F4", "Ctrl+Space")),
    ("back", ("Alt+Left",)),
    ("on", ("Alt+Right",)),
    ("turn_before", ("Alt+Up",)),
    ("turn_after", ("Alt+Down",)),
    ("card", ("F5",)),
    ("card_before", ("Shift+F5",)),
    ("warning", ("F6",)),
    ("warning_before", ("Shift+F6",)),
    ("number", ("F7",)),
    ("number_before", ("Shift+F7",)),
    ("bookmark", ("F8",)),
    ("bookmark_before", ("Shift+F8",)),
    ("faster", ("Alt+PgUp",)),
    ("slower", ("Alt+PgDown",)),
    ("normal", ("Alt+Home",)),
    ("skip", ("Alt+S",)),
    ("loop", ("Alt+L",)),
    ("agent", ("Alt+A",)),
    ("caller", ("Alt+C",)),
    ("follow", ("Alt+F",)),
    ("closer", ("Alt++", "Alt+=")),
    ("wider", ("Alt+-",)),
    ("whole", ("Alt+0",)),
    ("find", ("Ctrl+F",)),
    ("find_next", ("F3",)),
    ("timeline", ("Alt+T",)),
    ("page", ("Alt+P",)),
    ("fold", ("Alt+W",)),
    ("read", ("Alt+R",)),
    ("next_page", ("Ctrl+PgDown",)),
    ("previous_page", ("Ctrl+PgUp",)),
    ("mask", ("Ctrl+Shift+M",)),
    ("larger", ("Ctrl++", "Ctrl+=")),
    ("smaller", ("Ctrl+-",)),
    ("keys", ("F1",)),
    ("close", ("Ctrl+W",)),
)
"""Action and its keys, the first of which is shown."""


def said(action: str) -> str:
    """Return an action in words."""
    translate = QCoreApplication.translate
    return {
        "play": translate("ReplayKeys", "Play or pause"),
        "back": translate("ReplayKeys", "5 seconds back"),
        "on": translate("ReplayKeys", "5 seconds on"),
        "turn_before": translate("ReplayKeys", "To the turn before"),
        "turn_after": translate("ReplayKeys", "To the next turn"),
        "card": translate("ReplayKeys", "To the next answer"),
        "card_before": translate("ReplayKeys", "To the answer before"),
        "warning": translate("ReplayKeys", "To the next warning or label"),
        "warning_before": translate("ReplayKeys", "To the warning or label before"),
        "number": translate("ReplayKeys", "To the next number"),
        "number_before": translate("ReplayKeys", "To the number before"),
        "bookmark": translate("ReplayKeys", "To the next bookmark"),
        "bookmark_before": translate("ReplayKeys", "To the bookmark before"),
        "faster": translate("ReplayKeys", "Faster"),
        "slower": translate("ReplayKeys", "Slower"),
        "normal": translate("ReplayKeys", "Normal speed"),
        "skip": translate("ReplayKeys", "Skip silence, or not"),
        "loop": translate("ReplayKeys", "Loop: begin, end, none"),
        "agent": translate("ReplayKeys", "Hear the counsellor, or not"),
        "caller": translate("ReplayKeys", "Hear the caller, or not"),
        "follow": translate("ReplayKeys", "Transcript follows again"),
        "closer": translate("ReplayKeys", "Timeline: look closer"),
        "wider": translate("ReplayKeys", "Timeline: show more"),
        "whole": translate("ReplayKeys", "Timeline: the whole call"),
        "find": translate("ReplayKeys", "Find words in the transcript"),
        "find_next": translate("ReplayKeys", "Next line with these words"),
        "timeline": translate("ReplayKeys", "To the timeline"),
        "page": translate("ReplayKeys", "To the page on the right"),
        "fold": translate("ReplayKeys", "Timeline: events in one line, or a line for each kind"),
        "read": translate("ReplayKeys", "Show the transcript, or not"),
        "next_page": translate("ReplayKeys", "Next page on the right"),
        "previous_page": translate("ReplayKeys", "Page before"),
        "mask": translate("ReplayKeys", "Show or hide numbers"),
        "larger": translate("ReplayKeys", "Larger text"),
        "smaller": translate("ReplayKeys", "Smaller text"),
        "keys": translate("ReplayKeys", "These keys"),
        "close": translate("ReplayKeys", "Close the window"),
    }[action]


def bind(window: QWidget, actions: Mapping[str, Callable[[], object]]) -> None:
    """Give a window its keys."""
    for action, keys in KEYS:
        for key in keys:
            QShortcut(QKeySequence(key), window, actions[action])


def key_table(parent: QWidget) -> KeyTable:
    """Return all keys of the replay at a glance, not yet shown."""
    translate = QCoreApplication.translate
    on_timeline = translate(
        "ReplayKeys",
        "On the timeline: ← → one second, with Shift to mark a passage, ↑ ↓ from one event to the next, Enter goes"
        " there, Space plays.",
    )
    rows = [(keys[0], said(action)) for action, keys in KEYS]
    return KeyTable(parent, translate("ReplayKeys", "Keys of the replay"), rows, on_timeline)
