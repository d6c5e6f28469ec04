"""The trained part: linear weights over pieces of sound and over what the rules saw.

The weights (``resources/words/protect.npz``) are made by ``benchmarks/protect_train.py``. They weigh what the rules
found against the rest of the line, and see what no rule has words for. Pure arithmetic on numpy arrays.
"""

from __future__ import annotations

import itertools
import logging
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from assist.model import AbuseLabel, CrisisKind
from assist.protect import abuse_rules, crisis_rules
from assist.protect.features import SIZE, meanings, meant, pieces
from assist.protect.folding import Reading, read
from kb.model import TextSpan
from resources import path

CRISIS: Final = "crisis"
ABUSIVE: Final = "abusive"
GRAVE: Final = "grave"
HEADS: Final = (*(label.value for label in AbuseLabel), CRISIS, ABUSIVE, GRAVE)
"""What the model scores, in the order of its columns."""
RULES: Final = (
    *(label.value for label in AbuseLabel),
    *(f"{label.value}{severity}" for label in AbuseLabel for severity in (1, 2, 3)),
    *(kind.value for kind in CrisisKind),
    CRISIS,
    "reported",
    "innocent",
)
"""What the rules can say: labels that hit, with their severity, kinds of danger, why words were no hit."""
_MEANT: Final = {name: at for at, name in enumerate(meanings())}
_FIRST_MEANT: Final = SIZE + len(RULES) + 1
_FIRST_PAIR: Final = _FIRST_MEANT + len(_MEANT)
INPUTS: Final = _FIRST_PAIR + len(_MEANT) * (len(_MEANT) - 1) // 2
"""Hashed pieces, one input a rule label that hit or a reason it did not, one for none at all, one a kind of words
that occurs, one a pair of such kinds."""
RULE_WEIGHT: Final = 0.5
MEANT_WEIGHT: Final = 0.25
PAIR_WEIGHT: Final = 0.15
_LARGEST: Final = 16_000_000
"""Bytes of the unpacked weights; theirs are under one."""
_log = logging.getLogger(__name__)
_WORDS: Final = 16
"""Words in a window; a longer turn is judged by windows, so that much innocent talk hides nothing."""
_WINDOWS: Final = 24


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of a turn, its inputs and where they came from."""

    reading: Reading
    places: dict[int, list[tuple[int, int]]]
    ruled: frozenset[str]
    meant: tuple[int, ...]
    """Numbers of the kinds of words it holds, rising."""

    def inputs(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the places (int64) and values (float32) of the inputs that are not zero, shape (n,)."""
        values = np.array([1 + np.log(len(spans)) for spans in self.places.values()], dtype=np.float32)
        values /= float(np.sqrt((values**2).sum())) or 1.0
        ruled = [SIZE + at for at, name in enumerate(RULES) if name in self.ruled] or [SIZE + len(RULES)]
        kinds = [_FIRST_MEANT + at for at in self.meant]
        pairs = [_FIRST_PAIR + two * (two - 1) // 2 + one for one, two in itertools.combinations(self.meant, 2)]
        weights = [RULE_WEIGHT] * len(ruled) + [MEANT_WEIGHT] * len(kinds) + [PAIR_WEIGHT] * len(pairs)
        places = np.array([*self.places, *ruled, *kinds, *pairs], dtype=np.int64)
        return places, np.append(values, np.array(weights, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model makes of one turn: log-odds by head, and its windows."""

    odds: dict[str, float]
    windows: tuple[Window, ...]

    def evidence(self, head: str) -> tuple[TextSpan, ...]:
        """Return the words that spoke most for ``head``, at most three, in order of place."""
        known = _weights()
        column = HEADS.index(head)
        if known is None or not self.windows:
            return ()
        weights = known[:, column]
        best = max(self.windows, key=lambda window: _odds(window, known)[column])
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
    found = abuse_rules.hits(text)
    danger = crisis_rules.signs(text)
    names = {hit.label.value for hit in found} | {f"{hit.label.value}{hit.severity}" for hit in found}
    names |= {sign.kind.value for sign in danger} | ({CRISIS} if danger else set())
    return frozenset(names | abuse_rules.hints(text))


@lru_cache(maxsize=64)
def scores(text: str) -> Scores | None:
    """Return the log-odds of every head for one raw turn: of its most telling window. None without weights."""
    weights = _weights()
    if weights is None:
        return None
    found = windows(text)
    odds = np.max([_odds(window, weights) for window in found], axis=0) if found else np.full(len(HEADS), -9.0)
    return Scores(dict(zip(HEADS, odds.tolist(), strict=True)), found)


def windows(text: str) -> tuple[Window, ...]:
    """Return the stretches of a turn; most turns are one."""
    reading = read(text)
    words = [match.span() for match in re.finditer(r"\S+", reading.plain)]
    if not words:
        return ()
    if len(words) <= _WORDS and len(reading.plain) <= _WORDS * 12:
        return (_window(reading, ruled(text)),)
    found = []
    step = _WORDS // 2
    for first in range(0, max(1, len(words) - step), step)[:_WINDOWS]:
        chosen = words[first : first + _WORDS]
        part = reading.only(range(chosen[0][0], chosen[-1][1]))
        found.append(_window(part, ruled(part.plain[: _WORDS * 24])))
    return tuple(found)


def _window(reading: Reading, by_rules: frozenset[str]) -> Window:
    return Window(reading, pieces(reading), by_rules, tuple(_MEANT[name] for name in meant(reading)))


def _odds(window: Window, weights: np.ndarray) -> np.ndarray:
    places, values = window.inputs()
    total: np.ndarray = values @ weights[places] + weights[-1]
    return total


class WeightsUnusable(Exception):
    """The weights cannot be read, or do not belong to this program."""


def load_weights(file: Path) -> np.ndarray:
    """Return the weights in ``file``: float32, shape (INPUTS + 1, heads); the last row is the bias.

    Raises:
        WeightsUnusable: Missing, damaged, too big, of another shape or not finite.
    """
    heads = len(HEADS)
    shapes = {"pieces": (SIZE, heads), "scale": (heads,), "rules": (INPUTS - SIZE, heads), "bias": (heads,)}
    try:
        with zipfile.ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise WeightsUnusable("too big")
        with np.load(file, allow_pickle=False) as stored:
            found = {name: stored[name] for name in (*shapes, "inputs")}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, MemoryError) as error:
        raise WeightsUnusable(type(error).__name__) from error
    if any(found[name].shape != shape for name, shape in shapes.items()):
        raise WeightsUnusable("other shape")
    if found["inputs"].shape != () or int(found["inputs"]) != named():
        raise WeightsUnusable("made for other words")
    weights = np.vstack([found["pieces"] * found["scale"], found["rules"], found["bias"][None, :]]).astype(np.float32)
    if not np.isfinite(weights).all():
        raise WeightsUnusable("not finite")
    return weights


def named() -> int:
    """Return a number that changes with the names of the inputs and heads."""
    return zlib.crc32("\n".join((*HEADS, "", *RULES, "", *_MEANT)).encode())


@cache
def _weights() -> np.ndarray | None:
    """Return the shipped weights, or None where they are unusable; that is said once."""
    try:
        return load_weights(path("words/protect.npz"))
    except (WeightsUnusable, OSError) as error:
        _log.error("the weights of the abuse model are unusable, the rules go on alone: %s", type(error).__name__)
        return None
