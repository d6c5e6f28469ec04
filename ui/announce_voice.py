"""The system's own speech for announcements: made into sound that is played on a chosen output, one ear or both.

Linux has ``espeak-ng``, macOS ``say``; both hand over the sound. Windows speaks through Qt's own engine, which takes
the output device but not the ear. Programs run beside; sound is played by Qt.
"""

from __future__ import annotations

import io
import logging
import shutil
import sys
import wave
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QObject, QProcess

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice

log = logging.getLogger(__name__)
_MAC_VOICES: Final = {"ko": "Yuna", "en": "Samantha"}


class Speech(Protocol):
    """Says one sentence at a time. Main thread; returns at once."""

    has_sides: bool
    """Whether it can speak into one ear."""

    def say(self, text: str, device: QAudioDevice, side: str, done: Callable[[], None]) -> None:
        """Speak ``text`` on ``device`` into ``both`` ears, ``left`` or ``right``; ``done`` follows in any case."""
        ...

    def stop(self) -> None:
        """Fall silent at once; ``done`` does not follow."""
        ...


def find_speech(language: str, parent: QObject) -> Speech | None:
    """Return the system's speech in ``language`` (``ko`` or ``en``), or None. Main thread."""
    if sys.platform == "darwin" and shutil.which("say"):
        return ProgramSpeech(["say", "-v", _MAC_VOICES[language], "--data-format=LEI16@22050"], parent, to_file=True)
    program = shutil.which("espeak-ng")
    if program is not None:
        return ProgramSpeech([program, "-v", language, "-s", "190", "--stdin", "--stdout"], parent)
    return QtSpeech.found(language, parent)


class ProgramSpeech(QObject):
    """A program of the system makes the sound (WAV, 16 bit); Qt plays it where it shall be heard."""

    has_sides = True

    def __init__(self, command: list[str], parent: QObject, *, to_file: bool = False) -> None:
        """Take the program.

        Args:
            command: It and its arguments; the sentence comes on its standard input.
            parent: Owns this.
            to_file: It writes a file named with ``-o`` rather than its standard output.
        """
        super().__init__(parent)
        self._command, self._to_file = command, to_file
        self._process: QProcess | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._player = Player(self)

    def say(self, text: str, device: QAudioDevice, side: str, done: Callable[[], None]) -> None:
        self.stop()
        command = list(self._command)
        if self._to_file:
            self._folder = TemporaryDirectory(prefix="doumi-speech-")
            command += ["-o", f"{self._folder.name}/said.wav"]
        process = QProcess(self)
        self._process = process

        def made(*_: object) -> None:
            if self._process is not process:
                return
            sound = self._sound(process)
            self._forget()
            if sound is None:
                log.warning("the speech program made no sound")
                done()
            else:
                self._player.play(*sound, device, side, done)

        process.finished.connect(made)
        process.errorOccurred.connect(made)
        process.start(command[0], command[1:])
        process.write(text.encode())
        process.closeWriteChannel()

    def _sound(self, process: QProcess) -> tuple[np.ndarray, int] | None:
        data = bytes(process.readAllStandardOutput().data())
        if self._folder is not None:
            try:
                with open(f"{self._folder.name}/said.wav", "rb") as file:
                    data = file.read()
            except OSError:
                return None
        return wave_of(data)

    def stop(self) -> None:
        process = self._process
        self._forget()
        if process is not None and process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(50)  # a killed one is gone within a few ms
            process.deleteLater()
        self._player.stop()

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def wave_of(data: bytes) -> tuple[np.ndarray, int] | None:
    """Return a 16-bit mono WAV as float32, shape (n,), range [-1, 1], and its rate in hertz; None where it is none.

    A program that writes to a pipe cannot know the length beforehand, so the length it states is not believed.
    """
    try:
        with wave.open(io.BytesIO(data)) as reader:
            rate, wide, channels = reader.getframerate(), reader.getsampwidth(), reader.getnchannels()
        start = data.index(b"data") + 8
    except (wave.Error, EOFError, ValueError):
        return None
    if wide != 2 or channels != 1 or len(data) - start < 2:
        return None
    samples = np.frombuffer(data, "<i2", count=(len(data) - start) // 2, offset=start)
    return samples.astype(np.float32) / 32768, rate


class Player(QObject):
    """Plays one sound on one device, into both ears or one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sink: Any = None
        self._buffer: QBuffer | None = None
        self._done: Callable[[], None] | None = None

    def play(self, sound: np.ndarray, rate: int, device: QAudioDevice, side: str, done: Callable[[], None]) -> None:
        """Play ``sound`` (float32, shape (n,), at ``rate`` hertz)."""
        from PySide6.QtMultimedia import QAudio, QAudioFormat, QAudioSink

        self.stop()
        _ = QAudio.State  # PySide knows the type of the sink's signal only once it was asked for
        form = QAudioFormat()
        form.setChannelCount(2)
        form.setSampleRate(rate)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(form):
            wanted = device.preferredFormat().sampleRate()
            sound, rate = resampled(sound, rate, wanted), wanted
            form.setSampleRate(rate)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(stereo(sound, side).tobytes()))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._done = done
        sink = self._sink = QAudioSink(device, form, self)
        sink.stateChanged.connect(lambda state: self._changed(sink, state))
        sink.start(self._buffer)

    def _changed(self, sink: object, state: object) -> None:
        from PySide6.QtMultimedia import QAudio

        is_over = state in (QAudio.State.IdleState, QAudio.State.StoppedState) and sink is self._sink
        if is_over and self._done is not None:
            done, self._done = self._done, None
            self._put_away()
            done()

    def stop(self) -> None:
        """Fall silent."""
        self._done = None
        self._put_away()

    def _put_away(self) -> None:
        sink, buffer, self._sink, self._buffer = self._sink, self._buffer, None, None
        if sink is not None:
            sink.stop()
            sink.deleteLater()
        if buffer is not None:
            buffer.deleteLater()


def stereo(sound: np.ndarray, side: str) -> np.ndarray:
    """Return float32, shape (n,), as int16, shape (n, 2): in ``both`` ears, or in the ``left`` or ``right`` one."""
    whole = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
    silence = np.zeros_like(whole)
    ears = {"left": (whole, silence), "right": (silence, whole)}.get(side, (whole, whole))
    pair: np.ndarray = np.stack(ears, axis=1)
    return pair


def resampled(sound: np.ndarray, rate: int, wanted: int) -> np.ndarray:
    """Return speech at another rate; straight lines between samples are good enough for a spoken sentence."""
    places = np.arange(round(len(sound) * wanted / rate)) * (rate / wanted)
    made: np.ndarray = np.interp(places, np.arange(len(sound)), sound).astype(np.float32)
    return made


class QtSpeech(QObject):
    """Qt's engine of the system speaks itself. It takes the output device where the engine knows how to."""

    has_sides = False

    def __init__(self, engine: str, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._language = engine, language
        self._speech: Any = None
        self._device = b""
        self._done: Callable[[], None] | None = None

    @classmethod
    def found(cls, language: str, parent: QObject) -> QtSpeech | None:
        """Return the first engine with a voice of ``language``, or None."""
        import ctypes.util

        # Qt's plug-in complains on the terminal where its speech service is not installed, so look for that first.
        if sys.platform.startswith("linux") and ctypes.util.find_library("speechd") is None:
            return None
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            return None
        for name in QTextToSpeech.availableEngines():
            if name != "mock" and _locale(QTextToSpeech(name), language) is not None:
                return cls(name, language, parent)
        return None

    def say(self, text: str, device: QAudioDevice, side: str, done: Callable[[], None]) -> None:
        self.stop()
        ident = bytes(device.id().data())
        if self._speech is None or ident != self._device:
            self._open(device)
            self._device = ident
        self._done = done
        self._speech.say(text)

    def _open(self, device: QAudioDevice) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        if self._speech is not None:
            self._speech.deleteLater()
        self._speech = QTextToSpeech(self._engine, {"audioDevice": device}, self)
        locale = _locale(self._speech, self._language)
        if locale is not None:
            self._speech.setLocale(locale)
        self._speech.stateChanged.connect(lambda state: self._changed(state))

    def _changed(self, state: object) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        over = (QTextToSpeech.State.Ready, QTextToSpeech.State.Error)
        if state in over and self._done is not None:
            done, self._done = self._done, None
            done()

    def stop(self) -> None:
        self._done = None
        if self._speech is not None:
            self._speech.stop()


def _locale(speech: Any, language: str) -> QLocale | None:
    """Return a locale of an engine in ``language``, or None; an engine that does not work has none."""
    from PySide6.QtTextToSpeech import QTextToSpeech

    if speech.state() is QTextToSpeech.State.Error:
        return None
    return next((one for one in speech.availableLocales() if QLocale(language).language() is one.language()), None)
