"""Exercises: made of a call, kept encrypted, played turn by turn, compared with the model case."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from app.call import CallPlayer
from app.errors import ExerciseFault
from app.qa.exercise import Exercise, ExerciseBook, ExerciseLine, UsedCard, decode, encode, exercise_of
from app.qa.exercise_desk import ExerciseDesk
from app.qa.exercise_player import ExercisePlayer
from app.qa.exercise_result import result_of
from app.qa.exercise_shelf import ExerciseShelf
from app.qa.exercise_voice import TraineeVoice
from assist.events import CallEnded, CardActed, DraftReady, TurnUpdated
from assist.model import CallRecord, CardAction, Draft, Turn
from assist.numbers import display
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel, Pcm
from audio.ports import Recording
from resources.notices import Fault
from tests.helpers.loaded import loaded
from tests.helpers.personal import home_in, now, open_store
from ui.call_ports import CallStanding

AGENT, CALLER = Channel.AGENT, Channel.CALLER
RECORD = CallRecord("교통", "주정차", inquiry=("불법 주정차 신고",), answer=("과태료 안내",))


def turn(index: int, speaker: Channel, start: float, end: float, text: str) -> TurnUpdated:
    return TurnUpdated(call_id="call", t_ns=int(end * 1e9), turn=Turn(index, speaker, start, end, text))


def acted(at_s: float, ident: str, action: CardAction = CardAction.USED) -> CardActed:
    return CardActed(call_id="call", t_ns=int(at_s * 1e9), article_id=ident, title=f"항목 {ident}", action=action)


CALL: tuple[CallEvent, ...] = (
    turn(0, AGENT, 0.0, 1.0, "안녕하십니까"),
    turn(1, CALLER, 1.5, 3.0, "집 앞에 세워둔 차를 신고하려고요"),
    turn(2, AGENT, 4.0, 6.0, "위치를 말씀해 주시겠습니까"),
    acted(6.5, "k1"),
    acted(6.6, "k2"),
    acted(6.7, "k2", CardAction.DISMISSED),
    turn(3, CALLER, 7.0, 9.0, "제 번호는 010-1234-5678입니다"),
    turn(4, AGENT, 9.5, 12.0, "과태료는 사만 원입니다"),
    DraftReady(call_id="call", t_ns=13_000_000_000, draft=Draft((RECORD,), ""), final=True),
    CallEnded(call_id="call", t_ns=13_000_000_000, duration_s=13.0),
)


def test_a_call_becomes_an_exercise_without_personal_data() -> None:
    made = exercise_of(loaded(CALL), "주정차 신고", "2026-11-22T10:00:00+09:00")
    assert [line.speaker for line in made.lines] == [AGENT, CALLER, AGENT, CALLER, AGENT]
    assert made.cards == (UsedCard("k1", "항목 k1", 6.5),)
    assert made.records[0].answer == ("과태료 안내",)
    assert "5678" not in encode(made)
    sent = decode(encode(made))
    assert sent == replace(made, session="", package="")
    assert made.session == "call"


def test_half_a_number_that_is_said_again_is_covered_everywhere() -> None:
    record = replace(RECORD, answer=("사오육칠번으로 연락",), follow_up="나도담 님")
    texts = ("제 이름은 나도담이고요", "공일공에 공일이삼이요", "사오육칠이요")
    events = [turn(n, CALLER, float(n), n + 0.5, text) for n, text in enumerate(texts)]
    events.append(turn(3, AGENT, 4.0, 5.0, "나 도담 님, 사오육칠 맞으시죠"))
    draft = DraftReady(call_id="call", t_ns=6 * 10**9, draft=Draft((record,), ""), final=True)
    text = encode(exercise_of(loaded((*events, draft)), "도담 나도담 님", "t"))
    assert not [word for word in ("나도담", "나 도담", "사오육칠", "공일이삼") if word in text]
    assert "맞으시죠" in text


@pytest.mark.parametrize("text", ["", "{}", '{"id":"x"}', "[" * 10_000])
def test_what_is_no_exercise_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ExerciseFault, match=r"\w"):
        decode(text)


@pytest.mark.parametrize("start", ["NaN", "-1.0", "Infinity"])
def test_times_that_no_call_has_are_refused(start: str) -> None:
    made = exercise_of(loaded(CALL), "", "2026-11-22T10:00:00+09:00")
    text = encode(replace(made, lines=(replace(made.lines[1], start=0.125), *made.lines[2:])))
    with pytest.raises(ExerciseFault):
        decode(text.replace("0.125", start))


def test_a_call_without_a_caller_is_no_exercise() -> None:
    with pytest.raises(ExerciseFault):
        exercise_of(loaded(CALL[:1]), "", "2026-11-22T10:00:00+09:00")


def test_exercises_are_kept_until_deleted(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    try:
        book = ExerciseBook(store, now)
        made = book.make(loaded(CALL), "주정차 신고")
        assert book.all() == (made,)
        assert book.get(made.id) == made
        sealed = loaded(CALL, ident="pack")
        packed = replace(sealed, facts=replace(sealed.facts, package=True))
        came = book.take(packed, encode(made))
        assert (came.id, came.title, came.session, came.package) == ("pack", "주정차 신고", "", "pack")
        book.take(packed, encode(made))
        assert len(book.all()) == 2
        book.delete(made.id)
        with pytest.raises(ExerciseFault):
            book.get(made.id)
    finally:
        store.close()
    raw = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "주정차 신고".encode() not in raw


class Played:
    """A player with quick lines, and what it told in order."""

    def __init__(self, exercise: Exercise) -> None:
        self.told: queue.SimpleQueue[TranscriptFinal] = queue.SimpleQueue()
        self.events: list[CallEvent] = []
        self.heard_from: list[tuple[float, float]] = []
        self.player = ExercisePlayer("call", exercise, self._take, display, self._say, settled_s=0.05)

    def _take(self, event: CallEvent) -> None:
        self.events.append(event)
        if isinstance(event, TranscriptFinal):
            self.told.put(event)

    def _say(self, start_s: float, end_s: float) -> None:
        self.heard_from.append((start_s, end_s))

    def next(self) -> TranscriptFinal:
        return self.told.get(timeout=30)

    def until_waiting(self) -> None:
        self.until(lambda: self.player.waiting)

    def until(self, done: Callable[[], bool]) -> None:
        beat = threading.Event()
        for _ in range(3000):
            if done():
                return
            beat.wait(0.01)
        raise AssertionError("the exercise stands still")


def quick(lines: Sequence[tuple[Channel, str]], cards: tuple[UsedCard, ...] = ()) -> Exercise:
    said = tuple(ExerciseLine(speaker, n * 0.1, n * 0.1 + 0.05, text) for n, (speaker, text) in enumerate(lines))
    return Exercise("e", "연습", "2026-11-22T10:00:00+09:00", said, 13.0, cards, (RECORD,))


ROUNDS = (
    (AGENT, "안녕하십니까"),
    (CALLER, "차를 신고하려고요"),
    (AGENT, "위치가"),
    (AGENT, "어디신가요"),
    (CALLER, "신림동이요"),
)


@pytest.fixture
def played() -> Iterator[Played]:
    made = Played(quick(ROUNDS))
    yield made
    made.player.close()


def test_the_caller_waits_for_the_trainee(played: Played) -> None:
    played.player.start()
    played.until_waiting()
    assert played.told.empty()
    played.player.go_on("안녕하세요 도우미입니다")
    assert (played.next().channel, played.next().text) == (AGENT, "차를 신고하려고요")
    played.until_waiting()
    played.player.go_on()
    assert played.next().text == "신림동이요"
    played.until_waiting()
    assert (played.player.step, played.player.steps, played.player.over) == (2, 2, False)
    played.player.go_on()
    played.until(lambda: played.player.over)
    assert len(played.heard_from) == 2
    utterances = [event.utterance for event in played.events if isinstance(event, TranscriptFinal)]
    assert len(set(utterances)) == len(utterances)


def test_the_end_of_the_trainees_speech_goes_on_by_itself(played: Played) -> None:
    played.player.start()
    played.until_waiting()
    said = TranscriptFinal(
        call_id="call",
        t_ns=0,
        utterance=1,
        channel=AGENT,
        start=0.0,
        end=0.1,
        text="안녕하세요",
        display="안녕하세요",
        confidence=0.9,
    )
    played.player.heard(said)
    assert played.next().text == "차를 신고하려고요"


def test_while_paused_nothing_goes_on_and_closing_ends_it(played: Played) -> None:
    played.player.start()
    played.until_waiting()
    played.player.set_paused(True)
    played.player.go_on()
    assert played.player.waiting
    played.player.set_paused(False)
    assert played.next().text == "차를 신고하려고요"
    played.player.close()
    played.player.go_on("늦은 말")
    assert played.told.empty()


def heard(number: int, speaker: Channel, start: float, end: float, text: str) -> TranscriptFinal:
    return TranscriptFinal(
        call_id="call",
        t_ns=int(end * 1e9),
        utterance=number,
        channel=speaker,
        start=start,
        end=end,
        text=text,
        display=text,
        confidence=1.0,
    )


class FakeSound:
    """Sound of the caller for as long as is asked."""

    def length(self, channel: Channel) -> int:
        return 16_000

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        return np.zeros(end - start, np.int16)


class FakeDesk:
    """Begins a call and makes its player, as the desk does."""

    player: CallPlayer

    def start_played(self, source: str, title: str, player_of: Callable[[str], CallPlayer]) -> str:
        self.player = player_of("call")
        return "call"

    def standing(self) -> CallStanding:
        return CallStanding()

    def end(self) -> None:
        """Nothing hangs up here."""


def test_the_callers_sound_ends_with_the_call_and_a_missing_microphone_hinders_nothing(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    with closing(open_store(home)) as store:
        book = ExerciseBook(store, now)
        made = book.make(loaded(CALL, sound_s=13.0))
        hushed, told, desk = threading.Event(), list[str](), FakeDesk()

        def no_microphone(*_: object) -> TraineeVoice:
            raise Fault("audio.no_output")

        exercises = ExerciseDesk(
            book, ExerciseShelf(book, lambda _one: True, lambda _one: "", lambda _file: made), desk,
            lambda _event: None, lambda _one: cast(Recording, FakeSound()), lambda _pcm: None, hushed.set,
            no_microphone, lambda _call: ((), ()), lambda fault: told.append(fault.code),
        )  # fmt: skip
        exercises.start(made.id, microphone=True)
        assert told == ["audio.no_output"]
        exercises.on_ended(CallEnded(call_id="another", t_ns=0, duration_s=1.0))
        assert not hushed.is_set()
        exercises.on_ended(CallEnded(call_id="call", t_ns=0, duration_s=1.0))
        assert hushed.wait(30)


def test_the_trainees_call_is_laid_beside_the_model_case() -> None:
    exercise = quick(ROUNDS, (UsedCard("k1", "항목 k1", 1.0),))
    own = (
        heard(1, AGENT, 0.5, 1.0, "반갑습니다"),
        heard(2, CALLER, 2.0, 3.0, "차를 신고하려고요"),
        heard(3, AGENT, 5.5, 7.0, "어디에 있나요"),
        acted(7.5, "k3"),
        heard(8, CALLER, 8.0, 9.0, "신림동이요"),
        CallEnded(call_id="call", t_ns=10_000_000_000, duration_s=10.0),
    )
    result = result_of(exercise, own, (replace(RECORD, answer=("신고 방법 안내",)),))
    assert [(one.caller, one.model, one.own) for one in result.turns] == [
        ("", "안녕하십니까", "반갑습니다"),
        ("차를 신고하려고요", "위치가 어디신가요", "어디에 있나요"),
        ("신림동이요", "", ""),
    ]
    assert result.turns[1].own_wait_s == pytest.approx(2.5)
    assert result.turns[2].own_wait_s is None
    assert result.cards == (("항목 k1", True, False), ("항목 k3", False, True))
    assert ("0.answer", "과태료 안내", "신고 방법 안내") in result.record
    assert (result.model_s, result.own_s) == (13.0, 10.0)


def test_an_answer_left_out_does_not_shift_the_others() -> None:
    exercise = quick(((CALLER, "하나"), (AGENT, "답 하나"), (CALLER, "둘"), (AGENT, "답 둘")))
    own = (heard(2, CALLER, 0, 1, "하나"), heard(4, CALLER, 2, 3, "둘"), heard(5, AGENT, 4, 5, "내 답"))
    result = result_of(exercise, own, ())
    assert result.turns[1].own == "내 답"
    assert result.turns[0].own == ""


def test_how_long_a_typed_answer_was_waited_for_is_not_told(played: Played) -> None:
    played.player.start()
    for words in ("안녕하세요", "어디에 있나요"):
        played.until_waiting()
        played.player.go_on(words)
        while played.next().channel is not CALLER:
            pass
    played.until_waiting()
    played.player.go_on()
    played.until(lambda: played.player.over)
    finals = [event for event in played.events if isinstance(event, TranscriptFinal)]
    found = result_of(quick(ROUNDS), finals, ()).turns[1]
    assert (found.own, found.own_wait_s) == ("어디에 있나요", None)
    assert found.model_wait_s is not None
