"""What ``doumi doctor`` says about safety, on real files, processes and sockets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app import crash_report, doctor_safety
from app.access_log import State
from app.access_log import Verdict as LogVerdict
from app.doctor import Verdict
from app.home import Home
from app.instance import InstanceLock
from tests.helpers.material import ROOT
from tests.helpers.personal import home_in, now

_DESK = """
import socket, sys
from pathlib import Path
from app.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.acquire()
held = []
for kind in sys.argv[2:]:
    held.append(socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM))
    held[-1].bind(("127.0.0.1", 0))
    if kind == "tcp":
        held[-1].listen()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = home_in(tmp_path)
    for folder in (made.personal_db.parent, made.logs):
        folder.mkdir(parents=True, mode=0o700)
    return made


def desk(home: Home, *ports: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _DESK, str(home.lock), *ports]
    made = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


@pytest.fixture(params=[(), ("tcp",), ("udp",)], ids=["quiet", "tcp", "udp"])
def running(home: Home, request: pytest.FixtureRequest) -> Iterator[tuple[str, ...]]:
    made = desk(home, *request.param)
    yield request.param
    made.communicate()


def test_a_desk_that_listens_on_a_network_is_found(home: Home, running: tuple[str, ...]) -> None:
    found = doctor_safety.ports(home)
    assert found.verdict is (Verdict.FAIL if running else Verdict.OK)
    assert ("127.0.0.1:" in found.detail) is bool(running)


def test_no_desk_and_a_connection_outward_are_no_ports(home: Home) -> None:
    assert doctor_safety.ports(home).verdict is Verdict.OK
    with InstanceLock(home.lock):
        assert doctor_safety.running(home) == [], "this process is the doctor itself"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        found = doctor_safety.listening([psutil.Process()])
        assert found == [f"127.0.0.1:{server.getsockname()[1]}"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of the user's folder apply on Windows")
def test_a_folder_that_others_can_read_is_a_fault(home: Home) -> None:
    assert doctor_safety.files(home).verdict is Verdict.OK
    home.personal_db.parent.chmod(0o755)
    found = doctor_safety.files(home)
    assert found.verdict is Verdict.FAIL
    assert str(home.personal_db.parent) in found.detail
    assert found.advice


def test_the_access_log_is_told(home: Home) -> None:
    assert doctor_safety.access(LogVerdict(State.WHOLE, 7)).verdict is Verdict.OK
    for state in set(State) - {State.WHOLE}:
        found = doctor_safety.access(LogVerdict(state, 7, 3))
        assert found.verdict is Verdict.FAIL
        assert found.detail


def test_reports_that_wait_to_be_read_are_told(home: Home) -> None:
    assert doctor_safety.reports(home).verdict is Verdict.OK
    crash_report.keep(home, ValueError("x"), "command", now)
    found = doctor_safety.reports(home)
    assert found.verdict is Verdict.WARN
    assert "--report" in found.advice


def test_every_check_has_its_name_and_none_faints(home: Home) -> None:
    checks = doctor_safety.checks(home, lambda: LogVerdict(State.WHOLE, 0), False, lambda: True)
    found = [look() for _, look in checks]
    assert [name for name, _ in checks] == [one.check for one in found]
    assert doctor_safety.capture(True, True).detail != doctor_safety.capture(False, True).detail
    assert doctor_safety.capture(True, False).verdict is Verdict.WARN
