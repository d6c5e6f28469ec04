"""A call as it was against the same call run again: utterances by overlap in time, the rest by the words it hangs on.

Whatever the help in a call did, it did for one utterance; utterances of both runs that lie over each other in time
form a group, and cards and labels are compared group by group. Numbers are compared by value, the draft field by
field. Text is compared as it was shown, NFC, without regard to the amount of space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from assist.events import (
    BY_MEANING,
    WORDS_ALONE,
    AbuseSeen,
    BehaviourSeen,
    CrisisSeen,
    DraftReady,
    NoticeRaised,
    NumberHeard,
    SuggestionsReady,
    TurnUpdated,
)
from assist.model import CallRecord, Card, HeardNumber
from assist.suggest import FROM_MENUS
from audio.events import CallEvent, TranscriptFinal
from ui.replay.ports import RecordVersion
from ui.replay.then_now_ports import Compared, ComparedPart

_OVER: Final = 0.3
"""Share of the shorter utterance that must lie over the other for the two to be the same words."""
_BEFORE: Final = -1
"""Stands for the utterance of what came before anybody spoke."""
_FIELDS: Final = ("category", "inquiry", "answer", "action", "follow_up")
_SPACES: Final = re.compile(r"\s+")


@dataclass(slots=True)
class _Told:
    """What one run of a call told, by utterance."""

    finals: dict[int, TranscriptFinal] = field(default_factory=dict)
    cards: dict[int, tuple[Card, ...]] = field(default_factory=dict)
    labels: dict[int, list[str]] = field(default_factory=dict)
    label_at: dict[int, float] = field(default_factory=dict)
    words_alone: set[int] = field(default_factory=set)
    """What answers were looked for by words alone for: the model of meaning did not answer."""
    numbers: dict[int, HeardNumber] = field(default_factory=dict)
    draft: tuple[CallRecord, ...] = ()
    draft_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Group:
    """Utterances of both runs that are the same words."""

    channel: str
    at_s: float
    then: tuple[int, ...]
    now: tuple[int, ...]


def compare(
    then: Sequence[CallEvent],
    now: Sequence[CallEvent],
    kept: Collection[int] = (),
    records: RecordVersion | None = None,
) -> tuple[Compared, ...]:
    """Return everything that can be compared, by time; of one moment the draft last.

    Args:
        then: The stored events of a call, in the order they were stored.
        now: The events of its run again.
        kept: Utterances of the run again that are the stored text, since their sound is missing.
        records: The record as it stood first: that of a call whose log has no draft, since it was cut short.
    """
    before, after = _told(then), _told(now)
    if not before.draft and records is not None:
        before.draft, before.draft_s = records.records, records.at_s
    groups = _groups(before, after)
    rows = [*_texts(groups, before, after, kept), *_cards(groups, before, after), *_labels(groups, before, after)]
    rows += _numbers(before, after)
    parts = list(ComparedPart)
    rows.sort(key=lambda row: (row.at_s, parts.index(row.part), row.channel, row.field))
    return tuple(sorted((*rows, *_drafts(before, after)), key=lambda row: row.at_s))


def plain(text: str) -> str:
    """Return ``text`` as it is compared: NFC, single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def value_of(shown: str) -> str:
    """Return what a shown number says, without the way it is written: its letters and digits, NFKC."""
    return "".join(char for char in unicodedata.normalize("NFKC", shown) if char.isalnum())


def _told(events: Iterable[CallEvent]) -> _Told:
    told, seen, at, alone = _Told(), set[int](), _BEFORE, False
    behaviours: set[str] = set()
    for event in events:
        match event:
            case TranscriptFinal():
                if event.text.strip():
                    told.finals[event.utterance] = event
            case TurnUpdated():
                fresh = [one for one in event.turn.utterances if one not in seen]
                seen.update(fresh)
                at = fresh[-1] if fresh else (event.turn.utterances or (at,))[-1]
                told.words_alone |= {at} if alone else set()
            case NoticeRaised(code=code) if code in (WORDS_ALONE, BY_MEANING):
                # It is told right after the search for the utterance that it holds from.
                alone = code == WORDS_ALONE
                told.words_alone = told.words_alone | {at} if alone else told.words_alone - {at}
            case SuggestionsReady():
                told.cards[_BEFORE if event.turn == FROM_MENUS else at] = event.cards
            case AbuseSeen():
                _label(told, at, event.t_ns, [f"{label}:{event.finding.severity}" for label in event.finding.labels])
            case CrisisSeen():
                _label(told, at, event.t_ns, [f"crisis.{event.finding.kind}:{event.finding.urgency}"])
            case BehaviourSeen():
                new = [f"behaviour.{kind}" for kind in event.kinds if kind not in behaviours]
                behaviours.update(event.kinds)
                _label(told, at, event.t_ns, new)
            case NumberHeard():
                told.numbers[event.number.id] = event.number
            case DraftReady() if event.final:
                told.draft, told.draft_s = event.draft.records, event.t_ns / 1e9
            case _:
                pass
    return told


def _label(told: _Told, utterance: int, t_ns: int, labels: Sequence[str]) -> None:
    if labels:
        told.labels.setdefault(utterance, []).extend(labels)
        told.label_at.setdefault(utterance, t_ns / 1e9)


# -- groups -----------------------------------------------------------------------------------------------------


def _groups(then: _Told, now: _Told) -> list[_Group]:
    """Return what belongs together: connected by lying over each other on the same side."""
    finals = [*(("then", one) for one in then.finals.values()), *(("now", one) for one in now.finals.values())]
    finals.sort(key=lambda item: (item[1].channel, item[1].start, item[1].end, item[0]))
    home = list(range(len(finals)))

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    longest = max((one.end - one.start for _, one in finals), default=0.0)
    for first, (run, one) in enumerate(finals):
        for second in range(first + 1, len(finals)):
            other_run, other = finals[second]
            if other.channel != one.channel or other.start > one.start + longest:
                break
            if other_run != run and _same_words(one, other):
                home[root(second)] = root(first)
    members: dict[int, list[int]] = {}
    for at in range(len(finals)):
        members.setdefault(root(at), []).append(at)
    found = [_group([finals[at] for at in own]) for own in members.values()]
    return sorted(found, key=lambda group: (group.at_s, group.channel))


def _same_words(one: TranscriptFinal, other: TranscriptFinal) -> bool:
    over = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return over > _OVER * shorter or (one.start, one.end) == (other.start, other.end)


def _group(members: Sequence[tuple[str, TranscriptFinal]]) -> _Group:
    return _Group(
        str(members[0][1].channel),
        min(one.start for _, one in members),
        tuple(one.utterance for run, one in members if run == "then"),
        tuple(one.utterance for run, one in members if run == "now"),
    )


# -- parts ------------------------------------------------------------------------------------------------------


def _texts(groups: Iterable[_Group], then: _Told, now: _Told, kept: Collection[int]) -> list[Compared]:
    rows = []
    for group in groups:
        sides = tuple(
            tuple(plain(told.finals[one].display or told.finals[one].text) for one in own)
            for told, own in ((then, group.then), (now, group.now))
        )
        same = " ".join(sides[0]) == " ".join(sides[1])
        is_kept = any(one in kept for one in group.now)
        rows.append(Compared(ComparedPart.TEXT, group.at_s, sides[0], sides[1], same, group.channel, kept=is_kept))
    return rows


def _cards(groups: Iterable[_Group], then: _Told, now: _Told) -> list[Compared]:
    rows = []
    menus = _Group("caller", 0.0, (_BEFORE,), (_BEFORE,))
    for group in (menus, *groups):
        shown = [_last(told.cards, own) for told, own in ((then, group.then), (now, group.now))]
        if any(shown):
            lines = [tuple(plain(text) for card in cards for text in (card.title, card.passage)) for cards in shown]
            ids = [tuple(card.article_id for card in cards) for cards in shown]
            same = lines[0] == lines[1] and ids[0] == ids[1]
            alone = [not told.words_alone.isdisjoint(own) for told, own in ((then, group.then), (now, group.now))]
            why = "" if same or alone[0] == alone[1] else "then" if alone[0] else "now"
            rows.append(
                Compared(
                    ComparedPart.CARD,
                    group.at_s,
                    lines[0],
                    lines[1],
                    same,
                    then_ids=ids[0],
                    now_ids=ids[1],
                    words_alone=why,
                )
            )
    return rows


def _last(cards: dict[int, tuple[Card, ...]], utterances: Sequence[int]) -> tuple[Card, ...]:
    """Return the list that stood after these utterances; an empty one where none was put up for them."""
    shown = [cards[one] for one in utterances if one in cards]
    return shown[-1] if shown else ()


def _labels(groups: Iterable[_Group], then: _Told, now: _Told) -> list[Compared]:
    rows = []
    for group in (_Group("", 0.0, (_BEFORE,), (_BEFORE,)), *groups):
        seen = [
            tuple(sorted({label for one in own for label in told.labels.get(one, ())}))
            for told, own in ((then, group.then), (now, group.now))
        ]
        if any(seen):
            at_s = group.at_s if group.channel else min(_label_times(then, now), default=0.0)
            same = seen[0] == seen[1]
            rows.append(Compared(ComparedPart.LABEL, at_s, seen[0], seen[1], same, group.channel))
    return rows


def _label_times(then: _Told, now: _Told) -> list[float]:
    return [told.label_at[_BEFORE] for told in (then, now) if _BEFORE in told.label_at]


def _numbers(then: _Told, now: _Told) -> list[Compared]:
    left = sorted(then.numbers.values(), key=lambda one: (one.start, one.id))
    right = sorted(now.numbers.values(), key=lambda one: (one.start, one.id))
    rows = []
    for matches in (_equal, _overlapping):
        for one in tuple(left):
            near = [other for other in right if matches(one, other)]
            if near:
                other = min(near, key=lambda number: abs(number.start - one.start))
                left.remove(one)
                right.remove(other)
                rows.append(_number(one, other))
    return [*rows, *(_number(one, None) for one in left), *(_number(None, one) for one in right)]


def _equal(one: HeardNumber, other: HeardNumber) -> bool:
    near = one.start <= other.end + 1.0 and other.start <= one.end + 1.0
    return one.channel == other.channel and value_of(one.display) == value_of(other.display) and near


def _overlapping(one: HeardNumber, other: HeardNumber) -> bool:
    over = min(one.end, other.end) - max(one.start, other.start)
    return one.channel == other.channel and one.kind == other.kind and over > 0


def _number(one: HeardNumber | None, other: HeardNumber | None) -> Compared:
    known = one or other
    assert known is not None
    same = one is not None and other is not None and value_of(one.display) == value_of(other.display)
    then, now = ((number.display,) if number is not None else () for number in (one, other))
    return Compared(ComparedPart.NUMBER, known.start, then, now, same, str(known.channel), known.kind)


def _drafts(then: _Told, now: _Told) -> list[Compared]:
    rows = []
    for number, (before, after) in enumerate(zip_longest(then.draft, now.draft)):
        for name in _FIELDS:
            old, new = _lines(before, name), _lines(after, name)
            if old or new:
                where = f"{number}.{name}"
                rows.append(Compared(ComparedPart.DRAFT, then.draft_s or now.draft_s, old, new, old == new, "", where))
    return rows


def _lines(record: CallRecord | None, name: str) -> tuple[str, ...]:
    if record is None:
        return ()
    if name == "category":
        return tuple(plain(part) for part in (record.category, record.subcategory) if part)
    value = getattr(record, name)
    return tuple(plain(line) for line in ((value,) if isinstance(value, str) else value or ()))
