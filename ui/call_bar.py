"""The honest bar: what the desk is doing, hears, knows and owes."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from audio.model import Channel, DeviceHealth
from kb.model import KbStatus
from ui import icons, parts, theme
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
    holdings_asked = Signal()

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
        self.health: dict[Channel, QToolButton] = {}
        self._optional: list[QWidget] = []
        """What gives way first where the row is too narrow for all."""
        self._line.addWidget(self.call)
        self._line.addWidget(self.source, 0, Qt.AlignmentFlag.AlignVCenter)
        self.kept = parts.tool("lock", self.tr("Recording and how long it is kept"))
        self.kept.setToolButtonStyle(self.kept.toolButtonStyle().ToolButtonTextBesideIcon)
        self.kept.clicked.connect(self.holdings_asked)
        self.kept.hide()
        self._kept = ""
        self._line.addWidget(self.kept, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rule()
        sides = ((Channel.CALLER, self.tr("Caller")), (Channel.AGENT, self.tr("Counsellor")))
        for channel, name in sides:
            self._line.addWidget(parts.label(name, "small"))
            self.meters[channel] = parts.Meter(self.tr("Loudness: {side}").format(side=name))
            self._line.addWidget(self.meters[channel])
            sign = self.health[channel] = parts.tool("warning", "", kind="doubt", text=" ")
            icons.put(sign, "warning", "doubt")
            sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            sign.hide()
            self._line.addWidget(self.health[channel], 0, Qt.AlignmentFlag.AlignVCenter)
        self._lag_rule = self._rule()
        self.lag = parts.label("", "small")
        self._line.addWidget(self.lag, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rule()
        self.kb = parts.label("", "small")
        self.origin_word = parts.label("", "small")
        db = parts.row(gap=4)
        db.addWidget(self.kb, 0, Qt.AlignmentFlag.AlignVCenter)
        db.addWidget(self.origin_word)
        self._line.addLayout(db)
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
        self._dials = QWidget()
        dial_row = QHBoxLayout(self._dials)
        dial_row.setContentsMargins(0, 0, 0, 0)
        dial_row.setSpacing(0)
        for key, name in names:
            one = parts.button(name, kind="quiet", name=self.tr("Offer answers: {how}").format(how=name))
            one.setCheckable(True)
            one.setProperty("dial", key)
            one.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self.dial.addButton(one)
            dial_row.addWidget(one)
        self.dial.buttonClicked.connect(lambda b: self.dialled.emit(b.property("dial")))
        self._line.addWidget(self._dials)
        self.sessions = parts.tool("history", self.tr("Saved calls (Ctrl+H)"))
        self.sessions.clicked.connect(self.sessions_asked)
        self.settings = parts.tool("settings", self.tr("Settings (Ctrl+,)"))
        self.settings.clicked.connect(self.settings_asked)
        self.profile = parts.tool("person", self.tr("Profile"))
        self.profile.hide()
        self._line.addWidget(self.sessions)
        self._line.addWidget(self.settings)
        self._line.addWidget(self.profile)
        self._optional = [self.origin_word, self._dials, self.lag, self.kb, self.kept]
        self.set_dial("normal")

    def _rule(self) -> QFrame:
        rule = parts.frame("upright")
        rule.setFixedHeight(20)
        self._line.addWidget(rule)
        return rule

    def fit(self) -> None:
        """Let go of the least needed facts where the row is too narrow for all; nothing is ever cut."""
        calm = self.lag.property("role") == "small"
        for one in self._optional:
            one.setVisible(one is not self.kept or self._is_recorded())
        self._line.activate()
        for one in self._optional:
            if self._line.minimumSize().width() <= self.width():
                break
            one.setVisible(one is self.lag and not calm)
            self._line.activate()
        self._lag_rule.setVisible(not self.lag.isHidden())

    def minimumSizeHint(self) -> QSize:
        return QSize(320, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def show_profile(self, name: str, menu: QMenu) -> None:
        """Show whose desk it is; the button opens ``menu``."""
        self.profile.setToolTip(name)
        self.profile.setAccessibleName(self.tr("Profile: {name}").format(name=name))
        self.profile.setMenu(menu)
        self.profile.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.profile.show()
        self.fit()

    def set_dial(self, dial: str) -> None:
        """Show which way answers are offered."""
        for one in self.dial.buttons():
            one.setChecked(one.property("dial") == dial)

    def show_desk(self, state: DeskState) -> None:
        """Show facts that are not events."""
        kb = state.kb
        stale = kb.stale
        parts.set_role(self.kb, "doubt-tag" if stale else "small")
        if kb.generation or kb.articles:
            text = self.tr("DB {date} not current") if stale else self.tr("DB {date}")
            self.kb.setText(text.format(date=day(kb.built_at)))
            self.origin_word.setText(f"· {self.origin(kb)}")
        else:
            self.kb.setText(self.tr("DB opening …"))
            self.origin_word.setText("")
        tip = self.tr("{count} entries, newest update {date}, file {file}")
        self.kb.setToolTip(tip.format(count=kb.articles, date=kb.newest_update or "–", file=kb.source or "–"))
        days = self.tr("Recorded · {days} days").format(days=state.kept_days)
        self.show_kept(self.tr("Recorded · until the shift ends") if state.kept_shift else days)
        text = self.tr("Unsent {count}").format(count=state.unsent)
        if state.unsent_no_key:
            text = self.tr("Unsent {count} (no team key)").format(count=state.unsent)
        self.unsent.setText(text)
        self.unsent.setAccessibleName(text)
        alerts = []
        if not state.models_ready:
            alerts.append(self.tr("No speech model"))
        if state.key_mode == "file":
            alerts.append(self.tr("Key in a file"))
        if state.disk_free_mb < DISK_LOW_MB:
            alerts.append(self.tr("Disk low"))
        self.alert.setText(" · ".join(alerts))
        self.alert.setVisible(bool(alerts))
        self._show_lag()
        self.fit()

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

    def show_kept(self, text: str) -> None:
        """Say how long the sound of this call is kept."""
        self._kept = text
        self.kept.setText(text)
        name = self.tr("{text}. Opens what this PC keeps.").format(text=text)
        self.kept.setAccessibleName(name)
        self.kept.setToolTip(name)
        if self.kept.isHidden() is self._is_recorded():
            self.fit()

    def _is_recorded(self) -> bool:
        """Whether this call's sound is kept: a practice call has none."""
        return self._state.phase is not Phase.IDLE and self._state.source != "practice" and bool(self._kept)

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
                DeviceHealth.STUCK: self.tr("stuck"),
            }
            sign.setText(words.get(health, " "))
            sign.setToolTip(self.sentence(channel, health))
            sign.setAccessibleName(self.sentence(channel, health))
            unheard = live and health is not DeviceHealth.OK
            sign.setVisible(unheard)
            self.meters[channel].setVisible(not unheard)
        self.fit()

    def sentence(self, channel: Channel, health: DeviceHealth) -> str:
        """Return what to do about a side that is not heard; empty where it is."""
        if health is DeviceHealth.OK:
            return ""
        caller = channel is Channel.CALLER
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

    def troubles(self) -> dict[Channel, str]:
        """Return the sentence for each side: empty where it is heard or no call runs."""
        live = self._state.phase is Phase.LIVE
        return {
            channel: self.sentence(channel, self._state.health.get(channel, DeviceHealth.OK)) if live else ""
            for channel in self.health
        }

    def show_lag(self) -> None:
        """Follow the backlog of recognition."""
        before = self.lag.property("role")
        self._show_lag()
        if self.lag.property("role") != before or self._line.minimumSize().width() > self.width():
            self.fit()

    def _show_lag(self) -> None:
        state = self._state
        if state.phase is not Phase.LIVE:
            self.lag.setText(self.tr("Recognition at rest"))
            parts.set_role(self.lag, "small")
        elif state.lag_s >= LAG_SHOWN_S or state.lag_step:
            parts.set_role(self.lag, "doubt-tag")
            text = self.tr("Lagging {seconds} s").format(seconds=round(state.lag_s))
            how = self.cut_back(state.lag_step)
            self.lag.setText(f"{text} · {how}" if how else text)
        else:
            self.lag.setText(self.tr("Recognition {seconds} s").format(seconds=f"{state.lag_s:.1f}"))
            parts.set_role(self.lag, "small")

    def cut_back(self, step: int) -> str:
        """Return what recognition leaves out to catch up."""
        words = (
            "",
            self.tr("finished lines only"),
            self.tr("quick recognition"),
            self.tr("small model"),
            self.tr("counsellor later"),
        )
        return words[min(step, len(words) - 1)]

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
        self.show_lag()
