from __future__ import annotations

from datetime import date

import pytest

from kb.ended import NEVER, over_from, said

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("title", "answer", "words"),
    [
        ("[사업종료] 청년 지원", "", "[사업종료]"),
        ("청년 지원 (종료)", "", "(종료)"),
        ("[2016년 사업종료] 창업 센터", "", "[2016년 사업종료]"),
        ("수강생 모집 마감", "", "모집 마감"),
        ("청년 지원", "2019년에 종료되었습니다", "에 종료되었"),
        ("청년 지원", "올해는 추진계획 없음", "추진계획 없음"),
        ("2014 청소년 휴가", "", "2014"),
        ("2025년 걷기 대회 참가자 모집", "", "2025년"),
        ("수강생 모집", "접수기간: 2019. 3. 2. ~ 3. 20.", "2019. 3. 2. ~ 3. 20."),
        ("지원금 안내 (2019년 12월 31일까지)", "", "2019년 12월 31일까지"),
        ("수강생 모집", "신청기간 : 2026.11.1 ~ 2026. 11. 19", "2026.11.1 ~ 2026. 11. 19"),
    ],
)
def test_what_says_that_it_is_over(title: str, answer: str, words: str) -> None:
    assert said(title, answer, TODAY) == words


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("2026년 청소년 휴가", ""),
        ("2025년 청년 지원 기준", ""),
        ("임기가 종료된 뒤 다시 맡을 수 있나요", "임기가 종료된 뒤에도 맡을 수 있습니다"),
        ("용도폐지 신고를 늦게 하면", "용도폐지 신고는 서른 날 안에 합니다"),
        ("2001년에 졸업했는데 자격증을 받을 수 있나요", ""),
        ("2003.7월경에 빌린 돈", ""),
        ("수강생 모집", "신청기간 : 2026.11.1 ~ 2026. 12. 31"),
        ("수강생 모집", "신청기간: 2020년 1월 1일 ~ 연중"),
        ("도서관", "운영 시간 09:00 ~ 18:00"),
        ("청소년 휴가", "신청하세요"),
    ],
)
def test_what_is_not_over(title: str, answer: str) -> None:
    assert said(title, answer, TODAY) == ""


def test_a_period_is_over_the_day_after_its_end() -> None:
    title = "참가자 모집 (2026. 11. 20까지)"
    assert said(title, "", TODAY) == ""
    assert said(title, "", date(2026, 11, 21))


def test_nothing_said_never_ends() -> None:
    assert over_from("여권 재발급", "구청에서 합니다") == NEVER
