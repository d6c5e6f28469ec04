"""How far the position that replay tells is from what is heard, on a PulseAudio server of this benchmark's own.

    python benchmarks/replay_sync.py [--minutes N] [--speed S] [--skip-silence] [--named] [--json FILE]

A call is made with a short burst on each side at times that are known and stored as its words, sealed as the desk seals
sound, and played by the player of the replay window into a null sink. A process of its own records the monitor of that
sink; each block of it is stamped with the time at which the sound system says it was there. The middle of every
burst heard is looked up in the positions told meanwhile: told minus stored, in milliseconds.

``--minutes`` is time at the clock on the wall, not of the call.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import sys
import tempfile
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.replay.model import LoadedCall, StoredEvent  # noqa: E402
from app.replay.open_call import OpenReplay  # noqa: E402
from app.replay.player import SavedCallPlayer  # noqa: E402
from app.replay_side import call_player  # noqa: E402
from audio.adapters.sealed_frames import SealedJournals  # noqa: E402
from audio.events import TranscriptFinal  # noqa: E402
from audio.journal import Title  # noqa: E402
from audio.model import SAMPLE_RATE, Channel, Word  # noqa: E402
from audio.recorded_sound import RecordedSound  # noqa: E402
from tests.helpers.pulse import CALLER_SINK, sound_server  # noqa: E402
from ui.replay.ports import ReplayFacts  # noqa: E402

BURST = int(0.04 * SAMPLE_RATE)
SPOKEN_S, QUIET_S = 6.0, 4.0
"""Bursts come in utterances, with silence between them that can be left out."""
RATE = 48_000
LATE_S = 3.0
"""The first seconds are not counted: the child starts and the sink wakes."""
REACH_MS = 30.0


def bursts(duration_s: float) -> list[tuple[float, Channel]]:
    """Return when each burst begins and on which side; the gaps differ, so that no other fits in its place."""
    rng = np.random.default_rng(7)
    found: list[tuple[float, Channel]] = []
    at = 0.3
    while at < duration_s - 1:
        if at % (SPOKEN_S + QUIET_S) < SPOKEN_S - 0.2:
            found.append((at, Channel.AGENT if len(found) % 2 else Channel.CALLER))
        at += 0.4 + 0.8 * float(rng.random())
    return found


def made_call(folder: Path, duration_s: float) -> OpenReplay:
    """Make the call on disk and open it."""
    placed = bursts(duration_s)
    shape = np.hanning(BURST) * np.sin(2 * np.pi * 1000 * np.arange(BURST) / SAMPLE_RATE) * 12_000
    journals, seconds = SealedJournals(os.urandom(32), lambda _file: None), int(duration_s)
    for channel in Channel:
        starts = [round(at * SAMPLE_RATE) for at, side in placed if side is channel]
        writer = journals.create(folder, Title("sync", channel, 0))
        for second in range(seconds):
            pcm = np.zeros(SAMPLE_RATE, np.float64)
            for start in starts:
                first = start - second * SAMPLE_RATE
                left, right = max(0, first), min(SAMPLE_RATE, first + BURST)
                if left < right:
                    pcm[left:right] += shape[left - first : right - first]
            starts = [start for start in starts if start + BURST > (second + 1) * SAMPLE_RATE]
            writer.append(pcm.astype(np.int16), last=second == seconds - 1)
        writer.close()
    facts = ReplayFacts("sync", "", "", duration_s, "devices", duration_s)
    stored = tuple(StoredEvent(one, "") for one in _finals(placed))
    return OpenReplay(LoadedCall(facts, stored, (), RecordedSound(folder, journals)))


def _finals(placed: list[tuple[float, Channel]]) -> list[TranscriptFinal]:
    finals = []
    for number, (at, side) in enumerate(placed):
        word = Word("삐", at, at + BURST / SAMPLE_RATE)
        finals.append(
            TranscriptFinal(
                call_id="sync",
                seq=number + 1,
                t_ns=int(word.end * 1e9),
                utterance=number,
                channel=side,
                start=word.start,
                end=word.end,
                text="삐",
                display="삐",
                confidence=1.0,
                words=(word,),
            )
        )
    return finals


def record(file: str, sink: str, ready: Event, stop: Event) -> None:
    """Record the monitor of a sink until told to stop; a process of its own."""
    os.environ["PULSE_SOURCE"] = f"{sink}.monitor"
    import sounddevice

    index = next(n for n, one in enumerate(sounddevice.query_devices()) if one["name"] == "pulse")
    samples, done = Path(file).open("wb"), 0  # noqa: SIM115 - closed below
    stamps: list[tuple[int, int, int, bool]] = []

    def take(data: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:
        nonlocal done
        now = time.monotonic_ns()
        late_s = stream.time - times.inputBufferAdcTime
        stamps.append((done, now - int(late_s * 1e9), now, bool(status)))
        samples.write((data[:, 0] * 32767).astype(np.int16).tobytes())
        done += frames

    stream = sounddevice.InputStream(
        device=index, samplerate=RATE, channels=1, dtype="float32", blocksize=960, latency=0.1, callback=take
    )
    with stream:
        ready.set()
        stop.wait()
    samples.close()
    np.save(f"{file}.npy", np.array(stamps, np.int64))


def heard(file: Path) -> tuple[NDArray[np.int64], int]:
    """Return when the middle of each burst was heard, monotonic nanoseconds, and how often the recording overflowed.

    A block's stamp is smoothed by its neighbours: the clock of the recording runs evenly, the stamps jitter.
    """
    pcm = np.fromfile(file, np.int16)
    stamps = np.load(f"{file}.npy")
    first, at_ns = stamps[:, 0], stamps[:, 1].astype(np.float64)
    begin_ns = at_ns - first / RATE * 1e9
    width = 101
    padded = np.pad(begin_ns, width // 2, mode="edge")
    smooth = np.array([np.median(padded[n : n + width]) for n in range(len(begin_ns))])
    middles: list[float] = []
    window = int(0.03 * RATE)
    for start in range(0, len(pcm), RATE * 60):
        part = pcm[max(0, start - RATE // 2) : start + RATE * 60].astype(np.float32)
        energy = np.convolve(part * part, np.ones(window, np.float32), "same")
        loud = energy > 0.03 * (6000.0**2) * window / 4  # at 3 times a burst keeps down to a fifth of its energy
        edges = np.flatnonzero(np.diff(np.concatenate(([0], loud.astype(np.int8), [0]))))
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            weight = part[max(0, left - window) : right + window] ** 2
            place = max(0, start - RATE // 2) + max(0, left - window)
            middle = place + float((weight * np.arange(len(weight))).sum() / weight.sum())
            if not middles or middle - middles[-1] > 0.05 * RATE:
                middles.append(middle)
    block = np.searchsorted(first, np.array(middles), side="right") - 1
    moments = smooth[block] + np.array(middles) / RATE * 1e9
    return moments.astype(np.int64), int(stamps[:, 3].sum())


def measure(minutes: float, speed: float, skip: bool, late_s: float = LATE_S, named: bool = False) -> dict[str, Any]:
    """Play and record; returns the figures. Nothing counts in the first ``late_s`` seconds.

    ``named`` plays to the sink by its name, at its own rate, and not to the default at the rate of the recording.
    """
    wall_s = minutes * 60
    share = SPOKEN_S / (SPOKEN_S + QUIET_S) if skip else 1.0
    duration_s = wall_s * speed / share + 60
    context = multiprocessing.get_context("spawn")
    ready, stop = context.Event(), context.Event()
    with tempfile.TemporaryDirectory(prefix="doumi-sync-") as folder, contextlib.ExitStack() as close:
        call = made_call(Path(folder) / "call", duration_s)
        close.enter_context(sound_server())
        file = Path(folder) / "heard.raw"
        recorder = context.Process(target=record, args=(str(file), CALLER_SINK, ready, stop))
        recorder.start()
        assert ready.wait(30)
        player = call_player(call, CALLER_SINK if named else "")
        told = _play(player, wall_s, speed, skip)
        stop.set()
        recorder.join()
        moments, overflows = heard(file)
    return _figures(told, moments, [at for at, _side in bursts(duration_s)], speed, late_s) | {
        "recorder_overflows": overflows
    }


def _play(player: SavedCallPlayer, wall_s: float, speed: float, skip: bool) -> NDArray[np.float64]:
    """Play and ask for the position fifty times a second; returns moment and position."""
    player.set_speed(speed)
    player.set_skip_silence(skip)
    player.play()
    told, until = [], time.monotonic() + wall_s
    while time.monotonic() < until:
        state = player.state()
        told.append((time.monotonic_ns(), state.at_s))
        if state.fault or not state.playing:
            raise SystemExit(f"playing stopped: {state.fault}")
        time.sleep(0.02)
    player.close()
    return np.array(told)


def _figures(
    told: NDArray[np.float64], moments: NDArray[np.int64], placed: list[float], speed: float, late_s: float
) -> dict[str, Any]:
    middles = np.array(placed) + BURST / SAMPLE_RATE / 2
    inside = moments[(moments > told[0, 0] + late_s * 1e9) & (moments < told[-1, 0])]
    at_s = np.interp(inside, told[:, 0], told[:, 1])
    nearest = np.abs(middles[:, np.newaxis] - at_s[np.newaxis]).argmin(0) if len(at_s) else np.zeros(0, int)
    off_ms = (at_s - middles[nearest]) * 1000
    absolute, minutes = np.abs(off_ms), (inside - inside[0]) / 60e9
    slope = float(np.polyfit(minutes, off_ms, 1)[0]) if len(off_ms) > 2 else 0.0
    return {
        "speed": speed,
        "call_minutes": round((told[-1, 1] - told[0, 1]) / 60, 2),
        "wall_minutes": round((told[-1, 0] - told[0, 0]) / 60e9, 2),
        "bursts_heard": len(inside),
        "bursts_passed": int(((middles > at_s[0] - 0.1) & (middles < at_s[-1] + 0.1)).sum()),
        "told_minus_stored_ms": {
            "mean": round(float(off_ms.mean()), 2),
            "median": round(float(np.median(off_ms)), 2),
            "p95_abs": round(float(np.percentile(absolute, 95)), 2),
            "p99_abs": round(float(np.percentile(absolute, 99)), 2),
            "max_abs": round(float(absolute.max()), 2),
        },
        "drift_ms_a_minute": round(slope, 4),
        "within_reach": round(float((absolute <= REACH_MS).mean()), 5),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--skip-silence", action="store_true")
    parser.add_argument("--named", action="store_true", help="play to the sink by its name, at 48 kHz")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    figures = measure(args.minutes, args.speed, args.skip_silence, named=args.named)
    text = json.dumps(figures, indent=2)
    print(text)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
