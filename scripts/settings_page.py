"""Writes ``docs/settings.md`` from the settings models."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.settings_sheet import page  # noqa: E402 - the project root must be on the path first


def main() -> int:
    """Write the page."""
    (ROOT / "docs" / "settings.md").write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
