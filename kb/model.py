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


class ReasonKind(StrEnum):
    """Why an entry stands where it stands in a result."""

    WORDS = "words"
    """It holds words of the question; ``detail`` names some of them, longest first, separated by spaces."""
    SOUND = "sound"
    """It sounds like what was heard."""
    MEANING = "meaning"
    """It means nearly the same."""
    DISTRICT = "district"
    """It is for the district of the call; ``detail`` names it."""
    LEARNED = "learned"
    """What the counsellor did with it before moved it up."""
    UNLEARNED = "unlearned"
    """What the counsellor did with it before moved it down."""
    ENDED = "ended"
    """It says of itself that it is over; ``detail`` is what says so."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; a window makes a sentence of it."""

    kind: ReasonKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """The same service in another district: an entry folded under a hit."""

    article_id: str
    district: str
    """구, or empty for the whole city."""


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
    title_highlights: tuple[TextSpan, ...] = ()
    """What was typed in the entry's title (``article.question``); only a search by hand fills it."""
    reasons: tuple[Reason, ...] = ()
    """Why it is here, weightiest first."""
    ended: str = ""
    """What says that it is over (종료, 2019년 …); empty where nothing does. True-ish means: put the badge on."""
    variants: tuple[Variant, ...] = ()
    """The same service in other districts, in reading order; only a search that folds fills it."""


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What a search by hand is narrowed to; empty text narrows nothing."""

    field: str = ""
    """분야: an entry's category or the first part of it."""
    district: str = ""
    """구. Entries for the whole city stay in, after those of the district."""
    department: str = ""

    def __bool__(self) -> bool:
        """Return whether anything is narrowed."""
        return bool(self.field or self.district or self.department)


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the knowledge searched now can be narrowed to; each in reading order, without the empty choice."""

    fields: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


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
    words_alone: bool = False
    """Whether the model of meaning should have been asked, and did not answer."""

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
    release: int = 0
    """Number of the release; 0 where it is none."""
    expires: str = ""
    """ISO time, UTC, when the release's signatures end; empty where it is no release."""
    stale: bool = False
    """최신 아님: a release that has expired and could not be renewed."""


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
