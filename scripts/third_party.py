"""Write THIRD-PARTY-NOTICES.md from the locked packages' metadata and licence files, and the model catalogue.

third_party.py             write the file
third_party.py --check     1 where it is not what would be written
third_party.py --texts F   write every licence text into F, for the program as it is handed out
"""

from __future__ import annotations

import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import licences  # noqa: E402 - the project root must be on the path first
from app.about import revision  # noqa: E402
from app.catalogue import load  # noqa: E402
from app.licences import Part, canonical  # noqa: E402

FILE = ROOT / "THIRD-PARTY-NOTICES.md"
LOCK = ROOT / "requirements" / "lock.txt"
_COPYRIGHT = re.compile(r"^[\s*#/.-]*((?:portions )?(?:copyright|\(c\)|©)\s+.*\d.*)$", re.IGNORECASE | re.MULTILINE)
_NOBODY = re.compile(r"copyright (holders?|owner)|free software foundation|yyyy", re.IGNORECASE)
_MOST = 90
LEFT_OUT = frozenset({"av"})
"""Required, but not in the program as it is handed out: see ``packaging/without_av.py``."""


def locked() -> dict[str, tuple[str, ...]]:
    """Return the versions of the lock file by canonical name; some have one a version of Python."""
    found: dict[str, tuple[str, ...]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE):
        found[canonical(name)] = (*found.get(canonical(name), ()), version)
    return found


def runtime() -> tuple[str, ...]:
    """Return the locked packages that the program runs with on any system, without the tools of its developers."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        stated = tomllib.load(file)["project"]["dependencies"]
    roots = [re.split(r"[=<>;\[ ]", line, maxsplit=1)[0] for line in stated]
    versions = locked()
    return tuple(name for name in licences.required((*roots, *licences.BESIDE)) if name in versions or name == "torch")


def parts() -> tuple[Part, ...]:
    """Return what stands in the file's first table."""
    return licences.packages(runtime())


def text() -> str:
    """Return the whole file."""
    versions = locked()
    rows = []
    for part in parts():
        here = part.version.partition("+")[0]
        version = here or ", ".join(versions.get(canonical(part.name), ()))
        where = f" ({part.system} only)" if part.system else ""
        rows.append(f"| {part.name}{where} | {version} | {part.licence} | {_holder(part.name)} |")
    others = [f"| {part.name} | {part.licence} | {_holder(part.name)} |" for part in licences.other_parts()]
    notes = [f"- **{part.name}**: {part.note}" for part in parts() if part.note]
    models = []
    for model in load():
        fixed, source = revision(model)
        models.append(f"| {model.name} | {model.title} | {model.licence} | {source} | {fixed} |")
    said = (ROOT / "resources" / "licences" / "qt.txt").read_text(encoding="utf-8").strip().splitlines()
    qt = "\n".join(textwrap.fill(line, 118, break_long_words=False) for line in said)
    return "\n".join(
        [
            "# Third-party notices",
            "",
            "Written by `scripts/third_party.py` from the locked packages' own metadata and licence files; a test sees",
            "to it that it is current. Sangdam Doumi itself is Apache-2.0. The whole texts are in the window *About*,",
            "and in `THIRD-PARTY-LICENCES.txt` of the program folder that `make dist` builds.",
            "",
            "## Packages",
            "",
            "| package | version | licence | copyright |",
            "|---|---|---|---|",
            *rows,
            "",
            "## Other parts",
            "",
            "| part | licence | copyright |",
            "|---|---|---|",
            *others,
            "",
            "## Models",
            "",
            "| model | what | licence | source | revision |",
            "|---|---|---|---|---|",
            *models,
            "",
            "## Qt and PySide6 under the LGPL",
            "",
            qt,
            "",
            "## Notes",
            "",
            *notes,
            "",
        ]
    )


def _holder(name: str) -> str:
    """Return the first copyright line of a part's texts; empty where they name none."""
    named = (found[1] for found in _COPYRIGHT.finditer(licences.text_of(name)) if not _NOBODY.search(found[1]))
    line = " ".join(next(named, "").replace("|", "/").split())
    line = line.replace("<", "(").replace(">", ")")
    return line if len(line) <= _MOST else line[: _MOST - 1].rstrip() + "…"


def texts() -> Iterator[str]:
    """Yield every part and its licence text."""
    for part in (*licences.other_parts(), *parts()):
        yield f"{'=' * 100}\n{part.name} {part.version}\n{part.licence}\n{'=' * 100}\n\n{licences.text_of(part.name)}\n"


def main(arguments: list[str]) -> int:
    """Carry out the arguments; returns the exit code."""
    if arguments[:1] == ["--texts"]:
        Path(arguments[1]).write_text("\n".join(texts()), encoding="utf-8")
        return 0
    wanted = text()
    if arguments == ["--check"]:
        return 0 if FILE.read_text(encoding="utf-8") == wanted else 1
    FILE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
