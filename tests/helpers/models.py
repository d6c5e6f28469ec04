"""Installed models for tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.home import Home


def installed_model(name: str) -> Path:
    """Return the folder of an installed model, or skip the test with the reason."""
    folder = Home.from_environment().models / name
    if not any((folder / file).is_file() for file in ("model.bin", "model.safetensors", "config.json")):
        pytest.skip(f"model absent ({name}): run doumi models fetch")
    return folder
