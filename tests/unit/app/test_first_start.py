"""What answers the first start: a trial read by the speech process, models timed, what leaves told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import first_start, model_choice
from app.first_start import DeskTrial, FirstStart, advice, leaves
from app.home import Home
from app.model_bench import DecodeCost, Result, Timing, judge
from app.settings import (
    EscalationSettings,
    FilingSettings,
    ProtectionSettings,
    QaSettings,
    ReleaseSettings,
    Settings,
    SummariserSettings,
)
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Decoded, DecodeRequest, DeviceChoice
from audio.speech_settings import SpeechSettings
from kb.errors import ImportRejected
from resources.notices import Fault


def result(name: str, size: int, seconds_for_one: float) -> Result:
    cost = DecodeCost(0.0, seconds_for_one, 0.0, seconds_for_one)
    return judge(Timing(name, size, "cpu", 1.0, cost, cost, 0.01), SpeechSettings(model=name))


def made(tmp_path: Path, settings: Settings | None = None, **more: Any) -> FirstStart:
    told = settings or Settings()
    parts: dict[str, Any] = {"speech": None, "knowledge": None, "play_back": None, "look_for_release": lambda: None}
    return FirstStart(Home(tmp_path, tmp_path), lambda: told, **(parts | more), in_keyring=True)


def test_the_largest_model_that_keeps_up_is_advised_with_its_figure() -> None:
    fast, slow = result("whisper-base", 145_000_000, 0.02), result("whisper-small", 484_000_000, 3.0)
    told = advice([fast, slow], "whisper-small", lambda best: "whisper-medium")
    assert (told.name, told.holds, told.chosen) == ("whisper-base", True, "whisper-small")
    assert [round(one.per_second_s, 2) for one in told.measured] == [0.02, 3.0]
    assert [one.holds for one in told.measured] == [True, False]
    assert told.larger == "whisper-medium"  # 3 × 0.02 would still keep up
    told = advice([slow], "whisper-small", lambda best: "whisper-medium")
    assert (told.name, told.holds, told.larger) == ("whisper-small", False, "")


def test_models_are_timed_one_after_the_other_and_it_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_start.psutil, "cpu_percent", lambda interval: 80.0)
    monkeypatch.setattr(model_choice, "installed", lambda store, folder: ["broken", "whisper-base"])
    closed = threading.Event()

    class FakeEngine:
        def close(self) -> None:
            closed.set()

    def time_model(home: Home, name: str, begun: Callable[[object], None]) -> Result:
        if name == "broken":
            raise Fault("models.missing", name=name)
        begun(FakeEngine())
        return result(name, 145_000_000, 0.05)

    monkeypatch.setattr(model_choice, "time_model", time_model)
    one, names = made(tmp_path), list[str]()
    told = one.measure(names.append)
    assert names == ["broken", "whisper-base"]
    assert (told.name, told.busy) == ("whisper-base", True)

    def stopped(home: Home, name: str, begun: Callable[[object], None]) -> Result:
        begun(FakeEngine())
        one.stop()
        assert closed.wait(10)
        raise Fault("models.engine_closed", name=name)

    monkeypatch.setattr(model_choice, "time_model", stopped)
    with pytest.raises(Fault) as caught:
        one.measure(names.append)
    assert caught.value.code == "first.measure_stopped"


class FakeSpeech:
    """An engine that decodes everything to one sentence."""

    restarts = 0

    def __init__(self) -> None:
        self.asked: list[DecodeRequest] = []

    def call(self, lane: str, method: str, request: DecodeRequest, timeout_s: float = 0) -> Decoded:
        self.asked.append(request)
        return Decoded(" 안녕하세요 ", -0.1, 0.0, 1.0)


def test_only_the_side_that_spoke_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = threading.Event()

    class Source:
        channels = (Channel.AGENT, Channel.CALLER)

        def blocks(self) -> Any:
            loud = np.random.default_rng(1).integers(-8000, 8000, 3 * SAMPLE_RATE).astype(np.int16)
            yield AudioBlock(Channel.AGENT, 0, loud)
            yield AudioBlock(Channel.CALLER, 0, np.zeros(3 * SAMPLE_RATE, np.int16))
            heard.set()

        def health(self) -> dict[Channel, Any]:
            return {}

        def close(self) -> None: ...

    monkeypatch.setattr(first_start.sound, "device_source", lambda choice, settings: Source())
    speech = FakeSpeech()
    trial = DeskTrial(DeviceChoice("mic"), Settings(), speech, None)  # type: ignore[arg-type]
    assert heard.wait(10)
    trial.end()
    told = {one.channel: one for one in trial.heard()}
    assert (told[Channel.AGENT].text, told[Channel.CALLER].text) == ("안녕하세요", "")
    assert len(speech.asked) == 1
    assert len(speech.asked[0].pcm) == 3 * SAMPLE_RATE
    trial.close()
    assert len(trial.pcm(Channel.AGENT)) == 0


def test_what_leaves_is_told_by_the_settings(tmp_path: Path) -> None:
    (alone,) = leaves(Settings())
    assert "아직 정해지지 않았습니다" in alone, "nobody set a place: the desk's own is none of the team"
    told = leaves(
        Settings(
            escalation=EscalationSettings(https_url="https://team.example/packs?key=1"),
            filing=FilingSettings(folder=tmp_path / "records"),
            summariser=SummariserSettings(url="http://127.0.0.1:8080/v1", model="m"),
            releases=ReleaseSettings(address="https://desk:secret@kb.example/kb"),
            protection=ProtectionSettings(callers_list="https://team.example/list"),
            qa=QaSettings(exchange="s3://qa-bucket/desks"),
        )
    )
    assert len(told) == 6
    assert "qa-bucket" in told[5]
    assert "https://team.example" in told[0]
    assert "key=1" not in told[0]
    assert str(tmp_path / "records") in told[1]
    assert "secret" not in " ".join(told)


def test_a_file_is_not_imported_over_releases(tmp_path: Path) -> None:
    one = made(tmp_path, Settings(releases=ReleaseSettings(address="https://kb.example")))
    with pytest.raises(ImportRejected) as caught:
        one.import_knowledge(tmp_path / "a.jsonl", lambda done: None)
    assert caught.value.code == "kb.import_while_release"
