"""The shared test material: real recordings and test sets that are never part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """Return the folder of the shared test material, whether it exists or not."""
    return Path(os.environ.get("DOUMI_TEST_DATA") or ROOT.parent / "shared" / "data")


def data(*parts: str) -> Path:
    """Return a path in the test material, or skip the test with the reason."""
    found = folder().joinpath(*parts)
    if not found.exists():
        pytest.skip(f"test material absent ({'/'.join(parts)}): set DOUMI_TEST_DATA")
    return found
