"""Rubric files: the shipped one, a site's own, and each way one can be wrong."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from assist.errors import RatingRefused, RubricRefused
from assist.review.model import ItemScore, ObservationKind, Rating, Rubric
from assist.review.rubric_file import LARGEST_BYTES, check_rubric, load, load_folders, shipped_folder
from assist.review.totals import check, check_complete, totals, unmet

SMALL = """
id = "small"
version = 1
title = "작은 평가표"
[[skills]]
id = "s1"
title = "정확"
weight = 3
[[skills]]
id = "s2"
title = "친절"
weight = 1
[[items]]
id = "a"
skill = "s1"
title = "근거"
weight = 1
points = 2
[[items]]
id = "b"
skill = "s1"
title = "내용"
weight = 3
points = 4
needs = ["a"]
[[items]]
id = "c"
skill = "s2"
title = "인사"
weight = 1
points = 1
[[faults]]
id = "f1"
title = "노출"
[[faults]]
id = "f2"
title = "불친절"
zeroes = "s2"
"""


@pytest.fixture
def small(tmp_path: Path) -> Rubric:
    return load(written(tmp_path, SMALL))


def written(folder: Path, text: str, name: str = "site.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def rated(rubric: Rubric, faults: tuple[str, ...] = (), **points: int | None) -> Rating:
    scores = tuple(ItemScore(item, given) for item, given in points.items())
    return Rating("R", "call", "C1", "", rubric.id, rubric.version, "갑", "", scores=scores, faults=faults)


# -- the shipped one ------------------------------------------------------------------------------------------


def test_the_shipped_rubric_has_the_three_core_skills() -> None:
    shelf = load_folders([shipped_folder()])
    assert shelf.faults == ()
    (rubric,) = shelf.rubrics
    assert [skill.title for skill in rubric.skills] == ["신속", "정확", "친절"]
    assert {item.skill for item in rubric.items} == {skill.id for skill in rubric.skills}
    assert all(len(item.anchors) == item.points + 1 for item in rubric.items)
    assert {"개인정보 노출", "잘못된 안내 방치", "불친절 발언"} <= {fault.title for fault in rubric.faults}
    offered = {kind for item in rubric.items for kind in item.observations}
    assert offered == set(ObservationKind)


# -- a site's own ---------------------------------------------------------------------------------------------


def test_a_site_extends_the_shipped_rubric(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'id = "seoul"\nversion = 3\ntitle = "서울"\nextends = "core-skills"\ndrop = ["closing", "rude"]\n'
        '[[items]]\nid = "greeting"\nweight = 40\n'
        '[[items]]\nid = "patience"\nskill = "kindness"\ntitle = "기다림"\nweight = 5\npoints = 1\n'
        '[[faults]]\nid = "hung-up"\ntitle = "먼저 끊음"\nzeroes = "kindness"\n',
    )
    base = load_folders([shipped_folder()]).rubrics[0]
    rubric = load(file)
    before = {item.id: item for item in base.items}
    after = {item.id: item for item in rubric.items}
    assert (rubric.id, rubric.version, rubric.title) == ("seoul", 3, "서울")
    assert set(after) == set(before) - {"closing"} | {"patience"}
    assert after["greeting"].weight == 40
    assert after["greeting"].anchors == before["greeting"].anchors
    assert [fault.id for fault in rubric.faults] == ["privacy", "wrong-left", "hung-up"]


def test_a_sites_rubric_takes_the_place_of_the_programs_with_its_id(tmp_path: Path) -> None:
    written(tmp_path, SMALL.replace('"small"', '"core-skills"'))
    shelf = load_folders([tmp_path, shipped_folder()])
    assert [rubric.title for rubric in shelf.rubrics] == ["작은 평가표"]
    assert shelf.faults == ()


def test_a_broken_rubric_of_the_site_leaves_the_programs_in_its_place(tmp_path: Path) -> None:
    written(tmp_path, SMALL.replace('"small"', '"core-skills"').replace("weight = 3", "weight = 0"))
    shelf = load_folders([tmp_path, shipped_folder()])
    assert [len(rubric.skills) for rubric in shelf.rubrics] == [3]
    assert [fault.code for fault in shelf.faults] == ["rubric.weight_not_positive"]


def test_a_broken_file_leaves_the_others_alone(tmp_path: Path) -> None:
    written(tmp_path, SMALL, "a.toml")
    written(tmp_path, SMALL.replace('"small"', '"zero"').replace("weight = 3", "weight = 0"), "b.toml")
    written(tmp_path, SMALL, "c.toml")
    shelf = load_folders([tmp_path, shipped_folder()])
    assert [rubric.id for rubric in shelf.rubrics] == ["small", "core-skills"]
    assert {fault.code for fault in shelf.faults} == {"rubric.weight_not_positive", "rubric.twice"}


def test_a_missing_folder_is_no_rubrics(tmp_path: Path) -> None:
    assert load_folders([tmp_path / "none"]).rubrics == ()


def test_text_is_composed_and_a_windows_file_is_read(tmp_path: Path) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", SMALL).replace("\n", "\r\n")
    file = tmp_path / "site.toml"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(file).title == "작은 평가표"


# -- bad files ------------------------------------------------------------------------------------------------

BAD = {
    "rubric.weight_not_positive": [("weight = 3\npoints = 4", "weight = 0\npoints = 4"), ("weight = 1", "weight = -2")],
    "rubric.weight_too_large": [("weight = 1\npoints = 2", "weight = 1e9\npoints = 2")],
    "rubric.needs_circle": [
        ("points = 2", 'points = 2\nneeds = ["b"]'),
        ("points = 2", 'points = 2\nneeds = ["a"]'),
    ],
    "rubric.unknown_id": [
        ('needs = ["a"]', 'needs = ["nobody"]'),
        ('zeroes = "s2"', 'zeroes = "s9"'),
        ('skill = "s2"', 'skill = "s9"'),
        ("points = 1", 'points = 1\nobservations = ["mood"]'),
    ],
    "rubric.id_twice": [('id = "f2"', 'id = "a"'), ('id = "b"', 'id = "a"')],
    "rubric.bad_id": [('id = "a"', 'id = "근거"'), ('id = "a"', 'id = ""'), ('id = "small"', "id = 7")],
    "rubric.field": [
        ('title = "근거"', 'title = " "'),
        ('title = "근거"', "title = 1"),
        ("weight = 1\npoints = 1", "points = 1"),
        ("weight = 1\npoints = 1", "weight = nan\npoints = 1"),
        ("weight = 1\npoints = 1", "weight = true\npoints = 1"),
        ('needs = ["a"]', 'needs = "a"'),
    ],
    "rubric.number": [("points = 2", "points = 0"), ("points = 2", "points = 1.5"), ("version = 1", "version = 0")],
    "rubric.anchors": [("points = 2", 'points = 2\nanchors = ["없음", "있음"]')],
    "rubric.unknown_key": [("points = 2", "points = 2\nwieght = 1"), ("version = 1", 'version = 1\nauthor = "갑"')],
    "rubric.skill_empty": [('skill = "s2"', 'skill = "s1"')],
    "rubric.not_toml": [("[[skills]]", "[[skills"), ("version = 1", "version = = 1")],
    "rubric.extends_unknown": [("version = 1", 'version = 1\nextends = "nobody"')],
    "rubric.extends_circle": [("version = 1", 'version = 1\nextends = "small"')],
}


@pytest.mark.parametrize(("code", "old", "new"), [(code, *change) for code, pairs in BAD.items() for change in pairs])
def test_a_bad_rubric_is_one_clear_sentence(tmp_path: Path, code: str, old: str, new: str) -> None:
    assert old in SMALL
    with pytest.raises(RubricRefused) as refused:
        load(written(tmp_path, SMALL.replace(old, new, 1)))
    assert refused.value.code == code
    assert "site.toml" in str(refused.value)


def test_rubrics_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    written(tmp_path, SMALL.replace("version = 1", 'version = 1\nextends = "two"'), "one.toml")
    two = SMALL.replace("version = 1", 'version = 1\nextends = "small"').replace('"small"', '"two"', 1)
    file = written(tmp_path, two, "two.toml")
    with pytest.raises(RubricRefused) as refused:
        load(file)
    assert refused.value.code == "rubric.extends_circle"
    assert "two → small → two" in str(refused.value)


def test_a_long_row_of_rubrics_that_extend_each_other_is_refused(tmp_path: Path) -> None:
    names = [f"r{number}" for number in range(1200)]
    for name, base in pairwise(names):
        written(tmp_path, f'id = "{name}"\nversion = 1\ntitle = "가"\nextends = "{base}"\n', f"{name}.toml")
    last = written(tmp_path, SMALL.replace('"small"', f'"{names[-1]}"', 1), "last.toml")
    with pytest.raises(RubricRefused) as refused:
        load(tmp_path / "r0.toml")
    assert (refused.value.code, load(last).id) == ("rubric.too_many", names[-1])


def test_dropping_what_is_not_there_is_refused(tmp_path: Path) -> None:
    text = 'id = "x"\nversion = 1\ntitle = "가"\nextends = "core-skills"\ndrop = ["gretting"]\n'
    with pytest.raises(RubricRefused) as refused:
        load(written(tmp_path, text))
    assert refused.value.code == "rubric.unknown_id"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"#" * (LARGEST_BYTES + 1), "rubric.too_large"),
        (b"\xff\xfe\x00", "rubric.not_toml"),
        (b"a=" + b"[" * 5000 + b"]" * 5000, "rubric.not_toml"),
        (b'id = "x"\nversion = 1\ntitle = "a"\n', "rubric.nothing"),
        (b'id = "x"\nskills = 1\n', "rubric.field"),
    ],
)
def test_what_is_no_rubric_at_all_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    with pytest.raises(RubricRefused) as refused:
        load(file)
    assert refused.value.code == code


def test_too_many_items_are_refused(tmp_path: Path) -> None:
    more = "".join(
        f'[[items]]\nid = "n{number}"\nskill = "s1"\ntitle = "가"\nweight = 1\npoints = 1\n' for number in range(300)
    )
    with pytest.raises(RubricRefused) as refused:
        load(written(tmp_path, SMALL + more))
    assert refused.value.code == "rubric.too_many"


def test_a_long_chain_of_needs_is_no_circle(tmp_path: Path) -> None:
    lines = [SMALL]
    for number in range(190):
        before = f"n{number - 1}" if number else "b"
        lines.append(
            f'[[items]]\nid = "n{number}"\nskill = "s1"\ntitle = "가"\nweight = 1\npoints = 1\nneeds = ["{before}"]\n'
        )
    assert len(load(written(tmp_path, "".join(lines))).items) == 193


def test_a_rubric_that_came_in_a_letter_is_checked_as_a_file_is(small: Rubric) -> None:
    from dataclasses import replace

    assert check_rubric(small) == small
    with pytest.raises(RubricRefused):
        check_rubric(replace(small, skills=()))


# -- totals ---------------------------------------------------------------------------------------------------


def test_a_total_weighs_items_in_skills_and_skills_in_the_whole(small: Rubric) -> None:
    total = totals(small, rated(small, a=2, b=2, c=0))
    # s1: (1·1 + 3·0.5) / 4 = 62.5; s2: 0; whole: (3·62.5 + 1·0) / 4.
    assert total.skills == (("s1", 62.5), ("s2", 0.0))
    assert total.whole == pytest.approx(46.875)
    assert total.open_items == ()


def test_what_does_not_apply_weighs_nothing(small: Rubric) -> None:
    total = totals(small, rated(small, a=1, b=None, c=None))
    assert total.skills == (("s1", 50.0), ("s2", None))
    assert total.whole == 50.0
    assert total.open_items == ()


def test_a_draft_tells_what_is_open(small: Rubric) -> None:
    total = totals(small, rated(small, c=1))
    assert total == totals(small, rated(small, c=1))
    assert (total.whole, total.open_items) == (100.0, ("a", "b"))
    nothing = totals(small, rated(small))
    assert (nothing.whole, nothing.open_items) == (None, ("a", "b", "c"))


def test_a_critical_fault_empties_its_skill_or_the_whole(small: Rubric) -> None:
    skill = totals(small, rated(small, ("f2",), a=2, b=4, c=1))
    assert skill.skills == (("s1", 100.0), ("s2", 0.0))
    assert skill.whole == 75.0
    whole = totals(small, rated(small, ("f1",), a=2, b=4, c=1))
    assert whole.whole == 0.0
    assert whole.skills == (("s1", 100.0), ("s2", 100.0))


def test_an_item_whose_need_got_nothing_may_not_have_points(small: Rubric) -> None:
    assert unmet(small, rated(small, a=0, b=3, c=1)) == (("b", "a"),)
    assert unmet(small, rated(small, b=3)) == (("b", "a"),)
    assert unmet(small, rated(small, a=0, b=0, c=1)) == ()
    assert unmet(small, rated(small, a=None, b=3, c=1)) == ()
    with pytest.raises(RatingRefused, match="내용") as refused:
        check_complete(small, rated(small, a=0, b=3, c=1))
    assert refused.value.code == "rubric.rating_needs"


def test_a_rating_may_only_say_what_its_rubric_knows(small: Rubric) -> None:
    from dataclasses import replace

    with_fault = rated(small, ("f1",), a=2, b=4, c=1)
    check_complete(small, replace(with_fault, grounds=(ItemScore("f1", None, note="들림"),)))
    with pytest.raises(RatingRefused) as refused:
        check_complete(small, with_fault)
    assert refused.value.code == "rubric.rating_groundless"
    bad = {
        "rubric.rating_unknown_item": rated(small, nobody=1),
        "rubric.rating_points": rated(small, a=3),
        "rubric.rating_unknown_fault": rated(small, ("f9",)),
        "rubric.rating_other_rubric": replace(rated(small), rubric_version=2),
    }
    for code, rating in bad.items():
        with pytest.raises(RatingRefused) as refused:
            check(small, rating)
        assert refused.value.code == code
    twice = replace(rated(small), scores=(ItemScore("a", 1), ItemScore("a", 2)))
    with pytest.raises(RatingRefused):
        check(small, twice)
    with pytest.raises(RatingRefused) as refused:
        check_complete(small, rated(small, a=1, b=1))
    assert refused.value.code == "rubric.rating_open"
