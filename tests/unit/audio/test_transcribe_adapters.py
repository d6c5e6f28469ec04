"""The real detector, whose model ships with its library, and the real recogniser where its model is installed."""

from __future__ import annotations

import csv
import itertools
import json
import unicodedata
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
import soundfile
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from audio.adapters.silero import SileroDetector
from audio.adapters.whisper import WhisperTranscriber
from audio.errors import SpeechFault
from audio.model import SAMPLE_RATE, AlignRequest, DecodeRequest
from tests.helpers.material import data
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
    transcriber = WhisperTranscriber(installed_model("whisper-base"))
    for seconds in (0.05, 1.0, 9.99):
        decoded = transcriber.transcribe(DecodeRequest(np.zeros(int(seconds * SAMPLE_RATE), np.int16), beam_size=1))
        assert decoded.avg_logprob <= 0
        assert 0 <= decoded.no_speech_prob <= 1
        assert decoded.text == decoded.text.strip()


@pytest.mark.models
def test_a_broken_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SpeechFault) as fault:
        WhisperTranscriber(tmp_path)
    assert fault.value.code == "audio.speech_model_missing"
    good = installed_model("whisper-base")
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes((good / name).read_bytes())
    (tmp_path / "model.bin").write_bytes(b"\x80\x02pickled")
    with pytest.raises(SpeechFault) as fault:
        WhisperTranscriber(tmp_path)
    assert fault.value.code == "audio.speech_model_not_data"
    (tmp_path / "model.bin").write_bytes((good / "model.bin").read_bytes()[:100_000])
    with pytest.raises(SpeechFault) as fault:
        WhisperTranscriber(tmp_path)
    assert fault.value.code == "audio.speech_model_broken"


@pytest.fixture(scope="module")
def whisper() -> WhisperTranscriber:
    return WhisperTranscriber(installed_model("whisper-base"))


def speech() -> tuple[NDArray[np.int16], str]:
    """Return a real utterance of some seconds and its words."""
    table = data("audio-nc", "transcripts.tsv")
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            samples, rate = soundfile.read(table.parent / row["file"], dtype="int16", always_2d=True)
            if rate == SAMPLE_RATE and len(samples) > 4 * SAMPLE_RATE:
                return samples.mean(axis=1).astype(np.int16), unicodedata.normalize("NFC", row["text"])
    raise AssertionError("no utterance long enough")


@pytest.mark.models
@pytest.mark.data
def test_words_of_a_known_text_are_timed_in_order_and_inside_the_sound(whisper: WhisperTranscriber) -> None:
    pcm, text = speech()
    words = whisper.align(AlignRequest(pcm, text))
    assert [word.text for word in words] == text.split()
    assert all(0 <= word.start <= word.end <= len(pcm) / SAMPLE_RATE for word in words)
    assert all(before.end <= after.start for before, after in itertools.pairwise(words))
    assert all(0 <= word.probability <= 1 for word in words)
    # A second of silence before it moves the words by as much.
    late = whisper.align(AlignRequest(np.concatenate([np.zeros(SAMPLE_RATE, np.int16), pcm]), text))
    moved = [after.start - before.start for before, after in zip(words[1:], late[1:], strict=True)]
    assert np.median(moved) == pytest.approx(1.0, abs=0.2)


@pytest.mark.models
@pytest.mark.data
def test_words_and_language_come_with_the_text_where_asked(whisper: WhisperTranscriber) -> None:
    pcm, _ = speech()
    decoded = whisper.transcribe(DecodeRequest(pcm, beam_size=1, words=True, detect=True))
    assert [word.text for word in decoded.words] == decoded.text.split()
    assert decoded.odds
    assert decoded.odds.language == "ko"
    assert decoded.odds.expected == decoded.odds.probability > 0.5
    assert decoded.language == "ko"
    plain = whisper.transcribe(DecodeRequest(pcm, beam_size=1))
    assert (plain.words, plain.odds) == ((), None)


@pytest.mark.models
def test_a_language_the_model_does_not_know_is_taken_for_korean(whisper: WhisperTranscriber) -> None:
    silence = np.zeros(SAMPLE_RATE, np.int16)
    assert whisper.transcribe(DecodeRequest(silence, beam_size=1, language="xx")).language == "ko"
    assert whisper.transcribe(DecodeRequest(silence, beam_size=1, language="en")).language == "en"


@pytest.mark.models
def test_text_that_is_not_there_to_align_is_no_words(whisper: WhisperTranscriber) -> None:
    assert whisper.align(AlignRequest(np.zeros(SAMPLE_RATE, np.int16), "")) == ()


@pytest.mark.models
def test_a_gpu_that_does_not_work_leaves_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    tried: list[str] = []
    real = WhisperModel.__init__

    def load(self: WhisperModel, *args: Any, device: str = "auto", **options: Any) -> None:
        tried.append(device)
        if device == "cuda":
            raise RuntimeError("CUDA driver version is insufficient")
        real(self, *args, device=device, **options)

    monkeypatch.setattr(WhisperModel, "__init__", load)
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda device: {"float16", "int8", "float32"})
    transcriber = WhisperTranscriber(installed_model("whisper-base"))
    assert tried == ["cuda", "cpu"]
    assert transcriber.device == "cpu"


@pytest.mark.models
def test_a_folder_whose_tokenizer_is_not_whispers_is_one_sentence(tmp_path: Path) -> None:
    good = installed_model("whisper-base")
    for name in ("config.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes((good / name).read_bytes())
    (tmp_path / "model.bin").symlink_to(good / "model.bin")
    words = {"version": "1.0", "model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}}
    for tokenizer in (json.dumps(words), "not a tokenizer"):
        (tmp_path / "tokenizer.json").write_text(tokenizer)
        with pytest.raises(SpeechFault) as fault:
            WhisperTranscriber(tmp_path)
        assert fault.value.code == "audio.speech_model_broken"
