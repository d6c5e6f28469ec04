"""Hearing again and the caller's language: what the counsellor asks of the sound of a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from assist.model import HeardNumber
from audio.model import HOME_LANGUAGE, Channel
from ui.call_ports import CallControl
from ui.call_view_state import CallViewState, Phase, figures

if TYPE_CHECKING:
    from ui.main_window import MainWindow

AGAIN_S = 8.0
"""Seconds F4 plays again."""
BEFORE_S = 1.0
AFTER_S = 0.5
"""Seconds played around a number."""


class Hearing(QObject):
    """F4, Shift+F4 and Ctrl+L of the main window. Main thread."""

    def __init__(self, window: MainWindow, ask: Callable[[Callable[[CallControl], None]], None]) -> None:
        """Listen to the window's panes; ``ask`` hands a wish to the program and tells its faults."""
        super().__init__(window)
        self._window = window
        self._ask = ask
        window.call.numbers.play.connect(self.play)
        window.call.conversation.language.clicked.connect(self.switch_language)

    @Slot()
    def again(self) -> None:
        """Hear the last seconds of the caller again."""
        state = self._window.state
        if state.phase is not Phase.IDLE:
            end = state.last_s
            self._ask(lambda control: control.play(max(0.0, end - AGAIN_S), end, Channel.CALLER.value))

    @Slot(object)
    def play(self, number: HeardNumber) -> None:
        """Hear again where a number was said."""
        start, end = seconds_of(number, self._window.state)
        self._ask(lambda control: control.play(max(0.0, start - BEFORE_S), end + AFTER_S, number.channel.value))

    @Slot()
    def number_again(self) -> None:
        """Hear the number that was chosen, else the newest in doubt, else the newest of all."""
        numbers, chosen = self._window.state.numbers, self._window.call.numbers.chosen
        if numbers and self._window.state.phase is not Phase.IDLE:
            self.play(chosen or next((one for one in reversed(numbers) if not one.confident), numbers[-1]))

    @Slot()
    def switch_language(self) -> None:
        """Switch the caller's recognition to the language offered, or back to Korean."""
        state = self._window.state
        if state.phase is not Phase.LIVE:
            return
        if Channel.CALLER in state.languages:
            self._ask(lambda control: control.set_language(Channel.CALLER.value, HOME_LANGUAGE))
        elif state.offered:
            self._ask(lambda control: control.set_language(Channel.CALLER.value, state.offered))
        else:
            self._window.notices.say(self.tr("Nothing foreign was heard so far; Korean stays."), "info")

    def show_language(self) -> None:
        """Show what is offered or chosen beside the conversation's heading."""
        state = self._window.state
        words = ""
        chosen = state.languages.get(Channel.CALLER)
        if chosen:
            words = self.tr("Caller in: {language} · Ctrl+L Korean").format(language=language_name(chosen))
        elif state.offered and state.phase is Phase.LIVE:
            words = self.tr("Perhaps: {language} · Ctrl+L").format(language=language_name(state.offered))
        self._window.call.conversation.show_language(words)


def seconds_of(number: HeardNumber, state: CallViewState) -> tuple[float, float]:
    """Return where a number was said: its own words where they are aligned, else its turn."""
    turn = state.turns.get(number.turn)
    wanted = figures(number.display)
    rows = [state.row_of(key) for key in turn.utterances] if turn and wanted else []
    for line in (state.lines[row] for row in rows if row is not None):
        for run in line.digits:
            at = line.raw.find(run.raw)
            if at < 0 or wanted not in figures(run.display):
                continue
            first = len(line.raw[:at].split())
            said = line.words[first : first + len(run.raw.split())]
            if said:
                return said[0].start, said[-1].end
    return number.start, number.end


def language_name(code: str) -> str:
    """Return the name of a language in the interface language; the code itself where it has none here."""
    names = {
        "en": QCoreApplication.translate("Languages", "English"),
        "zh": QCoreApplication.translate("Languages", "Chinese"),
        "ja": QCoreApplication.translate("Languages", "Japanese"),
        "vi": QCoreApplication.translate("Languages", "Vietnamese"),
        "th": QCoreApplication.translate("Languages", "Thai"),
        "ru": QCoreApplication.translate("Languages", "Russian"),
        "mn": QCoreApplication.translate("Languages", "Mongolian"),
        "uz": QCoreApplication.translate("Languages", "Uzbek"),
        "id": QCoreApplication.translate("Languages", "Indonesian"),
        "ms": QCoreApplication.translate("Languages", "Malay"),
        "tl": QCoreApplication.translate("Languages", "Tagalog"),
        "ne": QCoreApplication.translate("Languages", "Nepali"),
        "km": QCoreApplication.translate("Languages", "Khmer"),
        "my": QCoreApplication.translate("Languages", "Burmese"),
        "bn": QCoreApplication.translate("Languages", "Bengali"),
        "ur": QCoreApplication.translate("Languages", "Urdu"),
        "hi": QCoreApplication.translate("Languages", "Hindi"),
        "es": QCoreApplication.translate("Languages", "Spanish"),
        "fr": QCoreApplication.translate("Languages", "French"),
        "de": QCoreApplication.translate("Languages", "German"),
        "ar": QCoreApplication.translate("Languages", "Arabic"),
    }
    return names.get(code, code)
