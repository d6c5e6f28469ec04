"""The tour: a practice call that waits while the counsellor reads, and for the keys that are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QBoxLayout

from assist.events import CallStarted
from assist.model import CardAction
from audio.events import CallEvent
from ui.actions import BY_ID, keys_of, said, written
from ui.announced import Said
from ui.call_ports import CallControl
from ui.call_view_state import Phase
from ui.tour_note import Outline, TourNote
from ui.tour_steps import DONE, STEPS, Step, Wait, pane, place_of

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SPEED: Final = 0.7
"""Pace of the practice call: slower than people speak."""
KEEP_S: Final = 60.0
"""How long a step may wait to be spoken: the call waits as long as it takes."""
_FIRST: Final = place_of("said")
_LAST_LIVE: Final = place_of("hang_up")


class Tour(QObject):
    """Leads through :data:`ui.tour_steps.STEPS`. Main thread. Nothing of it is made before it is asked for."""

    def __init__(self, window: MainWindow, ask: Callable[[Callable[[CallControl], None]], None]) -> None:
        """Belong to ``window``; ``ask`` hands a wish to the program and tells its faults."""
        super().__init__(window)
        self._window = window
        self._ask = ask
        self._place: int | None = None
        self._beginning = False
        """The practice call was asked for and has not begun yet."""
        self.note: TourNote | None = None
        self.outline: Outline | None = None

    @property
    def step(self) -> Step | None:
        """The step being told; None where no tour is on."""
        return None if self._place is None else STEPS[self._place]

    @property
    def taken(self) -> bool:
        """Whether the tour was taken to its end once."""
        return self._window.preferences.tour == DONE

    # -- wishes of the counsellor ---------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """Begin, take up again, or leave."""
        if self._place is None:
            self.begin()
        else:
            self.leave()

    @Slot()
    def begin(self) -> None:
        """Begin, or go on where the tour was left. Between calls, or in a practice call."""
        state = self._window.state
        if state.phase is not Phase.IDLE and state.source != "practice":
            self._window.notices.say(self.tr("The tour plays a practice call. Please ask again between calls."), "info")
            return
        self._make()
        left_at = 0 if self.taken else place_of(self._window.preferences.tour)
        if state.phase is Phase.IDLE:
            # A new call is played: what came after its end has to come again.
            self._resume = max(_FIRST, min(left_at, _LAST_LIVE))
            self._tell(0)
        else:
            self._tell(max(left_at, _FIRST))

    @Slot()
    def onward(self) -> None:
        """Go to the next step; from the first one the practice call begins."""
        step = self.step
        if step is None or self._place is None:
            return
        if step.name == DONE:
            self.leave()
        elif self._window.state.phase is Phase.IDLE:
            self._start_call()
        elif step.wait is not Wait.ENDED:
            self._tell(self._place + 1)

    @Slot()
    def back(self) -> None:
        """Show the step before again."""
        if self._place is not None and self._can_go_back():
            self._tell(self._place - 1)

    @Slot()
    def leave(self) -> None:
        """Put the tour away; a practice call that waited goes on."""
        step, self._place = self.step, None
        if step is None:
            return
        if self.note is not None and self.outline is not None:
            self.note.hide()
            self.outline.follow(None)
        self._hold(False)
        self._window.told.stand()
        reached = STEPS[self._resume].name if step.name == "welcome" else step.name
        if reached != self._window.preferences.tour and not self.taken:
            self._window.keep(replace(self._window.preferences, tour=reached))

    # -- what the call does ---------------------------------------------------------------------------

    @Slot(object)
    def follow(self, events: tuple[CallEvent, ...]) -> None:
        """Take the events of the desk, after its window has."""
        if self._place is None:
            return
        state = self._window.state
        for event in events:
            if isinstance(event, CallStarted):
                if event.source != "practice":
                    self.leave()
                    return
                self._beginning = False
                self._place = self._resume
        if self._place < _FIRST:
            return
        place = self._place
        if state.phase is Phase.WRAP_UP and place <= _LAST_LIVE:
            place = _LAST_LIVE + 1
        if state.filed_version and state.phase is Phase.WRAP_UP:
            place = place_of(DONE)
        now_filed = self._unfiled and state.filed_version
        if now_filed or place != self._place or self._waiting != (not STEPS[place].ready(self._window)):
            self._tell(place)

    @Slot(str, str, object, str)
    def _acted(self, _article: str, _title: str, action: CardAction, _question: str = "") -> None:
        """A card was copied or marked as used."""
        step = self.step
        if step is None:
            return
        if action is CardAction.COPIED and step.name in ("card", "copy"):
            self._tell(place_of("used"))
        elif action is CardAction.USED and step.wait is Wait.USED:
            self._tell(place_of("digits"))

    @Slot()
    def _put_away(self) -> None:
        """The practice call was closed before its end was told: it can be played again from here."""
        if self._place is not None and self._window.state.phase is Phase.IDLE and STEPS[self._place].name != DONE:
            self._resume = max(_FIRST, min(self._place, _LAST_LIVE))
            self._tell(0)

    # -- showing --------------------------------------------------------------------------------------

    _waiting = False
    """Whether the call has not come to the moment of the step yet."""
    _unfiled = False
    """Whether the end was come to without filing the record."""
    _resume = _FIRST
    """Where a call that begins takes the tour up."""

    def _start_call(self) -> None:
        calls = self._window._services.practice_calls()
        if calls and not self._beginning and self._window.care.may_begin():
            self._beginning = True
            self._ask(lambda control: control.start_practice(calls[0].name, SPEED))

    def _can_go_back(self) -> bool:
        place = self._place or 0
        return place > _FIRST and place != _LAST_LIVE + 1 and STEPS[place].name != DONE

    def _hold(self, wanted: bool) -> None:
        """Let the practice call wait, or go on."""
        state = self._window.state
        if state.phase is Phase.LIVE and state.source == "practice" and state.paused is not wanted:
            self._ask(lambda control: control.set_paused(wanted))

    def _tell(self, place: int) -> None:
        note, outline = self._make()
        self._place = place
        step = STEPS[place]
        window = self._window
        self._beginning = self._beginning and window.state.phase is Phase.IDLE
        ready = step.ready(window)
        self._waiting = not ready
        wrapped = window.state.phase is Phase.WRAP_UP and window.state.source == "practice"
        self._unfiled = step.name == DONE and wrapped and not window.state.filed_version
        title, text = _said(step.title), _said(step.text)
        target = pane(window, step.pane) if ready else None
        keys = [key for action in step.keys if (key := self._key(action)) is not None] if ready else []
        if not ready:
            text = self.tr("The call goes on; this step comes at its moment.")
        elif step.name == "welcome" and self._resume > _FIRST:
            left_at = self.tr("You left at “{step}”; the call is played to there.")
            text = f"{text} {left_at.format(step=_said(STEPS[self._resume].title))}"
        elif self._unfiled:
            title = self.tr("The tour ends here")
            open_yet = self.tr("The record is not filed yet: you may file it now, or leave it as a draft.")
            text = f"{open_yet} {text}"
            keys = [key for key in (self._key("file"), *keys) if key is not None]
        elif target is not None and not target.isVisible():
            folded = self.tr("In this layout that place is folded away.")
            text = f"{text} {folded}"
            if step.pane == "conversation" and (drawer := self._key("conversation")) is not None:
                keys.append(drawer)
        count = self.tr("Tour {number} of {all}").format(number=place + 1, all=len(STEPS))
        note.tell(count, title, text, keys)
        note.back_button.setEnabled(self._can_go_back())
        note.next_button.setEnabled(step.wait is not Wait.ENDED)
        note.next_button.setText(self._word(step, ready))
        note.next_button.setAccessibleName(note.next_button.text())
        note.leave_button.setVisible(step.name != DONE)
        note.show()
        if target is not None:
            window.call.stand.show_pane(step.pane)
        outline.follow(target)
        if step.name == DONE and not self.taken:
            window.keep(replace(window.preferences, tour=DONE))
        window.told.stand()  # a call that waits for the reader is nothing to warn of
        self._hold(ready and place >= _FIRST)
        window.announcer.say(Said("tour", note.accessibleDescription(), keep_s=KEEP_S))

    def _word(self, step: Step, ready: bool) -> str:
        if step.name == "welcome":
            return self.tr("Begin")
        if step.name == DONE:
            return self.tr("Finish")
        return self.tr("Next") if ready and step.wait is Wait.NEXT else self.tr("Skip")

    def _key(self, action: str) -> tuple[str, str] | None:
        """Return the key of an action as it is bound now, and what it does."""
        bound = keys_of(BY_ID[action], self._window.preferences.keys)
        return (written(bound), said(BY_ID[action].text)) if bound else None

    def _make(self) -> tuple[TourNote, Outline]:
        if self.note is None or self.outline is None:
            self.note, self.outline = TourNote(), Outline()
            layout = self._window.whole.layout()
            if isinstance(layout, QBoxLayout):
                layout.insertWidget(layout.indexOf(self._window.care.foot), self.note)
            self.outline.setParent(self._window)
            self.note.hide()
            self.note.back.connect(self.back)
            self.note.onward.connect(self.onward)
            self.note.left.connect(self.leave)
            keys = [self._key(action) for action in ("tour_back", "tour_next", "tour")]
            self.note.name_keys(*(f"{key[1]} ({key[0]})" if key else "" for key in keys))
            self._window.bridge.batch.connect(self.follow)
            self._window.call.answers.acted.connect(self._acted)
            self._window.stack.currentChanged.connect(self._put_away)
        return self.note, self.outline


def _said(source: str) -> str:
    """Return a text of the steps in the interface language."""
    return QCoreApplication.translate("Tour", source)
