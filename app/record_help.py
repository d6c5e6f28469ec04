"""What helps writing a record: the site's templates and copy formats, and which format was used last."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from sqlite_utils import Database

from app.settings import RecordSettings
from app.site_scripts import SiteFile
from app.store import Store
from assist.errors import ScriptsFault
from assist.record_text import load_formats, load_templates, shipped_formats, shipped_templates
from ui.ports import RecordHelp

_LAST: Final = "copy_format"
"""Row of the table ``meta``."""


class SiteRecordHelp:
    """Reads the site's files when they are new or changed; ours stand wherever one cannot be used. Thread-safe."""

    def __init__(self, settings: Callable[[], RecordSettings], store: Store) -> None:
        """Name the files by the settings as they are now; ``store`` remembers the counsellor's choice."""
        self._templates = SiteFile(lambda: settings().templates, load_templates, shipped_templates)
        self._formats = SiteFile(lambda: settings().copy_formats, load_formats, shipped_formats)
        self._store = store
        self._last = store.read(_read)

    def now(self) -> RecordHelp:
        """Return templates and formats. Never raises a fault."""
        return RecordHelp(self._templates.now(), self._formats.now(), self._last)

    def faults(self) -> tuple[ScriptsFault, ...]:
        """Return what is wrong with the site's files, once."""
        return tuple(fault for fault in (self._templates.fault(), self._formats.fault()) if fault is not None)

    def keep_format(self, name: str) -> None:
        """Remember the format used last; returns at once."""
        self._last = name
        row = {"name": _LAST, "value": json.dumps(name, ensure_ascii=False)}
        self._store.later(lambda db: db.table("meta").insert(row, replace=True))


def _read(db: Database) -> str:
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_LAST]).fetchone()
    return str(json.loads(found[0])) if found else ""
