"""``doumi scripts show|check``: the sentences for hard calls, to be edited by the centre."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import Context
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="show|check")
    show = actions.add_parser("show", **described("help.scripts_show"))
    show.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.scripts_out"))
    check = actions.add_parser("check", **described("help.scripts_check"))
    check.add_argument("file", type=Path, metavar="FILE", help=sentence("help.scripts_file"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises ScriptsFault."""
    from assist.errors import ScriptsFault
    from assist.protect import scripts
    from resources import path

    if args.action == "check":
        own = scripts.load(args.file)
        ours = {item.id: item for item in scripts.shipped().situations}
        replaced = sum(item.id in ours and ours[item.id] != item for item in own.situations)
        added = sum(item.id not in ours for item in own.situations)
        total = len(own.situations)
        context.say(sentence("protect.scripts_fine", path=str(args.file), total=total, replaced=replaced, added=added))
        return 0
    text = path(scripts.SITUATIONS).read_text(encoding="utf-8")
    if args.out is None:
        context.say(text.rstrip("\n"))
        return 0
    try:
        with args.out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ScriptsFault("protect.scripts_exists", path=str(args.out)) from None
    except OSError:
        raise ScriptsFault("protect.scripts_not_written", path=str(args.out)) from None
    context.say(sentence("protect.scripts_written", path=str(args.out)))
    return 0
