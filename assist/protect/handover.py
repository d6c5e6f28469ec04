"""The warm handover note for a person in danger: what the receiving side needs, from what was said and nothing else.

Who, where and what are quotations with their times; what was not told is said to be unknown.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final, Protocol

from assist.mask import PersonalKind, find
from assist.model import CrisisFinding, CrisisKind, HeardNumber, Turn
from assist.protect.crisis_guide import CrisisGuide
from audio.model import Channel
from kb.model import TextSpan
from kb.places import heard
from resources import path

_LONGEST_QUOTE: Final = 100
"""Characters of a quotation; more is cut, and the cut shown."""
_MOST_QUOTES: Final = 4
_MOST_WHO: Final = 3
_MOST_PLACES: Final = 2
_LEAST_SAID: Final = 6
"""Syllables a counsellor's sentence needs to be worth a line."""
_WHO_ASKED: Final = re.compile(r"성함|이름이|누구|연세|나이|몇 ?살|혼자 ?계|곁에|옆에 ?누|함께 ?계|같이 ?계|관계가")
_WHO_TOLD: Final = re.compile(
    r"(?:스물|서른|마흔|쉰|예순|일흔|여든|아흔|[이삼사오육칠팔구]십|\d{1,2}) ?(?:한|하나|두|둘|세|셋|네|넷|다섯|여섯|일곱|여덟"
    r"|아홉|[일이삼사오육칠팔구])? ?(?:살|세(?![가-힣])|먹은)|(?:우리|저희|제|내|옆집|윗집|아랫집|앞집) ?(?:어머니|아버지|엄마|아빠|딸"
    r"|아들|남편|아내|와이프|할머니|할아버지|동생|언니|오빠|누나|친구|애|아이|아기|노인|어르신|아저씨|아줌마|아주머니)"
    r"|혼자 ?(?:살|지내|있)"
)
_PLACE_ASKED: Final = re.compile(r"어디|위치|주소|어느 ?구|어느 ?동|계신 ?곳|사시는|몇 ?층|몇 ?호")
_PLACE_TOLD: Final = re.compile(
    r"(?:로|길|대로) ?\d+|\d+ ?(?:번지|호(?![가-힣])|동(?![가-힣])|층)|번지|아파트|빌라|고시원|옥상|다리 ?위|대교|한강|역 ?(?:앞|근처|\d)"
)
_DIGIT: Final = dict(
    zip("0123456789", ("[0공영]", *(f"[{n}{w}]" for n, w in enumerate("일이삼사오육칠팔구", 1))), strict=True)
)
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨"
_AFTER: Final = (
    r"(?=\s*$|[,.?!]|번|[으]?로|에|이나|나\s|하고|[와과을를는은도만]\s|이고|이며|입니다|이에요|예요|요|"
    r"\s(?:신고|연결|상담|전화|구급|경찰|로|번|으로|에))"
)


@dataclass(frozen=True, slots=True)
class WelfareCentre:
    """Whom the knowledge DB names for a district."""

    district: str
    name: str
    phone: str
    article_id: str


class WelfareCentres(Protocol):
    """Welfare centres of the knowledge DB. Called on the ``assist`` thread; must not wait for long."""

    def find(self, district: str) -> WelfareCentre | None:
        """Return the one of a district (구) where the DB is sure of its number, else None."""
        ...


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a call holds when the note is asked for."""

    kind: CrisisKind
    turns: Sequence[Turn]
    """All turns by time."""
    crises: Sequence[tuple[int, CrisisFinding]]
    """Turn index and finding, in order; at least one of ``kind``."""
    numbers: Sequence[HeardNumber] = ()
    centre: WelfareCentre | None = None
    wall_time: str = ""
    """Sample 0, ISO 8601; empty where unknown."""
    now_s: float = 0.0
    practice: bool = False


@dataclass(slots=True)
class DistrictHeard:
    """The district a call is about: the one the caller named, the counsellor's where the caller named none."""

    _named: dict[Channel, set[str]] = field(default_factory=dict)

    def add(self, speaker: Channel, text: str) -> None:
        """Take in what one side said."""
        district = heard(text)
        if district:
            self._named.setdefault(speaker, set()).add(district)

    @property
    def sure(self) -> str:
        """The district, empty where none or more than one was named."""
        for speaker in (Channel.CALLER, Channel.AGENT):
            named = self._named.get(speaker, set())
            if named:
                return next(iter(named)) if len(named) == 1 else ""
        return ""


def write_note(facts: NoteFacts, guide: CrisisGuide) -> tuple[int, str]:
    """Return the turn of the danger and the note's text, Korean, a line for each thing.

    Raises:
        ValueError: No danger of that kind was seen.
    """
    own = [(index, finding) for index, finding in facts.crises if finding.kind is facts.kind]
    if not own:
        raise ValueError("no such danger in this call")
    words = _file()["words"]
    unknown = str(words["unknown"])
    urgency = max(finding.urgency for _, finding in own)
    clock = _clock(facts.wall_time)
    also = dict.fromkeys(finding.kind for _, finding in facts.crises if finding.kind is not facts.kind)
    head = f"{words['title']} · {guide.of(facts.kind).title} · {_file()['urgency'][str(urgency)]}"
    lines = [
        f"{words['practice']} {head}" if facts.practice else head,
        f"{words['when']}: {_when(facts)}",
        *_listed(words["who"], list(_who(facts.turns, clock)), unknown),
        *_listed(words["place"], list(_places(facts.turns, clock)), unknown),
        f"{words['phone']}: {_phones(facts.numbers, unknown)}",
        *_listed(words["said"], list(_signs(facts, clock)), unknown),
    ]
    if also:
        lines.append(f"{words['also']}: {', '.join(guide.of(kind).title for kind in also)}")
    given = list(_given(facts, guide, clock))
    lines.append(f"{words['numbers']}: {', '.join(given) or words['none_given']}")
    done = list(_done(facts, clock))
    if done:
        lines += _listed(words["asked"], done, unknown)
    lines += [f"{words['first']}: {_file()['first'][facts.kind.value]}", str(words["source"])]
    return own[-1][0], "\n".join(lines)


@cache
def _file() -> dict[str, Any]:
    with path("scripts/handover.toml").open("rb") as file:
        parsed: dict[str, Any] = tomllib.load(file)
    return parsed


def _listed(name: str, quotes: Sequence[str], unknown: str) -> list[str]:
    """Return one line for one quotation, else a heading with a line for each."""
    if len(quotes) <= 1:
        return [f"{name}: {quotes[0] if quotes else unknown}"]
    return [f"{name}:", *(f"- {quote}" for quote in quotes)]


def _clock(wall_time: str) -> Callable[[float], str]:
    """Return what tells the time of day of a moment, or its minutes and seconds where sample 0 is unknown."""
    try:
        begun = datetime.fromisoformat(wall_time)
    except ValueError:
        return lambda at_s: f"{int(at_s) // 60:02d}:{int(at_s) % 60:02d}"
    return lambda at_s: (begun + timedelta(seconds=at_s)).strftime("%H:%M:%S")


def _when(facts: NoteFacts) -> str:
    elapsed = f"{int(facts.now_s) // 60:02d}:{int(facts.now_s) % 60:02d}"
    try:
        now = datetime.fromisoformat(facts.wall_time) + timedelta(seconds=facts.now_s)
    except ValueError:
        return f"통화 {elapsed}"
    return f"{now:%Y-%m-%d %H:%M} (통화 {elapsed})"


def _quote(turn: Turn, clock: Callable[[float], str], evidence: Sequence[TextSpan] = ()) -> str:
    """Return a turn's words with their time; of a long one the part around ``evidence``, or its beginning."""
    text = " ".join(turn.shown.split())
    if len(text) > _LONGEST_QUOTE:
        raw = turn.text
        middle = (evidence[0].start + evidence[-1].end) // 2 if evidence else 0
        start = max(0, min(middle - _LONGEST_QUOTE // 2, len(raw) - _LONGEST_QUOTE))
        end = min(len(raw), start + _LONGEST_QUOTE)
        part = " ".join(raw[start:end].split())
        text = f"{'…' if start else ''}{part}{'…' if end < len(raw) else ''}"
    return f"{clock(turn.start)} “{text}”"


def _answers(turns: Sequence[Turn], asked: re.Pattern[str]) -> Iterator[Turn]:
    """Yield the caller's answers to a counsellor's question."""
    for before, turn in pairwise(turns):
        if before.speaker is Channel.AGENT and turn.speaker is Channel.CALLER and asked.search(before.text):
            yield turn


def _who(turns: Sequence[Turn], clock: Callable[[float], str]) -> Iterator[str]:
    told = [
        turn
        for turn in turns
        if turn.speaker is Channel.CALLER
        and (any(span.kind is PersonalKind.NAME for span in find(turn.text)) or _WHO_TOLD.search(turn.text))
    ]
    yield from _newest([*told, *_answers(turns, _WHO_ASKED)], clock, _MOST_WHO)


def _places(turns: Sequence[Turn], clock: Callable[[float], str]) -> Iterator[str]:
    callers = [turn for turn in turns if turn.speaker is Channel.CALLER]
    told = [turn for turn in callers if heard(turn.text) or _PLACE_TOLD.search(turn.shown)]
    yield from _newest([*told, *_answers(turns, _PLACE_ASKED)], clock, _MOST_PLACES)


def _newest(turns: Sequence[Turn], clock: Callable[[float], str], most: int) -> Iterator[str]:
    by_index = {turn.index: turn for turn in turns}
    for turn in sorted(by_index.values(), key=lambda turn: turn.start)[-most:]:
        yield _quote(turn, clock)


def _phones(numbers: Sequence[HeardNumber], unknown: str) -> str:
    told = [one for one in numbers if one.kind == "phone" and one.channel is Channel.CALLER]
    return ", ".join(one.display if one.confident else f"{one.display} ({unknown})" for one in told) or unknown


def _signs(facts: NoteFacts, clock: Callable[[float], str]) -> Iterator[str]:
    """Yield what told of danger: the gravest, in order of time."""
    turns = {turn.index: turn for turn in facts.turns}
    newest = {index: finding for index, finding in facts.crises if index in turns}
    gravest = sorted(newest, key=lambda index: (-newest[index].urgency, -turns[index].start))[:_MOST_QUOTES]
    for index in sorted(gravest, key=lambda index: turns[index].start):
        yield _quote(turns[index], clock, newest[index].evidence)


def _given(facts: NoteFacts, guide: CrisisGuide, clock: Callable[[float], str]) -> Iterator[str]:
    """Yield the numbers the counsellor said, each once, with the time of the first."""
    offered = [pair for kind in dict.fromkeys(f.kind for _, f in facts.crises) for pair in guide.of(kind).numbers]
    if facts.centre is not None:
        offered.append((facts.centre.name, facts.centre.phone))
    names: dict[str, str] = {}
    for name, number in offered:
        names.setdefault(number, name)
    for number, name in names.items():
        said = next(
            (t for t in facts.turns if t.speaker is Channel.AGENT and _spoken(number).search(_nfc(t.text))), None
        )
        if said is not None:
            yield f"{name} {number} ({clock(said.start)})"


def _done(facts: NoteFacts, clock: Callable[[float], str]) -> Iterator[str]:
    """Yield what the counsellor said since the first sign of danger, the newest few."""
    turns = {turn.index: turn for turn in facts.turns}
    starts = [turns[index].start for index, _ in facts.crises if index in turns]
    since = min(starts, default=0.0)
    said = [
        turn
        for turn in facts.turns
        if turn.speaker is Channel.AGENT
        and turn.start >= since
        and len(re.findall(r"[가-힣]", turn.text)) >= _LEAST_SAID
    ]
    for turn in said[-_MOST_QUOTES:]:
        yield _quote(turn, clock)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=64)
def _spoken(number: str) -> re.Pattern[str]:
    """Return what finds a number as it is said: 109, 일공구, 백구번."""
    digits = re.sub(r"\D", "", number)
    each = r"[\s\-]*(?:에\s*)?".join(_DIGIT[digit] for digit in digits)
    ways = [each]
    if len(digits) == 3 and digits[0] == "1":
        tens = (
            "" if digits[1] == "0" else ("십" if digits[1] == "1" else f"{'일이삼사오육칠팔구'[int(digits[1]) - 1]}십")
        )
        ones = "" if digits[2] == "0" else "일이삼사오육칠팔구"[int(digits[2]) - 1]
        ways.append(rf"백\s?{tens}\s?{ones}")
    # 120-③: the city's number alone is not the way to 긴급복지.
    keys = "".join(rf"(?=.{{0,30}}{_DIGIT[str(_CIRCLED.index(key) + 1)]}\s?번)" for key in number if key in _CIRCLED)
    return re.compile(rf"(?<![0-9공영일이삼사오육칠팔구십백])(?:{'|'.join(ways)})(?![0-9]){_AFTER}{keys}")
