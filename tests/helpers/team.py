"""A dedicated team in a temporary home: real keys, real database, packs of a real desk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.sheet_writer import workbook
from app.adapters.signing import DeskSigner, Ed25519Verifier
from app.callers import Register, Signing
from app.outbox_rows import Kind
from app.settings import TeamSettings
from app.sound import PlayBack
from app.team_desk import TeamDesk
from app.team_inbox import InboxParts, TeamInbox
from tests.helpers.evidence import PressDesk
from tests.helpers.personal import home_in, open_store

DAY = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
NUMBER = "010-1234-5678"


class Quiet(PlayBack):
    """Plays to nobody."""

    def __init__(self) -> None:
        self.played: list[int] = []

    def play(self, pcm: object) -> None:
        self.played.append(len(pcm))  # type: ignore[arg-type]

    def stop(self) -> None:
        self.played.append(0)

    def close(self) -> None:
        """Nothing runs."""


class TeamPc:
    """The team's PC."""

    def __init__(self, folder: Path) -> None:
        self.clock = DAY
        self.folder = folder
        self.share = folder / "share"
        self.share.mkdir(parents=True)
        self.desks: dict[str, str] = {}
        self.settings = TeamSettings(callers_folder=folder / "published")
        team.init(folder / "keys", AgeBox())
        self.key = folder / "keys" / team.IDENTITY_FILE
        self.store = open_store(home_in(folder))
        parts = InboxParts(
            self.store, AgeBox(), Ed25519Verifier(), lambda: self.share, lambda: self.desks, lambda: self.clock
        )
        self.inbox = TeamInbox(parts)
        self.register = Register(self.store, Signing(DeskSigner, Ed25519Verifier()), lambda: self.clock)
        self.play_back = Quiet()
        self.desk = TeamDesk(
            self.store,
            self.inbox,
            self.register,
            lambda: self.share,
            lambda: self.settings,
            workbook,
            self.play_back,
            lambda: self.clock,
        )

    @property
    def public_key(self) -> Path:
        return self.folder / "keys" / team.RECIPIENT_FILE

    def deliver(self, desk: PressDesk) -> list[Path]:
        """Bring what waits in a desk's outbox; returns the files as they lie in the share now."""
        for file in sorted(desk.escalations.folder(Kind.TEAM).glob("*.age")):
            (self.share / file.name).write_bytes(file.read_bytes())
        return sorted(self.share.glob("*.age"))

    def close(self) -> None:
        self.store.close()
