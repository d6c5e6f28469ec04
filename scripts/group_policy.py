r"""Write the group policy templates for Windows from the settings: ``doumi.admx`` with ``ko-KR`` and ``en-US`` texts.

group_policy.py FOLDER   e.g. a copy for ``\\DOMAIN\SYSVOL\DOMAIN\Policies\PolicyDefinitions``

`make dist` lays them into the program's folder ``policies``. Every setting of ``app.settings_fields`` is there, under
``HKLM\SOFTWARE\Policies\doumi`` by its dotted path, as ``app.policy`` reads it.
"""

from __future__ import annotations

import os
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.policy import REGISTRY_KEY  # noqa: E402 - the project root must be on the path first
from app.settings_fields import GROUPS, Shape, choice_text, shapes  # noqa: E402
from resources.notices import sentence  # noqa: E402
from ui.settings_ports import Kind  # noqa: E402

SPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
NAMESPACE = "Doumi.Policies"
LANGUAGES = {"ko": "ko-KR", "en": "en-US"}
_WORDS = {
    "ko": {"root": "상담도우미", "on": "켜기", "off": "끄기", "value": "값", "supported": "상담도우미 0.1 이상"},
    "en": {
        "root": "Sangdam Doumi",
        "on": "On",
        "off": "Off",
        "value": "Value",
        "supported": "Sangdam Doumi 0.1 or later",
    },
}
_TOP = 4_294_967_295
"""The largest whole number a template can hold."""


def name_of(path: str) -> str:
    """Return an identifier for a dotted path."""
    return path.replace(".", "_")


def template(shaped: tuple[Shape, ...]) -> ET.Element:
    """Return the language-free part."""
    root = ET.Element("policyDefinitions", {"xmlns": SPACE, "revision": "1.0", "schemaVersion": "1.0"})
    spaces = ET.SubElement(root, "policyNamespaces")
    ET.SubElement(spaces, "target", {"prefix": "doumi", "namespace": NAMESPACE})
    ET.SubElement(root, "resources", {"minRequiredRevision": "1.0"})
    supported = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    ET.SubElement(supported, "definition", {"name": "SUPPORTED", "displayName": "$(string.SUPPORTED)"})
    categories = ET.SubElement(root, "categories")
    ET.SubElement(categories, "category", {"name": "doumi", "displayName": "$(string.CATEGORY)"})
    for group in GROUPS:
        shown = {"name": f"group_{group}", "displayName": f"$(string.group_{group})"}
        category = ET.SubElement(categories, "category", shown)
        ET.SubElement(category, "parentCategory", {"ref": "doumi"})
    policies = ET.SubElement(root, "policies")
    for one in shaped:
        _policy(policies, one)
    return root


def _policy(policies: ET.Element, one: Shape) -> None:
    name = name_of(one.path)
    said = {
        "name": name,
        "class": "Machine",
        "displayName": f"$(string.{name})",
        "explainText": f"$(string.{name}_help)",
        "key": REGISTRY_KEY,
    }
    switch = one.kind is Kind.SWITCH
    said |= {"valueName": one.path} if switch else {"presentation": f"$(presentation.{name})"}
    policy = ET.SubElement(policies, "policy", said)
    ET.SubElement(policy, "parentCategory", {"ref": f"group_{one.group}"})
    ET.SubElement(policy, "supportedOn", {"ref": "SUPPORTED"})
    if switch:
        for state, value in (("enabledValue", "1"), ("disabledValue", "0")):
            ET.SubElement(ET.SubElement(policy, state), "decimal", {"value": value})
        return
    elements = ET.SubElement(policy, "elements")
    if one.kind is Kind.CHOICE:
        choice = ET.SubElement(elements, "enum", {"id": name, "valueName": one.path, "required": "true"})
        for value in one.values:
            item = ET.SubElement(choice, "item", {"displayName": f"$(string.{name}_{_value(value)})"})
            ET.SubElement(ET.SubElement(item, "value"), "string").text = value
    elif one.type_name == "list":
        ET.SubElement(elements, "list", {"id": name, "key": f"{REGISTRY_KEY}\\{one.path}", "valuePrefix": ""})
    elif one.whole and (one.low or 0) >= 0:
        low = int(one.low or 0) + (1 if one.above_low else 0)
        limits = {"minValue": str(low), "maxValue": str(int(one.high) if one.high is not None else _TOP)}
        ET.SubElement(elements, "decimal", {"id": name, "valueName": one.path, "required": "true", **limits})
    else:
        ET.SubElement(elements, "text", {"id": name, "valueName": one.path, "required": "true"})


def texts(shaped: tuple[Shape, ...], language: str) -> ET.Element:
    """Return the texts of one language."""
    before = os.environ.get("DOUMI_LANG")
    os.environ["DOUMI_LANG"] = language
    try:
        return _texts(shaped, _WORDS[language])
    finally:
        if before is None:
            del os.environ["DOUMI_LANG"]
        else:
            os.environ["DOUMI_LANG"] = before


def _texts(shaped: tuple[Shape, ...], words: dict[str, str]) -> ET.Element:
    root = ET.Element("policyDefinitionResources", {"xmlns": SPACE, "revision": "1.0", "schemaVersion": "1.0"})
    ET.SubElement(root, "displayName").text = words["root"]
    ET.SubElement(root, "description").text = words["root"]
    resources = ET.SubElement(root, "resources")
    strings = ET.SubElement(resources, "stringTable")
    presentations = ET.SubElement(resources, "presentationTable")

    def add(name: str, text: str) -> None:
        ET.SubElement(strings, "string", {"id": name}).text = text

    add("SUPPORTED", words["supported"])
    add("CATEGORY", words["root"])
    for group in GROUPS:
        add(f"group_{group}", sentence(f"setting_group.{group}"))
    for one in shaped:
        name = name_of(one.path)
        add(name, sentence(f"setting.{one.path}.title"))
        add(f"{name}_help", f"{sentence(f'setting.{one.path}.help')}\n\n{one.path}")
        if one.kind is Kind.SWITCH:
            continue
        presentation = ET.SubElement(presentations, "presentation", {"id": name})
        if one.kind is Kind.CHOICE:
            for value in one.values:
                add(f"{name}_{_value(value)}", choice_text(one, value))
            ET.SubElement(presentation, "dropdownList", {"refId": name, "noSort": "true"}).text = words["value"]
        elif one.type_name == "list":
            ET.SubElement(presentation, "listBox", {"refId": name}).text = words["value"]
        elif one.whole and (one.low or 0) >= 0:
            ET.SubElement(presentation, "decimalTextBox", {"refId": name}).text = words["value"]
        else:
            ET.SubElement(ET.SubElement(presentation, "textBox", {"refId": name}), "label").text = words["value"]
    return root


def _value(value: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in value) or "none"


def write(folder: Path) -> None:
    """Write the templates."""
    shaped = shapes()
    _write(template(shaped), folder / "doumi.admx")
    for language, place in LANGUAGES.items():
        _write(texts(shaped, language), folder / place / "doumi.adml")


def _write(root: ET.Element, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    ET.indent(root)
    file.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(Path(sys.argv[1]))
