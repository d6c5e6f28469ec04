"""Builds the speech half: the speech process and its proxies, and transcription over it.

With :mod:`app.composition`, the only place where adapters of the sound side are constructed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from app.catalogue import ModelKind
from app.engine import Engine, PoisonedRequest
from app.home import Home
from app.models import model_store
from audio.errors import PoisonedSound
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, Decoded, DecodeRequest, Pcm
from audio.ports import SoundReader, VadState
from audio.speech_settings import SpeechSettings
from audio.transcribe import LiveTranscriber
from resources.notices import Fault

if TYPE_CHECKING:
    pass

_log = logging.getLogger(__name__)

VAD_LANE: Final = "vad"
DECODE_LANE: Final = "decode"
_VAD_TIMEOUT_S: Final = 10.0
_DECODE_TIMEOUT_S: Final = 30.0


class SpeechProxy:
    """The speech process behind its two ports. Each port from one thread at a time is best; any thread works."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
        decoded: Decoded = self._call(DECODE_LANE, "transcribe", request, timeout_s=_DECODE_TIMEOUT_S)
        return decoded

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

    Raises:
        ModelFault: The model is not installed.
    """
    folder = model_folder(home, (settings or SpeechSettings()).model)
    return Engine(
        "speech",
        "app.speech:build_adapter",
        (str(folder),),
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
) -> LiveTranscriber:
    """Return a transcriber of one call over ``engine``, which tells of its restarts through it."""
    from assist.numbers import display

    proxy = SpeechProxy(engine)
    live = LiveTranscriber(call_id, proxy, proxy, sound, sink, now_ns, settings, display, realtime)
    engine.on_restart = live.engine_restarted
    return live


# -- inside the speech process


class SpeechAdapter:
    """Both adapters as the one object of the speech process; each lane uses its own half."""

    def __init__(self, folder: Path) -> None:
        from audio.adapters.silero import SileroDetector
        from audio.adapters.whisper import WhisperTranscriber

        self._vad = SileroDetector()
        self._whisper = WhisperTranscriber(folder)
        # The first run of a network is slow; a second of nothing takes that out of the first words.
        silence = np.zeros(SAMPLE_RATE - SAMPLE_RATE % 512, np.int16)
        self._vad.probabilities(silence, None)
        self._whisper.transcribe(DecodeRequest(silence, beam_size=1, allow_retry=False))

    def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
        """See :class:`audio.ports.VoiceActivityDetector`."""
        return self._vad.probabilities(pcm, state)

    def transcribe(self, request: DecodeRequest) -> Decoded:
        """See :class:`audio.ports.Transcriber`."""
        return self._whisper.transcribe(request)


def build_adapter(folder: str) -> SpeechAdapter:
    """Build the speech process's adapter; the engine's factory."""
    return SpeechAdapter(Path(folder))
