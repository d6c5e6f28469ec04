"""Two programs started in the same moment, over and over: one is the desk, the other is told.

``DOUMI_KILLS`` (``make test-faults``) asks for two hundred rounds; twenty without it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.material import ROOT

LAUNCHES = 200 if "DOUMI_KILLS" in os.environ else 20

_RACER = """
import sys
from pathlib import Path
from app.errors import StartFault
from app.instance import InstanceLock
print("ready", flush=True)
for line in sys.stdin:
    lock = InstanceLock(Path(line.strip()))
    try:
        lock.acquire()
        print("held", flush=True)
    except StartFault as fault:
        print(fault.code, flush=True)
    sys.stdin.readline()
    lock.release()
    print("free", flush=True)
"""


def test_of_two_launches_at_once_one_is_the_desk(tmp_path: Path) -> None:
    """Two processes let go in the same moment; the first to the lock is the desk, the other is told."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", _RACER],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        for _ in range(2)
    ]

    def told() -> list[str]:
        return [one.stdout.readline().strip() for one in racers]  # type: ignore[union-attr]

    def tell(line: str) -> None:
        for one in racers:
            one.stdin.write(line + "\n")  # type: ignore[union-attr]

    try:
        assert told() == ["ready", "ready"]
        for number in range(LAUNCHES):
            tell(str(tmp_path / f"home-{number % 3}" / "desk.lock"))
            assert sorted(told()) == ["cli.second_copy", "held"]
            tell("")
            assert told() == ["free", "free"]
    finally:
        for one in racers:
            one.communicate()
