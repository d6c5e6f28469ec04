"""A session package: what goes in comes out, for whom it was sealed, and nothing of it lies in clear."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.errors import PackageFault, ReplayFault
from app.evidence_check import Signature
from app.qa.package import PackageKind, Terms
from app.qa.package_make import BROKEN_OFF, MADE, make_package
from app.qa.package_rows import KeptPackage, packages, put_package, sweep
from app.replay.open_call import OpenReplay
from audio.journal import DATA_START, SLOT_BYTES
from audio.model import SAMPLE_RATE, Channel
from tests.helpers.packages import TERMS, UNTIL, WORDS, PackageDesk, days, rewritten, story
from tests.helpers.personal import NOW


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PackageDesk]:
    made = PackageDesk(tmp_path)
    made.save()
    yield made
    made.close()


def test_what_went_in_comes_out_byte_for_byte_and_sample_for_sample(desk: PackageDesk, tmp_path: Path) -> None:
    before = desk.load()
    made = desk.make(tmp_path / "a.doumi")
    call = desk.opener().open(tmp_path / "a.doumi")
    assert [one.body for one in call.stored] == [one.body for one in before.stored]
    assert [one.event for one in call.stored] == [one.event for one in before.stored]
    assert call.versions == before.versions
    assert len(call.versions) == 2
    for side in Channel:
        assert before.sound is not None
        assert call.sound is not None
        length = before.sound.length(side)
        assert call.sound.length(side) == length
        assert np.array_equal(call.sound.read(side, 0, length + 99), before.sound.read(side, 0, length))
        across = call.sound.read(side, 10 * SAMPLE_RATE - 7, 20 * SAMPLE_RATE + 9)
        assert np.array_equal(across, before.sound.read(side, 10 * SAMPLE_RATE - 7, 20 * SAMPLE_RATE + 9))
        assert not len(call.sound.read(side, length, length + 10))
    facts = call.facts
    assert (facts.id, facts.package, facts.purpose, facts.until) == (made.id, True, TERMS.purpose, UNTIL.isoformat())
    assert (facts.sender, facts.counsellor, facts.header) == (desk.signer.desk_id, "C-07", "head-1")
    assert (facts.started_at, facts.duration_s) == (before.facts.started_at, before.facts.duration_s)
    assert facts.sound_s == 25.0
    assert facts.notes == ()
    assert call.unreadable() == ()


def test_a_call_without_sound_is_a_package_too(desk: PackageDesk, tmp_path: Path) -> None:
    desk.save("call-2", seconds=0)
    desk.make(tmp_path / "a.doumi", call=desk.load("call-2"))
    call = desk.opener().open(tmp_path / "a.doumi")
    assert call.sound is None
    assert len(call.stored) == len(story("call-2"))
    assert call.facts.sound_s == 0
    assert call.unreadable() == ()


def test_nothing_lies_in_clear_and_only_this_user_reads_the_file(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "a.doumi"
    made = desk.make(file)
    assert file.stat().st_mode & 0o077 == 0
    raw = file.read_bytes()
    for text in (WORDS, "9876", TERMS.purpose, "C-07", "head-1", "call-1", "fLaC", desk.signer.desk_id, "2026-11"):
        assert text.encode() not in raw
    with zipfile.ZipFile(file) as packed:
        assert packed.namelist()[0] == "mimetype"
        assert packed.namelist()[1:] == ["format.json", "sound/00000", "sound/00001", "sound/00002", "sealed.age"]
        assert json.loads(packed.read("format.json")) == {"format": "doumi.session", "version": 1, "id": made.id}
    # Where file managers look for the type of such a file.
    assert raw[38 : 38 + 29] == b"application/vnd.doumi.session"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.doumi", "home"]


def test_every_receiver_opens_it_alone_and_nobody_else(desk: PackageDesk, tmp_path: Path) -> None:
    first, second, other = (desk.box.generate() for _ in range(3))
    desk.make(tmp_path / "a.doumi", to=[first[1], second[1]])
    for identity, _ in (first, second):
        assert desk.refusal(tmp_path / "a.doumi", identity) == ""
    assert desk.refusal(tmp_path / "a.doumi", other[0]) == "package.other_receiver"
    assert desk.refusal(tmp_path / "a.doumi", other[0], second[0]) == ""


def test_every_making_opening_and_refusal_is_in_the_access_log(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "a.doumi"
    made = desk.make(file)
    desk.logged.clear()
    call = desk.opener().open(file, "cli")
    call.revealed()
    desk.opener().look(file, "inbox")
    stranger, _ = desk.box.generate()
    assert desk.refusal(file, stranger) == "package.other_receiver"
    (tmp_path / "no.doumi").write_bytes(b"PK")
    assert desk.refusal(tmp_path / "no.doumi") == "package.truncated"
    assert desk.logged == [
        ("package-open", made.id, "cli"),
        ("reveal", made.id, "cli"),
        ("package-look", made.id, "inbox"),
        ("package-refuse", made.id, "package.other_receiver"),
        ("package-refuse", "", "package.truncated"),
    ]
    desk.logged.clear()
    desk.make(tmp_path / "b.doumi")
    assert [(action, subject) for action, subject, _ in desk.logged] == [("open", "call-1"), ("package-make", "call-1")]


def test_what_cannot_be_logged_is_not_opened(desk: PackageDesk, tmp_path: Path) -> None:
    desk.make(tmp_path / "a.doumi")

    def refuses(action: str, subject: str, note: str) -> None:
        raise PackageFault("package.unreadable", path="")

    with pytest.raises(PackageFault):
        replace(desk.opener(), log=refuses).open(tmp_path / "a.doumi")


def test_the_last_day_counts_and_the_next_does_not(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "a.doumi"
    desk.make(file)
    desk.today = days(UNTIL, 0)
    call = desk.opener().open(file)
    call.check()
    desk.today = days(UNTIL, 1)
    with pytest.raises(PackageFault, match=UNTIL.isoformat()):
        call.check()
    assert desk.refusal(file) == "package.expired"


def test_a_package_that_goes_while_it_is_open_says_so_and_is_silent(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "a.doumi"
    desk.make(file)
    call = desk.opener().open(file)
    content = file.read_bytes()
    file.unlink()
    with pytest.raises(PackageFault) as gone:
        call.check()
    assert gone.value.code == "package.gone"
    assert call.sound is not None
    assert not call.sound.read(Channel.AGENT, 0, SAMPLE_RATE).any()
    file.write_bytes(content[:-5])
    with pytest.raises(PackageFault) as changed:
        call.check()
    assert changed.value.code == "package.changed"


def test_the_sender_is_named_and_one_that_is_not_listed_is_told(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "a.doumi"
    assert desk.make(file).signature is Signature.VALID
    assert desk.opener().look(file).signature is Signature.VALID
    assert not desk.opener().open(file).facts.unlisted
    desk.desks = {"another desk": "its key"}
    assert desk.opener().look(file).signature is Signature.UNKNOWN_DESK
    facts = desk.opener().open(file).facts
    assert (facts.unlisted, facts.sender, facts.notes) == (True, desk.signer.desk_id, ())
    # Without a list all that are signed count: there is nothing to be told of.
    desk.desks = {}
    assert not desk.opener().open(file).facts.unlisted


def test_a_stretch_of_sound_that_is_not_there_is_silence_with_its_place(desk: PackageDesk, tmp_path: Path) -> None:
    whole = tmp_path / "a.doumi"
    desk.make(whole)
    file = rewritten(whole, tmp_path / "b.doumi", {"sound/00001": None})
    call = desk.opener().open(file)
    assert call.sound is not None
    assert not call.sound.read(Channel.CALLER, 10 * SAMPLE_RATE, 20 * SAMPLE_RATE).any()
    assert call.sound.read(Channel.CALLER, 9 * SAMPLE_RATE, 10 * SAMPLE_RATE).any()
    assert call.sound.read(Channel.CALLER, 20 * SAMPLE_RATE, 21 * SAMPLE_RATE).any()
    found = {(one.channel, one.start_s, one.end_s, one.why) for one in call.unreadable()}
    assert found == {(side, 10.0, 20.0, "missing") for side in Channel}
    replay = OpenReplay(call)
    assert len([one for one in replay.silent() if one.why == "missing"]) == 2
    assert any("10" in note for note in replay.facts.notes)
    # The last piece is as long as the side, not as a piece.
    call = desk.opener().open(rewritten(whole, tmp_path / "c.doumi", {"sound/00002": None}))
    assert {(one.channel, one.end_s) for one in call.unreadable()} == {(Channel.AGENT, 25.0), (Channel.CALLER, 24.5)}


def test_pieces_can_neither_be_moved_nor_changed(desk: PackageDesk, tmp_path: Path) -> None:
    whole = tmp_path / "a.doumi"
    desk.make(whole)
    with zipfile.ZipFile(whole) as packed:
        first, second = packed.read("sound/00000"), packed.read("sound/00001")
    flipped = bytearray(second)
    flipped[100] ^= 1
    call = desk.opener().open(
        rewritten(whole, tmp_path / "b.doumi", {"sound/00000": second, "sound/00001": bytes(flipped)})
    )
    assert call.sound is not None
    assert first != second
    assert not call.sound.read(Channel.AGENT, 0, 20 * SAMPLE_RATE).any()
    assert {(one.start_s, one.end_s, one.why) for one in call.unreadable()} == {(0.0, 20.0, "damaged")}


def test_what_was_damaged_before_it_was_packed_is_told_by_the_package(desk: PackageDesk, tmp_path: Path) -> None:
    (file,) = (desk.home.sound / "call-1").glob("caller-*")
    content = bytearray(file.read_bytes())
    content[DATA_START + 3 * SLOT_BYTES + 99] ^= 1
    file.write_bytes(content)
    desk.make(tmp_path / "a.doumi")
    (stretch,) = desk.opener().open(tmp_path / "a.doumi").unreadable()
    assert (stretch.channel, stretch.start_s, stretch.end_s, stretch.why) == (Channel.CALLER, 3.0, 4.0, "damaged")


def test_turns_out_of_order_open_with_a_note(desk: PackageDesk, tmp_path: Path) -> None:
    events = story("call-3")
    events[1], events[9] = events[9], events[1]
    desk.save("call-3", seconds=0, events=events)
    desk.make(tmp_path / "a.doumi", call=desk.load("call-3"))
    call = desk.opener().open(tmp_path / "a.doumi")
    assert len(call.facts.notes) == 1
    assert [one.event for one in call.stored] == events
    times = [one.t_ns for one in OpenReplay(call).events]
    assert times == sorted(times)


def test_an_exercise_carries_what_its_maker_wrote(desk: PackageDesk, tmp_path: Path) -> None:
    terms = Terms("신규 교육", UNTIL, kind=PackageKind.EXERCISE, extra='{"turns": [1, 3]}')
    desk.make(tmp_path / "a.doumi", terms)
    facts = desk.opener().look(tmp_path / "a.doumi")
    assert (facts.kind, facts.extra, facts.category) == (PackageKind.EXERCISE, '{"turns": [1, 3]}', "교통")


@pytest.mark.parametrize(
    ("terms", "to", "code"),
    [
        (Terms("  \n ", UNTIL), None, "package.no_purpose"),
        (Terms("가" * 201, UNTIL), None, "package.no_purpose"),
        (Terms("평가", NOW.date() - timedelta(days=1)), None, "package.until_past"),
        (TERMS, [], "package.no_receiver"),
        (TERMS, ["age1nobody"], "package.no_receiver"),
    ],
)
def test_what_cannot_be_sealed_is_told_and_leaves_nothing(
    desk: PackageDesk, tmp_path: Path, terms: Terms, to: list[str] | None, code: str
) -> None:
    call, receivers = desk.load(), [desk.recipient] if to is None else to
    with pytest.raises(PackageFault) as refused:
        make_package(tmp_path / "a.doumi", call, terms, receivers, desk.signer, desk.tools, desk.now, desk.log)
    assert refused.value.code == code
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home"]


def test_a_file_that_is_there_stays_and_a_disk_that_is_full_leaves_nothing(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "a.doumi"
    file.write_bytes(b"mine")
    with pytest.raises(PackageFault) as refused:
        desk.make(file)
    assert refused.value.code == "package.exists"
    assert file.read_bytes() == b"mine"

    class Full:
        def __init__(self, whole: object) -> None:
            self.new_key = whole.new_key

        def seal(self, key: bytes, index: int, context: bytes, plain: bytes) -> bytes:
            raise OSError(28, "full")

    desk.tools = replace(desk.tools, seal=Full(desk.tools.seal))
    with pytest.raises(PackageFault) as full:
        desk.make(tmp_path / "b.doumi")
    assert full.value.code == "package.not_written"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.doumi", "home"]


def test_a_call_that_is_deleted_while_it_is_packed_makes_no_package(desk: PackageDesk, tmp_path: Path) -> None:
    call = desk.load()
    desk.store.delete("call-1")
    with pytest.raises(ReplayFault, match="삭제"):
        desk.make(tmp_path / "a.doumi", call=call)
    assert not (tmp_path / "a.doumi").exists()


def test_packages_past_their_last_day_are_swept_from_the_disk(desk: PackageDesk, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    for name, until in (("old", "2026-11-21"), ("last", "2026-11-22"), ("later", "2027-01-01")):
        (folder / f"{name}.doumi").write_bytes(b"sealed")
        row = KeptPackage(
            name, "", "", f"{name}.doumi", "", "2026-11-01T09:00", "session", "", until, "d", "", "", 0, ""
        )
        desk.store.write(lambda db, row=row: put_package(db, row))
    assert sweep(desk.store, folder, NOW) == 1
    assert sorted(one.name for one in folder.iterdir()) == ["last.doumi", "later.doumi"]
    assert {one.package_id for one in desk.store.read(packages)} == {"last", "later"}
    logged = desk.store.read(lambda db: db.execute("SELECT action, subject FROM access").fetchall())
    assert ("package-expire", "old") in [tuple(row) for row in logged]
    assert sweep(desk.store, folder, NOW) == 0


def test_what_a_crash_left_beside_the_packages_goes_after_a_day(desk: PackageDesk, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert sweep(desk.store, folder, NOW) == 0
    folder.mkdir()
    for name, hours in (("half", 25), ("new", 1)):
        (folder / f".{name}.part").write_bytes(b"sealed")
        os.utime(folder / f".{name}.part", (NOW.timestamp() - hours * 3600,) * 2)
    sweep(desk.store, folder, NOW)
    assert [one.name for one in folder.iterdir()] == [".new.part"]


def test_a_clock_that_jumped_sweeps_nothing(desk: PackageDesk, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "a.doumi").write_bytes(b"sealed")
    row = KeptPackage("a", "", "", "a.doumi", "", "", "session", "", "2026-11-30", "d", "", "", 0, "")
    desk.store.write(lambda db: put_package(db, row))
    assert sweep(desk.store, folder, NOW) == 0
    for later in (timedelta(days=400), timedelta(days=400, hours=2)):
        assert sweep(desk.store, folder, NOW + later) == 0
        assert (folder / "a.doumi").exists()
    # A clock that stays where it is for another day is right after all.
    assert sweep(desk.store, folder, NOW + timedelta(days=401)) == 1
    assert not (folder / "a.doumi").exists()


def test_a_making_that_is_broken_off_is_logged_as_that(desk: PackageDesk, tmp_path: Path) -> None:
    class CallBegan(Exception):
        """As :mod:`app.qa.desk_side` breaks off."""

    def progress(_part: float) -> None:
        raise CallBegan

    with pytest.raises(CallBegan):
        make_package(
            tmp_path / "a.doumi", desk.load(), TERMS, [desk.recipient], desk.signer, desk.tools, desk.now, desk.log,
            progress,
        )  # fmt: skip
    assert [action for action, _, _ in desk.logged][-2:] == [MADE, BROKEN_OFF]
    assert not (tmp_path / "a.doumi").exists()


def test_of_two_makers_of_one_name_one_wins_and_the_other_is_told(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "a.doumi"

    def made_meanwhile(part: float) -> None:
        if not file.exists():
            file.write_bytes(b"another's")

    with pytest.raises(PackageFault) as refused:
        make_package(
            file, desk.load(), TERMS, [desk.recipient], desk.signer, desk.tools, desk.now, desk.log, made_meanwhile
        )
    assert refused.value.code == "package.exists"
    assert file.read_bytes() == b"another's"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.doumi", "home"]


def test_the_longest_name_is_written_and_a_longer_one_is_told(desk: PackageDesk, tmp_path: Path) -> None:
    desk.make(tmp_path / f"{'a' * 249}.doumi")
    with pytest.raises(PackageFault) as refused:
        desk.make(tmp_path / f"{'가' * 200}.doumi")
    assert refused.value.code == "package.name_too_long"
