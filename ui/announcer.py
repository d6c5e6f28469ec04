"""Speaks what changes on an output of its own, so that caller and announcements take one ear each, and tells readers.

A sentence waits until neither caller nor counsellor speaks; only danger to a person does not wait. A key silences it.
Screen readers are told the same sentences through the system's accessibility, whether or not speaking is on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from audio.events import CallEvent, LevelsMeasured, TranscriptPartial
from audio.model import Channel, DeviceChoice
from ui import announce_devices, i18n
from ui.announce_voice import Speech, find_speech
from ui.announced import Announced, Said
from ui.call_view_state import Phase

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice

    from ui.main_window import MainWindow

SPEAKING_DB: Final = -45.0
"""A side louder than this speaks."""
QUIET_MS: Final = 700
"""So long neither side may have spoken before an announcement."""
APART_MS: Final = 2500
"""Between the beginnings of two announcements, urgent ones aside."""
AGAIN_MS: Final = 10_000
"""The same sentence is not told twice within this time."""
MOST_WAITING: Final = 4
LOOK_MS: Final = 200


class Announcer(QObject):
    """Says one sentence at a time. Main thread; nothing here waits."""

    def __init__(
        self,
        window: MainWindow,
        choice: Callable[[], DeviceChoice],
        find: Callable[[str, QObject], Speech | None] = find_speech,
        now_ms: Callable[[], int] | None = None,
    ) -> None:
        """Follow a window.

        Args:
            window: Its events, preferences and notices.
            choice: Returns what a call listens to. Cheap.
            find: Finds the system's speech.
            now_ms: Milliseconds that only grow; the system's own count where nothing is given.
        """
        super().__init__(window)
        self._window, self._choice, self._find = window, choice, find
        self._since = QElapsedTimer()
        self._since.start()
        self._now_ms = now_ms or self._since.elapsed
        self._announced = Announced(self)
        self._waiting: deque[tuple[Said, int]] = deque()
        """Sentences and when they were given, ms."""
        self._speech: Speech | None = None
        self._language = ""
        self._told: set[str] = set()
        """Troubles of the announcements themselves, each told once."""
        self._heard_ms: dict[Channel, int] = {}
        self._began_ms = -APART_MS
        self._lately: dict[str, int] = {}
        self._is_speaking = False
        self._last = ""
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)

    @property
    def is_on(self) -> bool:
        """Whether the counsellor wants announcements."""
        return self._window.preferences.announce

    @Slot(object)
    def take(self, events: Iterable[CallEvent]) -> None:
        """Note who speaks, and what is worth telling."""
        for event in events:
            if isinstance(event, LevelsMeasured):
                if event.levels.rms_db > SPEAKING_DB:
                    self._heard_ms[event.levels.channel] = self._now_ms()
            elif isinstance(event, TranscriptPartial):
                self._heard_ms[event.channel] = self._now_ms()
            else:
                said = self._announced.of(event)
                if said is not None:
                    self.say(said)

    def say(self, said: Said) -> None:
        """Tell screen readers at once, and speak it when its turn comes."""
        if QAccessible.isActive():
            tell_readers(self._window, said.text, urgent=said.urgent)
        if not self.is_on:
            return
        kept = [one for one in self._waiting if one[0].about != said.about]
        self._waiting = deque(kept[-MOST_WAITING + 1 :])
        (self._waiting.appendleft if said.urgent else self._waiting.append)((said, self._now_ms()))
        self._look.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Speak the next sentence if its time has come."""
        now = self._now_ms()
        self._waiting = deque(one for one in self._waiting if now - one[1] <= one[0].keep_s * 1000)
        if not self._waiting:
            self._look.stop()
            return
        said, _ = self._waiting[0]
        if not said.urgent and (self._is_speaking or now - self._began_ms < APART_MS or self._somebody_speaks(now)):
            return
        self._waiting.popleft()
        if said.urgent or now - self._lately.get(said.text, -AGAIN_MS) >= AGAIN_MS:
            self._lately = {text: at for text, at in self._lately.items() if now - at < AGAIN_MS} | {said.text: now}
            self._began_ms = now
            self._speak(said.text)

    def _somebody_speaks(self, now: int) -> bool:
        live = self._window.state.phase is Phase.LIVE
        return live and any(now - at < QUIET_MS for at in self._heard_ms.values())

    @Slot()
    def hush(self) -> None:
        """Fall silent; when nothing is being said, say the last sentence again."""
        if self._is_speaking or self._waiting:
            self._waiting.clear()
            self._silence()
        elif self._last and self.is_on:
            self._speak(self._last)

    @Slot()
    def try_out(self) -> None:
        """Speak a sentence to hear device and ear, whether or not announcements are on."""
        self._told.clear()
        self._speak(self.tr("Announcements are heard here."))

    def close(self) -> None:
        """Fall silent for good."""
        self._look.stop()
        self._waiting.clear()
        self._silence()

    def _silence(self) -> None:
        self._is_speaking = False
        if self._speech is not None:
            self._speech.stop()

    def _speak(self, text: str) -> None:
        wanted = self._window.preferences
        speech = self._voice()
        if speech is None:
            return
        device = announce_devices.find(wanted.announce_device)
        if device is None:
            self._tell("device", self.tr("The output for announcements is not there. Choose one in the settings."))
            return
        if self._is_recorded(device):
            return
        if wanted.announce_side != "both" and not speech.has_sides:
            self._tell("side", self.tr("This PC's voice cannot speak into one ear. Announcements go to both."))
        self._silence()
        self._is_speaking, self._last = True, text
        speech.say(text, device, wanted.announce_side, self._spoken)

    @Slot()
    def _spoken(self) -> None:
        self._is_speaking = False

    def _voice(self) -> Speech | None:
        """Return the system's speech in the language of the desk; looks once a language."""
        language = i18n.current()
        if self._language != language:
            self._language = language
            self._silence()
            self._speech = self._find(language, self)
        if self._speech is None:
            self._tell("voice", self.tr("This PC has no voice to speak announcements with. They stay on the screen."))
        return self._speech

    def _is_recorded(self, device: QAudioDevice) -> bool:
        """Whether the call would take announcements on ``device`` for the caller; then nothing is said in it."""
        if self._window.state.phase is not Phase.LIVE or self._window.state.source != "devices":
            return False
        if not announce_devices.is_callers(device, self._choice()):
            return False
        self._tell(
            "recorded",
            self.tr("Announcements are off in this call: their output is the one the caller is heard from."),
        )
        return True

    def _tell(self, trouble: str, text: str) -> None:
        if trouble not in self._told:
            self._told.add(trouble)
            self._window.notices.say(text, "info")


def tell_readers(source: QObject, text: str, *, urgent: bool) -> None:
    """Hand a sentence to the system's screen reader."""
    event = QAccessibleAnnouncementEvent(source, text)
    kinds = QAccessible.AnnouncementPoliteness
    event.setPoliteness(kinds.Assertive if urgent else kinds.Polite)
    QAccessible.updateAccessibility(event)
