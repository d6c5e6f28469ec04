"""The row of controls that play a call: every one has its key, and its state in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget

from ui import icons, parts, theme
from ui.flow import Flow
from ui.replay import words
from ui.replay.ports import SPEEDS

NORMAL: Final = SPEEDS.index(1.0)


class Transport(QWidget):
    """Play, back and on, where it stands, speed, silence, loop, sides."""

    play_asked = Signal()
    stepped = Signal(float)
    """Seconds back (negative) or on."""
    turned = Signal(int)
    """To the turn before (-1) or after (1)."""
    speed_changed = Signal(float)
    skip_changed = Signal(bool)
    loop_asked = Signal()
    sides_changed = Signal(bool, bool)
    """(counsellor, caller)"""

    def __init__(self) -> None:
        super().__init__()
        self._duration_s = 0.0
        self.play = parts.button(self.tr("Play"), "play", kind="primary", tip="F4")
        self.play.clicked.connect(self.play_asked)
        self.place = parts.label("00:00 / 00:00", "title")
        self.place.setFont(theme.current().font(16, bold=True, tabular=True))
        back = self._small("−5", self.tr("5 seconds back (Alt+←)"))
        back.clicked.connect(lambda: self.stepped.emit(-5.0))
        on = self._small("+5", self.tr("5 seconds on (Alt+→)"))
        on.clicked.connect(lambda: self.stepped.emit(5.0))
        before = self._small(self.tr("Turn ↑"), self.tr("To the turn before (Alt+↑)"))
        before.clicked.connect(lambda: self.turned.emit(-1))
        after = self._small(self.tr("Turn ↓"), self.tr("To the next turn (Alt+↓)"))
        after.clicked.connect(lambda: self.turned.emit(1))
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("Speed (Alt+PgUp, Alt+PgDown)"))
        self.speed.setToolTip(self.speed.accessibleName())
        for speed in SPEEDS:
            self.speed.addItem(self.tr("{speed}×").format(speed=f"{speed:g}"), speed)
        self.speed.setCurrentIndex(NORMAL)
        self.speed.currentIndexChanged.connect(lambda place: self.speed_changed.emit(SPEEDS[place]))
        self.skip = self._check(self.tr("Skip silence"), "Alt+S")
        self.skip.toggled.connect(self.skip_changed)
        self.agent = self._check(self.tr("Counsellor"), "Alt+A", on=True)
        self.caller = self._check(self.tr("Caller"), "Alt+C", on=True)
        for one in (self.agent, self.caller):
            one.toggled.connect(lambda _on: self.sides_changed.emit(self.agent.isChecked(), self.caller.isChecked()))
        self.agent.setAccessibleName(self.tr("Hear the counsellor"))
        self.caller.setAccessibleName(self.tr("Hear the caller"))
        self.loop = parts.button(self.tr("Loop"), "retry", kind="quiet", tip="Alt+L")
        self.loop.clicked.connect(self.loop_asked)
        whole = parts.column()
        whole.setContentsMargins(12, 4, 12, 4)
        self.setLayout(whole)
        row = (
            self.play,
            self.place,
            back,
            on,
            before,
            after,
            self.speed,
            self.skip,
            self.loop,
            self.agent,
            self.caller,
        )
        whole.addWidget(Flow(row))

    def _small(self, text: str, name: str) -> QPushButton:
        return parts.button(text, kind="quiet", tip=name, name=name)

    def _check(self, text: str, key: str, *, on: bool = False) -> QCheckBox:
        made = QCheckBox(text)
        made.setChecked(on)
        made.setToolTip(key)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def show_length(self, duration_s: float) -> None:
        """Show a call of this length."""
        self._duration_s = duration_s
        widest = f"{words.clock(duration_s)} / {words.clock(duration_s)}"
        self.place.setMinimumWidth(QFontMetrics(self.place.font()).horizontalAdvance(widest) + 8)
        self.show_place(0.0)

    def show_place(self, at_s: float) -> None:
        """Show where it stands."""
        text = f"{words.clock(at_s)} / {words.clock(self._duration_s)}"
        if text != self.place.text():
            self.place.setText(text)

    def show_playing(self, playing: bool) -> None:
        """Show whether it plays."""
        text = self.tr("Pause") if playing else self.tr("Play")
        if text != self.play.text():
            self.play.setText(text)
            self.play.setAccessibleName(text)
            icons.put(self.play, "pause" if playing else "play", "on_accent")

    def show_loop(self, began: bool, span: tuple[float, float] | None) -> None:
        """Show what the loop's key does next."""
        begin = self.tr("Loop to here") if began else self.tr("Loop")
        text = self.tr("No loop") if span is not None else begin
        self.loop.setText(text)
        self.loop.setAccessibleName(text)

    def step_speed(self, step: int) -> None:
        """One speed slower (-1) or faster (1); 0: as it was said."""
        place = self.speed.currentIndex() + step if step else NORMAL
        self.speed.setCurrentIndex(max(0, min(place, len(SPEEDS) - 1)))

    @Slot()
    def toggle_skip(self) -> None:
        """Alt+S."""
        self.skip.toggle()
