"""The line's buttons in the whole desk: practice acts on nothing, a centre's sentences are said, all of it is saved."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from app.composition import OpenDesk, open_desk
from app.home import Home
from assist.events import CallEnded, CallStarted, EndingMoved, LadderMoved, LineActed, NoticeRaised, WarningGiven
from assist.model import EndingStage, EscalationReason, LineAction, LineMeans
from audio.events import CallEvent
from tests.helpers.scripts import OWN

E = TypeVar("E", bound=CallEvent)


class Ear:
    """Collects a desk's events and waits for some."""

    def __init__(self, desk: OpenDesk) -> None:
        self.events: list[CallEvent] = []
        self._news = threading.Condition()
        desk.bus.subscribe(CallEvent, self._hear)

    def _hear(self, event: CallEvent) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def of(self, kind: type[E]) -> list[E]:
        with self._news:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, true: Callable[[], Any]) -> None:
        with self._news:
            assert self._news.wait_for(true, 120), [type(event).__name__ for event in self.events]

    def stage(self, stage: EndingStage, action: LineAction | None) -> None:
        def there() -> bool:
            moved = [event.state for event in self.events if isinstance(event, EndingMoved)]
            return bool(moved) and (moved[-1].stage, moved[-1].action) == (stage, action)

        self.wait(there)


@pytest.fixture
def desk(own_home: Path, tmp_path: Path) -> Iterator[OpenDesk]:
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    command = {"command": [sys.executable, "-c", f"open({str(tmp_path / 'ran')!r}, 'w')"]}
    own_home.mkdir(parents=True)
    settings = {
        "schema_version": 1,
        "line": {"notice": command, "transfer": command, "end": command, "transfer_number": "8300"},
        "protection": {"scripts": str(own)},
    }
    (own_home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    opened = open_desk(Home.from_environment())
    yield opened
    opened.close()


def test_a_practice_call_is_led_to_its_end_by_the_counsellor_alone(desk: OpenDesk, tmp_path: Path) -> None:
    assert ("ai_voice", "음성 합성으로 괴롭힘") in [(one.situation, one.text) for one in desk.services.situations()]
    ear, control = Ear(desk), desk.control
    control.start_practice("abuse")
    ear.wait(lambda: any(isinstance(event, CallStarted) for event in ear.events))
    control.choose_situation("ai_voice")
    ear.wait(lambda: any(isinstance(event, LadderMoved) for event in ear.events))
    ladder = ear.of(LadderMoved)[-1].state
    assert ladder.next is not None
    assert (ladder.situation, ladder.chosen, ladder.next.text) == ("ai_voice", True, "직접 말씀해 주시기 바랍니다.")
    control.escalate(EscalationReason("profanity"))
    ear.stage(EndingStage.NOTICE, LineAction.NOTICE)
    asked = ear.of(EndingMoved)[-1].state
    assert asked.script is not None
    assert (asked.by_person, asked.number, asked.script.text) == (True, "8300", "욕설이 이어져 상담을 종료합니다.")
    control.confirm_line(LineAction.NOTICE)
    ear.stage(EndingStage.TOLD, None)
    ear.wait(lambda: any(isinstance(e, LadderMoved) and e.state.may_end for e in ear.events))
    control.act_on_line(LineAction.END)
    ear.stage(EndingStage.ACTING, LineAction.END)
    assert ear.of(CallEnded) == []
    control.confirm_line(LineAction.END)
    ear.wait(lambda: any(isinstance(event, CallEnded) for event in ear.events))
    acted = [(event.action, event.means) for event in ear.of(LineActed)]
    assert acted == [(LineAction.NOTICE, LineMeans.PERSON), (LineAction.END, LineMeans.PERSON)]
    assert not (tmp_path / "ran").exists()
    control.act_on_line(LineAction.TRANSFER)
    ear.wait(lambda: any(isinstance(e, NoticeRaised) and e.code == "line.call_over" for e in ear.events))
    call_id = ear.of(CallStarted)[0].call_id
    desk.flush()
    saved = desk.services.session_events(call_id)
    kinds = [type(event) for event in saved if isinstance(event, LineActed | WarningGiven | CallEnded)]
    assert kinds == [LineActed, WarningGiven, LineActed, CallEnded]
    control.close_call()
