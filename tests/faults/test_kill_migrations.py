"""kill -9 at the statements of every migration, from every older version: old or new, and nothing between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.store_schema import MIGRATIONS

ROOT = Path(__file__).parents[2]
STRIDE = 1 if int(os.environ.get("DOUMI_KILLS", "12")) >= 100 else 6
"""`make test-faults` dies at every statement, the short run at every sixth, another one for each older version."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a death costs a fork here; this system has none")
def test_a_migration_killed_at_any_statement_leaves_the_old_or_the_new_schema(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.migration_child", str(tmp_path), str(STRIDE)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    deaths = {int(version): count for version, count in told["deaths"].items()}
    assert sorted(deaths) == list(range(1, len(MIGRATIONS)))
    assert all(count >= 2 for count in deaths.values())  # the last step may be one statement
    print(f"{sum(deaths.values())} deaths, by version before: {deaths}")
