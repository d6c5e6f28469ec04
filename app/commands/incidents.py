"""``doumi incidents figures``: incidents of a period by kind, hour and step, shown and saved."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from app.commands import Context, day
from app.usage import described
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="figures")
    figures = actions.add_parser("figures", **described("help.incidents_figures"))
    figures.add_argument(
        "--from", dest="first", type=day, required=True, metavar="DAY", help=sentence("help.incidents_from")
    )
    figures.add_argument("--to", dest="last", type=day, metavar="DAY", help=sentence("help.incidents_to"))
    figures.add_argument("--out", type=Path, metavar="FILE", help=sentence("help.incidents_out"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Count. Raises TeamFault, StoreFault, KeyFault."""
    from app import incident_figures
    from app.personal import wall_clock
    from app.settings import load
    from app.team_side import open_desk_figures, open_team_figures

    settings = load(context.home.settings, wall_clock).settings
    services = open_team_figures(context.home) if settings.role == "team" else open_desk_figures(context.home)
    last: date = args.last or wall_clock().date()
    figures = services.figures(args.first, last)
    context.say(sentence("incidents.total", first=args.first, last=last, total=figures.total))
    for table in incident_figures.as_tables(figures)[1:4]:
        context.say(table.name)
        for name, number in table.rows:
            if number:
                context.say("  " + sentence("incidents.figure", name=name, count=number))
    if args.out is not None:
        services.export_figures(figures, args.out)
        context.progress(sentence("incidents.saved", path=str(args.out)))
    return 0
