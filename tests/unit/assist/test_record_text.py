"""Sentences put into a record, records written for another system, records split and joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from assist import record_edit
from assist.categories import hints
from assist.errors import ScriptsFault
from assist.model import CallRecord
from assist.particles import settle
from assist.record_text import (
    CopyFormat,
    Template,
    filled,
    load_formats,
    load_templates,
    open_place,
    shipped_formats,
    shipped_templates,
    written,
)

RECORD = CallRecord(
    "교통",
    None,
    ("주차 신고", "과태료 문의"),
    ("앱으로 신고 안내",),
    (),
    "010-1234-5678로 회신",
    {"category": (1,), "inquiry.0": (1,), "inquiry.1": (5,), "answer.0": (2,), "follow_up": (6,)},
)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("주차관리과(으)로", "주차관리과로"),
        ("도로관리팀(으)로", "도로관리팀으로"),
        ("서울(으)로", "서울로"),
        ("공원을(를) 물이(가) 길은(는)", "공원을 물이 길은"),
        ("나무을(를) 도로이(가) 버스은(는)", "나무를 도로가 버스는"),
        ("02-120(으)로 02-123(으)로 02-128(으)로", "02-120으로 02-123으로 02-128로"),
        ("‘시청’와(과) (구청)과(와)", "‘시청’과 (구청)과"),
        ("[부서](으)로", "[부서]로"),
        ("N61번(이)라", "N61번이라"),
        ("(으)로", "(으)로"),
    ],
)
def test_particles_follow_the_sound_before_them(text: str, made: str) -> None:
    assert settle(text) == made


def test_a_template_keeps_a_place_for_what_nobody_told() -> None:
    one = Template("follow_up", "", "{부서}에서 {민원인번호}(으)로 회신")
    text = filled(one, {"민원인번호": "010-1234-5678"})
    assert text == "[부서]에서 010-1234-5678로 회신"
    assert open_place(text) == (0, 4)
    assert open_place(filled(one, {"부서": "교통과", "민원인번호": "02-120"})) is None


def test_every_shipped_template_and_format_is_usable() -> None:
    assert {one.field for one in shipped_templates()} == {"inquiry", "answer", "action", "follow_up"}
    plain, tab, line, table = (written(one, (RECORD, RECORD), {}) for one in shipped_formats())
    assert plain.split("\n\n")[0].split("\n") == [
        "[분류] 교통",
        "[문의] 주차 신고",
        "[문의] 과태료 문의",
        "[답변] 앱으로 신고 안내",
        "[후속조치] 010-1234-5678로 회신",
    ]
    assert tab.split("\n")[0].split("\t") == [
        "교통", "주차 신고 / 과태료 문의", "앱으로 신고 안내", "", "010-1234-5678로 회신",
    ]  # fmt: skip
    assert "\n" not in line
    assert table.count("<tr>") == 3


def test_values_cannot_break_a_row_or_a_table() -> None:
    odd = CallRecord("교통", None, ("가\t나\n다 <b> {답변}",), ("라",))
    assert written(CopyFormat("", "{문의}\t{답변}"), (odd,), {}) == "가 나 다 <b> {답변}\t라"
    assert written(CopyFormat("", "{문의}", media="html"), (odd,), {}) == "가 나 다 &lt;b&gt; {답변}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[template]]\nfield="answer"\nname="가"\ntext="{없는것}"', "record.unknown_place"),
        ('[[template]]\nfield="other"\nname="가"\ntext="나"', "record.file_broken"),
        ('[[template]]\nfield="answer"\nname="가"', "record.file_broken"),
        ('[[template]]\nfield="answer"\nname="가"\ntext="나"\nmore=1', "record.file_broken"),
        ("template = 3", "record.file_broken"),
        ("[[", "record.file_broken"),
    ],
)
def test_a_site_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScriptsFault) as told:
        load_templates(file)
    assert told.value.code == code
    with pytest.raises(ScriptsFault):
        load_formats(file)


def test_a_line_takes_what_was_said_after_it_along() -> None:
    first, second = record_edit.split(RECORD, "inquiry", 1, "행정")
    assert first == CallRecord(
        "교통", None, ("주차 신고",), ("앱으로 신고 안내",), (), None,
        {"category": (1,), "inquiry.0": (1,), "answer.0": (2,)},
    )  # fmt: skip
    assert second == CallRecord(
        "행정", None, ("과태료 문의",), (), (), "010-1234-5678로 회신", {"inquiry.0": (5,), "follow_up": (6,)}
    )
    whole = record_edit.joined(first, second)
    assert whole == RECORD


def test_hints_name_the_words_that_say_so() -> None:
    best = hints(["집 앞 불법 주차 과태료", "도서관 책 반납"])
    assert [hint.category for hint in best] == ["교통", "문화관광"]
    assert best[0].words == ("불법주차", "과태료")
    assert hints(["음 네 그게요"]) == ()
