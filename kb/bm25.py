"""BM25 in memory: sparse postings in numpy arrays, small enough to keep inside a generation file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """BM25 weights of every term in every document that holds it. Immutable; any thread."""

    starts: NDArray[np.int64]
    """Shape (terms + 1,): where each term's run begins in the two arrays below."""
    documents: NDArray[np.int32]
    """Document numbers, ascending within a term."""
    weights: NDArray[np.float32]
    count: int
    """Documents in all."""

    @classmethod
    def build(
        cls,
        terms: NDArray[np.int64],
        documents: NDArray[np.int64],
        amounts: NDArray[np.float32],
        size: int,
        count: int,
        k1: float = 1.2,
        b: float = 0.75,
    ) -> Postings:
        """Build from occurrences.

        Args:
            terms: Term numbers below ``size``, one an occurrence, any order.
            documents: Document numbers below ``count``, parallel to ``terms``.
            amounts: How much each occurrence counts, parallel to ``terms``.
            size: Number of terms.
            count: Number of documents.
            k1: Saturation of repeated terms.
            b: Strength of length normalisation, 0 to 1.
        """
        lengths = np.bincount(documents, amounts, count) if count else np.zeros(0)
        mean = float(lengths.mean()) if count and lengths.any() else 1.0
        keys, slots = np.unique(terms * np.int64(max(count, 1)) + documents, return_inverse=True)
        frequencies = np.bincount(slots, amounts, len(keys))
        owner, document = np.divmod(keys, max(count, 1))
        held = np.bincount(owner, minlength=size)
        rarity = np.log1p((count - held + 0.5) / (held + 0.5))
        norm = k1 * (1 - b + b * lengths[document] / mean)
        weights = rarity[owner] * frequencies * (k1 + 1) / (frequencies + norm)
        starts = np.zeros(size + 1, np.int64)
        np.cumsum(held, out=starts[1:])
        return cls(starts, document.astype(np.int32), weights.astype(np.float32), count)

    def scores(self, wanted: Mapping[int, float]) -> NDArray[np.float32]:
        """Return the score of every document, float32, shape (count,), for weighted term numbers."""
        total = np.zeros(self.count, np.float64)
        for term, weight in wanted.items():
            run = slice(self.starts[term], self.starts[term + 1])
            # A document appears once in a term's run, so plain fancy addition is safe.
            total[self.documents[run]] += weight * self.weights[run]
        return total.astype(np.float32)

    def share(self, document: int, terms: Sequence[int]) -> float:
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
