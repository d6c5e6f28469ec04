"""Values of the knowledge side: articles, passages, hits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Article:
    """One entry of the standard counselling DB. All text is plain text, NFC."""

    id: str
    question: str
    """The entry's title or question."""
    answer: str
    category: str = ""
    keywords: tuple[str, ...] = ()
    department: str = ""
    phone: str = ""
    district: str = ""
    """Name of the district (구) or empty for the whole city."""
    updated: str = ""
    """Date of last update, ISO ``YYYY-MM-DD``, or empty where unknown."""
    number: str = ""
    """The 번호 of the source file, where it has one beside its id."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Code-point offsets into a text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search."""

    article: Article
    passage: str
    """The part of the answer that answers, as it stands in the entry."""
    highlights: tuple[TextSpan, ...]
    """Words of the query in ``passage``."""
    score: float
    """Fused score, 0 to 1; comparable within one result only."""


class Band(StrEnum):
    """How sure a result is."""

    SURE = "sure"
    """The desk puts up cards by itself."""
    CANDIDATE = "candidate"
    """Offered as 후보 only."""
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits for one query, best first."""

    query: str
    hits: tuple[Hit, ...]
    confidence: float
    """Estimated chance that the first hit helps, 0 to 1."""
    band: Band
    ms: float
    """Milliseconds from query to result."""

    @property
    def shown(self) -> bool:
        """Whether the desk would put up a card by itself."""
        return self.band is Band.SURE and bool(self.hits)


@dataclass(frozen=True, slots=True)
class KbStatus:
    """What the desk searches at the moment."""

    generation: int
    """0 where nothing is loaded."""
    source: str
    """File the generation was built from; ``sample`` for the shipped example."""
    origin: str
    """``sample``, ``local`` (unsigned import, shown as 로컬) or ``release``."""
    articles: int
    built_at: str
    """ISO time, UTC."""
    newest_update: str
    has_vectors: bool


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row an import left out."""

    line: int
    """Line or row number in the file, the header being 1."""
    code: str
    """Notice code, e.g. ``kb.row_empty_answer``."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Outcome of one import."""

    status: KbStatus
    added: int
    skipped: tuple[RowFault, ...]
