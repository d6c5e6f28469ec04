"""Every part has a licence and its text, and what is written down about them is current."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from app import licences
from app.about import AboutProgram, revision
from app.build_facts import build, version_line
from app.catalogue import load
from app.settings import ModelSettings
from scripts import group_policy, sbom, third_party

_SPACE = f"{{{group_policy.SPACE}}}"


def test_every_part_has_a_licence_and_its_text() -> None:
    parts = (*licences.other_parts(), *third_party.parts())
    assert len(parts) > 80
    assert [part.name for part in parts if not part.licence] == []
    assert [part.name for part in parts if not licences.text_of(part.name)] == []


def test_no_locked_package_is_forgotten() -> None:
    shown = {licences.canonical(part.name) for part in third_party.parts()}
    assert set(third_party.runtime()) - shown == {"httpx2-jsfetch"}  # for Python in a browser, which nobody starts


@pytest.mark.skipif(sys.platform != "linux", reason="the versions written down are those that Linux installs")
def test_the_notices_are_current() -> None:
    assert third_party.FILE.read_text(encoding="utf-8") == third_party.text(), "run `make notices`"


def test_qt_may_be_replaced_and_says_so() -> None:
    text = licences.text_of("PySide6_Essentials")
    assert "replace them with your own build" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text


def test_tools_of_developers_are_no_part() -> None:
    assert not {"pytest", "mypy", "ruff", "hypothesis", "pyinstaller"} & set(third_party.runtime())


def test_models_in_use_are_told_with_licence_and_revision() -> None:
    about = AboutProgram(lambda: ModelSettings(encoder="C:/site/our-encoder")).about()
    speech, encoder = about.models
    assert (speech.name, speech.licence) == ("whisper-base", "MIT")
    assert speech.revision == "ebe41f70d5b6"
    assert (encoder.name, encoder.licence, encoder.revision) == ("our-encoder", "", "")
    assert {part.name for part in about.parts} >= {"Python", "numpy", "PySide6_Essentials"}
    rebuilt = next(model for model in load() if model.name == "multilingual-e5-small")
    assert revision(rebuilt) == ("sha256 1571fc982750", "e5-small-q4.bin")


def test_a_build_tells_its_commit_and_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = tmp_path / "build.json"
    facts.write_text(json.dumps({"commit": "0123abc", "built": "2026-11-22"}), encoding="utf-8")
    plain = version_line()
    monkeypatch.setattr("app.build_facts.path", lambda _name: facts)
    build.cache_clear()
    try:
        assert version_line() == f"{plain} (0123abc, 2026-11-22)"
    finally:
        build.cache_clear()


def test_the_bill_of_materials_holds_models_and_no_tools() -> None:
    def component(name: str) -> dict[str, object]:
        made = {"type": "library", "name": name, "version": "1", "bom-ref": name}
        return {**made, "properties": [{"name": "place", "value": "/somewhere"}]}

    raw = {
        "metadata": {"component": {"bom-ref": "root", "name": "doumi"}},
        "components": [component("numpy"), component("pytest")],
        "dependencies": [{"ref": "root", "dependsOn": ["numpy", "pytest"]}, {"ref": "pytest"}],
    }
    bill = sbom.shaped(raw, load(), ("numpy",))
    names = {one["name"]: one for one in bill["components"]}
    assert "pytest" not in names
    assert "properties" not in names["numpy"]
    assert names["numpy"]["licenses"]
    assert bill["dependencies"] == [{"ref": "root", "dependsOn": ["numpy"]}]
    model = names["whisper-base"]
    assert model["type"] == "machine-learning-model"
    assert model["licenses"] == [{"license": {"id": "MIT"}}]
    assert model["components"][0]["hashes"][0]["content"].startswith("d01c3014")


def test_every_setting_is_in_the_group_policy_templates(tmp_path: Path) -> None:
    group_policy.write(tmp_path)
    rules = ET.parse(tmp_path / "doumi.admx").getroot()
    policies = rules.findall(f"{_SPACE}policies/{_SPACE}policy")
    assert {policy.get("name") for policy in policies} == {
        group_policy.name_of(shape.path) for shape in group_policy.shapes()
    }
    asked = {value[2:-1] for one in rules.iter() for value in one.attrib.values() if value.startswith("$(")}
    for language in group_policy.LANGUAGES.values():
        texts = ET.parse(tmp_path / language / "doumi.adml").getroot()
        given = {f"string.{one.get('id')}" for one in texts.iter(f"{_SPACE}string") if (one.text or "").strip()}
        given |= {f"presentation.{one.get('id')}" for one in texts.iter(f"{_SPACE}presentation")}
        assert asked == given
