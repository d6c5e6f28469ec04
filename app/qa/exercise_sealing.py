"""Seals exercises for colleagues. Fills :class:`app.qa.sharing.Maker`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import ExerciseFault
from app.evidence import Signer
from app.qa.exercise import Exercise, ExerciseBook, encode
from app.qa.exercise_hand import to_hand_over
from app.qa.package import PackageFacts, PackageKind, PackageTools, Terms
from app.qa.package_make import make_package
from app.replay.model import LoadedCall


class ExerciseSealing:
    """Seals one exercise into a package: its texts, covered, and the caller's sound. Any worker thread."""

    def __init__(
        self,
        book: ExerciseBook,
        opened: Callable[[Exercise], LoadedCall],
        signer: Callable[[], Signer],
        tools: PackageTools,
        now: Callable[[], datetime],
        log: Callable[[str, str, str], None],
    ) -> None:
        """Join the parts.

        Args:
            book: The exercises.
            opened: Opens the call an exercise was made of, logged; the caller closes it. Raises Fault: it is gone.
            signer: Signs for this desk.
            tools: Sealing.
            now: Wall clock with zone.
            log: Writes action, subject and note to the access log.
        """
        self._book = book
        self._opened = opened
        self._signer = signer
        self._tools = tools
        self._now = now
        self._log = log

    def make(
        self, ident: str, file: Path, terms: Terms, recipients: Sequence[str], progress: Callable[[float], None]
    ) -> PackageFacts:
        """Seal an exercise into ``file``, whole or not at all.

        Raises:
            ExerciseFault: ``exercise.gone``; ``exercise.too_long``: its own package opens for a shorter time.
            PackageFault, StoreFault: As :func:`app.qa.package_make.make_package`.
        """
        exercise = self._book.get(ident)
        call = self._opened(exercise)
        try:
            if exercise.package and call.facts.until and terms.until.isoformat() > call.facts.until:
                raise ExerciseFault("exercise.too_long", until=call.facts.until)
            terms = replace(terms, kind=PackageKind.EXERCISE, extra=encode(exercise))
            handed = to_hand_over(call, exercise)
            return make_package(
                file, handed, terms, recipients, self._signer(), self._tools, self._now, self._log, progress
            )
        finally:
            call.close()
