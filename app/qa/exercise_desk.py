"""Exercises on the running desk. Fills :class:`ui.qa.exercise_ports.ExerciseServices`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from app.call import CallPlayer
from app.errors import ExerciseFault
from app.qa.exercise import Exercise, ExerciseBook
from app.qa.exercise_player import ExercisePlayer, Say
from app.qa.exercise_result import result_of
from app.qa.exercise_shelf import ExerciseShelf
from app.qa.exercise_voice import TraineeVoice
from assist.events import CallEnded
from assist.model import CallRecord
from assist.numbers import display
from audio.events import CallEvent, TranscriptFinal, TranscriptPartial
from audio.model import SAMPLE_RATE, Channel, Pcm
from audio.ports import Recording
from resources.notices import Fault
from ui.call_ports import CallStanding
from ui.qa.exercise_ports import ExerciseResult, ExerciseRow, ExerciseState

_log = logging.getLogger(__name__)


class PlayingDesk(Protocol):
    """The desk as an exercise needs it; :class:`app.desk.Desk` fills it."""

    def start_played(self, source: str, title: str, player_of: Callable[[str], CallPlayer]) -> str:
        """Begin a call nobody rings for."""
        ...

    def standing(self) -> CallStanding:
        """How the open call stands. Cheap."""
        ...

    def end(self) -> None:
        """Hang up."""
        ...


class ExerciseDesk:
    """Plays one exercise at a time as a call of the desk. Thread: any; see the port for what is cheap."""

    def __init__(
        self,
        book: ExerciseBook,
        shelf: ExerciseShelf,
        desk: PlayingDesk,
        publish: Callable[[CallEvent], None],
        sound_of: Callable[[Exercise], Recording | None],
        play: Callable[[Pcm], None],
        hush: Callable[[], None],
        voice: Callable[[str, Callable[[CallEvent], None], Callable[[], int]], TraineeVoice] | None,
        saved: Callable[[str], tuple[Sequence[CallEvent], Sequence[CallRecord]]],
        notice: Callable[[Fault], None],
    ) -> None:
        """Join the parts.

        Args:
            book: The exercises.
            shelf: Lists them.
            desk: Begins and ends calls.
            publish: The desk's bus.
            sound_of: Returns the sound of an exercise's call; None where it is gone. May raise Fault.
            play: Plays sound to the trainee; returns when it has begun.
            hush: Stops what plays. May raise Fault.
            voice: Makes the trainee's microphone of a call id, a sink and the call's clock; None: no recognition here.
            saved: Events and records of a saved call.
            notice: Puts a fault before the trainee.
        """
        self._book = book
        self._shelf = shelf
        self._desk = desk
        self._publish = publish
        self._sound_of = sound_of
        self._play_pcm = play
        self._hush = hush
        self._voice_of = voice
        self._saved = saved
        self._notice = notice
        self._lock = threading.Lock()
        self._player: ExercisePlayer | None = None
        self._voice: TraineeVoice | None = None
        self._is_heard_now = False
        self._call_id = ""
        self._played: dict[str, Exercise] = {}

    def rows(self) -> tuple[ExerciseRow, ...]:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        return self._shelf.rows()

    def take(self, file: Path) -> str:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        return self._shelf.take(file)

    def delete(self, ident: str) -> None:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        self._shelf.delete(ident)

    def start(self, ident: str, microphone: bool) -> None:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        exercise = self._book.get(ident)
        sound = self._sound(exercise)
        say = self._saying(sound) if sound is not None else None

        def player_of(call_id: str) -> CallPlayer:
            player = ExercisePlayer(call_id, exercise, self._publish, display, say)
            with self._lock:
                self._call_id, self._player, self._is_heard_now = call_id, player, say is not None
                self._played[call_id] = exercise
                if microphone and self._voice_of is not None:
                    try:
                        self._voice = self._voice_of(call_id, self._heard, lambda: int(player.now_s * 1e9))
                    except Fault as fault:  # the call has begun: it goes on by key
                        self._notice(fault)
            return player

        self._desk.start_played("exercise", exercise.title, player_of)
        with self._lock:
            voice = self._voice
        if voice is not None:
            voice.start()

    def state(self) -> ExerciseState:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        player, standing = self._player, self._desk.standing()
        if player is None or standing.call_id != self._call_id or not standing.live:
            return ExerciseState()
        return ExerciseState(
            self._call_id, player.step, player.steps, player.waiting, self._voice is not None, player.over
        )

    def go_on(self, said: str = "") -> None:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        player = self._player
        if player is not None:
            player.go_on(said)

    def end(self) -> None:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        if self._player is not None and self._desk.standing().call_id == self._call_id:
            self._desk.end()

    def result(self, call_id: str) -> ExerciseResult:
        """See :class:`ui.qa.exercise_ports.ExerciseServices`."""
        exercise = self._played.get(call_id)
        if exercise is None:
            raise ExerciseFault("exercise.gone")
        events, records = self._saved(call_id)
        return result_of(exercise, events, records)

    def on_ended(self, event: CallEnded) -> None:
        """Let go of the microphone and end the caller's sound when the exercise's call is over. The bus calls it."""
        with self._lock:
            if event.call_id != self._call_id:
                return
            voice, self._voice = self._voice, None
            is_heard, self._is_heard_now = self._is_heard_now, False
        if voice is not None or is_heard:
            threading.Thread(target=self._let_go, args=(voice, is_heard), name="trainee-ends", daemon=True).start()

    def _let_go(self, voice: TraineeVoice | None, is_heard: bool) -> None:
        if is_heard:
            try:
                self._hush()
            except Fault as fault:
                _log.info("the caller's sound could not be stopped: %s", fault.code)
        if voice is not None:
            voice.close()

    def close(self) -> None:
        """Let go of everything; the desk closes its call itself."""
        with self._lock:
            voice, self._voice = self._voice, None
        if voice is not None:
            voice.close()

    def _heard(self, event: CallEvent) -> None:
        self._publish(event)
        player = self._player
        if player is not None and isinstance(event, TranscriptPartial | TranscriptFinal):
            player.heard(event)

    def _sound(self, exercise: Exercise) -> Recording | None:
        try:
            sound = self._sound_of(exercise)
        except Fault as fault:
            _log.info("the sound of an exercise cannot be had: %s", fault.code)
            return None
        return sound if sound is not None and sound.length(Channel.CALLER) else None

    def _saying(self, sound: Recording) -> Say:
        def say(start_s: float, end_s: float) -> None:
            try:
                self._play_pcm(sound.read(Channel.CALLER, int(start_s * SAMPLE_RATE), int(end_s * SAMPLE_RATE)))
            except Fault as fault:  # the words come all the same
                self._notice(fault)

        return say
