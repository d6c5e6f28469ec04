"""``doumi rerun SESSION|PACKAGE``: a saved call run again with today's model, knowledge and rules, beside what it was.

With ``--jsonl`` one object a compared thing, by time, the draft last::

    {"part": "text"|"card"|"label"|"number"|"draft", "at_s": seconds, "channel": "caller"|"agent"|"",
     "field": "", "then": [...], "now": [...], "same": true|false}

``"kept": true`` stands in a line of text whose sound is missing, so that *now* is the stored text.
``then`` and ``now`` are lists of strings, empty where there was, or would be, nothing: shown utterances; titles and
passages of cards in turn (``then_ids`` and ``now_ids`` name the entries); labels (``profanity:2``,
``crisis.suicide:3``, ``behaviour.long``: name and severity); a heard number (``field`` is its kind, and it counts by
its value); the lines of one field of the draft (``field`` is ``0.inquiry`` and so on, by record). The last line
counts::

    {"part": "counts", "session": id, "model": name or "", "why_stored": "", "knowledge": {...},
     "counts": {"text": {"compared": n, "same": n, "changed": n, "only_then": n, "only_now": n}, ...},
     "differing": n, "kept": n}

Personal data is covered, in what differs too, unless ``--reveal`` gives the reason, which is logged.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from app.commands import Context
from resources.notices import sentence

if TYPE_CHECKING:
    from ui.replay.then_now_ports import Basis, Compared, ThenNow


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("call", metavar="SESSION|PACKAGE", help=sentence("help.rerun_call"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--model", default="", metavar="NAME|DIR", help=sentence("help.rerun_model"))
    how.add_argument("--stored-text", action="store_true", help=sentence("help.rerun_stored"))
    parser.add_argument("--all", action="store_true", help=sentence("help.rerun_all"))
    parser.add_argument("--reveal", metavar="REASON", help=sentence("help.sessions_reveal"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the call again and print what was and what would be.

    Raises:
        Fault: The call, the model or the knowledge cannot be had.
    """
    from app.access_log import Action
    from app.errors import StoreFault
    from app.personal import note_access, wall_clock
    from app.replay.rerun_desk import Rerun
    from app.replay_window import opened, tell_notes
    from app.settings import load as load_settings

    reason = args.reveal.strip() if args.reveal is not None else None
    if reason == "":
        raise StoreFault("store.reveal_no_reason")
    settings = load_settings(context.home.settings, wall_clock).settings
    with ExitStack() as stack:
        call = opened(context.home, args.call, stack, "rerun")
        tell_notes(context, call.facts)
        if reason:
            note_access(context.home, Action.REVEAL, call.facts.id, reason)
        rerun = Rerun(context.home, call, lambda: settings, wall_clock)
        stack.callback(rerun.let_go)
        context.progress(sentence("rerun.running"))
        model, why = args.model, "asked"
        if not model and not args.stored_text:
            # The model of the settings is taken where it is there; one that was asked for must be.
            installed = rerun.models()
            used = settings.models.speech
            model, why = (used, "") if used in installed else ("", "no_model" if rerun.has_sound else "no_sound")
        found = rerun.run(model, context.in_steps("rerun.hearing", 10) if model and rerun.has_sound else _quiet, why)
    for note in found.notes:
        context.progress(note)
    if not reason:
        found = masked(found)
    if args.jsonl:
        for row in found.rows:
            context.emit(_object(row))
        context.emit(counted(call.facts.id, found))
    else:
        _show(found, args.all, context.say)
    return 0


def masked(found: ThenNow) -> ThenNow:
    """Return a comparison with personal data covered on both sides; what is the same stays the same."""
    from assist.mask import cover_readings
    from ui.replay.then_now_ports import ComparedPart

    texts = [row for row in found.rows if row.part is ComparedPart.TEXT]
    readings = [[text for row in texts for text in row.then], [text for row in texts for text in row.now]]
    (then, now), again = cover_readings(*readings)
    left, right = iter(then), iter(now)
    covered = {
        id(row): replace(row, then=tuple(next(left) for _ in row.then), now=tuple(next(right) for _ in row.now))
        for row in texts
    }
    rows = tuple(covered.get(id(row)) or _covered_row(row, again) for row in found.rows)
    return replace(found, rows=rows)


def _covered_row(row: Compared, again: Sequence[str]) -> Compared:
    from app.session_masking import masked_objects
    from assist.mask import hide, mask
    from ui.replay.then_now_ports import ComparedPart

    if row.part is ComparedPart.DRAFT:
        then, now = (tuple(hide(line, again, mask(line)[0]) for line in lines) for lines in (row.then, row.now))
        return replace(row, then=then, now=now)
    if row.part is ComparedPart.NUMBER:
        heard = [
            [{"kind": row.field, "channel": row.channel, "display": text} for text in lines]
            for lines in (row.then, row.now)
        ]
        then, now = (tuple(str(one["display"]) for one in masked_objects(ones)) for ones in heard)
        return replace(row, then=then, now=now)
    return row


def counted(session: str, found: ThenNow) -> dict[str, object]:
    """Return the last line: how much was compared, and what *now* stood on."""
    from ui.replay.then_now_ports import ComparedPart

    basis = asdict(found.basis)
    model, why = basis.pop("model"), basis.pop("why_stored")
    counts = {part.value: _counts([row for row in found.rows if row.part is part]) for part in ComparedPart}
    return {
        "part": "counts",
        "session": session,
        "model": model,
        "why_stored": why,
        "knowledge": basis,
        "counts": counts,
        "differing": found.differing,
        "kept": sum(row.kept for row in found.rows),
    }


def _counts(rows: list[Compared]) -> dict[str, int]:
    differing = [row for row in rows if not row.same]
    only_then = sum(not row.now for row in differing)
    only_now = sum(not row.then for row in differing)
    return {
        "compared": len(rows),
        "same": len(rows) - len(differing),
        "changed": len(differing) - only_then - only_now,
        "only_then": only_then,
        "only_now": only_now,
    }


def _object(row: Compared) -> dict[str, object]:
    value: dict[str, object] = {
        "part": row.part.value,
        "at_s": round(row.at_s, 3),
        "channel": row.channel,
        "field": row.field,
        "then": list(row.then),
        "now": list(row.now),
        "same": row.same,
    }
    if row.then_ids or row.now_ids:
        value |= {"then_ids": list(row.then_ids), "now_ids": list(row.now_ids)}
    if row.words_alone:
        value["words_alone"] = row.words_alone
    if row.kept:
        value["kept"] = True
    return value


def _show(found: ThenNow, whole: bool, say: Callable[[str], None]) -> None:
    from ui.replay.then_now_ports import ComparedPart

    say(_basis(found.basis))
    if not found.basis.by_meaning:
        say(sentence("rerun.words_alone"))
    for row in found.rows:
        if row.same and not whole:
            continue
        minutes, seconds = divmod(int(row.at_s), 60)
        say("")
        say(f"{minutes:02d}:{seconds:02d} {sentence(f'rerun.{row.part}')} {_where(row)}".rstrip())
        say("  " + sentence("rerun.then", text=_joined(row.then)))
        say("  " + sentence("rerun.now", text=_joined(row.now)))
    say("")
    if not found.differing:
        say(sentence("rerun.no_difference"))
    for part in ComparedPart:
        rows = [row for row in found.rows if row.part is part]
        differ = sum(not row.same for row in rows)
        say(sentence("rerun.counted", part=sentence(f"rerun.{part}"), count=len(rows), differ=differ))


def _basis(basis: Basis) -> str:
    code = f"rerun.basis_{basis.why_stored}" if basis.why_stored else "rerun.basis_sound"
    return sentence(code, model=basis.model, generation=basis.generation, knowledge=basis.knowledge)


def _where(row: Compared) -> str:
    if row.field.partition(".")[2]:
        return sentence(f"store.{row.field.partition('.')[2]}")
    side = sentence(f"store.{row.channel}") if row.channel else ""
    why = sentence(f"rerun.words_alone_{row.words_alone}") if row.words_alone else ""
    return " · ".join(part for part in (side, why, sentence("rerun.kept") if row.kept else "") if part)


def _joined(lines: Iterable[str]) -> str:
    return " / ".join(lines) or sentence("rerun.none")


def _quiet(part: float) -> None:
    """Nothing to tell: the text is run again in a moment."""
