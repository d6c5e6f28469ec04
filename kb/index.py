"""One generation of the knowledge DB: a plain SQLite file, written once, then only read.

``articles`` and ``passages`` hold the entries; ``shadow`` is an FTS5 table of their morphemes, the durable form of
the morpheme index; ``arrays`` holds the folded-jamo postings and the vectors; ``meta`` says what it is.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from kb.bm25 import Postings
from kb.errors import KbUnavailable
from kb.model import Article, KbStatus, TextSpan
from kb.places import held
from kb.ports import Encoder, Morphemes
from kb.terms import indexed
from kb.text import grams, passages, phonetic, searchable

SCHEMA: Final = 1
JAMO_BUCKETS: Final = 1 << 18
PASSAGES_WITH_VECTORS: Final = 4
"""Passages of one entry that get a vector; the rest of a very long answer is found by its words."""
_FIELD_WEIGHTS: Final = {"question": 3.0, "keywords": 2.0, "answer": 1.0}
_JAMO_ANSWER_CHARS: Final = 200

Floats = NDArray[np.float32]
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an article's answer."""

    article: int
    """Position of the article in the index."""
    span: TextSpan


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Unit vectors of one generation, float32."""

    titles: Floats
    """Shape (articles, dim)."""
    passages: Floats
    """Shape (vectorised passages, dim)."""
    owners: NDArray[np.int32]
    """Article of each row of ``passages``, ascending."""
    order: NDArray[np.int32]
    """Place of each row among its article's passages, 0 first."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A generation in memory. Immutable; any thread."""

    status: KbStatus
    articles: tuple[Article, ...]
    places: tuple[str, ...]
    """District of each article or empty text."""
    passages: tuple[tuple[TextSpan, ...], ...]
    """Passages of each article's answer."""
    vocabulary: dict[str, int]
    morphemes: Postings
    jamo: Postings
    vectors: Vectors | None
    encoder: str
    """Name of the model of ``vectors``; empty where there are none."""
    words: tuple[str, ...]
    """Proper names the morpheme analyser knew when the generation was built."""
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
    connection = sqlite3.connect(path)
    try:
        db = sqlite_utils.Database(connection)
        db.execute("PRAGMA journal_mode=OFF")  # a file that is thrown away unless it is finished
        db.execute("PRAGMA synchronous=OFF")
        meta = {"schema": SCHEMA, "words": words, "digest": digest, "encoder": encoder.name if encoder else ""}
        meta["status"] = {name: getattr(status, name) for name in KbStatus.__dataclass_fields__}
        db["meta"].insert_all({"key": key, "value": json.dumps(value)} for key, value in meta.items())  # type: ignore[union-attr]
        db["articles"].insert_all(_article_row(n, article) for n, article in enumerate(articles))  # type: ignore[union-attr]
        db["passages"].insert_all(  # type: ignore[union-attr]
            {"article": n, "start": span.start, "end": span.end} for n, found in enumerate(spans) for span in found
        )
        db.execute("CREATE VIRTUAL TABLE shadow USING fts5(question, keywords, answer, tokenize='unicode61')")
        share = 0.2 if encoder else 0.9
        for n, article in enumerate(articles):
            texts = (article.question, " ".join(article.keywords), article.answer)
            shadow = [" ".join(indexed(morphemes.tokens(searchable(text)))) for text in texts]
            db.execute("INSERT INTO shadow(rowid, question, keywords, answer) VALUES (?, ?, ?, ?)", (n, *shadow))
            if n % 100 == 0:
                progress(share * n / len(articles))
        arrays = _jamo_arrays(articles)
        if encoder:
            arrays |= _vector_arrays(articles, spans, encoder, lambda part: progress(share + (0.99 - share) * part))
        db["arrays"].insert_all(_array_row(name, value) for name, value in arrays.items())  # type: ignore[union-attr]
        connection.commit()
    finally:
        connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    progress(1.0)
    return status


def _article_row(number: int, article: Article) -> dict[str, Any]:
    row = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return {"n": number, **row, "keywords": json.dumps(article.keywords, ensure_ascii=False)}


def _array_row(name: str, value: NDArray[Any]) -> dict[str, Any]:
    return {"name": name, "dtype": value.dtype.str, "shape": json.dumps(value.shape), "data": value.tobytes()}


def _jamo_arrays(articles: Sequence[Article]) -> dict[str, NDArray[Any]]:
    found = [
        grams(
            phonetic(searchable(f"{one.question} {' '.join(one.keywords)} {one.answer[:1000]}")[: _jamo_length(one)]),
            JAMO_BUCKETS,
        )
        for one in articles
    ]
    terms = np.concatenate(found) if found else np.zeros(0, np.int64)
    owners = np.repeat(np.arange(len(articles)), [len(one) for one in found])
    built = Postings.build(terms, owners, np.ones(len(terms), np.float32), JAMO_BUCKETS, len(articles))
    return {"jamo_starts": built.starts, "jamo_documents": built.documents, "jamo_weights": built.weights}


def _jamo_length(article: Article) -> int:
    return len(article.question) + sum(len(word) + 1 for word in article.keywords) + _JAMO_ANSWER_CHARS


def _vector_arrays(
    articles: Sequence[Article], spans: Sequence[Sequence[TextSpan]], encoder: Encoder, progress: Progress
) -> dict[str, NDArray[Any]]:
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
    sorted_back = np.empty((len(texts), parts[0].shape[1]), np.float32)
    sorted_back[np.array(order)] = np.concatenate(parts)
    return {
        "titles": sorted_back[: len(titles)],
        "passages": sorted_back[len(titles) :],
        "owners": np.array([n for n, _, _ in rows], np.int32),
        "order": np.array([place for _, place, _ in rows], np.int32),
    }


def load(path: Path) -> Index:
    """Read a generation into memory.

    Raises:
        KbUnavailable: Not a whole generation of this schema.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise KbUnavailable("kb.generation_broken", name=path.name) from error
    try:
        return _load(sqlite_utils.Database(connection))
    except (sqlite3.Error, KeyError, ValueError, TypeError, IndexError) as error:
        raise KbUnavailable("kb.generation_broken", name=path.name) from error
    finally:
        connection.close()


def _load(db: sqlite_utils.Database) -> Index:
    meta = {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM meta")}
    if meta["schema"] != SCHEMA:
        raise ValueError("schema")
    columns = [name for name in Article.__dataclass_fields__ if name != "keywords"]
    articles = tuple(
        Article(**dict(zip(columns, values, strict=True)), keywords=tuple(json.loads(keywords)))
        for *values, keywords in db.execute(f"SELECT {', '.join(columns)}, keywords FROM articles ORDER BY n")
    )
    spans: list[list[TextSpan]] = [[] for _ in articles]
    if articles and db["passages"].exists():
        for article, start, end in db.execute('SELECT article, "start", "end" FROM passages ORDER BY rowid'):
            spans[article].append(TextSpan(start, end))
    arrays = {
        name: np.frombuffer(data, np.dtype(dtype)).reshape(json.loads(shape))
        for name, dtype, shape, data in db.execute("SELECT name, dtype, shape, data FROM arrays")
    }
    vocabulary, morphemes = _read_shadow(db, len(articles))
    vectors = None
    if meta["encoder"]:
        vectors = Vectors(arrays["titles"], arrays["passages"], arrays["owners"], arrays["order"])
    return Index(
        status=KbStatus(**meta["status"]),
        articles=articles,
        places=tuple(held(one.district, one.question, one.answer) for one in articles),
        passages=tuple(tuple(found) for found in spans),
        vocabulary=vocabulary,
        morphemes=morphemes,
        jamo=Postings(arrays["jamo_starts"], arrays["jamo_documents"], arrays["jamo_weights"], len(articles)),
        vectors=vectors,
        encoder=meta["encoder"],
        words=tuple(meta["words"]),
        digest=meta["digest"],
    )


def _read_shadow(db: sqlite_utils.Database, count: int) -> tuple[dict[str, int], Postings]:
    """Read every occurrence out of the full-text index and weigh it by its column."""
    db.execute("CREATE VIRTUAL TABLE temp.occurrence USING fts5vocab('main', 'shadow', 'instance')")
    vocabulary: dict[str, int] = {}
    terms: list[int] = []
    documents: list[int] = []
    amounts: list[float] = []
    for term, document, column in db.execute("SELECT term, doc, col FROM temp.occurrence"):
        terms.append(vocabulary.setdefault(term, len(vocabulary)))
        documents.append(document)
        amounts.append(_FIELD_WEIGHTS[column])
    return vocabulary, Postings.build(
        np.array(terms, np.int64),
        np.array(documents, np.int64),
        np.array(amounts, np.float32),
        len(vocabulary),
        count,
    )
