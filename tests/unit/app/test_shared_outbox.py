"""Two profiles of one PC, one outbox: packs are delivered by whoever is there, exactly once, and their owner hears."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.adapters.http_drop import HttpDrop
from app.adapters.sqlcipher import SqlCipherVault
from app.courier import Courier, has_work
from app.errors import DeliveryFault
from app.escalation import Escalations
from app.evidence_check import read_bytes
from app.home import Home
from app.outbox import Drop, OutboxSender, Parcel
from app.outbox_rows import Kind, all_packs, find_pack, unsent
from app.store import Store
from assist.model import Delivery
from tests.helpers.evidence import escalate
from tests.helpers.personal import REASON, begin, home_in, now
from tests.helpers.receiving import receiving

PARTS = {"transcript.txt": "비밀 이야기 010-9876-5432".encode(), "clip.flac": bytes(5_000)}
IDS = {"first": "p-000000000001", "second": "p-000000000002"}


class Died(BaseException):
    """The program is gone."""


class Down:
    """A destination that is down."""

    name = "down"

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        raise DeliveryFault("outbox.unreachable", where=self.name)


class Shift:
    """One profile's desk, open."""

    def __init__(
        self,
        pc: Home,
        name: str,
        drop: Drop,
        key: Callable[[], Path | None] = lambda: None,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.home = pc.of_profile(IDS[name])
        self.store = Store(SqlCipherVault(self.home.personal_db, name.encode().ljust(32)), now)
        self.escalations = Escalations(self.home, self.store, AgeBox(), key, now)
        self.escalations.sweep()
        self.changes: list[Delivery] = []
        self.sender = OutboxSender(
            self.store,
            self.escalations,
            lambda kind: drop,
            lambda change: self.changes.append(change.delivery),
            rng=random.Random(1),
            step=step,
        )

    def press(self, practice: bool = False) -> str:
        begin(self.store)
        return escalate(self.escalations, "call-1", 5, REASON, PARTS, practice).pack_id

    def __enter__(self) -> Shift:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()


@pytest.fixture
def team_key(tmp_path: Path) -> Path:
    team.init(tmp_path / "team", AgeBox())
    return tmp_path / "team" / team.RECIPIENT_FILE


@pytest.fixture
def pc(tmp_path: Path) -> Home:
    return home_in(tmp_path)


def _state(shift: Shift, pack_id: str) -> Delivery:
    found = shift.store.read(lambda db: find_pack(db, pack_id))
    assert found is not None
    return found.delivery


def _opened(sealed: bytes, tmp_path: Path) -> bytes:
    return read_bytes(sealed, (tmp_path / "team" / team.IDENTITY_FILE).read_text(), AgeBox())["transcript.txt"]


def test_the_next_profile_delivers_and_the_owner_hears_of_it(pc: Home, tmp_path: Path, team_key: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with Shift(pc, "first", Down(), lambda: team_key) as first:
        pack_id = first.press()
        first.sender.round()
    with Shift(pc, "second", FolderDrop(share)) as second:
        assert second.store.read(unsent) == (1, 0)
        assert second.sender.round() is None
        (row,) = second.store.read(all_packs)
        assert (row.session_id, row.incident_id, row.delivery) == ("", "", Delivery.ACCEPTED)
        # He learns which pack it was and where it went, nothing of the call.
        (left,) = pc.outbox.iterdir()
        assert set(json.loads(left.read_text())) == {"pack_id", "file", "sha256", "destination", "receipt"}
    assert _opened((share / f"{pack_id}.age").read_bytes(), tmp_path) == PARTS["transcript.txt"]
    with Shift(pc, "first", Down(), lambda: team_key) as first:
        assert _state(first, pack_id) is Delivery.ACCEPTED
        assert first.store.read(unsent) == (0, 0)
        events = first.store.events("call-1")
        assert [type(event).__name__ for event in events] == ["EscalationRaised", "DeliveryChanged"]
        (row,) = first.store.read(all_packs)
        assert (row.destination, json.loads(row.receipt)["sha256"]) == (str(share), row.sha256)
    assert list(pc.outbox.iterdir()) == []
    assert len(list(share.iterdir())) == 1


@pytest.mark.parametrize("kind", ["folder", "https"])
@pytest.mark.parametrize("step", ["receipt", "accepted", "told", "removed"])
@pytest.mark.parametrize("then", ["first", "second"])
def test_killed_while_delivering_for_another_it_is_still_once(
    pc: Home, tmp_path: Path, team_key: Path, kind: str, step: str, then: str
) -> None:
    def die(name: str) -> None:
        if name == step:
            raise Died

    arrived = tmp_path / "arrived"
    with receiving(arrived, tmp_path / "certificates") as server:
        drop: Drop = FolderDrop(arrived, create=True)
        if kind == "https":
            drop = HttpDrop(server.url, tmp_path / "certificates" / "server.pem")
        with Shift(pc, "first", Down(), lambda: team_key) as first:
            pack_id = first.press()
            first.sender.round()
        with Shift(pc, "second", drop, step=die) as second, pytest.raises(Died):
            second.sender.round()
        # Whoever is there next, and then the other: once delivered, both at rest, nothing left behind.
        other = "second" if then == "first" else "first"
        for name in (then, other, then):
            with Shift(pc, name, drop, (lambda: team_key) if name == "first" else (lambda: None)) as shift:
                assert shift.sender.round() is None
                assert shift.store.read(unsent) == (0, 0)
                if name == "first":
                    assert _state(shift, pack_id) is Delivery.ACCEPTED
                    kinds = [type(event).__name__ for event in shift.store.events("call-1")]
                    assert kinds == ["EscalationRaised", "DeliveryChanged"]
        if kind == "https":
            assert [ident for ident, _, _ in server.arrived] == [pack_id]
            drop.close()  # type: ignore[attr-defined]
        packs = [file for file in arrived.iterdir() if file.suffix == ".age"]
        assert len(packs) == 1
        assert _opened(packs[0].read_bytes(), tmp_path) == PARTS["transcript.txt"]
    with Shift(pc, "first", Down()):
        pass
    assert [file.name for file in pc.outbox.iterdir()] == []


def test_what_waits_for_the_teams_key_is_left_to_its_owner(pc: Home, tmp_path: Path, team_key: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with Shift(pc, "first", Down()) as first:
        pack_id = first.press()
        assert _state(first, pack_id) is Delivery.NO_KEY
    with Shift(pc, "second", FolderDrop(share), lambda: team_key) as second:
        second.sender.round()
        assert second.store.read(all_packs) == ()
    assert list(share.iterdir()) == []
    with Shift(pc, "first", FolderDrop(share), lambda: team_key) as first:
        first.sender.round()
        assert _state(first, pack_id) is Delivery.ACCEPTED
    assert [file.name for file in share.iterdir()] == [f"{pack_id}.age"]


def test_a_pack_from_before_profiles_that_waits_for_a_key_gets_its_name(pc: Home, team_key: Path) -> None:
    with Shift(pc, "first", Down()) as first:
        pack_id = first.press()
        old = pc.outbox / f"{pack_id}.age"
        (pc.outbox / f"{pack_id}.desk.age").rename(old)
        first.store.write(lambda db: db.execute("UPDATE outbox SET file = ?", [old.name]))
        first.escalations.sweep()
        assert [file.name for file in pc.outbox.iterdir()] == [f"{pack_id}.desk.age"]
        first.escalations.sweep()
        assert _state(first, pack_id) is Delivery.NO_KEY


def test_a_receipt_beside_its_pack_is_not_believed(pc: Home, tmp_path: Path, team_key: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with Shift(pc, "first", FolderDrop(share), lambda: team_key) as first:
        pack_id = first.press()
        forged = {"pack_id": pack_id, "file": f"{pack_id}.age", "sha256": "0" * 64, "destination": "x", "receipt": {}}
        (pc.outbox / f"{pack_id}.receipt.json").write_text(json.dumps(forged))
        first.escalations.shared.take_up()
        assert _state(first, pack_id) is Delivery.WAITING
        first.sender.round()
        assert (share / f"{pack_id}.age").exists()
        first.escalations.sweep()
    assert list(pc.outbox.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pack_id": "other"}', "\x00" * 10])
def test_a_receipt_that_is_none_changes_nothing(pc: Home, team_key: Path, text: str) -> None:
    with Shift(pc, "first", Down(), lambda: team_key) as first:
        pack_id = first.press()
        (pc.outbox / f"{pack_id}.age").unlink()
        (pc.outbox / f"{pack_id}.receipt.json").write_text(text)
        assert first.escalations.shared.take_up() == []
        assert _state(first, pack_id) is Delivery.WAITING


def test_while_another_desk_closes_its_unfinished_file_stays(pc: Home) -> None:
    with Shift(pc, "second", Down()) as second:
        pc.outbox.mkdir(parents=True, exist_ok=True)
        part = pc.outbox / "01ABC.age.0000.part"
        part.write_bytes(b"half")
        second.escalations.sweep(others_at_work=True)
        assert part.exists()
        second.escalations.sweep()
        assert not part.exists()


def test_while_nobody_is_there_a_courier_delivers_under_a_key_nobody_has(
    pc: Home, tmp_path: Path, team_key: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    assert not has_work([pc.outbox])
    with Shift(pc, "first", Down(), lambda: team_key) as first:
        pack_id = first.press()
    assert has_work([pc.outbox])
    folder = pc.root / "courier" / "one"
    store = Store(SqlCipherVault(folder / "personal.db", bytes(range(32))), now)
    escalations = Escalations(pc, store, AgeBox(), lambda: None, now)
    sender = OutboxSender(store, escalations, lambda kind: FolderDrop(share), lambda change: None)
    sender.round()
    courier = Courier(folder, store, sender)
    courier.leave()
    courier.join()
    assert not folder.exists()
    assert (share / f"{pack_id}.age").exists()
    with Shift(pc, "first", Down(), lambda: team_key) as first:
        assert _state(first, pack_id) is Delivery.ACCEPTED


def test_practice_packs_are_shared_too(pc: Home, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with Shift(pc, "first", Down()) as first:
        pack_id = first.press(practice=True)
    with Shift(pc, "second", FolderDrop(share)) as second:
        second.sender.round()
        (row,) = second.store.read(all_packs)
        assert (row.kind, row.delivery) == (Kind.PRACTICE, Delivery.ACCEPTED)
    with Shift(pc, "first", Down()) as first:
        assert _state(first, pack_id) is Delivery.ACCEPTED
