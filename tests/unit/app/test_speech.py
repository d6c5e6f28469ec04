"""The speech process's proxies, without a model."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine import Engine, EngineFault, PoisonedRequest
from app.errors import ModelFault
from app.home import Home
from app.models import smaller_speech_model
from app.speech import Patience, SpeechProxy, model_folder
from audio.errors import PoisonedSound, SpeechFault
from audio.model import SAMPLE_RATE, AlignRequest, Decoded, DecodeRequest


class RaisingEngine(Engine):
    def __init__(self, error: Exception) -> None:
        super().__init__("speech", "nowhere:nothing")
        self._error = error

    def call(self, lane: str, method: str, *args: Any, timeout_s: float | None = None) -> Any:
        raise self._error


@pytest.mark.parametrize(
    ("raised", "seen"),
    [
        (PoisonedRequest("models.engine_gave_up", name="speech"), PoisonedSound),
        (ZeroDivisionError("a bug on this stretch"), PoisonedSound),
        (EngineFault("models.engine_start", name="speech"), EngineFault),
        (SpeechFault("audio.speech_model_missing", name="x"), SpeechFault),
    ],
)
def test_what_goes_wrong_on_one_stretch_is_told_from_what_ends_recognition(
    raised: Exception, seen: type[Exception]
) -> None:
    proxy = SpeechProxy(RaisingEngine(raised))
    pcm = np.zeros(512, np.int16)
    with pytest.raises(seen):
        proxy.probabilities(pcm, None)
    with pytest.raises(seen) as error:
        proxy.transcribe(DecodeRequest(pcm, 5))
    assert isinstance(error.value, PoisonedSound) == (seen is PoisonedSound)


HEAD = struct.pack("<IH", 6, 12) + b"WhisperSpec\0"
"""How a CTranslate2 Whisper model begins."""


def test_a_model_is_a_name_in_the_models_folder_or_a_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOUMI_MODELS", str(tmp_path / "models"))
    home = Home.from_environment()
    own = tmp_path / "models" / "our-model"
    own.mkdir(parents=True)
    with pytest.raises(ModelFault):
        model_folder(home, "our-model")
    (own / "model.bin").write_bytes(HEAD)
    for name in ("config.json", "tokenizer.json"):
        (own / name).touch()
    assert model_folder(home, "our-model") == own
    assert model_folder(home, str(own)) == own


def installed(models: Path, name: str, size: int) -> Path:
    folder = models / name
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(HEAD.ljust(size, b"\0") if size else b"")
    for file in ("config.json", "tokenizer.json"):
        (folder / file).touch()
    return folder


def test_the_largest_clearly_smaller_model_stands_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    models = tmp_path / "models"
    monkeypatch.setenv("DOUMI_MODELS", str(models))
    home = Home.from_environment()
    own = installed(tmp_path, "site-model", 1000)
    assert smaller_speech_model(home, own) is None
    installed(models, "tiny", 200)
    small = installed(models, "small", 700)
    installed(models, "same-network-again", 990)
    installed(models, "larger", 3000)
    installed(models, "empty", 0)
    (models / "not-speech").mkdir()
    half_fetched = models / "whisper-base"  # in the catalogue, but never installed whole
    half_fetched.mkdir()
    (half_fetched / "model.bin").write_bytes(bytes(750))
    for file in ("config.json", "tokenizer.json"):
        (half_fetched / file).touch()
    assert smaller_speech_model(home, own) == small
    assert smaller_speech_model(home, models / "tiny") is None


def test_patience_grows_with_the_sound_and_with_what_the_pc_has_needed() -> None:
    patience = Patience()
    assert patience.limit_s("final", 10.0) >= 30.0
    for _ in range(10):
        patience.took("final", 4.0, 0.5)
    fast = patience.limit_s("final", 10.0)
    assert 5.0 <= fast < 30.0
    assert patience.limit_s("words", 10.0) >= 30.0  # another kind of work, not seen yet
    slow = Patience()
    slow.took("final", 4.0, 8.0)
    assert slow.limit_s("final", 10.0) >= 10 * 8.0
    assert slow.limit_s("final", 10.0) > slow.limit_s("final", 1.0)


def test_one_slow_decode_is_remembered_for_a_while_and_a_restart_makes_generous_again() -> None:
    patience = Patience()
    patience.took("final", 4.0, 6.0)
    slow = patience.limit_s("final", 4.0)
    patience.took("final", 4.0, 0.5)
    assert 0.8 * slow < patience.limit_s("final", 4.0) < slow
    for _ in range(60):
        patience.took("final", 4.0, 0.5)
    assert patience.limit_s("final", 4.0) < 0.3 * slow
    patience.forget("final")
    assert patience.limit_s("final", 4.0) >= 30.0


def test_a_process_that_was_replaced_over_a_request_teaches_no_haste() -> None:
    class Restarting(Engine):
        limits: list[float]

        def call(self, lane: str, method: str, *args: Any, timeout_s: float | None = None) -> Any:
            assert timeout_s
            self.limits.append(timeout_s)
            if len(self.limits) == 3:
                self._restarts += 1
            return Decoded("네", -0.1, 0.0, 1.0) if method == "transcribe" else ()

    engine = Restarting("speech", "nowhere:nothing")
    engine.limits = []
    proxy = SpeechProxy(engine)
    pcm = np.zeros(SAMPLE_RATE, np.int16)
    for _ in range(4):
        proxy.transcribe(DecodeRequest(pcm, 5))
    first, second, third, fourth = engine.limits
    assert second == third < first
    assert fourth == first
    assert proxy.align(AlignRequest(pcm, "네")) == ()
