"""What the notice line says of events, and of states for as long as they last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from assist.events import CorrectionFiled, NoticeRaised, RecordDelivered, RecordFiled
from assist.model import CardAction
from audio.events import CallEvent, EngineRestarted
from ui.call_view_state import Phase

if TYPE_CHECKING:
    from ui.main_window import MainWindow

FILED: Final = "filed"
"""Key of the notice that leads to the next call."""


class LineWords(QObject):
    """Puts sentences on the line of the main window. Main thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.call.answers.acted.connect(self._card_acted)
        window.call.numbers.copied.connect(self._copied)

    def take(self, event: CallEvent) -> None:
        """Say what an event asks to be said, if anything."""
        window = self._window
        if isinstance(event, NoticeRaised):
            window.notices.raise_code(event.code, event.severity, event.params)
            window.disk.follow(event)
        elif isinstance(event, EngineRestarted):
            window.notices.say(self.restarted(event.engine), "info")
        elif isinstance(event, CorrectionFiled):
            window.notices.say(self.tr("The note on the entry is kept for the DB team."), "info")
        elif isinstance(event, RecordFiled) and event.call_id == window.state.call_id:
            window.notices.say(self.tr("The record is filed. F2 starts the next call."), "info", key=FILED)
        elif isinstance(event, RecordDelivered) and event.code:
            window.notices.raise_code(event.code, "warning", event.params)

    def call_began(self) -> None:
        """Take back what was said for the time between calls."""
        self._window.notices.over(FILED)

    @Slot(str, str, object, str)
    def _card_acted(self, _article: str, _title: str, action: CardAction, _question: str = "") -> None:
        if action is CardAction.COPIED:
            self._copied()

    @Slot()
    def _copied(self) -> None:
        """Say that something was copied, but not what: the line may be seen by others."""
        self._window.notices.say(self.tr("Copied"), "info", key="copied")

    def stand(self) -> None:
        """Keep the states that last in words on the notice line."""
        window = self._window
        for channel, sentence in window.bar.troubles().items():
            window.notices.stand(channel.value, sentence)
        paused = window.state.phase is Phase.LIVE and window.state.paused and window.tour.step is None
        window.notices.stand("paused", self.tr("Listening is paused. F2 listens again.") if paused else "")
        held = window.state.phase is Phase.LIVE and window.state.held
        window.notices.stand("held", self.tr("On hold: nothing is recorded. F2 takes it up again.") if held else "")

    def restarted(self, engine: str) -> str:
        """Return the sentence for a part that was started again."""
        names = {
            "speech": self.tr("Speech recognition was started again. Nothing said is lost."),
            "language": self.tr("The search for answers was started again."),
            "capture": self.tr("Listening was started again. The gap is marked in the conversation."),
        }
        return names.get(engine, self.tr("A part of the program was started again."))
