"""One key for a loop: a marked passage at once, else its beginning, then its end; then no loop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from ui.replay import words
from ui.replay.ports import ReplayPlayer
from ui.replay.timeline import Timeline
from ui.replay.transport import Transport

_SHORTEST_S: Final = 0.2


class Looping(QObject):
    """Sets and ends the loop of a player, and shows it."""

    told = Signal(str)

    def __init__(self, player: ReplayPlayer, timeline: Timeline, transport: Transport) -> None:
        super().__init__(timeline)
        self._player, self._timeline, self._transport = player, timeline, transport
        self._from: float | None = None

    def press(self, at_s: float) -> None:
        """Take the key at a position."""
        if self._timeline.loop is not None:
            self._set(None)
        elif self._timeline.span is not None:
            self._set(self._timeline.span)
        elif self._from is None:
            self._from = at_s
            self._transport.show_loop(True, None)
        else:
            start, end = sorted((self._from, at_s))
            self._set((start, end) if end - start >= _SHORTEST_S else None)

    def _set(self, span: tuple[float, float] | None) -> None:
        self._from = None
        self._player.set_loop(span)
        self._timeline.show_loop(span)
        self._transport.show_loop(False, span)
        if span is not None:
            text = self.tr("Loop {start} to {end}")
            self.told.emit(text.format(start=words.clock(span[0]), end=words.clock(span[1])))
