"""The forms in which figures are written and said, as patterns: for :mod:`assist.review.figures` alone.

Forms of public notices are from the administrative writing rules (2026. 12. 31., 09:00, 3,000~5,000원, ☎ 120); spoken
ones from the grammar of Korean numerals.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from typing import Final

from assist.number_words import COUNTING, HALF_PAST

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_PLAIN: Final = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("～〜∼˜", "~"), **dict.fromkeys("–—−‐‑－", "-"), **dict.fromkeys("’‘´＇", "'"),
        "，": ",", "．": ".", "：": ":", "％": "%", "（": "(", "）": ")", "／": "/", "\u00a0": " ", "\u3000": " ",
    }
)  # fmt: skip
"""One character for one: offsets stay."""
UNITS: Final = {
    "년": "년", "개월": "개월", "달": "개월", "월": "월", "일": "일", "주일": "주", "주": "주", "시간": "시간", "분": "분", "초": "초",
    "%": "%", "퍼센트": "%", "프로": "%", "명": "명", "인": "명", "세": "세", "살": "세", "건": "건", "회": "회", "번": "번",
    "장": "장", "매": "장", "부": "부", "대": "대", "개": "개", "평": "평", "제곱미터": "㎡", "㎡": "㎡", "km": "km", "킬로미터": "km",
    "m": "m", "미터": "m", "cm": "cm", "센티": "cm", "kg": "kg", "킬로그램": "kg", "L": "L", "리터": "L", "배": "배", "등급": "등급",
    "층": "층", "학년": "학년", "호선": "호선", "가구": "가구", "점": "점", "도": "도", "차례": "회", "가지": "가지", "병": "병", "면": "면",
}  # fmt: skip
"""Unit as written or said, and the kind of figure it makes."""

# -- telephone numbers ----------------------------------------------------------------------------------------------

_SEP: Final = r"(?:\s?[-.·]\s?|\s)"
_AREA: Final = r"0(?:2|1\d|[3-6]\d|[57]0\d?|80)"
_NO_UNIT: Final = r"(?!\s?(?:원|만|천|억|여|명|건|회|개|년|월|일|시|분|초|%|퍼|프로|세|살|인|통|호|층|m|k|㎡|평|가구|점|주|차|쪽|페|곳|대|배|도|장|매|부|동|길))"
PHONE: Final = re.compile(
    rf"(?<![\d-])(?:"
    rf"(?:\(?\+\s?82\)?{_SEP}?(?:\(0\)\s?)?(?P<abroad>0?(?:2|1\d|[3-7]\d))\)?|\({_AREA}\)|{_AREA}\)|{_AREA}){_SEP}?(?:\d{{3,4}}{_SEP}\d{{4}}|(?<=[-)\s.])(?:(?<=[-)])|(?<=[-)]\s))1\d{{2,3}}|(?<=-)\d{{3}})"
    rf"|0(?:2\d{{7,8}}|1\d{{8,9}}|[3-6]\d{{8,9}}|70\d{{8}})"
    rf"|1[568]\d{{2}}{_SEP}?\d{{4}}{_NO_UNIT}"
    rf"|(?!(?:19|20)\d\d\s?-\s?(?:19|20)\d\d)\d{{3,4}}\s?-\s?\d{{4}}{_NO_UNIT}"
    r")(?!\d)(?!-\d)"
)
_SHORT: Final = r"(?:1(?:09|1\d|2\d|3[12]|82|88)|13\d\d)"
"""Public short numbers: emergency and civil services, and 13xx (numbering plan of the Ministry of Science and ICT)."""
_LIKE_SHORT: Final = r"(?:1(?!00)\d\d|13\d\d)"
_GO: Final = r"(?:가|오|와|갈|타|탑|내리|이동|들어|올라|내려|환승|지정|배정|나[오와]|옮|앉|모시|부르|호명|바뀌|걸어[가오]|있|서\s|계)"
"""Said of a place and never of a telephone number."""
_DIAL: Final = r"(?:전화|통화|걸(?:면|고|기|어(?!\s?(?:가|오|서|올|갈|다)))|거[시세셔실])"
_TO: Final = r"(?:으로|로|에다가?|에게|에)"
HOTLINE: Final = re.compile(
    r"(?<![\d.,-])(?:"
    rf"(?:(?:[☎☏📞]|(?:전화(?: ?번호)?|문의(?:처)?|국번 ?없이|콜센터|콜|상담(?:센터|전화|소)|신고(?: ?전화)?|[Tt][Ee][Ll]\.?|T\.)(?:는|은)?)[ :]{{0,3}}\(?[☎☏]?\s?(?P<cued>1\d{{2,3}})|(?:센터|재단)(?:는|은)?[ :]{{0,3}}\(?\s?(?P<centre>{_SHORT}))(?![\d.,~-]\d|\d){_NO_UNIT}(?!번\s?(?:버스|출구|창구))"
    rf"|(?<=[가-힣])\s?\([☎☏]?\s?(?P<braced>1(?!00)\d{{2,3}})\)"
    rf"|(?m:^)(?P<alone>1\d{{2,3}})(?m:$)"
    rf"|(?P<dialed>{_LIKE_SHORT})(?=\s?(?:번\s?)?{_TO}\s?(?:바로\s?|먼저\s?|직접\s?|꼭\s?|한\s?번\s?|다시\s?)?{_DIAL})"
    rf"|(?P<called>{_SHORT}(?=\s?번(?!\s?(?:버스|출구|창구|마을|타|길|지|게이트|승강장|정류|좌석|자리|회의실|교실|사물함|손님|고객|이상|이하|미만|정도|넘|씩|쯤|{_TO}\s?{_GO}|에서)|째))"
    rf"|{_SHORT}(?=\s?(?:{_TO}(?!\s?{_GO})[가-힣\s]{{0,6}}?(?:문의|신고|상담|연락|접수|하시|하세|하셔|해\s?보|물어|여쭤|누르|눌러)|(?:번\s?)?에서(?:\s?$|[가-힣\s]{{0,10}}?(?:안내|상담|출동|도와|알려|접수|연결))|이?나(?=\s?1\d\d)|상담|전화))"
    rf"|{_LIKE_SHORT}(?=\s?(?:번\s?)?{_TO}\s?(?:문의|신고|상담|연락)|\s?번\s?으로(?!\s?{_GO})))"
    r")"
)
NO_LINE: Final = re.compile(
    r"(?:버스|간선|지선|노선|심야|창구|순번|대기|문항|접수번호|체온|혈압|회의실|강의실|교실|사무실|호실|열람실|병실|객실|게이트|출구|정류장|정류소|좌석|사물함|번호표"
    r"|몸무게|체중|(?<![가-힣])키|신장)(?:은|는|이|가|도|로)?\s?$"
    r"|[가-힣\d](?:로|길)(?<!으로)(?<!바로)(?<!따로)(?<!새로)(?<!서로)(?<!별도로)(?<!전화로)(?<!번호로)(?<!그대로)(?<!이대로)(?<!참고로)(?<!추가로)(?<!주로)(?<!무료로)\s?$"
)
"""Before a number of a counter, a room, a bus, a house or a body: no telephone number unless it is said to be dialled."""

# -- amounts --------------------------------------------------------------------------------------------------------

_WON_END: Final = r"\s?원(?!룸|형|칙|인[은이을의]|래|한)"
_BIG: Final = rf"{_NUMBER}\s?[억만천백](?:\s?(?:{_NUMBER})?\s?[만천백]|\s?{_NUMBER}(?=\s?원)){{0,3}}|{_NUMBER}"
AMOUNT: Final = re.compile(rf"(?P<big>{_BIG}){_WON_END}")
AMOUNT_RANGE: Final = re.compile(
    rf"(?<![\d.,-])(?:(?P<low>{_NUMBER}(?:\s?[억만천백]{{1,2}}(?:\s?{_NUMBER})?){{0,3}})|(?<![가-힣])(?P<spoken>[일이삼사오육륙칠팔구십백천만억]{{2,12}}))"
    rf"\s?(?:[~-]|에서|부터|내지)\s?(?P<high>{_BIG}){_WON_END}"
)
"""A range whose first amount stands without 원: 3,000~5,000원, 3~5만 원, 삼천에서 오천 원."""

# -- days and times -------------------------------------------------------------------------------------------------

_M: Final = r"(?P<month>1[0-2]|0?[1-9])"
_D: Final = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_WEEKDAY: Final = r"\s?\([월화수목금토일](?:요일)?\)"
DATES: Final = (
    re.compile(rf"(?<![\d.])(?:'\s?(?P<short>\d{{2}})|(?P<year>(?:19|20)\d{{2}}|[23]\d))\s?\.\s?{_M}\s?\.\s?{_D}(?!\d|\.\d)\.?"),
    re.compile(rf"(?<![\d/-])(?P<year>(?:19|20)\d{{2}})(?P<mark>[-/]){_M}(?P=mark){_D}(?![\d/-])"),
    re.compile(rf"(?<!\d){_M}\s?월\s?{_D}(?:\s?일)?(?:{_WEEKDAY})?\s?(?:[~-]|부터|에서)\s?(?P<last>3[01]|[12]\d|0?[1-9])\s?일"),
    re.compile(rf"(?<!\d){_M}\s?월\s?{_D}\s?일(?!간)"),
    re.compile(rf"(?<!\d){_M}\s?월\s?말일"),
    re.compile(rf"(?<![\d/]){_M}/{_D}(?![\d/])(?={_WEEKDAY}|\s?(?:까지|부터|~|\d))"),
    re.compile(rf"(?<![\d/]){_M}/(?P<day>3[01]|2\d|1[3-9])(?![\d/%])"),
    re.compile(rf"(?<![\d.])(?<!\d\s){_M}\.\s?{_D}(?!\d)(?:\.?{_WEEKDAY}|\.?\s?[~-]\s?\d{{1,2}}\.\s?\d{{1,2}}|\.\s?(?:까지|부터|자|이후|이전|현재|기준|시행))"),
    re.compile(rf"(?<=[~-])\s?{_M}\.\s?{_D}\.?(?!\d)(?={_WEEKDAY}|[\s)까,.]|$)"),
)  # fmt: skip
"""Days of the year in full. ``last`` is the last day of a stretch in one month."""
YEAR_MONTH: Final = re.compile(rf"(?<![\d.])(?P<year>(?:19|20)\d{{2}})\s?\.\s?{_M}\s?\.(?!\s?\d)")
LAST_DAYS: Final = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
"""February's last day hangs on the year, so 2월 말일 is no figure."""
_HALF: Final = r"(?P<half>오전|오후|아침|점심|저녁|밤|낮|새벽)?\s?"
CLOCK: Final = re.compile(rf"{_HALF}(?<!\d)(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)")
TIME: Final = re.compile(
    rf"{_HALF}(?P<hour>\d{{1,2}})\s?시(?!간|민|청|도|설|행|작|립|군)(?:\s?(?P<minute>\d{{1,2}})\s?분|\s?(?P<thirty>{HALF_PAST}))?"
)
LATE_HOUR: Final = re.compile(
    r"(?<![가-힣])(?:(?P<native>열\s?(?:세|네|다섯|여섯|일곱|여덟|아홉)|스무|스물\s?(?:한|두|세|네))|(?P<sino>십[삼사오육칠팔구]|이십[일이삼사]?))\s?시"
    rf"(?=$|[\s,.?!]|에|부터|까지|쯤|경|이|입|로|면|정각)(?:\s?(?P<minute>\d{{1,2}})\s?분|\s(?P<thirty>{HALF_PAST}))?"
)
"""Hours above twelve as they are read off an entry: 열다섯 시, 십팔 시."""
LASTING: Final = re.compile(
    r"\s?(?:이내|내(?![가-힣])|안에|안으로|동안|간(?![가-힣])|전|후|뒤|째|치|정도|만에|이상|미만|이하|걸|소요|연속|연장|유예|에서\s?\d{1,3}\s?일)"
)
"""After 일: a length, not a day of the month."""
HOURS_AND: Final = re.compile(
    rf"(?<![\d.])(?P<hours>\d{{1,2}})\s?시간\s?(?:(?P<minutes>[1-5]?\d)\s?분|(?P<half>{HALF_PAST}))"
)

# -- counted things -------------------------------------------------------------------------------------------------

COUNTED: Final = re.compile(
    rf"(?<![\d.:/-])(?P<first>{_NUMBER})(?:\s?(?:[~-]|에서|내지)\s?(?P<second>{_NUMBER}))?\s?(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})"
    r"(?![A-Za-z])(?!째|의원|요일|본|년(?=도\s?\S)|주년)(?<!주(?=년))(?<!분(?=의))(?<!부(?=터))(?<!세(?=대))(?<!인(?=[용실석분]))(?<!면(?=[서허제]))"
)
PERCENT_OF: Final = re.compile(
    r"(?<![가-힣\d])(?:백|100)\s?분의\s?(?P<share>[일이삼사오육칠팔구십]{1,3}|\d{1,3}(?:\.\d+)?)"
)
_SAID_END: Final = (
    r"(?=$|[\s,.?!…]|이내|안|만|간|전|뒤|후|동안|정도|까지|부터|입|이|은|을|를|도|걸|쯤|치|씩|예|요|짜리|에)"
)
NATIVE_DAYS: Final = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip
DAYS: Final = re.compile(
    rf"(?<![가-힣])(?<!정월 )(?:(?P<some>{'|'.join(word for word in NATIVE_DAYS if word != '하루')}){_SAID_END}(?!에\s?(?:한|두|\d))"
    r"|(?P<one>하루)(?=\s?(?:이내|안|만에|전|뒤|후|걸|정도|이상|동안|에서\s?(?:이틀|사흘|\d)|이틀|짜리|입니다|이에요|예요|이상|연장)))"
)
"""하루 alone is a day in general: 좋은 하루, 하루 한 번."""
NATIVE: Final = re.compile(
    rf"(?<![가-힣])(?P<number>{COUNTING})\s?(?P<unit>달|주|번|차례|장)(?!에\s|에$){_SAID_END}(?!째)"
)
"""두 달, 석 달, 일곱 번; 한 달에 (a month each) is no length."""
WEEKS: Final = re.compile(
    r"(?<![가-힣])(?:(?P<one>일)\s?주일|(?P<some>[삼사오육칠팔]|십)\s?주(?:일)?)(?!에\s|에$)(?=$|[\s,.?!…]|이내|안|만|간|전|뒤|후|동안|정도|까지|입|이|걸|쯤|치)"
)
SHEETS: Final = re.compile(
    r"(?<![가-힣])(?P<number>[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?)\s?(?P<unit>면|회)(?=$|[\s,.?!]|은|이|을|짜|으로|까지|입|예|요)"
)
_PAIRS: Final = {"일이": 1, "이삼": 2, "삼사": 3, "사오": 4, "오륙": 5, "오육": 5, "육칠": 6, "칠팔": 7, "팔구": 8}
_NATIVE_PAIRS: Final = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "네댓": (4, 5), "너댓": (4, 5), "네다섯": (4, 5),
    "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8),
}  # fmt: skip
PAIRS: Final = {**{word: (low, low + 1) for word, low in _PAIRS.items()}, **_NATIVE_PAIRS}
ABOUT: Final = re.compile(
    rf"(?<![가-힣\d])(?:(?P<pair>{'|'.join(_PAIRS)})\s?(?:(?P<won>(?:십|백)?\s?[만천])\s?원|(?P<unit>일|주일|주|개월|년|명|분|시간|회|장))"
    rf"|(?P<native>{'|'.join(_NATIVE_PAIRS)})\s?(?P<counter>달|주|시간|명|개|번|장|살|건)){_SAID_END}"
)
"""Two neighbouring numbers said as one: 사오 일 (4 or 5 days), 서너 개, 이삼만 원."""


def plain(text: str) -> str:
    """Return a text with full-width digits, tildes and dashes of every kind as their plain ones, offsets unchanged."""
    return text.translate(_PLAIN)
