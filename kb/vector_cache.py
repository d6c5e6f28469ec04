"""Remembers vectors of passages by text and model, so that importing nearly the same file again is quick."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.ports import Encoder

_log = logging.getLogger(__name__)
MOST_ROWS: Final = 400_000
MOST_QUERIES: Final = 256
"""Questions remembered, in memory only: a caller's sentence is asked again with every word that is added to it."""


class CachedEncoder:
    """An :class:`kb.ports.Encoder` that asks another one only for passages it has not seen.

    A cache that cannot be read or written is done without. Thread: any; a connection lives for one call.
    """

    def __init__(self, encoder: Encoder, file: Path) -> None:
        self._encoder = encoder
        self._file = file
        self._asked: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._asking = threading.Lock()

    @property
    def name(self) -> str:
        """Identity of the model."""
        return self._encoder.name

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors; the model is asked once for a text, of which the last few hundred are remembered."""
        with self._asking:
            known = {text: self._asked[text] for text in texts if text in self._asked}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if not texts:
            return self._encoder.queries(texts)
        if missing:
            known |= dict(zip(missing, self._encoder.queries(missing), strict=True))
        with self._asking:
            for text, vector in known.items():
                self._asked[text] = vector
                self._asked.move_to_end(text)
            while len(self._asked) > MOST_QUERIES:
                self._asked.popitem(last=False)
        return np.stack([known[text] for text in texts]).astype(np.float32, copy=False)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, remembered ones without asking the model."""
        keys = [hashlib.sha256(f"{self.name}\0{text}".encode()).digest() for text in texts]
        known = self._known(keys)
        missing = [n for n, key in enumerate(keys) if key not in known]
        if missing:
            made = self._encoder.passages([texts[n] for n in missing])
            fresh = {keys[n]: vector for n, vector in zip(missing, made, strict=True)}
            self._remember(fresh)
            known |= fresh
        if not keys:
            return self._encoder.passages(texts)
        return np.stack([known[key] for key in keys]).astype(np.float32, copy=False)

    def _connect(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._file, timeout=5)
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")
        return connection

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        found: dict[bytes, NDArray[np.float32]] = {}
        try:
            with contextlib.closing(self._connect()) as connection:
                for key in keys:
                    row = connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                    if row:
                        found[key] = np.frombuffer(row[0], np.float32)
        except sqlite3.Error:
            self._give_up()
            return {}
        return found

    def _remember(self, fresh: dict[bytes, NDArray[np.float32]]) -> None:
        try:
            with contextlib.closing(self._connect()) as connection, connection:
                rows = [(key, vector.astype(np.float32).tobytes()) for key, vector in fresh.items()]
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                connection.execute(
                    "DELETE FROM vectors WHERE rowid <= (SELECT max(rowid) FROM vectors) - ?", (MOST_ROWS,)
                )
        except sqlite3.Error:
            self._give_up()

    def _give_up(self) -> None:
        """Throw a damaged cache away; it holds nothing that cannot be made again."""
        _log.warning("the cache of vectors was damaged and starts anew")
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
