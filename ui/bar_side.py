"""One side of the call in the bar: how loud it is, or that it is not heard."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from audio.model import Channel, DeviceHealth
from ui import icons, parts, theme


class SideFact(QWidget):
    """Name, and a meter or a sign in the same place: neither moves its neighbours."""

    def __init__(self, channel: Channel, name: str) -> None:
        super().__init__()
        self._channel = channel
        line = parts.row(gap=8)
        self.setLayout(line)
        self.name = parts.label(name, "small")
        self.meter = parts.Meter(self.tr("Loudness: {side}").format(side=name))
        self.sign = parts.tool("warning", "", kind="doubt", text=" ")
        icons.put(self.sign, "warning", "doubt")
        self.sign.hide()
        for one in (self.name, self.meter, self.sign):
            line.addWidget(one)
        line.addStretch(1)

    def reserve(self) -> None:
        """Keep room for the longest word."""
        look = theme.current()
        metrics = QFontMetrics(look.font(13))
        sign = max(metrics.horizontalAdvance(self.word(health)) for health in DeviceHealth) + look.px(22) + 26
        width = self.name.sizeHint().width() + 8 + max(sign, self.meter.sizeHint().width())
        self.setProperty("reserved", width)

    def show_health(self, health: DeviceHealth, *, live: bool) -> None:
        """Say whether the side is heard."""
        unheard = live and health is not DeviceHealth.OK
        self.sign.setText(self.word(health) or " ")
        self.sign.setToolTip(self.sentence(health))
        self.sign.setAccessibleName(self.sentence(health))
        self.sign.setVisible(unheard)
        self.meter.setVisible(not unheard)

    def word(self, health: DeviceHealth) -> str:
        """Return the state in a word; empty where the side is heard."""
        words = {
            DeviceHealth.SILENT: self.tr("silent"),
            DeviceHealth.MISSING: self.tr("no device"),
            DeviceHealth.UNPLUGGED: self.tr("unplugged"),
            DeviceHealth.STUCK: self.tr("stuck"),
        }
        return words.get(health, "")

    def sentence(self, health: DeviceHealth) -> str:
        """Return what to do about a side that is not heard; empty where it is."""
        if health is DeviceHealth.OK:
            return ""
        caller = self._channel is Channel.CALLER
        return {
            DeviceHealth.SILENT: self.tr("The caller's side is silent. Check the device and its volume.")
            if caller
            else self.tr("Your microphone is silent. Check mute and volume."),
            DeviceHealth.MISSING: self.tr("The caller's device is missing. Plug it in again.")
            if caller
            else self.tr("Your microphone is missing. Plug it in again."),
            DeviceHealth.UNPLUGGED: self.tr("The caller's device was unplugged. Plug it in again.")
            if caller
            else self.tr("Your microphone was unplugged. Plug it in again."),
            DeviceHealth.STUCK: self.tr("The caller's device is stuck. If it stays so, plug it in again.")
            if caller
            else self.tr("Your microphone is stuck. If it stays so, plug it in again."),
        }[health]
