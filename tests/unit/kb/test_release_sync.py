"""What a desk makes of releases in a folder: taken up whole, or refused with the old one still answering."""

from __future__ import annotations

import errno
import gzip
import json
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import index, specials
from kb.adapters.tuf_repository import TufRepository
from kb.errors import PublishRejected, SyncFault, SyncMissing, SyncRefused, SyncUnreachable
from kb.release import download, manifest, sync
from kb.release.manifest import Golden
from tests.helpers.knowledge import ROWS, HashEncoder, small_file
from tests.helpers.releases import GOLDEN, Desk, Team

NEW = ("k1", "행정", "여권 재발급 새 안내", "새 답변입니다. 여권은 구청 민원실에서 다시 발급합니다.")
SECOND = (NEW, *ROWS[1:])


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a team that published release 1."""
    folder = tmp_path_factory.mktemp("first")
    Team(folder).publish()
    return folder


@pytest.fixture(scope="session")
def second(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same team after release 2."""
    folder = tmp_path_factory.mktemp("second") / "team"
    shutil.copytree(first, folder)
    Team(folder).publish(SECOND)
    return folder


@pytest.fixture
def team(first: Path, tmp_path: Path) -> Team:
    shutil.copytree(first, tmp_path / "team")
    return Team(tmp_path / "team")


@pytest.fixture
def desk(team: Team, tmp_path: Path) -> Desk:
    """Return a desk that has release 1."""
    made = Desk(tmp_path / "desk", team.root, team.out)
    assert made.sync().updated
    return made


def to_second(team: Team, second: Path) -> None:
    """Let the team's folder be as after release 2."""
    shutil.rmtree(team.folder)
    shutil.copytree(second, team.folder)


def refused(desk: Desk, code: str, **kinds: Any) -> None:
    """Expect a refusal, and the old release still answering."""
    before = desk.library.status()
    with pytest.raises(SyncFault) as caught:
        desk.sync(**kinds)
    assert caught.value.code == code
    assert desk.library.status() == before
    assert desk.answer() == "k1"
    note = desk.notes.read()
    assert (note.code, note.ok) == (code, False)
    assert str(caught.value)


# -- the good ways


def test_a_release_is_taken_up_and_the_next_one_replaces_it(team: Team, desk: Desk, second: Path) -> None:
    assert (desk.installed(), desk.answer()) == (1, "k1")
    opened = desk.library.open()
    assert not desk.sync().updated
    to_second(team, second)
    report = desk.sync()
    assert (report.updated, report.status.release, report.status.origin) == (True, 2, "release")
    article, old = desk.library.open().article("k1"), opened.article("k1")
    assert article is not None
    assert old is not None
    assert article.question == "여권 재발급 새 안내"
    assert old.question == "여권 재발급 신청"  # a call under way goes on with what it has open
    assert sorted(path.name for path in desk.library.folder.glob("kb-*.db")) == ["kb-1.db", "kb-2.db"]
    assert not list((desk.library.folder / ".incoming").iterdir())


def test_two_generations_are_kept(team: Team, desk: Desk) -> None:
    for n in range(3):
        team.publish((*ROWS[:8], ("n", "행정", f"새 항목 {n}", "내용입니다.")))
        desk.sync()
    assert sorted(path.name for path in desk.library.folder.glob("kb-*.db")) == ["kb-3.db", "kb-4.db"]
    assert len(list((team.out / "targets").glob("*.db*"))) == 3


def test_vectors_come_with_the_release(tmp_path: Path, first: Path) -> None:
    shutil.copytree(first, tmp_path / "team")
    team = Team(tmp_path / "team", HashEncoder())
    assert team.publish().manifest.encoder == "hash"
    asked = HashEncoder()
    desk = Desk(tmp_path / "desk", team.root, team.out, asked)
    desk.sync()
    assert desk.library.open().with_vectors
    assert asked.passages_asked == 0
    other = Desk(tmp_path / "other", team.root, team.out)
    other.sync()
    assert not other.library.open().with_vectors  # no model there: by words
    assert other.answer() == "k1"


def test_a_release_replaces_an_import_and_an_older_one_never_comes_back_under_it(
    team: Team, desk: Desk, second: Path, first: Path, tmp_path: Path
) -> None:
    to_second(team, second)
    desk.sync()
    desk.library.import_file(small_file(tmp_path, ROWS[:3], "local.jsonl"))
    shutil.rmtree(desk.folder / "releases" / "lists")
    shutil.rmtree(team.folder)
    shutil.copytree(first, team.folder)
    with pytest.raises(SyncRefused) as caught:
        desk.sync()
    assert caught.value.code == "kb.sync_older"
    to_second(team, second)
    assert desk.sync().status.release == 2


def test_only_a_person_can_go_back(team: Team, desk: Desk, second: Path, first: Path) -> None:
    to_second(team, second)
    desk.sync()
    shutil.rmtree(desk.folder / "releases" / "lists")
    shutil.rmtree(team.folder)
    shutil.copytree(first, team.folder)
    refused(desk, "kb.sync_older")
    assert desk.sync(accept_older=True).status.release == 1
    assert not desk.sync().updated


# -- attacks: the list, one by one


def overwrite(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")


def test_a_wrong_signature_is_refused(team: Team, desk: Desk) -> None:
    team.publish(SECOND)
    overwrite(team.out / "metadata" / "timestamp.json", lambda v: v["signatures"][0].update(sig="00" * 64))
    refused(desk, "kb.sync_signature")


def test_somebody_elses_keys_are_refused(team: Team, desk: Desk, tmp_path: Path) -> None:
    stranger = Team(tmp_path / "stranger")
    stranger.publish(SECOND)
    for name in ("metadata", "targets"):
        shutil.rmtree(team.out / name)
        shutil.copytree(stranger.out / name, team.out / name)
    refused(desk, "kb.sync_signature")


def test_changed_content_under_an_old_signature_is_refused(team: Team, desk: Desk) -> None:
    team.publish(SECOND)
    overwrite(team.out / "metadata" / "timestamp.json", lambda v: v["signed"].update(version=99))
    refused(desk, "kb.sync_signature")


def test_an_expired_release_is_refused_and_the_old_one_is_marked(team: Team, tmp_path: Path) -> None:
    team.shift = -timedelta(days=8)
    team.publish(SECOND)
    desk = Desk(tmp_path / "late", team.root, team.out)
    with pytest.raises(SyncRefused) as caught:
        desk.sync()
    assert caught.value.code == "kb.sync_expired"
    assert desk.library.status().generation == 0


def test_a_release_nobody_renews_goes_stale_and_a_renewal_heals_it(team: Team, desk: Desk) -> None:
    def stale() -> bool:
        return desk.notes.dated(desk.library.status(), desk.now()).stale

    assert not stale()
    desk.shift = timedelta(days=8)
    assert stale()
    assert desk.answer() == "k1"  # 최신 아님, but answering
    team.shift = timedelta(days=6)
    renewed = team.writer().refresh()
    assert not desk.sync().updated
    assert not stale()
    assert desk.notes.read().expires == renewed.isoformat()


def test_an_older_timestamp_is_refused(team: Team, desk: Desk) -> None:
    kept = (team.out / "metadata" / "timestamp.json").read_bytes()
    team.writer().refresh()
    desk.sync()
    (team.out / "metadata" / "timestamp.json").write_bytes(kept)
    refused(desk, "kb.sync_rolled_back")


def test_a_frozen_address_is_seen_by_its_expiry(team: Team, desk: Desk) -> None:
    """An address that keeps showing the same signed lists for ever."""
    for _ in range(3):
        assert not desk.sync().updated
    desk.shift = timedelta(days=7, hours=1)
    assert desk.notes.dated(desk.library.status(), desk.now()).stale


@pytest.mark.parametrize("name", ["snapshot", "targets"])
def test_lists_of_different_releases_are_not_mixed(team: Team, desk: Desk, name: str) -> None:
    team.publish(SECOND)
    metadata = team.out / "metadata"
    shutil.copyfile(metadata / f"1.{name}.json", metadata / f"2.{name}.json")
    refused(desk, "kb.sync_mixed")


@pytest.mark.parametrize("part", ["manifest.json", "kb-2.db"])
@pytest.mark.parametrize("damage", ["cut", "changed", "longer"])
def test_a_file_that_differs_from_its_signature_is_refused(team: Team, desk: Desk, part: str, damage: str) -> None:
    team.publish(SECOND)
    file = team.file(part)
    content = file.read_bytes()
    half = len(content) // 2
    changed = content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]
    file.write_bytes({"cut": content[:half], "changed": changed, "longer": content + bytes(100)}[damage])
    refused(desk, "kb.sync_too_long" if damage == "longer" else "kb.sync_differs")
    file.write_bytes(content)
    assert desk.sync().status.release == 2


@pytest.mark.parametrize("part", ["timestamp.json", "2.snapshot.json", "2.targets.json", "manifest.json", "kb-2.db"])
def test_a_missing_file_is_said(team: Team, desk: Desk, part: str) -> None:
    team.publish(SECOND)
    team.file(part).unlink()
    with pytest.raises(SyncMissing):
        desk.sync()
    assert desk.installed() == 1
    assert desk.answer() == "k1"


def test_lists_that_make_no_sense_are_refused(team: Team, desk: Desk) -> None:
    (team.out / "metadata" / "timestamp.json").write_bytes(b'{"signed": ' + b"[" * 5_000)
    refused(desk, "kb.sync_lists_bad")
    (team.out / "metadata" / "timestamp.json").write_bytes(b" " * 20_000)
    refused(desk, "kb.sync_too_long")


class Careless(TufRepository):
    """Signs a number it has signed before."""

    def next_number(self) -> int:
        return 1


def resigned(team: Team, **changes: object) -> None:
    """Publish the newest release again with a manifest that says something else, properly signed."""
    told = manifest.parse(team.file("manifest.json").read_bytes(), index.SCHEMA)
    value = json.loads(told.to_bytes()) | changes
    listed = team.folder / "manifest.json"
    listed.write_text(json.dumps(value), encoding="utf-8")
    held = team.folder / told.file
    shutil.copyfile(team.file(told.file), held)
    careless = Careless(team.out, team.keys, team.now)
    careless.publish(told.release, {told.file: held, manifest.NAME: listed})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": 2}, "kb.sync_program_too_old"),
        ({"schema_version": index.SCHEMA + 1}, "kb.sync_program_too_old"),
        ({"schema_version": index.SCHEMA - 1}, "kb.sync_release_too_old"),
        ({"schema_version": "x"}, "kb.sync_manifest_bad"),
        ({"built_at": "2099-01-01T00:00:00Z"}, "kb.sync_future"),
        ({"built_at": "2026-01-01T00:00:00"}, "kb.sync_manifest_bad"),
        ({"file": "../kb-1.db"}, "kb.sync_manifest_bad"),
        ({"file": "kb-77.db"}, "kb.sync_manifest_bad"),
        ({"articles": 3}, "kb.sync_count"),
        ({"db_bytes": 100}, "kb.sync_too_long"),
        ({"db_bytes": 2**31}, "kb.sync_differs"),
        ({"db_sha256": "0" * 64}, "kb.sync_differs"),
        ({"release": 77}, "kb.sync_unreadable"),
        ({"encoder": "another"}, "kb.sync_unreadable"),
        ({"golden": [{"query": "여권", "ids": ["absent"]}]}, "kb.sync_golden"),
        ({"golden": [{"query": "x" * 400, "ids": ["k1"]}]}, "kb.sync_manifest_bad"),
    ],
)
def test_a_signed_release_that_is_not_fit_is_refused(
    team: Team, desk: Desk, second: Path, changes: dict[str, object], code: str
) -> None:
    to_second(team, second)
    resigned(team, **changes)
    refused(desk, code)


def test_a_refused_release_is_not_fetched_again_until_a_person_asks(team: Team, desk: Desk, second: Path) -> None:
    to_second(team, second)
    resigned(team, golden=[{"query": "여권", "ids": ["absent"]}])
    refused(desk, "kb.sync_golden")
    held = team.file("kb-2.db")
    held.rename(held.with_name("away"))
    refused(desk, "kb.sync_golden")
    with pytest.raises(SyncMissing):
        desk.sync(again=True)


def test_one_number_stands_for_one_content(team: Team, desk: Desk, second: Path) -> None:
    to_second(team, second)
    desk.sync()
    with pytest.raises(PublishRejected):
        team.writer().publish(2, {})
    resigned(team, db_sha256="1" * 64)
    refused(desk, "kb.sync_number_twice")


def test_halved_entries_are_refused_unless_they_are_meant(team: Team, desk: Desk) -> None:
    with pytest.raises(PublishRejected) as caught:
        team.publish(ROWS[:4])
    assert caught.value.code == "kb.publish_halved"
    team.publish(ROWS[:4], may_shrink=True)
    resigned(team, may_shrink=False)
    refused(desk, "kb.sync_halved")
    resigned(team, may_shrink=True)
    assert desk.sync(again=True).status.articles == 4


def test_a_bomb_is_never_unpacked_further_than_signed(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(bytes(50_000_000)))
    told = manifest.Manifest(
        schema_version=1, release=1, built_at="2026-01-01T00:00:00Z", file="kb-1.db.gz", db_bytes=1_000_000,
        db_sha256="0" * 64, articles=1,
    )  # fmt: skip
    with pytest.raises(SyncRefused) as caught:
        download.unpack(bomb, told, tmp_path / "plain")
    assert caught.value.code == "kb.sync_too_long"
    assert (tmp_path / "plain").stat().st_size <= 3_000_000


# -- keys


def test_replaced_keys_reach_a_desk_that_holds_the_first_root(team: Team, desk: Desk) -> None:
    for role in ("timestamp", "snapshot", "targets", "root"):
        team.keys.rotate(role)
    team.publish(SECOND)
    assert desk.sync().status.release == 2
    assert team.keys.root().version == 5
    fresh = Desk(team.folder.parent / "fresh", team.root, team.out)
    assert fresh.sync().status.release == 2


def test_a_refresh_signs_anew_what_replaced_keys_signed(team: Team, desk: Desk) -> None:
    team.keys.rotate("targets")
    team.writer().refresh()
    assert not desk.sync().updated
    assert desk.notes.read().ok


def test_a_root_list_signed_by_strangers_is_refused(team: Team, desk: Desk, tmp_path: Path) -> None:
    stranger = Team(tmp_path / "stranger")
    stranger.keys.rotate("timestamp")
    shutil.copyfile(stranger.keys.folder / "2.root.json", team.out / "metadata" / "2.root.json")
    refused(desk, "kb.sync_signature")


def test_a_stolen_old_key_signs_nothing_after_it_was_replaced(team: Team, desk: Desk, second: Path) -> None:
    team.keys.rotate("timestamp")
    team.writer().refresh()
    desk.sync()
    # The thief holds release 2's lists, signed with the first timestamp key.
    stolen = (second / "out" / "metadata" / "timestamp.json").read_bytes()
    (team.out / "metadata" / "timestamp.json").write_bytes(stolen)
    refused(desk, "kb.sync_signature")


def test_a_root_that_cannot_be_read_is_said(team: Team, tmp_path: Path) -> None:
    for content in (None, b"", b"{}", (team.out / "metadata" / "timestamp.json").read_bytes()):
        root = tmp_path / "given.json"
        if content is not None:
            root.write_bytes(content)
        with pytest.raises(SyncFault) as caught:
            Desk(tmp_path / "desk", root, team.out).sync()
        assert caught.value.code == "kb.sync_root_unreadable"


# -- this PC


def test_a_full_disk_leaves_the_old_release_and_gives_the_room_back(
    team: Team, desk: Desk, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_second(team, second)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(download, "unpack", full)
        refused(desk, "kb.sync_disk_full")
    assert not list((desk.library.folder / ".incoming").iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(download, "RESERVE_BYTES", 1 << 62)
        refused(desk, "kb.sync_disk_full")
    assert desk.sync().status.release == 2


def test_one_sync_at_a_time(desk: Desk) -> None:
    with FileLock(desk.folder / "releases" / ".lock"), pytest.raises(SyncFault) as caught:
        desk.sync()
    assert caught.value.code == "kb.sync_busy"
    assert desk.notes.read().ok  # the other one writes how it went


def test_a_damaged_note_or_lists_heal(team: Team, desk: Desk, second: Path) -> None:
    for path in (desk.folder / "releases").rglob("*.json"):
        if not path.is_symlink():
            path.write_bytes(b"\x00garbage")
    to_second(team, second)
    assert desk.sync().status.release == 2


def test_a_damaged_newest_generation_is_fetched_again(team: Team, desk: Desk, second: Path) -> None:
    to_second(team, second)
    desk.sync()
    (desk.library.folder / "kb-2.db").write_bytes(b"")
    assert desk.answer() == "k1"
    assert desk.sync().updated
    assert desk.installed() == 2


def test_searches_go_on_while_a_release_is_taken_up(team: Team, desk: Desk, second: Path) -> None:
    to_second(team, second)
    done, faults = threading.Event(), []

    def keep_asking() -> None:
        try:
            while not done.is_set():
                assert desk.answer() == "k1"
        except BaseException as error:
            faults.append(error)

    asking = threading.Thread(target=keep_asking)
    asking.start()
    try:
        assert desk.sync().updated
    finally:
        done.set()
        asking.join()
    assert not faults


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_flipped_byte_in_any_file_is_ever_served(
    first: Path, second: Path, tmp_path: Path, data: st.DataObject
) -> None:
    folder = tmp_path / "flip"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(first, folder / "team")
    desk = Desk(folder / "desk", folder / "team" / "keys" / "1.root.json", folder / "team" / "out")
    desk.sync()
    shutil.rmtree(folder / "team")
    shutil.copytree(second, folder / "team")
    files = sorted(p for p in (folder / "team" / "out").rglob("*") if p.is_file() and p.suffix != ".lock")
    file = data.draw(st.sampled_from(files))
    content = bytearray(file.read_bytes())
    if content:
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= 1 << data.draw(st.integers(0, 7))
        file.write_bytes(bytes(content))
    try:
        desk.sync()
    except (SyncFault, SyncUnreachable):
        assert desk.installed() == 1
    article = desk.library.open().article("k1")
    assert article is not None
    assert article.question == ("여권 재발급 신청" if desk.installed() == 1 else "여권 재발급 새 안내")


def test_the_golden_queries_are_asked_before_publishing(team: Team) -> None:
    before = sorted(path.name for path in (team.out / "metadata").iterdir())
    with pytest.raises(PublishRejected) as caught:
        team.publish(SECOND, (*GOLDEN, Golden(query="수도 요금", ids=("absent",))))
    assert caught.value.code == "kb.publish_golden"
    assert "수도 요금" in str(caught.value)
    assert sorted(path.name for path in (team.out / "metadata").iterdir()) == before


def test_clocks_differ_by_a_little(team: Team, desk: Desk) -> None:
    team.shift = sync.SKEW / 2
    team.publish(SECOND)
    assert desk.sync().updated


def test_special_material_comes_with_a_release(team: Team, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "hot.jsonl"
    row = {"id": "s1", "title": "한파 쉼터", "body": "가까운 경로당", "start": "2026-11-01", "end": "2099-12-01"}
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    team.publish(SECOND, special_file=file)
    desk.sync()
    found, _ = specials.read(desk.library.folder / specials.FILE_NAME)
    assert [one.title for one in found] == ["한파 쉼터"]
    team.publish(ROWS)
    desk.sync()
    assert (desk.library.folder / specials.FILE_NAME).exists()  # a release without any leaves it
    file.write_text("{}\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PublishRejected) as caught:
        team.publish(SECOND, special_file=file)
    assert caught.value.code == "kb.publish_specials"
