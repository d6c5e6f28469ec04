"""What each action of :mod:`ui.actions` does in the main window, and why it cannot be done now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from assist.model import CardAction
from ui import key_words
from ui.actions import Actions
from ui.call_view_state import Phase

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def bind_keys(window: MainWindow) -> Actions:
    """Return the table at work in ``window``; the held key (F12) is the window's own affair."""
    actions = Actions(window, window.preferences.keys)
    _bind_call(actions, window)
    _bind_answers(actions, window)
    _bind_record(actions, window)
    _bind_desk(actions, window)
    actions.listen()
    actions.changed.connect(lambda: key_words.follow(actions.chosen))
    return actions


def _bind_call(actions: Actions, window: MainWindow) -> None:
    hearing, say_now, escalation = window.hearing, window.call.next_sentence, window.call.escalation
    start, numbers = window.start, window.call.numbers
    reasons = Reasons(window)
    ready, live, open_call, idle = reasons.ready, reasons.live, reasons.open_call, reasons.idle
    actions.bind("start", window.start_or_pause, lambda: "" if window.state.phase is Phase.LIVE else ready())
    actions.bind("mark", window.mark, live)
    actions.bind("again", hearing.again, open_call)
    actions.bind("number_again", hearing.number_again, reasons.with_number)
    actions.bind("language", hearing.switch_language, live)
    actions.bind("end", window.end_call, live)
    # Held, never chosen by a slip: from the palette the button is only made ready for the hold.
    actions.bind("escalate", lambda: escalation.button.setFocus(Qt.FocusReason.ShortcutFocusReason), open_call)
    actions.bind("go_on", say_now.go_on, open_call)
    actions.bind("go_other", say_now.go_other, open_call)
    actions.bind("situation_up", lambda: escalation.step(-1), open_call)
    actions.bind("situation_down", lambda: escalation.step(1), open_call)
    actions.bind("caller_number", window.press.give_number)
    actions.bind("mask", numbers.toggle)
    actions.bind("copy_number", numbers.copy_last, reasons.with_number)
    actions.bind("number_up", lambda: numbers.choose(-1), reasons.with_number)
    actions.bind("number_down", lambda: numbers.choose(1), reasons.with_number)
    actions.bind("newest", window.call.conversation.to_newest, open_call)
    actions.bind("open_file", start.open_file.click, lambda: idle() or ready())
    actions.bind("sound_check", window.open_sound_check, idle)
    actions.bind("close_call", window.close_call, reasons.wrap_up)


def _bind_answers(actions: Actions, window: MainWindow) -> None:
    answers = window.call.answers
    reasons = Reasons(window)
    actions.bind("search", window.search_by_hand)
    actions.bind("next", answers.show_waiting, reasons.with_waiting)
    actions.bind("copy", lambda: answers.act(CardAction.COPIED), reasons.with_answer)
    actions.bind("used", lambda: answers.act(CardAction.USED), reasons.with_answer)
    actions.bind("not_this", lambda: answers.act(CardAction.DISMISSED), reasons.with_answer)
    for place in (1, 2, 3):
        actions.bind(f"card_{place}", partial(answers.open_place, place), partial(reasons.with_card, place))
    actions.bind("gap", window.note_gap)
    actions.bind("correction", answers.note_correction, reasons.with_answer)
    actions.bind("pin", answers.pin.toggle)
    for dial in ("quiet", "normal", "active"):
        actions.bind(f"dial_{dial}", partial(window.bar.dialled.emit, dial))


def _bind_record(actions: Actions, window: MainWindow) -> None:
    record = window.call.record
    wrap_up = Reasons(window).wrap_up
    for place in (1, 2, 3, 4, 5):
        actions.bind(f"field_{place}", partial(record.focus_field, place), wrap_up)
    actions.bind("file", record.file, wrap_up)
    for action, run in record.runs().items():
        actions.bind(action, run, wrap_up)


def _bind_desk(actions: Actions, window: MainWindow) -> None:
    reasons = Reasons(window)
    actions.bind("keys", window.keys.toggle)
    actions.bind("find", window.find_anything)
    actions.bind("guide", window.open_guide)
    actions.bind("tour", window.tour.toggle, reasons.idle_or_practice)
    actions.bind("tour_next", window.tour.onward, reasons.in_tour)
    actions.bind("tour_back", window.tour.back, reasons.in_tour)
    actions.bind("rebind", window.keys.rebind)
    actions.bind("key_card", window.keys.print_card, reasons.not_live)
    actions.bind("key_pdf", window.keys.write_card, reasons.not_live)
    actions.bind("sessions", window.open_sessions)
    actions.bind("outbox", window.open_outbox)
    actions.bind("care", window.care.open_support)
    actions.bind("holdings", window.open_holdings)
    actions.bind("letters", window.open_letters, reasons.letters)
    actions.bind("exercises", window.open_exercises, reasons.with_exercises)
    actions.bind("digest", window.open_digest)
    actions.bind("recovered", window.open_recovered, reasons.with_recovered)
    actions.bind("settings", window.open_settings)
    actions.bind("first_start", window.open_first_start, reasons.idle)
    actions.bind("about", window.open_about)
    actions.bind("layout", window.layouts.walk)
    actions.bind("conversation", window.layouts.toggle_drawer)
    actions.bind("captions", window.layouts.toggle_captions)
    actions.bind("hush", lambda: window.announcer.hush(), reasons.with_voice)
    actions.bind("larger", lambda: window.resize_text(1))
    actions.bind("smaller", lambda: window.resize_text(-1))
    actions.bind("notice_away", window.notices.dismiss, reasons.with_notice)
    actions.bind("quit", window.close, reasons.not_live)
    actions.bind("back", window.back)


class Reasons:
    """Why something cannot be done now, in words; empty where it can. Cheap."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def idle(self) -> str:
        """Only between calls."""
        between = self._window.state.phase is Phase.IDLE
        return "" if between else QCoreApplication.translate("Shortcuts", "Only between calls")

    def with_exercises(self) -> str:
        """Not in a real call; only where exercises can be played."""
        training, state = self._window.training, self._window.state
        if training is None or training.exercises is None:
            return QCoreApplication.translate("Shortcuts", "There are no exercises here")
        return "" if state.source == "exercise" else self.idle()

    def idle_or_practice(self) -> str:
        """Not in a real call."""
        return "" if self._window.state.source == "practice" else self.idle()

    def in_tour(self) -> str:
        """Only while the tour is on."""
        on = self._window.tour.step is not None
        return "" if on else QCoreApplication.translate("Shortcuts", "Only in the tour")

    def live(self) -> str:
        """Only while a call runs."""
        runs = self._window.state.phase is Phase.LIVE
        return "" if runs else QCoreApplication.translate("Shortcuts", "Only in a call")

    def not_live(self) -> str:
        """Not while a call runs."""
        runs = self._window.state.phase is Phase.LIVE
        return QCoreApplication.translate("Shortcuts", "Only after the call") if runs else ""

    def open_call(self) -> str:
        """Only in a call or its wrap-up."""
        none = self._window.state.phase is Phase.IDLE
        return QCoreApplication.translate("Shortcuts", "Only in a call") if none else ""

    def wrap_up(self) -> str:
        """Only after hang-up."""
        ended = self._window.state.phase is Phase.WRAP_UP
        return "" if ended else QCoreApplication.translate("Shortcuts", "Only in the wrap-up")

    def ready(self) -> str:
        """Only with a speech model."""
        ready = self._window.ready
        return "" if ready else QCoreApplication.translate("Shortcuts", "Needs a speech model")

    def with_number(self) -> str:
        """Only once a number was heard."""
        heard = bool(self._window.state.numbers)
        return "" if heard else QCoreApplication.translate("Shortcuts", "No number was heard")

    def with_answer(self) -> str:
        """Only while an answer is shown."""
        answers = self._window.call.answers
        shown = answers.current is not None or answers.stack.currentIndex() > 0
        return "" if shown else QCoreApplication.translate("Shortcuts", "No answer is shown")

    def with_card(self, place: int) -> str:
        """Only where that many answers are shown."""
        shown = len(self._window.call.answers.cards) >= place
        return "" if shown else QCoreApplication.translate("Shortcuts", "No answer is shown")

    def with_waiting(self) -> str:
        """Only while newer answers wait."""
        waits = not self._window.call.answers.next.isHidden()
        return "" if waits else QCoreApplication.translate("Shortcuts", "No newer answers wait")

    def letters(self) -> str:
        """Never in a call, and only where this desk takes part in quality assurance."""
        if not self._window.has_letters:
            return QCoreApplication.translate("Shortcuts", "This desk takes no part in quality assurance")
        return self.not_live()

    def with_recovered(self) -> str:
        """Only where a crash cut calls short."""
        some = bool(self._window.recovered_rows)
        return "" if some else QCoreApplication.translate("Shortcuts", "There are none")

    def with_voice(self) -> str:
        """Only where announcements are on."""
        is_on = self._window.announcer.is_on
        return "" if is_on else QCoreApplication.translate("Shortcuts", "Announcements are off")

    def with_notice(self) -> str:
        """Only while a notice is shown."""
        shown = bool(self._window.notices.shown)
        return "" if shown else QCoreApplication.translate("Shortcuts", "No notice is shown")
