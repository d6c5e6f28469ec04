"""Exercises for windows: two to choose, one that plays by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.errors import ExerciseFault
from ui.qa.exercise_ports import ExerciseResult, ExerciseRow, ExerciseState, ExerciseTurn

ROWS = (
    ExerciseRow("e2", "불법 주정차 신고", "2026-11-20T10:00:00+09:00", 184.0, 11, True),
    ExerciseRow("e1", "여권 재발급 문의", "2026-11-18T15:30:00+09:00", 96.0, 7, False),
)
RESULT = ExerciseResult(
    "불법 주정차 신고",
    (
        ExerciseTurn("", "안녕하십니까 상담사 김도우입니다", "안녕하세요", None, None),
        ExerciseTurn("집 앞에 세워둔 차를 신고하려고요", "위치를 말씀해 주시겠습니까", "어디에 있나요", 0.8, 2.5),
        ExerciseTurn("신림동이요", "접수해 드리겠습니다", "", 1.1, None),
    ),
    (("불법 주정차 신고와 과태료", True, False), ("거주자우선주차", False, True)),
    (("0.category", "교통 › 주정차", "교통 › 주정차"), ("0.answer", "과태료 안내", "")),
    184.0,
    201.0,
)


class FakeExercises:
    """Fills :class:`ui.qa.exercise_ports.ExerciseServices`."""

    def __init__(self, rows: Sequence[ExerciseRow] = ROWS) -> None:
        self._rows = list(rows)
        self.now = ExerciseState()
        self.started: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.busy = False

    def rows(self) -> Sequence[ExerciseRow]:
        return tuple(self._rows)

    def take(self, file: Path) -> str:
        if not file.is_file():
            raise ExerciseFault("exercise.not_one")
        self._rows.insert(0, ExerciseRow("e3", file.stem, "2026-11-21T09:00:00+09:00", 60.0, 4, False))
        return file.stem

    def delete(self, ident: str) -> None:
        self._rows = [row for row in self._rows if row.id != ident]

    def start(self, ident: str, microphone: bool) -> None:
        if self.busy:
            raise ExerciseFault("call.busy")
        self.started.append((ident, microphone))
        self.now = ExerciseState("call", 1, 11, True, microphone)

    def state(self) -> ExerciseState:
        return self.now

    def go_on(self, said: str = "") -> None:
        self.said.append(said)

    def end(self) -> None:
        self.now = ExerciseState()

    def result(self, call_id: str) -> ExerciseResult:
        assert call_id == "call"
        return RESULT
