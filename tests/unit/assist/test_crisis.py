from __future__ import annotations

import pytest

from assist.model import AbuseLabel, CrisisKind
from assist.protect.abuse import classify
from assist.protect.crisis import detect
from assist.protect.crisis_guide import shipped


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("이제 그만 죽고 싶어요", CrisisKind.SUICIDE, "109"),
        ("더는 못 살겠어요 살 이유가 없어요", CrisisKind.SUICIDE, "109"),
        ("자꾸 손목을 긋게 돼요", CrisisKind.SELF_HARM, "109"),
        ("남편이 때려서 도망 나왔어요", CrisisKind.VIOLENCE, "1366"),
        ("옆집 아이가 맨발로 울고 있어요", CrisisKind.CHILD, "112"),
        ("앞집 할머니가 며칠째 안 보이세요", CrisisKind.ELDER, "1577-1389"),
        ("찾아오는 사람이 아무도 없어요 너무 외로워요", CrisisKind.ISOLATION, "129"),
        ("쌀이 떨어져서 사흘째 굶었어요", CrisisKind.HARDSHIP, "120-③"),
        ("전기가 끊겼어요 월세도 밀렸고요", CrisisKind.HARDSHIP, "129"),
        ("아버지가 쓰러지셨어요 숨을 안 쉬어요", CrisisKind.FIRE_OR_INJURY, "119"),
        ("지금 집에 불이 났어요", CrisisKind.FIRE_OR_INJURY, "119"),
    ],
)
def test_danger_is_seen_and_is_never_abuse(text: str, kind: CrisisKind, number: str) -> None:
    finding = detect(text)
    assert finding is not None, text
    assert finding.kind is kind
    assert number in [value for _, value in finding.numbers]
    assert finding.steps
    assert all(0 <= span.start < span.end <= len(text) for span in finding.evidence)
    abuse = classify(text)
    assert abuse is None or abuse.labels == (AbuseLabel.UNREASONABLE,)


@pytest.mark.parametrize(
    "text",
    [
        "더워 죽겠어요 무더위 쉼터 어디예요",
        "죽을 뻔했네 버스가 왜 이렇게 늦어요",
        "수도 요금이 많이 나왔어요",
        "막차가 끊겼는데 심야버스 있나요",
        "전화가 자꾸 끊겨요",
        "여권 신청 마지막 날이 언제예요",
        "자살 예방 교육을 신청하고 싶어요",
        "가로등 불이 안 들어와요",
        "어린이집 대기 신청하려고요",
        "죽고 싶냐 너",
    ],
)
def test_idioms_are_no_danger(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "오늘 마지막 화 봤거든요",
        "안 봤는데 오늘 마지막 과일에서",
        "오늘 마지막 장면에서 울었어요",
        "드라마 마지막 회 말이에요",
        "오늘 마지막 환자였거든요",
        "오늘 마지막곡 제목이 뭐예요",
        "오늘이 마지막 날인가요",
    ],
)
def test_the_last_of_several_is_no_farewell(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("오늘이 마지막이에요, 다 정리했어요", CrisisKind.SUICIDE),
        ("오늘이 마지막이에요", CrisisKind.SUICIDE),
        ("오늘이 제 마지막 날이에요", CrisisKind.SUICIDE),
        ("마지막 전화예요 그동안 고마웠어요", CrisisKind.SUICIDE),
        ("오늘 마지막 화 보고 죽으려고요", CrisisKind.SUICIDE),
        ("오늘 마지막 수업 끝나고 한강 가려고요", CrisisKind.SUICIDE),
        ("마지막 딸 목소리 듣고 싶어요", CrisisKind.SUICIDE),
        ("오늘 마지막 손님이 저를 때렸어요", CrisisKind.VIOLENCE),
    ],
)
def test_a_farewell_stays_an_alarm_whatever_is_last_beside_it(text: str, kind: CrisisKind) -> None:
    finding = detect(text)
    assert finding is not None
    assert finding.kind is kind
    assert all(0 <= span.start < span.end <= len(text) for span in finding.evidence)


def test_earlier_signs_raise_the_urgency() -> None:
    alone = detect("아무도 없어요 외로워요")
    after = detect("아무도 없어요 외로워요", ("쌀이 떨어졌어요",))
    assert alone is not None
    assert after is not None
    assert after.urgency == alone.urgency + 1


def test_every_kind_has_steps_and_numbers() -> None:
    for kind in CrisisKind:
        advice = shipped().of(kind)
        assert advice.title
        assert len(advice.steps) >= 3
        assert all(name and number.replace("-", "").isdigit() for name, number in advice.numbers)
