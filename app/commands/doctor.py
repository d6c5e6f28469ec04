"""``doumi doctor``: devices, models, keyring, disk, database, versions, and what to do about each fault."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app.commands import Context
from audio.model import Device
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Examine this desk; 1 when something failed."""
    from app import doctor, models, personal, settings, sound

    store = models.model_store(context.home)
    place = personal.key_place(context.home)
    known = {entry.name for entry in store.entries}
    patient = doctor.Patient(
        home=context.home,
        settings=lambda: settings.load(context.home.settings, personal.wall_clock),
        key_state=lambda: (place.look()[0], place.mode(), place.keyring_name),
        refused_keyring=lambda: place.refused,
        database=lambda: personal.check_database(context.home),
        devices=sound.devices,
        model_installed=lambda name: name in known and store.installed(name),
    )
    findings = doctor.examine(patient)
    marks = {"ok": "✓", "warn": "!", "fail": "✗"}
    for finding in findings:
        if args.jsonl:
            context.emit(doctor.as_object(finding))
            continue
        context.say(f"{marks[finding.verdict.value]} {sentence(f'cli.check_{finding.check}')}: {finding.detail}")
        if finding.advice:
            context.say(f"  → {finding.advice}")
    return 1 if any(finding.verdict is doctor.Verdict.FAIL for finding in findings) else 0


def _devices() -> Sequence[Device]:
    from app import sound  # the sound library may be missing, which is then a finding

    return sound.devices()
