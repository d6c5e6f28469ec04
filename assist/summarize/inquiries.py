"""Telling a second inquiry from a rambling first one."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assist.categories import scores
from assist.summarize.clauses import Clause, stems
from assist.summarize.roles import Role

Item = tuple[Clause, Role]

_STRONG: Final = re.compile(
    r"하나 ?더|하나만 ?더|한 ?가지 ?(?:만 )?더|또 (?:하나|한 가지|여쭤|물어|궁금|다른)|다른 (?:(?:거|것|건|게)(?!예요|에요|야|인가|인지|가요|지요|죠|입|네|같|도\s?(?:있|해야|내야|챙|준비|필요|가져|되))|문의|질문|얘기|이야기)|(?:그거|이거|그것|이것) 말고|별개로|추가로 (?:하나|문의|여쭤|물어)"
    r"|(?:전화|여쭤보|물어보|말|말씀|통화)[가-힣]* ?김에|그리고 또|두 번째|이번엔|이건 다른"
)
_WEAK: Final = re.compile(r"^(?:(?:네|아|예|어|알겠어요|알겠습니다)[\s,.]*)*(?:참|아 ?참|맞다|아 ?맞다|그리고요?)[\s,]")


def split(items: Sequence[Item]) -> tuple[tuple[Item, ...], ...]:
    """Cut a call's clauses into one part an inquiry, in order.

    A new inquiry needs a cue (하나 더, 다른 거, 아 그리고) and other words than before in what follows; a
    rambling caller who comes back to the same thing stays one inquiry.
    """
    cuts: list[int] = []
    start = 0
    for i, (clause, role) in enumerate(items):
        if clause.is_agent or role in (Role.ABUSE, Role.IDENTIFICATION):
            continue
        strong, weak = bool(_STRONG.search(clause.text)), bool(_WEAK.match(clause.text))
        if weak and not strong and not _opens_turn(items, i):
            continue
        if not (strong or weak) or not _answered(items[start:i]) or not _goes_on(items[i:]):
            continue
        if _shift(items[start:i], items[i:], strong=strong):
            cuts.append(i)
            start = i
    bounds = [0, *cuts, len(items)]
    return tuple(tuple(items[a:b]) for a, b in pairwise(bounds))


def _opens_turn(items: Sequence[Item], i: int) -> bool:
    same = [role for clause, role in items[:i] if clause.turn == items[i][0].turn]
    return all(role is Role.COURTESY for role in same)


def _answered(before: Sequence[Item]) -> bool:
    return any(role in (Role.ANSWER, Role.ACTION, Role.COMMITMENT) for _, role in before)


def _goes_on(after: Sequence[Item]) -> bool:
    return any(role in (Role.ANSWER, Role.ACTION, Role.COMMITMENT) for _, role in after)


def _shift(before: Sequence[Item], after: Sequence[Item], *, strong: bool) -> bool:
    known = {stem for clause, _ in before for stem in stems(clause.text)}
    ahead = [clause for clause, role in after if role not in (Role.COURTESY, Role.CLOSING)]
    first = ahead[0].turn if ahead else 0
    near = [clause for clause in ahead if clause.turn <= first + 4]
    asked = {stem for clause in near if not clause.is_agent for stem in stems(clause.cleaned)}
    fresh = {stem for clause in near for stem in stems(clause.cleaned)}
    if len(asked) < 2 or not fresh:
        return False
    share = len(fresh - known) / len(fresh)
    asked_share = len(asked - known) / len(asked)
    if strong:
        return share >= 0.35 and asked_share >= 0.4
    return share >= 0.8 and asked_share >= 0.8 and _other_field(before, near)


def _other_field(before: Sequence[Item], near: Sequence[Clause]) -> bool:
    old, new = scores(" ".join(c.text for c, _ in before)), scores(" ".join(c.text for c in near))
    best_new = max(new, key=lambda field: new[field])
    return new[best_new] >= 3.0 and best_new != max(old, key=lambda field: old[field])
