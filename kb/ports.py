"""What the knowledge side needs from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Meaning as vectors."""

    @property
    def name(self) -> str:
        """Identity of the model; vectors of different names never mix."""
        ...

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dim)."""
        ...

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dim)."""
        ...


class Morphemes(Protocol):
    """Korean morphemes."""

    def tokens(self, text: str) -> Sequence[Morpheme]:
        """Return the morphemes of ``text`` (NFC) in order."""
        ...

    def add_words(self, words: Sequence[str]) -> None:
        """Teach proper nouns (departments, districts, programmes, streets)."""
        ...

    def known(self, words: Sequence[str]) -> Sequence[bool]:
        """Return of each word (Hangul, particles allowed) whether it is made of words the dictionary holds."""
        ...


class Morpheme(Protocol):
    """One morpheme with its place in the text."""

    @property
    def form(self) -> str:
        """Surface or lemma form."""
        ...

    @property
    def tag(self) -> str:
        """Sejong part-of-speech tag, e.g. ``NNG``."""
        ...

    @property
    def start(self) -> int:
        """Code-point offset."""
        ...

    @property
    def end(self) -> int:
        """Code-point offset, exclusive."""
        ...
