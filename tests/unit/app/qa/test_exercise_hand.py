"""An exercise handed over: its covered texts and the caller's sound, nothing else; and it opens as an exercise only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import ExerciseFault
from app.qa.exercise import ExerciseBook, encode
from app.qa.exercise_hand import ExerciseTaking, to_hand_over
from app.qa.package import PackageKind, Terms
from app.qa.package_open import LOOKED, OPENED, REFUSED
from app.qa.package_rows import packages
from app.qa.package_zip import read_layout
from assist.events import DraftReady, NumberHeard
from assist.model import CallRecord, Draft, HeardNumber
from audio.events import CallEvent
from audio.model import Channel
from tests.helpers.packages import UNTIL, PackageDesk
from tests.helpers.personal import final, turn

SAID = (
    (Channel.AGENT, "다산콜입니다 무엇을 도와드릴까요"),
    (Channel.CALLER, "제 이름은 나도담이고요 번호는 010-9876-5432입니다"),
    (Channel.AGENT, "나도담 님 과태료는 사만 원입니다"),
    (Channel.CALLER, "주민번호는 900101-1234567이고 이메일은 dodam@example.kr이에요"),
)
CANARIES = ("나도담", "9876", "5432", "900101", "1234567", "dodam", "call-1", "C-07", "head-1")
NUMBER = HeardNumber(1, "phone", "010-9876-5432", Channel.CALLER, 1, 3.0, 4.0, confident=True)


def call_with_canaries() -> list[CallEvent]:
    events: list[CallEvent] = []
    for n, (side, text) in enumerate(SAID):
        events += [final(2 * n + 1, "call-1", text), turn(2 * n + 2, text, "call-1", side, n)]
    events.append(NumberHeard(call_id="call-1", seq=19, t_ns=13 * 10**9, number=NUMBER))
    record = CallRecord(
        "교통", "주정차", inquiry=("나도담 님 신고",), answer=("과태료 안내",), follow_up="010-9876-5432"
    )
    events.append(DraftReady(call_id="call-1", seq=20, t_ns=14 * 10**9, draft=Draft((record,), ""), final=True))
    return events


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PackageDesk]:
    made = PackageDesk(tmp_path)
    made.save(events=call_with_canaries())
    yield made
    made.close()


def handed(desk: PackageDesk, file: Path) -> Path:
    call = desk.load()
    exercise = ExerciseBook(desk.store, desk.now).make(call, "나도담 님 주정차")
    terms = Terms("신입 교육", UNTIL, kind=PackageKind.EXERCISE, extra=encode(exercise))
    desk.make(file, terms, call=to_hand_over(call, exercise))
    desk.logged.clear()
    return file


def taking(desk: PackageDesk, book: ExerciseBook) -> ExerciseTaking:
    return ExerciseTaking(desk.home.packages, desk.store, desk.opener(), book, desk.now)


def test_inside_the_opened_package_nothing_personal_is_written(desk: PackageDesk, tmp_path: Path) -> None:
    file = handed(desk, tmp_path / "a.doumi")
    plain = desk.box.open_any(read_layout(file).sealed_bytes(), [desk.identity])
    assert plain is not None
    text = plain.decode()
    assert [word for word in CANARIES if word in text] == []
    assert "과태료는 사만 원입니다" in text
    call = desk.opener().open(file, practising=True)
    assert (call.stored, call.versions) == ((), ())
    assert call.sound is not None
    assert call.sound.length(Channel.AGENT) == 0
    assert call.sound.length(Channel.CALLER) > 0
    assert call.sound.read(Channel.CALLER, 16_000, 32_000).any()


def test_it_is_refused_as_a_call_and_the_refusal_is_logged(desk: PackageDesk, tmp_path: Path) -> None:
    file = handed(desk, tmp_path / "a.doumi")
    assert desk.refusal(file) == "package.is_exercise"
    assert [(action, note) for action, _, note in desk.logged] == [(REFUSED, "package.is_exercise")]


def test_taken_in_it_stands_in_the_list_with_its_sound(desk: PackageDesk, tmp_path: Path) -> None:
    file = handed(desk, tmp_path / "a.doumi")
    book = ExerciseBook(desk.store, desk.now)
    (made,) = book.all()
    taken = taking(desk, book).take(file)
    assert [action for action, _, _ in desk.logged] == [LOOKED, OPENED]
    assert taken in book.all()
    assert (taken.title, taken.lines, taken.records) == (made.title, made.lines, made.records)
    assert (taken.session, taken.sound_s > 0) == ("", True)
    (kept,) = desk.store.read(packages)
    assert (kept.package_id, kept.kind) == (taken.package, "exercise")
    assert (desk.home.packages / kept.file).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("kind", list(PackageKind))
def test_what_is_no_exercise_is_not_kept(desk: PackageDesk, tmp_path: Path, kind: PackageKind) -> None:
    desk.make(tmp_path / "a.doumi", Terms("신입 교육", UNTIL, kind=kind, extra="{}"))
    book = ExerciseBook(desk.store, desk.now)
    with pytest.raises(ExerciseFault):
        taking(desk, book).take(tmp_path / "a.doumi")
    assert not book.all()
    assert not desk.store.read(packages)
