"""One saved call, open: fills :class:`ui.replay.ports.ReplayCall` from whatever source loaded it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app import sound_export
from app.replay import shape
from app.replay.model import LoadedCall
from app.replay.source import in_order, with_notes
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, Channel
from resources.notices import sentence
from ui.replay.ports import Peaks, RecordVersion, ReplayFacts, SilentStretch

_NOTED_S: Final = 0.5
"""Shorter stretches without sound are drawn but not spoken of."""
_SPOKEN_OF: Final = frozenset({"damaged", "lost", "missing"})


class OpenReplay:
    """Fills :class:`ui.replay.ports.ReplayCall`. Any thread; reads go on side by side."""

    def __init__(self, loaded: LoadedCall) -> None:
        self.loaded = loaded
        self._facts = loaded.facts
        self._events = in_order(one.event for one in loaded.stored)
        self._silent: tuple[SilentStretch, ...] | None = None

    @property
    def facts(self) -> ReplayFacts:
        """What it is; its notes tell of missing sound once :meth:`silent` has looked."""
        return self._facts

    @property
    def events(self) -> Sequence[CallEvent]:
        """Every stored event in order of time, finals with their words."""
        return self._events

    @property
    def versions(self) -> Sequence[RecordVersion]:
        """The records, draft first."""
        return self.loaded.versions

    def peaks(self, channel: Channel, start_s: float, end_s: float, bin_s: float) -> Peaks:
        """See :class:`ui.replay.ports.ReplayCall`."""
        return shape.peaks(self.loaded.sound, channel, start_s, end_s, bin_s)

    def silent(self) -> Sequence[SilentStretch]:
        """See :class:`ui.replay.ports.ReplayCall`."""
        if self._silent is None:
            found = (*self.loaded.unreadable(), *self._told())
            self._silent = tuple(sorted(set(found), key=lambda one: (one.start_s, one.channel.value)))
            missing = [one for one in self._silent if one.why in _SPOKEN_OF and one.end_s - one.start_s >= _NOTED_S]
            if missing:
                seconds = f"{max(_covered(missing, side) for side in Channel):.0f}"
                note = sentence("replay.sound_missing", count=len(missing), seconds=seconds)
                self._facts = with_notes(self._facts, note)
        return self._silent

    def check(self) -> None:
        """See :class:`ui.replay.ports.ReplayCall`."""
        self.loaded.check()

    def numbers_revealed(self) -> None:
        """See :class:`ui.replay.ports.ReplayCall`."""
        self.loaded.revealed()

    def close(self) -> None:
        """See :class:`ui.replay.ports.ReplayCall`."""
        self.loaded.close()

    def _told(self) -> Sequence[SilentStretch]:
        """Return what the log tells of, and where a side ends before the call."""
        sound = self.loaded.sound
        if sound is None:
            return ()
        ends = {channel: sound.length(channel) / SAMPLE_RATE for channel in Channel}
        return [
            SilentStretch(gap.channel, gap.start_s, gap.end_s, gap.why.value)
            for gap in sound_export.told(ends, self._events, self._facts.duration_s)
        ]


def _covered(stretches: Sequence[SilentStretch], side: Channel) -> float:
    """Return how many seconds of one side are covered, overlaps once."""
    total, at = 0.0, 0.0
    for one in stretches:
        if one.channel is side and one.end_s > at:
            total += one.end_s - max(at, one.start_s)
            at = one.end_s
    return total
