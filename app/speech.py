"""Builds the speech half: the speech process and its proxies, and transcription over it.

With :mod:`app.composition`, the only place where adapters of the sound side are constructed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.catalogue import ModelKind
from app.engine import Engine, PoisonedRequest
from app.home import Home
from app.models import model_store, smaller_speech_model
from audio.errors import PoisonedSound
from audio.events import CallEvent, DigitRun
from audio.model import SAMPLE_RATE, AlignRequest, Decoded, DecodeRequest, Pcm, Word
from audio.ports import SoundReader, VadState
from audio.speech_settings import SpeechSettings
from audio.transcribe import LiveTranscriber
from audio.two_models import TwoModels
from resources.notices import Fault

_log = logging.getLogger(__name__)

VAD_LANE: Final = "vad"
DECODE_LANE: Final = "decode"
_VAD_TIMEOUT_S: Final = 10.0
_DECODE_TIMEOUT_S: Final = 30.0


class Patience:
    """How long a decode may take before the process counts as hung.

    A fixed limit is too long for a fast PC, where a hang then costs half a minute of text, and too short for a slow
    one with a large model. So it grows with the sound, and is many times what this PC has needed for such work so far.
    The engine doubles it with every new try.
    """

    _TIMES: Final = 12.0
    _LEAST_S: Final = 8.0
    _FORGET: Final = 0.9
    """Share of the slowest rate that stays with every decode: one slow moment is not remembered for good."""

    def __init__(self) -> None:
        self._rates: dict[str, float] = {}

    def limit_s(self, work: str, sound_s: float) -> float:
        """Return the seconds that one kind of work on so much sound may take."""
        if work not in self._rates:
            return _DECODE_TIMEOUT_S + sound_s
        return max(self._LEAST_S, self._TIMES * self._rates[work] * (1.0 + sound_s))

    def took(self, work: str, sound_s: float, seconds: float) -> None:
        """Learn from work that came back."""
        rate = seconds / (1.0 + sound_s)
        self._rates[work] = max(rate, self._FORGET * self._rates.get(work, 0.0))

    def forget(self, work: str) -> None:
        """Be generous again: the process was started anew over it, maybe for want of patience."""
        self._rates.pop(work, None)


class SpeechProxy:
    """The speech process behind its ports. Each port from one thread at a time is best; any thread works."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._patience = Patience()

    def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
        """See :class:`audio.ports.VoiceActivityDetector`.

        Raises:
            PoisonedSound: The process fails on this stretch alone.
            Fault: The process cannot be started.
        """
        found: tuple[NDArray[np.float32], VadState] = self._call(
            VAD_LANE, "probabilities", pcm, state, timeout_s=_VAD_TIMEOUT_S
        )
        return found

    def transcribe(self, request: DecodeRequest) -> Decoded:
        """See :class:`audio.ports.Transcriber`. Raises as :meth:`probabilities` does."""
        work = "partial" if not request.allow_retry else "narrow" if request.beam_size == 1 else "final"
        decoded: Decoded = self._timed(work, "transcribe", request)
        return decoded

    def align(self, request: AlignRequest) -> tuple[Word, ...]:
        """See :class:`audio.ports.WordAligner`. Raises as :meth:`probabilities` does."""
        words: tuple[Word, ...] = self._timed("words", "align", request)
        return words

    def _timed(self, work: str, method: str, request: DecodeRequest | AlignRequest) -> Any:
        sound_s, begun, restarts = len(request.pcm) / SAMPLE_RATE, time.monotonic(), self._engine.restarts
        try:
            return self._call(DECODE_LANE, method, request, timeout_s=self._patience.limit_s(work, sound_s))
        finally:
            if self._engine.restarts == restarts:
                self._patience.took(work, sound_s, time.monotonic() - begun)
            else:
                self._patience.forget(work)

    def _call(self, lane: str, method: str, *args: Any, timeout_s: float) -> Any:
        try:
            return self._engine.call(lane, method, *args, timeout_s=timeout_s)
        except PoisonedRequest as error:
            raise PoisonedSound("audio.speech_skipped") from error
        except Fault:
            raise
        except Exception as error:
            # A bug on one stretch must not end the call's recognition; nothing of the sound is logged.
            _log.exception("speech process failed on one %s request", lane)
            raise PoisonedSound("audio.speech_skipped") from error


def model_folder(home: Home, name: str) -> Path:
    """Return the folder of a speech model: a catalogue name, or a site's own folder by path.

    Raises:
        ModelFault: It is not installed, or no CTranslate2 Whisper folder.
    """
    return model_store(home).locate(name, ModelKind.SPEECH).resolve()


def speech_engine(
    home: Home, settings: SpeechSettings | None = None, on_restart: Callable[[int], None] | None = None
) -> Engine:
    """Return the speech process, not started yet. One serves all calls of a desk, one call at a time.

    The largest smaller model that is installed stands by for when the work piles up.

    Raises:
        ModelFault: The model is not installed.
    """
    folder = model_folder(home, (settings or SpeechSettings()).model)
    smaller = smaller_speech_model(home, folder)
    return Engine(
        "speech",
        "app.speech:build_adapter",
        (str(folder), str(smaller) if smaller else None),
        (VAD_LANE, DECODE_LANE),
        timeout_s=_DECODE_TIMEOUT_S,
        on_restart=on_restart,
    )


def live_transcriber(
    engine: Engine,
    call_id: str,
    sound: SoundReader,
    sink: Callable[[CallEvent], None],
    now_ns: Callable[[], int],
    settings: SpeechSettings | None = None,
    realtime: bool = True,
    words: bool = True,
    repair: Callable[[str], str] = str,
) -> LiveTranscriber:
    """Return a transcriber of one call over ``engine``, which tells of its restarts through it.

    Args:
        engine: The speech process.
        call_id: Goes into every event.
        sound: The recording.
        sink: Takes the events.
        now_ns: Capture clock.
        settings: See there.
        realtime: See :class:`audio.transcribe.LiveTranscriber`.
        words: Whether words get times.
        repair: Puts misheard names right in what is shown; the raw text stays as it is.
    """
    from assist.numbers import display

    def shown(text: str) -> tuple[str, tuple[DigitRun, ...]]:
        return display(repair(text))

    proxy = SpeechProxy(engine)
    aligner = proxy if words else None
    live = LiveTranscriber(call_id, proxy, proxy, sound, sink, now_ns, settings, shown, realtime, aligner)
    engine.on_restart = live.engine_restarted
    return live


# -- inside the speech process


class SpeechAdapter:
    """The adapters as the one object of the speech process; each lane uses its own half."""

    def __init__(self, folder: Path, smaller: Path | None = None) -> None:
        from audio.adapters.silero import SileroDetector
        from audio.adapters.whisper import WhisperTranscriber

        self._vad = SileroDetector()
        self._whisper = WhisperTranscriber(folder)
        self._models = TwoModels(self._whisper, (lambda: WhisperTranscriber(smaller)) if smaller else None)
        # The first run of a network is slow; a second of nothing takes that out of the first words.
        silence = np.zeros(SAMPLE_RATE - SAMPLE_RATE % 512, np.int16)
        self._vad.probabilities(silence, None)
        self._whisper.transcribe(DecodeRequest(silence, beam_size=1, allow_retry=False))

    def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
        """See :class:`audio.ports.VoiceActivityDetector`."""
        return self._vad.probabilities(pcm, state)

    def transcribe(self, request: DecodeRequest) -> Decoded:
        """See :class:`audio.ports.Transcriber`."""
        return self._models.transcribe(request)

    def align(self, request: AlignRequest) -> tuple[Word, ...]:
        """See :class:`audio.ports.WordAligner`."""
        return self._whisper.align(request)

    def join(self) -> None:
        """Wait for a smaller model that is being loaded."""
        self._models.join()

    def device(self) -> str:
        """Return what decodes: ``cpu`` or ``cuda``."""
        return self._whisper.device


def build_adapter(folder: str, smaller: str | None = None) -> SpeechAdapter:
    """Build the speech process's adapter; the engine's factory."""
    return SpeechAdapter(Path(folder), Path(smaller) if smaller else None)
