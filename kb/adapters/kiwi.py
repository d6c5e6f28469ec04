"""Korean morphemes through kiwipiepy. Offsets are code points of the given text."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kiwipiepy import Kiwi

from kb.ports import Morpheme

_MAX_CHARS = 20_000
"""Longer texts are cut: analysis time grows with length and one entry must not hold up the desk."""
_FIRST_WORD = 200
"""Ids below are tags: what kiwi gives to a word it does not know."""


@dataclass(frozen=True, slots=True)
class KiwiMorpheme:
    """One morpheme; fills :class:`kb.ports.Morpheme`."""

    form: str
    tag: str
    start: int
    end: int


class KiwiMorphemes:
    """The :class:`kb.ports.Morphemes` of the desk. Thread: any; one analysis at a time."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        """Load the analyser (about half a second) and teach it ``words``."""
        # The dictionaries of names take 200 and 50 MB, and moved no figure of the benchmark.
        self._kiwi = Kiwi(num_workers=1, load_multi_dict=False, load_default_dict=False)
        self._lock = threading.Lock()
        self._known: set[str] = set()
        self.add_words(words)

    def add_words(self, words: Sequence[str]) -> None:
        """Teach proper nouns; a word already taught or with spaces is left alone."""
        with self._lock:
            for word in words:
                name = unicodedata.normalize("NFC", word).strip()
                if not 2 <= len(name) <= 30 or name in self._known or not name.isalnum():
                    continue
                self._known.add(name)
                self._kiwi.add_user_word(name, "NNP", 0.0)

    def tokens(self, text: str) -> Sequence[Morpheme]:
        """Return the morphemes of ``text`` (NFC) in order; only its first 20,000 characters are read."""
        # Half a pair of UTF-16 is legal in a string and ends the analyser; a question mark keeps every offset.
        whole = text[:_MAX_CHARS].encode("utf-8", "replace").decode()
        with self._lock:
            found = self._kiwi.tokenize(whole)
        return [KiwiMorpheme(one.form, _plain_tag(one.tag), one.start, one.start + one.len) for one in found]

    def known(self, words: Sequence[str]) -> Sequence[bool]:
        """See :class:`kb.ports.Morphemes`. A compound of which a noun has one syllable counts as a guess."""
        with self._lock:
            return [self._holds(word[:_MAX_CHARS]) for word in words]

    def _holds(self, word: str) -> bool:
        nouns = [one for one in self._kiwi.tokenize(word) if one.tag in ("NNG", "NNP", "XR")]
        if any(one.id < _FIRST_WORD for one in nouns):
            return False
        return len(nouns) <= 1 or all(one.len > 1 for one in nouns)


def build(words: Sequence[str]) -> KiwiMorphemes:
    """Build the analyser, ready to answer; the factory that the process ``words`` imports."""
    made = KiwiMorphemes(words)
    made.tokens("준비")
    return made


def _plain_tag(tag: str) -> str:
    """Return the Sejong tag without kiwi's mark for regular and irregular verbs."""
    return tag.split("-", 1)[0]
