"""Made calls in which an address is said in pieces, and calls that name public places, for ``benchmarks/mask.py``.

Kept apart: no rule was mended on them; three calls about public places that one was mended on have others in their
place. Roads and neighbourhoods are of no map; districts are Seoul's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

_ROADS: Final = ("한솔로", "은행나무로", "샛별대로", "매화로", "하늘빛로", "도담로", "참나무로", "버들로")
_TOWNS: Final = ("역촌동", "면목동", "쌍문동", "가락동", "상계1동", "홍제동", "자양동", "독산동")
_AREAS: Final = ("은평구", "중랑구", "도봉구", "송파구", "노원구", "서대문구", "광진구", "금천구")
_CALLS: Final = (
    ("어디에 사시나요", "{area} [{town}]이고요 [{lane}]이요", "[{lane}] 몇 번이실까요", "[{house}]번이요"),
    ("정확한 위치 부탁드립니다", "[{area} {town}]인데요", "네 길 이름도 아세요", "[{lane}] 편의점 건너편이요"),
    (
        "저희 집이 [{area} {lane}] 쪽이거든요",
        "네 [{lane}] 확인했습니다",
        "거기 하수구가 막혔어요",
        "오늘 중으로 나가겠습니다",
    ),
    ("[{lane}] 세탁소 골목으로 오시면 돼요", "건물 번호가 있을까요", "[{house}]이에요", "[{lane}] [{house}] 맞습니까"),
    ("주소 불러 드릴게요", "네 말씀하세요", "[{town}]이요", "네", "[{lane}]이요", "네", "[{house}]번지 [{flat}]호요"),
    ("[{lane}]에서 넘어져서요", "다치셨어요", "조금요 [{town}]이에요", "네 [{area} {town}]이시고요"),
)
_CLEAN: Final = (
    ("가까운 복지관 위치 좀요", "{area} {lane}에 있어요", "거기 {floor}층 맞죠", "네 {floor}층이에요"),
    ("{lane} 축제는 언제부터예요", "{day}일부터입니다", "네 감사합니다"),
    ("{town} 주민센터 전화번호요", "잠시만요", "{town}은 {area} 소관입니다"),
    ("도서관이 {lane}에 있나요", "{lane} 도서관은 {area}에 있어요", "{floor}층이죠", "네 맞습니다"),
    ("{lane} 버스 정류장이요", "안내판이 고장인가요", "네 {day}분째 안 와요"),
    ("운동 교실 신청이요", "{area} 활동 지원 말씀이세요", "이동이 어려워서요", "{day}일 걸립니다"),
)


def _spoken(value: int) -> str:
    out, rest = "", value
    for size, name in ((100, "백"), (10, "십")):
        count, rest = divmod(rest, size)
        if count:
            out += ("" if count == 1 else "공일이삼사오육칠팔구"[count]) + name
    return out + ("공일이삼사오육칠팔구"[rest] if rest else "")


def calls(seed: int, times: int) -> Iterator[tuple[list[str], list[list[tuple[int, int]]]]]:
    """Yield turns and the stretches in each that are of an address; none at all where the place is public."""
    chance = random.Random(seed)
    for made in (*_CALLS, *_CLEAN):
        for _ in range(times):
            said = str if chance.random() < 0.5 else _spoken
            values = {
                "area": chance.choice(_AREAS),
                "town": chance.choice(_TOWNS),
                "lane": f"{chance.choice(_ROADS)}{chance.choice(('', ' '))}{said(chance.randint(2, 99))}길",
                "house": said(chance.randint(11, 240)),
                "flat": said(chance.randint(1, 9) * 100 + chance.randint(1, 9)),
                "floor": said(chance.randint(2, 6)),
                "day": said(chance.randint(11, 30)),
            }
            turns, spans = [], []
            for turn in made:
                text, own = "", []
                for part in turn.format(**values).replace("]", "[").split("["):
                    own.append((len(text), len(text) + len(part)))
                    text += part
                turns.append(text)
                spans.append(own[1::2])
            yield turns, spans
