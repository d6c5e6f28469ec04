"""``doumi models list|fetch|verify``: the models of this PC."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from app.commands import Context
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|fetch|verify")
    listing = actions.add_parser("list", **described("help.models_list"))
    listing.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    fetch = actions.add_parser("fetch", **described("help.models_fetch"))
    fetch.add_argument("name", nargs="*", metavar="NAME", help=sentence("help.models_name"))
    fetch.add_argument("--from", dest="site_folder", type=Path, metavar="DIR", help=sentence("help.models_from"))
    verify = actions.add_parser("verify", **described("help.models_verify"))
    verify.add_argument("name", nargs="*", metavar="NAME", help=sentence("help.models_name"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises ModelFault."""
    from app.models import model_store

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
        if store.installed(name) and not store.verify(name):
            context.say(sentence("models.already", name=name))
            continue
        with Progress(*columns, console=Console(stderr=True)) as bars:
            task = bars.add_task(name, total=None)

            def report(_: str, done: int, total: int, update: partial[None]) -> None:
                update(completed=done, total=total or None)

            kind = fetch_model(store, name, partial(report, update=partial(bars.update, task)), site_folder)
        context.say(sentence("models.fetched", name=name, source=kind))
    return 0
