"""Real Korean speech through the real command: detector and recogniser in their own process."""

from __future__ import annotations

import argparse
import csv
import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from app.commands import Context, transcribe
from app.errors import ModelFault
from app.home import Home
from app.speech import SpeechAdapter, live_transcriber, model_folder, speech_engine
from audio.adapters import whisper
from audio.events import CallEvent, EngineRestarted, TranscriptFinal, WordsAligned
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Decoded, DecodeRequest
from audio.sound_window import SoundWindow
from tests.helpers.material import data
from tests.helpers.models import installed_model

pytestmark = [pytest.mark.data, pytest.mark.models]

PARTIAL_KEYS = {
    "type", "file", "utterance", "channel", "start", "end", "text", "display", "flags", "at", "confidence",
}  # fmt: skip
FINAL_KEYS = {*PARTIAL_KEYS, "language", "words", "loudness_db"}
WORDS_KEYS = {"type", "file", "utterance", "words"}
SUMMARY_KEYS = {"type", "file", "audio_seconds", "cpu_seconds", "load_cpu_seconds", "lost_samples", "model"}


def utterances(count: int) -> list[tuple[NDArray[np.float32], str]]:
    """Return real utterances with their words, 16 kHz mono."""
    table = data("audio-nc", "transcripts.tsv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["file"].startswith("deeply")]
    found = []
    for row in rows[: 4 * count]:
        samples, rate = soundfile.read(table.parent / row["file"], dtype="float32", always_2d=True)
        if rate == SAMPLE_RATE and len(samples) > 2 * SAMPLE_RATE:
            found.append((samples.mean(axis=1), row["text"]))
    assert len(found) >= count
    return found[:count]


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def error_rate(said: str, heard: str) -> float:
    return Levenshtein.distance(letters(said), letters(heard)) / len(letters(said))


def assert_timed(words: list[dict[str, Any]], final: dict[str, Any]) -> None:
    """Check words of a final: its text, in order, inside the utterance."""
    assert [word["text"] for word in words] == final["text"].split()
    times = [time for word in words for time in (word["start"], word["end"])]
    assert times == sorted(times)
    assert all(final["start"] - 0.001 <= time <= final["end"] + 0.001 for time in times)


def still(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def run_command(*arguments: str) -> int:
    installed_model("whisper-base")
    parser = argparse.ArgumentParser()
    transcribe.configure(parser)
    return transcribe.run(parser.parse_args(arguments), Context(Home.from_environment()))


@pytest.mark.slow
def test_both_sides_of_a_stereo_recording_become_lines(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (agent, agent_said), (caller, caller_said) = utterances(2)
    left = np.concatenate([still(0.5), agent, still(1.0 + len(caller) / SAMPLE_RATE)])
    right = np.concatenate([still(1.0 + len(agent) / SAMPLE_RATE), caller, still(0.5)])
    length = min(len(left), len(right))
    file = tmp_path / "통화.wav"
    soundfile.write(file, np.stack([left[:length], right[:length]], axis=1), SAMPLE_RATE)
    assert run_command("--realtime", "--jsonl", str(file)) == 0
    out, _ = capfd.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    finals = [line for line in lines if line["type"] == "final"]
    partials = [line for line in lines if line["type"] == "partial"]
    (summary,) = [line for line in lines if line["type"] == "summary"]
    assert lines[-1] is summary
    assert set(summary) == SUMMARY_KEYS
    assert all(set(line) == FINAL_KEYS for line in finals)
    assert all(set(line) == PARTIAL_KEYS for line in partials)
    assert all(line["words"] == [] for line in finals)
    words = {line["utterance"]: line for line in lines if line["type"] == "words"}
    assert all(set(line) == WORDS_KEYS for line in words.values())
    assert set(words) == {line["utterance"] for line in finals}
    for line in finals:
        assert_timed(words[line["utterance"]]["words"], line)
    assert partials
    assert {line["utterance"] for line in partials} <= {line["utterance"] for line in finals}
    for channel, said in (("agent", agent_said), ("caller", caller_said)):
        heard = "".join(line["text"] for line in finals if line["channel"] == channel)
        assert error_rate(said, heard) < 0.4
    for line in finals:
        assert line["at"] >= line["end"]
        assert 0 <= line["confidence"] <= 1
    assert [line["at"] for line in lines if "at" in line] == sorted(line["at"] for line in lines if "at" in line)
    assert summary["audio_seconds"] == pytest.approx(length / SAMPLE_RATE, abs=0.01)
    assert summary["lost_samples"] == 0
    assert summary["cpu_seconds"] > 0
    assert summary["load_cpu_seconds"] > 0
    assert summary["model"] == "whisper-base"


def test_a_quiet_mono_telephone_recording_is_the_caller_and_a_bad_file_stops_nobody(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ((speech, said),) = utterances(1)
    bad = tmp_path / "bad.wav"
    bad.write_text("이것은 소리가 아닙니다")
    telephone = tmp_path / "telephone.wav"
    spectrum = np.fft.rfft(speech)
    half = np.fft.irfft(spectrum[: len(spectrum) // 2 + 1]) / 2
    soundfile.write(telephone, (0.05 * half).astype(np.float32), 8000)
    assert run_command("--jsonl", str(bad), str(telephone)) == 1
    out, err = capfd.readouterr()
    assert "bad.wav" in err
    assert "Traceback" not in err
    lines = [json.loads(line) for line in out.splitlines()]
    assert {line["channel"] for line in lines[:-1]} == {"caller"}
    for line in lines[:-1]:
        assert_timed(line["words"], line)
    assert error_rate(said, "".join(line["text"] for line in lines[:-1] if line["type"] == "final")) < 0.5
    assert lines[-1]["file"] == str(telephone)


def test_lines_for_people_name_time_and_speaker(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ((speech, _),) = utterances(1)
    file = tmp_path / "call.flac"
    soundfile.write(file, np.concatenate([still(1.2), speech]), SAMPLE_RATE)
    assert run_command(str(file)) == 0
    out, _ = capfd.readouterr()
    assert "0:00:01 시민  " in out or "0:00:00 시민  " in out


def test_a_speech_process_killed_twice_loses_nothing() -> None:
    installed_model("whisper-base")
    spoken = utterances(6)
    sides: dict[Channel, list[tuple[NDArray[np.float32], str]]] = {
        Channel.AGENT: spoken[::2],
        Channel.CALLER: spoken[1::2],
    }
    sound = {
        channel: np.concatenate([piece for speech, _ in said for piece in (still(0.5), speech, still(1.0))])
        for channel, said in sides.items()
    }
    samples = {channel: np.clip(pcm * 32767, -32768, 32767).astype(np.int16) for channel, pcm in sound.items()}
    events: list[CallEvent] = []
    finals = threading.Semaphore(0)

    def sink(event: CallEvent) -> None:
        events.append(event)
        if isinstance(event, TranscriptFinal):
            finals.release()

    engine = speech_engine(Home.from_environment())
    window = SoundWindow()
    live = live_transcriber(engine, "call", window, sink, lambda: 0)
    try:
        for start in range(0, max(map(len, samples.values())), 1600):
            for channel, pcm in samples.items():
                if start < len(pcm):
                    block = AudioBlock(channel, start, pcm[start : start + 1600])
                    window.write(block)
                    live.feed(block)
        for _ in range(2):
            assert finals.acquire(timeout=120)
            engine.wait_ready(120)
            assert engine.pid
            os.kill(engine.pid, signal.SIGTERM)
        live.finish()
        live.finish_words()
    finally:
        live.close()
        engine.close()
    assert live.fault is None
    assert live.missed_samples() == 0
    assert [event.count for event in events if isinstance(event, EngineRestarted)] == [1, 2]
    for channel, said in sides.items():
        lines = [event for event in events if isinstance(event, TranscriptFinal) and event.channel is channel]
        assert error_rate("".join(text for _, text in said), "".join(line.text for line in lines)) < 0.4
        at = 0.0
        for speech, _ in said:
            begin, at = at + 0.5, at + 1.5 + len(speech) / SAMPLE_RATE
            assert any(line.text and line.start < at - 1.0 and line.end > begin for line in lines)
    words = {event.utterance for event in events if isinstance(event, WordsAligned)}
    assert words == {event.utterance for event in events if isinstance(event, TranscriptFinal) and event.text}


def test_a_smaller_installed_model_steps_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = installed_model("whisper-base")
    smaller = tmp_path / "smaller"
    smaller.symlink_to(good, target_is_directory=True)
    used: list[str] = []

    class Spied(whisper.WhisperTranscriber):
        def __init__(self, folder: Path) -> None:
            self._name = folder.name
            super().__init__(folder)

        def transcribe(self, request: DecodeRequest) -> Decoded:
            used.append(self._name)
            return super().transcribe(request)

    monkeypatch.setattr(whisper, "WhisperTranscriber", Spied)
    ((speech, said),) = utterances(1)
    pcm = np.clip(speech * 32767, -32768, 32767).astype(np.int16)
    adapter = SpeechAdapter(good, smaller)
    late = DecodeRequest(pcm, beam_size=1, small=True)
    adapter.transcribe(late)
    adapter.join()
    assert error_rate(said, adapter.transcribe(late).text) < 0.4
    adapter.transcribe(DecodeRequest(pcm, beam_size=1))
    assert used[-2:] == ["smaller", good.name]


def test_a_missing_model_is_one_sentence() -> None:
    with pytest.raises(ModelFault) as fault:
        model_folder(Home.from_environment(), "no-such-model")
    assert "no-such-model" in str(fault.value)
