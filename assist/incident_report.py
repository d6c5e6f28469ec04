"""The incident report (경위서) drafted from the events of a call. Pure: the same events give the same lines.

Every line that rests on what was said names its turns, so that a reader can hear them again. The report is an official
Korean document whatever the language of the windows; personal data in quoted words is masked.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assist.events import (
    AbuseSeen,
    BehaviourSeen,
    CallEnded,
    CallerKnown,
    CallStarted,
    EscalationRaised,
    EvidenceCompleted,
    LineActed,
    ProtectionGiven,
    WarningGiven,
)
from assist.mask import mask
from assist.model import (
    REHEARSED,
    AbuseLabel,
    BehaviourKind,
    CallerClass,
    LineAction,
    LineMeans,
    Protection,
    Turn,
)
from assist.turns import turns_in
from audio.events import CallEvent

LABELS: Final = {
    AbuseLabel.PROFANITY: "욕설",
    AbuseLabel.INSULT: "모욕",
    AbuseLabel.SEXUAL: "성희롱",
    AbuseLabel.THREAT: "협박",
    AbuseLabel.HATE: "혐오·차별",
    AbuseLabel.UNREASONABLE: "억지",
}
_SEVERITY: Final = ("", "약함", "보통", "심함")
_BEHAVIOUR: Final = {
    BehaviourKind.LONG: "장시간 통화",
    BehaviourKind.REPETITION: "같은 요구의 반복",
    BehaviourKind.REFUSAL: "안내한 답변의 거듭된 거부",
    BehaviourKind.EARLIER_CALLS: "최근 잦은 통화",
}
_CLASS: Final = {CallerClass.MALICIOUS: "악성", CallerClass.HARD: "강성"}
_ACTION: Final = {LineAction.NOTICE: "사유 안내", LineAction.TRANSFER: "통화 돌림", LineAction.END: "통화 종료"}
_MEANS: Final = {
    LineMeans.COMMAND: "전화 프로그램",
    LineMeans.URL: "전화 시스템",
    LineMeans.DEVICE: "음성 재생",
    LineMeans.PERSON: "상담사가 직접",
}
_PROTECTION: Final = {
    Protection.REST_OFFERED: "휴식 제공을 제안함",
    Protection.REST_TAKEN: "상담사가 휴식을 시작함",
    Protection.REST_DECLINED: "상담사가 휴식을 원하지 않음",
    Protection.REST_ENDED: "휴식이 끝남",
    Protection.QUIET_WORK: "전화를 받지 않는 업무로 바꿈",
    Protection.CALLS_AGAIN: "전화 업무로 돌아옴",
    Protection.SUPPORT_SHOWN: "지원 프로그램 연락처를 안내함",
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the report."""

    text: str
    turns: tuple[int, ...] = ()
    """Indexes of the turns it rests on; none for headings and facts that nobody said."""


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """A report, drafted or as the counsellor left it."""

    lines: tuple[ReportLine, ...]

    @property
    def text(self) -> str:
        """The whole report as a person reads it."""
        return "\n".join(line.text for line in self.lines)


def draft(events: Sequence[CallEvent], desk: str = "", titles: Mapping[str, str] | None = None) -> IncidentReport:
    """Return the report of a call.

    Args:
        events: Its saved events in order.
        desk: Which desk took the call.
        titles: Korean title of each situation by its id; an unknown id stands for itself.
    """
    return IncidentReport(tuple(_Draft(events, desk, titles or {}).lines()))


def edited(text: str, before: IncidentReport) -> IncidentReport:
    """Return ``text`` as a report; lines that were kept or reworded in their place keep the turns they rest on."""
    old, new = [line.text for line in before.lines], text.rstrip("\n").split("\n")
    turns: list[tuple[int, ...]] = [()] * len(new)
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind in ("equal", "replace") and i2 - i1 == j2 - j1:
            turns[j1:j2] = [before.lines[i].turns for i in range(i1, i2)]
    return IncidentReport(tuple(ReportLine(line, turn) for line, turn in zip(new, turns, strict=True)))


class _Draft:
    """Writes one report, section by section."""

    def __init__(self, events: Sequence[CallEvent], desk: str, titles: Mapping[str, str]) -> None:
        self._events = events
        self._desk = desk
        self._titles = titles
        self._turns: dict[int, Turn] = {turn.index: turn for turn in turns_in(events)}
        self._started = next((event for event in events if isinstance(event, CallStarted)), None)
        self._wall = datetime.fromisoformat(self._started.wall_time) if self._started else None

    def lines(self) -> Iterator[ReportLine]:
        yield ReportLine("악성민원 경위서")
        sections = (
            ("통화", self._call()),
            ("상황", self._situation()),
            ("문제 된 발언", self._words()),
            ("경고와 안내", self._notices()),
            ("통화 조치와 이관", self._acts()),
            ("상담사 보호조치", self._protection()),
        )
        for title, lines in sections:
            yield ReportLine("")
            yield ReportLine(f"■ {title}")
            found = list(lines)
            yield from found or [ReportLine("기록된 내용이 없습니다.")]
        yield ReportLine("")
        yield ReportLine("이 경위서는 통화 기록을 바탕으로 만든 초안이며, 상담사가 확인하고 고친 것입니다.")

    def _of(self, *kinds: type[CallEvent]) -> Iterator[CallEvent]:
        return (event for event in self._events if isinstance(event, kinds))

    def _call(self) -> Iterator[ReportLine]:
        ended = next((event.duration_s for event in self._events if isinstance(event, CallEnded)), None)
        if self._wall is not None:
            when = f"{self._wall.year}년 {self._wall.month}월 {self._wall.day}일 {self._clock(0.0)}"
            if ended is not None:
                when += f" ~ {self._clock(ended)} ({int(ended) // 60}분 {int(ended) % 60}초)"
            yield ReportLine(f"일시: {when}")
        if self._desk:
            yield ReportLine(f"응대한 자리: {self._desk}")
        if self._started is not None:
            yield ReportLine(f"통화 기록 번호: {self._started.call_id}")
            if self._started.source in REHEARSED:
                yield ReportLine("연습 통화입니다. 실제 민원이 아닙니다.")
        for event in self._of(CallerKnown):
            if isinstance(event, CallerKnown) and event.managed is not None:
                yield ReportLine(f"관리 대상 민원인: {_CLASS[event.managed.caller_class]} (전담팀 등록)")

    def _situation(self) -> Iterator[ReportLine]:
        raised = [event for event in self._events if isinstance(event, EscalationRaised)]
        if raised:
            reason = raised[0].reason
            title = self._titles.get(reason.situation, reason.situation)
            yield ReportLine(f"상황: {title or '고르지 않음'}")
            if reason.note.strip():
                yield ReportLine(f"상담사 메모: {mask(reason.note.strip())[0]}")
        counts: Counter[AbuseLabel] = Counter()
        turns: list[int] = []
        for seen in self._abuse():
            counts.update(set(seen.finding.labels) | {seen.finding.label})
            turns.append(seen.turn)
        if counts:
            kinds = ", ".join(f"{LABELS[label]} {counts[label]}건" for label in AbuseLabel if counts[label])
            yield ReportLine(f"확인된 유형: {kinds}", tuple(dict.fromkeys(turns)))
        behaviour = [event for event in self._events if isinstance(event, BehaviourSeen)]
        if behaviour:
            last = behaviour[-1]
            yield ReportLine(f"통화 행동: {', '.join(_BEHAVIOUR[kind] for kind in last.kinds)}", last.turns)

    def _abuse(self) -> list[AbuseSeen]:
        """What was seen, the last finding of each turn, by time."""
        last = {event.turn: event for event in self._events if isinstance(event, AbuseSeen)}
        return sorted(last.values(), key=lambda event: (self._second(event), event.turn))

    def _second(self, event: AbuseSeen) -> float:
        turn = self._turns.get(event.turn)
        return turn.start if turn is not None else event.t_ns / 1e9

    def _words(self) -> Iterator[ReportLine]:
        for seen in self._abuse():
            finding = seen.finding
            names = "·".join(LABELS[label] for label in dict.fromkeys((finding.label, *finding.labels)))
            how = _SEVERITY[min(finding.severity, 3)]
            head = f"{self._clock(self._second(seen))} 민원인 [{names}{', ' + how if how else ''}]"
            turn = self._turns.get(seen.turn)
            if turn is None:
                yield ReportLine(f"{head} 발언이 글로 남지 않았습니다. 녹음을 확인해 주십시오.", (seen.turn,))
                continue
            words = [turn.text[span.start : span.end].strip() for span in finding.evidence]
            quoted = ", ".join(f"“{mask(word)[0]}”" for word in dict.fromkeys(words) if word)
            cause = f" (문제 된 말: {quoted})" if quoted else ""
            yield ReportLine(f"{head} “{mask(turn.shown)[0]}”{cause}", (seen.turn,))

    def _notices(self) -> Iterator[ReportLine]:
        for event in self._of(WarningGiven, LineActed):
            at = self._clock(event.t_ns / 1e9)
            if isinstance(event, WarningGiven):
                what = "종료 사유 안내" if event.script.is_final else f"경고 (누적 {event.count}회)"
                yield ReportLine(f"{at} {what}: “{event.script.text}”")
            elif isinstance(event, LineActed) and event.action is LineAction.NOTICE:
                said = f": “{event.script.text}”" if event.script else ""
                yield ReportLine(f"{at} {_ACTION[event.action]} ({_MEANS[event.means]}, {_result(event)}){said}")

    def _acts(self) -> Iterator[ReportLine]:
        for event in self._of(EscalationRaised, LineActed, EvidenceCompleted, CallEnded):
            at = self._clock(event.t_ns / 1e9)
            match event:
                case EscalationRaised():
                    yield ReportLine(f"{at} 전담팀으로 이관함 (사건 번호 {event.pack_id})")
                case EvidenceCompleted():
                    yield ReportLine(f"{at} 통화 전체의 증거 자료를 이어서 보냄 (사건 번호 {event.incident_id})")
                case LineActed() if event.action is not LineAction.NOTICE:
                    yield ReportLine(f"{at} {_ACTION[event.action]} ({_MEANS[event.means]}, {_result(event)})")
                case CallEnded():
                    yield ReportLine(f"{self._clock(event.duration_s)} 통화가 끝남")

    def _protection(self) -> Iterator[ReportLine]:
        for event in self._events:
            if isinstance(event, ProtectionGiven):
                minutes = f" ({event.minutes:g}분)" if event.minutes else ""
                yield ReportLine(f"{self._clock(event.t_ns / 1e9)} {_PROTECTION[event.protection]}{minutes}")

    def _clock(self, seconds: float) -> str:
        """Return the time of day, the day before it where the call began on another; an offset without wall time."""
        if self._wall is None:
            return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"
        when = self._wall + timedelta(seconds=seconds)
        return when.strftime("%H:%M:%S" if when.date() == self._wall.date() else "%m-%d %H:%M:%S")


def _result(event: LineActed) -> str:
    return "완료" if event.ok else "실패"
