from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from app.access_log import entries, verify
from app.access_log import heads as access_heads
from app.errors import StoreFault
from app.outbox_rows import Kind as PackKind
from app.outbox_rows import Pack, accept_pack, add_pack
from app.retention_plan import Kind
from app.settings import RetentionSettings
from assist.model import CallRecord, Delivery
from audio.adapters.sealed_frames import SealedJournals
from audio.errors import JournalFault
from tests.helpers.personal import KEY, final, vault
from tests.helpers.retention import START, Desk, sound

SHIFT = RetentionSettings(mode="shift")


def test_each_part_of_a_call_goes_when_its_own_period_is_over(tmp_path: Path) -> None:
    desk = Desk(
        tmp_path, RetentionSettings(sound_days=3, transcript_days=5, records_days=9, drafts_days=2, learning_days=1)
    )
    desk.call("old")
    desk.store.save_draft("old", (CallRecord("교통", inquiry=("다시 쓴 초안",)),))
    assert not desk.retention.run().total
    desk.pass_days(2.2)
    assert desk.retention.run().counts == {Kind.DRAFTS: 1}
    assert desk.store.records("old")[0].inquiry == ("집 앞에 세워둔 차 신고요",)
    assert not desk.store.sessions("초안")
    assert desk.store.sessions("세워둔")
    desk.pass_days(1)
    assert desk.retention.run().counts == {Kind.SOUND: 1}
    assert not (desk.home.sound / "old").exists()
    assert desk.store.events("old")
    desk.pass_days(2)
    assert desk.retention.run().counts == {Kind.TRANSCRIPT: 1}
    assert desk.store.events("old") == ()
    (row,) = desk.store.sessions("신고요")  # the record is still found
    assert row.filed
    desk.pass_days(3)
    assert not desk.retention.run().total
    desk.pass_days(1)
    assert desk.retention.run().counts == {Kind.RECORDS: 1}
    assert desk.ids() == set()
    tables = ("events", "records", "search", "deletions", "births")
    counts = {name: desk.store.read(lambda db, n=name: db.table(n).count) for name in tables}
    assert counts == dict.fromkeys(tables, 0)
    desk.close()


def test_what_is_on_hold_open_or_being_handed_over_stays(tmp_path: Path) -> None:
    desk = Desk(tmp_path, RetentionSettings(sound_days=1, transcript_days=1, records_days=1, drafts_days=1))
    for name in ("held", "wrap-up", "sealing", "plain"):
        desk.call(name)
    desk.store.set_hold("held", True, "소송")
    desk.open_calls = {"wrap-up"}
    pack = Pack("P1", "sealing", START.isoformat(), PackKind.TEAM, False, "", "", Delivery.WAITING)
    desk.store.write(lambda db: add_pack(db, pack))
    desk.store.begin_session("live", desk.at.isoformat(), "devices")
    desk.retention.run()
    desk.pass_days(6)
    assert desk.retention.run().held == 1
    assert desk.ids() == {"held", "wrap-up", "sealing", "live"}
    assert (desk.home.sound / "held").is_dir()
    codes = {"held": "store.held", "wrap-up": "store.call_open", "sealing": "store.handing_over",
             "live": "store.call_open", "none": "store.no_session"}  # fmt: skip
    for name, code in codes.items():
        with pytest.raises(StoreFault) as refused:
            desk.retention.delete(name)
        assert refused.value.code == code
    assert desk.ids() == {"held", "wrap-up", "sealing", "live"}
    desk.store.set_hold("held", False, "끝남")
    desk.retention.run()
    assert "held" not in desk.ids()
    desk.close()


def test_a_deleted_call_takes_keys_files_rows_copies_and_journal_with_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.call("gone")
    desk.call("stays", "남는 말")
    journals = list((desk.home.sound / "gone").iterdir())
    opened = [file.open("rb") for file in journals]  # what a file system keeps of an unlinked file
    copy = desk.home.personal_db.with_name("personal.db.v5.bak")
    copy.write_bytes(b"an older database")
    desk.retention.delete("gone")
    assert desk.ids() == {"stays"}
    assert not (desk.home.sound / "gone").exists()
    assert not copy.exists()
    assert desk.home.personal_db.with_name("personal.db-wal").stat().st_size == 0
    for number, stream in enumerate(opened):
        remnant = tmp_path / f"remnant-{number}.dmj"
        remnant.write_bytes(stream.read())
        stream.close()
        assert remnant.stat().st_size > 60_000
        with pytest.raises(JournalFault):
            SealedJournals(KEY).open(remnant)
    assert len(list((desk.home.sound / "stays").iterdir())) == 2
    lines = desk.store.read(lambda db: [(line.action, line.subject, line.note) for line in entries(db)])
    assert lines == [("delete", "gone", "by hand: sound, transcript, records, drafts")]
    database = vault(desk.home)
    assert desk.store.read(lambda db: verify(db, access_heads(desk.home.personal_db), database.log_key)).whole
    desk.close()


def test_notes_learning_and_delivered_packs_have_periods_of_their_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path, RetentionSettings(notes_days=2, learning_days=3, incidents_days=4))
    at = desk.at.isoformat()
    day = desk.at.timestamp() / 86_400

    def fill(db: object) -> None:
        db.table("kb_notes").insert({"id": "n", "kind": "gap", "filed_at": at, "body": "{}"})  # type: ignore[attr-defined]
        db.table("opened").insert({"article_id": "A-1", "opened_at": at})  # type: ignore[attr-defined]
        db.table("learned").insert(  # type: ignore[attr-defined]
            {"words": '["차"]', "article_id": "A-1", "fingerprint": "f", "gain": 1, "loss": 0, "used": 1, "day": day}
        )
        db.table("own_note").insert({"id": 1, "stored_at": at, "body": "힘든 날"})  # type: ignore[attr-defined]
        for pack_id, delivery in (("sent", Delivery.ACCEPTED), ("unsent", Delivery.WAITING)):
            add_pack(db, Pack(pack_id, "", at, PackKind.TEAM, False, f"{pack_id}.age", "", delivery))  # type: ignore[arg-type]
        accept_pack(db, "sent", "team", {"id": "sent"})  # type: ignore[arg-type]

    desk.store.write(fill)
    desk.retention.run()
    found = []
    for days in (1.9, 0.3, 1, 1):
        desk.pass_days(days)
        found.append(dict(desk.retention.run().counts))
    assert found == [{}, {Kind.NOTES: 1}, {Kind.LEARNING: 3}, {Kind.INCIDENTS: 1}]
    left = desk.store.read(lambda db: [row["pack_id"] for row in db.table("outbox").rows])
    assert left == ["unsent"]
    notes = desk.store.read(lambda db: [(line.subject, line.note) for line in entries(db)])
    assert notes == [("notes", "retention: 1"), ("learning", "retention: 3"), ("incidents", "retention: 1")]
    desk.close()


def test_nothing_of_the_shift_outlives_it_but_evidence_and_what_is_handed_over(tmp_path: Path) -> None:
    desk = Desk(tmp_path, SHIFT)
    desk.call("filed")
    desk.call("unfiled", filed=False)
    desk.call("held")
    desk.store.set_hold("held", True, "escalated")
    at = desk.at.isoformat()

    def fill(db: object) -> None:
        db.table("kb_notes").insert({"id": "n", "kind": "gap", "filed_at": at, "body": "{}"})  # type: ignore[attr-defined]
        db.table("own_note").insert({"id": 1, "stored_at": at, "body": "힘든 날"})  # type: ignore[attr-defined]
        add_pack(db, Pack("P", "held", at, PackKind.TEAM, False, "P.age", "", Delivery.WAITING))  # type: ignore[arg-type]

    desk.store.write(fill)
    assert desk.retention.close()
    assert desk.ids() == {"held"}
    assert {path.name for path in desk.home.sound.iterdir()} == {"held"}
    left = {name: desk.store.read(lambda db, n=name: db.table(n).count) for name in ("kb_notes", "own_note", "outbox")}
    assert left == {"kb_notes": 1, "own_note": 0, "outbox": 1}
    assert not desk.retention.close()  # nothing more to end
    desk.close()


def test_after_a_crash_the_next_start_ends_the_shift_but_shows_what_was_not_filed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, SHIFT)
    desk.call("filed")
    desk.call("unfiled", filed=False)
    desk.retention.start()
    assert desk.retention._thread is not None
    desk.retention._stop.set()
    desk.retention._thread.join(30)
    assert desk.ids() == {"unfiled"}
    assert [event.code for event in desk.told] == ["retention.earlier_shift", "retention.look_first"]  # type: ignore[attr-defined]
    desk.retention.close()
    assert desk.ids() == set()
    desk.close()


def test_a_kind_with_no_days_goes_with_the_shift_and_the_rest_stays(tmp_path: Path) -> None:
    desk = Desk(tmp_path, RetentionSettings(sound_days=0))
    desk.call("one")
    desk.pass_days(5)
    assert not desk.retention.run().total  # the shift goes on
    assert not desk.retention.close()
    assert not (desk.home.sound / "one").exists()
    assert desk.store.events("one")
    desk.close()


def test_a_clock_that_jumped_deletes_nothing_before_a_second_day(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.call("one")
    desk.retention.run()
    desk.pass_days(3650)
    went = desk.retention.run()
    assert (went.total, went.doubted) == (0, True)
    desk.pass_days(0.5)
    assert desk.retention.run().doubted
    desk.at = START + timedelta(days=1)  # somebody set it right
    assert not desk.retention.run().doubted
    assert desk.ids() == {"one"}
    desk.pass_days(200)
    assert desk.retention.run().doubted
    desk.pass_days(1)
    assert not desk.retention.run().doubted  # the PC was away for long: a second day says so, too
    assert not desk.store.events("one")
    assert desk.store.records("one")
    desk.close()


@pytest.mark.parametrize("days", [-20_000, -400, -3, 400])
def test_a_call_recorded_by_a_wrong_clock_is_as_old_as_it_really_is(tmp_path: Path, days: float) -> None:
    desk = Desk(tmp_path)
    desk.call("before")
    desk.retention.run()
    desk.pass_days(1)
    right = desk.at
    desk.pass_days(days)
    desk.call("wrong clock")
    desk.retention.run()
    desk.at = right + timedelta(days=0.1)
    desk.retention.run()
    for _ in range(14):
        desk.pass_days(6)
        assert not desk.retention.run().doubted
    assert "wrong clock" in desk.ids()
    assert desk.store.events("wrong clock")
    for _ in range(3):
        desk.pass_days(6)
        desk.retention.run()
    assert not desk.store.events("wrong clock")
    desk.close()


def test_sound_without_its_rows_goes_by_its_own_age(tmp_path: Path) -> None:
    desk = Desk(tmp_path, RetentionSettings(sound_days=1))
    desk.store.append(final(1))
    sound(desk.home, "orphan", 1)
    os.utime(desk.home.sound / "orphan", (START.timestamp(), START.timestamp()))
    desk.retention.run()
    assert (desk.home.sound / "orphan").exists()
    desk.pass_days(2)
    assert desk.retention.run().counts == {Kind.SOUND: 1}
    assert not (desk.home.sound / "orphan").exists()
    desk.close()


def test_copies_and_old_logs_go_by_their_age_and_the_log_of_now_stays(tmp_path: Path) -> None:
    desk = Desk(tmp_path, RetentionSettings(backups_days=2, logs_days=2))
    desk.home.logs.mkdir(parents=True)
    files = [desk.home.personal_db.with_name("personal.db.v3.bak"), desk.home.logs / "doumi.log.1",
             desk.home.logs / "doumi.log"]  # fmt: skip
    for file in files:
        file.write_bytes(b"x")
        os.utime(file, (START.timestamp(), START.timestamp()))
    desk.retention.run()
    desk.pass_days(3)
    assert desk.retention.run().counts == {Kind.BACKUPS: 1, Kind.LOGS: 1}
    assert [file.exists() for file in files] == [False, False, True]
    desk.close()


def test_a_dry_run_says_what_would_go_and_changes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, RetentionSettings(sound_days=1))
    desk.call("one")
    desk.retention.run()
    desk.pass_days(2)
    assert desk.retention.run(dry=True).counts == {Kind.SOUND: 1}
    assert (desk.home.sound / "one").is_dir()
    assert desk.retention.run().counts == {Kind.SOUND: 1}
    desk.close()
