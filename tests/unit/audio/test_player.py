"""Hearing sound again on a PC without an output."""

from __future__ import annotations

import numpy as np
import pytest
import sounddevice

from audio.adapters.player import Player
from audio.errors import DeviceFault


def test_without_an_output_device_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sounddevice.PortAudioError("Error querying device -1")

    monkeypatch.setattr(sounddevice, "stop", lambda: None)
    monkeypatch.setattr(sounddevice, "play", refuse)
    with pytest.raises(DeviceFault) as caught:
        Player().play(np.zeros(160, np.int16))
    assert caught.value.code == "audio.no_output"
