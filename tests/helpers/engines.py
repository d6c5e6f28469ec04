"""A tiny adapter for engine tests; lives in the child process."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from audio.errors import SpeechFault


class Unportable(Exception):
    """Cannot be rebuilt from its arguments, so it does not survive the pipe."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


class _Unreadable:
    """Leaves the child, but cannot be rebuilt in the desk."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("not a number",)


class Tiny:
    """Answers, crashes or hangs as asked. ``folder`` remembers attempts over incarnations."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._gate = threading.Event()

    def double(self, value: int) -> int:
        return 2 * value

    def pid(self) -> int:
        return os.getpid()

    def shout(self) -> None:
        print("this must not reach the desk's standard output", flush=True)

    def wait_gate(self) -> str:
        self._gate.wait()
        return "open"

    def open_gate(self) -> None:
        self._gate.set()

    def refuse(self) -> None:
        raise SpeechFault("audio.speech_model_missing", name="x")

    def bug(self) -> None:
        raise ZeroDivisionError("a bug")

    def unportable(self) -> None:
        raise Unportable("a", "b")

    def unreadable(self) -> object:
        return _Unreadable()

    def burn(self, seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    def die(self, times: int, key: str) -> int:
        """End the process ``times`` times, then answer with how often it was tried."""
        tries = self._tries(key)
        if tries <= times:
            os._exit(11)
        return tries

    def hang(self, times: int, key: str) -> int:
        tries = self._tries(key)
        if tries <= times:
            threading.Event().wait()
        return tries

    def _tries(self, key: str) -> int:
        file = self._folder / key
        tries = int(file.read_text() if file.exists() else 0) + 1
        file.write_text(str(tries))
        return tries


def build(folder: str) -> Tiny:
    return Tiny(folder)


def build_missing() -> Tiny:
    raise SpeechFault("audio.speech_model_missing", name="x")


def build_no_file() -> Tiny:
    raise FileNotFoundError("nowhere")


def build_dying(folder: str) -> Tiny:
    Path(folder, f"died-{os.getpid()}").touch()
    os._exit(12)
