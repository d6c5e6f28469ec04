"""What was done in the call, and what remains to be done after it."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assist.particles import settle
from assist.summarize import slots
from assist.summarize.answered import tidy
from assist.summarize.clauses import Clause, clean, stems
from assist.summarize.endings import plain, written
from assist.summarize.fragments import Fragment
from assist.summarize.inquiries import Item
from assist.summarize.roles import Role

_KIND: Final = re.compile(r"성희롱|폭언|욕설|협박|모욕|폭력|인격 ?모독|비하|혐오")
_CALLBACK: Final = re.compile(r"연락|전화|통화|콜백")
_SELF: Final = re.compile(
    r"제가|저희가|확인(?:해서|하여|한 뒤|되는 대로|하고)|다시 (?:전화|연락)|^(?:네\W+)?(?:그럼 )?(?:오늘|내일|오전|오후|\d)"
)
_BY: Final = re.compile(
    r"(?P<who>[가-힣0-9]{1,14}(?:\s[가-힣]{1,8}){0,2}?\s?(?:담당자|담당\s?부서|부서|주무관|사업소|센터|구청|주민센터|팀|과|기사|공무원|재단|공단|소방서))(?:분|님|께서)?(?:에서|가|이|께서)\s"
)
_TOLD: Final = re.compile(
    r"(?P<who>[가-힣0-9]{1,14}(?:과|팀|부서|센터|사업소|구청|주민센터|공단)(?:\s담당자)?)(?:분|님)?(?:에게|께|에|로)\s(?:바로\s)?(?:전달|말씀|접수|요청|이관)(?=[가-힣]*\s)"
)
"""Who is told now, and does it later."""
_PERSON: Final = re.compile(r"(?:담당자|주무관|기사|공무원)$")
_BEFORE_WHO: Final = re.compile(r"^(?:(?:담당\s?)?부서인|그러시면|그러면|그럼|\S*(?:까지|이내에?|안에|전에|중으로))\s")
_ACCEPT: Final = re.compile(r"^\W*(?:네|예|그래|응|어|그렇게|부탁|좋|해 ?주|연결해|그러|아 네|알겠)")
_DECLINE: Final = re.compile(r"^\W*(?:아니|됐|괜찮|필요 ?없|안 )")


def actions(items: Sequence[Item]) -> list[Fragment]:
    """Return transfers, receipts, messages, look-ups and warnings, in order."""
    out: list[Fragment] = []
    warned = _warnings(items)
    for i, (clause, role) in enumerate(items):
        text = ""
        if role is Role.ACTION or (role is Role.OFFER and not calls_back(clause.text) and _taken(items, i)):
            text = _done(clause)
        if text and not _told(text, out):
            out = [other for other in out if not _covers(text, other)]
            out.append(Fragment(text, (clause.turn,), 2.0 + _weight(text)))
    return out + warned


def _weight(text: str) -> float:
    return 1.0 if re.search(r"연결|접수|이관|전달|발송|신고|시도", text) else 0.0


def _told(text: str, out: Sequence[Fragment]) -> bool:
    found = stems(text)
    return any(len(found - stems(other.text)) == 0 for other in out)


def _covers(text: str, other: Fragment) -> bool:
    kinds = [re.search(r"연결|접수|발송|전달", part) for part in (text, other.text)]
    same = bool(kinds[0] and kinds[1] and kinds[0].group() == kinds[1].group())
    return same and stems(other.text) <= stems(text)


def _done(clause: Clause) -> str:
    text = clean(clause.text.rstrip(" .?!"))
    text = re.sub(r"^(?:(?:지금|바로|제가|그럼|우선|일단|그러시면|그러면)\s)+", "", text)
    text = re.sub(r"(?:드릴까요|드려도 (?:될까요|괜찮으(?:실까요|세요))|드릴게요)$", "드리겠습니다", text)
    text = re.sub(r"(?:해|하여) ?(?:놓|두|넣어)(?:겠|았|었)습니다$", "하겠습니다", text)
    text = tidy(written(plain(text)))
    text = re.sub(r"\s(?:지금\s)?바로(?=\s)", "", text)
    text = re.sub(
        r"(?:지금\s)?(?P<to>[가-힣\s\d-]*번호)로 문자(?:를|로)? (?:보내 줌|보냄|발송함|보내줌)$",
        r"문자로 발송함(\g<to>)",
        text,
    )
    text = re.sub(r"문자(?:를|로)? (?:보내 ?줌|보냄|넣어 줌)$", "문자로 발송함", text)
    return re.sub(r"(?:확인|조회)해 봄$|확인함$", "확인함", text)


def _taken(items: Sequence[Item], i: int) -> bool:
    """Whether the caller's next words accept an offer that no later action repeats."""
    for clause, role in items[i + 1 :]:
        if clause.is_agent:
            return False
        if role is Role.ABUSE or _DECLINE.match(clause.text):
            return False
        return bool(_ACCEPT.match(clause.text))
    return False


def _warnings(items: Sequence[Item]) -> list[Fragment]:
    """Return one fragment on what was warned and how the call ended; the abuse itself is not quoted."""
    spoken = [(clause, clause.text) for clause, role in items if role is Role.WARNING]
    if not spoken:
        return []
    everything = " ".join(text for _, text in spoken)
    steps: list[str] = []
    for _, text in spoken:
        if re.search(r"삼가|자제", text) and "경고" not in text:
            steps.append("발언 자제 요청")
        if found := re.search(r"(\d)차(?:로)? ?경고|(첫 번째|두 번째|마지막|최종) 경고", text):
            steps.append(f"{found[1]}차 경고" if found[1] else f"{found[2]} 경고")
        elif re.search(r"경고(?:드|합)", text):
            steps.append("경고")
    steps = list(dict.fromkeys(steps))
    kinds = list(dict.fromkeys(kind.group() for kind in _KIND.finditer(everything)))
    end = ""
    if re.search(r"(?:종료|중단)(?:하겠|합니다|드리)", everything) and not _resumed(items):
        end = "상담 강제 종료"
    if re.search(r"전담|이관", everything):
        end = "전담팀 이관"
    head = f"{'·'.join(kinds[:2])} 발언에 " if kinds else ""
    body = ", ".join(steps) or ("경고" if not end else "")
    text = f"{head}{body}{' 후 ' if body and end else ''}{end}"
    turns = tuple(dict.fromkeys(clause.turn for clause, _ in spoken))
    return [Fragment(text, turns, 9.0)] if text.strip() else []


def _resumed(items: Sequence[Item]) -> bool:
    """Whether the counsellor went on with the matter after the last word of ending the call."""
    last = max((c.order for c, r in items if r is Role.WARNING and "종료" in c.text), default=-1)
    conditional = [c for c, r in items if c.order == last and re.search(r"(?:계속|반복)[가-힣]*면|경우", c.text)]
    return bool(conditional) or any(r in (Role.ANSWER, Role.ACTION) for c, r in items if c.is_agent and c.order > last)


def calls_back(text: str) -> bool:
    """Whether an offer is to call again later."""
    back = r"(?:다시|확인|나중에|이따)[^.?!]*(?:전화|연락)|번호로 (?:전화|연락)"
    return bool(re.search(back, text)) and "연결" not in text


def _doer(who: str) -> str:
    """Return who does it, with its particle."""
    return settle(f"{_BEFORE_WHO.sub('', who)}{'이(가)' if _PERSON.search(who) else '에서'}")


def follow_up(items: Sequence[Item]) -> Fragment | None:
    """Return what was promised for after the call: deadline, who, to whom, how."""
    promises = [
        clause
        for i, (clause, role) in enumerate(items)
        if role is Role.COMMITMENT or (role is Role.OFFER and calls_back(clause.text) and _taken(items, i))
    ]
    if not promises:
        return None
    whole = " ".join(clause.text for clause in promises)
    limit = max((slots.deadline(clause.text) for clause in promises), key=len)
    name, numbers = slots.caller_name(items), slots.phones(items)
    turns = {clause.turn for clause in promises}
    calls = bool(_CALLBACK.search(whole))
    by = _BY.search(whole) or _TOLD.search(whole)
    itself = bool(_SELF.search(whole)) and not (by and not re.search("제가|다시 (?:전화|연락)", whole))
    how = (
        "콜백"
        if calls and itself
        else "연락 예정"
        if calls
        else "현장 확인 예정"
        if "현장" in whole and "확인" in whole and "안내" not in whole
        else "안내 예정"
        if "안내" in whole and "문자" not in whole
        else "문자 안내 예정"
        if "문자" in whole
        else "회신 예정"
    )
    to = ""
    if name:
        to = f"{name.text}님"
        turns |= set(name.turns)
    if numbers and (calls or "문자" in how):
        last = numbers[-1]
        to = f"{to}({last.text})" if to else last.text
        turns |= set(last.turns)
    elif calls and not to and (same := re.search(r"(?:지금 )?(?:거신|전화하신|이|그) 번호로", whole)):
        to = "전화한 번호로" if "신" in same.group() else "이 번호로"
    what = ""
    if how.startswith(("현장", "안내")) and limit:
        what = ""
    elif re.search(r"확인", whole) and not how.startswith("현장"):
        what = "확인 후"
    elif re.search(r"결과|처리", whole):
        what = "처리 결과"
    who = _doer(by["who"].strip()) if by and not itself else ""
    pieces = (
        limit,
        who,
        what,
        to if to.endswith("로") else f"{to}에게" if to and not to[-1].isdigit() else f"{to}번으로" if to else "",
        how,
    )
    text = " ".join(piece for piece in pieces if piece)
    return Fragment(text, tuple(sorted(turns)), 9.0)
