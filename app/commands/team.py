"""``doumi team init|open|inbox|show|step|search``: the dedicated team's keys, packs, incidents and steps."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context, day
from app.usage import described
from resources.notices import sentence

if TYPE_CHECKING:
    from app.team_desk import TeamDesk
    from ui.team_ports import InboxRow, StepRow

_STEPS = ("warned", "restricted", "accused", "indicted", "sentenced", "closed", "withdrawn")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="init|open|inbox|show|step|search")
    init = actions.add_parser("init", **described("help.team_init"))
    init.add_argument("folder", type=Path, metavar="DIR", help=sentence("help.team_folder"))
    opening = actions.add_parser("open", **described("help.team_open"))
    opening.add_argument("pack", type=Path, metavar="PACK", help=sentence("help.team_pack"))
    opening.add_argument("--key", type=Path, required=True, metavar="FILE", help=sentence("help.team_key"))
    opening.add_argument("--out", type=Path, required=True, metavar="DIR", help=sentence("help.team_out"))
    inbox = actions.add_parser("inbox", **described("help.team_inbox"))
    inbox.add_argument("--key", type=Path, metavar="FILE", help=sentence("help.team_inbox_key"))
    show = actions.add_parser("show", **described("help.team_show"))
    show.add_argument("--parts", type=Path, metavar="DIR", help=sentence("help.team_parts"))
    step = actions.add_parser("step", **described("help.team_step"))
    for part in (show, step):
        part.add_argument("incident", metavar="ID", help=sentence("help.team_incident"))
    step.add_argument("step", choices=_STEPS, nargs="?", metavar="|".join(_STEPS), help=sentence("help.team_step_kind"))
    step.add_argument("--on", type=day, metavar="DAY", help=sentence("help.team_step_day"))
    step.add_argument("--note", default="", metavar="TEXT", help=sentence("help.team_step_note"))
    step.add_argument("--corrects", type=int, default=0, metavar="LINE", help=sentence("help.team_step_corrects"))
    step.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.team_step_out"))
    search = actions.add_parser("search", **described("help.team_search"))
    search.add_argument("query", nargs="*", metavar="QUERY", help=sentence("help.team_query"))
    search.add_argument("--caller", default="", metavar="NUMBER", help=sentence("help.team_number"))
    for part in (inbox, search):
        part.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Carry out one action. Raises TeamFault, CallerFault, StoreFault, KeyFault."""
    if args.action == "init":
        return _init(args, context)
    if args.action == "open":
        return _open(args, context)
    from app.personal import wall_clock
    from app.settings import load
    from app.team_side import open_team

    settings = load(context.home.settings, wall_clock).settings
    with open_team(context.home, lambda: settings) as team:
        if args.action == "inbox":
            return _inbox(args, context, team)
        if args.action == "search":
            _rows(team.inbox(" ".join(args.query), args.caller), args.jsonl, context)
            return 0
        incident = team.resolve(args.incident)
        if args.action == "show":
            return _show(incident, args.parts, context, team)
        return _step(incident, args, context, team)


def _init(args: argparse.Namespace, context: Context) -> int:
    from app import team
    from app.personal import seal_box

    recipient = team.init(args.folder, seal_box())
    context.say(sentence("outbox.team_made", path=str(args.folder / team.RECIPIENT_FILE), recipient=recipient))
    context.say(sentence("outbox.team_keep", path=str(args.folder / team.IDENTITY_FILE)))
    return 0


def _open(args: argparse.Namespace, context: Context) -> int:
    from app import evidence_words, team
    from app.access_log import Action
    from app.personal import note_access, seal_box, verifier

    note_access(context.home, Action.PACK_OPEN, args.pack.stem, "cli")
    opened = team.open_pack(args.pack, args.key, args.out, seal_box(), verifier())
    for text in evidence_words.told(opened.checked, listed=False):
        context.say(text)
    if opened.checked.differing:
        names = ", ".join(opened.checked.differing)
        context.progress(sentence("outbox.pack_differs", path=str(opened.folder), names=names))
        return 1
    context.say(sentence("outbox.pack_whole", path=str(opened.folder)))
    return 0


def _inbox(args: argparse.Namespace, context: Context, team: TeamDesk) -> int:
    if args.key is not None:
        team.take_identity(args.key)
        context.progress(sentence("inbox.identity_taken", path=str(args.key)))
    look = team.look()
    _rows(team.inbox(), args.jsonl, context)
    if look.fault:
        context.progress(look.fault)
    if look.opened or look.broken or not look.fault:
        context.progress(sentence("inbox.looked", opened=look.opened, broken=look.broken))
    return 1 if look.fault else 0


def _rows(rows: Sequence[InboxRow], jsonl: bool, context: Context) -> None:
    import dataclasses

    from app.incident_figures import kind_name, step_name

    for row in rows:
        if jsonl:
            context.emit(dataclasses.asdict(row))
        elif not row.incident_id:
            context.say(sentence("inbox.row_broken", id=row.pack_id, reason=row.reason))
        else:
            context.say(
                sentence(
                    "inbox.row",
                    id=row.incident_id,
                    raised=row.raised_at[:16].replace("T", " "),
                    kind=kind_name(row.label.value if row.label else ""),
                    state=sentence(f"inbox.state_{row.state.value}"),
                    step=step_name(row.step.value if row.step else ""),
                )
            )
    if not rows:
        context.progress(sentence("inbox.empty"))


def _show(incident: str, parts: Path | None, context: Context, team: TeamDesk) -> int:
    from app.callers import class_name

    detail = team.incident(incident)
    _rows([detail.row], False, context)
    if detail.caller is not None:
        entry = detail.caller.entry
        values = {"kind": class_name(entry.caller_class), "until": entry.until, "handling": entry.handling}
        context.say(sentence("inbox.shown_caller", **values))
    for pack in detail.packs:
        state = sentence(f"inbox.state_{pack.state.value}")
        context.say(sentence("inbox.pack_line", id=pack.pack_id, state=state, reason=pack.reason, path=pack.file))
    for line in detail.transcript:
        who = sentence("audio.speaker_caller" if line.speaker == "caller" else "audio.speaker_agent")
        context.say(f"{line.wall[11:19]} {'!' if line.labels else ' '} {who}: {line.text}")
    for row in detail.steps:
        context.say(_step_line(row))
    if parts is not None:
        context.progress(sentence("inbox.parts_saved", path=str(team.save_parts(incident, parts))))
    return 0


def _step(incident: str, args: argparse.Namespace, context: Context, team: TeamDesk) -> int:
    from app.personal import wall_clock
    from ui.team_ports import TeamStep

    if args.step is not None:
        team.add_step(incident, TeamStep(args.step), args.on or wall_clock().date(), args.note, args.corrects)
        context.progress(sentence("inbox.step_recorded"))
    for row in team.incident(incident).steps:
        context.say(_step_line(row))
    if args.out is not None:
        team.export_steps(args.out, incident)
        context.progress(sentence("inbox.steps_exported", path=str(args.out)))
    return 0


def _step_line(row: StepRow) -> str:
    from app.incident_figures import step_name

    code = "inbox.step_line_corrected" if row.corrected else "inbox.step_line"
    return sentence(code, id=row.id, day=row.on, step=step_name(row.step.value), note=row.note).rstrip()
