"""``doumi kb sync`` for desks; ``doumi kb publish`` and ``doumi kb keys`` for the DB team."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import Context
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.settings import ReleaseSettings
    from kb.model import KbStatus
    from kb.release.notes import SyncNote

_LISTED = 50
"""Faulty rows listed one by one; the rest are counted."""
_PASSPHRASE = "DOUMI_KB_PASSPHRASE"


def configure(actions: Any) -> None:
    """Add the actions."""
    sync = actions.add_parser("sync", **described("help.kb_sync"))
    sync.add_argument("--from", dest="address", default="", metavar="ADDRESS", help=sentence("help.kb_sync_from"))
    sync.add_argument("--root", type=Path, metavar="FILE", help=sentence("help.kb_sync_root"))
    sync.add_argument("--ca", type=Path, metavar="FILE", help=sentence("help.kb_sync_ca"))
    sync.add_argument("--accept-older", action="store_true", help=sentence("help.kb_sync_older"))
    publish = actions.add_parser("publish", **described("help.kb_publish"))
    publish.add_argument("sources", type=Path, nargs="*", metavar="SRC", help=sentence("help.kb_publish_src"))
    publish.add_argument("--out", type=Path, required=True, metavar="DIR", help=sentence("help.kb_publish_out"))
    publish.add_argument("--map", default="", metavar="field=column,…", help=sentence("help.kb_map"))
    publish.add_argument("--golden", type=Path, metavar="FILE", help=sentence("help.kb_publish_golden"))
    publish.add_argument("--specials", type=Path, metavar="FILE", help=sentence("help.kb_publish_specials"))
    publish.add_argument("--strict", action="store_true", help=sentence("help.kb_publish_strict"))
    publish.add_argument("--may-shrink", action="store_true", help=sentence("help.kb_publish_shrink"))
    publish.add_argument("--refresh", action="store_true", help=sentence("help.kb_publish_refresh"))
    publish.add_argument("--days", type=int, default=7, metavar="N", help=sentence("help.kb_publish_days"))
    _with_keys(publish)
    keys = actions.add_parser("keys", **described("help.kb_keys"))
    steps = keys.add_subparsers(dest="step", required=True, metavar="init|rotate")
    init = steps.add_parser("init", **described("help.kb_keys_init"))
    init.add_argument("folder", type=Path, metavar="DIR", help=sentence("help.kb_keys_dir"))
    init.add_argument("--root-keys", type=int, default=1, metavar="N", help=sentence("help.kb_keys_count"))
    init.add_argument("--threshold", type=int, default=1, metavar="N", help=sentence("help.kb_keys_threshold"))
    rotate = steps.add_parser("rotate", **described("help.kb_keys_rotate"))
    rotate.add_argument("folder", type=Path, metavar="DIR", help=sentence("help.kb_keys_dir"))
    rotate.add_argument(
        "role", choices=("root", "targets", "snapshot", "timestamp"), help=sentence("help.kb_keys_role")
    )
    for parser in (init, rotate):
        parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help=sentence("help.kb_passphrase_file"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one of the actions."""
    if args.action == "sync":
        return _sync(args, context)
    return _publish(args, context) if args.action == "publish" else _keys(args, context)


def settings_of(context: Context) -> ReleaseSettings:
    """Return where releases come from."""
    from app.personal import wall_clock
    from app.settings import load

    return load(context.home.settings, wall_clock).settings.releases


def describe(status: KbStatus, note: SyncNote, context: Context) -> None:
    """Say until when a release holds and how the last sync went."""
    if status.release:
        code = "kb.release_stale" if status.stale else "kb.release_current"
        context.say(sentence(code, release=status.release, expires=status.expires or "-"))
    if note.at:
        outcome = sentence(note.code, **note.params)
        context.say(sentence("kb.last_sync", source=note.source, at=note.at, outcome=outcome))


# -- desks


def _sync(args: argparse.Namespace, context: Context) -> int:
    from app import knowledge
    from app.releases import open_syncer

    told = {"address": args.address, "trusted_root": args.root, "ca_file": args.ca}
    settings = settings_of(context).model_copy(update={name: value for name, value in told.items() if value})
    with (
        knowledge.build(context.home) as half,
        open_syncer(context.home, half.library, half.notes, settings) as (
            syncer,
            _,
        ),
    ):
        report = syncer.run(again=True, accept_older=args.accept_older, progress=context.in_steps("kb.fetching", 25))
        status = half.notes.dated(report.status, syncer.now())
        context.say(sentence("kb.sync_done" if report.updated else "kb.sync_unchanged", release=status.release))
        describe(status, half.notes.read().model_copy(update={"at": ""}), context)
    return 0


# -- the DB team


def _with_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keys", type=Path, metavar="DIR", help=sentence("help.kb_publish_keys"))
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help=sentence("help.kb_passphrase_file"))


def _publish(args: argparse.Namespace, context: Context) -> int:
    from app import releases
    from kb.errors import PublishRejected

    if not 1 <= args.days <= 60:
        raise PublishRejected("kb.publish_days")
    keys = releases.key_folder(args.keys or context.home.release_keys, _passphrase(args.passphrase_file))
    writer = releases.repository(args.out, keys, args.days)
    if args.refresh:
        if args.sources:
            raise PublishRejected("kb.publish_refresh_alone")
        context.say(sentence("kb.refreshed", expires=writer.refresh().isoformat()))
        return 0
    if not args.sources:
        raise PublishRejected("kb.publish_no_source")
    keys.root()  # without keys nothing need be read
    return _publish_files(args, context, keys.root_files()[0], writer)


def _publish_files(args: argparse.Namespace, context: Context, root: Path, writer: Any) -> int:
    from app import knowledge, releases
    from app.commands.kb import building, row_sentence
    from kb.errors import PublishRejected
    from kb.importer import parse_map
    from kb.release import golden
    from kb.release.publish import Remembered, gather

    remembered = Remembered(args.out)
    sheet = releases.sheet_reader()
    gathered = gather(args.sources, sheet, parse_map(args.map), remembered)
    for faulty in gathered.faulty[:_LISTED]:
        context.say(sentence("kb.publish_row", file=faulty.file, fault=row_sentence(faulty.row)))
    if len(gathered.faulty) > _LISTED:
        context.say(sentence("kb.more_skipped", count=len(gathered.faulty) - _LISTED))
    if args.strict and gathered.faulty:
        raise PublishRejected("kb.publish_strict", count=len(gathered.faulty))
    if args.golden:
        remembered.golden = golden.read(args.golden, sheet)
    if not remembered.golden:
        context.progress(sentence("kb.publish_no_golden"))
    with knowledge.build(context.home) as half:
        half.ready()  # the golden queries are asked by meaning too
        made = releases.publisher(half.library, writer, remembered).publish(
            gathered, args.may_shrink, building(context), args.specials
        )
    told = made.manifest
    context.say(
        sentence(
            "kb.published",
            release=told.release,
            articles=told.articles,
            skipped=len(gathered.faulty),
            golden=len(told.golden),
            expires=made.expires.isoformat(),
            path=args.out,
        )
    )
    context.say(sentence("kb.with_vectors" if told.encoder else "kb.publish_words_only"))
    if told.release == 1:
        context.say(sentence("kb.publish_hand_over", path=root))
    return 0


def _keys(args: argparse.Namespace, context: Context) -> int:
    from app import releases

    keys = releases.key_folder(args.folder, _passphrase(args.passphrase_file))
    if args.step == "init":
        context.say(sentence("kb.keys_made", path=keys.create(args.root_keys, args.threshold)))
    else:
        context.say(sentence("kb.keys_rotated", role=args.role, path=keys.rotate(args.role)))
    return 0


def _passphrase(file: Path | None) -> Any:
    """Return what asks for the passphrase of a key file: a file, the environment, else the person."""
    from kb.errors import PublishRejected

    def ask(key: str) -> str:
        if file is not None:
            try:
                return file.read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise PublishRejected("kb.keys_passphrase_file", path=file) from error
        if found := os.environ.get(_PASSPHRASE):
            return found
        if not sys.stdin.isatty():
            raise PublishRejected("kb.keys_passphrase_absent", variable=_PASSPHRASE)
        if key:
            return getpass.getpass(sentence("kb.keys_ask", file=key) + " ")
        first = getpass.getpass(sentence("kb.keys_ask_new") + " ")
        if getpass.getpass(sentence("kb.keys_ask_again") + " ") != first:
            raise PublishRejected("kb.keys_passphrase_differs")
        return first

    return ask
