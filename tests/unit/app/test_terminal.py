"""The terminal shows text, cards, protection, masked numbers and the record."""

from __future__ import annotations

import io

from app.terminal import Terminal
from assist.events import AbuseSeen, CallStarted, CrisisSeen, DraftReady, NumberHeard, SuggestionsReady
from assist.model import (
    AbuseFinding,
    AbuseLabel,
    CallRecord,
    Card,
    CrisisFinding,
    CrisisKind,
    Draft,
    HeardNumber,
    Script,
)
from audio.events import CallEvent, LevelsMeasured, TranscriptFinal, TranscriptPartial
from audio.model import Channel, Levels
from kb.model import Band

CARD = Card(
    "S-1",
    "주정차 신고",
    "앱으로 신고합니다.",
    (),
    "앱으로 신고합니다.",
    "교통",
    "주차과",
    "02-120",
    "",
    "2026-01-01",
    1.0,
    Band.SURE,
)
STAMP = {"call_id": "c", "t_ns": 0}


def shown(*events: CallEvent) -> str:
    out = io.StringIO()
    terminal = Terminal(out)
    for event in events:
        terminal.show(event)
    return out.getvalue()


def final(text: str) -> TranscriptFinal:
    return TranscriptFinal(
        **STAMP, utterance=0, channel=Channel.CALLER, start=62.0, end=64.0, text=text, display=text, confidence=0.9
    )


def test_practice_calls_say_what_they_are() -> None:
    text = shown(CallStarted(**STAMP, wall_time="2026-11-22T09:00:00+09:00", source="practice", title="주정차"))
    assert "연습 통화" in text
    assert "음성 인식 없이" in text


def test_text_has_its_time_and_speaker_and_partials_stay_off_pipes() -> None:
    partial = TranscriptPartial(
        **STAMP, utterance=0, channel=Channel.CALLER, start=62.0, end=63.0, text="집 앞", display="집 앞"
    )
    levels = LevelsMeasured(**STAMP, levels=Levels(Channel.CALLER, -20, -10))
    assert shown(partial, levels, final("집 앞에 차가 있어요")) == "01:02 시민   집 앞에 차가 있어요\n"


def test_cards_protection_crisis_numbers_and_record() -> None:
    script = Script("s", "욕설", "자제해 주시기 바랍니다.")
    finding = AbuseFinding(AbuseLabel.PROFANITY, (AbuseLabel.PROFANITY,), 2, ())
    crisis = CrisisFinding(CrisisKind.SUICIDE, 3, (), ("먼저 묻습니다.",), (("자살예방 상담전화", "109"),))
    number = HeardNumber(0, "phone", "010-1234-5678", Channel.CALLER, 1, 0.0, 1.0, True)
    record = CallRecord("교통", None, ("주정차 신고 문의",), ("앱 신고 안내",), (), "오후 회신", {"inquiry.0": (1, 3)})
    text = shown(
        SuggestionsReady(**STAMP, turn=1, question="신고", cards=(CARD,), band=Band.SURE, ms=12.0),
        AbuseSeen(**STAMP, turn=1, finding=finding, script=script, warnings_given=0, warnings_allowed=1),
        CrisisSeen(**STAMP, turn=1, finding=crisis),
        NumberHeard(**STAMP, number=number),
        DraftReady(**STAMP, draft=Draft((record,), ""), final=False),
        DraftReady(**STAMP, draft=Draft((record,), ""), final=True),
    )
    assert "주정차 신고  (주차과 · 02-120 · 2026-01-01)" in text
    assert "0/1" in text
    assert "자살예방 상담전화 109" in text
    assert "010-1234-5678" not in text
    assert text.count("주정차 신고 문의  [1, 3]") == 1
    assert "오후 회신" in text
