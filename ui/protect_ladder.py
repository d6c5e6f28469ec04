"""The next line of the ladder: what to say now, how many warnings were given, and whether the call may end."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from assist.model import AbuseLabel, BehaviourKind, LadderWhy, Script
from ui import parts
from ui.call_view_state import CallViewState, Phase
from ui.text_block import Passage

_QUIET = (LadderWhy.ANSWER, LadderWhy.TIME_NOTICE)


class LadderBox(QFrame):
    """One sentence and its button. A demand is answered, never warned: the same place, quieter and without a count."""

    warned = Signal(object)
    """Script the counsellor says was given."""

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("abuse")
        self._read_only = read_only
        self._script: Script | None = None
        self._lines = 0
        inside = self._inside = parts.column(margin=12, gap=4)
        self.setLayout(inside)
        self.head = parts.label("", "doubt", wrap=True)
        inside.addWidget(self.head)
        self._place = parts.column(gap=0)
        parts.nest(inside, self._place)
        self.passage: Passage | None = None
        foot = parts.row(gap=4)
        self.count = parts.label("", "small", wrap=True)
        foot.addWidget(self.count, 1)
        self.said = parts.button(self.tr("I have said it"), "check", tip=self.tr("F10"))
        self.said.clicked.connect(self.say)
        foot.addWidget(self.said)
        parts.nest(inside, foot)
        self.end = parts.label("", "doubt", wrap=True)
        inside.addWidget(self.end)

    @property
    def script(self) -> Script | None:
        """The sentence being offered."""
        return self._script

    def set_tight(self, tight: bool) -> None:
        """Cut the sentence to one line where a person in danger comes first; the whole of it is its tooltip."""
        self._lines = 1 if tight else 0
        self._inside.setContentsMargins(12, 4 if tight else 12, 12, 4 if tight else 12)
        if self.passage is not None:
            self.passage.set_max_lines(self._lines)

    def show_state(self, state: CallViewState) -> bool:
        """Show the next line; returns whether there is anything to show."""
        script, ladder = state.next_line, state.ladder
        told = script is None and ladder.may_end
        self._show_script(script)
        quiet = self._is_quiet(state)
        self._dress("demand" if quiet else "abuse")
        self.head.setText(self.headline(state))
        counts = not quiet and state.warnings_allowed > 0 and not told
        given = self.tr("Warnings given {given} of {allowed}")
        self.count.setText(given.format(given=state.warnings_given, allowed=state.warnings_allowed) if counts else "")
        live = state.phase is not Phase.IDLE and not self._read_only
        self.said.setVisible(script is not None and live and (counts or ladder.next is not None))
        self.end.setText(self._may_end(state, counts))
        self.end.setVisible(bool(self.end.text()))
        return script is not None or told

    @Slot()
    def say(self) -> None:
        """The counsellor has said the sentence."""
        if self._script is not None and self.said.isVisibleTo(self):
            self.warned.emit(self._script)

    def headline(self, state: CallViewState) -> str:
        """Return what the sentence is for."""
        why = state.ladder.why
        if why is LadderWhy.TIME_NOTICE:
            return self.tr("The recommended time is nearly over")
        if why is LadderWhy.TIME_LIMIT:
            return self.tr("The recommended time is over")
        if state.abuse is None or why is LadderWhy.ANSWER:
            return self.demand_name(state)
        label = self.abuse_name(state.abuse.finding.label)
        names = {
            LadderWhy.PLEA: self.tr("{label} · ask to stop"),
            LadderWhy.WARNING: self.tr("{label} · warn"),
            LadderWhy.AT_ONCE: self.tr("{label} · may end at once, tell the reason"),
            LadderWhy.WARNINGS_USED: self.tr("{label} · tell the reason for ending"),
            LadderWhy.REASON_TOLD: self.tr("{label} · the reason is told"),
        }
        return names.get(why, "{label}").format(label=label)

    def demand_name(self, state: CallViewState) -> str:
        """Return what kind of behaviour is answered, or which situation the counsellor chose."""
        if state.behaviour is not None and state.behaviour.kinds:
            return self.behaviour_name(state.behaviour.kinds[-1])
        if state.abuse is not None:
            return self.abuse_name(AbuseLabel.UNREASONABLE)
        if state.ladder.may_end and state.ladder.next is None:
            return self.tr("The reason is told")
        return self.tr("Say now")

    def _dress(self, name: str) -> None:
        if self.objectName() != name:
            self.setObjectName(name)
            self.style().unpolish(self)
            self.style().polish(self)

    def _is_quiet(self, state: CallViewState) -> bool:
        why = state.ladder.why
        if why in _QUIET:
            return True
        if why is not LadderWhy.NOTHING:
            return False
        return state.abuse is None or state.abuse.finding.label is AbuseLabel.UNREASONABLE

    def _may_end(self, state: CallViewState, counts: bool) -> str:
        if state.ladder.may_end:
            told = self.tr("The reason was told at {time}. You may end the call or hand it over.")
            return told.format(time=state.clock(state.ladder.final_at_s))
        if counts and state.warnings_given >= state.warnings_allowed:
            return self.tr("The last warning was given. Tell the reason, then you may end the call or hand it over.")
        return ""

    def _show_script(self, script: Script | None) -> None:
        if script == self._script:
            return
        self._script = script
        parts.clear(self._place)
        self.passage = None
        if script is not None:
            self.passage = Passage(script.text, size=16, max_lines=self._lines)
            self.passage.setToolTip(script.text)
            self._place.addWidget(self.passage)

    def abuse_name(self, label: AbuseLabel) -> str:
        """Return the name of a kind of abuse."""
        return {
            AbuseLabel.PROFANITY: self.tr("Profanity"),
            AbuseLabel.INSULT: self.tr("Insult"),
            AbuseLabel.SEXUAL: self.tr("Sexual harassment"),
            AbuseLabel.THREAT: self.tr("Threat"),
            AbuseLabel.HATE: self.tr("Hateful words"),
            AbuseLabel.UNREASONABLE: self.tr("Unreasonable demand"),
        }[label]

    def behaviour_name(self, kind: BehaviourKind) -> str:
        """Return the name of what makes a call hard."""
        return {
            BehaviourKind.LONG: self.tr("A long call"),
            BehaviourKind.REPETITION: self.tr("The same demand again and again"),
            BehaviourKind.REFUSAL: self.tr("The answer is refused again and again"),
            BehaviourKind.EARLIER_CALLS: self.tr("The same caller rang often of late"),
        }[kind]
