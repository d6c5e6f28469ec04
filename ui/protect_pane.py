"""The next sentence: what to say when a caller abuses or is in danger, and the hand-over to the team."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from assist.events import AbuseSeen, CrisisSeen
from assist.model import AbuseLabel, CrisisKind, Delivery, EscalationReason, Script
from ui import parts, theme
from ui.call_view_state import CallViewState
from ui.flow import Flow
from ui.hold_button import HoldButton
from ui.text_block import Passage


class NextSentencePane(QWidget):
    """Script lines and crisis steps. Nothing happens by itself: the counsellor decides."""

    warned = Signal(object)
    """Script the counsellor says was given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = self._whole = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        self.head = parts.label(self.tr("What to say now"), "heading")
        layout.addWidget(self.head)
        self.area, self._column = parts.scroller(self.tr("What to say now"))
        self.area.setMinimumHeight(40)
        layout.addWidget(self.area, 1)
        self.warning: QPushButton | None = None
        self._shown: tuple[object, ...] = ()
        self._read_only = False
        self.show_state(CallViewState())

    def set_tight(self, tight: bool) -> None:
        """Leave out the heading where every line of height counts; the box names itself."""
        self.head.setVisible(not tight)
        room = 4 if tight else 12
        self._whole.setContentsMargins(12, room, 12, room)

    def set_read_only(self, read_only: bool) -> None:
        """In a reopened call nothing can be said any more."""
        self._read_only = read_only

    def show_state(self, state: CallViewState) -> None:
        """Show what the call asks for now; a person in danger comes first."""
        wanted = (tuple(state.crisis), state.abuse, state.warnings_given, self._read_only)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.warning = None
        parts.clear(self._column)
        for crisis in reversed(state.crisis):
            self._column.addWidget(self._crisis(crisis))
        if state.abuse is not None:
            self._column.addWidget(self._abuse(state.abuse, state.warnings_given, state.warnings_allowed))
        if not state.crisis and state.abuse is None:
            self._column.addWidget(parts.label(self.tr("Nothing to say beyond the call itself."), "muted", wrap=True))
        self._column.addStretch(1)

    def _crisis(self, seen: CrisisSeen) -> QWidget:
        box = parts.frame("crisis")
        inside = parts.column(margin=8, gap=2)
        box.setLayout(inside)
        kind = self.crisis_name(seen.finding.kind)
        inside.addWidget(parts.label(self.tr("A person in danger: {kind}").format(kind=kind), "danger", wrap=True))
        inside.addWidget(Flow([self._number(name, number) for name, number in seen.finding.numbers]))
        for place, step in enumerate(seen.finding.steps, start=1):
            inside.addWidget(Passage(f"{place}. {step}", size=theme.BODY))
        return box

    def _number(self, name: str, number: str) -> QWidget:
        cell = QWidget()
        line = parts.row(gap=4)
        cell.setLayout(line)
        line.addWidget(parts.label(name, "small"))
        digits = parts.label(number, "digits")
        digits.setMaximumHeight(theme.current().px(theme.DIGITS) * 5 // 4)
        line.addWidget(digits)
        copy = parts.tool("copy", self.tr("Copy the number: {name}").format(name=name), kind="action")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(number))
        line.addWidget(copy)
        return cell

    def _abuse(self, seen: AbuseSeen, given: int, allowed: int) -> QWidget:
        # An unreasonable demand is answered, never warned: the same place, in a quieter dress and without a count.
        warns = allowed > 0 and seen.finding.label is not AbuseLabel.UNREASONABLE
        box = parts.frame("abuse" if warns else "demand")
        inside = parts.column(margin=12, gap=4)
        box.setLayout(inside)
        inside.addWidget(parts.label(self.abuse_name(seen.finding.label), "doubt", wrap=True))
        inside.addWidget(Passage(seen.script.text, size=16))
        if warns:
            foot = parts.row(gap=4)
            count = self.tr("Warnings given {given} of {allowed}").format(given=given, allowed=allowed)
            foot.addWidget(parts.label(count, "small", wrap=True), 1)
            if not self._read_only:
                self.warning = parts.button(self.tr("I have said it"), "check")
                self.warning.clicked.connect(lambda: self.warned.emit(seen.script))
                foot.addWidget(self.warning)
            inside.addLayout(foot)
        if warns and given >= allowed:
            last = self.tr("The last warning was given. You may end the call or hand it over.")
            inside.addWidget(parts.label(last, "doubt", wrap=True))
        return box

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

    def crisis_name(self, kind: CrisisKind) -> str:
        """Return the name of a kind of danger."""
        return {
            CrisisKind.SUICIDE: self.tr("thoughts of suicide"),
            CrisisKind.SELF_HARM: self.tr("self-harm"),
            CrisisKind.VIOLENCE: self.tr("violence"),
            CrisisKind.CHILD: self.tr("a child at risk"),
            CrisisKind.ELDER: self.tr("an elder at risk"),
            CrisisKind.ISOLATION: self.tr("isolation"),
            CrisisKind.HARDSHIP: self.tr("hardship"),
            CrisisKind.FIRE_OR_INJURY: self.tr("fire or injury"),
        }[kind]


class EscalationPane(QWidget):
    """The red button, the situation it names, and what became of it, all in one fixed place."""

    raised = Signal(object)
    """EscalationReason"""

    def __init__(self, situations: Sequence[Script], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        self._preselected = ""
        self._labels: tuple[AbuseLabel, ...] = ()
        self.situation = QComboBox()
        self.situation.setAccessibleName(self.tr("Situation"))
        self.situation.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.situation.setMinimumContentsLength(8)
        for script in situations:
            if self.situation.findData(script.situation) < 0:
                self.situation.addItem(script.text, script.situation)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("Reason (optional)"))
        self.note.setAccessibleName(self.tr("Reason for the hand-over"))
        self.button = HoldButton(self.tr("Hand over abuse"), self.tr("hold F12"))
        self.button.held.connect(self._raise)
        self.result = parts.label("", "small", wrap=True)
        why = parts.row(gap=4)
        why.addWidget(self.situation, 2)
        why.addWidget(self.note, 3)
        layout.addLayout(why)
        layout.addWidget(self.button)
        layout.addWidget(self.result)
        self.set_live(False)

    def set_live(self, live: bool) -> None:
        """Whether a call stands open to be handed over (in the call or in its wrap-up)."""
        for widget in (self.situation, self.note, self.button):
            widget.setEnabled(live)
        if not live:
            self.button.cancel()

    def show_state(self, state: CallViewState) -> None:
        """Preselect the situation the rules saw, once, and tell what became of the hand-over."""
        if state.abuse is not None:
            self._labels = state.abuse.finding.labels or (state.abuse.finding.label,)
            situation = state.abuse.script.situation
            if situation != self._preselected:
                self._preselected = situation
                place = self.situation.findData(situation)
                if place >= 0:
                    self.situation.setCurrentIndex(place)
        done = state.escalation
        if done is None:
            self.result.setText("")
            parts.set_role(self.result, "small")
            return
        when = state.clock(done.at_s)
        text = self.tr("Handed over {time} · {delivery}").format(time=when, delivery=self.delivery_name(done.delivery))
        self.result.setText(text)
        parts.set_role(self.result, "good" if done.delivery is Delivery.ACCEPTED else "doubt")

    def reset(self) -> None:
        """Start a new call."""
        self._preselected, self._labels = "", ()
        self.note.clear()
        self.situation.setCurrentIndex(0 if self.situation.count() else -1)

    def delivery_name(self, delivery: Delivery) -> str:
        """Return where a pack stands."""
        return {
            Delivery.WAITING: self.tr("Unsent"),
            Delivery.NO_KEY: self.tr("Unsent (no team key)"),
            Delivery.ACCEPTED: self.tr("Sent"),
        }[delivery]

    @Slot()
    def _raise(self) -> None:
        situation = self.situation.currentData() or ""
        self.result.setText(self.tr("Sealing …"))
        parts.set_role(self.result, "doubt")
        self.raised.emit(EscalationReason(situation=situation, labels=self._labels, note=self.note.text().strip()))
