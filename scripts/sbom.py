"""The bill of materials: what the program runs with, and its models, as CycloneDX 1.6 JSON.

The packages come from the maintained ``cyclonedx-bom`` tool, which reads the environment; the tools of developers are
taken out and the models of the catalogue added. Written by `make sbom` and into every build by `make dist`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import licences  # noqa: E402 - the project root must be on the path first
from app.catalogue import HubSource, ModelEntry, load  # noqa: E402
from app.licences import canonical  # noqa: E402
from scripts.third_party import runtime  # noqa: E402


def write(target: Path, environment: dict[str, str]) -> int:
    """Write the bill; returns how many components it has.

    Args:
        target: The file.
        environment: Of a process that finds the tools.

    Raises:
        RuntimeError: The tool failed, or the bill is not what the standard's schema allows.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--spec-version", "1.6"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-file", str(target), sys.executable]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise RuntimeError("cyclonedx-bom failed")
    bill = shaped(json.loads(target.read_text(encoding="utf-8")), load(), runtime())
    _check(bill)
    target.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(bill["components"])


def shaped(bill: dict[str, Any], models: tuple[ModelEntry, ...], shipped: tuple[str, ...]) -> dict[str, Any]:
    """Return the bill without developers' tools and without where it was made, and with the models."""
    kept = [one for one in bill.get("components", []) if canonical(one["name"]) in shipped]
    known = {canonical(part.name): part for part in licences.packages()}
    for one in kept:
        one.pop("externalReferences", None)
        one.pop("properties", None)
        part = known.get(canonical(one["name"]))
        if part is not None and not one.get("licenses"):
            one["licenses"] = [{"license": {"name": part.licence}}]
    components = [*kept, *map(model_component, models)]
    bill["components"] = sorted(components, key=lambda one: str(one["bom-ref"]))
    refs = {one["bom-ref"] for one in components} | {bill["metadata"].get("component", {}).get("bom-ref", "")}
    bill["dependencies"] = [
        {**one, **({"dependsOn": [ref for ref in one["dependsOn"] if ref in refs]} if "dependsOn" in one else {})}
        for one in bill.get("dependencies", [])
        if one["ref"] in refs
    ]
    bill["metadata"].get("component", {}).pop("externalReferences", None)
    bill["metadata"].pop("properties", None)
    return bill


def model_component(model: ModelEntry) -> dict[str, Any]:
    """Return a model as a component: its licence, where it comes from and the digests of its files."""
    hub = next((source for source in model.source if isinstance(source, HubSource)), None)
    files = [
        {
            "type": "file",
            "bom-ref": f"model:{model.name}/{file.path}",
            "name": file.path,
            "hashes": [{"alg": "SHA-256", "content": file.sha256}],
        }
        for file in model.file
        if file.sha256
    ]
    made: dict[str, Any] = {
        "type": "machine-learning-model",
        "bom-ref": f"model:{model.name}",
        "name": model.name,
        "description": model.title,
        "licenses": [{"license": {"id": model.licence} if re.fullmatch(r"[\w.+-]+", model.licence) else {}}],
        "scope": "required" if model.default else "optional",
        "components": files,
    }
    if hub is not None:
        made["version"] = hub.revision
        made["purl"] = f"pkg:huggingface/{hub.repository}@{hub.revision}"
    return made


def _check(bill: dict[str, Any]) -> None:
    from cyclonedx.schema import SchemaVersion  # among the tools of `make dist`
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill))
    if fault is not None:
        raise RuntimeError(f"the bill of materials is not valid: {fault}")
    if str(ROOT) in json.dumps(bill):
        raise RuntimeError("the bill of materials names where it was made")
