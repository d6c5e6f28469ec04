"""Names of the house, repaired where the recogniser heard something that sounds like one but is no word.

A caller's 장위동 comes back as 장이동, 심폐소생술이랑 as 심폐 소생수리랑. Up to three written words are taken for
a name where they are no words of their own, differ from exactly one nearest name by little in sound, and what is left
over is a particle. Pure; the raw text is never changed, only what is shown and searched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kb.model import TextSpan
from kb.text import nfc

_HANGUL: Final = re.compile(r"[가-힣]+")
_WORD: Final = re.compile(r"\S+")
_PARTICLE: Final = re.compile(
    r"(?:에서는|에서도|에서|에게|한테|으로|까지|부터|이랑|하고|이나|마다|처럼|보다|이라고|라고|인데요?|이에요|예요|이요|요"
    r"|은|는|이|가|을|를|에|의|도|로|랑|나|과|와|만|야)?(?:요)?$"
)
_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS: Final = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_CODAS: Final = {
    **dict.fromkeys("ㄱㄲㄳㄺㅋ", "ㄱ"),
    **dict.fromkeys("ㄴㄵㄶ", "ㄴ"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "ㄹ"),
    **dict.fromkeys("ㅁㄻ", "ㅁ"),
    **dict.fromkeys("ㅂㅄㅍㄿ", "ㅂ"),
    "ㅇ": "ㅇ",
}
"""What a final sounds like before a consonant or a pause."""
_CLOSE: Final = [set(group.split()) for group in (
    "ㄱ ㄲ ㅋ", "ㄷ ㄸ ㅌ", "ㅂ ㅃ ㅍ", "ㅈ ㅉ ㅊ", "ㅅ ㅆ", "ㅎ -", "ㄴ ㄹ", "ㅊ ㅌ",
    "ㅐ ㅔ", "ㅒ ㅖ ㅐ ㅔ", "ㅙ ㅚ ㅞ", "ㅗ ㅛ", "ㅓ ㅕ", "ㅏ ㅑ", "ㅜ ㅠ", "ㅟ ㅣ", "ㅢ ㅣ",
    "ㅡ ㅓ", "ㅡ ㅜ", "ㅗ ㅓ", "ㅕ ㅑ",
    "ㄴ. ㅁ. ㅇ.", "ㄱ. ㄷ. ㅂ.", "ㅁ. ㅂ.", "ㄴ. ㄹ.", "ㄹ. .", "ㅇ. .", "ㄴ. .",
)]  # fmt: skip
"""Sounds that are mistaken for each other: ``-`` is no initial, a letter with a dot a final, ``.`` no final."""
_CLOSE_COST: Final = 0.5
_MIN_SYLLABLES: Final = 3
_MAX_SYLLABLES: Final = 12
_LIMIT: Final = 0.115
"""Greatest distance a sound of the name, in costs of one sound: about one wrong sound in nine."""
_MARGIN: Final = 0.4
"""How much nearer the nearest name must be than the next."""
_MAX_WORDS: Final = 3
_REMEMBERED: Final = 50_000
"""Words whose answer of the dictionary is kept."""
_MOST_NAMES: Final = 20_000


def names_of(entries: Mapping[str, int], proper: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a house, proper ones first, then the nouns that most entries hold.

    Args:
        entries: In how many entries each noun, or pair of nouns written together, stands.
        proper: Departments, districts, neighbourhoods, programmes, streets.
    """
    often = sorted((noun for noun, count in entries.items() if count >= 2), key=lambda noun: (-entries[noun], noun))
    # A verb's lemma ends so.
    nouns = (noun for noun in often if len(noun) >= _MIN_SYLLABLES and not noun.endswith("다"))
    names = dict.fromkeys(
        name for name in (*proper, *nouns) if _HANGUL.fullmatch(name.replace(" ", "")) and len(name) <= _MAX_SYLLABLES
    )
    return tuple(names)[:_MOST_NAMES]


@dataclass(frozen=True, slots=True)
class Repair:
    """One name put in place of what was heard."""

    heard: str
    """What the recogniser wrote, a particle included."""
    name: str
    span: TextSpan
    """Of the name in the repaired text."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text with names repaired."""

    text: str
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    cost: float
    name: str
    rest: str
    """Particle after the name."""
    end: int
    """Of what was heard, particle included, in the text."""
    words: int


class HouseWords:
    """The names of one house. Any thread: all that changes is what is remembered of the dictionary."""

    def __init__(self, names: Iterable[str], known: Callable[[Sequence[str]], Sequence[bool]]) -> None:
        """Take the names.

        Args:
            names: Departments, districts, programmes, streets; spaces inside do not count, short ones are left out.
            known: Of each thing heard whether it is a word of its own, and so needs no repair.
        """
        self._ask = known
        self._answers: dict[str, bool] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._by_pair: dict[str, set[str]] = {}
        for name in names:
            plain = nfc(name).strip()
            bare = plain.replace(" ", "")
            if not _MIN_SYLLABLES <= len(bare) <= _MAX_SYLLABLES or not _HANGUL.fullmatch(bare) or bare in self._names:
                continue
            self._names[bare] = _sounds(bare)
            for pair in _pairs(bare):
                self._by_pair.setdefault(pair, set()).add(bare)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._names)

    def repair(self, text: str) -> Repaired:
        """Return ``text`` (read in NFC) with misheard names put right; particles and all else stay."""
        plain = nfc(text)
        words = [(match.start(), match.end()) for match in _WORD.finditer(plain)]
        self._learn([run[0] for start, end in words if (run := _HANGUL.match(plain, start, end))])
        out: list[str] = []
        repairs: list[Repair] = []
        at, number, length = 0, 0, 0
        while number < len(words):
            found = self._at(plain, words, number)
            if found is None:
                number += 1
                continue
            start, end = words[number][0], found.end
            out += [plain[at:start], found.name, found.rest]
            begin = length + start - at
            length = begin + len(found.name) + len(found.rest)
            repairs.append(Repair(plain[start:end], found.name, TextSpan(begin, begin + len(found.name))))
            at = end
            number += found.words
        out.append(plain[at:])
        return Repaired("".join(out), tuple(repairs))

    def _learn(self, words: Sequence[str]) -> None:
        new = [word for word in dict.fromkeys(words) if word not in self._answers]
        if new:
            if len(self._answers) > _REMEMBERED:
                self._answers = {}
            self._answers |= zip(new, self._ask(new), strict=True)

    def _known(self, word: str) -> bool:
        self._learn([word])
        return self._answers.get(word, True)

    def _at(self, text: str, words: Sequence[tuple[int, int]], number: int) -> _Match | None:
        """Return the best repair that begins with word ``number``."""
        best: _Match | None = None
        joined = ""
        strange = False
        for taken in range(1, _MAX_WORDS + 1):
            if number + taken > len(words):
                break
            start, end = words[number + taken - 1]
            run = _HANGUL.match(text, start, end)
            if run is None:
                break
            before, joined = len(joined), joined + run[0]
            strange = strange or not self._known(run[0])
            if strange:
                for cost, name, size, rest in self._near(joined):
                    # A last word that adds nothing to the name stays out of it.
                    if size > before and (best is None or cost < best.cost):
                        best = _Match(cost, name, rest, run.end(), taken)
            if run.end() < end:
                break  # punctuation ends a name
        return best

    def _near(self, heard: str) -> list[tuple[float, str, int, str]]:
        """Return distance, name, syllables used and what follows, where ``heard`` is a name and a particle."""
        found: list[tuple[float, str, int, str]] = []
        for size in range(_MIN_SYLLABLES - 1, min(len(heard), _MAX_SYLLABLES + 1) + 1):
            if heard[:size] in self._names:
                return []  # heard right
            for stem, rest in _splits(heard, size):
                near = self._nearest(stem) if _PARTICLE.fullmatch(rest) else None
                if near is not None and (stem in self._names or not self._known(stem)):
                    found.append((near[0], near[1], size, rest))
        return sorted(found)[:1]

    def _nearest(self, stem: str) -> tuple[float, str] | None:
        candidates: dict[str, int] = {}
        for pair in _pairs(stem):
            for name in self._by_pair.get(pair, ()):
                if abs(len(name) - len(stem)) <= 1:
                    candidates[name] = candidates.get(name, 0) + 1
        sounds = _sounds(stem)
        ranked = sorted(
            (distance(sounds, self._names[name], _LIMIT * len(self._names[name]) + _MARGIN), name)
            for name in candidates
        )
        if not ranked or ranked[0][0] > _LIMIT * len(self._names[ranked[0][1]]):
            return None
        if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _MARGIN:
            return None
        return ranked[0]


def distance(one: Sequence[str], other: Sequence[str], limit: float = 99.0) -> float:
    """Return the weighted edit distance of two sequences of sounds; anything above ``limit`` once it is passed."""
    before = [float(n) for n in range(len(other) + 1)]
    for row, sound in enumerate(one, 1):
        now = [float(row)]
        for column, against in enumerate(other, 1):
            now.append(
                min(
                    before[column - 1] + _cost(sound, against),
                    before[column] + (_CLOSE_COST if sound in ("-", ".") else 1.0),
                    now[column - 1] + (_CLOSE_COST if against in ("-", ".") else 1.0),
                )
            )
        before = now
        if min(before) > limit:
            return min(before)
    return before[-1]


@lru_cache(maxsize=4096)
def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _CLOSE_COST if any(one in group and other in group for group in _CLOSE) else 1.0


@lru_cache(maxsize=8192)
def _sounds(word: str) -> tuple[str, ...]:
    """Return the sounds of a word: initial, vowel, final a syllable, a final carried over to a silent initial."""
    syllables = [_parts(sign) for sign in word]
    out: list[str] = []
    carried = ""
    for number, (initial, vowel, final) in enumerate(syllables):
        following = syllables[number + 1][0] if number + 1 < len(syllables) else ""
        out.append(carried or ("-" if initial == "ㅇ" else initial))
        out.append(vowel)
        carried = ""
        if final and final != "ㅇ" and following == "ㅇ":
            carried = final if final in _INITIALS else _CODAS[final]
            out.append(".")
        else:
            out.append(f"{_CODAS[final]}." if final else ".")
    return tuple(out)


def _splits(heard: str, size: int) -> Iterator[tuple[str, str]]:
    """Yield stem and rest at a syllable, and again with a final that was carried over put back (수리랑, 술이랑)."""
    yield heard[:size], heard[size:]
    if size < len(heard):
        initial, vowel, final = _parts(heard[size])
        before = _parts(heard[size - 1])
        if initial != "ㅇ" and initial in _FINALS and not before[2]:
            stem = heard[: size - 1] + chr(ord(heard[size - 1]) + _FINALS.index(initial))
            rest = chr(0xAC00 + (11 * 21 + _VOWELS.index(vowel)) * 28 + _FINALS.index(final)) + heard[size + 1 :]
            yield stem, rest


def _parts(sign: str) -> tuple[str, str, str]:
    offset = ord(sign) - 0xAC00
    return _INITIALS[offset // 588], _VOWELS[offset % 588 // 28], _FINALS[offset % 28]


def _pairs(word: str) -> set[str]:
    """Return what a name is looked up by: neighbouring vowels, and initials with their place."""
    vowels = [_parts(sign)[1] for sign in word]
    return {first + second for first, second in pairwise(vowels)} | {
        f"{n}{sound}" for n, sound in enumerate(_parts(sign)[0] + str(len(word)) for sign in word)
    }
