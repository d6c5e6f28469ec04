"""The parts of a generation as they lie in its file: arrays read in slices, words and entries read when asked for.

Opening a generation must not hold up a search in another one, so nothing here walks over all entries in Python and
nothing large is copied in one go.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from kb.model import Article, TextSpan

_PART_BYTES: Final = 64_000_000
"""Largest piece of an array in one row; SQLite takes no more than a thousand million bytes."""
_SLICE_BYTES: Final = 1_000_000
"""Bytes read at a time: other threads get their turn in between."""
_FIELDS: Final = tuple(Article.__dataclass_fields__)

Arrays = dict[str, NDArray[Any]]


class Words:
    """Sorted words and their places, looked up by halving; immutable, any thread.

    Takes the room of its text and opens in no time, where a dictionary of a large DB takes a second to fill.
    """

    def __init__(self, text: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        """Take what :meth:`arrays` gave."""
        self._text = text.tobytes()
        self._ends = ends

    @staticmethod
    def arrays(words: Iterable[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Return UTF-8 text and end offsets of the words, sorted by their bytes, each once."""
        found = sorted({word.encode("utf-8", "replace") for word in words})
        ends = np.cumsum(np.array([len(word) for word in found], np.int64))
        return np.frombuffer(b"".join(found), np.uint8), ends

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._ends)

    def __contains__(self, word: str) -> bool:
        """Return whether the word is known."""
        return self.get(word) >= 0

    def __getitem__(self, word: str) -> int:
        """Return the place of a word; raises KeyError."""
        found = self.get(word)
        if found < 0:
            raise KeyError(word)
        return found

    def get(self, word: str, default: int = -1) -> int:
        """Return the place of a word, ``default`` where it is not known."""
        wanted = word.encode("utf-8", "replace")
        low, high = 0, len(self._ends)
        while low < high:
            middle = (low + high) // 2
            if self._at(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._ends) and self._at(low) == wanted else default

    def _at(self, place: int) -> bytes:
        return self._text[int(self._ends[place - 1]) if place else 0 : int(self._ends[place])]


class Spans:
    """The passages of every entry's answer. Immutable; any thread."""

    def __init__(self, firsts: NDArray[np.int64], bounds: NDArray[np.int32]) -> None:
        """Take the passages.

        Args:
            firsts: Shape (entries + 1,): where each entry's run of passages begins.
            bounds: Shape (passages, 2): start and end, code points.
        """
        self._firsts = firsts
        self._bounds = bounds

    @staticmethod
    def arrays(spans: Sequence[Sequence[TextSpan]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return what the constructor takes."""
        firsts = np.cumsum(np.array([0, *map(len, spans)], np.int64))
        bounds = np.array([(one.start, one.end) for found in spans for one in found], np.int32)
        return firsts, bounds.reshape(-1, 2)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._firsts) - 1

    def __getitem__(self, number: int) -> tuple[TextSpan, ...]:
        """Return the passages of one entry."""
        run = self._bounds[self._firsts[number] : self._firsts[number + 1]]
        return tuple(TextSpan(start, end) for start, end in run.tolist())


class Articles(Sequence[Article]):
    """The entries of one generation, made one by one from the text they lie in. Immutable; any thread."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take what :meth:`arrays` gave."""
        self._text = arrays["articles"].tobytes()
        self._ends = arrays["article_ends"]
        self._ids = Words(arrays["ids"], arrays["id_ends"])
        self._numbers = arrays["id_numbers"]
        if len(self._numbers) != len(self._ends) or (len(self._ends) and self._ends[-1] != len(self._text)):
            raise ValueError("articles")

    @staticmethod
    def arrays(articles: Sequence[Article]) -> Arrays:
        """Return the entries as text: a JSON list of fields each; their ids differ."""
        rows = [json.dumps([getattr(one, name) for name in _FIELDS], ensure_ascii=False).encode() for one in articles]
        ids, id_ends = Words.arrays(one.id for one in articles)
        order = sorted(range(len(articles)), key=lambda number: articles[number].id.encode("utf-8", "replace"))
        return {
            "articles": np.frombuffer(b"".join(rows), np.uint8),
            "article_ends": np.cumsum(np.array([len(row) for row in rows], np.int64)),
            "ids": ids,
            "id_ends": id_ends,
            "id_numbers": np.array(order, np.int32),
        }

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> Article: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[Article, ...]: ...

    def __getitem__(self, number: int | slice) -> Article | tuple[Article, ...]:
        """Return one entry, or those of a slice; raises IndexError."""
        if isinstance(number, slice):
            return tuple(self[at] for at in range(*number.indices(len(self))))
        at = number + len(self) if number < 0 else number
        if not 0 <= at < len(self):
            raise IndexError(number)
        row = json.loads(self._text[int(self._ends[at - 1]) if at else 0 : int(self._ends[at])])
        values = dict(zip(_FIELDS, row, strict=True))
        return Article(**{**values, "keywords": tuple(values["keywords"])})

    def place(self, article_id: str) -> int | None:
        """Return the number of the entry of an id, or None."""
        found = self._ids.get(article_id)
        return int(self._numbers[found]) if found >= 0 else None


def write_arrays(connection: sqlite3.Connection, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays into a table of their own, large ones in parts."""
    connection.execute("CREATE TABLE arrays (name TEXT, part INTEGER, dtype TEXT, shape TEXT, data BLOB)")
    for name, array in arrays.items():
        raw = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        shape = json.dumps(array.shape)
        for part, first in enumerate(range(0, max(len(raw), 1), _PART_BYTES)):
            data = raw[first : first + _PART_BYTES].data
            connection.execute("INSERT INTO arrays VALUES (?, ?, ?, ?, ?)", (name, part, array.dtype.str, shape, data))


def read_arrays(connection: sqlite3.Connection) -> Arrays:
    """Read every array, slice by slice.

    Raises:
        ValueError: An array is not whole.
        sqlite3.Error: The file is damaged.
    """
    found: Arrays = {}
    filled: dict[str, int] = {}
    query = "SELECT rowid, name, dtype, shape FROM arrays ORDER BY name, part"
    for row, name, dtype, shape in connection.execute(query).fetchall():
        if name not in found:
            found[name] = np.empty(json.loads(shape), np.dtype(dtype))
            filled[name] = 0
        raw = found[name].reshape(-1).view(np.uint8)
        with connection.blobopen("arrays", "data", row, readonly=True) as blob:
            for _ in range(0, len(blob), _SLICE_BYTES):
                piece = np.frombuffer(blob.read(_SLICE_BYTES), np.uint8)
                raw[filled[name] : filled[name] + len(piece)] = piece
                filled[name] += len(piece)
    for name, array in found.items():
        if filled[name] != array.nbytes:
            raise ValueError(name)
        array.setflags(write=False)
    return found


def widened(half: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return the numbers in single precision, slice by slice."""
    found = np.empty(half.shape, np.float32)
    source, target = half.reshape(-1), found.reshape(-1)
    for first in range(0, len(source), _SLICE_BYTES):
        target[first : first + _SLICE_BYTES] = source[first : first + _SLICE_BYTES]
    found.setflags(write=False)
    return found
