"""Guards against invented text. Pure: text and evidence in, text and flags out; nothing is deleted but loops."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from audio.model import Decoded, Flag

_LETTERS: Final = re.compile(r"[\W_]")
_AND: Final = r"(?:와|과|이랑|하고|및)?"
_BELL: Final = r"(?:알림(?:설정)?|알람(?:설정)?|댓글|공유)"
_ASKED: Final = r"(?:을|를|도|은|는)?(?:한번씩|한번|꼭|많이|잊지마시고)*(?:부탁(?:드립니다|드려요|드릴게요|합니다|해요)|눌러주(?:세요|시면감사하겠습니다|시기바랍니다)|해주(?:세요|시면감사하겠습니다|시기바랍니다)|잊지마세요)?"
_GREETED: Final = r"(?:만나요|만납시다|만나뵙겠습니다|뵙겠습니다|뵈요|봬요|뵐게요|봐요|찾아뵙겠습니다|찾아오겠습니다|돌아오겠습니다|계속됩니다)"
_STOCK: Final = re.compile(
    r"^(?:"
    # Farewells of videos.
    rf"(?:그럼|그러면|저는|우리|여러분)*다음(?:영상|시간|주|편|화|회|방송|이시간)에?(?:에서)?(?:또|다시)*{_GREETED}"
    r"|(?:(?:지금까지|오늘도|오늘|여기까지|끝까지|긴|저희|제|이|본)*(?:영상|방송|동영상|채널)?(?:을|를|은)?(?:끝까지)?(?:시청|청취)해?주(?:셔서|신|시는)"
    r"(?:모든)?(?:여러분|분들|분|시청자여러분)?(?:께|들께)?(?:진심으로|대단히|정말|너무)*(?:감사합니다|감사드립니다|감사해요|고맙습니다|감사)?)"
    r"|(?:끝까지|오늘도|영상)*봐주셔서(?:정말|너무)*(?:감사합니다|고맙습니다)"
    r"|(?:유료광고(?:를|가)?포함(?:하고있습니다|되어있습니다|된영상입니다)?|이영상은유료광고를포함하고있습니다)"
    # Subscribe and like.
    rf"|구독{_AND}(?:좋아요{_AND})?(?:{_BELL}{_AND})*(?:까지)?{_ASKED}"
    rf"|좋아요{_AND}구독{_AND}(?:{_BELL}{_AND})*(?:까지)?{_ASKED}"
    rf"|{_BELL}{_AND}(?:좋아요|구독){_ASKED}"
    # News.
    r"|(?:지금까지)?(?:MBC|KBS|SBS|YTN|JTBC|TV조선|채널A|MBN|연합뉴스TV)(?:뉴스)?(?:데스크)?[가-힣]{2,5}(?:기자|앵커)?(?:입니다|이었습니다|였습니다)"
    r"|(?:MBC|KBS|SBS|YTN|JTBC|TV조선|채널A|MBN|연합뉴스TV)뉴스(?:데스크)?(?:[가-힣]{2,4})?"
    r"|(?:이덕영|김성현|김지경|이준범|이지수)(?:기자)?(?:입니다)?"
    r"|(?:지금까지)?(?:날씨|뉴스|(?:MBC|KBS|SBS|YTN|JTBC)뉴스|스포츠)(?:였습니다|이었습니다)"
    # Subtitles.
    r"|(?:이영상의?)?(?:한글|한국어|영어)?자막(?:은|을|이)?(?:(?:제공|제작|협찬|번역|지원|싱크)(?:및광고를포함하고있습니다|[가-힣A-Za-z0-9]{0,12})?|by[가-힣A-Za-z0-9]{0,16}|(?:설정|사용)해주세요)"
    r"|번역(?:및)?(?:자막)?(?:by[가-힣A-Za-z0-9]{0,16})"
    r"|(?:BGM|ENDING|엔딩|효과음|음악|박수|웃음|노래|전화벨소리|벨소리|전화벨|침묵)(?:음악|소리)?(?:이)?(?:흘러나옴|나옴)?"
    # Other languages.
    r"|(?:thankyou(?:somuch|verymuch)?|thanks)(?:all)?forwatching(?:everyone|thisvideo|thevideo|myvideo|guys)?"
    r"|(?:please|dont?forgetto)?(?:like(?:and)?)?subscribe(?:tomychannel|tothechannel|tomyvideo|formorevideos)?"
    r"|(?:subtitles?|captions?|transcri(?:bed|ption)|translat(?:ed|ion))(?:providedby|by)[0-9A-Za-z]{0,24}"
    r"|(?:www)?[A-Za-z]{2,20}(?:org|com)"
    r"|see(?:you|ya)(?:all)?(?:inthe)?next(?:time|video|week|one)?"
    r"|ご(?:視聴|清聴|覧)(?:いただき|いただきまして|くださり|ありがとう)*(?:ありがとうございました|ありがとうございます|ました)?"
    r"|(?:チャンネル登録|高評価)(?:と|を|も|お願いします|よろしくお願いします|高評価|チャンネル登録)*"
    r"|(?:最後まで)?(?:見てくれて|ご視聴)(?:ありがとう)(?:ございました|ございます)?"
    r"|字幕(?:by|由|志愿者|提供|製作)?[A-Za-zぁ-ヿ一-鿿]{0,20}"
    r"|(?:请不吝|請不吝)?(?:点赞|點贊|点讚)[一-鿿]{0,20}|谢谢(?:大家)?(?:观看|收看)|謝謝(?:大家)?(?:觀看|收看)"
    r")$",
    re.IGNORECASE,
)
_THANKS: Final = frozenset({"감사합니다", "고맙습니다", "네", "예", "아", "음", "어"})
_WEAK_VOICED_S: Final = 0.45
_WEAK_MASS: Final = 0.6
_WEAK_NO_SPEECH: Final = 0.6
_WEAK_LOGPROB: Final = -0.9
_UNSURE_LOGPROB: Final = -1.1
_LOST_LOGPROB: Final = -1.45
"""Below it the recogniser has no idea, even of a word it is fond of."""
_LOST_NO_SPEECH: Final = 0.4
_SHORT_S: Final = 1.5
"""More voice than this is not put in doubt as a whole."""
_NO_VOICE_S: Final = 0.6
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
    loudness_db: float | None = None
    """Level of the windows above the threshold together, dB of full scale (RMS); None where there are none."""


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
    if not letters or evidence.voiced_s <= 0 or _no_voice(decoded, evidence):
        return Guarded("", ())
    flags: list[str] = []
    doubtful = _lost(decoded, evidence) or (_very_weak(decoded, evidence) and letters not in _THANKS)
    if doubtful or (is_stock(text) and _weak(decoded, evidence)):
        flags.append(Flag.UNSUPPORTED)
    if decoded.avg_logprob < _LOW_DIGITS_LOGPROB and has_digits(text):
        flags.append(Flag.LOW_DIGITS)
    return Guarded(text, tuple(flags))


def is_stock(text: str) -> bool:
    """Return whether every sentence of ``text`` is a phrase that recognisers invent over noise."""
    sentences = [
        part for part in re.split(r"[.!?\n]+(?=\s|$)", unicodedata.normalize("NFC", text)) if _LETTERS.sub("", part)
    ]
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


def _lost(decoded: Decoded, evidence: VoiceEvidence) -> bool:
    """A recogniser that guesses wildly over little voice: not even a thank-you stands."""
    unsure = decoded.avg_logprob < _UNSURE_LOGPROB and decoded.no_speech_prob > _WEAK_NO_SPEECH
    lost = decoded.avg_logprob < _LOST_LOGPROB and decoded.no_speech_prob > _LOST_NO_SPEECH
    return (evidence.voiced_s < _SHORT_S or evidence.mass < _WEAK_MASS) and (unsure or lost)


def _no_voice(decoded: Decoded, evidence: VoiceEvidence) -> bool:
    """A flicker of the voice detector, of which the recogniser says that it was no speech: no evidence at all."""
    return (
        evidence.voiced_s < _NO_VOICE_S
        and decoded.no_speech_prob > _WEAK_NO_SPEECH
        and decoded.avg_logprob < _LOST_LOGPROB
    )
