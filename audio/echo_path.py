"""How one side of a call sounds on the other: finds the path of an echo and takes it out. Pure arithmetic.

A path is a delay that may drift, and a short filter a frequency. Both are found from the sound of the two sides
alone, weighted so that whoever speaks over the echo hardly counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from audio.model import SAMPLE_RATE

Samples = NDArray[np.float32]
"""float32, shape (n_frames,), int16 scale, 16 kHz mono."""
_Spectra = NDArray[np.complex64]
"""complex64, shape (n_hops, n_bins)."""

FRAME: Final = 1024
"""Samples of one spectrum: long beside the ringing of a telephone line, short beside a drifting clock."""
HOP: Final = 256
MIN_DELAY: Final = -64
"""4 ms: an echo comes after its cause, but the first of a filter's ringing may not."""
MAX_DELAY: Final = SAMPLE_RATE * 35 // 100
MAX_DRIFT: Final = 0.0016
"""Samples a sample: two clocks and the steering that keeps them together."""

_BINS: Final = FRAME // 2 + 1
_TAPS: Final = (1, 0, -1, -2)
"""Neighbouring spectra that a filter may draw on: from the next, which may already hold its beginning, back."""
_ROUNDS: Final = 3
_WINDOW: Final = np.sqrt(np.hanning(FRAME + 1)[:-1]).astype(np.float32)
_SCALE: Final = np.float32(0.5 * HOP / (FRAME / 4))
_PARTS: Final = 64
_TURNS: Final = np.exp(-2j * np.pi / FRAME * np.outer(np.arange(_PARTS + 1) / _PARTS - 0.5, np.arange(_BINS))).astype(
    np.complex64
)
"""What moves a spectrum by -0.5 to 0.5 samples."""
_LOW: Final = 120 * FRAME // SAMPLE_RATE
_HIGH: Final = 6000 * FRAME // SAMPLE_RATE
_COARSE: Final = (512, 440)
"""Samples of a spectrum when a delay is looked for; unequal, lest the grid of one side meets that of the other."""
_GROUP: Final = 16
"""Spectra over which the delay is looked at by itself, 0.26 s."""
_AUDIBLE: Final = 2.5
"""Energy for that of noise from which something is to be heard."""
_LEAST_SHARE: Final = 0.1
_MOST_SHARE: Final = 0.5
"""What remains may have so much of the echo's energy and still be nothing but echo; between, as the path is good."""
_ALIKE: Final = 0.75
"""Share of the energy from which it is echo, also where it became louder or softer than is known."""
_CENTRE: Final = SAMPLE_RATE
"""How long after a moment the path is known best: it is found from the seconds before."""
_CLOSE: Final = 0.5
"""Samples of delay that the filter makes up for by itself."""
_REACH: Final = 160
"""Samples around the expected delay in which it is followed."""


@dataclass(frozen=True, slots=True, eq=False)
class EchoPath:
    """How one side reaches the other, as heard up to a moment."""

    at: int
    """Sample up to which it was listened to; the delay is of this moment."""
    delay: float
    """Samples."""
    drift: float
    """Change of the delay, samples a sample."""
    taps: NDArray[np.complex64]
    """shape (n_bins, n_taps)."""
    remains: float
    """Share of the echo's energy that the filter cannot account for, 0 to 1."""
    floor: float
    """Energy of a spectrum in which nobody is heard."""
    noise: NDArray[np.float32]
    """Loudness of each frequency of it, shape (n_bins,)."""
    gain: float
    """Energy of the echo for that of its cause."""

    def delays(self, samples: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the delay at each of these moments; drift is not believed for longer than ten seconds."""
        away = np.clip(samples - self.at, -10 * SAMPLE_RATE, 10 * SAMPLE_RATE)
        return np.asarray(self.delay + self.drift * away, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """A stretch without its echo. One value a spectrum tells what it held."""

    sound: Samples
    audible: NDArray[np.bool_]
    """Whether anything was to be heard before."""
    echoed: NDArray[np.bool_]
    """Whether nothing but echo was."""


def find_delay(side: Samples, other: Samples) -> tuple[int, float]:
    """Find by how much ``side`` lags behind ``other`` where it repeats it.

    Args:
        side: Sound that may hold an echo.
        other: Sound it may be an echo of: begins ``MAX_DELAY`` before ``side`` and ends ``-MIN_DELAY`` after it.

    Returns:
        The likeliest delay in samples, and by how many deviations it stands out among all others.
    """
    size = 1 << (len(other) + len(side) - 1).bit_length()
    spectrum = np.fft.rfft(_flat(side, _COARSE[0]), size) * np.conj(np.fft.rfft(_flat(other, _COARSE[1]), size))
    found = np.fft.irfft(spectrum, size).astype(np.float32)
    # Index i of the correlation is side[n + i] against other[n], and other begins MAX_DELAY early.
    lags = np.arange(MIN_DELAY, MAX_DELAY + 1)
    values = found[(lags - MAX_DELAY) % size]
    deviation = 1.4826 * float(np.median(np.abs(values))) + 1e-9
    best = int(np.argmax(np.abs(values)))
    return int(lags[best]), float(abs(values[best])) / deviation


def estimate(side: Samples, other: Samples, end: int, delay: float, drift: float) -> EchoPath | None:
    """Fit a path near an expected one.

    Args:
        side: Sound that holds the echo.
        other: The other side: begins ``MAX_DELAY`` before ``side`` and ends ``-MIN_DELAY`` after it.
        end: Sample of the call at which ``side`` ends.
        delay: Expected delay at ``end``, samples.
        drift: Expected drift.

    Returns:
        None where the two sides have too little in common.
    """
    start = end - len(side)
    heard = _spectra(_frames(side))
    starts = _starts(len(side)) + start
    moments = starts + FRAME // 2 - end
    for last in (False, False, True):
        aligned = _aligned(other, start, starts, np.asarray(delay + drift * moments, np.float64))
        moved = (0.0, 0.0) if last else _follow(heard, aligned, moments)
        if moved is None:
            return None
        delay, drift = delay + moved[0], float(np.clip(drift + moved[1], -MAX_DRIFT, MAX_DRIFT))
        if not MIN_DELAY <= delay <= MAX_DELAY:
            return None
        if abs(moved[0]) < _CLOSE and abs(moved[1]) * len(side) < _CLOSE:
            break
    near = _neighbours(aligned)
    taps = _fit(heard, near)
    predicted = _through(near, taps)
    echo, rest = _power(predicted), _power(heard - predicted)
    loud = echo > 0.1 * float(np.mean(echo))
    if not loud.any():
        return None
    floor = float(np.quantile(rest, 0.1))
    noise = np.sqrt(np.mean(np.abs((heard - predicted)[rest <= floor]) ** 2, axis=0, dtype=np.float32))
    spare = np.maximum(rest[loud] - floor, 0.0) / echo[loud]
    remains = min(1.0, float(np.quantile(spare, 0.4)))
    gain = float(np.sum(echo) / (np.sum(_power(aligned)) + 1e-9))
    return EchoPath(end, delay, drift, taps, remains, floor, noise, gain)


def clean(paths: Sequence[EchoPath], side: Samples, other: Samples, start: int) -> Cleaned:
    """Take the echo out of a stretch.

    Args:
        paths: How the other side reaches this one, by time, at least one; what was known just after a moment
            counts for it, and what was known last for the rest.
        side: The stretch.
        other: The other side: begins ``MAX_DELAY`` before the stretch and ends ``-MIN_DELAY`` after it.
        start: Sample of the call at which the stretch begins.
    """
    heard = _spectra(_frames(side))
    starts = _starts(len(side)) + start
    which = np.minimum(np.searchsorted([path.at for path in paths], starts + _CENTRE), len(paths) - 1)
    echo = np.zeros_like(heard)
    for index in np.unique(which):
        path, rows = paths[index], np.flatnonzero(which == index)
        first, last = max(0, int(rows[0]) - 1), int(rows[-1]) + 2
        known = other.copy()
        # The stretch is seen as if nothing came after it; so must be what it is compared with.
        known[max(0, MAX_DELAY + len(side) - round(float(path.delays(np.array([start + len(side)]))[0]))) :] = 0
        delays = path.delays(starts[first:last] + FRAME // 2)
        near = _neighbours(_aligned(known, start, starts[first:last], delays))
        echo[rows] = _through(near, path.taps)[rows - first]
    rest = heard - echo
    # Never add: where taking it out does not help, the sound stays as it is.
    whole, taken = _power(heard), _power(echo)
    # Never add: where taking it out does not help, the sound stays as it is.
    helps = _smooth(_power(rest)) <= _smooth(whole)
    rest = np.where(helps[:, None], rest, heard)
    path = paths[int(which[-1])]
    share = min(_MOST_SHARE, max(_LEAST_SHARE, 3.0 * path.remains))
    shared = np.abs(np.sum((heard * echo.conj())[:, _LOW:_HIGH], axis=1)) ** 2
    quiet = _AUDIBLE * path.floor
    alone = (_power(rest) < np.maximum(quiet, share * taken)) | (shared > _ALIKE * whole * taken)
    echoed = alone & (taken > 0.1 * path.floor)
    # What is left of an echo must not sound like somebody far away.
    rest[echoed] *= np.minimum(1.0, path.noise / (np.abs(rest[echoed]) + 1e-3))
    return Cleaned(_joined(rest, len(side)), whole > quiet, echoed)


def spectrum_at(samples: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the spectrum in whose middle each of these samples of a stretch lies."""
    return (samples + FRAME // 2 - HOP // 2) // HOP


def _starts(length: int) -> NDArray[np.int64]:
    count = (length + FRAME - 2 * HOP) // HOP + 1
    return np.arange(count, dtype=np.int64) * HOP - (FRAME - HOP)


def _frames(sound: Samples) -> NDArray[np.float32]:
    starts = _starts(len(sound))
    padded = np.zeros(int(starts[-1]) + 2 * FRAME - HOP, np.float32)
    padded[FRAME - HOP : FRAME - HOP + len(sound)] = sound[: len(padded) - (FRAME - HOP)]
    return np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::HOP][: len(starts)]


def _spectra(frames: NDArray[np.float32]) -> _Spectra:
    spectra: _Spectra = np.fft.rfft(frames * _WINDOW, axis=1).astype(np.complex64)
    return spectra


def _joined(spectra: _Spectra, length: int) -> Samples:
    frames = np.fft.irfft(spectra, FRAME, axis=1).astype(np.float32) * (_WINDOW * _SCALE)
    parts = FRAME // HOP
    out = np.zeros((len(frames) + parts, HOP), np.float32)
    for part in range(parts):
        out[part : part + len(frames)] += frames[:, part * HOP : (part + 1) * HOP]
    joined: Samples = out.reshape(-1)[FRAME - HOP : FRAME - HOP + length]
    return joined


def _aligned(other: Samples, start: int, starts: NDArray[np.int64], delays: NDArray[np.float64]) -> _Spectra:
    """Return the spectra of the other side as they would arrive: whole samples by position, the rest by phase."""
    whole = np.rint(delays).astype(np.int64)
    first = starts - start + MAX_DELAY - whole
    padded = np.concatenate((np.zeros(FRAME, np.float32), other, np.zeros(2 * FRAME, np.float32)))
    views = np.lib.stride_tricks.sliding_window_view(padded, FRAME)
    spectra = _spectra(views[np.clip(first + FRAME, 0, len(views) - 1)])
    turned: _Spectra = spectra * _TURNS[np.rint((delays - whole + 0.5) * _PARTS).astype(np.int64)]
    return turned


def _neighbours(aligned: _Spectra) -> NDArray[np.complex64]:
    """Return shape (n_hops, n_bins, n_taps)."""
    before, after = -min(_TAPS), max(_TAPS)
    padded = np.pad(aligned, ((before, after), (0, 0)))
    near: NDArray[np.complex64] = np.stack([padded[before + tap :][: len(aligned)] for tap in _TAPS], axis=2)
    return near


def _power(spectra: _Spectra) -> NDArray[np.float32]:
    """Return the energy of each spectrum in the band of speech."""
    band = spectra[:, _LOW:_HIGH]
    return np.asarray(np.sum(band.real**2 + band.imag**2, axis=1), np.float32)


def _smooth(energies: NDArray[np.float32]) -> NDArray[np.float32]:
    padded = np.pad(energies, 2, mode="edge")
    return np.asarray(np.convolve(padded, np.full(5, 0.2), mode="valid"), np.float32)


def _through(near: NDArray[np.complex64], taps: NDArray[np.complex64]) -> _Spectra:
    out: _Spectra = near[:, :, 0] * taps[:, 0]
    for tap in range(1, len(_TAPS)):
        out += near[:, :, tap] * taps[:, tap]
    return out


def _fit(heard: _Spectra, near: NDArray[np.complex64]) -> NDArray[np.complex64]:
    """Return the filter, shape (n_bins, n_taps), that leaves the least where only the echo sounds."""
    rest = heard
    taps = np.zeros((heard.shape[1], len(_TAPS)), np.complex64)
    rows = np.ascontiguousarray(near.transpose(1, 0, 2))
    columns = np.ascontiguousarray(heard.T)[:, :, None]
    own = np.mean(np.abs(rows[:, :, _TAPS.index(0)]) ** 2, axis=1)
    floor = 1e-3 * np.mean(np.abs(heard) ** 2, axis=0) + 1.0
    for _ in range(_ROUNDS):
        power = rest.real**2 + rest.imag**2
        power[1:-1] = (power[:-2] + 2 * power[1:-1] + power[2:]) / 4
        power[:, 1:-1] = (power[:, :-2] + power[:, 1:-1] + power[:, 2:]) / 3
        weight = (1.0 / (power + floor)).T
        scaled = (rows * weight[:, :, None]).conj().transpose(0, 2, 1)
        left, right = scaled @ rows, scaled @ columns
        shrink = 0.02 * np.trace(left, axis1=1, axis2=2).real / len(_TAPS) + 1e-3 * weight.mean(axis=1) * own + 1e-12
        left += shrink[:, None, None] * np.eye(len(_TAPS), dtype=np.float32)
        taps = np.linalg.solve(left, right)[:, :, 0].astype(np.complex64)
        rest = heard - _through(near, taps)
    return taps


def _follow(heard: _Spectra, aligned: _Spectra, moments: NDArray[np.int64]) -> tuple[float, float] | None:
    """Return by how much the delay differs at moment 0, and its drift; None where the sides have little in common."""
    cross = heard * aligned.conj()
    cross = cross / (np.abs(heard) * 0.999 + 1e-3) / (np.abs(aligned) + 1e-3)
    loud = np.abs(aligned) ** 2
    cross *= np.minimum(1.0, loud / (np.mean(loud) + 1e-9))
    cross[:, :_LOW], cross[:, _HIGH:] = 0, 0
    count = len(cross) // _GROUP
    if count == 0:
        return None
    groups = cross[len(cross) - count * _GROUP :].reshape(count, _GROUP, -1).sum(axis=1)
    times = moments[len(cross) - count * _GROUP :].reshape(count, _GROUP).mean(axis=1)
    found = np.fft.fftshift(np.fft.irfft(groups, FRAME, axis=1), axes=1)
    middle = FRAME // 2
    near = found[:, middle - _REACH : middle + _REACH + 1]
    peaks = np.argmax(np.abs(near), axis=1)
    noise = 1.4826 * np.median(np.abs(found), axis=1) + 1e-9
    sure = np.abs(near[np.arange(count), peaks]) / noise
    good = sure > 7.0
    together = np.abs(near.sum(axis=0))
    at = int(np.argmax(together))
    common = _peak(together, at) - _REACH
    if not good.any():
        spread = 1.4826 * float(np.median(np.abs(found.sum(axis=0)))) + 1e-9
        return (common, 0.0) if together[at] / spread > 7.0 else None
    offsets = np.array([_peak(np.abs(near[i]), int(peaks[i])) for i in range(count)]) - _REACH
    slope, shift, steady = _line(times[good], offsets[good])
    return (shift, slope) if steady else (common, 0.0)


def _line(times: NDArray[np.float64], offsets: NDArray[np.float64]) -> tuple[float, float, bool]:
    """Return slope and value at 0 of the line through most of the points, and whether there is one worth its name.

    Where the strongest of many reflections changes, the delay only seems to move.
    """
    if len(times) < 4 or np.ptp(times) < SAMPLE_RATE / 2:
        return 0.0, 0.0, False
    one, two = np.triu_indices(len(times), 1)
    slope = float(np.median((offsets[two] - offsets[one]) / (times[two] - times[one])))
    strays = offsets - slope * times
    near = np.abs(strays - np.median(strays)) < 2.0
    if near.sum() < max(4, 0.6 * len(times)):
        return 0.0, 0.0, False
    slope, shift = (float(value) for value in np.polyfit(times[near], offsets[near], 1))
    scatter = float(np.std(offsets[near] - shift - slope * times[near]))
    return slope, shift, abs(slope) * float(np.ptp(times[near])) > 2.0 * scatter


def _peak(values: NDArray[np.float32], at: int) -> float:
    """Return where a peak lies, to a part of a sample."""
    if not 0 < at < len(values) - 1:
        return float(at)
    before, here, after = (float(values[at + step]) for step in (-1, 0, 1))
    bend = before - 2 * here + after
    return at + (0.5 * (before - after) / bend if bend < 0 else 0.0)


def _flat(sound: Samples, frame: int) -> Samples:
    """Return the sound with every tone equally loud, so that neither a vowel nor a loud word outweighs the rest."""
    count = max(1, len(sound) // frame)
    spectra = np.fft.rfft(sound[: count * frame].reshape(count, frame), axis=1).astype(np.complex64)
    size = np.abs(spectra)
    spectra /= size + 2 * np.quantile(size, 0.2, axis=0) + 0.02 * np.float32(np.mean(size)) + 1.0
    spectra[:, : 200 * frame // SAMPLE_RATE], spectra[:, 6000 * frame // SAMPLE_RATE :] = 0, 0
    flat: Samples = np.fft.irfft(spectra, frame, axis=1).astype(np.float32).reshape(-1)
    return flat
