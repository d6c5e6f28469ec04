"""What the palette finds, as rows: actions, settings, practice calls, entries of the DB and saved calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication

from kb.model import Hit
from ui.actions import GROUPS, Action, Actions, said, written
from ui.palette_match import fit
from ui.ports import PracticeRow, SessionRow
from ui.settings_ports import Field
from ui.wording import full_day

T = TypeVar("T")
MOST: Final = 6
"""Rows of one kind."""
_HIDDEN: Final = frozenset({"find", "back"})
"""Actions that make no sense inside the palette."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the palette."""

    kind: str
    """``action``, ``entry``, ``setting``, ``session`` or ``practice``."""
    ident: str
    title: str
    detail: str = ""
    keys: str = ""
    """As people write them; empty: none."""
    why_not: str = ""
    """Why it cannot be chosen now; empty where it can."""
    run: Callable[[], object] = field(default=lambda: None, compare=False)


def kind_word(kind: str) -> str:
    """Return the name of a kind of row."""
    words = {
        "action": QCoreApplication.translate("Palette", "Command"),
        "entry": QCoreApplication.translate("Palette", "Counselling DB"),
        "setting": QCoreApplication.translate("Palette", "Setting"),
        "session": QCoreApplication.translate("Palette", "Saved call"),
        "practice": QCoreApplication.translate("Palette", "Practice call"),
    }
    return words[kind]


def actions_found(actions: Actions, typed: str, recent: Sequence[str] = ()) -> list[Found]:
    """Return the actions that fit; with nothing typed those that can be done now, the ones done lately first."""
    shown = [action for action in actions.offered if action.id not in _HIDDEN]
    if not typed:
        order = {ident: place for place, ident in enumerate(recent)}
        can = [_action(actions, one) for one in shown]
        return sorted((one for one in can if not one.why_not), key=lambda one: order.get(one.ident, len(order)))
    best = _best(shown, typed, lambda action: (said(action.text), action.text))
    return sorted((_action(actions, one) for one in best), key=lambda one: bool(one.why_not))


def _action(actions: Actions, action: Action) -> Found:
    return Found(
        "action",
        action.id,
        said(action.text),
        detail=said(dict(GROUPS)[action.group]),
        keys=written(actions.keys(action.id)),
        why_not=actions.why_not(action.id),
        run=partial(actions.run, action.id),
    )


def settings_found(fields: Iterable[Field], typed: str, run: Callable[[str], object]) -> list[Found]:
    """Return the settings that fit, the titles before the helps."""
    if not typed:
        return []
    known = list(fields)
    best = _best(known, typed, lambda one: (one.title,))
    best += [one for one in known if one not in best and one.found_by(typed)]
    return [
        Found("setting", one.path, one.title, detail=one.group_title, run=partial(run, one.path)) for one in best[:MOST]
    ]


def practice_found(rows: Sequence[PracticeRow], typed: str, why_not: str, run: Callable[[str], object]) -> list[Found]:
    """Return the practice calls that fit."""
    if not typed:
        return []
    return [
        Found("practice", row.name, row.title, why_not=why_not, run=partial(run, row.name))
        for row in _best(rows, typed, lambda row: (row.title, row.name))
    ]


def entries_found(hits: Sequence[Hit], run: Callable[[Hit], object]) -> list[Found]:
    """Return entries of the DB as rows, as they were ranked."""
    rows = []
    for hit in hits[:MOST]:
        article = hit.article
        ended = QCoreApplication.translate("Palette", "ended") if hit.ended else ""
        facts = (ended, article.district, article.department, article.phone)
        detail = " · ".join(fact for fact in facts if fact)
        rows.append(Found("entry", article.id, article.question, detail=detail, run=partial(run, hit)))
    return rows


def sessions_found(rows: Sequence[SessionRow], run: Callable[[str], object]) -> list[Found]:
    """Return saved calls as rows, the newest first."""
    return [
        Found(
            "session",
            row.id,
            row.inquiry or row.title or "–",
            detail=" · ".join(fact for fact in (full_day(row.started_at), row.category) if fact),
            run=partial(run, row.id),
        )
        for row in rows[:MOST]
    ]


def _best(rows: Iterable[T], typed: str, texts: Callable[[T], Sequence[str]]) -> list[T]:
    fits = [(max(fit(typed, text) for text in texts(row)), row) for row in rows]
    ranked = sorted((pair for pair in fits if pair[0]), key=lambda pair: -pair[0])
    return [row for _, row in ranked[:MOST]]
