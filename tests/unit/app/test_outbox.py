from __future__ import annotations

import hashlib
import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.errors import DeliveryFault
from app.escalation import Escalations, practice_inbox
from app.evidence_check import read_bytes
from app.outbox import OutboxSender, Parcel
from app.outbox_rows import Kind, all_packs, ui_row, unsent
from app.store import Store
from assist.events import DeliveryChanged, EscalationRaised
from assist.model import Delivery
from tests.helpers.evidence import escalate
from tests.helpers.personal import REASON, begin, home_in, now, open_store


class Pack:
    parts = {"transcript.txt": "비밀 이야기 010-9876-5432".encode(), "clip.wav": bytes(5000)}  # noqa: RUF012


class Pace:
    def __init__(self) -> None:
        self.at = 0.0

    def monotonic(self) -> float:
        return self.at

    def wait(self, wake: threading.Event, seconds: float | None) -> None:
        raise AssertionError("rounds are made by hand here")


class Desk:
    def __init__(self, folder: Path) -> None:
        self.home = home_in(folder)
        self.key: Path | None = None
        self.box = AgeBox()
        self.store: Store = open_store(self.home)
        self.escalations = Escalations(self.home, self.store, self.box, lambda: self.key, now)
        self.inbox = folder / "share"
        self.pace = Pace()
        self.changes: list[DeliveryChanged] = []
        self.drops = {Kind.TEAM: FolderDrop(self.inbox), Kind.PRACTICE: FolderDrop(practice_inbox(self.home))}
        self.sender = OutboxSender(
            self.store, self.escalations, self.drops.__getitem__, self.changes.append, self.pace, random.Random(3)
        )
        begin(self.store)

    def press(self, practice: bool = False, call_id: str = "call-1") -> EscalationRaised:
        begin(self.store, call_id)
        return escalate(self.escalations, call_id, 7, REASON, Pack.parts, practice)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def _team(folder: Path) -> Path:
    team.init(folder / "team", AgeBox())
    return folder / "team"


def test_without_a_team_key_a_pack_waits_sealed_and_goes_once_there_is_one(desk: Desk, tmp_path: Path) -> None:
    desk.inbox.mkdir()
    raised = desk.press()
    assert raised.delivery is Delivery.NO_KEY
    assert desk.sender.round() == 300
    assert desk.store.read(unsent) == (1, 1)
    assert list(desk.inbox.iterdir()) == []
    for file in desk.home.root.rglob("*"):
        assert not file.is_file() or "비밀".encode() not in file.read_bytes()
    keys = _team(tmp_path)
    desk.key = keys / team.RECIPIENT_FILE
    desk.sender.round()
    sealed = (desk.inbox / f"{raised.pack_id}.age").read_bytes()
    found = read_bytes(sealed, team.read_identity(keys / team.IDENTITY_FILE, AgeBox()), AgeBox())
    assert found["transcript.txt"] == Pack.parts["transcript.txt"]
    assert [change.delivery for change in desk.changes] == [Delivery.WAITING, Delivery.ACCEPTED]
    assert list(desk.home.outbox.iterdir()) == []
    stored = desk.store.events("call-1")
    assert [type(event).__name__ for event in stored] == ["EscalationRaised", "DeliveryChanged", "DeliveryChanged"]
    assert [event.seq for event in stored] == [1, 2, 3]
    assert desk.store.sessions()[0].escalated


def test_a_broken_team_key_keeps_the_incident(desk: Desk, tmp_path: Path) -> None:
    desk.key = tmp_path / "team.pub"
    desk.key.write_text("age1nonsense")
    assert desk.press().delivery is Delivery.NO_KEY


def test_a_missing_share_is_tried_again_and_never_made(desk: Desk, tmp_path: Path) -> None:
    desk.key = _team(tmp_path) / team.RECIPIENT_FILE
    ids = {desk.press().pack_id, desk.press(call_id="call-2").pack_id}
    for tries in range(1, 13):
        pause = desk.sender.round()
        assert pause is not None
        assert 1.0 <= pause <= min(300.0, max(1.0, 2.0**tries))
        assert not desk.inbox.exists()
        assert desk.sender.round() == pytest.approx(pause)
        desk.pace.at += pause
    assert sum(row.attempts for row in map(ui_row, desk.store.read(all_packs))) == 12
    assert "폴더" in " ".join(row.last_error for row in map(ui_row, desk.store.read(all_packs)))
    desk.inbox.mkdir()
    desk.sender.retry_now()
    assert desk.sender.round() is None
    assert {file.stem for file in desk.inbox.iterdir()} == ids


def test_one_bad_pack_does_not_hold_the_others(desk: Desk, tmp_path: Path) -> None:
    desk.key = _team(tmp_path) / team.RECIPIENT_FILE
    desk.inbox.mkdir()
    bad, good = desk.press().pack_id, desk.press(call_id="call-2").pack_id
    file = desk.home.outbox / f"{bad}.age"
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(raw)
    desk.sender.round()
    states = {row.pack_id: row.delivery for row in map(ui_row, desk.store.read(all_packs))}
    assert states == {bad: Delivery.WAITING, good: Delivery.ACCEPTED}


def test_packs_of_practice_calls_go_to_the_example_team_only(desk: Desk, tmp_path: Path) -> None:
    desk.key = _team(tmp_path) / team.RECIPIENT_FILE
    desk.inbox.mkdir()
    raised = desk.press(practice=True)
    desk.sender.round()
    assert list(desk.inbox.iterdir()) == []
    (found,) = practice_inbox(desk.home).iterdir()
    identity = team.read_identity(desk.home.practice_team / "team.key", AgeBox())
    assert found.stem == raised.pack_id
    assert read_bytes(found.read_bytes(), identity, AgeBox())["transcript.txt"] == Pack.parts["transcript.txt"]


def test_a_sealed_file_whose_row_was_never_written_is_kept(desk: Desk, tmp_path: Path) -> None:
    raised = desk.press()
    desk.store.write(lambda db: (db.execute("DELETE FROM outbox"), db.execute("DELETE FROM incidents")))
    (desk.home.outbox / "left.age.0000.part").write_bytes(b"half")
    desk.escalations.sweep()
    (pack,) = desk.store.read(all_packs)
    assert (pack.pack_id, pack.delivery, pack.sealed_to_desk) == (raised.pack_id, Delivery.NO_KEY, True)
    assert [file.name for file in desk.home.outbox.iterdir()] == [f"{raised.pack_id}.desk.age"]
    desk.key = _team(tmp_path) / team.RECIPIENT_FILE
    desk.inbox.mkdir()
    desk.sender.round()
    assert (desk.inbox / f"{raised.pack_id}.age").exists()


def test_killed_between_the_steps_of_sealing_again(desk: Desk, tmp_path: Path) -> None:
    raised = desk.press()
    old = desk.home.outbox / f"{raised.pack_id}.desk.age"
    kept = tmp_path / "kept.age"
    shutil.copyfile(old, kept)
    (desk.home.outbox / f"{raised.pack_id}.team.age").write_bytes(b"written, row not yet changed")
    desk.escalations.sweep()
    assert [file.name for file in desk.home.outbox.iterdir()] == [old.name]
    desk.key = _team(tmp_path) / team.RECIPIENT_FILE
    desk.escalations.reseal_waiting()
    shutil.copyfile(kept, old)
    desk.escalations.sweep()
    assert [file.name for file in desk.home.outbox.iterdir()] == [f"{raised.pack_id}.team.age"]


def test_a_folder_takes_a_pack_once_and_whole(tmp_path: Path) -> None:
    source, share = tmp_path / "p.age", tmp_path / "share"
    source.write_bytes(b"sealed")
    digest = "0" * 64
    with pytest.raises(DeliveryFault) as caught:
        FolderDrop(share, create=True).deliver(Parcel("p", "", source, digest))
    assert caught.value.code == "outbox.pack_changed"
    assert not caught.value.whole_destination
    assert not share.exists()
    digest = hashlib.sha256(b"sealed").hexdigest()
    drop = FolderDrop(share, create=True)
    parcel = Parcel("p", "", source, digest)
    assert drop.deliver(parcel) == drop.deliver(parcel)
    assert [(file.name, file.read_bytes()) for file in share.iterdir()] == [("p.age", b"sealed")]
    with pytest.raises(DeliveryFault):
        drop.deliver(Parcel("q", "", tmp_path / "absent", digest))
