"""SECURITY.md names tests that exist, and every one of the forty once."""

from __future__ import annotations

import re

from tests.helpers.material import ROOT


def test_every_test_it_names_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", text))
    assert len(named) > 30
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [name for name in set(re.findall(r"`make ([\w-]+)`", text)) if f"\n{name}:" not in targets] == []


def test_each_of_the_forty_is_run_or_listed_as_not_run() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("## The forty tests", 1)[1]
    rows = re.findall(r"^\| ([\d ]+) \|", text, re.MULTILINE)
    assert sorted(int(number) for row in rows for number in row.split()) == list(range(1, 41))
