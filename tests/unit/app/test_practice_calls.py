"""The shipped practice calls, and what the loader refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import practice_calls
from app.practice_calls import KINDS, PracticeCall, PracticeDamaged, PracticeUnknown
from audio.model import Channel
from resources import path
from resources.notices import codes

CALLS = practice_calls.load()
each_call = pytest.mark.parametrize("call", CALLS, ids=[call.name for call in CALLS])


def said(call: PracticeCall, speaker: Channel) -> str:
    return "\n".join(turn.text for turn in call.turns if turn.speaker is speaker)


def test_at_least_twelve_calls_of_every_kind_the_simplest_first() -> None:
    assert len(CALLS) >= 12
    assert {call.kind for call in CALLS} == set(KINDS)
    assert CALLS[0].name == "parking-report"
    assert [KINDS.index(call.kind) for call in CALLS] == sorted(KINDS.index(call.kind) for call in CALLS)
    assert len({call.title for call in CALLS}) == len(CALLS)


@each_call
def test_a_call_has_a_believable_course(call: PracticeCall) -> None:
    assert 12 <= len(call.turns) <= 26
    assert 60 <= call.seconds <= 150
    assert {turn.speaker for turn in call.turns} == set(Channel)
    assert call.turns[0].speaker is Channel.AGENT
    assert "다산콜재단 상담사" in call.turns[0].text
    for ahead, turn in zip(call.turns, call.turns[1:], strict=False):
        assert ahead.start >= 0
        assert -practice_calls.MAX_OVERLAP_S <= turn.start - ahead.end <= 1.5


@each_call
def test_nobody_speaks_faster_than_people_do(call: PracticeCall) -> None:
    for turn in call.turns:
        syllables = len(re.findall(r"[가-힣]", turn.text))
        assert syllables / (turn.end - turn.start) <= 8, turn.text


@each_call
def test_every_phone_number_of_a_person_is_of_the_unassigned_form(call: PracticeCall) -> None:
    everything = " ".join(turn.text for turn in call.turns)
    assert not re.search(r"01[016789][- ]?\d", everything)
    for _middle in re.findall(r"공일공에? (\S)", everything):
        assert _middle == "공"


def test_callback_gives_name_number_and_time_and_the_agent_reads_them_back() -> None:
    call = practice_calls.by_name("callback")
    assert "나도담" in said(call, Channel.CALLER)
    assert "공일공에 공이삼사에 오육칠팔" in said(call, Channel.CALLER)
    assert "공일공 공이삼사 오육칠팔" in said(call, Channel.AGENT)
    assert "12시에서 1시" in said(call, Channel.AGENT)


def test_abuse_is_warned_then_told_the_reason_and_ended() -> None:
    agent = said(practice_calls.by_name("abuse"), Channel.AGENT)
    assert (
        agent.index("경고입니다")
        < agent.index("마지막으로")
        < agent.index("전담팀에 이관")
        < agent.index("종료하겠습니다")
    )


def test_sexual_harassment_ends_without_a_warning_but_with_the_reason() -> None:
    call = practice_calls.by_name("harassment")
    agent = said(call, Channel.AGENT)
    assert call.kind == "abuse"
    assert agent.index("성희롱입니다") < agent.index("통화를 종료합니다")
    assert "경고입니다" not in agent


def test_crisis_is_asked_about_and_handed_over_warm() -> None:
    agent = said(practice_calls.by_name("crisis"), Channel.AGENT)
    assert (
        agent.index("목숨을 끊을 생각") < agent.index("109") < agent.index("끊지 않고") < agent.index("연결해 드립니다")
    )


@pytest.mark.parametrize("name", [call.name for call in CALLS if call.kind not in {"abuse"}])
def test_insults_stand_only_in_the_calls_about_abuse(name: str) -> None:
    caller = said(practice_calls.by_name(name), Channel.CALLER)
    assert not re.search(r"시발|씨발|년아|새끼|죽여", caller)


@pytest.mark.parametrize(
    ("name", "question", "facts"),
    [
        ("parking-report", "불법 주정차 신고 방법과 과태료", ["1분 이상 간격", "4만 원", "12만 원", "안전신문고"]),
        ("bulky-waste", "관악구 대형폐기물 배출 방법 (침대 매트리스)", ["접수번호", "동주민센터"]),
        ("passport", "여권 발급·재발급 신청과 수수료", ["58면", "4만 7천 원", "6개월 이내", "정부24"]),
        ("climate-card", "기후동행카드 가격과 이용 범위", ["30일", "신분당선", "광역버스", "모바일티머니"]),
        ("water-outage", "단수 안내와 갑자기 물이 안 나올 때", ["병물 아리수", "급수차", "밸브", "몇 분 흘려보"]),
        (
            "welfare-emergency",
            "긴급복지지원 (갑작스러운 위기 가구 지원)",
            ["기준 중위소득 75", "129", "서울형 긴급복지"],
        ),
        ("two-inquiries", "전입신고 방법과 기한", ["14일 이내", "5만 원 이하의 과태료"]),
        ("two-inquiries", "어르신 지하철 무임 우대용 교통카드", ["30배의 부가금", "신분당선"]),
        ("callback", "가로등·보안등 고장 신고", ["관리번호", "3일 안에"]),
        ("rambling", "수도요금 조회·명의변경·자동이체", ["누수 감면", "두 달에 한 번"]),
        ("angry", "공사장 소음·먼지 신고", ["환경분쟁조정", "방음벽 설치", "작업 시간 조정"]),
        ("abuse", "주정차 과태료 조회·납부와 의견 제출", ["의견제출 기한 안에", "3만 2천 원"]),
    ],
)
def test_what_the_counsellor_says_agrees_with_the_sample_knowledge(name: str, question: str, facts: list[str]) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in path("sample_kb").glob("*.jsonl"))
    rows = [json.loads(line) for line in text.splitlines()]
    (entry,) = [row for row in rows if row["question"] == question]
    agent = said(practice_calls.by_name(name), Channel.AGENT)
    for fact in facts:
        assert fact in entry["answer"]
        assert fact in agent


def test_the_sample_knowledge_lacks_what_the_unanswered_call_asks() -> None:
    for file in path("sample_kb").glob("*.jsonl"):
        assert not re.search("양봉|벌통|꿀벌", file.read_text(encoding="utf-8"))


def test_rows_are_what_the_windows_list() -> None:
    rows = practice_calls.rows()
    assert [row.name for row in rows] == [call.name for call in CALLS]
    assert rows[0].title == "불법 주정차 신고"
    assert rows[0].seconds == CALLS[0].turns[-1].end


def test_an_unknown_name_lists_the_names_there_are() -> None:
    with pytest.raises(PracticeUnknown) as caught:
        practice_calls.by_name("no-such-call")
    assert caught.value.code == "call.practice_unknown"
    assert "parking-report" in str(caught.value)
    assert "crisis" in str(caught.value)


def test_both_languages_have_the_sentences() -> None:
    for lang in ("ko", "en"):
        assert {"call.practice_unknown", "call.practice_damaged"} <= set(codes(lang))


def sound() -> dict[str, Any]:
    return {
        "name": "small",
        "title": "작은 통화",
        "kind": "normal",
        "turns": [
            {"speaker": "agent", "start": 0.0, "end": 1.0, "text": "네 말씀하세요"},
            {"speaker": "caller", "start": 0.8, "end": 2.0, "text": "안녕하세요"},
        ],
    }


def write(folder: Path, call: object, name: str = "small") -> Path:
    (folder / f"{name}.json").write_text(json.dumps(call, ensure_ascii=False), encoding="utf-8")
    return folder


def test_a_sound_file_loads(tmp_path: Path) -> None:
    (call,) = practice_calls.load(write(tmp_path, sound()))
    assert call.seconds == 2.0
    assert call.turns[1].speaker is Channel.CALLER


def turn(number: int, **changes: object) -> Callable[[dict[str, Any]], None]:
    return lambda call: call["turns"][number].update(changes)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda call: call.update(kind="sad"), id="unknown kind"),
        pytest.param(lambda call: call.update(name="other"), id="name is not the file's"),
        pytest.param(lambda call: call.update(turns=[]), id="no turns"),
        pytest.param(lambda call: call.update(note="x"), id="unknown field"),
        pytest.param(lambda call: call.pop("title"), id="no title"),
        pytest.param(turn(0, speaker="robot"), id="unknown speaker"),
        pytest.param(turn(0, start=-0.1), id="negative time"),
        pytest.param(turn(0, start="0"), id="time as text"),
        pytest.param(turn(1, end=0.8), id="ends as it starts"),
        pytest.param(turn(1, start=0.2), id="large overlap"),
        pytest.param(turn(1, text=""), id="no words"),
        pytest.param(turn(1, text="두\n줄"), id="two lines"),
        pytest.param(turn(1, text="\u1102\u1166"), id="not NFC"),
    ],
)
def test_a_spoilt_file_is_refused_by_its_name(tmp_path: Path, spoil: Callable[[dict[str, Any]], None]) -> None:
    call = sound()
    spoil(call)
    with pytest.raises(PracticeDamaged) as caught:
        practice_calls.load(write(tmp_path, call))
    assert "small.json" in str(caught.value)


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.json").write_bytes(b"\xb9\xdd\xb0\xa9")
    with pytest.raises(PracticeDamaged):
        practice_calls.load(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PracticeDamaged):
        practice_calls.load(tmp_path)
