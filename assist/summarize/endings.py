"""Spoken Korean endings to the written endings of a call record: 연결해 드리겠습니다 to 연결함, 되나요 to 되는지."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from functools import partial
from typing import Final

_BASE = 0xAC00
_NO, _N, _L, _LM, _M, _B, _SS = 0, 4, 8, 10, 16, 17, 20
_A, _AE, _EO, _YEO, _O, _WA, _WAE, _OE, _U, _WO, _EU, _I = 0, 1, 4, 6, 8, 9, 10, 11, 13, 14, 18, 20
_UNCONTRACTED: Final = {_YEO: _I, _WA: _O, _WAE: _OE, _WO: _U}
IRREGULAR_B: Final = frozenset("렵쉽깝겁럽맙춥덥볍둡답롭")
_WHOLE_STEMS: Final = {
    "몰라": "모르",
    "달라": "다르",
    "올라": "오르",
    "빨라": "빠르",
    "불러": "부르",
    "흘러": "흐르",
    "아파": "아프",
    "바빠": "바쁘",
    "나빠": "나쁘",
    "고파": "고프",
    "슬퍼": "슬프",
    "기뻐": "기쁘",
}


def _parts(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - _BASE
    return code // 588, code % 588 // 28, code % 28


def _syllable(lead: int, vowel: int, tail: int) -> str:
    return chr(_BASE + lead * 588 + vowel * 28 + tail)


NO_TAIL: Final = _NO
N_TAIL: Final = _N
L_TAIL: Final = _L
SS_TAIL: Final = _SS


def with_tail(text: str, tail: int) -> str:
    """Return a text whose last syllable has another final consonant."""
    lead, vowel, _ = _parts(text[-1])
    return text[:-1] + _syllable(lead, vowel, tail)


def is_hangul(char: str) -> bool:
    """Whether a character is a whole Hangul syllable."""
    return "가" <= char <= "힣"


def tail_of(text: str) -> int:
    """Return the index of the last syllable's final consonant, 0 where it has none or is no Hangul."""
    return _parts(text[-1])[2] if text and is_hangul(text[-1]) else _NO


def nominal(stem: str) -> str:
    """Return a verb or adjective stem with the ending of a record: 하 to 함, 있 to 있음, 어렵 to 어려움."""
    if not stem or not is_hangul(stem[-1]):
        return stem
    last = stem[-1]
    lead, vowel, tail = _parts(last)
    if last == "계":
        return stem[:-1] + "있음"
    if last in "거것" and len(stem) > 1 and not is_hangul(stem[-2]):
        return stem[:-1] + "것임"
    if tail == _NO:
        return stem[:-1] + _syllable(lead, vowel, _M)
    if tail == _L:
        return stem[:-1] + _syllable(lead, vowel, _LM)
    if last in IRREGULAR_B:
        return stem[:-1] + _syllable(lead, vowel, _NO) + "움"
    return stem + "음"


def told(stem: str) -> str:
    """Return a caller's stem with its tense mark as a record puts it: 했 to 함, 살았 to 살았음, 죽겠 to 죽겠음."""
    if tail_of(stem) == _SS and (stem[-1] in "겠랬땠" or (stem[-1] in "었았" and tail_of(stem[:-1]) == _L)):
        return stem + "음"
    return nominal(present_stem(stem))


def present_stem(text: str) -> str:
    """Return the stem without its past or future mark: 다쳤 to 다치, 먹었 to 먹, 하겠 to 하, 있 stays."""
    if not text or tail_of(text) != _SS or text[-1] == "있" or text[-2:] in ("있었", "없었"):
        return text
    last = text[-1]
    if last == "겠":
        return present_stem(text[:-1])
    if last in "었았":
        return present_stem(text[:-1]) if len(text) > 1 else text
    if last in "놨놓":
        return text[:-1] + "놓"
    if last == "했":
        return text[:-1] + "하"
    if last == "였":
        return text[:-1] + "이"
    lead, vowel, _ = _parts(last)
    if text[-2:] in ("몰랐", "달랐", "올랐", "불렀", "흘렀"):
        return text[:-2] + {"몰": "모르", "달": "다르", "올": "오르", "불": "부르", "흘": "흐르"}[text[-2]]
    if last in "썼컸껐떴":
        return text[:-1] + _syllable(lead, _EU, _NO)
    return text[:-1] + _syllable(lead, _UNCONTRACTED.get(vowel, vowel), _NO)


def informal_stem(text: str) -> str | None:
    """Return the stem of an 아/어 form without 요 (있어 to 있, 나와 to 나오, 해 to 하), or None where it is none."""
    if len(text) < 2 or not is_hangul(text[-1]):
        return None
    if text[-2:] in _WHOLE_STEMS:
        return text[:-2] + _WHOLE_STEMS[text[-2:]]
    last = text[-1]
    lead, vowel, tail = _parts(last)
    if last in "어아":
        return present_stem(text[:-1]) if is_hangul(text[-2]) and tail_of(text[:-1]) else None
    if last == "해":
        return text[:-1] + "하"
    if last == "놔":
        return text[:-1] + "놓"
    if last == "돼":
        return text[:-1] + "되"
    if last in "써커꺼떠":
        return text[:-1] + _syllable(lead, _EU, _NO)
    if tail == _NO and vowel in (_WA, _WO, _YEO, _WAE):
        return text[:-1] + _syllable(lead, _UNCONTRACTED[vowel], _NO)
    if tail == _NO and last in "가나사타자내세새싸깨매빼채캐재대" and not text.endswith("에서"):
        return text
    return None


_PLAIN: Final = (
    (r"(?<![가-힣])드시(면|고|는|거나|기|던)", r"먹으\1"), (r"(?<![가-힣])드셔(도|야|서)", r"먹어\1"), (r"(?<![가-힣])드실", "먹을"), (r"(?<![가-힣])드신", "먹은"), (r"먹으(?=고|는|거나|기|던)", "먹"),
    (r"주무시지", "자지"), (r"주무셨", "잤"), (r"주무실", "잘"),
    (r"만드시(면|고|는|려면)", r"만들\1"), (r"만들는", "만드는"), (r"만드셔(도|야|서)", r"만들어\1"), (r"만드실", "만들"), (r"만드신", "만든"),
    (r"(?<![가-힣])여시(면|고)", r"열\1"), (r"(?<=[을를도] )파시(면|거나|고|려면)", r"팔\1"), (r"(?<=[가-힣] )(?:달|다)시는 (?=게|것)", "다는 "),
    (r"(?<![가-힣])거신 (?=번호|전화)", "전화한 "), (r"(?<=해) 주셔야", "야"), (r"(?<=[해내어아워려줘] )주셔야", "줘야"), (r"(확인|말씀|준비|연락|전화|문의|신청|접수|제출|선택|참고)해 주시면", r"\1하면"),
    (r"([가-힣]) 주십니다", r"\1 줍니다"), (r"계십니다", "있습니다"),
    (r"도와\s?드(?=리|릴|렸)", "도와주"),
    (r"([가-힣]) 드리(겠|고|면|는|도록|기|며|지|니|라)", r"\1 주\2"),
    (r"([가-힣]) 드립니다", r"\1 줍니다"),
    (r"([가-힣]) 드릴", r"\1 줄"),
    (r"([가-힣]) 드려", r"\1 줘"),
    (r"([가-힣]) 드렸", r"\1 줬"),
    (r"(안내|연락|전화|전달|말씀|회신|설명|경고|부탁|요청|답변|제안|문의|권유|통보)\s?드리", r"\1하"),
    (r"(안내|연락|전화|전달|말씀|회신|설명|경고|부탁|요청|답변|제안|문의|권유|통보)\s?드립니다", r"\1합니다"),
    (r"(안내|연락|전화|전달|말씀|회신|설명|경고|부탁|요청|답변|제안|문의|권유|통보)\s?드릴", r"\1할"),
    (r"(안내|연락|전화|전달|말씀|회신|설명|경고|부탁|요청|답변|제안|문의|권유|통보)\s?드려", r"\1해"),
    (r"(안내|연락|전화|전달|말씀|회신|설명|경고|부탁|요청|답변|제안|문의|권유|통보)\s?드렸", r"\1했"),
    (r"우시면", "우면"), (r"으시게", "게"), (r"드린다", "준다"), (r"않으셔도", "않아도"), (r"하시게", "하게"), (r"하시도록", "하도록"),
    (r"하시면", "하면"), (r"하실", "할"), (r"하셔야", "해야"), (r"하셔서", "해서"), (r"하셔도", "해도"), (r"하신", "한"),
    (r"하시는", "하는"), (r"하시고", "하고"), (r"하시기", "하기"), (r"하시거나", "하거나"), (r"하시던", "하던"),
    (r"하시려면", "하려면"), (r"하셨", "했"), (r"하시(?=[어더])", "하"), (r"하십니다", "합니다"), (r"하시니", "하니"),
    (r"되셨", "됐"), (r"되시(면|는|고|기|지)", r"되\1"), (r"되신", "된"), (r"되실", "될"), (r"되셔야", "돼야"),
    (r"([가-힣])으시(면|는|고|기|거나|려면|던|더라도|니)", r"\1으\2"), (r"으는", "는"), (r"([가-힣])으고", r"\1고"), (r"으기(?=[ 는도에를])", "기"),
    (r"([가-힣])으거나", r"\1거나"), (r"([가-힣])으던", r"\1던"),
    (r"([가-힣])으실", r"\1을"), (r"([가-힣])으신", r"\1은"), (r"([가-힣])으셨", r"\1었"), (r"([가-힣])으셔서", r"\1어서"),
    (r"([받찾맞놓앉잡남])으셔야", r"\1아야"), (r"([가-힣])으셔야", r"\1어야"), (r"받었", "받았"), (r"찾었", "찾았"), (r"받어서", "받아서"),
    (r"(?<![가-힣])가시(면|는|고|기|거나|려면)", r"가\1"), (r"(?<![가-힣])가셔(야|서|도)", r"가\1"), (r"(?<![가-힣])가실", "갈"), (r"(?<![가-힣])가신", "간"),
    (r"오시(면|는|고|기|거나|려면)", r"오\1"), (r"오셔(야|서|도)", r"와\1"), (r"오실", "올"), (r"오신", "온"),
    (r"보시(면|는|고|기|거나|려면)", r"보\1"), (r"보셔(야|서|도)", r"봐\1"), (r"보실", "볼"), (r"보신", "본"),
    (r"주시(면|는|고|기|거나|려면)", r"주\1"), (r"주셔(야|서|도)", r"줘\1"), (r"주실", "줄"), (r"주신", "준"), (r"주셨", "줬"),
    (r"두시(면|는|고|기)", r"두\1"), (r"두셔야", "둬야"), (r"(?<= )내시(면|는|고|거나)", r"내\1"), (r"(?<= )내셔야", "내야"), (r"(?<= )내실", "낼"),
    (r"쓰시(면|는|고|려면)", r"쓰\1"), (r"쓰실", "쓸"), (r"(?<=[ 에])사시는", "사는"), (r"(?<= )사셔야", "사야"), (r"(?<= )사시(면|고)", r"사\1"), (r"(?<= )사실 수", "살 수"),
    (r"계시(면|는|고|군요|네요|죠|지요|거든요)", r"있\1"), (r"계셨", "있었"), (r"계실", "있을"), (r"계십니다", "있습니다"), (r"있면", "있으면"), (r"계신", "있는"), (r"계셔서", "있어서"), (r"이시(면|고|라면)", r"이\1"), (r"이신", "인"),
    (r"치시(면|고)", r"치\1"), (r"리시(면|고|는)", r"리\1"), (r"기시(면|고|는)", r"기\1"), (r"나시(면|고|는)", r"나\1"), (r"([치리기지])신", r"\1ㄴ"), (r"지ㄴ", "진"), (r"치ㄴ", "친"), (r"리ㄴ", "린"), (r"기ㄴ", "긴"),
    (r"([가-힣])님께서", r"\1님이"), (r"님께(?![가-힣])", "에게"), (r"(?<=[가-힣])(?<!함)께(?=[ ,]|$)", "에게"), (r"(학부모|부모|자녀|담당자|기사|이용자|신청자|세대주|보호자)(?:님|분)이(?=\s)", r"\1가"), (r"(학부모|부모|자녀|담당자|기사|이용자|신청자|세대주|보호자)(?:님|분)은(?=\s)", r"\1는"), (r"(학부모|부모|자녀|담당자|기사|이용자|신청자|세대주|보호자)(?:님|분)을(?=\s)", r"\1를"),
    (r"(학부모|부모|담당자|자녀|기사|이용자|신청자|세대주|보호자)(?:님|분)", r"\1"),
    (r"여쭤\s?보", "물어보"), (r"여쭤\s?봐", "물어봐"), (r"말씀하", "말하"), (r"말씀해", "말해"), (r"말씀한", "말한"), (r"말씀할", "말할"),
    (r"(?<![가-힣])(?:저희가|제가|저희는|저희)", ""),
)  # fmt: skip
_PLAIN_RULES: Final = tuple((re.compile(pattern), to) for pattern, to in _PLAIN)


_GENERIC: Final = (
    (re.compile(r"([가-힣])(?<![마모부쑤다택도혹잠역즉표전공응게임당감접])시(?=면|고|거나|려면|려는|더라도|니까|다가)"), ""),
    (re.compile(r"([가-힣])실(?= (?:수|때|경우|필요|예정|계획|만한|분))"), "ㄹ"),
    (re.compile(r"([가-힣])신(?= (?:분|거|것|경우|날|곳|내용|지|뒤|후|다음|데|카드|서류|번호))"), "ㄴ"),
    (re.compile(r"([가-힣])셨"), "었"),
    (re.compile(r"([가-힣])셔(?=도|야|서)"), "어"),
    (re.compile(r"([가-힣])(?<![다도울접])시(?=는 (?:게|것|거|경우|분|곳|방법|동안|중|데))"), ""),
    (re.compile(r"([가-힣])십(?=니다$)"), "ㅂ"),
    (re.compile(r"([가-힣])(?<![다도울접역즉표모마계])시(?=는데|거든|잖|네요|더라|니까|는 (?:병원|집|학교|회사|동네))"), ""),
)  # fmt: skip
_CONTRACTED: Final = {_I: _YEO, _O: _WA, _U: _WO, _EU: _EO}


def _bare(ending: str, found: re.Match[str]) -> str:
    """Return the syllable before an honorific joined with the plain ending; unchanged where it ends in a consonant."""
    lead, vowel, tail = _parts(found[1])
    if tail != _NO:
        return found.group()
    if ending in ("었", "어"):
        if found[1] == "하":
            vowel = _AE
        vowel = _CONTRACTED.get(vowel, vowel)
        return _syllable(lead, vowel, _SS if ending == "었" else _NO)
    return _syllable(lead, vowel, {"": _NO, "ㄹ": _L, "ㄴ": _N, "ㅂ": _B}[ending])


def plain(text: str) -> str:
    """Take the honorifics out of a counsellor's sentence: 하시면 to 하면, 받으실 to 받을, 님께 to 에게."""
    for pattern, to in _PLAIN_RULES:
        text = pattern.sub(to, text)
    for pattern, ending in _GENERIC:
        text = pattern.sub(partial(_bare, ending), text)
    return re.sub(r"\s+", " ", text).strip()


_VERBAL: Final = frozenset(
    "하되가오나보주두내지치리기서사자타쓰크프르우이시키비니히추느러배세매개떼펴켜다쏘꾸끄뜨따싸까깨빼메베째터누루무부푸고노모소조초호거"
)
"""Last syllables of stems without a final consonant; others before an ending are nouns (버스고요)."""
_COPULA = re.compile(
    r"(?:이에요|예요|이예요|에요|이네요|인데요?|이거든요?|이지요|이죠|이잖아요?|이라서요?|이고요|이더라고요)$"
)
_LINKED = re.compile(
    r"(?:거든요?|잖아요?|더라고요?|더라구요?|네요?|군요|구나|나 봐요?|길래요?|니까요?|으니까요?|고요|구요|지요|죠|던데요?|지만요?)$"
)
_SAID = re.compile(
    r"(?<!더)(다|라|냐|자)(?:고요|구요|던데요?|더라고요?|고 하던데요?|고 그러던데요?|고 그러더라고요?|고 해요|고 하더라고요?|그러던데요?|그러더라고요?)$"
)
_HEARSAY = re.compile(r"([가-힣])(대|래)(?:요|던데요?|더라고요)?$")
_ASK_TO = re.compile(
    r"^(?P<body>.*[가-힣])(?P<form>\s?(?:주세요|주십시오|주시기 바랍니다|주시길 바랍니다|주시면 좋겠습니다|보세요|두세요|보십시오))$"
)
_DO = re.compile(r"(으?)(?:세요|십시오|시?기 바랍니다|시?길 바랍니다|시기를 바랍니다)$")
_WISH = re.compile(
    r"(?<=[았었렸쳤졌났왔갔줬됐했셨뒀켰겼봤]으면)\s?(?:좋겠|싶|하)(?:습니다|어요?|는데요?|네요?|어서요?|고요|다고요|다는)?$|(?<=[가-힣]으면) 해서요?$"
)


_NOUNS = re.compile(
    r"(?:처음|마음|사람|다음|지금|이름|요금|점심|아침|그림|세금|벌금|현금|임금|조금|가끔|자금|기금|보험|경험|시험|위험|모임|책임|담임|느낌|여름|구름|기름|고름|주름|설움|웃음|울음|얼음|걸음|믿음|죽음|소음|이음|녹음|지점|상점|매점|시점|문제점|장점|단점|(?:^|\s)(?:땀|밤|봄|몸|힘|틈|꿈|잠|짐|김|감|담|점|곰|섬))$"
)


def is_complete(text: str) -> bool:
    """Return whether a line surely ends as a record does: in -ㅁ/음 of a predicate, or in a record's closing word."""
    if re.search(r"(?:문의|요청|안내|희망|예정|불가)$", text):
        return True
    return tail_of(text) in (_M, _LM) and not _NOUNS.search(text)


def written(clause: str, *, advises: bool = False) -> str:
    """Return a statement with the ending of a record; the words before the ending stay as they are.

    Args:
        clause: What was said.
        advises: Whether requests in it (보관해 두세요) are the counsellor's advice.
    """
    text = clause.strip(" .,?!~…")
    if not text:
        return ""
    if found := re.search(r"지 (?:마세요|마십시오|말아 주세요|마시기 바랍니다)$", text):
        return f"{text[: found.start()]}지 않도록 안내" if advises else f"{text[: found.start()]}지 말 것"
    if not advises and (found := _WISH.search(text)):
        return f"{text[: found.start()].rstrip()} 함"
    if (
        re.fullmatch(r"(?:.*\s)?[가-힣]{1,3}구요", text)
        and re.search(r"(?:^|\s)(?:[가-힣]{2,3}|중)구요$", text)
        and not re.search(r"[있없했았었됐하]구요$", text)
    ):
        return text[:-1]
    if advises and (found := _ASK_TO.match(text)):
        stem = informal_stem(found["body"])
        if stem:
            return f"{stem}도록 안내"
    if advises and _DO.search(text) and not re.search(r"안녕하세요|계세요$|이세요$", text):
        stem = _DO.sub("", text)
        return f"{stem}도록 안내" if stem and is_hangul(stem[-1]) else text
    if text.endswith("습니다"):
        return nominal(present_stem(text[:-3]))
    if text.endswith("니다") and len(text) > 2 and tail_of(text[:-2]) == _B:
        lead, vowel, _ = _parts(text[-3])
        return text[:-3] + _syllable(lead, vowel, _M)
    text = (
        re.sub(r"(?<=[가-힣]) ?있잖아요?$", "", text)
        if re.search(r"[가-힣] ?있잖아요?$", text) and len(text) > 8
        else text
    )
    if found := re.search(r"([다라])는데요?$|([다라])고 (?:\S+\s)?그러(?:더라고|던데|시던데|데|더라)요?$", text):
        return text[: found.start()] + (found[1] or found[2]) + "고 함"
    if found := re.search(r"([다라])는 (?:거예요|거에요|거야|거네요|거죠|거지|얘기예요|말이에요)$", text):
        return text[: found.start()] + found[1] + "고 함"
    if found := re.search(r"(?<=면 )좋겠(?:어요?|는데요?|네요?|습니다)$", text):
        return text[: found.start()] + "좋겠다고 함"
    if found := _SAID.search(text):
        return text[: found.start()] + found[1] + "고 함"
    found = _HEARSAY.search(text)
    if found and (tail_of(found[1]) in (_N, _SS, 18) or found[2] == "래"):
        return text[: found.start()] + found[1] + ("다고 함" if found[2] == "대" else "라고 함")
    if found := re.search(r"(?<=[가-힣])려는데요?$", text):
        return f"{text[: found.start()]}려고 함"
    if re.search(r"(?:려고|려구)(?:요|합니다|해요|하는데요?|했는데요?)?$", text):
        return re.sub(r"(?:려고|려구)(?:요|합니다|해요|하는데요?|했는데요?)?$", "려고 함", text)
    if _COPULA.search(text) and not re.search(r"[있없었았했]에요$", text):
        return re.sub(r"아니임$", "아님", _COPULA.sub("임", text))
    if re.search(r"(?:이었|였)(?:어요?|는데요?|거든요?|습니다)$", text):
        return re.sub(r"(이었|였)(?:어요?|는데요?|거든요?|습니다)$", r"\1음", text)
    if found := re.search(r"(?:는|은)데요?$|는데도?요?$", text):
        return told(text[: found.start()])
    if found := re.search(r"던데요?$", text):
        return told(text[: found.start()])
    if re.search(r"[가-힣]데요?$", text) and tail_of(re.sub(r"데요?$", "", text)) == _N:
        stem = re.sub(r"데요?$", "", text)
        lead, vowel, _ = _parts(stem[-1])
        return nominal(stem[:-1] + _syllable(lead, vowel, _NO))
    if found := re.search(r"(?<=[가-힣])는(?:군요?|구나)$", text):
        return nominal(text[: found.start()])
    if found := _LINKED.search(text):
        stem = text[: found.start()]
        if stem and is_hangul(stem[-1]) and tail_of(stem) == _NO and stem[-1] not in _VERBAL:
            return f"{stem}임"
        return told(text[: found.start()])
    if re.search(r"[가-힣](?:가지고|갖고|서)요?$", text):
        stem = informal_stem(re.sub(r"\s?(?:가지고|갖고|서)요?$", "", text))
        if stem:
            return nominal(stem)
    if found := re.search(r"(?:있|없|했|았|었|됐|났|왔|갔|졌|렸)고$", text):
        return told(text[:-1])
    if found := re.search(r"(?<![해어아와워돼려져춰봐가서라])(?:이야|야)$", text):
        before = text[: found.start()]
        return (
            f"{before[:-1]}것임" if re.search(r"[가-힣]\s거$", before) else f"{before}임" if len(before) > 1 else text
        )
    body = text[:-1] if text.endswith("요") else text
    if text.endswith("이요"):
        return text[:-2]
    sure = text.endswith("요") or tail_of(body[-2:-1]) == _SS or body[-1:] in tuple("어해돼려혀켜겨쳐")
    sure = sure or bool(re.search(r"[살받놀좁앉높많작좋낮알팔날찾막잡닫]아$", body))
    past = body[:-1] if len(body) > 1 and body[-1] in "어아" and tail_of(body[:-1]) == _SS else ""
    if past and (past[-1] == "겠" or tail_of(past[:-1]) == _L):
        return told(past)
    stem = informal_stem(body) if sure else None
    if stem:
        return nominal(stem)
    return body
