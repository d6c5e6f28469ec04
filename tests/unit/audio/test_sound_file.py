from __future__ import annotations

import io
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.adapters.resampler import SoxrResampler
from audio.adapters.sound_file import FlacEncoder, SoundFileSource, probe
from audio.errors import FileFault
from audio.model import AudioBlock, Channel, DeviceHealth
from resources.notices import codes
from tests.helpers.clock import FakeClock


def tone(seconds: float, rate: int, hertz: float = 440.0) -> np.ndarray:
    """Return a sine at half scale."""
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


def source(path: Path, realtime: bool = False, clock: FakeClock | None = None) -> SoundFileSource:
    return SoundFileSource(path, clock or FakeClock(), SoxrResampler, realtime)


def read(path: Path) -> dict[Channel, np.ndarray]:
    """Return everything a file delivers, checking that blocks follow each other."""
    found: dict[Channel, list[AudioBlock]] = {}
    for block in source(path).blocks():
        before = found.setdefault(block.channel, [])
        assert block.start == (before[-1].end if before else 0)
        assert not block.pcm.flags.writeable
        before.append(block)
    return {channel: np.concatenate([block.pcm for block in blocks]) for channel, blocks in found.items()}


def fault_of(path: Path) -> FileFault:
    """Return the fault that a file gives on opening or reading."""
    with pytest.raises(FileFault) as caught:
        list(source(path).blocks())
    assert caught.value.code in codes("ko")
    assert "{" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("suffix", "subtype"), [("wav", "PCM_16"), ("wav", "PCM_U8"), ("wav", "FLOAT"), ("flac", "PCM_24")]
)
@pytest.mark.parametrize("rate", [8000, 16000, 44100, 48000])
def test_any_usual_file_becomes_16_khz(tmp_path: Path, suffix: str, subtype: str, rate: int) -> None:
    path = tmp_path / f"call.{suffix}"
    soundfile.write(path, tone(1.23, rate), rate, subtype=subtype)
    pcm = read(path)[Channel.CALLER]
    assert len(pcm) == pytest.approx(1.23 * 16000, abs=2)
    expected = 32768 * tone(1.23, 16000)[: len(pcm)]
    error = np.abs(pcm[400:-400] - expected[400 : len(pcm) - 400])
    assert error.max() < (400 if subtype == "PCM_U8" else 60)


def test_mono_is_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "mono.wav"
    soundfile.write(path, tone(0.3, 16000), 16000)
    assert source(path).channels == (Channel.CALLER,)
    assert list(read(path)) == [Channel.CALLER]


def test_stereo_is_agent_left_caller_right_in_pairs_of_one_start(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack((tone(0.55, 48000), np.zeros(26400)), axis=1), 48000)
    blocks = list(source(path).blocks())
    for left, right in zip(blocks[::2], blocks[1::2], strict=True):
        assert (left.channel, right.channel) == (Channel.AGENT, Channel.CALLER)
        assert (left.start, len(left.pcm)) == (right.start, len(right.pcm))
    pcm = read(path)
    assert np.abs(pcm[Channel.AGENT].astype(int)).max() > 16000
    assert not pcm[Channel.CALLER].any()


def test_a_click_keeps_its_sample(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    samples = np.zeros(48000 * 3)
    samples[48000 * 2] = 0.9
    soundfile.write(path, samples, 48000)
    assert int(np.argmax(read(path)[Channel.CALLER])) == 32000


def test_bad_files_give_one_clear_fault_each(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "letter.wav").write_text("안녕하세요, 소리가 아닙니다." * 50)
    soundfile.write(tmp_path / "nothing.wav", np.zeros(0), 16000)
    soundfile.write(tmp_path / "surround.wav", np.zeros((1600, 6)), 48000)
    broken = tone(0.5, 16000)
    broken[5000] = np.nan
    soundfile.write(tmp_path / "nan.wav", broken, 16000, subtype="FLOAT")
    expected = {
        "absent.wav": "audio.file_missing",
        "empty.wav": "audio.file_empty",
        "letter.wav": "audio.file_unreadable",
        "nothing.wav": "audio.file_no_sound",
        "surround.wav": "audio.file_channels",
        "nan.wav": "audio.file_not_numbers",
        "": "audio.file_is_folder",
    }
    assert {name: fault_of(tmp_path / name).code for name in expected} == expected
    assert "6" in str(fault_of(tmp_path / "surround.wav"))


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.wav"
    soundfile.write(path, tone(0.1, 16000), 16000)

    def refuse(*args: object, **options: object) -> None:
        raise PermissionError

    # Modes mean nothing to a user who may read everything, as in a container.
    monkeypatch.setattr(Path, "open", refuse)
    assert fault_of(path).code == "audio.file_not_allowed"


@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_a_cut_file_delivers_what_is_there_and_says_so(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cut.{suffix}"
    soundfile.write(path, tone(4.0, 16000) + 0.1 * np.random.default_rng(1).standard_normal(64000), 16000)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    cut = source(path)
    samples = sum(len(block.pcm) for block in cut.blocks())
    assert 16000 < samples < 48000
    assert cut.warning is not None
    assert cut.warning.code == "audio.file_truncated"
    assert "{" not in str(cut.warning)


def test_a_file_cut_inside_its_header_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "head.wav"
    soundfile.write(path, tone(1.0, 16000), 16000)
    path.write_bytes(path.read_bytes()[:30])
    assert fault_of(path).code in {"audio.file_unreadable", "audio.file_no_sound"}


def test_a_whole_file_gives_no_warning(tmp_path: Path) -> None:
    path = tmp_path / "whole.wav"
    soundfile.write(path, tone(1.0, 16000), 16000)
    whole = source(path)
    list(whole.blocks())
    assert whole.warning is None
    assert whole.lost_samples() == 0
    assert whole.health() == {Channel.CALLER: DeviceHealth.OK}


def test_a_wav_whose_length_was_never_filled_in_is_not_called_cut(tmp_path: Path) -> None:
    path = tmp_path / "streamed.wav"
    soundfile.write(path, tone(1.0, 16000), 16000)
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(content)
    streamed = source(path)
    assert sum(len(block.pcm) for block in streamed.blocks()) == 16000
    assert streamed.warning is None


def test_realtime_hands_over_no_sample_before_its_time(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    soundfile.write(path, np.zeros((25_600, 2)), 16000)
    clock = FakeClock()
    paced = source(path, realtime=True, clock=clock)
    handed = [(block.end, clock.now_ns()) for block in paced.blocks()]
    assert paced.started_ns is not None
    for end, at in handed:
        assert at - paced.started_ns >= end * 1_000_000_000 // 16000
        assert at - paced.started_ns <= end * 1_000_000_000 // 16000 + 2
    assert handed[-1][0] == 25_600


def test_without_realtime_nothing_waits(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    soundfile.write(path, tone(2.0, 16000), 16000)
    clock = FakeClock()
    assert len(list(source(path, clock=clock).blocks())) == 20
    assert clock.waits == []


def test_close_ends_a_paced_file(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    soundfile.write(path, tone(5.0, 16000), 16000)
    paced = source(path, realtime=True)
    blocks = paced.blocks()
    next(blocks)
    paced.close()
    paced.close()
    assert list(blocks) == []


def test_a_long_file_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with soundfile.SoundFile(path, "w", 16000, 1) as file:
        minute = np.zeros(16000 * 60, np.int16)
        for _ in range(20):
            file.write(minute)
    long = source(path)
    tracemalloc.start()
    samples = sum(len(block.pcm) for block in long.blocks())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert samples == 20 * 60 * 16000
    assert peak < 2_000_000


def test_probe_tells_seconds_channels_and_rate(tmp_path: Path) -> None:
    path = tmp_path / "call.flac"
    soundfile.write(path, np.zeros((22050, 2)), 44100)
    assert probe(path) == (0.5, 2, 44100)
    with pytest.raises(FileFault, match="absent"):
        probe(tmp_path / "absent.wav")


def test_a_clip_is_stereo_flac() -> None:
    agent, caller = np.arange(100, dtype=np.int16), np.arange(100, dtype=np.int16)[::-1].copy()
    samples, rate = soundfile.read(io.BytesIO(FlacEncoder().encode(agent, caller)), dtype="int16")
    assert rate == 16000
    assert samples[:, 0].tolist() == agent.tolist()
    assert samples[:, 1].tolist() == caller.tolist()


def test_the_mp3_decoder_writes_nothing_past_the_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    soundfile.write(tmp_path / "call.mp3", tone(2.0, 16_000), 16_000, format="MP3")
    assert len(read(tmp_path / "call.mp3")[Channel.CALLER]) == 32_000
    junk = tmp_path / "junk.wav"
    junk.write_bytes(np.random.default_rng(1).bytes(5_000))
    assert fault_of(junk).code == "audio.file_unreadable"
    assert capfd.readouterr().err == ""
