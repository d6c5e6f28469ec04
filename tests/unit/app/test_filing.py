"""Filing: one transaction, one order, one delivery; a refusal comes back; nothing personal lies in the clear."""

from __future__ import annotations

import importlib.util
import json
import random
import re
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.adapters.http_drop import HttpDrop
from app.escalation import Escalations
from app.filing import RecordFiling
from app.filing_document import schema
from app.filing_rows import unsent_records
from app.home import Home
from app.outbox import Drop, OutboxSender, Parcel
from app.outbox_rows import Kind, all_packs, ui_row, unsent
from app.personal import open_personal
from app.record_help import SiteRecordHelp
from app.retention_plan import Kind as Kept
from app.retention_rows import Begun, delete_rows, others
from app.session_text import line
from app.settings import FilingSettings, RecordSettings, RetentionSettings, Settings
from app.store import Store
from assist.events import DeliveryChanged, RecordDelivered, RecordFiled
from assist.model import Delivery
from assist.record_text import shipped_templates
from tests.helpers.https import certificate
from tests.helpers.personal import NOW, RECORD, home_in, now, open_store
from tests.unit.app.test_outbox import Pace

DOCS = Path(__file__).parents[3] / "docs"
CALLBACK = replace(RECORD, follow_up="한다솜님(010-0327-5614)에게 콜백")


def example() -> Any:
    name = "record_receiver_example"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, DOCS / "examples" / "record_receiver.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


class Desk:
    def __init__(self, folder: Path) -> None:
        self.home = home_in(folder)
        self.share = folder / "share"
        self.settings = FilingSettings(folder=self.share)
        self.store: Store = open_store(self.home)
        self.drop: Drop = FolderDrop(self.share)
        self.pace = Pace()
        self.told: list[DeliveryChanged | RecordDelivered] = []
        escalations = Escalations(self.home, self.store, AgeBox(), lambda: None, now)
        self.sender = OutboxSender(
            self.store, escalations, lambda kind: self.drop, self.told.append, self.pace, random.Random(1)
        )
        self.filing = RecordFiling(self.store, lambda: self.settings, "상담사 1", lambda: None, now)

    def call(self, call_id: str = "call-1", source: str = "devices") -> str:
        self.store.begin_session(call_id, NOW.isoformat(), source, "")
        self.store.end_session(call_id, 61.5)
        return call_id

    def waiting(self) -> list[str]:
        return [pack.pack_id for pack in self.store.read(all_packs) if pack.delivery is Delivery.WAITING]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def site(desk: Desk, tmp_path: Path) -> Iterator[Any]:
    """The example receiver over HTTPS, as the desk's address."""
    module = example()
    pem, secret = certificate(tmp_path / "certificates")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    taken: list[tuple[str, int]] = []
    records = module.Records(tmp_path / "site", lambda one: taken.append((one["id"], one["version"])))
    server = module.Receiver(("127.0.0.1", 0), records, context)
    server.taken, server.out = taken, tmp_path / "site"
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    drop = HttpDrop(f"https://127.0.0.1:{server.server_port}{module.PATH}", pem, way="post")
    desk.drop = drop
    yield server
    drop.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_schema_in_the_docs_is_the_one_records_are_made_by() -> None:
    assert json.loads((DOCS / "record-schema.json").read_text("utf-8")) == schema()
    told = (DOCS / "record-filing.md").read_text("utf-8")
    found = re.search(r"```json\n(.*?)```", told, re.DOTALL)
    assert found is not None
    example().checked(found[1].encode())


def test_a_filed_record_reaches_the_folder_whole_and_leaves_nothing_but_its_receipt(desk: Desk) -> None:
    desk.share.mkdir()
    assert desk.filing.file(desk.call(), (CALLBACK, RECORD)) == 1
    assert desk.store.read(unsent_records) == 1
    assert desk.store.read(unsent) == (0, 0)
    for file in desk.home.root.rglob("*"):
        assert not file.is_file() or not any(word in file.read_bytes() for word in ("한다솜".encode(), b"0327"))
    assert desk.sender.round() is None
    document = json.loads((desk.share / "call-1-0001.json").read_text("utf-8"))
    assert document["records"][0]["follow_up"] == "한다솜님(010-0327-5614)에게 콜백"
    assert [one["number"] for one in document["records"]] == [1, 2]
    assert (document["id"], document["version"], document["counsellor"]) == ("call-1", 1, "상담사 1")
    assert document["call"]["duration_s"] == 61.5
    (pack,) = desk.store.read(all_packs)
    assert (pack.delivery, pack.body) == (Delivery.ACCEPTED, "")
    assert desk.store.read(unsent_records) == 0
    (told,) = desk.told
    assert isinstance(told, RecordDelivered)
    assert (told.call_id, told.version, told.delivery, told.code) == ("call-1", 1, Delivery.ACCEPTED, "")
    assert [type(event) for event in desk.store.events("call-1")] == [RecordDelivered]
    assert desk.store.session("call-1").delivery == "accepted"


def test_practice_calls_are_never_sent_and_nothing_goes_without_an_address(desk: Desk) -> None:
    desk.filing.file(desk.call("practice", "practice"), (RECORD,))
    desk.settings = FilingSettings()
    desk.filing.file(desk.call(), (RECORD,))
    assert desk.store.read(all_packs) == ()
    assert desk.store.session("call-1").delivery == ""


def test_a_newer_version_takes_the_place_of_one_that_was_never_sent(desk: Desk) -> None:
    desk.filing.file(desk.call(), (RECORD,))
    assert desk.sender.round() is not None  # the share is not there: tried, and never sent
    assert desk.store.read(all_packs)[0].attempts == 1
    desk.filing.file("call-1", (CALLBACK,))
    assert desk.waiting() == ["call-1-0002"]
    desk.share.mkdir()
    desk.sender.retry_now()
    desk.sender.round()
    assert [file.name for file in desk.share.iterdir()] == ["call-1-0002.json"]


def test_a_version_that_may_have_arrived_is_settled_before_the_next(desk: Desk, site: Any) -> None:
    answer = site.RequestHandlerClass.answer
    site.RequestHandlerClass.answer = lambda self, status, value: setattr(self, "close_connection", True)
    try:
        desk.filing.file(desk.call(), (RECORD,))
        desk.sender.round()  # it arrived, and the line broke before the answer
    finally:
        site.RequestHandlerClass.answer = answer
    desk.filing.file("call-1", (CALLBACK,))
    assert desk.waiting() == ["call-1-0001", "call-1-0002"]
    desk.sender.retry_now()
    desk.sender.round()
    assert site.taken == [("call-1", 1), ("call-1", 2)]
    assert json.loads((site.out / "call-1.json").read_text("utf-8"))["version"] == 2
    assert desk.waiting() == []


def test_a_refusal_comes_back_with_its_reason_and_a_correction_goes_at_once(desk: Desk, site: Any) -> None:
    desk.filing.file(desk.call(), (replace(RECORD, category=""),))
    desk.filing.file(desk.call("call-2"), (RECORD,))
    assert desk.sender.round() is not None
    assert site.taken == [("call-2", 1)]  # the others go on
    refusal = next(event for event in desk.told if isinstance(event, RecordDelivered) and event.code)
    assert (refusal.call_id, refusal.delivery, refusal.code) == ("call-1", Delivery.WAITING, "filing.refused")
    assert "분류가 비어" in refusal.params["reason"]
    assert desk.store.session("call-1").delivery == "refused"
    shown = next(row for row in map(ui_row, desk.store.read(all_packs)) if row.refused)
    assert "분류가 비어" in shown.last_error
    assert (shown.kind, shown.version) == ("record", 1)
    desk.pace.at += 4000
    desk.sender.round()  # refused again for the same reason: nobody is told twice
    assert [event.code for event in desk.told if event.call_id == "call-1"] == ["filing.refused"]  # type: ignore[union-attr]
    desk.filing.file("call-1", (RECORD,))
    desk.sender.round()
    assert site.taken[-1] == ("call-1", 2)
    assert desk.waiting() == []
    assert desk.store.session("call-1").delivery == "accepted"


def test_a_reason_never_repeats_a_name_or_number(desk: Desk, site: Any) -> None:
    module = example()

    def take(key: str, body: bytes) -> bool:
        raise module.Refused(422, "후속조치의 010-0327-5614 형식이 다름")

    site.records.take = take
    desk.filing.file(desk.call(), (CALLBACK,))
    desk.sender.round()
    (told,) = desk.told
    assert isinstance(told, RecordDelivered)
    assert "0327" not in told.params["reason"]


def test_a_version_superseded_while_it_is_on_its_way_is_not_sent(desk: Desk) -> None:
    desk.share.mkdir()
    desk.filing.file(desk.call(), (RECORD,))
    real = desk.drop

    class Slow:
        name = "slow"

        def deliver(self, parcel: Parcel) -> dict[str, str]:
            if parcel.pack_id.endswith("1"):
                desk.filing.file("call-1", (CALLBACK,))  # the counsellor files again before the first byte
            return real.deliver(parcel)

    desk.drop = Slow()
    desk.sender.round()
    desk.sender.round()
    assert [file.name for file in desk.share.iterdir()] == ["call-1-0002.json"]
    assert desk.waiting() == []


def test_what_waits_outlives_its_call_and_is_kept_until_it_is_taken(desk: Desk) -> None:
    desk.filing.file(desk.call(), (CALLBACK,))
    (item,) = desk.store.read(others)
    assert item.exempt is not None
    desk.store.delete("call-1")
    desk.share.mkdir()
    desk.sender.round()
    assert (desk.share / "call-1-0001.json").exists()
    (item,) = desk.store.read(others)
    assert item.exempt is None  # only its receipt is left, and goes by its age


def test_what_was_taken_goes_with_its_call_and_keeps_its_version_until_then(desk: Desk) -> None:
    desk.filing.file(desk.call(), (RECORD,))
    desk.share.mkdir()
    desk.sender.round()
    assert desk.store.read(others) == (), "no evidence"
    due = Begun("call-1", frozenset({Kept.RECORDS}), "age", rows_gone=False)
    desk.store.write(lambda db: delete_rows(db, due, True, lambda *_: None))
    assert desk.filing.file("call-1", (CALLBACK,)) == 2
    desk.sender.round()
    desk.store.write(lambda db: delete_rows(db, due, False, lambda *_: None))
    assert desk.store.read(all_packs) == ()


def test_a_folder_emptied_as_soon_as_the_record_lies_in_it_has_taken_it(desk: Desk) -> None:
    def empty(step: str) -> None:
        for file in desk.share.glob("*.json") if step == "renamed" else ():
            file.unlink()

    desk.share.mkdir()
    desk.drop = FolderDrop(desk.share, step=empty)
    desk.filing.file(desk.call(), (RECORD,))
    desk.sender.round()
    assert desk.waiting() == []


def test_the_folder_consumer_takes_versions_in_order_and_puts_refused_ones_aside(desk: Desk, tmp_path: Path) -> None:
    desk.share.mkdir()
    for records in ((RECORD,), (replace(RECORD, category=""),), (CALLBACK,)):
        desk.filing.file(desk.call(), records)
        desk.sender.round()
    taken: list[int] = []
    tell: Callable[[dict[str, Any]], None] = lambda one: taken.append(one["version"])  # noqa: E731 - typed
    assert example().empty(desk.share, example().Records(tmp_path / "site", tell)) == 2
    assert taken == [1, 3]
    assert [file.name for file in (desk.share / "refused").iterdir()] == ["call-1-0002.json"]


def test_other_kinds_are_sealed_files_and_a_record_is_none(desk: Desk) -> None:
    desk.filing.file(desk.call(), (RECORD,))
    (row,) = desk.store.read(all_packs)
    assert row.kind is Kind.RECORD
    assert not desk.home.outbox.exists() or not list(desk.home.outbox.iterdir())


def test_the_list_of_calls_shows_where_a_record_stands(desk: Desk) -> None:
    desk.filing.file(desk.call(), (RECORD,))
    assert "미전송" in line(desk.store.session("call-1"))
    desk.share.mkdir()
    desk.sender.round()
    assert "전송됨" in line(desk.store.session("call-1"))


def test_a_correction_of_a_saved_call_is_in_its_log(desk: Desk) -> None:
    desk.filing.file(desk.call(), (RECORD,))
    desk.filing.file("call-1", (CALLBACK,), log=True)
    (event,) = desk.store.events("call-1")
    assert isinstance(event, RecordFiled)
    assert (event.version, event.records) == (2, (CALLBACK,))


def test_the_copy_format_and_the_site_files_survive_a_restart(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "formats.toml"
    own.write_text('[[format]]\nname="우리"\nrecord="{분류}"\n', encoding="utf-8")
    settings = RecordSettings(copy_formats=own, templates=tmp_path / "absent.toml")
    help_ = SiteRecordHelp(lambda: settings, desk.store)
    assert [one.name for one in help_.now().formats] == ["우리"]
    assert help_.now().templates == shipped_templates()
    assert [fault.code for fault in help_.faults()] == ["record.file_broken"]
    help_.keep_format("우리")
    desk.store.flush()
    assert SiteRecordHelp(lambda: settings, desk.store).now().format == "우리"


def test_a_record_that_waits_outlives_the_shift_of_a_home_worker_and_goes_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    home, share, told = Home.from_environment(), tmp_path / "share", threading.Event()
    settings = Settings(retention=RetentionSettings(mode="shift"), filing=FilingSettings(folder=share))
    at_home = open_personal(home, lambda: settings, lambda event: None)
    at_home.store.begin_session("call-1", NOW.isoformat(), "devices", "")
    at_home.store.end_session("call-1", 5.0)
    at_home.filing.file("call-1", (CALLBACK,))
    assert at_home.unsent_records() == 1
    assert at_home.unsent() == (0, 0)
    at_home.close()
    share.mkdir()
    again = open_personal(home, lambda: settings, lambda event: told.set())
    try:
        assert told.wait(20)
        assert again.store.sessions() == ()
        assert again.unsent_records() == 0
    finally:
        again.close()
    sent = json.loads((share / "call-1-0001.json").read_text("utf-8"))
    assert sent["records"][0]["follow_up"] == CALLBACK.follow_up
