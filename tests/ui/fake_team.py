"""A dedicated team's side from memory, for the windows' tests and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from assist.model import AbuseLabel, CallerClass
from kb.model import TextSpan
from resources.notices import Fault
from ui.figure_ports import FigureCell, Figures
from ui.team_ports import (
    ActKind,
    ActRow,
    CallerEntry,
    CallerRow,
    ClipRow,
    InboxLook,
    InboxRow,
    IncidentDetail,
    IncidentFacts,
    PackRow,
    PackState,
    StepRow,
    TeamState,
    TeamStep,
    TranscriptRow,
)

TODAY = date(2026, 11, 22)
TITLES = {"profanity": "욕설", "sexual_remark": "성희롱 발언", "threat_person": "해치겠다는 협박"}
HASH = "9f3ac17b20de4455"


def inbox_row(ident: str, label: AbuseLabel, situation: str, state: PackState, **more: Any) -> InboxRow:
    base = InboxRow(
        incident_id=ident,
        pack_id=f"{ident}-P",
        received_at="2026-11-21T09:22:00+09:00",
        raised_at="2026-11-21T09:15:11+09:00",
        label=label,
        labels=(label,),
        severity=3,
        situation=situation,
        state=state,
        reason="",
        complete=True,
        packs=2,
        step=None,
        step_on="",
        caller_known=True,
        managed=None,
        same_caller=0,
        simulated=False,
    )
    return replace(base, **more)


ROWS = (
    inbox_row("01JA", AbuseLabel.THREAT, "threat_person", PackState.UNTOUCHED, same_caller=1),
    inbox_row(
        "01JB",
        AbuseLabel.SEXUAL,
        "sexual_remark",
        PackState.CHANGED,
        step=TeamStep.WARNED,
        step_on="2026-11-20",
        managed=CallerClass.MALICIOUS,
        raised_at="2026-11-20T14:02:00+09:00",
    ),
    inbox_row("01JC", AbuseLabel.PROFANITY, "profanity", PackState.UNPROVEN, simulated=True, complete=False),
    replace(
        inbox_row("", AbuseLabel.PROFANITY, "", PackState.BROKEN, pack_id="01JD", raised_at=""),
        label=None,
        labels=(),
        reason="이 팀의 열쇠로 열리지 않습니다.",
    ),
)
SAID = (
    ("agent", 5.0, "안녕하십니까, 무엇을 도와드릴까요?", (), ()),
    ("caller", 30.0, "야 이 개새끼야 지금 몇 번째 전화하는지 알아?", (AbuseLabel.PROFANITY,), ((4, 7),)),
    ("agent", 40.0, "욕설은 멈추시고 말씀해 주시면 바로 도와드리겠습니다.", (), ()),
    ("caller", 60.0, "너 내가 찾아가서 죽여 버린다", (AbuseLabel.THREAT,), ((9, 16),)),
)  # fmt: skip


def transcript() -> tuple[TranscriptRow, ...]:
    return tuple(
        TranscriptRow(
            index,
            who,
            at,
            at + 4,
            f"2026-11-21T09:14:{int(at):02d}.000+09:00" if at < 60 else "2026-11-21T09:15:00.000+09:00",
            text,
            labels,
            3 if labels else 0,
            tuple(TextSpan(*span) for span in spans),
        )
        for index, (who, at, text, labels, spans) in enumerate(SAID)
    )


CALLER = CallerRow(
    HASH,
    CallerEntry(CallerClass.MALICIOUS, "첫마디에 전담팀으로 돌립니다.", date(2027, 5, 1), "10월 회의에서 정함"),
    "2026-10-01T10:00:00+09:00",
    "2026-10-01T10:00:00+09:00",
    False,
    2,
)


@dataclass
class FakeTeam:
    """Notes every wish as (name, arguments)."""

    rows: tuple[InboxRow, ...] = ROWS
    identity: bool = True
    wishes: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    register: list[CallerRow] = field(default_factory=lambda: [CALLER])
    version: int = 3
    unpublished: int = 1
    looked: InboxLook = field(default_factory=lambda: InboxLook(0, 0))

    def names(self) -> list[str]:
        return [str(wish[0]) for wish in self.wishes]

    def state(self) -> TeamState:
        return TeamState(
            "/srv/doumi/inbox", self.identity, True, "/srv/doumi/list", self.version, "2026-11-20T10:00:00+09:00",
            "2026-12-20", 1, self.unpublished,
        )  # fmt: skip

    def take_identity(self, file: Path) -> None:
        self.identity = True

    def look(self) -> InboxLook:
        self.wishes.append(("look",))
        return self.looked

    def inbox(self, query: str = "", number: str = "") -> Sequence[InboxRow]:
        self.wishes.append(("inbox", query, number))
        if number and len(number) < 8:
            raise Fault("call.none")
        steps = {step.incident_id: step.step for step in self.steps}
        rows = [replace(row, step=steps.get(row.incident_id, row.step)) for row in self.rows]
        if number:
            return [row for row in rows if row.incident_id in ("01JA", "01JB")]
        return [row for row in rows if query in row.situation]

    def incident(self, incident_id: str) -> IncidentDetail:
        row = next(row for row in self.rows if row.incident_id == incident_id)
        changed = row.state is PackState.CHANGED
        facts = IncidentFacts(
            "call-1", "2026-11-21T09:14:00+09:00", "2026-11-21T09:15:11+09:00", 71.0, "devices", "", row.situation, "",
            1, 0, "doumi 1.0", (("시계", "동기화됨"), ("마이크", "USB 헤드셋")),
        )  # fmt: skip
        acts = (
            ActRow(45.0, "2026-11-21T09:14:45+09:00", ActKind.WARNING, "상담을 끝낼 수 있습니다.", True, "person"),
            ActRow(70.0, "2026-11-21T09:15:10+09:00", ActKind.NOTICE, "상담을 종료합니다.", True, "device"),
            ActRow(71.0, "2026-11-21T09:15:11+09:00", ActKind.PRESS, ""),
            ActRow(75.0, "2026-11-21T09:15:15+09:00", ActKind.TRANSFER, "", False, "command"),
        )  # fmt: skip
        packs = (
            PackRow(f"{incident_id}-P", "/srv/doumi/inbox/a.age", "ab" * 32, row.received_at, row.state,
                    ("clip.flac",) if changed else (), "", False, "d3sk0123456789"),
        )  # fmt: skip
        clip = ClipRow(15.0, 80.0, 30.0, 400_000) if incident_id != "01JC" else None
        caller = self.register[0] if row.managed and self.register else None
        steps = tuple(step for step in self.steps if step.incident_id == incident_id)
        return IncidentDetail(row, facts, transcript(), acts, clip, packs, steps, caller, ("01JB",) * row.same_caller)

    def play(self, incident_id: str, start_s: float, end_s: float) -> None:
        self.wishes.append(("play", incident_id, start_s, end_s))

    def stop(self) -> None:
        self.wishes.append(("stop",))

    def parts(self, incident_id: str) -> Mapping[str, bytes]:
        return {}

    def save_parts(self, incident_id: str, folder: Path) -> Path:
        self.wishes.append(("save_parts", incident_id, folder))
        return folder / incident_id

    def add_step(self, incident_id: str, step: TeamStep, on: date, note: str = "", corrects: int = 0) -> StepRow:
        self.wishes.append(("add_step", incident_id, step, on, note, corrects))
        self.steps = [replace(one, corrected=True) if one.id == corrects else one for one in self.steps]
        now = "2026-11-22T10:00:00+09:00"
        self.steps.append(StepRow(len(self.steps) + 1, incident_id, step, on.isoformat(), note, now, corrects))
        return self.steps[-1]

    def export_steps(self, file: Path, incident_id: str = "") -> None:
        self.wishes.append(("export_steps", file, incident_id))

    def callers(self) -> Sequence[CallerRow]:
        return tuple(self.register)

    def find_caller(self, number: str) -> CallerRow | None:
        self.wishes.append(("find_caller", number))
        return self.register[0] if number.endswith("5678") else None

    def _add(self, entry: CallerEntry) -> CallerRow:
        now = "2026-11-22T10:00:00+09:00"
        self.register.append(CallerRow(f"{len(self.register):016x}", entry, now, now, False, 0))
        self.unpublished += 1
        return self.register[-1]

    def add_caller(self, number: str, entry: CallerEntry) -> CallerRow:
        self.wishes.append(("add_caller", number, entry))
        return self._add(entry)

    def add_caller_of(self, incident_id: str, entry: CallerEntry) -> CallerRow:
        self.wishes.append(("add_caller_of", incident_id, entry))
        return self._add(entry)

    def change_caller(self, caller: str, entry: CallerEntry) -> CallerRow:
        self.wishes.append(("change_caller", caller, entry))
        self.register = [replace(row, entry=entry) if row.caller == caller else row for row in self.register]
        return self.register[0]

    def end_caller(self, caller: str) -> CallerRow:
        self.wishes.append(("end_caller", caller))
        self.register = [replace(row, ended=True) if row.caller == caller else row for row in self.register]
        return self.register[0]

    def publish(self) -> TeamState:
        self.version, self.unpublished = self.version + 1, 0
        return self.state()

    def figures(self, first: date, last: date) -> Figures:
        self.wishes.append(("figures", first, last))
        kinds = tuple((label.value, count) for label, count in zip(AbuseLabel, (14, 5, 3, 2, 1, 6), strict=True))
        hours = tuple({9: 4, 10: 7, 11: 6, 14: 8, 16: 4, 20: 2}.get(hour, 0) for hour in range(24))
        steps = (("", 12), *((step.value, count) for step, count in zip(TeamStep, (9, 5, 2, 1, 1, 1, 0), strict=True)))
        cells = (FigureCell("profanity", 10, "", 5), FigureCell("threat", 14, "accused", 2), FigureCell("", 20, "", 1))
        return Figures(first, last, 31, kinds, hours, steps, cells, ((first.isoformat(), 31),))

    def export_figures(self, figures: Figures, file: Path) -> None:
        self.wishes.append(("export_figures", file))
