"""What is marked, what is cut, and above all what is left alone."""

from __future__ import annotations

import pytest

from audio.guard import VoiceEvidence, cut_loops, guard, is_stock, monotonous, repeats
from audio.model import Decoded, Flag

STRONG = VoiceEvidence(voiced_s=2.0, mass=0.9)
WEAK = VoiceEvidence(voiced_s=0.2, mass=0.4)


def decoded(text: str, logprob: float = -0.3, no_speech: float = 0.05) -> Decoded:
    return Decoded(text, logprob, no_speech, 1.0)


def flags(text: str, evidence: VoiceEvidence, logprob: float = -0.3, no_speech: float = 0.05) -> tuple[str, ...]:
    return guard(decoded(text, logprob, no_speech), evidence, lambda text: any(c.isdigit() for c in text)).flags


STOCK = [
    "시청해 주셔서 감사합니다.",
    "시청해주셔서 감사합니다",
    "오늘도 시청해 주셔서 감사합니다!",
    "영상 시청해 주셔서 감사합니다.",
    "구독과 좋아요 부탁드립니다.",
    "구독, 좋아요, 알림설정까지 부탁드립니다.",
    "구독과 좋아요를 눌러주세요",
    "다음 영상에서 만나요.",
    "MBC 뉴스 이덕영입니다.",
    "KBS 뉴스 김민준입니다",
    "한글자막 by 한효정",
    "자막 제공",
    "감사합니다. 시청해 주셔서 감사합니다.",
    "다음 시간에 만나요",
    "그럼 다음 영상에서 또 만나요!",
    "다음 주에 계속됩니다.",
    "지금까지 시청해주신 여러분 감사합니다",
    "끝까지 시청해 주셔서 감사합니다.",
    "영상 봐주셔서 감사합니다.",
    "이 영상은 유료 광고를 포함하고 있습니다.",
    "구독, 좋아요, 댓글까지 부탁드려요",
    "좋아요와 구독 꼭 눌러주세요!",
    "KBS 뉴스 홍길동 기자입니다.",
    "지금까지 MBC 뉴스였습니다",
    "이덕영입니다.",
    "날씨였습니다.",
    "자막 제작: 홍길동",
    "한국어 자막 제공",
    "(음악)",
    "[전화벨 소리]",
    "Thank you for watching!",
    "Thanks for watching, guys",
    "Please subscribe to my channel.",
    "Subtitles by the Amara.org community",
    "ご視聴ありがとうございました",
    "チャンネル登録お願いします",
    "字幕by索兰娅",
    "请不吝点赞 订阅 转发",
]


@pytest.mark.parametrize("text", STOCK)
def test_stock_phrases_need_voice_evidence(text: str) -> None:
    assert is_stock(text)
    assert flags(text, WEAK) == (Flag.UNSUPPORTED,)
    assert guard(decoded(text), WEAK, lambda text: False).text == text


@pytest.mark.parametrize("text", STOCK)
def test_stock_phrases_stand_when_somebody_clearly_says_them(text: str) -> None:
    assert flags(text, STRONG) == ()


@pytest.mark.parametrize(
    "text",
    [
        "감사합니다.",
        "네, 감사합니다.",
        "네.",
        "구독 신청은 어디서 하나요?",
        "영상 시청은 어디서 할 수 있나요?",
        "어제 MBC 뉴스에서 봤는데요",
        "자막이 안 나와요",
        "네 알겠습니다 안녕히 계세요",
        "구독하고 있는 신문을 끊고 싶어요",
        "다음 주에 다시 찾아뵙겠다고 하셨는데요",
        "다음 시간에 수업이 있어서요",
        "시청에 가서 신청해 주셔서 감사합니다",
        "전화해 주셔서 감사합니다",
        "도와주셔서 정말 감사합니다",
        "자막 방송 수신기를 신청하려고요",
        "음악 소리가 너무 시끄러워요",
        "뉴스에서 봤어요",
        "이 동영상은 어디서 볼 수 있나요",
        "날씨가 어떤가요",
        "알림 설정은 어떻게 하나요",
        "thank you",
        "",
    ],
)
def test_what_callers_say_is_not_stock(text: str) -> None:
    assert not is_stock(text)
    assert flags(text, STRONG) == ()


def test_a_short_thank_you_stands_even_with_little_voice() -> None:
    assert flags("감사합니다.", WEAK, logprob=-1.0, no_speech=0.7) == ()


@pytest.mark.parametrize("text", ["네.", "감사합니다.", "어?"])
def test_not_even_a_thank_you_stands_where_nothing_speaks_for_it(text: str) -> None:
    assert flags(text, VoiceEvidence(0.7, 0.4), logprob=-2.0, no_speech=0.8) == (Flag.UNSUPPORTED,)
    assert flags(text, VoiceEvidence(0.5, 0.9), logprob=-0.9, no_speech=0.5) == ()


def test_a_flicker_the_recogniser_knows_nothing_of_is_no_evidence() -> None:
    flicker = VoiceEvidence(voiced_s=0.13, mass=0.4)
    assert guard(decoded("네.", -2.0, 0.8), flicker, lambda text: False).text == ""
    assert guard(decoded("네.", -1.0, 0.8), flicker, lambda text: False).text == "네."
    assert guard(decoded("네.", -2.0, 0.1), flicker, lambda text: False).text == "네."


def test_any_text_is_marked_when_sound_and_recogniser_agree_that_nothing_was_said() -> None:
    assert flags("오늘의 날씨가 좋습니다", WEAK, logprob=-1.2, no_speech=0.8) == (Flag.UNSUPPORTED,)
    assert flags("오늘의 날씨가 좋습니다", STRONG, logprob=-1.2, no_speech=0.8) == ()
    assert flags("오늘의 날씨가 좋습니다", WEAK, logprob=-0.3, no_speech=0.8) == ()


def test_no_text_without_voice() -> None:
    assert guard(decoded("안녕하세요"), VoiceEvidence(0.0, 0.0), lambda text: False).text == ""


def test_no_text_without_letters() -> None:
    assert guard(decoded(" ... ♪ "), STRONG, lambda text: False).text == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("그래서 그래서 그래서 그래서 그래서 그래서", "그래서 그래서"),
        ("민원을 접수했습니다. " * 6, "민원을 접수했습니다. 민원을 접수했습니다."),
        ("아" * 60, "아아"),
        ("네네네", "네네네"),
        ("네, 네, 네, 네.", "네, 네, 네, 네."),
        ("빨리빨리 좀 해주세요", "빨리빨리 좀 해주세요"),
        ("공공공 공공공공", "공공공 공공공공"),
        ("010 0000 0000", "010 0000 0000"),
        ("1111111111111111", "1111111111111111"),
        ("하하하하하", "하하하하하"),
    ],
)
def test_loops_are_cut_and_speech_is_not(text: str, expected: str) -> None:
    assert cut_loops(text.strip()) == expected
    assert repeats(text.strip()) == (expected != text.strip())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. 2. 1. 1. 1. 1. 1. 1. 1.", True),
        ("네 네 네", False),
        ("여권을 새로 만들려면 어떻게 해야 하나요 여권", False),
        ("", False),
    ],
)
def test_one_word_over_and_over_is_worth_a_second_look(text: str, expected: bool) -> None:
    assert monotonous(text) == expected
    assert cut_loops(text) == text


def test_doubtful_digits_are_marked() -> None:
    assert flags("010 1234 5678", STRONG, logprob=-1.0) == (Flag.LOW_DIGITS,)
    assert flags("010 1234 5678", STRONG, logprob=-0.2) == ()
    assert flags("안녕하세요", STRONG, logprob=-1.0) == ()
