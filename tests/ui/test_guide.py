"""What the guide and the READMEs name exists: keys, commands, settings, words on the screen, pictures, links."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app import cli
from app.policy import leaves
from app.practice_calls import load
from app.settings import Settings
from scripts import guide as site
from scripts.screenshots import DOCS, TOUR
from tests.ui.conftest import Desk
from ui import guide, i18n
from ui.actions import ACTIONS, written
from ui.replay import keys as replay_keys

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "docs"
GUIDE = (HOME / "index.md", *sorted((HOME / "ko").rglob("*.md")), HOME / "en" / "overview.md")
READMES = (ROOT / "README.md", ROOT / "README.ko.md")
PAGES = (*GUIDE, *READMES)
PROJECT = {name.lower(): ROOT / name for name in site.PROJECT_PAGES}
KEY = re.compile(r"((Ctrl|Alt|Shift)\+)*(F\d{1,2}|[A-Z0-9,.+=-]|Enter|Esc|Tab|Left|Right|PgUp|PgDown|Space)")
OTHER_KEYS = {"Tab", "Ctrl+F12"}
"""Qt's own, and what hands over anywhere on Windows (``protection.system_key``)."""
FILES = {".json", ".md", ".pub", ".key", ".py", ".toml", ".xlsx", ".csv", ".kr"}


def code(page: Path) -> Iterator[str]:
    """Yield inline code and the lines of code blocks."""
    text = page.read_text(encoding="utf-8")
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.S | re.M)
    for block in fenced:
        yield from block.splitlines()
    rest = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    for line in rest.splitlines():
        if line.startswith("    "):
            yield line.strip()
        else:
            yield from re.findall(r"`([^`]+)`", line)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_key_is_one_of_the_program(page: Path) -> None:
    keys = {written(one) for action in ACTIONS for one in (action.keys, *action.also)} | OTHER_KEYS
    keys |= {one for _, ways in replay_keys.KEYS for one in ways}
    inline = {one for one in code(page) if KEY.fullmatch(one)}
    pressed = re.compile(r"(?<![\w+])(?:Ctrl|Alt|Shift)\+(?:Shift\+)?(?:F\d+|[A-Z]|Enter)\b")
    plain = set(pressed.findall(page.read_text(encoding="utf-8")))
    assert (inline | plain) - keys == set()


@cache
def _parser() -> argparse.ArgumentParser:
    return cli.parser()


def _fault(words: list[str]) -> str:
    """Return what of a command line the program does not know; ``show|run`` stands for both."""
    parsers: list[argparse.ArgumentParser] = [_parser()]
    while words:
        below = next((one for one in parsers[-1]._actions if isinstance(one, argparse._SubParsersAction)), None)
        if below is None:
            break
        names = words[0].split("|")
        if unknown := [name for name in names if name not in below.choices]:
            return unknown[0] if unknown[0].islower() else ""
        parsers, words = [below.choices[name] for name in names], words[1:]
    known = {option for parser in parsers for one in parser._actions for option in one.option_strings} | {"--profile"}
    return next((word for word in words if word.startswith("--") and word.split("=")[0] not in known), "")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_is_one_of_the_program(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_LANG", "en")
    for line in code(page):
        if not line.startswith("doumi "):
            continue
        words = shlex.split(line, comments=True)[1:]
        if words and words[0] == "COMMAND":
            continue
        words = [word.strip("[]…") for word in words if word not in ("|", "...")]
        assert _fault(words) == "", line
        if "--practice" in words and (name := words[words.index("--practice") + 1]) != "NAME":
            assert name in {call.name for call in load()}


@pytest.mark.parametrize("page", GUIDE, ids=named)
def test_every_setting_and_variable_is_one_of_the_program(page: Path) -> None:
    settings = set(leaves(Settings))
    for one in code(page):
        if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", one) and Path(one).suffix not in FILES:
            assert one in settings, one
        for variable in re.findall(r"\bDOUMI_[A-Z_]+", one):
            assert variable in SOURCE, variable


SOURCE = "\n".join(file.read_text(encoding="utf-8") for room in ("app", "ui") for file in (ROOT / room).rglob("*.py"))


def test_every_word_quoted_from_the_screen_is_there() -> None:
    shown = "\n".join(i18n.messages("ko").values())
    shown += (ROOT / "resources" / "notices" / "ko.toml").read_text(encoding="utf-8")
    own_words = {"잘못 누름"}
    for page in GUIDE:
        for words in re.findall(r"‘([^’]+)’", page.read_text(encoding="utf-8")):
            assert words in shown or words in own_words, f"{named(page)}: {words}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, _ = target.partition("#")
        if re.match(r"https?:", target) or not file:
            continue
        where = (page.parent / file).resolve()
        if page in GUIDE and where.name in PROJECT and where.parent == HOME:
            continue
        picture = where.parent == HOME / "images" and where.suffix == ".png"
        if picture and page in GUIDE:
            assert where.stem in DOCS, target
        else:
            assert where.exists(), target
        if picture and page in READMES:
            assert where.stem in TOUR, target


def test_every_page_is_in_the_contents() -> None:
    front = (HOME / "index.md").read_text(encoding="utf-8")
    contents = "\n".join(re.findall(r"```\{toctree\}(.*?)```", front, re.S))
    listed = {line.strip() for line in contents.splitlines()}
    for page in GUIDE[1:]:
        assert str(page.relative_to(HOME).with_suffix("")) in listed


def test_the_page_of_keys_is_current() -> None:
    assert site.KEYS_PAGE.read_text(encoding="utf-8") == site.keys_page(), "run: python scripts/guide.py --keys"


def test_the_help_of_every_window_is_a_page_of_the_guide() -> None:
    for page in guide.PAGES.values():
        assert (HOME / page).with_suffix(".md").is_file(), page


@pytest.mark.parametrize(
    "bad",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/css">',
        '<img alt="" src="http://example/x.png">',
    ],
)
def test_a_page_that_fetches_from_elsewhere_is_found(tmp_path: Path, bad: str) -> None:
    (tmp_path / "a.html").write_text(f'<a href="https://example.org">out</a>{bad}', encoding="utf-8")
    assert len(site.fetched(tmp_path)) == 1
    (tmp_path / "a.html").write_text('<a href="https://example.org">out</a><img src="x.png">', encoding="utf-8")
    assert site.fetched(tmp_path) == []


def test_links_of_the_projects_own_pages_are_turned_to_the_guide() -> None:
    text = "[a](ARCHITECTURE.md) [b](docs/keys.md) [c](docs/adr)"
    assert site.relinked(text) == "[a](architecture.md) [b](keys.md) [c](adr/index.md)"


def test_a_window_opens_the_guide_at_its_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(guide, "open_page", lambda page="": asked.append(page) or False)
    desk.window.open_outbox()
    outbox = desk.window.outbox
    link = outbox.findChild(guide.GuideLink)
    assert not link.hasFocus()
    assert link.shortcut().toString() == "Ctrl+F1"
    link.click()
    desk.bot.keyClick(outbox, Qt.Key.Key_F1)
    assert desk.window.keys.sheet is not None
    assert desk.window.keys.sheet.isVisible(), "F1 shows the keys from any window"
    desk.window.keys.sheet.close()
    outbox.close()
    desk.bot.keyClick(desk.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["outbox", ""]
    assert desk.window.notices.shown, "it says that this installation has none"


def test_the_guide_opens_at_the_page_of_a_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(guide.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    monkeypatch.setattr(guide, "folder", lambda: None)
    assert not guide.open_page("settings")
    monkeypatch.setattr(guide, "folder", lambda: tmp_path)
    assert not guide.open_page("settings")
    for page in ("index.html", "ko/settings.html"):
        (tmp_path / page).parent.mkdir(exist_ok=True)
        (tmp_path / page).write_text("x", encoding="utf-8")
    assert guide.open_page("settings")
    assert guide.open_page()
    assert [Path(one).name for one in opened] == ["settings.html", "index.html"]
