"""What is worth saying aloud: the sentence for a change that a counsellor who does not look must learn of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject

from assist.events import (
    AbuseSeen,
    CallEnded,
    CallHeld,
    CallStarted,
    CrisisSeen,
    DraftReady,
    EscalationRaised,
    ListeningPaused,
    NoticeRaised,
    RecordFiled,
    SuggestionsReady,
)
from audio.events import CallEvent, DeviceStateChanged, LagChanged
from audio.model import Channel, DeviceHealth
from kb.model import Band
from resources.notices import sentence

LAG_TOLD_S: Final = 5.0
"""Behind by this much, listening is said to lag."""
CARD_S: Final = 8.0
"""An answer waits this long to be told; then another one stands there."""
FACT_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence to speak."""

    about: str
    """What it tells of; a newer one about the same takes the place of one that waits."""
    text: str
    keep_s: float = FACT_S
    """Not told any more when it waited longer."""
    urgent: bool = False
    """Spoken at once, whoever speaks: a person may be in danger."""


class Announced(QObject):
    """Turns events into sentences. Main thread. Says nothing of what was spoken, of names or of numbers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = ""
        self._is_lagging = False
        self._troubled: set[Channel] = set()
        """Sides whose trouble was told."""

    def of(self, event: CallEvent) -> Said | None:
        """Return what to say about an event, or None."""
        match event:
            case CallStarted():
                self._card, self._is_lagging = "", False
                self._troubled.clear()
                return Said("call", self.tr("Call started."), 5.0)
            case CallEnded():
                return Said("call", self.tr("The call has ended."))
            case SuggestionsReady():
                return self._answer(event)
            case CrisisSeen():
                return Said("crisis", self.tr("A person may be in danger. Look at what to say."), urgent=True)
            case AbuseSeen() if event.finding.severity > 0:
                return Said("abuse", self.tr("A sentence to say is ready."))
            case LagChanged():
                return self._lag(event)
        return self._state(event)

    def _state(self, event: CallEvent) -> Said | None:
        match event:
            case DraftReady(final=True):
                return Said("record", self.tr("The record is drafted."))
            case RecordFiled():
                return Said("record", self.tr("The record is filed."))
            case EscalationRaised():
                return Said("handover", self.tr("The call is handed over."))
            case CallHeld():
                return Said("held", self.tr("On hold.") if event.held else self.tr("The call goes on."))
            case ListeningPaused():
                return Said("paused", self.tr("Listening pauses.") if event.paused else self.tr("Listening again."))
            case DeviceStateChanged():
                return self._device(event)
            case NoticeRaised() if event.severity in ("warning", "error"):
                try:
                    return Said("notice", sentence(event.code, **event.params))
                except (KeyError, IndexError):
                    return None  # the notice line tells of it
        return None

    def _answer(self, event: SuggestionsReady) -> Said | None:
        if not event.cards or event.band is Band.SILENT or event.cards[0].title == self._card:
            return None
        self._card = event.cards[0].title
        return Said("answer", self.tr("Answer: {title}").format(title=self._card), CARD_S)

    def _lag(self, event: LagChanged) -> Said | None:
        was, self._is_lagging = self._is_lagging, event.backlog_s >= LAG_TOLD_S
        if self._is_lagging and not was:
            late = self.tr("Recognition is {seconds} seconds late.")
            return Said("lag", late.format(seconds=round(event.backlog_s)), 10.0)
        return None

    def _device(self, event: DeviceStateChanged) -> Said | None:
        is_caller, was_troubled = event.channel is Channel.CALLER, event.channel in self._troubled
        if event.health is DeviceHealth.OK:
            self._troubled.discard(event.channel)
            if not was_troubled:
                return None
        else:
            self._troubled.add(event.channel)
        if event.health is DeviceHealth.SILENT:
            text = self.tr("The caller cannot be heard.") if is_caller else self.tr("The microphone is silent.")
        elif event.health is DeviceHealth.OK:
            text = self.tr("The caller is heard again.") if is_caller else self.tr("The microphone is heard again.")
        else:
            text = self.tr("The caller's device is gone.") if is_caller else self.tr("The microphone is gone.")
        return Said(f"device.{event.channel.value}", text)
