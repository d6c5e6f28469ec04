"""Quality assurance from memory, for the windows' tests and pictures: a rubric, a call, ratings, letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assist.review.model import (
    Answer,
    AnswerKind,
    CoachingTask,
    CriticalFault,
    Evidence,
    EvidenceKind,
    Item,
    ItemScore,
    Letter,
    Observation,
    ObservationKind,
    Rating,
    Rubric,
    Settlement,
    Skill,
    Total,
)
from assist.review.objections import open_objection
from assist.review.totals import groundless
from resources.notices import Fault
from tests.ui import fake_replay
from ui.qa.ports import DrawnRow, LetterRow, RatingRow
from ui.replay.ports import ReplayFacts
from ui.replay.selection import Selection

AT = "2026-11-22T10:00:00+09:00"
RUBRIC = Rubric(
    id="core",
    version=1,
    title="상담 기본 평가표",
    skills=(Skill("fast", "신속", 1.0), Skill("right", "정확", 2.0), Skill("kind", "친절", 1.0)),
    items=(
        Item(
            "greeting",
            "kind",
            "첫인사",
            1.0,
            2,
            ("하지 않음", "이름이나 소속이 빠짐", "인사와 소속, 이름을 밝힘"),
            observations=(ObservationKind.GREETING, ObservationKind.IDENTIFICATION),
        ),
        Item("closing", "kind", "끝인사", 1.0, 1, ("하지 않음", "추가 문의를 묻고 인사함"), ("greeting",)),
        Item("silence", "fast", "대기 안내", 1.0, 2, observations=(ObservationKind.SILENCE,)),
        Item("answer", "right", "안내 내용", 2.0, 4, observations=(ObservationKind.ANSWER_AGAINST_ENTRY,)),
        Item("figure", "right", "금액과 기한", 1.0, 2, observations=(ObservationKind.FIGURE_AGAINST_ENTRY,)),
    ),
    faults=(CriticalFault("wrong", "사실과 다른 안내", "right"), CriticalFault("rude", "욕설이나 무시하는 말")),
)
OBSERVATIONS = (
    Observation("greeting.1", ObservationKind.GREETING, True, 1.0, 3.5, (0,), said="안녕하십니까 민원상담센터입니다"),
    Observation("identification.1", ObservationKind.IDENTIFICATION, False, 0.0, 0.0),
    Observation("silence.1", ObservationKind.SILENCE, True, 42.0, 55.0, value=13.0),
    Observation(
        "figure_against_entry.1",
        ObservationKind.FIGURE_AGAINST_ENTRY,
        True,
        61.0,
        64.0,
        (5,),
        said="4만 원",
        expected="5만 원",
        article_id="a1",
    ),
)
FACTS = ReplayFacts(
    id="package-1",
    title="불법 주정차 신고",
    started_at="2026-11-20T09:14:00+09:00",
    duration_s=120.0,
    source="devices",
    sound_s=120.0,
    counsellor="C-07",
    header="header-1",
    package=True,
)


def open_call(facts: ReplayFacts = FACTS) -> fake_replay.FakeReplayCall:
    """Return the story's call as a trainer has it."""
    return replace(fake_replay.call(), facts=facts)


@dataclass
class FakeReplay:
    """A replay window as its panes see it."""

    chosen: Selection | None = None
    """None: nothing, the position before the first turn."""
    heard: list[tuple[float, float]] = field(default_factory=list)
    pages: dict[str, object] = field(default_factory=dict)

    def add_page(self, title: str, widget: object) -> int:
        self.pages[title] = widget
        return len(self.pages) - 1

    def selection(self) -> Selection:
        return self.chosen or Selection(0.0, 0.0, -1, "", marked=False)

    def play_span(self, start_s: float, end_s: float) -> None:
        self.heard.append((start_s, end_s))


def scored(*points: int | None, rubric: Rubric = RUBRIC) -> tuple[ItemScore, ...]:
    """Return scores for the first items of a rubric."""
    return tuple(ItemScore(item.id, one) for item, one in zip(rubric.items, points, strict=False))


def rating(ident: str = "01R1", rater: str = "김평가", **more: object) -> Rating:
    """Return a submitted rating of the call."""
    made = Rating(
        id=ident,
        call="header-1",
        counsellor="C-07",
        call_at="2026-11-20T09:14:00+09:00",
        rubric=RUBRIC.id,
        rubric_version=RUBRIC.version,
        rater=rater,
        started_at=AT,
        submitted_at=AT,
        scores=scored(2, 1, 1, 3, 2),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def total(rubric: Rubric, rating: Rating) -> Total:
    """Return the plain share of points, enough to be shown."""
    given = {score.item: score.points for score in rating.scores}

    def share(skill: str) -> float | None:
        rated = [
            (given[i.id], i.points) for i in rubric.items if skill in ("", i.skill) and given.get(i.id) is not None
        ]
        most = sum(of for _, of in rated)
        return 100.0 * sum(got or 0 for got, _ in rated) / most if most else None

    skills = tuple((skill.id, share(skill.id)) for skill in rubric.skills)
    return Total(share(""), skills, tuple(item.id for item in rubric.items if item.id not in given))


@dataclass
class FakeRatings:
    """One rater's rubrics, ratings and tasks."""

    me: str = "이훈련"
    rows: list[RatingRow] = field(default_factory=list)
    shelf: list[Rubric] = field(default_factory=lambda: [RUBRIC])
    kept: list[Rating] = field(default_factory=list)
    """Every draft that was kept."""
    sent: list[str] = field(default_factory=list)
    revealed: list[str] = field(default_factory=list)
    coaching: list[CoachingTask] = field(default_factory=list)
    seen: Sequence[Observation] = OBSERVATIONS
    fault: Fault | None = None
    """Raised by the next thing that writes."""
    former: str = ""
    """Under which name this rater rated before."""

    def _may_fail(self) -> None:
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault

    def rubrics(self) -> Sequence[Rubric]:
        return self.shelf

    def rubric_faults(self) -> Sequence[str]:
        return ()

    def rubric(self, ident: str, version: int) -> Rubric:
        return next(one for one in (*self.shelf, RUBRIC) if (one.id, one.version) == (ident, version))

    def rater(self) -> str:
        return self.me

    def observations(self, call: object) -> Sequence[Observation]:
        return self.seen

    def _visible(self, row: RatingRow) -> RatingRow:
        call = row.rating.call
        done = any(one.rating.rater == self.me and one.rating.submitted_at for one in self.rows)
        own = row.rating.rater in (self.me, self.former)
        if own or done or call in self.revealed:
            return replace(row, own=own)
        empty = replace(row.rating, rater="", scores=(), faults=(), note="")
        return RatingRow(empty, Total(None, (), ()), hidden=True)

    def of_call(self, call: str) -> Sequence[RatingRow]:
        return [self._visible(row) for row in self.rows if row.rating.call == call]

    def reveal(self, call: str) -> Sequence[RatingRow]:
        self._may_fail()
        self.revealed.append(call)
        return self.of_call(call)

    def history(self, counsellor: str) -> Sequence[RatingRow]:
        found = [row for row in self.rows if row.rating.counsellor == counsellor and row.rating.submitted_at]
        return [self._visible(row) for row in found]

    def counsellors(self) -> Sequence[str]:
        return sorted({row.rating.counsellor for row in self.rows})

    def begin(self, call: object, rubric: Rubric, blind: bool = False, calibration: str = "") -> Rating:
        self._may_fail()
        facts: ReplayFacts = call.facts  # type: ignore[attr-defined]
        for row in self.rows:
            if row.rating.rater == self.me and row.rating.call == facts.header and not row.rating.submitted_at:
                return row.rating
        made = rating(
            f"01M{len(self.rows)}",
            self.me,
            call=facts.header or facts.id,
            counsellor=facts.counsellor,
            rubric=rubric.id,
            rubric_version=rubric.version,
            submitted_at="",
            scores=(),
            blind=blind,
            calibration=calibration,
        )
        self._put(made)
        return made

    def _put(self, made: Rating) -> RatingRow:
        row = RatingRow(made, total(self.rubric(made.rubric, made.rubric_version), made))
        old = next((one for one in self.rows if one.rating.id == made.id), None)
        if old is None:
            self.rows.append(row)
        else:
            row = replace(row, answers=old.answers, settlements=old.settlements)
            self.rows[self.rows.index(old)] = row
        return row

    def keep(self, rating: Rating) -> None:
        self._may_fail()
        self.kept.append(rating)
        self._put(rating)

    def drop(self, rating_id: str) -> None:
        self._may_fail()
        self.rows = [row for row in self.rows if row.rating.id != rating_id]

    def submit(self, rating: Rating) -> RatingRow:
        self._may_fail()
        if bare := groundless(self.rubric(rating.rubric, rating.rubric_version), rating):
            titles = {one.id: one.title for one in self.rubric(rating.rubric, rating.rubric_version).faults}
            raise Fault("rubric.rating_groundless", fault=titles[bare[0]])
        return self._put(replace(rating, submitted_at=AT))

    def send(self, rating_id: str) -> None:
        self._may_fail()
        self.sent.append(rating_id)
        row = next(one for one in self.rows if one.rating.id == rating_id)
        self._put(replace(row.rating, sent_at=AT))

    def settle(self, rating_id: str, accepted: bool, text: str) -> None:
        self._may_fail()
        row = next(one for one in self.rows if one.rating.id == rating_id)
        objection = open_objection(row.answers, row.settlements)
        said = Settlement(rating_id, AT, accepted, text, self.me, objection.at if objection else "")
        self.rows[self.rows.index(row)] = replace(row, settlements=(*row.settlements, said))

    def tasks(self, counsellor: str = "") -> Sequence[CoachingTask]:
        found = [one for one in self.coaching if not counsellor or one.counsellor == counsellor]
        return sorted(found, key=lambda one: (bool(one.done_at), one.due or "9999"))

    def keep_task(self, task: CoachingTask) -> None:
        self._may_fail()
        kept = replace(task, id=task.id or f"01T{len(self.coaching)}", made_at=task.made_at or AT)
        self.coaching = [one for one in self.coaching if one.id != kept.id] + [kept]


EVIDENCE = (
    Evidence(EvidenceKind.TURN, 61.0, 64.0, "5", "과태료는 4만 원입니다"),
    Evidence(EvidenceKind.OBSERVATION, 61.0, 64.0, "figure_against_entry.1", "4만 원"),
)
LETTER = Letter(
    rating(
        scores=(
            *scored(2, 1, 1, 3),
            ItemScore("figure", 0, EVIDENCE, "승용차 과태료는 4만 원이 맞으나 보호구역은 12만 원입니다."),
        ),
        faults=(),
        note="차분하게 끝까지 안내했습니다.",
        sent_at=AT,
    ),
    RUBRIC,
    (CoachingTask("01T0", "C-07", "보호구역 과태료 다시 보기", AT, "2026-12-01", "01R1", "figure", "right"),),
)


@dataclass
class FakeLetters:
    """A counsellor's letters."""

    rows: list[LetterRow] = field(default_factory=lambda: [LetterRow(LETTER, "call-1", AT, "")])
    draws: list[DrawnRow] = field(
        default_factory=lambda: [
            DrawnRow(
                "call-1",
                "2026-11-20T09:14:00+09:00",
                "3분기 점검",
                "2026-11-21T09:00:00+09:00",
                "fetched",
                "2026-12-20",
                "어린이 보호구역 과태료 문의",
            )
        ]
    )
    fault: Fault | None = None
    new_draws: int = 0

    def letters(self) -> Sequence[LetterRow]:
        return self.rows

    def drawn(self) -> Sequence[DrawnRow]:
        return self.draws

    def answer(self, rating_id: str, kind: AnswerKind, items: tuple[str, ...] = (), text: str = "") -> None:
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault
        said = Answer(rating_id, AT, kind, items, text)
        self.rows = [
            replace(row, answers=(*row.answers, said)) if row.letter.rating.id == rating_id else row
            for row in self.rows
        ]

    def opened(self, rating_id: str) -> None:
        self.rows = [replace(row, seen_at=AT) if row.letter.rating.id == rating_id else row for row in self.rows]

    def unread(self) -> int:
        return sum(not row.seen_at for row in self.rows)

    def unseen(self) -> int:
        return self.new_draws

    def saw(self) -> None:
        self.new_draws = 0

    def takes_part(self) -> bool:
        return True

    def has_any(self) -> bool:
        return bool(self.rows or self.draws)


def read_letters() -> FakeLetters:
    """Return letters that were all opened: nothing at the start tells of them."""
    made = FakeLetters()
    made.opened(LETTER.rating.id)
    return made
