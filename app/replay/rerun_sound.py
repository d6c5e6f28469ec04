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
from ui.replay.ports import SilentStretch

_log = logging.getLogger(__name__)

_BLOCK: Final = SAMPLE_RATE // 10
_EDGE_S: Final = 0.2
"""How far from missing sound what is left is heard as it was: utterances have that much breath around them."""


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


@dataclass(frozen=True, slots=True)
class Filled:
    """What was said in a call: heard anew, and as it was stored where the sound is missing."""

    finals: tuple[TranscriptFinal, ...]
    """By their end, numbered from 0."""
    kept: frozenset[int]
    """Numbers of those that are the stored text."""


def fill(
    events: Sequence[CallEvent],
    heard: Sequence[TranscriptFinal],
    missing: Sequence[SilentStretch],
    shown: Callable[[TranscriptFinal], TranscriptFinal],
) -> Filled:
    """Return what was heard anew, with the stored text wherever sound is missing.

    Utterances of both that lie over each other in time belong together: where sound is missing under one of them, or
    recognition could feel its edge, all of them are the stored ones.

    Args:
        events: The stored events of the call.
        heard: What was heard of the sound that is left.
        missing: Stretches that were there when the call was recognised.
        shown: Shows a stored utterance by today's rules.
    """
    stored = [shown(event) for event in events if isinstance(event, TranscriptFinal) and event.text.strip()]
    found, kept = list[TranscriptFinal](), set[int]()
    for channel in Channel:
        gaps = [(one.start_s - _EDGE_S, one.end_s + _EDGE_S) for one in missing if one.channel is channel]
        own = [*((one, True) for one in stored), *((one, False) for one in heard)]
        for group in _together([one for one in own if one[0].channel is channel]):
            is_missing = any(one.start < end and one.end > start for one, _ in group for start, end in gaps)
            taken = [one for one, is_stored in group if is_stored is is_missing]
            found += taken
            kept.update(id(one) for one in taken if is_missing)
    found.sort(key=_by_end)
    finals = tuple(_numbered(found))
    return Filled(finals, frozenset(number for number, one in enumerate(found) if id(one) in kept))


def _together(
    finals: Sequence[tuple[TranscriptFinal, bool]],
) -> Iterator[list[tuple[TranscriptFinal, bool]]]:
    """Yield the utterances of one side in groups that share no moment with each other."""
    group, end = list[tuple[TranscriptFinal, bool]](), 0.0
    for one in sorted(finals, key=lambda item: (item[0].start, item[0].end)):
        if group and one[0].start >= end:
            yield group
            group = []
        end = max(end, one[0].end) if group else one[0].end
        group.append(one)
    if group:
        yield group


def _by_end(final: TranscriptFinal) -> tuple[float, float, Channel]:
    return final.end, final.start, final.channel


def _numbered(finals: Sequence[TranscriptFinal]) -> Iterator[TranscriptFinal]:
    # When the decoder came to them is chance; the end of the words is not.
    for number, final in enumerate(finals):
        yield replace(final, utterance=number, seq=0, t_ns=round(final.end * 1e9))


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
    return tuple(_numbered(sorted(found, key=_by_end)))


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
