"""Turns cut into clauses: the unit the record is composed of."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assist import numbers
from assist.model import Turn
from audio.model import Channel

_STOP: Final = re.compile(r"(?<=[.?!…])\s+|(?<=니다)\s+(?=[가-힣])")
_AGENT_LINK: Final = re.compile(
    r"(?<=[가-힣]요)(?<!필요)(?<!중요)(?<!주요)(?<!개요)(?<!수요)\s+(?=[가-힣0-9])|(?<=[가-힣]죠)\s+|(?<=[는은인한]데요)[,.]?\s+|(?<=[가-힣]고요)[,.]?\s+|(?<=니다만)[,.]?\s+|(?<=하며)[,]\s+"
)
_CALLER_STOP: Final = re.compile(
    r"(?<=[가-힣]요)(?<!필요)(?<!중요)\s+|(?<=구나)\s+|(?<=[겠았었했]네)\s+|(?<=[가-힣]죠)\s+|(?<=네)\s+(?=아까\s)|(?<=거든)\s+|(?<=잖아)\s+|(?<=[는은한인던큰]데)\s+|(?<=니다)\s+|(?<=더라고)\s+|(?<=[했었았갔왔났졌렸쳤됐셨겼녔렀뒀줬봤썼]어)\s+"
    r"|(?<=[있없]어)\s+|(?<=[거이]야)\s+|(?<=몰라가지고)\s+|(?<=[되있없]나)\s+(?=[가-힣])|(?<=[거말]지)\s+|(?<=있지)\s+|(?<=더라)\s+|(?:(?<=[려혀켜돼와래대해])|(?<=니야)|(?<=뭐야)|(?<=거야)|(?<=몰라))\s+(?=(?:벌써|우리|나는|내가|저는|제가|근데|그리고|지금|아주|그래서|나한테)\s)|(?<=[가-힣]이지)\s+|(?<=[가-힣]네)\s+(?=(?:나는|내가|저는|우리|제가)\s)|(?<=[가-힣]야)(?<![해어아와워돼려져춰봐가서라돼]야)\s+(?=[가-힣]+[은는이가]\s)|(?<=[가-힣])\s+(?=(?:근데|그런데|그리고|아 그리고|하여간|아무튼)\s)"
)
_LEAD: Final = re.compile(
    r"^(?:(?:야|아니|에이|아이고|아이|아|어|네네|네(?!\s(?:번|시|명|개|살|건|군데|달|가지|식구|대(?=[\s가를도는씩])|마리|장))|예|음|응|저기요?|저|그니까|그러니까|그래서|그래가지고|그래도|그게|그|뭐|이제|근데요?|그런데요?|여보세요|안녕하세요|수고하십니다|수고하세요|수고 많으십니다"
    r"|있잖아요|다름이? 아니[라고]+|그렇지|그렇죠|그쵸|맞아|혹시|그럼요?|그러면|우와|와|그리고요?|막|좀|일단|우선은?|죄송하지만|죄송합니다만|아쉽지만|안타깝지만|진짜|하여간|글쎄|참고로|참|다만|또|예예|맞아요|알겠습니다|알겠어요|알았어요|그렇구나|그렇습니다|맞습니다|어르신(?=[,.!?]|$)|고객님|선생님|민원인님|시민님|물론|사실은?|여기(?:가|는)?|거기는|이게|이거는?|이건|그거는?|그건|제가요?|저는요?|저희는|저희가|저희|내가|나는|저도|나도|전|난)(?=[\s,.!?]|$)[\s,.!?]*)+"
)
_INNER: Final = re.compile(
    r"(?<=\s)(?:좀|막|뭐(?=\s(?:그|이|저|막|좀))|이제|그냥|진짜|되게|엄청|저기|그 뭐|아니|제가|내가|저는|저희가|저희|혹시|한번|어|음)\s+"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of one turn, spoken numbers as digits."""

    turn: int
    """The turn's own index."""
    order: int
    """Position over the call."""
    speaker: Channel
    text: str
    """As said."""
    cleaned: str
    """Without greetings, fillers and forms of address at its head."""

    @property
    def is_agent(self) -> bool:
        """Whether the counsellor said it."""
        return self.speaker is Channel.AGENT


def shown(turn: Turn) -> str:
    """Return a turn's text in NFC with sure spoken numbers as digits."""
    return numbers.display(unicodedata.normalize("NFC", turn.text))[0]


def clauses(turns: Sequence[Turn]) -> tuple[Clause, ...]:
    """Cut turns into clauses, at punctuation where there is any and at spoken endings elsewhere."""
    made: list[Clause] = []
    for turn in turns:
        for text in _cut(turn):
            cleaned = clean(text)
            made.append(Clause(turn.index, len(made), turn.speaker, text, cleaned))
    return tuple(made)


def _cut(turn: Turn) -> Iterator[str]:
    text = re.sub(r"\s+", " ", shown(turn)).strip()
    links = _AGENT_LINK if turn.speaker is Channel.AGENT else _CALLER_STOP
    for sentence in _STOP.split(text):
        pieces = links.split(sentence)
        yield from (piece.strip() for piece in pieces if piece and piece.strip())


def clean(text: str) -> str:
    """Strip fillers, greetings and forms of address at the head, and small words inside."""
    text = _LEAD.sub("", text.strip())
    text = re.sub(r"^[가-힣]{2,4}\s?(?:고객|선생)?님[,\s]+", "", text)
    text = re.sub(r"^한 가지 (?:더 )?(?:확인|말씀|안내)[^,]{0,14},\s*", "", text)
    text = _INNER.sub("", f" {text}").strip()
    text = _TRAIL.sub("", text)
    return re.sub(r"\s+", " ", text).strip(" ,")


_TRAIL: Final = re.compile(
    r"(?:[\s,]+(?:네|예|알겠습니다|알겠어요|알았어요|고맙습니다|고마워요|감사합니다|잠깐만요?|잠시만요?))+\W*$"
)
_PARTICLES: Final = re.compile(
    r"(?:에서는|에서도|으로는|에게는|이라고|이라는|이라서|에서|에게|한테|으로|부터|까지|처럼|보다|마다|이나|이랑|하고|이고|이요|이에요|예요|인데|입니다|이면"
    r"|은|는|이|가|을|를|에|의|와|과|도|만|로|나|랑|요)$"
)
_EMPTY: Final = frozenset([
    "있습", "있어", "있는", "있고", "없습", "없어", "합니", "하는", "하고", "하면", "해서", "그리", "그런", "그래",
    "그거", "이거", "저거", "거기", "여기", "저기", "말씀", "안내", "확인", "경우", "때문", "지금", "오늘", "정도",
    "어떻", "어떤", "무슨", "어디", "언제", "얼마", "이제", "그냥", "다시", "바로", "먼저", "우선", "네네", "그럼",
    "근데", "상담", "전화", "문의", "도와", "드리", "드릴", "주시", "주세", "부탁", "감사", "죄송", "아니", "됩니",
    "되는", "되나", "된다", "돼요", "같은", "같습", "보시", "하시", "수가", "것은", "것이", "것도", "거예", "거는",
    "건가", "저희", "제가", "우리", "저는", "알겠", "맞습", "맞아", "가능", "생각", "얘기", "이야", "사람", "그렇",
    "이렇", "한번", "조금", "많이", "하나", "따로", "직접", "자세", "정확", "받으", "받을", "받는", "해주", "해요",
    "했어", "했는",
])  # fmt: skip


def stems(text: str) -> frozenset[str]:
    """Return the first two syllables of every word that carries content."""
    found = set()
    for word in re.findall(r"(?<!\d)[가-힣]{2,}|(?<=\d[가-힣])[가-힣]{2,}|\d[\d.,:-]*", text):
        if word[0].isdigit():
            found.add(word)
            continue
        bare = _PARTICLES.sub("", word) if len(word) > 2 else word
        stem = (bare if len(bare) >= 2 else word)[:2]
        if stem not in _EMPTY:
            found.add(stem)
    return frozenset(found)
