"""What a caller said, made into a query: courtesies stripped, terms weighed, earlier turns decayed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kb.ports import Morphemes
from kb.terms import asked, compounds, kernel
from kb.text import nfc

MAX_CHARS: Final = 2_000
"""What is read of a query; nobody asks for longer, and time stays bounded."""
_MAX_ENCODED: Final = 400
_DECAY: Final = 0.5
"""How much less each earlier turn counts."""

_COURTESY: Final = re.compile(
    r"(?:(?<=^)|(?<=[\s,.!?…]))"
    r"(?:안녕하세요|안녕하십니까|여보세요|수고하십니다|수고하세요|수고 ?많으십니다|수고 ?많으세요|감사합니다|고맙습니다"
    r"|죄송합니다|죄송한데요?|실례합니다|실례지만|저기요?|저기|있잖아요|다름이 아니라|다름 아니라|제가 그|그러니까"
    r"|네|예|아니|어|음|아|에|그|저|뭐|막|인제|이제|좀)(?=[\s,.!?…]|$)[\s,.!?…]*"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready for the legs."""

    text: str
    """Courtesies stripped; what the model of meaning reads."""
    terms: dict[str, float]
    """Morpheme terms and how much they count."""
    kernel: str
    """Nouns and roots, space-separated; may be empty."""
    spoken: str
    """Terms joined, for the phonetic leg."""
    words: tuple[str, ...]
    """Surface forms worth highlighting, longest first."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.terms and not self.kernel


def stripped(text: str) -> str:
    """Return ``text`` without greetings and fillers; as it is where nothing else is left."""
    found = re.sub(r"\s+", " ", _COURTESY.sub("", text)).strip(" ,.!?…")
    return found or text.strip()


def understand(text: str, context: tuple[str, ...], morphemes: Morphemes) -> Query:
    """Return the query of ``text`` said after ``context`` (earlier words of the dialogue, newest first)."""
    plain = stripped(" ".join(nfc(text)[:MAX_CHARS].split()))
    tokens = morphemes.tokens(plain)
    own = asked(tokens)
    nouns = kernel(tokens)
    terms = dict.fromkeys(own, 1.0)
    weight = 1.0
    for earlier in context[:3]:
        weight *= _DECAY
        for term in asked(morphemes.tokens(nfc(earlier)[:MAX_CHARS])):
            terms[term] = max(terms.get(term, 0.0), weight)
    encoded = plain[:_MAX_ENCODED]
    if context and len(nouns) < 2:  # "그건 얼마예요?" means nothing without what came before
        encoded = f"{nfc(context[0])[:_MAX_ENCODED]} {encoded}"
    words = {form for form in (*nouns, *compounds(tokens)) if len(form) >= 2}
    words |= {term[:-1] for term in own if term[-1] == "다" and len(term) > 2}
    return Query(
        encoded, terms, " ".join(nouns), " ".join(own), tuple(sorted(words, key=lambda word: (-len(word), word)))
    )
