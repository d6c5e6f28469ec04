"""Plays an exercise: the caller's lines, each after the trainee has answered the one before."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from app.practice import NS, PARTIAL_EVERY_S, Display
from app.qa.exercise import Exercise, ExerciseLine
from audio.events import CallEvent, TranscriptFinal, TranscriptPartial
from audio.model import Channel

SETTLED_S: Final = 2.0
"""Silence after the trainee's words that counts as the end of the answer. Long utterances are cut while they go on, and
on a busy PC the next words show a second later: less than this let the caller speak into an answer when measured."""
LONGEST_PAUSE_S: Final = 2.0
"""Most seconds between two lines of the caller that the model case did not answer in between."""

_TYPED_FROM: Final = 2_000_001
"""Utterances from here on were typed; those that were heard stay far below."""

Say = Callable[[float, float], None]
"""Plays a stretch of the caller's sound, seconds of the model call; returns when it has begun."""


def was_typed(final: TranscriptFinal) -> bool:
    """Whether these are words the trainee typed: nobody knows when he would have begun to speak."""
    return final.channel is Channel.AGENT and final.utterance >= _TYPED_FROM


class ExercisePlayer:
    """Emits what the caller says and what the trainee types, and waits for the trainee in between.

    Utterances of the caller have even numbers, those typed or heard of the trainee odd ones, so that the two never
    meet. Where the model case answered several times in a row the trainee answers once.

    Thread: one named ``exercise``, from :meth:`start` to :meth:`close` or the end; the rest from any thread.
    """

    def __init__(
        self,
        call_id: str,
        exercise: Exercise,
        sink: Callable[[CallEvent], None],
        display: Display,
        say: Say | None,
        monotonic: Callable[[], float] = time.monotonic,
        settled_s: float = SETTLED_S,
    ) -> None:
        """Prepare a player.

        Args:
            call_id: The session.
            exercise: What is played.
            sink: Takes the events, from the player's thread and that of :meth:`go_on`.
            display: Turns spoken numbers into digits.
            say: Plays the caller's sound; None: the words are written only.
            monotonic: Seconds.
            settled_s: Silence that ends an answer.
        """
        self._call_id = call_id
        self._exercise = exercise
        self._sink = sink
        self._display = display
        self._say = say
        self._monotonic = monotonic
        self._settled_s = settled_s
        self._zero = monotonic()
        self._changed = threading.Condition()
        self._stopped = False
        self._paused = False
        self._answered = False
        self._waiting_since = 0.0
        self._heard_at: float | None = None
        self._typed = 0
        self._thread = threading.Thread(target=self._play, name="exercise", daemon=True)
        self.waiting = False
        """Whether it is the trainee's turn."""
        self.step = 0
        """Lines of the caller begun."""
        self.over = False
        """Whether everything was played."""

    @property
    def steps(self) -> int:
        """Lines of the caller."""
        return sum(line.speaker is Channel.CALLER for line in self._exercise.lines)

    @property
    def now_s(self) -> float:
        """See :class:`app.call.CallPlayer`."""
        return self._monotonic() - self._zero

    def start(self) -> None:
        """See :class:`app.call.CallPlayer`."""
        self._zero = self._monotonic()
        self._thread.start()

    def set_paused(self, paused: bool) -> None:
        """See :class:`app.call.CallPlayer`. A line that plays is played to its end."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def close(self) -> None:
        """See :class:`app.call.CallPlayer`."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if threading.current_thread() is not self._thread and self._thread.ident is not None:
            self._thread.join(5.0)

    def go_on(self, said: str = "") -> None:
        """Note that the trainee has answered, with these words where they were typed."""
        words = " ".join(said.split())
        with self._changed:
            if self._stopped or not self.waiting:
                return
            final = self._own(words) if words else None
            self._answered = True
        if final is not None:
            self._sink(final)
        with self._changed:
            self._changed.notify_all()

    def heard(self, event: TranscriptPartial | TranscriptFinal) -> None:
        """Note that the trainee's speech was recognised; when nothing follows, the answer is over."""
        if event.channel is not Channel.AGENT:
            return
        with self._changed:
            if self.waiting and (isinstance(event, TranscriptFinal) or self._heard_at is not None):
                self._heard_at = self._monotonic()
                self._changed.notify_all()

    def _own(self, words: str) -> TranscriptFinal:
        shown, digits = self._display(words)
        self._typed += 1
        now = self.now_s
        return TranscriptFinal(
            call_id=self._call_id,
            t_ns=int(now * NS),
            utterance=_TYPED_FROM + 2 * self._typed,
            channel=Channel.AGENT,
            start=self._waiting_since,
            end=max(now, self._waiting_since + 0.1),
            text=words,
            display=shown,
            confidence=1.0,
            digits=digits,
        )

    # -- thread ---------------------------------------------------------------------------------------------

    def _play(self) -> None:
        before: ExerciseLine | None = None
        for number, line in enumerate(self._exercise.lines):
            if line.speaker is Channel.AGENT:
                if (before is None or before.speaker is Channel.CALLER) and not self._wait_for_answer():
                    return
            else:
                pause = line.start - before.end if before is not None and before.speaker is Channel.CALLER else 0.0
                if not self._rest(min(LONGEST_PAUSE_S, pause)) or not self._speak(number, line):
                    return
            before = line
        if before is not None and before.speaker is Channel.CALLER and not self._wait_for_answer():
            return
        self.over = True

    def _wait_for_answer(self) -> bool:
        """Return once the trainee has answered; False where the call is over."""
        with self._changed:
            self._answered, self._heard_at, self._waiting_since = False, None, self.now_s
            self.waiting = True
            while not self._stopped and (self._paused or not self._answered):
                rest = None
                if self._heard_at is not None and not self._paused:
                    rest = self._heard_at + self._settled_s - self._monotonic()
                    if rest <= 0:
                        break
                self._changed.wait(rest)
            self.waiting = False
            return not self._stopped

    def _rest(self, seconds: float) -> bool:
        end = self._monotonic() + seconds
        with self._changed:
            while not self._stopped:
                left = end - self._monotonic()
                if left <= 0 and not self._paused:
                    return True
                self._changed.wait(left if left > 0 else None)
        return False

    def _speak(self, number: int, line: ExerciseLine) -> bool:
        """Play one line, its words coming as recognition would bring them."""
        self.step += 1
        if self._say is not None:
            self._say(line.start, line.end)
        begun, length = self.now_s, line.end - line.start
        at = PARTIAL_EVERY_S
        while at < length:
            if not self._rest(begun + at - self.now_s):
                return False
            text = line.text[: int(len(line.text) * at / length)].rsplit(" ", 1)[0]
            if text:
                self._sink(
                    TranscriptPartial(
                        call_id=self._call_id,
                        t_ns=int(self.now_s * NS),
                        utterance=2 * number,
                        channel=line.speaker,
                        start=begun,
                        end=begun + at,
                        text=text,
                        display=text,
                    )
                )
            at += PARTIAL_EVERY_S
        if not self._rest(begun + length - self.now_s):
            return False
        shown, digits = self._display(line.text)
        self._sink(
            TranscriptFinal(
                call_id=self._call_id,
                t_ns=int(self.now_s * NS),
                utterance=2 * number,
                channel=line.speaker,
                start=begun,
                end=begun + length,
                text=line.text,
                display=shown,
                confidence=1.0,
                digits=digits,
            )
        )
        return True
