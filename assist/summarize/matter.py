"""What was asked and what was answered, as fragments."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from assist.summarize import slots
from assist.summarize.clauses import Clause, clean, stems
from assist.summarize.endings import asked, nominal, plain, written
from assist.summarize.fragments import LINE_LENGTH, Fragment
from assist.summarize.inquiries import Item
from assist.summarize.roles import Role, is_foul

Gate = Callable[[Fragment], bool]

_TIME: Final = re.compile(
    r"\d+(?:년|월|일|시|주|개월)|어제|그제|그저께|지난주|지난달|작년|올해|아까|오늘|[월화수목금토일]요일|새벽|한 달|이틀|사흘|일주일|며칠|부터"
)
_WEIGHTY: Final = re.compile(
    r"제외|대상|의무|가능|불가|수 없|어렵|어려움|경우|이내|까지|이상|이하|신고|신청|접수|센터|협회|공단|부서|사업소|홈페이지|무료|지급|보상|배상|벌칙|과태료|규정|기준|없음|있음|반드시|해야|필요|서류|방문|번호|절차|원칙|가능성|자격|소득|기한|기간|수수료|[가-힣]{2}법|의무|\d"
)
_SERVICE: Final = re.compile(
    r"문자[를로]*\s?(?:좀\s)?(?:보내|남겨|넣어)|(?:번호|연락처)[^.?!]*(?:알려|보내|불러)|연결\s?(?:좀\s)?(?:해|시켜)|바꿔\s?(?:줘|주)|빨리|크게|천천히|다시 (?:한번|말)|전화[를]? (?:좀\s)?(?:주세요|줘|주실|해 주)|이 번호로|그렇게"
)
"""Requests to the counsellor about the call itself; they become actions, not inquiries."""
_VAGUE: Final = re.compile(
    r"^(?:.*줄 아|그랬|그램|그런|볼게|할게|그건|그거|이거|그게|이게|거기|그렇게|그런|맞음|그렇음|아님|알겠|그러|네|됨|임|함|있음|없음)+[^가-힣]*$"
)
_EXCLUDES: Final = re.compile(r"제외|대상이 (?:아|되지)|해당(?:되지|하지) 않|안 됨|불가|수 없|가능성|수도 있|받지 않")
"""What does not apply, and what may be: never to be left out lightly."""
_JUNK: Final = re.compile(
    r"^(?:왜\s|몇 번|지금 몇|그런 (?:거|건|말)|아까\s|여쭤|물어볼|궁금한)|아가씨|이름이 뭐|(?:되지|했더라|하면은?|라면|이고|하고|는데|구나|[가-힣]지|까|야|더라|려나|다면|니까|[가-힣]면|[을를의]|\d년)$"
)
"""Statements that say nothing on their own."""
_PREDICATE: Final = re.compile(r"[함됨음임남옴감김짐침림줌]$|주택|아파트")
_RESTATED: Final = (
    (re.compile(r"(?:으)?신 (?:거|것|건)(?:군요|네요|죠|이군요|고요|이고요|이죠|인가요)?$"), True),
    (re.compile(r"(?:으)?신다(?:는|고 하는)? ?(?:말씀)?(?:이시죠|이시군요|이신가요|이군요|이시고요|고요|이죠|이네요)$"), True),
    (re.compile(r"(?:으)?셨(?:군요|네요|고요|죠|다고요|다는 거군요|다는 말씀이시(?:죠|군요|고요))$"), True),
    (re.compile(r"(?:으)?시(?:는|던) (?:거|것|중)(?:군요|네요|죠|이군요|이시군요|이고요|고요|이시네요)$"), True),
    (re.compile(r"(?:는|은|인|한|된|던) (?:거|것)(?:군요|네요|죠|이군요|고요|이네요)$"), True),
    (re.compile(r"(?:이라는|라는|이란|란|에 대한|에 대해서?|때문에 전화하신)? ?(?:말씀)?(?:이시(?:군요|네요|고요|죠|지요|구요)|이신가요|시(?:군요|네요|고요|죠|구요)|이군요|이요|이고요|이네요|이죠|맞으시죠)$"), False),
)  # fmt: skip


def restated(clause: Clause) -> str:
    """Return the matter a counsellor said back: 꺼진 보도블록에 걸려 넘어지신 거군요 to … 걸려 넘어짐."""
    text = clean(clause.text.rstrip(" .?!"))
    if found := re.search(r"([다라])는 ?(?:말씀|거|것)?(?:이시)?(?:군요|죠|고요|네요)$", text):
        return plain(f"{text[: found.start()]}{found[1]}고 함")
    text = re.sub(r"\s?말씀(?=이시|이군)", "", text)
    for pattern, verbal in _RESTATED:
        found = pattern.search(text)
        if found:
            stem = text[: found.start()]
            return plain(nominal(stem) if verbal else stem).strip(" ,")
    return written(plain(text))


def _dense(text: str, weights: Mapping[str, float]) -> float:
    found = stems(text)
    if not found:
        return 0.0
    total = sum(weights.get(stem, 0.25) for stem in found)
    return float(total / (len(found) ** 0.5 + 0.5))


def _novel(text: str, known: set[str]) -> float:
    found = stems(text)
    return len(found - known) / len(found) if found else 0.0


def inquiry_lines(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[list[Fragment]]:
    """Return up to two lines of fragments: where and what is asked, then the circumstances."""
    statements, questions = _statements(items, weights, holds), _questions(items, weights, holds)
    where = _where(items, statements, holds)
    known = set(stems(where.text)) if where else set()
    room = LINE_LENGTH - (len(where.text) + 2 if where else 0)
    chosen: list[Fragment] = []
    for opening in _openings(items, statements, weights):
        length = sum(len(f.text) + 2 for f in chosen)
        if len(opening.text) + 2 <= min(room, 80 - length) and _novel(opening.text, known) > 0.45:
            chosen.append(opening)
            known |= stems(opening.text)
            room -= len(opening.text) + 2
    for question in questions:
        if len(question.text) <= room and (
            _novel(question.text, known) > 0.45
            or (not stems(question.text) - known and len(question.text) < 18 and len(chosen) < 3)
        ):
            chosen.append(question)
            known |= stems(question.text)
            room -= len(question.text) + 2
    if not chosen and statements:
        best = max(statements, key=lambda f: f.score)
        chosen.append(best)
        known |= stems(best.text)
    chosen.sort(key=lambda f: (f.text.endswith(("문의", "요청")), f.turns[-1]))
    if chosen and not chosen[-1].text.endswith(("문의", "요청", "희망", "싶음")):
        last = chosen[-1]
        ending = last.text if re.search(r"신고$|신청$", last.text) else f"{last.text} 관련 문의"
        chosen[-1] = Fragment(ending, last.turns, last.score)
    first = ([where] if where else []) + _merged(chosen)
    second = _circumstances(items, statements, known, holds)
    return [line for line in (first, second) if line]


def _where(items: Sequence[Item], statements: Sequence[Fragment], holds: Gate) -> Fragment | None:
    """Return the place, in the counsellor's wording where they said it back whole."""
    head = [f for f in (Fragment(s.text, s.turns, 9.0) for s in slots.places(items)) if holds(f)]
    if not head:
        return None
    for statement in statements:
        text = re.sub(r"\s*(?:쪽|말씀)$", "", statement.text)
        if (
            len(text) <= 40
            and len(head) > 1
            and all(f.text in text for f in head)
            and not text.endswith(("함", "음", "임"))
        ):
            return Fragment(text, statement.turns, 9.0)
    return Fragment(" ".join(f.text for f in head), tuple(t for f in head for t in f.turns), 9.0)


def _asked_again(items: Sequence[Item]) -> int:
    """Return the turn where the counsellor last asked what the call is about; what came before was not it."""
    again = re.compile(r"무엇을 도와|어떤 일로|무슨 일(?:이|로)|어떤 (?:문의|내용)|무엇 때문에")
    return max((clause.turn for clause, _ in items if clause.is_agent and again.search(clause.text)), default=-1)


def _openings(items: Sequence[Item], statements: Sequence[Fragment], weights: Mapping[str, float]) -> list[Fragment]:
    """Return what the caller's matter is: the telling statements of the first caller turn that has any."""
    start = _asked_again(items)
    caller = list(dict.fromkeys(clause.turn for clause, _ in items if not clause.is_agent and clause.turn > start))
    near = [f for f in statements if f.score >= 0.5 and f.turns[0] in caller[:3] and len(f.text) <= 60]
    telling = [f for f in near if any(weights.get(stem, 0.0) >= 0.5 for stem in stems(f.text))]
    near = telling or near
    own = [f for f in near if len(f.turns) == 1]
    said_back = [f for f in near if len(f.turns) > 1 and (not own or f.turns[0] <= min(o.turns[0] for o in own))]
    first = [f for f in own if f.turns == own[0].turns][:2]
    return first + sorted(said_back, key=lambda f: f.turns)[:1]


def _merged(parts: list[Fragment]) -> list[Fragment]:
    """Say 문의 once at the end of several questions."""
    out: list[Fragment] = []
    for i, part in enumerate(parts):
        more = any(other.text.endswith(" 문의") for other in parts[i + 1 :])
        text = part.text[: -len(" 문의")] if more and part.text.endswith("지 문의") else part.text
        out.append(Fragment(text, part.turns, part.score))
    return out


def _early(items: Sequence[Item]) -> int:
    turns = [clause.turn for clause, role in items if role is Role.ANSWER]
    return turns[0] if turns else items[-1][0].turn if items else 0


def _circumstances(
    items: Sequence[Item], statements: Sequence[Fragment], known: set[str], holds: Gate
) -> list[Fragment]:
    out = [f for f in (Fragment(s.text, s.turns, 5.0) for s in slots.person(items)) if holds(f)]
    out = out[:3]
    for fragment in out:
        known |= stems(fragment.text)
    room = LINE_LENGTH - sum(len(f.text) + 2 for f in out)
    picked: list[Fragment] = []
    for fragment in sorted(statements, key=lambda f: -f.score + max(0, len(f.text) - 40) / 60):
        if len(fragment.text) + 2 <= room and _novel(fragment.text, known) > 0.5 and fragment.score >= 0.4:
            picked.append(fragment)
            known |= stems(fragment.text)
            room -= len(fragment.text) + 2
    return out + sorted(picked, key=lambda f: f.turns[0])


def _questions(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return the caller's questions and requests, best first."""
    out: list[Fragment] = []
    count = 0
    for clause, role in items:
        if clause.is_agent or role is not Role.INQUIRY:
            continue
        if _SERVICE.search(clause.cleaned):
            continue
        text = asked(clause.cleaned)
        dense = _dense(text, weights)
        fragment = Fragment(text, (clause.turn,), dense + (0.4 if count < 2 else 0.0))
        count += 1
        if count > 2 and dense < 0.3 and len(text) > 25:
            continue
        telling = len(stems(text)) >= 1 or count <= 2
        if (
            telling
            and len(text) >= (5 if "신고" in text or "신청" in text else 8)
            and len(text) <= 65
            and not is_foul(text)
            and holds(fragment)
        ):
            if re.search(r"(?:신고|신청|단속|요청|문의|방법)", clause.cleaned):
                fragment = Fragment(text, fragment.turns, fragment.score + 0.3)
            out.append(fragment)
    return sorted(out, key=lambda f: -f.score)


def _statements(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return circumstances: said back by the counsellor, or told by the caller."""
    out: list[Fragment] = []
    last_caller = -1
    early, start = _early(items), _asked_again(items)
    warned = next((clause.turn for clause, role in items if role is Role.WARNING), None)
    for clause, role in items:
        if clause.is_agent and role is Role.RESTATEMENT:
            text = restated(clause)
            turns = (last_caller, clause.turn) if last_caller >= 0 else (clause.turn,)
            bonus = 0.5
        elif not clause.is_agent and role is Role.CONTEXT:
            text, turns, bonus = written(clause.cleaned), (clause.turn,), 0.0
        else:
            if not clause.is_agent:
                last_caller = clause.turn
            continue
        if not clause.is_agent:
            last_caller = clause.turn
        fragment = Fragment(text, turns)
        if (
            re.search(r"(?:을게|할게|볼게|줄게|갈게)요?$|야지$", clause.text)
            or len(text) < 4
            or len(text) > 85
            or (len(stems(text)) < 2 and not _PREDICATE.search(text))
            or _JUNK.search(text)
            or _VAGUE.match(text)
            or is_foul(text)
            or not holds(fragment)
        ):
            continue
        score = _dense(text, weights) + bonus + (0.45 if _TIME.search(text) or re.search(r"\d", text) else 0.0)
        score += 0.25 if clause.turn <= early else 0.0
        if clause.turn < start:
            score -= 0.5
        if warned is not None and clause.turn > warned and not clause.is_agent:
            score -= 1.0
        out.append(Fragment(text, turns, score))
    return out


_REFERRAL: Final = re.compile(
    r"(?:으로|로|에|에서|에게)\s?(?:직접\s)?(?:전화로\s)?(?P<how>문의|전화|신고|접수|신청|방문|상담|연락|제출|확인)(?:을|를)?\s?(?:해야 함|하면 됨|해 보면 됨|하는 것이 좋음|해야 정확함|하도록 안내|하면 도움이 됨|받으면 됨|할 수 있음)$"
)


def referrals(told: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """Split answers into where the caller was sent (as actions) and the rest."""
    sent: list[Fragment] = []
    rest: list[Fragment] = []
    for fragment in told:
        found = _REFERRAL.search(fragment.text)
        if found and not sent and len(fragment.text) <= 100:
            text = f"{fragment.text[: found.start('how')]}{found['how']}하도록 안내"
            sent.append(
                Fragment(
                    re.sub(r"(방문|전화|신고|확인|제출|상담)하도록", r"\1하도록", text), fragment.turns, fragment.score
                )
            )
        else:
            rest.append(fragment)
    return sent, rest


def answers(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return what the counsellor told, in order, without repetitions."""
    out: list[Fragment] = []
    known: set[str] = set()
    for clause, role in items:
        if not clause.is_agent or role is not Role.ANSWER:
            continue
        text = tidy(written(plain(clean(clause.text)), advises=True))
        fragment = Fragment(text, (clause.turn,))
        found = stems(text)
        if len(found) < 2 or _VAGUE.match(text) or not holds(fragment):
            continue
        fresh = _novel(text, known)
        if fresh < 0.25:
            continue
        known |= found
        score = _dense(text, weights) * (0.5 + fresh) + 0.25 * min(5, len(set(_WEIGHTY.findall(text))))
        score += (0.6 if _EXCLUDES.search(text) else 0.0) + (0.5 if re.search(r"\d", text) else 0.0)
        score -= 0.4 if re.match(r"(?:그때|그런|충분히|그 부분)", text) else 0.0
        out.append(Fragment(text, (clause.turn,), score))
    return out


_TIDY: Final = (
    (re.compile(r"^(?:네|아니요|예|아)[,.]?\s+"), ""),
    (re.compile(r"것(?:이|은)? 아님$"), "것은 아님"),
    (re.compile(r"(?:안내|말|설명)(?:해|하) (?:줌|드림)$"), "안내함"),
    (re.compile(r"(연결|접수|전달|등록|신청|신고|발송|처리|요청|조회|확인|취소|변경|예약|이관|안내|발행|설치)해 (?:줌|드림|놓음|둠|봄)"), r"\1함"),
    (re.compile(r"다고 (?:말|안내)함$"), "다고 함"),
    (re.compile(r"예정이라고 안내되어 있음$"), "예정임"),
    (re.compile(r"[ㄴ는]다고 안내되어 있음$"), "다고 안내되어 있음"),
    (re.compile(r"(?:게|것이) 정확함$"), "것이 정확함"),
)  # fmt: skip


def tidy(text: str) -> str:
    """Smooth a fragment's ending."""
    for pattern, to in _TIDY:
        text = pattern.sub(to, text)
    return text.strip(" ,.")
