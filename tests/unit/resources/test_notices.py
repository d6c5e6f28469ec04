"""Every sentence exists in both languages, takes the same values and reads well in Korean."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from app.policy import leaves
from app.settings import Settings
from resources.notices import LANGUAGES, Fault, codes, language, sentence

ROOT = Path(__file__).resolve().parents[3]
PARTICLES = "을|를|은|는|이|가|과|와|으로|로|아|야"


def placeholders(text: str) -> set[str]:
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return named | set(re.findall(r"%(?:\(\w+\))?[rs]", text))


def test_both_languages_have_the_same_codes_and_placeholders() -> None:
    korean, english = codes("ko"), codes("en")
    assert set(korean) == set(english)
    assert [code for code in korean if placeholders(korean[code]) != placeholders(english[code])] == []


def test_no_particle_follows_a_placeholder() -> None:
    awkward = re.compile(rf"\}}(?:{PARTICLES})(?![가-힣])")
    assert [code for code, text in codes("ko").items() if awkward.search(text)] == []


def test_every_code_in_the_program_has_a_sentence() -> None:
    known = set(codes("ko"))
    sections = "|".join(sorted({code.split(".")[0] for code in known}))
    named = re.compile(rf'["\']((?:{sections})\.[a-z_0-9]+)["\']')
    used: set[str] = set()
    for package in ("app", "ui", "assist", "audio", "kb"):
        for file in (ROOT / package).rglob("*.py"):
            used |= set(named.findall(file.read_text(encoding="utf-8")))
    files = {code for code in used if code.endswith((".db", ".toml", ".json", ".txt", ".py", ".jsonl", ".key", ".pub"))}
    modules = {code for code in used if (ROOT / Path(*code.split("."))).with_suffix(".py").exists()}
    settings = set(leaves(Settings))
    assert used - known - files - modules - settings == set()


def test_unknown_language_falls_back_to_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_LANG", "fr")
    assert language() == "ko"
    monkeypatch.setenv("DOUMI_LANG", "en_US.UTF-8")
    assert language() == "en"
    assert set(LANGUAGES) == {"ko", "en"}


def test_a_fault_is_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Fault("models.missing", name="whisper-base")
    assert "whisper-base" in str(fault)
    monkeypatch.setenv("DOUMI_LANG", "en")
    assert str(fault) == sentence("models.missing", name="whisper-base")
    assert str(fault).startswith("The model")
