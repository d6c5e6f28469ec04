"""The speech benchmark's own arithmetic: a figure nobody checks is worth nothing."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[3]
Event = dict[str, Any]


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """Import the benchmark's modules as its program does: from its own folder."""
    import importlib

    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return {name: importlib.import_module(name) for name in ("sounds", "speech_calls", "speech_plot", "speech_table")}


def event(kind: str, utterance: int, text: str, start: float = 1.0, end: float = 3.0, channel: str = "caller") -> Event:
    return {
        "type": kind, "utterance": utterance, "channel": channel, "start": start, "end": end, "text": text,
        "flags": [], "at": end + 0.5,
    }  # fmt: skip


def call(tmp_path: Path, *turns: tuple[str, float, float, str]) -> Path:
    values = [{"channel": side, "start": start, "end": end, "text": text} for side, start, end, text in turns]
    (tmp_path / "call.json").write_text(json.dumps({"turns": values}), encoding="utf-8")
    return tmp_path / "call.wav"


def test_sound_without_speech_is_the_same_every_time_and_of_every_kind(modules: dict[str, ModuleType]) -> None:
    sounds = modules["sounds"]
    seconds = sounds.PART_S * len(sounds.MAKERS)
    sound, kinds = sounds.nothing(seconds)
    assert len(sound) == seconds * sounds.RATE
    assert np.array_equal(sound[: 40 * sounds.RATE], sounds.nothing(40)[0])
    assert {kind for _, kind in kinds} == set(sounds.MAKERS)
    assert np.abs(sound).max() <= 1.0
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / sounds.RATE)
    assert spectrum[frequency > 4000].sum() < 0.02 * spectrum.sum()


def test_only_shown_text_that_is_taken_back_counts_as_changed(modules: dict[str, ModuleType]) -> None:
    changed = modules["speech_calls"].changed_per_final_character
    grows = [event("partial", 0, "안녕"), event("partial", 0, "안녕하세요"), event("final", 0, "안녕하세요.")]
    assert changed(grows) == 0
    flickers = [event("partial", 1, "안경"), event("final", 1, "안녕하세요")]
    assert changed([*grows, *flickers]) == pytest.approx(1 / 11)


def test_words_of_the_other_side_are_counted_as_repeated(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    repeated = modules["speech_calls"].repeated_lines
    agent, caller = ("agent", 1.0, 4.0, "주민등록등본은 무인발급기에서"), ("caller", 3.5, 6.0, "그러면 얼마나 걸려요")
    made = call(tmp_path, agent, caller)
    assert repeated(made, [event("final", 0, "그러면 얼마나 걸려요", 3.4, 6.2)]) == []
    assert repeated(made, [event("final", 0, "등본은 무인발급기", 1.5, 3.0)]) == [(1.5, 3.0)]
    assert repeated(made, [event("final", 0, "무인발급기에서", 3.3, 4.0)]) == [(3.3, 4.0)]
    assert repeated(made, [event("final", 0, "등본은", 1.5, 3.0, channel="agent")]) == []


def test_delays_are_those_of_turns_heard_to_their_end(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    made = call(tmp_path, ("caller", 1.0, 3.0, "네"), ("caller", 6.0, 9.0, "그러면요"))
    found = modules["speech_calls"].final_delays(
        made, [event("final", 0, "네", 0.9, 3.1), event("final", 1, "그", 6, 6.5)]
    )
    assert found == {"agent": [], "caller": [0.6]}


def report() -> dict[str, Any]:
    delay = {"p50": 0.6, "p95": 0.9}
    figures: dict[str, Any] = {
        "cer": {"agent": 0.1, "caller": 0.2}, "cer_all": 0.15, "missed_turns": 0, "cpu_per_audio_s": 0.3,
        "lost_samples": 0, "first_text_s": delay, "final_delay_s": {"agent": delay, "caller": delay},
        "changed_per_character": 0.1, "delays_s": {"agent": [0.6, 0.7], "caller": []},
    }  # fmt: skip
    return {
        "machine": "a machine <&>",
        "options": {"seeds": [120], "calls": 1, "only": "", "model": "whisper-base"},
        "warnings": {"live": "it was busy"},
        "measured": {"live": "2026-01-02 03:04 UTC"},
        "parts": {
            "live": {"120": figures},
            "ablation": {"as built": figures, "beam 1": {**figures, "cer_all": 0.18}, "gone": {"error": "no such"}},
        },
    }


def test_the_table_shows_what_was_measured_and_says_what_was_not(modules: dict[str, ModuleType]) -> None:
    shown = modules["speech_table"].tables(report())
    rows = {line.split("|")[1].strip(): line for line in shown.splitlines() if line.startswith("|")}
    assert "15.0 %" in rows["CER, both sides"]
    assert rows["samples lost, speech process killed twice"].split("|")[3].strip() == "-"
    assert "18.0 % (+3.0)" in rows["beam 1"]
    assert "no such" in rows["gone"]
    assert "Not to be relied on: live, since it was busy" in shown
    assert len({line.count("|") for line in shown.splitlines()[4:20] if line.startswith("|")}) == 1


def test_only_the_marked_part_of_the_page_is_written(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    table = modules["speech_table"]
    page = tmp_path / "page.md"
    page.write_text(f"before\n{table.MARKS[0]}\nold\n{table.MARKS[1]}\nafter\n", encoding="utf-8")
    table.into_page(page, "| new |", "images/a.svg")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "(images/a.svg)" in text
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(SystemExit):
        table.into_page(page, "| new |")


def test_the_picture_is_whole_with_parts_missing(modules: dict[str, ModuleType]) -> None:
    draw = modules["speech_plot"].svg
    for parts in ({}, report()["parts"]):
        assert ElementTree.fromstring(draw({**report(), "parts": parts})).tag.endswith("svg")
