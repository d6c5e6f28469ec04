"""Write THIRD-PARTY-NOTICES.md from the installed packages of the lock file and the model catalogue."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.catalogue import load  # noqa: E402 - the project root must be on the path first

DEVELOPMENT = {
    "pytest", "pytest-qt", "hypothesis", "import-linter", "mypy", "ruff", "rapidfuzz", "hatchling", "editables", "pip",
    "grimp", "iniconfig", "pluggy", "mypy-extensions", "librt", "ast-serialize", "pathspec", "sortedcontainers",
    "trove-classifiers",
}  # fmt: skip


def licence(name: str) -> str:
    """Return the licence a package declares, from its expression, its short field or its classifiers."""
    meta = distribution(name).metadata
    for key in ("License-Expression", "License"):
        value = str(meta.get(key) or "").strip()
        if value and len(value) < 80 and value != "UNKNOWN":
            return value.splitlines()[0]
    classifiers = [c.rsplit(" :: ", 1)[1] for c in meta.get_all("Classifier") or [] if c.startswith("License ::")]
    return ", ".join(classifiers) or "see the package"


def main() -> None:
    """Write the file."""
    names = re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8"), re.M)
    rows = []
    for name in sorted({*names, "torch"} - DEVELOPMENT, key=str.lower):
        try:
            rows.append(f"| {name} | {distribution(name).version} | {licence(name)} |")
        except PackageNotFoundError:
            rows.append(f"| {name} | other systems only | see the package |")
    models = [f"| {m.name} | {m.title} | {m.licence} |" for m in load()]
    text = [
        "# Third-party notices",
        "",
        "Written by `scripts/third_party.py` from the packages' own metadata. Sangdam Doumi itself is Apache-2.0.",
        "Qt and PySide6 are used under the LGPL-3.0 as separate, replaceable shared libraries. Noto Sans KR comes with",
        "the package pylopdf-fonts-ko under the SIL Open Font License 1.1. Silero VAD comes with faster-whisper (MIT).",
        "",
        "## Packages",
        "",
        "| package | version | licence |",
        "|---|---|---|",
        *rows,
        "",
        "## Models",
        "",
        "| model | what | licence |",
        "|---|---|---|",
        *models,
        "",
    ]
    (ROOT / "THIRD-PARTY-NOTICES.md").write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
