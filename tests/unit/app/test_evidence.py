"""From the press to whole evidence: incidents are kept whatever happens, and packs hold everything."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app import team
from app.adapters.age_box import AgeBox
from app.errors import StoreFault
from app.evidence_check import Checked, Signature, check, read_bytes
from app.outbox_rows import Kind, all_packs, unsent
from assist.events import DeliveryChanged, EscalationRaised, EvidenceCompleted, NoticeRaised
from assist.model import Delivery
from audio.events import CallEvent
from audio.model import SAMPLE_RATE
from tests.helpers.evidence import LATER_REASON, NS, PressDesk, turn
from tests.helpers.personal import begin


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PressDesk]:
    made = PressDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def team_key(tmp_path: Path, desk: PressDesk) -> Path:
    team.init(tmp_path / "team", AgeBox())
    desk.key = tmp_path / "team" / team.RECIPIENT_FILE
    return tmp_path / "team" / team.IDENTITY_FILE


def opened(desk: PressDesk, pack_id: str, identity: Path, kind: Kind = Kind.TEAM) -> Checked:
    (row,) = [pack for pack in desk.store.read(all_packs) if pack.pack_id == pack_id]
    sealed = (desk.escalations.folder(kind) / row.file).read_bytes()
    parts = read_bytes(sealed, team.read_identity(identity, AgeBox()), AgeBox())
    return check(parts, desk.verifier, {desk.signer.desk_id: desk.signer.public_key})


def incidents(desk: PressDesk) -> list[dict]:
    return desk.store.read(lambda db: list(db.query("SELECT * FROM incidents ORDER BY incident_id")))


def told(desk: PressDesk, kind: type[CallEvent]) -> list:
    return [event for event in desk.heard if isinstance(event, kind)]


def test_the_press_keeps_the_incident_before_its_pack_is_made(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    raised = desk.press()
    (incident,) = incidents(desk)
    assert incident["incident_id"] == raised.pack_id
    assert (incident["label"], incident["situation"], incident["completed"]) == ("profanity", "profanity", 0)
    assert desk.store.read(unsent) == (1, 0)
    assert told(desk, EscalationRaised) == [raised]
    (row,) = desk.store.read(all_packs)
    assert (row.file, row.incident_id) == ("", raised.pack_id)
    desk.make()
    (row,) = desk.store.read(all_packs)
    assert (row.file, row.delivery) == (f"{raised.pack_id}.age", Delivery.WAITING)
    assert desk.ready == 1


def test_a_pack_at_the_press_is_proven_and_ends_with_the_press(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    raised = desk.press()
    desk.bus.publish(turn(3, 33, "나중에 한 말"))
    desk.make()
    checked = opened(desk, raised.pack_id, team_key)
    assert checked.is_proven
    assert checked.desk == desk.signer.desk_id
    assert "나중에".encode() not in checked.parts["transcript.jsonl"]
    assert checked.manifest["pack"]["kind"] == "press"
    assert checked.manifest["clip"]["from"]["seconds"] == 0
    sound, rate = soundfile.read(io.BytesIO(checked.parts["clip.flac"]), dtype="int16")
    assert (rate, sound.shape) == (SAMPLE_RATE, (32 * SAMPLE_RATE, 2))
    assert np.abs(sound[20 * SAMPLE_RATE : 21 * SAMPLE_RATE]).max() > 2_000
    assert np.abs(sound[: 19 * SAMPLE_RATE]).max() < 100


def test_when_the_call_has_ended_the_whole_evidence_follows_once(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    raised = desk.press()
    desk.make()
    desk.bus.publish(turn(3, 33, "나중에 한 말"))
    desk.make()
    assert told(desk, EvidenceCompleted) == []
    desk.hang_up()
    desk.make()
    desk.make()
    (done,) = told(desk, EvidenceCompleted)
    assert (done.incident_id, done.delivery) == (raised.pack_id, Delivery.WAITING)
    assert done.pack_id > raised.pack_id
    checked = opened(desk, done.pack_id, team_key)
    assert checked.is_proven
    assert checked.manifest["pack"] == {**checked.manifest["pack"], "kind": "complete", "incident": raised.pack_id}
    assert "나중에".encode() in checked.parts["transcript.jsonl"]
    assert checked.manifest["clip"]["to"]["seconds"] == 40.0
    assert len(incidents(desk)) == 1


def test_log_and_bus_number_the_handover_alike(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    desk.press()
    desk.bus.publish(turn(3, 33, "나중에 한 말"))
    desk.make()
    desk.hang_up()
    desk.make()
    stored = {type(event): event for event in desk.store.events("call-1")}
    assert stored[EscalationRaised] == told(desk, EscalationRaised)[0]
    assert stored[EvidenceCompleted] == told(desk, EvidenceCompleted)[0]
    numbers = [event.seq for event in desk.store.events("call-1")]
    assert sorted(set(numbers)) == numbers


def test_without_a_team_key_both_packs_wait_sealed_to_the_desk(desk: PressDesk) -> None:
    desk.call()
    raised = desk.press()
    desk.make()
    desk.hang_up()
    desk.make()
    assert raised.delivery is Delivery.NO_KEY
    assert told(desk, EvidenceCompleted)[0].delivery is Delivery.NO_KEY
    assert desk.store.read(unsent) == (2, 2)
    assert told(desk, NoticeRaised) == []
    numbers = [event.seq for event in desk.store.events("call-1")]
    assert sorted(set(numbers)) == numbers


def test_a_key_that_is_set_between_press_and_pack_is_used(desk: PressDesk, tmp_path: Path) -> None:
    desk.call()
    raised = desk.press()
    team.init(tmp_path / "team", AgeBox())
    desk.key = tmp_path / "team" / team.RECIPIENT_FILE
    desk.make()
    (change,) = told(desk, DeliveryChanged)
    assert (change.pack_id, change.delivery) == (raised.pack_id, Delivery.WAITING)
    assert opened(desk, raised.pack_id, tmp_path / "team" / "team.key").is_proven


def test_a_recording_played_faster_than_life_is_kept_whole(desk: PressDesk, team_key: Path) -> None:
    desk.begin(source="file")
    desk.record("call-1", 40)
    raised = desk.press(3.0)
    desk.make()
    assert opened(desk, raised.pack_id, team_key).manifest["clip"]["to"]["seconds"] == 40.0


def test_two_presses_in_one_second_are_one_incident(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    first, second = desk.press(), desk.press(32.4, LATER_REASON)
    desk.make()
    assert first.pack_id == second.pack_id
    (incident,) = incidents(desk)
    assert incident["situation"] == "threat"
    assert len(desk.store.read(all_packs)) == 1
    assert [event.t_ns for event in desk.store.events("call-1") if isinstance(event, EscalationRaised)] == [
        32 * NS,
        32 * NS + 400_000_000,
    ]
    desk.hang_up()
    desk.make()
    whole = opened(desk, told(desk, EvidenceCompleted)[0].pack_id, team_key)
    assert json.loads(whole.parts["reason.json"])["note"] == LATER_REASON.note


def test_a_press_after_hang_up_makes_both_packs(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    desk.hang_up()
    raised = desk.press(45.0)
    desk.make()
    (done,) = told(desk, EvidenceCompleted)
    assert opened(desk, raised.pack_id, team_key).manifest["clip"]["to"]["seconds"] == 40.0
    assert opened(desk, done.pack_id, team_key).is_proven
    # A later reason is not lost either: the whole evidence goes once more, and the incident stays one.
    desk.press(50.0, LATER_REASON)
    desk.make()
    last = told(desk, EvidenceCompleted)[-1]
    assert json.loads(opened(desk, last.pack_id, team_key).parts["reason.json"])["situation"] == "threat"
    assert len(incidents(desk)) == 1


def test_a_call_that_a_crash_cut_short_is_completed_at_the_next_start(tmp_path: Path) -> None:
    first = PressDesk(tmp_path)
    first.call()
    raised = first.press()
    first.close()
    again = PressDesk(tmp_path)
    team.init(tmp_path / "team", AgeBox())
    again.key = tmp_path / "team" / team.RECIPIENT_FILE
    assert again.store.recover() == ("call-1",)
    again.escalations.sweep()
    again.make()
    (done,) = told(again, EvidenceCompleted)
    for pack_id in (raised.pack_id, done.pack_id):
        assert opened(again, pack_id, tmp_path / "team" / "team.key").is_proven
    again.close()


def test_without_sound_the_incident_is_kept(desk: PressDesk, team_key: Path) -> None:
    desk.begin()
    raised = desk.press(0.5)
    desk.make()
    checked = opened(desk, raised.pack_id, team_key)
    assert checked.is_proven
    assert checked.manifest["clip"] is None


def test_no_room_for_the_pack_keeps_the_incident_and_makes_it_later(
    desk: PressDesk, team_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.call()
    raised = desk.press()
    folder = desk.escalations.folder(Kind.TEAM)
    folder.mkdir(parents=True, exist_ok=True)
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.parent == folder:
            raise OSError(28, "No space left on device")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        desk.make()
        desk.make()
    assert [notice.code for notice in told(desk, NoticeRaised)] == ["outbox.pack_waits"]
    assert list(folder.iterdir()) == []
    assert len(incidents(desk)) == 1
    (row,) = desk.store.read(all_packs)
    assert (row.file, row.delivery) == ("", Delivery.WAITING)
    assert "outbox.not_written" in row.error
    desk.make()
    assert opened(desk, raised.pack_id, team_key).is_proven


def test_no_room_for_the_incident_itself_keeps_it_in_memory(
    desk: PressDesk, team_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.call()
    real = desk.store.write

    def full(work: object, truncate: bool = False) -> object:
        raise StoreFault("store.disk_full", path="")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "write", full)
        with pytest.raises(StoreFault) as caught:
            desk.press()
        assert caught.value.code == "outbox.press_waits"
        assert desk.desk.round() is not None
    assert real == desk.store.write
    assert incidents(desk) == []
    assert told(desk, EscalationRaised) == []
    desk.make()
    (raised,) = told(desk, EscalationRaised)
    assert raised.t_ns == 32 * NS
    assert opened(desk, raised.pack_id, team_key).is_proven


@pytest.mark.parametrize("comment", ["# expires: 2026-11-21\n", "# expires: soon\n"])
def test_an_expired_or_unreadable_key_keeps_the_incident_sealed_to_the_desk(
    desk: PressDesk, team_key: Path, comment: str
) -> None:
    assert desk.key is not None
    whole = desk.key.read_text()
    desk.key.write_text(comment + whole)
    desk.call()
    raised = desk.press()
    desk.make()
    assert raised.delivery is Delivery.NO_KEY
    codes = [notice.code for notice in told(desk, NoticeRaised)]
    assert codes == ["outbox.team_key_expired" if "2026" in comment else "outbox.not_a_team_key"]
    (row,) = desk.store.read(all_packs)
    assert (row.delivery, row.sealed_to_desk) == (Delivery.NO_KEY, True)
    desk.key.write_text("# expires: 2026-11-22\n" + whole)
    (change,) = desk.escalations.reseal_waiting()
    assert change.delivery is Delivery.WAITING
    assert opened(desk, raised.pack_id, team_key).is_proven


def test_a_clock_set_back_keeps_ids_in_order_and_is_told(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    first = desk.press()
    desk.make()
    desk.hang_up()
    desk.clock -= timedelta(days=30)
    desk.call("call-2")
    second = desk.press(call_id="call-2")
    desk.make()
    desk.hang_up("call-2")
    desk.make()
    ids = [pack.pack_id for pack in desk.store.read(all_packs)]
    assert len(ids) == len(set(ids)) == 4
    assert second.pack_id > first.pack_id
    assert ids == sorted(ids)
    checked = opened(desk, second.pack_id, team_key)
    assert checked.is_proven
    assert checked.manifest["clock"]["was_set"]
    assert checked.manifest["clip"]["to"]["seconds"] == 32.0
    assert not opened(desk, first.pack_id, team_key).manifest["clock"]["was_set"]


def test_an_escalated_call_is_held_until_somebody_lifts_that(desk: PressDesk) -> None:
    desk.call()
    desk.press()
    with pytest.raises(StoreFault) as caught:
        desk.store.delete("call-1")
    assert caught.value.code == "store.held"
    with pytest.raises(StoreFault) as caught:
        desk.store.set_hold("call-1", False, " ")
    assert caught.value.code == "store.hold_reason"
    assert desk.store.set_hold("call-1", False, "법원 결정")
    assert not desk.store.set_hold("call-1", False, "또")
    desk.store.delete("call-1")
    log = desk.store.read(lambda db: [(row["action"], row["note"]) for row in db.query("SELECT * FROM access")])
    assert log == [("hold", "escalated"), ("release", "법원 결정"), ("release", "또"), ("delete", "")]
    with pytest.raises(StoreFault) as caught:
        desk.store.set_hold("absent", True, "까닭")
    assert caught.value.code == "store.no_session"


def test_practice_goes_the_practice_way(desk: PressDesk, team_key: Path) -> None:
    begin(desk.store, "call-1")
    desk.bus.begin("call-1")
    raised = desk.press(practice=True)
    desk.make()
    desk.hang_up()
    desk.make()
    checked = opened(desk, raised.pack_id, desk.home.practice_team / "team.key", Kind.PRACTICE)
    assert checked.is_proven
    assert checked.manifest["call"]["simulated"]
    assert {pack.kind for pack in desk.store.read(all_packs)} == {Kind.PRACTICE}
    assert incidents(desk)[0]["practice"] == 1
    desk.store.delete("call-1")


def test_nothing_said_lies_on_the_disk_in_clear(desk: PressDesk) -> None:
    desk.call()
    desk.press()
    desk.make()
    for file in desk.home.root.rglob("*"):
        assert not file.is_file() or "병신아".encode() not in file.read_bytes()


def test_the_desk_signs_with_one_key_for_good(tmp_path: Path, desk: PressDesk) -> None:
    other = PressDesk(tmp_path / "other")
    assert (other.signer.desk_id, other.signer.public_key) == (desk.signer.desk_id, desk.signer.public_key)
    other.close()


def test_the_thread_makes_packs_by_itself(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    desk.desk.start()
    raised = desk.press()
    desk.hang_up()
    desk.desk.close()
    assert opened(desk, raised.pack_id, team_key).signature is Signature.VALID
    assert [type(event) for event in told(desk, EvidenceCompleted)] == [EvidenceCompleted]


def test_an_incident_of_another_call_is_not_touched(desk: PressDesk, team_key: Path) -> None:
    desk.call()
    desk.press()
    desk.hang_up()
    desk.make()
    desk.call("call-2")
    raised = desk.press(call_id="call-2")
    desk.make()
    assert [incident["session_id"] for incident in incidents(desk)] == ["call-1", "call-2"]
    assert opened(desk, raised.pack_id, team_key).manifest["call"]["id"] == "call-2"
