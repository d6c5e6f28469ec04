"""Plays a written practice call: the words come as recognition would bring them, without any sound."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.practice_calls import PracticeCall, PracticeTurn
from audio.events import CallEvent, DigitRun, TranscriptFinal, TranscriptPartial

Display = Callable[[str], tuple[str, tuple[DigitRun, ...]]]
PARTIAL_EVERY_S = 1.0
NS = 1_000_000_000


class PracticePlayer:
    """Emits the partials and finals of one written call at its own pace.

    Thread: one thread named ``practice``, from :meth:`start` to :meth:`close` or the end of the call.
    """

    def __init__(
        self,
        call_id: str,
        call: PracticeCall,
        sink: Callable[[CallEvent], None],
        display: Display,
        speed: float,
        on_end: Callable[[], None],
    ) -> None:
        """Prepare a player.

        Args:
            call_id: The session.
            call: What is said.
            sink: Takes the events, from the player's thread.
            display: Turns spoken numbers into digits.
            speed: 1 is real time; 0 means without any waiting.
            on_end: Called once after the last word, unless closed before.
        """
        self._call_id = call_id
        self._call = call
        self._sink = sink
        self._display = display
        self._speed = speed
        self._on_end = on_end
        self._stopped = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._thread = threading.Thread(target=self._play, name="practice", daemon=True)
        self.now_s = 0.0
        """Where the written call stands, seconds from its start."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def set_paused(self, paused: bool) -> None:
        """Hold or go on. Any thread."""
        if paused:
            self._running.clear()
        else:
            self._running.set()

    def close(self) -> None:
        """Stop soon and wait for the thread. Any thread but the player's own."""
        self._stopped.set()
        self._running.set()
        if threading.current_thread() is not self._thread and self._thread.ident is not None:
            self._thread.join(5.0)

    def _play(self) -> None:
        # Turns may overlap: everything that happens is one list in order of time.
        moments = sorted(
            (moment for number, turn in enumerate(self._call.turns) for moment in self._moments(number, turn)),
            key=lambda moment: moment[0],
        )
        for at, event in moments:
            if not self._wait_until(at):
                return
            self._sink(event)
        self._on_end()

    def _wait_until(self, at: float) -> bool:
        while not self._stopped.is_set():
            self._running.wait()
            pause = at - self.now_s
            if pause <= 0 or self._speed <= 0:
                self.now_s = max(self.now_s, at)
                return not self._stopped.is_set()
            step = min(pause, 0.1)
            self._stopped.wait(step / self._speed)
            self.now_s += step
        return False

    def _moments(self, number: int, turn: PracticeTurn) -> list[tuple[float, CallEvent]]:
        shown, digits = self._display(turn.text)
        length = max(turn.end - turn.start, 0.1)
        moments: list[tuple[float, CallEvent]] = []
        at = turn.start + PARTIAL_EVERY_S
        while at < turn.end:
            text = turn.text[: int(len(turn.text) * (at - turn.start) / length)].rsplit(" ", 1)[0]
            if text:
                partial = TranscriptPartial(
                    call_id=self._call_id,
                    t_ns=int(at * NS),
                    utterance=number,
                    channel=turn.speaker,
                    start=turn.start,
                    end=at,
                    text=text,
                    display=text,
                )
                moments.append((at, partial))
            at += PARTIAL_EVERY_S
        final = TranscriptFinal(
            call_id=self._call_id,
            t_ns=int(turn.end * NS),
            utterance=number,
            channel=turn.speaker,
            start=turn.start,
            end=turn.end,
            text=turn.text,
            display=shown,
            confidence=1.0,
            digits=digits,
        )
        return [*moments, (turn.end, final)]
