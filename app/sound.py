"""Builds the sound half: devices, recordings, recorder, clips, playing back.

With :mod:`app.composition` and :mod:`app.speech`, the only places where adapters of the sound side are constructed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.engine import Engine
from audio.adapters.capture_process import DeviceSources, ProcessDeviceLister
from audio.adapters.resampler import SoxrResampler
from audio.adapters.sealed_frames import SealedJournals
from audio.adapters.sound_file import FlacEncoder, SoundFileSource, probe
from audio.adapters.system_clock import SystemClock
from audio.model import Channel, Device, DeviceChoice, Pcm
from audio.ports import AudioSource, SoundReader
from audio.recorder import Recorder, clip
from audio.settings import CaptureSettings


def devices() -> Sequence[Device]:
    """Return the devices there are now. Raises DeviceFault."""
    return ProcessDeviceLister().devices()


def device_source(choice: DeviceChoice, settings: CaptureSettings) -> AudioSource:
    """Return the chosen devices as a source; nothing is opened yet."""
    sources = DeviceSources(SoxrResampler, SystemClock(), settings)
    return sources.open(choice.agent, choice.caller, choice.caller_side)


def check_file(path: Path) -> None:
    """Raise the FileFault that a recording with this header would end in, before anything is opened for it."""
    probe(path)


def file_source(path: Path, realtime: bool) -> SoundFileSource:
    """Return a recording as a source. Raises FileFault when its header is no good."""
    return SoundFileSource(path, SystemClock(), SoxrResampler, realtime)


def recorder(
    folder: Path,
    call_id: str,
    sound_key: bytes,
    channels: tuple[Channel, ...],
    now_ns: Callable[[], int],
    settings: CaptureSettings,
) -> Recorder:
    """Return the recorder of one call."""
    return Recorder(folder, call_id, SealedJournals(sound_key), channels, now_ns, settings)


def flac_clip(reader: SoundReader, start_s: float, end_s: float) -> bytes:
    """Return a stretch as stereo FLAC."""
    return clip(reader, start_s, end_s, FlacEncoder())


class PlayBack:
    """Plays seconds of a call to the counsellor, through a child process started on first use."""

    def __init__(self) -> None:
        self._engine = Engine("player", "audio.adapters.player:build", lanes=("play",), timeout_s=10.0)
        self._started = False

    def play(self, pcm: Pcm) -> None:
        """Play; returns when it has begun. Blocks while the child starts: call from a worker thread."""
        if not self._started:
            self._started = True
            self._engine.start()
        self._engine.call("play", "play", pcm)

    def close(self) -> None:
        """End the child."""
        if self._started:
            self._engine.close()
