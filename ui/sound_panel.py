"""Devices of a call with a meter and a sentence for each side: in the sound check, and at the first start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QRadioButton, QWidget

from audio.model import CallerSide, Channel, Device, DeviceChoice, DeviceHealth
from ui import parts
from ui.jobs import Job
from ui.ports import SoundCheck

METER_MS = 80


class SoundServices(Protocol):
    """The part of :class:`ui.ports.DeskServices` that the panel needs."""

    def devices(self) -> Sequence[Device]:
        """Return sound devices."""
        ...

    def choice(self) -> DeviceChoice:
        """Return the stored choice."""
        ...

    def start_sound_check(self, choice: DeviceChoice) -> SoundCheck:
        """Open devices for metering."""
        ...


class SoundPanel(QWidget):
    """Which microphone, where the caller's voice comes from, and whether both are heard. Never shown in a call."""

    grew = Signal()
    """A sentence became longer."""
    picked = Signal()
    """Another choice was made."""

    def __init__(self, services: SoundServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._devices: Sequence[Device] = ()
        self._check: SoundCheck | None = None
        self._filling = True
        self._round = 0
        whole = parts.column(gap=12)
        self.setLayout(whole)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        parts.nest(whole, grid)
        self.agent = QComboBox()
        self.caller = QComboBox()
        self.agent.setAccessibleName(self.tr("Your microphone"))
        self.caller.setAccessibleName(self.tr("Caller's device"))
        for combo in (self.agent, self.caller):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(20)
            combo.currentIndexChanged.connect(self._changed)
        self.meters = {
            Channel.AGENT: parts.Meter(self.tr("Loudness of your microphone"), wide=True),
            Channel.CALLER: parts.Meter(self.tr("Loudness of the caller's side"), wide=True),
        }
        self.words = {Channel.AGENT: parts.label("", "muted", wrap=True), Channel.CALLER: parts.label("", wrap=True)}
        grid.addWidget(parts.label(self.tr("Your microphone"), "heading"), 0, 0)
        grid.addWidget(self.agent, 0, 1)
        grid.addWidget(self.meters[Channel.AGENT], 1, 1)
        grid.addWidget(self.words[Channel.AGENT], 2, 1)
        grid.addWidget(parts.label(self.tr("Caller's side"), "heading"), 3, 0, Qt.AlignmentFlag.AlignTop)
        self.sides = QButtonGroup(self)
        names = {
            CallerSide.LOOPBACK: self.tr("What the PC plays"),
            CallerSide.INPUT: self.tr("A second input"),
            CallerSide.SPLIT: self.tr("One stereo device: left you, right the caller"),
        }
        modes = parts.column(gap=4)
        for side, name in names.items():
            one = QRadioButton(name)
            one.setAccessibleName(name)
            one.setProperty("side", side.value)
            self.sides.addButton(one)
            modes.addWidget(one)
        self.sides.buttonClicked.connect(self._side_changed)
        parts.nest(grid, modes, 3, 1)
        grid.addWidget(self.caller, 4, 1)
        grid.addWidget(self.meters[Channel.CALLER], 5, 1)
        grid.addWidget(self.words[Channel.CALLER], 6, 1)
        self.fault = parts.label("", "doubt", wrap=True)
        whole.addWidget(self.fault)
        self._timer = QTimer(self)
        self._timer.setInterval(METER_MS)
        self._timer.timeout.connect(self._measure)
        self._choice = services.choice()
        for button in self.sides.buttons():
            button.setChecked(button.property("side") == self._choice.caller_side.value)

    @Slot()
    def look(self) -> None:
        """Ask for the devices, newly plugged ones included."""
        self.stop()
        self.fault.setText(self.tr("Looking for devices …"))
        Job(self, self._services.devices).on_success(self._found).on_failure(self._failed).start()

    def _found(self, devices: Sequence[Device]) -> None:
        self._devices = devices
        self.fault.setText("")
        self._fill()
        self._open()

    def _fill(self) -> None:
        self._filling = True
        side = self.side()
        inputs = [d for d in self._devices if d.kind is CallerSide.INPUT]
        stereo = [d for d in inputs if d.channels >= 2]
        loops = [d for d in self._devices if d.kind is CallerSide.LOOPBACK]
        self._fill_combo(self.agent, inputs, self._choice.agent)
        shown = {CallerSide.INPUT: inputs, CallerSide.SPLIT: stereo, CallerSide.LOOPBACK: loops}[side]
        self._fill_combo(self.caller, shown, self._choice.caller)
        self.agent.setEnabled(side is not CallerSide.SPLIT)
        self._filling = False

    def _fill_combo(self, combo: QComboBox, devices: Sequence[Device], chosen: str) -> None:
        combo.clear()
        combo.addItem(self.tr("System default"), "")
        for device in devices:
            name = self.tr("{name} (default)").format(name=device.name) if device.is_default else device.name
            combo.addItem(name, device.id)
        place = combo.findData(chosen)
        if place < 0:
            combo.addItem(self.tr("{name} (not plugged in)").format(name=chosen), chosen)
            place = combo.count() - 1
        combo.setCurrentIndex(place)

    def side(self) -> CallerSide:
        """Return the chosen way to hear the caller."""
        checked = self.sides.checkedButton()
        return CallerSide(checked.property("side")) if checked else CallerSide.LOOPBACK

    def choice(self) -> DeviceChoice:
        """Return what is chosen now."""
        caller = self.caller.currentData() or ""
        agent = caller if self.side() is CallerSide.SPLIT else self.agent.currentData() or ""
        return DeviceChoice(agent=agent, caller=caller, caller_side=self.side())

    @Slot()
    def _side_changed(self) -> None:
        self._choice = self.choice()
        self._fill()
        self._open()
        self.picked.emit()

    @Slot()
    def _changed(self) -> None:
        if not self._filling:
            self._open()
            self.picked.emit()

    def _open(self) -> None:
        self.stop()
        asked, wanted = self._round, self.choice()
        job = Job(self, lambda: self._services.start_sound_check(wanted))
        job.on_success(lambda check: self._opened(asked, check)).on_failure(self._failed).start()

    def _opened(self, asked: int, check: SoundCheck) -> None:
        if asked != self._round or not self.isVisible():
            check.close()
            return
        self._follow(check)

    def follow(self, check: SoundCheck) -> None:
        """Show another check of the same devices, in place of the panel's own."""
        self.stop()
        self._follow(check)

    def let_go(self) -> None:
        """Show how it ended, and nothing any more; whoever made the check closes it."""
        self._measure()
        self._check = None
        self.stop()

    def _follow(self, check: SoundCheck) -> None:
        self._check = check
        self._timer.start()
        self._measure()

    def _failed(self, error: Exception) -> None:
        self.fault.setText(str(error) or self.tr("The devices could not be opened."))
        for channel in self.meters:
            self._say(channel, DeviceHealth.MISSING)

    @Slot()
    def _measure(self) -> None:
        if self._check is None:
            return
        for levels in self._check.levels():
            self.meters[levels.channel].set_db(levels.rms_db)
        for name, health in self._check.health().items():
            self._say(Channel(name), health)
        self.fault.setText(self._check.fault())

    def _say(self, channel: Channel, health: DeviceHealth) -> None:
        mine = channel is Channel.AGENT
        text = {
            DeviceHealth.OK: self.tr("Heard."),
            DeviceHealth.SILENT: self.tr("Nothing is heard. Check mute and volume, and speak.")
            if mine
            else self.tr("Nothing is heard. Let the caller's side play something, or choose another device."),
            DeviceHealth.MISSING: self.tr("There is no such device. Plug it in and look again."),
            DeviceHealth.UNPLUGGED: self.tr("The device was unplugged. Plug it in and look again."),
            DeviceHealth.STUCK: self.tr("The device repeats the same sound. Unplug it and plug it in again."),
        }[health]
        if text != self.words[channel].text():
            self.words[channel].setText(text)
            self.grew.emit()
        parts.set_role(self.words[channel], "good" if health is DeviceHealth.OK else "doubt")
        if health is not DeviceHealth.OK and health is not DeviceHealth.SILENT:
            self.meters[channel].set_db(-90.0)

    def stop(self) -> None:
        """Close the devices."""
        self._round += 1
        self._timer.stop()
        check, self._check = self._check, None
        if check is not None:
            check.close()
