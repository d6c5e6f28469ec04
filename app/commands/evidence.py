"""``doumi evidence verify|print|desk``: proves packs untouched, prints them, tells this desk's key."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import Context
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify|print|desk")
    verify = actions.add_parser("verify", **described("help.evidence_verify"))
    printing = actions.add_parser("print", **described("help.evidence_print"))
    for part in (verify, printing):
        part.add_argument("pack", type=Path, metavar="PACK", help=sentence("help.evidence_pack"))
        part.add_argument("--key", type=Path, metavar="FILE", help=sentence("help.evidence_key"))
        part.add_argument("--desks", type=Path, metavar="FILE", help=sentence("help.evidence_desks"))
    verify.add_argument("--json", action="store_true", help=sentence("help.json"))
    printing.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help=sentence("help.evidence_out"))
    printing.add_argument("--reveal", action="store_true", help=sentence("help.evidence_reveal"))
    actions.add_parser("desk", **described("help.evidence_desk"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises TeamFault, KeyFault."""
    if args.action == "desk":
        return _desk(context)
    from app import evidence_words, team
    from app.errors import TeamFault
    from app.evidence_check import check, read_desks, read_pack
    from app.personal import seal_box, verifier

    box, prover = seal_box(), verifier()
    identity = team.read_identity(args.key, box) if args.key is not None else None
    desks = read_desks(args.desks, prover) if args.desks is not None else None
    try:
        parts = read_pack(args.pack, identity, box)
    except TeamFault as fault:
        if fault.code not in ("outbox.pack_not_opened", "outbox.pack_broken") or args.action != "verify":
            raise
        if args.json:
            context.emit({"whole": False, "signature": "", "changed": [args.pack.name], "code": fault.code})
        context.progress(sentence("evidence.seal_broken") if fault.code == "outbox.pack_not_opened" else str(fault))
        return 1
    checked = check(parts, prover, desks)
    whole = checked.is_untouched if desks is None else checked.is_proven
    if args.action == "print":
        from app.access_log import Action
        from app.evidence_record import record_of
        from app.personal import note_access
        from ui.evidence_print import print_record

        note_access(context.home, Action.PACK_PRINT, args.pack.stem, "cli, revealed" if args.reveal else "cli")
        print_record(record_of(checked, listed=desks is not None, reveal=args.reveal), args.out)
        context.say(sentence("evidence.printed", path=str(args.out)))
        if not checked.is_untouched:
            context.progress(sentence("evidence.print_changed"))
        return 0
    if args.json:
        context.emit(evidence_words.values(checked, whole))
        return 0 if whole else 1
    for text in evidence_words.told(checked, listed=desks is not None):
        context.say(text)
    if checked.is_untouched:
        context.say(sentence("evidence.whole"))
    else:
        context.progress(sentence("evidence.not_whole"))
    return 0 if whole else 1


def _desk(context: Context) -> int:
    from app.errors import TeamFault
    from app.keys import KeyState
    from app.personal import desk_key, desk_signer, key_place

    place = key_place(context.home)
    state, key = (KeyState.FOUND, desk_key(context.home)) if place.has_pin() else place.look()
    if state is not KeyState.FOUND or key is None:
        raise TeamFault("evidence.no_desk")
    signer = desk_signer(key)
    context.say(f"{signer.desk_id} {signer.public_key}")
    return 0
