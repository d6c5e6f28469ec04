"""A saved call loaded for replay: its log as it was stored, in order of time, with what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app import event_codec
from app.errors import ReplayFault, StoreFault
from app.replay.model import LoadedCall
from app.replay.open_call import OpenReplay
from app.replay.source import UNFILED, in_order, load_session
from app.sound import recorder, saved_sound
from app.store import Store
from assist.events import CallEnded, CallHeld, DraftReady, RecordFiled
from assist.model import Draft
from audio.events import AudioGap, CallEvent, WordsAligned
from audio.journal import DATA_START, SLOT_BYTES
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Word
from audio.settings import CaptureSettings
from resources.notices import sentence
from tests.helpers.call_sound import pattern
from tests.helpers.personal import NOW, RECORD, begin, final, home_in, open_store, turn

KEY = bytes(range(32))


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "sound"
        self.store: Store = open_store(home_in(folder))
        self.logged: list[tuple[str, str, str]] = []

    def save(self, *events: CallEvent, seconds: float = 30.0) -> None:
        begin(self.store)
        for event in events:
            self.store.append(event)
        self.store.end_session("call-1", seconds)
        self.store.flush()

    def record(self, agent_s: float, caller_s: float) -> None:
        made = recorder(self.folder, "call-1", KEY, tuple(Channel), lambda: 0, CaptureSettings())
        for channel, seconds in zip(Channel, (agent_s, caller_s), strict=True):
            made.write(AudioBlock(channel, 0, pattern(channel, 0, int(seconds * SAMPLE_RATE))))
        made.close()

    def load(self, call_id: str = "call-1") -> LoadedCall:
        return load_session(self.store, saved_sound(self.folder, KEY), call_id, self.log)

    def open(self) -> OpenReplay:
        return OpenReplay(self.load())

    def log(self, action: str, subject: str, note: str) -> None:
        self.logged.append((action, subject, note))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_a_call_comes_back_as_it_was_stored_and_the_opening_is_logged_first(desk: Desk) -> None:
    words = (Word("집", 1.0, 1.2), Word("앞에", 1.2, 1.4))
    aligned = WordsAligned(call_id="call-1", seq=3, t_ns=int(9e9), utterance=1, words=words)
    desk.save(final(1), turn(2, "집 앞에"), aligned)
    loaded = desk.load()
    assert [event_codec.encode(one.event) for one in loaded.stored] == [one.body for one in loaded.stored]
    assert [one.event.seq for one in loaded.stored] == [1, 2, 3]
    facts = loaded.facts
    assert (facts.id, facts.started_at, facts.duration_s, facts.source, facts.title, facts.sound_s, facts.notes) == (
        "call-1", NOW.isoformat(), 30.0, "practice", "연습", 0.0, (),
    )  # fmt: skip
    assert OpenReplay(loaded).events[0] == replace(final(1), words=words)
    assert loaded.sound is None
    assert desk.logged == [("open", "call-1", "replay")]


def test_what_cannot_be_logged_is_not_opened(desk: Desk) -> None:
    desk.save(final(1))

    def refuse(action: str, subject: str, note: str) -> None:
        raise StoreFault("store.disk_full")

    with pytest.raises(StoreFault) as caught:
        load_session(desk.store, None, "call-1", refuse)
    assert caught.value.code == "store.disk_full"


def test_an_unknown_call_is_no_opening(desk: Desk) -> None:
    with pytest.raises(StoreFault) as caught:
        desk.load("call-2")
    assert caught.value.code == "store.no_session"
    assert desk.logged == []


def test_turns_out_of_order_are_put_in_order_and_told(desk: Desk) -> None:
    said = [turn(n, f"말 {n}", index=n) for n in range(1, 5)]
    desk.save(said[0], said[2], said[1], said[3])
    call = desk.open()
    assert [event.t_ns for event in call.events] == sorted(event.t_ns for event in said)
    assert call.facts.notes == (sentence("replay.turns_out_of_order"),)


def test_a_turn_that_grows_and_threads_that_race_are_not_out_of_order(desk: Desk) -> None:
    first, again = turn(2, "집"), replace(turn(3, "집 앞에"), t_ns=int(1.8e9))
    desk.save(turn(1, "네", index=0), replace(first, turn=replace(first.turn, index=1)), again)
    assert desk.open().facts.notes == ()


def test_records_as_they_stood_draft_filings_and_edits_that_were_not_filed(desk: Desk) -> None:
    draft = DraftReady(call_id="call-1", seq=1, t_ns=int(20e9), draft=Draft((RECORD,), ""), final=True)
    edited, again = replace(RECORD, answer=("과태료는 4만 원",)), replace(RECORD, answer=("확인 후 회신",))
    filed = RecordFiled(call_id="call-1", seq=2, t_ns=int(25e9), records=(edited,), version=1)
    desk.save(draft, filed)
    assert [(one.version, one.at_s, one.records) for one in desk.open().versions] == [
        (0, 20.0, (RECORD,)),
        (1, 25.0, (edited,)),
    ]
    desk.store.save_draft("call-1", (again,))
    desk.store.flush()
    assert (desk.open().versions[-1].version, desk.open().versions[-1].records) == (UNFILED, (again,))


def test_a_call_that_is_deleted_while_open_says_so(desk: Desk) -> None:
    desk.save(final(1))
    call = desk.open()
    call.check()
    desk.store.delete("call-1")
    with pytest.raises(ReplayFault) as caught:
        call.check()
    assert caught.value.code == "replay.gone"


def test_numbers_shown_in_the_clear_are_logged(desk: Desk) -> None:
    desk.save(final(1))
    desk.open().numbers_revealed()
    assert desk.logged[-1] == ("reveal", "call-1", "numbers")


def test_missing_sound_is_found_by_its_reason_and_told(desk: Desk) -> None:
    gap = AudioGap(
        call_id="call-1", seq=1, t_ns=int(3e9), channel=Channel.CALLER, start=2 * SAMPLE_RATE, n_samples=8000
    )
    held = [CallHeld(call_id="call-1", seq=n, t_ns=int(at * 1e9), held=n == 2) for n, at in ((2, 5.0), (3, 6.0))]
    desk.save(gap, *held, seconds=10.0)
    desk.record(10.0, 7.0)
    (file,) = desk.folder.glob("agent-*")
    content = bytearray(file.read_bytes())
    content[DATA_START + 4 * SLOT_BYTES + 99] ^= 1
    file.write_bytes(content)
    call = desk.open()
    assert call.facts.sound_s == 10.0
    assert {(one.channel, one.start_s, one.end_s, one.why) for one in call.silent()} == {
        (Channel.CALLER, 2.0, 2.5, "lost"),
        (Channel.AGENT, 4.0, 5.0, "damaged"),
        (Channel.CALLER, 7.0, 10.0, "missing"),
        (Channel.AGENT, 5.0, 6.0, "paused"),
        (Channel.CALLER, 5.0, 6.0, "paused"),
    }
    assert call.facts.notes == (sentence("replay.sound_missing", count=3, seconds="4"),)
    assert call.silent() == call.silent()
    assert len(call.facts.notes) == 1


def test_peaks_are_the_loudest_and_softest_of_every_bin_and_flat_past_the_end(desk: Desk) -> None:
    desk.save(final(1), seconds=25.0)
    desk.record(25.0, 12.5)
    call = desk.open()
    found = call.peaks(Channel.CALLER, 3.0, 15.0, 0.05)
    whole = np.concatenate((pattern(Channel.CALLER, 0, int(12.5 * SAMPLE_RATE)), np.zeros(4 * SAMPLE_RATE, np.int16)))
    bins = whole[3 * SAMPLE_RATE : 15 * SAMPLE_RATE].reshape(-1, SAMPLE_RATE // 20) / np.float32(32768)
    assert len(found.low) == 240
    assert np.allclose(found.low, bins.min(1))
    assert np.allclose(found.high, bins.max(1))
    wide = call.peaks(Channel.AGENT, 0.0, 25.0, 12.5)  # a bin longer than what is read at once
    halves = pattern(Channel.AGENT, 0, 25 * SAMPLE_RATE).reshape(2, -1) / np.float32(32768)
    assert np.allclose(wide.high, halves.max(1))
    assert np.allclose(wide.low, halves.min(1))


def test_sound_that_is_deleted_while_it_is_drawn_is_flat(desk: Desk) -> None:
    desk.save(final(1), seconds=4.0)
    desk.record(4.0, 4.0)
    call = desk.open()
    for file in desk.folder.iterdir():
        file.unlink()
    assert not call.peaks(Channel.AGENT, 0.0, 4.0, 0.1).high.any()


def test_a_recording_worked_off_faster_than_it_sounds_stands_where_its_sound_had_come_to() -> None:
    said = replace(final(4), start=30.0, end=40.0)
    held = CallHeld(call_id="call-1", t_ns=4_100_000_000, held=True)
    ended = CallEnded(call_id="call-1", t_ns=12_000_000_000, duration_s=120.0)
    filed = CallHeld(call_id="call-1", t_ns=15_000_000_000, held=False)
    assert [one.t_ns / 1e9 for one in in_order((said, held, ended, filed))] == [40.0, 40.0, 120.0, 120.0]
    live = replace(ended, t_ns=120_000_000_000)
    assert [one.t_ns for one in in_order((said, live))] == [said.t_ns, live.t_ns]
