"""The sound of a saved call heard anew, by the way of ``doumi transcribe``: all of it, in order, unhurried."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.engine import Engine
from app.speech import live_transcriber
from audio.events import CallEvent, LanguageChanged, TranscriptFinal
from audio.model import HOME_LANGUAGE, SAMPLE_RATE, AudioBlock, Channel, Pcm
from audio.ports import Recording, SoundReader
from audio.speech_settings import SpeechSettings

_log = logging.getLogger(__name__)

_BLOCK: Final = SAMPLE_RATE // 10


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a call in which each side was recognised in one language."""

    start: int
    """Samples."""
    end: int
    languages: tuple[tuple[Channel, str], ...]


class _From:
    """A recording read as if it began later. Fills :class:`audio.ports.SoundReader`."""

    def __init__(self, sound: SoundReader, start: int) -> None:
        self._sound, self._start = sound, start

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end`` of what is left."""
        return self._sound.read(channel, self._start + start, self._start + end)


def hear_again(
    events: Sequence[CallEvent],
    sound: Recording,
    engine: Engine,
    settings: SpeechSettings,
    repair: Callable[[str], str],
    progress: Callable[[float], None],
    stopped: Callable[[], None] = lambda: None,
) -> tuple[TranscriptFinal, ...]:
    """Return the finals of a call's sound, by their end, numbered from 0.

    The same sound, model and settings give the same finals: nothing is tried ahead, dropped or done by a smaller
    model, and a side whose language was switched in the call is recognised in the same language from the same moment.

    Args:
        events: The stored events of the call.
        sound: Its recording; silence stands where some is missing.
        engine: The speech process, started by somebody.
        settings: Names the model.
        repair: Puts misheard names right in what is shown.
        progress: Told the part done, 0 to 1.
        stopped: Asked at every second of sound; raises to give up.

    Raises:
        Fault: The model is missing or recognition ended for good.
    """
    engine.wait_ready()
    length = max(sound.length(channel) for channel in Channel)
    found: list[TranscriptFinal] = []
    for stretch in _stretches(events, length):

        def told(at: int, begun: int = stretch.start) -> None:
            stopped()
            progress((begun + at) / length)

        found += _hear(stretch, sound, engine, settings, repair, told)
    found.sort(key=lambda final: (final.end, final.start, final.channel))
    # When the decoder came to them is chance; the end of the words is not.
    return tuple(
        replace(final, utterance=number, seq=0, t_ns=round(final.end * 1e9)) for number, final in enumerate(found)
    )


def _stretches(events: Sequence[CallEvent], length: int) -> Iterator[_Stretch]:
    languages = dict.fromkeys(Channel, HOME_LANGUAGE)
    at = 0
    for event in events:
        if isinstance(event, LanguageChanged):
            here = min(length, max(at, round(event.t_ns / 1e9 * SAMPLE_RATE)))
            if here > at:
                yield _Stretch(at, here, tuple(languages.items()))
                at = here
            languages[event.channel] = event.language
    if length > at:
        yield _Stretch(at, length, tuple(languages.items()))


def _hear(
    stretch: _Stretch,
    sound: Recording,
    engine: Engine,
    settings: SpeechSettings,
    repair: Callable[[str], str],
    told: Callable[[int], None],
) -> list[TranscriptFinal]:
    found: list[TranscriptFinal] = []

    def take(event: CallEvent) -> None:
        if isinstance(event, TranscriptFinal):
            found.append(event)

    reader, fed = _From(sound, stretch.start), [0]
    live = live_transcriber(
        engine,
        "",
        reader,
        take,
        lambda: fed[0] * 1_000_000_000 // SAMPLE_RATE,
        settings,
        realtime=False,
        words=False,
        repair=repair,
    )
    for channel, language in stretch.languages:
        live.set_language(channel, language)
    try:
        sides = {channel: min(stretch.end, sound.length(channel)) - stretch.start for channel in Channel}
        for start in range(0, max(sides.values()), _BLOCK):
            if start % SAMPLE_RATE == 0:
                told(start)
            for channel, length in sides.items():
                if start < length:
                    pcm = reader.read(channel, start, min(start + _BLOCK, length))
                    live.feed(AudioBlock(channel, start, pcm))
            fed[0] = start + _BLOCK
            if live.fault:
                break
        live.finish()
    finally:
        live.close()
    if live.fault:
        raise live.fault
    shift = stretch.start / SAMPLE_RATE
    return [replace(final, start=final.start + shift, end=final.end + shift) for final in found]
