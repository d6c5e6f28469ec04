"""The first start's page of the sound: devices, and three seconds to hear and read again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout

from audio.model import Channel
from resources.notices import Fault
from ui import parts
from ui.first_start_pages import Page
from ui.first_start_ports import Heard, SoundTrial
from ui.jobs import Job
from ui.ports import DeskServices
from ui.sound_panel import SoundPanel

TICK_MS = 100
_STUCK_TICKS = 100
"""Ten seconds: a device that hands over nothing does not hold the page up."""
LOUD_DB = -8.0
LOW_DB = -40.0
SILENT_DB = -60.0


class SoundPage(Page):
    """Choose devices, record both sides for three seconds, play them back, read what was recognised."""

    tried = Signal()
    """A trial was read."""

    def __init__(self, title: str, sentence: str, services: DeskServices) -> None:
        super().__init__(title, sentence)
        self._services = services
        self._trial: SoundTrial | None = None
        self._ticks = 0
        self._runs = False
        """Whether a trial is under way."""
        self._picked = False
        self.panel = SoundPanel(services)
        self.panel.picked.connect(self._pick)
        self.column.addWidget(self.panel)
        line = parts.row()
        self.record = parts.button(self.tr("Record 3 seconds and listen"), "mic", kind="primary")
        self.record.clicked.connect(self._record)
        again = parts.button(self.tr("Look for devices again"), "retry")
        again.clicked.connect(self.panel.look)
        self.state = parts.label("", "muted", wrap=True)
        line.addWidget(self.record)
        line.addWidget(again)
        line.addWidget(self.state, 1)
        parts.nest(self.column, line)
        self.results = QGridLayout()
        self.results.setHorizontalSpacing(16)
        self.results.setVerticalSpacing(4)
        self.results.setColumnStretch(1, 1)
        names = {Channel.AGENT: self.tr("Your microphone"), Channel.CALLER: self.tr("Caller's side")}
        self.words = {channel: parts.label("", wrap=True) for channel in names}
        self.plays = {
            Channel.AGENT: parts.button(self.tr("Hear"), "play", name=self.tr("Hear your microphone")),
            Channel.CALLER: parts.button(self.tr("Hear"), "play", name=self.tr("Hear the caller's side")),
        }
        self.plays[Channel.AGENT].clicked.connect(lambda: self._play(Channel.AGENT))
        self.plays[Channel.CALLER].clicked.connect(lambda: self._play(Channel.CALLER))
        for row, (channel, name) in enumerate(names.items()):
            self.results.addWidget(parts.label(name, "heading"), row, 0)
            self.results.addWidget(self.words[channel], row, 1)
            self.results.addWidget(self.plays[channel], row, 2)
            self.plays[channel].setEnabled(False)
        parts.nest(self.column, self.results)
        self.column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def enter(self) -> None:
        self.panel.look()

    def leave(self) -> None:
        self._timer.stop()
        self._runs = False
        self._forget()
        self.panel.stop()
        self.state.setText("")
        if self._picked:
            self._picked = False
            choice = self.panel.choice()
            Job(self, lambda: self._services.store_choice(choice)).on_success(
                lambda _done: self.changed.emit("sound.agent_device")
            ).on_failure(lambda _error: None).start()

    @Slot()
    def _pick(self) -> None:
        self._picked = True

    @Slot()
    def _record(self) -> None:
        if self._runs:  # not disabled meanwhile: it would lose the focus
            return
        self._runs = True
        self._forget()
        self.panel.stop()
        for channel, label in self.words.items():
            label.setText("")
            self.plays[channel].setEnabled(False)
        choice, first = self.panel.choice(), self._services.first_start()
        self.state.setText(self.tr("Opening the devices …"))
        Job(self, lambda: first.try_sound(choice)).on_success(self._recording).on_failure(self._failed).start()

    def _recording(self, trial: SoundTrial) -> None:
        if not self.isVisible():
            self._runs = False
            Job(self, trial.close).start()
            return
        self._trial, self._ticks = trial, 0
        self.panel.follow(trial)
        self._timer.start()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        trial = self._trial
        if trial is None:
            return
        self._ticks += 1
        left = trial.left_s()
        if left > 0 and self._ticks < _STUCK_TICKS:
            self.state.setText(self.tr("Please speak, and let the caller's side play something … {left}").format(
                left=f"{left:.0f}"
            ))  # fmt: skip
            return
        self._timer.stop()
        self.panel.let_go()
        if trial.fault():
            self.panel.fault.setText(trial.fault())
        self.state.setText(self.tr("Reading what was said …"))

        def read() -> Sequence[Heard]:
            trial.end()
            return trial.heard()

        Job(self, read).on_success(lambda heard: self._read(trial, heard)).on_failure(self._failed).start()

    def _read(self, trial: SoundTrial, heard: Sequence[Heard]) -> None:
        if trial is not self._trial:
            return  # the page was left meanwhile
        self._runs = False
        self.state.setText("")
        for one in heard:
            loud = self.tr("There is no sound")
            if one.loudest_db > SILENT_DB:
                loud = self.tr("too low")
            if one.loudest_db > LOW_DB:
                loud = self.tr("good loudness")
            if one.loudest_db > LOUD_DB:
                loud = self.tr("too loud")
            text = self.tr("“{text}”").format(text=one.text) if one.text else self.tr("no words recognised")
            self.words[one.channel].setText(f"{text} · {loud}")
            parts.set_role(self.words[one.channel], "good" if one.text else "doubt")
            self.plays[one.channel].setEnabled(one.loudest_db > SILENT_DB)
        self.tried.emit()

    def _failed(self, error: Exception) -> None:
        self._runs = False
        self.state.setText(str(error) if isinstance(error, Fault) else self.tr("The trial did not work."))

    def _play(self, channel: Channel) -> None:
        trial = self._trial
        if trial is not None:
            Job(self, lambda: trial.play(channel)).on_failure(self._failed).start()

    def _forget(self) -> None:
        trial, self._trial = self._trial, None
        if trial is not None:
            self.panel.let_go()
            Job(self, trial.close).start()
