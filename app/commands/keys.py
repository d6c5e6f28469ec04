"""``doumi keys status|rotate|recover|export-recovery|new-recovery``: the key that protects what is saved."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import Context
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    names = "status|rotate|recover|export-recovery|new-recovery"
    actions = parser.add_subparsers(dest="action", required=True, metavar=names)
    status = actions.add_parser("status", **described("help.keys_status"))
    status.add_argument("--json", action="store_true", help=sentence("help.json"))
    rotate = actions.add_parser("rotate", **described("help.keys_rotate"))
    rotate.add_argument("--all", action="store_true", help=sentence("help.keys_all"))
    recover = actions.add_parser("recover", **described("help.keys_recover"))
    recover.add_argument("--identity", type=Path, required=True, metavar="FILE", help=sentence("help.keys_identity"))
    recover.add_argument("--wrap", type=Path, metavar="FILE", help=sentence("help.keys_wrap"))
    export = actions.add_parser("export-recovery", **described("help.keys_export"))
    export.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help=sentence("help.keys_out"))
    pair = actions.add_parser("new-recovery", **described("help.keys_new_recovery"))
    pair.add_argument("folder", type=Path, metavar="DIR", help=sentence("help.keys_folder"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action; ``status`` returns 1 where the key cannot be had. Raises KeyFault, StoreFault."""
    if args.action == "status":
        return _status(args.json, context)
    if args.action == "rotate":
        return _rotate(args.all, context)
    if args.action == "recover":
        return _recover(args.identity, args.wrap, context)
    if args.action == "export-recovery":
        return _export(args.out, context)
    from app.key_recovery import IDENTITY_FILE, RECIPIENT_FILE
    from app.key_side import new_pair

    new_pair(args.folder)
    context.say(sentence("keys.pair_made", path=str(args.folder / RECIPIENT_FILE)))
    context.say(sentence("keys.pair_keep", path=str(args.folder / IDENTITY_FILE)))
    return 0


def _status(as_json: bool, context: Context) -> int:
    from app.key_side import key_findings
    from app.keys import KeyMode, KeyState
    from app.personal import key_place, wall_clock
    from app.settings import load

    place = key_place(context.home)
    envelope = place.envelope()
    state, _ = place.look()
    mode, has_pin = place.mode(), place.has_pin()
    is_there = state in (KeyState.FOUND, KeyState.PIN_NEEDED)
    recovery = envelope.keys.recovery if envelope else None
    if as_json:
        value = {
            "state": state.value,
            "place": mode.value if mode else "",
            "keyring": place.keyring_name if mode is KeyMode.KEYRING else "",
            "pin": has_pin,
            "recovery": recovery.recipient if recovery else "",
            "turning": bool(envelope and envelope.turn.value),
        }
        context.emit(value)
        return 0 if is_there or envelope is None else 1
    if envelope is None and not is_there:
        context.say(sentence("keys.no_home"))
        return 0
    if is_there:
        context.say(sentence("keys.state_found"))
    else:
        context.progress(str(place.fault(state)))
    if mode is KeyMode.FILE:
        context.say(sentence("keys.place_file", path=str(context.home.file_key)))
    else:
        context.say(sentence("keys.place_keyring", name=place.keyring_name or place.refused))
    context.say(sentence("keys.pin_yes" if has_pin else "keys.pin_no"))
    for finding in key_findings(context.home, load(context.home.settings, wall_clock).settings.security):
        context.say(finding.detail)
        if finding.advice:
            context.say(f"  → {finding.advice}")
    return 0 if is_there else 1


def _rotate(everything: bool, context: Context) -> int:
    from app.instance import InstanceLock
    from app.key_side import ensure_recovery, settle, turn_of
    from app.personal import desk_key, key_place, note_access, wall_clock
    from app.settings import load

    home = context.home
    with InstanceLock(home.lock):
        place = key_place(home)
        if place.envelope() is None and not home.personal_db.exists():
            context.say(sentence("keys.no_home"))
            return 0
        settle(home, place, home.pin)
        ensure_recovery(place, desk_key(home), load(home.settings, wall_clock).settings.security)
        pin = home.pin() if place.has_pin() else ""
        if not everything:
            place.rotate(pin)
            note_access(home, "key.rotate", home.profile)
            context.say(sentence("keys.rotated"))
            return 0
        # Before as well: that it was begun is known even where it does not come to its end.
        note_access(home, "key.turn", home.profile, "begin")
        turned = turn_of(home, place).turn(pin)
        note_access(home, "key.turn", home.profile, "end")
        context.say(sentence("keys.turned", journals=turned.journals))
        if turned.unreadable:
            context.progress(sentence("keys.turned_unreadable", count=turned.unreadable))
        context.say(sentence("keys.turned_team"))
        context.say(sentence("keys.turned_export"))
    return 0


def _recover(identity: Path, exported: Path | None, context: Context) -> int:
    from app.instance import InstanceLock
    from app.key_side import recover, settle
    from app.personal import key_place, note_access

    home = context.home
    with InstanceLock(home.lock):
        place = key_place(home)
        recover(home, place, identity, exported)
        settle(home, place, home.pin)
        note_access(home, "key.recover", home.profile)
    context.say(sentence("keys.recovered"))
    return 0


def _export(out: Path, context: Context) -> int:
    from app import key_recovery
    from app.personal import key_place, note_access

    place = key_place(context.home)
    envelope = place.envelope()
    if envelope is not None and envelope.keys.recovery is not None:
        note_access(context.home, "key.export", context.home.profile)
    recipient = key_recovery.export(place, out)
    context.say(sentence("keys.exported", path=str(out)))
    context.say(sentence("keys.recovery_yes", recipient=recipient))
    return 0
