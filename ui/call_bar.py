"""The honest bar: what the desk is doing, hears, knows and owes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QElapsedTimer, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from assist.model import REHEARSED
from audio.model import Channel, DeviceHealth
from kb.model import KbStatus
from ui import parts, theme
from ui.bar_rows import BarRows, group
from ui.bar_side import SideFact
from ui.call_view_state import CallViewState, Phase
from ui.card import origin_word
from ui.ports import DeskState
from ui.wording import clock, day

LAG_SHOWN_S = 3.0
"""Backlog from which the bar speaks of lagging."""
DISK_LOW_MB = 500


class CallBar(QFrame):
    """Every fact has its own place and words; one row, or more where one does not hold them."""

    dialled = Signal(str)
    settings_asked = Signal()
    sessions_asked = Signal()
    outbox_asked = Signal()
    holdings_asked = Signal()
    drawer_asked = Signal()
    captions_asked = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAccessibleName(self.tr("State of the desk"))
        self._state = CallViewState()
        self._elapsed = QElapsedTimer()
        self._second = QTimer(self)
        self._second.setInterval(500)
        self._second.timeout.connect(self._tick)
        self._warming: tuple[str, ...] = ()
        self._kept = ""

        self.call = parts.label(self.tr("○ No call"), "heading")
        self.source = parts.label("", "tag")
        self.ars = parts.label("", "tag")
        self._tags = group(self.source, self.ars)
        for none_yet in (self.source, self.ars, self._tags):
            none_yet.hide()
        self.kept = parts.tool("lock", self.tr("Recording and how long it is kept"))
        self.kept.setToolButtonStyle(self.kept.toolButtonStyle().ToolButtonTextBesideIcon)
        self.kept.clicked.connect(self.holdings_asked)
        self._kept_group = group(self.kept)
        self.sides = {
            Channel.CALLER: SideFact(Channel.CALLER, self.tr("Caller")),
            Channel.AGENT: SideFact(Channel.AGENT, self.tr("Counsellor")),
        }
        self.meters = {channel: side.meter for channel, side in self.sides.items()}
        self.health = {channel: side.sign for channel, side in self.sides.items()}
        self.kb = parts.label("", "small")
        self.origin_word = parts.label("", "small")
        self.unsent = parts.tool("outbox", self.tr("Open the outbox (Ctrl+O)"))
        self.unsent.setToolButtonStyle(self.unsent.toolButtonStyle().ToolButtonTextBesideIcon)
        self.unsent.clicked.connect(self.outbox_asked)
        self.lag = parts.label("", "small")
        self._lag_group = group(self.lag)
        self.alert = parts.label("", "doubt-tag")
        """Lasting facts to mind; stands on the notice line, where there is room for its words."""
        self.alert.hide()
        facts = [
            group(self.call),
            self._tags,
            self._kept_group,
            *self.sides.values(),
            group(self.kb, self.origin_word, gap=4),
            group(self.unsent),
            self._lag_group,
        ]
        self.rows = BarRows(facts, self._right_end(), self)
        self.set_dial("normal")
        self.fit()

    def _right_end(self) -> QWidget:
        self.dial = QButtonGroup(self)
        self._dials = QWidget()
        row = parts.row(gap=0)
        self._dials.setLayout(row)
        self.dial_menu = parts.tool("", self.tr("Offer answers"), kind="", text=" ")
        self.dial_menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Offer answers"))
        self.dial_menu.setMenu(menu)
        self._dial_names = {"quiet": self.tr("Quiet"), "normal": self.tr("Normal"), "active": self.tr("Active")}
        for key, name in self._dial_names.items():
            one = parts.button(name, kind="quiet", name=self.tr("Offer answers: {how}").format(how=name))
            one.setCheckable(True)
            one.setProperty("dial", key)
            one.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self.dial.addButton(one)
            row.addWidget(one)
            menu.addAction(name, partial(self.dialled.emit, key))
        self.dial.buttonClicked.connect(lambda b: self.dialled.emit(b.property("dial")))
        self.drawer = parts.tool("practice", self.tr("Conversation (Ctrl+T)"))
        self.drawer.setCheckable(True)
        self.drawer.clicked.connect(self.drawer_asked)
        self.hang_up = parts.tool("hang_up", self.tr("End the call (F9)"))
        self.hang_up.clicked.connect(self.ended)
        self.whole = parts.tool("back", self.tr("The whole desk again (Ctrl+F11)"))
        self.whole.clicked.connect(self.captions_asked)
        self.sessions = parts.tool("history", self.tr("Saved calls (Ctrl+H)"))
        self.sessions.clicked.connect(self.sessions_asked)
        self.settings = parts.tool("settings", self.tr("Settings (Ctrl+,)"))
        self.settings.clicked.connect(self.settings_asked)
        self.profile = parts.tool("person", self.tr("Profile"))
        for none_yet in (self.hang_up, self.whole, self.drawer, self.profile):
            none_yet.hide()
        ways = (self.hang_up, self.whole, self.drawer, self.sessions, self.settings, self.profile)
        return group(self._dials, self.dial_menu, *ways, gap=4)

    # -- room -----------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Find room for every fact: a shorter one first, then a further row; nothing is cut."""
        self._kept_group.setVisible(self._is_recorded())
        self._reserve()
        origin = bool(self.origin_word.text())
        for short in (0, 1, 2):
            self.origin_word.setVisible(origin and not short)
            self._dials.setVisible(short < 2)
            self.dial_menu.setVisible(short == 2)
            self._settle()
            if len(self.rows.rows(self.width())) == 1:
                break
        else:
            count = len(self.rows.rows(self.width()))
            for shown in (origin, False):  # where it would cost a row its place is the tooltip alone
                self.origin_word.setVisible(shown)
                self._settle()
                if len(self.rows.rows(self.width())) == count:
                    break
        height = self.rows.height_for(self.width())
        self.setFixedHeight(height + 1)
        self.rows.setGeometry(0, 0, self.width(), height)
        self.rows.place()

    def _settle(self) -> None:
        """Have hidden and shown words counted at once."""
        for one in self.rows.findChildren(QWidget):
            if (inside := one.layout()) is not None:
                inside.invalidate()

    def _reserve(self) -> None:
        """Keep room for the widest everyday words, so that no fact moves another."""
        metrics = self.call.fontMetrics()
        self.call.setMinimumWidth(
            max(metrics.horizontalAdvance(text.format(time="00:00")) for text in self._call_texts()) + 4
        )
        for side in self.sides.values():
            side.reserve()
        words = self.tr("Lagging {seconds} s").format(seconds=88)
        room = QFontMetrics(theme.current().font(13)).horizontalAdvance(words) + 20
        self._lag_group.setProperty("reserved", max(room, self.lag.sizeHint().width() if self._warming else 0))

    def _call_texts(self) -> tuple[str, str, str, str]:
        return (
            self.tr("● In call {time}"),
            self.tr("‖ Paused {time}"),
            self.tr("‖ On hold {time}"),
            self.tr("○ Call ended {time}"),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(320, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != self.rows.width():
            self.fit()

    # -- facts that are not events --------------------------------------------------------------------

    def show_profile(self, name: str, menu: QMenu) -> None:
        """Show whose desk it is; the button opens ``menu``."""
        self.profile.setToolTip(name)
        self.profile.setAccessibleName(self.tr("Profile: {name}").format(name=name))
        self.profile.setMenu(menu)
        self.profile.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.profile.show()
        self.fit()

    def show_drawer(self, is_there: bool, is_open: bool) -> None:
        """Offer the conversation where it is a drawer."""
        self.drawer.setChecked(is_open)
        if self.drawer.isHidden() is is_there:
            self.drawer.setVisible(is_there)
            self.fit()

    def show_captions(self, captions: bool) -> None:
        """Where only captions are shown, offer here what stands elsewhere on the whole desk."""
        if self.whole.isHidden() is captions:
            self.whole.setVisible(captions)
            self.fit()

    def show_hang_up(self, wanted: bool) -> None:
        """Offer here the end of the call where the record may be out of view."""
        if self.hang_up.isHidden() is wanted:
            self.hang_up.setVisible(wanted)
            self.fit()

    def set_dial(self, dial: str) -> None:
        """Show which way answers are offered."""
        for one in self.dial.buttons():
            one.setChecked(one.property("dial") == dial)
        name = self._dial_names.get(dial, dial)
        self.dial_menu.setText(name)
        self.dial_menu.setAccessibleName(self.tr("Offer answers: {how}").format(how=name))

    def show_desk(self, state: DeskState) -> None:
        """Show facts that are not events."""
        before = self._shape()
        self._warming = state.warming
        self._show_kb(state)
        days = self.tr("Recorded · {days} days").format(days=state.kept_days)
        self.show_kept(self.tr("Recorded · until the shift ends") if state.kept_shift else days)
        text = self.tr("Unsent {count} (no team key)") if state.unsent_no_key else self.tr("Unsent {count}")
        text = text.format(count=state.unsent + state.unsent_records)
        self.unsent.setText(text)
        whole = self.tr("{text}: evidence {packs}, records {records}. Opens the outbox (Ctrl+O).").format(
            text=text, packs=state.unsent, records=state.unsent_records
        )
        self.unsent.setAccessibleName(whole)
        self.unsent.setToolTip(whole)
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
        if self._shape() != before:
            self.fit()

    def _shape(self) -> tuple[str, ...]:
        """What the room of the facts depends on."""
        return self.kb.text(), self.origin_word.text(), self.unsent.text(), self.lag.text(), self.kept.text()

    def _show_kb(self, state: DeskState) -> None:
        kb = state.kb
        parts.set_role(self.kb, "doubt-tag" if kb.stale or state.kb_fault else "small")
        self.origin_word.setText("")
        if kb.generation or kb.articles:
            text = self.tr("DB {date} not current") if kb.stale else self.tr("DB {date}")
            self.kb.setText(text.format(date=day(kb.built_at)))
            self.origin_word.setText(f"· {self.origin(kb)}")
        elif state.kb_fault:
            self.kb.setText(self.tr("DB could not be opened"))
        else:
            self.kb.setText(self.tr("DB opening …"))
        tip = self.tr("{count} entries, newest update {date}, file {file}")
        tip = tip.format(count=kb.articles, date=kb.newest_update or "–", file=kb.source or "–")
        self.kb.setToolTip(state.kb_fault or f"{tip} · {self.origin(kb)}")

    def origin(self, kb: KbStatus) -> str:
        """Return the word for where the DB came from."""
        return origin_word(kb.origin)

    def show_kept(self, text: str = "") -> None:
        """Say how long the sound of this call is kept, or that none is recorded just now."""
        self._kept = text or self._kept
        text = self.tr("Not recording") if self._state.held else self._kept
        self.kept.setText(text)
        name = self.tr("{text}. Opens what this PC keeps.").format(text=text)
        self.kept.setAccessibleName(name)
        self.kept.setToolTip(name)

    def _is_recorded(self) -> bool:
        """Whether this call is being recorded, or would be but for the hold: a practice call has no sound."""
        return self._state.phase is Phase.LIVE and self._state.source not in REHEARSED and bool(self._kept)

    # -- the call -------------------------------------------------------------------------------------

    def show_call(self, state: CallViewState, *, began: bool = False) -> None:
        """Follow the call."""
        self._state = state
        if began:
            self._elapsed.start()
        self.hang_up.setEnabled(is_live := state.phase is Phase.LIVE)
        if is_live:
            self._second.start()
        else:
            self._second.stop()
            for meter in self.meters.values():
                meter.set_db(meter.FLOOR_DB)
        names = {"practice": self.tr("Practice"), "exercise": self.tr("Exercise"), "file": self.tr("Recording")}
        self.source.setVisible(state.source in names and state.phase is not Phase.IDLE)
        self.source.setText(names.get(state.source, ""))
        self.ars.setVisible(bool(state.ars) and state.phase is not Phase.IDLE)
        self.ars.setText(self.tr("ARS {menu}").format(menu=state.ars[-1] if state.ars else ""))
        self._tags.setHidden(self.source.isHidden() and self.ars.isHidden())
        path = self.tr("The caller chose in the menus: {path}").format(path=" › ".join(state.ars))
        self.ars.setToolTip(path)
        self.ars.setAccessibleName(path)
        self.show_kept()
        self._tick()
        self.show_health()
        self.fit()

    def show_levels(self) -> None:
        """Follow the loudness."""
        if self._state.phase is not Phase.LIVE:
            return
        for channel, levels in self._state.levels.items():
            self.meters[channel].set_db(levels.rms_db)

    def show_health(self) -> None:
        """Say which side is not heard."""
        for channel, side in self.sides.items():
            side.show_health(self._health(channel), live=self._state.phase is Phase.LIVE)
        self.rows.place()

    def _health(self, channel: Channel) -> DeviceHealth:
        return self._state.health.get(channel, DeviceHealth.OK)

    def sentence(self, channel: Channel, health: DeviceHealth) -> str:
        """Return what to do about a side that is not heard; empty where it is."""
        return self.sides[channel].sentence(health)

    def troubles(self) -> dict[Channel, str]:
        """Return the sentence for each side: empty where it is heard or no call runs."""
        live = self._state.phase is Phase.LIVE
        return {channel: self.sentence(channel, self._health(channel)) if live else "" for channel in self.sides}

    def show_lag(self) -> None:
        """Follow the backlog of recognition."""
        self._show_lag()
        self.rows.place()

    def _show_lag(self) -> None:
        state, waits = self._state, self.waits_for()
        role, how = "small", ""
        if waits:
            role, text = "tag", self.tr("Getting ready: {parts}").format(parts=waits)
        elif state.phase is not Phase.LIVE or state.held:
            text = self.tr("Recognition at rest")
        elif state.lag_s >= LAG_SHOWN_S or state.lag_step:
            role, text = "doubt-tag", self.tr("Lagging {seconds} s").format(seconds=round(state.lag_s))
            how = self.cut_back(state.lag_step)
        else:
            text = self.tr("Recognition {seconds} s").format(seconds=f"{state.lag_s:.1f}")
        parts.set_role(self.lag, role)
        whole = f"{text} · {how}" if how else text
        if whole != self.lag.toolTip():
            self.lag.setToolTip(whole)
            self.lag.setAccessibleName(whole)
            self.lag.setText(whole)
            self.rows.place()
            if how and self.lag.sizeHint().width() > self._lag_group.width():
                self.lag.setText(text)  # what is cut back stays in the tooltip where the bar has no room for it

    def waits_for(self) -> str:
        """Return in words what is still being loaded; empty once everything is warm."""
        names = {"speech": self.tr("recognition"), "language": self.tr("search by meaning")}
        return ", ".join(names[one] for one in self._warming if one in names)

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
        running, paused, held, ended = self._call_texts()
        role = "heading"
        if state.phase is Phase.LIVE:
            seconds = max(state.last_s, self._elapsed.elapsed() / 1000 if self._elapsed.isValid() else 0.0)
            text = (held if state.held else paused if state.paused else running).format(time=clock(seconds))
            role = "doubt" if state.paused or state.held else "heading"
        elif state.phase is Phase.WRAP_UP:
            text = ended.format(time=clock(state.duration_s))
        else:
            text = self.tr("○ No call")
        if text != self.call.text():
            self.call.setText(text)
        parts.set_role(self.call, role)
        self.show_lag()
