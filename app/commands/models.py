"""``doumi models list|fetch|verify|bench``: the models of this PC."""

from __future__ import annotations

import argparse
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context
from app.usage import described
from resources.notices import Fault, sentence

if TYPE_CHECKING:
    from app.model_bench import Result
    from app.model_store import ModelStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|fetch|verify|bench")
    listing = actions.add_parser("list", **described("help.models_list"))
    listing.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    fetch = actions.add_parser("fetch", **described("help.models_fetch"))
    fetch.add_argument("name", nargs="*", metavar="NAME", help=sentence("help.models_name"))
    fetch.add_argument("--from", dest="site_folder", type=Path, metavar="DIR", help=sentence("help.models_from"))
    verify = actions.add_parser("verify", **described("help.models_verify"))
    verify.add_argument("name", nargs="*", metavar="NAME", help=sentence("help.models_name"))
    bench = actions.add_parser("bench", **described("help.models_bench"))
    bench.add_argument("name", nargs="*", metavar="NAME|DIR", help=sentence("help.models_bench_name"))
    bench.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises ModelFault."""
    from app.models import model_store

    if args.action == "bench":
        return _bench(args.name, args.jsonl, context)
    store = model_store(context.home)
    if args.action == "list":
        for entry in store.entries:
            state = "installed" if store.installed(entry.name) else "absent"
            row: dict[str, object] = {"name": entry.name, "kind": entry.kind.value, "state": state}
            row |= {"default": entry.default, "licence": entry.licence, "title": entry.title}
            row["mb"] = round(entry.size / 1e6)
            if args.jsonl:
                context.emit(row)
            else:
                mark = sentence("models.state_installed" if state == "installed" else "models.state_absent")
                star = "*" if entry.default else " "
                context.say(f"{star} {entry.name:24} {mark:6} {row['mb']:>6} MB  {entry.licence:10} {entry.title}")
        _list_site(store, args.jsonl, context)
        return 0
    names = [store.entry(name).name for name in args.name] or [one.name for one in store.entries if one.default]
    if args.action == "fetch":
        return _fetch(names, args.site_folder, context)
    broken = 0
    for name in names:
        changed = store.verify(name)
        broken += bool(changed)
        code = "models.verify_bad" if changed else "models.verify_good"
        context.say(sentence(code, name=name, files=", ".join(changed)))
    return 1 if broken else 0


def _list_site(store: ModelStore, jsonl: bool, context: Context) -> None:
    """List the folders a site brought itself, with what tells whether they are still the same."""
    from app import settings
    from app.catalogue import ModelKind

    chosen = settings.load(context.home.settings, lambda: datetime.now().astimezone()).settings.models
    for one in store.site_models({chosen.speech: ModelKind.SPEECH, chosen.encoder: ModelKind.ENCODER}):
        row = {"path": str(one.path), "kind": one.kind.value, "mb": one.mb, "sha256": one.sha256}
        if jsonl:
            context.emit({"name": one.path.name, "state": "site", **row})
        else:
            context.say(sentence("models.site_line", **row))


def _fetch(names: list[str], site_folder: Path | None, context: Context) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    from app.errors import ModelFault
    from app.models import fetch_model, model_store

    if site_folder is not None and not site_folder.is_dir():
        raise ModelFault("cli.folder_missing", path=str(site_folder))
    store = model_store(context.home)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    for name in names:
        if store.current(name) and not store.verify(name):
            context.say(sentence("models.already", name=name))
            continue
        with Progress(*columns, console=Console(stderr=True)) as bars:
            task = bars.add_task(name, total=None)

            def report(_: str, done: int, total: int, update: partial[None]) -> None:
                update(completed=done, total=total or None)

            kind = fetch_model(store, name, partial(report, update=partial(bars.update, task)), site_folder)
        context.say(sentence("models.fetched", name=name, source=kind))
    return 0


def _bench(names: list[str], jsonl: bool, context: Context) -> int:
    """Time speech models one after the other; one that cannot be used is told and the others go on.

    Raises:
        ModelFault: No speech model is installed and none was named.
    """
    import psutil

    from app import model_bench, model_choice, settings
    from app.errors import ModelFault
    from app.models import model_store
    from audio.speech_settings import SpeechSettings

    store = model_store(context.home)
    chosen = settings.load(context.home.settings, lambda: datetime.now().astimezone()).settings.models.speech
    asked = names or model_choice.installed(store, context.home.models)
    if not asked:
        raise ModelFault("models.missing", name=chosen)
    busy = psutil.cpu_percent(interval=0.5)
    context.progress(sentence("models.bench_begins", count=len(asked)))
    if busy > model_choice.BUSY_PERCENT:
        context.progress(sentence("models.bench_busy", percent=round(busy)))
    results: list[Result] = []
    for name in asked:
        try:
            results.append(model_choice.time_model(context.home, name))
        except Fault as fault:
            if jsonl:
                context.emit({"type": "fault", "model": name, "code": fault.code, "text": str(fault)})
            context.progress(f"{name}: {fault}")
            continue
        _tell(results[-1], jsonl, context)
    if not results:
        return 1
    best = model_bench.recommended(results)
    name = (best or model_bench.fastest(results)).timing.name
    reason = sentence(
        "models.bench_recommended" if best else "models.bench_too_slow",
        name=name,
        target=model_bench.TARGET_P95_S,
        headroom=model_bench.HEADROOM,
    )
    lines = [reason]
    if best:
        code = "models.bench_is_set" if name == chosen else "models.bench_set"
        lines.append(sentence(code, name=name, path=context.home.settings))
        larger = model_choice.next_larger(store, best)
        if larger and model_bench.room_for_larger(best, SpeechSettings()):
            lines.append(sentence("models.bench_larger", name=larger))
    if jsonl:
        context.emit({"type": "recommendation", "model": name if best else None, "fastest": name, "text": lines})
    else:
        context.say("\n".join(lines))
    return 1 if len(results) < len(asked) else 0


def _tell(result: Result, jsonl: bool, context: Context) -> None:
    from app.model_bench import LONG_S, SHORT_S, TALK_SHARE

    timing, now = result.timing, result.now
    if not jsonl:
        numbers = {"p50": f"{now.p50_s:.2f}", "p95": f"{now.p95_s:.2f}", "cpu": f"{now.cpu_per_s:.2f}"}
        device = "CPU" if timing.device == "cpu" else "GPU"
        five = f"{timing.final.wall_s(SHORT_S):.2f}"
        context.say(sentence("models.bench_line", name=timing.name, device=device, five=five, **numbers))
        return
    decode = {
        f"{kind}_{round(length)}s_s": round(cost.wall_s(length), 3)
        for kind, cost in (("final", timing.final), ("partial", timing.partial))
        for length in (SHORT_S, LONG_S)
    }
    row: dict[str, object] = {"type": "model", "model": timing.name, "device": timing.device}
    row |= {"mb": round(timing.size / 1e6), "load_s": round(timing.load_s, 2), **decode}
    row |= {"talk_share": TALK_SHARE, "p50_s": round(now.p50_s, 3), "p95_s": round(now.p95_s, 3)}
    row |= {"cpu_per_s": round(now.cpu_per_s, 3), "p95_slower_s": round(result.slower.p95_s, 3), "holds": result.holds}
    context.emit(row)
