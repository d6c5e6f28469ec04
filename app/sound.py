"""Builds the sound half: devices, recordings, recorder, clips, playing back.

With :mod:`app.composition` and :mod:`app.speech`, the only places where adapters of the sound side are constructed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from app.engine import Engine
from audio.adapters.capture_process import DeviceSources, ProcessDeviceLister
from audio.adapters.resampler import SoxrResampler
from audio.adapters.rewrapping import rewrap
from audio.adapters.sealed_frames import SealedJournals
from audio.adapters.sound_file import FlacEncoder, SoundFileSource, decode_clip, probe
from audio.adapters.stereo_file import Encoding, StereoFile
from audio.adapters.system_clock import SystemClock
from audio.errors import FileFault
from audio.model import Channel, Device, DeviceChoice, Pcm
from audio.ports import AudioSource, SoundReader
from audio.recorded_sound import RecordedSound
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
    free_bytes: Callable[[], int] | None = None,
) -> Recorder:
    """Return the recorder of one call."""
    return Recorder(folder, call_id, SealedJournals(sound_key), channels, now_ns, settings, free_bytes)


def saved_sound(folder: Path, sound_key: bytes) -> RecordedSound:
    """Return the recording of one call as it lies on disk, to be read."""
    return RecordedSound(folder, SealedJournals(sound_key))


def sound_encoder(is_flac: bool) -> Callable[[BinaryIO], StereoFile]:
    """Return what begins a stereo file: FLAC, or else WAV."""
    return lambda stream: StereoFile(stream, Encoding.FLAC if is_flac else Encoding.WAV)


def rewrap_journal(file: Path, old_key: bytes, new_key: bytes) -> bool:
    """Bring one journal from an old key to a new one; returns whether the new one opens it. Raises OSError."""
    return rewrap(file, old_key, new_key)


def flac_clip(reader: SoundReader, start_s: float, end_s: float) -> bytes:
    """Return a stretch as stereo FLAC."""
    return clip(reader, start_s, end_s, FlacEncoder())


LONGEST_NOTICE_S: Final = 120.0
_NOTICE_STARTS_WITHIN_S: Final = 15.0


class NoticePlayer:
    """Plays a site's notice to its end on one output device, in a child of its own that starts with the first one.

    Thread: workers; :meth:`play` blocks.
    """

    def __init__(self) -> None:
        # Once only: a notice that was heard in half is not begun again by itself.
        self._engine = Engine("notice", "audio.adapters.notice_player:build", lanes=("play",), tries=1)
        self._started = False

    def play(self, file: Path, device: str) -> None:
        """Play ``file`` and return when it was heard.

        Raises:
            Fault: The file or the device cannot be used, or the child gave up.
        """
        seconds, _, _ = probe(file)
        if seconds > LONGEST_NOTICE_S:
            raise FileFault("audio.notice_too_long", path=file.name, seconds=f"{LONGEST_NOTICE_S:.0f}")
        self._started = True
        self._engine.call("play", "play", str(file), device, timeout_s=seconds + _NOTICE_STARTS_WITHIN_S)

    def close(self) -> None:
        """End the child."""
        if self._started:
            self._engine.close()


def clip_pcm(flac: bytes, start_s: float, end_s: float) -> Pcm:
    """Return a stretch of a clip of :func:`flac_clip` as 16 kHz mono, both sides together. Raises FileFault."""
    return decode_clip(flac, start_s, end_s)


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

    def stop(self) -> None:
        """Stop what plays. Worker thread."""
        if self._started:
            self._engine.call("play", "stop")

    def close(self) -> None:
        """End the child."""
        if self._started:
            self._engine.close()
