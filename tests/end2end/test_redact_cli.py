"""``doumi redact`` over a pipe: one answer a line, whatever the bytes are."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from tests.helpers.material import ROOT


def redact(raw: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "app", "redact", *arguments]
    return subprocess.run(command, cwd=ROOT, input=raw, capture_output=True, check=False)


def rows(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_one_answer_a_line_whatever_the_bytes() -> None:
    decomposed = unicodedata.normalize("NFD", "제 이름은 김민수입니다")
    long = "네 " * 20_000 + "제 번호는 010-0123-4567이요"
    lines = [
        "제 번호는 공일공에 공일이삼에 사오육칠이요".encode(),
        b"",
        decomposed.encode(),
        "연락처 010-0123-4567".encode("cp949"),
        b"\xff\xfe\x00",
        long.encode(),
        json.dumps({"text": "주민번호 900101-1234567입니다", "spans": [], "id": 7}).encode(),
        b'{"text": 3}',
        b'{"text": "half \\ud800"}',
        b"{",
        "120으로 전화하세요".encode(),
    ]
    found = rows(redact(b"\xef\xbb\xbf" + b"\n".join(lines) + b"\n", "-", "--jsonl"))
    assert len(found) == len(lines)
    assert all(list(row) == ["text", "masked", "spans"] for row in found)
    assert all(len(row["masked"]) == len(row["text"]) for row in found)
    kinds = [[span["kind"] for span in row["spans"]] for row in found]
    assert kinds == [["phone"], [], ["name"], ["phone"], [], ["phone"], ["rrn"], [], [], [], []]
    assert found[0]["text"][found[0]["spans"][0]["start"] :].startswith("공일공")
    assert found[2]["text"] == decomposed
    assert found[3]["text"] == "연락처 010-0123-4567"
    assert found[5]["masked"].endswith("•••••••••••••이요")
    assert found[6]["masked"] == "주민번호 ••••••••••••••입니다"


def test_turns_of_a_call_are_read_together_and_calls_apart() -> None:
    def turn(call: str, speaker: str, start: float, text: str) -> str:
        return json.dumps({"call_id": call, "speaker": speaker, "start": start, "text": text}, ensure_ascii=False)

    lines = [
        turn("a", "caller", 1, "제 번호는 공일공에 공일이삼"),
        turn("a", "agent", 3, "네"),
        turn("a", "caller", 4, "다시 사오육칠이요"),
        turn("b", "caller", 1, "사오육칠"),
    ]
    found = rows(redact("\n".join(lines).encode(), "-", "--jsonl"))
    assert [row["speaker"] for row in found] == ["caller", "agent", "caller", "caller"]
    assert [bool(row["spans"]) for row in found] == [True, False, True, False]
    assert "사오육칠" not in found[2]["masked"]


def test_a_person_reads_the_covered_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("저는 김민수예요\n고맙습니다\n", encoding="utf-8")
    assert main(["redact", str(file)]) == 0
    assert capsys.readouterr().out == "저는 •••예요\n고맙습니다\n"


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["redact", str(tmp_path / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err


def test_summarize_keeps_what_a_callback_needs_and_covers_it_when_asked(tmp_path: Path) -> None:
    turns = [
        ("agent", "120다산콜재단 상담사 박시우입니다. 무엇을 도와드릴까요?"),
        ("caller", "저희 집에 아침부터 물이 안 나와요. 언제 나오는지 알려 주세요"),
        ("agent", "확인하고 다시 전화드리겠습니다. 성함과 연락처를 말씀해 주시겠어요?"),
        ("caller", "김민수예요. 010-0123-4567이에요"),
        ("agent", "네, 김민수님. 오후 1시까지 010-0123-4567로 연락드리겠습니다."),
    ]
    file = tmp_path / "turns.jsonl"
    rows_in = [
        {"speaker": who, "start": 5.0 * i, "end": 5.0 * i + 4, "text": text} for i, (who, text) in enumerate(turns)
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows_in), encoding="utf-8")

    def run(*more: str) -> str:
        command = [sys.executable, "-m", "app", "summarize", str(file), "--jsonl", *more]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return done.stdout.decode("utf-8")

    plain, covered = run(), run("--mask")
    assert "010-0123-4567" in plain
    assert "0123-4567" not in covered
    assert "김민수" not in covered
    assert "•" in json.loads(covered)["summary"]
