"""Stock faster-whisper on the same calls, as a program of its own so that its processor time is its own.

    python benchmarks/speech_stock.py MODEL_FOLDER vad|turns CALL.wav OUTPUT.jsonl [CALL2.wav OUTPUT2.jsonl ...]

``vad``: the whole recording of each side offline with its own voice activity, 30 s windows, beam 5: what one gets out
of the box. ``turns``: each true turn by itself, the boundaries given: what segmentation could at best reach. The lines
are those of ``doumi transcribe --jsonl``; ``at`` means nothing, nothing is live.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import soundfile
from speech_calls import SIDES, Event, truth, write

RATE = 16_000
BEAM = 5


def run(folder: Path, mode: str, calls: Sequence[Path], outputs: Sequence[Path]) -> None:
    """Run this program on ``calls``."""
    pairs = [str(path) for pair in zip(calls, outputs, strict=True) for path in pair]
    subprocess.run([sys.executable, __file__, str(folder), mode, *pairs], check=True)


def main(arguments: Sequence[str]) -> int:
    folder, mode, *pairs = arguments
    from faster_whisper import WhisperModel

    model = WhisperModel(
        folder, device="cpu", compute_type="int8", cpu_threads=len(os.sched_getaffinity(0)), local_files_only=True
    )
    for call, output in zip(map(Path, pairs[::2]), map(Path, pairs[1::2]), strict=True):
        sound, rate = soundfile.read(call, dtype="float32", always_2d=True)
        if rate != RATE:
            raise SystemExit(f"{call.name} is not at 16 kHz")
        before = time.process_time()
        find = _own_vad if mode == "vad" else _true_turns
        events = [_final(number, *found) for number, found in enumerate(find(model, sound, call))]
        spent = time.process_time() - before
        summary: Event = {"type": "summary", "audio_seconds": len(sound) / RATE, "cpu_seconds": spent}
        write(output, [*events, summary])
    return 0


def _own_vad(model: Any, sound: Any, call: Path) -> Iterator[tuple[str, float, float, str]]:
    for column, side in enumerate(SIDES):
        segments, _ = model.transcribe(sound[:, column], language="ko", beam_size=BEAM, vad_filter=True)
        for segment in segments:
            yield side, segment.start, segment.end, segment.text


def _true_turns(model: Any, sound: Any, call: Path) -> Iterator[tuple[str, float, float, str]]:
    for turn in truth(call):
        piece = sound[int(turn["start"] * RATE) : int(turn["end"] * RATE), SIDES.index(turn["channel"])]
        segments, _ = model.transcribe(piece, language="ko", beam_size=BEAM)
        yield turn["channel"], turn["start"], turn["end"], "".join(segment.text for segment in segments)


def _final(number: int, side: str, start: float, end: float, text: str) -> Event:
    return {
        "type": "final", "utterance": number, "channel": side, "start": start, "end": end, "text": text.strip(),
        "flags": [], "at": end,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
