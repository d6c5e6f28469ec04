"""Where one question ends and another begins: two questions in one call are two topics."""

from __future__ import annotations

import re
from typing import Final

_CUE: Final = re.compile(
    r"(?:(?:그리고|또|근데|그런데|그거 ?말고|마지막으로|추가로|참)\s*,?\s*)?"
    r"(?:(?:질문|문의)?(?:\s*(?:하나|한 ?가지)(?:만)?\s*더)(?:\s*(?:있|여쭤|여쭙|물어|궁금|질문|문의|묻)[가-힣]*)*"
    r"|(?:또\s*)?(?:다른|딴)\s*(?:거|것|건|얘기|이야기|질문|문의)(?:도|를|는|인데|예요|요)?[가-힣]*"
    r"|그거\s*말고|그건\s*그렇고|별개로)"
    r"(?:요|는요|데요|인데요|말인데요)?[\s,.!?]*"
)
"""What a caller says before a second question: 그리고 하나만 더요, 다른 건데요, 그거 말고."""
_FOLLOWS: Final = re.compile(
    r"^(?:[네예아어]+[\s,.]*)*(?:그럼|그러면|그거|그건|그게|그걸|거기|그때|그래도|그래서|근데|그런데|그리고|이거|이건|얼마|언제|어디)"
)
"""How a sentence begins that goes on with what was said."""
_ASKS: Final = re.compile(
    r"나요|까요|가요|니까|은지|는지|되나|어떻게|얼마|언제|궁금|어디|몇|뭐|무엇|무슨|누구|싶|알려|신고|신청|문의|려고|\?"
)
NEW_WORDS: Final = 3
"""Words of its own that a question needs to be about something else without saying so."""
_SHARE: Final = 0.2
"""Part of words in common from which a question is about the same."""
_MOST_WORDS: Final = 200
_STEM: Final = 2
"""Syllables that two forms of a word have in common at least: 신고 and 신고하면."""


def after_cue(text: str) -> str | None:
    """Return what follows the announcement of another question (may be empty), or None where none is announced."""
    last = None
    for match in _CUE.finditer(text):
        last = match
    return None if last is None else text[last.end() :].strip()


class Topic:
    """The question a call is at. Not thread-safe."""

    def __init__(self) -> None:
        self.number = 0
        """Counts the topics of the call."""
        self.since = -1.0
        """Start of the turn the topic began with, seconds; -1 at the beginning of the call."""
        self._words: set[str] = set()

    def begin(self, at: float) -> None:
        """Start another topic with the turn that began at ``at`` seconds."""
        if self._words:
            self.number += 1
        self.since = at
        self._words = set()

    def add(self, words: frozenset[str]) -> None:
        """Take in what was said on the topic."""
        if len(self._words) < _MOST_WORDS:
            self._words |= {word[:_STEM] for word in words}

    def may_end(self, sentence: str, words: frozenset[str]) -> bool:
        """Return whether ``sentence`` may be about something else: a question with words of its own, none shared."""
        if not self._words or len(words) < NEW_WORDS or _FOLLOWS.match(sentence.strip()):
            return False
        shared = sum(word[:_STEM] in self._words for word in words)
        return shared < _SHARE * len(words) and bool(_ASKS.search(sentence))
