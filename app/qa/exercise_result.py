"""A played exercise beside its model case: words, cards, record, times. Nothing is counted into a score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from app.qa.exercise import Exercise, ExerciseLine
from app.qa.exercise_player import was_typed
from assist.events import CallEnded, CardActed
from assist.model import CallRecord, CardAction
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from ui.qa.exercise_ports import ExerciseResult, ExerciseTurn

_FIELDS = ("category", "inquiry", "answer", "action", "follow_up")


def result_of(exercise: Exercise, events: Sequence[CallEvent], records: Sequence[CallRecord]) -> ExerciseResult:
    """Compare the events and records of the trainee's call with the model case."""
    finals = [event for event in events if isinstance(event, TranscriptFinal) and event.text.strip()]
    finals.sort(key=lambda final: (final.start, final.utterance))
    own = [_own_line(final) for final in finals]
    typed = {_own_line(final) for final in finals if was_typed(final)}
    ended = next((event.duration_s for event in events if isinstance(event, CallEnded)), 0.0)
    return ExerciseResult(
        exercise.title,
        _turns(_answers(exercise.lines), _answers(own), typed),
        _cards(exercise, events),
        _record(exercise.records, records),
        exercise.duration_s,
        ended,
    )


def _own_line(final: TranscriptFinal) -> ExerciseLine:
    return ExerciseLine(final.channel, final.start, final.end, final.text.strip())


def _answers(lines: Iterable[ExerciseLine]) -> list[tuple[list[ExerciseLine], list[ExerciseLine]]]:
    """Return the call as rounds: what the caller said, and what was answered."""
    rounds: list[tuple[list[ExerciseLine], list[ExerciseLine]]] = [([], [])]
    for line in lines:
        said, answered = rounds[-1]
        if line.speaker is Channel.CALLER:
            if answered:
                rounds.append(([line], []))
            else:
                said.append(line)
        else:
            answered.append(line)
    return rounds


def _turns(
    model: Sequence[tuple[list[ExerciseLine], list[ExerciseLine]]],
    own: Sequence[tuple[list[ExerciseLine], list[ExerciseLine]]],
    typed: Collection[ExerciseLine],
) -> tuple[ExerciseTurn, ...]:
    """Join rounds by what the caller said: a trainee may have left a turn of his out."""
    answered = {_said(said): (said, answers) for said, answers in own}
    spoken = [line for said, _ in own for line in said]
    found = []
    for said, answers in model:
        mine = answered.get(_said(said))
        if mine is None:
            mine = _after(said, spoken, own)
        own_wait = None if mine[1] and mine[1][0] in typed else _wait(mine[0], mine[1])
        found.append(ExerciseTurn(_said(said), _said(answers), _said(mine[1]), _wait(said, answers), own_wait))
    return tuple(found)


def _after(
    said: Sequence[ExerciseLine],
    spoken: Sequence[ExerciseLine],
    own: Sequence[tuple[list[ExerciseLine], list[ExerciseLine]]],
) -> tuple[list[ExerciseLine], list[ExerciseLine]]:
    """Return the own round that ends with the same last words of the caller, or an empty one."""
    if said and any(line.text == said[-1].text for line in spoken):
        for own_said, answers in own:
            if own_said and own_said[-1].text == said[-1].text:
                return own_said, answers
    return [], []


def _said(lines: Iterable[ExerciseLine]) -> str:
    return " ".join(line.text for line in lines)


def _wait(said: Sequence[ExerciseLine], answers: Sequence[ExerciseLine]) -> float | None:
    return max(0.0, answers[0].start - said[-1].end) if said and answers else None


def _cards(exercise: Exercise, events: Iterable[CallEvent]) -> tuple[tuple[str, bool, bool], ...]:
    model = {card.article_id: card.title for card in exercise.cards}
    own: dict[str, str] = {}
    for event in events:
        if isinstance(event, CardActed) and event.action is CardAction.USED:
            own[event.article_id] = event.title
        elif isinstance(event, CardActed) and event.action is CardAction.DISMISSED:
            own.pop(event.article_id, None)
    return tuple((title, ident in model, ident in own) for ident, title in (model | own).items())


def _record(model: Sequence[CallRecord], own: Sequence[CallRecord]) -> tuple[tuple[str, str, str], ...]:
    rows = []
    for number in range(max(len(model), len(own))):
        for name in _FIELDS:
            theirs, mine = (_text(records[number], name) if number < len(records) else "" for records in (model, own))
            if theirs or mine:
                rows.append((f"{number}.{name}", theirs, mine))
    return tuple(rows)


def _text(record: CallRecord, name: str) -> str:
    if name == "category":
        return " › ".join(part for part in (record.category, record.subcategory) if part)
    value = getattr(record, name)
    return value or "" if isinstance(value, str | None) else "\n".join(value)
