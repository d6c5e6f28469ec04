"""The incident report drafted from events: what it holds, and that every quoted word can be found again."""

from __future__ import annotations

from typing import Any

from assist.events import (
    AbuseSeen,
    CallEnded,
    CallStarted,
    EscalationRaised,
    LineActed,
    ProtectionGiven,
    TurnUpdated,
    WarningGiven,
)
from assist.incident_report import IncidentReport, ReportLine, draft, edited
from assist.model import (
    AbuseFinding,
    AbuseLabel,
    Delivery,
    EscalationReason,
    LineAction,
    LineMeans,
    Protection,
    Script,
    Turn,
)
from audio.events import CallEvent
from audio.model import Channel
from kb.model import TextSpan

WARNING = Script("profanity.warning", "profanity", "계속하시면 상담을 끝낼 수 있습니다.")
FINAL = Script("profanity.final", "profanity", "상담을 종료합니다.", is_final=True)


def at(seconds: float) -> dict[str, Any]:
    return {"call_id": "call-1", "t_ns": int(seconds * 1e9)}


def abuse(turn: int, seconds: float, *labels: AbuseLabel, span: TextSpan) -> AbuseSeen:
    finding = AbuseFinding(labels[0], labels, 3, (span,))
    return AbuseSeen(**at(seconds), turn=turn, finding=finding, script=WARNING, warnings_given=0, warnings_allowed=1)


def whole_call() -> list[CallEvent]:
    first, second = "야 이 개새끼야 010-1234-5678로 전화해", "찾아가서 죽여 버린다"
    return [
        CallStarted(**at(0), wall_time="2026-11-21T09:14:00+09:00", source="devices"),
        TurnUpdated(**at(32), turn=Turn(3, Channel.CALLER, 30, 32, first)),
        abuse(3, 33, AbuseLabel.PROFANITY, AbuseLabel.INSULT, span=TextSpan(4, 7)),
        WarningGiven(**at(40), script=WARNING, count=1),
        TurnUpdated(**at(62), turn=Turn(5, Channel.CALLER, 60, 62, second)),
        abuse(5, 63, AbuseLabel.THREAT, span=TextSpan(5, 7)),
        LineActed(**at(70), action=LineAction.NOTICE, means=LineMeans.PERSON, ok=True, script=FINAL),
        EscalationRaised(**at(71), pack_id="01J9", reason=EscalationReason("threat_person"), delivery=Delivery.WAITING),
        LineActed(**at(75), action=LineAction.TRANSFER, means=LineMeans.COMMAND, ok=False, code="line.timeout"),
        CallEnded(**at(80), duration_s=80.0),
        ProtectionGiven(**at(81), protection=Protection.REST_OFFERED, minutes=10),
        ProtectionGiven(**at(95), protection=Protection.REST_TAKEN, minutes=10),
    ]


def line_with(report: IncidentReport, words: str) -> ReportLine:
    found = [line for line in report.lines if words in line.text]
    assert len(found) == 1, report.text
    return found[0]


def test_the_whole_call_is_told_in_korean_with_times() -> None:
    text = draft(whole_call(), "3번 자리", {"threat_person": "해치겠다는 협박"}).text
    for words in (
        "2026년 11월 21일 09:14:00 ~ 09:15:20 (1분 20초)",
        "응대한 자리: 3번 자리",
        "상황: 해치겠다는 협박",
        "욕설 1건, 모욕 1건, 협박 1건",
        "09:14:40 경고 (누적 1회): “계속하시면 상담을 끝낼 수 있습니다.”",
        "09:15:10 사유 안내 (상담사가 직접, 완료): “상담을 종료합니다.”",
        "09:15:11 전담팀으로 이관함 (사건 번호 01J9)",
        "09:15:15 통화 돌림 (전화 프로그램, 실패)",
        "09:15:20 통화가 끝남",
        "09:15:21 휴식 제공을 제안함 (10분)",
        "09:15:35 상담사가 휴식을 시작함 (10분)",
    ):
        assert words in text, text


def test_quoted_words_name_their_turn_and_personal_data_is_covered() -> None:
    report = draft(whole_call())
    quoted = line_with(report, "09:14:30")
    assert quoted.turns == (3,)
    assert "[욕설·모욕, 심함]" in quoted.text
    assert "(문제 된 말: “개새끼”)" in quoted.text
    assert "1234" not in report.text
    assert line_with(report, "확인된 유형").turns == (3, 5)


def test_a_call_with_nothing_in_it_still_makes_a_form_to_fill() -> None:
    report = draft(())
    assert report.text.count("기록된 내용이 없습니다.") == 6


def test_a_hand_over_without_a_chosen_situation_says_so() -> None:
    raised = EscalationRaised(**at(5), pack_id="01J9", reason=EscalationReason(""), delivery=Delivery.WAITING)
    assert "상황: 고르지 않음" in draft([raised], "", {}).text


def test_a_practice_call_says_so() -> None:
    started = CallStarted(**at(0), wall_time="2026-11-21T09:14:00+09:00", source="practice")
    assert "연습 통화" in draft([started]).text


def test_what_came_after_midnight_has_its_day() -> None:
    events = [
        CallStarted(**at(0), wall_time="2026-11-21T23:59:00+09:00", source="devices"),
        ProtectionGiven(**at(120), protection=Protection.REST_TAKEN, minutes=5),
    ]
    assert "11-22 00:01:00 상담사가 휴식을 시작함" in draft(events).text


def test_a_finding_whose_words_were_lost_is_still_there() -> None:
    events = [event for event in whole_call() if not isinstance(event, TurnUpdated)]
    assert "녹음을 확인해 주십시오" in draft(events).text


def test_edited_lines_keep_what_they_rest_on_where_they_still_stand() -> None:
    before = IncidentReport((ReportLine("가", (1,)), ReportLine("나", (2,)), ReportLine("다", (3,))))
    assert edited("가\n나를 고침\n다", before).lines == (
        ReportLine("가", (1,)),
        ReportLine("나를 고침", (2,)),
        ReportLine("다", (3,)),
    )
    assert [line.turns for line in edited("가\n새 줄\n나\n다", before).lines] == [(1,), (), (2,), (3,)]
    assert [line.turns for line in edited("다\n", before).lines] == [(3,)]
