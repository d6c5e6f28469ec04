"""The strip at the foot of the window after an abusive call: rest, support, quiet work, report. Never in the way."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import parts, theme
from ui.care_ports import CareState
from ui.notices import NoticeLine
from ui.wording import clock


def minutes_text(minutes: float) -> str:
    """Return minutes without a needless fraction."""
    return f"{minutes:g}"


class CareStrip(QFrame):
    """One row of words and buttons; what does not fit gives way, rest and support last."""

    rest_asked = Signal()
    declined = Signal()
    support_asked = Signal()
    quiet_asked = Signal()
    report_asked = Signal()
    back_asked = Signal()
    calls_asked = Signal()
    closed = Signal()
    changed = Signal()
    """Other buttons are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line")
        self.setProperty("severity", "info")
        self.setAccessibleName(self.tr("Care after a hard call"))
        layout = parts.row(gap=4)
        layout.setContentsMargins(8, 0, 4, 0)
        self.setLayout(layout)
        self.words = parts.label("", "notice")
        layout.addWidget(self.words)
        self.rest = self._button("", "heart", self.rest_asked, self.tr("Rest"))
        self.decline = self._button(self.tr("Not now"), "", self.declined, self.tr("No rest now"))
        self.back = self._button(self.tr("Back to work"), "", self.back_asked)
        self.calls = self._button(self.tr("Take calls again"), "call", self.calls_asked)
        self.support = self._button(
            self.tr("Support"), "", self.support_asked, self.tr("Contact of the support programme")
        )
        self.quiet = self._button(self.tr("Quiet work"), "", self.quiet_asked, self.tr("Switch to work without calls"))
        self.report = self._button(self.tr("Incident report"), "", self.report_asked)
        self.close_button = self._button("", "close", self.closed, self.tr("Put this away"))
        for one in self.buttons():
            layout.addWidget(one)
        self.wanted: list[QPushButton] = []
        self.hide()

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return every button in its order."""
        return (
            self.rest, self.decline, self.back, self.calls, self.support, self.quiet, self.report, self.close_button,
        )  # fmt: skip

    def _button(self, text: str, icon: str, signal: SignalInstance, name: str = "") -> QPushButton:
        made = parts.button(text, icon, kind="quiet", name=name, tip=name)
        made.clicked.connect(signal)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return made

    def show_state(self, state: CareState) -> None:
        """Show what can be done now."""
        rest = self.tr("Rest {minutes} min").format(minutes=minutes_text(state.offered_minutes))
        self.rest.setText(rest)
        self.rest.setAccessibleName(rest)
        wanted: list[QPushButton] = []
        if state.resting or state.rest_over:
            text = (
                self.tr("Resting {time}").format(time=clock(state.left_s)) if state.resting else self.tr("Rest is over")
            )
            wanted = [self.back, self.support]
        elif state.quiet:
            text = self.tr("Quiet work: no calls")
            wanted = [self.calls, self.support]
            if state.offered_minutes:
                wanted = [self.rest, self.decline, *wanted]
            if state.call_id:
                wanted.append(self.report)
        elif state.call_id:
            text = self.tr("That was a hard call.")
            wanted = [self.support, self.quiet, self.report, self.close_button]
            if state.offered_minutes:
                wanted = [self.rest, self.decline, *wanted]
        else:
            text = ""
        self.words.setText(text)
        is_other = wanted != self.wanted
        self.wanted = wanted
        self.setVisible(bool(wanted))
        if is_other:
            for one in self.buttons():
                one.setVisible(one in wanted)
            self.changed.emit()

    def fit(self, width: int) -> None:
        """Take at most ``width`` pixels: let go of the words first, then of what the care window has too."""
        self.words.setVisible(bool(self.wanted))
        for one in self.wanted:
            one.setVisible(True)
        lesser: tuple[QWidget, ...] = (self.words, self.report, self.quiet, self.close_button)
        for widget in lesser:
            if self.sizeHint().width() <= width:
                return
            widget.setVisible(False)
            layout = self.layout()
            if layout is not None:
                layout.activate()


class Foot(QWidget):
    """The foot of the window: notices, and beside them the care strip. Its height never changes."""

    def __init__(self, notices: NoticeLine, strip: CareStrip) -> None:
        super().__init__()
        self._strip = strip
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(notices, 1)
        layout.addWidget(strip, 0)
        strip.setFixedHeight(notices.height())
        strip.changed.connect(self.fit)
        self._notices = notices

    def fit(self) -> None:
        """Share the row: the notices keep a third of it."""
        self._strip.setFixedHeight(theme.current().px(36))
        if not self._strip.isHidden():
            self._strip.fit(self.width() * 2 // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
