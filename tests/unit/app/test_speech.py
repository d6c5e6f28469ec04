"""The speech process's proxies, without a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine import Engine, EngineFault, PoisonedRequest
from app.errors import ModelFault
from app.home import Home
from app.speech import SpeechProxy, model_folder
from audio.errors import PoisonedSound, SpeechFault
from audio.model import DecodeRequest


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


def test_a_model_is_a_name_in_the_models_folder_or_a_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOUMI_MODELS", str(tmp_path / "models"))
    home = Home.from_environment()
    own = tmp_path / "models" / "our-model"
    own.mkdir(parents=True)
    with pytest.raises(ModelFault):
        model_folder(home, "our-model")
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (own / name).touch()
    assert model_folder(home, "our-model") == own
    assert model_folder(home, str(own)) == own
