"""A small knowledge base of the tests' own and a model of meaning that needs no model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.adapters.kiwi import KiwiMorphemes
from kb.adapters.table_files import sheet_rows
from kb.library import KbLibrary
from kb.ports import Encoder

DIMENSIONS = 1024
ROWS = (
    (
        "k1",
        "행정",
        "여권 재발급 신청",
        "여권을 잃어버리면 가까운 구청 민원실에서 재발급을 신청합니다. 사진이 필요합니다.",
    ),
    ("k2", "환경", "대형 폐기물 배출", "장롱이나 소파는 구청 누리집에서 신고하고 수수료를 낸 뒤 내놓습니다."),
    ("k3", "복지", "기초연금 신청 자격", "만 65세 이상이고 소득이 기준보다 적으면 주민센터에서 신청합니다."),
    ("k4", "교통", "거주자우선주차 신청", "사는 곳 시설관리공단에 신청하면 배정 순서에 따라 알려 드립니다."),
    ("k5", "건강", "독감 예방접종", "보건소와 지정 병원에서 어르신은 무료로 맞을 수 있습니다."),
    ("k6", "환경", "마포구 음식물쓰레기 배출 요일", "마포구는 일요일부터 금요일까지 내놓습니다."),
    ("k7", "환경", "노원구 음식물쓰레기 배출 요일", "노원구는 화요일, 목요일, 일요일에 내놓습니다."),
    ("k8", "경제", "청년 창업 지원 (종료)", "2018년에 종료된 사업입니다. 청년 창업 자금을 빌려 드렸습니다."),
    ("k9", "경제", "청년 창업 자금", "청년이 창업할 때 자금을 빌려 드립니다. 신용보증재단에 신청합니다."),
)


class HashEncoder:
    """Unit vectors of character pairs: alike texts are near, nothing is downloaded. Fills the port."""

    name = "hash"

    def __init__(self) -> None:
        self.passages_asked = 0

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._vector(text) for text in texts], np.float32).reshape(len(texts), DIMENSIONS)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages_asked += len(texts)
        return self.queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(DIMENSIONS, 1e-3, np.float32)
        plain = text.replace(" ", "")
        for pair in pairwise(plain):
            vector[int.from_bytes(hashlib.md5("".join(pair).encode()).digest()[:4]) % DIMENSIONS] += 1.0
        return vector / np.float32(np.linalg.norm(vector))


@cache
def analyser() -> KiwiMorphemes:
    """Return one analyser for all tests: loading takes half a second."""
    return KiwiMorphemes()


def noon() -> datetime:
    """Return the time of the tests."""
    return datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def small_file(folder: Path, rows: Sequence[tuple[str, str, str, str]] = ROWS, name: str = "small.jsonl") -> Path:
    """Write entries as JSON lines."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    fields = ("id", "category", "question", "answer")
    lines = (json.dumps(dict(zip(fields, row, strict=True)), ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def library(folder: Path, encoder: Encoder | None = None, samples: Sequence[Path] = ()) -> KbLibrary:
    """Return a library in ``folder``."""
    return KbLibrary(folder, samples, analyser(), encoder, sheet_rows, noon)
