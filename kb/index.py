"""One generation of the knowledge DB: a plain SQLite file, written once, then only read.

``arrays`` holds everything a search needs ready-made (entries, postings, vectors, titles to browse), so that opening a
generation builds nothing; ``shadow`` is an FTS5 table of the morphemes, for whoever looks at the file with other
tools; ``meta`` says what it is.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.bm25 import Postings, occurrences
from kb.columns import Arrays, Articles, Spans, Words, read_arrays, widened, write_arrays
from kb.ended import over_from
from kb.errors import KbUnavailable
from kb.house_words import names_of
from kb.model import Article, KbStatus, TextSpan
from kb.places import held, neighbourhoods
from kb.ports import Encoder, Morphemes
from kb.terms import indexed
from kb.text import grams, passages, phonetic, searchable
from kb.titles import Titles
from kb.variants import kin

SCHEMA: Final = 2
JAMO_BUCKETS: Final = 1 << 18
PASSAGES_WITH_VECTORS: Final = 12
"""Passages of one entry that get a vector; the rest of a very long answer is found by its words."""
_FIELD_WEIGHTS: Final = (3, 2, 1)
"""How much a term in question, keywords and answer counts."""
_JAMO_ANSWER_CHARS: Final = 200
_ROWS_IN_CACHE: Final = 512

Floats = NDArray[np.float32]
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Unit vectors of one generation, float32; an answer's first passage leads, the others follow."""

    titles: Floats
    """Shape (articles, dim)."""
    leads: Floats
    """Shape (articles whose answer has a passage, dim)."""
    led: NDArray[np.int32]
    """Article of each row of ``leads``, ascending."""
    others: Floats
    """Shape (further passages, dim)."""
    owners: NDArray[np.int32]
    """Article of each row of ``others``, ascending."""

    @staticmethod
    def likeness(rows: Floats, asked: Floats) -> Floats:
        """Return the products of every row with every asked vector, shape (asked, rows).

        A few hundred rows at a time, so that they are read from memory once and from the cache afterwards; one vector
        at a time, for with several the library copies the whole matrix first.
        """
        found = np.empty((len(asked), len(rows)), np.float32)
        for begin in range(0, len(rows), _ROWS_IN_CACHE):
            block = rows[begin : begin + _ROWS_IN_CACHE]
            for number, vector in enumerate(asked):
                np.dot(block, vector, out=found[number, begin : begin + _ROWS_IN_CACHE])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A generation in memory. Immutable; any thread."""

    status: KbStatus
    articles: Articles
    places: NDArray[np.int16]
    """District of each article, a place in ``districts``; -1 for none."""
    districts: tuple[str, ...]
    over_from: NDArray[np.int32]
    """Day, as ``YYYYMMDD``, from which each article counts as over; see :func:`kb.ended.over_from`."""
    kin: NDArray[np.int32]
    """First article that is the same service in another district, its own number where there is none."""
    passages: Spans
    """Passages of each article's answer."""
    vocabulary: Words
    morphemes: Postings
    jamo: Postings
    vectors: Vectors | None
    encoder: str
    """Name of the model of ``vectors``; empty where there are none."""
    titles: Titles
    """What a search by hand looks at."""
    words: tuple[str, ...]
    """Proper names the morpheme analyser knew when the generation was built."""
    names: tuple[str, ...]
    """What a misheard word may have been; see :mod:`kb.house_words`."""
    digest: str
    """What the generation was made of, to tell whether a sample is out of date."""


def proper_names(articles: Sequence[Article]) -> tuple[str, ...]:
    """Return departments and districts of the articles, sorted."""
    names = {article.department for article in articles} | {article.district for article in articles}
    return tuple(sorted(name for name in names if name))


def write(
    path: Path,
    articles: Sequence[Article],
    status: KbStatus,
    morphemes: Morphemes,
    encoder: Encoder | None,
    progress: Progress,
    digest: str = "",
    proper: Sequence[str] = (),
) -> KbStatus:
    """Write a generation to a new file and sync it to disk.

    Args:
        path: A file that does not exist yet.
        articles: What it holds; ids differ.
        status: What to note; counts and ``has_vectors`` are filled in.
        morphemes: The analyser; taught the articles' proper names.
        encoder: The model of meaning, or None for words only.
        progress: Called with the part done, 0 to 1.
        digest: See :attr:`Index.digest`.
        proper: Names of programmes and places that the articles' own fields do not hold.

    Returns:
        The status as written.
    """
    words = proper_names(articles)
    morphemes.add_words(words)
    status = replace(
        status,
        articles=len(articles),
        newest_update=max((article.updated for article in articles), default=""),
        has_vectors=encoder is not None,
    )
    spans = [passages(article.answer) for article in articles]
    places = [held(one.district, one.question, one.answer) for one in articles]
    districts = sorted(set(filter(None, places)))
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=OFF")  # a file that is thrown away unless it is finished
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        meta = {"schema": SCHEMA, "words": words, "digest": digest, "encoder": encoder.name if encoder else ""}
        meta["status"] = {name: getattr(status, name) for name in KbStatus.__dataclass_fields__}
        meta["districts"] = districts
        rows = [(key, json.dumps(value, ensure_ascii=False)) for key, value in meta.items()]
        connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        share = 0.2 if encoder else 0.9
        arrays = Articles.arrays(articles)
        found, held_by = _word_arrays(connection, articles, morphemes, lambda part: progress(share * part))
        arrays |= found
        names = names_of(held_by, (*words, *neighbourhoods(), *proper))
        connection.execute("INSERT INTO meta VALUES ('names', ?)", (json.dumps(names, ensure_ascii=False),))
        arrays |= _postings_arrays("jamo", Postings.build([_jamo(article) for article in articles], JAMO_BUCKETS))
        arrays |= Titles.arrays(articles)
        arrays["spans"], arrays["bounds"] = Spans.arrays(spans)
        arrays["places"] = np.array([districts.index(one) if one else -1 for one in places], np.int16)
        arrays["over_from"] = np.array([over_from(one.question, one.answer) for one in articles], np.int32)
        arrays["kin"] = kin(articles, places)
        if encoder:
            arrays |= _vector_arrays(articles, spans, encoder, lambda part: progress(share + (0.99 - share) * part))
        write_arrays(connection, arrays)
        connection.commit()
    finally:
        connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    progress(1.0)
    return status


def _word_arrays(
    connection: sqlite3.Connection, articles: Sequence[Article], morphemes: Morphemes, progress: Progress
) -> tuple[Arrays, dict[str, int]]:
    """Return vocabulary and postings of the morphemes, and how many articles hold each; fills the full-text table."""
    connection.execute("CREATE VIRTUAL TABLE shadow USING fts5(question, keywords, answer, content='')")
    numbers: dict[str, int] = {}
    found = []
    for n, article in enumerate(articles):
        texts = (article.question, " ".join(article.keywords), article.answer)
        columns = [indexed(morphemes.tokens(searchable(text))) for text in texts]
        shadow = (" ".join(terms) for terms in columns)
        connection.execute("INSERT INTO shadow(rowid, question, keywords, answer) VALUES (?, ?, ?, ?)", (n, *shadow))
        terms = [numbers.setdefault(term, len(numbers)) for column in columns for term in column]
        amounts = np.repeat(_FIELD_WEIGHTS, [len(column) for column in columns])
        found.append((np.array(terms, np.int64), amounts))
        if n % 100 == 0:
            progress(n / len(articles))
    text, ends = Words.arrays(numbers)
    order = sorted(numbers, key=str.encode)
    rank = np.empty(len(numbers), np.int64)  # numbers in order of appearance to places in order of the alphabet
    rank[[numbers[word] for word in order]] = np.arange(len(numbers))
    built = Postings.build([occurrences(rank[terms], amounts) for terms, amounts in found], len(numbers))
    arrays: Arrays = {"words": text, "word_ends": ends}
    held = dict(zip(order, np.diff(built.starts).tolist(), strict=True))
    return arrays | _postings_arrays("morpheme", built), held


def _jamo(article: Article) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    length = len(article.question) + sum(len(word) + 1 for word in article.keywords) + _JAMO_ANSWER_CHARS
    text = searchable(f"{article.question} {' '.join(article.keywords)} {article.answer[:1000]}")
    return occurrences(grams(phonetic(text[:length]), JAMO_BUCKETS))


def _postings_arrays(name: str, built: Postings) -> Arrays:
    return {
        f"{name}_starts": built.starts,
        f"{name}_documents": built.documents,
        f"{name}_counts": built.counts,
        f"{name}_norms": built.norms,
    }


def _postings(name: str, arrays: Arrays) -> Postings:
    parts = (arrays[f"{name}_{part}"] for part in ("starts", "documents", "counts", "norms"))
    return Postings(*parts)


def _vector_arrays(
    articles: Sequence[Article], spans: Sequence[Sequence[TextSpan]], encoder: Encoder, progress: Progress
) -> Arrays:
    titles = [searchable(article.question) for article in articles]
    rows = [
        (n, place, f"{titles[n]} {searchable(articles[n].answer[span.start : span.end])}")
        for n, found in enumerate(spans)
        for place, span in enumerate(found[:PASSAGES_WITH_VECTORS])
    ]
    texts = titles + [text for _, _, text in rows]
    # Longest first, so that a slice holds texts of like length and the estimate of time left only improves.
    order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
    parts: list[Floats] = []
    for begin in range(0, len(order), 64):
        parts.append(encoder.passages([texts[at] for at in order[begin : begin + 64]]))
        progress(min(1.0, (begin + 64) / len(order)))
    # Half precision in the file: it moves no score by more than a ten-thousandth and halves what is fetched.
    sorted_back = np.empty((len(texts), parts[0].shape[1] if parts else 0), np.float16)
    sorted_back[np.array(order, np.int64)] = np.concatenate(parts) if parts else np.zeros((0, 0), np.float16)
    vectors, owners = sorted_back[len(titles) :], np.array([n for n, _, _ in rows], np.int32)
    leading = np.array([place == 0 for _, place, _ in rows], bool)
    return {
        "titles": sorted_back[: len(titles)],
        "leads": vectors[leading],
        "led": owners[leading],
        "others": vectors[~leading],
        "owners": owners[~leading],
    }


def load(path: Path) -> Index:
    """Read a generation into memory. The file is closed again; nothing is built and nothing is long in one go.

    Raises:
        KbUnavailable: Not a whole generation of this schema.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise KbUnavailable("kb.generation_broken", name=path.name) from error
    try:
        return _load(connection)
    except (sqlite3.Error, KeyError, ValueError, TypeError, IndexError) as error:
        raise KbUnavailable("kb.generation_broken", name=path.name) from error
    finally:
        connection.close()


def _load(connection: sqlite3.Connection) -> Index:
    meta = {key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM meta")}
    if meta["schema"] != SCHEMA:
        raise ValueError("schema")
    arrays = read_arrays(connection)
    vectors = None
    if meta["encoder"]:
        titles, leads, others = (widened(arrays.pop(name)) for name in ("titles", "leads", "others"))
        vectors = Vectors(titles, leads, arrays["led"], others, arrays["owners"])
    found = Index(
        status=KbStatus(**meta["status"]),
        articles=Articles(arrays),
        places=arrays["places"],
        districts=tuple(meta["districts"]),
        over_from=arrays["over_from"],
        kin=arrays["kin"],
        passages=Spans(arrays["spans"], arrays["bounds"]),
        vocabulary=Words(arrays["words"], arrays["word_ends"]),
        morphemes=_postings("morpheme", arrays),
        jamo=_postings("jamo", arrays),
        vectors=vectors,
        encoder=meta["encoder"],
        titles=Titles(arrays),
        words=tuple(meta["words"]),
        names=tuple(meta["names"]),
        digest=meta["digest"],
    )
    counts = {len(found.articles), len(found.places), len(found.passages), found.morphemes.count, found.jamo.count}
    if counts != {found.status.articles}:
        raise ValueError("counts")
    return found
