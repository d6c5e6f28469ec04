"""Spoken endings and the endings of a record, as tables."""

from __future__ import annotations

import pytest

from assist.summarize.endings import is_complete, plain, written
from assist.summarize.questions import about, asked, asks, whether

TOLD = {
    "집 앞에 차를 계속 세워놔서요": "집 앞에 차를 계속 세워놓음",
    "차를 세워 놨어요": "차를 세워 놓음",
    "어린이보호구역은 아니에요": "어린이보호구역은 아님",
    "신청을 안 했어요": "신청을 안 함",
    "물이 새요": "물이 샘",
    "가격이 비싸요": "가격이 비쌈",
    "소리가 커요": "소리가 큼",
    "골목이 어두워요": "골목이 어두움",
    "이름이 달라요": "이름이 다름",
    "길이 막혀": "길이 막힘",
    "새벽부터 쾅쾅거려": "새벽부터 쾅쾅거림",
    "벌써 일주일째야": "벌써 일주일째임",
    "은평구요": "은평구",
    "서류는 없구요": "서류는 없음",
    "여기서 사십 년을 살았어": "여기서 사십 년을 살았음",
    "팔에 멍이 들었어요": "팔에 멍이 들었음",
    "더워 죽겠어요": "더워 죽겠음",
    "고쳐 줬으면 좋겠는데": "고쳐 줬으면 함",
    "구청에서 안 된대요": "구청에서 안 된다고 함",
    "사라고 하던데요": "사라고 함",
    "겁을 주던데": "겁을 줌",
    "병원에 다니거든요": "병원에 다님",
    "이사 왔는데요": "이사 옴",
    "잠을 못 자겠다고요": "잠을 못 자겠다고 함",
    "안 켜져요": "안 켜짐",
    "소득이 있었는데": "소득이 있었음",
    "안내문이 없었어요": "안내문이 없었음",
    "간판이 떨어질 것 같아요": "간판이 떨어질 것 같음",
}

ADVISED = {
    "혈압약을 드셔도 됩니다": "혈압약을 먹어도 됨",
    "금액을 확인해 주셔야 합니다": "금액을 확인해야 함",
    "기록을 지우시는 게 좋습니다": "기록을 지우는 게 좋음",
    "창을 여시면 됩니다": "창을 열면 됨",
    "서류를 만드셔야 합니다": "서류를 만들어야 함",
    "불을 끄셔야 합니다": "불을 꺼야 함",
    "젖은 손으로 사용하지 마세요": "젖은 손으로 사용하지 않도록 안내",
    "서류를 제출하시기 바랍니다": "서류를 제출하도록 안내",
    "영수증을 보관해 두세요": "영수증을 보관하도록 안내",
    "차를 파시거나 폐차하시면 됩니다": "차를 팔거나 폐차하면 됨",
    "상담원이 들어 주십니다": "상담원이 들어 줌",
    "담당자에게 요청드렸습니다": "담당자에게 요청함",
    "신청은 받지 않습니다": "신청은 받지 않음",
    "접수하시기 어렵습니다": "접수하기 어려움",
}

ASKED = {
    "써도 되나요": "써도 되는지 문의",
    "서류는 뭐가 필요해요": "서류는 뭐가 필요한지 문의",
    "이것도 가능한가요": "이것도 가능한지 문의",
    "버스가 얼마나 멀어요": "버스가 얼마나 먼지 문의",
    "어느 게 좋아요": "어느 게 좋은지 문의",
    "수수료는 얼마예요": "수수료는 얼마인지 문의",
    "얼마나 걸려요": "얼마나 걸리는지 문의",
    "돈 받는 거예요": "돈 받는 것인지 문의",
    "고칠 수 있을까요": "고칠 수 있을지 문의",
    "어떻게 만들어요": "어떻게 만드는지 문의",
    "지원해 준다면서요": "지원해 주는지 문의",
    "스티커 사다 붙이는 거 맞죠": "스티커 사다 붙이는 것이 맞는지 문의",
    "과태료 당장 취소해": "과태료 취소 요청",
    "여권 재발급 때문에 전화드렸는데요": "여권 재발급 관련 문의",
    "신고를 해야 되는 건지 궁금해서요": "신고를 해야 되는 것인지 문의",
}


@pytest.mark.parametrize(("said", "line"), TOLD.items())
def test_what_a_caller_tells(said: str, line: str) -> None:
    assert written(said) == line


@pytest.mark.parametrize(("said", "line"), ADVISED.items())
def test_what_a_counsellor_tells(said: str, line: str) -> None:
    assert written(plain(said), advises=True) == line
    assert is_complete(line)


@pytest.mark.parametrize(("said", "line"), ASKED.items())
def test_what_a_caller_asks(said: str, line: str) -> None:
    assert asks(said) or about(said)
    assert asked(said) == line


@pytest.mark.parametrize("said", ["언제 무너질지 몰라요", "현금만 된다는 거예요", "차가 지나가거든요", "있었다니까요"])
def test_what_only_sounds_like_a_question(said: str) -> None:
    assert not asks(said)


@pytest.mark.parametrize(
    ("stem", "line"), [("되", "되는지"), ("만들", "만드는지"), ("멀", "먼지"), ("좋", "좋은지"), ("어렵", "어려운지")]
)
def test_indirect_questions(stem: str, line: str) -> None:
    assert whether(stem) == line


@pytest.mark.parametrize(
    ("line", "complete"),
    [("물이 샘", True), ("집 앞에 있음", True), ("길이 막힘", True), ("그 사람", False), ("오늘 아침", False),
     ("수수료 문의", True), ("세워 놔서", False), ("신림로 12길 앞", False), ("많이 힘", False)],
)  # fmt: skip
def test_lines_that_surely_end(line: str, complete: bool) -> None:
    assert is_complete(line) is complete
