"""One call on screen: conversation, answers, digits, next sentence, record. Live and reopened calls share it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from assist.gaps import question_of
from assist.model import CallRecord, Script
from ui import theme
from ui.answers import AnswersPane
from ui.call_column import PaneBox
from ui.call_shapes import FLAT_WIDTH, Foot, PaneStand, Wish
from ui.call_view_state import CallViewState, Part, Phase
from ui.conversation import ConversationPane
from ui.layouts import DOCKED, FULL
from ui.numbers_pane import NumbersPane
from ui.protect_escalation import EscalationPane
from ui.protect_pane import NextSentencePane
from ui.record_known import known
from ui.record_pane import RecordPane

_ROOMY = {"abuse": 560, "crisis": 760}
"""Height from which the digits keep their heading beside a script."""
_SHARE = {False: 0.54, True: 0.34}
"""Part of a column that the next sentence may take: in the call, and in the wrap-up, where the record comes first."""
_DANGER = 0.72
"""The same for a person in danger where height is short."""
_SHORT = 480
"""Height below which situation and reason stand beside each other."""
_NOTHING = 22
"""Height of the line that says that there is nothing to say."""
_AMPLE = 780
"""Height from which a script and all digits stand together as they are."""
PAST_NUMBERS = 8
"""Numbers shown of a moment that is over: those that stood uppermost; the timeline has them all."""


class CallView(QWidget):
    """The panes, and what an event changes in each."""

    def __init__(
        self,
        situations: Sequence[Script],
        *,
        read_only: bool = False,
        past: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make the panes.

        Args:
            situations: What an escalation may be made for.
            read_only: A saved call: nothing of it is steered from here.
            past: A moment of a saved call: the answers and the record stand as they stood then.
            parent: Qt parent.
        """
        super().__init__(parent)
        self.state = CallViewState()
        read_only = read_only or past
        self._read_only, self._past = read_only, past
        self.tells_shown = False
        """With ``past``: whether the call's log tells which answers came onto the screen."""
        self.tells_draft = True
        """With ``past``: whether it tells how the record grew."""
        self._room = ""
        self.conversation = ConversationPane()
        self.answers = AnswersPane()
        self.answers.entry.reportable = not read_only
        self.answers.asked = lambda: question_of(self.state.turns_by_time)
        if past:
            self.answers.set_past()
        self.numbers = NumbersPane()
        self.numbers.set_playable(past or not read_only)
        self.next_sentence = NextSentencePane(read_only=read_only)
        self.escalation = EscalationPane(situations)
        self.record = RecordPane()
        self.record.strip.end_button.setVisible(not past)
        self.record.evidence.connect(self.show_evidence)
        self.record.known = lambda record: known(self.state, record, datetime.now(UTC).astimezone())
        self.record.said = lambda turns: [self.state.turns[n].shown for n in turns if n in self.state.turns]

        self.escalation.setVisible(not read_only)
        self.foot = Foot(self.next_sentence, self.escalation)
        self.record_box = PaneBox(self.record)
        boxes = {
            "conversation": PaneBox(self.conversation),
            "answers": PaneBox(self.answers),
            "numbers": PaneBox(self.numbers),
            "protect": self.foot,
            "record": self.record_box,
        }
        self.stand = PaneStand(boxes, self)
        self._second: QBoxLayout | None = None
        self._layout, self._captions, self._drawer, self._opened = FULL, False, False, False
        self._wrapping = self._beside = False
        self._built = False
        self.answers.stack.currentChanged.connect(self._answers_turned)

    # -- where the panes stand ------------------------------------------------------------------------

    def arrange(
        self, layout: str, *, captions: bool = False, second: QBoxLayout | None = None, beside: bool = False
    ) -> None:
        """Let the panes stand as ``layout`` and the captions want them.

        Args:
            layout: Of :mod:`ui.layouts`.
            captions: Large captions and little else.
            second: The second window's room.
            beside: The conversation is on the screen elsewhere.
        """
        self._layout, self._captions, self._second, self._beside = layout, captions, second, beside
        self._stand_again()

    def _stand_again(self) -> None:
        """Move the panes; what is typed, scrolled and in focus stays as it is."""
        focus = self.focused()
        self.conversation.hold()
        wish = Wish(self._layout, self._captions, self._drawer, self._opened, self._wrapping, self._beside)
        self._room = ""
        self.conversation.set_large(self._captions)
        self.stand.build(wish, self._second)
        self._built = True
        self._fit_panes()
        self._make_room(self._wanted_room())
        if self._wrapping:
            self.stand.record_as_form()
        else:
            self.stand.record_as_strip()
        self.conversation.keep()
        if focus is not None and not self.stand.is_parked(focus):
            focus.setFocus()

    def focused(self) -> QWidget | None:
        """Return what has the focus in a pane, in whichever window."""
        for pane in (self.conversation, self.answers, self.numbers, self.foot, self.record):
            window = pane.window()
            focus = window.focusWidget() if window is not None else None
            if focus is not None and pane.isAncestorOf(focus):
                return focus
        return None

    @property
    def layout_name(self) -> str:
        """The layout the panes stand in; empty before the first."""
        return self._layout if self._built else ""

    @property
    def is_beside(self) -> bool:
        """Whether the conversation is left to a pane elsewhere."""
        return self._beside

    @property
    def drawer_open(self) -> bool:
        """Whether the conversation is open beside the docked column."""
        return self._drawer

    def toggle_drawer(self) -> None:
        """Open or close the conversation where it is a drawer."""
        if self._layout == DOCKED and not self._captions:
            self._drawer = not self._drawer
            self._stand_again()
            if self._drawer:
                self.stand.show_pane("conversation")

    def open_answers(self) -> None:
        """Show the answers where the captions cover them."""
        if self._captions and not self._opened:
            self._opened = True
            self._stand_again()
        self.stand.show_pane("answers")

    def close_opened(self) -> bool:
        """Close the answers over the captions, else the drawer; returns whether something was open."""
        if self._captions and self._opened:
            self._opened = False
        elif self._layout == DOCKED and self._drawer:
            self._drawer = False
        else:
            return False
        self._stand_again()
        return True

    @Slot()
    def _answers_turned(self) -> None:
        """An entry or a search was opened over the captions."""
        if self.answers.stack.currentIndex() > 0:
            self.open_answers()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 320)  # below what the panes ask for side by side they stand in a column that scrolls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._built:
            self._stand_again()
        elif not self.stand.is_fitting():
            QTimer.singleShot(0, self, self._fit_again)
        elif not self.stand.is_column:
            self.stand.spread()
            if self._past:
                self._make_room(self._wanted_room())
        else:
            self._fit_panes()
            self._make_room(self._wanted_room())

    @Slot()
    def _fit_again(self) -> None:
        if self._built and not self.stand.is_fitting():
            self._stand_again()

    def _fit_panes(self) -> None:
        """Tell the panes how narrow they stand."""
        look = theme.current()
        column = self.stand.is_column
        narrow = column and self.width() < look.px(FLAT_WIDTH)
        short = column and self.stand.is_short()
        self.answers.set_narrow(narrow, short=short)
        self.record.set_narrow(column or self._second is not None)
        self.escalation.set_flat(column and not narrow, short=short, low=short)
        self.stand.stood.emit()

    def begin(self, state: CallViewState) -> None:
        """Show a call from its start."""
        self.state = state
        self.conversation.set_state(state)
        self.answers.reset()
        self.record.reset()
        self.escalation.reset()
        self.numbers.set_revealed(False)
        self._opened = False
        if self._wrapping:
            self._wrapping = False
            self._stand_again()
        self.refresh(set(Part))

    def resume(self, state: CallViewState) -> None:
        """Show the same call at another moment; hidden numbers stay as they are."""
        self.state = state
        self.conversation.set_state(state)
        self.refresh(set(Part))

    def refresh(self, changed: set[Part]) -> None:
        """Bring the panes in step with the state."""
        state = self.state
        if Part.LINES in changed:
            self.conversation.sync()
        if Part.CALL in changed:
            self.answers.set_over(state.phase is Phase.WRAP_UP)
        if self._past:
            if Part.ANSWERS in changed:
                self.answers.show_past(state, self.tells_shown)
        elif Part.ANSWERS in changed or Part.LINES in changed:
            self.answers.offer(state.suggestions, state.agent_speaking)
        if Part.NUMBERS in changed:
            self.numbers.show_numbers(state.numbers[-PAST_NUMBERS:] if self._past else state.numbers)
        if Part.PROTECT in changed or Part.CALL in changed:
            self.next_sentence.show_state(state)
            self._make_room(self._wanted_room())
        if changed & {Part.PROTECT, Part.ESCALATION, Part.CALL}:
            self.escalation.show_state(state)
        if Part.CALL in changed:
            self.escalation.set_live(state.phase is not Phase.IDLE and not self._read_only)
        if Part.RECORD in changed or Part.CALL in changed:
            self._refresh_record()

    def _refresh_record(self) -> None:
        state = self.state
        if state.phase is Phase.LIVE or self._past:
            self.record.show_strip(state.records, kept=self.tells_draft or bool(state.records))
            return
        if state.phase is Phase.WRAP_UP and not self._read_only:
            if self.record.stack.currentIndex() == 0:
                self.record.begin_wrap_up()
                self._grow_record()
            if state.final_draft and not state.filed_version:
                if self.record.show_records(state.records, self.times(), unsaved=True):
                    self.record.focus_doubtful()
                else:
                    self.record.merge_records(state.records, self.times())
            if state.filed_version and state.records == self.record.records():
                self.record.set_state(unsaved=False, **state.filed_as)

    def times(self) -> dict[int, str]:
        """Return the time of day of each turn, ``HH:MM:SS``."""
        return {index: self.state.clock(turn.start) for index, turn in self.state.turns.items()}

    def reopen(self, state: CallViewState, records: Sequence[CallRecord]) -> None:
        """Show a saved call; its record can be edited and filed again."""
        self.begin(state)
        self.record.show_records(records, self.times(), unsaved=not state.filed_version)
        if state.filed_version:
            self.record.set_state(unsaved=False, **state.filed_as)
        self._grow_record()

    @Slot(object)
    def show_evidence(self, turns: tuple[int, ...]) -> None:
        """Highlight the lines behind a record's line."""
        if self._layout == DOCKED and not self._captions and not self._drawer:
            self.toggle_drawer()
        self.conversation.show_rows(self.state.rows_of_turns(turns))
        self.stand.show_pane("conversation")

    def restyle(self) -> None:
        """Follow a change of the text size."""
        self.numbers.restyle()
        if self._built:
            self._stand_again()
        self.conversation.view.scheduleDelayedItemsLayout()

    def _wanted_room(self) -> str:
        return "crisis" if self.state.crisis else "abuse" if self.next_sentence.speaks else ""

    def _make_room(self, wanted: str) -> None:
        """Give the next sentence the lower right; the newest number above keeps its place."""
        if self.stand.is_column:
            self._room = wanted
            self.numbers.set_compact(False)
            short = self.stand.is_short()
            self.next_sentence.set_tight(bool(wanted), headed=not short)
            self.next_sentence.set_folded(not wanted)
            flat = self.width() >= theme.current().px(FLAT_WIDTH)
            content = self.next_sentence.content_height() if wanted else 0
            share = _DANGER if short and wanted == "crisis" else _SHARE[self._wrapping]
            self.foot.stand_low(self.height(), content, speaks=bool(wanted), flat=flat, share=share)
            self.stand.keep_whole()
            return
        if wanted == self._room and self._room:
            return
        self.foot.stand_free()
        self.next_sentence.set_folded(False)
        right = self.stand.right
        self._room = wanted
        alone = right.count() < 2
        tight = bool(wanted) and not alone and right.height() < theme.current().px(_ROOMY[wanted])
        self.numbers.set_compact(tight)
        # In a crisis the red box names itself, and its last step needs the line.
        self.next_sentence.set_tight(tight, headed=wanted != "crisis")
        self.escalation.set_flat(
            False, low=tight, short=tight or (not alone and right.height() < theme.current().px(_SHORT))
        )
        if (inside := self.numbers.layout()) is not None:
            inside.activate()  # the splitter asks for the new least height at once
        if alone:
            return
        ample = right.height() >= theme.current().px(_AMPLE)
        upper = theme.current().px(276 if not wanted or ample else 1 if tight else 140)
        if self._past and not wanted and not self.stand.moved("right"):
            # Nothing to say and nothing to press: the numbers take the room.
            low = self.foot.minimumSizeHint().height() + theme.current().px(_NOTHING)
            right.setSizes([max(1, right.height() - low - 8), low])
        elif wanted or not self.stand.moved("right"):
            right.setSizes([upper, max(200, right.height() - upper - 8)])

    def _grow_record(self) -> None:
        """At hang-up the record gets half the window."""
        if not self._wrapping:
            self._wrapping = True
            if self._captions:
                self._stand_again()
        if self._built:
            self.stand.record_as_form()
            self._room = ""
            self._make_room(self._wanted_room())
            self.stand.show_pane("record")
