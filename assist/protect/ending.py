"""The way of an abusive call to its end, as pure steps: the reason is told first, always.

A step takes the state and gives the next one with what is to be done about it. Nothing here acts, waits or knows time
beyond the seconds it is given. The ordinary hang-up (F9) is not this path.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from assist.model import EndingStage, EndingState, LineAction, Script

AGAIN_AFTER_S: Final = 2.0
"""A press of the same action within this many seconds of the last one is the same press."""


class Todo(Enum):
    """What a step asks for."""

    NOTHING = auto()
    ACT = auto()
    """Do ``state.action`` to the line."""
    REFUSE = auto()
    """Tell the counsellor ``code`` and do nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the site's settings and the call give a step to go by."""

    script: Script
    """The sentence that would tell the reason now."""
    number: str = ""
    """The dedicated team's number."""
    after: LineAction | None = None
    """What the site lets follow the notice; None: the counsellor is asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """The next state and what is to be done."""

    state: EndingState
    todo: Todo = Todo.NOTHING
    code: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """State of the path with what a second press needs to know."""

    state: EndingState = field(default_factory=EndingState)
    told: bool = False
    """Whether a reason was told at all."""
    over: bool = False
    """Whether the caller or the counsellor hung up."""
    pressed: LineAction | None = None
    pressed_s: float = 0.0

    def press(self, action: LineAction, facts: Told, at_s: float) -> tuple[Ending, Step]:
        """Take a press of *play notice*, *transfer* or *end*.

        Without a reason told (or with one that only allows a hand-over, before an end) the notice comes first and
        the pressed action follows it.
        """
        again = self.pressed is action and at_s - self.pressed_s < AGAIN_AFTER_S
        ending = replace(self, pressed=action, pressed_s=at_s)
        state = self.state
        if self.over:
            return self, Step(state, Todo.REFUSE, "line.call_over")
        running = state.stage is EndingStage.ACTING and not state.by_person
        if again or running or self._is_done(action):
            return self, Step(state)
        if state.stage is EndingStage.NOTICE:
            return ending._press_amid_notice(action, facts)
        if action is not LineAction.NOTICE and self._reason_told(action):
            return ending._act(action)
        return ending._tell(facts, facts.after if action is LineAction.NOTICE else action)

    def escalated(self, facts: Told, at_s: float) -> tuple[Ending, Step]:
        """Take the one press: tell the reason, or go on to what the site lets follow where it is told already."""
        if self.over:
            return self, Step(self.state)
        if not self.told:
            return self.press(LineAction.NOTICE, facts, at_s)
        if facts.after is None or self.state.stage is not EndingStage.TOLD or not self._reason_told(facts.after):
            return self, Step(self.state)
        return self.press(facts.after, facts, at_s)

    def acted(self, action: LineAction, ok: bool, code: str = "") -> tuple[Ending, Step]:
        """Take the line's answer: done, or the counsellor has to do it after all."""
        state = self.state
        if state.action is not action or state.by_person or state.stage not in (EndingStage.NOTICE, EndingStage.ACTING):
            return self, Step(state)
        if not ok:
            return self._moved(replace(state, by_person=True, code=code), Todo.NOTHING)
        return self._done(action)

    def confirmed(self, action: LineAction) -> tuple[Ending, Step]:
        """Take the counsellor's confirmation of what was asked of him."""
        if self.asks(action):
            return self._done(action)
        # Confirmed twice is once; what nobody asked for is not recorded as done.
        again = self.told if action is LineAction.NOTICE else self._is_done(action)
        return self, Step(
            self.state, Todo.NOTHING if again else Todo.REFUSE, "" if again else "line.nothing_to_confirm"
        )

    def asks(self, action: LineAction) -> bool:
        """Whether the counsellor is asked to do ``action`` and confirm it."""
        state = self.state
        return not self.over and state.by_person and state.action is action and state.stage is not EndingStage.DONE

    def reason_said(self, script: Script) -> tuple[Ending, Step]:
        """Take a final notice that was said on the ladder: the reason is told."""
        if not script.is_final:
            return self, Step(self.state)
        if self.state.stage is EndingStage.NOTICE and self.state.by_person:
            return replace(self, state=replace(self.state, script=script))._done(LineAction.NOTICE)
        known = replace(self, told=True)
        if self.state.stage in (EndingStage.IDLE, EndingStage.TOLD):
            state = EndingState(stage=EndingStage.TOLD, script=script, may_end=True, number=self.state.number)
            return known._moved(state, Todo.NOTHING)
        return replace(known, state=replace(self.state, may_end=True)), Step(replace(self.state, may_end=True))

    def hung_up(self) -> tuple[Ending, Step]:
        """The call is over: nothing more is done to the line."""
        state = self.state
        if state.stage in (EndingStage.NOTICE, EndingStage.ACTING):
            stage = EndingStage.TOLD if self.told else EndingStage.IDLE
            state = EndingState(stage=stage, script=state.script, may_end=state.may_end)
        return replace(self, over=True, state=state), Step(state)

    # -- parts ----------------------------------------------------------------------------------------------

    def _is_done(self, action: LineAction) -> bool:
        return self.state.stage is EndingStage.DONE and self.state.action is action

    def _press_amid_notice(self, action: LineAction, facts: Told) -> tuple[Ending, Step]:
        """The notice is on its way: a wish for what follows is kept; only one that failed is begun again."""
        state = self.state
        if action is LineAction.NOTICE:
            return self._tell(facts, state.then) if state.by_person and state.code else (self, Step(state))
        if action is LineAction.END and not (_allows_end(state.script) or state.may_end):
            return self, Step(state, Todo.REFUSE, "line.end_too_early")
        return self._moved(replace(state, then=action), Todo.NOTHING)

    def _reason_told(self, action: LineAction) -> bool:
        return self.state.may_end if action is LineAction.END else self.told

    def _tell(self, facts: Told, then: LineAction | None) -> tuple[Ending, Step]:
        script = facts.script
        if then is LineAction.END and not _allows_end(script):
            if self.pressed is LineAction.END:
                return self, Step(self.state, Todo.REFUSE, "line.end_too_early")
            then = None
        state = EndingState(
            stage=EndingStage.NOTICE,
            action=LineAction.NOTICE,
            script=script,
            number=facts.number,
            may_end=self.state.may_end,
            then=then,
        )
        return self._moved(state, Todo.ACT)

    def _act(self, action: LineAction) -> tuple[Ending, Step]:
        state = replace(self.state, stage=EndingStage.ACTING, action=action, by_person=False, code="", then=None)
        return self._moved(state, Todo.ACT)

    def _done(self, action: LineAction) -> tuple[Ending, Step]:
        state = replace(self.state, by_person=False, code="")
        if action is not LineAction.NOTICE:
            return self._moved(replace(state, stage=EndingStage.DONE), Todo.NOTHING)
        told = replace(self, told=True)
        state = replace(state, stage=EndingStage.TOLD, action=None, may_end=state.may_end or _allows_end(state.script))
        then, state = state.then, replace(state, then=None)
        told = replace(told, state=state)
        if then is None or self.over or not told._reason_told(then):
            return told._moved(state, Todo.NOTHING)
        return told._act(then)

    def _moved(self, state: EndingState, todo: Todo) -> tuple[Ending, Step]:
        return replace(self, state=state), Step(state, todo)


def _allows_end(script: Script | None) -> bool:
    return script is not None and script.is_final


def by_person(ending: Ending) -> tuple[Ending, Step]:
    """Return the state in which the counsellor does what was to be done: nothing is set up for it."""
    state = replace(ending.state, by_person=True)
    return replace(ending, state=state), Step(state)
