"""The one press and all around it: ladder, steps after it, strip, system-wide key, orders, the caller's number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from assist.events import BehaviourSeen, CallerKnown, EndingMoved, LadderMoved, LineActed
from assist.model import (
    BehaviourKind,
    CallerClass,
    EndingStage,
    EndingState,
    LadderState,
    LadderWhy,
    LineAction,
    LineMeans,
    ManagedCaller,
    Script,
)
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.fakes import FakeKey
from ui.call_ports import CallStanding
from ui.call_view_state import CallViewState
from ui.single_window import MAX_BYTES, Answer, DeskSocket
from ui.text_block import Passage

FINAL = Script("profanity.final", "profanity", "욕설이 이어져 상담을 종료합니다.", is_final=True)


def shown(widget: QWidget) -> list[str]:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return labels + [one.accessibleName() for one in widget.findChildren(Passage) if one.isVisible()]


def ladder(**facts: object) -> LadderMoved:
    return LadderMoved(**story.at(32), state=LadderState(**facts))  # type: ignore[arg-type]


def ending(**facts: object) -> EndingMoved:
    return EndingMoved(**story.at(33), state=EndingState(**facts))  # type: ignore[arg-type]


def test_a_press_is_confirmed_at_once_and_two_are_one(desk: Desk) -> None:
    desk.live()
    assert desk.window.press.press().ok
    assert desk.window.call.escalation.result.text() != ""
    assert desk.window.press.press().ok
    assert desk.control.names().count("escalate") == 1
    desk.tell(story.handed_over())
    assert "09:14:32" in desk.window.call.escalation.result.text()
    assert desk.window.press.press() == Answer(ok=True, code="press.already")
    assert desk.control.names().count("escalate") == 1


def test_a_press_without_a_call_says_so(desk: Desk) -> None:
    QTest.keyPress(desk.window, Qt.Key.Key_F12)
    assert desk.window.notices.shown
    assert "escalate" not in desk.control.names()


def test_a_press_after_the_call_is_taken_and_says_so(desk: Desk) -> None:
    desk.wrap_up()
    assert desk.window.press.press().ok
    assert desk.control.names().count("escalate") == 1


def test_the_next_line_stays_in_view_in_a_crisis(desk: Desk) -> None:
    desk.live()
    desk.tell(story.abuse(), ladder(next=FINAL, why=LadderWhy.WARNINGS_USED, warnings_given=1), story.crisis())
    pane = desk.window.call.next_sentence
    assert pane.ladder.isVisible()
    assert not pane.area.isAncestorOf(pane.ladder)
    assert FINAL.text in shown(pane)
    QTest.keyClick(desk.window, Qt.Key.Key_F10)
    assert desk.control.last("warning_given") == (FINAL,)


def test_hard_behaviour_is_answered_quietly(desk: Desk) -> None:
    answer = Script("repeat.plea", "repeat", "같은 안내를 다시 드리겠습니다.")
    desk.live()
    desk.tell(
        BehaviourSeen(**story.at(31), kinds=(BehaviourKind.REPETITION,), turns=(3, 5), script=answer),
        ladder(situation="repeat", next=answer, why=LadderWhy.ANSWER),
    )
    box = desk.window.call.next_sentence.ladder
    assert answer.text in shown(box)
    assert box.objectName() == "demand"
    assert box.count.text() == ""


def test_after_the_press_each_step_takes_the_place_of_the_last(desk: Desk) -> None:
    desk.live()
    desk.tell(story.abuse(), story.handed_over())
    pane = desk.window.call.next_sentence
    desk.tell(ending(stage=EndingStage.NOTICE, by_person=True, script=FINAL))
    assert pane.ending.isVisible()
    assert not pane.ladder.isVisible()
    desk.bot.waitUntil(lambda: FINAL.text in shown(pane.ending))
    QTest.keyClick(desk.window, Qt.Key.Key_F10)
    QTest.keyClick(desk.window, Qt.Key.Key_F10)
    assert [args for name, args in desk.control.wishes if name == "confirm_line"] == [(LineAction.NOTICE,)]
    desk.tell(ending(stage=EndingStage.TOLD, may_end=True, script=FINAL))
    QTest.keyClick(desk.window, Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    assert desk.control.last("act_on_line") == (LineAction.END,)
    desk.tell(ending(stage=EndingStage.ACTING, action=LineAction.TRANSFER, by_person=True, number="02-000-0120"))
    desk.bot.waitUntil(lambda: "02-000-0120" in shown(pane.ending))
    QTest.keyClick(desk.window, Qt.Key.Key_F10)
    assert desk.control.last("confirm_line") == (LineAction.TRANSFER,)
    desk.tell(
        LineActed(**story.at(34), action=LineAction.TRANSFER, means=LineMeans.PERSON, ok=True),
        ending(stage=EndingStage.DONE, action=LineAction.TRANSFER),
    )
    assert pane.ending.first is None
    desk.bot.waitUntil(lambda: any("09:14:34" in text for text in shown(pane.ending)))


def test_a_managed_caller_is_shown_with_the_hand_over_before_the_first_word(desk: Desk) -> None:
    agreed = ManagedCaller(CallerClass.MALICIOUS, "경고 없이 전담팀으로 연결합니다.", "2027-01-31")
    desk.tell(story.started(), CallerKnown(**story.at(1), managed=agreed, earlier_calls=4))
    box = desk.window.call.next_sentence.caller
    texts = shown(box)
    assert agreed.handling in texts
    assert any("2027-01-31" in text and "4" in text for text in texts)
    box.button.click()
    box.button.click()
    assert [args for name, args in desk.control.wishes if name == "act_on_line"] == [(LineAction.TRANSFER,)]


def test_the_number_is_taken_once_and_masked(desk: Desk) -> None:
    field = desk.window.start.number
    field.edit.setText("010-1234-5678")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert [args for name, args in desk.control.wishes if name == "caller_number"] == [("010-1234-5678",)]
    assert field.edit.text() == ""
    assert "1234" not in field.edit.placeholderText()
    field.back.click()
    assert desk.control.last("caller_number") == ("",)


def test_the_situation_is_changed_by_key(desk: Desk) -> None:
    desk.live()
    desk.tell(story.abuse())
    QTest.keyClick(desk.window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert desk.control.last("choose_situation") == ("sexual",)
    assert desk.window.call.escalation.reason().situation == "sexual"


def test_a_replayed_call_shows_the_same_protection() -> None:
    live, replayed = CallViewState(), CallViewState()
    events = [
        *story.live(),
        story.abuse(),
        ladder(next=FINAL, why=LadderWhy.WARNINGS_USED, warnings_given=1),
        story.handed_over(),
        ending(stage=EndingStage.DONE, action=LineAction.END),
        LineActed(**story.at(34), action=LineAction.END, means=LineMeans.COMMAND, ok=False, code="x"),
    ]
    for event in events:
        live.apply(event)
    replayed.replay(events)
    for name in ("ladder", "ending", "acts", "escalation", "caller", "behaviour"):
        assert getattr(live, name) == getattr(replayed, name)
    assert live.acts[LineAction.END].code == "x"


def test_key_and_strip_are_there_only_in_a_call_and_behind_other_windows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, window = FakeKey(), desk.window
    window.press._key = key
    window.preferences = type(window.preferences)(strip=True, system_key="F12")
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    window.press.stand()
    assert (key.taken, window.press.strip.isVisible()) == ("", False)
    desk.live()
    desk.tell(story.abuse())
    strip = window.press.strip
    assert key.taken == "F12"
    assert strip.isVisible()
    assert strip.next.text() == story.WARNING.text
    key.moved(True)
    desk.bot.waitUntil(lambda: strip.button.progress > 0)
    key.moved(False)
    desk.bot.waitUntil(lambda: strip.button.progress == 0)
    assert "escalate" not in desk.control.names()
    key.moved(True)
    desk.bot.waitUntil(lambda: "escalate" in desk.control.names())
    key.moved(False)
    desk.tell(story.ended())
    assert (key.taken, strip.isVisible()) == ("", False)


def test_an_order_does_what_a_press_does(desk: Desk) -> None:
    obey = desk.window.press.orders.obey
    assert obey("escalate", {}) == Answer(ok=False, code="call.none")
    assert obey("mark", {}) == Answer(ok=False, code="call.none")
    assert obey("dance", {}) == Answer(ok=False, code="press.verb_unknown")
    desk.live()
    assert obey("escalate", {"situation": "none such"}) == Answer(ok=False, code="press.situation_unknown")
    assert "escalate" not in desk.control.names()
    assert obey("escalate", {"situation": "threat"}).ok
    assert desk.control.last("escalate")[0].situation == "threat"
    assert obey("mark", {}).ok
    assert "mark" in desk.control.names()
    desk.control.stands = CallStanding(story.CALL, "devices", live=True)
    assert obey("caller", {"number": "02-123-4567"}).ok
    assert desk.control.last("caller_number") == ("02-123-4567",)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"verb": "mark"}\n', "press.marked"),
        (b"no json\n", "press.request_broken"),
        (b"[1]\n", "press.request_broken"),
        (b'{"verb": 1}\n', "press.request_broken"),
        (b'{"verb": "mark", "more": 1}\n', "press.request_broken"),
        (b"x" * (MAX_BYTES + 1), "press.request_broken"),
    ],
)
def test_the_socket_answers_every_request_with_a_code(qtbot: QtBot, line: bytes, code: str, tmp_path: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    name = f"doumi-test-{abs(hash(str(tmp_path)))}"
    asked: list[str] = []

    def obey(verb: str, _values: object) -> Answer:
        asked.append(verb)
        return Answer(ok=True, code="press.marked")

    assert DeskSocket(name, window, obey).listening
    client = QLocalSocket(window)
    client.connectToServer(name)
    client.write(line)
    qtbot.waitUntil(client.canReadLine)
    said = json.loads(bytes(client.readLine().data()))
    assert said == {"ok": code == "press.marked", "code": code}
    assert asked == (["mark"] if said["ok"] else [])


def test_an_order_to_a_busy_desk_is_followed_though_its_sender_gave_up(qtbot: QtBot, tmp_path: Path) -> None:
    window, asked = QWidget(), list[str]()
    qtbot.addWidget(window)

    def obey(verb: str, _values: object) -> Answer:
        asked.append(verb)
        return Answer(ok=True, code="order.ended")

    name = f"doumi-test-{abs(hash(str(tmp_path)))}"
    assert DeskSocket(name, window, obey).listening
    for verb in (b"hold", b"end"):  # nothing of the desk runs meanwhile
        client = QLocalSocket()
        client.connectToServer(name)
        client.write(b'{"verb": "' + verb + b'"}\n')
        assert client.waitForBytesWritten(2000)
        client.abort()
    qtbot.waitUntil(lambda: asked == ["hold", "end"])
