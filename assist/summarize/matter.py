"""What was asked: the matter with its place and questions, and the circumstances the caller told."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from assist.summarize import slots
from assist.summarize.clauses import Clause, clean, stems
from assist.summarize.endings import is_complete, nominal, plain, written
from assist.summarize.fragments import LINE_LENGTH, Fragment
from assist.summarize.inquiries import Item
from assist.summarize.questions import asked
from assist.summarize.roles import Role, is_foul

Gate = Callable[[Fragment], bool]

_QUESTIONS: Final = 3
_CIRCUMSTANCES: Final = 3
_TIME: Final = re.compile(
    r"\d+(?:년|월|일|시|주|개월)|어제|어젯밤|밤마다|매일|점심때|아침|그제|그저께|지난주|지난달|작년|올해|아까|오늘|[월화수목금토일]요일|새벽|한 달|이틀|사흘|일주일|며칠|부터"
)
_SERVICE: Final = re.compile(
    r"문자[를로]*\s?(?:좀\s)?(?:보내|남겨|넣어)|(?:번호|연락처)[^.?!]*(?:알려|보내|불러)|연결\s?(?:좀\s)?(?:해|시켜)|바꿔\s?(?:줘|주)|빨리|크게|천천히|다시 (?:한번|말)|전화[를]? (?:좀\s)?(?:주세요|줘|주실|해 주)|이 번호로|그렇게"
)
"""Requests to the counsellor about the call itself; they become actions, not inquiries."""
VAGUE: Final = re.compile(
    r"^(?:.*줄 아|그랬|그램|그런|볼게|할게|그건|그거|이거|그게|이게|거기|그렇게|그런|맞음|그렇음|아님|알겠|그러|네|됨|임|함|있음|없음)+[^가-힣]*$"
)
"""Words that say nothing on their own."""
_JUNK: Final = re.compile(
    r"^(?:왜\s|몇 번|지금 몇|그런 (?:거|건|말)|아까\s|여쭤|물어볼|궁금한)|아가씨|이름이 뭐|(?:되지|했더라|하면은?|라면|이고|하고|는데|구나|[가-힣]지|까|야|더라|려나|다면|니까|[가-힣]면|[을를의]|\d년)$"
)
"""Statements that say nothing on their own."""
_RHETORIC: Final = re.compile(
    r"니들|니네|너희|도대체|대체|뭐 ?하는|뭐하|말이 (?:돼|되)|어쩌라|장난|몇 번(?:을|째|이나)|왜 (?:이렇게|이래|그래|맨날|자꾸|나한테)|게 뭐가 있|소용없|똑같은|거 아니(?:에요|야|냐|죠)|지 않아|뭐라고 말|뭔데|그게 뭐|누구야"
)
"""Questions that ask nothing."""
_POINTING: Final = re.compile(
    r"^(?:그럼|그러면|그거|그걸로?|그건|그게|걔는?|얘는?|거기(?:는|서|다)?|이거|이걸|이게|저거|그런|이런|그렇게|이렇게|그때는?|그것[도은을]?|그|이|거|그날[은이]?|그러다가?)\s"
)
_PRIVATE: Final = re.compile(r"생일|시집|장가|옛날|젊었|목소리|아가씨|드라마|텔레비|국민학교|학교 다녔|군대|잘생")
"""What is told on the side, unless the counsellor took it up."""
_FAMILY: Final = re.compile(
    r"손주|손녀|며느리|며느님|사위|영감|양반|막내|큰아들|작은아들|아드님|따님|시아버지|시어머니|바깥어르신"
)
_INNER_END: Final = re.compile(
    r"야 되네\s|[가-힣](?:뭐야|거야|아니야|몰라|했어|있어|없어|았어|었어|거든|더라고|잖아|겠어|구나|이지|그렇지)\s"
)
_FEELING: Final = re.compile(
    r"(?:괜찮|다행|고맙|감사|미안|답답|짜증|화가|잘됐|알겠|소용없|큰일|화내|화낸|들은 것 같|기억|좋은 것 같)"
)
_DENIES: Final = re.compile(r"(?:아님|없음|않음|안 [가-힣]{1,4}|못 [가-힣]{1,4}|모름)$")
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
    topic = re.search(r"(?<!는)\s?말씀이(?:시군요|시죠|시네요|시지요|군요)$", text)
    text = re.sub(r"\s?말씀(?=이시|이군)", "", text)
    text = re.sub(r"(?<=[가-힣])이?라고 (?=[가-힣 ]+이시)", ", ", text)
    text = re.sub(r"\s?맞으(?:시죠|실까요|신가요|세요)$", "", text)
    text = re.sub(r"(?<=문의|신고|신청)하시는 거(?=군요|죠|네요|고요|이)", "이시", text)
    for pattern, verbal in _RESTATED:
        found = pattern.search(text)
        if found:
            stem = text[: found.start()]
            made = plain(nominal(stem) if verbal else stem).strip(" ,")
            return f"{made} 문의" if topic and not verbal and not _TOPIC.search(made) else made
    return written(plain(text))


def dense(text: str, weights: Mapping[str, float]) -> float:
    """Return how much of what the call is about stands in a text."""
    found = stems(text)
    if not found:
        return 0.0
    total = sum(weights.get(stem, 0.25) for stem in found)
    return float(total / (len(found) ** 0.5 + 0.5))


def novel(text: str, known: set[str]) -> float:
    """Return the share of a text's words that are not known yet, 0 to 1."""
    found = stems(text)
    return len(found - known) / len(found) if found else 0.0


def inquiry_lines(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return up to two lines: where and what is asked, then the circumstances."""
    statements = _statements(items, weights, holds)
    where = _where(items, statements, holds)
    known = set(stems(where.text)) if where else set()
    head = _openings(items, statements, weights, known)
    for part in head:
        known |= stems(part.text)
    used = sum(len(part.text) + 2 for part in (*head, *([where] if where else [])))
    asks = _chosen(
        _questions(items, weights, holds), known, LINE_LENGTH - used, topic=any(_TOPIC.search(f.text) for f in head)
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


def _chosen(questions: Sequence[Fragment], known: set[str], room: int, *, topic: bool) -> list[Fragment]:
    """Return the few questions that say most, in the order they were asked."""
    out: list[Fragment] = []
    for question in questions:
        fresh = stems(question.text) - known
        bare = not stems(question.text)
        if len(question.text) + 2 > room or len(out) >= _QUESTIONS or (bare and out):
            continue
        if topic and (re.search(r"(?:관련|신고|신청|취소) 문의$", question.text) or not fresh):
            continue
        if bare or novel(question.text, known) >= 0.5 or (not fresh and len(question.text) < 18 and not out):
            out.append(question)
            known |= stems(question.text)
            room -= len(question.text) + 2
    return sorted(out, key=lambda f: f.turns[-1])


_SITE: Final = re.compile(r"(?:앞|옆|뒤|뒤쪽|근처|맞은편|건너편|입구|길|로|동|호|출구|건물|공사장|아파트|빌라|시장)$")


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


def _asked_again(items: Sequence[Item]) -> int:
    """Return the turn where the counsellor last asked what the call is about; what came before was not it."""
    again = re.compile(r"무엇을 도와|어떤 일로|무슨 일(?:이|로)|어떤 (?:문의|내용)|무엇 때문에")
    return max((clause.turn for clause, _ in items if clause.is_agent and again.search(clause.text)), default=-1)


_TOPIC: Final = re.compile(r"(?:문의|신고|신청|요청|민원)$")


def _openings(
    items: Sequence[Item], statements: Sequence[Fragment], weights: Mapping[str, float], known: set[str]
) -> list[Fragment]:
    """Return what the matter is, at most two pieces: as the counsellor said it back, and as the caller began."""
    start = _asked_again(items)
    caller = list(dict.fromkeys(clause.turn for clause, _ in items if not clause.is_agent and clause.turn > start))
    near = [f for f in statements if f.score >= 0.5 and f.turns[0] in caller[:3] and len(f.text) <= 60]
    near = [f for f in near if novel(f.text, known) > 0.5 and not _POINTING.match(f.text)]
    began = min((f.turns[0] for f in near), default=-1)
    telling = [f for f in near if f.turns[0] == began or any(weights.get(stem, 0.0) >= 0.5 for stem in stems(f.text))]
    near = telling or near
    said_back = sorted(
        (f for f in near if len(f.turns) > 1), key=lambda f: -f.score - 2.0 * bool(_TOPIC.search(f.text))
    )
    own = [f for f in near if len(f.turns) == 1 and is_complete(f.text)]
    out: list[Fragment] = []
    seen = set(known)
    central = {f.text for f in telling if any(weights.get(stem, 0.0) >= 0.5 for stem in stems(f.text))}
    own.sort(key=lambda f: (f.turns, f.text not in central))
    named = [f for f in said_back[:1] if _TOPIC.search(f.text)]
    for fragment in (*named, *own[:1], *said_back[:1], *own[1:2]):
        if len(out) < 2 and novel(fragment.text, seen) > 0.5:
            out.append(fragment)
            seen |= stems(fragment.text)
    return sorted(out, key=lambda f: f.turns)


def _early(items: Sequence[Item]) -> int:
    turns = [clause.turn for clause, role in items if role is Role.ANSWER]
    return turns[0] if turns else items[-1][0].turn if items else 0


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
        if _SERVICE.search(clause.cleaned) or _RHETORIC.search(clause.text) or is_foul(clause.text):
            continue
        said = clause.cleaned
        for inner in _INNER_END.finditer(said):
            said = clause.cleaned[inner.end() :]
        pointing = bool(_POINTING.match(said))
        said = re.sub(r"거 (?:그거|그걸|그게) ", "것 ", _POINTING.sub("", said))
        text = re.sub(r"그것도 |(?<=서 )(?:이게|그게|그거|이거) ", "", asked(plain(_third_person(said))))
        found = stems(text)
        score = dense(text, weights) + (0.4 if count < 2 else 0.0) + (1.0 if text.endswith("관련 문의") else 0.0)
        fragment = Fragment(text, (clause.turn,), score)
        short = 5 if re.search(r"신고|신청", text) else 8
        if not short <= len(text) <= 65 or (pointing and len(found) < 2) or not re.search(r"(?:문의|요청)$", text):
            continue
        if re.search(r"특이|여쭤|물어볼", text) or (not found and count >= 2) or not holds(fragment):
            continue
        count += 1
        if re.search(r"(?:신고|신청|단속|요청|방법)", clause.cleaned):
            fragment = Fragment(text, fragment.turns, fragment.score + 0.3)
        out.append(fragment)
    return sorted(out, key=lambda f: -f.score)


_SUBJECT: Final = re.compile(r"[가-힣](?:은|는|이|가|을|를|에서|부터)\s")
_LABEL: Final = re.compile(
    r"(?P<what>[가-힣]{2,6}(?:\s[가-힣]{2,6})?)(?:은|는|이|가) (?:지금 )?(?:언제|몇|얼마|어디|어떤|어떻게|어느)"
)


def _statements(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return circumstances: said back by the counsellor, or told by the caller."""
    out: list[Fragment] = []
    last_caller, before, before_turn = -1, "", -1
    seen: set[int] = set()
    asking = {clause.turn for clause, role in items if role is Role.INQUIRY and not clause.is_agent}
    early, start = _early(items), _asked_again(items)
    agent_said = " ".join(clause.text for clause, role in items if clause.is_agent and role is not Role.WARNING)
    agent_stems = {
        stem for stem in stems(agent_said) if not stem[0].isdigit() and stem[1] not in "으어아여하되시해면고는은을를던"
    }
    home = next((slot.text for slot in slots.places(items)), "")
    warned = next((clause.turn for clause, role in items if role is Role.WARNING), None)
    for clause, role in items:
        if clause.is_agent and role is not Role.COURTESY:
            before, before_turn = clause.text, clause.turn
        if clause.is_agent and role is Role.RESTATEMENT:
            text = restated(clause)
            fragment = Fragment(text, (last_caller, clause.turn) if last_caller >= 0 else (clause.turn,))
            bonus = 0.5
        elif not clause.is_agent:
            first_of_turn = clause.turn != last_caller
            last_caller = clause.turn
            if role not in (Role.CONTEXT, Role.INQUIRY) or _aside(clause, agent_said):
                continue
            said = plain(_third_person(clause.cleaned))
            text = written(said)
            if role is Role.INQUIRY:
                text = asked(said)
                if text.endswith(("문의", "요청")):
                    continue
            if home and home in text and is_complete(text):
                continue
            fragment = Fragment(text, (clause.turn,))
            replies = first_of_turn and bool(re.search(r"(?:까요|나요|가요|세요|어요|시죠)\W*$", before))
            bonus = 0.35 if replies else 0.0
            if clause.turn > early and _echoes(text, before):
                continue
            if not is_complete(text):
                if not (replies and _TIME.search(text)) or len(text) > 40:
                    continue
            elif not replies and len(seen - {clause.turn}) >= 2 and not stems(text) & agent_stems:
                continue
            label = _LABEL.search(before) if replies and _TIME.search(text) and not _SUBJECT.search(text) else None
            if label and label["what"] not in text:
                fragment = Fragment(f"{label['what']} {text}", (before_turn, clause.turn))
                text = fragment.text
            seen.add(clause.turn)
        else:
            continue
        if (
            not (6 if is_complete(text) and not clause.is_agent else 4) <= len(text) <= 85
            or re.search(r"01\d-|\d{3,4}-\d{4}", text)
            or (not clause.is_agent and _POINTING.match(text))
            or len(stems(text)) < (2 if is_complete(text) and not _TOPIC.search(text) else 1)
            or (_JUNK.search(text) and not _TOPIC.search(text))
            or VAGUE.match(text)
            or (not is_complete(text) and not _named(text))
            or (len(text) > 40 and _INNER_END.search(text))
            or is_foul(text)
            or not holds(fragment)
        ):
            continue
        score = dense(text, weights) + bonus + (0.45 if _TIME.search(text) or re.search(r"\d", text) else 0.0)
        score += 0.25 if clause.turn <= early or clause.turn in asking else 0.0
        score += 0.3 if _DENIES.search(text) and any(weights.get(stem, 0.0) >= 0.5 for stem in stems(text)) else 0.0
        score -= 0.5 if clause.turn < start else 0.0
        score += 0.35 if re.search(r"\d\s?(?:만|천|백)?\s?원", text) else 0.0
        score -= (0.1 if re.search(r"\d", text) else 1.0) if _FAMILY.search(text) else 0.0
        if warned is not None and clause.turn > warned and not clause.is_agent:
            score -= 1.0
        out.append(Fragment(text, fragment.turns, score))
    return out


def _named(text: str) -> bool:
    """Whether a line without a predicate is a name of a thing, a time or a place and not a broken sentence."""
    return bool(_TOPIC.search(text)) or not re.search(
        r"(?:요|다|고|지|데|면|서|해|어|네|까|라|게|은|는|을|를|의|에|도|야|죠|돼|니|나|며|려|와|과)$", text
    )


_PERSONS: Final = (
    (re.compile(r"(?<![가-힣])(?:저|나)(?:보고|한테|에게)(?=\s)"), "본인에게"),
    (re.compile(r"(?<![가-힣])(?:저|나)(?:랑|하고)(?=\s)"), "본인과"),
    (re.compile(r"(?<![가-힣])저 혼자"), "본인 혼자"),
    (re.compile(r"(?<![가-힣])(?:내|제) (?=[가-힣])"), "본인 "),
    (re.compile(r"\s거 그거(?=\s)"), " 것"),
)


def _third_person(text: str) -> str:
    """Return a caller's words as told of a third person: 저보고 내래요 to 본인에게 내래요."""
    for pattern, to in _PERSONS:
        text = pattern.sub(to, text)
    return text


def _aside(clause: Clause, agent_said: str) -> bool:
    """Whether a caller's clause is a promise, a feeling or family talk the counsellor did not take up."""
    text = clause.cleaned
    if re.search(
        r"(?:[다라]는 거|면 .{0,20}|겠|잘했)네요?$|[다라]는 거(?:죠|지요|군요)$|면 좋겠|뭐가 있|뭘 |물어봤", text
    ):
        return True
    if re.search(r"전화가|전화를 (?:안|못) |연결해|끊어|통화", text):
        return True
    if re.search(r"(?:을게|할게|볼게|줄게|갈게|야지|야겠다|야겠네|려나)요?$", clause.text) or _FEELING.search(text):
        return True
    if _RHETORIC.search(text) or is_foul(text):
        return True
    return any(word not in agent_said for word in _PRIVATE.findall(text))


def _echoes(text: str, before: str) -> bool:
    """Whether the caller only says back what the counsellor said, without denying it."""
    found = stems(text)
    return not _DENIES.search(text) and len(found & stems(before)) >= 0.6 * len(found)
