"""What a report of a group shows leaves nobody over: no difference of its figures is about one to four people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.qa.withholding import FEWEST, Cell, Figure, shown

BELOW = {"whole": ["skill a", "skill b"], "skill a": ["item 1", "item 2", "item 3"], "skill b": ["item 4"]}
SKILL_OF = {item: skill for skill, items in BELOW.items() for item in items if skill != "whole"}
ITEMS = sorted(SKILL_OF)
TEAMS = ("1팀", "2팀", "3팀", "")


def figures(person: str, number: int, items: Collection[str], period: str = "p") -> list[Figure]:
    """Return what a rating of those items gives: every line above an item has a figure too."""
    lines = [*items, *{SKILL_OF[item] for item in items}, *(["whole"] if items else [])]
    return [Figure(line, period, f"r{number}", f"c{number}", person, 50.0) for line in lines]


def everybody(people: int, first: int = 0, items: Collection[str] = ITEMS) -> list[Figure]:
    return [one for number in range(first, first + people) for one in figures(f"A{number}", number, items)]


def lines(cells: Iterable[Cell]) -> set[str]:
    return {line for line, _ in cells}


def subsets(of: Collection[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(sorted(of), size) for size in range(len(of) + 1))


def too_few(left: Collection[Figure]) -> bool:
    return bool(left) and len({one.counsellor for one in left} - {""}) < FEWEST


KINDS = [
    ITEMS,
    ITEMS,
    ITEMS,
    ["item 1", "item 2", "item 4"],
    ["item 1", "item 2", "item 3"],
    ["item 4"],
    ["item 2"],
    [],
]
RATINGS = st.lists(
    st.tuples(st.integers(-1, 13), st.sampled_from("pppq"), st.sampled_from(KINDS)), min_size=12, max_size=40
)


@given(RATINGS, st.lists(st.sampled_from(TEAMS), min_size=14, max_size=14))
@settings(max_examples=150, deadline=None)
def test_no_combination_of_what_is_shown_leaves_one_to_four_people(
    ratings: list[tuple[int, str, list[str]]], team_of: list[str]
) -> None:
    made = [
        one
        for number, (who, period, items) in enumerate(ratings)
        for one in figures(f"A{who}" if who >= 0 else "", number, items, period)
    ]
    teams = {f"A{number}": team for number, team in enumerate(team_of) if team}
    told = {team: shown(made, BELOW, teams, team) for team in TEAMS}
    told["all"] = shown(made, BELOW)
    assert not told[""]

    def of(group: str, line: str, period: str) -> list[Figure]:
        return [
            one
            for one in made
            if (one.key, one.period) == (line, period) and group in ("all", teams.get(one.counsellor, ""))
        ]

    for line, period in told["all"]:
        open_teams = [team for team in TEAMS if (line, period) in told[team]]
        for some in subsets(open_teams):
            left = [one for one in of("all", line, period) if teams.get(one.counsellor, "") not in some]
            assert not too_few(left), (line, period, some)
    for group, cells in told.items():
        assert not any(too_few(of(group, *cell)) for cell in cells)
        for line, period in cells:
            has = {one.rating: set[str]() for one in of(group, line, period)}
            for below in BELOW.get(line, ()):
                for one in of(group, below, period):
                    has[one.rating].add(below)
            for some in subsets([below for below in BELOW.get(line, ()) if (below, period) in cells]):
                # The line less these, by their weights, is what the ratings have that are of other lines.
                left = [one for one in of(group, line, period) if has[one.rating] != set(some)]
                assert not too_few(left), (group, line, period, some)


def test_a_team_too_small_hides_the_next_smallest_and_the_others_stay() -> None:
    made = everybody(4 + 6 + 9)
    teams = {f"A{n}": "작은 팀" if n < 4 else "여섯" if n < 10 else "아홉" for n in range(19)}
    assert [len(shown(made, BELOW, teams, name)) for name in ("작은 팀", "여섯", "아홉")] == [0, 0, 7]
    assert len(shown(made, BELOW)) == 7
    assert len(shown(made, BELOW, {**teams, "A19": "없는 팀"}, "없는 팀")) == 0
    # Five of no team are enough to hide each other.
    apart = {code: team for code, team in teams.items() if team != "작은 팀"}
    assert len(shown([*made, *everybody(1, 19)], BELOW, apart, "여섯")) == 7


def test_an_item_that_did_not_apply_to_a_few_is_hidden_and_the_rest_is_shown() -> None:
    made = [*everybody(17), *everybody(3, 17, ["item 1", "item 2", "item 4"])]
    assert lines(shown(made, BELOW)) == {"whole", "skill a", "skill b", "item 1", "item 2", "item 4"}
    # It applied to a few alone: with both other items they would be told.
    made = [*everybody(3), *everybody(17, 3, ["item 1", "item 2", "item 4"])]
    assert lines(shown(made, BELOW)) == {"whole", "skill a", "skill b", "item 2", "item 4"}
    # Five or more on either side tell of nobody.
    made = [*everybody(6), *everybody(5, 6, ["item 1", "item 2", "item 4"])]
    assert lines(shown(made, BELOW)) == {*BELOW, *ITEMS}


def test_an_item_hidden_for_another_team_is_not_told_by_its_skill() -> None:
    made = [*everybody(4), *everybody(5, 4, ["item 1", "item 2", "item 4"]), *everybody(9, 9)]
    teams = {f"A{n}": "둘" if n < 9 else "하나" for n in range(18)}
    assert lines(shown(made, BELOW)) == {*BELOW, *ITEMS}
    assert "item 3" not in lines(shown(made, BELOW, teams, "둘"))  # of four people
    # All without this team would be those four; and its skill with the two other items would be the third.
    assert lines(shown(made, BELOW, teams, "하나")) == {"whole", "skill a", "skill b", "item 2", "item 4"}


def test_nothing_comes_of_nothing() -> None:
    assert shown([], BELOW) == shown([], BELOW, {}, "1팀") == frozenset()
