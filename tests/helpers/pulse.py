"""A PulseAudio server of the tests' own: two null sinks, one played into as the caller, one as the microphone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final

import pytest

CALLER_SINK: Final = "doumi_caller"
"""What the PC plays: the caller. Its monitor is the loopback device."""
AGENT_SINK: Final = "doumi_agent"
"""Play into this sink to speak as the counsellor."""
MICROPHONE: Final = "doumi_microphone"
"""The counsellor's microphone: a source fed by the monitor of ``AGENT_SINK``."""

_START_DEADLINE_S: Final = 10.0
_PROMPT: Final = "norewinds=1"
"""Makes a null sink render every 50 ms; by default its monitor yields nothing for the first two seconds."""
_PLUGIN: Final = "libasound_module_pcm_pulse.so"


def why_absent() -> str:
    """Return why a sound server cannot run here, or an empty string."""
    for program in ("pulseaudio", "pactl", "paplay"):
        if shutil.which(program) is None:
            return f"{program} is not installed (apt install pulseaudio pulseaudio-utils)"
    folders = [*Path("/usr/lib").glob("*/alsa-lib"), Path("/usr/lib/alsa-lib"), Path("/usr/lib64/alsa-lib")]
    if not any((folder / _PLUGIN).exists() for folder in folders):
        return "the ALSA plugin for PulseAudio is not installed (apt install libasound2-plugins)"
    return ""


class Playing:
    """A sound being played; stops when left."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def wait(self, timeout_s: float = 60.0) -> None:
        """Wait until the whole file was played."""
        assert self._process.wait(timeout_s) == 0

    def stop(self) -> None:
        """Stop playing."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(5)

    def __enter__(self) -> Playing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@dataclass(slots=True)
class SoundServer:
    """A running server."""

    env: dict[str, str]
    """Put these into the environment of whatever shall use the server (children inherit them)."""
    agent_id: str = f"pulse:{MICROPHONE}"
    """Device id of the microphone for :class:`audio.model.DeviceChoice`."""
    caller_id: str = f"pulse:{CALLER_SINK}.monitor"
    """Device id of the loopback."""
    _modules: dict[str, str] = field(default_factory=dict)

    def pactl(self, *args: str) -> str:
        """Run ``pactl`` against this server and return what it prints."""
        done = subprocess.run(
            ["pactl", *args], env={**os.environ, **self.env}, capture_output=True, text=True, check=True, timeout=10
        )
        return done.stdout.strip()

    def play(self, sound: Path, sink: str) -> Playing:
        """Begin to play a sound file into a sink."""
        command = ["paplay", f"--device={sink}", str(sound)]
        return Playing(
            subprocess.Popen(
                command, env={**os.environ, **self.env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )

    def plug_microphone(self) -> None:
        """Make the microphone appear."""
        self._modules[MICROPHONE] = self.pactl(
            "load-module",
            "module-remap-source",
            f"master={AGENT_SINK}.monitor",
            f"source_name={MICROPHONE}",
            "source_properties=device.description=Doumi-Microphone",
            "channels=1",
            "remix=yes",
        )

    def unplug_microphone(self) -> None:
        """Make the microphone vanish."""
        self.pactl("unload-module", self._modules.pop(MICROPHONE))

    def plug_caller(self) -> None:
        """Make the caller's sink, and with it the loopback, appear."""
        self._modules[CALLER_SINK] = self.pactl(
            "load-module", "module-null-sink", f"sink_name={CALLER_SINK}", "norewinds=1"
        )

    def unplug_caller(self) -> None:
        """Make the caller's sink vanish."""
        self.pactl("unload-module", self._modules.pop(CALLER_SINK))


def _command(socket: Path) -> Sequence[str]:
    return [
        "pulseaudio",
        "-n",
        "--daemonize=no",
        "--use-pid-file=no",
        "--exit-idle-time=-1",
        "--disallow-module-loading=no",
        "--high-priority=no",
        "--realtime=no",
        "--log-target=stderr",
        "--log-level=error",
        "-L",
        f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        "-L",
        f"module-null-sink sink_name={AGENT_SINK} {_PROMPT}",
    ]


@contextmanager
def sound_server() -> Iterator[SoundServer]:
    """Run a server with the caller's sink and the microphone; skip the test with the reason where none can run.

    The environment of this process names the server while it runs, so that children find it.
    """
    reason = why_absent()
    if reason:
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="doumi-pulse-") as folder:
        socket = Path(folder) / "native"
        env = {
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": folder,
            "PULSE_STATE_PATH": folder,
            "XDG_RUNTIME_DIR": folder,
            "XDG_CONFIG_HOME": folder,
        }
        before = {name: os.environ.get(name) for name in env}
        os.environ.update(env)
        process = subprocess.Popen(_command(socket), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            server = SoundServer(env)
            _wait_until_up(server, process)
            server.plug_caller()
            server.plug_microphone()
            server.pactl("set-default-sink", CALLER_SINK)
            server.pactl("set-default-source", MICROPHONE)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def _wait_until_up(server: SoundServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_DEADLINE_S
    while True:
        if process.poll() is not None:
            pytest.fail(f"the sound server ended at once with {process.returncode}")
        try:
            server.pactl("info")
            return
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            if time.monotonic() > deadline:
                pytest.fail("the sound server did not come up")
            time.sleep(0.05)
