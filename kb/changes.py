"""What changed between two states of the knowledge: entries as fingerprints, compared by id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.model import Article


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an entry that was seen."""

    fingerprint: str
    title: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Entries that came, changed or went; each newest first."""

    new: tuple[Article, ...] = ()
    changed: tuple[Article, ...] = ()
    removed: tuple[str, ...] = ()
    """Titles of entries that are no longer there."""

    @property
    def count(self) -> int:
        """How many entries differ."""
        return len(self.new) + len(self.changed) + len(self.removed)


def fingerprint(article: Article) -> str:
    """Return 16 hex digits that change with what a counsellor would read out; a new date alone changes nothing."""
    said = (article.question, article.answer, article.department, article.phone, article.district, article.category)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]


def known(articles: Iterable[Article]) -> dict[str, Known]:
    """Return what is to be remembered of ``articles``, by id."""
    return {article.id: Known(fingerprint(article), article.question) for article in articles}


def compare(before: Mapping[str, Known], now: Sequence[Article]) -> Changes:
    """Return what differs between the entries seen last and those of now."""
    new = [article for article in now if article.id not in before]
    changed = [
        article for article in now if article.id in before and before[article.id].fingerprint != fingerprint(article)
    ]
    there = {article.id for article in now}
    removed = sorted(one.title for ident, one in before.items() if ident not in there)
    return Changes(_newest(new), _newest(changed), tuple(removed))


def _newest(articles: list[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.updated, article.id), reverse=True))
