"""Real recordings through bad sound cards and narrow headsets: what is understood stays close to the clean text."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from audio.adapters.resampler import SoxrResampler
from audio.adapters.silero import SileroDetector
from audio.adapters.whisper import WhisperTranscriber
from audio.guard import guard
from audio.model import SAMPLE_RATE, Channel, DecodeRequest, Pcm
from audio.resample import Converter
from audio.segment import WINDOW, Closed, Segmenter
from audio.speech_settings import SegmentSettings
from tests.helpers.material import data
from tests.helpers.models import installed_model

Sound = NDArray[np.float64]


def recording(*parts: str) -> Sound:
    """Return a recording at 16 kHz, peak 0.5, with a second of near silence around it."""
    samples, rate = soundfile.read(data(*parts), dtype="float64", always_2d=True)
    mono = samples.mean(axis=1)
    assert rate == SAMPLE_RATE
    quiet = np.zeros(SAMPLE_RATE)
    sound = np.concatenate((quiet, 0.5 * mono / np.abs(mono).max(), quiet))
    return sound + np.random.default_rng(0).normal(0, 0.0008, len(sound))


def captured(sound: Sound, rate: int = SAMPLE_RATE) -> Pcm:
    """Return what a device of ``rate`` hands on of it, as the desk gets it: piece by piece, converted."""
    frames = np.clip(sound, -1, 32767 / 32768).astype(np.float32)[:, np.newaxis]
    converter = Converter(rate, (Channel.CALLER,), SoxrResampler)
    edges = [*range(0, len(frames), rate // 20), len(frames)]
    pieces = [converter.convert(frames[start:end])[0] for start, end in pairwise(edges)]
    return np.concatenate([*pieces, converter.convert(frames[:0], last=True)[0]])


@cache
def recogniser() -> WhisperTranscriber:
    return WhisperTranscriber(installed_model("whisper-base"))


def segments(pcm: Pcm) -> list[Closed]:
    pcm = pcm[: len(pcm) // WINDOW * WINDOW]
    probabilities, _ = SileroDetector().probabilities(pcm, None)
    levels = np.sqrt(np.mean(np.square(pcm.reshape(-1, WINDOW).astype(np.float32)), axis=1))
    segmenter = Segmenter(SegmentSettings())
    events = segmenter.push(probabilities, levels) + segmenter.finish()
    return [event for event in events if isinstance(event, Closed)]


def heard(pcm: Pcm) -> tuple[str, tuple[str, ...]]:
    """Return the text of a recording, letters only, and the flags of its lines."""
    text, flags = "", ()
    for segment in segments(pcm):
        decoded = recogniser().transcribe(DecodeRequest(pcm[segment.start : segment.end], beam_size=5))
        guarded = guard(decoded, segment.evidence, lambda _: False)
        text, flags = text + guarded.text, flags + guarded.flags
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum()), flags


def narrow(sound: Sound) -> Pcm:
    """Return it as a headset in its telephone profile gives it: 8 kHz."""
    spectrum = np.fft.rfft(sound)
    half = len(sound) // 2
    return captured(np.fft.irfft(spectrum[: half // 2 + 1], half) / 2, 8000)


BAD: dict[str, Callable[[Sound], Pcm]] = {
    "a tenth as loud": lambda sound: captured(0.1 * sound),
    "ten times as loud": lambda sound: captured(10 * sound),
    "clipped": lambda sound: captured(0.5 * np.clip(4 * sound, -1, 1)),
    "with an offset": lambda sound: captured(0.7 * sound + 0.3),
    "quiet with an offset": lambda sound: captured(0.1 * sound - 0.3),
    "8 kHz": narrow,
}


@cache
def lines() -> tuple[Sound, ...]:
    folder = data("audio-nc")
    names = sorted(path.relative_to(folder).as_posix() for path in folder.glob("deeply/*"))
    return tuple(recording("audio-nc", *name.split("/")) for name in names[5:60:22])


@cache
def clean() -> tuple[str, ...]:
    return tuple(heard(captured(sound))[0] for sound in lines())


@pytest.mark.data
@pytest.mark.models
@pytest.mark.parametrize("way", BAD)
def test_bad_sound_is_still_understood(way: str) -> None:
    wrong = length = 0
    for sound, want in zip(lines(), clean(), strict=True):
        text, flags = heard(BAD[way](sound))
        assert not flags
        wrong += Levenshtein.distance(text, want)
        length += len(want)
    assert length > 30
    assert wrong / length < 0.35


@pytest.mark.data
@pytest.mark.models
@pytest.mark.parametrize("gain", [1.0, 0.1, 0.03])
def test_a_thank_you_that_somebody_says_is_never_marked(gain: float) -> None:
    text, flags = heard(captured(gain * recording("audio-nc", "tedxkr", "s03-0228.flac")))
    assert "감사합니다" in text
    assert flags == ()


def music(seconds: int) -> Sound:
    """Return notes with overtones over a drum, the kind that plays while one waits."""
    random = np.random.default_rng(120)
    time = np.arange(SAMPLE_RATE // 4) / SAMPLE_RATE
    notes = []
    for _ in range(4 * seconds):
        pitch = 220 * 2 ** (random.choice([0, 2, 4, 5, 7, 9, 12, 16]) / 12)
        tone = sum(np.sin(2 * np.pi * pitch * k * time) / k for k in range(1, 8))
        drum = random.normal(0, 0.3, len(time)) * np.exp(-time * 40)
        notes.append(0.1 * tone * np.exp(-time * 3) + 0.1 * drum)
    return np.concatenate(notes)


def ringing(seconds: int, on: float, off: float, *hertz: int) -> Sound:
    time = np.arange(seconds * SAMPLE_RATE) / SAMPLE_RATE
    return 0.15 * sum(np.sin(2 * np.pi * f * time) for f in hertz) * (time % (on + off) < on)


def noise(seconds: int, loud: float) -> Sound:
    return np.random.default_rng(5).normal(0, loud, seconds * SAMPLE_RATE)


NOT_SPEECH: dict[str, Callable[[], Sound]] = {
    "music": lambda: music(60),
    "ringback": lambda: ringing(60, 1, 2, 440, 480),
    "busy": lambda: ringing(30, 0.5, 0.5, 480, 620),
    "dial tone": lambda: ringing(30, 1, 0, 350, 440),
    "mains hum": lambda: ringing(30, 1, 0, 60, 120, 180, 240, 300),
    "line noise": lambda: noise(60, 0.003),
    "loud noise": lambda: noise(60, 0.1),
    "silence": lambda: noise(60, 0.0),
}


@pytest.mark.parametrize("kind", NOT_SPEECH)
@pytest.mark.parametrize("gain", [0.1, 1.0, 3.0])
def test_what_is_not_speech_hardly_ever_opens_an_utterance(kind: str, gain: float) -> None:
    pcm = captured(gain * NOT_SPEECH[kind]())
    assert len(segments(pcm)) <= 1


@pytest.mark.data
@pytest.mark.models
def test_a_long_reading_without_a_pause_is_cut_between_words() -> None:
    with data("audio", "azure-customspeech-ko", "transcripts.tsv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file, delimiter="\t") if "testing" in row["file"])
    pcm = captured(recording("audio", "azure-customspeech-ko", *row["file"].split("/")))
    assert any(segment.forced for segment in segments(pcm))
    text, flags = heard(pcm)
    want = "".join(c for c in unicodedata.normalize("NFC", row["text"]) if c.isalnum())
    assert flags == ()
    assert Levenshtein.distance(text, want) / len(want) < 0.15
