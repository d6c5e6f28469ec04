"""One call from sample 0 to the put-away record: source, recorder, recognition and help on their threads."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import numpy as np

from app.clock_watch import ClockWatch
from app.disk_room import DiskRoom
from app.notice import notice_of
from app.source_watch import CallRecorder, SourceWatch
from assist.ars import Hint
from assist.events import CallEnded, CallerKnown, CallHeld, CallStarted, CardsShown, ListeningPaused, MomentMarked
from assist.live import LiveAssist
from assist.model import CardAction, CrisisKind, Draft, Script
from assist.protect.abuse import classify
from assist.protect.crisis import detect
from audio.events import CallEvent, TranscriptFinal
from audio.model import SAMPLE_RATE, Channel
from audio.ports import AudioSource, Recording
from audio.transcribe import LiveTranscriber
from resources.notices import Fault

_log = logging.getLogger(__name__)

TICK_S = 5.0
"""How often silence is looked at, for the notices of long calls."""
DRAFT_WITHIN_S = 1.0
"""How long hang-up waits for the last words before the first draft goes out without them."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is fixed at sample 0."""

    id: str
    source: str
    """``devices``, ``file``, ``practice`` or ``exercise``."""
    title: str
    wall_time: str
    """ISO 8601 with offset."""


@dataclass(frozen=True, slots=True)
class SoundParts:
    """The sound side of a call that has one."""

    source: AudioSource
    recorder: CallRecorder
    transcriber: LiveTranscriber
    realtime: bool = True
    room: DiskRoom | None = None
    """The disk the sound goes to."""
    low_minutes: int = 0
    """Minutes of recording left at which to warn."""
    wall: Callable[[], datetime] | None = None
    """The wall clock, watched for being moved."""


class CallPlayer(Protocol):
    """Plays a call that has no devices: a practice call or an exercise. Methods from any thread but its own."""

    @property
    def now_s(self) -> float:
        """Where the call stands, seconds from its beginning. Cheap."""
        ...

    def start(self) -> None:
        """Begin."""
        ...

    def set_paused(self, paused: bool) -> None:
        """Hold or go on."""
        ...

    def close(self) -> None:
        """Stop soon and wait for its thread."""
        ...


class CaptureClock:
    """Nanoseconds since sample 0. Thread-safe: it only reads."""

    def __init__(self) -> None:
        self._zero = time.monotonic_ns()

    def now_ns(self) -> int:
        """Return nanoseconds since this clock was made."""
        return time.monotonic_ns() - self._zero


class Call:
    """Runs one call.

    Threads: ``recorder`` takes blocks from the source to disk and on to recognition; ``assist`` does everything
    that helps, one thing at a time; ``ending`` closes the call. Public methods only hand off: any thread.
    """

    def __init__(
        self,
        facts: CallFacts,
        publish: Callable[[CallEvent], None],
        assist: LiveAssist,
        now_ns: Callable[[], int],
        parts: SoundParts | CallPlayer,
    ) -> None:
        """Prepare a call; nothing runs before :meth:`start`.

        Args:
            facts: What is fixed.
            publish: The bus.
            assist: Help for this call; used by the ``assist`` thread only.
            now_ns: Capture clock.
            parts: The sound side, or the player of a practice call or an exercise.
        """
        self.facts = facts
        self._publish = publish
        self._assist = assist
        self.now_ns = now_ns
        self._parts = parts
        self._work: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._assist_thread = threading.Thread(target=self._help, name="assist", daemon=True)
        self._recorder_thread = threading.Thread(target=self._record, name="recorder", daemon=True)
        self._ending: threading.Thread | None = None
        self._lock = threading.Lock()
        self._paused, self._held = False, False
        self._heard_to = 0
        self.ended = threading.Event()
        """Set when nothing more will come from recognition."""
        self.on_ended: Callable[[], None] = lambda: None
        """Called in the thread ``ending`` right after."""
        self.on_unwritten: Callable[[CallRecorder], None] = lambda recorder: None
        """Called in the thread ``ending`` before, with a recorder whose sound the disk did not take."""

    @property
    def sound(self) -> Recording | None:
        """The call's recording, or None in a practice call."""
        return self._parts.recorder if isinstance(self._parts, SoundParts) else None

    def start(self) -> None:
        """Begin: sample 0."""
        facts = self.facts
        self._publish(
            CallStarted(call_id=facts.id, t_ns=0, wall_time=facts.wall_time, source=facts.source, title=facts.title)
        )
        self._assist_thread.start()
        # Patterns are compiled on first use: before the first word, not at it.
        self._work.put(lambda: (classify(""), detect("")))
        if not isinstance(self._parts, SoundParts):
            self._parts.start()
        else:
            self._parts.transcriber.on_fault = self.notice
            self._recorder_thread.start()

    def on_final(self, event: TranscriptFinal) -> None:
        """Take a settled utterance to the ``assist`` thread."""
        self._work.put(lambda: self._assist.on_final(event))

    def card_acted(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        """Record what was done with a card."""
        self._work.put(lambda: self._assist.on_card_action(article_id, title, action, question))

    def warning_given(self, script: Script) -> None:
        """Record that a warning was said."""
        self._work.put(lambda: self._assist.on_warning(script))

    def choose_situation(self, ident: str) -> None:
        """Let the ladder follow a situation the counsellor chose."""
        self._work.put(lambda: self._assist.on_situation(ident))

    def caller_known(self, event: CallerKnown) -> None:
        """Take who calls to the ``assist`` thread."""
        self._work.put(lambda: self._assist.on_caller(event))

    def ars_known(self, hint: Hint) -> None:
        """Take what the caller chose in the menus to the ``assist`` thread."""
        self._work.put(lambda: self._assist.on_ars(hint))

    def note_handover(self, kind: CrisisKind) -> None:
        """Make the warm handover note for a danger of this call."""
        self._work.put(lambda: self._assist.on_handover(kind))

    @property
    def live(self) -> bool:
        """Whether it goes on: not hung up. Any thread."""
        return self._ending is None

    @property
    def held(self) -> bool:
        """Whether the telephone holds it. Any thread."""
        return self._held

    def set_held(self, held: bool) -> None:
        """Rest listening while the telephone holds the call; the same again changes nothing.

        What goes over the line meanwhile (music, a word with a colleague) is not the call: silence is recorded, as
        while listening is paused. Time goes on, that of the statutory notices too.
        """
        if held == self._held or not self.live:
            return
        self._held = held
        self._rest()
        self._publish(CallHeld(call_id=self.facts.id, t_ns=self.now_ns(), held=held))

    def set_paused(self, paused: bool) -> None:
        """Rest or resume listening. While it rests, silence is recorded in place of what is said."""
        self._paused = paused
        self._rest()
        self._publish(ListeningPaused(call_id=self.facts.id, t_ns=self.now_ns(), paused=paused))

    def _rest(self) -> None:
        if not isinstance(self._parts, SoundParts):
            self._parts.set_paused(self._paused or self._held)

    def set_language(self, channel: Channel, language: str) -> None:
        """Recognise one side in another language from now on; nothing in a practice call."""
        if isinstance(self._parts, SoundParts):
            self._parts.transcriber.set_language(channel, language)

    def mark(self) -> None:
        """Mark this moment."""
        now = self.now_ns()
        self._publish(MomentMarked(call_id=self.facts.id, t_ns=now, at_s=now / 1e9))

    def cards_shown(self, turn: int, article_ids: tuple[str, ...], origin: str = "") -> None:
        """Record that answers came onto the screen; empty: the list went quiet. In the wrap-up too."""
        shown = CardsShown(call_id=self.facts.id, t_ns=self.now_ns(), turn=turn, article_ids=article_ids, origin=origin)
        self._publish(shown)

    def end(self) -> None:
        """Hang up. Twice is once."""
        with self._lock:
            if self._ending is None:
                self._ending = threading.Thread(target=self._end, name="ending", daemon=True)
                self._ending.start()

    def close(self, wait_s: float = 10.0) -> None:
        """End if needed, wait for the threads and let go of everything."""
        self.end()
        assert self._ending is not None
        if threading.current_thread() is not self._ending:
            self._ending.join(wait_s)
        self._work.put(None)
        if self._assist_thread.ident is not None:
            self._assist_thread.join(wait_s)

    def notice(self, fault: Fault, severity: str = "error") -> None:
        """Put a fault before the counsellor as a banner."""
        self._publish(notice_of(fault, self.facts.id, self.now_ns(), severity))

    def _help(self) -> None:
        while True:
            try:
                job = self._work.get(timeout=TICK_S)
            except queue.Empty:
                job = self._tick
            if job is None:
                return
            try:
                job()
            except Fault as fault:
                self.notice(fault)
            except Exception:
                _log.exception("assist stage failed")
                self.notice(Fault("call.stage_failed", stage="assist"))

    def _tick(self) -> None:
        if not self.ended.is_set():
            self._assist.on_tick()

    def _record(self) -> None:
        assert isinstance(self._parts, SoundParts)
        parts = self._parts
        clock = ClockWatch(parts.wall, self.now_ns) if parts.wall is not None else None
        room = parts.room, parts.low_minutes
        watch = SourceWatch(self.facts.id, parts.source, parts.recorder, self._publish, self.now_ns, *room, clock)
        try:
            for block in parts.source.blocks():
                kept = replace(block, pcm=np.zeros_like(block.pcm)) if self._paused or self._held else block
                parts.recorder.write(kept)
                parts.transcriber.feed(kept)
                self._heard_to = max(self._heard_to, kept.end)
                watch.look(kept)
        except Fault as fault:
            self.notice(fault)
        except Exception:
            _log.exception("recorder stage failed")
            self.notice(Fault("call.stage_failed", stage="recorder"))
        watch.finish()
        self.end()

    def _end(self) -> None:
        duration_s = self.now_ns() / 1e9
        if not isinstance(self._parts, SoundParts):
            duration_s = self._parts.now_s
            self._parts.close()
            self._publish(CallEnded(call_id=self.facts.id, t_ns=int(duration_s * 1e9), duration_s=duration_s))
            self._draft_and_wait()
        else:
            self._end_sound(self._parts)
        self.ended.set()
        self.on_ended()

    def _end_sound(self, parts: SoundParts) -> None:
        parts.source.close()
        if self._recorder_thread.ident is not None:
            self._recorder_thread.join(5.0)
        duration_s = self._heard_to / SAMPLE_RATE
        if not parts.realtime:
            parts.transcriber.finish()
        self._publish(CallEnded(call_id=self.facts.id, t_ns=self.now_ns(), duration_s=duration_s))
        draining = threading.Thread(target=parts.transcriber.finish, name="draining", daemon=True)
        draining.start()
        draining.join(DRAFT_WITHIN_S)
        self._draft_and_wait()
        if draining.is_alive():
            # The record stands in time; what was still being recognised joins it when it comes.
            draining.join()
            self._draft_and_wait()
        parts.transcriber.finish_words()
        parts.transcriber.close()
        parts.recorder.close()
        if (code := parts.recorder.notice_code) is not None:
            self.notice(Fault(code))
            self.on_unwritten(parts.recorder)

    def _draft_and_wait(self) -> None:
        done = threading.Event()

        def finish() -> Draft:
            try:
                return self._assist.finish()
            finally:
                done.set()

        self._work.put(finish)
        done.wait(10.0)
