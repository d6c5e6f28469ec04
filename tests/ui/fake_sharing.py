"""Sealing of calls and exercises from memory, for the window's tests and pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from resources.notices import Fault


@dataclass
class FakeSharing:
    """Fills :class:`ui.qa.share_ports.Sharing`; set ``fault`` to have it refused."""

    shared: list[tuple[str, tuple[str, ...], str, date, str]] = field(default_factory=list)
    keys_written: list[Path] = field(default_factory=list)
    fault: Fault | None = None

    def check_key(self, file: Path) -> None:
        if file.suffix != ".pub":
            raise Fault("package.not_a_key", path=str(file))

    def write_key(self, file: Path) -> None:
        self.keys_written.append(file)

    def share(
        self,
        ident: str,
        keys: Sequence[Path],
        purpose: str,
        until: date,
        out: str,
        progress: Callable[[float], None],
    ) -> str:
        progress(0.5)
        if self.fault is not None:
            raise self.fault
        self.shared.append((ident, tuple(file.name for file in keys), purpose, until, out))
        return f"{out}/x.doumi"
