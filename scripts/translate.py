"""Keep the Korean of the windows whole: ``python scripts/translate.py`` (``make translate``).

Reads every text of ``ui/`` into ``resources/i18n/ko.ts`` (Qt's ``lupdate``), keeps what is translated, takes over the
translation of a text that only moved to another class, and prints what still has none, as lines
``class TAB English TAB``. Fill in the third column and give it back with ``--take FILE``. Exit code 1: unfinished.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "resources" / "i18n" / "ko.ts"


def main() -> int:
    """Renew the file; returns an exit code."""
    parser = argparse.ArgumentParser(description="Renew the Korean translations of the windows.")
    parser.add_argument("--take", type=Path, metavar="FILE", help="lines: class TAB English TAB Korean")
    parser.add_argument("--check", action="store_true", help="change nothing; only report what is unfinished")
    asked = parser.parse_args()
    if asked.check:
        left = [(context, source) for context, source, korean in entries(ET.parse(FILE).getroot()) if not korean]
    else:
        left = renew(taken(asked.take) if asked.take else {})
    for context, source in left:
        print(context, source.replace("\n", "\\n"), "", sep="\t")
    print(f"{len(left)} texts without Korean", file=sys.stderr)
    return 1 if left else 0


def taken(file: Path) -> dict[tuple[str, str], str]:
    """Return translations given as lines, by (class, English)."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        parts = [part.replace("\\n", "\n") for part in line.split("\t")]
        if len(parts) == 3 and parts[2]:
            found[parts[0], parts[1]] = parts[2]
    return found


def renew(given: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    """Read the texts of the code in, fill what is known; returns (class, English) of what is left."""
    before = {source: korean for _, source, korean in entries(ET.parse(FILE).getroot()) if korean}
    sources = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "ui").rglob("*.py"))
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    command = [str(lupdate), *sources, "-no-obsolete", "-locations", "none", "-ts", str(FILE)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    root = ET.parse(FILE).getroot()
    left = []
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            source = message.findtext("source", "")
            translation = message.find("translation")
            assert translation is not None
            korean = given.get((name, source)) or (translation.text if finished(translation) else before.get(source))
            if korean:
                translation.text = korean
                translation.attrib.pop("type", None)
            else:
                left.append((name, source))
    ET.indent(root, space="    ")
    text = ET.tostring(root, encoding="unicode")
    FILE.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")
    return left


def entries(root: ET.Element) -> Iterator[tuple[str, str, str]]:
    """Yield (class, English, Korean); Korean is empty where the translation is not finished."""
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            korean = translation.text if translation is not None and finished(translation) else ""
            yield context.findtext("name", ""), message.findtext("source", ""), korean or ""


def finished(translation: ET.Element) -> bool:
    """Whether a translation is there and marked as done."""
    return bool(translation.text) and translation.get("type") is None


if __name__ == "__main__":
    raise SystemExit(main())
