"""Opens a session package: in the program only, with every opening and every refusal in the access log."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.access_log import Action
from app.errors import PackageFault, TeamFault
from app.evidence_check import Signature
from app.qa.package import Inside, PackageFacts, PackageKind, PackageTools, read_inside
from app.qa.package_sound import PackageSound
from app.qa.package_zip import Layout, read_layout
from app.replay.model import LoadedCall
from app.replay.open_call import OpenReplay
from app.replay.source import order_notes
from audio.model import SAMPLE_RATE
from resources.notices import Fault
from ui.replay.ports import ReplayFacts, SilentStretch

OPENED: Final = "package-open"
LOOKED: Final = "package-look"
TAKEN: Final = "package-take"
REFUSED: Final = "package-refuse"
"""Actions in the access log."""
_KEY_BYTES: Final = 32

Log = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens packages for one profile. Any thread; opening reads and decrypts: a worker's."""

    identities: Callable[[], Sequence[str]]
    """Secret keys (``AGE-SECRET-KEY-...``) of whoever uses the program, asked at every opening."""
    tools: PackageTools
    now: Callable[[], datetime]
    """Wall clock with zone."""
    log: Log
    """Writes action, subject and note to the access log."""
    desks: Callable[[], Mapping[str, str]] = dict
    """Public keys of known desks by id."""

    def open(self, file: Path, how: str = "", practising: bool = False) -> LoadedCall:
        """Open a package for replay; nothing of it is shown before the opening is logged.

        Args:
            file: The package.
            how: For the log: ``cli``, ``window``. No words of a call.
            practising: It is opened by an exercise; else a package that was sent as an exercise is refused.

        Raises:
            PackageFault: ``package.gone``, ``package.unreadable``, ``package.not_one``, ``package.truncated``,
                ``package.changed``, ``package.newer``, ``package.other_receiver``, ``package.expired``,
                ``package.is_exercise``.
            Fault: It could not be logged, so it is not opened.
        """
        layout, inside = self._inside(file, OPENED, how, practising)
        return _Package(self, file, layout, inside, how).loaded()

    def look(self, file: Path, how: str = "", action: str = LOOKED) -> PackageFacts:
        """Return what a package of either kind says of itself; ``action`` is what is logged. Raises as :meth:`open`."""
        _, inside = self._inside(file, action, how, True)
        return inside.manifest.facts(inside.signature, inside.sender)

    def look_through(self, file: Path, how: str = "") -> tuple[PackageFacts, tuple[SilentStretch, ...]]:
        """Return what a package says of itself and what of its sound is missing; reads all. Raises as :meth:`open`."""
        layout, inside = self._inside(file, LOOKED, how, True)
        whole = OpenReplay(_Package(self, file, layout, inside, how).loaded())
        return inside.manifest.facts(inside.signature, inside.sender), whole.missing()

    def _inside(self, file: Path, action: str, how: str, either: bool) -> tuple[Layout, Inside]:
        subject = ""
        try:
            layout = read_layout(file)
            subject = layout.package_id
            inside = self._unsealed(file, layout)
            self.check_day(inside)
            if inside.manifest.kind is PackageKind.EXERCISE and not either:
                raise PackageFault("package.is_exercise", path=str(file))
        except Fault as fault:
            self.log(REFUSED, subject, f"{how} {fault.code}".strip())
            raise
        self.log(action, subject, how)
        return layout, inside

    def check_day(self, inside: Inside) -> None:
        """Raise PackageFault ``package.expired`` where the last day is over."""
        until = inside.manifest.until
        if self.now().date() > until:
            raise PackageFault("package.expired", until=until.isoformat())

    def _unsealed(self, file: Path, layout: Layout) -> Inside:
        identities = tuple(self.identities())
        try:
            plain = self.tools.box.open_any(layout.sealed_bytes(), identities)
            own = {self.tools.box.recipient_of(one) for one in identities}
        except TeamFault:
            raise PackageFault("package.changed", path=str(file)) from None
        if plain is None:
            raise PackageFault("package.other_receiver", path=str(file))
        inside = read_inside(plain, self.tools.verifier, self.desks(), layout.package_id, str(file))
        manifest = inside.manifest
        names_us = not own.isdisjoint(manifest.recipients)
        if not names_us or any(index >= len(manifest.pieces) for index in layout.pieces):
            raise PackageFault("package.changed", path=str(file))
        if manifest.pieces and len(_key(inside)) != _KEY_BYTES:
            raise PackageFault("package.changed", path=str(file))
        return inside


class _Package:
    """One open package."""

    def __init__(self, opener: Opener, file: Path, layout: Layout, inside: Inside, how: str) -> None:
        self._opener = opener
        self._file = file
        self._inside = inside
        self._how = how
        self._stamp = _stamp(file)
        self._sound: PackageSound | None = None
        if inside.manifest.pieces:
            tools = opener.tools
            self._sound = PackageSound(file, inside.manifest, layout.pieces, _key(inside), tools.seal, tools.codec)

    def loaded(self) -> LoadedCall:
        manifest = self._inside.manifest
        facts = ReplayFacts(
            id=manifest.id,
            title=manifest.title,
            started_at=manifest.started_at,
            duration_s=manifest.duration_s,
            source=manifest.source,
            sound_s=max(manifest.samples.values()) / SAMPLE_RATE,
            counsellor=manifest.counsellor,
            header=manifest.header,
            package=True,
            purpose=manifest.purpose,
            until=manifest.until.isoformat(),
            sender=self._inside.sender,
            unlisted=self._inside.signature is Signature.UNKNOWN_DESK and bool(self._opener.desks()),
            notes=order_notes([one.event for one in self._inside.stored]),
        )
        return LoadedCall(
            facts=facts,
            stored=self._inside.stored,
            versions=self._inside.versions,
            sound=self._sound,
            unreadable=self._sound.unreadable if self._sound is not None else tuple,
            check=self._check,
            revealed=lambda: self._opener.log(Action.REVEAL, manifest.id, self._how),
            close=lambda: self._sound.close() if self._sound is not None else None,
        )

    def _check(self) -> None:
        """Raise PackageFault ``package.expired``, ``package.gone`` or ``package.changed``."""
        self._opener.check_day(self._inside)
        stamp = _stamp(self._file)
        if stamp != self._stamp:
            raise PackageFault("package.changed" if stamp else "package.gone", path=str(self._file))


def _key(inside: Inside) -> bytes:
    try:
        return base64.b64decode(inside.manifest.sound_key, validate=True)
    except ValueError:
        return b""


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
