"""``doumi doctor``: devices, models, keyring, disk, database, versions, and what to do about each fault."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context
from resources.notices import Fault, sentence

if TYPE_CHECKING:
    from app.doctor import Finding
    from app.settings import ModelSettings, SummariserSettings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    parser.add_argument("--report", type=Path, metavar="FILE", help=sentence("help.doctor_report"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Examine this desk; 1 when something failed."""
    from app import crash_report, doctor, doctor_safety, models, personal, settings, sound
    from app.composition import window_guard
    from app.key_side import key_findings
    from app.qa_side import quality_checks

    def now() -> settings.Settings:
        return settings.load(context.home.settings, personal.wall_clock).settings

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
        safety=(
            *doctor_safety.checks(
                context.home,
                lambda: personal.check_access(context.home),
                window_guard().can_hide,
                lambda: now().desk.hide_from_capture,
            ),
            *quality_checks(context.home, now()),
        ),
    )
    findings = [
        *doctor.examine(patient),
        *_models(context, now().models),
        _summariser(now().summariser),
        *_keys(lambda: key_findings(context.home, now().security)),
    ]
    if args.report is not None:
        text = crash_report.support_text(context.home, [_line(one) for one in findings], now())
        context.say(text)
        crash_report.write(args.report, text)
        context.progress(sentence("safety.report_written", path=str(args.report)))
        return 0
    for finding in findings:
        if args.jsonl:
            context.emit(doctor.as_object(finding))
        else:
            context.say(_line(finding))
    return 1 if any(finding.verdict is doctor.Verdict.FAIL for finding in findings) else 0


def _line(finding: Finding) -> str:
    mark = {"ok": "✓", "warn": "!", "fail": "✗"}[finding.verdict.value]
    text = f"{mark} {sentence(f'cli.check_{finding.check}')}: {finding.detail}"
    return f"{text}\n  → {finding.advice}" if finding.advice else text


def _models(context: Context, chosen: ModelSettings) -> list[Finding]:
    from app import doctor, models
    from app.catalogue import ModelKind

    named = {chosen.speech: ModelKind.SPEECH, chosen.encoder: ModelKind.ENCODER}
    return [doctor.Finding("models", doctor.Verdict.FAIL, str(fault)) for fault in models.unusable(context.home, named)]


def _summariser(chosen: SummariserSettings) -> Finding:
    from urllib.parse import urlsplit

    from app import doctor

    text = sentence("assist.rephrase_off")
    if chosen.is_on:
        text = sentence("assist.rephrase_on", model=chosen.model, host=urlsplit(chosen.url).hostname or "")
    return doctor.Finding("summariser", doctor.Verdict.OK, text)


def _keys(look: Callable[[], list[Finding]]) -> list[Finding]:
    from app import doctor

    try:
        return look()
    except Fault as fault:
        return [doctor.Finding("keys", doctor.Verdict.FAIL, str(fault))]
