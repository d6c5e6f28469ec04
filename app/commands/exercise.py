"""``doumi exercise list|make|send|take|delete``: exercises made of saved calls, handed over as sealed packages."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context, day
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.qa.exercise import Exercise, ExerciseBook
    from app.qa.exercise_hand import ExerciseTaking
    from app.replay.model import LoadedCall
    from app.store import Store


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|make|send|take|delete")
    listing = actions.add_parser("list", **described("help.exercise_list"))
    listing.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    make = actions.add_parser("make", **described("help.exercise_make"))
    make.add_argument("call", metavar="SESSION|PACKAGE", help=sentence("help.rerun_call"))
    make.add_argument("--title", default="", metavar="TEXT", help=sentence("help.exercise_title"))
    send = actions.add_parser("send", **described("help.exercise_send"))
    send.add_argument("id", metavar="ID", help=sentence("help.exercise_id"))
    send.add_argument("--to", type=Path, nargs="+", required=True, metavar="KEYFILE", help=sentence("help.package_to"))
    send.add_argument("--purpose", required=True, metavar="TEXT", help=sentence("help.package_purpose"))
    send.add_argument("--until", type=day, required=True, metavar="DAY", help=sentence("help.package_until"))
    send.add_argument("--out", required=True, metavar="FILE|ADDRESS", help=sentence("help.package_out"))
    take = actions.add_parser("take", **described("help.exercise_take"))
    take.add_argument("file", type=Path, metavar="FILE", help=sentence("help.package_file"))
    delete = actions.add_parser("delete", **described("help.exercise_delete"))
    delete.add_argument("id", metavar="ID", help=sentence("help.exercise_id"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises ExerciseFault, PackageFault, ExchangeFault, StoreFault, KeyFault."""
    from app.errors import ExerciseFault
    from app.package_side import package_opener
    from app.personal import open_writer, wall_clock
    from app.qa.exercise import ExerciseBook
    from app.qa.exercise_hand import ExerciseTaking

    with ExitStack() as stack:
        store = stack.enter_context(open_writer(context.home))
        book, opener = ExerciseBook(store, wall_clock), package_opener(store)
        taking = ExerciseTaking(context.home.packages, store, opener, book, wall_clock)
        if args.action == "list":
            return _list(book, args.jsonl, context)
        if args.action == "make":
            call = _loaded(args.call, context, store, taking)
            stack.callback(call.close)
            made = book.make(call, args.title)
            context.say(sentence("exercise.made", title=made.title, id=made.id))
            return 0
        if args.action == "take":
            taken = taking.take(args.file)
            context.say(sentence("exercise.taken", title=taken.title, id=taken.id))
            return 0
        found = [one for one in book.all() if one.id.startswith(args.id)]
        if len(found) != 1:
            raise ExerciseFault("exercise.gone")
        if args.action == "delete":
            book.delete(found[0].id)
            context.say(sentence("exercise.deleted"))
            return 0
        return _send(args, found[0], context, store)


def _list(book: ExerciseBook, jsonl: bool, context: Context) -> int:
    from audio.model import Channel

    for one in (rows := book.all()):
        turns = sum(line.speaker is Channel.CALLER for line in one.lines)
        if jsonl:
            context.emit({"id": one.id, "title": one.title, "made_at": one.made_at, "turns": turns})
        else:
            context.say(sentence("exercise.row", id=one.id, title=one.title, turns=turns))
    if not rows:
        context.progress(sentence("exercise.none"))
    return 0


def _loaded(name: str, context: Context, store: Store, taking: ExerciseTaking) -> LoadedCall:
    """Open a saved call, or a package, which is kept from then on. The opening is in the access log first."""
    from app.personal import sound_of
    from app.replay.source import load_session
    from app.replay_window import is_package

    if is_package(name):
        return taking.opened(Path(name))
    session_id = store.resolve(name)
    return load_session(store, sound_of(context.home, session_id), session_id, store.log)


def _send(args: argparse.Namespace, exercise: Exercise, context: Context, store: Store) -> int:
    from app.exercise_side import exercise_sharing
    from app.personal import desk_key

    sharing = exercise_sharing(context.home, store, lambda: desk_key(context.home))
    progress = context.in_steps("package.making", 10)
    place = sharing.share(exercise.id, args.to, args.purpose, args.until, args.out, progress)
    context.say(sentence("package.made", path=place))
    if exercise.sound_s:
        context.progress(sentence("exercise.sound_uncovered"))
    return 0
