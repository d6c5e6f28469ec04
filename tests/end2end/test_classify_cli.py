from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from app.cli import main
from tests.helpers.material import ROOT

KEYS = ["text", "label", "labels", "severity", "crisis", "evidence"]


def classify(raw: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "app", "classify", *arguments]
    return subprocess.run(command, cwd=ROOT, input=raw, capture_output=True, check=False)


def rows(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_one_answer_a_line_in_order() -> None:
    texts = ["아 씨발 왜 안 되는데", "", "여권 재발급 문의요", "이제 그만 죽고 싶어요", "해결될 때까지 전화 안 끊어"]
    found = rows(classify("\n".join(texts).encode(), "-", "--jsonl"))
    assert [row["text"] for row in found] == texts
    assert [row["label"] for row in found] == ["profanity", "none", "none", "crisis", "unreasonable"]
    assert all(list(row) == KEYS for row in found)
    assert [row["crisis"] for row in found] == [False, False, False, True, False]
    assert found[1]["severity"] == 0
    assert found[1]["evidence"] == []


def test_evidence_is_where_it_says_in_decomposed_text_too() -> None:
    text = unicodedata.normalize("NFD", "뭐 이런 병신 같은 경우가 있어")
    (row,) = rows(classify(text.encode(), "-", "--jsonl"))
    assert row["text"] == text
    assert row["label"] == "profanity"
    evidence = row["evidence"]
    assert isinstance(evidence, list)
    assert evidence
    for item in evidence:
        assert text[item["start"] : item["end"]] == item["text"]


def test_odd_bytes_and_long_lines_are_answered_each_on_its_own_line() -> None:
    raw = b"\xef\xbb\xbf" + "안녕하세요".encode() + b"\r\n" + "이 개새끼야".encode("cp949") + b"\n"
    raw += (
        b"\xff\xfe\x00\n"
        + ("네 " * 20_000).encode()
        + b"\n"
        + ("여권재발급문의요" * 50_000).encode()
        + b"\n"
        + "끝".encode()
    )
    found = rows(classify(raw, "-", "--jsonl"))
    assert [row["label"] for row in found] == ["none", "profanity", "none", "none", "none", "none"]
    assert found[0]["text"] == "안녕하세요"
    assert found[1]["text"] == "이 개새끼야"
    assert found[5]["text"] == "끝"


def test_neither_torch_nor_qt_is_loaded() -> None:
    script = (
        "import sys; from app.cli import main; main(['classify', '-', '--jsonl']); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'PySide6', 'kiwipiepy', 'sentence_transformers')))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, input=b"x\n", capture_output=True, check=False)
    assert done.returncode == 0


def test_a_file_for_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("밤길 조심해라 너\n", encoding="utf-8")
    assert main(["classify", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "밤길 조심해라 너" in shown
    assert not shown.startswith("{")


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classify", str(tmp_path / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err
