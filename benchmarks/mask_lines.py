"""Made lines with personal data and without, for the masking benchmark: values by chance, sentences of both sides.

Half of the sentences (``held=True``) is kept apart: rules are mended on the other half only. Nobody's data: mobile
exchanges begin with 0 or 1, which are not given out.
"""

# ruff: noqa: E501, SIM905  (a sentence a line)

from __future__ import annotations

import random
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """One line; spans are start, end (exclusive), kind."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


_SINO: Final = "공일이삼사오육칠팔구"
_FILLERS: Final = (
    " 어 ",
    " 음 ",
    " 네 ",
    " 그리고 ",
    " 잠깐만요 ",
    " 그 다음에 ",
    " 그 뒤에 ",
    " 아 ",
    " 그다음 ",
    " 어어 ",
    " 잠시만요 ",
)
_JOINTS: Final = (" ", "에 ", " 에 ", " 다시 ", " 빼기 ", " 대시 ", "에", " 하이픈 ", "의 ")
_NATIVE: Final = {
    "1": "하나",
    "2": "둘",
    "3": "셋",
    "4": "넷",
    "5": "다섯",
    "6": "여섯",
    "7": "일곱",
    "8": "여덟",
    "9": "아홉",
}


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _read(chance: random.Random, digits: str) -> str:
    zero = "영" if chance.random() < 0.15 else "공"
    return "".join(zero if digit == "0" else _SINO[int(digit)] for digit in digits)


def _number(chance: random.Random, groups: list[str], written: tuple[str, ...]) -> str:
    """Say or write groups of digits in one of the ways people do."""
    way = chance.random()
    if way < 0.45:
        return chance.choice(written).join(groups)
    if way < 0.62:
        return chance.choice(_JOINTS).join(_read(chance, group) for group in groups)
    if way < 0.74:
        out = _read(chance, groups[0])
        for group in groups[1:]:
            out += chance.choice((*_FILLERS, *_JOINTS)) + _read(chance, group)
        return out
    if way < 0.83:
        return " ".join(" ".join(_read(chance, group)) for group in groups)
    if way < 0.93:
        return " ".join(group if chance.random() < 0.5 else _read(chance, group) for group in groups)
    if way < 0.97:
        return " ".join(
            _NATIVE.get(digit, "공") if chance.random() < 0.5 else _read(chance, digit) for digit in "".join(groups)
        )
    return " ".join(
        "".join(digit if chance.random() < 0.3 else _read(chance, digit) for digit in group) for group in groups
    )


def _phone(chance: random.Random) -> str:
    if chance.random() < 0.75:
        groups = ["010", chance.choice("01") + _digits(chance, 3), _digits(chance, 4)]
    else:
        groups = [
            chance.choice(("02", "031", "032", "051", "070", "0507")),
            chance.choice("2345678") + _digits(chance, 3),
            _digits(chance, 4),
        ]
    return _number(chance, groups, ("-", "", " ", ".", " - "))


def _birth6(chance: random.Random) -> str:
    return f"{chance.randint(0, 99):02d}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"


def _rrn(chance: random.Random) -> str:
    return _number(chance, [_birth6(chance), chance.choice("123490") + _digits(chance, 6)], ("-", "", " ", " - "))


def _frn(chance: random.Random) -> str:
    return _number(chance, [_birth6(chance), chance.choice("5678") + _digits(chance, 6)], ("-", "", " ", " - "))


def _card(chance: random.Random) -> str:
    return _number(
        chance, [chance.choice("34569") + _digits(chance, 3), *(_digits(chance, 4) for _ in range(3))], ("-", "", " ")
    )


def _account(chance: random.Random) -> str:
    sizes = chance.choice(((3, 2, 6), (6, 2, 6), (3, 3, 6), (4, 2, 7), (3, 4, 4, 2), (4, 3, 6), (3, 6, 2, 3)))
    return _number(chance, [_digits(chance, size) for size in sizes], ("-", "", " "))


def _driver(chance: random.Random) -> str:
    return _number(
        chance, [str(chance.randint(11, 28)), *(_digits(chance, size) for size in (2, 6, 2))], ("-", "", " ")
    )


def _passport(chance: random.Random) -> str:
    letter, spoken = chance.choice((("M", "엠"), ("S", "에스"), ("R", "알"), ("M", "엠")))
    if chance.random() < 0.5:
        middle, said = chance.choice((("A", "에이"), ("H", "에이치"), ("K", "케이"), ("B", "비")))
        head, tail = _digits(chance, 3), _digits(chance, 4)
    else:
        middle, said, head, tail = "", "", _digits(chance, 3), _digits(chance, 5)
    if chance.random() < 0.6:
        return f"{letter}{head}{middle}{tail}"
    space = chance.choice(("", " "))
    return space.join(part for part in (spoken, _read(chance, head), said, _read(chance, tail)) if part)


_PLATES: Final = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호"


def _vehicle(chance: random.Random) -> str:
    head, letter, tail = str(chance.randint(11, 799)), chance.choice(_PLATES), _digits(chance, 4)
    way = chance.random()
    if way < 0.5:
        return f"{head}{chance.choice(('', ' '))}{letter}{chance.choice(('', ' '))}{tail}"
    if way < 0.58:
        return f"{chance.choice(('서울', '경기', '인천'))} {chance.randint(11, 99)}{letter}{tail}"
    if way < 0.8:
        return f"{_read(chance, head)}{chance.choice(('', ' '))}{letter}{chance.choice((' ', '에 ', ''))}{_read(chance, tail)}"
    return f"{_sino(int(head))}{letter}{chance.choice((' ', '에 '))}{_read(chance, tail)}"


def _email(chance: random.Random) -> str:
    user = (
        chance.choice(("sky", "blue", "happy", "rain", "maple", "river", "kim", "zoo"))
        + chance.choice(("", "_", ".", ""))
        + chance.choice(("dew", "jun", "leaf", "two", "qx"))
        + (_digits(chance, chance.choice((2, 4))) if chance.random() < 0.7 else "")
    )
    way = chance.random()
    if way < 0.6:
        return f"{user}@{chance.choice(('naver.com', 'gmail.com', 'hanmail.net', 'example.com', 'daum.net', 'mail.example.co.kr'))}"
    at = chance.choice(("골뱅이", "앳"))
    domain = chance.choice(
        (
            "네이버 점 컴",
            "지메일 점 컴",
            "다음 점 넷",
            "한메일 점 넷",
            "네이버 닷컴",
            "naver.com",
            "지메일닷컴",
            "gmail.com",
        )
    )
    if way < 0.85:
        return f"{user} {at} {domain}"
    letters = dict(
        zip(
            "abcdefghijklmnopqrstuvwxyz",
            [
                "에이",
                "비",
                "씨",
                "디",
                "이",
                "에프",
                "지",
                "에이치",
                "아이",
                "제이",
                "케이",
                "엘",
                "엠",
                "엔",
                "오",
                "피",
                "큐",
                "알",
                "에스",
                "티",
                "유",
                "브이",
                "더블유",
                "엑스",
                "와이",
                "제트",
            ],
            strict=True,
        )
    )
    spelled = " ".join(
        letters.get(char) or {"_": "언더바", ".": "점"}.get(char) or _read(chance, char) for char in user
    )
    return f"{spelled} {at} {domain}"


_ROADS: Final = (
    "한솔로",
    "푸른길",
    "은행나무로",
    "샛별대로",
    "온새미로",
    "매화로",
    "둥지길",
    "하늘빛로",
    "개나리길",
    "도담로",
    "참나무로",
    "미리내로",
)
_TOWNS: Final = ("신림동", "역촌동", "화곡동", "면목동", "쌍문동", "가락동", "상계1동", "봉천동", "홍제동", "성수동2가")
_AREAS: Final = ("관악구", "은평구", "강서구", "중랑구", "도봉구", "송파구", "노원구", "마포구")
_BLOCKS: Final = (
    "햇살마을아파트",
    "한빛빌라",
    "가람맨션",
    "누리아파트",
    "새봄오피스텔",
    "참좋은빌라",
    "푸른숲연립",
    "달님아파트",
)


def _sino(value: int) -> str:
    out, rest = "", value
    for size, name in ((1000, "천"), (100, "백"), (10, "십")):
        count, rest = divmod(rest, size)
        if count:
            out += ("" if count == 1 else _SINO[count]) + name
    return out + (_SINO[rest] if rest else "")


def _address(chance: random.Random) -> str:
    def number(value: int) -> str:
        return _sino(value) if spoken and chance.random() < 0.8 else str(value)

    spoken = chance.random() < 0.4
    area = chance.choice(
        (
            "",
            chance.choice(_AREAS) + " ",
            "서울시 " + chance.choice(_AREAS) + " ",
            "서울특별시 " + chance.choice(_AREAS) + " ",
        )
    )
    dash = chance.choice(("-", " 다시 ")) if spoken else "-"
    way = chance.random()
    if way < 0.4:
        road = chance.choice(_ROADS)
        out = f"{area}{road}"
        if road.endswith("로") and chance.random() < 0.5:
            out += (
                f"{chance.choice(('', ' '))}{number(chance.randint(2, 99))}{chance.choice(('길', '가길'))}"
                if not spoken
                else f" {number(chance.randint(2, 99))}길"
            )
        out += f" {number(chance.randint(1, 240))}"
        if chance.random() < 0.4:
            out += f"{dash}{number(chance.randint(1, 30))}"
        if chance.random() < 0.5:
            out += f"{',' if not spoken else ''} {number(chance.randint(1, 12) * 100 + chance.randint(1, 9))}호"
        return out
    if way < 0.65:
        out = f"{area}{chance.choice(_TOWNS)} {number(chance.randint(1, 1800))}"
        if chance.random() < 0.6:
            out += f"{dash}{number(chance.randint(1, 99))}"
        return out + "번지" + (chance.choice((" 옥탑방", " 반지하", " 2층", " 지층")) if chance.random() < 0.3 else "")
    home = f"{number(chance.randint(101, 125))}동 {number(chance.randint(1, 19) * 100 + chance.randint(1, 6))}호"
    return f"{area}{chance.choice((chance.choice(_TOWNS) + ' ', ''))}{chance.choice(_BLOCKS)} {home}"


_SURNAMES: Final = (
    *"김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류진지엄채원천방공",
    "남궁",
    "선우",
    "황보",
)
_GIVEN: Final = """
민준 서연 지훈 수빈 영수 영희 정숙 순옥 말자 춘식 병호 미경 은정 현우 하늘 다온 시우 아린 도윤 유나 상철 명숙 종필 광수 복순 경자 태희 나래 슬기 한별 가을 재혁 동욱 소희 예진 승민 옥자 금순 기태 혜린 주원 지안 라온 미소 창호 선화 윤아 성식 인숙 진호 해인 봄이 두나 찬우 보미 세라 단비 규리 필수 용철
훈 솔 건 윤 빈
""".split()


def _name(chance: random.Random) -> str:
    whole = chance.choice(_SURNAMES) + chance.choice(_GIVEN)
    return " ".join(whole) if chance.random() < 0.06 and len(whole) == 3 else whole


def _birthdate(chance: random.Random) -> str:
    year, month, day = chance.randint(1930, 2009), chance.randint(1, 12), chance.randint(1, 28)
    said = {6: "유", 10: "시"}.get(month) or _sino(month)
    way = chance.random()
    if way < 0.3:
        return f"{year}년 {month}월 {day}일"
    if way < 0.45:
        return f"{year}.{month:02d}.{day:02d}" if chance.random() < 0.5 else f"{year}-{month:02d}-{day:02d}"
    if way < 0.6:
        return f"{year % 100:02d}년 {month}월 {day}일"
    head = _sino(year) if chance.random() < 0.5 else _read(chance, f"{year % 100:02d}")
    return f"{head}년 {said}월 {_sino(day)}일"


VALUES: Final[dict[str, Callable[[random.Random], str]]] = {
    "rrn": _rrn, "frn": _frn, "phone": _phone, "card": _card, "account": _account, "passport": _passport, "driver": _driver,
    "vehicle": _vehicle, "email": _email, "address": _address, "name": _name, "birthdate": _birthdate,
}  # fmt: skip

CARRIERS: Final = """
제 연락처는 {phone}이에요
휴대폰 번호가 {phone}입니다 꼭 좀 전화 주세요
{phone} 이 번호로 문자 남겨 주시면 됩니다
아니 그게 아니라 {phone}이라니까요
결과 나오면 {phone}으로 알려주세요
저희 어머니 번호는 {phone}이고 제가 대신 전화드린 거예요
고객님 연락처가 {phone} 맞으실까요?
확인하겠습니다. {phone}번 맞으시죠?
담당자 연결되면 {phone}로 회신 부탁드려요
옆집 아저씨 전화번호가 {phone}인데 연락이 안 돼요
네 {phone}요
받아 적으세요 {phone} 됐어요?
핸드폰이 {phone}이고요 낮에는 못 받아요
부재중이면 {phone}에 문자 보내주시고요
집 전화는 {phone}인데 저녁에만 받습니다
제 번호 {phone} 여기로 콜백 해주세요
신고할 때 남긴 번호는 {phone}였어요
남편 폰 번호 불러드릴게요 {phone} 적으셨나요
주민번호 {rrn}입니다
제 주민등록번호는 {rrn}이에요
본인 확인을 위해 여쭙니다. {rrn} 맞으십니까?
{rrn}인데 전산에 안 나온다고 하네요
아버지 주민번호는 {rrn}이고 작년에 돌아가셨어요
앞자리부터 불러드릴게요 {rrn}이요
신분증에는 {rrn}이라고 돼 있어요
애기 주민번호가 {rrn}인데 건강보험에 올라갔나요
등본에 {rrn} 이렇게 나와 있는데 잘못된 거 아니에요?
번호가 {rrn} 맞는지 봐 주세요
네네 {rrn}입니다 조회되나요
외국인등록번호가 {frn}이에요
외국인 등록증 번호 {frn}입니다
체류 연장 때문에요 번호는 {frn}이고요
아내가 베트남 사람인데 등록번호 {frn}이라고 적혀 있어요
등록증에 {frn} 이렇게 쓰여 있어요
{frn}으로 등록돼 있는데 주소 변경하려고요
외국인번호요? {frn}입니다
네 {frn} 맞으시고요, 확인됐습니다
남편 외국인 등록 번호는 {frn}인데 세금이 두 번 나왔어요
카드번호는 {card}입니다
결제한 카드는 {card}이고요
제 카드 {card} 이걸로 결제했는데 취소가 안 돼요
신용카드 번호 {card} 유효기간은 내년까지예요
교통카드 번호가 {card}인데 충전이 안 됩니다
{card} 이 카드가 정지됐다고 나와요
복지카드 {card} 재발급 신청하려고요
앞에서부터 {card}이에요
카드 뒷면에 {card}라고 있네요
환급받을 계좌는 국민은행 {account}입니다
계좌번호 {account}로 넣어 주세요
농협 {account}이고 예금주는 저예요
우리은행 {account} 통장으로 받고 싶어요
입금은 신한은행 {account}로 해 주시면 됩니다
제가 돈을 보낸 계좌가 {account}인데 사기 같아요
통장 번호가 {account}이에요
수당 들어오는 통장은 우체국 {account}입니다
카카오뱅크 {account} 여기로 환불해 주세요
새마을금고 {account} 맞습니다
계좌를 바꾸려고요 기업은행 {account}로요
하나은행 계좌 {account} 확인 부탁드립니다
여권번호는 {passport}입니다
제 여권 {passport}이에요
여권 번호 불러드릴게요 {passport}요
여권을 잃어버렸는데 번호가 {passport}였어요
{passport} 이게 여권번호 맞죠
아들 여권이 {passport}인데 만료일이 언제예요
면허번호가 {driver}입니다
운전면허 번호 {driver}이요
면허증에 {driver}라고 되어 있어요
제 운전면허증 번호는 {driver}이고 갱신하려고요
{driver} 면허 조회 좀 해주세요
면허 반납하려는데요 {driver}입니다
차량번호 {vehicle}입니다
{vehicle} 차가 계속 인도에 서 있어요
제 차는 {vehicle}이에요
차 번호가 {vehicle}인데 견인됐나 봐 주세요
흰색 승용차고 번호판이 {vehicle}이에요
거주자 구역에 {vehicle}이 세워져 있습니다
과태료 나온 차량은 {vehicle}이고 제가 판 차예요
택시 번호 {vehicle}였어요 불친절해서요
{vehicle} 견인해 주세요 골목을 막았어요
이메일은 {email}입니다
메일 주소 {email}로 보내 주세요
{email}으로 답변 받고 싶어요
제 메일이 {email}인데 안 왔어요
아이디는 {email}이에요
첨부파일은 {email} 여기로 주시면 돼요
이메일 주소가 어떻게 되세요? {email}요
저는 {address}에 살아요
주소는 {address}입니다
집이 {address}인데 물이 안 나와요
이사한 곳이 {address}예요
{address}에 사는 사람인데요
배송지는 {address}로 해 주세요
방문하실 주소가 {address} 맞으세요?
{address} 앞에 쓰레기가 쌓여 있어요
우리 집 주소 {address}이고요 재활용 언제 가져가요
어머니가 {address}에 혼자 계세요
{address} 앞 가로등이 꺼졌습니다
신고 위치는 {address}입니다
저희 가게가 {address}인데 하수구가 막혔어요
전입신고를 {address}로 했어요
우편물은 {address}로 부쳐 주세요
제 이름은 {name}입니다
{name}이라고 합니다
저는 {name}인데요
성함이 {name} 님 맞으세요?
{name} 씨가 신청하셨네요
{name} 고객님, 확인되었습니다
안녕하세요 상담사 {name}입니다
예금주는 {name}이에요
신청인은 {name}이고 저는 딸입니다
{name}님께서 접수하신 건 처리 중입니다
제 아들 이름이 {name}이에요
대리인 {name} 앞으로 위임장을 썼어요
{name}이요
네 {name} 맞습니다
담당이 {name} 주무관이라고 들었어요
{name} 주무관님 계신가요
집주인이 {name} 씨예요
남편은 {name}이고 같이 살아요
{name} 이름으로 고지서가 왔어요
세대주가 {name}으로 되어 있습니다
성함 말씀해 주시겠어요? {name}이에요
접수자 {name}, 확인했습니다
받는 사람은 {name}으로 해주세요
{name} 선생님 부탁드립니다
어제 {name} 상담사님하고 통화했어요
친구 {name}한테 들었는데요
생년월일은 {birthdate}입니다
생일이 {birthdate}이에요
{birthdate}생입니다
저희 할머니가 {birthdate}생이신데 기초연금 되나요
{birthdate}에 태어난 아이예요
아이 생년월일이 {birthdate}이고요
출생일은 {birthdate}로 되어 있어요
제가 {birthdate} 출생인데 대상이 되나요
생년월일 확인할게요. {birthdate} 맞으시죠?
음력으로 {birthdate}생이에요
제 이름은 {name}이고 전화는 {phone}입니다
{name}, {phone}입니다
이름 {name} 생년월일 {birthdate}요
{name}이고요 주소는 {address}입니다
주민번호 {rrn}이고 핸드폰은 {phone}이에요
차량 {vehicle} 연락처 {phone} 남겨놨어요
계좌는 국민은행 {account} 예금주 {name}입니다
{address} 사는 {name}입니다
저 {name}인데요 {phone}로 전화 주세요
면허번호 {driver} 생년월일은 {birthdate}입니다
여권 {passport} 이름은 {name}이에요
카드 {card} 명의자 {name}입니다
메일은 {email} 전화는 {phone}이에요
{name} 씨 주민번호가 {rrn}이래요
외국인등록번호 {frn} 연락처 {phone}입니다
{name}이 저희 아버지신데 {birthdate}생이세요
"""

CLEAN: Final = """
백이십번으로 다시 전화하시면 됩니다
120 다산콜센터입니다 무엇을 도와드릴까요
02-120으로 하셔도 같은 곳이에요
공이에 일이공 누르시면 됩니다
긴급하면 일일구로 신고하세요
129 보건복지상담센터로 연결해 드릴까요
일삼구공으로 전화하면 신고할 수 있나요
정부민원은 국번 없이 110입니다
1577-1000 건강보험공단으로 문의하세요
일오칠칠에 일공공공 건강보험공단이에요
1588-9999로 하니까 안 받던데요
1899-0000번은 유료인가요
1644에 구구공공 대표번호가 맞나요
주민센터 전화번호는 02-2600-5114입니다
세무과 번호는 02-{n4}-{n4}이에요
구청 교통과 직통번호가 02-{n4}-{n4}입니다
문의는 주택정책과 02-{n4}-{n4}로 해 주세요
담당 부서는 복지정책과이고 전화는 공이에 {r4}에 {r4}입니다
강서수도사업소 02-{n4}-{n4} 안내해 드릴게요
보건소 예방접종실 02-{n3}-{n4}로 전화해 보세요
과태료는 {n2}만 원입니다
{n2}만 {n1}천 원이 빠져나갔어요
보증금 이억 삼천만 원까지 됩니다
월 사십칠만 육천 원 받으실 수 있어요
수수료는 {n1},{n3}원이에요
총 {n1},{n3},{n3}원이 체납되어 있습니다
소득이 {n3}만원 이하여야 합니다
천이백팔십 원이면 갈 수 있어요
{n3}번 버스가 안 와요
{n4}번 버스 막차가 몇 시인가요
칠천이백십이번 버스를 탔는데 기사님이 불친절했어요
마을버스 은평 공일 번이 너무 늦어요
2호선 강남역 11번 출구 앞이에요
지하철 육호선 역촌역에서 내리세요
도로교통법 제32조 제1항에 따라 부과됩니다
민원처리법 제{n2}조 {n1}항이에요
지방세법 백십일조를 보시면 나와 있습니다
주택임대차보호법 제3조의2에 나와 있어요
조례 {n4}호로 개정되었습니다
공고번호 2025-{n4}호를 참고하세요
신청은 2026년 {m}월 {d}일까지입니다
{m}월 {d}일부터 {m}월 {d}일까지 접수합니다
행사는 2026. {m}. {d}. 오후 두 시에 시작해요
2025년 1월 1일 이후 출생아부터 지급됩니다
이천이십육년 삼월 이일 개학이에요
1998년 5월 1일에 준공된 건물입니다
2005년 7월 1일부터 시행된 제도예요
접수번호 20260{n4}{n3}입니다
접수번호는 이공이육 다시 {r4}이에요
민원번호 1AA-2511-{n7}로 조회하세요
관리번호 {n4}-{n4}-{n4} 입니다
사업자등록번호 {n3}-{n2}-{n5}로 되어 있어요
운송장 번호 {n6}{n6}으로 배송 중입니다
전자납부번호 {n5}-{n1}-{n2}-{n2}-{n1}-{n7}이에요
고객번호 {n9} 확인했습니다
수도 고객번호가 {n9}인데 요금이 이상해요
승인번호 {n8} 로 결제되셨어요
인증번호 {n6}을 입력해 주세요
우편번호 0{n4}이에요
우편번호는 공{r4}입니다
예약번호 {n8}이에요
대기번호 {n3}번이요
정류소 번호 {n2}-{n3}입니다
따릉이 {n5}번 자전거가 고장났어요
가로등 번호가 {n2}-{n2}라고 적혀 있어요
서울시청은 서울특별시 중구 세종대로 110입니다
은평구청 주소는 은평구 은평로 195예요
마포구청은 월드컵로 {n3}에 있습니다
강서구 화곡동 주민센터는 화곡로 {n2}길 {n2}에 있어요
보건소는 관악로 145 구청 별관이에요
종로 3가에서 5가까지 통제합니다
테헤란로가 너무 막혀요
올림픽대로 정체 구간이 어디예요
신림동에서 봉천동 가는 길이 막혔어요
면목동 재개발은 언제 시작하나요
강남구에 사는데 신청이 되나요
이용자가 너무 많아서 예약이 안 돼요
신청서를 어디에 내야 하나요
정말입니다 믿어 주세요
유공자 유족입니다
주민입니다
고민입니다
문의드립니다
안내문이요
전세요
이사요
주차장이요
서류요 서류를 잃어버렸어요
정기권이에요
한부모입니다
구청이요?
장애인입니다
임산부예요
고등학생이에요
공무원입니다
유학생인데요
기초수급자입니다
우리 아들이요
조카인데요
손녀예요
사장님 계세요?
선생님이 그러셨어요
주무관님이 안 계신다고 하네요
상담사님 감사합니다
기사님이 문을 안 열어줬어요
고객님 잠시만 기다려 주세요
담당자님이 자리를 비우셨습니다
사회복지사님하고 통화했어요
이장님이 방송하셨어요
원장님이 안 된다고 해요
반장님 전화번호를 모르겠어요
임차인이 나갔어요
신청인 본인만 가능합니다
이름이 뭐라고요?
성함이 어떻게 되세요?
성함과 연락처를 말씀해 주세요
제 이름으로 된 차예요
주민등록번호 뒷자리는 말씀하지 않으셔도 됩니다
주민번호 13자리를 다 불러야 하나요
계좌번호는 문자로 보내 주세요
카드번호 앞 네 자리는 필요 없습니다
여권은 6개월 이상 남아 있어야 합니다
운전면허는 10년마다 갱신합니다
차량번호 네 자리를 입력하세요
5부제 차량은 월요일에 못 다닙니다
전기차 100대를 보급합니다
25인승 버스도 되나요
84제곱미터 아파트예요
101동이 제일 가까워요
3층 303호 민원실로 오세요
민원실은 본관 {n1}층 {n3}호입니다
하루 {n1}시간씩 {n1}일 근무합니다
비율이 {n2}.{n1}퍼센트예요
오전 아홉 시부터 오후 여섯 시까지입니다
만 65세 이상이면 됩니다
육십오 세 이상 어르신이 대상이에요
1961년생부터 받을 수 있어요
오일 뒤에 다시 전화할게요
이삼일 걸립니다
사오십 명이 모였어요
일이십 분이면 돼요
구시가지 쪽이에요
이 일이 언제 끝나요
공사 이 구간이 문제예요
사실 이게 말이 안 돼요
삼 일째 물이 안 나와요
이구동성으로 다 그래요
유효기간이 2028년 {m}월이에요
면적은 {n4}.{n2}제곱미터입니다
전화번호가 바뀌었어요
연락처를 안 남겼어요
핸드폰으로 인증이 안 돼요
오만이천 세대가 단수됐어요
팔구천 원 하던데요
지원금 일인당 이십오만 원이에요
홈페이지 주소는 www.seoul.go.kr입니다
24시간 운영합니다
민방위 5년차예요
고등학교 3학년 2반이에요
김치 냉장고를 버리려고요
박스는 어디에 버려요
최종 결과가 나왔나요
정부24에서 신청하세요
강아지를 잃어버렸어요
조금 전에 전화했던 사람이에요
윤달에는 어떻게 해요
장마철이라 하수구가 넘쳐요
임시번호판이 필요해요
한강공원이 어디까지예요
오전반이에요
서울사랑상품권이요
신호등이 고장났어요
권고사직이에요
황사 때문에 문의해요
안전신문고로 신고했어요
송년 행사가 있나요
전입신고요
홍수 피해가 났어요
유기견 신고요
고속도로에서 사고가 났어요
문화누리카드를 신청하려고요
양도세 문의드려요
손실보상금이요
배달이 안 왔어요
백화점 앞이에요
허가가 안 난대요
남산터널 통행료가 얼마예요
심야버스 있어요?
노인정이 추워요
하수도 요금이에요
성수역 3번 출구예요
차상위계층입니다
주거급여요
우체국 옆이에요
구급차 불러주세요
민간임대예요
진정서를 냈어요
지원금 언제 나와요
채무조정 상담이요
원룸이에요
천연가스 버스요
방역 좀 해주세요
공공근로요
"""


def _clean(chance: random.Random, carrier: str) -> str:
    out = carrier
    while "{" in out:
        at = out.index("{")
        end = out.index("}", at)
        what = out[at + 1 : end]
        if what == "m":
            value = str(chance.randint(1, 12))
        elif what == "d":
            value = str(chance.randint(1, 28))
        elif what[0] == "r":
            value = _read(chance, _digits(chance, int(what[1:])))
        else:
            value = chance.choice("123456789") + _digits(chance, int(what[1:]) - 1)
        out = out[:at] + value + out[end + 1 :]
    return out


def _fill(chance: random.Random, carrier: str) -> Line:
    out, spans, rest = "", [], carrier
    while "{" in rest:
        before, rest = rest.split("{", 1)
        kind, rest = rest.split("}", 1)
        value = VALUES[kind](chance)
        out += before
        spans.append((len(out), len(out) + len(value), kind))
        out += value
        out, rest = out, _particle(value, rest)
    return Line(out + rest, tuple(spans))


def _particle(value: str, rest: str) -> str:
    """Choose between 이에요 and 예요, 으로 and 로, as speech does."""
    last = value[-1]
    code = unicodedata.normalize("NFC", last)
    closed = (ord(code) - 0xAC00) % 28 if "가" <= code <= "힣" else (0 if code in "2459" or not code.isdigit() else 1)
    if not closed:
        for long, short in (
            ("이에요", "예요"),
            ("이라고", "라고"),
            ("이고", "고"),
            ("이요", "요"),
            ("으로", "로"),
            ("이라니까", "라니까"),
        ):
            if rest.startswith(long):
                return short + rest[len(long) :]
    return rest


def lines(seed: int, held: bool | None = None, times: int = 4) -> Iterator[Line]:
    """Yield lines, every sentence ``times`` times with new values.

    Args:
        seed: Of the values.
        held: Only sentences kept apart, only the others, or both where None.
        times: Lines of a sentence; clean ones without a value come once.
    """
    chance = random.Random(seed)
    for carrier in (CARRIERS + CLEAN).strip().splitlines():
        if not carrier or (held is not None and (zlib.crc32(carrier.encode()) % 2 == 0) != held):
            continue
        personal = any(f"{{{kind}}}" in carrier for kind in VALUES)
        for _ in range(times if "{" in carrier else 1):
            yield _fill(chance, carrier) if personal else Line(_clean(chance, carrier), ())
