"""Composing the record: choosing clauses, joining them to at most six lines, naming their evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Final

from assist.categories import classify, match
from assist.model import CATEGORIES, CallRecord, Draft, Turn
from assist.summarize import actions, answered, matter
from assist.summarize.clauses import Clause, clauses, stems
from assist.summarize.fragments import Fragment, pack
from assist.summarize.gate import unsupported
from assist.summarize.inquiries import Item, split
from assist.summarize.roles import Role, role_of
from assist.summarize.sources import ArticleLike, Source, by_part

LINES_A_RECORD: Final = 6
"""At most this many lines in a record, all fields together."""
_USED_VOTE: Final = 0.6
_SUGGESTED_VOTE: Final = 0.15
_HINT_VOTE: Final = 0.08
"""Of what the caller chose in the menus before the call: it decides where the words do not."""


_WHERE: Final = re.compile(
    r"[가-힣]+역\s?\d+번\s?출구|[가-힣]*(?:초등학교|중학교|고등학교|시장|공원|병원|주민센터|지하철역|버스\s?정류장)\s?(?:앞|뒤|옆|근처|건너편|맞은편|쪽|올라가는)"
)
"""A place named only to say where."""


def summarize(
    turns: Sequence[Turn],
    used: Sequence[Source] = (),
    *,
    suggested: Sequence[Source] = (),
    abusive: Collection[int] = (),
    hinted: Sequence[str] = (),
) -> Draft:
    """Draft the record of a call.

    Pure and quick (a few milliseconds for sixty turns), so the growing draft may call it after every turn.

    Args:
        turns: The call so far in order; ``index`` names a turn in the evidence.
        used: Entries the counsellor marked used: cited in the record of that inquiry, and voting for its category.
        suggested: Entries that were put up only: a weak vote for the category of that inquiry.
        abusive: Indexes of caller turns the protection rules marked; never quoted.
        hinted: Fields that the menus before the call point to: a hint for the first record where words decide little.

    Returns:
        A record per inquiry, at most six lines each, every line with its evidence. With nothing said that could
        be summarised one record without lines.
    """
    items = _with_roles(clauses(turns), abusive)
    by_index = {turn.index: turn for turn in turns}
    parts = split(items)
    cited, shown = by_part(parts, used), by_part(parts, suggested)
    records = tuple(
        _record(part, by_index, cited[number], shown[number], () if number else hinted)
        for number, part in enumerate(parts)
    )
    kept = tuple(record for record in records if record.inquiry or record.answer or record.action or record.follow_up)
    if not kept:
        category, _ = _category(items, list(chain.from_iterable(cited)), list(chain.from_iterable(shown)), hinted)
        kept = (CallRecord(category=category, evidence={"category": ()}),)
    return Draft(records=kept, summary=text_of(kept))


def text_of(records: Sequence[CallRecord]) -> str:
    """Return records as short plain text; what the desk copies."""
    blocks = []
    for number, record in enumerate(records, 1):
        lines = [f"{number}) 분류: {record.category}" if len(records) > 1 else f"분류: {record.category}"]
        for name, texts in (("문의", record.inquiry), ("답변", record.answer), ("처리", record.action)):
            lines += [f"{name}: {texts[0]}", *(f"  {text}" for text in texts[1:])] if texts else []
        if record.follow_up:
            lines.append(f"후속조치: {record.follow_up}")
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _with_roles(parts: Sequence[Clause], abusive: Collection[int]) -> tuple[Item, ...]:
    items: list[Item] = []
    other: dict[bool, Clause] = {}
    said: frozenset[str] = frozenset()
    turn = -1
    for clause in parts:
        role = role_of(clause, other.get(not clause.is_agent))
        if not clause.is_agent and clause.turn in abusive and role is not Role.INQUIRY:
            role = Role.ABUSE
        told = _speaks_to_caller(clause) or "말씀" in clause.text or _shares(clause, said)
        if role is Role.RESTATEMENT and not told:
            role = Role.ANSWER
        if not clause.is_agent and role is not Role.ABUSE:
            said = stems(clause.text) if clause.turn != turn else said | stems(clause.text)
            turn = clause.turn
        items.append((clause, role))
        other[clause.is_agent] = clause
    return tuple(items)


def _speaks_to_caller(clause: Clause) -> bool:
    return bool(re.search(r"(?:시|셨|신|실)[가-힣]{0,3}(?:\s?[거것][가-힣]*)?\W*$", clause.text))


def _shares(clause: Clause, said: frozenset[str]) -> bool:
    return bool(stems(clause.text) & said)


def _weights(items: Sequence[Item]) -> dict[str, float]:
    """Return how central a word is: in how many turns it was said, the counsellor's answers counting more."""
    seen: Counter[str] = Counter()
    told: set[str] = set()
    done: set[tuple[int, str]] = set()
    for clause, role in items:
        if role in (Role.GREETING, Role.CLOSING, Role.COURTESY, Role.ABUSE, Role.WARNING):
            continue
        for stem in stems(clause.text):
            if (clause.turn, stem) not in done:
                done.add((clause.turn, stem))
                seen[stem] += 2 if clause.is_agent else 1
                if clause.is_agent:
                    told.add(stem)
    return {stem: min(count, 6 if stem in told else 1) / 6.0 for stem, count in seen.items()}


def _record(
    items: Sequence[Item],
    turns: dict[int, Turn],
    used: Sequence[ArticleLike],
    suggested: Sequence[ArticleLike],
    hinted: Sequence[str],
) -> CallRecord:
    weights = _weights(items)

    def holds(fragment: Fragment) -> bool:
        return not unsupported(fragment.text, [turns[i] for i in fragment.turns if i in turns])

    follow = actions.follow_up(items)
    follow = follow if follow and holds(follow) else None
    done = [fragment for fragment in actions.actions(items) if holds(fragment)]
    asked = matter.inquiry_lines(items, weights, holds)
    room = LINES_A_RECORD - len(asked) - 1 - (1 if follow else 0)
    told = answered.answers(items, weights, holds)
    if not done:
        done, told = answered.referrals(told)
    answers = pack(told, room)
    handled = pack(done, 1)
    if not handled and answers:
        handled = [Fragment("문의 내용 안내함", answers[0].turns)]
    evidence: dict[str, tuple[int, ...]] = {}
    for name, lines in (("inquiry", asked), ("answer", answers), ("action", handled)):
        for i, line in enumerate(lines):
            evidence[f"{name}.{i}"] = line.turns
    if follow:
        evidence["follow_up"] = follow.turns
    category, voters = _category(items, used, suggested, hinted)
    evidence["category"] = voters
    texts = [line.text for line in answers]
    if used and texts:
        texts[-1] = _cited(texts[-1], used)
    return CallRecord(
        category=category,
        inquiry=tuple(line.text for line in asked),
        answer=tuple(texts),
        action=tuple(line.text for line in handled),
        follow_up=follow.text if follow else None,
        evidence=evidence,
    )


def _cited(line: str, used: Sequence[ArticleLike]) -> str:
    titles = [re.sub(r"\s+", " ", entry.question).strip()[:40] for entry in used[:2]]
    departments = [f"({entry.department})" if entry.department else "" for entry in used[:2]]
    named = [f"{title}{department}" for title, department in zip(titles, departments, strict=True)]
    return f"{line} [자료: {', '.join(named)}]"


def _said(items: Sequence[Item]) -> str:
    """Return the words of clauses; where something is says nothing of what it is about."""
    return _WHERE.sub(" ", " ".join(clause.text for clause, _ in items))


def _category(
    items: Sequence[Item], used: Sequence[ArticleLike], suggested: Sequence[ArticleLike], hinted: Sequence[str]
) -> tuple[str, tuple[int, ...]]:
    told = [(c, r) for c, r in items if r in (Role.INQUIRY, Role.CONTEXT, Role.RESTATEMENT)]
    answered = [(c, r) for c, r in items if r in (Role.ANSWER, Role.ACTION, Role.OFFER, Role.QUESTION)]
    votes = dict.fromkeys(CATEGORIES, 0.0)
    for entries, vote in ((used, _USED_VOTE), (suggested, _SUGGESTED_VOTE)):
        for entry in entries:
            if field := match(entry.category):
                votes[field] += vote / len(entries)
    for field in hinted:
        votes[field] += _HINT_VOTE / len(hinted)
    first = " ".join(c.text for c, _ in told[:4])
    first = _WHERE.sub(" ", first)
    texts = [(first, 1.0), (_said(told), 1.0), (_said(answered), 1.0)]
    category, share = classify(texts, votes)
    if share == 0.0:
        return category, ()
    return category, tuple(dict.fromkeys(c.turn for c, _ in (told[:3] or answered[:2])))
