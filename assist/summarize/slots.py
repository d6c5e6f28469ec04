"""Small facts of a call: place, age, name, telephone number, deadline."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assist import numbers
from assist.summarize.clauses import Clause
from assist.summarize.roles import Role

DISTRICTS: Final = (
    "강남구", "강동구", "강북구", "강서구", "관악구", "광진구", "구로구", "금천구", "노원구", "도봉구", "동대문구", "동작구",
    "마포구", "서대문구", "서초구", "성동구", "성북구", "송파구", "양천구", "영등포구", "용산구", "은평구", "종로구",
    "중랑구",
)  # fmt: skip
"""Districts whose name is said with 구; 중구 is told by its word."""

_DISTRICT: Final = re.compile("|".join(DISTRICTS) + r"|(?<![가-힣])중구(?![가-힣]{2})")
_NOT_DONG = r"(?!자동|이동|활동|운동|행동|노동|공동|작동|부동|변동|감동|아동|합동|출동|수동|진동|고동|파동|협동|연동|전동|유동|가동|발동|시동|기동|동동|소동|충동|냉동|선동|율동|역동|주동|생동|구동|격동|지동|능동|이 동|옆동|앞동|뒷동|우리동|그동)"
_DONG: Final = re.compile(
    rf"(?<![가-힣]){_NOT_DONG}(?P<dong>[가-힣]{{1,4}}\d?동)(?=\s|$|[,.]|이[고요에거야]|인데|에|의|요|사|쪽|주민|빌라|아파트)"
)
_SPOT: Final = re.compile(
    r"(?:[가-힣]{1,8}역(?![가-힣]{2})\s?(?:\d+번\s?출구)?|[가-힣]{2,10}(?:아파트|초등학교|중학교|고등학교|시장|공원|사거리|삼거리|오거리|주민센터|빌라|병원|정류장|기사식당|어린이집|경로당|터널|대교|고가|교차로|마트|놀이터|골목|주차장|상가|복지관)(?:\s?\d+동\s?\d+호)?)(?:\s?(?:후문|정문|옆|앞|뒤|근처|맞은편|건너편|입구))?"
)
_AGE: Final = re.compile(
    r"(?<!\d)(\d{1,3})\s?(?:살|세)(?![가-힣]*\s?(?:이상|이하|미만|부터|까지))|(?:올해|나이가|연세가|이제)\s?(\d{2})(?=인데|이에요|이야|이고|입니다|예요|살|세|\s|$)"
)
_BARE_AGE: Final = re.compile(r"(?<![\d가-힣])([1-9]\d|10\d)\s?(?=이|세|살|요|예|\s|$)")
"""An age where age was asked."""
_DWELLING: Final = re.compile(
    r"단독주택|다세대주택|다세대|다가구|반지하|옥탑|고시원|쪽방|임대아파트|(?:전세|월세|자가)(?=로|에 |집|방|살|예요|이에요|요|고|이고|$)"
)
_ROOMS: Final = re.compile(r"방이?\s?(\d)\s?개")
_NAME: Final = re.compile(
    r"^(?:네|예|아|저는?|제|이름은?|성함은?|,|\s)*(?P<name>[가-힣]{2,4}?)(?:이라고|라고|이고|이에요|예요|입니다|이요|요|라구요)?\W*$"
)
_NIM: Final = re.compile(r"(?P<name>[가-힣]{2,4})\s?(?:고객|선생)?님(?=$|[\s,.으께에])")
_NOT_NAMES: Final = frozenset(["고객", "선생", "어르신", "민원인", "시민", "상담사", "기사", "담당자", "학부모", "부모", "원장", "사장", "교수", "주무관", "손", "스님", "형", "누", "장", "따", "아드", "바깥어르신", "팀장", "과장", "구청장", "시장", "이용자", "신청자", "어머", "아버"])  # fmt: skip
_DEADLINE: Final = re.compile(
    r"(?:(?:오늘|내일|모레|글피|[월화수목금토일]요일)\s)?(?:(?:오전|오후|아침|저녁|점심|낮)\s)?\d+시(?:\s?(?:반|\d+분))?에(?=\s)|"
    r"(?:(?:오늘|내일|모레)\s?)?(?:(?:오전|오후|아침|저녁|점심|낮)\s?)?\d+시(?:에서|부터)\s(?:오전\s|오후\s)?\d+시\s?(?:사이|까지)"
    r"|\d+일에서 \d+일 (?:안|이내)에?"
    r"|(?:(?:오늘|내일|모레|글피|이번 ?주|다음 ?주|금주|차주|\d+월\s?\d+일|월요일|화요일|수요일|목요일|금요일|토요일|일요일)(?:\s?(?:월|화|수|목|금|토|일)요일)?\s?)*"
    r"(?:(?:오전|오후|아침|저녁|점심|낮)\s?)?(?:\d+시(?:\s?(?:반|\d+분))?|중|오전|오후|안|(?:\d+일에서\s)?\d+일|\d+시간|\d+분|월요일|화요일|수요일|목요일|금요일|점심|퇴근|하루|이틀|사흘|일주일|열흘|한 달|\d+주)\s?(?:전까지|이전까지|이내에?|까지|안으로|안에|전에|중으로|쯤|내로|내에|후에?|뒤에?)"
    r"|(?:오늘|내일|모레|이번 ?주|다음 ?주)(?:\s?(?:[월화수목금토일]요일|오전|오후))?(?:\s?(?:중으로|안으로|안에|중에|까지))?"
)


_AREA: Final = re.compile(r"(?:구역|(?<!단)지역|^내역|번역|통역|방역|면역|광역|영역)(?:\s?(?:앞|옆|뒤|근처))?$")
_DENIED: Final = re.compile(r"[가-힣]{0,2}\s?(?:아니|말고|빼고|못|안 )|에도 없|[은는이가] 없")
"""What follows a place that is named only to say that it is not there."""
_SITED: Final = re.compile(r"역|앞|옆|뒤|근처|맞은편|건너편|입구|아파트|[가-힣]거리")
"""A spot that says where it is without a district."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact and where it was said."""

    text: str
    turns: tuple[int, ...]


def places(items: Sequence[tuple[Clause, Role]]) -> tuple[Slot, ...]:
    """Return where the matter is: district, then 동, then the spot, each as first said."""
    found: list[Slot] = []
    for pattern, group in ((_DISTRICT, 0), (_DONG, "dong"), (_SPOT, 0)):
        for clause, role in items:
            if clause.is_agent and role not in (Role.RESTATEMENT, Role.QUESTION):
                continue
            if role in (Role.ABUSE, Role.IDENTIFICATION):
                continue
            match = pattern.search(clause.text)
            if match and pattern is _SPOT and _AREA.search(match.group()):
                continue
            if match and _DENIED.match(clause.text[match.end() :]):
                continue
            alone = pattern is _SPOT and not found
            if match and not (alone and not _SITED.search(match.group())):
                found.append(
                    Slot(re.sub(r"^(?:여기|저희|우리|거기)\s?", "", str(match[group]).strip()), (clause.turn,))
                )
                break
    return tuple(slot for i, slot in enumerate(found) if not any(slot.text in other.text for other in found[:i]))


def person(items: Sequence[tuple[Clause, Role]]) -> tuple[Slot, ...]:
    """Return the caller's age and dwelling as said by the caller."""
    found: list[Slot] = []
    asked = -9
    for clause, role in items:
        if clause.is_agent and re.search(r"연세|나이", clause.text) and role in (Role.QUESTION, Role.COURTESY):
            asked = clause.turn
        if (clause.is_agent and role is not Role.RESTATEMENT) or role is Role.ABUSE:
            continue
        text = clause.text
        told = _BARE_AGE.search(text) if 0 < clause.turn - asked <= 2 else None
        if told and not any(s.text.endswith("세") for s in found):
            found.append(Slot(f"{told[1]}세", (clause.turn,)))
        mine = re.search(r"내가|제가|저는|나는|올해|어머니|아버지|할머니|할아버지|엄마|아빠|나이|연세", text)
        if (age := _AGE.search(text)) and mine and not any(s.text.endswith("세") for s in found):
            found.append(Slot(f"{age[1] or age[2]}세", (clause.turn,)))
        if (home := _DWELLING.search(text)) and not any(home[0] in s.text for s in found):
            found.append(Slot(home[0], (clause.turn,)))
        if (rooms := _ROOMS.search(text)) and not any(s.text.startswith("방 ") for s in found):
            found.append(Slot(f"방 {rooms[1]}개", (clause.turn,)))
    return tuple(found)


def caller_name(items: Sequence[tuple[Clause, Role]]) -> Slot | None:
    """Return the caller's name: said when asked, or said back with 님."""
    asked = False
    said_by_caller: Slot | None = None
    for clause, role in items:
        if clause.is_agent:
            nim = _NIM.search(clause.text)
            if nim and nim["name"] not in _NOT_NAMES and not re.search(r"상담사", clause.text):
                return Slot(nim["name"], (clause.turn,))
            asked = bool(re.search(r"성함|이름", clause.text))
        elif asked and said_by_caller is None and role is not Role.COURTESY:
            said = _NAME.match(clause.text)
            if said and said["name"] not in ("네", "괜찮아", "없어", "아니", "맞아", "그래", "알겠어"):
                said_by_caller = Slot(said["name"], (clause.turn,))
    return said_by_caller


def phones(items: Sequence[tuple[Clause, Role]]) -> tuple[Slot, ...]:
    """Return full telephone numbers that the caller left or the counsellor read back, in order."""
    found: dict[str, Slot] = {}
    for clause, role in items:
        for run in numbers.display(clause.text)[1]:
            personal = re.match(r"01\d", run.display) or not clause.is_agent or role is Role.COMMITMENT
            if run.kind == "phone" and run.confident and personal and len(run.display) >= 9:
                known = found.get(run.display)
                found[run.display] = Slot(run.display, (*(known.turns if known else ()), clause.turn))
    return tuple(found.values())


def deadline(text: str) -> str:
    """Return the time limit said in a commitment, or an empty string."""
    found = _DEADLINE.search(text)
    return re.sub(r"\s+", " ", found.group()).strip() if found else ""
