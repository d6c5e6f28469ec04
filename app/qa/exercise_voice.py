"""The trainee's microphone in an exercise: recognised like any counsellor's, recorded nowhere."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from app.engine import Engine
from app.speech import live_transcriber
from audio.events import CallEvent, TranscriptFinal, TranscriptPartial
from audio.model import SAMPLE_RATE, Channel
from audio.ports import AudioSource
from audio.sound_window import SoundWindow
from resources.notices import Fault

_log = logging.getLogger(__name__)


class TraineeVoice:
    """Feeds one side of a source to recognition. Thread: one named ``trainee``; methods from any other."""

    def __init__(
        self,
        call_id: str,
        source: AudioSource,
        engine: Engine,
        sink: Callable[[CallEvent], None],
        now_ns: Callable[[], int],
        repair: Callable[[str], str],
        on_fault: Callable[[Fault], None],
    ) -> None:
        """Prepare; nothing is opened before :meth:`start`.

        Args:
            call_id: The exercise's call.
            source: The devices; only the counsellor's side is taken.
            engine: The speech process.
            sink: Takes the trainee's partials and finals, from recognition's threads.
            now_ns: Clock of the call.
            repair: Puts misheard names right.
            on_fault: Told when the microphone or recognition fails; the exercise goes on by key.
        """
        self._source = source
        self._sink = sink
        self._now_ns = now_ns
        self._on_fault = on_fault
        self._window = SoundWindow()
        self._begun_s = 0.0
        self._live = live_transcriber(
            engine, call_id, self._window, self._take, now_ns, realtime=True, words=False, repair=repair
        )
        self._live.on_fault = on_fault
        self._thread = threading.Thread(target=self._listen, name="trainee", daemon=True)

    def start(self) -> None:
        """Open the microphone and listen."""
        self._thread.start()

    def close(self) -> None:
        """Let go of it; what was said up to now is settled first."""
        self._source.close()
        if self._thread.ident is not None:
            self._thread.join(5.0)
        self._live.finish()
        self._live.close()

    def _listen(self) -> None:
        begun = False
        try:
            for block in self._source.blocks():
                if block.channel is not Channel.AGENT:
                    continue
                if not begun:
                    begun, self._begun_s = True, max(0.0, self._now_ns() / 1e9 - block.end / SAMPLE_RATE)
                self._window.write(block)
                self._live.feed(block)
                self._window.forget_channel(block.channel, self._live.needed_from(block.channel))
        except Fault as fault:
            self._on_fault(fault)
        except Exception:
            _log.exception("the trainee's microphone failed")
            self._on_fault(Fault("call.stage_failed", stage="trainee"))

    def _take(self, event: CallEvent) -> None:
        """Pass speech on: odd numbers, times of the call."""
        if isinstance(event, TranscriptPartial | TranscriptFinal):
            start, end = event.start + self._begun_s, event.end + self._begun_s
            self._sink(replace(event, utterance=2 * event.utterance + 1, start=start, end=end))
