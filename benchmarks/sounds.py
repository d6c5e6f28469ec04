"""Sound without a word in it, as a telephone line carries it: what a recogniser must not make text of.

Everything is made by rule from a seed; nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

RATE = 16_000
PART_S = 20
Sound = np.ndarray
Maker = Callable[[np.random.Generator, np.ndarray], Sound]
_DTMF = {
    "1": (697, 1209), "2": (697, 1336), "3": (697, 1477), "4": (770, 1209), "5": (770, 1336), "6": (770, 1477),
    "7": (852, 1209), "8": (852, 1336), "9": (852, 1477), "0": (941, 1336),
}  # fmt: skip
_MAJOR = np.array([0, 2, 4, 5, 7, 9, 11])


def nothing(seconds: int, seed: int = 120) -> tuple[Sound, list[tuple[float, str]]]:
    """Return float64 sound at 16 kHz without speech, and which kind begins at which second."""
    dice = np.random.default_rng(seed)
    at = np.arange(PART_S * RATE) / RATE
    parts, kinds = [], []
    for number in range(-(-seconds // PART_S)):
        kind = list(MAKERS)[number % len(MAKERS)]
        parts.append(telephone(MAKERS[kind](dice, at), dice))
        kinds.append((float(number * PART_S), kind))
    return np.concatenate(parts)[: seconds * RATE], kinds


def telephone(sound: Sound, dice: np.random.Generator, noise: float = 0.0015) -> Sound:
    """Return ``sound`` after a 300-3400 Hz line with noise and 8-bit mu-law codes at 8 kHz."""
    spectrum = np.fft.rfft(sound + dice.normal(0, noise, len(sound)))
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(frequency < 300) | (frequency > 3400)] = 0
    narrow = np.clip(np.fft.irfft(spectrum, len(sound)), -1, 1)
    code = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
    return np.sign(code) * np.expm1(np.abs(code) * np.log(256)) / 255


def _tone(at: np.ndarray, *frequencies: float) -> Sound:
    return sum((np.sin(2 * np.pi * f * at) for f in frequencies), np.zeros_like(at))


def _ringing(dice: np.random.Generator, at: np.ndarray) -> Sound:
    return 0.15 * _tone(at, 440, 480) * (at % 3 < 1)


def _busy(dice: np.random.Generator, at: np.ndarray) -> Sound:
    return 0.15 * _tone(at, 480, 620) * (at % 1 < 0.5)


def _keys(dice: np.random.Generator, at: np.ndarray) -> Sound:
    sound = np.zeros_like(at)
    for start in np.arange(0.5, PART_S - 0.3, 0.35):
        pressed = (at >= start) & (at < start + 0.15)
        sound[pressed] = 0.2 * _tone(at[pressed], *_DTMF[str(dice.integers(10))])
        if dice.random() < 0.1:
            sound[(at >= start) & (at < start + 1.5)] *= 0.5
    return sound


def _pitch(steps: int, root: float = 261.6) -> float:
    return root * 2 ** ((_MAJOR[steps % 7] + 12 * (steps // 7)) / 12)


def _piano(dice: np.random.Generator, at: np.ndarray) -> Sound:
    """Broken chords with a melody over them."""
    sound, chords = np.zeros_like(at), (0, 5, 3, 4)
    for beat, start in enumerate(np.arange(0, PART_S, 0.25)):
        later = (at >= start) & (at < start + 2)
        age = at[later] - start
        chord = chords[beat // 8 % 4]
        notes = [(chord + (0, 2, 4, 2)[beat % 4], 0.08, 4.0)]
        if beat % 2 == 0:
            notes.append((7 + chord + int(dice.integers(0, 5)), 0.12, 3.0))
        for step, level, decay in notes:
            sound[later] += level * _tone(age * _pitch(step), 1, 2, 3) * np.exp(-decay * age)
    return sound


def _strings(dice: np.random.Generator, at: np.ndarray) -> Sound:
    """Slow chords of many partials with vibrato: the nearest that music comes to a voice."""
    sound = np.zeros_like(at)
    vibrato = 0.006 * np.sin(2 * np.pi * 5.5 * at) / (2 * np.pi * 5.5)
    for bar, start in enumerate(np.arange(0, PART_S, 2.5)):
        sounding = (at >= start) & (at < start + 2.7)
        now = at[sounding]
        swell = np.clip(np.minimum(now - start, start + 2.7 - now) / 0.4, 0, 1)
        for step in (0, 2, 4, 7):
            note = _pitch(((0, 3, 4, 1)[bar % 4]) + step)
            for partial in range(1, 7):
                phase = 2 * np.pi * note * partial * (now + vibrato[sounding])
                sound[sounding] += 0.03 / partial * swell * np.sin(phase)
    return sound


def _organ_and_drums(dice: np.random.Generator, at: np.ndarray) -> Sound:
    sound = 0.04 * _tone(at, *(_pitch(step) for step in (0, 2, 4)), _pitch(0) / 2)
    for beat, start in enumerate(np.arange(0, PART_S, 0.3)):
        later = at >= start
        age = at[later] - start
        burst = dice.normal(0, 1, len(age)) * np.exp(-60 * age) * (0.12 if beat % 2 else 0.03)
        kick = np.sin(2 * np.pi * 60 * age) * np.exp(-20 * age) * (0.3 if beat % 4 == 0 else 0)
        sound[later] += burst + kick
    return sound


def _lead(dice: np.random.Generator, at: np.ndarray) -> Sound:
    """A gliding lone melody, like a whistle or a theremin."""
    marks = np.arange(0, PART_S + 1, 0.5)
    pitch = np.interp(at, marks, [_pitch(int(dice.integers(3, 12))) for _ in marks])
    return 0.2 * np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * (0.7 + 0.3 * np.sin(2 * np.pi * 3 * at))


def _line_noise(dice: np.random.Generator, at: np.ndarray) -> Sound:
    level = np.interp(at, np.arange(0, PART_S + 1, 2.0), dice.uniform(0.002, 0.04, PART_S // 2 + 1))
    return dice.normal(0, 1, len(at)) * level


def _crackle(dice: np.random.Generator, at: np.ndarray) -> Sound:
    sound = np.zeros_like(at)
    for place in dice.integers(0, len(at) - 400, 15 * PART_S):
        length = int(dice.integers(5, 400))
        sound[place : place + length] += dice.normal(0, dice.uniform(0.05, 0.5), length)
    return sound


def _hum(dice: np.random.Generator, at: np.ndarray) -> Sound:
    return 0.08 * _tone(at, 60, 180, 300, 420) * (1 + 0.2 * np.sin(2 * np.pi * 0.3 * at))


def _silence(dice: np.random.Generator, at: np.ndarray) -> Sound:
    return np.zeros_like(at)


MAKERS: dict[str, Maker] = {
    "ringing": _ringing,
    "piano": _piano,
    "line noise": _line_noise,
    "strings": _strings,
    "silence": _silence,
    "organ and drums": _organ_and_drums,
    "crackle": _crackle,
    "lead": _lead,
    "busy tone": _busy,
    "keys": _keys,
    "hum": _hum,
}
