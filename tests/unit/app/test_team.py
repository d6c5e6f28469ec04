"""The dedicated team's key pair, and laying packs out."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.errors import TeamFault
from app.evidence_check import read_archive
from app.outbox_rows import Kind
from tests.helpers.evidence import PressDesk

PARTS = {"clip.wav": bytes(3000), "transcript.txt": "대화".encode()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PressDesk]:
    made = PressDesk(tmp_path / "desk")
    yield made
    made.close()


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
    parts = read_archive(team.archive(PARTS))
    assert {name: parts[name] for name in PARTS} == PARTS
    with pytest.raises(ValueError, match="plain file name"):
        team.archive({"../x": b""})


def test_a_key_may_be_used_up_to_its_last_day(tmp_path: Path) -> None:
    team.init(tmp_path, AgeBox())
    file = tmp_path / "team.pub"
    assert team.expiry(file) is None
    file.write_text("# 전담팀\n# expires: 2026-12-31\n" + file.read_text())
    assert team.expiry(file) == date(2026, 12, 31)
    recipient = AgeBox().recipient_of((tmp_path / "team.key").read_text())
    assert team.read_current(file, AgeBox(), date(2026, 12, 31)) == recipient
    with pytest.raises(TeamFault) as caught:
        team.read_current(file, AgeBox(), date(2027, 1, 1))
    assert caught.value.code == "outbox.team_key_expired"


def test_a_pack_is_laid_out_and_nothing_is_overwritten(tmp_path: Path, desk: PressDesk) -> None:
    team.init(tmp_path, AgeBox())
    desk.key = tmp_path / team.RECIPIENT_FILE
    desk.call()
    raised = desk.press()
    desk.make()
    pack = desk.escalations.folder(Kind.TEAM) / f"{raised.pack_id}.age"
    opened = team.open_pack(pack, tmp_path / "team.key", tmp_path / "out", AgeBox(), desk.verifier)
    assert opened.checked.is_untouched
    assert sorted(file.name for file in opened.folder.iterdir()) == list(opened.files)
    with pytest.raises(TeamFault) as caught:
        team.open_pack(pack, tmp_path / "team.key", tmp_path / "out", AgeBox(), desk.verifier)
    assert caught.value.code == "outbox.out_exists"


@pytest.mark.parametrize("at", [3, 120, -1])
def test_one_flipped_byte_of_a_sealed_pack_is_noticed(tmp_path: Path, desk: PressDesk, at: int) -> None:
    recipient = team.init(tmp_path, AgeBox())
    raw = bytearray(AgeBox().seal(team.archive(PARTS), recipient))
    raw[at] ^= 1
    pack = tmp_path / "01ABC.age"
    pack.write_bytes(raw)
    with pytest.raises(TeamFault) as caught:
        team.open_pack(pack, tmp_path / "team.key", tmp_path / "out", AgeBox(), desk.verifier)
    assert caught.value.code == "outbox.pack_not_opened"
    assert not (tmp_path / "out").exists()


def test_wrong_keys_and_files_are_named(tmp_path: Path, desk: PressDesk) -> None:
    recipient = team.init(tmp_path / "a", AgeBox())
    team.init(tmp_path / "b", AgeBox())
    pack = tmp_path / "01ABC.age"
    pack.write_bytes(AgeBox().seal(team.archive(PARTS), recipient))
    for key, code in (
        (tmp_path / "b" / "team.key", "outbox.pack_not_opened"),
        (tmp_path / "a" / "team.pub", "outbox.not_an_identity"),
        (tmp_path / "absent", "outbox.not_an_identity"),
    ):
        with pytest.raises(TeamFault) as caught:
            team.open_pack(pack, key, tmp_path / "out", AgeBox(), desk.verifier)
        assert caught.value.code == code
    with pytest.raises(TeamFault) as caught:
        team.open_pack(tmp_path / "absent", tmp_path / "a" / "team.key", tmp_path / "out", AgeBox(), desk.verifier)
    assert caught.value.code == "outbox.pack_not_read"
    with pytest.raises(TeamFault) as caught:
        team.read_recipient(tmp_path / "a" / "team.key", AgeBox())
    assert caught.value.code == "outbox.not_a_team_key"
