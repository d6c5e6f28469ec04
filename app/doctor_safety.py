"""What ``doumi doctor`` looks at for safety: access log, screen captures, ports, files of others, fault reports."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from app import access_log, crash_report, portable
from app.access_log import Verdict as LogVerdict
from app.doctor import Finding, Verdict
from app.home import Home
from app.keys import MODE_VARIABLE, KeyMode
from resources.notices import sentence

Check = tuple[str, Callable[[], Finding]]


def checks(home: Home, log: Callable[[], LogVerdict], can_hide: bool, wants_hiding: Callable[[], bool]) -> list[Check]:
    """Return the checks by name, in order. Every one may raise.

    Args:
        home: The desk.
        log: Checks its access log.
        can_hide: Whether the system can keep windows out of screen captures.
        wants_hiding: Whether the site wants that.
    """
    return [
        ("access", lambda: access(log())),
        ("capture", lambda: capture(can_hide, wants_hiding())),
        ("ports", lambda: ports(home)),
        ("files", lambda: files(home)),
        ("reports", lambda: reports(home)),
        *([("portable", lambda: in_portable(home))] if portable.folder() else []),
    ]


def access(verdict: LogVerdict) -> Finding:
    """Tell whether the access log is whole."""
    return Finding("access", Verdict.OK if verdict.whole else Verdict.FAIL, access_log.told(verdict))


def capture(can_hide: bool, wanted: bool) -> Finding:
    """Tell whether windows stay out of screenshots and shared screens."""
    if not can_hide:
        return Finding("capture", Verdict.OK, sentence("safety.capture_unavailable"))
    code = "safety.capture_hidden" if wanted else "safety.capture_shown"
    return Finding("capture", Verdict.OK if wanted else Verdict.WARN, sentence(code))


def in_portable(home: Home) -> Finding:
    """Tell that the desk lives beside the program, and what that means for its key."""
    beside = str(portable.folder() or "")
    if home.file_key.exists() or os.environ.get(MODE_VARIABLE) == KeyMode.FILE.value:
        advice = sentence("cli.doctor_portable_file_do")
        return Finding("portable", Verdict.WARN, sentence("cli.doctor_portable_file", path=beside), advice)
    return Finding("portable", Verdict.OK, sentence("cli.doctor_portable", path=beside))


def ports(home: Home) -> Finding:
    """Look whether the running desk of this home, or a child of it, listens on a network."""
    tree = running(home)
    if not tree:
        return Finding("ports", Verdict.OK, sentence("safety.ports_no_desk"))
    found = listening(tree)
    if found:
        return Finding("ports", Verdict.FAIL, sentence("safety.ports_open", places=", ".join(found)))
    return Finding("ports", Verdict.OK, sentence("safety.ports_none", processes=len(tree)))


def running(home: Home) -> list[psutil.Process]:
    """Return the process that holds the lock of this home and its children; empty where no desk runs."""
    lock = home.lock.resolve()
    for process in psutil.process_iter(["name"]):
        name = str(process.info["name"] or "").lower()
        if process.pid == os.getpid() or not name.startswith(("python", "doumi")):
            continue
        try:
            if any(Path(one.path) == lock for one in process.open_files()):
                return [process, *process.children(recursive=True)]
        except (psutil.Error, OSError):
            continue
    return []


def listening(processes: Sequence[psutil.Process]) -> list[str]:
    """Return the addresses of a network at which processes can be reached, TCP and UDP."""
    found: list[str] = []
    for process in processes:
        try:
            places = process.net_connections(kind="inet")
        except psutil.Error:
            continue
        found += [
            f"{place.laddr.ip}:{place.laddr.port}"
            for place in places
            if place.status == psutil.CONN_LISTEN or (place.type is socket.SOCK_DGRAM and not place.raddr)
        ]
    return found


def files(home: Home) -> Finding:
    """Look whether another user of this PC could read what is kept here."""
    if os.name == "nt":
        return Finding("files", Verdict.OK, sentence("safety.files_windows"))
    closed = [home.personal_db.parent, home.root / "profiles", home.logs]
    open_ones = [str(place) for place in closed if place.exists() and place.stat().st_mode & 0o077]
    # In a folder that is closed to others it does not matter how a file is marked; outside of one it does.
    loose = [home.settings] if home.settings.exists() else []
    open_ones += [str(file) for file in loose if stat.S_IMODE(file.stat().st_mode) & 0o022]
    if open_ones:
        detail = sentence("safety.files_open", paths=", ".join(open_ones))
        return Finding("files", Verdict.FAIL, detail, sentence("safety.files_open_do"))
    return Finding("files", Verdict.OK, sentence("safety.files_closed", path=str(home.root)))


def reports(home: Home) -> Finding:
    """Tell how many reports of unforeseen faults lie here."""
    kept = crash_report.kept(home)
    if not kept:
        return Finding("reports", Verdict.OK, sentence("safety.reports_none"))
    detail = sentence("safety.reports", count=len(kept), path=str(home.logs))
    return Finding("reports", Verdict.WARN, detail, sentence("safety.reports_do"))
