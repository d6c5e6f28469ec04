"""Notes for the DB team: masked, merged, exported."""

from __future__ import annotations

import csv
import io
import json

from assist.gaps import (
    MOST_CHARS,
    TURNS_AROUND,
    Correction,
    Gap,
    GapTurn,
    as_csv,
    as_jsonl,
    correction_lines,
    gap_lines,
    masked,
    merge,
    question_of,
    turns_around,
)
from assist.model import CorrectionKind, Turn
from audio.model import Channel


def gap(ident: str, question: str, day: int = 1, **more: object) -> Gap:
    return Gap(ident, f"2026-11-{day:02d}T10:00:00+09:00", question, **more)  # type: ignore[arg-type]


def turn(index: int, speaker: Channel, text: str) -> Turn:
    return Turn(index, speaker, float(index), index + 0.5, text)


CALL = (
    turn(0, Channel.AGENT, "무엇을 도와드릴까요?"),
    turn(1, Channel.CALLER, "반려식물 병원은 어디에 있나요?"),
    turn(2, Channel.AGENT, "확인해 보겠습니다."),
    turn(3, Channel.CALLER, "네 제 번호는 010-1234-5678이에요"),
)


def test_the_question_is_what_the_caller_asked_not_what_was_said_last() -> None:
    assert question_of(CALL) == "반려식물 병원은 어디에 있나요?"
    assert "1234" not in question_of(CALL[3:])
    assert question_of(CALL[:1]) == ""
    assert (
        question_of((turn(0, Channel.CALLER, "어 안녕하세요 저기 신고를 좀 하고 싶은데요"),)) == "신고를 하고 싶은데요"
    )


def test_turns_beside_a_gap_are_masked_and_few() -> None:
    found = turns_around(CALL)
    assert found[1] == GapTurn("caller", "반려식물 병원은 어디에 있나요?")
    assert "1234" not in found[-1].text
    many = tuple(turn(n, Channel.CALLER, f"{n}번째 말") for n in range(40))
    assert len(turns_around(many)) == TURNS_AROUND
    assert turns_around(many)[-1].text == "39번째 말"


def test_long_words_are_cut_to_one_line() -> None:
    assert len(masked("가나다라 " * 1_000)) <= MOST_CHARS
    assert masked(" 두\n줄 ") == "두 줄"


def test_alike_gaps_are_one_with_a_count() -> None:
    groups = merge(
        [
            gap("1", "반려식물 병원은 어디에 있나요", 1),
            gap("2", "반려 식물병원이 어디에 있어요", 3),
            gap("3", "발려식물 병원 어디 있나요", 2),
            gap("4", "외국인 등록증 영문 번역 공증", 4),
        ]
    )
    assert [group.count for group in groups] == [3, 1]
    assert [one.id for one in groups[0].gaps] == ["2", "3", "1"]
    assert "식물" in groups[0].question
    assert merge([]) == ()


def test_export_holds_every_wording_and_no_call() -> None:
    gaps = [gap("1", "반려식물 병원", 1, call_id="01CALL", turns=turns_around(CALL)), gap("2", "반려 식물병원", 2)]
    lines = [json.loads(line) for line in as_jsonl(gap_lines(merge(gaps))).splitlines()]
    assert lines[0]["count"] == 2
    assert (lines[0]["first_at"][:10], lines[0]["last_at"][:10]) == ("2026-11-01", "2026-11-02")
    assert [one["question"] for one in lines[0]["gaps"]] == ["반려 식물병원", "반려식물 병원"]
    assert "01CALL" not in as_jsonl(gap_lines(merge(gaps)))


def test_a_table_runs_no_formula() -> None:
    wrong = Correction("c", "2026-11-01T10:00:00+09:00", "A-1", "=1+1", CorrectionKind.PHONE, "+82 번호가 다름")
    rows = list(csv.reader(io.StringIO(as_csv(correction_lines([wrong])))))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["title"] == "'=1+1"
    assert row["note"].startswith("'+82")
    assert row["kind"] == "phone"
    assert as_csv([]) == ""
