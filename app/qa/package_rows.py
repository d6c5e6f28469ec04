"""Packages that are kept on this PC: rows of ``qa_packages``, and the removal of those past their last day."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from app.qa.package import PackageFacts
from app.retention_plan import judge
from app.retention_rows import clock_state, keep_clock
from app.store import Store

EXPIRED: Final = "package-expire"
"""Action in the access log."""
_CLOCK: Final = "qa_packages_clock"
_LEFT_S: Final = 86_400.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptPackage:
    """A row of ``qa_packages``. ``file`` is a name inside the folder of packages; times are ISO 8601."""

    package_id: str
    header_id: str
    plan_id: str
    file: str
    sha256: str
    received_at: str
    kind: str
    purpose: str
    until: str
    sender: str
    counsellor: str
    started_at: str
    duration_s: float
    category: str


def row_of(facts: PackageFacts, file: str, sha256: str, received_at: str) -> KeptPackage:
    """Return the row of a package that came.

    Args:
        facts: What it says of itself.
        file: Its name inside the folder of packages.
        sha256: Of that file, hex.
        received_at: ISO 8601 with offset.
    """
    return KeptPackage(
        package_id=facts.id,
        header_id=facts.header,
        plan_id=facts.plan,
        file=file,
        sha256=sha256,
        received_at=received_at,
        kind=facts.kind.value,
        purpose=facts.purpose,
        until=facts.until.isoformat(),
        sender=facts.sender,
        counsellor=facts.counsellor,
        started_at=facts.started_at,
        duration_s=facts.duration_s,
        category=facts.category,
    )


def packages(db: Database) -> tuple[KeptPackage, ...]:
    """Return the packages that are kept, those received last first."""
    names = [one.name for one in fields(KeptPackage)]
    sql = f"SELECT {', '.join(names)} FROM qa_packages ORDER BY received_at DESC, package_id"
    return tuple(KeptPackage(*row) for row in db.execute(sql).fetchall())


def put_package(db: Database, package: KeptPackage) -> None:
    """Keep a row; a package that is there already is replaced."""
    db.table("qa_packages").insert(asdict(package), replace=True)


def sweep(store: Store, folder: Path, now: datetime) -> int:
    """Remove packages whose last day is over, from ``folder`` and the database; returns how many. Logged one by one.

    What a crash left in the folder goes after a day. A clock that jumped removes nothing: it is judged as for
    everything else that is deleted by its age.

    Args:
        store: Whose.
        folder: Where the files lie, and nothing else.
        now: The clock, with zone.

    Raises:
        StoreFault: The database did not take it; the next start does it.
    """
    if not folder.is_dir():
        return 0
    before, kept = store.read(lambda db: (clock_state(db, _CLOCK), packages(db)))
    judged = judge(before, None, now)
    store.write(lambda db: keep_clock(db, judged.state, _CLOCK))
    if not judged.believed:
        return 0
    over = [one for one in kept if one.until < now.date().isoformat()]
    gone = 0
    for one in over:
        if _removed(folder / Path(one.file).name):
            store.write(partial(_forget, store, one))
            gone += 1
    named = {one.file for one in kept}
    for file in folder.iterdir():
        if file.name not in named and _age_s(file, now) > _LEFT_S:
            _removed(file)
    return gone


def _age_s(file: Path, now: datetime) -> float:
    try:
        return now.timestamp() - file.stat().st_mtime
    except OSError:
        return 0.0  # another program of this profile was quicker


def _removed(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("a package was not removed (%s)", type(error).__name__)
        return False
    return True


def _forget(store: Store, package: KeptPackage, db: Database) -> None:
    db.execute("DELETE FROM qa_packages WHERE package_id = ?", [package.package_id])
    store.access.note(db, EXPIRED, package.package_id, package.until)
