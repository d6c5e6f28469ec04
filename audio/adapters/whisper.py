"""Whisper-family models through faster-whisper and CTranslate2, on only the frames that hold speech.

Stock faster-whisper encodes 30 seconds for every utterance. CTranslate2 takes any shorter window, and with some
seconds of empty room after the speech the text is as good at a fraction of the time; a window cut to the speech
itself makes the model repeat itself. Where a short window does go wrong, the full window is tried once.
"""

from __future__ import annotations

import os
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import psutil
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

from audio.errors import SpeechFault
from audio.guard import monotonous, repeats
from audio.model import SAMPLE_RATE, Decoded, DecodeRequest, Pcm

_FULL_FRAMES: Final = 3000
_FRAMES_PER_SECOND: Final = 100
_ROOM_FRAMES: Final = 800
_MAX_LENGTH: Final = 448
_TOKENS_PER_SECOND: Final = 13
_TOKENS_FREE: Final = 16
_MAX_COMPRESSION: Final = 2.4
_MIN_LOGPROB: Final = -1.0
_QUIET_PEAK: Final = 0.12
_RAISED_PEAK: Final = 0.4
_MAX_GAIN: Final = 20.0


@dataclass(frozen=True, slots=True)
class _Attempt:
    decoded: Decoded
    overflow: bool

    @property
    def doubtful(self) -> bool:
        """Whether the full window should be tried."""
        return self.overflow or self.looping or self.decoded.avg_logprob < _MIN_LOGPROB

    @property
    def looping(self) -> bool:
        text = self.decoded.text
        return self.decoded.compression_ratio > _MAX_COMPRESSION or repeats(text) or monotonous(text)


def threads() -> int:
    """Return how many threads decode: the physical cores this process may use."""
    physical = psutil.cpu_count(logical=False) or 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else physical
    return max(1, min(physical, allowed))


class WhisperTranscriber:
    """Fills :class:`audio.ports.Transcriber`. One thread at a time; never downloads."""

    def __init__(self, folder: Path, device: str = "cpu", compute_type: str = "int8") -> None:
        """Load a CTranslate2 Whisper folder.

        Raises:
            SpeechFault: The folder is not there or cannot be loaded.
        """
        for name in ("model.bin", "tokenizer.json"):
            if not (folder / name).is_file():
                raise SpeechFault("audio.speech_model_missing", name=folder.name)
        try:
            self._whisper = WhisperModel(
                str(folder), device=device, compute_type=compute_type, cpu_threads=threads(), local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise SpeechFault("audio.speech_model_broken", name=folder.name) from error
        self._tokenizers: dict[str, tuple[Tokenizer, list[int]]] = {}

    def transcribe(self, request: DecodeRequest) -> Decoded:
        """See :class:`audio.ports.Transcriber`."""
        features = self._whisper.feature_extractor(_levelled(request.pcm))
        features = features[:, : min(_FULL_FRAMES, features.shape[-1])]
        window = min(_FULL_FRAMES, features.shape[-1] + _ROOM_FRAMES)
        first = self._attempt(features, window, request)
        if not (request.allow_retry and first.doubtful) or window == _FULL_FRAMES:
            return first.decoded
        second = self._attempt(features, _FULL_FRAMES, request, retried=True)
        if second.doubtful and (second.looping, -second.decoded.avg_logprob) > (
            first.looping,
            -first.decoded.avg_logprob,
        ):
            return first.decoded
        return second.decoded

    def _attempt(
        self, features: NDArray[np.float32], frames: int, request: DecodeRequest, retried: bool = False
    ) -> _Attempt:
        tokenizer, suppressed = self._tokenizer(request.language)
        prompt: list[int] = self._whisper.get_prompt(
            tokenizer, [], without_timestamps=True, hotwords=request.hotwords or None
        )
        seconds = len(request.pcm) / SAMPLE_RATE
        cap = min(_MAX_LENGTH // 2, _TOKENS_FREE + round(_TOKENS_PER_SECOND * seconds))
        padded = np.zeros((features.shape[0], frames), np.float32)
        padded[:, : features.shape[1]] = features
        result: Any = self._whisper.model.generate(
            self._whisper.encode(padded),
            [prompt],
            beam_size=request.beam_size,
            max_length=min(_MAX_LENGTH, len(prompt) + cap),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=suppressed,
        )[0]
        tokens = result.sequences_ids[0]
        text = unicodedata.normalize("NFC", tokenizer.decode(tokens)).strip()
        return _Attempt(
            Decoded(
                text=text,
                avg_logprob=min(0.0, float(result.scores[0]) * len(tokens) / (len(tokens) + 1)),
                no_speech_prob=float(result.no_speech_prob),
                compression_ratio=_compression(text),
                retried=retried,
            ),
            overflow=len(tokens) >= cap,
        )

    def _tokenizer(self, language: str) -> tuple[Tokenizer, list[int]]:
        if language not in self._tokenizers:
            model = self._whisper.model
            tokenizer = Tokenizer(
                self._whisper.hf_tokenizer, model.is_multilingual, task="transcribe", language=language
            )
            self._tokenizers[language] = tokenizer, list(get_suppressed_tokens(tokenizer, [-1]))
        return self._tokenizers[language]


def _levelled(pcm: Pcm) -> NDArray[np.float32]:
    """Return sound at full scale 1.0, raised where it is very quiet: the model's features depend on loudness."""
    samples = pcm.astype(np.float32) / 32768.0
    peak = float(np.abs(samples - samples.mean()).max()) if len(samples) else 0.0
    if 0 < peak < _QUIET_PEAK:
        samples = (samples - samples.mean()) * min(_MAX_GAIN, _RAISED_PEAK / peak)
    return samples


def _compression(text: str) -> float:
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw))
