from __future__ import annotations

import pytest

from assist.facts import FactCollector
from assist.model import HeardNumber, Turn
from audio.model import Channel


def turns(*said: tuple[str, str]) -> list[Turn]:
    return [Turn(i, Channel(who), float(i), i + 1.0, text) for i, (who, text) in enumerate(said)]


def collect(*said: tuple[str, str]) -> list[HeardNumber]:
    collector = FactCollector()
    return [number for turn in turns(*said) for number in collector.add(turn)]


def test_kinds_with_turn_and_time() -> None:
    found = collect(
        ("caller", "관악구 신림로 십이길 삼십사에서 사만 원 냈고 시월 십사일이에요 공일공 일이삼사 오육칠팔")
    )
    assert {(n.kind, n.display) for n in found} == {
        ("address", "관악구 신림로 12길 34"),
        ("amount", "4만 원"),
        ("date", "10월 14일"),
        ("phone", "010-1234-5678"),
    }
    assert all(n.turn == 0 and n.channel is Channel.CALLER and n.confident for n in found)


def test_a_number_read_back_is_the_same_number() -> None:
    found = collect(("caller", "공일공에 일이삼사에 오육칠팔이요"), ("agent", "010-1234-5678 맞으시죠"))
    assert [n.display for n in found] == ["010-1234-5678"]


def test_a_phone_in_two_turns_is_joined() -> None:
    found = collect(("caller", "번호는 공일공에 일이삼사요"), ("agent", "네"), ("caller", "오육칠팔이요"))
    assert found[-1].display == "010-1234-5678"
    assert found[-1].confident


def test_the_other_side_does_not_finish_a_phone() -> None:
    found = collect(("caller", "번호는 공일공에 일이삼사요"), ("agent", "오육칠팔"))
    assert "010-1234-5678" not in [n.display for n in found]


def test_a_growing_turn_reports_only_what_is_new() -> None:
    collector = FactCollector()
    first = Turn(3, Channel.AGENT, 0.0, 1.0, "과태료는 4만 원입니다")
    grown = Turn(3, Channel.AGENT, 0.0, 2.0, "과태료는 4만 원입니다 어린이보호구역은 12만 원입니다")
    assert [n.display for n in collector.add(first)] == ["4만 원"]
    assert [n.display for n in collector.add(grown)] == ["12만 원"]
    assert [n.id for n in collector.heard] == [0, 1]


def test_flats_and_receipts() -> None:
    found = collect(("caller", "달빛아파트 백오동 팔백삼호고 접수번호는 이공이사 일일공삼이요"))
    assert [(n.kind, n.display) for n in found] == [
        ("address", "달빛아파트 105동 803호"),
        ("other", "접수번호 20241103"),
    ]


def test_talk_without_numbers_gives_nothing() -> None:
    assert collect(("caller", "이 사람이 만났다고 하는데 사이가 안 좋아요")) == []


@pytest.mark.parametrize(
    "text",
    [
        "일 분 간격으로 두 장이요",
        "2024년 기준으로 58면이 있습니다",
        "근무일 기준으로 4일에서 8일 정도 걸립니다",
        "번호로 2번 전화했어요",
        "바로 3명 보낼게요",
        "위로 2층 더 가세요",
        "새로 5개 샀어요",
    ],
)
def test_a_count_is_no_address(text: str) -> None:
    collector = FactCollector()
    collector.add(Turn(0, Channel.CALLER, 0.0, 1.0, text))
    assert [heard for heard in collector.heard if heard.kind in ("address", "other")] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("신림로 십이길 편의점 앞이에요", "신림로 12길"),
        ("새문안로 55에 있습니다", "새문안로 55"),
        ("이십삼가에 사오육칠이요", "23가 4567"),
        ("십사 일까지 하셔야 합니다", "14일까지"),
        ("자살예방상담전화 109에서 받습니다", "109"),
        ("1350에 문의해 보세요", "1350"),
    ],
)
def test_numbers_are_shown_without_their_particles(text: str, shown: str) -> None:
    collector = FactCollector()
    collector.add(Turn(0, Channel.AGENT, 0.0, 1.0, text))
    assert [heard.display for heard in collector.heard] == [shown]
