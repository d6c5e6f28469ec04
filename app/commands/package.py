"""``doumi package make|show|key|list``: calls sealed for colleagues, for one purpose and until one day."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context, day, plain
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.qa.package import PackageFacts


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="make|show|key|list")
    make = actions.add_parser("make", **described("help.package_make"))
    make.add_argument("session", metavar="SESSION", help=sentence("help.package_session"))
    make.add_argument("--to", type=Path, nargs="+", required=True, metavar="KEYFILE", help=sentence("help.package_to"))
    make.add_argument("--purpose", required=True, metavar="TEXT", help=sentence("help.package_purpose"))
    make.add_argument("--until", type=day, required=True, metavar="DAY", help=sentence("help.package_until"))
    make.add_argument("--out", required=True, metavar="FILE|ADDRESS", help=sentence("help.package_out"))
    show = actions.add_parser("show", **described("help.package_show"))
    show.add_argument("file", type=Path, metavar="FILE", help=sentence("help.package_file"))
    key = actions.add_parser("key", **described("help.package_key"))
    key.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.package_key_out"))
    listing = actions.add_parser("list", **described("help.package_list"))
    for part in (show, listing):
        part.add_argument("--json", action="store_true", help=sentence("help.json"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises PackageFault, ExchangeFault, StoreFault, KeyFault."""
    if args.action == "make":
        return _make(args, context)
    if args.action == "key":
        return _key(args.out, context)
    if args.action == "list":
        return _list(args.json, context)
    return _show(args, context)


def _make(args: argparse.Namespace, context: Context) -> int:
    from app.package_side import open_sharing
    from app.personal import open_reader

    session_id = open_reader(context.home).resolve(args.session)
    progress = context.in_steps("package.making", 10)
    with open_sharing(context.home) as sharing:
        place = sharing.share(session_id, args.to, args.purpose, args.until, args.out, progress)
    context.say(sentence("package.made", path=place))
    return 0


def _show(args: argparse.Namespace, context: Context) -> int:
    from app.package_side import open_opener
    from app.replay.open_call import told_missing

    with open_opener(context.home) as opener:
        facts, missing = opener.look_through(args.file, "cli")
    if args.json:
        context.emit({**_values(facts), "missing": [dataclasses.asdict(one) for one in missing]})
        return 0
    minutes, seconds = divmod(round(facts.duration_s), 60)
    context.say(sentence("package.show_id", id=facts.id))
    context.say(sentence("package.show_kind", kind=sentence(f"package.kind_{facts.kind.value}")))
    context.say(sentence("package.show_purpose", purpose=plain(facts.purpose)))
    context.say(sentence("package.show_until", until=facts.until.isoformat()))
    state = sentence(f"package.sender_{facts.signature.value}")
    context.say(sentence("package.show_sender", desk=plain(facts.sender), state=state))
    context.say(sentence("package.show_made", at=_moment(facts.made_at)))
    context.say(sentence("package.show_call", at=_moment(facts.started_at), minutes=minutes, seconds=seconds))
    if facts.counsellor:
        context.say(sentence("package.show_counsellor", code=plain(facts.counsellor)))
    minutes, seconds = divmod(round(facts.sound_s), 60)
    code = "package.show_sound" if facts.sound_s else "package.show_no_sound"
    context.say(sentence(code, minutes=minutes, seconds=seconds))
    for line in told_missing("package.show_missing", missing):
        context.say(line)
    return 0


def _key(out: Path | None, context: Context) -> int:
    from app.package_side import own_recipient
    from app.qa.package_keys import key_text, write_key

    recipient = own_recipient(context.home)
    if out is None:
        context.say(key_text(recipient).rstrip("\n"))
        return 0
    write_key(out, recipient)
    context.say(sentence("package.key_written", path=str(out)))
    return 0


def _list(as_json: bool, context: Context) -> int:
    from app.errors import StoreFault
    from app.personal import open_reader
    from app.qa.package_rows import packages

    try:
        kept = open_reader(context.home).read(packages)
    except StoreFault as fault:
        if fault.code != "store.absent":
            raise
        kept = ()
    for one in kept:
        if as_json:
            context.emit(dataclasses.asdict(one))
        else:
            values = {"id": one.package_id, "until": one.until, "counsellor": plain(one.counsellor) or "-"}
            context.say(sentence("package.list_line", at=_moment(one.started_at), purpose=plain(one.purpose), **values))
    if not kept and not as_json:
        context.progress(sentence("package.none"))
    return 0


def _values(facts: PackageFacts) -> dict[str, object]:
    values = dataclasses.asdict(facts)
    del values["extra"]
    return {**values, "until": facts.until.isoformat()}


def _moment(at: str) -> str:
    return plain(at[:16]).replace("T", " ")
