"""kill -9 while the desk key is changed: at every durable step, and at any moment. One key opens everything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEATHS = max(24, int(os.environ.get("DOUMI_KILLS", "12")) // 3)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a death costs a fork here; this system has none")
def test_a_change_of_the_key_that_is_killed_leaves_one_valid_state(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.rotation_child", str(tmp_path), str(DEATHS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["steps"] >= 20
    assert told["deaths"] >= DEATHS
    assert 0 < told["new"] < told["deaths"] + 2
    print(told)
