"""One call told as events: parking, then a second inquiry; abuse, crisis and hand-over as extra chapters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assist.events import (
    AbuseSeen,
    CallEnded,
    CallStarted,
    CrisisSeen,
    DraftReady,
    EscalationRaised,
    NumberHeard,
    SuggestionsReady,
    TurnUpdated,
)
from assist.model import (
    AbuseFinding,
    AbuseLabel,
    CallRecord,
    Card,
    CrisisFinding,
    CrisisKind,
    Delivery,
    Draft,
    EscalationReason,
    HeardNumber,
    Script,
    Turn,
)
from audio.events import (
    CallEvent,
    DigitRun,
    LagChanged,
    LevelsMeasured,
    TranscriptFinal,
    TranscriptPartial,
)
from audio.model import Channel, Levels
from kb.model import Band, Reason, ReasonKind, TextSpan, Variant
from tests.ui.fake_articles import ARTICLES, VARIANTS

CALL = "call-1"
LINES = (
    (Channel.AGENT, 1.0, 3.5, "안녕하십니까, 상담사입니다. 무엇을 도와드릴까요?"),
    (Channel.CALLER, 4.0, 8.0, "집 앞에 차를 세워 놔서 신고를 하고 싶은데요"),
    (Channel.AGENT, 9.0, 11.0, "네, 위치가 어디신가요?"),
    (Channel.CALLER, 12.0, 17.0, "신림로 12길 골목이고요, 어제부터 계속 세워져 있어요. 과태료는 얼마나 나와요?"),
    (
        Channel.AGENT,
        18.0,
        24.0,
        "안전신문고 앱으로 사진 두 장을 1분 간격으로 찍어 신고하시면 됩니다. 승용차는 4만 원입니다.",
    ),
    (Channel.CALLER, 25.0, 30.0, "그리고 전화 좀 주세요. 010-1234-5678이에요"),
)
WARNING = Script(
    "profanity-1",
    "profanity",
    "고객님, 욕설을 계속하시면 더 이상 상담을 이어 가기 어렵습니다. 한 번만 더 하시면 통화를 종료하겠습니다.",
)


def at(seconds: float) -> dict[str, Any]:
    return {"call_id": CALL, "t_ns": int(seconds * 1e9)}


def started(source: str = "devices", title: str = "") -> CallStarted:
    return CallStarted(**at(0), wall_time="2026-11-21T09:14:00+09:00", source=source, title=title)


def partial(utterance: int, channel: Channel, start: float, text: str) -> TranscriptPartial:
    return TranscriptPartial(
        **at(start + 1), utterance=utterance, channel=channel, start=start, end=start + 1, text=text, display=text
    )


def final(utterance: int, channel: Channel, start: float, end: float, text: str, **more: Any) -> TranscriptFinal:
    return TranscriptFinal(
        **at(end + 0.5),
        utterance=utterance,
        channel=channel,
        start=start,
        end=end,
        text=text,
        display=text,
        confidence=more.pop("confidence", 0.9),
        **more,
    )


def turn(index: int, channel: Channel, start: float, end: float, text: str) -> TurnUpdated:
    return TurnUpdated(**at(end + 0.5), turn=Turn(index, channel, start, end, text, utterances=(index,)))


def spoken(lines: int = len(LINES)) -> list[CallEvent]:
    events: list[CallEvent] = []
    for place, (channel, start, end, text) in enumerate(LINES[:lines]):
        digits = (DigitRun("phone", "공일공", "010-1234-5678", 11, 24),) if place == 5 else ()
        events.append(final(place, channel, start, end, text, digits=digits))
        events.append(turn(place, channel, start, end, text))
    return events


def card(place: int, band: Band = Band.SURE, mark: str = "신고") -> Card:
    article = ARTICLES[place]
    passage = article.answer.split("\n")[0]
    start = passage.find(mark)
    return Card(
        article.id,
        article.question,
        passage,
        (TextSpan(start, start + len(mark)),) if start >= 0 else (),
        article.answer,
        article.category,
        article.department,
        article.phone,
        article.district,
        article.updated,
        0.95 - place * 0.22,
        band,
    )


def suggestions(*cards: Card, asked: int = 1, seconds: float = 8.5) -> SuggestionsReady:
    return SuggestionsReady(
        **at(seconds),
        turn=asked,
        question=LINES[asked][3],
        cards=cards,
        band=cards[0].band if cards else Band.SILENT,
        ms=312.0,
    )


def numbers() -> list[CallEvent]:
    heard = (
        HeardNumber(0, "address", "신림로 12길", Channel.CALLER, 3, 12.0, 14.0, True),
        HeardNumber(1, "amount", "4만 원", Channel.AGENT, 4, 22.0, 23.0, True),
        HeardNumber(2, "phone", "010-1234-5678", Channel.CALLER, 5, 26.0, 29.0, False),
    )
    return [NumberHeard(**at(n.end), number=n) for n in heard]


def noise() -> list[CallEvent]:
    return [
        LevelsMeasured(**at(30), levels=Levels(Channel.CALLER, -22.0, -12.0)),
        LevelsMeasured(**at(30), levels=Levels(Channel.AGENT, -41.0, -30.0)),
        LagChanged(**at(30), backlog_s=0.6, step=0),
    ]


def abuse(given: int = 0) -> AbuseSeen:
    finding = AbuseFinding(AbuseLabel.PROFANITY, (AbuseLabel.PROFANITY, AbuseLabel.INSULT), 2, (TextSpan(0, 2),))
    return AbuseSeen(**at(31), turn=5, finding=finding, script=WARNING, warnings_given=given, warnings_allowed=2)


def demand() -> AbuseSeen:
    """An unreasonable demand: answered, never warned."""
    finding = AbuseFinding(AbuseLabel.UNREASONABLE, (AbuseLabel.UNREASONABLE,), 0, ())
    script = Script("demand-1", "demand", "많이 답답하셨겠습니다. 제가 도울 수 있는 방법부터 안내해 드리겠습니다.")
    return AbuseSeen(**at(31), turn=5, finding=finding, script=script, warnings_given=0, warnings_allowed=2)


def crisis() -> CrisisSeen:
    finding = CrisisFinding(
        CrisisKind.SUICIDE,
        3,
        (TextSpan(0, 4),),
        (
            "지금 많이 힘드신 것 같습니다. 끊지 않고 제가 듣고 있겠습니다.",
            "지금 혼자 계신가요? 계신 곳이 어디인지 여쭤봅니다.",
            "가까이에 다칠 만한 물건이 있으면 조금 떨어져 앉으시도록 부탁드립니다.",
            "위험한 일을 생각하고 계신지 분명한 말로 여쭤봅니다.",
            "끊지 말고 기다려 주시면 자살예방 상담전화로 이어 드리고, 위험하면 119와 112에 바로 알립니다.",
        ),
        (("자살예방 상담전화", "109"), ("구급·구조", "119"), ("경찰", "112")),
    )
    return CrisisSeen(**at(31), turn=5, finding=finding)


def handed_over(delivery: Delivery = Delivery.NO_KEY) -> EscalationRaised:
    return EscalationRaised(**at(32), pack_id="01J", reason=EscalationReason("profanity"), delivery=delivery)


def explained() -> tuple[Card, ...]:
    """Three cards: one with districts and reasons, one ended, one plain."""
    first, second, third = card(0), card(1), card(2)
    others = tuple(Variant(article.id, article.district) for article in VARIANTS)
    reasons = (
        Reason(ReasonKind.WORDS, "신고 주차"),
        Reason(ReasonKind.DISTRICT, "한빛구"),
        Reason(ReasonKind.LEARNED, "7"),
    )
    return (replace(first, variants=others, reasons=reasons), replace(second, ended="종료"), third)


RECORDS = (
    CallRecord(
        "교통",
        "주정차",
        ("집 앞 골목(신림로 12길)에 이틀째 세워진 차 신고 방법", "과태료 금액 문의"),
        ("안전신문고 앱으로 1분 간격 사진 두 장 신고 안내", "승용차 과태료 4만 원 안내"),
        ("신고 방법 안내 후 상담 진행",),
        "담당자 회신 요청: 010-1234-5678",
        {
            "category": (1,),
            "inquiry.0": (1, 3),
            "inquiry.1": (3,),
            "answer.0": (4,),
            "answer.1": (4,),
            "action.0": (4,),
            "follow_up": (5,),
        },
    ),
    CallRecord("환경", "대형폐기물", ("침대 매트리스 버리는 방법",), (), (), None, {"inquiry.0": (5,)}),
)


def draft(*, final_one: bool) -> DraftReady:
    records = RECORDS if final_one else RECORDS[:1]
    return DraftReady(**at(40), draft=Draft(records, "주정차 신고와 대형폐기물 문의"), final=final_one)


def ended() -> CallEnded:
    return CallEnded(**at(39), duration_s=462.0)


def live() -> list[CallEvent]:
    """A call in full swing."""
    return [
        started(),
        *spoken(),
        suggestions(card(0), card(1), card(2)),
        *numbers(),
        *noise(),
        draft(final_one=False),
        partial(6, Channel.CALLER, 31.0, "아 그리고 침대 매트리스는 어떻게"),
    ]


def saved() -> list[CallEvent]:
    """The same call as its log: no partials, no levels."""
    return [
        started(),
        *spoken(),
        suggestions(card(0), card(1), card(2)),
        *numbers(),
        ended(),
        draft(final_one=True),
    ]
