"""The red button, the situation it names, and what became of it, all in one fixed place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QWidget

from assist.model import AbuseLabel, Delivery, EscalationReason, Script
from ui import parts
from ui.call_view_state import CallViewState, Phase
from ui.hold_button import HoldButton


class EscalationPane(QWidget):
    """Suggests the situation once one was seen; the counsellor may choose another or add a reason, or do neither."""

    held = Signal()
    """The button was held long enough."""
    chosen = Signal(str)
    """Situation the counsellor chose."""

    def __init__(self, situations: Sequence[Script], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = self._whole = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        self.setLayout(layout)
        self._preselected = ""
        self._labels: tuple[AbuseLabel, ...] = ()
        self.situation = QComboBox()
        self.situation.setAccessibleName(self.tr("Situation"))
        self.situation.setToolTip(self.tr("Situation: Alt+PgUp and Alt+PgDown change it"))
        self.situation.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.situation.setMinimumContentsLength(8)
        for script in situations:
            if self.situation.findData(script.situation) < 0:
                self.situation.addItem(script.text, script.situation)
        self.situation.setPlaceholderText(self.tr("Choose a reason"))
        self.situation.setCurrentIndex(-1)
        self.situation.activated.connect(self._chosen)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("Reason (optional)"))
        self.note.setAccessibleName(self.tr("Reason for the hand-over"))
        self.button = HoldButton(self.tr("Hand over abuse"), self.tr("hold F12"))
        self.button.held.connect(self.held.emit)
        self.result = parts.label("", "small", wrap=True)
        self.situation.view().setMinimumWidth(self.situation.view().sizeHintForColumn(0) + 24)
        why = self._why = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        why.setSpacing(4)
        why.addWidget(self.situation, 1)
        why.addWidget(self.note, 1)
        parts.nest(layout, why, 2)
        layout.addWidget(self.button, 1)
        layout.addWidget(self.result, 1)
        self.result.hide()
        self.set_live(False)

    def set_flat(self, flat: bool, *, short: bool = False, low: bool = False) -> None:
        """Stand in one row where height is short and width is not.

        Args:
            flat: Everything in one row.
            short: Situation and reason beside each other.
            low: Spare the edges above and below.
        """
        rows, one_row = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(one_row if flat else rows)
        room = 4 if low else 12
        self._whole.setContentsMargins(12, room, 12, room)
        self._why.setDirection(one_row if flat or short else rows)

    def set_live(self, live: bool) -> None:
        """Whether a call stands open to be handed over (in the call or in its wrap-up)."""
        for widget in (self.situation, self.note, self.button):
            widget.setEnabled(live)
        if not live:
            self.button.cancel()

    def show_state(self, state: CallViewState) -> None:
        """Preselect the situation the rules saw, once each, and tell what became of the hand-over."""
        if state.abuse is not None:
            self._labels = state.abuse.finding.labels or (state.abuse.finding.label,)
            suggested = state.abuse.script.situation
        else:
            suggested = state.behaviour.script.situation if state.behaviour is not None else ""
        if state.ladder.situation and not state.ladder.chosen:
            suggested = state.ladder.situation
        if suggested and suggested != self._preselected:
            self._preselected = suggested
            self._show_situation(suggested)
        done = state.escalation
        if done is not None:
            self.say(self.outcome(state), good=done.delivery is Delivery.ACCEPTED)

    def outcome(self, state: CallViewState) -> str:
        """Return in one line what became of the hand-over; empty before one."""
        done = state.escalation
        if done is None:
            return ""
        late = state.phase is Phase.WRAP_UP and done.at_s > state.duration_s > 0
        text = (
            self.tr("Handed over after the call {time} · evidence kept · {delivery}")
            if late
            else self.tr("Handed over {time} · evidence kept · {delivery}")
        )
        return text.format(time=state.clock(done.at_s), delivery=self.delivery_name(done.delivery))

    def say(self, text: str, *, good: bool = False) -> None:
        """Tell where the hand-over stands."""
        self.result.setText(text)
        self.result.setVisible(bool(text))
        parts.set_role(self.result, "good" if good else "doubt" if text else "small")

    def reason(self) -> EscalationReason:
        """Return the reason as it stands; its situation is empty where none was seen and none chosen."""
        situation = self.situation.currentData() or ""
        return EscalationReason(situation=situation, labels=self._labels, note=self.note.text().strip())

    def choose(self, situation: str) -> bool:
        """Choose a situation by its id; returns whether there is such a one."""
        if self.situation.findData(situation) < 0:
            return False
        if situation != self.situation.currentData():
            self._show_situation(situation)
            self.chosen.emit(situation)
        return True

    def step(self, by: int) -> None:
        """Choose the next (1) or the previous (-1) situation."""
        place = self.situation.currentIndex() + by
        if self.situation.isEnabled() and 0 <= place < self.situation.count():
            self.situation.setCurrentIndex(place)
            self._chosen()

    def reset(self) -> None:
        """Start a new call."""
        self._preselected, self._labels = "", ()
        self.note.clear()
        self.say("")
        self.situation.setCurrentIndex(-1)

    def delivery_name(self, delivery: Delivery) -> str:
        """Return where a pack stands."""
        return {
            Delivery.WAITING: self.tr("Unsent"),
            Delivery.NO_KEY: self.tr("Unsent (no team key)"),
            Delivery.ACCEPTED: self.tr("Sent"),
        }[delivery]

    def _show_situation(self, situation: str) -> None:
        place = self.situation.findData(situation)
        if place >= 0:
            self.situation.setCurrentIndex(place)

    @Slot()
    def _chosen(self) -> None:
        self.chosen.emit(self.situation.currentData() or "")
