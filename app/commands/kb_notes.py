"""``doumi kb gaps|corrections|specials``: notes for the DB team out, special material in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.commands import Context
from app.usage import described
from resources.notices import Fault, sentence

if TYPE_CHECKING:
    from app.store_reader import SessionReader

ACTIONS: Final = ("gaps", "corrections", "specials")


def configure(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the three subcommands of ``doumi kb``."""
    for name in ("gaps", "corrections"):
        parser = actions.add_parser(name, **described(f"help.kb_{name}"))
        parts = parser.add_subparsers(dest="part", required=True, metavar="list|export")
        listing = parts.add_parser("list", **described(f"help.kb_{name}_list"))
        listing.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
        export = parts.add_parser("export", **described(f"help.kb_{name}_export"))
        export.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.kb_notes_out"))
        export.add_argument("--practice", action="store_true", help=sentence("help.kb_notes_practice"))
    specials = actions.add_parser("specials", **described("help.kb_specials"))
    parts = specials.add_subparsers(dest="part", required=True, metavar="import|list|clear")
    bring = parts.add_parser("import", **described("help.kb_specials_import"))
    bring.add_argument("file", type=Path, metavar="FILE", help=sentence("help.kb_specials_file"))
    listing = parts.add_parser("list", **described("help.kb_specials_list"))
    listing.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    parts.add_parser("clear", **described("help.kb_specials_clear"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises StoreFault, KeyFault, KbFault."""
    if args.action == "specials":
        return _specials(args, context)
    return _gaps(args, context) if args.action == "gaps" else _corrections(args, context)


def _reader(context: Context) -> SessionReader | None:
    """Return the personal database, or None where there is none yet."""
    from app.errors import StoreFault
    from app.personal import open_reader

    try:
        return open_reader(context.home)
    except StoreFault as fault:
        if fault.code != "store.absent":
            raise
        return None


def _gaps(args: argparse.Namespace, context: Context) -> int:
    from app.desk_memory import gaps
    from assist.gaps import gap_lines, merge

    reader = _reader(context)
    found = reader.read(gaps) if reader else ()
    if args.part == "export":
        groups = merge(gap for gap in found if args.practice or not gap.practice)
        return _export(gap_lines(groups), args.out, context)
    groups = merge(found)
    for group in groups:
        if args.jsonl:
            context.emit(gap_lines([group])[0])
            continue
        newest = group.gaps[0]
        context.say(
            sentence(
                "kb.gap_practice" if all(gap.practice for gap in group.gaps) else "kb.gap",
                count=group.count,
                day=newest.filed_at[:10],
                district=newest.district or "-",
                question=group.question,
            )
        )
    if not groups:
        context.progress(sentence("kb.no_gaps"))
    return 0


def _corrections(args: argparse.Namespace, context: Context) -> int:
    from app.desk_memory import corrections
    from assist.gaps import correction_lines

    reader = _reader(context)
    found = reader.read(corrections) if reader else ()
    if args.part == "export":
        return _export(correction_lines([one for one in found if args.practice or not one.practice]), args.out, context)
    for one in found:
        if args.jsonl:
            context.emit(correction_lines([one])[0])
            continue
        context.say(
            sentence(
                "kb.correction_practice" if one.practice else "kb.correction",
                day=one.filed_at[:10],
                kind=sentence(f"kb.correction_{one.kind.value}"),
                id=one.article_id,
                title=one.title,
                note=one.note or "-",
            )
        )
    if not found:
        context.progress(sentence("kb.no_corrections"))
    return 0


def _export(values: Sequence[dict[str, object]], out: Path | None, context: Context) -> int:
    from assist.gaps import as_csv, as_jsonl
    from kb.whole_file import put

    if out is None:
        for value in values:
            context.emit(value)
        return 0
    table = out.suffix.lower() == ".csv"
    # A spreadsheet takes a file without the mark for CP949.
    text = "\ufeff" + as_csv(values) if table else as_jsonl(values)
    try:
        put(out, text.encode())
    except OSError as error:
        raise Fault("kb.export_failed", path=str(out)) from error
    context.progress(sentence("kb.exported", count=len(values), path=str(out)))
    return 0


def _specials(args: argparse.Namespace, context: Context) -> int:
    from dataclasses import asdict

    from app.commands.kb import row_sentence
    from app.knowledge import sample_specials, special_file
    from app.personal import wall_clock
    from kb import specials

    file = special_file(context.home)
    if args.part == "import":
        found, faults = specials.read(args.file)
        for fault in faults:
            context.say(row_sentence(fault))
        specials.write(file, found)
        running = len(specials.running(found, wall_clock()))
        context.say(sentence("kb.specials_imported", count=len(found), skipped=len(faults), running=running))
        return 0
    if args.part == "clear":
        specials.write(file, ())
        context.say(sentence("kb.specials_cleared"))
        return 0
    now = wall_clock()
    shown = (
        ()
        if file.exists() and not file.read_bytes().strip()
        else specials.read(file if file.exists() else sample_specials())[0]
    )
    for one in shown:
        if args.jsonl:
            context.emit({**asdict(one), "start": one.start.isoformat(), "end": one.end.isoformat()})
            continue
        code = "kb.special_running" if one.runs(now) else "kb.special_later" if now < one.start else "kb.special_over"
        start, end = (when.astimezone(specials.KST).strftime("%Y-%m-%d %H:%M") for when in (one.start, one.end))
        context.say(sentence(code, start=start, end=end, title=one.title))
    if not shown:
        context.progress(sentence("kb.no_specials"))
    return 0
