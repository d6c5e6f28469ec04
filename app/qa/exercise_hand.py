"""Exercises handed over as packages: what of a call goes along, and how one that came is kept.

Such a package holds the exercise with its texts covered and the caller's sound, and nothing else of the call: no event
lines, no record versions, no sound of the counsellor. It opens as an exercise only (:mod:`app.qa.package_open`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from app.errors import ExerciseFault
from app.opening import PACKAGE
from app.qa.exercise import Exercise, ExerciseBook, decode
from app.qa.package import PackageFacts, PackageKind
from app.qa.package_open import Opener
from app.qa.package_rows import put_package, row_of
from app.replay.model import LoadedCall
from app.store import Store
from audio.model import SAMPLE_RATE, Channel, Pcm
from audio.ports import Recording
from kb.whole_file import sha256_of, sync_folder, writing

HOW: Final = "exercise"
"""For the access log."""


@dataclass(frozen=True, slots=True)
class CallersSound:
    """The caller's side of a recording; the counsellor's has no samples. Any thread."""

    whole: Recording

    def length(self, channel: Channel) -> int:
        """See :class:`audio.ports.Recording`."""
        return self.whole.length(channel) if channel is Channel.CALLER else 0

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """See :class:`audio.ports.Recording`."""
        return self.whole.read(channel, start, end) if channel is Channel.CALLER else np.zeros(0, np.int16)


def to_hand_over(call: LoadedCall, exercise: Exercise) -> LoadedCall:
    """Return what of the call of an exercise is sealed: the caller's sound, and nothing that was said or written."""
    sound = CallersSound(call.sound) if call.sound is not None else None
    length = sound.length(Channel.CALLER) / SAMPLE_RATE if sound is not None else 0.0
    return replace(
        call,
        facts=replace(call.facts, title=exercise.title, counsellor="", header="", sound_s=length, notes=()),
        stored=(),
        versions=(),
        sound=sound if length else None,
        unreadable=lambda: tuple(one for one in call.unreadable() if one.channel is Channel.CALLER),
    )


class ExerciseTaking:
    """Keeps packages, and the exercises that come in them. Any worker thread."""

    def __init__(
        self, folder: Path, store: Store, opener: Opener, book: ExerciseBook, now: Callable[[], datetime]
    ) -> None:
        """Join the parts.

        Args:
            folder: Of the profile's kept packages.
            store: Its database.
            opener: Opens packages for it.
            book: Its exercises.
            now: Wall clock with zone.
        """
        self._folder = folder
        self._store = store
        self._opener = opener
        self._book = book
        self._now = now

    def take(self, file: Path) -> Exercise:
        """Take in an exercise that was sent; the same again replaces it.

        Raises:
            ExerciseFault: ``exercise.not_one``: a call for replay; ``exercise.broken``.
            PackageFault: It cannot be opened, or there is no room to keep it.
        """
        facts = self._opener.look(file, HOW)
        if facts.kind is not PackageKind.EXERCISE:
            raise ExerciseFault("exercise.not_one")
        decode(facts.extra)  # before anything is kept
        call = self._opener.open(file, HOW, practising=True)
        try:
            self.keep(file, facts)
            return self._book.take(call, facts.extra)
        finally:
            call.close()

    def opened(self, file: Path) -> LoadedCall:
        """Open a call that was sent for replay and keep its package; what was sent as an exercise is refused."""
        call = self._opener.open(file, HOW)
        self.keep(file, self._opener.look(file, HOW))
        return call

    def keep(self, file: Path, facts: PackageFacts) -> None:
        """Keep a package in this profile's folder, as one that came by the exchange. Raises ExerciseFault."""
        name = f"{facts.id}{PACKAGE}"
        place = self._folder / name
        if not place.exists():
            _copy(file, place)
        kept = row_of(facts, name, sha256_of(place), self._now().isoformat(timespec="seconds"))
        self._store.write(lambda db: put_package(db, kept))


def _copy(file: Path, place: Path) -> None:
    """Copy a sealed file whole or not at all, readable by this user only. Raises ExerciseFault."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb") as source, writing(place, 0o600) as copy:
            shutil.copyfileobj(source, copy)
        sync_folder(place.parent)
    except OSError as error:
        raise ExerciseFault("package.not_written", path=str(place)) from error
