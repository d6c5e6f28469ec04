"""WASAPI loopback against a pretended PyAudioWPatch, since the real one exists on Windows only."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from audio.adapters.device_stream import RingWriter
from audio.adapters.ring import Ring
from audio.errors import DeviceFault
from audio.model import CallerSide

SPEAKERS = {"index": 7, "name": "스피커 [Loopback]", "maxInputChannels": 2, "defaultSampleRate": 48000.0}
HEADSET = {"index": 9, "name": "헤드셋 [Loopback]", "maxInputChannels": 6, "defaultSampleRate": 44100.0}


class PyAudio:
    """What the adapter uses of the real one."""

    default: dict[str, Any] | None = SPEAKERS
    busy = False
    opened: dict[str, Any]
    terminated = 0

    def get_default_wasapi_loopback(self) -> dict[str, Any]:
        if self.default is None:
            raise LookupError
        return self.default

    def get_loopback_device_info_generator(self) -> Iterator[dict[str, Any]]:
        yield from (SPEAKERS, HEADSET)

    def open(self, **options: Any) -> SimpleNamespace:
        if self.busy:
            raise OSError(-9996, "busy")
        PyAudio.opened = options
        return SimpleNamespace(is_active=lambda: True, close=lambda: None)

    def terminate(self) -> None:
        PyAudio.terminated += 1


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    fake = ModuleType("pyaudiowpatch")
    for name, value in {"PyAudio": PyAudio, "paInt16": 8, "paContinue": 0, "paInputOverflow": 2}.items():
        setattr(fake, name, value)
    monkeypatch.setattr(PyAudio, "default", SPEAKERS)
    monkeypatch.setattr(PyAudio, "busy", False)
    monkeypatch.setattr(PyAudio, "terminated", 0)
    monkeypatch.setitem(sys.modules, "pyaudiowpatch", fake)
    monkeypatch.delitem(sys.modules, "audio.adapters.loopback", raising=False)
    yield importlib.import_module("audio.adapters.loopback")
    sys.modules.pop("audio.adapters.loopback", None)


def test_every_output_is_offered_as_what_the_pc_plays(loopback: ModuleType) -> None:
    speakers, headset = loopback.loopbacks()
    assert (speakers.kind, speakers.channels, speakers.rate) == (CallerSide.LOOPBACK, 2, 48000)
    assert (speakers.is_default, headset.is_default) == (True, False)
    assert speakers.id != headset.id
    assert PyAudio.terminated == 1


def test_sound_is_copied_at_the_outputs_own_rate_and_channels(loopback: ModuleType) -> None:
    headset = loopback.loopbacks()[1]
    stream = loopback.LoopbackStream(headset.id)
    assert (stream.rate, stream.channels, stream.may_pause) == (44100, 6, True)
    ring = Ring(memoryview(bytearray(1 << 16)), 6)
    writer = RingWriter(ring)
    stream.start(writer)
    assert (PyAudio.opened["input_device_index"], PyAudio.opened["rate"], PyAudio.opened["channels"]) == (9, 44100, 6)
    frames = np.arange(60, dtype=np.int16).reshape(10, 6)
    assert PyAudio.opened["stream_callback"](frames.tobytes(), 10, {}, 2) == (None, 0)
    assert np.array_equal(ring.read(0, 10), frames)
    assert (writer.mark[0], writer.mark[2]) == (10, 1)
    assert stream.present()
    stream.close()


def test_no_id_is_the_default_output(loopback: ModuleType) -> None:
    stream = loopback.LoopbackStream("")
    assert stream.rate == 48000
    stream.close()


@pytest.mark.parametrize("device", ["", "wasapi-loopback:없는 장치"])
def test_a_loopback_that_is_not_there(loopback: ModuleType, monkeypatch: pytest.MonkeyPatch, device: str) -> None:
    monkeypatch.setattr(PyAudio, "default", None)
    with pytest.raises(DeviceFault) as caught:
        loopback.LoopbackStream(device)
    assert caught.value.code == "audio.device_missing"
    assert PyAudio.terminated == 1


def test_a_loopback_that_cannot_be_opened(loopback: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PyAudio, "busy", True)
    stream = loopback.LoopbackStream("")
    with pytest.raises(DeviceFault) as caught:
        stream.start(RingWriter(Ring(memoryview(bytearray(4096)), 2)))
    assert caught.value.code == "audio.device_busy"
