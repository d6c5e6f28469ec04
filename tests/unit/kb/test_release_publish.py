"""What the DB team does: keys, numbers, maps, golden queries; and the pieces a release is made of."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import fsspec
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from kb import index
from kb.adapters.fsspec_source import FsspecSource
from kb.adapters.table_files import sheet_rows
from kb.adapters.tuf_keys import KeyFolder
from kb.adapters.tuf_repository import TufRepository
from kb.errors import ImportRejected, PublishRejected, SyncMissing, SyncRefused, SyncUnreachable
from kb.release import golden, manifest
from kb.release.manifest import Golden, Manifest
from kb.release.notes import SyncNote, SyncNotes
from kb.release.ports import Limits
from kb.release.publish import Remembered, gather
from tests.helpers.knowledge import ROWS, small_file
from tests.helpers.releases import PASSPHRASE, Desk, Team, real_now


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a team of three root keys, two of them needed, that published release 1."""
    folder = tmp_path_factory.mktemp("published")
    Team(folder, root_keys=3, threshold=2).publish()
    return folder


@pytest.fixture
def team(published: Path, tmp_path: Path) -> Team:
    shutil.copytree(published, tmp_path / "team")
    return Team(tmp_path / "team")


def code_of(caught: pytest.ExceptionInfo[PublishRejected]) -> str:
    assert str(caught.value)
    return caught.value.code


# -- keys


def test_two_of_three_root_keys_are_enough_and_one_is_not(team: Team, tmp_path: Path) -> None:
    roots = sorted(team.keys.folder.glob("root-*.key"))
    assert len(roots) == 3
    roots[0].unlink()
    team.keys.rotate("targets")
    assert len(list((team.keys.folder / "retired").glob("targets-*.key"))) == 1
    team.publish()
    assert Desk(tmp_path / "desk", team.root, team.out).sync().updated
    roots[1].unlink()
    with pytest.raises(PublishRejected) as caught:
        team.keys.rotate("targets")
    assert code_of(caught) == "kb.keys_missing"
    assert team.keys.root().version == 2


def test_key_files_are_sealed_and_private(team: Team) -> None:
    for file in team.keys.folder.glob("*.key"):
        assert b"ENCRYPTED" in file.read_bytes()
        assert os.name != "posix" or file.stat().st_mode & 0o077 == 0
    other = KeyFolder(team.keys.folder, lambda _: "another passphrase", real_now)
    with pytest.raises(PublishRejected) as caught:
        other.signers("timestamp")
    assert code_of(caught) == "kb.keys_passphrase"
    right = KeyFolder(team.keys.folder, lambda _: PASSPHRASE, real_now)
    assert len(right.signers("timestamp")) == 1


def test_renewing_needs_the_timestamp_key_alone(team: Team, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    for file in [*team.keys.folder.glob("*.root.json"), *team.keys.folder.glob("timestamp-*.key")]:
        shutil.copy(file, alone)
    keys = KeyFolder(alone, lambda _: PASSPHRASE, real_now)
    keys.opened = team.keys.opened
    renewing = TufRepository(team.out, keys, real_now)
    desk = Desk(tmp_path / "desk", team.root, team.out)
    desk.sync()
    for _ in range(2):
        renewing.refresh()
    team.writer().refresh()  # whoever else renews goes on from the higher number
    assert not desk.sync().updated
    assert desk.notes.read().ok
    with pytest.raises(PublishRejected) as caught:
        renewing.publish(2, {})
    assert code_of(caught) == "kb.keys_missing"


def test_an_expired_root_is_neither_published_with_nor_believed(team: Team, tmp_path: Path) -> None:
    team.shift = timedelta(days=366)
    with pytest.raises(PublishRejected) as caught:
        team.writer().refresh()
    assert code_of(caught) == "kb.keys_root_expired"
    team.keys.rotate("snapshot")
    team.writer().refresh()
    old = Team(tmp_path / "old")
    old.shift = -timedelta(days=300)
    shutil.rmtree(old.keys.folder)
    old.keys.create()
    old.shift = timedelta(0)
    old.publish()
    assert Desk(tmp_path / "desk", old.root, old.out).sync().updated


def test_keys_are_never_made_over_keys(team: Team) -> None:
    with pytest.raises(PublishRejected) as caught:
        team.keys.create()
    assert code_of(caught) == "kb.keys_present"
    for count, threshold in ((1, 2), (1, 0), (0, 0)):
        with pytest.raises(PublishRejected) as caught:
            KeyFolder(team.folder / "new", lambda _: PASSPHRASE, real_now).create(count, threshold)
        assert code_of(caught) == "kb.keys_threshold"
    with pytest.raises(PublishRejected) as caught:
        KeyFolder(team.folder / "none", lambda _: PASSPHRASE, real_now).root()
    assert code_of(caught) == "kb.keys_absent"


# -- numbers


def test_numbers_only_rise_even_in_a_new_folder(team: Team, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", team.root, team.out)
    desk.sync()
    shutil.rmtree(team.out)
    assert team.publish().manifest.release == 2
    assert desk.sync().status.release == 2
    (team.keys.folder / "published.json").unlink()
    assert team.publish().manifest.release == 3
    assert desk.sync().status.release == 3


def test_one_publication_at_a_time(team: Team) -> None:
    with FileLock(team.out / ".lock"), pytest.raises(PublishRejected) as caught:
        team.publish()
    assert code_of(caught) == "kb.publish_busy"


def test_a_failed_publication_leaves_the_release_before(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(PublishRejected) as caught:
            team.publish()
    assert code_of(caught) == "kb.disk"
    assert Desk(tmp_path / "desk", team.root, team.out).sync().status.release == 1
    assert team.publish().manifest.release == 2


def test_nothing_to_renew_is_said(tmp_path: Path, published: Path) -> None:
    shutil.copytree(published / "keys", tmp_path / "team" / "keys")
    with pytest.raises(PublishRejected) as caught:
        Team(tmp_path / "team").writer().refresh()
    assert code_of(caught) == "kb.publish_nothing"


def test_the_same_content_is_the_same_file(team: Team) -> None:
    assert team.publish().manifest.source_sha256 == team.publish().manifest.source_sha256


# -- sources


def test_a_map_is_remembered_for_files_with_the_same_header(tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text("코드,물음,풀이\n1,여권,구청\n", encoding="utf-8")
    remembered = Remembered(tmp_path / "out")
    gather([file], sheet_rows, {"id": "코드", "question": "물음", "answer": "풀이"}, remembered)
    remembered.golden = (Golden(query="여권", ids=("1",)),)
    remembered.last = (4, 100)
    remembered.save()
    again = Remembered(tmp_path / "out")
    assert (again.golden, again.last) == (remembered.golden, (4, 100))
    other = file.rename(tmp_path / "2026-12.csv")
    assert [one.question for one in gather([other], sheet_rows, {}, again).articles] == ["여권"]
    (tmp_path / "out" / "publish.json").write_text("[]", encoding="utf-8")
    with pytest.raises(PublishRejected) as caught:
        Remembered(tmp_path / "out")
    assert code_of(caught) == "kb.publish_memory"


def test_of_equal_ids_the_last_file_wins_and_faults_name_their_file(tmp_path: Path) -> None:
    one = small_file(tmp_path, (*ROWS, *((f"s{n}", "행정", f"항목 {n}", "내용") for n in range(20)), ("x", "", "", "")))
    two = small_file(tmp_path, [("k1", "행정", "여권 새 안내", "새 답변")], "two.jsonl")
    found = gather([one, two], sheet_rows, {}, Remembered(tmp_path / "out"))
    assert len(found.articles) == 29
    assert {article.question for article in found.articles if article.id == "k1"} == {"여권 새 안내"}
    assert [(fault.file, fault.row.line) for fault in found.faulty] == [("small.jsonl", 30)]
    assert found.names == "small.jsonl, two.jsonl"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("하나,둘\n1,2\n", "kb.golden_columns"),
        ("query,ids\n여권,\n", "kb.golden_row"),
        ("query,ids\n,k1\n", "kb.golden_row"),
        (f"query,ids\n{'가' * 400},k1\n", "kb.golden_row"),
        ("query,ids\n" + "여권,k1\n" * 201, "kb.golden_count"),
        ("query,ids\n", "kb.golden_count"),
    ],
)
def test_golden_queries_of_another_form_are_said(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "golden.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PublishRejected) as caught:
        golden.read(file, sheet_rows)
    assert code_of(caught) == code
    with pytest.raises(ImportRejected):
        golden.read(tmp_path / "absent.csv", sheet_rows)


# -- pieces


@given(st.binary(max_size=300))
def test_any_bytes_are_a_manifest_or_refused(raw: bytes) -> None:
    with pytest.raises(SyncRefused):
        manifest.parse(raw, index.SCHEMA)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda one: st.lists(one, max_size=3)), st.data())
def test_a_manifest_with_any_field_of_another_kind_is_a_manifest_or_refused(value: object, data: st.DataObject) -> None:
    told = Manifest(
        schema_version=index.SCHEMA, release=1, built_at="2026-01-01T00:00:00Z", file="kb-1.db", db_bytes=1,
        db_sha256="0" * 64, articles=1,
    )  # fmt: skip
    fields = json.loads(told.to_bytes())
    assert manifest.parse(told.to_bytes(), index.SCHEMA) == told
    fields[data.draw(st.sampled_from(sorted(fields)))] = value
    found: Manifest | None = None
    with suppress(SyncRefused):
        found = manifest.parse(json.dumps(fields).encode(), index.SCHEMA)
    assert found is None or Manifest.model_validate(found.model_dump()) == found


def test_an_object_store_is_read_like_a_folder(team: Team, tmp_path: Path) -> None:
    store = fsspec.filesystem("memory")
    for file in team.out.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            store.pipe(f"/bucket/kb/{file.relative_to(team.out).as_posix()}", file.read_bytes())
    desk = Desk(tmp_path / "desk", team.root, FsspecSource("memory://bucket/kb"))
    assert desk.sync().updated
    assert desk.source.name == "memory:///bucket/kb"
    store.rm("/bucket", recursive=True)
    with pytest.raises(SyncMissing):
        desk.sync()


def test_a_folder_that_answers_too_slowly_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(5_000_000))
    ticks = iter(range(0, 10_000, 40))
    source = FsspecSource(str(tmp_path), Limits(grace_s=60, least_bytes_per_s=1e9), lambda: float(next(ticks)))
    with pytest.raises(SyncUnreachable) as caught, source.read("file") as reading:
        list(reading.chunks)
    assert caught.value.code == "kb.sync_too_slow"
    stopped = FsspecSource(str(tmp_path))
    with stopped.read("file", 100) as reading:
        assert reading.start == 100
        stopped.cancel()
        with pytest.raises(SyncUnreachable):
            list(reading.chunks)


def test_a_note_is_read_again_when_it_changes(tmp_path: Path) -> None:
    notes, other = SyncNotes(tmp_path), SyncNotes(tmp_path)
    assert notes.read() == SyncNote()
    for code in ("kb.sync_done", "kb.sync_expired"):
        other.write(SyncNote(code=code, highest=3))
        assert notes.read().code == code
    (tmp_path / "sync.json").write_bytes(b"\xff")
    assert notes.read() == SyncNote()
