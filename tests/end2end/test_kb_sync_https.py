"""Releases over a real HTTPS server that fails in every way, and a desk that is killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.adapters.fsspec_source import FsspecSource
from kb.adapters.https_source import HttpsSource
from kb.errors import SyncFault, SyncMissing, SyncRefused, SyncUnreachable
from kb.release.ports import Limits
from tests.helpers.https import FolderServer, serving
from tests.helpers.knowledge import ROWS
from tests.helpers.material import ROOT
from tests.helpers.releases import Desk, Team

BRISK = Limits(connect_s=5.0, silence_s=5.0, grace_s=1.5, least_bytes_per_s=1e9)
"""For servers that are slow on purpose."""
LONG = tuple((f"n{n}", "행정", f"항목 {n}", os.urandom(600).hex()) for n in range(40))
"""Text that does not compress away: the file has a middle to be cut in."""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("https")
    team = Team(folder)
    team.publish((*ROWS, *LONG))
    shutil.copytree(team.out, folder / "out-1")
    changed = ("k1", "행정", "여권 재발급 새 안내", "새 답변입니다. 여권은 구청에서 다시 발급합니다.")
    team.publish((changed, *ROWS[1:], *LONG))
    shutil.copytree(team.out, folder / "out-2")
    return folder


class Site:
    """A server of a team's folder, and its desks."""

    def __init__(self, folder: Path, published: Path, server: FolderServer) -> None:
        self.folder, self.published, self.server = folder, published, server
        self.sources: list[HttpsSource] = []

    def show(self, release: int) -> None:
        """Let the server show a release, old files removed."""
        shutil.rmtree(self.server.root, ignore_errors=True)
        shutil.copytree(self.published / f"out-{release}", self.server.root)

    def desk(self, limits: Limits | None = None, name: str = "desk") -> Desk:
        given = {"limits": limits} if limits else {}
        source = HttpsSource(self.server.address, self.folder / "server.pem", **given)
        self.sources.append(source)
        return Desk(self.folder / name, self.published / "keys" / "1.root.json", source)


@pytest.fixture
def site(tmp_path: Path, published: Path) -> Iterator[Site]:
    with serving(tmp_path / "served", tmp_path) as server:
        made = Site(tmp_path, published, server)
        made.show(1)
        yield made
        for source in made.sources:
            source.close()


def fails(desk: Desk, kind: type[SyncFault], code: str) -> None:
    before = desk.library.status()
    with pytest.raises(kind) as caught:
        desk.sync()
    assert caught.value.code == code
    assert desk.library.status() == before
    assert desk.notes.read().code == code


def test_releases_come_over_https(site: Site) -> None:
    desk = site.desk()
    assert desk.sync().status.release == 1
    assert not desk.sync().updated
    site.show(2)
    assert desk.sync().status.release == 2
    assert desk.answer() == "k1"


def test_a_cut_download_goes_on_where_it_was_cut(site: Site) -> None:
    desk = site.desk()
    site.server.faults, site.server.once = [(".kb-1.db", "cut")], True
    fails(desk, SyncUnreachable, "kb.sync_unreachable")
    (part,) = (desk.library.folder / ".incoming").glob("*.part")
    held = part.stat().st_size
    assert held > 0
    assert desk.sync().updated
    assert site.server.asked(".kb-1.db") == [0, held]


@pytest.mark.parametrize("how", ["no ranges", "another version", "damaged part", "part too long", "other mark"])
def test_a_part_that_cannot_be_continued_begins_anew(site: Site, how: str) -> None:
    desk = site.desk()
    site.server.faults, site.server.once = [(".kb-1.db", "cut")], True
    fails(desk, SyncUnreachable, "kb.sync_unreachable")
    (part,) = (desk.library.folder / ".incoming").glob("*.part")
    if how == "no ranges":
        site.server.ranges = False
    elif how == "another version":
        (served,) = site.server.root.rglob("*.kb-1.db*")
        os.utime(served, ns=(1, 1))
    elif how == "damaged part":
        part.write_bytes(bytes(part.stat().st_size))
    elif how == "part too long":
        part.write_bytes(bytes(10_000_000))
    else:
        part.with_suffix(".etag").write_text('"other"', encoding="utf-8")
    assert desk.sync().updated
    assert desk.answer() == "k1"


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("timestamp", "500"),
        ("timestamp", "302"),
        ("timestamp", "429"),
        (".kb-2.db", "204"),
        (".kb-2.db", "503"),
        (".kb-2.db", "301"),
    ],
)
def test_an_unexpected_answer_is_another_time(site: Site, part: str, status: str) -> None:
    desk = site.desk()
    desk.sync()
    site.show(2)
    site.server.faults = [(part, status)]
    fails(desk, SyncUnreachable, "kb.sync_status")
    assert desk.answer() == "k1"
    assert not any("elsewhere" in path for path, _ in site.server.seen)  # redirects are not followed
    site.server.faults = []
    assert desk.sync().status.release == 2


@pytest.mark.parametrize("status", ["404", "403", "410"])
def test_a_missing_file_is_said(site: Site, status: str) -> None:
    desk = site.desk()
    site.server.faults = [("timestamp", status)]
    fails(desk, SyncMissing, "kb.sync_missing")


@pytest.mark.parametrize("part", ["root.json", "timestamp", "snapshot", "targets.json", "manifest", ".kb-1.db"])
def test_endless_data_ends(site: Site, part: str) -> None:
    desk = site.desk()
    site.server.faults = [(part, "endless")]
    fails(desk, SyncRefused, "kb.sync_too_long")
    assert site.server.sent < 30_000_000  # what the buffers of both ends hold beyond the bound
    assert sum(path.stat().st_size for path in desk.folder.rglob("*") if path.is_file()) < 1_000_000


@pytest.mark.parametrize("how", ["drip", "drip headers"])
@pytest.mark.parametrize("part", ["timestamp", ".kb-1.db"])
def test_a_slow_drip_is_given_up(site: Site, how: str, part: str) -> None:
    desk = site.desk(BRISK)
    site.server.faults = [(part, how)]
    fails(desk, SyncUnreachable, "kb.sync_too_slow")


def test_a_cancelled_sync_ends_soon(site: Site) -> None:
    desk = site.desk()
    site.server.faults = [("timestamp", "drip headers")]
    desk.source.cancel()
    fails(desk, SyncUnreachable, "kb.sync_too_slow")


@pytest.mark.parametrize("wrong", ["garbage", "short"])
def test_wrong_content_is_refused_and_leaves_nothing(site: Site, wrong: str) -> None:
    desk = site.desk()
    site.server.faults = [(".kb-1.db", wrong)]
    fails(desk, SyncRefused, "kb.sync_differs")
    site.server.faults = []
    assert desk.sync().updated


def test_an_untrusted_certificate_gets_no_request(site: Site) -> None:
    source = HttpsSource(site.server.address)
    desk = Desk(site.folder / "desk", site.published / "keys" / "1.root.json", source)
    fails(desk, SyncUnreachable, "kb.sync_certificate")
    assert site.server.seen == []
    source.close()


def test_nobody_listens(site: Site) -> None:
    desk = site.desk()
    desk.sync()
    source = HttpsSource("https://127.0.0.1:9", site.folder / "server.pem")
    other = Desk(site.folder / "desk", site.published / "keys" / "1.root.json", source)
    fails(other, SyncUnreachable, "kb.sync_unreachable")
    assert other.answer() == "k1"
    source.close()


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/x", "ftp://h/x", "https://", "", "nonsense://x", "filecache::http://h/x"]
)
def test_addresses_of_no_use_are_said(address: str) -> None:
    maker = HttpsSource if address.startswith("https") else FsspecSource
    with pytest.raises(SyncFault) as caught:
        maker(address)
    assert caught.value.code == "kb.sync_address"


def test_an_object_store_without_its_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(SyncFault) as caught:
        FsspecSource("s3://bucket/kb")
    assert caught.value.code == "kb.sync_needs_package"
    assert "s3fs" in str(caught.value)


def test_a_password_in_the_address_is_never_shown(site: Site) -> None:
    address = site.server.address.replace("https://", "https://user:secret@")
    source = HttpsSource(address + "/kb/", site.folder / "server.pem")
    assert "secret" not in source.name
    source.close()


_KILLED = """
import os, signal, sys
from pathlib import Path
from kb import index
from kb.adapters.https_source import HttpsSource
from kb.release import download
from tests.helpers.releases import Desk

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    folder, root, address, point = sys.argv[1:]
    desk = Desk(Path(folder) / "desk", Path(root), HttpsSource(address, Path(folder) / "server.pem"))
    if point == "fetching":
        seen = []
        real = desk.syncer.run
        desk.sync = lambda: real(progress=lambda part: die() if part > 0.3 else None)
    elif point == "unpacking":
        download.unpack = die
    elif point == "opening":
        index.load = die
    elif point == "moving":
        desk.library._point = die
    elif point == "noting":
        desk.notes.write = die
    desk.sync()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in another way")
@pytest.mark.parametrize("point", ["fetching", "unpacking", "opening", "moving", "noting"])
def test_a_desk_killed_at_any_step_has_one_whole_generation(site: Site, tmp_path: Path, point: str) -> None:
    desk = site.desk()
    desk.sync()
    site.show(2)
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, encoding="utf-8")
    root = site.published / "keys" / "1.root.json"
    done = subprocess.run(
        [sys.executable, str(script), str(site.folder), str(root), site.server.address, point],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2_000:]
    assert desk.installed() == (2 if point == "noting" else 1)
    assert desk.answer() == "k1"
    assert desk.sync().status.release == 2
    assert desk.answer() == "k1"
    assert not desk.sync().updated
    assert not list((desk.library.folder / ".incoming").iterdir())
