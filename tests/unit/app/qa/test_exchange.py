"""The exchange: a folder or a store, whole files only, none in place of another."""

from __future__ import annotations

import errno
import hashlib
import io
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from app.adapters.exchange_store import ExchangeStore
from app.errors import ExchangeFault, ExchangeMissing, PackageFault
from app.outbox import Parcel, Stopped
from app.qa.exchange_drop import ExchangeDrop

_NUMBERS = itertools.count()


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ExchangeStore]:
    if request.param == "folder":
        (tmp_path / "share").mkdir()
        yield ExchangeStore(str(tmp_path / "share"))
        return
    root = f"/exchange-{next(_NUMBERS)}"
    fsspec.filesystem("memory").mkdir(root)
    yield ExchangeStore(f"memory:/{root}")
    fsspec.filesystem("memory").rm(root, recursive=True)


def put(store: ExchangeStore, name: str, content: bytes) -> None:
    store.write(name, io.BytesIO(content))


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(ExchangeFault) as refused:
        work()
    assert str(refused.value)
    return refused.value.code


def test_what_is_written_is_listed_and_read(store: ExchangeStore, tmp_path: Path) -> None:
    assert store.list("headers/desk-1") == ()
    assert store.folders("headers") == ()
    put(store, "headers/desk-1/b.json", b"second")
    put(store, "headers/desk-1/a.json", b"first")
    put(store, "headers/desk-2/c.json", b"")
    assert [(one.name, one.size) for one in store.list("headers/desk-1")] == [
        ("headers/desk-1/a.json", 5),
        ("headers/desk-1/b.json", 6),
    ]
    assert store.list("headers") == ()
    assert store.folders("headers") == ("headers/desk-1", "headers/desk-2")
    assert store.take("headers/desk-1/a.json") == b"first"
    with store.read("headers/desk-1/b.json") as stream:
        assert stream.read(3) == b"sec"
    digest = store.fetch("headers/desk-1/a.json", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"first"
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    assert len(digest) == 64


def test_the_same_again_is_no_fault_and_another_never_takes_its_place(store: ExchangeStore) -> None:
    put(store, "a/x.json", b"mine")
    put(store, "a/x.json", b"mine")
    assert code_of(lambda: put(store, "a/x.json", b"other")) == "package.exchange_taken"
    assert store.take("a/x.json") == b"mine"


def test_a_store_that_wants_its_folders_made_gets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    store = ExchangeStore(f"memory://exchange-{next(_NUMBERS)}")
    files = fsspec.filesystem("memory")
    opened = type(files).open

    def like_sftp(self: fsspec.AbstractFileSystem, path: str, mode: str = "rb", **more: object) -> object:
        if mode == "wb" and not self.isdir(path.rpartition("/")[0]):
            raise FileNotFoundError(path)
        return opened(self, path, mode, **more)

    monkeypatch.setattr(type(files), "open", like_sftp)
    put(store, "letters/desk/x.json", b"x")
    assert store.take("letters/desk/x.json") == b"x"


def test_deleting_is_done_once_or_more(store: ExchangeStore) -> None:
    put(store, "a/x.json", b"mine")
    store.delete("a/x.json")
    store.delete("a/x.json")
    assert store.list("a") == ()
    with pytest.raises(ExchangeMissing):
        store.take("a/x.json")


def test_a_file_is_read_no_further_than_it_may_be_long(store: ExchangeStore, tmp_path: Path) -> None:
    put(store, "a/x.json", bytes(3_000_000))
    assert code_of(lambda: store.take("a/x.json")) == "package.exchange_too_large"
    assert code_of(lambda: store.fetch("a/x.json", tmp_path / "copy", 2_999_999)) == "package.exchange_too_large"
    assert len(store.take("a/x.json", 3_000_000)) == 3_000_000
    assert not list(tmp_path.glob("*copy*"))


@pytest.mark.parametrize("name", ["../out", "a/../../out", "a//b", "con/x", "a\\b", "a/x:y", "/../out", "a/."])
def test_names_that_leave_the_exchange_are_refused(store: ExchangeStore, name: str, tmp_path: Path) -> None:
    for work in (
        lambda: put(store, name, b"x"),
        lambda: store.take(name),
        lambda: store.delete(name),
        lambda: store.list(name),
    ):
        assert code_of(work) == "package.exchange_name"
    assert not (tmp_path / "out").exists()


def test_a_source_that_breaks_off_leaves_nothing(store: ExchangeStore) -> None:
    class Breaks(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1) -> bytes:
            self.reads += 1
            if self.reads > 3:
                raise OSError(5, "gone")
            return super().read(size)

    assert code_of(lambda: store.write("a/x.json", Breaks(bytes(1_500_000)))) == "package.exchange_away"
    assert store.list("a") == ()


def test_a_send_that_is_stopped_is_no_fault_of_the_exchange(store: ExchangeStore) -> None:
    content, pieces = bytes(3_000_000), itertools.count(1)

    def stop(sent: int, size: int) -> None:
        if next(pieces) == 5:  # it is read once for its digest, then to be written
            raise Stopped

    parcel = Parcel("p", "", Path(), hashlib.sha256(content).hexdigest(), sent=stop, body=content, place="a/x.json")
    with pytest.raises(Stopped):
        ExchangeDrop(store).deliver(parcel)
    assert store.list("a") == ()
    ExchangeDrop(store).deliver(replace(parcel, sent=lambda sent, size: None))
    assert [one.size for one in store.list("a")] == [3_000_000]


def test_hidden_and_half_files_of_others_are_not_listed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in (".x.json.1f.part", "x.json", "bad:name"):
        (tmp_path / "a" / name).write_bytes(b"x")
    assert [one.name for one in ExchangeStore(str(tmp_path)).list("a")] == ["a/x.json"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    store = ExchangeStore(str(tmp_path / "share"))
    for work in (lambda: store.list(""), lambda: put(store, "x", b"x"), lambda: store.take("x")):
        assert code_of(work) == "package.exchange_away"
    assert not (tmp_path / "share").exists()


def test_a_disk_of_this_pc_that_takes_nothing_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    store = ExchangeStore(str(tmp_path / "share"))
    put(store, "x", b"x")
    with pytest.raises(PackageFault) as refused:
        store.fetch("x", tmp_path / "absent" / "copy")
    assert refused.value.code == "package.not_written"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "package.exchange_address"),
        ("https://example.org/x", "package.exchange_address"),
        ("ftp://example.org/x", "package.exchange_address"),
        ("simplecache::http://example.org/x", "package.exchange_address"),
        ("zip://inner.zip::https://example.org/outer.zip", "package.exchange_address"),
        ("github://a:b@/x", "package.exchange_address"),
        ("nonsense://x", "package.exchange_address"),
    ],
)
def test_addresses_that_have_no_place_here_are_refused(address: str, code: str) -> None:
    assert code_of(lambda: ExchangeStore(address)) == code


def test_a_store_that_needs_more_names_it() -> None:
    assert code_of(lambda: ExchangeStore("s3://bucket/x")) == "package.exchange_needs_package"


def test_an_address_shows_no_password() -> None:
    name = ExchangeStore("memory://user:secret@host/x").name
    assert "secret" not in name


def test_of_two_who_write_one_name_one_is_told(tmp_path: Path) -> None:
    codes: list[str] = []

    def write(content: bytes) -> None:
        try:
            put(ExchangeStore(str(tmp_path)), "x", content)
        except ExchangeFault as fault:
            codes.append(fault.code)

    threads = [threading.Thread(target=write, args=(bytes([n]) * 2_000_000,)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert codes == ["package.exchange_taken"] * 3
    assert len({*(tmp_path / "x").read_bytes()}) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_a_share_without_hard_links_takes_a_name_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_part: Path, _target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    store = ExchangeStore(str(tmp_path))
    put(store, "a/x.json", b"mine")
    monkeypatch.setattr(ExchangeStore, "_is_there", lambda _store, _name: False)  # the other came after the look
    put(store, "a/x.json", b"mine")
    assert code_of(lambda: put(store, "a/x.json", b"other")) == "package.exchange_taken"
    assert [(one.name, one.read_bytes()) for one in (tmp_path / "a").iterdir()] == [("x.json", b"mine")]
