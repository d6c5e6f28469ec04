"""The keys of the replay window: one table, shown by F1. None of them is a key that a text field uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import parts

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
    ("fold", ("Alt+W",)),
    ("read", ("Alt+R",)),
    ("next_page", ("Ctrl+PgDown",)),
    ("previous_page", ("Ctrl+PgUp",)),
    ("mask", ("Ctrl+Shift+M",)),
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
        "fold": translate("ReplayKeys", "Timeline: waveforms alone, or the lanes too"),
        "read": translate("ReplayKeys", "Show the transcript, or not"),
        "next_page": translate("ReplayKeys", "Next page on the right"),
        "previous_page": translate("ReplayKeys", "Page before"),
        "mask": translate("ReplayKeys", "Show or hide numbers"),
        "keys": translate("ReplayKeys", "These keys"),
        "close": translate("ReplayKeys", "Close the window"),
    }[action]


def _written(key: str) -> str:
    """Return keys as people write them: arrows for the arrow keys."""
    *held, last = key.split("+") if not key.endswith("++") else (key[:-2], "+")
    return "+".join((*held, {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}.get(last, last)))


def bind(window: QWidget, actions: Mapping[str, Callable[[], object]]) -> None:
    """Give a window its keys."""
    for action, keys in KEYS:
        for key in keys:
            QShortcut(QKeySequence(key), window, actions[action])


class KeyTable(QWidget):
    """All keys at a glance; stays beside the window until closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Keys of the replay"))
        self.setAccessibleName(self.tr("Keys of the replay"))
        parts.open_at(self, 760, 620)
        layout = parts.column(margin=16, gap=12)
        self.setLayout(layout)
        layout.addWidget(parts.label(self.tr("Keys of the replay"), "title"))
        area, column = parts.scroller(self.tr("Keys of the replay"))
        parts.reads(area)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        half = (len(KEYS) + 1) // 2
        for place, (action, keys) in enumerate(KEYS):
            row, across = place % half, place // half * 2
            grid.addWidget(parts.label(_written(keys[0]), "tag"), row, across)
            grid.addWidget(parts.label(said(action), wrap=True), row, across + 1)
        for across in (1, 3):
            grid.setColumnStretch(across, 1)
        parts.nest(column, grid)
        on_timeline = self.tr(
            "On the timeline: ← → one second, with Shift to mark a passage, ↑ ↓ from one event to the next, Enter goes"
            " there, Space plays."
        )
        column.addWidget(parts.label(on_timeline, "muted", wrap=True))
        column.addStretch(1)
        layout.addWidget(area, 1)
        close = parts.button(self.tr("Close"), tip="Esc")
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        QShortcut(QKeySequence("Esc"), self, self.close)
