"""Names of people: a surname, given-name syllables, and the words that announce, address or follow a person.

Ordinary words begin with surnames too (정보, 고지서, 이용자): the more a word looks like one, the more the words around
it have to say that a person is meant. A name that nothing announces and whose syllables are rare stays unseen.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from assist.mask.model import MaskSpan, PersonalKind
from resources import path

_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노로하곽성차주우구민나라진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부복가태목형피두감음빈동온호범좌팽승간상시갈단견당"
)
_DOUBLE: Final = frozenset(("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"))
_FIRST: Final = frozenset(
    "민서지현수영정은미성승준재동상경혜선유진하예윤다소시도태주연우원종용병광기인창철찬한해가나라희효형호홍화순숙명문만말금길남덕두"
    "란래련리린보복봉빛산삼샘샛새석설세슬신아안애양언여열오옥온완요운웅월율의이익일자장점제조중춘충치판평필학향헌혁훈휘흥귀규균근"
    "건겸국권관강갑을하늘별봄솔단로루무범배백방비섭숭실엄엽욱임점정채초탁택표풍행향람랑담달대마매모"
)
_LAST: Final = frozenset(
    "민서준현진영희정은미경숙자순호우연아윤원훈석철식환규빈하린온결솔람울수지혜선나라주인성용재태기섭근구남배택표필혁형화옥례임애심"
    "월분녀년덕만범별늘롬름래리랑봄슬빛안언엽열예오완웅율이익일찬창천춘출탁헌홍황효후휘흠건겸국권균길단달담도동두득란령루룡명모묵문"
    "복봉상새설세승신실양여욱운유의종중제조학한해향비소샘음을림마무방병보빛삼술슭승시아애열올완우융으잎전채초총추치콩티판평풍하행"
)
_SURE_LAST: Final = frozenset(
    "민준현희숙순훈혁빈린윤섭석철환욱웅옥례엽헌찬율솔결롬람슬랑봄연은호우영경진아온울늘린미선화정수자식규성원용태재혜란효"
)
_ALONE: Final = frozenset("훈솔건윤빈준현민진혁철석숙영호웅찬결린봄별율온연희은범욱환규섭혜란솜")
_GIVEN_ALONE: Final = frozenset("민준현희숙순훈혁빈린윤섭석철환욱웅옥연은호우영경진아온미정수자지서하라나원인주")

_GIVEN_ONLY: Final = frozenset("훈솔건윤빈준혁철숙웅찬린봄율욱섭환")
"""Given names of one syllable that make no word with a surname before them."""
_COPULA: Final = re.compile(r"이요|이에요|입니다|이고|인데|이라|예요|$")

_PARTICLE: Final = (
    r"이?라고|이?라는|이?란|이에[요욧]|이예요|이?[세신십셨]|이시|예요|에요|입니|인데|이?던|이었|이라|였|이?고요|인가|인지|데요|이?거든|이?니까|이?잖|"
    r"(?:씨|님|군|양|네)?(?:이?(?:가|는|를|랑|야|요|네|죠|며|나|지|고|한테|도)|은|는|을|를|의|도|만|랑|하고|와|과|께서?는?|한테서?|에게|으로|로|씨|님|아|이)?$"
)
_PURE: Final = re.compile(r"[은는이가을를도의에로만]?")
_TAIL: Final = re.compile(
    r"(?:은|는|이|가|을|를|도|의|에|로|요|만|과|와|랑|들|인|된|한|할|해|하|되|중|예|입|까|부|처|보|나|라|고|지|시|였|합|했|드|받|없|있|용|권|증|서|자|님|율|률|선|비|적|액|법|점|소|실|장|원)"
)
_WORD: Final = re.compile(r"[가-힣]+")
_SPELLED: Final = re.compile(
    r"(?<![가-힣])(?=(?P<name>(?:(?:남 궁|황 보|제 갈|선 우|독 고|사 공|서 문)\s{1,2}|[가-힣][ ,.]{1,2})[가-힣][ ,.]{1,2}[가-힣])(?=\s?(?:이렇게|이라|라고|이요|이에요|이고|고|요|예요|입니다|인데|씨|님|저예요|세 ?글자|한테|에게|이가|이|가|은|는|을|으로|로|$|[.,?]|\s)))"
)
_ANNOUNCED: Final = re.compile(
    r"(?:(?:이름|성함|성명|존함|본명|예금주(?:명)?|명의자?|명의인|신청자|신청인|수급자|대표자?|보호자|가입자|계약자|세대주|민원인|대리인|임차인|임대인|집주인|"
    r"접수자|수령인|수취인|피보험자|당사자|신고인|신고자|담당자?|상담사|상담원|주무관|작성자|소유자|차주|배우자|동거인|구매자|가족|피해자|환자|"
    r"받는 ?(?:사람|분)|보내는 ?(?:사람|분)|전화 ?건 ?사람|아는 ?사람|사람|본인|저|제가|나|전|딸|아들|남편|아내|와이프|어머니|아버지|엄마|아빠|할머니|할아버지|"
    r"동생|언니|오빠|누나|형|친구|이모|고모|삼촌|손자|손녀|며느리|사위|애|아이|아기|조카|장모님?|시어머니|시아버지|부친|모친|이웃|고객|성은|이름표|"
    r"상담사|담당은|저희 ?애)(?:님|분|명|의)?(?:은|는|이|가|이요|요|을|를|도|께서는|으로는|에)?(?:\s?이름[은이]?)?)[\s,:;]{0,3}(?:어|음|네|저|그)?\s?$"
)
_SURE_ANNOUNCED: Final = re.compile(
    r"(?:이름|성함|성명|존함|본명|(?:석|세|두|네) ?(?:자|글자)|예금주(?:명)?|명의자?|신청자|신청인|수급자|대표자|보호자|가입자|계약자|세대주|민원인|대리인|접수자|수령인|본인|"
    r"상담사|상담원|주무관|집주인|전화 ?건 ?사람|받는 ?사람)(?:님|분)?(?:은|는|이|가|이요|요|께서는)?(?:요)?(?: ?이름[은이]?)?[\s,:?]{0,3}(?:어|음|네)?\s?$"
)
_ASKED: Final = re.compile(r"(?:성함|이름|누구)[^.?!]{0,24}[.?!]\s*(?:(?:네|예|아)\s*,?\s*)?$")
_KIN: Final = "아버지|어머니|엄마|아빠|아버님|어머님|남편|아내|와이프|딸|아들|할머니|할아버지|동생|언니|오빠|누나|형|친구|손자|손녀|시어머니|장모|애|아이|직원|사장|담임|집주인"
_FOLLOWED: Final = re.compile(
    r"\s?(?:(?:이?가|이|은|는) ?(?:저희|우리|제) ?(?:"
    + _KIN
    + r")|씨(?![앗가-힣]{2})|님(?!의 ?말)|이?라고 ?(?:합|하|해|남|적|불|부르|등록|되|돼|전|말)|이?라는 ?(?:사람|분|이름)|이름으로|명의|앞으로|"
    r"(?:저예요|전데요)|(?:고객|선생님|주무관|상담사|상담원|팀장|과장|계장|대리|부장|실장|국장|어르신|할머니|할아버지|여사|사장|소장|원장|교수|의사|변호사|통장님|반장님|기사님|학생|학부모|어린이|환자|아이(?= )|매니저|조사관|담당자|담당님)(?:님)?(?=[\s가-힣,.?]|$))"
)
_SELF: Final = re.compile(r"\s?(?:이?예요|이에요|입니다|이요|요|인데요?|이?고요?|이라고|라고|맞[습아]|,|$|\.)")
_STARTS: Final = re.compile(
    r"(?:^|[.?!,]|(?:^|\s)(?:네네?|예|아|어|음|여보세요|안녕하세요|안녕하십니까|사는|사시는|거주하는|신청한|접수한|신고한|전화한|전화드린|저|저는|상담사|상담원|다산콜|도와드릴|반갑습니다|실례지만))\s*$"
)
_ROLES: Final = re.compile(r"(?:주민|구청|시청|보건|복지|동사무|관리)$")
_SYLLABLE_OF: Final = re.compile(
    r"성(?:은|이|씨는)\s?(?P<family>[가-힣]{1,2})(?:씨?이?고요?|이요|씨,?|,)\s?(?:이름|명)[은이]\s?(?P<given>[가-힣]{2})(?=이?요|이?에요|예요|입|이?고|,|\.|$|이라)"
)
_LATIN: Final = re.compile(
    r"(?:영문 ?(?:이름|성명|명)|여권 ?이름|영어 ?이름|영문)[은이가으로]*\s?(?P<name>[A-Za-z]{2,12}(?:[ ,\-]{1,2}[A-Za-z]{2,12}){1,3})"
)

_LATIN_SELF: Final = re.compile(
    r"(?:^|저는 |이름은 |성함은 )(?P<name>[A-Z][a-z]{1,12}(?:[ \-][A-Z][a-z]{1,12}){1,3})(?=입니다|이에요|예요|이?라고|인데|이고|님|씨)"
)


@cache
def _ordinary() -> frozenset[str]:
    """Words that are no names though they could be, read once."""
    lines = path("words/not_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def find_names(text: str) -> Iterator[MaskSpan]:
    """Yield names of people in ``text``."""
    for match in _SYLLABLE_OF.finditer(text):
        if match["family"] in _SURNAMES or match["family"] in _DOUBLE:
            yield MaskSpan(*match.span("family"), PersonalKind.NAME)
            yield MaskSpan(*match.span("given"), PersonalKind.NAME)
    for match in _LATIN.finditer(text):
        yield MaskSpan(*match.span("name"), PersonalKind.NAME)
    for match in _LATIN_SELF.finditer(text):
        yield MaskSpan(*match.span("name"), PersonalKind.NAME)
    for match in _SPELLED.finditer(text):
        if _is_spelled(text, match):
            yield MaskSpan(*match.span("name"), PersonalKind.NAME)
    for word in _WORD.finditer(text):
        end = _name_end(text, word)
        if end:
            yield MaskSpan(word.start(), end, PersonalKind.NAME)


def _is_spelled(text: str, match: re.Match[str]) -> bool:
    letters = re.findall("[가-힣]", match["name"])
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end("name") : match.end("name") + 16]
    if (letters[0] not in _SURNAMES and len(letters) == 3) or not all(
        letter in _FIRST or letter in _LAST for letter in letters[1:]
    ):
        return False
    if all(letter in "공영일이삼사오육칠팔구" for letter in letters):
        return False
    called = re.match(r"\s?(?:이렇게|이?라고|세 ?글자|씨|님|저예요)", after) or _FOLLOWED.match(after)
    ended = re.match(r"\s?(?:이요|이에요|예요|입니다|인데|이고|고|한테|으로|로|$|[.,])", after)
    announced = _SURE_ANNOUNCED.search(before) or _ANNOUNCED.search(before)
    return bool(
        called
        or (ended and (announced or _STARTS.search(before)))
        or (_SURE_ANNOUNCED.search(before) and len(letters) == 3)
    )


def _name_end(text: str, word: re.Match[str]) -> int:
    """Return where the name at the beginning of a word ends, or 0 where none stands there."""
    whole, start = word.group(), word.start()
    before, after_word = text[max(0, start - 26) : start], text[word.end() : word.end() + 16]
    doubtful = 0
    for family, size in _splits(whole):
        name = whole[:size]
        rest = whole[size:]
        if (rest and not re.match(_PARTICLE, rest)) or not _is_name(whole, name, family, rest, before, after_word):
            continue
        if not re.match(r"예요|에요|라고|라는", whole[size - 1 :]):
            return start + size
        doubtful = start + size  # 민수예요: more likely the given name alone
    given = re.fullmatch(r"([가-힣]{2})(?:이?[에예]요|입니다|이?라고|이?고요?|이?요|이?야|이)?", whole)
    asked = _SURE_ANNOUNCED.search(before) and re.search(r"(?:이름|성함)", before)
    if given and asked and given[1] not in _ordinary() and given[1][0] in _FIRST and given[1][1] in _GIVEN_ALONE:
        return start + 2
    return doubtful


def _splits(word: str) -> Iterator[tuple[int, int]]:
    """Yield lengths of surname and whole name that may stand at the beginning of a word, the likelier first."""
    if word[:2] in _DOUBLE and len(word) >= 3:
        yield 2, min(4, len(word))
        yield 2, 3
    if word[0] in _SURNAMES:
        if len(word) >= 3:
            yield 1, 3
        if len(word) >= 2:
            yield 1, 2


def _is_name(whole: str, name: str, family: int, rest: str, before: str, after: str) -> bool:
    given = name[family:]
    if rest.startswith("데"):
        # 김민순데요: the ending took the last syllable in.
        code = ord(given[-1]) - 0xAC00
        if code % 28 != 4:
            return False
        given = given[:-1] + chr(0xAC00 + code - 4)
    ordinary = _ordinary()
    if name in ordinary or whole in ordinary or whole[:3] in ordinary:
        return False
    likely = _likelihood(given)
    if re.fullmatch(r"[일이삼사오육칠팔구십백천만억공조]+원?", name):
        return False
    if whole[:2] in ordinary and (len(whole) == 2 or _TAIL.match(whole, 2)):
        # 조정은: a noun with a particle, unless it is announced as a name.
        announcing = _SURE_ANNOUNCED if _PURE.fullmatch(whole, 2) else _ANNOUNCED
        if likely == 3 and len(given) > 1 and announcing.search(before):
            return True
        return (
            likely >= 2
            and len(given) > 1
            and bool(re.match(r"\s?(?:씨|님)(?![가-힣])|이?라고 ?(?:합|하|해|불)", rest + after))
        )
    following = rest + after
    sure = bool(_SURE_ANNOUNCED.search(before) or _ASKED.search(before))
    announced = sure or bool(_ANNOUNCED.search(before))
    followed = bool(_FOLLOWED.match(following)) and not _ROLES.search(name)
    if len(given) == 1:
        introduced = bool(_COPULA.match(rest)) and bool(_STARTS.search(before)) and given in _GIVEN_ONLY
        return likely >= 1 and (followed or sure or introduced) and not (len(whole) > 2 and not rest)
    introduced = bool(_SELF.match(following)) and bool(_STARTS.search(before))
    if sure or followed or (announced and _SELF.match(following)):
        return likely >= 1 or family == 2
    if announced or introduced:
        return likely >= 2 or family == 2
    return likely >= 3 and bool(rest or re.match(r"\s*(?:[,.]|$|01|\()", after))


def _likelihood(given: str) -> int:
    """Return 0 where the syllables make no given name, up to 3 where they hardly make anything else."""
    if len(given) == 1:
        return 1 if given in _ALONE else 0
    first, last = given[0] in _FIRST, given[1] in _LAST
    if first and given[1] in _SURE_LAST:
        return 3
    return 2 if first and last else int(first or last)
