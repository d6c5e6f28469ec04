"""Every sentence exists in both languages, with the same placeholders, and every code the program names exists."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from resources.notices import codes

ROOT = Path(__file__).parents[3]
SOURCES = [file for room in ("app", "ui", "assist", "audio", "kb") for file in sorted((ROOT / room).rglob("*.py"))]
SECTIONS = sorted({code.partition(".")[0] for code in codes("ko")})
_CODE = re.compile(
    rf'(?:sentence|Fault|Rejected|Unavailable|described|NoticeRaised)\(\s*"((?:{"|".join(SECTIONS)})\.\w+)"'
)
_PARTICLE = re.compile(r"\}(?:을|를|이|가|은|는|와|과|으로|로)(?![가-힣])")


def placeholders(text: str) -> set[str]:
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return named | set(re.findall(r"%(?:\(\w+\))?[rs]", text))


def test_both_languages_hold_the_same_codes() -> None:
    assert set(codes("ko")) == set(codes("en"))


@pytest.mark.parametrize("code", sorted(codes("ko")))
def test_the_placeholders_are_the_same(code: str) -> None:
    assert placeholders(codes("ko")[code]) == placeholders(codes("en")[code])


def test_no_particle_follows_a_placeholder() -> None:
    assert [code for code, text in codes("ko").items() if _PARTICLE.search(text)] == []


def test_every_code_that_is_named_exists() -> None:
    named = {code for file in SOURCES for code in _CODE.findall(file.read_text(encoding="utf-8"))}
    assert len(named) > 50
    assert named - set(codes("ko")) == set()
