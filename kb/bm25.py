"""BM25 in memory: sparse postings in numpy arrays, small enough to keep inside a generation file.

A posting is a document number and how often the term stands there; what it weighs is worked out when it is asked
for, which takes half the room of ready weights and costs next to nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

K1: Final = 1.2
"""Saturation of repeated terms."""
B: Final = 0.75
"""Strength of length normalisation, 0 to 1."""
_MOST_OFTEN: Final = 255
"""Greatest count kept; beyond it BM25 is saturated anyway."""

Occurrences = tuple[NDArray[np.int64], NDArray[np.int64]]
"""The terms of one document, each once, and how often each stands there."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Every term and every document that holds it. Immutable; any thread."""

    starts: NDArray[np.int64]
    """Shape (terms + 1,): where each term's run begins in the two arrays below."""
    documents: NDArray[Any]
    """Document numbers, ascending within a term; uint16 where they fit, else int32."""
    counts: NDArray[np.uint8]
    """How often the term stands in the document, weighed by its columns."""
    norms: NDArray[np.float32]
    """Shape (documents,): what a document's length adds below the line of BM25."""

    @property
    def count(self) -> int:
        """Documents in all."""
        return len(self.norms)

    @classmethod
    def build(cls, documents: Sequence[Occurrences], size: int) -> Postings:
        """Build from the terms of every document.

        Args:
            documents: In the order of their numbers; terms are numbers below ``size``.
            size: Number of terms.
        """
        count = len(documents)
        lengths = np.array([float(often.sum()) for _, often in documents])
        mean = float(lengths.mean()) if count and lengths.any() else 1.0
        norms = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
        starts = np.zeros(size + 1, np.int64)
        for terms, _ in documents:
            starts[1:][terms] += 1  # a term stands once in the list of a document
        np.cumsum(starts, out=starts)
        small = np.uint16 if count <= 1 << 16 else np.int32
        owners = np.empty(int(starts[-1]), small)
        counts = np.empty(len(owners), np.uint8)
        free = starts[:-1].copy()
        for number, (terms, often) in enumerate(documents):
            at = free[terms]
            owners[at] = number
            counts[at] = np.minimum(often, _MOST_OFTEN)
            free[terms] = at + 1
        return cls(starts, owners, counts, norms)

    def scores(self, wanted: Mapping[int, float]) -> NDArray[np.float32]:
        """Return the score of every document, float32, shape (count,), for weighted term numbers."""
        terms = np.fromiter(wanted.keys(), np.int64, len(wanted))
        begin = self.starts[terms]
        sizes = self.starts[terms + 1] - begin
        total = int(sizes.sum())
        if not total:
            return np.zeros(self.count, np.float32)
        rarity = np.log1p((self.count - sizes + 0.5) / (sizes + 0.5))
        worth = np.fromiter(wanted.values(), np.float64, len(wanted)) * rarity * (K1 + 1)
        at = np.repeat(begin - np.cumsum(sizes) + sizes, sizes) + np.arange(total)
        owners = self.documents[at]
        often = self.counts[at].astype(np.float32)
        parts = np.repeat(worth.astype(np.float32), sizes) * often / (often + self.norms[owners])
        return np.bincount(owners, parts, self.count).astype(np.float32)

    def share(self, document: int, terms: Iterable[int]) -> float:
        """Return which part of ``terms``, weighed by rarity, a document holds, 0 to 1.

        Args:
            document: Its number.
            terms: Term numbers; -1 for a term that no document holds, the rarest of all.
        """
        held = total = 0.0
        for term in terms:
            run = self.documents[self.starts[term] : self.starts[term + 1]] if term >= 0 else self.documents[:0]
            rarity = math.log1p((self.count - len(run) + 0.5) / (len(run) + 0.5))
            total += rarity
            at = int(np.searchsorted(run, document))
            if at < len(run) and run[at] == document:
                held += rarity
        return held / total if total else 0.0


def occurrences(terms: NDArray[np.int64], amounts: NDArray[np.int64] | None = None) -> Occurrences:
    """Return the terms of one document, each once in ascending order, and how often each stands there."""
    if amounts is None:
        found, often = np.unique(terms, return_counts=True)
        return found, often.astype(np.int64)
    found, slots = np.unique(terms, return_inverse=True)
    return found, np.bincount(slots, amounts, len(found)).astype(np.int64)
