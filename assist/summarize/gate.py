"""The hard gate: what a line of the record says must have been said in the turns it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from assist import numbers
from assist.model import Turn
from assist.number_words import sino
from assist.summarize.endings import plain

TEMPLATE_WORDS: Final = frozenset([
    "문의", "안내", "요청", "연결", "콜백", "접수", "발송", "경고", "종료", "상담", "강제", "후", "함", "됨",
    "자제", "발언", "문자", "전달", "확인", "처리", "조회", "신고", "통화", "이관", "시도", "회신", "연락", "방문",
    "통보", "예정", "번호", "상황", "관련", "제안", "부재", "담당자", "담당부서", "것인지", "인지", "여부", "안내함",
    "어르신", "민원인", "본인", "중", "등", "및", "또는", "까지", "에게", "으로", "에서", "내용", "수락", "완료",
    "전담팀", "욕설", "폭언", "성희롱", "협박", "세", "명", "개", "미접수", "부서", "미응답", "거절", "민원", "사항",
    "다고", "라고", "달라고", "해당", "달라",
])  # fmt: skip
"""Words the composer itself may add; they promise nothing."""

_PROMISE: Final = re.compile(r"콜백|회신|연락 예정|전화 예정|방문 예정|지급 확정|보장|처리 완료|접수 완료|접수함")
_PROMISED: Final = {
    "콜백": r"연락|전화|통화|콜백|회신",
    "회신": r"회신|답변|연락|알려",
    "연락 예정": r"연락|전화|알려|통보",
    "전화 예정": r"전화|연락",
    "방문 예정": r"방문|나가|찾아|출동",
    "지급 확정": r"확정",
    "보장": r"보장",
    "처리 완료": r"완료|처리(?:했|됐|되었|하였)",
    "접수 완료": r"접수(?:했|됐|되었|하였|가|완료| 완료)",
    "접수함": r"접수",
}
_NUMBER: Final = re.compile(r"\d[\d,]*(?:[.:-]\d+)*(?:\s?[천백십]?만)?(?:\s?\d*천)?")
_TAILS: Final = re.compile(
    r"(?:에서는|에서도|으로는|에게는|이라고|라고|다고|에서|에게|한테|으로|부터|까지|마다|이나|이며|하고|은|는|이|가|을|를|에|의|와|과|도|만|로|며|고|임|함|됨|음|님|쯤|경)$"
)


def _compact(text: str) -> str:
    text = numbers.display(unicodedata.normalize("NFC", text))[0]
    return re.sub(r"[\s,.?!·…]", "", text)


def number_values(text: str) -> frozenset[str]:
    """Return the numbers of a text in one form: digits joined, amounts as values."""
    found = set()
    for match in _NUMBER.finditer(numbers.display(text)[0]):
        raw = match.group().strip(" ,")
        value = sino(raw) if re.search(r"[만천]", raw) else None
        found.add(str(value) if value is not None else re.sub(r"[^\d]", "", raw))
    return frozenset(found)


@lru_cache(maxsize=64)
def _evidence(spoken: str, shown: str) -> tuple[str, str, frozenset[str]]:
    """Return what turns hold: words, digits, numbers. Every line of a record asks for the same few turns."""
    evidence = _compact(spoken) + _compact(shown) + _compact(plain(spoken))
    return evidence, re.sub(r"[^\d]", "", evidence), number_values(spoken)


def unsupported(line: str, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the numbers, names, places and promises of ``line`` that its evidence does not hold.

    Args:
        line: A line of a record.
        turns: The turns named as its evidence.

    Returns:
        What is not supported, in order; empty where the line may stand. Inflected words count as said when
        their first two syllables were said.
    """
    spoken = " ".join(turn.text for turn in turns)
    evidence, digits, values = _evidence(spoken, " ".join(turn.shown for turn in turns))
    missing: list[str] = []
    shown = numbers.display(line)[0]
    for value in sorted(number_values(shown)):
        if value not in values and not (len(value) > 4 and value in digits):
            missing.append(value)
    for word in re.findall(r"[가-힣A-Za-z]{2,}", re.sub(r"\d+[가-힣]*", " ", shown)):
        bare = _TAILS.sub("", word)
        if word in TEMPLATE_WORDS or bare in TEMPLATE_WORDS or len(bare) < 2:
            continue
        if bare not in evidence and bare[:2] not in evidence and not _same_verb(bare, evidence):
            missing.append(word)
    for match in _PROMISE.finditer(line):
        if not re.search(_PROMISED[match.group()], spoken):
            missing.append(match.group())
    return tuple(dict.fromkeys(missing))


def _same_verb(word: str, evidence: str) -> bool:
    """Whether a word that lost its contraction (나오 from 나와) or honorific stands in the evidence."""
    first = word[0]
    return len(word) <= 3 and any(first + evidence[i + 1] == evidence[i : i + 2] for i in _places(evidence, first))


def _places(text: str, char: str) -> list[int]:
    return [i for i, other in enumerate(text[:-1]) if other == char]
