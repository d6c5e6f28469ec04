"""The buttons of the line through the real bus, with real commands and a real telephone system."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from app.adapters import line_command, line_url
from app.bus import EventBus
from app.ending import EndingCall, Endings
from app.errors import LineFault
from app.line import Line
from app.settings import LineActionSettings, LineSettings
from assist.events import (
    CallEnded,
    CrisisSeen,
    EndingMoved,
    EscalationRaised,
    LadderMoved,
    LineActed,
    NoticeRaised,
    WarningGiven,
)
from assist.model import (
    CrisisFinding,
    CrisisKind,
    Delivery,
    EndingStage,
    EscalationReason,
    LadderState,
    LineAction,
    LineMeans,
    Script,
)
from assist.protect.scripts import Step, shipped
from assist.settings import AssistSettings
from audio.events import CallEvent
from tests.helpers.line import line_system

NOTICE, TRANSFER, END = LineAction.NOTICE, LineAction.TRANSFER, LineAction.END
FINE = LineActionSettings(command=(sys.executable, "-c", "pass"), timeout_s=60)
FAILS = LineActionSettings(command=(sys.executable, "-c", "raise SystemExit(3)"), timeout_s=60)
STUCK = (sys.executable, "-c", "import time; time.sleep(600)")
E = TypeVar("E", bound=CallEvent)


class Tools:
    """The real command and address; a device that is told what to play."""

    def __init__(self) -> None:
        self.played: list[tuple[str, Path]] = []
        self.hold: threading.Event | None = None

    def command(self, arguments: Sequence[str], timeout_s: float) -> None:
        line_command.run(arguments, timeout_s)
        if self.hold is not None:
            assert self.hold.wait(60)

    def url(self, address: str, key: str, body: dict[str, str], timeout_s: float, ca_file: Path | None) -> None:
        line_url.post(address, key, body, timeout_s, ca_file)

    def device(self, name: str, sound: Path) -> None:
        if name == "gone":
            raise LineFault("line.stage_failed")
        self.played.append((name, sound))


class Phone:
    """A call whose line can be acted on."""

    def __init__(self, settings: LineSettings, practice: bool = False, situation: str = "profanity") -> None:
        self.bus, self.tools, self.now_s = EventBus(), Tools(), 60.0
        self.events: list[CallEvent] = []
        self.hung_up = 0
        self.pressed_s = 0.0
        self._news = threading.Condition()
        self.bus.subscribe(CallEvent, self._hear)
        self.endings = Endings(self.bus, Line(lambda: settings, self.tools), lambda: self.pressed_s)
        self.endings.begin(
            EndingCall("C1", practice, self.now_ns, shipped(), AssistSettings(), self._said, self._hang_up)
        )
        if situation:
            self.bus.publish(LadderMoved(call_id="C1", t_ns=0, state=LadderState(situation=situation)))

    def now_ns(self) -> int:
        return int(self.now_s * 1e9)

    def press(self, action: LineAction) -> None:
        self.pressed_s += 10
        self.endings.act(action)

    def of(self, kind: type[E]) -> list[E]:
        with self._news:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, true: Callable[[], Any]) -> None:
        with self._news:
            assert self._news.wait_for(true, 60), [type(event).__name__ for event in self.events]

    def stage(self, stage: EndingStage, by_person: bool = False) -> EndingMoved:
        def there() -> bool:
            moved = [event for event in self.events if isinstance(event, EndingMoved)]
            return bool(moved) and (moved[-1].state.stage, moved[-1].state.by_person) == (stage, by_person)

        self.wait(there)
        return self.of(EndingMoved)[-1]

    def settled(self) -> None:
        """Wait until everything handed over so far was taken."""
        done = threading.Event()
        self.endings._jobs.put(done.set)
        assert done.wait(60)

    def _hear(self, event: CallEvent) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def _said(self, script: Script) -> None:
        self.bus.publish(WarningGiven(call_id="C1", t_ns=self.now_ns(), script=script, count=0))

    def _hang_up(self) -> None:
        self.hung_up += 1
        self.bus.publish(CallEnded(call_id="C1", t_ns=self.now_ns(), duration_s=self.now_s))


@pytest.fixture
def ring() -> Iterator[Callable[..., Phone]]:
    phones: list[Phone] = []

    def made(settings: LineSettings | None = None, **values: Any) -> Phone:
        phones.append(Phone(settings or LineSettings(), **values))
        return phones[-1]

    yield made
    for phone in phones:
        phone.endings.close()


def acted(phone: Phone) -> list[tuple[LineAction, LineMeans, bool]]:
    return [(event.action, event.means, event.ok) for event in phone.of(LineActed)]


def test_without_any_setting_the_desk_shows_what_to_say_and_records_the_confirmation(
    ring: Callable[..., Phone],
) -> None:
    phone = ring(LineSettings(transfer_number="8300"))
    phone.press(TRANSFER)
    asked = phone.stage(EndingStage.NOTICE, by_person=True).state
    assert asked.script == shipped().situation("profanity").line(Step.FINAL)
    assert (asked.number, asked.may_end, asked.then) == ("8300", False, TRANSFER)
    phone.endings.confirm(NOTICE)
    asked = phone.stage(EndingStage.ACTING, by_person=True).state
    assert (asked.action, asked.number, asked.may_end) == (TRANSFER, "8300", True)
    phone.endings.confirm(TRANSFER)
    phone.stage(EndingStage.DONE)
    phone.endings.confirm(TRANSFER)
    phone.settled()
    assert acted(phone) == [(NOTICE, LineMeans.PERSON, True), (TRANSFER, LineMeans.PERSON, True)]
    assert [event.script.is_final for event in phone.of(WarningGiven)] == [True]
    assert phone.of(NoticeRaised) == []
    assert phone.hung_up == 0


def test_the_end_is_recorded_before_the_call_ends_in_the_desk(ring: Callable[..., Phone]) -> None:
    phone = ring(LineSettings(notice=FINE, end=FINE))
    phone.press(END)
    phone.stage(EndingStage.DONE)
    phone.wait(lambda: any(isinstance(event, CallEnded) for event in phone.events))
    names = [type(event).__name__ for event in phone.events if not isinstance(event, EndingMoved | LadderMoved)]
    assert names == ["LineActed", "WarningGiven", "LineActed", "CallEnded"]
    assert acted(phone) == [(NOTICE, LineMeans.COMMAND, True), (END, LineMeans.COMMAND, True)]
    told = phone.of(LineActed)[0]
    assert told.script is not None
    assert told.script.is_final
    assert phone.hung_up == 1


def test_the_one_press_tells_the_reason_once_and_then_asks(ring: Callable[..., Phone]) -> None:
    phone = ring(LineSettings(notice=FINE, end=FINE))
    phone.endings.escalated("sexual_remark")
    phone.pressed_s += 0.5
    phone.endings.escalated("sexual_remark")
    phone.stage(EndingStage.TOLD)
    phone.pressed_s += 30
    phone.endings.escalated("sexual_remark")
    phone.settled()
    assert acted(phone) == [(NOTICE, LineMeans.COMMAND, True)]
    assert phone.of(LineActed)[0].script == shipped().notice_line("sexual_remark", 900, 1200, False)
    assert phone.hung_up == 0


def test_the_site_lets_the_hand_over_follow_the_notice(ring: Callable[..., Phone]) -> None:
    with line_system() as system:
        post = LineActionSettings(url=f"{system.address}/line", timeout_s=60)
        phone = ring(LineSettings(notice=FINE, transfer=post, transfer_number="8300", end_after_notice="transfer"))
        phone.bus.publish(
            EscalationRaised(
                call_id="C1", t_ns=0, pack_id="P1", reason=EscalationReason("profanity"), delivery=Delivery.WAITING
            )
        )
        phone.endings.escalated("profanity")
        phone.stage(EndingStage.DONE)
        (asked,) = system.asked
    assert asked.body == {
        "action": "transfer",
        "call_id": "C1",
        "number": "8300",
        "text": shipped().notice_line("profanity", 900, 1200, False).text,
        "incident": "P1",
    }
    assert asked.headers["Idempotency-Key"] == "C1.transfer.2"


def test_what_the_line_does_not_do_the_counsellor_does(ring: Callable[..., Phone]) -> None:
    phone = ring(LineSettings(notice=FAILS, end=FAILS))
    phone.press(END)
    asked = phone.stage(EndingStage.NOTICE, by_person=True).state
    assert asked.code == "line.command_failed"
    assert asked.script is not None
    assert phone.of(WarningGiven) == []
    phone.endings.confirm(NOTICE)
    phone.wait(lambda: len([e for e in phone.events if isinstance(e, LineActed)]) == 3)
    phone.stage(EndingStage.ACTING, by_person=True)
    assert phone.hung_up == 0
    phone.endings.confirm(END)
    phone.stage(EndingStage.DONE)
    phone.settled()
    assert acted(phone) == [
        (NOTICE, LineMeans.COMMAND, False),
        (NOTICE, LineMeans.PERSON, True),
        (END, LineMeans.COMMAND, False),
        (END, LineMeans.PERSON, True),
    ]
    assert [event.code for event in phone.of(NoticeRaised)] == ["line.command_failed"] * 2
    assert phone.hung_up == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (LineActionSettings(command=("doumi-no-such-program",)), "line.command_missing"),
        (LineActionSettings(command=STUCK, timeout_s=0.2), "line.timeout"),
        (LineActionSettings(url="http://127.0.0.1:9/"), "line.url_unreachable"),
    ],
)
def test_each_failure_is_told_in_a_sentence_and_nothing_is_ended(
    ring: Callable[..., Phone], wrong: LineActionSettings, code: str
) -> None:
    phone = ring(LineSettings(notice=wrong))
    phone.press(NOTICE)
    phone.stage(EndingStage.NOTICE, by_person=True)
    assert [event.code for event in phone.of(NoticeRaised)] == [code]
    (one,) = phone.of(LineActed)
    assert (one.ok, one.code) == (False, code)
    assert phone.hung_up == 0


def test_a_refused_address_and_a_gone_device_too(ring: Callable[..., Phone], tmp_path: Path) -> None:
    with line_system() as system:
        system.answers = ["302"]
        phone = ring(LineSettings(notice=LineActionSettings(url=f"{system.address}/n", timeout_s=60)))
        phone.press(NOTICE)
        phone.stage(EndingStage.NOTICE, by_person=True)
        assert phone.of(LineActed)[0].code == "line.url_refused"
    phone = ring(LineSettings(notice_device="gone", notice_sound=tmp_path / "n.wav"))
    phone.press(NOTICE)
    phone.stage(EndingStage.NOTICE, by_person=True)
    assert acted(phone) == [(NOTICE, LineMeans.DEVICE, False)]


def test_a_device_plays_the_notice(ring: Callable[..., Phone], tmp_path: Path) -> None:
    phone = ring(LineSettings(notice_device="phone", notice_sound=tmp_path / "n.wav"))
    phone.press(NOTICE)
    phone.stage(EndingStage.TOLD)
    assert phone.tools.played == [("phone", tmp_path / "n.wav")]
    assert acted(phone) == [(NOTICE, LineMeans.DEVICE, True)]


def test_a_practice_call_acts_on_nothing(ring: Callable[..., Phone], tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    touch = LineActionSettings(command=(sys.executable, "-c", f"open({str(trace)!r}, 'w')"))
    phone = ring(LineSettings(notice=touch, transfer=touch, end=touch), practice=True)
    phone.press(END)
    phone.stage(EndingStage.NOTICE, by_person=True)
    phone.endings.confirm(NOTICE)
    phone.stage(EndingStage.ACTING, by_person=True)
    phone.endings.confirm(END)
    phone.stage(EndingStage.DONE)
    assert not trace.exists()
    assert {means for _, means, _ in acted(phone)} == {LineMeans.PERSON}


def test_pressed_while_the_line_hangs_nothing_starts_twice_and_hang_up_ends_the_wish(
    ring: Callable[..., Phone],
) -> None:
    phone = ring(LineSettings(notice=FINE, end=FINE))
    phone.tools.hold = threading.Event()
    phone.press(NOTICE)
    phone.stage(EndingStage.NOTICE)
    phone.press(NOTICE)
    phone.press(END)
    phone.settled()
    assert phone.of(EndingMoved)[-1].state.then is END
    phone.bus.publish(CallEnded(call_id="C1", t_ns=phone.now_ns(), duration_s=61.0))
    phone.settled()
    phone.tools.hold.set()
    phone.wait(lambda: any(isinstance(event, LineActed) for event in phone.events))
    phone.settled()
    # The notice was heard and is recorded; the end is not begun on a call that is over.
    assert acted(phone) == [(NOTICE, LineMeans.COMMAND, True)]
    assert phone.hung_up == 0


def test_a_press_after_hang_up_does_nothing_and_says_so(ring: Callable[..., Phone]) -> None:
    phone = ring(LineSettings(notice=FINE, end=FINE))
    phone.bus.publish(CallEnded(call_id="C1", t_ns=phone.now_ns(), duration_s=61.0))
    phone.press(END)
    phone.endings.confirm(NOTICE)
    phone.endings.escalated("profanity")
    phone.settled()
    assert [event.code for event in phone.of(NoticeRaised)] == ["line.call_over", "line.nothing_to_confirm"]
    assert acted(phone) == []


def test_a_final_notice_said_by_hand_opens_the_way(ring: Callable[..., Phone]) -> None:
    phone = ring()
    final = shipped().notice_line("insult", 900, 1200, False)
    phone.bus.publish(WarningGiven(call_id="C1", t_ns=0, script=final, count=1))
    phone.stage(EndingStage.TOLD)
    phone.press(END)
    phone.stage(EndingStage.ACTING, by_person=True)
    # In the middle of being asked for the notice, saying it on the ladder confirms it.
    other = ring()
    other.press(TRANSFER)
    other.stage(EndingStage.NOTICE, by_person=True)
    other.bus.publish(WarningGiven(call_id="C1", t_ns=0, script=final, count=1))
    other.stage(EndingStage.ACTING, by_person=True)
    assert acted(other) == [(NOTICE, LineMeans.PERSON, True)]


def test_insisting_is_not_ended_before_the_time_the_site_set(ring: Callable[..., Phone]) -> None:
    phone = ring(situation="repetition")
    phone.press(END)
    phone.settled()
    assert [event.code for event in phone.of(NoticeRaised)] == ["line.end_too_early"]
    phone.press(TRANSFER)
    assert phone.stage(EndingStage.NOTICE, by_person=True).state.script == shipped().notice_line(
        "repetition", 900, 1200, False
    )
    late = ring(situation="repetition")
    late.now_s = 1201.0
    late.press(END)
    script = late.stage(EndingStage.NOTICE, by_person=True).state.script
    assert script is not None
    assert script.id == "repetition.final"


def test_a_late_answer_of_the_last_call_does_not_touch_the_next(ring: Callable[..., Phone]) -> None:
    phone = ring(LineSettings(notice=FINE))
    phone.tools.hold = threading.Event()
    phone.press(NOTICE)
    phone.stage(EndingStage.NOTICE)
    phone.endings.begin(EndingCall("C2", False, phone.now_ns, shipped(), AssistSettings(), phone._said, phone._hang_up))
    phone.settled()
    phone.tools.hold.set()
    phone.wait(lambda: any(isinstance(event, LineActed) for event in phone.events))
    phone.settled()
    assert {event.call_id for event in phone.of(EndingMoved)} == {"C1"}
    phone.press(END)
    phone.wait(lambda: any(isinstance(e, NoticeRaised) for e in phone.events))
    assert phone.of(NoticeRaised)[0].call_id == "C2"


def test_nobody_in_danger_is_told_that_the_call_ends_by_the_one_press(ring: Callable[..., Phone]) -> None:
    phone = ring(LineSettings(notice=FINE))
    finding = CrisisFinding(CrisisKind.SUICIDE, 3, (), (), ())
    phone.bus.publish(CrisisSeen(call_id="C1", t_ns=0, turn=1, finding=finding))
    phone.endings.escalated("profanity")
    phone.settled()
    assert [event.code for event in phone.of(NoticeRaised)] == ["line.person_in_danger"]
    assert phone.of(EndingMoved) == []
    phone.press(NOTICE)
    phone.stage(EndingStage.TOLD)


def test_the_means_are_chosen_as_the_settings_say() -> None:
    both = LineActionSettings(command=("x",), url="https://pbx.example/")
    settings = LineSettings(notice=both, transfer=LineActionSettings(url="https://pbx.example/"), notice_device="d")
    line = Line(lambda: settings, Tools(), time.monotonic)
    assert [line.means(action) for action in LineAction] == [LineMeans.COMMAND, LineMeans.URL, LineMeans.PERSON]
    without_sound = Line(lambda: LineSettings(notice_device="d"), Tools())
    assert without_sound.means(NOTICE) is LineMeans.PERSON
