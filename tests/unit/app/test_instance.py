from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import StartFault
from app.instance import InstanceLock, socket_name
from tests.helpers.material import ROOT
from tests.helpers.personal import home_in

_HOLDER = """
import sys
from pathlib import Path
from app.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_desk_is_told_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    file = home_in(tmp_path).lock
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(file)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(StartFault) as caught:
            InstanceLock(file).acquire()
        assert caught.value.code == "cli.second_copy"
        assert str(caught.value)
        first.kill()
        first.wait()
        with InstanceLock(file):
            pass


def test_one_lock_in_one_process(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "desk.lock"), InstanceLock(tmp_path / "desk.lock")
    first.acquire()
    with pytest.raises(StartFault):
        second.acquire()
    first.release()
    first.release()
    second.acquire()
    second.release()


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StartFault) as caught:
        InstanceLock(home_in(tmp_path).lock).acquire()
    assert caught.value.code == "cli.home_not_writable"


def test_every_home_has_its_own_socket(tmp_path: Path) -> None:
    assert socket_name(home_in(tmp_path / "a")) == socket_name(home_in(tmp_path / "a"))
    assert socket_name(home_in(tmp_path / "a")) != socket_name(home_in(tmp_path / "b"))
    assert len(socket_name(home_in(tmp_path))) < 60
