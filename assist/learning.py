"""What this desk learns from what the counsellor does with answers: small, bounded, fading nudges to the ranking.

Every pair of a question and an entry has its own weight for and against. Their smoothed share, as log-odds against
an even prior, moves the entry a little among the others and never further than :data:`MOST`. Weights fade, an entry
that changes starts anew, and a question that shares too few words with the one learned from gains and loses nothing.
Pure: time comes in with every call, storing is the owner's affair (:meth:`Learner.rows`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from assist.model import CardAction
from kb.text import sound_runs

WEIGHT: Final[Mapping[CardAction, float]] = {
    CardAction.USED: 1.0,
    CardAction.COPIED: 1.0,
    CardAction.PINNED: 0.3,
    CardAction.OPENED: 0.3,
    CardAction.DISMISSED: -1.0,
}
STRENGTH: Final = 20.0
"""How many acts the prior is worth."""
MOST: Final = 0.5
"""Largest nudge, log-odds, up or down."""
HALF_LIFE_DAYS: Final = 90.0
ALIKE: Final = 0.5
"""Share of sounds (Jaccard) from which two questions that share a word are of one kind."""
WORDS: Final = 8
"""Head words of a question that are kept."""
MOST_QUESTIONS: Final = 3_000
_FADED: Final = 0.05
"""Weight below which a pair is forgotten."""


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """What was learned of one entry under one kind of question."""

    words: tuple[str, ...]
    """Head words of the question, sorted."""
    article_id: str
    fingerprint: str
    """Content of the entry when it was learned."""
    gain: float
    """Weight of acts for the entry, faded to ``day``."""
    loss: float
    """Weight of acts against it."""
    used: float
    """How often it was used or copied, faded to ``day``."""
    day: float
    """Days since the epoch the weights are faded to."""

    def at(self, day: float) -> LearnedRow:
        """Return the row faded to ``day``."""
        fade = 0.5 ** (max(0.0, day - self.day) / HALF_LIFE_DAYS)
        return replace(
            self, gain=self.gain * fade, loss=self.loss * fade, used=self.used * fade, day=max(day, self.day)
        )


@dataclass(frozen=True, slots=True)
class Nudge:
    """What was learned of an entry for a question asked now."""

    boost: float
    """Log-odds, between -:data:`MOST` and :data:`MOST`."""
    used: int
    """Times it was used for such questions, rounded; for the words of why it is here."""


def head_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that stand for a question: the longest ones, sorted."""
    return tuple(sorted(sorted(set(words), key=lambda word: (-len(word), word))[:WORDS]))


class Learner:
    """What one person's desk has learned. Not thread-safe: its owner holds a lock."""

    def __init__(self, rows: Iterable[LearnedRow] = ()) -> None:
        self._rows: dict[tuple[str, ...], dict[str, LearnedRow]] = {}
        self._by_word: dict[str, set[tuple[str, ...]]] = {}
        """Questions that hold a word."""
        self._sounds: dict[tuple[str, ...], frozenset[str]] = {}
        for row in rows:
            self._of(row.words)[row.article_id] = row

    def rows(self) -> tuple[LearnedRow, ...]:
        """Return everything learned, for storing."""
        return tuple(row for found in self._rows.values() for row in found.values())

    def learn(
        self, words: Iterable[str], article_id: str, fingerprint: str, action: CardAction, day: float
    ) -> LearnedRow | None:
        """Take in one act; returns the row that changed, or None where nothing can be learned.

        Args:
            words: Content words of the question.
            article_id: The entry acted on.
            fingerprint: Its content now; another one than before forgets what was learned.
            action: What was done.
            day: Days since the epoch.
        """
        head = head_words(words)
        weight = WEIGHT.get(action, 0.0)
        if not head or not weight:
            return None
        key = self._nearest(head) or head
        found = self._of(key)
        before = found.get(article_id)
        if before is None or before.fingerprint != fingerprint:
            before = LearnedRow(key, article_id, fingerprint, 0.0, 0.0, 0.0, day)
        row = before.at(day)
        row = replace(
            row,
            gain=row.gain + max(weight, 0.0),
            loss=row.loss + max(-weight, 0.0),
            used=row.used + (1.0 if action in (CardAction.USED, CardAction.COPIED) else 0.0),
        )
        found[article_id] = row
        if len(self._rows) > MOST_QUESTIONS:
            self._forget(day, keep=key)
        return row

    def nudges(self, words: Iterable[str], day: float, contents: Mapping[str, str] | None = None) -> dict[str, Nudge]:
        """Return what was learned for a question, by entry id.

        Args:
            words: Content words of the question.
            day: Days since the epoch.
            contents: Fingerprints of the entries now; one that is absent or differs has changed and gets nothing.
                None where that is not to be looked at.
        """
        head = frozenset(head_words(words))
        gains: dict[str, list[float]] = {}
        for key, alike in self._like(head):
            for row in self._rows[key].values():
                if contents is not None and contents.get(row.article_id) != row.fingerprint:
                    continue
                faded = row.at(day)
                sums = gains.setdefault(row.article_id, [0.0, 0.0, 0.0])
                for place, value in enumerate((faded.gain, faded.loss, faded.used)):
                    sums[place] += alike * value
        return {
            ident: Nudge(boost(gain, loss), round(used))
            for ident, (gain, loss, used) in gains.items()
            if gain + loss >= _FADED
        }

    def touched(self, words: Iterable[str]) -> frozenset[str]:
        """Return the ids of entries that something was learned of for such a question."""
        head = frozenset(head_words(words))
        return frozenset(ident for key, _ in self._like(head) for ident in self._rows[key])

    def _of(self, key: tuple[str, ...]) -> dict[str, LearnedRow]:
        """Return what was learned under a question, which is known from now on."""
        if key not in self._sounds:
            self._sounds[key] = _sounds(key)
            for word in key:
                self._by_word.setdefault(word, set()).add(key)
        return self._rows.setdefault(key, {})

    def _like(self, head: frozenset[str]) -> list[tuple[tuple[str, ...], float]]:
        """Return the questions of the kind of ``head``, with how alike they are."""
        near = {key for word in head for key in self._by_word.get(word, ())}
        heard = _sounds(head)
        found = ((key, likeness(heard, self._sounds[key])) for key in near)
        return [(key, alike) for key, alike in found if alike >= ALIKE]

    def _nearest(self, head: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the question under which ``head`` is learned: itself, else one that shares more than half."""
        if head in self._rows:
            return head
        near = [(alike, key) for key, alike in self._like(frozenset(head)) if alike > ALIKE]
        return max(near)[1] if near else None

    def _forget(self, day: float, keep: tuple[str, ...]) -> None:
        """Let the faintest tenth of the questions go."""
        weight = {
            key: sum(row.at(day).gain + row.at(day).loss for row in found.values()) for key, found in self._rows.items()
        }
        for key in sorted(weight, key=lambda key: weight[key])[: MOST_QUESTIONS // 10]:
            if key != keep:
                del self._rows[key], self._sounds[key]
                for word in key:
                    self._by_word[word].discard(key)


def boost(gain: float, loss: float) -> float:
    """Return the log-odds of a share smoothed by an even prior, bounded."""
    half = STRENGTH / 2
    return max(-MOST, min(MOST, math.log((half + gain) / (half + loss))))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of sounds two questions have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _sounds(words: Iterable[str]) -> frozenset[str]:
    """Return runs of three sounds within the words: one misheard syllable does not make another question."""
    return frozenset().union(*map(sound_runs, words))
