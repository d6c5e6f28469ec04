"""What changed between two looks at the DB."""

from __future__ import annotations

from dataclasses import replace

from kb.changes import compare, fingerprint, known
from kb.model import Article

OLD = (
    Article("1", "여권", "구청에서 신청합니다.", phone="02-120", updated="2026-11-01"),
    Article("2", "주차", "공단에 신청합니다.", updated="2026-11-01"),
    Article("3", "끝난 사업", "끝났습니다."),
)


def test_new_changed_and_removed_are_told_apart() -> None:
    now = (OLD[0], replace(OLD[1], phone="02-000-0000", updated="2026-11-20"), Article("4", "한파 쉼터", "엽니다."))
    found = compare(known(OLD), now)
    assert [one.id for one in found.new] == ["4"]
    assert [one.id for one in found.changed] == ["2"]
    assert found.removed == ("끝난 사업",)
    assert found.count == 3


def test_the_same_words_with_a_new_date_are_no_change() -> None:
    now = tuple(replace(one, updated="2026-12-01") for one in OLD)
    assert compare(known(OLD), now).count == 0
    assert fingerprint(OLD[0]) == fingerprint(now[0])


def test_fields_do_not_run_into_each_other() -> None:
    assert fingerprint(Article("1", "가", "나다")) != fingerprint(Article("1", "가나", "다"))
