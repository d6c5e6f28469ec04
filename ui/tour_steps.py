"""What the tour over a practice call tells, step by step: the moment, the place and the words of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from audio.model import Channel
from ui.call_view_state import Phase
from ui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from ui.main_window import MainWindow

DONE: Final = "done"
"""Name of the last step, and what is remembered of a tour that was taken to its end."""


class Wait(StrEnum):
    """What a step waits for before it goes on by itself."""

    NEXT = "next"
    """Nothing: the counsellor goes on."""
    COPIED = "copied"
    USED = "used"
    ENDED = "ended"
    FILED = "filed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``ready`` and ``place`` are asked on the main thread."""

    name: str
    title: str
    """English source text, as ``text``."""
    text: str
    ready: Callable[[MainWindow], bool]
    """Whether the call has come to the moment of this step."""
    pane: str = ""
    """Pane that is outlined, by its name in the layouts; empty for none."""
    keys: tuple[str, ...] = ()
    """Actions whose keys are shown, the one to press first."""
    wait: Wait = Wait.NEXT


def pane(window: MainWindow, name: str) -> QWidget | None:
    """Return a pane by its name in the layouts; None for the empty name."""
    call = window.call
    panes = {
        "conversation": call.conversation,
        "answers": call.answers,
        "numbers": call.numbers,
        "protect": call.foot,
        "record": call.record,
    }
    return panes.get(name)


def _live(window: MainWindow) -> bool:
    return window.state.phase is Phase.LIVE


def _said(window: MainWindow) -> bool:
    return any(line.solid and line.channel is Channel.CALLER for line in window.state.lines)


def _answered(window: MainWindow) -> bool:
    return _live(window) and bool(window.call.answers.cards)


def _numbers_heard(window: MainWindow) -> bool:
    return _live(window) and bool(window.state.numbers)


def _drafted(window: MainWindow) -> bool:
    return window.state.phase is Phase.WRAP_UP and bool(window.call.record.forms)


STEPS: Final = (
    Step(
        "welcome",
        QT_TRANSLATE_NOOP("Tour", "A practice call, step by step"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "A practice call is played slowly, and it waits while you read. Nobody is on the line. You may leave at "
            "any time and go on later.",
        ),
        lambda _window: True,
    ),
    Step(
        "said",
        QT_TRANSLATE_NOOP("Tour", "What was said"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "The words of both sides stand here in order. Grey words may still change; solid ones stay as they are.",
        ),
        _said,
        "conversation",
    ),
    Step(
        "card",
        QT_TRANSLATE_NOOP("Tour", "The answer"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "When the counselling DB has an answer, at most three cards come. Filled dots tell how well one fits. When "
            "nothing fits it stays quiet here, and you can search yourself.",
        ),
        _answered,
        "answers",
        ("search",),
    ),
    Step(
        "copy",
        QT_TRANSLATE_NOOP("Tour", "Copy the answer"),
        QT_TRANSLATE_NOOP(
            "Tour", "Please press it now: the answer of the card with the thick edge goes to the clipboard."
        ),
        _answered,
        "answers",
        ("copy",),
        Wait.COPIED,
    ),
    Step(
        "used",
        QT_TRANSLATE_NOOP("Tour", "Say that it was used"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "You gave the caller this answer? One key notes it. Please press it now. The search on this PC learns "
            "from it; nobody is measured by it.",
        ),
        _answered,
        "answers",
        ("used",),
        Wait.USED,
    ),
    Step(
        "digits",
        QT_TRANSLATE_NOOP("Tour", "Heard numbers"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Phone numbers, amounts, dates and addresses collect here in large type. Where one is doubtful it says so. "
            "One key plays those seconds again, one copies. A practice call has no sound to play.",
        ),
        _numbers_heard,
        "numbers",
        ("number_again", "copy_number"),
    ),
    Step(
        "abuse",
        QT_TRANSLATE_NOOP("Tour", "When a call turns abusive"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "The sentence to say next stands here. Hold the key for half a second, and the evidence is sealed for the "
            "dedicated team. The program never ends a call by itself. There is nothing to press now.",
        ),
        _live,
        "protect",
        ("escalate", "go_on"),
    ),
    Step(
        "hang_up",
        QT_TRANSLATE_NOOP("Tour", "End the call"),
        QT_TRANSLATE_NOOP("Tour", "Please press it now. The record is drafted at once."),
        _live,
        "record",
        ("end",),
        Wait.ENDED,
    ),
    Step(
        "draft",
        QT_TRANSLATE_NOOP("Tour", "The draft"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "The record grew during the call. Read it over and correct what is wrong: Tab walks the fields. Each line "
            "can show the words it came from.",
        ),
        _drafted,
        "record",
        ("field_1",),
    ),
    Step(
        "file",
        QT_TRANSLATE_NOOP("Tour", "File the record"),
        QT_TRANSLATE_NOOP("Tour", "Please press it now. A filed record can be opened and corrected later."),
        _drafted,
        "record",
        ("file",),
        Wait.FILED,
    ),
    Step(
        DONE,
        QT_TRANSLATE_NOOP("Tour", "That was the way of a call"),
        QT_TRANSLATE_NOOP(
            "Tour", "Every key stands on one page. The other practice calls are harder ones; take your time."
        ),
        lambda _window: True,
        keys=("keys",),
    ),
)
"""In the order they are told."""


def place_of(name: str) -> int:
    """Return the place of a step in :data:`STEPS`; 0 for a name that is none."""
    return next((place for place, step in enumerate(STEPS) if step.name == name), 0)
