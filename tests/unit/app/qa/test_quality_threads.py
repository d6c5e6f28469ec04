"""A share that hangs never holds up the desk, its evidence or its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.folder_drop import FolderDrop
from app.destinations import quality_sender
from app.escalation import Escalations
from app.filing_rows import put_filing
from app.outbox import Drop, OutboxSender, Parcel
from app.outbox_rows import Kind, Pack, add_pack, all_packs
from app.personal import seal_box
from app.qa.desk_side import QaDesk
from app.store import Store
from assist.model import Delivery
from tests.helpers.personal import NOW, RECORD, home_in, now, open_store
from tests.helpers.quality import Clock, QaDeskPc, trainer_keys_in

PATIENCE_S = 20.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(home_in(tmp_path))
    yield made
    made.close()


class Hanging:
    """A destination on a share that went away: nothing comes back until it is let go."""

    name = "share"

    def __init__(self) -> None:
        self.reached, self.let_go = threading.Event(), threading.Event()

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        self.reached.set()
        self.let_go.wait(PATIENCE_S)
        return {}


def test_records_go_while_the_exchange_hangs(store: Store, tmp_path: Path) -> None:
    home, hanging, share = home_in(tmp_path), Hanging(), tmp_path / "records"
    share.mkdir()
    store.begin_session("call-1", NOW.isoformat(), "devices", "")
    letter = Pack(
        "letter-1", "", NOW.isoformat(), Kind.LETTER, False, "", "", Delivery.WAITING, body="{}", place="answers/a.json"
    )
    store.write(lambda db: add_pack(db, letter))
    store.write(lambda db: put_filing(db, "call-1", 1, NOW, "", (RECORD,)))
    delivered = threading.Event()

    class Ways:
        def drop(self, kind: Kind) -> Drop:
            return hanging if kind is Kind.LETTER else FolderDrop(share)

    quality = quality_sender(home, store, Ways())  # type: ignore[arg-type]
    escalations = Escalations(home, store, seal_box(), lambda: None, now)
    sender = OutboxSender(store, escalations, Ways().drop, lambda change: delivered.set())
    quality.start()
    try:
        assert hanging.reached.wait(PATIENCE_S)
        sender.start()
        assert delivered.wait(PATIENCE_S)
        states = {pack.kind: pack.delivery for pack in store.read(all_packs)}
        assert states == {Kind.LETTER: Delivery.WAITING, Kind.RECORD: Delivery.ACCEPTED}
    finally:
        hanging.let_go.set()
        sender.close()
        quality.close()


def test_the_desk_closes_while_a_look_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    (tmp_path / "share").mkdir()
    trainer_keys_in(tmp_path / "keys")
    desk = QaDeskPc(tmp_path / "desk", str(tmp_path / "share"), tmp_path / "keys" / "trainer.json", Clock())
    reached, let_go = threading.Event(), threading.Event()

    def hang(_self: QaDesk, *_parts: object) -> int:
        reached.set()
        let_go.wait(PATIENCE_S)
        return 0

    monkeypatch.setattr(QaDesk, "_take_orders", hang)
    desk.quality.desk.start()
    try:
        assert reached.wait(PATIENCE_S)
        desk.call()  # put away, with its header in the outbox, as if nothing were wrong
        assert [pack.kind for pack in desk.personal.store.read(all_packs)] == [Kind.HEADER]
        desk.quality.desk.close(timeout_s=0.01)
        assert not let_go.is_set()
    finally:
        let_go.set()
        desk.close()
