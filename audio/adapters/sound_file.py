"""Recordings as a source, and clips, through libsndfile."""

from __future__ import annotations

import io
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from audio.clock import Clock
from audio.errors import FileFault
from audio.model import SAMPLE_RATE, AudioBlock, Channel, DeviceHealth, Pcm, SideFacts, Span
from audio.resample import Converter, Frames, ResamplerFactory

BLOCK: Final = SAMPLE_RATE // 10
_MAX_CHANNELS: Final = 2
_RATES: Final = (4_000, 384_000)
_PLAIN: Final = (b"RIFF", b"RF64", b"fLaC", b"OggS", b"FORM")
"""How files begin that are read without the MP3 decoder, which also tries its luck on files of no kind."""
_UNKNOWN_SIZES: Final = (0, 0xFFFFFFFF, 0x7FFFFFFF)
"""Data sizes that recorders write while they do not know the length yet."""


def _channels(count: int) -> tuple[Channel, ...]:
    return (Channel.CALLER,) if count == 1 else (Channel.AGENT, Channel.CALLER)


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _PLAIN


@contextmanager
def _quiet(wanted: bool) -> Iterator[None]:
    """Keep what the MP3 decoder writes to the process's standard error from a person who needs one sentence."""
    if not wanted:
        yield
        return
    with ExitStack() as after:
        with suppress(OSError):  # there is no standard error without a console
            kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
            after.callback(os.close, kept)
            after.callback(os.dup2, kept, 2)
            os.dup2(nowhere, 2)
            os.close(nowhere)
        yield


def _open(path: Path) -> soundfile.SoundFile:
    """Open a recording or raise the one fault that fits."""
    name = path.name
    try:
        if path.is_dir():
            raise FileFault("audio.file_is_folder", path=name)
        size = path.stat().st_size
    except FileNotFoundError:
        raise FileFault("audio.file_missing", path=name) from None
    except OSError as error:
        raise FileFault("audio.file_not_allowed", path=name) from error
    if size == 0:
        raise FileFault("audio.file_empty", path=name)
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise FileFault("audio.file_not_allowed", path=name) from error
    try:
        with _quiet(not _is_plain(path)):
            sound = soundfile.SoundFile(str(path))
    except (soundfile.SoundFileError, RuntimeError, TypeError, ValueError) as error:
        raise FileFault("audio.file_unreadable", path=name) from error
    fault = None
    if not _RATES[0] <= sound.samplerate <= _RATES[1]:
        fault = FileFault("audio.file_unreadable", path=name)
    elif sound.channels > _MAX_CHANNELS:
        fault = FileFault("audio.file_channels", path=name, channels=sound.channels)
    elif sound.frames <= 0:
        fault = FileFault("audio.file_no_sound", path=name)
    if fault is not None:
        sound.close()
        raise fault
    return sound


def probe(path: Path) -> tuple[float, int, int]:
    """Return seconds, channels and rate (hertz) of a recording.

    Raises:
        audio.errors.FileFault: It cannot be used; the code says why.
    """
    with _open(path) as sound:
        return sound.frames / sound.samplerate, sound.channels, sound.samplerate


def _wav_cut_short(path: Path) -> bool:
    """Return whether a WAV file promises more sound than it holds."""
    with path.open("rb") as file:
        head = file.read(12)
        if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
            return False
        size = path.stat().st_size
        while len(chunk := file.read(8)) == 8:
            name, length = struct.unpack("<4sI", chunk)
            if name == b"data":
                return length not in _UNKNOWN_SIZES and file.tell() + length > size
            file.seek(length + length % 2, io.SEEK_CUR)
    return False


class SoundFileSource:
    """A recording as an :class:`audio.ports.AudioSource`; streams, so length does not matter.

    Mono is the caller; in stereo left is the agent and right the caller, as two blocks with the same start.
    Files with more channels are refused: which speaker sits where is not known.

    Thread: :meth:`blocks` on one thread, the rest on any.
    """

    def __init__(self, path: Path, clock: Clock, resampler: ResamplerFactory, realtime: bool = False) -> None:
        """Open the file.

        Args:
            path: WAV, FLAC or anything else libsndfile reads.
            clock: Paces ``realtime``.
            resampler: Makes the rate converter.
            realtime: Hand over no sample before its own time; else as fast as the consumer takes it.

        Raises:
            audio.errors.FileFault: The file cannot be used; the code says why.
        """
        self._path = path
        self._clock = clock
        self._realtime = realtime
        self._stop = threading.Event()
        self._sound = _open(path)
        self._channels = _channels(self._sound.channels)
        self._rate = int(self._sound.samplerate)
        self._converter = Converter(self._sound.samplerate, self._channels, resampler)
        self._warning: FileFault | None = None
        self._started_ns: int | None = None
        self.seconds: float = self._sound.frames / self._sound.samplerate
        """Length as the file states it."""

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels this source delivers."""
        return self._channels

    @property
    def started_ns(self) -> int | None:
        """Monotonic time of sample 0; None before the first block was asked for."""
        return self._started_ns

    @property
    def warning(self) -> FileFault | None:
        """What the user should know although the sound was delivered, e.g. that the file is cut short."""
        return self._warning

    def blocks(self) -> Iterator[AudioBlock]:
        """Yield blocks of 100 ms, the last one shorter.

        Raises:
            audio.errors.FileFault: Nothing can be read, or the sound holds values that are not numbers.
        """
        self._started_ns = self._clock.now_ns()
        waiting: list[list[Pcm]] = [[] for _ in self._channels]
        held = 0
        position = 0
        try:
            for streams in self._converted():
                for queue, stream in zip(waiting, streams, strict=True):
                    queue.append(stream)
                held += len(streams[0])
                if held < BLOCK:
                    continue
                joined = [np.concatenate(queue) for queue in waiting]
                whole = held - held % BLOCK
                for offset in range(0, whole, BLOCK):
                    if not self._due(position + BLOCK):
                        return
                    for channel, pcm in zip(self._channels, joined, strict=True):
                        yield _block(channel, position, pcm[offset : offset + BLOCK])
                    position += BLOCK
                waiting = [[pcm[whole:]] for pcm in joined]
                held -= whole
            if held and self._due(position + held):
                for channel, queue in zip(self._channels, waiting, strict=True):
                    yield _block(channel, position, np.concatenate(queue))
        finally:
            self._sound.close()

    def _due(self, end: int) -> bool:
        """Wait for the time of sample ``end``; return whether to go on."""
        if not self._realtime or self._started_ns is None:
            return not self._stop.is_set()
        due_ns = self._started_ns + end * 1_000_000_000 // SAMPLE_RATE
        while (left := due_ns - self._clock.now_ns()) > 0:
            if self._clock.wait(self._stop, left / 1e9):
                return False
        return not self._stop.is_set()

    def _converted(self) -> Iterator[list[Pcm]]:
        for frames, last in self._frames():
            yield self._converter.convert(frames, last)

    def _frames(self) -> Iterator[tuple[Frames, bool]]:
        step = max(1, self._sound.samplerate // 10)
        done = 0
        broken = False
        while not self._stop.is_set():
            try:
                with _quiet(self._sound.format == "MP3"):
                    frames = self._sound.read(step, dtype="float32", always_2d=True)
            except (soundfile.SoundFileError, RuntimeError):
                broken = True
                break
            if len(frames) == 0:
                break
            if not np.isfinite(frames).all():
                raise FileFault("audio.file_not_numbers", path=self._path.name)
            done += len(frames)
            yield frames, False
        if self._stop.is_set():
            return
        if done == 0:
            raise FileFault("audio.file_unreadable" if broken else "audio.file_no_sound", path=self._path.name)
        if broken or done < self._sound.frames or _wav_cut_short(self._path):
            self._warning = FileFault(
                "audio.file_truncated", path=self._path.name, seconds=f"{done / self._sound.samplerate:.1f}"
            )
        yield np.zeros((0, self._sound.channels), np.float32), True

    def health(self) -> dict[Channel, DeviceHealth]:
        """Return OK for every channel: a file cannot be unplugged."""
        return dict.fromkeys(self._channels, DeviceHealth.OK)

    def lost_samples(self) -> int:
        """Return 0: a file loses nothing."""
        return 0

    def gaps(self) -> tuple[Span, ...]:
        """Return nothing: a file loses nothing."""
        return ()

    def restarts(self) -> int:
        """Return 0: there is no capture process."""
        return 0

    def facts(self) -> tuple[SideFacts, ...]:
        """Return the file's name and own rate for every channel."""
        return tuple(SideFacts(channel, self._path.name, self._rate, 1, 0) for channel in self._channels)

    def close(self) -> None:
        """End :meth:`blocks` soon."""
        self._stop.set()


def _block(channel: Channel, start: int, pcm: Pcm) -> AudioBlock:
    pcm = pcm.copy()
    pcm.flags.writeable = False
    return AudioBlock(channel, start, pcm)


class FlacEncoder:
    """Fills :class:`audio.recorder.ClipEncoder`: lossless, about half the size, opens everywhere. Any thread."""

    suffix = ".flac"

    def encode(self, agent: Pcm, caller: Pcm) -> bytes:
        """Return a stereo FLAC file, left agent and right caller; both must be equally long."""
        buffer = io.BytesIO()
        soundfile.write(buffer, np.stack((agent, caller), axis=1), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
        return buffer.getvalue()

    def decode(self, data: bytes, samples: int) -> tuple[Pcm, Pcm]:
        """Return at most ``samples`` of each side, agent and caller, of what :meth:`encode` made.

        Raises:
            FileFault: ``audio.file_unreadable``: not such a file.
        """
        try:
            with soundfile.SoundFile(io.BytesIO(data)) as file:
                if (file.samplerate, file.channels) != (SAMPLE_RATE, 2):
                    raise FileFault("audio.file_unreadable", path="clip")
                frames = file.read(samples, dtype="int16", always_2d=True)
        except (soundfile.LibsndfileError, RuntimeError) as error:
            raise FileFault("audio.file_unreadable", path="clip") from error
        agent, caller = np.ascontiguousarray(frames[:, 0]), np.ascontiguousarray(frames[:, 1])
        return agent, caller


def decode_clip(data: bytes, start_s: float, end_s: float) -> Pcm:
    """Return seconds of a clip made by :class:`FlacEncoder` as 16 kHz mono, its sides mixed. Any thread.

    Raises:
        FileFault: ``audio.file_unreadable``: not such a clip.
    """
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            if file.samplerate != SAMPLE_RATE:
                raise FileFault("audio.file_unreadable", path="clip")
            start = min(max(0, int(start_s * SAMPLE_RATE)), file.frames)
            file.seek(start)
            frames = file.read(max(0, int(end_s * SAMPLE_RATE) - start), dtype="int16", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise FileFault("audio.file_unreadable", path="clip") from error
    mixed = frames.astype(np.int32).sum(axis=1)
    whole: Pcm = np.clip(mixed, -32_768, 32_767).astype(np.int16)
    return whole
