"""The honest bar: what the desk is doing, hears, knows and owes."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QWidget

from audio.model import Channel, DeviceHealth
from kb.model import KbStatus
from ui import parts, theme
from ui.call_view_state import CallViewState, Phase
from ui.ports import DeskState
from ui.wording import clock, day

LAG_SHOWN_S = 3.0
"""Backlog from which the bar speaks of lagging."""
DISK_LOW_MB = 500


class CallBar(QFrame):
    """One row; every fact has its own place and words."""

    dialled = Signal(str)
    settings_asked = Signal()
    sessions_asked = Signal()
    outbox_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAccessibleName(self.tr("State of the desk"))
        self.setFixedHeight(theme.current().px(48))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 0, 8, 0)
        self._line.setSpacing(12)
        self._state = CallViewState()
        self._elapsed = QElapsedTimer()
        self._second = QTimer(self)
        self._second.setInterval(500)
        self._second.timeout.connect(self._tick)

        self.call = parts.label(self.tr("○ No call"), "heading")
        self.source = parts.label("", "tag")
        self.source.hide()
        self.meters: dict[Channel, parts.Meter] = {}
        self.health: dict[Channel, QLabel] = {}
        self._line.addWidget(self.call)
        self._line.addWidget(self.source, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rule()
        sides = ((Channel.CALLER, self.tr("Caller")), (Channel.AGENT, self.tr("Counsellor")))
        for channel, name in sides:
            self._line.addWidget(parts.label(name, "small"))
            self.meters[channel] = parts.Meter(self.tr("Loudness: {side}").format(side=name))
            self._line.addWidget(self.meters[channel])
            self.health[channel] = parts.label("", "doubt-tag")
            self.health[channel].hide()
            self._line.addWidget(self.health[channel], 0, Qt.AlignmentFlag.AlignVCenter)
        self._rule()
        self.lag = parts.label("", "small")
        self._line.addWidget(self.lag, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rule()
        self.kb = parts.label("", "small")
        self._line.addWidget(self.kb)
        self._rule()
        self.unsent = parts.tool("outbox", self.tr("Open the outbox (Ctrl+O)"))
        self.unsent.setToolButtonStyle(self.unsent.toolButtonStyle().ToolButtonTextBesideIcon)
        self.unsent.clicked.connect(self.outbox_asked)
        self._line.addWidget(self.unsent)
        self.alert = parts.label("", "doubt-tag")
        """Lasting facts to mind; stands on the notice line, where there is room for its words."""
        self.alert.hide()
        self._line.addStretch(1)
        self.dial = QButtonGroup(self)
        names = (("quiet", self.tr("Quiet")), ("normal", self.tr("Normal")), ("active", self.tr("Active")))
        dial_row = QHBoxLayout()
        dial_row.setSpacing(0)
        for key, name in names:
            one = parts.button(name, kind="quiet", name=self.tr("Offer answers: {how}").format(how=name))
            one.setCheckable(True)
            one.setProperty("dial", key)
            self.dial.addButton(one)
            dial_row.addWidget(one)
        self.dial.buttonClicked.connect(lambda b: self.dialled.emit(b.property("dial")))
        self._line.addLayout(dial_row)
        self.sessions = parts.tool("history", self.tr("Saved calls (Ctrl+H)"))
        self.sessions.clicked.connect(self.sessions_asked)
        self.settings = parts.tool("settings", self.tr("Settings (Ctrl+,)"))
        self.settings.clicked.connect(self.settings_asked)
        self._line.addWidget(self.sessions)
        self._line.addWidget(self.settings)
        self.set_dial("normal")

    def _rule(self) -> None:
        rule = parts.frame("upright")
        rule.setFixedHeight(20)
        self._line.addWidget(rule)

    def set_dial(self, dial: str) -> None:
        """Show which way answers are offered."""
        for one in self.dial.buttons():
            one.setChecked(one.property("dial") == dial)

    def show_desk(self, state: DeskState) -> None:
        """Show facts that are not events."""
        kb = state.kb
        if kb.generation or kb.articles:
            self.kb.setText(self.tr("DB {date} · {origin}").format(date=day(kb.built_at), origin=self.origin(kb)))
        else:
            self.kb.setText(self.tr("No DB"))
        tip = self.tr("{count} entries, newest update {date}, file {file}")
        self.kb.setToolTip(tip.format(count=kb.articles, date=kb.newest_update or "–", file=kb.source or "–"))
        text = self.tr("Unsent {count}").format(count=state.unsent)
        if state.unsent_no_key:
            text = self.tr("Unsent {count} (no team key)").format(count=state.unsent)
        self.unsent.setText(text)
        self.unsent.setAccessibleName(text)
        alerts = []
        if not state.models_ready:
            alerts.append(self.tr("Model warming"))
        if state.key_mode == "file":
            alerts.append(self.tr("Key in a file"))
        if state.disk_free_mb < DISK_LOW_MB:
            alerts.append(self.tr("Disk low"))
        self.alert.setText(" · ".join(alerts))
        self.alert.setVisible(bool(alerts))
        self._show_lag()

    def origin(self, kb: KbStatus) -> str:
        """Return the word for where the DB came from."""
        names = {"sample": self.tr("example"), "local": self.tr("local"), "release": self.tr("release")}
        return names.get(kb.origin, kb.origin)

    def show_call(self, state: CallViewState, *, began: bool = False) -> None:
        """Follow the call."""
        self._state = state
        if began:
            self._elapsed.start()
        if state.phase is Phase.LIVE:
            self._second.start()
        else:
            self._second.stop()
            for meter in self.meters.values():
                meter.set_db(meter.FLOOR_DB)
        names = {"practice": self.tr("Practice"), "file": self.tr("Recording")}
        self.source.setVisible(state.source in names and state.phase is not Phase.IDLE)
        self.source.setText(names.get(state.source, ""))
        self._tick()
        self.show_health()

    def show_levels(self) -> None:
        """Follow the loudness."""
        if self._state.phase is not Phase.LIVE:
            return
        for channel, levels in self._state.levels.items():
            self.meters[channel].set_db(levels.rms_db)

    def show_health(self) -> None:
        """Say which side is not heard."""
        live = self._state.phase is Phase.LIVE
        for channel, sign in self.health.items():
            health = self._state.health.get(channel, DeviceHealth.OK)
            words = {
                DeviceHealth.SILENT: self.tr("silent"),
                DeviceHealth.MISSING: self.tr("no device"),
                DeviceHealth.UNPLUGGED: self.tr("unplugged"),
            }
            sign.setText(words.get(health, ""))
            unheard = live and health is not DeviceHealth.OK
            sign.setVisible(unheard)
            self.meters[channel].setVisible(not unheard)

    def show_lag(self) -> None:
        """Follow the backlog of recognition."""
        self._show_lag()

    def _show_lag(self) -> None:
        state = self._state
        if state.phase is not Phase.LIVE:
            self.lag.setText(self.tr("Recognition at rest"))
            parts.set_role(self.lag, "small")
        elif state.lag_s >= LAG_SHOWN_S:
            parts.set_role(self.lag, "doubt-tag")
            self.lag.setText(self.tr("Lagging {seconds} s").format(seconds=round(state.lag_s)))
        else:
            self.lag.setText(self.tr("Recognition {seconds} s").format(seconds=f"{state.lag_s:.1f}"))
            parts.set_role(self.lag, "small")

    @Slot()
    def _tick(self) -> None:
        state = self._state
        if state.phase is Phase.LIVE:
            seconds = max(state.last_s, self._elapsed.elapsed() / 1000 if self._elapsed.isValid() else 0.0)
            text = self.tr("‖ Paused {time}") if state.paused else self.tr("● In call {time}")
            text = text.format(time=clock(seconds))
            role = "doubt" if state.paused else "heading"
        elif state.phase is Phase.WRAP_UP:
            text, role = self.tr("○ Call ended {time}").format(time=clock(state.duration_s)), "heading"
        else:
            text, role = self.tr("○ No call"), "heading"
        if text != self.call.text():
            self.call.setText(text)
        parts.set_role(self.call, role)
        self._show_lag()
