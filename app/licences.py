"""What the program is made of, and under which licences: from the packages' own metadata, run from source or frozen.

What metadata leaves out stands in ``resources/licences/known.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement

from resources import path

PROGRAM: Final = "doumi"
BESIDE: Final = ("torch", "pip")
"""Shipped though :data:`PROGRAM` does not require them by name: see ``scripts/bootstrap.py`` and ``build.spec``."""
_FILE: Final = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*$|\.dist-info/licenses/.*[^/]$", re.IGNORECASE)
_NOT_A_TEXT: Final = re.compile(r"\.(py|pyc|pyi|so|dll|json)$")
_CONDITION: Final = re.compile(r"\bextra\b")


@dataclass(frozen=True, slots=True)
class Part:
    """One package, typeface or model inside the program."""

    name: str
    version: str
    """Empty where it is none, or another system's."""
    licence: str
    """SPDX expression, or as its author writes it; empty: unknown, which a test does not let pass."""
    system: str = ""
    """The only system that installs it; empty: every one."""
    note: str = ""


def canonical(name: str) -> str:
    """Return a package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _known() -> Mapping[str, Any]:
    with path("licences/known.toml").open("rb") as file:
        return tomllib.load(file)


def _about(name: str) -> Mapping[str, str]:
    found: Mapping[str, str] = _known()["packages"].get(canonical(name), {})
    return found


def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def required(roots: Iterable[str] = (PROGRAM, *BESIDE)) -> tuple[str, ...]:
    """Return every package that the program runs with, on any system, by canonical name in order."""
    waiting, seen = [canonical(root) for root in roots], set[str]()
    extras: dict[str, set[str]] = {}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        found = _found(name)
        for line in (found.requires or []) if found is not None else []:
            need = Requirement(line)
            marker = need.marker if need.marker is not None and _CONDITION.search(str(need.marker)) else None
            if marker is not None and not any(marker.evaluate({"extra": one}) for one in extras.get(name, ())):
                continue
            child = canonical(need.name)
            if child not in seen or not need.extras <= extras.get(child, set()):
                extras.setdefault(child, set()).update(need.extras)
                waiting.append(child)
    return tuple(sorted(seen - {PROGRAM}))


def packages(names: Iterable[str] | None = None) -> tuple[Part, ...]:
    """Return the packages this program runs with here.

    Args:
        names: Only these, installed or known from another system; None: all that are installed.
    """
    parts = []
    for name in required() if names is None else names:
        found, about = _found(name), _about(name)
        if found is None and (names is None or "system" not in about):
            continue
        licence = about.get("licence") or (_declared(found) if found is not None else "")
        version = found.version if found is not None else ""
        note = about.get("note", "")
        shown = found.metadata["Name"] if found is not None else name
        parts.append(Part(shown, version, licence, about.get("system", ""), "" if note == "qt" else note))
    return tuple(parts)


def other_parts() -> tuple[Part, ...]:
    """Return what is inside that is no package: the interpreter, typefaces, a network."""
    return tuple(Part(name, "", about["licence"]) for name, about in _known()["parts"].items())


def _declared(found: Distribution) -> str:
    """Return the licence a package declares: its expression, its short field or its classifiers."""
    for key in ("License-Expression", "License"):
        value = str((found.metadata.get_all(key) or [""])[0]).strip()
        if value and len(value) < 200 and "\n" not in value and value.upper() != "UNKNOWN":
            return value
    stated = [one for one in found.metadata.get_all("Classifier") or [] if one.startswith("License ::")]
    return ", ".join(one.rsplit(" :: ", 1)[1] for one in stated)


def text_of(name: str) -> str:
    """Return every licence text of a package or other part, one under the other; empty where it is unknown.

    Reads files: call it on a worker thread.
    """
    part = _known()["parts"].get(name)
    if part is not None:
        own = text_of(part["inside"]) if "inside" in part and "text" not in part else ""
        return own or _standard(part)
    found, about = _found(name), _about(name)
    texts = list(dict.fromkeys(_own_texts(found))) if found is not None else []
    if not texts and "text" in about:
        texts = [_standard(about)]
    if about.get("note") == "qt":
        texts = [path("licences/qt.txt").read_text(encoding="utf-8"), *texts]
        texts.append(path("licences/GPL-3.0.txt").read_text(encoding="utf-8"))
    elif about.get("note"):
        texts.insert(0, about["note"])
    return f"\n\n{'─' * 72}\n\n".join(text.strip("\n") for text in texts)


def licence_files(name: str) -> dict[str, Path]:
    """Return a package's licence files: where they lie, by their place beside the packages (forward slashes).

    ``build.spec`` takes them along: some lie in the package itself, not beside its metadata.
    """
    found = _found(name)
    return {} if found is None else {place.as_posix(): Path(str(place.locate())) for place in _licence_places(found)}


def _licence_places(found: Distribution) -> Iterator[PackagePath]:
    for file in sorted(found.files or [], key=str):
        if _FILE.search(file.as_posix()) and not _NOT_A_TEXT.search(file.name):
            yield file


def _own_texts(found: Distribution) -> Iterator[str]:
    for place in _licence_places(found):
        with suppress(OSError):  # a link of the package to nothing
            yield Path(str(place.locate())).read_text(encoding="utf-8", errors="replace")


def _standard(about: Mapping[str, str]) -> str:
    text = path(f"licences/{about['text']}.txt").read_text(encoding="utf-8") if "text" in about else ""
    return "\n\n".join(one for one in (about.get("holder", ""), text) if one)
