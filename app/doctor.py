"""Looks at everything a desk needs and says what to do about each fault. Changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from app.home import Home
from app.keys import KeyMode, KeyState
from app.policy import places
from app.settings import Loaded
from audio.model import CallerSide, Device
from resources.notices import Fault, sentence

LOW_MB: Final = 5_000
FULL_MB: Final = 500
PACKAGES: Final = (
    "doumi",
    "PySide6-Essentials",
    "faster-whisper",
    "ctranslate2",
    "sentence-transformers",
    "kiwipiepy",
    "sqlcipher3",
    "keyring",
    "pyrage",
    "sounddevice",
)


class Verdict(StrEnum):
    """How a check went."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, in the current language."""

    check: str
    """devices, models, keyring, disk, database, settings or versions."""
    verdict: Verdict
    detail: str
    advice: str = ""
    """What to do, one sentence; empty when there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Patient:
    """What to look at. Every callable may raise; that becomes a finding."""

    home: Home
    settings: Callable[[], Loaded]
    key_state: Callable[[], tuple[KeyState, KeyMode | None, str]]
    """State, mode of this home (None before its first key) and the keyring's name."""
    refused_keyring: Callable[[], str]
    database: Callable[[], str]
    """Checks the database whole; returns its engine's version, empty where there is none yet. Raises StoreFault."""
    devices: Callable[[], Sequence[Device]] | None = None
    model_installed: Callable[[str], bool] | None = None
    safety: tuple[tuple[str, Callable[[], Finding]], ...] = ()
    """Further checks by name; see :mod:`app.doctor_safety`."""


def examine(patient: Patient) -> list[Finding]:
    """Return the findings of every check, in a fixed order. Never raises."""
    checks: tuple[tuple[str, Callable[[Patient], Finding]], ...] = (
        ("versions", _versions),
        ("settings", _settings),
        ("policy", _policy),
        ("disk", _disk),
        ("keyring", _keyring),
        ("database", _database),
        ("models", _models),
        ("devices", _devices),
    )
    further = ((name, lambda _patient, check=check: check()) for name, check in patient.safety)
    return [_run(name, check, patient) for name, check in (*checks, *further)]


def _run(name: str, check: Callable[[Patient], Finding], patient: Patient) -> Finding:
    try:
        return check(patient)
    except Fault as fault:
        return Finding(name, Verdict.FAIL, str(fault))
    except Exception as error:  # a doctor must not faint: whatever a check meets is what it reports
        detail = sentence("cli.doctor_unknown", kind=type(error).__name__)
        return Finding(name, Verdict.FAIL, detail, sentence("cli.doctor_unknown_do"))


def _versions(patient: Patient) -> Finding:
    found, missing = [f"Python {platform.python_version()}", platform.platform()], []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    if missing or sys.version_info < (3, 11):
        detail = sentence("cli.doctor_missing_packages", names=", ".join(missing) or platform.python_version())
        return Finding("versions", Verdict.FAIL, detail, sentence("cli.doctor_setup_do"))
    return Finding("versions", Verdict.OK, ", ".join(found))


def _settings(patient: Patient) -> Finding:
    loaded = patient.settings()
    if loaded.notice:
        detail = sentence(loaded.notice, path=str(loaded.backup or patient.home.settings))
        return Finding("settings", Verdict.WARN, detail)
    return Finding("settings", Verdict.OK, str(patient.home.settings))


def _policy(patient: Patient) -> Finding:
    policy = patient.settings().policy
    where = {"places": ", ".join(str(one) for one in places())}
    detail = sentence("policy.none", **where)
    if policy:
        names = ", ".join(sorted(policy.values))
        detail = sentence("policy.locks", count=len(policy.values), paths=names, sources=", ".join(policy.sources))
    if not policy.faults:
        return Finding("policy", Verdict.OK, detail)
    told = " ".join((detail, *map(str, policy.faults)))
    return Finding("policy", Verdict.WARN, told, sentence("policy.advice"))


def _disk(patient: Patient) -> Finding:
    folder = patient.home.root
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    detail = sentence("cli.doctor_disk", path=str(patient.home.root), free_mb=free_mb)
    if not _writable(folder):
        detail = sentence("cli.home_not_writable", path=str(folder))
        return Finding("disk", Verdict.FAIL, detail)
    if free_mb >= LOW_MB:
        return Finding("disk", Verdict.OK, detail)
    verdict = Verdict.FAIL if free_mb < FULL_MB else Verdict.WARN
    return Finding("disk", verdict, detail, sentence("cli.doctor_disk_do"))


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _keyring(patient: Patient) -> Finding:
    state, mode, name = patient.key_state()
    refused = patient.refused_keyring()
    found = state in (KeyState.FOUND, KeyState.PIN_NEEDED)
    if found and mode is KeyMode.KEYRING:
        return Finding("keyring", Verdict.OK, sentence("cli.doctor_keyring", name=name))
    if found:
        detail = sentence("cli.doctor_file_key", path=str(patient.home.file_key))
        return Finding("keyring", Verdict.WARN, detail, sentence("cli.doctor_file_key_do"))
    if state is KeyState.ABSENT and not patient.home.personal_db.exists():
        if name:
            return Finding("keyring", Verdict.OK, sentence("cli.doctor_keyring_new", name=name))
        if refused:
            return Finding("keyring", Verdict.FAIL, sentence("keys.refused", name=refused))
        return Finding("keyring", Verdict.WARN, sentence("cli.doctor_no_keyring"), sentence("cli.doctor_file_key_do"))
    detail = sentence(f"keys.{state.value}", path=str(patient.home.personal_db.parent), name=refused)
    return Finding("keyring", Verdict.FAIL, detail)


def _database(patient: Patient) -> Finding:
    found = patient.database()
    if not found:
        return Finding("database", Verdict.OK, sentence("cli.doctor_no_database"))
    return Finding("database", Verdict.OK, sentence("cli.doctor_database", engine=found))


def _models(patient: Patient) -> Finding:
    if patient.model_installed is None:
        return Finding("models", Verdict.WARN, sentence("cli.doctor_not_checked"))
    chosen = patient.settings().settings.models
    missing = [
        name
        for name in (chosen.speech, chosen.encoder)
        if not Path(name).is_dir() and not patient.model_installed(name)
    ]
    if missing:
        detail = sentence("cli.doctor_models_missing", names=", ".join(missing))
        return Finding("models", Verdict.FAIL, detail, sentence("cli.doctor_models_do"))
    return Finding("models", Verdict.OK, f"{chosen.speech}, {chosen.encoder}")


def _devices(patient: Patient) -> Finding:
    if patient.devices is None:
        return Finding("devices", Verdict.WARN, sentence("cli.doctor_not_checked"))
    try:
        found = list(patient.devices())
    except Fault as fault:
        return Finding("devices", Verdict.WARN, str(fault), sentence("cli.doctor_devices_do"))
    except (OSError, RuntimeError, ImportError):
        return Finding("devices", Verdict.WARN, sentence("cli.doctor_no_devices"), sentence("cli.doctor_devices_do"))
    inputs = [device for device in found if device.kind is CallerSide.INPUT]
    if not inputs:
        return Finding("devices", Verdict.WARN, sentence("cli.doctor_no_devices"), sentence("cli.doctor_devices_do"))
    loops = len(found) - len(inputs)
    return Finding("devices", Verdict.OK, sentence("cli.doctor_devices", inputs=len(inputs), loopbacks=loops))


def as_object(finding: Finding) -> dict[str, Any]:
    """Return a finding as one object of ``doumi doctor --jsonl``."""
    return {
        "check": finding.check,
        "verdict": finding.verdict.value,
        "detail": finding.detail,
        "advice": finding.advice,
    }
