"""The page of a rest: how long it lasts still, and the ways out of it. Nothing else is on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui import parts, theme
from ui.care_ports import CareState
from ui.wording import clock


class RestPage(QWidget):
    """Quiet, without sound and without counting down in red."""

    back_asked = Signal()
    support_asked = Signal()
    quiet_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Rest"))
        whole = parts.column(margin=24, gap=12)
        self.setLayout(whole)
        whole.addStretch(2)
        self.heading = parts.label("", "heading")
        self.time = parts.label("", "hero")
        self.words = parts.label("", "muted", wrap=True)
        for one in (self.heading, self.time, self.words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            whole.addWidget(one)
        whole.addSpacing(16)
        self.back = parts.button(self.tr("Back to work"), kind="hero")
        self.back.clicked.connect(self.back_asked)
        first = parts.row()
        first.addStretch(1)
        first.addWidget(self.back)
        first.addStretch(1)
        parts.nest(whole, first)
        second = parts.row(gap=8)
        self.support = parts.button(self.tr("Contact of the support programme"), "heart", kind="quiet")
        self.support.clicked.connect(self.support_asked)
        self.quiet = parts.button(self.tr("Switch to work without calls"), kind="quiet")
        self.quiet.clicked.connect(self.quiet_asked)
        second.addStretch(1)
        second.addWidget(self.support)
        second.addWidget(self.quiet)
        second.addStretch(1)
        parts.nest(whole, second)
        whole.addStretch(3)
        self.restyle()

    def show_state(self, state: CareState) -> None:
        """Show the time that is left, or that it is over."""
        if state.rest_over:
            self.heading.setText(self.tr("The rest is over"))
            self.time.setText(self.tr("Whenever you are ready"))
            self.words.setText(self.tr("Nothing starts by itself. Press the button when you want to go on."))
        else:
            self.heading.setText(self.tr("You are resting"))
            self.time.setText(clock(state.left_s))
            self.words.setText(self.tr("You can come back at any time. No call begins meanwhile."))
        self.time.setAccessibleName(self.tr("Time left: {time}").format(time=self.time.text()))

    def restyle(self) -> None:
        """Follow the text size."""
        self.time.setFont(theme.current().font(44, tabular=True))
        self.back.setMinimumWidth(theme.current().px(240))
