"""The telephone's side of a call: every order in every state, twice, late and in odd order; nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from assist.events import ArsPathKnown, CallHeld, RecordFiled
from audio.model import Channel, Levels
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.fakes import FakeControl
from ui.call_ports import CallStanding
from ui.call_view_state import CallViewState, Phase
from ui.link_events import LinkEvents
from ui.main_window import MainWindow
from ui.orders import EARLY_END_MS, LINKS_A_MINUTE, SAME_CALL_MS, WAITS_MS, Orders
from ui.single_window import Answer

NUMBER, OTHER = "010-1234-5678", "02-987-6543"
FILED = RecordFiled(**story.at(60), records=story.RECORDS, version=1)


class Window(QObject):
    """As much of the main window as orders look at."""

    def __init__(self, control: FakeControl) -> None:
        super().__init__()
        self.state, self.ready, self.first_start_open, self.may_begin = CallViewState(), True, False, True
        self.told: list[str] = []
        self.standing: dict[str, str] = {}
        self.notices = SimpleNamespace(
            say=lambda text, _severity: self.told.append(text),
            raise_code=lambda code, _severity, _params: self.told.append(code),
            stand=self.standing.__setitem__,
        )
        self.care = SimpleNamespace(may_begin=lambda: self.may_begin, state=SimpleNamespace(resting=False, quiet=False))
        field = SimpleNamespace(show_given=lambda _number: None, show_masked=lambda _masked: None)
        missing = SimpleNamespace(text=lambda: "no model")
        self.start = SimpleNamespace(number=field, missing=missing)
        self.call = SimpleNamespace(next_sentence=SimpleNamespace(number=field), record=SimpleNamespace(unsaved=False))
        self._control = control

    def close_call(self) -> None:
        self._control.close_call()
        self.state = CallViewState()

    def begin_call(self) -> None:
        self._control.start_devices(cast("Any", None))


class Phone:
    """The telephony program, with a clock of its own."""

    def __init__(self) -> None:
        self.ms = 1_000_000
        self.control = FakeControl()
        self.window = Window(self.control)
        press = lambda: Answer(ok=True, code="press.reached")  # noqa: E731 - names one part
        window = cast("MainWindow", self.window)
        self.orders = Orders(window, lambda wish: wish(self.control), press, lambda: self.ms)

    def __call__(self, verb: str, number: str = "", path: str = "", **values: str) -> Answer:
        given = {"number": number, "ars": path, **values}
        return self.orders.obey(verb, {name: value for name, value in given.items() if value})

    def code(self, verb: str, number: str = "", path: str = "", **values: str) -> str:
        return self(verb, number, path, **values).code

    def wishes(self, name: str) -> list[tuple[object, ...]]:
        return [args for wish, args in self.control.wishes if wish == name]

    def by_hand(self, source: str = "devices") -> None:
        """A call goes on that the counsellor began."""
        self.control.stands = CallStanding("call-1", source, live=True)
        self.window.state.phase, self.window.state.call_id = Phase.LIVE, "call-1"

    def wrap_up(self) -> None:
        """A call has ended and its record is not filed."""
        self.control.stands = CallStanding("call-1", "devices")
        self.window.state.phase, self.window.call.record.unsaved = Phase.WRAP_UP, True


@pytest.fixture
def phone(qapp: object) -> Phone:
    return Phone()


def test_a_call_from_ring_to_hang_up(phone: Phone) -> None:
    assert phone.code("caller", NUMBER) == "press.number_taken"
    assert phone.code("ars", path="교통 > 주정차") == "order.ars_taken"
    assert phone("start") == Answer(ok=True, code="order.started")
    assert phone.wishes("caller_number") == [(NUMBER, "next")]
    assert phone.wishes("ars_path") == [(("교통", "주정차"),)]
    assert phone.code("hold") == "order.held"
    assert phone.code("resume") == "order.resumed"
    assert phone.code("end") == "order.ended"
    assert phone.control.names()[-4:] == ["start_devices", "set_held", "set_held", "end"]


def test_a_call_whose_devices_do_not_open_is_told_as_not_begun(phone: Phone) -> None:
    assert phone.code("start") == "order.started"
    assert phone("standing") == Answer(ok=True, code="order.opening")
    phone.window.state.levels[Channel.CALLER] = Levels(Channel.CALLER, -22.0, -12.0)
    assert phone("standing") == Answer(ok=True, code="order.started")
    phone.wrap_up()
    assert phone("standing") == Answer(ok=False, code="order.not_started")


def test_everything_may_come_twice(phone: Phone) -> None:
    assert phone.code("start", NUMBER) == "order.started"
    assert phone("start", NUMBER) == Answer(ok=True, code="order.already_started")
    assert phone("start") == Answer(ok=True, code="order.already_started")
    assert phone("resume") == Answer(ok=True, code="order.not_held")
    phone("hold")
    assert phone("hold") == Answer(ok=True, code="order.already_held")
    assert phone("end").code == "order.ended"
    assert phone("end") == Answer(ok=True, code="order.no_call")
    assert phone("hold") == phone("resume") == Answer(ok=False, code="call.none")
    assert [len(phone.wishes(name)) for name in ("start_devices", "set_held", "end")] == [1, 1, 1]


def test_connected_again_after_hold_is_the_same_call_going_on(phone: Phone) -> None:
    phone("start", NUMBER)
    phone("hold")
    phone.ms += SAME_CALL_MS * 3
    assert phone("start", "+82-10-1234-5678") == Answer(ok=True, code="order.resumed")
    assert phone.wishes("set_held") == [(True,), (False,)]


def test_a_call_begun_by_hand_is_the_telephones_too(phone: Phone) -> None:
    phone.by_hand()
    assert phone.code("start", NUMBER, "교통") == "order.already_started"
    assert phone.wishes("caller_number") == [(NUMBER,)]
    assert phone.wishes("ars_path") == [(("교통",),)]
    assert phone.wishes("start_devices") == []


def test_a_filed_record_is_put_away_for_the_next_call_and_an_unfiled_one_is_not(phone: Phone) -> None:
    phone.wrap_up()
    assert phone("start", OTHER) == Answer(ok=False, code="order.waiting")
    phone.orders.look()
    assert phone.wishes("close_call") == phone.wishes("start_devices") == []
    phone.window.call.record.unsaved = False
    phone.orders.look()
    assert (phone.wishes("close_call"), len(phone.wishes("start_devices"))) == ([()], 1)
    phone.control.stands = CallStanding("call-1", "devices")
    phone.window.state.phase = Phase.LIVE  # its end is still on its way to the window
    assert phone.code("start", NUMBER) == "order.waiting"
    phone.window.state.phase = Phase.WRAP_UP
    assert phone.code("start", NUMBER) == "order.started"


def test_a_second_line_never_replaces_the_first(phone: Phone) -> None:
    phone("start", NUMBER)
    assert phone.code("caller", OTHER) == "order.number_next"
    assert phone.code("start", OTHER) == "order.waiting"
    assert phone.code("hold", OTHER) == "order.other_call"
    assert phone.code("end") == "order.which_call"
    assert phone.wishes("end") == []
    assert phone("end", OTHER) == Answer(ok=True, code="order.waiting_ended")
    assert phone.code("end", OTHER) == "order.other_call"
    assert phone.code("end", '"김" <sip:01012345678@pbx.example;user=phone>') == "order.ended"
    assert not any("1234" in text or "6543" in text for text in phone.window.told)


def test_an_end_before_its_start_begins_nothing_for_the_same_caller_only(phone: Phone) -> None:
    assert phone("end", NUMBER) == Answer(ok=True, code="order.no_call")
    assert phone("start", NUMBER) == Answer(ok=False, code="order.ended_before")
    assert phone.window.told
    phone("end", NUMBER)
    assert phone.code("start", OTHER) == "order.started"
    phone("end", OTHER)
    phone("end", OTHER)
    phone.control.stands = CallStanding()
    phone.ms += EARLY_END_MS
    assert phone.code("start", OTHER) == "order.started"
    phone("end")
    phone.control.stands = CallStanding()
    phone("end")
    assert phone.code("start") == "order.started", "without numbers no call is lost"


def test_a_waiting_call_that_ends_or_grows_old_is_told_and_forgotten(phone: Phone) -> None:
    phone.wrap_up()
    phone("start")
    assert phone("end") == Answer(ok=True, code="order.waiting_ended")
    assert phone.window.standing == {"order": "", "order_who": ""}
    phone("start", OTHER)
    phone.ms += WAITS_MS + 1
    phone.orders.look()
    assert (phone.orders.waiting, len(phone.window.told)) == (None, 2)


def test_a_practice_call_is_not_the_telephones(phone: Phone) -> None:
    phone.by_hand("practice")
    assert phone.code("hold") == "order.practice"
    assert phone("end") == Answer(ok=True, code="order.no_call")
    assert phone.code("start", NUMBER) == "order.waiting"
    assert phone.wishes("set_held") == phone.wishes("end") == []


def test_why_no_call_begins(phone: Phone) -> None:
    phone.control.refuses = True
    assert phone("start") == Answer(ok=False, code="order.not_started")
    phone.window.ready = False
    assert phone("start") == Answer(ok=False, code="call.models_missing")
    phone.window.may_begin = False
    assert phone("start") == Answer(ok=False, code="order.resting")
    phone.window.first_start_open = True
    assert phone("start") == Answer(ok=False, code="order.first_start")


def test_hidden_numbers_and_extensions_are_nobody_to_look_up(phone: Phone) -> None:
    assert phone("caller", "anonymous") == Answer(ok=True, code="order.no_number")
    assert phone.code("start", "8301") == "order.started"
    assert phone.wishes("caller_number") == [("", "next"), ("",)]
    assert phone.code("start", "8302") == "order.waiting", "they still tell calls apart"


def test_links_do_what_a_telephone_says_and_no_more(phone: Phone) -> None:
    phone.by_hand()
    for verb in ("escalate", "mark", "raise", "dance"):
        assert phone.code(verb, via="link") == "order.link_refused"
    phone.orders.links = lambda: False
    assert phone.code("hold", via="link") == "links.off"
    phone.orders.links = lambda: True
    assert phone.control.names() == []
    for _ in range(LINKS_A_MINUTE):
        phone("hold", via="link")
    assert phone.code("resume", via="link") == "order.links_too_many"
    phone.ms += 60_001
    assert phone.code("resume", via="link") == "order.resumed"
    assert phone("end", OTHER, via="link").ok, "of a call begun by hand nobody knows the number"
    assert phone.code("hold", via="link") in phone.window.told, "what a link is refused is told"


def test_the_window_shows_the_number_masked_and_begins_what_waits(desk: Desk) -> None:
    window, control = desk.window, desk.control
    obey, notices = window.press.orders.obey, desk.window.notices
    obey("caller", {"number": NUMBER})
    assert "010-••••-5678" in window.start.number.edit.placeholderText()
    obey("start", {"ars": "교통"})
    desk.tell(story.started(), ArsPathKnown(**story.at(1), path=("교통",), category="교통"))
    assert "010-••••-5678" in window.call.next_sentence.number.edit.placeholderText()
    assert "교통" in window.bar.ars.text()
    desk.tell(CallHeld(**story.at(2), held=True))
    assert any("F2" in text for text in notices.standing)
    window.start_or_pause()
    assert (control.last("set_held"), "set_paused" in control.names()) == ((False,), False)
    desk.tell(CallHeld(**story.at(3), held=False))
    assert obey("end", {}).code == "order.ended"
    desk.tell(story.ended(), story.draft(final_one=True))
    assert obey("start", {"number": OTHER}).code == "order.waiting"
    assert any("02-•••-6543" in text for text in notices.standing)
    desk.tell(FILED)
    desk.bot.waitUntil(lambda: control.names().count("start_devices") == 2)
    assert control.names()[-3:] == ["close_call", "caller_number", "start_devices"]
    assert notices.standing == ()
    window.open_first_start()
    assert window.first_start_open


def test_a_link_that_comes_as_an_event_is_followed(qapp: QApplication) -> None:
    asked: list[tuple[str, dict[str, str]]] = []

    def obey(verb: str, values: Mapping[str, str]) -> Answer:
        asked.append((verb, dict(values)))
        return Answer(ok=True)

    watch = LinkEvents(obey, qapp)
    for text in ("doumi:call/start?ars=%EA%B5%90%ED%86%B5", "doumi:call/escalate", "https://example.org/"):
        taken = watch.eventFilter(qapp, QFileOpenEvent(QUrl(text)))
        assert taken is text.startswith("doumi:")
    assert asked == [("start", {"ars": "교통", "via": "link"})]
    watch.deleteLater()
