"""After the press: the reason first, then the hand-over or the end, step by step in one place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from assist.events import LineActed
from assist.model import EndingStage, EndingState, LineAction, LineMeans
from resources import notices
from ui import clipboard, parts, theme
from ui.call_view_state import CallViewState, Phase
from ui.text_block import Passage

_ORDER: Final = (LineAction.NOTICE, LineAction.TRANSFER, LineAction.END)


class EndingBox(QFrame):
    """Shows where the ending stands and takes the counsellor's word for what only a person can do."""

    confirmed = Signal(object)
    """LineAction the counsellor did."""
    asked = Signal(object)
    """LineAction the line shall do."""

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("abuse")
        self._read_only = read_only
        self._shown: tuple[object, ...] = ()
        self.first: QPushButton | None = None
        """What the next-step key does."""
        self.second: QPushButton | None = None
        """What the other-step key does."""
        self._column = parts.column(margin=12, gap=4)
        self.setLayout(self._column)

    def show_state(self, state: CallViewState) -> bool:
        """Show the step; returns whether there is any."""
        ending, live = state.ending, state.phase is not Phase.IDLE and not self._read_only
        shown = bool(state.acts) or ending.stage is not EndingStage.IDLE
        wanted = (ending, tuple(state.acts.items()), live, state.call_id, state.phase)
        if wanted == self._shown:
            return shown
        self._shown = wanted
        had = self.first is not None and self.first.hasFocus()
        parts.clear(self._column)
        self.first = self.second = None
        self._step(ending, live, state)
        for action in _ORDER:
            if action in state.acts:
                self._column.addWidget(self._result(state.acts[action], state))
        if had and self.first is not None:
            self.first.setFocus()
        return shown

    @Slot()
    def go_on(self) -> None:
        """Do the step that comes next, as a click on its button does."""
        if self.first is not None and self.first.isEnabled():
            self.first.click()

    @Slot()
    def go_other(self) -> None:
        """Do the other of two steps."""
        if self.second is not None and self.second.isEnabled():
            self.second.click()

    def _step(self, ending: EndingState, live: bool, state: CallViewState) -> None:
        if ending.code and ending.stage in (EndingStage.NOTICE, EndingStage.ACTING):
            self._say(notices.sentence(ending.code) if ending.code in notices.codes("ko") else ending.code, "doubt")
        match ending.stage:
            case EndingStage.NOTICE:
                self._notice(ending, live)
            case EndingStage.TOLD:
                self._told(ending, live, state)
            case EndingStage.ACTING:
                self._acting(ending, live)
            case EndingStage.DONE:
                done = {
                    LineAction.TRANSFER: self.tr("Handed over to the dedicated team"),
                    LineAction.END: self.tr("The call is ended"),
                }
                self._say(done.get(ending.action or LineAction.NOTICE, self.tr("The reason is told")), "good")

    def _notice(self, ending: EndingState, live: bool) -> None:
        by_person = ending.by_person
        self._say(self.tr("1. Say the reason") if by_person else self.tr("1. The notice is being played …"), "doubt")
        if ending.script is not None:
            self._column.addWidget(Passage(ending.script.text, size=16))
        if by_person and live:
            self.first = self._button(self.tr("I have told the reason"), "check", LineAction.NOTICE, confirm=True)

    def _told(self, ending: EndingState, live: bool, state: CallViewState) -> None:
        over = state.phase is Phase.WRAP_UP
        self._say(self.tr("The reason is told") if over else self.tr("2. Hand over or end the call"), "doubt")
        if state.ladder.final is not None:
            told = self.tr("The reason was told at {time}").format(time=state.clock(state.ladder.final_at_s))
            self._say(told, "small")
        if over or not live:
            return
        self.first = self._button(self.tr("Hand over to the team"), "outbox", LineAction.TRANSFER)
        if ending.may_end:
            self.second = self._button(self.tr("End the call"), "hang_up", LineAction.END)

    def _acting(self, ending: EndingState, live: bool) -> None:
        transfer = ending.action is LineAction.TRANSFER
        if not ending.by_person:
            self._say(self.tr("Being handed over …") if transfer else self.tr("The call is being ended …"), "doubt")
            return
        if transfer:
            self._say(self.tr("2. Transfer the call to the dedicated team"), "doubt")
            if ending.number:
                self._column.addWidget(self._number(ending.number))
            else:
                self._say(self.tr("No number is set here: transfer it as your centre does."), "small")
        else:
            self._say(self.tr("2. Hang up at the telephone"), "doubt")
        if live:
            name = self.tr("I have transferred it") if transfer else self.tr("I have hung up")
            self.first = self._button(name, "check", ending.action or LineAction.END, confirm=True)

    def _say(self, text: str, role: str) -> None:
        self._column.addWidget(parts.label(text, role, wrap=True))

    def _button(self, text: str, icon: str, action: LineAction, *, confirm: bool = False) -> QPushButton:
        key = self.tr("Ctrl+F10") if action is LineAction.END and not confirm else self.tr("F10")
        made = parts.button(f"{text}  {key}", icon, name=text)
        signal = self.confirmed if confirm else self.asked
        made.clicked.connect(lambda: self._once(made, signal, action))
        self._column.addWidget(made)
        return made

    def _once(self, made: QPushButton, signal: SignalInstance, action: LineAction) -> None:
        # What follows comes as an event; till then a second click is a slip.
        made.setEnabled(False)
        signal.emit(action)

    def _number(self, number: str) -> QWidget:
        cell = QWidget()
        line = parts.row(gap=4)
        cell.setLayout(line)
        digits = parts.label(number, "digits")
        digits.setMaximumHeight(theme.current().px(theme.DIGITS) * 5 // 4)
        line.addWidget(digits)
        copy = parts.tool("copy", self.tr("Copy the number of the dedicated team"), kind="action")
        copy.clicked.connect(lambda: clipboard.copy(number, public=True))
        line.addWidget(copy)
        line.addStretch(1)
        return cell

    def _result(self, acted: LineActed, state: CallViewState) -> QWidget:
        what = {
            LineAction.NOTICE: self.tr("Notice"),
            LineAction.TRANSFER: self.tr("Hand-over"),
            LineAction.END: self.tr("End"),
        }[acted.action]
        how = {
            LineMeans.COMMAND: self.tr("by the centre's program"),
            LineMeans.URL: self.tr("by the telephone system"),
            LineMeans.DEVICE: self.tr("played into the call"),
            LineMeans.PERSON: self.tr("confirmed by you"),
        }[acted.means]
        time = state.clock(acted.t_ns / 1e9)
        text = self.tr("{what} {time} · done, {how}") if acted.ok else self.tr("{what} {time} · failed, {how}")
        return parts.label(text.format(what=what, time=time, how=how), "small" if acted.ok else "doubt", wrap=True)
