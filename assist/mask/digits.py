"""Digits read off a text, written or spoken, through the fillers people put between them.

Syllables that are digits also stand in ordinary words (공사, 이사, 구청) and endings (이에요): they count only where
the rest of the word can follow a number. The text is walked once; nothing here backtracks.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SPOKEN: Final = dict(zip("공영령빵일이삼사오육륙뉵칠팔구", "000012345666789", strict=True))
NATIVE: Final = {
    "하나": "1",
    "둘": "2",
    "셋": "3",
    "넷": "4",
    "다섯": "5",
    "여섯": "6",
    "일곱": "7",
    "여덟": "8",
    "여덜": "8",
    "아홉": "9",
}
_TOKEN: Final = re.compile(rf"(?P<written>[0-9０-９])|(?P<native>{'|'.join(NATIVE)})|(?P<spoken>[{''.join(SPOKEN)}])")
_FILLER: Final = (
    r"(?:어+|음+|네+|예+|아+|저+|그|그+게|자|이제|인제|또|그리고|그리구|다시|그다음(?:에|은|이)?|그 ?다음(?:에|은|이)?|다음(?:에|은)?|"
    r"그 ?뒤(?:에|는|가)?|뒤에|에|의|에요|국에?|번에|빼기|마이너스|대시|데시|하이픈|작대기|짝대기|바|점|쉬고|띄고|띄우고|하고|그러고|"
    r"이?고요?|이요|요|잠깐만요?|잠시만요?|잠깐|가만|가만있자|보자|뭐더라|뭐였더라|뭐지|어디 ?보자|그니까|그러니까|맞나|아니)"
)
_BETWEEN: Final = re.compile(rf"(?:[\s.,\-–—―_~·/()*:…?!]|{_FILLER}(?=[\s.,?!…]|$))*")
_JOINED: Final = re.compile(r"(?:[\-–—―_~·/().*:]|에|의|다시|빼기|대시|하이픈|국에?|그리고)\s*")
_SUFFIX: Final = re.compile(
    r"(?:번(?:호|이|으|을|은|에|도|만|요|$|\s)|이에|에[요서]|예요|이요|요|입|인|이[고라며던었면거지네잖]|고|라[고는니]|으?로|"
    r"은|는|을|를|이|가|도|만|에|의|와|과|랑|하고|까지|부터|처럼|맞|거든|거|던|든|지|죠|네|야|이야|니다|님|차|카드|였|이렇|"
    r"잖|면|됐|되|예|여|쓰|적)"
)
_COUNTED: Final = re.compile(
    r"[십백천만억조]|\s?(?:[백천만억조](?=\s?원)|원(?!룸)|명(?![의단])|개월|개(?![가-힣])|년(?!생)|월(?=\s?[0-9일이삼사오육칠팔구십]|부|말|까)|달(?![가-힣])|"
    r"시간|시(?=에|부|까|쯤|\s)|분(?=[ 에이만]|간|당|$)|초(?![가-힣])|층|호선|퍼센트|%|킬로|미터|센티|평(?![가-힣])|세대|세(?=[ 이가는])|가구|살(?![가-힣])|조(?=\s|에|의)|"
    r"항(?![가-힣])|일(?:째|간|부터|까지)|등급|학년|반(?![가-힣])|단계|인승|배(?![가-힣])|번째|건(?![가-힣])|번 ?(?:버스|출구|했|해|이나))"
)
_MOST_BETWEEN: Final = 40


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together."""

    start: int
    end: int
    digits: str
    spoken: bool
    ends: tuple[int, ...]
    """End offset of each digit."""


@dataclass(frozen=True, slots=True)
class Run:
    """Groups with nothing but joints and fillers between them."""

    groups: tuple[Group, ...]

    @property
    def start(self) -> int:
        """First offset."""
        return self.groups[0].start

    @property
    def end(self) -> int:
        """Offset behind the last digit."""
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        """All digits."""
        return "".join(group.digits for group in self.groups)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Digits of each group."""
        return tuple(len(group.digits) for group in self.groups)


def read_digits(text: str) -> str:
    """Return all digits of ``text``, however they are written or said, fillers left out."""
    return "".join(run.digits for run in runs(text))


def hangul(char: str) -> bool:
    """Return whether a character is a Hangul syllable."""
    return "가" <= char <= "힣"


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of digits of ``text`` in order."""
    collected: list[Group] = []
    for group in _groups(text):
        if collected and not _joined(text, collected[-1].end, group.start):
            yield Run(tuple(collected))
            collected = []
        collected.append(group)
    if collected:
        yield Run(tuple(collected))


def _joined(text: str, start: int, end: int) -> bool:
    if end - start > _MOST_BETWEEN:
        return False
    match = _BETWEEN.match(text, start)
    return (match is not None and match.end() >= end) or bool((m := _JOINED.match(text, start)) and m.end() >= end)


def _groups(text: str) -> Iterator[Group]:
    at, length = 0, len(text)
    while at < length:
        match = _TOKEN.match(text, at)
        if match is None:
            at += 1
            continue
        start, ends, read, spoken = at, [], [], False
        while match is not None:
            word = match.group()
            if match.lastgroup == "written":
                read.append(str(int(word)))
            else:
                spoken = True
                read.append(NATIVE.get(word) or SPOKEN[word])
            ends.append(match.end())
            match = _TOKEN.match(text, match.end())
        at = ends[-1]
        group = _trimmed(text, Group(start, at, "".join(read), spoken, tuple(ends)))
        if group is not None:
            yield group


def _trimmed(text: str, group: Group) -> Group | None:
    """Return the group without syllables that belong to the word before or behind it, or None where nothing stays."""
    start, ends, digits = group.start, list(group.ends), group.digits
    if not group.spoken:
        return group if not _COUNTED.match(text, group.end) or len(digits) > 6 else None
    # 핸드폰이010, 전화번호공일공: a particle, or the tail of a word.
    if start > 0 and hangul(text[start - 1]) and hangul(text[start]):
        tail = text[max(0, start - 2) : start]
        if _ends_a_joint(text, start, tail):
            pass
        elif text[start] == "이" and len(digits) > 1:
            start, digits, ends = ends[0], digits[1:], ends[1:]
        elif len(digits) < 3:
            return None
    if (
        len(digits) in (3, 4)
        and digits[0] == "0"
        and digits[-1] == "2"
        and re.match(r"고요?[\s,]", text[ends[-1] :][:4])
    ):
        # 공일공이고요: the part before the rest, with its ending.
        digits, ends = digits[:-1], ends[:-1]
    while digits and hangul(text[ends[-1] - 1]):
        after = text[ends[-1] : ends[-1] + 1]
        if _COUNTED.match(text, ends[-1]) and len(digits) < 7:
            # 오천이백 원, 사 명: the last digit counts something.
            digits, ends = digits[:-1], ends[:-1]
            if len(digits) < 3:
                return None
            continue
        if (
            not after
            or not hangul(after)
            or _SUFFIX.match(text, ends[-1])
            or _JOINED.match(text, ends[-1])
            or len(digits) >= 4
        ):
            break
        return None
    if not digits:
        return None
    return Group(start, ends[-1], digits, True, tuple(ends))


def _ends_a_joint(text: str, start: int, tail: str) -> bool:
    return (
        tail[-1:] in "에의국" and start > 1 and (tail[0] in SPOKEN or tail[0].isdigit() or tail[0] == " ")
    ) or tail in (
        "다시",
        "빼기",
        "대시",
    )
