"""What was answered, as fragments in the style of a record."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assist.summarize.clauses import clean, stems
from assist.summarize.endings import is_complete, plain, written
from assist.summarize.fragments import Fragment
from assist.summarize.inquiries import Item
from assist.summarize.roles import Role
from assist.summarize.statements import VAGUE, Gate, dense, novel

_WEIGHTY: Final = re.compile(
    r"제외|대상|의무|가능|불가|수 없|어렵|어려움|경우|이내|까지|이상|이하|신고|신청|접수|센터|협회|공단|부서|사업소|홈페이지|무료|지급|보상|배상|벌칙|과태료|규정|기준|없음|있음|반드시|해야|필요|서류|방문|번호|절차|원칙|가능성|자격|소득|기한|기간|수수료|[가-힣]{2}법|의무|\d"
)
_EXCLUDES: Final = re.compile(r"제외|대상이 (?:아|되지)|해당(?:되지|하지) 않|안 됨|불가|수 없|가능성|수도 있|받지 않")
"""What does not apply, and what may be: never to be left out lightly."""
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


_META: Final = re.compile(
    r"^(?:조심스럽게|충분히|다산콜|지금까지|상담과 관|같은 말|맞는 말|그럴 |그러실|정확하지 않은 (?:내용|안내)|많이 힘|[가-힣\s]{0,12}여쭘)|(?:그대로 하면 됨|말하면 도움이 됨|안내해 줄 수 있음|설명해 줄 수 있음|이어서 들어 줌|문의한 내용|그럴 만함|같이 있음|찾아봄|찾아 줌|도와줌)$"
)
"""What the counsellor says about the talk itself."""


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
        if len(found) < 2 or VAGUE.match(text) or _META.search(text) or not is_complete(text) or not holds(fragment):
            continue
        fresh = novel(text, known)
        if fresh < 0.25:
            continue
        known |= found
        score = dense(text, weights) * (0.5 + fresh) + 0.25 * min(5, len(set(_WEIGHTY.findall(text))))
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
    (re.compile(r"남겨 (?:줌|둠|놓음)$"), "남김"),
    (re.compile(r"예정이라고 안내되어 있음$"), "예정임"),
    (re.compile(r"[ㄴ는]다고 안내되어 있음$"), "다고 안내되어 있음"),
    (re.compile(r"(?:게|것이) 정확함$"), "것이 정확함"),
)  # fmt: skip


def tidy(text: str) -> str:
    """Smooth a fragment's ending."""
    for pattern, to in _TIDY:
        text = pattern.sub(to, text)
    return text.strip(" ,.")
