"""The one queue before the one recogniser: who is next, how late we are, and what is cut back for it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from audio.events import TranscriptFinal
from audio.guard import VoiceEvidence
from audio.model import Channel, Span

Key = tuple[Channel, int]
"""Channel and number of the segment in it."""

STEP_PARTIALS_OFF: Final = 1
STEP_NARROW_BEAM: Final = 2
STEP_SMALL_MODEL: Final = 3
STEP_AGENT_WAITS: Final = 4
_RECOVER: Final = 0.5
"""A step is taken back once lag is below this share of what set it."""


@dataclass(slots=True)
class Job:
    """One stretch of sound to decode. ``final`` may turn true while a job tried ahead waits or runs."""

    key: Key
    span: Span
    partial: bool = False
    evidence: VoiceEvidence | None = None
    settled: bool = False
    """The utterance is over: the result is its final text."""
    void: bool = False
    """Speech went on: the result is worth a partial at most."""
    due_ns: int = 0
    """When the utterance was over; what lateness is counted from."""
    order: int = field(default=0, compare=False)

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Lower goes first: finals before partials, the caller before the agent, then first come."""
        return self.partial, self.span.channel is Channel.AGENT, self.order


@dataclass(frozen=True, slots=True)
class WordsJob:
    """A final text whose words are to get their times when nothing else is to do."""

    span: Span
    final: TranscriptFinal


class DecodeQueue:
    """Priority queue of one worker. Finals are never dropped; of partials only the latest a channel is kept.

    Words are timed last of all: in a call only while nobody speaks, so that no final ever waits for it, and after it.

    Thread: any puts; one worker takes. Time comes in through ``now_ns`` (capture clock).
    """

    def __init__(
        self,
        now_ns: Callable[[], int],
        degrade_after_s: tuple[float, float, float, float] | None = (2.0, 4.0, 8.0, 15.0),
        limit: int | None = None,
        on_lag: Callable[[float, int], None] = lambda lag_s, step: None,
    ) -> None:
        """Make an empty queue.

        Args:
            now_ns: Capture clock.
            degrade_after_s: Lag that sets each step; None never degrades (a file as fast as it goes).
            limit: How many finals may wait before :meth:`put` blocks; None for a live call, which never blocks.
            on_lag: Called with lag and step when either changed to be told; no lock held.
        """
        self._now_ns = now_ns
        self._degrade_after_s = degrade_after_s
        self._limit = limit
        self._on_lag = on_lag
        self._changed = threading.Condition()
        self._finals: list[Job] = []
        self._partials: dict[Channel, Job] = {}
        self._words: deque[WordsJob] = deque()
        self._running: Job | WordsJob | None = None
        self._speaking: set[Channel] = set()
        self._order = 0
        self._step = 0
        self._told_s = 0
        self._ended = False
        self._abandoned = False

    @property
    def step(self) -> int:
        """How far the work is cut back, 0 to 4."""
        return self._step

    def put(self, job: Job) -> None:
        """Add a job. A final waits where ``limit`` says so; a partial replaces the channel's earlier one."""
        with self._changed:
            job.order = self._order
            self._order += 1
            if job.partial:
                self._partials[job.span.channel] = job
            else:
                while self._limit is not None and len(self._finals) >= self._limit and not self._ended:
                    self._changed.wait()
                self._partials.pop(job.span.channel, None)
                self._finals.append(job)
            self._changed.notify_all()
        self._tell_lag()

    def put_words(self, job: WordsJob) -> None:
        """Add a final text whose words want times. Never blocks."""
        with self._changed:
            if not self._abandoned:
                self._words.append(job)
            self._changed.notify_all()

    def words_from(self, channel: Channel) -> int | None:
        """Return the first sample of ``channel`` that words still wait for; None where none do."""
        with self._changed:
            waiting = [job.span for job in self._words]
            if isinstance(self._running, WordsJob):
                waiting.append(self._running.span)
            return min((span.start for span in waiting if span.channel is channel), default=None)

    def drop_partial(self, channel: Channel) -> None:
        """Forget the channel's waiting partial."""
        with self._changed:
            self._partials.pop(channel, None)

    def withdraw(self, job: Job) -> None:
        """Void a job that was tried ahead: forgotten when it waits, worth a partial at most when it runs."""
        with self._changed:
            job.void = True
            if job in self._finals:
                self._finals.remove(job)
            self._changed.notify_all()

    def settle(self, job: Job) -> None:
        """Turn a job tried ahead into the utterance's final."""
        with self._changed:
            job.settled, job.due_ns = True, self._now_ns()
            self._changed.notify_all()

    def set_speaking(self, channel: Channel, speaking: bool) -> None:
        """Tell whether somebody speaks on ``channel``: pauses are when a waiting agent side catches up."""
        with self._changed:
            (self._speaking.add if speaking else self._speaking.discard)(channel)
            self._changed.notify_all()

    def end(self) -> None:
        """Take no more: :meth:`take` returns None once all finals are out; partials are forgotten."""
        with self._changed:
            self._ended = True
            self._partials.clear()
            self._speaking.clear()
            self._changed.notify_all()

    def abandon(self) -> None:
        """Forget everything and end."""
        with self._changed:
            self._finals.clear()
            self._words.clear()
            self._abandoned = True
        self.end()

    def take(self) -> Job | WordsJob | None:
        """Wait for the next job; None when the queue has ended and no final is left.

        Words still waiting then are for :meth:`take_words`. The worker must call :meth:`done` after either.
        """
        while True:
            self._tell_lag()
            with self._changed:
                job = self._next()
                if job or (self._ended and not self._finals):
                    self._running = job
                    self._changed.notify_all()
                    return job
                self._changed.wait(0.25 if self._finals else None)

    def take_words(self) -> WordsJob | None:
        """Return the next text whose words want times, or None; at once."""
        with self._changed:
            job = self._words.popleft() if self._words else None
            self._running = job
            return job

    def done(self) -> None:
        """The worker has finished what it took."""
        with self._changed:
            self._running = None
        self._tell_lag()

    def lag_s(self) -> float:
        """Return how far recognition is behind: seconds since the oldest utterance without text was over."""
        with self._changed:
            return self._lag()

    def _next(self) -> Job | WordsJob | None:
        finals = self._finals
        if self._step >= STEP_AGENT_WAITS and Channel.CALLER in self._speaking:
            finals = [job for job in finals if job.span.channel is Channel.CALLER]
        if finals:
            job = min(finals, key=lambda job: job.rank)
            self._finals.remove(job)
            return job
        if self._step >= STEP_PARTIALS_OFF or self._finals:
            self._partials.clear()
        if self._partials:
            job = min(self._partials.values(), key=lambda job: job.rank)
            del self._partials[job.span.channel]
            return job
        if self._words and not (self._finals or self._speaking or self._ended or self._step):
            return self._words.popleft()
        return None

    def _lag(self) -> float:
        late = [job.due_ns for job in self._finals if job.settled]
        if isinstance(self._running, Job) and self._running.settled:
            late.append(self._running.due_ns)
        return max(0.0, (self._now_ns() - min(late)) / 1e9) if late else 0.0

    def _tell_lag(self) -> None:
        if self._degrade_after_s is None:
            return
        with self._changed:
            lag = self._lag()
            step = self._step
            while step < len(self._degrade_after_s) and lag > self._degrade_after_s[step]:
                step += 1
            while step > 0 and lag < _RECOVER * self._degrade_after_s[step - 1]:
                step -= 1
            changed = step != self._step or (step > 0 and int(lag) != self._told_s)
            self._step = step
            self._told_s = int(lag)
        if changed:
            self._on_lag(lag, step)
