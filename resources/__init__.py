"""Read-only files that ship with the program, and the one way to their paths.

Imports nothing of the project, so every package may use it.
"""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the path of a shipped resource.

    Args:
        name: Relative path with forward slashes, e.g. ``"notices/ko.toml"``.

    Raises:
        FileNotFoundError: The resource is not part of this build.
    """
    found = _ROOT.joinpath(*name.split("/"))
    if not found.exists():
        raise FileNotFoundError(f"resource missing from this build: {name}")
    return found
