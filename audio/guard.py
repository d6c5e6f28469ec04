"""Guards against invented text. Pure: text and evidence in, text and flags out; nothing is deleted but loops."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from audio.model import Decoded, Flag

_LETTERS: Final = re.compile(r"[^0-9A-Za-z가-힣ㄱ-ㅎㅏ-ㅣ]")
_STOCK: Final = re.compile(
    r"^(?:(?:다음 ?(?:영상|시간|주)에(?:서)? ?(?:만나요|뵙겠습니다|봐요))"
    r"|(?:(?:지금까지|오늘도|끝까지)?(?:영상을?)?(?:시청|청취)해?주(?:셔서|신)(?:여러분)?(?:대단히|정말)?(?:감사합니다|고맙습니다)?)"
    r"|(?:(?:구독과?)(?:좋아요)?(?:와|과)?(?:알림설정)?(?:까지)?(?:을|를)?(?:꼭)?(?:부탁드립니다|부탁드려요|눌러주세요|해주세요)?)"
    r"|(?:좋아요와?구독(?:과알림설정)?(?:까지)?(?:을|를)?(?:꼭)?(?:부탁드립니다|부탁드려요|눌러주세요|해주세요)?)"
    r"|(?:(?:MBC|KBS|SBS|YTN|JTBC)뉴스[가-힣]{2,5}(?:입니다|이었습니다|였습니다)?)"
    r"|(?:(?:한글)?자막(?:(?:제공|제작)(?:및광고를포함하고있습니다)?|by[가-힣A-Za-z]{0,8}))"
    r"|(?:이덕영(?:입니다)?)"
    r"|(?:(?:날씨였습니다|뉴스였습니다))"
    r")$",
    re.IGNORECASE,
)
_THANKS: Final = frozenset({"감사합니다", "고맙습니다", "네", "예", "아", "음", "어"})
_WEAK_VOICED_S: Final = 0.45
_WEAK_MASS: Final = 0.6
_WEAK_NO_SPEECH: Final = 0.6
_WEAK_LOGPROB: Final = -0.9
_LOOP_LIMIT: Final = 4
_BREAK: Final = r"[\s,.!?]*"
_LOW_DIGITS_LOGPROB: Final = -0.7


@dataclass(frozen=True, slots=True)
class VoiceEvidence:
    """What voice activity says about a stretch of sound."""

    voiced_s: float
    """Seconds above the speech threshold."""
    mass: float
    """Mean probability of speech between the first and the last voiced window, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """Text that may be shown; empty text means there is nothing to show."""

    text: str
    flags: tuple[str, ...]


def guard(decoded: Decoded, evidence: VoiceEvidence, has_digits: Callable[[str], bool]) -> Guarded:
    """Cut loops and mark what the sound does not support.

    Args:
        decoded: What the recogniser made of the sound.
        evidence: What voice activity saw in the same sound.
        has_digits: Whether a text holds a number somebody could act on.
    """
    text = cut_loops(decoded.text)
    letters = _LETTERS.sub("", text)
    if not letters or evidence.voiced_s <= 0:
        return Guarded("", ())
    flags: list[str] = []
    if (is_stock(text) and _weak(decoded, evidence)) or (_very_weak(decoded, evidence) and letters not in _THANKS):
        flags.append(Flag.UNSUPPORTED)
    if decoded.avg_logprob < _LOW_DIGITS_LOGPROB and has_digits(text):
        flags.append(Flag.LOW_DIGITS)
    return Guarded(text, tuple(flags))


def is_stock(text: str) -> bool:
    """Return whether every sentence of ``text`` is a phrase that recognisers invent over noise."""
    sentences = [part for part in re.split(r"[.!?\n]+", unicodedata.normalize("NFC", text)) if _LETTERS.sub("", part)]
    return bool(sentences) and all(
        _STOCK.match(_LETTERS.sub("", part)) or (_LETTERS.sub("", part) in _THANKS and len(sentences) > 1)
        for part in sentences
    )


def repeats(text: str) -> bool:
    """Return whether ``text`` runs in a loop."""
    return cut_loops(text) != text


def monotonous(text: str) -> bool:
    """Return whether one word makes up most of ``text``: a loop, or digits worth a second look. Never cut for it."""
    words = text.split()
    return len(words) >= 6 and Counter(words).most_common(1)[0][1] >= 0.6 * len(words)


def cut_loops(text: str) -> str:
    """Keep two rounds of a phrase that follows itself many times over, spoken digits excepted.

    A person says 네네네 or 빨리빨리; nobody says the same clause five times without a breath.
    """

    def keep(match: re.Match[str]) -> str:
        unit, whole = match.group("unit"), match.group(0)
        letters = _LETTERS.sub("", unit)
        limit = _LOOP_LIMIT if len(letters) > 2 else 2 * _LOOP_LIMIT
        if not letters or letters.isdigit() or whole.count(unit) < limit:
            return whole
        twice = re.match(rf"{re.escape(unit)}{_BREAK}{re.escape(unit)}[.!?]*", whole)
        return twice.group(0) + " " if twice else unit

    return re.sub(rf"(?P<unit>\S.{{0,39}}?)(?:{_BREAK}(?P=unit)){{{_LOOP_LIMIT - 1},}}{_BREAK}", keep, text).strip()


def _weak(decoded: Decoded, evidence: VoiceEvidence) -> bool:
    """A stock phrase needs evidence: a voice that is sure, and a recogniser that is."""
    return (
        evidence.voiced_s < 2 * _WEAK_VOICED_S
        or evidence.mass < _WEAK_MASS
        or decoded.no_speech_prob > _WEAK_NO_SPEECH
        or decoded.avg_logprob < _WEAK_LOGPROB / 2
    )


def _very_weak(decoded: Decoded, evidence: VoiceEvidence) -> bool:
    """Any text at all is doubtful when sound and recogniser both say there was no speech."""
    return (
        (evidence.voiced_s < _WEAK_VOICED_S or evidence.mass < _WEAK_MASS)
        and decoded.no_speech_prob > _WEAK_NO_SPEECH
        and decoded.avg_logprob < _WEAK_LOGPROB
    )
