"""Both languages whole: no sentence for a person stands outside translations and notices; both notices agree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from resources import path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QTableWidgetItem",
    "QListWidgetItem", "label", "button", "tool", "scroller", "Elided", "Meter", "HoldButton", "Passage", "pin_field",
    "setText", "setWindowTitle", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText",
    "setStatusTip", "setTitle", "setTabText", "addItem", "addItems", "addTab", "addAction", "addMenu", "addRow",
    "setHeaderLabels", "setHorizontalHeaderLabels", "setLabelText", "setInformativeText", "insertItem", "say",
    "getOpenFileName", "getSaveFileName", "getExistingDirectory", "showMessage", "setSuffix", "setPrefix",
}  # fmt: skip
"""Calls whose texts a person reads or hears."""
WORDS = re.compile(r"[A-Za-z]{2,}|[가-힣]")
NAMES = re.compile(
    r"^(https?://|[\w.]*\.\w+$|\*\.|(Ctrl|Alt|Shift|F\d|Esc|Tab|Enter)\b)|^(doumi|yyyy-MM-dd|English|한국어)"
)
"""Texts that are the same in every language: keys, file patterns, the languages' own names."""
ICONS = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
NOT_ENGLISH = {"setting.language.ko", "help.call_ars_path"}
"""English notices that name Korean things as they are called."""
PARTICLE = re.compile(r"\}(을|를|이|가|은|는|과|와|으로|로|이라|라고)(?![가-힣])")


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts written out in an argument; what goes through a call (``tr``, ``format``) is left to it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.List | ast.Tuple):
        for one in node.elts:
            yield from _literals(one)
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _loose(file: Path) -> Iterator[str]:
    """Yield texts for people that are written into a file of the windows."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or _name(node) not in SHOWN:
            continue
        spoken = [word.value for word in node.keywords if word.arg in ("name", "tip", "text", "title")]
        roles = {"button": 1, "label": 1, "Elided": 1, "say": 1}
        for argument in [*node.args[: roles.get(_name(node), len(node.args))], *spoken]:
            for text in _literals(argument):
                if WORDS.search(text) and not NAMES.search(text) and text not in ICONS:
                    yield f"{file.relative_to(ROOT)}:{node.lineno} {text!r}"


def test_no_sentence_of_a_window_stands_outside_its_translation() -> None:
    files = sorted((ROOT / "ui").rglob("*.py"))
    assert len(files) > 60
    assert [found for file in files for found in _loose(file)] == []


def _printed(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node) in ("print", "add_argument", "add_parser", "error"):
            said = node.args if _name(node) in ("print", "error") else []
            said = [*said, *(word.value for word in node.keywords if word.arg in ("help", "description", "epilog"))]
            for text in (text for argument in said for text in _literals(argument)):
                if len(WORDS.findall(text)) > 2 and not text.startswith(("http", "--")):
                    yield f"{file.relative_to(ROOT)}:{node.lineno} {text!r}"


def test_no_sentence_of_a_command_stands_outside_the_notices() -> None:
    assert [found for file in sorted((ROOT / "app" / "commands").glob("*.py")) for found in _printed(file)] == []


def _flat(table: dict[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)


def _notices(language: str) -> dict[str, str]:
    return dict(_flat(tomllib.loads(path(f"notices/{language}.toml").read_text(encoding="utf-8"))))


def test_both_languages_have_the_same_codes_and_placeholders() -> None:
    korean, english = _notices("ko"), _notices("en")
    assert korean.keys() == english.keys()
    places = re.compile(r"\{(\w+)[^}]*\}")
    assert [
        code for code in korean if sorted(places.findall(korean[code])) != sorted(places.findall(english[code]))
    ] == []


def test_korean_notices_are_korean_and_english_ones_english() -> None:
    bare = {code for code, text in _notices("ko").items() if re.search(r"[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}", text)
            and not re.search(r"[가-힣]", text)}  # fmt: skip
    assert bare == set()
    assert {code for code, text in _notices("en").items() if re.search(r"[가-힣]", text)} <= NOT_ENGLISH


def test_no_particle_stands_directly_after_a_placeholder_of_a_notice() -> None:
    assert [code for code, text in _notices("ko").items() if PARTICLE.search(text)] == []


def test_the_program_that_renews_the_translations_finds_nothing_left() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "translate.py"), "--check"], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == ""
    assert done.returncode == 0
