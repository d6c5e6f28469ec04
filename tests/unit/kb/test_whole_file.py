"""Giving a whole file its name: never in place of another, with hard links and on shares that know none."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from kb.whole_file import STALE_S, publish, put


@pytest.fixture(params=["links", "no links"], autouse=True)
def _links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "no links":
        without_links(monkeypatch)


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_part: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(target))

    monkeypatch.setattr(os, "link", refuse)


def part(folder: Path, content: bytes = b"mine", name: str = ".x.part") -> Path:
    made = folder / name
    made.write_bytes(content)
    return made


def shown(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.suffix != ".part")


def test_a_file_gets_its_name_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    publish(part(tmp_path), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"mine"
    assert shown(tmp_path) == ["x"]


def test_a_file_that_has_the_name_stays(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        publish(part(tmp_path), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"theirs"
    assert shown(tmp_path) == ["x"]


def test_of_many_who_want_one_name_one_gets_it(tmp_path: Path) -> None:
    got: list[int] = []
    start = threading.Barrier(8)

    def give(number: int) -> None:
        one = part(tmp_path, bytes([number]), f".{number}.part")
        start.wait()
        try:
            publish(one, tmp_path / "x")
        except OSError:  # the name is taken, or another is at it
            return
        got.append(number)

    threads = [threading.Thread(target=give, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(tmp_path / "x").read_bytes()] == [bytes([number]) for number in got]
    assert shown(tmp_path) == ["x"]


def test_without_links_nobody_comes_between_looking_and_naming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_links(monkeypatch)
    rename, refused = Path.rename, []

    def meanwhile(one: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "rename", rename)
        with pytest.raises(OSError, match="busy") as told:
            publish(part(tmp_path, b"theirs", ".y.part"), target)
        refused.append(told.value.errno)
        return rename(one, target)

    monkeypatch.setattr(Path, "rename", meanwhile)
    publish(part(tmp_path), tmp_path / "x")
    assert refused == [errno.EBUSY]
    assert (tmp_path / "x").read_bytes() == b"mine"
    with pytest.raises(FileExistsError):
        publish(tmp_path / ".y.part", tmp_path / "x")


def test_who_died_while_naming_is_waited_for_no_longer_than_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_links(monkeypatch)
    claim = tmp_path / ".x.claim"
    claim.touch()
    mine = part(tmp_path)
    os.utime(mine, (0, 0))  # copied by an earlier try: its age says nothing of the claim's
    with pytest.raises(OSError, match="busy"):
        publish(mine, tmp_path / "x")
    assert (mine.read_bytes(), shown(tmp_path)) == (b"mine", [".x.claim"])
    died = claim.stat().st_mtime - STALE_S - 1
    os.utime(claim, (died, died))
    publish(mine, tmp_path / "x")
    assert shown(tmp_path) == ["x"]


def test_the_longest_name_there_is_can_be_given(tmp_path: Path) -> None:
    name = "가" * 83 + ".doumi"  # 255 bytes
    publish(part(tmp_path), tmp_path / name)
    put(tmp_path / name, b"later")
    assert (tmp_path / name).read_bytes() == b"later"
    assert shown(tmp_path) == [name]


def test_long_names_that_begin_alike_are_claimed_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_links(monkeypatch)
    one, two = (tmp_path / ("가" * 80 + end) for end in ("1", "2"))
    rename = Path.rename

    def meanwhile(mine: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "rename", rename)
        publish(part(tmp_path, b"theirs", ".y.part"), two)
        return rename(mine, target)

    monkeypatch.setattr(Path, "rename", meanwhile)
    publish(part(tmp_path), one)
    assert (one.read_bytes(), two.read_bytes()) == (b"mine", b"theirs")
