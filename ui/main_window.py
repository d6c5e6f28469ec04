"""The main window: bar, call or start panel, notice line; keys and events find their way here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from assist.events import (
    CallEnded,
    CallStarted,
    DeliveryChanged,
    EscalationRaised,
    RecordDelivered,
)
from audio.events import CallEvent, TranscriptFinal
from audio.model import DeviceChoice
from resources.notices import Fault
from ui.actions import written
from ui.announcer import Announcer
from ui.bridge import Bridge, Subscribe
from ui.call_bar import CallBar
from ui.call_ports import CallControl
from ui.call_view import CallView
from ui.call_view_state import CallViewState, Part, Phase
from ui.care_desk import CareDesk
from ui.care_ports import Care
from ui.desk_layouts import DeskLayouts
from ui.disk_state import DiskState
from ui.hearing import Hearing
from ui.key_bindings import bind_keys
from ui.layouts import WindowPlaces
from ui.line_words import LineWords
from ui.notices import NoticeLine
from ui.palette import Palette
from ui.ports import DeskServices, SystemKey
from ui.preference_ports import Preferences, PreferenceStore
from ui.preferred_window import PreferredWindow
from ui.press import Press
from ui.searching import Searching
from ui.start_panel import StartPanel
from ui.tour import Tour
from ui.tour_steps import DONE
from ui.tts import PracticeVoice

STATE_MS = 5000
OPENING_MS = 500
"""While the counselling DB is being opened the bar looks more often."""


class MainWindow(PreferredWindow):
    """Assembles the desk. Views stay dumb: events go through the state, wishes through the ports."""

    def __init__(
        self,
        control: CallControl,
        services: DeskServices,
        subscribe: Subscribe,
        preferences: PreferenceStore | None = None,
        care: Care | None = None,
        system_key: SystemKey | None = None,
        places: WindowPlaces | None = None,
    ) -> None:
        super().__init__(services)
        self.system_key = system_key
        self._control = control
        self._store = preferences
        self.preferences = preferences.load() if preferences else Preferences()
        self.state = CallViewState()
        self.ready = True
        self._leaving = False
        self.finder: Palette | None = None
        self._generation = 0
        """Generation of the DB whose changes were looked at."""
        self.voice = PracticeVoice(self)
        self.setWindowTitle(self.tr("Counsellor's desk"))
        self.setAccessibleName(self.tr("Counsellor's desk"))
        self.bar = CallBar()
        self.start = StartPanel()
        self.call = CallView(services.situations())
        self.call.record.help = services.record_help
        self.call.record.format_chosen.connect(services.keep_copy_format)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.call)
        self.notices = NoticeLine()
        self.disk = DiskState(self.notices)
        self.told = LineWords(self)
        self.notices.add_fact(self.bar.alert)
        self.care = CareDesk(care, self.stack, self.notices, self.tell_fault, self)
        whole = self.whole = QWidget()
        """What the window shows; the lock lays itself over it."""
        whole.setObjectName("window")
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.exercise_room)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.care.foot)
        self.setCentralWidget(whole)

        self._connect()
        self.searching = Searching(self.call.answers, services, self.tell_fault)
        self.hearing = Hearing(self, lambda wish: self._do(lambda: wish(control)))
        self.press = Press(self, lambda wish: self._do(lambda: wish(control)), system_key)
        self.tour = Tour(self, lambda wish: self._do(lambda: wish(control)))
        self.layouts = DeskLayouts(self, places)
        self.registry = bind_keys(self)
        self.call.record.keys_of = lambda action: written(self.registry.keys(action))
        self.layouts.apply()
        self.bridge = Bridge(subscribe, self)
        self.bridge.batch.connect(self.take)
        self.announcer = Announcer(self, services.choice)
        self.bridge.batch.connect(self.announcer.take)
        self._clock = QTimer(self)
        self._clock.setInterval(STATE_MS)
        self._clock.timeout.connect(self.refresh_desk)
        self._clock.start()
        self._dial(self.preferences.dial)
        self.refresh_desk()
        self._fill_start()
        self.start.focus_first()

    # -- events in ------------------------------------------------------------------------------------

    @Slot(object)
    def take(self, events: tuple[CallEvent, ...]) -> None:
        """Take a batch of events and repaint what they changed, once."""
        changed: set[Part] = set()
        for event in events:
            if isinstance(event, CallStarted):
                self._begin(event)
                changed = set(Part)
                continue
            changed |= self.state.apply(event)
            self.told.take(event)
            if isinstance(event, TranscriptFinal):
                if self.state.source == "practice" and self.preferences.speak_practice:
                    self.voice.say(event.text)
            elif isinstance(event, CallEnded):
                self.voice.stop()
        self.care.take(events)
        if not changed:
            return
        self.call.refresh(changed)
        if Part.RECORD in changed:
            self.layouts.follow_wrap_up()
        if Part.CALL in changed:
            self.bar.show_call(self.state)
        if changed & {Part.CALL, Part.LANGUAGE}:
            self.hearing.show_language()
        if Part.LEVELS in changed:
            self.bar.show_levels()
        if Part.LAG in changed:
            self.bar.show_lag()
        if Part.HEALTH in changed:
            self.bar.show_health()
        if changed & {Part.HEALTH, Part.CALL}:
            self.told.stand()
        self.press.follow(changed)
        if any(isinstance(event, EscalationRaised | DeliveryChanged | RecordDelivered | CallEnded) for event in events):
            self.refresh_desk()
            if self.outbox is not None and self.outbox.isVisible():
                self.outbox.look()

    def _begin(self, event: CallStarted) -> None:
        self.state = CallViewState()
        self.state.apply(event)
        self.call.begin(self.state)
        self.told.call_began()
        if self.sound_check is not None:
            # It holds the devices the call needs, and nothing may lie over the text.
            self.sound_check.reject()
        if self.first_start is not None:
            self.first_start.give_way()
        self._leave(self.start)
        self.stack.setCurrentWidget(self.call)
        self.bar.show_call(self.state, began=True)
        self.voice.stop()

    def _leave(self, page: QWidget) -> None:
        """Let go of a focus in a page that hides, or Qt would put it into whatever comes next."""
        focus = self.focusWidget()
        if focus is not None and page.isAncestorOf(focus):
            focus.clearFocus()

    @property
    def between_calls(self) -> bool:
        return self.state.phase is Phase.IDLE

    def choice_made(self, choice: DeviceChoice) -> None:
        self.start.show_choice(choice)

    def open_report(self, session_id: str) -> None:
        self.care.open_report_of(session_id)

    def tell_missing_guide(self) -> None:
        self.notices.say(self.tr("This installation has no guide. Your IT desk can tell where it lies."), "info")

    def refiled(self) -> None:
        self._fill_start()

    @Slot()
    def refresh_desk(self) -> None:
        """Read the facts that are not events."""
        state = self._services.state()
        self.bar.show_desk(state)
        self.call.answers.origin = self.bar.origin(state.kb)
        self.searching.look_at_specials()
        if state.kb.generation != self._generation:
            self._generation = state.kb.generation
            self.look_at_digest()
        self.ready = state.models_ready
        self.start.show_ready(state.models_ready)
        self.notices.stand("kb", state.kb_fault)
        opening = not (state.kb.generation or state.kb.articles or state.kb_fault) or bool(state.warming)
        self._clock.setInterval(OPENING_MS if opening else STATE_MS)

    def _fill_start(self) -> None:
        letters = self._services.letters()
        self.start.show_stays(letters is not None and letters.takes_part())
        self.start.show_practice(self._services.practice_calls())
        self.start.tour.setVisible(self.preferences.tour != DONE)
        self.start.show_choice(self._services.choice())
        self.look_at_recent()

    # -- wishes out -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        control, start, call, bar = self._control, self.start, self.call, self.bar
        bar.dialled.connect(self._dial_chosen)
        bar.settings_asked.connect(self.open_settings)
        bar.sessions_asked.connect(self.open_sessions)
        bar.outbox_asked.connect(self.open_outbox)
        bar.holdings_asked.connect(self.open_holdings)
        bar.ended.connect(self.end_call)
        start.devices_asked.connect(self.start_or_pause)
        start.sound_check_asked.connect(self.open_sound_check)
        start.file_chosen.connect(lambda file, real: self._begin_by(lambda: control.start_file(file, real)))
        start.practice_chosen.connect(lambda name: self._begin_by(lambda: control.start_practice(name)))
        start.session_chosen.connect(self.open_session)
        start.sessions_asked.connect(self.open_sessions)
        start.tour_asked.connect(lambda: self.tour.begin())
        self.tell_start(start)
        call.answers.acted.connect(lambda *act: self._do(lambda: control.card_acted(*act)))
        notes = call.answers.notes
        notes.gap_filed.connect(lambda ident, words: self._do(lambda: control.file_gap(ident, words)))
        notes.correction_filed.connect(lambda *note: self._do(lambda: control.file_correction(*note)))
        call.record.ended.connect(self.end_call)
        call.record.filed.connect(lambda records: self._do(lambda: control.file_record(records)))
        call.record.drafted.connect(lambda records: self._do(lambda: control.save_draft(records)))
        call.record.closed.connect(self.close_call)

    def _do(self, wish: Callable[[], None]) -> None:
        try:
            wish()
        except Fault as fault:
            self.tell_fault(fault)

    def _begin_by(self, wish: Callable[[], None]) -> None:
        if self.care.may_begin():
            self._do(wish)

    def tell_fault(self, error: Exception) -> None:
        """Show a fault on the notice line."""
        self.notices.raise_fault(error)

    @Slot()
    def start_or_pause(self) -> None:
        """F2: start a call; in a call pause or resume listening, and take up one that the telephone holds."""
        if self.state.phase is Phase.LIVE and self.state.held:
            self._do(lambda: self._control.set_held(False))
            return
        if self.state.phase is Phase.LIVE:
            self._do(lambda: self._control.set_paused(not self.state.paused))
            return
        if not self.care.may_begin():
            return
        if self.state.phase is Phase.WRAP_UP:
            if self.call.record.unsaved:
                self.notices.say(self.tr("File or close the wrap-up before the next call."), "info")
                return
            self.close_call()
        if not self.ready:
            self.notices.say(self.start.missing.text(), "warning")
            return
        self.begin_call()

    def begin_call(self) -> None:
        """Start a call from the chosen devices."""
        self._do(lambda: self._control.start_devices(self._services.choice()))

    @Slot()
    def end_call(self) -> None:
        """F9."""
        if self.state.phase is Phase.LIVE:
            self._do(self._control.end)

    @Slot()
    def close_call(self) -> None:
        """Put the wrapped-up call away; an unfiled record is kept as a draft."""
        if self.state.phase is not Phase.WRAP_UP:
            return
        if self.call.record.unsaved:
            self.call.record.keep_draft_now()
            self.notices.say(self.tr("The record is kept as a draft under saved calls."), "info")
        self._do(self._control.close_call)
        self.state = CallViewState()
        self.call.begin(self.state)
        self.bar.show_call(self.state)
        self.told.stand()
        self.press.follow({Part.CALL})
        self._leave(self.call)
        self.stack.setCurrentWidget(self.start)
        self.start.focus_first()
        self._fill_start()
        self.refresh_desk()

    def mark(self) -> None:
        """F3."""
        if self.state.phase is Phase.LIVE:
            self._do(self._control.mark)

    # -- preferences ----------------------------------------------------------------------------------

    @Slot()
    def offer_first_start(self) -> None:
        """Open the first start's questions where they were never answered; not when a call was begun at once."""
        if not self.preferences.introduced and not self._control.standing().call_id:
            self.open_first_start()

    @Slot()
    def practice_from_first_start(self) -> None:
        self.tour.begin()

    # -- keys -----------------------------------------------------------------------------------------

    def search_by_hand(self) -> None:
        """Ctrl+F: between calls the search stands where a call would."""
        if self.stack.currentWidget() is self.start:
            self.stack.setCurrentWidget(self.call)
        self.call.open_answers()
        self.call.answers.focus_search()

    def find_anything(self) -> None:
        """Ctrl+K."""
        if self.finder is None:
            self.finder = Palette(self, self._services)
        self.finder.open()

    def note_gap(self) -> None:
        """Ctrl+G: between calls the strip stands where a call would."""
        if self.stack.currentWidget() is self.start:
            self.stack.setCurrentWidget(self.call)
        self.call.open_answers()
        self.call.answers.note_gap()

    def back(self) -> None:
        """Esc: close only what the counsellor opened."""
        if self.finder is not None and self.finder.isVisible():
            self.finder.shut()
            return
        if self.keys.shown:
            self.keys.toggle()
            return
        if self.stack.currentWidget() is self.call and (self.call.answers.back() or self.call.close_opened()):
            return
        if self.state.phase is Phase.IDLE:
            self.stack.setCurrentWidget(self.start)
        elif self.call.answers.box.hasFocus():
            self.call.answers.box.clearFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.layouts.shown()

    def leave(self) -> None:
        """The system ends the program: close in a call too, draft kept; the program then ends the call in order."""
        self._leaving = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.state.phase is Phase.LIVE and not self._leaving:
            self.notices.say(self.tr("End the call with F9 before closing the desk."), "warning")
            event.ignore()
            return
        self.call.record.keep_draft_now()
        self.voice.stop()
        self.care.close()
        self.press.close()
        self.announcer.close()
        self.bridge.close()
        self.layouts.close()
        if self.first_start is not None:
            self.first_start.give_way()
        self.close_side_windows()
        super().closeEvent(event)
