"""``doumi casebook``: model cases out of saved calls and packages, covered, and the book made of them."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.qa.case_book import CaseBook
    from assist.review.cases import Case

_ACTIONS = "add|list|show|note|cover|remove|make"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_ACTIONS)
    add = actions.add_parser("add", **described("help.casebook_add"))
    add.add_argument("call", metavar="SESSION|PACKAGE", help=sentence("help.casebook_call"))
    add.add_argument("--title", required=True, metavar="TEXT", help=sentence("help.casebook_title"))
    add.add_argument("--lesson", default="", metavar="TEXT", help=sentence("help.casebook_lesson"))
    add.add_argument("--from", dest="first", type=float, default=0.0, metavar="S", help=sentence("help.casebook_from"))
    add.add_argument("--to", type=float, default=float("inf"), metavar="S", help=sentence("help.casebook_to"))
    add.add_argument("--rating", default="", metavar="ID", help=sentence("help.casebook_rating"))
    add.add_argument("--cover", nargs="+", default=(), metavar="WORD", help=sentence("help.casebook_words"))
    listing = actions.add_parser("list", **described("help.casebook_list"))
    listing.add_argument("--json", action="store_true", help=sentence("help.json"))
    note = actions.add_parser("note", **described("help.casebook_note"))
    cover = actions.add_parser("cover", **described("help.casebook_cover"))
    for part in (actions.add_parser("show", **described("help.casebook_show")), note, cover,
                 actions.add_parser("remove", **described("help.casebook_remove"))):  # fmt: skip
        part.add_argument("case", metavar="CASE", help=sentence("help.casebook_case"))
    note.add_argument("text", metavar="TEXT", help=sentence("help.casebook_text"))
    note.add_argument("--line", type=int, default=0, metavar="N", help=sentence("help.casebook_line"))
    cover.add_argument("words", nargs="+", metavar="WORD", help=sentence("help.casebook_words"))
    make = actions.add_parser("make", **described("help.casebook_make"))
    make.add_argument("cases", nargs="*", metavar="CASE", help=sentence("help.casebook_cases"))
    make.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help=sentence("help.casebook_out"))
    make.add_argument("--title", default="", metavar="TEXT", help=sentence("help.casebook_book_title"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises Fault."""
    from app.personal import wall_clock
    from app.qa.case_book import CaseBook
    from app.qa_side import open_trainer_store

    with ExitStack() as stack:
        call = None
        if args.action == "add":
            from app.replay_window import opened

            call = opened(context.home, args.call, stack)
            if call.facts.purpose:
                context.progress(sentence("casebook.purpose", purpose=call.facts.purpose))
        book = CaseBook(stack.enter_context(open_trainer_store(context.home)), wall_clock)
        if call is not None:
            passage = (args.first, args.to)
            case = book.add(call, args.title, args.lesson, passage, args.rating, tuple(args.cover))
            _show(case, context)
            context.progress(sentence("casebook.added", id=case.id))
        else:
            _on_book(args, context, book)
    return 0


def _on_book(args: argparse.Namespace, context: Context, book: CaseBook) -> None:
    match args.action:
        case "list":
            for one in book.cases():
                if args.json:
                    context.emit({"id": one.id, "title": one.title, "category": one.category, "made_at": one.made_at})
                else:
                    context.say(f"{one.id}  {one.title}")
        case "show":
            _show(book.case(args.case), context)
        case "note":
            _show(book.comment(args.case, args.text, args.line), context)
        case "cover":
            _show(book.cover(args.case, args.words), context)
        case "remove":
            book.remove(args.case)
            context.say(sentence("casebook.removed"))
        case _:
            count = book.write(args.out, args.cases, args.title)
            context.say(sentence("casebook.written", count=count, path=str(args.out)))


def _show(case: Case, context: Context) -> None:
    from app.qa.case_book import printed_case

    shown = printed_case(1, case)
    context.say(f"{case.id}  {case.title}")
    for part in (shown.category, *shown.lesson):
        if part:
            context.say(part)
    for number, line in enumerate(shown.lines, 1):
        context.say(f"{number:3}  {line.at}  {line.who}: {line.text}")
        if line.comment:
            context.say(f"       {shown.comment_name}: {line.comment}")
    for score in shown.scores:
        context.say(f"  {score.item}  {score.points}  {' '.join((score.note, *score.words)).strip()}")
