"""Makes the parts of an evidence pack from what is saved of a call: its events, its recording, the press's clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Protocol

from app.incident_rows import PackJob, caller_of
from app.store_reader import SessionReader
from assist.escalate import MANIFEST, SIGNATURE, CallFacts, ClipFacts, PackFacts, PackKind, build_pack, clip_span
from audio.model import SAMPLE_RATE, Channel
from audio.ports import Recording


class Signer(Protocol):
    """Signs for this desk. Filled by :mod:`app.adapters.signing`."""

    @property
    def desk_id(self) -> str:
        """Id of the desk; follows from its key."""
        ...

    @property
    def public_key(self) -> str:
        """Its public key, base64 of DER."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the signature over ``message``, 64 bytes."""
        ...


ClipMaker = Callable[[Recording, float, float], bytes]
"""Packs seconds of both sides into a file."""


class EvidenceMaker:
    """Makes packs. A pack may be made again at any time: it hangs on saved things only. Thread: any worker."""

    def __init__(
        self,
        store: SessionReader,
        sound: Callable[[str], Recording],
        clip: ClipMaker,
        signer: Signer,
        clip_minutes: Callable[[], float],
        now: Callable[[], datetime],
        titles: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """Join the parts.

        Args:
            store: Saved calls.
            sound: The recording of a call, running or ended.
            clip: Makes the sound file.
            signer: The desk.
            clip_minutes: Shortest stretch of sound before the press, as the settings have it now.
            now: Wall clock with zone.
            titles: Titles of situations by id, as the site has them now.
        """
        self._store = store
        self._sound = sound
        self._clip = clip
        self._signer = signer
        self._clip_minutes = clip_minutes
        self._now = now
        self._titles = titles

    def parts(self, job: PackJob) -> Mapping[str, bytes]:
        """Return the parts of a pack, manifest and signature among them. Raises StoreFault, OSError."""
        incident = job.incident
        row = self._store.session(incident.session_id)
        events = self._store.events(incident.session_id)
        if job.kind is PackKind.PRESS:
            # As it stood at the press, also where the pack is made later.
            events = tuple(event for event in events if event.t_ns <= incident.pressed_ns)
        call = CallFacts(
            call_id=row.id,
            wall_time=row.started_at,
            source=row.source,
            title=row.title,
            program_version=version("doumi"),
            simulated=incident.practice,
            caller=self._store.read(lambda db: caller_of(db, row.id)),
        )
        pack = PackFacts(
            pack_id=job.pack_id,
            incident_id=incident.incident_id,
            kind=job.kind,
            pressed_s=incident.pressed_ns / 1e9,
            pressed_wall=incident.raised_at,
            clock_sync=incident.clock_sync,
            made=self._now().isoformat(timespec="milliseconds"),
            desk=self._signer.desk_id,
            desk_key=self._signer.public_key,
            titles=self._titles(),
        )
        clip, flac = None, b""
        sound = None if incident.practice else self._sound(row.id)
        recorded_s = max(sound.length(channel) for channel in Channel) / SAMPLE_RATE if sound is not None else 0.0
        if sound is not None and recorded_s > 0:
            # A recording that is played faster than life is ahead of the clock the press was timed by.
            whole = job.kind is PackKind.COMPLETE or row.source == "file"
            last = recorded_s if whole else min(recorded_s, pack.pressed_s)
            start_s, end_s = clip_span(pack.pressed_s, events, self._clip_minutes(), last)
            flac = self._clip(sound, start_s, end_s)
            clip = ClipFacts(start_s, end_s, SAMPLE_RATE, (Channel.AGENT.value, Channel.CALLER.value))
        parts = build_pack(call, pack, events, clip, flac).parts
        return {**parts, SIGNATURE: self._signer.sign(parts[MANIFEST])}
