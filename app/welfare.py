"""Welfare centres of the knowledge DB; fills :class:`assist.protect.handover.WelfareCentres`."""

from __future__ import annotations

import re
from typing import Final, Protocol

from assist.protect.handover import WelfareCentre
from kb.model import Article, Hit, KbStatus, SearchFilters, SearchResult
from kb.places import held

_RANKS: Final = (
    ("복지관", re.compile(r"복지관|(?<!행정)복지센터")),
    ("복지", re.compile(r"복지\s?\S{0,4}과(?![가-힣])|생활\s?보장과|희망\s?복지")),
    ("주민센터", re.compile(r"주민\s?센터|행정복지센터")),
)
"""What is looked for, the best first, and what its title or department must hold."""
_PHONE: Final = re.compile(r"(?<![\d-])(?:0\d{1,2}-\d{3,4}|1[568]\d\d)-\d{4}(?![\d-])")
_LOOKED_AT: Final = 20


class KnownEntries(Protocol):
    """Search by hand in the counselling DB; :class:`app.retrieval.Retrieval` fills it."""

    @property
    def status(self) -> KbStatus:
        """What is searched; generation 0 while it is being opened. Cheap."""
        ...

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search titles; some 10 ms."""
        ...


class KnownCentres:
    """Names a centre only where the DB is sure: one entry of just that district, not over, with one number."""

    def __init__(self, entries: KnownEntries) -> None:
        self._entries = entries

    def find(self, district: str) -> WelfareCentre | None:
        """Return the welfare centre, else the district's welfare office, else its community centre; None where unsure.

        Raises:
            KbFault: There is nothing to search.
        """
        if not self._entries.status.generation:
            return None
        for text, wanted in _RANKS:
            hits = self._entries.suggest(text, _LOOKED_AT, SearchFilters(district=district)).hits
            found = {phone: hit.article for hit in hits if (phone := _phone_of(hit, district, wanted))}
            if len(found) == 1:
                phone, article = found.popitem()
                return WelfareCentre(district, _name(article, wanted), phone, article.id)
        return None


def _phone_of(hit: Hit, district: str, wanted: re.Pattern[str]) -> str:
    """Return the number of an entry that fits, empty where it does not."""
    article = hit.article
    if hit.ended or held(article.district, article.question, article.answer) != district:
        return ""
    if not wanted.search(f"{article.question} {article.department}"):
        return ""
    phones = set(_PHONE.findall(article.phone)) or set(_PHONE.findall(article.answer))
    return phones.pop() if len(phones) == 1 else ""


def _name(article: Article, wanted: re.Pattern[str]) -> str:
    return article.department if wanted.search(article.department) else article.question
