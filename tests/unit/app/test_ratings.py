"""Ratings on the encrypted database: what was submitted never changes, blind hides, drafts survive a crash."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from app.errors import QaFault
from app.home import DEFAULT_PROFILE, Home
from app.personal import key_place
from app.profiles import Profiles
from app.qa import codec
from app.qa.coaching import TASK
from app.qa.letters import Letters
from app.qa.post import RATING
from app.qa.rating_rows import add_settlement, hand_over
from app.qa.rating_views import NOTHING
from app.qa.ratings import RatingParts, Ratings
from app.qa.taken import value_in
from app.qa.trainer_notes import TrainerNotes
from app.settings import Settings
from app.store import Store
from app.trainer_side import open_trainer
from assist.model import CallRecord
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
    Rating,
    Rubric,
    Settlement,
    Skill,
)
from assist.review.objections import open_objection
from assist.review.rubric_file import RubricShelf
from resources.notices import Fault
from tests.helpers.personal import begin, home_in, now, open_store
from ui.qa.ports import RatingRow
from ui.replay.ports import ReplayFacts

RUBRIC = Rubric(
    "core",
    1,
    "상담 기본",
    (Skill("right", "정확", 2.0), Skill("kind", "친절", 1.0)),
    (Item("greet", "kind", "첫인사", 1.0, 2), Item("close", "kind", "끝인사", 1.0, 1, needs=("greet",)),
     Item("answer", "right", "안내", 1.0, 4)),
    (CriticalFault("wrong", "사실과 다른 안내", "right"),),
)  # fmt: skip
WHOLE = (ItemScore("greet", 2), ItemScore("close", 1), ItemScore("answer", 3))


@dataclass
class Call:
    """The part of an open call that a rating is begun with."""

    facts: ReplayFacts


def call(header: str = "h1", counsellor: str = "C-07") -> Any:
    at = "2026-11-20T09:14:00+09:00"
    return Call(ReplayFacts("pack", "통화", at, 60.0, "devices", 60.0, counsellor, header, package=True))


@dataclass
class Posted:
    """An outbox from memory, beside a store."""

    store: Callable[[], Store]
    sent: list[Letter] = field(default_factory=list)
    notes: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    fault: Fault | None = None

    @property
    def shared(self) -> list[Letter]:
        """Ratings that the other trainers are told of."""
        return [value_in(body, "letter", Letter) for kind, body in self.notes if kind == RATING]

    def send_letter(self, letter: Letter, also: Callable[[Database], object]) -> None:
        self.store().write(also)
        self.sent.append(letter)

    def share_note(self, kind: str, body: Mapping[str, Any], is_due: Callable[[Database], bool]) -> bool:
        if self.fault is not None:
            raise self.fault
        if not self.store().write(is_due):
            return False
        self.notes.append((kind, body))
        return True


class Pc:
    """A trainer's PC on which raters sit down one after another."""

    def __init__(self, folder: Path) -> None:
        self.home = home_in(folder)
        self.store = open_store(self.home)
        self.hanging: list[Store] = []
        self.me = "이훈련"
        self.post = Posted(lambda: self.store)
        self.shelf = RubricShelf((RUBRIC,), ())
        self.ratings = self._ratings(self.store)

    def _ratings(self, store: Store) -> Ratings:
        self.notes = TrainerNotes(store, lambda *note: self.post.share_note(*note))
        parts = RatingParts(
            lambda: self.me, lambda: self.shelf, lambda call: (), now, self.post, lambda: self.notes.send_left()
        )
        return Ratings(store, parts)

    def reopened(self) -> Ratings:
        """Return the ratings as a new start finds them on the disk; what ran before is left hanging."""
        self.hanging.append(self.store)
        self.store = open_store(self.home)
        self.ratings = self._ratings(self.store)
        return self.ratings

    def close(self) -> None:
        for store in (*self.hanging, self.store):
            store.close()

    def rated(self, who: str, header: str = "h1", scores: tuple[ItemScore, ...] = WHOLE, **more: Any) -> RatingRow:
        self.me = who
        begun = self.ratings.begin(call(header), RUBRIC, **more)
        return self.ratings.submit(replace(begun, scores=scores))

    def seen(self, who: str, header: str = "h1") -> list[tuple[str, bool]]:
        self.me = who
        return [(row.rating.rater, row.hidden) for row in self.ratings.of_call(header)]


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[Pc]:
    made = Pc(tmp_path)
    yield made
    made.close()


def refused(code: str) -> Any:
    return pytest.raises(Fault, match=f"^{code}$".replace(".", r"\."))


@pytest.fixture(autouse=True)
def _codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are matched by their code, not by their sentence."""
    monkeypatch.setattr(Fault, "__str__", lambda fault: fault.code)


def test_a_draft_survives_a_crash(pc: Pc) -> None:
    begun = pc.ratings.begin(call(), RUBRIC)
    open_one = (ItemScore("answer", None, (Evidence(EvidenceKind.SPAN, 1.0, 2.0),)),)
    pc.ratings.keep(replace(begun, scores=WHOLE[:1], note="천천히", pending=open_one))
    again = pc.reopened().begin(call(), RUBRIC)
    assert (again.id, again.scores, again.note, again.pending) == (begun.id, WHOLE[:1], "천천히", open_one)
    assert pc.ratings.submit(replace(again, scores=WHOLE)).rating.pending == ()
    assert pc.post.shared[0].rating.pending == ()
    assert (again.counsellor, again.call) == ("C-07", "h1")


points = st.lists(st.sampled_from(WHOLE), max_size=3, unique_by=lambda one: one.item).map(tuple)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("keep"), points, st.text(max_size=8)),
        st.tuples(st.just("submit"), points, st.text(max_size=8)),
        st.tuples(st.sampled_from(("drop", "send", "shared", "answer", "settle")), st.just(()), st.just("")),
    ),
    max_size=8,
)


@settings(max_examples=12, deadline=None)
@given(steps=steps)
def test_what_was_submitted_never_changes(steps: list[tuple[str, tuple[ItemScore, ...], str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pc = Pc(Path(folder))
        try:
            done = pc.rated("이훈련").rating
            refusals: set[str] = set()
            for kind, scores, note in steps:
                other = replace(done, scores=scores, note=note, faults=("wrong",), rater="김평가", submitted_at="")
                acts = {
                    "keep": lambda other=other: pc.ratings.keep(other),
                    "submit": lambda other=other: pc.ratings.submit(other),
                    "drop": lambda: pc.ratings.drop(done.id),
                    "send": lambda: pc.ratings.send(done.id),
                    "shared": lambda: pc.ratings.take_shared(Letter(replace(done, note="!"), RUBRIC)),
                    "answer": lambda: pc.ratings.take_answer(Answer(done.id, "t", AnswerKind.OBJECTED, (), "아닙니다")),
                    "settle": lambda: pc.ratings.settle(done.id, True, "맞습니다"),
                }
                try:
                    acts[kind]()
                except QaFault as fault:
                    refusals.add(fault.code)
                (row,) = pc.ratings.of_call("h1")
                assert replace(row.rating, sent_at="") == done
            assert refusals <= {"qa.submitted", "qa.no_objection"}
        finally:
            pc.store.close()


def test_others_are_hidden_until_one_has_rated_oneself(pc: Pc) -> None:
    pc.rated("김평가")
    assert pc.seen("이훈련") == [("", True)]
    begun = pc.ratings.begin(call(), RUBRIC, blind=True)
    (first, _) = pc.ratings.of_call("h1")
    assert (first.hidden, first.rating.scores, first.total) == (True, (), NOTHING)
    assert [row.hidden for row in pc.ratings.history("C-07")] == [True]
    assert pc.ratings.submitted() == []  # statistics could give it away too
    with refused("qa.blind_begun"):
        pc.ratings.reveal("h1")
    pc.ratings.submit(replace(begun, scores=WHOLE))
    assert pc.seen("이훈련") == [("김평가", False), ("이훈련", False)]
    assert pc.ratings.of_call("h1")[1].rating.blind
    assert len(pc.ratings.submitted()) == 2


def test_who_has_looked_can_no_longer_rate_blind(pc: Pc) -> None:
    pc.rated("김평가")
    pc.me = "이훈련"
    assert [row.hidden for row in pc.ratings.reveal("h1")] == [False]
    with refused("qa.not_blind"):
        pc.ratings.begin(call(), RUBRIC, blind=True)
    assert not pc.ratings.begin(call(), RUBRIC).blind


def test_who_sees_others_after_an_own_rating_cannot_rate_it_blind_by_another_rubric(pc: Pc) -> None:
    pc.rated("이훈련")
    other = replace(RUBRIC, id="other")
    assert pc.ratings.begin(call("h2"), other, blind=True).blind
    pc.rated("김평가")
    assert pc.seen("이훈련") == [("이훈련", False), ("김평가", False)]
    with refused("qa.not_blind"):
        pc.ratings.begin(call(), other, blind=True)
    assert not pc.ratings.begin(call(), other).blind


def test_a_settlement_made_while_a_rating_is_shared_is_shared_too(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    done = pc.rated("이훈련").rating
    pc.store.write(lambda db: db.execute("UPDATE qa_ratings SET shared = 0"))
    pc.ratings.take_answer(Answer(done.id, "t1", AnswerKind.OBJECTED, (), "아닙니다"))
    share = pc.post.share_note
    pc.post.notes.clear()

    def settled_meanwhile(*note: Any) -> bool:
        monkeypatch.setattr(pc.post, "share_note", share)
        pc.store.write(lambda db: add_settlement(db, Settlement(done.id, "t2", True, "맞습니다", "김평가", "t1")))
        return share(*note)

    monkeypatch.setattr(pc.post, "share_note", settled_meanwhile)
    assert [pc.notes.send_left() for _ in range(3)] == [0, 1, 0]
    assert [len(one.settlements) for one in pc.post.shared] == [1]


def test_a_draft_is_seen_by_nobody_else(pc: Pc) -> None:
    begun = pc.ratings.begin(call(), RUBRIC)
    pc.me = "김평가"
    assert pc.ratings.reveal("h1") == []
    for act in (pc.ratings.keep, pc.ratings.submit):
        with refused("qa.not_own"):
            act(replace(begun, scores=WHOLE))
    with refused("qa.not_own"):
        pc.ratings.drop(begun.id)


def test_who_gets_a_name_goes_on_with_his_drafts_and_stays_the_same_rater(pc: Pc) -> None:
    pc.me = "평가 담당 1a2b3c"
    done = pc.ratings.submit(replace(pc.ratings.begin(call(), RUBRIC), scores=WHOLE)).rating
    draft = pc.ratings.begin(call("h2"), RUBRIC, blind=True)
    pc.rated("김평가")
    pc.rated("김평가", "h2")
    pc.store.write(lambda db: hand_over(db, "평가 담당 1a2b3c", "이훈련"))
    pc.me = "이훈련"
    assert pc.ratings.begin(call("h2"), RUBRIC) == replace(draft, rater="이훈련")
    pc.ratings.keep(replace(draft, scores=WHOLE[:1]))
    assert pc.seen("이훈련", "h2") == [("이훈련", False), ("", True)]  # blind still
    row = pc.ratings.submit(replace(draft, scores=WHOLE))
    assert (row.rating.rater, row.own) == ("이훈련", True)
    # What was submitted stays as it was, and is his: he is no second rater of his own call.
    (first, other) = pc.ratings.of_call("h1")
    assert (first.rating, first.own) == (done, True)
    assert (other.rating.rater, other.own) == ("김평가", False)
    with refused("qa.already_rated"):
        pc.ratings.begin(call(), RUBRIC)
    pc.ratings.send(done.id)
    assert pc.ratings.of_call("h1")[0].own


def test_a_profile_that_is_named_later_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    home = Home(root=tmp_path, models=tmp_path / "models")
    with open_trainer(home, Settings) as trainer:
        unnamed, draft = trainer.ratings.rater(), trainer.ratings.begin(call(), RUBRIC)
    for name in ("이훈련", "이평가"):
        Profiles(home, key_place).rename(DEFAULT_PROFILE, name)
        with open_trainer(home, Settings) as trainer:
            assert trainer.ratings.rater() == name != unnamed
            assert trainer.ratings.begin(call(), RUBRIC) == replace(draft, rater=name)


def test_another_who_has_the_former_name_is_another_rater(pc: Pc, tmp_path: Path) -> None:
    pc.rated("김평가")
    other = Pc(tmp_path / "other")
    try:
        before, later = (other.rated("김평가", header).rating for header in ("h2", "h3"))
        pc.ratings.take_shared(other.ratings.letter(before.id))
        pc.store.write(lambda db: hand_over(db, "김평가", "이훈련"))
        pc.ratings.take_shared(other.ratings.letter(later.id))
        # Sent to the counsellor meanwhile: it stays who made it.
        other.ratings.send(before.id)
        pc.ratings.take_shared(other.ratings.letter(before.id))
    finally:
        other.close()
    assert pc.seen("이훈련") == [("김평가", False)]
    assert pc.seen("이훈련", "h2") == pc.seen("이훈련", "h3") == [("", True)]


def test_who_looked_before_he_got_a_name_has_looked(pc: Pc) -> None:
    pc.rated("김평가")
    pc.me = "평가 담당 1a2b3c"
    pc.ratings.reveal("h1")
    pc.store.write(lambda db: hand_over(db, "평가 담당 1a2b3c", "이훈련"))
    pc.me = "이훈련"
    with refused("qa.not_blind"):
        pc.ratings.begin(call(), RUBRIC, blind=True)


def test_a_calibration_hides_until_it_is_closed_and_is_no_part_of_a_history(pc: Pc) -> None:
    row = {"id": "k1", "title": "맞춤", "made_at": "t", "closed_at": "", "shared": 1, "body": "{}"}
    pc.store.write(lambda db: db.table("qa_calibrations").insert(row))
    pc.rated("김평가", calibration="k1")
    done = pc.rated("이훈련", calibration="k1").rating
    assert pc.seen("이훈련") == [("", True), ("이훈련", False)]
    assert pc.ratings.in_calibration("k1") == ()
    with refused("qa.not_sent_on"):
        pc.ratings.send(done.id)
    pc.store.write(lambda db: db.execute("UPDATE qa_calibrations SET closed_at = 't' WHERE id = 'k1'"))
    assert pc.seen("이훈련") == [("김평가", False), ("이훈련", False)]
    assert [one.rating.rater for one in pc.ratings.in_calibration("k1")] == ["김평가", "이훈련"]
    assert pc.ratings.history("C-07") == []
    pc.me = "박평가"
    with refused("qa.calibration_closed"):
        pc.ratings.begin(call(), RUBRIC, calibration="k1")


def test_a_critical_fault_is_submitted_with_its_grounds_alone(pc: Pc) -> None:
    begun = replace(pc.ratings.begin(call(), RUBRIC), scores=WHOLE, faults=("wrong",))
    said = Evidence(EvidenceKind.TURN, 1.0, 2.0, "3", "제 번호는 010-1234-5678입니다")
    for bare in ((), (ItemScore("wrong", None, note="  "),)):
        with refused("rubric.rating_groundless"):
            pc.ratings.submit(replace(begun, grounds=bare))
    with refused("qa.rating_broken"):
        pc.ratings.keep(replace(begun, grounds=(ItemScore("unknown", None, note="x"),)))
    unticked = replace(begun, faults=(), grounds=(ItemScore("wrong", None, note="듣는 중"),))
    pc.ratings.keep(unticked)
    assert pc.reopened().of_call("h1")[0].rating.grounds == unticked.grounds
    done = pc.ratings.submit(replace(begun, grounds=(ItemScore("wrong", None, (said,)),))).rating
    assert "1234" not in done.grounds[0].evidence[0].words
    pc.me = "박평가"
    assert pc.ratings.of_call("h1")[0].rating.grounds == ()  # hidden


def test_a_rating_of_an_older_program_is_still_read() -> None:
    made = codec.dump(Rating("r", "h1", "C-07", "t", "core", 1, "이훈련", "t", "t", WHOLE, ("wrong",)))
    older = re.sub(r',"grounds":\[\]', "", made)
    assert older != made
    found = codec.load(Rating, older)
    assert (found.faults, found.grounds) == (("wrong",), ())


def test_only_a_finished_rating_is_submitted(pc: Pc) -> None:
    begun = pc.ratings.begin(call(), RUBRIC)
    with refused("rubric.rating_open"):
        pc.ratings.submit(replace(begun, scores=WHOLE[:2]))
    with refused("rubric.rating_needs"):
        pc.ratings.submit(replace(begun, scores=(ItemScore("greet", 0), *WHOLE[1:])))
    row = pc.ratings.submit(replace(begun, scores=tuple(ItemScore(item.id, None) for item in RUBRIC.items)))
    assert row.total.whole is None
    assert row.rating.submitted_at
    with refused("qa.already_rated"):
        pc.ratings.begin(call(), RUBRIC)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ((ItemScore("greet", 3),), "rubric.rating_points"),
        ((ItemScore("unknown", 1),), "rubric.rating_unknown_item"),
        ((ItemScore("greet", 1, (Evidence(EvidenceKind.SPAN, 5.0, 4.0),)),), "qa.rating_broken"),
    ],
)
def test_a_draft_that_breaks_its_rubric_is_refused(pc: Pc, bad: tuple[ItemScore, ...], code: str) -> None:
    begun = pc.ratings.begin(call(), RUBRIC)
    with refused(code):
        pc.ratings.keep(replace(begun, scores=bad))
    assert pc.ratings.of_call("h1")[0].rating == begun


def test_words_of_evidence_are_kept_covered(pc: Pc) -> None:
    begun = pc.ratings.begin(call(), RUBRIC)
    said = Evidence(EvidenceKind.TURN, 1.0, 2.0, "3", "제 번호는 010-1234-5678입니다")
    pc.ratings.keep(replace(begun, scores=(ItemScore("greet", 1, (said,)),)))
    (kept,) = pc.ratings.of_call("h1")[0].rating.scores[0].evidence
    assert "1234" not in kept.words
    assert (kept.start_s, kept.end_s, kept.ref) == (1.0, 2.0, "3")


def test_a_rubric_stays_as_ratings_used_it(pc: Pc) -> None:
    pc.rated("이훈련")
    changed = replace(RUBRIC, title="다른 제목")
    pc.me = "김평가"
    with refused("qa.rubric_changed"):
        pc.ratings.begin(call(), changed)
    pc.ratings.begin(call(), replace(changed, version=2))
    assert pc.ratings.rubric("core", 1) == RUBRIC


def test_an_objection_is_settled_and_the_call_may_be_rated_again(pc: Pc) -> None:
    done = pc.rated("이훈련").rating
    pc.ratings.send(done.id)
    with refused("qa.no_objection"):
        pc.ratings.settle(done.id, True, "네")
    said = Answer(done.id, "2026-11-23T09:00:00+09:00", AnswerKind.OBJECTED, ("answer",), "안내했습니다")
    assert pc.ratings.take_answer(said)
    assert not pc.ratings.take_answer(said)
    assert not pc.ratings.take_answer(replace(said, rating="unknown"))
    with refused("qa.text_wanted"):
        pc.ratings.settle(done.id, True, "  ")
    pc.me = "박평가"  # somebody else may answer
    pc.ratings.settle(done.id, True, "다시 들어 보니 맞습니다")
    (row,) = pc.ratings.reveal("h1")
    assert row.answers == (said,)
    assert [(one.accepted, one.by) for one in row.settlements] == [(True, "박평가")]
    assert pc.post.sent[-1].settlements == row.settlements == pc.post.shared[-1].settlements
    assert pc.ratings.submitted("C-07") == []  # nor does it count before its rater has rated again
    again = pc.rated("이훈련", scores=(*WHOLE[:2], ItemScore("answer", 4))).rating
    assert [one.rating.id for one in pc.ratings.history("C-07")] == [done.id, again.id]
    assert [one.rating.id for one in pc.ratings.submitted("C-07")] == [again.id]


def test_a_rating_goes_to_the_other_trainers_and_settles_in_there(pc: Pc, tmp_path: Path) -> None:
    done = pc.rated("이훈련").rating
    other = Pc(tmp_path / "other")
    other.me = "김평가"
    (letter,) = pc.post.shared
    assert other.ratings.take_shared(letter)
    assert not other.ratings.take_shared(letter)
    assert other.seen("김평가") == [("", True)]
    assert other.ratings.reveal("h1")[0].rating == done
    with refused("rubric.rating_points"):
        other.ratings.take_shared(replace(letter, rating=replace(done, id="x", scores=(ItemScore("greet", 9),))))
    assert other.ratings.counsellors() == ("C-07",)
    other.store.close()


def test_what_could_not_be_shared_is_shared_later_and_never_goes_round(pc: Pc, tmp_path: Path) -> None:
    pc.post.fault = QaFault("qa.no_exchange")
    done = pc.rated("이훈련").rating
    assert done.submitted_at
    pc.post.fault = None
    assert pc.notes.send_left() == 1
    assert pc.notes.send_left() == 0
    other = Pc(tmp_path / "other")
    other.ratings.take_shared(pc.post.shared[0])
    assert other.notes.send_left() == 0
    pc.ratings.send(done.id)
    assert other.ratings.take_shared(pc.post.shared[-1])
    assert other.ratings.reveal("h1")[0].rating.sent_at
    assert other.notes.send_left() == 0
    other.store.close()


def test_tasks_stand_with_open_ones_first_and_go_along_with_the_letter(pc: Pc) -> None:
    done = pc.rated("이훈련").rating
    later = CoachingTask("", "C-07", "끝인사", "", "2026-12-10")
    pc.ratings.keep_task(later)
    pc.ratings.keep_task(CoachingTask("", "C-07", "과태료", "", "2026-12-01", done.id, "answer"))
    pc.ratings.keep_task(CoachingTask("", "C-08", "인사", ""))
    assert [one.text for one in pc.ratings.tasks()] == ["과태료", "끝인사", "인사"]
    first = pc.ratings.tasks("C-07")[0]
    pc.ratings.keep_task(replace(first, done_at="2026-11-30T09:00:00+09:00"))
    assert [one.text for one in pc.ratings.tasks("C-07")] == ["끝인사", "과태료"]
    assert [one.text for one in pc.ratings.letter(done.id).tasks] == ["과태료"]
    for bad, code in ((replace(later, text=" "), "text_wanted"), (replace(later, due="내일"), "no_day")):
        with refused(f"qa.{code}"):
            pc.ratings.keep_task(bad)


def test_what_cannot_be_told_of_one_rating_holds_no_other_up(pc: Pc) -> None:
    pc.post.fault = QaFault("qa.no_exchange")
    first = pc.rated("이훈련").rating
    pc.rated("이훈련", "h2")
    pc.ratings.keep_task(CoachingTask("", "C-07", "끝인사", ""))
    gone = "UPDATE qa_ratings SET body = json_set(body, '$.rubric_version', 9) WHERE rating_id = ?"
    pc.store.write(lambda db: db.execute(gone, [first.id]))
    pc.post.fault = None
    assert [pc.notes.send_left() for _ in range(2)] == [2, 0]
    assert [kind for kind, _ in pc.post.notes] == [RATING, TASK]


# -- the counsellor's desk --------------------------------------------------------------------------------------


@dataclass
class DeskSide:
    """A counsellor's desk with one call that a header went out for."""

    store: Store
    letters: Letters
    said: list[Answer]


def _saying(store: Store, said: list[Answer]) -> Callable[[Answer, Callable[[Database], bool]], None]:
    def say(answer: Answer, is_due: Callable[[Database], bool]) -> None:
        if store.write(is_due):
            said.append(answer)

    return say


@pytest.fixture
def side(tmp_path: Path) -> Iterator[DeskSide]:
    store = open_store(home_in(tmp_path))
    begin(store)
    store.write(lambda db: db.table("qa_headers").insert({"session_id": "call-1", "header_id": "h1", "made_at": "t"}))
    said: list[Answer] = []
    yield DeskSide(store, Letters(store, _saying(store, said), now), said)
    store.close()


def came(**more: Any) -> Letter:
    made = Rating("01R", "h1", "C-07", "t", "core", 1, "김평가", "t", "t", WHOLE)
    return Letter(replace(made, **more), RUBRIC)


def test_a_letter_finds_its_call_and_is_read_once(side: DeskSide) -> None:
    assert side.letters.take(came())
    assert not side.letters.take(came(sent_at="later"))
    assert side.letters.unread() == 1
    (row,) = side.letters.letters()
    assert (row.session_id, row.seen_at, row.letter.rating.scores) == ("call-1", "", WHOLE)
    side.letters.opened("01R")
    assert side.letters.unread() == 0
    side.store.delete("call-1")
    assert side.letters.letters()[0].session_id == ""


def test_a_later_letter_adds_and_never_changes_the_rating(side: DeskSide) -> None:
    side.letters.take(came())
    side.letters.opened("01R")
    task = CoachingTask("01T", "C-07", "과태료", "t", rating="01R")
    assert side.letters.take(replace(came(), tasks=(task,)))
    assert side.letters.unread() == 1
    assert side.letters.letters()[0].letter.tasks == (task,)
    for bad in (came(note="바뀜"), came(submitted_at=""), replace(came(), rubric=replace(RUBRIC, skills=()))):
        with pytest.raises(Fault):
            side.letters.take(bad)
    assert side.letters.letters()[0].letter.rating == came().rating


def test_words_of_a_call_go_with_the_call_and_the_rating_stays(side: DeskSide) -> None:
    place = Evidence(EvidenceKind.TURN, 1.0, 2.0, "3", "과태료는 4만 원입니다")
    letter = came(scores=(ItemScore("greet", 2, (place,), "좋음"), *WHOLE[1:]))
    side.letters.take(letter)
    assert side.letters.forget() == 0
    side.store.delete("call-1")
    assert side.letters.forget() == 1
    (score, *_) = side.letters.letters()[0].letter.rating.scores
    assert score == ItemScore("greet", 2, (replace(place, words=""),), "좋음")
    assert side.letters.forget() == 0
    assert not side.letters.take(letter)  # the same letter again brings no words back
    side.letters.take(replace(letter, rating=replace(letter.rating, id="02R")))
    assert side.letters.forget() == 0  # nor does another about a call that is gone


def test_the_counsellor_acknowledges_and_objects(side: DeskSide) -> None:
    side.letters.take(came())
    with refused("qa.no_letter"):
        side.letters.answer("other", AnswerKind.SEEN)
    side.letters.answer("01R", AnswerKind.SEEN)
    side.letters.answer("01R", AnswerKind.SEEN)
    with refused("qa.text_wanted"):
        side.letters.answer("01R", AnswerKind.OBJECTED, ("answer",))
    with refused("qa.rating_broken"):
        side.letters.answer("01R", AnswerKind.OBJECTED, ("unknown",), "글")
    side.letters.answer("01R", AnswerKind.OBJECTED, ("answer",), " 보호구역은 물으셨습니다 ")
    side.letters.answer("01R", AnswerKind.OBJECTED, ("answer",), "보호구역은 물으셨습니다")  # pressed again: said once
    for items, text in (((), "또"), ((), "보호구역은 물으셨습니다")):
        with refused("qa.objection_open"):
            side.letters.answer("01R", AnswerKind.OBJECTED, items, text)
    (row,) = side.letters.letters()
    assert [(one.kind, one.items, one.text) for one in row.answers] == [
        (AnswerKind.SEEN, (), ""),
        (AnswerKind.OBJECTED, ("answer",), "보호구역은 물으셨습니다"),
    ]
    assert tuple(side.said) == row.answers


def test_an_objection_may_name_a_critical_fault_that_was_set(side: DeskSide) -> None:
    fault = RUBRIC.faults[0].id
    side.letters.take(came(faults=(fault,), grounds=(ItemScore(fault, None, note="근거"),)))
    side.letters.take(came(id="02R"))
    side.letters.answer("01R", AnswerKind.OBJECTED, (fault,), "아닙니다")
    with refused("qa.rating_broken"):
        side.letters.answer("02R", AnswerKind.OBJECTED, (fault,), "아닙니다")
    assert [one.items for one in side.said] == [(fault,)]


def test_a_rating_that_counts_no_longer_is_not_objected_to_again(side: DeskSide) -> None:
    side.letters.take(came())
    side.letters.answer("01R", AnswerKind.OBJECTED, (), "아닙니다")
    (said,) = side.said
    side.letters.take(replace(came(), settlements=(Settlement("01R", "t2", True, "맞습니다", "김평가", said.at),)))
    with refused("qa.objection_done"):
        side.letters.answer("01R", AnswerKind.OBJECTED, (), "또")
    assert side.said == [said]


def test_drawn_calls_are_told(side: DeskSide) -> None:
    row = {"header_id": "h1", "session_id": "call-1", "plan_id": "p1", "drawn_at": "t", "until": "u", "state": "sealed"}
    side.store.write(lambda db: db.table("qa_drawn").insert(row))
    (drawn,) = side.letters.drawn()
    assert (drawn.session_id, drawn.plan, drawn.state, drawn.until) == ("call-1", "p1", "sealed", "u")
    assert drawn.started_at


def test_two_answers_to_one_objection_answer_no_later_one() -> None:
    first, later = (Answer("r", at, AnswerKind.OBJECTED, (), "아닙니다") for at in ("t1", "t3"))
    twice = (Settlement("r", "t2", False, "가", "갑", "t1"), Settlement("r", "t2", False, "나", "을", "t1"))
    assert open_objection((first,), twice) is None
    assert open_objection((first, later), twice) == later
    assert open_objection((first, later), (*twice, Settlement("r", "t4", False, "다", "갑", "t3"))) is None
    assert open_objection((first, later), (Settlement("r", "t2", True, "다", "갑", "t1"),)) is None  # it came too late


def test_drawn_calls_name_their_first_inquiry_covered_and_are_new_until_looked_at(side: DeskSide) -> None:
    record = CallRecord("교통", inquiry=("010-1234-5678로 회신 요청", "둘째 줄"))
    side.store.save_draft("call-1", (record,))
    drawn = {"header_id": "h1", "session_id": "call-1", "plan_id": "P", "title": "3분기", "drawn_at": "t"}
    side.store.write(lambda db: db.table("qa_drawn").insert({**drawn, "until": "2026-12-01", "state": "drawn"}))
    assert side.letters.unseen() == 1
    (row,) = side.letters.drawn()
    assert (row.plan, "회신 요청" in row.inquiry, "5678" in row.inquiry) == ("3분기", True, False)
    side.letters.saw()
    assert side.letters.unseen() == 0
    assert side.letters.has_any()
    side.store.delete("call-1")
    assert side.letters.drawn()[0].inquiry == ""


def test_letters_stay_to_be_read_where_the_desk_no_longer_takes_part(side: DeskSide) -> None:
    alone = Letters(side.store, _saying(side.store, side.said), now, lambda: False)
    assert (alone.takes_part(), alone.has_any()) == (False, False)
    alone.take(came())
    assert alone.has_any()
    assert Letters(side.store, _saying(side.store, side.said), now, lambda: False).has_any()
