"""A morpheme analyser of spaces only, for the process ``words``; lives in the child process."""

from __future__ import annotations

import os
from collections.abc import Sequence

from kb.adapters.kiwi import KiwiMorpheme


class Spaces:
    """Every word is a noun; a taught one is a name. The word 끝 ends the process."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = set(words)

    def tokens(self, text: str) -> list[KiwiMorpheme]:
        if text == "끝":
            os._exit(3)
        found = []
        at = 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word)
            found.append(KiwiMorpheme(word, "NNP" if word in self._words else "NNG", start, at))
        return [*found, KiwiMorpheme(str(os.getpid()), "SN", 0, 0)]


def build(words: Sequence[str]) -> Spaces:
    return Spaces(words)
