"""What each key of the replay window does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.replay.landing import focus_page
from ui.replay.selection import BOOKMARKS, CARDS, NUMBERS, TURNS, WARNINGS
from ui.replay.text_size import resize_text

if TYPE_CHECKING:
    from ui.replay.replay_window import ReplayWindow


def actions(window: ReplayWindow) -> dict[str, Callable[[], object]]:
    """Return what every key does, by action of :data:`ui.replay.keys.KEYS`."""
    timeline, row = window.timeline, window.transport
    jumps = {"card": CARDS, "warning": WARNINGS, "number": NUMBERS, "bookmark": BOOKMARKS}
    found: dict[str, Callable[[], object]] = {
        "play": window.toggle,
        "back": lambda: window.seek(window.at_s - 5),
        "on": lambda: window.seek(window.at_s + 5),
        "turn_before": lambda: window.jump(TURNS, -1),
        "turn_after": lambda: window.jump(TURNS, 1),
        "faster": lambda: row.step_speed(1),
        "slower": lambda: row.step_speed(-1),
        "normal": lambda: row.step_speed(0),
        "skip": row.toggle_skip,
        "loop": window.loop,
        "agent": row.agent.toggle,
        "caller": row.caller.toggle,
        "follow": window.transcript.follow_again,
        "closer": lambda: timeline.zoom(1 / 1.6),
        "wider": lambda: timeline.zoom(1.6),
        "whole": timeline.whole,
        "find": window.folds.find,
        "find_next": window.folds.find_next,
        "timeline": timeline.setFocus,
        "page": partial(focus_page, window.pages),
        "fold": window.folds.turn_timeline,
        "read": window.folds.turn_transcript,
        "next_page": lambda: window.turn_page(1),
        "previous_page": lambda: window.turn_page(-1),
        "mask": window.desk.toggle_numbers,
        "larger": lambda: resize_text(window, 1),
        "smaller": lambda: resize_text(window, -1),
        "keys": window.open_keys,
        "close": window.close,
    }
    for name, kinds in jumps.items():
        found[name] = partial(window.jump, kinds, 1)
        found[f"{name}_before"] = partial(window.jump, kinds, -1)
    return found
