"""``doumi summarize`` as a user runs it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.material import ROOT, data

TURNS = [
    {"speaker": "agent", "start": 0.0, "end": 2.0, "text": "반갑습니다. 무엇을 도와드릴까요?"},
    {"speaker": "caller", "start": 2.5, "end": 5.0, "text": "마포구 합정동인데요 대형폐기물은 어떻게 버리나요"},
    {
        "speaker": "agent",
        "start": 5.5,
        "end": 9.0,
        "text": "구청 홈페이지에서 신고하시고 수수료 사천 원을 내시면 됩니다.",
    },
]


def doumi(*arguments: str, given: bytes = b"", language: str = "ko") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "DOUMI_LANG": language}
    command = [sys.executable, "-m", "app", "summarize", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, cwd=ROOT, env=environment, timeout=120, check=False
    )


def as_lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def test_standard_input_to_one_object() -> None:
    done = doumi("-", "--jsonl", given=as_lines(TURNS))
    assert done.returncode == 0, done.stderr.decode()
    (line,) = done.stdout.decode().splitlines()
    result = json.loads(line)
    assert set(result) == {"records", "summary"}
    (record,) = result["records"]
    assert set(record) == {"category", "subcategory", "inquiry", "answer", "action", "follow_up", "evidence", "summary"}
    assert record["category"] == "환경"
    assert record["subcategory"] is None
    assert record["follow_up"] is None
    keys = {f"{name}.{i}" for name in ("inquiry", "answer", "action") for i in range(len(record[name]))}
    assert set(record["evidence"]) == keys
    assert all(0 <= turn < 3 for turns in record["evidence"].values() for turn in turns)
    assert "4천 원" in record["summary"]
    assert "4천 원" in result["summary"]


def test_an_object_a_file_in_order(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_bytes(as_lines(TURNS))
    done = doumi(str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "--jsonl")
    assert done.returncode == 0
    assert len(done.stdout.decode().splitlines()) == 2


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_bytes(b"oops\n")
    (tmp_path / "good.jsonl").write_bytes(as_lines(TURNS))
    done = doumi(str(tmp_path / "bad.jsonl"), str(tmp_path / "good.jsonl"), "--jsonl")
    assert done.returncode == 1
    assert len(done.stdout.decode().splitlines()) == 1
    assert "bad.jsonl" in done.stderr.decode()


def test_a_record_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "call.jsonl").write_bytes(as_lines(TURNS))
    done = doumi(str(tmp_path / "call.jsonl"))
    assert done.stdout.decode().startswith("분류: 환경\n문의: ")


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (b"", "발화가 없습니다"),
        (as_lines(TURNS) + b"oops\n", "4번째 줄"),
        (as_lines([*TURNS, {**TURNS[0], "speaker": "robot"}]), "4번째 줄의 speaker"),
        (as_lines([{**TURNS[0], "start": "x"}]), "1번째 줄의 항목"),
        (b"[1]\n", "1번째 줄"),
        (b"\xff\xfe\xff", "UTF-8"),
    ],
)
def test_bad_input_is_one_sentence(given: bytes, part: str) -> None:
    done = doumi("-", "--jsonl", given=given)
    assert done.returncode == 1
    assert done.stdout == b""
    (sentence,) = done.stderr.decode().splitlines()
    assert part in sentence


def test_a_missing_file_in_english() -> None:
    done = doumi("nowhere.jsonl", language="en")
    assert done.returncode == 1
    assert "cannot be opened: nowhere.jsonl" in done.stderr.decode()


@pytest.mark.data
def test_whole_calls_reach_the_figures_of_the_benchmark() -> None:
    folder = data("dialogues")
    command = [sys.executable, str(ROOT / "benchmarks" / "summary.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    totals = json.loads(done.stdout.decode().splitlines()[-1])
    assert totals["key_facts"] >= 0.9
    assert totals["unsupported"] == 0
    assert totals["forbidden"] == 0
    assert totals["most_lines"] <= 6
    assert totals["category"] >= 0.85
    assert totals["follow_up"] >= 0.95
