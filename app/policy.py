r"""What the site has set for every desk of a machine: part of the settings, outranking those of the user.

Two ways in: a machine-wide ``policy.json`` in the form of ``settings.json``, and on Windows the group policy values
under ``HKLM\SOFTWARE\Policies\doumi``, named by dotted path (``desk.theme``). docs/policy.md tells the site all of
it. A value that cannot be used is left out, the others count: the desk always opens.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from app.errors import AppFault
from kb.whole_file import take

FILE_NAME: Final = "policy.json"
VARIABLE: Final = "DOUMI_POLICY"
"""Environment variable that names a further policy file; those of the machine outrank it."""
REGISTRY_KEY: Final = r"SOFTWARE\Policies\doumi"
IGNORED: Final = frozenset({"schema_version"})
"""Paths that a copy of ``settings.json`` holds and that set nothing."""

Model = TypeVar("Model", bound=BaseModel)


class PolicyFault(AppFault):
    """A policy file, or one value of it, is not used."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the site has set, checked."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """Value by dotted path, as the settings models hold it in JSON."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each comes from: a file, or the registry key."""
    faults: tuple[PolicyFault, ...] = ()
    """What was left out, and why."""

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the files and keys whose values count."""
        return tuple(dict.fromkeys(self.origins.values()))


@dataclass(frozen=True, slots=True)
class Source:
    """One place a policy was found in."""

    name: str
    values: Mapping[str, Any]
    """Value by dotted path, unchecked."""
    registry: bool = False
    """Whether its values are of the registry's few types, where a switch is a number and all else may be text."""


def places() -> tuple[Path, ...]:
    """Return where a policy file may lie on this machine, the one that outranks the others last."""
    named = os.environ.get(VARIABLE, "")
    return (*((Path(named),) if named else ()), *machine_places())


def machine_places(platform: str = sys.platform) -> tuple[Path, ...]:
    """Return the machine-wide places of a system, the one that outranks the others last."""
    if platform == "win32":
        return (Path(os.environ.get("PROGRAMDATA") or r"C:\ProgramData") / "doumi" / FILE_NAME,)
    if platform == "darwin":
        return (Path("/Library/Application Support/doumi") / FILE_NAME,)
    shared = [Path(one) for one in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":") if one.startswith("/")]
    return (*(folder / "doumi" / FILE_NAME for folder in reversed(shared)), Path("/etc/doumi") / FILE_NAME)


def look(model: type[Model], files: Sequence[Path], registry: Callable[[], Mapping[str, object]] = dict) -> Policy:
    """Read and check every policy of this machine. Never raises a fault.

    Args:
        model: The settings that the values are part of.
        files: Where files may lie, the one that outranks the others last.
        registry: Returns the group policy values by dotted path; they outrank every file.
    """
    faults: list[PolicyFault] = []
    sources: list[Source] = []
    for file in files:
        try:
            sources.append(Source(str(file), dict(_flat(model, _read(file)))))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, RecursionError):
            faults.append(PolicyFault("policy.unreadable", path=str(file)))
    if found := registry():
        sources.append(Source(f"HKLM\\{REGISTRY_KEY}", found, registry=True))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for source in sources:
        for path, raw in source.values.items():
            if path in IGNORED:
                continue
            try:
                values[path] = checked(model, path, raw, source.registry)
            except PolicyFault as fault:
                faults.append(PolicyFault(fault.code, **{**fault.params, "source": source.name}))
            else:
                origins[path] = source.name
    return Policy(values, origins, tuple(faults))


def checked(model: type[Model], path: str, raw: object, registry: bool = False) -> Any:
    """Return a value as the settings hold it in JSON.

    Raises:
        PolicyFault: There is no such setting, or the value does not fit it.
    """
    if path not in leaves(model):
        raise PolicyFault("policy.unknown", path=path, source="")
    for candidate in _readings(raw) if registry else _plain(raw):
        try:
            made = with_value(model(), path, candidate)
        except ValidationError:
            continue
        return value_at(made.model_dump(mode="json"), path)
    raise PolicyFault("policy.refused", path=path, source="")


def applied(settings: Model, values: Mapping[str, Any]) -> Model:
    """Return ``settings`` with policy values over them. They were checked one by one; whole they fit too, or raise."""
    nested = settings.model_dump()
    for path, value in values.items():
        _put(nested, path, value)
    return type(settings).model_validate(nested)


def without(settings: Model, own: Model, policy: Policy) -> Model:
    """Return ``settings`` as the user has them: where the policy rules, with the values of ``own``."""
    if not policy:
        return settings
    theirs = own.model_dump()
    return applied(settings, {path: value_at(theirs, path) for path in policy.values})


def leaves(model: type[BaseModel], before: str = "") -> dict[str, Any]:
    """Return every setting of a model: pydantic's description of the field by dotted path."""
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        path = f"{before}{name}"
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            found |= leaves(info.annotation, f"{path}.")
        else:
            found[path] = info
    return found


def value_at(nested: Mapping[str, Any], path: str) -> Any:
    """Return the value at a dotted path."""
    found: Any = nested
    for name in path.split("."):
        found = found[name]
    return found


def with_value(settings: Model, path: str, value: object) -> Model:
    """Return ``settings`` with one value changed. Raises ValidationError when it does not fit."""
    nested = settings.model_dump()
    _put(nested, path, value)
    return type(settings).model_validate(nested)


def _put(nested: dict[str, Any], path: str, value: object) -> None:
    *way, last = path.split(".")
    for name in way:
        nested = nested[name]
    nested[last] = value


def _read(file: Path) -> dict[str, Any]:
    value = json.loads(take(file).decode("utf-8-sig"))
    if not isinstance(value, dict):
        raise ValueError("an object is needed")
    return value


def _flat(model: type[BaseModel], nested: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield values by dotted path; a name that holds sections only is walked, all else is a value."""
    known = leaves(model)
    for name, value in nested.items():
        path = f"{before}{name}"
        is_section = any(one.startswith(f"{path}.") for one in known)
        if is_section and isinstance(value, dict):
            yield from _flat(model, value, f"{path}.")
        else:
            yield path, value


def _plain(raw: object) -> Iterator[object]:
    """Yield a value as it stands; an empty text is none where none is allowed."""
    if raw == "":
        yield None
    yield raw


def _readings(raw: object) -> Iterator[object]:
    """Yield what a registry value may mean, the plainest first; a text may be JSON or a list ``a;b``.

    Switches and numbers need nothing more: the models take 1 and "3.5" for them.
    """
    yield from _plain(raw)
    if isinstance(raw, str):
        text = raw.strip()
        try:
            yield json.loads(text)
        except ValueError:
            yield tuple(part.strip() for part in text.split(";") if part.strip())
