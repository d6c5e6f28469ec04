"""Build the guide from ``docs/`` into ``build/site``: ``python scripts/guide.py [OUT]``. No network is touched.

The pictures are made by the screenshot command and the page of keys from the table of actions, both on every build,
so that neither ages. A broken link, a missing picture or anything fetched from elsewhere fails the build.

``--keys`` only writes ``docs/ko/shortcuts.md`` anew.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

DOCS = ROOT / "docs"
KEYS_PAGE = DOCS / "ko" / "shortcuts.md"
PROJECT_PAGES = ("ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")
"""Pages of the root that belong to the guide too."""
CARRIED = ("sphinx", "furo", "sphinx-basic-ng", "pygments")
"""Packages that files of the built pages come from."""
FETCHED = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"'](https?:)?//[^\"']*[\"'][^>]*>")
IMPORTED = re.compile(r"(?:@import|url\()\s*[\"']?(?:https?:)?//")


def keys_page() -> str:
    """Return the page of keys, in Korean, from the table of actions."""
    from ui import i18n
    from ui.actions import ACTIONS, GROUPS, written

    korean = i18n.messages("ko")

    def said(source: str) -> str:
        return korean.get(("Shortcuts", source), source)

    lines = [
        "# 단축키",
        "",
        "<!-- scripts/guide.py가 동작 표에서 만듭니다. 손으로 고치지 마세요. -->",
        "",
        "모든 동작은 마우스 없이 할 수 있습니다. 아래는 처음 설치했을 때의 키이며, `F1` 화면에서 바꾸고 카드로",
        "인쇄할 수 있습니다. 키가 없는 동작은 `Ctrl+K`(무엇이든 찾기)에서 이름으로 실행합니다.",
        "",
    ]
    for group, title in GROUPS:
        lines += [f"## {said(title)}", "", "| 키 | 하는 일 |", "|---|---|"]
        for action in ACTIONS:
            if action.group == group:
                key = f"`{written(action.keys)}`" if action.keys else "–"
                lines.append(f"| {key} | {said(action.text)} |")
        lines.append("")
    return "\n".join(lines)


def stage(folder: Path) -> None:
    """Lay out what Sphinx reads: the pages, the project's own pages, the pictures."""
    from scripts.screenshots import docs_pictures

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DOCS, folder)
    for name in PROJECT_PAGES:
        text = (ROOT / name).read_text(encoding="utf-8")
        (folder / name.lower()).write_text(relinked(text), encoding="utf-8")
    docs_pictures(folder / "images")


def relinked(text: str) -> str:
    """Return a page of the root with its links as they are inside the guide."""
    for name in PROJECT_PAGES:
        text = text.replace(f"]({name})", f"]({name.lower()})")
    text = re.sub(r"\]\(docs/adr/?\)", "](adr/index.md)", text)
    return text.replace("](docs/", "](")


def fetched(site: Path) -> list[str]:
    """Return what the built pages would fetch from elsewhere; nothing is right."""
    found = []
    for file in sorted(site.rglob("*")):
        pattern = {".html": FETCHED, ".css": IMPORTED}.get(file.suffix)
        if pattern is not None:
            text = file.read_text(encoding="utf-8")
            found += [f"{file.relative_to(site)}: {match.group(0)[:120]}" for match in pattern.finditer(text)]
    return found


def add_licences(site: Path) -> None:
    """Lay the licence texts of what the pages carry (style sheets, scripts) beside them. Raises FileNotFoundError."""
    from app.licences import text_of

    folder = site / "_static" / "licences"
    folder.mkdir(parents=True)
    for name in CARRIED:
        text = text_of(name)
        if not text:
            raise FileNotFoundError(f"no licence text of {name}")
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def build(out: Path) -> int:
    """Build the whole guide strictly; returns an exit code."""
    written = keys_page()
    if KEYS_PAGE.read_text(encoding="utf-8") != written:
        KEYS_PAGE.write_text(written, encoding="utf-8")
        print(f"{KEYS_PAGE.relative_to(ROOT)} was not current and is written anew")
    source = ROOT / "build" / "guide-source"
    stage(source)
    shutil.rmtree(out, ignore_errors=True)
    doctrees = ROOT / "build" / "guide-doctrees"
    shutil.rmtree(doctrees, ignore_errors=True)
    sphinx = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", "-d", str(doctrees)]
    code = subprocess.run([*sphinx, str(source), str(out)], check=False).returncode
    if code:
        return code
    add_licences(out)
    if elsewhere := fetched(out):
        print("fetched from elsewhere:", *elsewhere, sep="\n  ")
        return 1
    pages = len(list(out.rglob("*.html")))
    print(f"{pages} pages in {out}")
    return 0


def main(arguments: list[str]) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "build" / "site", help="folder of the built pages")
    parser.add_argument("--keys", action="store_true", help="only write docs/ko/shortcuts.md anew")
    asked = parser.parse_args(arguments)
    if asked.keys:
        KEYS_PAGE.write_text(keys_page(), encoding="utf-8")
        return 0
    return build(asked.out.resolve())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
