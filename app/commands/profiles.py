"""``doumi profiles list|add|rename|role|pin|remove``: the counsellors who share this PC."""

from __future__ import annotations

import argparse

from app.commands import Context
from app.usage import described
from resources.notices import sentence

_ROLES = ("counsellor", "trainer", "team")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|add|rename|role|pin|remove")
    listing = actions.add_parser("list", **described("help.profiles_list"))
    listing.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    add = actions.add_parser("add", **described("help.profiles_add"))
    rename = actions.add_parser("rename", **described("help.profiles_rename"))
    role = actions.add_parser("role", **described("help.profiles_role"))
    pin = actions.add_parser("pin", **described("help.profiles_pin"))
    remove = actions.add_parser("remove", **described("help.profiles_remove"))
    for part in (add, rename, role, pin, remove):
        part.add_argument("name", metavar="NAME", help=sentence("help.profiles_name"))
    add.add_argument("--role", choices=_ROLES, default="counsellor", help=sentence("help.profiles_for"))
    add.add_argument("--no-pin", action="store_true", help=sentence("help.profiles_no_pin"))
    rename.add_argument("new_name", metavar="NEW", help=sentence("help.profiles_new_name"))
    role.add_argument("role", choices=_ROLES, help=sentence("help.profiles_for"))
    pin.add_argument("--remove", action="store_true", help=sentence("help.profiles_pin_remove"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises ProfileFault, KeyFault, StoreFault."""
    from app.instance import InstanceLock
    from app.pin_entry import AskedPin, new_pin
    from app.profiles import Role
    from app.shifts import profiles_of

    profiles = profiles_of(context.home)
    if args.action == "list":
        return _list(args.jsonl, context)
    with InstanceLock(context.home.lock):
        if args.action == "add":
            made = profiles.add(args.name, Role(args.role), "" if args.no_pin else new_pin())
            context.say(sentence("profiles.added", name=made.name, id=made.id))
            return 0
        found = profiles.find(args.name)
        shown = found.name or found.id
        if args.action == "rename":
            context.say(sentence("profiles.renamed", name=profiles.rename(found.id, args.new_name).name))
        elif args.action == "role":
            changed = profiles.set_role(found.id, Role(args.role))
            context.say(sentence("profiles.role_set", name=shown, role=sentence(f"profiles.role_{changed.role.value}")))
        elif args.action == "pin":
            asked = AskedPin(lambda: shown)
            old = asked() if profiles.has_pin(found.id) else ""
            profiles.set_pin(found.id, old, "" if args.remove else new_pin())
            context.say(sentence("profiles.pin_removed" if args.remove else "profiles.pin_set", name=shown))
        else:
            from app.profile_removal import remove

            remove(profiles, profiles.home_of(found.id, AskedPin(lambda: shown)))
            context.say(sentence("profiles.removed", name=shown))
    return 0


def _list(as_json: bool, context: Context) -> int:
    from app.shifts import profiles_of

    profiles = profiles_of(context.home)
    for one in profiles.all():
        has_pin = profiles.has_pin(one.id)
        if as_json:
            context.emit({"id": one.id, "name": one.name, "role": one.role.value, "pin": has_pin})
            continue
        role = sentence(f"profiles.role_{one.role.value}")
        pin = sentence("profiles.with_pin" if has_pin else "profiles.without_pin")
        context.say(
            sentence("profiles.line", name=one.name or sentence("profiles.unnamed"), role=role, pin=pin, id=one.id)
        )
    return 0
