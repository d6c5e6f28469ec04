"""강성: behaviour over the call and over earlier calls. It is answered with a fitting sentence and never warned for.

Four kinds: a long call, the same demand again and again although it was answered, answers refused again and again,
and a caller who rang often of late. What is said once is nobody's behaviour; each kind is told once a call.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from assist.model import BehaviourKind, Turn
from assist.protect.folding import compile_all, fold_syllables
from assist.protect.wordlist import load, patterns
from assist.settings import AssistSettings
from audio.model import Channel

_ANSWER_SYLLABLES: Final = 8
"""What a counsellor says beyond listening, syllables, to count as an answer."""
_UNIT_WORDS: Final = 3
"""Clauses are joined until they hold so many words: a demand and what it is about belong together."""
_MOST_UNITS: Final = 120
"""Demands and questions that are remembered: half an hour of them."""
_ALIKE: Final = 0.72
"""Share of sounds from which two words are taken for the same word, misheard or in another form."""
_SAME_SMALL: Final = 0.75
_SAME_BIG: Final = 0.4
"""Shares of the shorter and of the longer sentence's words that two demands have in common to be the same."""
_VERBATIM: Final = 0.8
_CLAUSE: Final = re.compile(
    r"(?<=[.?!,])\s*|(?<=요)\s+|(?<=니다)\s+|(?<=니까)\s+|(?<=까)\s+|(?<=죠)\s+|(?<=잖아)\s+"
    r"|(?<=냐고)\s+|(?<=라고)\s+|(?<=다고)\s+|(?<=거든)\s+|(?<=는데)\s+"
)


class Refusal(StrEnum):
    """Which sentence fits a refusal."""

    BOSS = "boss"
    MONEY = "money"
    PLAIN = "plain"


SITUATIONS: Final = {
    BehaviourKind.LONG: "long_call",
    BehaviourKind.REPETITION: "repetition",
    BehaviourKind.EARLIER_CALLS: "frequent_calls",
}
"""Situation whose sentence answers a kind; a refusal has one of :data:`_REFUSED`."""
_REFUSED: Final = {Refusal.BOSS: "superior", Refusal.MONEY: "compensation", Refusal.PLAIN: "impossible_demand"}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What holds of the call now."""

    kinds: tuple[BehaviourKind, ...]
    """All so far, the newest last."""
    turns: tuple[int, ...]
    """Caller turns that show it, in order."""
    situation: str
    """Id of the situation whose sentence fits the newest."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One thing a caller said."""

    matter: int
    """Units of one matter make the same demand, each like another one of them."""

    turn: int
    round: int
    words: tuple[str, ...]
    """What it is about, as sounds."""
    demand: bool
    insists: bool
    asks: bool


class BehaviourWatch:
    """Watches one call. Synchronous, no clock. Thread: one, the ``assist`` thread."""

    def __init__(self, settings: AssistSettings) -> None:
        self._settings = settings
        self._units: list[_Unit] = []
        self._matters = 0
        self._round = 0
        """Counts the counsellor's answers."""
        self._spoke = False
        """Whether the caller said anything yet: a greeting answers nothing."""
        self._refused: dict[int, tuple[int, Refusal]] = {}
        """Turn and kind of refusal by round."""
        self._kinds: list[BehaviourKind] = []
        self._turns: set[int] = set()

    @property
    def kinds(self) -> tuple[BehaviourKind, ...]:
        """What was seen so far, the newest last."""
        return tuple(self._kinds)

    @property
    def turns(self) -> tuple[int, ...]:
        """Caller turns that show it, in order."""
        return tuple(sorted(self._turns))

    def on_said(self, turn: Turn, text: str) -> Behaviour | None:
        """Take in one utterance; return what is new of the call, or None.

        Args:
            turn: The turn it belongs to.
            text: Its words, raw.
        """
        text = unicodedata.normalize("NFC", text)
        if turn.speaker is Channel.AGENT:
            heard = patterns("behaviour", "answer", "listening").sub(" ", text)
            if self._spoke and len(re.findall(r"[가-힣]", heard)) >= _ANSWER_SYLLABLES:
                self._round += 1
            return None
        refused = self._refusal(turn.index, text)
        repeated = self._repetition(turn.index, text)
        self._spoke = self._spoke or bool(re.search(r"[가-힣]{2}", text))
        # Refusing is the graver of two that come at once; the other is told with it.
        if refused and repeated and BehaviourKind.REPETITION not in self._kinds:
            self._kinds.append(BehaviourKind.REPETITION)
            self._turns |= repeated
        if refused:
            return self._told(BehaviourKind.REFUSAL, refused, _REFUSED[self._chief_refusal()])
        return self._told(BehaviourKind.REPETITION, repeated) if repeated else None

    def on_long(self) -> Behaviour | None:
        """Take note that the call has become long."""
        return self._told(BehaviourKind.LONG, set())

    def on_earlier_calls(self, count: int) -> Behaviour | None:
        """Take note of how often the caller rang of late."""
        if count < self._settings.earlier_calls:
            return None
        return self._told(BehaviourKind.EARLIER_CALLS, set())

    def _told(self, kind: BehaviourKind, turns: set[int], situation: str = "") -> Behaviour | None:
        if kind in self._kinds:
            return None
        self._kinds.append(kind)
        self._turns |= turns
        return Behaviour(self.kinds, self.turns, situation or SITUATIONS[kind])

    def _refusal(self, turn: int, text: str) -> set[int]:
        """Return the turns of all refusals once there are enough of them."""
        if self._round == 0:
            return set()
        kind = refusal(text)
        if kind is not None:
            self._refused.setdefault(self._round, (turn, kind))
        if kind is None or len(self._refused) < self._settings.refusal_times:
            return set()
        return {where for where, _ in self._refused.values()}

    def _chief_refusal(self) -> Refusal:
        kinds = [kind for _, kind in self._refused.values()]
        special = [kind for kind in kinds if kind is not Refusal.PLAIN]
        return special[-1] if 2 * len(special) >= len(kinds) else Refusal.PLAIN

    def _repetition(self, turn: int, text: str) -> set[int]:
        """Return the turns of a demand made for at least the third time."""
        found: set[int] = set()
        for unit in _units(turn, self._round, text):
            if not (unit.demand or unit.asks):
                continue
            like = next((one for one in reversed(self._units) if one.round != unit.round and _same(unit, one)), None)
            self._matters += like is None
            unit = replace(unit, matter=like.matter if like else self._matters)
            self._units.append(unit)
            same = [one for one in self._units if one.matter == unit.matter]
            if len({one.round for one in same}) >= self._settings.repeat_times:
                found |= {one.turn for one in same}
        del self._units[:-_MOST_UNITS]
        return found


def refusal(text: str) -> Refusal | None:
    """Return how ``text`` (NFC) refuses what was answered, or None."""
    kept = patterns("behaviour", "refusal", "not").sub(" ", text)
    for kind in Refusal:
        if patterns("behaviour", "refusal", kind).search(kept):
            return kind
    return None


def _units(turn: int, round_: int, text: str) -> list[_Unit]:
    """Return what ``text`` says, clause by clause, short ones joined; listening noises are none."""
    units: list[_Unit] = []
    held = ""
    words: tuple[str, ...] = ()
    for clause in [*filter(None, _CLAUSE.split(text)), ""]:
        if clause:
            held, words = f"{held} {clause}".strip(), (*words, *_words(clause))
        if words and (len(words) >= _UNIT_WORDS or not clause):
            units.append(
                _Unit(
                    0,
                    turn,
                    round_,
                    tuple(dict.fromkeys(words)),
                    demand=bool(patterns("behaviour", "demand").search(held)),
                    insists=bool(patterns("behaviour", "insist").search(held)),
                    asks=bool(patterns("behaviour", "question").search(held)),
                )
            )
            held, words = "", ()
    return units


@cache
def _trims() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    words = load("behaviour")["words"]
    endings = compile_all([rf"(?<=[가-힣a-z0-9])(?:{words['endings']}|{words['long_particles']})$"])
    particles = compile_all([rf"(?<=[가-힣a-z0-9]{{2}})(?:{words['particles']})$"])
    return endings, particles, frozenset(words["light"])


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Return what a word is about, as folded sounds; empty for one that is about nothing."""
    endings, particles, light = _trims()
    while word not in light and (shorter := particles.sub("", endings.sub("", word))) != word:
        word = shorter
    return "" if len(word) < 2 or word in light else unicodedata.normalize("NFD", fold_syllables(word))


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (_stem(word) for word in re.findall(r"[가-힣]+|[a-z0-9]+", text.lower()))))


@lru_cache(maxsize=4096)
def _sounds(word: str) -> frozenset[str]:
    return frozenset(word)


@lru_cache(maxsize=16384)
def _alike(one: str, other: str) -> bool:
    # Spacing is unreliable: 번호 is in 전화번호.
    if one.startswith(other) or other.startswith(one) or one.endswith(other) or other.endswith(one):
        return True
    sounds, others = _sounds(one), _sounds(other)
    # Most pairs differ in most sounds: no need to look at their order.
    return (
        3 * len(sounds & others) >= len(sounds) + len(others)
        and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
    )


def _common(words: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words two sentences have in common, each counted once."""
    left = list(others)
    count = 0
    for word in words:
        match = next((other for other in left if _alike(word, other)), None)
        if match is not None:
            left.remove(match)
            count += 1
    return count


def _same(new: _Unit, old: _Unit) -> bool:
    """Return whether two units make the same demand."""
    small, big = sorted((len(new.words), len(old.words)))
    common = _common(new.words, old.words)
    if new.demand and old.demand:
        if common >= 2 and common >= _SAME_SMALL * small and common >= _SAME_BIG * big:
            return True
        # The matter itself is often left out: 취소해 달라니까요.
        if small == common == 1 and big <= _UNIT_WORDS and new.insists:
            return True
    return new.asks and common >= _UNIT_WORDS and common >= _VERBATIM * big
