"""Numbers a citizen could act on, collected over a call for the large digits.

Telephone numbers, amounts, dates, addresses and receipt numbers, each once.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assist import numbers
from assist.model import HeardNumber, Turn
from assist.number_words import digit_string, hyphened
from audio.events import DigitRun
from audio.model import Channel

KINDS: Final = frozenset({"phone", "amount", "date", "address", "other"})
"""Kinds of runs worth showing large; times and counts are left to the text."""

_BUILDING = r"[가-힣A-Za-z0-9]{1,12}(?:아파트|빌라|오피스텔|타워|맨션|주공|빌딩|하이츠|자이|푸르지오|래미안|힐스테이트)"
_AREA = r"(?:[가-힣]{1,5}(?:특별시|시|도)\s)?(?:[가-힣]{1,4}구\s)?"
_NO_ROAD = r"(?!(?:바|새|서|따|별|주|실제|정|대|차|위|뒤|앞|가|스스|번호|나이|앱|카드|순서대|그대|마음대|때|전화|문자|지하|별도|무료|추가|최대|최소)로\s?\d)"
_NO_COUNT = r"(?!\s?(?:장|명|일|면|시|년|월|분|초|만|천|억|원|퍼센트|프로|%|번(?!길|지)|개|건|대(?!로)|회|가지|주|인|살|세|배|차|군데|마리|평|미터|킬로|리터|그램|점|쪽|부|통))"
"""What follows a number that counts something and so ends no address."""
_ADDRESS: Final = re.compile(
    rf"{_AREA}(?:{_NO_ROAD}[가-힣]{{1,7}}\d{{0,2}}(?<!으)(?:로|길|동|가)\s?){{1,2}}\d+(?![\d.]){_NO_COUNT}(?:-\d+)?번?길?"
    rf"(?:\s\d+(?![\d.]){_NO_COUNT}(?:-\d+)?)?(?:번지)?"
    rf"(?:,?\s(?:{_BUILDING}\s?)?(?:\d+동\s?)?\d+호|\s\d+층)?"
    rf"|{_AREA}(?:[가-힣]{{1,6}}동\s)?(?:{_BUILDING})\s?(?:\d+동\s?)?\d+[동호](?:\s?\d+호)?"
)
_SURE_ADDRESS: Final = re.compile(r"(?:로|길)\s?\d|\d번?길|번지|\d호|\d동|\d-\d")
_HOTLINE: Final = re.compile(
    r"(?<![\d-])1(?:09|12|17|18|19|26|29|3(?:30|32|35|36|45|50|55|57|66|69|72|77|82|85|88|89|90|97|98|99))(?=에서|에|으로|로|나\s|번|\s여성|\s상담)"
)
"""Short public numbers said with digits; 120 itself is not worth showing."""
_RECEIPT: Final = re.compile(r"(?:접수|신청|승인|관리|예약|문서|민원)\s?번호")
_HEAD: Final = re.compile(
    r"(?:^|\s)([공영0](?:\s?[공영일이삼사오육칠팔구0-9]){1,2}(?:[\s에의다시-]*[공영일이삼사오육칠팔구0-9]){0,7})[에의요]?[\s.,?!…]*$"
)
_TAIL: Final = re.compile(
    r"^(?:네|예|어|음|그|그리고|그 뒤에|뒤에|,|\s)*((?:[공영일이삼사오육륙칠팔구0-9][\s에의다시-]*){3,8})"
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A telephone number whose second half may follow in the speaker's next turn."""

    turn: Turn
    digits: str


class FactCollector:
    """Heard numbers of one call. Not thread-safe; fed by the assist thread, turn by turn.

    The same index may come again as a turn grows: what was found in it before is not reported twice.
    """

    def __init__(self) -> None:
        self._seen: dict[str, HeardNumber] = {}
        self._open: dict[Channel, _Open] = {}

    @property
    def heard(self) -> tuple[HeardNumber, ...]:
        """Everything found so far, in order."""
        return tuple(self._seen.values())

    def add(self, turn: Turn) -> tuple[HeardNumber, ...]:
        """Take in a turn and return the numbers not heard before in this call."""
        text, runs = numbers.display(turn.text)
        new: list[HeardNumber] = []
        whole = any(run.kind == "phone" and run.confident for run in runs)
        joined = None if whole else self._joined(turn)
        if joined:
            self._keep(new, turn, "phone", joined[0], joined[1])
        addresses = [found for found in _ADDRESS.finditer(text) if _SURE_ADDRESS.search(found.group())]
        for found in addresses:
            self._keep(new, turn, "address", found.group().strip(), True)
        for run in runs:
            inside = any(found.start() <= run.start and run.end <= found.end() for found in addresses)
            if run.kind in KINDS and not inside and _worth(run, text[run.end :]):
                self._keep(new, turn, run.kind, _shown(run), run.confident)
        for hotline in _HOTLINE.finditer(text):
            if not any(run.start <= hotline.start() < run.end for run in runs):
                self._keep(new, turn, "phone", hotline.group(), True)
        self._remember_half(turn, runs)
        return tuple(new)

    def _keep(self, new: list[HeardNumber], turn: Turn, kind: str, shown: str, confident: bool) -> None:
        key = _key(kind, shown)
        if key in self._seen or any(kind in ("address", "date") and key in other for other in self._seen):
            return
        number = HeardNumber(
            id=len(self._seen), kind=kind, display=shown, channel=turn.speaker, turn=turn.index,
            start=turn.start, end=turn.end, confident=confident,
        )  # fmt: skip
        self._seen[key] = number
        new.append(number)

    def _joined(self, turn: Turn) -> tuple[str, bool] | None:
        half = self._open.get(turn.speaker)
        if half is None or half.turn.index >= turn.index:
            return None
        del self._open[turn.speaker]
        tail = _TAIL.match(turn.text)
        if tail is None or turn.index - half.turn.index > 3:
            return None
        room = (10 if half.digits.startswith("02") else 11) - len(half.digits)
        return hyphened(half.digits + digit_string(tail[1])[:room])

    def _remember_half(self, turn: Turn, runs: tuple[DigitRun, ...]) -> None:
        head = _HEAD.search(turn.text)
        digits = digit_string(head[1]) if head else ""
        complete = any(run.kind == "phone" and run.confident for run in runs)
        if re.match(r"01[016789]|02|0[3-6][1-5]|070", digits) and len(digits) < 9 and not complete:
            self._open[turn.speaker] = _Open(turn, digits)


def _worth(run: DigitRun, after: str) -> bool:
    if run.kind == "date":
        span = re.match(r"서|\s?(?:정도|간\b|동안)", after) or re.search(r"정도|간$|동안", run.display)
        return not span and bool(re.search(r"월|\d일", run.display))
    if run.kind == "address":
        return bool(_SURE_ADDRESS.search(run.display))
    if run.kind == "other":
        return bool(_RECEIPT.search(run.display)) or len(digit_string(run.display)) >= 6
    return True


def _shown(run: DigitRun) -> str:
    """Return a run without the particles it was said with: 14일이요 to 14일, 23가에 4567 to 23가 4567."""
    text = re.sub(r"(?<=번호)[는가를이]\s?", " ", run.display)
    if run.kind == "other":
        text = re.sub(r"(?<=\d[가-힣])에(?=\s?\d)", "", text)
    if run.kind == "date":
        text = re.sub(r"(?<=[일월])(?:에|이요|이에요|입니다|자|날)$", "", text)
    return text


def _key(kind: str, shown: str) -> str:
    if kind in ("phone", "other"):
        return f"{kind}:{digit_string(shown)}"
    if kind == "amount":
        return f"{kind}:{re.sub(r'[^0-9억만천백]', '', shown)}"
    return f"{kind}:{re.sub(r'[^0-9가-힣A-Za-z-]', '', shown)}"
