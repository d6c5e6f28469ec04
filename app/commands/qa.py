"""``doumi qa init|take-key|look|headers|plan|draw|status|report``: the trainers' side of quality assurance."""

from __future__ import annotations

import argparse
import dataclasses
import json
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context, day, plain
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.qa.headers import KnownHeader
    from app.trainer_side import OpenTrainer
    from assist.review.model import Draw, SamplingPlan

_STRATA = ("hour", "field", "length")
_FLAGS = ("escalated", "crisis", "abuse", "behaviour", "foreign", "interrupted", "no_answer", "held")
_PERIODS = ("month", "week")
_LARGEST_PLAN = 1_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    names = "init|take-key|look|headers|plan|draw|status|report"
    actions = parser.add_subparsers(dest="action", required=True, metavar=names)
    init = actions.add_parser("init", **described("help.qa_init"))
    init.add_argument("folder", type=Path, metavar="DIR", help=sentence("help.qa_folder"))
    take = actions.add_parser("take-key", **described("help.qa_take_key"))
    take.add_argument("key", type=Path, metavar="FILE", help=sentence("help.qa_key"))
    look = actions.add_parser("look", **described("help.qa_look"))
    headers = actions.add_parser("headers", **described("help.qa_headers"))
    headers.add_argument("--counsellor", default="", metavar="CODE", help=sentence("help.qa_counsellor"))
    plan = actions.add_parser("plan", **described("help.qa_plan"))
    plan.add_argument("--title", required=True, metavar="TEXT", help=sentence("help.qa_title"))
    plan.add_argument("--per", type=int, required=True, metavar="N", help=sentence("help.qa_per"))
    strata = {sentence(f"qa.by_{name}"): name for name in _STRATA}
    plan.add_argument(
        "--by", type=_named(strata), nargs="*", default=(), metavar="|".join(_STRATA), help=sentence("help.qa_by")
    )
    plan.add_argument("--seed", type=int, metavar="N", help=sentence("help.qa_seed"))
    for name in ("shortest", "longest"):
        plan.add_argument(f"--{name}", type=int, default=0, metavar="S", help=sentence(f"help.qa_{name}"))
    plan.add_argument("--counsellor", nargs="*", default=(), metavar="CODE", help=sentence("help.qa_counsellors"))
    flags = {sentence(f"qa.flag_{flag}"): flag for flag in _FLAGS}
    for name in ("only", "without"):
        text = sentence(f"help.qa_{name}", names=_listed(flags))
        plan.add_argument(f"--{name}", type=_named(flags), nargs="*", default=(), metavar="FLAG", help=text)
    plan.add_argument("--out", type=Path, required=True, metavar="FILE", help=sentence("help.qa_plan_out"))
    draw = actions.add_parser("draw", **described("help.qa_draw"))
    draw.add_argument("plan", type=Path, metavar="PLAN.json", help=sentence("help.qa_plan_file"))
    draw.add_argument("--send", action="store_true", help=sentence("help.qa_send"))
    draw.add_argument("--until", type=day, metavar="DAY", help=sentence("help.qa_until"))
    actions.add_parser("status", **described("help.qa_status"))
    report = actions.add_parser("report", **described("help.qa_report"))
    whom = report.add_mutually_exclusive_group()
    whom.add_argument("--counsellor", default="", metavar="CODE", help=sentence("help.qa_report_counsellor"))
    whom.add_argument("--team", default="", metavar="NAME", help=sentence("help.qa_report_team"))
    report.add_argument("--from", dest="first", type=day, metavar="DAY", help=sentence("help.qa_report_first"))
    report.add_argument("--to", dest="last", type=day, metavar="DAY", help=sentence("help.qa_report_last"))
    report.add_argument("--by", choices=_PERIODS, default="month", help=sentence("help.qa_report_by"))
    report.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.qa_report_out"))
    plan.add_argument("--from", dest="first", type=day, required=True, metavar="DAY", help=sentence("help.qa_first"))
    plan.add_argument("--to", dest="last", type=day, required=True, metavar="DAY", help=sentence("help.qa_last"))
    for part in (look, headers, draw, report):
        part.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def _named(values: Mapping[str, str]) -> Callable[[str], str]:
    """Return a reader of an argument that is a value, or its name as the program shows it."""
    known = {_folded(name): value for name, value in values.items()} | {value: value for value in values.values()}

    def read(text: str) -> str:
        value = known.get(_folded(text))
        if value is None:
            raise argparse.ArgumentTypeError(sentence("qa.not_named", text=text, names=_listed(values)))
        return value

    return read


def _listed(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name}({value})" if name != value else name for name, value in values.items())


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace(" ", "").casefold()


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises QaFault, PlanRefused, StoreFault, KeyFault."""
    if args.action == "init":
        return _init(args, context)
    if args.action == "plan":
        return _plan(args, context)
    from app.errors import QaFault
    from app.personal import wall_clock
    from app.settings import apply_language, load
    from app.trainer_side import open_trainer

    loaded = load(context.home.settings, wall_clock)
    settings = loaded.settings
    if loaded.notice:
        context.progress(sentence(loaded.notice, path=str(loaded.backup or context.home.settings)))
    apply_language(settings)
    with open_trainer(context.home, lambda: settings) as trainer:
        if args.action == "take-key":
            trainer.side.keys.take(args.key)
            context.say(sentence("qa.key_taken", path=str(args.key)))
            return 0
        if args.action == "look":
            if settings.role != "trainer" and not trainer.side.keys.all():
                raise QaFault("qa.counsellor_pc")
            return _look(args, context, trainer)
        if args.action == "headers":
            return _headers(args, context, trainer, settings.qa.desks is not None)
        if args.action == "draw":
            return _draw(args, context, trainer, settings.qa.hold_days)
        if args.action == "report":
            return _report(args, context, trainer)
        return _status(context, trainer, settings.qa.exchange, settings.qa.desks is not None)


def _init(args: argparse.Namespace, context: Context) -> int:
    from app.qa import keys
    from app.qa_side import make_trainer_key

    make_trainer_key(args.folder)
    context.say(sentence("qa.key_made", path=str(args.folder / keys.CARD_FILE)))
    context.say(sentence("qa.key_keep", path=str(args.folder / keys.KEY_FILE)))
    return 0


def _look(args: argparse.Namespace, context: Context, trainer: OpenTrainer) -> int:
    look = trainer.desk.look()
    trainer.side.sender.round()
    if args.jsonl:
        context.emit(dataclasses.asdict(look))
    else:
        counts = {name: getattr(look, name) for name in ("headers", "unproven", "packages", "letters", "broken")}
        context.say(sentence("qa.looked", **counts))
    if look.fault:
        context.progress(look.fault)
    return 1 if look.fault else 0


def _headers(args: argparse.Namespace, context: Context, trainer: OpenTrainer, has_list: bool) -> int:
    from app.qa.headers import header_values, known_headers

    for known in trainer.side.store.read(known_headers):
        if args.counsellor in ("", known.header.counsellor):
            if args.jsonl:
                context.emit({**header_values(known.header), "desk": known.desk, "proven": known.proven})
            else:
                context.say(_line(known, has_list))
    return 0


def _line(known: KnownHeader, has_list: bool) -> str:
    header = known.header
    flags = [sentence(f"qa.flag_{flag.value}") for flag in header.flags]
    flags += [] if known.proven else [sentence("qa.header_unproven" if has_list else "qa.header_signed")]
    return sentence(
        "qa.header_line",
        day=plain(header.started_at[:16]).replace("T", " "),
        counsellor=plain(header.counsellor),
        length=f"{header.duration_s // 60}:{header.duration_s % 60:02}",
        category=plain(header.category) or "-",
        flags=", ".join(flags) or "-",
        id=plain(header.id),
    )


def _plan(args: argparse.Namespace, context: Context) -> int:
    from app.errors import QaFault
    from app.qa import codec
    from app.qa.places import new_id
    from assist.review.model import HeaderFlag, SamplingPlan, Stratum
    from assist.review.sampling import check_plan
    from kb.whole_file import put

    plan = SamplingPlan(
        id=new_id(),
        title=args.title,
        seed=secrets.randbelow(2**31) if args.seed is None else args.seed,
        first=args.first.isoformat(),
        last=args.last.isoformat(),
        per_counsellor=args.per,
        strata=tuple(Stratum(one) for one in args.by),
        shortest_s=args.shortest,
        longest_s=args.longest,
        counsellors=tuple(args.counsellor),
        must=tuple(HeaderFlag(one) for one in args.only),
        without=tuple(HeaderFlag(one) for one in args.without),
    )
    check_plan(plan)
    if args.out.exists():
        raise QaFault("qa.key_exists", path=str(args.out))
    try:
        put(args.out, (json.dumps(json.loads(codec.dump(plan)), ensure_ascii=False, indent=2) + "\n").encode())
    except OSError as error:
        raise QaFault("qa.not_written", path=str(args.out)) from error
    context.say(sentence("qa.plan_made", path=str(args.out)))
    return 0


def _draw(args: argparse.Namespace, context: Context, trainer: OpenTrainer, hold_days: int) -> int:
    from datetime import timedelta

    from app.personal import wall_clock

    plan = _read_plan(args.plan)
    draw = trainer.desk.preview(plan)
    _tell_draw(args, context, draw)
    if not args.send:
        return 0
    until: date = args.until or wall_clock().date() + timedelta(days=hold_days)
    is_new = trainer.side.post.send_draw(draw, until)
    trainer.side.sender.round()
    if is_new:
        context.progress(sentence("qa.draw_sent", until=until.isoformat()))
    else:
        context.progress(sentence("qa.draw_again", title=plain(plan.title)))
    return _tell_waiting(context, trainer)


def _read_plan(file: Path) -> SamplingPlan:
    from app.errors import QaFault
    from app.qa import codec
    from assist.review.model import SamplingPlan
    from kb.whole_file import take

    try:
        return codec.load(SamplingPlan, take(file, _LARGEST_PLAN))
    except (OSError, ValueError):
        raise QaFault("qa.file_not_plan", path=str(file)) from None


def _tell_draw(args: argparse.Namespace, context: Context, draw: Draw) -> None:
    from app.qa import codec
    from ui.qa.strata import stratum

    if args.jsonl:
        context.emit(json.loads(codec.dump(draw)))
        return
    for call in draw.calls:
        named = plain(stratum(call.stratum)) if call.stratum else "-"
        context.say(sentence("qa.drawn_line", counsellor=plain(call.counsellor), stratum=named, id=plain(call.header)))
    for counsellor, count in draw.short:
        context.say(sentence("qa.draw_short", counsellor=plain(counsellor), count=count))
    context.say(
        sentence(
            "qa.draw_sum",
            population=draw.population,
            count=len(draw.calls),
            seed=draw.plan.seed,
            fingerprint=draw.fingerprint[:12],
        )
    )


def _tell_waiting(context: Context, trainer: OpenTrainer) -> int:
    """Say what could not be sent; 1 where something waits. It goes at the next look, or from the window."""
    rows = [row for row in trainer.side.sender.rows() if row.delivery.value != "accepted"]
    if not rows:
        return 0
    context.progress(sentence("qa.status_waiting", count=len(rows)))
    for why in sorted({row.last_error for row in rows if row.last_error}):
        context.progress(sentence("qa.status_why", why=plain(why)))
    return 1


def _status(context: Context, trainer: OpenTrainer, exchange: str, has_list: bool) -> int:
    from app.qa import draws
    from app.qa.exchange import shown
    from app.qa.headers import known_headers
    from app.qa.package_rows import packages

    store = trainer.side.store
    headers = store.read(known_headers)
    here = {one.header_id for one in store.read(packages)}
    wanted = {call.header for kept in store.read(draws.kept_draws) for call in kept.draw.calls}
    held = store.read(lambda db: draws.drawn(db, "drawn", "sealed"))
    own = store.read(lambda db: draws.drawn(db, "drawn", "sealed", "fetched", "released"))
    key = "key_here" if trainer.side.keys.all() else "key_absent"
    context.say(sentence("qa.status_exchange", name=shown(exchange) or "-"))
    context.say(sentence("qa.status_key", state=sentence(f"qa.{key}")))
    proven = sum(one.proven for one in headers)
    context.say(sentence("qa.status_headers" if has_list else "qa.status_signed", count=len(headers), proven=proven))
    context.say(sentence("qa.status_packages", here=len(here & wanted), missing=len(wanted - here)))
    context.say(sentence("qa.status_drawn", count=len(own), held=len(held)))
    return _tell_waiting(context, trainer)


def _report(args: argparse.Namespace, context: Context, trainer: OpenTrainer) -> int:
    from datetime import timedelta

    from app.personal import wall_clock
    from app.qa import report_files

    last: date = args.last or wall_clock().date()
    first: date = args.first or last - timedelta(days=365)
    scope = "counsellor" if args.counsellor else "team" if args.team else "all"
    report = trainer.desk.report(scope, args.counsellor or args.team, first, last, args.by)
    if args.out is not None:
        trainer.desk.export_report(report, args.out)
        context.progress(sentence("qa.report_written", path=str(args.out)))
    if args.jsonl:
        context.emit(dataclasses.asdict(report) | {"first": first.isoformat(), "last": last.isoformat()})
        return 0
    for line in (report.withheld,) if report.withheld else report_files.told(report):
        context.say(plain(line))
    return 0
