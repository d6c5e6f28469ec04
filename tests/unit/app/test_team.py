from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.errors import TeamFault

PARTS = {"clip.wav": bytes(3000), "transcript.txt": "대화".encode()}


def _sealed(folder: Path, data: bytes) -> Path:
    recipient = team.read_recipient(folder / team.RECIPIENT_FILE, AgeBox())
    pack = folder / "01ABC.age"
    pack.write_bytes(AgeBox().seal(data, recipient))
    return pack


def test_a_pair_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    recipient = team.init(folder, AgeBox())
    identity = (folder / "team.key").read_text()
    assert recipient == (folder / "team.pub").read_text().strip() == AgeBox().recipient_of(identity)
    assert "team.pub" in (folder / "README.txt").read_text()
    if os.name != "nt":
        assert stat.S_IMODE((folder / "team.key").stat().st_mode) == 0o600
    with pytest.raises(TeamFault) as caught:
        team.init(folder, AgeBox())
    assert caught.value.code == "outbox.team_exists"
    (folder / "team.key").unlink()
    with pytest.raises(TeamFault):
        team.init(folder, AgeBox())
    assert (folder / "team.pub").read_text().strip() == recipient


def test_archives_are_the_same_for_the_same_parts() -> None:
    assert team.archive(PARTS) == team.archive(dict(reversed(PARTS.items())))
    parts, differing = team.unpack(team.archive(PARTS))
    assert {name: parts[name] for name in PARTS} == PARTS
    assert differing == ()
    with pytest.raises(ValueError, match="plain file name"):
        team.archive({"../x": b""})


def test_a_pack_is_opened_and_what_differs_is_named(tmp_path: Path) -> None:
    team.init(tmp_path, AgeBox())
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(team.archive(PARTS))) as whole,
        zipfile.ZipFile(changed, "w") as copy,
    ):
        copy.writestr("clip.wav", bytes(2999) + b"\1")
        copy.writestr("added.txt", b"x")
        copy.writestr(team.SUMS, whole.read(team.SUMS))
    pack = _sealed(tmp_path, changed.getvalue())
    opened = team.open_pack(pack, tmp_path / "team.key", tmp_path / "out", AgeBox())
    assert opened.differing == ("added.txt", "clip.wav", "transcript.txt")
    with pytest.raises(TeamFault) as caught:
        team.open_pack(pack, tmp_path / "team.key", tmp_path / "out", AgeBox())
    assert caught.value.code == "outbox.out_exists"


@pytest.mark.parametrize("at", [3, 120, -1])
def test_one_flipped_byte_is_noticed(tmp_path: Path, at: int) -> None:
    team.init(tmp_path, AgeBox())
    pack = _sealed(tmp_path, team.archive(PARTS))
    raw = bytearray(pack.read_bytes())
    raw[at] ^= 1
    pack.write_bytes(raw)
    with pytest.raises(TeamFault) as caught:
        team.open_pack(pack, tmp_path / "team.key", tmp_path / "out", AgeBox())
    assert caught.value.code == "outbox.pack_not_opened"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../out.txt", "/etc/x", "a//b", "a/../b", "C:x", "a\\b"])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr(name, b"x")
        packed.writestr(team.SUMS, b"")
    with pytest.raises(TeamFault) as caught:
        team.unpack(data.getvalue())
    assert caught.value.code == "outbox.pack_broken"


def test_wrong_keys_and_files_are_named(tmp_path: Path) -> None:
    team.init(tmp_path / "a", AgeBox())
    team.init(tmp_path / "b", AgeBox())
    pack = _sealed(tmp_path / "a", team.archive(PARTS))
    for key, code in (
        (tmp_path / "b" / "team.key", "outbox.pack_not_opened"),
        (tmp_path / "a" / "team.pub", "outbox.not_an_identity"),
        (tmp_path / "absent", "outbox.not_an_identity"),
    ):
        with pytest.raises(TeamFault) as caught:
            team.open_pack(pack, key, tmp_path / "out", AgeBox())
        assert caught.value.code == code
    with pytest.raises(TeamFault) as caught:
        team.open_pack(tmp_path / "absent", tmp_path / "a" / "team.key", tmp_path / "out", AgeBox())
    assert caught.value.code == "outbox.pack_not_read"
    with pytest.raises(TeamFault) as caught:
        team.read_recipient(tmp_path / "a" / "team.key", AgeBox())
    assert caught.value.code == "outbox.not_a_team_key"
    for junk in (b"", b"not a zip", team.archive(PARTS)[:-10]):
        with pytest.raises(TeamFault):
            team.unpack(junk)
