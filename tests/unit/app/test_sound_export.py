"""The sound of a saved call leaves the desk on purpose only, whole, and with its gaps named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from app import access_log, sound_export
from app.cli import main
from app.errors import StoreFault
from app.home import Home
from app.personal import open_personal, open_reader
from app.settings import Settings
from app.sound import recorder, saved_sound, sound_encoder
from app.sound_export import Why
from assist.events import CallHeld, ListeningPaused
from audio.events import AudioGap
from audio.journal import DATA_START, SLOT_BYTES
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Pcm
from audio.settings import CaptureSettings

KEY = bytes(range(32))
SIDES = (Channel.AGENT, Channel.CALLER)


def noise(channel: Channel, seconds: float) -> Pcm:
    rng = np.random.default_rng(SIDES.index(channel))
    return rng.integers(-20_000, 20_000, int(seconds * SAMPLE_RATE)).astype(np.int16)


def record(folder: Path, key: bytes = KEY, agent_s: float = 4.0, caller_s: float = 3.5) -> None:
    made = recorder(folder, "call-1", key, SIDES, lambda: 0, CaptureSettings())
    for channel, seconds in zip(SIDES, (agent_s, caller_s), strict=True):
        made.write(AudioBlock(channel, 0, noise(channel, seconds)))
    made.close()


def flip(folder: Path, channel: Channel, second: int) -> None:
    (file,) = folder.glob(f"{channel.value}-*")
    content = bytearray(file.read_bytes())
    content[DATA_START + second * SLOT_BYTES + 1234] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("kind", ["wav", "flac"])
def test_both_sides_come_out_sample_for_sample(tmp_path: Path, kind: str) -> None:
    record(tmp_path / "call-1")
    file = tmp_path / f"call.{kind}"
    sound = saved_sound(tmp_path / "call-1", KEY)
    assert sound_export.write(sound, file, sound_encoder(is_flac=kind == "flac")) == 4.0
    samples, rate = soundfile.read(file, dtype="int16")
    assert (rate, soundfile.info(file).format) == (SAMPLE_RATE, kind.upper())
    assert np.array_equal(samples[:, 0], noise(Channel.AGENT, 4.0))
    assert np.array_equal(samples[: int(3.5 * SAMPLE_RATE), 1], noise(Channel.CALLER, 3.5))
    assert not samples[int(3.5 * SAMPLE_RATE) :, 1].any()
    assert file.stat().st_mode & 0o077 == 0


def test_every_silent_stretch_is_named_with_its_time_and_side(tmp_path: Path) -> None:
    folder = tmp_path / "call-1"
    record(folder)
    flip(folder, Channel.CALLER, 1)
    events = (
        AudioGap(call_id="call-1", t_ns=0, channel=Channel.AGENT, start=8_000, n_samples=4_000),
        ListeningPaused(call_id="call-1", t_ns=2_000_000_000, paused=True),
        CallHeld(call_id="call-1", t_ns=2_250_000_000, held=True),
        ListeningPaused(call_id="call-1", t_ns=2_500_000_000, paused=False),
        CallHeld(call_id="call-1", t_ns=2_750_000_000, held=False),
    )
    found = sound_export.gaps(saved_sound(folder, KEY), events, 9.0)
    assert [(gap.channel, gap.start_s, gap.end_s, gap.why) for gap in found] == [
        (Channel.AGENT, 0.5, 0.75, Why.LOST),
        (Channel.CALLER, 1.0, 2.0, Why.DAMAGED),
        (Channel.AGENT, 2.0, 2.75, Why.PAUSED),
        (Channel.CALLER, 2.0, 2.75, Why.PAUSED),
        (Channel.CALLER, 3.5, 9.0, Why.MISSING),
        (Channel.AGENT, 4.0, 9.0, Why.MISSING),
    ]


def test_a_disk_that_is_full_leaves_no_half_file(tmp_path: Path) -> None:
    record(tmp_path / "call-1")
    sound = saved_sound(tmp_path / "call-1", KEY)

    class Full:
        def write(self, agent: Pcm, caller: Pcm) -> None:
            raise OSError("full")

        def close(self) -> None:
            pass

    with pytest.raises(StoreFault, match=r"out\.wav"):
        sound_export.write(sound, tmp_path / "out.wav", lambda stream: Full())
    assert sorted(file.name for file in tmp_path.iterdir()) == ["call-1"]


def test_a_call_without_sound_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as caught:
        sound_export.write(saved_sound(tmp_path / "none", KEY), tmp_path / "out.wav", sound_encoder(False))
    assert caught.value.code == "store.no_sound"


@pytest.fixture
def saved(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a home with one saved call of four seconds, second 1 of the caller damaged."""
    home = Home.from_environment()
    personal = open_personal(home, Settings, lambda event: None)
    personal.store.begin_session("call-1", "2026-11-22T10:00:00+09:00", "devices", "")
    personal.store.end_session("call-1", 4.0)
    personal.store.flush()
    record(home.sound / "call-1", personal.key.derive("sound"), caller_s=4.0)
    personal.close()
    flip(home.sound / "call-1", Channel.CALLER, 1)
    return home


def test_the_command_asks_why_and_logs_it(saved: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "out.wav"
    command = ["sessions", "export", "call-1", "--wav", str(file)]
    assert main(command) == 1
    assert "--reveal" in capsys.readouterr().err
    assert main([*command, "--reveal", "  "]) == 1
    assert not file.exists()
    capsys.readouterr()
    assert main([*command, "--reveal", "QA 확인"]) == 0
    told = capsys.readouterr()
    assert "00:01.0~00:02.0" in told.out
    assert "손상" in told.out
    assert str(file) in told.err
    assert soundfile.info(file).frames == 4 * SAMPLE_RATE
    lines = open_reader(saved).read(
        lambda db: [(line.action, line.subject, line.note) for line in access_log.entries(db)]
    )
    assert lines[-2:] == [("reveal", "call-1", "QA 확인"), ("export", "call-1", "wav")]
