"""Where the windows of a profile stood: a small file beside its database. Fills :class:`ui.layouts.WindowPlaces`."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Final

from kb.whole_file import put, take
from ui.layouts import Places

_log = logging.getLogger(__name__)
FILE_NAME: Final = "windows.json"
_LARGEST: Final = 100_000
"""Pixels; a larger number is no place."""


class StoredPlaces:
    """Reads and writes the file. Thread: Qt main. A file that cannot be read or written is done without."""

    def __init__(self, folder: Path) -> None:
        """Keep the places of the profile whose folder this is."""
        self._file = folder / FILE_NAME

    def load(self) -> Places:
        """See :class:`ui.layouts.WindowPlaces`."""
        try:
            found = json.loads(take(self._file))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            _log.warning("places of the windows cannot be read")
            return {}
        if not isinstance(found, dict):
            return {}
        return {name: tuple(numbers) for name, numbers in found.items() if _is_place(numbers)}

    def store(self, places: Places) -> None:
        """See :class:`ui.layouts.WindowPlaces`."""
        try:
            put(self._file, json.dumps(dict(places), indent=1, sort_keys=True).encode())
        except OSError:
            _log.warning("places of the windows cannot be kept")


def _is_place(numbers: object) -> bool:
    return isinstance(numbers, list) and all(
        isinstance(one, int) and not isinstance(one, bool) and abs(one) <= _LARGEST for one in numbers
    )
