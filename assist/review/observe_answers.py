"""What the counsellor told against the knowledge entry that was used: words, and figures one by one.

A figure that the entry has, but beside another word than it was said at, is told as such (aspect ``elsewhere``, with
the words of both places); what it means the rater judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assist import numbers
from assist.events import CardActed, SuggestionsReady
from assist.model import CardAction, Turn
from assist.review.figure_places import Placed, elsewhere, placed
from assist.review.figures import Figure, akin, among, figures, same, shown_text
from assist.review.model import Observation, ObservationKind
from assist.review.observe_calls import HeardCall
from assist.review.observe_manners import patterns
from assist.summarize.clauses import clauses, stems
from assist.summarize.roles import Role, role_of
from audio.events import CallEvent
from audio.model import Channel

TOLD: Final = 0.3
"""Share of a clause's words found in the entry from which it counts as told from it. Own judgement, see the tests."""
_FEWEST_STEMS: Final = 3
"""A shorter clause is not held against an entry."""
_USED: Final = frozenset((CardAction.USED, CardAction.COPIED))
_ANSWERS: Final = frozenset((Role.ANSWER, Role.ACTION, Role.COMMITMENT, Role.RESTATEMENT))
_CALLERS_OWN: Final = re.compile(r"말씀(?:이시|하신|이신)|맞으|맞(?:죠|지요|습니까|나요)|문의(?:하시|이시)")
"""Said back to the caller; not told to him."""
_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_NOT_COMPARED: Final = frozenset(("번", "점", "도"))
"""Units that mean too many things: 한 번, 문의하실 점, 그래도."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A used knowledge entry."""

    article_id: str
    since_s: float
    """Told from here on: when it first came up, or was used."""
    used_s: float
    sentences: tuple[tuple[str, frozenset[str]], ...]
    """Each with its content words."""
    stems: frozenset[str]
    figures: tuple[Figure, ...]
    places: tuple[Placed, ...]


def against_entries(call: HeardCall, events: Sequence[CallEvent], entries: Mapping[str, str]) -> Iterator[Observation]:
    """Yield what was told against the entries that were used, then the figures.

    Args:
        call: What was said.
        events: The call's log: cards with their entries as they stood then, and what was done with them.
        entries: Texts by article id of entries that the log does not hold (searched by hand).
    """
    used = _used(call, events, entries)
    told: dict[str, list[tuple[Turn, str, float]]] = {entry.article_id: [] for entry in used}
    compared: list[Observation] = []
    callers = [(turn.start, figure) for turn in call.by(Channel.CALLER) for figure in figures(turn.text)]
    for turn in call.by(Channel.AGENT):
        active = [entry for entry in used if entry.since_s <= turn.end]
        if not active:
            continue
        said = _told(turn)
        if not said:
            continue
        entry = max(active, key=lambda one: (_overlap(" ".join(said), one), one.since_s))
        before = [figure for start, figure in callers if start < turn.start]
        asked = next((one.text for one in reversed(call.by(Channel.CALLER)) if one.start < turn.start), "")
        for words in said:
            told[entry.article_id].append((turn, words, _overlap(words, entry)))
            compared += _figures(turn, words, asked, entry, active, before)
    for entry in used:
        yield _answer(entry, told[entry.article_id])
    yield from compared


def unshown(events: Sequence[CallEvent]) -> tuple[str, ...]:
    """Return the ids of entries that were opened, used or copied and whose text the log does not hold, in order."""
    shown = {card.article_id for event in events if isinstance(event, SuggestionsReady) for card in event.cards}
    acted = dict.fromkeys(
        event.article_id
        for event in events
        if isinstance(event, CardActed) and (event.action in _USED or event.action is CardAction.OPENED)
    )
    return tuple(ident for ident in acted if ident not in shown)


def _answer(entry: _Entry, told: list[tuple[Turn, str, float]]) -> Observation:
    """Return how much of what was told under an entry stands in it, with the stretch it was told in."""
    kind = ObservationKind.ANSWER_AGAINST_ENTRY
    there = [(turn, words, share) for turn, words, share in told if share >= TOLD]
    if not there:
        return Observation("", kind, False, entry.used_s, entry.used_s, (), 0.0, article_id=entry.article_id)
    turns = {turn.index: turn for turn, _, _ in there}
    _, words, _ = max(there, key=lambda one: one[2])
    return Observation(
        "", kind, True,
        min(turn.start for turn in turns.values()), max(turn.end for turn in turns.values()), tuple(turns),
        len(there) / len(told), said=words, expected=_closest(words, entry), article_id=entry.article_id,
    )  # fmt: skip


def _figures(
    turn: Turn, words: str, asked: str, entry: _Entry, active: Sequence[_Entry], callers: Sequence[Figure]
) -> Iterator[Observation]:
    kind = ObservationKind.FIGURE_AGAINST_ENTRY
    found, shown = figures(words), shown_text(words)
    for figure in found:
        if figure.kind in _NOT_COMPARED or any(same(figure, own) for own in callers):
            continue  # said again to the caller, who said it first: not out of the entry
        for source in (entry, *(other for other in active if other is not entry)):
            match, unsure = among(figure, source.figures)
            if unsure:
                break
            if match is not None:
                where = elsewhere(shown, figure, found, source.places, asked) if source is entry else None
                yield Observation(
                    "", kind, True, turn.start, turn.end, (turn.index,), said=figure.shown,
                    expected=" · ".join(f"{one.label} {one.figure.shown}" for one in where) if where else match.shown,
                    article_id=source.article_id, aspect="elsewhere" if where else "",
                )  # fmt: skip
                break
        else:
            others = [one for one in figures(_closest(words, entry)) if akin(one, figure)] or [
                one for one in entry.figures if akin(one, figure)
            ]
            if not others and figure.kind not in ("amount", "phone"):
                continue
            yield Observation(
                "", kind, False, turn.start, turn.end, (turn.index,), said=figure.shown,
                expected=", ".join(dict.fromkeys(one.shown for one in others[:3])), article_id=entry.article_id,
            )  # fmt: skip


def _used(call: HeardCall, events: Sequence[CallEvent], entries: Mapping[str, str]) -> list[_Entry]:
    """Return the entries used or copied, in order; where none was, those that were opened."""
    # An entry counts from the question it came up for: recognition may lag, so the time of the event may be later.
    asked = {turn.index: turn.start for turn in call.turns}
    shown: dict[str, tuple[float, str]] = {}
    acted: dict[str, tuple[float, CardAction]] = {}
    for event in sorted(events, key=lambda one: (one.t_ns, one.seq)):
        if isinstance(event, SuggestionsReady):
            for card in event.cards:
                text = "\n".join((card.title, card.answer or card.passage, card.department, card.phone))
                at = min(event.t_ns / 1e9, asked.get(event.turn, float("inf")))
                shown.setdefault(card.article_id, (at, text))
        elif isinstance(event, CardActed):
            before = acted.get(event.article_id)
            if before is None or (before[1] not in _USED and event.action in _USED):
                acted[event.article_id] = (event.t_ns / 1e9, event.action)
    wanted = [ident for ident, (_, action) in acted.items() if action in _USED]
    if not wanted:
        wanted = [ident for ident, (_, action) in acted.items() if action is CardAction.OPENED]
    made = []
    for ident in wanted:
        at = acted[ident][0]
        since, text = shown.get(ident, (at, entries.get(ident, "")))
        if text:
            made.append(_entry(ident, text, since, at))
    return made


def _told(turn: Turn) -> list[str]:
    """Return the clauses of a counsellor's turn that tell something, spoken numbers as digits."""
    wait = patterns()["wait.asked"]
    return [
        clause.text
        for clause in clauses((turn,))
        if role_of(clause) in _ANSWERS
        and not wait.search(clause.text)
        and not _CALLERS_OWN.search(clause.text)
        and (len(stems(clause.text)) >= _FEWEST_STEMS or figures(clause.text))
    ]


def _entry(ident: str, text: str, since_s: float, used_s: float) -> _Entry:
    # Numbers as digits, as clauses have them: so that words compare.
    shown = numbers.display(text)[0]
    sentences = tuple((one, stems(one)) for one in _SENTENCES.split(shown) if one.strip())
    places = placed([one for one, _ in sentences])
    return _Entry(ident, since_s, used_s, sentences, stems(shown), figures(text), places)


def _overlap(words: str, entry: _Entry) -> float:
    """Return the share of content words that the entry has too, 0 to 1."""
    said = stems(words)
    return len(said & entry.stems) / len(said) if said else 0.0


def _closest(words: str, entry: _Entry) -> str:
    """Return the entry's sentence that shares most words."""
    said = stems(words)
    return max(entry.sentences, key=lambda one: len(said & one[1]), default=("", frozenset()))[0]
