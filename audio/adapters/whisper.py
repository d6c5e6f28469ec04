"""Whisper-family models through faster-whisper and CTranslate2, on only the frames that hold speech.

Stock faster-whisper encodes 30 seconds for every utterance. CTranslate2 takes any shorter window, and with some
seconds of empty room after the speech the text is as good at a fraction of the time; a window cut to the speech
itself makes the model repeat itself. Where a short window does go wrong, the full window is tried once.
"""

from __future__ import annotations

import logging
import os
import unicodedata
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import ctranslate2
import numpy as np
import psutil
from faster_whisper import WhisperModel
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

from audio.errors import SpeechFault
from audio.guard import monotonous, repeats
from audio.model import HOME_LANGUAGE, SAMPLE_RATE, AlignRequest, Decoded, DecodeRequest, LanguageOdds, Pcm, Word
from audio.model_file import check_speech_folder
from audio.words import by_space

_log = logging.getLogger(__name__)

_FULL_FRAMES: Final = 3000
_FRAMES_PER_SECOND: Final = 100
_ROOM_FRAMES: Final = 1200
_PARTIAL_ROOM_FRAMES: Final = 800
"""Empty room after the speech, for finals and partials. Over 14 built calls 12 s gave .8 points of CER less than 8 s,
for a tenth more time; 30 s a whole point, for twice the time."""
_STEP_FRAMES: Final = 200
"""Windows have few lengths: oneDNN, behind CTranslate2, keeps what it prepared for up to 1,024 lengths it met."""
_ALIGN_ROOM_FRAMES: Final = 200
"""Room when the text is known and nothing can loop: times are as with more, for half the work."""
_MAX_LENGTH: Final = 448
_TOKENS_PER_SECOND: Final = 9
"""Fast Korean speech has seven syllables a second, a little over a token each."""
_TOKENS_FREE: Final = 12
_MAX_COMPRESSION: Final = 2.4
_MIN_LOGPROB: Final = -1.0
_LONGEST_S: Final = 10
"""The segmenter cuts an utterance before so many seconds."""
_WIDEST_BEAM: Final = 5
_QUIET_PEAK: Final = 0.12
_RAISED_PEAK: Final = 0.4
_MAX_GAIN: Final = 20.0
_COMPUTE_TYPES: Final = {
    "cuda": ("int8_float16", "float16", "int8_float32", "float32"),
    "cpu": ("int8", "int8_float32", "float32"),
}
"""By device, best first: the first that the processor supports is used."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    decoded: Decoded
    overflow: bool
    encoded: Any
    """The encoder's output."""

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

    def __init__(self, folder: Path) -> None:
        """Load a CTranslate2 Whisper folder, onto a GPU where there is one that works.

        Raises:
            SpeechFault: The folder is not there or cannot be loaded.
        """
        check_speech_folder(folder)
        self._whisper = _load(folder)
        self._tokenizers: dict[str, tuple[Tokenizer, list[int]]] = {}
        self._warm_up()

    @property
    def device(self) -> str:
        """What decodes: ``cpu`` or ``cuda``."""
        return str(self._whisper.model.device)

    def transcribe(self, request: DecodeRequest) -> Decoded:
        """See :class:`audio.ports.Transcriber`."""
        features = self._features(request.pcm)
        room = _ROOM_FRAMES if request.allow_retry else _PARTIAL_ROOM_FRAMES
        chosen = first = self._attempt(features, min(_FULL_FRAMES, features.shape[1] + room), request)
        if request.allow_retry and first.doubtful and features.shape[1] + room < _FULL_FRAMES:
            second = self._attempt(features, _FULL_FRAMES, request, retried=True)
            worse = (second.looping, -second.decoded.avg_logprob) > (first.looping, -first.decoded.avg_logprob)
            chosen = first if second.doubtful and worse else second
        decoded = chosen.decoded
        if request.detect and self._whisper.model.is_multilingual:
            decoded = replace(decoded, odds=self._odds(first.encoded, decoded.language))
        if request.words:
            try:
                words = self._words(chosen.encoded, features.shape[1], decoded.text, decoded.language)
            except (RuntimeError, ValueError, IndexError):
                _log.exception("the words of a text cannot be timed")  # the text stands without
            else:
                decoded = replace(decoded, words=words)
        return decoded

    def align(self, request: AlignRequest) -> tuple[Word, ...]:
        """See :class:`audio.ports.WordAligner`."""
        features = self._features(request.pcm)
        encoded = self._encode(features, min(_FULL_FRAMES, features.shape[1] + _ALIGN_ROOM_FRAMES))
        return self._words(encoded, features.shape[1], request.text, request.language)

    def _warm_up(self) -> None:
        """Decode the largest window with the widest beam once: what that needs is taken now, not in a later call."""
        longest = DecodeRequest(np.zeros(_LONGEST_S * SAMPLE_RATE, np.int16), beam_size=_WIDEST_BEAM)
        longest = replace(longest, exact_tokens=_TOKENS_FREE + _TOKENS_PER_SECOND * _LONGEST_S)
        self._attempt(self._features(longest.pcm), _FULL_FRAMES, longest)

    def _features(self, pcm: Pcm) -> NDArray[np.float32]:
        features: NDArray[np.float32] = self._whisper.feature_extractor(_levelled(pcm))
        return features[:, :_FULL_FRAMES]

    def _encode(self, features: NDArray[np.float32], frames: int) -> Any:
        frames = min(_FULL_FRAMES, -(-frames // _STEP_FRAMES) * _STEP_FRAMES)
        padded = np.zeros((features.shape[0], frames), np.float32)
        padded[:, : features.shape[1]] = features
        return self._whisper.encode(padded)

    def _odds(self, encoded: Any, expected: str) -> LanguageOdds:
        odds = {token[2:-2]: float(odds) for token, odds in self._whisper.model.detect_language(encoded)[0]}
        likeliest = max(odds, key=lambda language: odds[language])
        return LanguageOdds(likeliest, odds[likeliest], odds.get(expected, 0.0))

    def _words(self, encoded: Any, frames: int, text: str, language: str) -> tuple[Word, ...]:
        if not text:
            return ()
        tokenizer, _ = self._tokenizer(language)
        tokens = tokenizer.encode(" " + text)[: _MAX_LENGTH - 8]
        pieces = [
            Word(
                unicodedata.normalize("NFC", piece["word"]),
                float(piece["start"]),
                float(piece["end"]),
                float(piece["probability"]),
            )
            for piece in self._whisper.find_alignment(tokenizer, [tokens], encoded, frames)[0]
        ]
        return by_space(text, pieces, frames / _FRAMES_PER_SECOND)

    def _attempt(
        self, features: NDArray[np.float32], frames: int, request: DecodeRequest, retried: bool = False
    ) -> _Attempt:
        tokenizer, suppressed = self._tokenizer(request.language)
        prompt: list[int] = self._whisper.get_prompt(tokenizer, [], without_timestamps=True)
        seconds = len(request.pcm) / SAMPLE_RATE
        cap = request.exact_tokens or min(_MAX_LENGTH // 2, _TOKENS_FREE + round(_TOKENS_PER_SECOND * seconds))
        encoded = self._encode(features, frames)
        result: Any = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=request.beam_size,
            # CTranslate2 decodes at most half of this, whatever the prompt's length.
            max_length=min(_MAX_LENGTH, max(2 * cap, len(prompt) + cap)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=[*suppressed, tokenizer.eot] if request.exact_tokens else suppressed,
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
                language=tokenizer.language_code if self._whisper.model.is_multilingual else request.language,
            ),
            overflow=len(tokens) >= cap,
            encoded=encoded,
        )

    def _tokenizer(self, language: str) -> tuple[Tokenizer, list[int]]:
        """Return the tokenizer of a language; the home language's where the model knows no such language."""
        known = self._whisper.hf_tokenizer.token_to_id(f"<|{language}|>") is not None
        if language != HOME_LANGUAGE and not (known and language in self._whisper.supported_languages):
            language = HOME_LANGUAGE
        if language not in self._tokenizers:
            model = self._whisper.model
            tokenizer = Tokenizer(
                self._whisper.hf_tokenizer, model.is_multilingual, task="transcribe", language=language
            )
            self._tokenizers[language] = tokenizer, list(get_suppressed_tokens(tokenizer, [-1]))
        return self._tokenizers[language]


def _load(folder: Path) -> WhisperModel:
    """Load a model for the best device that works; raises SpeechFault."""
    if ctranslate2.get_cuda_device_count() > 0:
        try:
            model = _loaded(folder, "cuda")
            # Libraries of the GPU are looked for at the first run, not at loading.
            model.encode(np.zeros((model.model.n_mels, _ALIGN_ROOM_FRAMES), np.float32))
        except (RuntimeError, ValueError, OSError):
            _log.warning("the GPU cannot be used for speech; the processor is", exc_info=True)
        else:
            return model
    try:
        return _loaded(folder, "cpu")
    except Exception as error:  # a tokenizer that cannot be read raises a bare one
        raise SpeechFault("audio.speech_model_broken", name=folder.name) from error


def _loaded(folder: Path, device: str) -> WhisperModel:
    supported = ctranslate2.get_supported_compute_types(device)
    compute_type = next((kind for kind in _COMPUTE_TYPES[device] if kind in supported), "default")
    model = WhisperModel(
        str(folder), device=device, compute_type=compute_type, cpu_threads=threads(), local_files_only=True
    )
    if model.hf_tokenizer.token_to_id("<|startoftranscript|>") is None:
        raise ValueError("no tokenizer of a Whisper model")
    if model.feature_extractor.mel_filters.shape[0] != model.model.n_mels:
        # Without its preprocessor file a large-v3 model is taken for one of the earlier ones.
        model.feature_extractor = FeatureExtractor(feature_size=model.model.n_mels)
    return model


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
