"""A trainer's side from memory: drawn calls, draws, calibration, reports, over the ratings of :mod:`fake_qa`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from assist.review.cases import Case, CaseLine
from assist.review.model import CallHeader, Draw, DrawnCall, SamplingPlan, Stratum
from audio.model import Channel
from resources.notices import Fault
from tests.ui.fake_qa import RUBRIC, FakeRatings
from ui.qa.ports import (
    Calibration,
    CallToRate,
    ItemAgreement,
    QaLook,
    QaState,
    Report,
    ReportSeries,
    SeriesPoint,
)
from ui.replay.ports import ReplayCall

TODAY = date(2026, 11, 22)


def call_to_rate(number: int, **more: Any) -> CallToRate:
    """Return one drawn call."""
    base = CallToRate(
        call=f"H{number:02d}",
        counsellor=f"A{10 + number}",
        started_at=f"2026-11-{10 + number:02d}T09:14:00+09:00",
        duration_s=252.0 + 60 * number,
        category="교통",
        plan="11월 정기 표본",
        package=f"P{number:02d}",
        until="2026-12-20",
        ratings=0,
        own="",
    )
    return replace(base, **more)


CALLS = (
    call_to_rate(5, ratings=2, own="submitted", objected=True, flags=("held",)),
    call_to_rate(1),
    call_to_rate(2, own="draft", flags=("abuse", "escalated"), category="복지"),
    call_to_rate(6, ratings=1),
    call_to_rate(3, package=""),
    call_to_rate(4, ratings=1, own="submitted"),
)
PLAN = SamplingPlan(
    id="plan-1",
    title="11월 정기 표본",
    seed=20261101,
    first="2026-11-01",
    last="2026-11-30",
    per_counsellor=3,
    strata=(Stratum.HOUR, Stratum.FIELD),
)
DRAW = Draw(
    plan=PLAN,
    calls=tuple(DrawnCall(call.call, call.counsellor, f"{9 + place:02d}h/교통") for place, call in enumerate(CALLS)),
    population=412,
    fingerprint="9f3ac17b20de44559f3ac17b20de44559f3ac17b20de44559f3ac17b20de4455",
    short=(("A13", 1),),
)
CALIBRATION = Calibration(
    id="cal-1",
    title="11월 평가 맞춤",
    made_at="2026-11-19T14:00:00+09:00",
    closed_at="2026-11-20T16:00:00+09:00",
    rubric=RUBRIC.id,
    rubric_version=1,
    calls=("H01", "H02", "H04"),
    note="끝인사는 추가 문의를 물은 때만 2점.",
)
OPEN_CALIBRATION = replace(CALIBRATION, id="cal-2", title="12월 평가 맞춤", closed_at="", note="")
AGREEMENT = (
    ItemAgreement("greeting", "첫인사", 3, 0.82, 0.79),
    ItemAgreement("answer", "안내 내용", 3, 0.41, 0.38, (("H02", 2), ("H04", 1))),
    ItemAgreement("closing", "끝인사", 1, None, None),
)
_LABELS = ("2026-08", "2026-09", "2026-10", "2026-11")
_VALUES: dict[str, tuple[float | None, ...]] = {
    "whole": (71.5, None, 78.0, 82.5),
    "fast": (66.0, None, 70.0, 79.0),
    "right": (74.0, None, 81.0, 84.0),
    "kind": (75.0, None, 80.0, 83.0),
}


def report_of(scope: str = "team", name: str = "1팀", by: str = "month") -> Report:
    """Return a report of three skills and their items over four months, one of them without ratings."""

    def series(key: str, title: str, less: int = 0, skill: str = "") -> ReportSeries:
        points = tuple(
            SeriesPoint(label, None if value is None else value - less, 0 if value is None else 12)
            for label, value in zip(_LABELS, _VALUES[skill or key], strict=True)
        )
        return ReportSeries(key, title, points, skill)

    rows = [series("whole", "전체")]
    for skill in RUBRIC.skills:
        rows.append(series(skill.id, skill.title))
        items = [item for item in RUBRIC.items if item.skill == skill.id]
        rows += [series(item.id, item.title, 4 * place, skill.id) for place, item in enumerate(items)]
    return Report(scope, name, date(2026, 8, 1), date(2026, 11, 30), by, tuple(rows), 36)


@dataclass
class FakeTrainer(FakeRatings):
    """Fills :class:`ui.qa.ports.QaServices`; notes every wish of the window as (name, arguments)."""

    calls_here: Sequence[CallToRate] = CALLS
    opened: ReplayCall | None = None
    """What :meth:`open_call` gives."""
    kept_draws: list[Draw] = field(default_factory=lambda: [DRAW])
    again: Draw | None = None
    """What :meth:`preview` gives; None: what was drawn."""
    sessions: list[Calibration] = field(default_factory=lambda: [OPEN_CALIBRATION, CALIBRATION])
    has_identity: bool = True
    exchange: str = "/mnt/qa"
    withheld: str = ""
    look_fault: str = ""
    unproven: int = 0
    wishes: list[tuple[Any, ...]] = field(default_factory=list)

    def _wish(self, name: str, *more: Any) -> None:
        self.wishes.append((name, *more))
        self._may_fail()

    def names(self) -> list[str]:
        """Return the names of all wishes so far."""
        return [wish[0] for wish in self.wishes]

    def counsellors(self) -> Sequence[str]:
        return sorted({call.counsellor for call in self.calls_here})

    def state(self) -> QaState:
        return QaState(self.exchange, self.has_identity, headers=412, unrated=2, rater=self.rater())

    def look(self) -> QaLook:
        self.wishes.append(("look",))
        return QaLook(3, 1, 0, 0, self.look_fault, self.unproven)

    def take_identity(self, file: Path) -> None:
        self._wish("take_identity", file)
        self.has_identity = True

    def calls(self, query: str = "") -> Sequence[CallToRate]:
        return [row for row in self.calls_here if all(word in f"{row}" for word in query.split())]

    def open_call(self, call: str) -> ReplayCall:
        self._wish("open_call", call)
        if self.opened is None:
            raise Fault("qa.call_not_here")
        return self.opened

    def open_file(self, file: Path) -> ReplayCall:
        self._wish("open_file", file)
        if self.opened is None:
            raise Fault("package.expired", until="2026-11-01")
        return self.opened

    def known(self, calls: Collection[str]) -> Mapping[str, CallHeader]:
        rows = [row for row in self.calls_here if row.call in calls and row.call != "H03"]
        return {
            row.call: CallHeader(row.call, row.counsellor, row.started_at, int(row.duration_s), row.category)
            for row in rows
        }

    def preview(self, plan: SamplingPlan) -> Draw:
        self._wish("preview", plan)
        return replace(self.again or DRAW, plan=plan)

    def draw(self, plan: SamplingPlan, seen: str = "") -> Draw:
        self._wish("draw", plan, seen)
        made = replace(DRAW, plan=replace(plan, id=f"plan-{len(self.kept_draws) + 1}"))
        self.kept_draws.insert(0, made)
        return made

    def draws(self) -> Sequence[Draw]:
        return tuple(self.kept_draws)

    def calibrations(self) -> Sequence[Calibration]:
        return tuple(self.sessions)

    def keep_calibration(self, calibration: Calibration) -> Calibration:
        self._wish("keep_calibration", calibration)
        kept = calibration
        if not kept.id:
            kept = replace(kept, id=f"cal-{len(self.sessions) + 1}", made_at="2026-11-22T10:00:00+09:00")
        places = [one.id for one in self.sessions]
        if kept.id in places:
            self.sessions[places.index(kept.id)] = kept
        else:
            self.sessions.insert(0, kept)
        return kept

    def close_calibration(self, calibration: str) -> Calibration:
        self._wish("close_calibration", calibration)
        one = next(one for one in self.sessions if one.id == calibration)
        return self.keep_calibration(replace(one, closed_at="2026-11-22T16:00:00+09:00"))

    def agreement(self, calibration: str = "", rubric: str = "") -> Sequence[ItemAgreement]:
        self._wish("agreement", calibration, rubric)
        return AGREEMENT

    def teams(self) -> Sequence[str]:
        return ("1팀", "2팀")

    def report(self, scope: str, name: str, first: date, last: date, by: str) -> Report:
        self._wish("report", scope, name, first, last, by)
        made = replace(report_of(scope, name, by), first=first, last=last)
        return replace(made, series=(), withheld=self.withheld) if self.withheld else made

    def export_report(self, report: Report, file: Path) -> None:
        self._wish("export_report", report, file)


CASE = Case(
    id="01CASE",
    title="불법 주정차 신고를 한 번에 받은 사례",
    made_at="2026-11-21T10:00:00+09:00",
    category="교통",
    lesson="되묻기 전에 위치와 차량을 함께 확인했습니다.",
    lines=(
        CaseLine(0.0, Channel.AGENT, "안녕하십니까, 무엇을 도와드릴까요?", "소속을 함께 밝히면 더 좋습니다."),
        CaseLine(4.0, Channel.CALLER, "집 앞에 차를 세워놔서 신고를 하고 싶은데요"),
    ),
)


@dataclass
class FakeCases:
    """Fills :class:`ui.qa.case_ports.CaseServices`."""

    kept: list[Case] = field(default_factory=lambda: [CASE])
    wishes: list[tuple[Any, ...]] = field(default_factory=list)
    fault: Fault | None = None

    def _wish(self, *wish: Any) -> None:
        self.wishes.append(wish)
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault

    def cases(self) -> Sequence[Case]:
        return tuple(self.kept)

    def add(
        self,
        call: ReplayCall,
        title: str,
        lesson: str,
        passage: tuple[float, float],
        rating_id: str,
        words: Sequence[str],
    ) -> Case:
        self._wish("add", title, lesson, passage, rating_id, tuple(words))
        made = replace(CASE, id=f"01CASE{len(self.kept)}", title=title, lesson=lesson)
        self.kept.append(made)
        return made

    def comment(self, ident: str, text: str, line: int = 0) -> Case:
        self._wish("comment", ident, text, line)
        return CASE

    def cover(self, ident: str, words: Sequence[str]) -> Case:
        self._wish("cover", ident, tuple(words))
        return CASE

    def remove(self, ident: str) -> None:
        self._wish("remove", ident)
        self.kept = [case for case in self.kept if case.id != ident]

    def write(self, file: Path, idents: Sequence[str] = (), title: str = "") -> int:
        self._wish("write", file)
        return len(self.kept)
