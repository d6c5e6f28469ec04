"""One call on screen: conversation, answers, digits, next sentence, record. Live and reopened calls share it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from assist.gaps import question_of
from assist.model import Script
from ui import parts, theme
from ui.answers import AnswersPane
from ui.call_view_state import CallViewState, Part, Phase
from ui.conversation import ConversationPane
from ui.numbers_pane import NumbersPane
from ui.protect_escalation import EscalationPane
from ui.protect_pane import NextSentencePane
from ui.record_pane import RecordPane

_STRIP_HEIGHT = 88
_ROOMY = {"abuse": 560, "crisis": 760}
"""Height from which the digits keep their heading beside a script."""
_AMPLE = 780
"""Height from which a script and all digits stand together as they are."""
_WIDTHS = (312, 576, 344)
"""Conversation, answers, digits at 1280 px."""


def _boxed(inner: QWidget) -> QWidget:
    box = parts.frame("pane")
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inner)
    return box


class CallView(QWidget):
    """The panes, and what an event changes in each."""

    evidence_shown = Signal(object)
    """Turn indexes whose lines were highlighted."""

    def __init__(self, situations: Sequence[Script], *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = CallViewState()
        self._read_only = read_only
        self._room = ""
        self.conversation = ConversationPane()
        self.answers = AnswersPane()
        self.answers.entry.reportable = not read_only
        self.answers.asked = lambda: question_of(self.state.turns_by_time)
        self.numbers = NumbersPane()
        self.numbers.set_playable(not read_only)
        self.next_sentence = NextSentencePane(read_only=read_only)
        self.escalation = EscalationPane(situations)
        self.record = RecordPane()
        self.record.evidence.connect(self.show_evidence)

        right = self.right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(_boxed(self.numbers))
        protect = parts.frame("pane")
        inside = parts.column(gap=0)
        protect.setLayout(inside)
        inside.addWidget(self.next_sentence, 1)
        rule = parts.frame("rule")
        inside.addWidget(rule)
        inside.addWidget(self.escalation)
        right.addWidget(protect)
        self.escalation.setVisible(not read_only)

        self.across = QSplitter(Qt.Orientation.Horizontal)
        for pane in (_boxed(self.conversation), _boxed(self.answers), right):
            self.across.addWidget(pane)
        self.across.setStretchFactor(0, 3)
        self.across.setStretchFactor(1, 5)
        self.across.setStretchFactor(2, 2)
        self.across.setSizes(list(_WIDTHS))
        self.down = QSplitter(Qt.Orientation.Vertical)
        self.down.addWidget(self.across)
        self.record_box = _boxed(self.record)
        self.down.addWidget(self.record_box)
        self.down.setStretchFactor(0, 1)
        self.down.setStretchFactor(1, 0)
        for splitter in (right, self.across, self.down):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        layout = parts.column(margin=8)
        self.setLayout(layout)
        layout.addWidget(self.down)
        self._strip_size()
        self.right.setSizes([theme.current().px(250), theme.current().px(350)])

    def begin(self, state: CallViewState) -> None:
        """Show a call from its start."""
        self.state = state
        self.conversation.set_state(state)
        self.answers.reset()
        self.record.reset()
        self.escalation.reset()
        self.numbers.set_revealed(False)
        self._strip_size()
        self.refresh(set(Part))

    def refresh(self, changed: set[Part]) -> None:
        """Bring the panes in step with the state."""
        state = self.state
        if Part.LINES in changed:
            self.conversation.sync()
        if Part.ANSWERS in changed or Part.LINES in changed:
            self.answers.offer(state.suggestions, state.agent_speaking)
        if Part.NUMBERS in changed:
            self.numbers.show_numbers(state.numbers)
        if Part.PROTECT in changed or Part.CALL in changed:
            self.next_sentence.show_state(state)
            self._make_room("crisis" if state.crisis else "abuse" if self.next_sentence.speaks else "")
        if changed & {Part.PROTECT, Part.ESCALATION, Part.CALL}:
            self.escalation.show_state(state)
        if Part.CALL in changed:
            self.escalation.set_live(state.phase is not Phase.IDLE and not self._read_only)
        if Part.RECORD in changed or Part.CALL in changed:
            self._refresh_record()

    def _refresh_record(self) -> None:
        state = self.state
        if state.phase is Phase.LIVE:
            self.record.show_strip(state.records)
            return
        if state.phase is Phase.WRAP_UP and not self._read_only:
            if self.record.stack.currentIndex() == 0:
                self.record.begin_wrap_up()
                self._half_size()
            if state.final_draft and not state.filed_version:
                if self.record.show_records(state.records, self.times(), unsaved=True):
                    self.record.focus_doubtful()
                else:
                    self.record.merge_records(state.records, self.times())
            if state.filed_version and state.records == self.record.records():
                self.record.set_state(unsaved=False, version=state.filed_version)

    def times(self) -> dict[int, str]:
        """Return the time of day of each turn, ``HH:MM:SS``."""
        return {index: self.state.clock(turn.start) for index, turn in self.state.turns.items()}

    def reopen(self, state: CallViewState, records: Sequence[object]) -> None:
        """Show a saved call; its record can be edited and filed again."""
        self.begin(state)
        self.record.show_records(records, self.times(), unsaved=not state.filed_version)  # type: ignore[arg-type]
        if state.filed_version:
            self.record.set_state(unsaved=False, version=state.filed_version)
        self._half_size()

    @Slot(object)
    def show_evidence(self, turns: tuple[int, ...]) -> None:
        """Highlight the lines behind a record's line."""
        self.conversation.show_rows(self.state.rows_of_turns(turns))
        self.evidence_shown.emit(turns)

    def restyle(self) -> None:
        """Follow a change of the text size."""
        self.numbers.restyle()
        if self.record.stack.currentIndex() == 0:
            self._strip_size()
        self.conversation.view.scheduleDelayedItemsLayout()

    def _make_room(self, wanted: str) -> None:
        """Give the next sentence the lower right; the newest number above keeps its place."""
        if wanted == self._room:
            return
        self._room = wanted
        tight = bool(wanted) and self.right.height() < theme.current().px(_ROOMY[wanted])
        self.numbers.set_compact(tight)
        self.next_sentence.set_tight(tight)
        if (inside := self.numbers.layout()) is not None:
            inside.activate()  # the splitter asks for the new least height at once
        ample = self.right.height() >= theme.current().px(_AMPLE)
        upper = theme.current().px(250 if not wanted or ample else 1 if tight else 140)
        self.right.setSizes([upper, max(200, self.right.height() - upper - 8)])

    def _strip_size(self) -> None:
        height = theme.current().px(_STRIP_HEIGHT)
        self.record_box.setMinimumHeight(height)
        self.record_box.setMaximumHeight(height)
        self.down.setSizes([10_000, height])

    def _half_size(self) -> None:
        self.record_box.setMaximumHeight(16_777_215)
        self.record_box.setMinimumHeight(240)
        half = max(300, self.height() // 2)
        self.down.setSizes([half, half])
