from __future__ import annotations

import time

import pytest

from assist.model import CATEGORIES, CallRecord, Draft, Turn
from assist.summarize import LINES_A_RECORD, Source, summarize, unsupported
from audio.model import Channel
from kb.model import Article


def turns(*said: tuple[str, str]) -> list[Turn]:
    return [Turn(i, Channel(who), float(i), i + 0.9, text) for i, (who, text) in enumerate(said)]


PASSPORT = turns(
    ("agent", "반갑습니다. 상담사 김가온입니다. 무엇을 도와드릴까요?"),
    ("caller", "네 여권이 다음 달에 만료되는데요 재발급은 어디서 하나요"),
    ("agent", "네, 여권 재발급 문의시군요. 사시는 곳은 어느 구이실까요?"),
    ("caller", "송파구요 사진은 몇 장 필요해요"),
    ("agent", "사진은 6개월 이내에 찍은 것으로 한 장 준비하시면 됩니다. 송파구청 민원여권과에서 신청하시면 되고요, "
              "수수료는 오만 원입니다. 다만 대리 신청은 받지 않습니다."),
    ("caller", "아 본인이 가야 되는구나 네 알겠습니다"),
    ("agent", "네, 감사합니다. 상담사 김가온이었습니다."),
)  # fmt: skip

CALLBACK = turns(
    ("agent", "반갑습니다 상담사 이든입니다 무엇을 도와드릴까요"),
    ("caller", "아니 집 앞 가로등이 사흘째 안 켜져요 강북구 미아동이에요"),
    ("agent", "네 강북구 미아동이시고요 도로조명 담당자가 자리를 비워서 확인되는 대로 다시 전화드려도 괜찮으실까요"),
    ("caller", "네 그렇게 해주세요"),
    ("agent", "오늘 오후 네 시까지 연락드리겠습니다 연락받으실 번호가 어떻게 되실까요"),
    ("caller", "공일공에 일이삼사에 오육칠팔이요"),
    ("agent", "성함은 어떻게 되세요"),
    ("caller", "박하늘이요"),
    ("agent", "네 박하늘님 010-1234-5678로 연락드리겠습니다 감사합니다"),
)

TWO = turns(
    ("agent", "반갑습니다. 무엇을 도와드릴까요?"),
    ("caller", "침대를 버리려고 하는데요 어떻게 버려야 되나요"),
    (
        "agent",
        "대형폐기물은 구청 홈페이지에서 신고하시고 수수료를 결제하시면 됩니다. 침대는 크기에 따라 수수료가 다릅니다.",
    ),
    ("caller", "네 알겠어요 아 그리고 하나 더요 다음 주에 부모님이 오시는데 남산 셔틀버스 첫차가 몇 시예요"),
    ("agent", "남산 순환버스는 아침 여섯 시 삼십 분에 첫차가 출발합니다. 요금은 교통카드로 내시면 됩니다."),
    ("caller", "네 감사합니다"),
)

ABUSE = turns(
    ("agent", "반갑습니다. 무엇을 도와드릴까요?"),
    ("caller", "과태료가 왜 나왔냐고 이 새끼들아"),
    ("agent", "욕설은 삼가 주시기 바랍니다. 과태료는 주정차 금지 구역에서 단속되면 부과됩니다."),
    ("caller", "니네 다 죽여버린다"),
    ("agent", "1차로 경고드립니다. 폭언이 계속되면 상담을 종료하겠습니다."),
    ("caller", "병신 같은 것들이"),
    ("agent", "경고에도 폭언이 계속되어 상담을 종료하겠습니다."),
)

CRISIS = turns(
    ("agent", "반갑습니다 무엇을 도와드릴까요"),
    ("caller", "월세가 석 달 밀렸는데요 이제 그만 살고 싶어요"),
    ("agent", "많이 힘드셨겠습니다 자살예방 상담전화 109에서 24시간 상담을 받으실 수 있습니다"),
    ("agent", "주거비는 동주민센터에서 긴급복지를 신청하실 수 있습니다 지금 109로 연결해 드리겠습니다"),
    ("caller", "네"),
)

ALL = [PASSPORT, CALLBACK, TWO, ABUSE, CRISIS]


def lines(record: CallRecord) -> list[tuple[str, str]]:
    out = [(f"inquiry.{i}", text) for i, text in enumerate(record.inquiry)]
    out += [(f"answer.{i}", text) for i, text in enumerate(record.answer)]
    out += [(f"action.{i}", text) for i, text in enumerate(record.action)]
    return [*out, ("follow_up", record.follow_up)] if record.follow_up else out


def whole(draft: Draft) -> str:
    return draft.summary


@pytest.mark.parametrize("call", ALL)
def test_every_line_has_evidence_that_holds_it(call: list[Turn]) -> None:
    for record in summarize(call).records:
        assert record.category in CATEGORIES
        assert 1 <= len(lines(record)) <= LINES_A_RECORD
        for key, text in lines(record):
            evidence = record.evidence[key]
            assert evidence
            assert set(evidence) <= {turn.index for turn in call}
            assert unsupported(text, [call[i] for i in evidence]) == ()
            assert not text.endswith(("요", "니다", "?"))


@pytest.mark.parametrize("call", ALL)
def test_every_beginning_of_a_call_can_be_drafted(call: list[Turn]) -> None:
    for n in range(len(call) + 1):
        draft = summarize(call[:n])
        assert draft.records
        assert draft.summary.startswith(("분류", "1) 분류"))


def test_an_answer_with_place_amount_and_exclusion() -> None:
    draft = summarize(PASSPORT)
    (record,) = draft.records
    assert record.category == "행정"
    for fact in ("송파구", "여권", "6개월 이내", "5만 원", "민원여권과", "대리 신청은 받지 않"):
        assert fact in whole(draft), fact
    assert record.follow_up is None
    assert "콜백" not in whole(draft)


def test_a_callback_has_deadline_name_and_number() -> None:
    (record,) = summarize(CALLBACK).records
    assert record.follow_up is not None
    for fact in ("오늘 오후 4시까지", "박하늘님", "010-1234-5678", "콜백"):
        assert fact in record.follow_up
    assert "강북구 미아동" in record.inquiry[0]


def test_two_inquiries_give_two_records() -> None:
    first, second = summarize(TWO).records
    assert (first.category, second.category) == ("환경", "교통")
    assert "6시 30분" in " ".join(second.answer)
    assert not any("버스" in text for text in (*first.inquiry, *first.answer))


def test_one_rambling_inquiry_stays_one() -> None:
    rambling = turns(
        ("agent", "무엇을 도와드릴까요?"),
        ("caller", "아이고 내가 옛날에 이 동네로 이사를 왔는데 그때는 다 논밭이었어"),
        ("agent", "네 어르신 오늘은 어떤 일로 전화 주셨어요?"),
        ("caller", "그리고 우리 아들이 회사를 다니는데 참 착해 수도요금이 많이 나왔어"),
        ("agent", "수도요금이 많이 나오셨군요. 집 안 누수가 있는지 계량기를 보시면 됩니다."),
        ("caller", "아 그리고 우리 며느리가 그러는데 변기에서 물이 샌다고"),
        ("agent", "변기 누수일 수 있습니다. 수도사업소에 누수 감면을 신청하시면 됩니다."),
    )
    assert len(summarize(rambling).records) == 1


def test_abuse_is_recorded_but_not_quoted() -> None:
    draft = summarize(ABUSE)
    action = " ".join(draft.records[0].action)
    assert "1차 경고" in action
    assert "종료" in action
    for word in ("새끼", "병신", "죽여"):
        assert word not in whole(draft)


def test_turns_marked_abusive_are_not_quoted() -> None:
    call = turns(
        ("caller", "수도요금 고지서가 안 왔어요"),
        ("caller", "당신 목소리 참 별로야 얼굴도 그렇겠지"),
        ("agent", "고지서는 수도사업소에서 다시 보내 드립니다"),
    )
    assert "얼굴" not in whole(summarize(call, abusive={1}))


def test_a_crisis_names_the_number_given() -> None:
    draft = summarize(CRISIS)
    assert "109" in whole(draft)
    assert any("연결" in text for text in draft.records[0].action)


LAMPS = Article(id="1", question="가로등 고장 신고", answer="…", category="안전", department="도로관리과")
SHUTTLE = Article(id="2", question="남산 순환버스", answer="…", category="교통", department="")


def test_used_entries_are_cited_and_vote() -> None:
    used = [Source(LAMPS, turn) for turn in (1, 3, 4)]
    plain, voted = summarize(PASSPORT), summarize(PASSPORT, used)
    assert "도로관리과" not in whole(plain)
    assert whole(voted).count("가로등 고장 신고(도로관리과)") == 1
    (record,) = summarize(CALLBACK, suggested=used).records
    assert record.category in CATEGORIES


@pytest.mark.parametrize(
    ("turn", "cited"), [(1, [True, False]), (2, [True, False]), (3, [False, True]), (5, [False, True])]
)
def test_an_entry_is_cited_and_votes_in_the_record_of_its_turn_alone(turn: int, cited: list[bool]) -> None:
    plain, voted = summarize(TWO).records, summarize(TWO, [Source(LAMPS, turn)]).records
    assert ["도로관리과" in " ".join(record.answer) for record in voted] == cited
    other = cited.index(False)
    assert voted[other] == plain[other]
    shown = summarize(TWO, suggested=[Source(LAMPS, turn)]).records
    assert shown[other] == plain[other]


def test_an_entry_put_away_is_taken_back_from_its_inquiry_on() -> None:
    both = [Source(LAMPS, 2), Source(SHUTTLE, 2), Source(LAMPS, 4)]

    def cited(*later: Source) -> list[tuple[bool, bool]]:
        answers = [" ".join(record.answer) for record in summarize(TWO, [*both, *later]).records]
        return [("도로관리과" in answer, "[자료: 남산" in answer or ", 남산" in answer) for answer in answers]

    assert cited() == [(True, True), (True, False)]
    assert cited(Source(LAMPS, 3, taken_back=True)) == [(True, True), (False, False)]
    assert cited(Source(LAMPS, 1, taken_back=True)) == [(False, True), (False, False)]
    assert cited(Source(LAMPS, 1, taken_back=True), Source(LAMPS, 2)) == [(True, True), (False, False)]


@pytest.mark.parametrize(
    "call", [[], turns(("agent", "반갑습니다. 무엇을 도와드릴까요?")), turns(("caller", "여보세요"))]
)
def test_nothing_said_gives_an_honest_minimum(call: list[Turn]) -> None:
    draft = summarize(call)
    assert draft.records == (CallRecord(category="행정", evidence={"category": ()}),)


def test_the_gate_names_what_was_not_said() -> None:
    said = turns(("agent", "과태료는 4만 원이고 강서구청에서 받습니다"))
    assert unsupported("과태료는 4만 원임", said) == ()
    assert "50000" in unsupported("과태료는 5만 원임", said)
    assert "마포구청에서" in unsupported("마포구청에서 받음", said)
    assert "콜백" in unsupported("과태료 콜백", said)
    assert "홍길동님에게" in unsupported("홍길동님에게 안내", said)


def test_sixty_turns_take_less_than_a_third_of_a_second() -> None:
    said = ((PASSPORT + CALLBACK + TWO) * 3)[:60]
    call = [Turn(i, turn.speaker, float(i), i + 0.9, turn.text) for i, turn in enumerate(said)]
    summarize(call)
    began = time.process_time()
    summarize(call)
    assert time.process_time() - began < 0.3
