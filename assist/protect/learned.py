"""The trained part: linear weights over pieces of sound and over what the rules saw.

The weights (``resources/words/protect.npz``) are made by ``benchmarks/protect_train.py``. They weigh what the rules
found against the rest of the line, and see what no rule has words for. Pure arithmetic on numpy arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np

from assist.model import AbuseLabel
from assist.protect import abuse_rules, crisis_rules
from assist.protect.features import SIZE, pieces
from assist.protect.folding import Reading, read
from kb.model import TextSpan
from resources import path

CRISIS: Final = "crisis"
ABUSIVE: Final = "abusive"
GRAVE: Final = "grave"
HEADS: Final = (*(label.value for label in AbuseLabel), CRISIS, ABUSIVE, GRAVE)
"""What the model scores, in the order of its columns."""
RULES: Final = (*(label.value for label in AbuseLabel), CRISIS, "reported", "innocent")
INPUTS: Final = SIZE + len(RULES) + 1
"""Hashed pieces, one input a rule label that hit or a reason it did not, one for none at all."""
RULE_WEIGHT: Final = 0.5
_WORDS: Final = 16
"""Words in a window; a longer turn is judged by windows, so that much innocent talk hides nothing."""
_WINDOWS: Final = 24


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of a turn, its inputs and where they came from."""

    reading: Reading
    places: dict[int, list[tuple[int, int]]]
    ruled: frozenset[str]

    def inputs(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the places (int64) and values (float32) of the inputs that are not zero, shape (n,)."""
        values = np.array([1 + np.log(len(spans)) for spans in self.places.values()], dtype=np.float32)
        values /= float(np.sqrt((values**2).sum())) or 1.0
        ruled = [SIZE + at for at, name in enumerate(RULES) if name in self.ruled] or [SIZE + len(RULES)]
        places = np.array([*self.places, *ruled], dtype=np.int64)
        return places, np.append(values, np.full(len(ruled), RULE_WEIGHT, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model makes of one turn: log-odds by head, and its windows."""

    odds: dict[str, float]
    windows: tuple[Window, ...]

    def evidence(self, head: str) -> tuple[TextSpan, ...]:
        """Return the words that spoke most for ``head``, at most three, in order of place."""
        weights = _weights()[:, HEADS.index(head)]
        best = max(self.windows, key=lambda window: _odds(window)[HEADS.index(head)], default=None)
        if best is None:
            return ()
        places, values = best.inputs()
        told = np.zeros(len(best.reading.plain))
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            for start, end in best.places.get(place, ()):
                told[start:end] += value * weights[place] / len(best.places[place]) / (end - start)
        words = [(float(told[m.start() : m.end()].sum()), m.span()) for m in re.finditer(r"\S+", best.reading.plain)]
        least = max((said for said, _ in words), default=0.0) / 2
        chosen = sorted(words, reverse=True)[:3]
        spans = [best.reading.span(*span) for said, span in chosen if said >= least and said > 0]
        spans = spans or [best.reading.span(*span) for _, span in chosen[:1]]
        return tuple(sorted(spans, key=lambda span: span.start))


def ruled(text: str) -> frozenset[str]:
    """Return the names of the rule labels that hit in ``text``, and why others did not."""
    names = {hit.label.value for hit in abuse_rules.hits(text)}
    return frozenset(names | abuse_rules.hints(text) | ({CRISIS} if crisis_rules.signs(text) else set()))


@lru_cache(maxsize=64)
def scores(text: str) -> Scores:
    """Return the log-odds of every head for one raw turn: of its most telling window."""
    found = windows(text)
    odds = np.max([_odds(window) for window in found], axis=0) if found else np.full(len(HEADS), -9.0)
    return Scores(dict(zip(HEADS, odds.tolist(), strict=True)), found)


def windows(text: str) -> tuple[Window, ...]:
    """Return the stretches of a turn; most turns are one."""
    reading = read(text)
    words = [match.span() for match in re.finditer(r"\S+", reading.plain)]
    if not words:
        return ()
    if len(words) <= _WORDS and len(reading.plain) <= _WORDS * 12:
        return (Window(reading, pieces(reading), ruled(text)),)
    found = []
    step = _WORDS // 2
    for first in range(0, max(1, len(words) - step), step)[:_WINDOWS]:
        chosen = words[first : first + _WORDS]
        part = reading.only(range(chosen[0][0], chosen[-1][1]))
        found.append(Window(part, pieces(part), ruled(part.plain[: _WORDS * 24])))
    return tuple(found)


def _odds(window: Window) -> np.ndarray:
    places, values = window.inputs()
    weights = _weights()
    total: np.ndarray = values @ weights[places] + weights[-1]
    return total


@cache
def _weights() -> np.ndarray:
    """Return the weights: float32, shape (INPUTS + 1, heads); the last row is the bias."""
    with np.load(path("words/protect.npz")) as stored:
        return np.vstack(
            [stored["pieces"].astype(np.float32) * stored["scale"], stored["rules"], stored["bias"][None, :]]
        ).astype(np.float32)
