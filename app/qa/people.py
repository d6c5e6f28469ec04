"""The site's list of people: the team of each counsellor code, for reports of teams."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from typing import Final

from app.errors import QaFault
from kb.text import decoded

MAX_BYTES: Final = 5_000_000


def read_people(file: Path | None) -> dict[str, str]:
    """Return the team of each code, NFC; nothing where no list is set. A code's last line counts.

    Args:
        file: CSV (UTF-8, UTF-16 or CP949) whose first line names the columns ``code`` and ``team``, in any order.

    Raises:
        QaFault: ``qa.people_unreadable``.
    """
    if file is None:
        return {}
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ValueError("far too large for a list of people")
        rows = csv.DictReader(unicodedata.normalize("NFC", decoded(raw)).splitlines(), skipinitialspace=True)
        if not {"code", "team"} <= set(rows.fieldnames or ()):
            raise ValueError("no columns code and team")
        pairs = [((row["code"] or "").strip(), (row["team"] or "").strip()) for row in rows]
    except (OSError, ValueError, csv.Error) as error:
        raise QaFault("qa.people_unreadable", path=str(file)) from error
    return {code: team for code, team in pairs if code and team}
