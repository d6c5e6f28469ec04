"""The whole desk without a window: practice call, recording, real sound server, escalation, crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import TypeVar

import pytest

from app.composition import OpenDesk, open_desk
from app.home import Home
from app.qa.headers import Headers
from assist.events import (
    BY_MEANING,
    WORDS_ALONE,
    AbuseSeen,
    CallEnded,
    DeliveryChanged,
    DraftReady,
    EscalationRaised,
    EvidenceCompleted,
    NoticeRaised,
    RecordFiled,
    SuggestionsReady,
    TurnUpdated,
)
from assist.model import CATEGORIES, Delivery, EscalationReason
from audio.events import CallEvent, LanguageChanged, LevelsMeasured, TranscriptFinal, TranscriptPartial
from audio.model import CallerSide, Channel, DeviceChoice
from tests.helpers.material import ROOT, data
from tests.helpers.models import installed_model
from tests.helpers.pulse import AGENT_SINK, CALLER_SINK, sound_server

PATIENCE_S = 120.0
E = TypeVar("E", bound=CallEvent)


class Listener:
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

    def wait(self, kind: type[E], count: int = 1) -> list[E]:
        with self._news:
            arrived = self._news.wait_for(
                lambda: sum(isinstance(event, kind) for event in self.events) >= count, PATIENCE_S
            )
        assert arrived, f"no {kind.__name__} in {PATIENCE_S} s"
        return self.of(kind)


@pytest.fixture
def desk(own_home: Path) -> Iterator[OpenDesk]:
    opened = open_desk(Home.from_environment())
    yield opened
    opened.close()


def test_practice_call_from_first_word_to_filed_record(desk: OpenDesk) -> None:
    heard = Listener(desk)
    desk.services.search("불법 주정차 신고")  # the example stands before the call
    desk.control.start_practice("parking-report", 50)
    heard.wait(CallEnded)
    call = desk.control.call
    assert call is not None
    assert call.ended.wait(PATIENCE_S)
    drafts = [event for event in heard.of(DraftReady) if event.final]
    record = drafts[-1].draft.records[0]
    assert record.category == "교통"
    assert record.inquiry
    assert record.answer
    assert all(record.evidence[f"inquiry.{number}"] for number in range(len(record.inquiry)))
    cards = [card for event in heard.of(SuggestionsReady) for card in event.cards]
    assert any("주정차" in card.title for card in cards)
    assert all(len(event.cards) <= 3 for event in heard.of(SuggestionsReady))
    edited = (replace(record, follow_up="내일 다시 전화하기로 함"),)
    desk.control.save_draft(edited)
    desk.bus.publish(replace(drafts[-1], seq=0))  # a draft that comes late
    desk.flush()
    assert desk.services.session_records(drafts[-1].call_id) == edited
    desk.control.file_record(drafts[-1].draft.records)
    assert heard.wait(RecordFiled)[0].version == 1
    row = desk.services.sessions("주정차")[0]
    assert row.filed
    assert row.source == "practice"
    saved = desk.services.session_events(row.id)
    assert [event.seq for event in saved] == sorted(event.seq for event in saved)
    assert not any(isinstance(event, TranscriptPartial) for event in saved)


def test_abusive_practice_call_reaches_the_example_team(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard, put_away = Listener(desk), Queue[str]()
    monkeypatch.setattr(Headers, "post", lambda _self, session_id: put_away.put(session_id))
    desk.control.start_practice("abuse", 50)
    warned = heard.wait(AbuseSeen)
    reason = EscalationReason(situation=desk.services.situations()[0].id, labels=warned[0].finding.labels)
    desk.control.escalate(reason)
    raised = heard.wait(EscalationRaised)[0]
    assert raised.delivery is Delivery.WAITING
    heard.wait(CallEnded)
    completed = heard.wait(EvidenceCompleted)[0]
    assert completed.incident_id == raised.pack_id
    assert {event.delivery for event in heard.wait(DeliveryChanged, 2)} == {Delivery.ACCEPTED}
    packs = {file.stem: file.read_bytes() for file in desk.services.practice_inbox().glob("*.age")}
    assert set(packs) == {raised.pack_id, completed.pack_id}
    assert not any(b"manifest" in sealed for sealed in packs.values())
    stored = [event for event in desk.services.session_events(raised.call_id) if isinstance(event, EscalationRaised)]
    assert stored == [raised]
    desk.control.close_call()
    assert put_away.get(timeout=PATIENCE_S) == raised.call_id  # quality assurance is told, and makes none of practice


@pytest.mark.data
@pytest.mark.models
def test_without_a_team_key_the_pack_waits_sealed(desk: OpenDesk, own_home: Path) -> None:
    installed_model("whisper-base")
    recording = sorted(data("audio", "zeroth-korean").rglob("*.flac"))[0]
    heard = Listener(desk)
    desk.control.start_file(recording, False)
    heard.wait(CallEnded)
    desk.control.escalate(EscalationReason(situation=desk.services.situations()[0].id))
    assert heard.wait(EscalationRaised)[0].delivery is Delivery.NO_KEY
    heard.wait(EvidenceCompleted)
    state = desk.services.state()
    assert (state.unsent, state.unsent_no_key) == (2, 2)
    sealed = list((own_home / "personal" / "outbox").glob("*.age"))
    assert len(sealed) == 2
    assert not any(b"transcript" in file.read_bytes() for file in sealed)


@pytest.mark.data
@pytest.mark.models
def test_recording_becomes_text_cards_and_draft(desk: OpenDesk) -> None:
    installed_model("whisper-base")
    recording = next(data("audio", "azure-customspeech-ko").rglob("*.wav"))
    heard = Listener(desk)
    desk.control.start_file(recording, False)
    desk.control.set_language("agent", "en")  # a mono recording is the caller's: nothing else changes
    heard.wait(CallEnded)
    call = desk.control.call
    assert call is not None
    assert call.ended.wait(PATIENCE_S)
    finals = heard.of(TranscriptFinal)
    assert all([word.text for word in final.words] == final.text.split() for final in finals)
    assert [(event.channel, event.language) for event in heard.of(LanguageChanged)] == [(Channel.AGENT, "en")]
    assert sum(len(event.text) for event in finals) > 20
    assert heard.of(TurnUpdated)
    draft = [event for event in heard.of(DraftReady) if event.final][-1].draft
    assert all(record.category in CATEGORIES for record in draft.records)
    # While the model of meaning still loads, answers are found by words alone, and that is told.
    assert {event.code for event in heard.of(NoticeRaised)} <= {WORDS_ALONE, BY_MEANING}
    assert call.sound is not None
    assert len(call.sound.read(Channel.CALLER, 0, 16_000)) == 16_000


@pytest.mark.data
@pytest.mark.models
@pytest.mark.sound
@pytest.mark.slow
def test_headset_call_through_a_real_sound_server(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    installed_model("whisper-base")
    voices = data("audio-nc", "deeply")
    with sound_server() as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        heard = Listener(desk)
        desk.control.start_devices(DeviceChoice(server.agent_id, server.caller_id, CallerSide.LOOPBACK))
        call = desk.control.call
        assert call is not None
        heard.wait(LevelsMeasured, 4)  # both sides deliver
        one, two = sorted(voices.glob("*.wav"))[:2]
        server.play(one, CALLER_SINK).wait()
        server.play(two, AGENT_SINK).wait()
        heard.wait(TranscriptFinal, 2)
        desk.control.end()
        assert call.ended.wait(PATIENCE_S)
    spoken = {event.channel for event in heard.of(TranscriptFinal) if event.text}
    assert spoken == {Channel.CALLER, Channel.AGENT}
    assert [event for event in heard.of(DraftReady) if event.final]


def test_a_second_call_is_refused_with_a_sentence(desk: OpenDesk) -> None:
    heard = Listener(desk)
    desk.control.start_practice("parking-report", 1)
    desk.control.start_practice("abuse", 1)
    assert heard.wait(NoticeRaised)[0].code == "call.busy"


def test_unusable_recording_is_one_sentence(desk: OpenDesk, tmp_path: Path) -> None:
    heard = Listener(desk)
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    desk.control.start_file(broken, True)
    assert heard.wait(NoticeRaised)[0].severity == "error"
    assert desk.control.call is None


def test_settings_survive_a_restart(desk: OpenDesk, own_home: Path) -> None:
    desk.services.store_choice(DeviceChoice("pulse:a", "pulse:b", CallerSide.INPUT))
    stored = json.loads((own_home / "settings.json").read_text(encoding="utf-8"))
    assert stored["sound"]["agent_device"] == "pulse:a"
    assert desk.services.choice() == DeviceChoice("pulse:a", "pulse:b", CallerSide.INPUT)


CUT_SHORT = """
import os, sys
from app.composition import open_desk
from app.home import Home
from app.qa.headers import Headers
from assist.events import TurnUpdated

if __name__ == "__main__":
    desk = open_desk(Home.from_environment())
    seen = []

    def count(event):
        seen.append(event)
        if len(seen) == 8:
            desk.flush()  # what is acknowledged must be there after the kill
            os.write(1, b"%03d" % (event.turn.index + 1))

    desk.bus.subscribe(TurnUpdated, count)
    desk.services.search("여권", 1)  # waits for the knowledge: the call must not be over before the first turn is
    desk.control.start_practice("parking-report", 40)
    sys.stdin.read()
"""


def test_a_killed_call_is_recovered_with_its_text_and_a_draft(own_home: Path, tmp_path: Path) -> None:
    script = tmp_path / "cut_short.py"
    script.write_text(CUT_SHORT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as desk:
        assert desk.stdout is not None
        acknowledged = int(desk.stdout.read(3))
        desk.kill()
    again = open_desk(Home.from_environment())
    try:
        assert any("되살" in notice for notice in again.notices)
        (row,) = again.services.sessions()
        assert row.interrupted
        assert row.turns >= acknowledged
        assert again.services.session_records(row.id)[0].inquiry
    finally:
        again.close()
