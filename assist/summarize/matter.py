"""What was asked: the matter with its place and questions, then the circumstances, in at most two lines."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from assist.summarize import slots
from assist.summarize.clauses import stems
from assist.summarize.endings import is_complete, plain
from assist.summarize.fragments import LINE_LENGTH, Fragment
from assist.summarize.inquiries import Item
from assist.summarize.questions import asked
from assist.summarize.roles import Role, is_foul
from assist.summarize.statements import (
    INNER_END,
    POINTING,
    RAMBLES,
    RHETORIC,
    TOPIC,
    Gate,
    asked_again,
    dense,
    novel,
    statements_of,
    third_person,
)

_QUESTIONS: Final = 3
_CIRCUMSTANCES: Final = 3
_SERVICE: Final = re.compile(
    r"문자[를로]*\s?(?:좀\s)?(?:보내|남겨|넣어)|(?:번호|연락처)[^.?!]*(?:알려|보내|불러)|연결\s?(?:좀\s)?(?:해|시켜)|바꿔\s?(?:줘|주)|빨리|크게|천천히|확인 (?:좀\s)?해|다시 (?:한번|말)|전화[를]? (?:좀\s)?(?:주세요|줘|주실|해 주)|이 번호로|그렇게"
)
"""Requests to the counsellor about the call itself; they become actions, not inquiries."""
_SITE: Final = re.compile(r"(?:앞|옆|뒤|뒤쪽|근처|맞은편|건너편|입구|길|로|동|호|출구|건물|공사장|아파트|빌라|시장)$")


def inquiry_lines(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return up to two lines: where and what is asked, then the circumstances."""
    statements = statements_of(items, weights, holds)
    where = _where(items, statements, holds)
    known = set(stems(where.text)) if where else set()
    head = _openings(items, statements, weights, known)
    for part in head:
        known |= stems(part.text)
    used = sum(len(part.text) + 2 for part in (*head, *([where] if where else [])))
    asks = _chosen(
        _questions(items, weights, holds),
        known,
        LINE_LENGTH - used,
        topic=next((f for f in head if TOPIC.search(f.text)), None),
    )
    first = _matter(where, head, asks)
    if first is None and statements:
        first = max(statements, key=lambda f: f.score)
        known |= stems(first.text)
    second = _circumstances(items, statements, known, weights, holds)
    if first and second and len(second.text) < 14 and not is_complete(second.text):
        text = (
            f"{second.text}, {first.text}"
            if not where
            else first.text.replace(where.text, f"{where.text}, {second.text}", 1)
        )
        return [Fragment(text, tuple(sorted({*first.turns, *second.turns})), first.score)]
    return [line for line in (first, second) if line]


def _matter(where: Fragment | None, head: Sequence[Fragment], asks: Sequence[Fragment]) -> Fragment | None:
    """Put place, matter and questions into one line: sentences first, then what is asked, ending in 문의 or 요청."""
    told = [part for part in head if is_complete(part.text) and not part.text.endswith("문의")]
    told = [part for part in head if part in told or re.search(r"(?:서|고|려) 문의$", part.text)]
    topics = [part for part in head if part not in told]
    words = [re.sub(r"\s(?:관련\s)?문의$", "", part.text) for part in topics]
    wants = [part for part in asks if part.text.endswith("요청")]
    open_ = [re.sub(r"\s(?:관련\s)?문의$", "", part.text) for part in asks if part not in wants]
    said = [f"{', '.join(p.text for p in wants)}"] if wants else []
    if open_:
        said.append(f"{', '.join([*words, *open_])} 문의")
    elif words:
        said.append(", ".join(words) + ("" if re.search(r"(?:신고|신청|요청|민원)$", words[-1]) else " 문의"))
    sentences = [*(part.text for part in told), *said]
    if where:
        sentences = [f"{where.text}, {sentences[0]}", *sentences[1:]] if sentences else []
    if not sentences:
        return where
    every = (*([where] if where else []), *head, *asks)
    turns = tuple(sorted({turn for part in every for turn in part.turns}))
    return Fragment(". ".join(sentences), turns, 9.0)


def _chosen(questions: Sequence[Fragment], known: set[str], room: int, *, topic: Fragment | None) -> list[Fragment]:
    """Return the few questions that say most, in the order they were asked."""
    out: list[Fragment] = []
    named = topic.turns[-1] if topic else -1
    for question in questions:
        fresh = stems(question.text) - known
        bare = not stems(question.text)
        if len(question.text) + 2 > room or len(out) >= _QUESTIONS or (bare and out):
            continue
        if topic and (re.search(r"(?:관련|신고|신청|취소) 문의$", question.text) or not fresh):
            continue
        enough = 0.75 if question.turns[0] <= named else 0.5
        if bare or novel(question.text, known) >= enough or (not fresh and len(question.text) < 18 and not out):
            out.append(question)
            known |= stems(question.text)
            room -= len(question.text) + 2
    return sorted(out, key=lambda f: f.turns[-1])


def _where(items: Sequence[Item], statements: Sequence[Fragment], holds: Gate) -> Fragment | None:
    """Return the place, in the counsellor's wording where they said it back whole."""
    head = [f for f in (Fragment(s.text, s.turns, 9.0) for s in slots.places(items)) if holds(f)]
    if not head:
        return None
    whole = " ".join(f.text for f in head)
    said = [f for f in statements if len(f.text) <= 45 and not is_complete(f.text) and head[0].text in f.text]
    said = [
        f for f in said if (len(f.text) >= len(whole) and _SITE.search(f.text)) or all(h.text in f.text for h in head)
    ]
    if said:
        best = max(said, key=lambda f: len(f.text))
        return Fragment(re.sub(r"\s*(?:쪽|말씀)$", "", best.text), best.turns, 9.0)
    return Fragment(" ".join(f.text for f in head), tuple(t for f in head for t in f.turns), 9.0)


def _openings(
    items: Sequence[Item], statements: Sequence[Fragment], weights: Mapping[str, float], known: set[str]
) -> list[Fragment]:
    """Return what the matter is, at most two pieces: as the counsellor said it back, and as the caller began."""
    start = asked_again(items)
    caller = list(dict.fromkeys(clause.turn for clause, _ in items if not clause.is_agent and clause.turn > start))
    near = [f for f in statements if f.score >= 0.5 and f.turns[0] in caller[:3] and len(f.text) <= 60]
    near = [f for f in near if novel(f.text, known) >= 0.5 and not POINTING.match(f.text)]
    began = min((f.turns[0] for f in near), default=-1)
    telling = [f for f in near if f.turns[0] == began or any(weights.get(stem, 0.0) >= 0.5 for stem in stems(f.text))]
    near = telling or near
    said_back = sorted((f for f in near if len(f.turns) > 1), key=lambda f: -f.score - 2.0 * bool(TOPIC.search(f.text)))
    own = [f for f in near if len(f.turns) == 1 and is_complete(f.text)]
    out: list[Fragment] = []
    seen = set(known)
    central = {f.text for f in telling if any(weights.get(stem, 0.0) >= 0.5 for stem in stems(f.text))}
    talk: Counter[int] = Counter()
    for clause, _ in items:
        talk[clause.turn] += len(clause.text)
    if any(TOPIC.search(f.text) for f in said_back):
        own = [f for f in own if f.text in central or talk[f.turns[0]] < RAMBLES]
    own.sort(key=lambda f: (f.turns, f.text not in central))
    named = [f for f in said_back[:1] if TOPIC.search(f.text)]
    for fragment in (*named, *own[:1], *said_back[:1], *own[1:2]):
        if len(out) < 2 and novel(fragment.text, seen) >= 0.5 and not re.search(r"(?:앞|옆|뒤)임$", fragment.text):
            out.append(fragment)
            seen |= stems(fragment.text)
    return sorted(out, key=lambda f: f.turns)


def _circumstances(
    items: Sequence[Item],
    statements: Sequence[Fragment],
    known: set[str],
    weights: Mapping[str, float],
    holds: Gate,
) -> Fragment | None:
    """Return who and when and what, then at most three sentences, or None."""
    facts = [f for f in (Fragment(s.text, s.turns, 5.0) for s in slots.person(items)) if holds(f)][:3]
    facts = [f for f in facts if novel(f.text, known) > 0.0]
    for fragment in facts:
        known |= stems(fragment.text)
    room = LINE_LENGTH - sum(len(f.text) + 2 for f in facts)
    told: list[Fragment] = []
    for fragment in sorted(statements, key=lambda f: -f.score + max(0, len(f.text) - 40) / 60):
        whole = is_complete(fragment.text)
        group = told if whole else facts
        if len(group) >= _CIRCUMSTANCES + (0 if whole else 2) or len(fragment.text) + 2 > room:
            continue
        if any(fact.text[0].isdigit() and fact.text in fragment.text for fact in facts):
            continue
        digits = re.findall(r"\d+", fragment.text)
        heard = bool(digits) and all(any(digit in word for word in known) for digit in digits)
        if novel(fragment.text, known) >= (0.75 if heard else 0.6) and fragment.score >= 0.55:
            group.append(fragment)
            known |= stems(fragment.text)
            room -= len(fragment.text) + 2
    told.sort(key=lambda f: f.turns)
    sentences = ([", ".join(f.text for f in facts)] if facts else []) + [f.text for f in told]
    if not sentences:
        return None
    return Fragment(". ".join(sentences), tuple(sorted({turn for f in (*facts, *told) for turn in f.turns})), 5.0)


def _questions(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return the caller's questions and requests that can be understood alone, best first."""
    out: list[Fragment] = []
    count = 0
    for clause, role in items:
        if clause.is_agent or role is not Role.INQUIRY:
            continue
        if _SERVICE.search(clause.cleaned) or RHETORIC.search(clause.text) or is_foul(clause.text):
            continue
        said = clause.cleaned
        for inner in INNER_END.finditer(said):
            said = clause.cleaned[inner.end() :]
        pointing = bool(POINTING.match(said))
        said = re.sub(r"거 (?:그거|그걸|그게) ", "것 ", POINTING.sub("", said))
        text = re.sub(r"그것도 |(?<=서 )(?:이게|그게|그거|이거) ", "", asked(plain(third_person(said))))
        found = stems(text)
        score = dense(text, weights) + (0.4 if count < 2 else 0.0) + (1.0 if text.endswith("관련 문의") else 0.0)
        fragment = Fragment(text, (clause.turn,), score)
        short = 5 if re.search(r"신고|신청", text) else 10
        if not short <= len(text) <= 65 or (pointing and len(found) < 2) or not re.search(r"(?:문의|요청)$", text):
            continue
        if re.search(r"특이|여쭤|물어볼", text) or (not found and count >= 2) or not holds(fragment):
            continue
        count += 1
        if re.search(r"(?:신고|신청|단속|요청|방법)", clause.cleaned):
            fragment = Fragment(text, fragment.turns, fragment.score + 0.3)
        out.append(fragment)
    return sorted(out, key=lambda f: -f.score)
