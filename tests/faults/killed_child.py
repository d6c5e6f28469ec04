"""Starts a child of the fault tests on its orders and lets it end by itself or by kill -9."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_S = 120.0


def run_child(module: str, orders: Path, kill_after_s: float | None) -> tuple[int, str, str]:
    """Run ``python -m module orders``.

    Args:
        module: With its package.
        orders: File that tells the child what to do.
        kill_after_s: Seconds until it is killed; None: it ends by itself, or hangs, which fails.

    Returns:
        Its exit code, its first line, and what it complained of, which holds no traceback.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", module, str(orders)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        first = child.stdout.readline()
        hangs = False
        try:
            child.wait(LONGEST_S if kill_after_s is None else kill_after_s)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            hangs = kill_after_s is None
        complaints = child.stderr.read()
    assert not hangs, complaints
    assert "Traceback" not in complaints, complaints
    return child.returncode, first, complaints
