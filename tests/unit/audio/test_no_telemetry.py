"""Voice activity detection leaves nothing in the user's folders and has nothing to send: ONNX Runtime is kept quiet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DETECT = """
import numpy as np
from audio.adapters.silero import SileroDetector
SileroDetector().probabilities(np.zeros(512, np.int16), None)
"""


@pytest.mark.parametrize("script", [DETECT, "import app.engine_child, onnxruntime"])
def test_onnx_runtime_keeps_no_events(tmp_path: Path, script: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=True, timeout=60)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
