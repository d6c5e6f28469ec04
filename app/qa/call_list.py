"""The drawn calls of a trainer, joined from draws, headers, packages and ratings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from app.qa import draws, headers, package_rows, rating_rows
from app.qa.draws import KeptDraw
from app.qa.headers import KnownHeader
from app.qa.package_rows import KeptPackage
from assist.review.model import DrawnCall, Rating
from assist.review.objections import open_objection
from ui.qa.ports import CallToRate


def calls_to_rate(db: Database, rater: str, today: date) -> list[CallToRate]:
    """Return the drawn calls: those with an open objection or to be rated first, then those on their way, by day.

    Left out are calls whose day has passed without any rating: they cannot be rated any more.

    Args:
        db: The trainer's database.
        rater: Whose own ratings count as own.
        today: The day of now.
    """
    known = {one.header.id: one for one in headers.known_headers(db)}
    packages = {one.header_id: one for one in package_rows.packages(db) if one.header_id}
    ratings: defaultdict[str, list[Rating]] = defaultdict(list)
    for body in db.query("SELECT body FROM qa_ratings WHERE calibration = ''"):
        one = rating_rows.read_as(Rating, body["body"])
        ratings[one.call].append(one)
    mine = rating_rows.own_ids(db, rater)
    words = rating_rows.words_of(db, [one.id for of_call in ratings.values() for one in of_call])
    objected = {ident for ident, said in words.items() if open_objection(*said) is not None}
    found: dict[str, CallToRate] = {}
    for kept in draws.kept_draws(db):
        for call in kept.draw.calls:
            if call.header in found:
                continue
            row = _row(kept, call, known.get(call.header), packages.get(call.header), ratings[call.header], mine)
            if any(one.id in objected for one in ratings[call.header]):
                row = replace(row, objected=True)
            if row.package or row.ratings or row.own or kept.until >= today:
                found[call.header] = row
    return sorted(found.values(), key=lambda row: (_turn(row), row.started_at, row.call))


def matches(row: CallToRate, query: str) -> bool:
    """Return whether a call has every word of a query in its code, field, plan, day or flags."""
    text = _folded(" ".join((row.counsellor, row.category, row.plan, row.started_at.replace("T", " "), *row.flags)))
    return all(word in text for word in _folded(query).split())


def _row(
    kept: KeptDraw,
    call: DrawnCall,
    known: KnownHeader | None,
    package: KeptPackage | None,
    ratings: list[Rating],
    mine: Collection[str],
) -> CallToRate:
    own = [one for one in ratings if one.id in mine]
    state = "submitted" if any(one.submitted_at for one in own) else ("draft" if own else "")
    header = known.header if known is not None else None
    return CallToRate(
        call=call.header,
        counsellor=call.counsellor,
        started_at=header.started_at if header else (package.started_at if package else ""),
        duration_s=float(header.duration_s) if header else (package.duration_s if package else 0.0),
        category=header.category if header else (package.category if package else ""),
        plan=kept.draw.plan.title,
        package=package.package_id if package else "",
        until=kept.until.isoformat(),
        ratings=sum(1 for one in ratings if one.submitted_at),
        own=state,
        flags=tuple(flag.value for flag in header.flags) if header else (),
    )


def _turn(row: CallToRate) -> int:
    if row.objected or (row.package and row.own != "submitted"):
        return 0
    return 1 if not row.package and not row.own else 2


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def package_of(db: Database, header: str) -> KeptPackage | None:
    """Return the package of a drawn call, or None where it is not here."""
    return next((one for one in package_rows.packages(db) if one.header_id == header), None)
