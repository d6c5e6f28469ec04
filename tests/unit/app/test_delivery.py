"""The outbox over hours: offline, restarted, refused, two packs an incident; what the desk shows of it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.errors import DeliveryFault
from app.escalation import Escalations
from app.outbox import OutboxSender, Parcel, Stopped
from app.outbox_rows import Kind, all_packs, reseal_pack, unsent
from assist.events import DeliveryChanged
from assist.model import Delivery
from tests.helpers.evidence import escalate
from tests.helpers.personal import REASON, begin, home_in, now, open_store
from tests.unit.app.test_outbox import Pace

HOUR = 3600.0


class Destination:
    """Takes packs, or does what it is told."""

    name = "전담팀"

    def __init__(self) -> None:
        self.fault: DeliveryFault | None = DeliveryFault("outbox.unreachable", host="team.example")
        self.refused: dict[str, DeliveryFault] = {}
        self.seen: list[Parcel] = []
        self.taken: list[str] = []

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        self.seen.append(parcel)
        if self.fault is not None:
            raise self.fault
        if parcel.pack_id in self.refused:
            raise self.refused[parcel.pack_id]
        self.taken.append(parcel.pack_id)
        return {"destination": self.name, "sha256": parcel.sha256}


class Desk:
    """A desk that can be started again; its wall of time is the pace."""

    def __init__(self, folder: Path, pace: Pace, destination: Destination) -> None:
        if not (folder / "team").exists():
            team.init(folder / "team", AgeBox())
        self.home = home_in(folder)
        self.store = open_store(self.home)
        key = folder / "team" / team.RECIPIENT_FILE
        self.escalations = Escalations(self.home, self.store, AgeBox(), lambda: key, now)
        self.escalations.sweep()
        self.pace = pace
        self.changes: list[DeliveryChanged] = []
        self.sender = OutboxSender(
            self.store, self.escalations, lambda kind: destination, self.changes.append, pace, random.Random(7)
        )

    def press(self, call_id: str) -> str:
        begin(self.store, call_id)
        return escalate(self.escalations, call_id, 7, REASON, {"manifest.json": b"{}", "x": bytes(5_000)}).pack_id

    def hang_up(self, call_id: str) -> str:
        self.store.end_session(call_id, 60.0)
        for incident in self.escalations.incomplete():
            self.escalations.complete(incident)
        (job,) = self.escalations.unmade()
        self.escalations.fill(job, {"manifest.json": b"{}", "x": bytes(9_000)})
        return job.pack_id

    def pass_time(self, seconds: float) -> None:
        end = self.pace.at + seconds
        while (pause := self.sender.round()) is not None and self.pace.at + pause < end:
            self.pace.at += max(pause, 0.05)
        self.pace.at = end


def test_eight_hours_offline_and_three_restarts(tmp_path: Path) -> None:
    pace, destination = Pace(), Destination()
    desk = Desk(tmp_path, pace, destination)
    wanted: list[str] = []
    for hour in range(8):
        if hour in (2, 5, 7):
            desk.store.close()
            desk = Desk(tmp_path, pace, destination)
        call_id = f"call-{hour}"
        wanted.append(desk.press(call_id))
        assert desk.store.read(unsent) == (len(wanted), 0)
        wanted.append(desk.hang_up(call_id))
        assert desk.store.read(unsent) == (len(wanted), 0)
        desk.pass_time(HOUR)
        assert desk.store.read(unsent) == (len(wanted), 0)
        first = desk.sender.rows()[-1]
        assert first.destination == "전담팀"
        assert "team.example" in first.last_error
        assert first.next_try_s is not None
        assert 0 <= first.next_try_s <= 300
    tries = len(destination.seen)
    assert 8 * HOUR / 300 <= tries <= 500
    assert sum(row.attempts for row in desk.sender.rows()) == tries
    assert destination.taken == []
    destination.fault = None
    desk.pass_time(301)
    assert destination.taken == wanted == sorted(wanted)
    assert desk.store.read(unsent) == (0, 0)
    packs = desk.store.read(all_packs)
    assert [json.loads(pack.receipt)["sha256"] for pack in packs] == [pack.sha256 for pack in packs]
    assert [seen.incident_id for seen in destination.seen[-4:]] == [wanted[-4], wanted[-4], wanted[-2], wanted[-2]]
    assert all(row.next_try_s is None for row in desk.sender.rows())
    assert list(desk.home.outbox.iterdir()) == []
    desk.store.close()
    again = Desk(tmp_path, pace, destination)
    again.pass_time(HOUR)
    assert destination.taken == wanted
    again.store.close()


def test_a_refused_pack_stays_and_is_tried_slowly_while_the_others_go(tmp_path: Path) -> None:
    pace, destination = Pace(), Destination()
    destination.fault = None
    desk = Desk(tmp_path, pace, destination)
    bad, good = desk.press("call-1"), desk.press("call-2")
    refusal = DeliveryFault("outbox.too_large", host="team.example")
    refusal.whole_destination = False
    destination.refused[bad] = refusal
    desk.pass_time(8 * HOUR)
    assert destination.taken == [good]
    tries = sum(seen.pack_id == bad for seen in destination.seen)
    assert 8 <= tries <= 40
    shown = {row.pack_id: row for row in desk.sender.rows()}
    assert shown[bad].delivery is Delivery.WAITING
    assert shown[bad].attempts == tries
    assert "너무 큽니다" in shown[bad].last_error
    assert shown[bad].next_try_s is not None
    assert (desk.home.outbox / f"{bad}.age").exists()
    assert desk.store.read(unsent) == (1, 0)
    destination.refused.clear()
    desk.sender.retry_now()
    desk.sender.round()
    assert destination.taken == [good, bad]
    desk.store.close()


def test_what_the_destination_has_outlives_the_program(tmp_path: Path) -> None:
    pace = Pace()

    class Halfway(Destination):
        def deliver(self, parcel: Parcel) -> dict[str, str]:
            self.seen.append(parcel)
            if parcel.address:
                parcel.sent(9_000, 9_000)
                return {"sha256": parcel.sha256}
            parcel.keep("https://team.example/packs/1")
            parcel.sent(4_000, 9_000)
            raise DeliveryFault("outbox.unreachable", host="team.example")

    destination = Halfway()
    desk = Desk(tmp_path, pace, destination)
    desk.press("call-1")
    desk.sender.round()
    (row,) = desk.sender.rows()
    assert (row.sent_bytes, row.size_bytes) == (4_000, 9_000)
    desk.store.close()
    again = Desk(tmp_path, pace, destination)
    again.sender.round()
    assert destination.seen[-1].address == "https://team.example/packs/1"
    assert again.store.read(unsent) == (0, 0)
    again.store.close()


def test_closing_stops_between_two_pieces_and_counts_no_failure(tmp_path: Path) -> None:
    pace = Pace()

    class Endless(Destination):
        def deliver(self, parcel: Parcel) -> dict[str, str]:
            desk.sender.close()
            with pytest.raises(Stopped):
                parcel.sent(1, 9_000)
            raise Stopped

    desk = Desk(tmp_path, pace, Endless())
    desk.press("call-1")
    desk.sender.round()
    (row,) = desk.sender.rows()
    assert (row.delivery, row.attempts, row.last_error) == (Delivery.WAITING, 0, "")
    desk.store.close()


def test_a_pack_sealed_again_is_another_upload(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), Destination())
    pack_id = desk.press("call-1")
    parcel = desk.sender._parcel(Kind.TEAM, desk.store.read(all_packs)[0])
    parcel.keep("https://team.example/packs/1")
    desk.store.write(lambda db: reseal_pack(db, pack_id, "other.age", "0" * 64))
    (pack,) = desk.store.read(all_packs)
    assert (pack.address, pack.sent_bytes) == ("", 0)
    desk.store.close()


def test_a_flipped_byte_in_the_outbox_is_told_and_the_incident_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), FolderDrop(tmp_path))  # type: ignore[arg-type]
    pack_id = desk.press("call-1")
    file = desk.home.outbox / f"{pack_id}.age"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    desk.sender.round()
    (row,) = desk.sender.rows()
    assert "바뀌었습니다" in row.last_error
    assert file.exists()
    assert desk.store.read(unsent) == (1, 0)
    desk.store.close()
