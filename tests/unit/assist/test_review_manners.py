"""What counsellors say to greet, make sure, announce a wait and close, by its grammar; sentences of the tests' own."""

# ruff: noqa: E501  (spoken Korean reads better unbroken)

from __future__ import annotations

import pytest

from assist.review.observe_manners import is_backchannel, patterns

SAID = {
    "opening.greeting": (
        ["안녕하셨습니까 고객님", "좋은 오후입니다 민원안내센터입니다", "수고 많으십니다 세무과입니다", "무엇이 궁금하십니까", "네 어떤 부분이 필요하신가요"],
        ["여보세요 누구세요", "네 듣고 있습니다", "네 시청입니다", "감사합니다 잘 들었습니다"],
    ),
    "opening.named": (
        ["상담관 채은우입니다", "다산콜 노은비라고 합니다", "저는 심지후 상담사입니다", "일이공입니다", "교통과 표수민입니다", "부산시청입니다"],
        ["지금 다섯 시입니다", "결과는 내일입니다", "그건 구청 업무입니다", "이것과 마찬가지입니다", "주말은 휴무입니다", "네 상담사입니다만"],
    ),
    "sure.confirmed": (
        ["성함이 어떻게 되시나요", "거주지가 어느 동이시죠", "사시는 데가 무슨 구예요", "본인 맞으십니까", "가족분과의 관계가 어떻게 되시는지요",
         "고지서를 못 받으셨다는 말씀이신가요", "차량번호 부탁드리겠습니다", "제가 다시 한번 정리해 드리겠습니다"],
        ["신청은 어디서든 가능합니다", "장소는 어디라도 괜찮습니다", "연락처가 없으면 접수가 안 됩니다", "조건에 맞나요 라고 묻는 칸이 있습니다",
         "본인이 직접 오셔야 합니다", "본인 확인을 위한 신분증을 가져오세요", "관계 서류를 가져오세요"],
    ),
    "closing.more_questions": (
        ["더 여쭤보실 내용 있으신가요", "혹시 궁금하신 부분 또 있으실까요", "그 밖에 문의하실 사항 없으신가요", "더 도와드릴까요",
         "따로 불편하신 점은 없으시고요"],
        ["다른 구청에 문의하셔야 합니다", "더 궁금하시면 홈페이지를 보세요", "다른 통장이 필요하신가요", "혹시 도움을 받을 친척이 있으세요",
         "더 궁금하신 점 있으시면 120으로 전화 주세요"],
    ),
    "closing.goodbye": (
        ["행복한 오후 보내십시오", "안녕히 들어가십시오", "남은 하루도 행복하세요", "감기 조심하세요", "언제든지 다시 연락 주세요", "빨리 나으시길 바랍니다"],
        ["참고하시기 바랍니다", "신분증을 챙기시기 바랍니다", "좋은 방법입니다", "편한 시간 되실 때 오세요", "그 길로 들어가시면 보입니다", "하루에 두 번 갑니다"],
    ),
    "wait.asked": (
        ["잠깐만 기다려 주십시오", "잠시만요", "시간이 조금 걸리는데 괜찮으시겠어요", "잠시 대기 부탁드립니다"],
        ["잠시 뒤에 비가 온다고 합니다", "조금만 자세히 말씀해 주시겠어요", "오 분 기다리면 문이 열립니다", "기다리신 분이 많습니다"],
    ),
    "wait.search": (
        ["알아보고 바로 안내해 드릴게요", "담당 부서로 연결해 드릴게요", "전화를 돌려드리겠습니다", "확인하고 올게요", "제가 한번 검색해 볼게요"],
        ["확인하시면 됩니다", "구청에서 확인해야 합니다", "조회는 홈페이지에서 됩니다", "찾아가시면 됩니다", "연결이 안 되면 다시 거세요"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [(name, text, meant) for name, both in SAID.items() for meant, lines in zip((True, False), both, strict=True) for text in lines],
)  # fmt: skip
def test_said_in_words_of_ones_own(name: str, text: str, meant: bool) -> None:
    assert bool(patterns()[name].search(text)) is meant


@pytest.mark.parametrize(
    "text",
    [
        "아 그렇구나",
        "아 그러시구나",
        "네 그랬군요",
        "그러셨어요",
        "네 계속 말씀하세요",
        "예 편하게 말씀해 주세요",
        "아 네 그렇습니까",
    ],
)
def test_attention_and_asking_to_go_on(text: str) -> None:
    assert is_backchannel(text)


@pytest.mark.parametrize(
    "text",
    [
        "그러니까 그게 아니고요",
        "말씀하신 내용은 접수가 안 됩니다",
        "네 그런데요 고객님",
        "그러시면 구청으로 가세요",
        "네" * 4000 + "x",
    ],
)
def test_more_than_attention(text: str) -> None:
    assert not is_backchannel(text)
