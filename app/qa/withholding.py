"""Which figures of a group are shown: none rests on fewer than five people, nor does what the others leave over. Pure.

A cell is a line (the whole, a skill, an item) in a period. Two ways lead from shown cells to what is hidden, and
complementary suppression (A. Hundepool et al., Statistical Disclosure Control, Wiley 2012) closes each by hiding the
cell of the fewest people beside it:

- A line is worked out of those below it. Where an item did not apply in a few ratings, the line less the items leaves
  over what those few have.
- The teams add up to all. All without the teams that are shown are the teams that are not.

Held for the days of one report; reports of other days are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

FEWEST: Final = 5
"""People below which nothing is told of a group."""
ALL: Final = "all"
_NO_TEAM: Final = ("team", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one rating."""

    key: str
    """Its line."""
    period: str
    rating: str
    call: str
    counsellor: str
    value: float
    """0 to 100."""


Cell = tuple[str, str]
"""Line and period."""
Group = tuple[str, str]
"""All, or a team by its name; those of no team are a group too, which is never shown."""


@dataclass(slots=True)
class _Of:
    """The cells of one group."""

    cells: defaultdict[Cell, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """The counsellor of each rating with a value."""
    shown: set[Cell] = field(default_factory=set)


def shown(
    figures: Iterable[Figure],
    below: Mapping[str, Sequence[str]],
    teams: Mapping[str, str] | None = None,
    team: str = "",
) -> frozenset[Cell]:
    """Return the cells that are shown of all, or of a team.

    Args:
        figures: Of everybody.
        below: The lines that a line is worked out of.
        teams: Team of each counsellor; None: it is about all.
        team: Which of them it is about.
    """
    groups: defaultdict[Group, _Of] = defaultdict(_Of)
    for one in figures:
        for name in [(ALL, ""), *([("team", teams.get(one.counsellor, ""))] if teams is not None else [])]:
            groups[name].cells[one.key, one.period][one.rating] = one.counsellor
    for name, group in groups.items():
        if name != _NO_TEAM:
            group.shown = {cell for cell, ratings in group.cells.items() if _people(ratings) >= FEWEST}
    while _withhold(groups, below):
        pass
    wanted: Group = (ALL, "") if teams is None else ("team", team)
    return frozenset(groups[wanted].shown) if wanted in groups else frozenset()


def _withhold(groups: Mapping[Group, _Of], below: Mapping[str, Sequence[str]]) -> bool:
    """Hide what has to be hidden as things stand; returns whether there was any."""
    hidden = False
    for group in groups.values():
        periods = sorted({period for _, period in group.cells})
        for line, lines in below.items():
            for period in periods:
                for cell in _within(group, (line, period), [(one, period) for one in lines]):
                    hidden |= cell in group.shown
                    group.shown.discard(cell)
    everybody = groups.get((ALL, ""))
    for cell in sorted(everybody.shown) if everybody is not None else ():
        parts = [group for name, group in sorted(groups.items()) if name[0] == "team" and cell in group.cells]
        left = {ident: who for part in parts if cell not in part.shown for ident, who in part.cells[cell].items()}
        open_ones = [part for part in parts if cell in part.shown]
        if _is_few(left) and open_ones:
            min(open_ones, key=lambda part: _people(part.cells[cell])).shown.discard(cell)
            hidden = True
    return hidden


def _within(group: _Of, whole: Cell, parts: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the cells to hide so that a line, those below it and what one leaves of the others tell of nobody."""
    owners = group.cells.get(whole)
    if not owners:
        return
    kinds: defaultdict[frozenset[Cell], dict[str, str]] = defaultdict(dict)
    for rating, who in owners.items():
        kinds[frozenset(part for part in parts if rating in group.cells.get(part, {}))][rating] = who
    for kind in sorted(kinds, key=sorted):
        others = {ident: who for one in kinds if one != kind for ident, who in kinds[one].items()}
        open_ones = sorted(kind & group.shown, key=lambda part: (_people(group.cells[part]), part))
        hidden = len(kind) - len(open_ones)
        if not kind:
            continue
        if whole in group.shown:  # less the open ones it tells what the others have, or the one that is hidden
            tells = (not hidden and _is_few(others)) or (hidden == 1 and not others)
        else:  # the open ones tell it
            tells = not hidden and (not others or _is_few(others))
        if tells:
            yield open_ones[0] if open_ones else whole


def _people(ratings: Mapping[str, str]) -> int:
    return len(set(ratings.values()) - {""})


def _is_few(ratings: Mapping[str, str]) -> bool:
    """Whether it is somebody, but too few; who has no code is somebody who cannot be counted."""
    return bool(ratings) and _people(ratings) < FEWEST
