"""kill -9 at every durable step of a deletion: the next run carries it to the same end, and nothing else goes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.access_log import entries
from tests.helpers.material import ROOT
from tests.helpers.retention import Desk

STEPS = (
    ("begun", 1), ("key", 1), ("key", 2), ("file", 1), ("file", 2), ("folder", 1),
    ("rows", 1), ("truncated", 1), ("copies", 1), ("done", 1),
)  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    desk = Desk(folder)
    desk.call("gone", "지울 말")
    desk.call("stays", "남는 말")
    desk.call("held", "보존할 말")
    desk.store.set_hold("held", True, "소송")
    desk.close()
    return folder


def test_a_deletion_has_these_steps(before: Path, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    seen: list[str] = []
    desk = Desk(tmp_path, step=seen.append)
    desk.retention.delete("gone")
    desk.close()
    assert seen == [name for name, _ in STEPS]


@pytest.mark.slow
@pytest.mark.parametrize(("step", "count"), STEPS)
def test_a_killed_deletion_is_carried_to_its_end(before: Path, tmp_path: Path, step: str, count: int) -> None:
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    copy = Desk(tmp_path)
    copy.close()
    copy.home.personal_db.with_name("personal.db.v5.bak").write_bytes(b"an older database")
    child = subprocess.run(
        [sys.executable, "-m", "tests.faults.retention_child", str(tmp_path), step, str(count)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert child.returncode < 0, child.stderr
    assert child.stdout.split().count(step) == count
    desk = Desk(tmp_path)
    if step != "done":
        assert desk.store.read(lambda db: db.table("deletions").count) == 1
    assert desk.retention.run().total == 0  # the next run of all: nothing is due by its age
    assert desk.ids() == {"stays", "held"}
    assert {path.name for path in desk.home.sound.iterdir()} == {"stays", "held"}
    assert not list(desk.home.personal_db.parent.glob("*.bak"))
    assert desk.store.read(lambda db: db.table("deletions").count) == 0
    assert len(desk.store.events("stays")) == len(desk.store.events("held")) == 2
    deleted = [line for line in desk.store.read(lambda db: list(entries(db))) if line.action == "delete"]
    assert [line.subject for line in deleted] == ["gone"]  # logged, and once
    desk.close()
