"""The real detector, whose model ships with its library, and the real recogniser where its model is installed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio.adapters.silero import SileroDetector
from audio.errors import SpeechFault
from audio.model import SAMPLE_RATE, DecodeRequest
from tests.helpers.models import installed_model


def noise(windows: int) -> np.ndarray:
    return np.random.default_rng(7).normal(0, 2000, windows * 512).astype(np.int16)


def test_the_detector_is_the_same_in_one_run_and_in_pieces() -> None:
    detector = SileroDetector()
    pcm = noise(40)
    whole, end = detector.probabilities(pcm, None)
    pieces, state = [], None
    for at in range(0, len(pcm), 3 * 512):
        found, state = detector.probabilities(pcm[at : at + 3 * 512], state)
        pieces.append(found)
    assert whole.shape == (40,)
    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-4)
    assert state is not None
    np.testing.assert_allclose(state, end, atol=1e-3)


def test_another_detector_goes_on_from_the_state() -> None:
    pcm = noise(20)
    whole, _ = SileroDetector().probabilities(pcm, None)
    _, state = SileroDetector().probabilities(pcm[: 10 * 512], None)
    rest, _ = SileroDetector().probabilities(pcm[10 * 512 :], state)
    np.testing.assert_allclose(rest, whole[10:], atol=1e-4)


@pytest.mark.models
def test_the_recogniser_takes_any_length_and_says_how_sure_it_is() -> None:
    from audio.adapters.whisper import WhisperTranscriber

    transcriber = WhisperTranscriber(installed_model("whisper-base"))
    for seconds in (0.05, 1.0, 9.99):
        decoded = transcriber.transcribe(DecodeRequest(np.zeros(int(seconds * SAMPLE_RATE), np.int16), beam_size=1))
        assert decoded.avg_logprob <= 0
        assert 0 <= decoded.no_speech_prob <= 1
        assert decoded.text == decoded.text.strip()


@pytest.mark.models
def test_a_broken_model_is_one_sentence(tmp_path: Path) -> None:
    from audio.adapters.whisper import WhisperTranscriber

    with pytest.raises(SpeechFault) as fault:
        WhisperTranscriber(tmp_path)
    assert fault.value.code == "audio.speech_model_missing"
    good = installed_model("whisper-base")
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes((good / name).read_bytes())
    (tmp_path / "model.bin").write_bytes(b"torn")
    with pytest.raises(SpeechFault) as fault:
        WhisperTranscriber(tmp_path)
    assert fault.value.code == "audio.speech_model_broken"
