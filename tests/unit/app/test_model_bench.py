"""Timing of speech models: what is asked of the recogniser, what delays follow, which model is recommended."""

from __future__ import annotations

import argparse
import itertools
import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import cli, model_bench, model_choice
from app.errors import ModelFault
from app.model_bench import HEADROOM, DecodeCost, Result, Timing, estimate, judge, measure, recommended, speech_like
from audio.model import Decoded, DecodeRequest
from audio.speech_settings import SpeechSettings
from tests.helpers.models import installed_model

SETTINGS = SpeechSettings()


@pytest.fixture(autouse=True)
def whole_process_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back what a command line changes for its whole process."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(argparse, "_", argparse._)  # type: ignore[attr-defined]


def timing(name: str = "base", size: int = 100, five_s: float = 0.2, site: bool = False) -> Timing:
    """Return a model that takes ``five_s`` for five seconds of speech, in proportion for other lengths."""
    cost = DecodeCost(0.0, five_s / 5, 0.0, 2 * five_s / 5)
    return Timing(name, size, "cpu", 1.0, cost, cost, 0.01, site)


class Process:
    """A speech process that takes 0.1 s plus 0.02 s a token and beam, on a clock of its own; the first is slower."""

    def __init__(self) -> None:
        self.now = 0.0
        self.requests: list[DecodeRequest] = []

    def call(self, lane: str, method: str, *args: Any, timeout_s: float | None = None) -> Any:
        if method == "device":
            return "cpu"
        if method == "probabilities":
            self.now += 0.1
            return None
        request: DecodeRequest = args[0]
        self.requests.append(request)
        first = sum(one.exact_tokens == request.exact_tokens for one in self.requests) == 1
        self.now += 0.1 + 0.004 * request.exact_tokens * request.beam_size + 5.0 * first
        return Decoded("", -0.5, 0.0, 1.0)

    def cpu_seconds(self) -> float:
        return 2 * self.now


def test_measuring_fixes_the_tokens_and_leaves_the_first_run_out() -> None:
    process = Process()
    found = measure(process, "base", 100, 1.5, SETTINGS, clock=lambda: process.now)
    assert {one.exact_tokens for one in process.requests} == {40, 80}
    assert {one.beam_size for one in process.requests} == {5, 1}
    assert not any(one.allow_retry for one in process.requests)
    assert found.final.wall_s(5.0) == pytest.approx(0.9)
    assert found.final.wall_s(10.0) == pytest.approx(1.7)
    assert found.partial.wall_s(5.0) == pytest.approx(0.26)
    assert found.final.cpu_s(5.0) == pytest.approx(1.8)
    assert found.vad_cpu_per_s == pytest.approx(0.02)
    assert found.device == "cpu"


def test_a_fast_model_answers_at_the_end_of_the_pause() -> None:
    found = estimate(timing(five_s=0.05), SETTINGS)
    hangover = SETTINGS.segment.hangover_ms / 1000
    assert hangover < found.p50_s < hangover + 0.2
    assert found.p95_s < hangover + 0.3


def test_delay_and_work_grow_with_the_model_and_with_a_slower_pc() -> None:
    delays = [estimate(timing(five_s=seconds), SETTINGS) for seconds in (0.1, 0.4, 0.8)]
    assert [one.p95_s for one in delays] == sorted({one.p95_s for one in delays})
    assert [one.cpu_per_s for one in delays] == sorted({one.cpu_per_s for one in delays})
    once, slower = estimate(timing(five_s=0.4), SETTINGS), estimate(timing(five_s=0.4), SETTINGS, HEADROOM)
    assert slower.p95_s > once.p95_s
    assert slower.cpu_per_s == pytest.approx(HEADROOM * once.cpu_per_s, rel=0.35)


def test_a_model_slower_than_speech_falls_ever_further_behind() -> None:
    found = estimate(timing(five_s=6.0), SETTINGS)
    assert found.p95_s > 60


def test_partials_cost_work_but_never_come_before_a_final_that_waits() -> None:
    quiet = SpeechSettings(partials=False)
    model = timing(five_s=0.3)
    assert estimate(model, quiet).cpu_per_s < estimate(model, SETTINGS).cpu_per_s
    # A partial that already runs is waited for, and no more than that.
    assert estimate(model, SETTINGS).p95_s - estimate(model, quiet).p95_s < model.partial.wall_s(10.0)


def result(name: str, size: int, five_s: float, site: bool = False) -> Result:
    return judge(timing(name, size, five_s, site), SETTINGS)


def test_the_largest_model_with_headroom_is_recommended() -> None:
    tiny, base, small = result("tiny", 75, 0.1), result("base", 145, 0.25), result("small", 480, 1.5)
    assert recommended([tiny, small, base]) is base
    assert recommended([tiny]) is tiny


def test_a_site_folder_of_the_same_network_goes_first() -> None:
    own, stock = result("/site/ko-base", 1450, 0.25, site=True), result("base", 1452, 0.25)
    for order in itertools.permutations((own, stock)):
        assert recommended(order) is own


def test_no_model_is_recommended_where_none_holds() -> None:
    slow, slower = result("small", 480, 2.0), result("turbo", 1600, 8.0)
    assert recommended([slower, slow]) is None
    assert model_bench.fastest([slower, slow]) is slow


def test_headroom_is_asked_for() -> None:
    just = result("base", 145, 0.9)
    assert just.slower.p95_s > just.now.p95_s
    assert recommended([replace(just, slower=replace(just.slower, p95_s=1.61))]) is None
    assert recommended([replace(just, slower=replace(just.slower, p95_s=1.6))]) is not None


def test_made_speech_is_the_same_every_time_and_has_pauses_and_peaks() -> None:
    sound = speech_like(2.0)
    assert sound.dtype == np.int16
    assert len(sound) == 32_000
    assert np.array_equal(sound, speech_like(2.0))
    loud = np.abs(sound.reshape(-1, 320).astype(float)).max(axis=1)
    assert loud.max() > 8_000
    assert loud.min() < 0.2 * loud.max()


# -- the command


def bench(*arguments: str) -> int:
    return cli.main(["models", "bench", *arguments])


@pytest.fixture
def no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("DOUMI_MODELS", str(folder))
    return folder


def test_without_a_model_the_sentence_says_how_to_get_one(
    no_models: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench() == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "doumi models fetch" in err
    assert err.count("\n") == 1


def fake_timing(speeds: dict[str, float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the models of ``speeds`` be timed so; others are missing."""

    def time_model(_home: object, name: str) -> Result:
        if name not in speeds:
            raise ModelFault("models.not_a_model", path=name, files="model.bin")
        return result(name, round(1000 * speeds[name]), speeds[name])

    monkeypatch.setattr(model_choice, "time_model", time_model)


def test_a_broken_model_is_told_and_the_others_go_on(
    no_models: Path, own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_timing({"whisper-base": 0.2, "whisper-small": 3.0}, monkeypatch)
    assert bench("broken", "whisper-small", "whisper-base", "--jsonl") == 1
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["type"] for row in rows] == ["fault", "model", "model", "recommendation"]
    assert rows[0]["code"] == "models.not_a_model"
    assert "broken" in err
    assert [row["holds"] for row in rows[1:3]] == [False, True]
    assert rows[2]["final_5s_s"] == pytest.approx(0.2)
    assert rows[3]["model"] == "whisper-base"


def test_the_recommendation_says_why_and_how_to_set_it(
    no_models: Path, own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_timing({"/site/ko": 0.3, "whisper-base": 0.2}, monkeypatch)
    assert bench("/site/ko", "whisper-base") == 0
    out = capsys.readouterr().out
    assert "추천 모델: /site/ko" in out
    assert "models.speech" in out
    assert str(own_home / "settings.json") in out
    fake_timing({"whisper-base": 5.0}, monkeypatch)
    assert bench("whisper-base") == 0
    out = capsys.readouterr().out
    assert "추천" not in out
    assert "가장 빠른 모델: whisper-base" in out


def test_installed_models_are_found_site_folders_beside_them_too(no_models: Path, own_home: Path) -> None:
    from app.home import Home
    from app.models import model_store

    for name, files in (("ko-tuned", ("model.bin", "config.json", "tokenizer.json")), ("notes", ("a.txt",))):
        (no_models / name).mkdir()
        for file in files:
            (no_models / name / file).write_bytes(b"x")
    home = Home.from_environment()
    assert model_choice.installed(model_store(home), home.models) == ["ko-tuned"]


def test_a_folder_with_broken_weights_is_one_sentence(
    no_models: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = no_models / "broken"
    folder.mkdir()
    for file in ("model.bin", "config.json", "tokenizer.json"):
        (folder / file).write_bytes(b"not a model")
    assert bench(str(folder)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "broken" in err.splitlines()[-1]
    assert "Traceback" not in err


@pytest.mark.models
def test_a_real_model_is_timed_on_so_many_tokens(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = installed_model("whisper-base")
    for name, value in (("SHORT_S", 1.0), ("LONG_S", 2.0), ("_ROUNDS", 1)):
        monkeypatch.setattr(model_bench, name, value)
    assert bench(str(folder), "--jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["model"] == str(folder)
    assert rows[0]["device"] in ("cpu", "cuda")
    assert rows[0]["final_1s_s"] > 0
    assert rows[0]["mb"] > 10
    assert rows[0]["p95_s"] >= rows[0]["p50_s"] > 0.5
    assert rows[1]["type"] == "recommendation"


@pytest.mark.models
def test_tokens_can_be_forced_whatever_is_said() -> None:
    from audio.adapters.whisper import WhisperTranscriber

    transcriber = WhisperTranscriber(installed_model("whisper-base"))
    lengths = [
        len(transcriber.transcribe(DecodeRequest(speech_like(1.0), 1, allow_retry=False, exact_tokens=tokens)).text)
        for tokens in (5, 60)
    ]
    assert lengths[1] > 2 * lengths[0]
