"""Entries of the counselling DB for tests and pictures, and a search over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kb.model import Article, Hit, TextSpan
from kb.specials import KST, Special

ARTICLES = (
    Article(
        "A-101",
        "불법 주정차 신고 방법과 처리 절차",
        "스마트폰 안전신문고 앱으로 사진 두 장 이상을 1분 간격으로 찍어 신고하면 현장 단속 없이 과태료가 부과될 수 "
        "있습니다.\n소화전 주변 5미터, 교차로 모퉁이 5미터, 버스 정류소 10미터, 횡단보도, 어린이보호구역 정문 앞, "
        "인도는 주민신고제 대상입니다.\n처리 결과는 신고한 앱에서 확인할 수 있고 보통 7일 안에 안내됩니다.",
        "교통",
        ("주정차", "신고"),
        "주차관리과",
        "02-000-1234",
        "한빛구",
        "2026-11-18",
    ),
    Article(
        "A-102",
        "거주자우선주차구역 무단주차 견인 요청",
        "배정받은 자리에 다른 차가 서 있으면 구청 시설관리공단에 견인을 요청할 수 있습니다. 차량 번호와 구획 번호를 "
        "알려 주시면 30분 안에 현장을 확인합니다.",
        "교통",
        ("견인",),
        "시설관리공단",
        "02-000-5678",
        "한빛구",
        "2026-10-02",
    ),
    Article(
        "A-103",
        "주정차 위반 과태료 금액과 감경",
        "승용차는 4만 원, 승합차는 5만 원이며 어린이보호구역은 세 배가 부과됩니다. 의견 제출 기간 안에 내면 20% "
        "감경됩니다.",
        "교통",
        ("과태료",),
        "교통지도과",
        "02-000-2468",
        "",
        "2026-11-01",
    ),
)


VARIANTS = tuple(
    replace(ARTICLES[0], id=f"A-101-{district}", district=district, department=f"{district} 교통과")
    for district in ("가람구", "나루구", "다온구", "라온구", "마루구", "바름구", "새별구")
)


SPECIALS = (
    Special(
        "cold",
        "한파 쉼터 운영 안내",
        "한파특보가 나면 동주민센터와 경로당이 쉼터로 문을 엽니다.\n밤에 머물 곳은 구청 당직실로 연결합니다.",
        ("한파", "쉼터"),
        datetime(2026, 11, 20, tzinfo=KST),
        datetime(2027, 3, 1, tzinfo=KST),
        "자연재난과",
        "02-000-0119",
    ),
    Special(
        "frozen",
        "수도계량기 동파 신고",
        "수도사업소에 신고합니다.",
        ("동파",),
        datetime(2026, 11, 19, tzinfo=KST),
        datetime(2027, 3, 1, tzinfo=KST),
    ),
)


def hits(query: str) -> tuple[Hit, ...]:
    found = []
    for place, article in enumerate(ARTICLES):
        passage = article.answer.split("\n")[0]
        word = next((w for w in (query.split() or [""]) if w and w in passage), "")
        start = passage.find(word) if word else -1
        spans = (TextSpan(start, start + len(word)),) if start >= 0 else ()
        found.append(Hit(article, passage, spans, 0.9 - place * 0.15))
    return tuple(found)
