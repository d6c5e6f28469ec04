"""A share over a bad line: goes on where it broke off, is never seen half, never overwrites."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path

import pytest

from app.adapters.folder_drop import FolderDrop
from app.errors import DeliveryFault
from app.outbox import Parcel

PACK = "01KAZ7Q0N0AAAAAAAAAAAAAAAA"
CONTENT = bytes(range(256)) * 40
PIECE = 1000


class Line:
    """Breaks at the piece it is told, in the way it is told."""

    def __init__(self, folder: Path, break_at: int, error: int = errno.EIO) -> None:
        self.share = folder / "share"
        self.share.mkdir(exist_ok=True)
        self.file = folder / "pack.age"
        self.file.write_bytes(CONTENT)
        self.left = break_at
        self.error = error
        self.steps: list[str] = []
        self.told: list[int] = []
        self.on_break = lambda: None

    def send(self, sha256: str = "") -> dict[str, str]:
        drop = FolderDrop(self.share, piece_bytes=PIECE, step=self._step)
        digest = sha256 or hashlib.sha256(self.file.read_bytes()).hexdigest()
        return drop.deliver(Parcel(PACK, "", self.file, digest, sent=lambda sent, size: self.told.append(sent)))

    def broken(self) -> str:
        with pytest.raises(DeliveryFault) as caught:
            self.send()
        return caught.value.code

    def seen(self) -> dict[str, bytes]:
        """What a reader sees."""
        return {file.name: file.read_bytes() for file in self.share.iterdir() if not file.name.startswith(".")}

    def parts(self) -> list[Path]:
        return [file for file in self.share.iterdir() if file.suffix == ".part"]

    def _step(self, name: str) -> None:
        self.steps.append(name)
        self.left -= name == "piece"
        if not self.left:
            self.left = -1
            self.on_break()
            raise OSError(self.error, "the line broke")


def test_a_broken_copy_goes_on(tmp_path: Path) -> None:
    line = Line(tmp_path, 4)
    assert line.broken() == "outbox.folder_unreachable"
    assert line.seen() == {}
    assert line.parts()[0].stat().st_size == 4 * PIECE
    line.steps.clear()
    line.send()
    assert line.seen() == {f"{PACK}.age": CONTENT}
    assert line.steps.count("piece") == len(CONTENT) // PIECE + 1 - 4
    assert line.told[-1] == len(CONTENT)
    assert line.parts() == []


@pytest.mark.parametrize("wrong", [b"x" * 3 * PIECE, CONTENT[:500] + b"?" + CONTENT[501:2000], CONTENT + b"more"])
def test_a_beginning_that_is_not_ours_is_sent_again(tmp_path: Path, wrong: bytes) -> None:
    line = Line(tmp_path, 4)
    line.broken()
    line.parts()[0].write_bytes(wrong)
    line.send()
    assert line.seen() == {f"{PACK}.age": CONTENT}


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_destination_is_told(tmp_path: Path, error: int) -> None:
    line = Line(tmp_path, 2, error)
    assert line.broken() == "outbox.folder_full"
    assert line.seen() == {}
    line.send()
    assert line.seen() == {f"{PACK}.age": CONTENT}


def test_a_folder_that_vanishes_in_the_middle_is_not_made_again(tmp_path: Path) -> None:
    line = Line(tmp_path, 3)
    line.on_break = lambda: shutil.rmtree(line.share)
    assert line.broken() == "outbox.folder_unreachable"
    assert line.broken() == "outbox.folder_unreachable"
    assert not line.share.exists()
    line.share.mkdir()
    line.send()
    assert line.seen() == {f"{PACK}.age": CONTENT}


def test_killed_after_the_name_was_given(tmp_path: Path) -> None:
    line = Line(tmp_path, 0)
    line.send()
    left = line.share / f".{PACK}.{hashlib.sha256(CONTENT).hexdigest()[:16]}.part"
    left.write_bytes(CONTENT)
    line.steps.clear()
    assert line.send()["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert line.steps == []
    assert list(line.share.iterdir()) == [line.share / f"{PACK}.age"]


def test_another_desks_pack_of_the_same_name_stays(tmp_path: Path) -> None:
    line = Line(tmp_path, 0)
    (line.share / f"{PACK}.age").write_bytes(b"of another desk")
    with pytest.raises(DeliveryFault) as caught:
        line.send()
    assert (caught.value.code, caught.value.whole_destination) == ("outbox.other_content", False)
    assert line.seen() == {f"{PACK}.age": b"of another desk"}


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_another_desks_pack_that_comes_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    line = Line(tmp_path, 0)
    drop = FolderDrop(
        line.share,
        step=lambda name: (line.share / f"{PACK}.age").write_bytes(b"first") and None if name == "copied" else None,
    )
    with pytest.raises(DeliveryFault) as caught:
        drop.deliver(Parcel(PACK, "", line.file, hashlib.sha256(CONTENT).hexdigest()))
    assert caught.value.code == "outbox.other_content"
    assert line.seen() == {f"{PACK}.age": b"first"}


def _no_links(_part: Path, _target: Path) -> None:
    raise OSError(errno.EPERM, "no hard links here")


def test_a_share_without_hard_links_takes_packs_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    line = Line(tmp_path, 0)
    line.send()
    assert [(file.name, file.read_bytes()) for file in line.share.iterdir()] == [(f"{PACK}.age", CONTENT)]


def test_a_pack_that_changed_on_this_disk_does_not_leave_it(tmp_path: Path) -> None:
    line = Line(tmp_path, 0)
    with pytest.raises(DeliveryFault) as caught:
        line.send("0" * 64)
    assert (caught.value.code, caught.value.whole_destination) == ("outbox.pack_changed", False)
    assert list(line.share.iterdir()) == []


def test_a_share_that_damages_what_is_written_is_found_out(tmp_path: Path) -> None:
    line = Line(tmp_path, 0)

    def damage(name: str) -> None:
        if name == "copied":
            line.parts()[0].write_bytes(CONTENT[:-1] + b"?")

    drop = FolderDrop(line.share, step=damage)
    with pytest.raises(DeliveryFault) as caught:
        drop.deliver(Parcel(PACK, "", line.file, hashlib.sha256(CONTENT).hexdigest()))
    assert caught.value.code == "outbox.folder_damages"
    assert list(line.share.iterdir()) == []
