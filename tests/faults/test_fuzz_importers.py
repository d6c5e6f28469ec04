"""Every importer under mutated input: only its own fault, no try over five seconds, memory bounded.

``DOUMI_FUZZ_S`` says how many seconds each; `make test-faults` ten minutes each. A failure prints the input as base64;
``python -m tests.faults.fuzz_child NAME SECONDS SEED FOLDER`` repeats it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.fuzz_child import IMPORTERS

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("DOUMI_FUZZ_S", "0.5"))
SEED = os.environ.get("DOUMI_FUZZ_SEED", "1")
MOST_GROWN_MB = 200
TRIES = 3
"""Least tries that count as having looked at all."""


@pytest.mark.parametrize("name", sorted(IMPORTERS))
def test_an_importer_refuses_with_its_own_fault_and_in_time(name: str, tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("memory limits and /proc are used to watch the child")
    command = [sys.executable, "-m", "tests.faults.fuzz_child", name, str(SECONDS), SEED, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS + 120, check=False)
    assert done.stdout, f"{name} hung or died: {done.stderr[-3000:]}"
    found = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps({key: value for key, value in found.items() if key != "input"}))
    assert found["ok"], found
    assert found["tries"] >= TRIES
    assert found["grown_mb"] < MOST_GROWN_MB
