"""A desk that is killed while it writes its access log: no line that was acknowledged is lost, and nobody is accused.

``DOUMI_KILLS`` (``make test-faults``) asks for more.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from tests.helpers.access import check
from tests.helpers.material import ROOT
from tests.helpers.personal import home_in

KILLS = max(3, int(os.environ.get("DOUMI_KILLS", "0")) // 5)

_CHILD = """
import sys
from pathlib import Path
from tests.helpers.personal import begin, home_in, open_store
store = open_store(home_in(Path(sys.argv[1])))
for number in range(100_000):
    store.log("open", f"call-{number}")
    print(number, flush=True)
"""


def test_a_kill_while_writing_is_no_alarm_and_loses_no_line(tmp_path: Path) -> None:
    home, told = home_in(tmp_path), 0
    chance = random.Random(7)
    for _ in range(KILLS):
        child = subprocess.Popen([sys.executable, "-c", _CHILD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        for _ in range(chance.randint(1, 25)):
            assert child.stdout.readline()
            told += 1
        child.send_signal(signal.SIGKILL)
        told += len(child.stdout.readlines())
        child.wait()
        child.stdout.close()
        verdict = check(home)
        assert verdict.whole
        assert told <= verdict.lines <= told + 1
        told = verdict.lines
