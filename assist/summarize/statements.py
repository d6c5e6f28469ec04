"""Circumstances: what the caller told of the matter and what the counsellor said back of it."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from assist.summarize import slots
from assist.summarize.clauses import Clause, clean, stems
from assist.summarize.endings import is_complete, nominal, plain, tail_of, written
from assist.summarize.fragments import Fragment
from assist.summarize.inquiries import Item
from assist.summarize.questions import asked
from assist.summarize.roles import Role, is_foul

RAMBLES: Final = 80
"""Characters of one turn from which on a caller is telling a story."""
Gate = Callable[[Fragment], bool]
_TIME: Final = re.compile(
    r"\d+(?:년|월|일|시|주|개월)|어제|어젯밤|밤마다|매일|점심때|아침|그제|그저께|지난주|지난달|작년|올해|아까|오늘|[월화수목금토일]요일|새벽|한 달|이틀|사흘|일주일|며칠|부터"
)
VAGUE: Final = re.compile(
    r"^(?:.*줄 아|그랬|그램|그런|볼게|할게|그건|그거|이거|그게|이게|거기|그렇게|그런|맞음|그렇음|아님|알겠|그러|네|됨|임|함|있음|없음)+[^가-힣]*$"
)
"""Words that say nothing on their own."""
_JUNK: Final = re.compile(
    r"^(?:왜\s|몇 번|지금 몇|그런 (?:거|건|말)|아까\s|여쭤|물어볼|궁금한)|아가씨|이름이 뭐|(?:되지|했더라|하면은?|라면|이고|하고|는데|구나|[가-힣]지|까|야|더라|려나|다면|니까|[가-힣]면|[을를의]|\d년)$"
)
"""Statements that say nothing on their own."""
RHETORIC: Final = re.compile(
    r"니들|니네|너희|도대체|대체|뭐 ?하는|뭐하|말이 (?:돼|되)|어쩌라|장난|몇 번(?:을|째|이나)|왜 (?:이렇게|이래|그래|맨날|자꾸|나한테)|게 뭐가 있|소용없|똑같은|거 아니(?:에요|야|냐|죠)|지 않아|뭐라고 말|뭔데|그게 뭐|누구야"
)
"""Questions that ask nothing."""
POINTING: Final = re.compile(
    r"^(?:그럼|그러면|그거|그걸로?|그건|그게|걔는?|얘는?|거기(?:는|서|다)?|이거|이걸|이게|저거|그런|이런|그렇게|이렇게|그때는?|그것[도은을]?|그|이|거|그날[은이]?|그러다가?)\s"
)
_PRIVATE: Final = re.compile(r"생일|시집|장가|옛날|젊었|목소리|아가씨|드라마|텔레비|국민학교|학교 다녔|군대|잘생")
"""What is told on the side, unless the counsellor took it up."""
_FAMILY: Final = re.compile(
    r"손주|손녀|며느리|며느님|사위|영감|양반|막내|큰아들|작은아들|아드님|따님|시아버지|시어머니|바깥어르신"
)
INNER_END: Final = re.compile(
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
TOPIC: Final = re.compile(r"(?:문의|신고|신청|요청|민원)$")
_SUBJECT: Final = re.compile(r"[가-힣](?:은|는|이|가|을|를|에서|부터)\s")
_LABEL: Final = re.compile(
    r"(?P<what>[가-힣]{2,6}(?:\s[가-힣]{2,6})?)(?:은|는|이|가) (?:지금 )?(?:언제|몇|얼마|어디|어떤|어떻게|어느)"
)
_PERSONS: Final = (
    (re.compile(r"(?<![가-힣])(?:저|나)(?:보고|한테|에게)(?=\s)"), "본인에게"),
    (re.compile(r"(?<![가-힣])(?:저|나)(?:랑|하고)(?=\s)"), "본인과"),
    (re.compile(r"(?<![가-힣])저 혼자"), "본인 혼자"),
    (re.compile(r"(?<![가-힣])(?:내|제) (?=[가-힣])"), "본인 "),
    (re.compile(r"\s거 그거(?=\s)"), " 것"),
)


def restated(clause: Clause) -> str:
    """Return the matter a counsellor said back: 꺼진 보도블록에 걸려 넘어지신 거군요 to … 걸려 넘어짐."""
    text = clean(clause.text.rstrip(" .?!"))
    if found := re.search(r"([다라])는 ?(?:말씀|거|것)?(?:이시)?(?:군요|죠|고요|네요)$", text):
        return plain(f"{text[: found.start()]}{found[1]}고 함")
    text = re.sub(r"\s?말씀이(?:신|시는) (?:것|거) 같(?:습니다|은데요?|아요|네요)$", " 말씀이시군요", text)
    if found := re.search(r"고 계(?:시|신 거|신다는 말씀이시)(?:군요|죠|지요|고요|네요)$", text):
        return f"{plain(text[: found.start()])}고 있음"
    text = re.sub(r"시려는 (?=거(?:군요|죠|네요|고요|이))", "려고 하시는 ", text)
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
            made = re.sub(r"(?<=[있없])으$", "음", made)
            return f"{made} 문의" if topic and not verbal and not TOPIC.search(made) else made
    return written(plain(text))


def dense(text: str, weights: Mapping[str, float]) -> float:
    """Return how much of what the call is about stands in a text."""
    found = stems(text)
    if not found:
        return 0.0
    total = math.fsum(weights.get(stem, 0.25) for stem in found)
    return float(total / (len(found) ** 0.5 + 0.5))


def novel(text: str, known: set[str]) -> float:
    """Return the share of a text's words that are not known yet, 0 to 1."""
    found = stems(text)
    return len(found - known) / len(found) if found else 0.0


def asked_again(items: Sequence[Item]) -> int:
    """Return the turn where the counsellor last asked what the call is about; what came before was not it."""
    again = re.compile(r"무엇을 도와|어떤 일로|무슨 일(?:이|로)|어떤 (?:문의|내용)|무엇 때문에")
    return max((clause.turn for clause, _ in items if clause.is_agent and again.search(clause.text)), default=-1)


def _early(items: Sequence[Item]) -> int:
    turns = [clause.turn for clause, role in items if role is Role.ANSWER]
    return turns[0] if turns else items[-1][0].turn if items else 0


def statements_of(items: Sequence[Item], weights: Mapping[str, float], holds: Gate) -> list[Fragment]:
    """Return circumstances: said back by the counsellor, or told by the caller."""
    out: list[Fragment] = []
    last_caller, before, before_turn = -1, "", -1
    seen: set[int] = set()
    talk: Counter[int] = Counter()
    for clause, _ in items:
        talk[clause.turn] += len(clause.text)
    asking = {clause.turn for clause, role in items if role is Role.INQUIRY and not clause.is_agent}
    early, start = _early(items), asked_again(items)
    agent_said = " ".join(clause.text for clause, role in items if clause.is_agent and role is not Role.WARNING)
    agent_stems = {
        stem for stem in stems(agent_said) if not stem[0].isdigit() and stem[1] not in "으어아여하되시해면고는은을를던"
    }
    home = next((slot.text for slot in slots.places(items)), "")
    warned = next((clause.turn for clause, role in items if role is Role.WARNING), None)
    for clause, role in items:
        if clause.is_agent and role not in (Role.COURTESY, Role.GREETING):
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
            said = plain(third_person(clause.cleaned))
            text = written(said)
            if role is Role.INQUIRY:
                text = asked(said)
                if text.endswith(("문의", "요청")):
                    continue
            if home and home in text and is_complete(text):
                continue
            fragment = Fragment(text, (clause.turn,))
            replies = first_of_turn and bool(re.search(r"(?:까요|나요|가요|세요|어요|시죠)\W*$", before))
            if seen - {clause.turn} and re.search(r"[가-힣]잖아요?$", clause.cleaned) and not re.search(r"\d", text):
                continue
            opens = not seen - {clause.turn} and talk[clause.turn] < RAMBLES
            bonus = 0.35 if replies or opens else 0.0
            if clause.turn > early and _echoes(text, before):
                continue
            if not is_complete(text):
                if not (replies and _TIME.search(text)) or len(text) > 40:
                    continue
            elif (
                not replies
                and (len(seen - {clause.turn}) >= 2 or talk[clause.turn] >= RAMBLES)
                and not stems(text) & agent_stems
                and not (clause.turn in asking and re.search(r"\d", text))
            ):
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
            or (not clause.is_agent and POINTING.match(text))
            or len(stems(text)) < (2 if is_complete(text) and not TOPIC.search(text) else 1)
            or (_JUNK.search(text) and not TOPIC.search(text))
            or VAGUE.match(text)
            or (not is_complete(text) and not _named(text))
            or (len(text) > 40 and INNER_END.search(text))
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
    return bool(TOPIC.search(text)) or not re.search(
        r"(?:요|다|고|지|데|면|서|해|어|네|까|라|게|은|는|을|를|의|에|도|야|죠|돼|니|나|며|려|와|과)$", text
    )


_RESUMED: Final = re.compile(r"(?<![가-힣])([가-힣]{2,}(?<![은는이가을를도에서요지로거것고데]))\s그게\s(?=[가-힣])")
"""고지서 그게 수도요금인데: the noun taken up again."""


def third_person(text: str) -> str:
    """Return a caller's words as told of a third person: 저보고 내래요 to 본인에게 내래요."""
    for pattern, to in _PERSONS:
        text = pattern.sub(to, text)
    return _RESUMED.sub(lambda found: f"{found[1]}{'은' if tail_of(found[1]) else '는'} ", text)


def _aside(clause: Clause, agent_said: str) -> bool:
    """Whether a caller's clause is a promise, a feeling or family talk the counsellor did not take up."""
    text = clause.cleaned
    if re.search(
        r"(?:[다라]는 거|면 .{0,20}|겠|잘했)네요?$|[다라]는 거(?:죠|지요|군요)$|면 좋겠|뭐가 있|뭘 |물어봤", text
    ):
        return True
    if re.search(r"그랬거든요?$|그랬어요?$", text) and not re.search(r"\d", text):
        return True
    if re.match(r"(?:그럼|그러면)\s.*(?:아니에요|아니야|아니죠)$", clause.text):
        return True
    if re.search(r"(?:조용히|크게|천천히|빨리) (?:좀 )?말", text):
        return True
    if re.search(r"전화가|전화를 (?:안|못) |연결해|끊어|통화", text):
        return True
    if re.search(r"(?:을게|할게|볼게|줄게|갈게|야지|야겠다|야겠네|려나)요?$", clause.text) or _FEELING.search(text):
        return True
    if RHETORIC.search(text) or is_foul(text):
        return True
    return any(word not in agent_said for word in _PRIVATE.findall(text))


def _echoes(text: str, before: str) -> bool:
    """Whether the caller only says back what the counsellor said, without denying it."""
    found = stems(text)
    return not _DENIES.search(text) and len(found & stems(before)) >= 0.6 * len(found)
