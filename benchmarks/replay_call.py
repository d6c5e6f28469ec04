"""A long saved call to replay: its log in a store of its own, its sound sealed second by second.

The words are those of the practice calls that ship with the program, over and over; the sound is noise in the rhythm of
the words, so that waveform, silence and position mean something. Nothing is recognised.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

import resources
from app import practice_calls
from app.home import Home
from app.personal import desk_key, open_personal
from app.settings import Settings
from assist.events import (
    AbuseSeen,
    CallEnded,
    CallStarted,
    CardActed,
    CardsShown,
    DraftReady,
    MomentMarked,
    NumberHeard,
    RecordFiled,
    SuggestionsReady,
    TurnUpdated,
    WarningGiven,
)
from assist.model import (
    AbuseFinding,
    AbuseLabel,
    CallRecord,
    Card,
    CardAction,
    Draft,
    HeardNumber,
    Script,
    Turn,
)
from assist.numbers import display
from audio.adapters.sealed_frames import SealedJournals
from audio.events import CallEvent, TranscriptFinal, WordsAligned
from audio.journal import SLOT_SAMPLES, Title
from audio.model import SAMPLE_RATE, Channel, Word
from kb.model import Band, TextSpan

CALL: Final = "01KAREPLAYBENCHCALL0000000"
TURN_S: Final = 9.0
"""Seconds from turn to turn."""
_GROWS_EVERY: Final = 4
"""Turns from one growing draft to the next that says something else."""
_INQUIRY_TURNS: Final = 80


@dataclass(frozen=True, slots=True)
class _Said:
    index: int
    channel: Channel
    start: float
    end: float
    text: str


def build(home: Home, seconds: float, events: int, turn_s: float = TURN_S) -> str:
    """Save a call of ``seconds`` with exactly ``events`` events and sound on both sides; returns its id."""
    said = list(_dialogue(seconds, turn_s))
    log = list(_log(said, seconds))
    marks = events - len(log)
    if marks < 0:
        raise ValueError(f"the call has {len(log)} events already")
    log[-3:-3] = [_mark(number, seconds / (marks + 1)) for number in range(marks)]
    log.sort(key=lambda event: event.t_ns)
    personal = open_personal(home, Settings, lambda event: None)
    try:
        personal.store.begin_session(CALL, "2026-11-20T09:00:00+09:00", "file", "bench.wav")
        for number, event in enumerate(log, start=1):
            object.__setattr__(event, "seq", number)
            personal.store.append(event)
        personal.store.end_session(CALL, seconds)
        personal.store.flush()
    finally:
        personal.close()
    _record(home.sound / CALL, desk_key(home).derive("sound"), said, seconds)
    return CALL


def words_of(said: str, start: float, end: float) -> tuple[Word, ...]:
    """Return evenly spoken words."""
    parts = said.split()
    step = (end - start) / len(parts)
    return tuple(
        Word(part, round(start + n * step, 3), round(start + n * step + step * 0.7, 3)) for n, part in enumerate(parts)
    )


def _dialogue(seconds: float, turn_s: float) -> Iterator[_Said]:
    turns = [turn for call in practice_calls.load() for turn in call.turns]
    for index in range(int(seconds / turn_s)):
        turn = turns[index % len(turns)]
        start = index * turn_s + 0.5
        end = min(start + 0.16 * len(turn.text), start + turn_s - 1.5)
        yield _Said(index, turn.speaker, start, end, turn.text)


def _cards() -> list[Card]:
    cards = []
    for file in sorted(resources.path("sample_kb").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            cards.append(
                Card(
                    article_id=row["id"],
                    title=row["question"],
                    passage=row["answer"].splitlines()[0],
                    highlights=(TextSpan(0, 2),),
                    answer=row["answer"],
                    category=row["category"],
                    department=row.get("department", ""),
                    phone=row.get("phone", ""),
                    district=row.get("district", ""),
                    updated=row.get("updated", ""),
                    score=0.8,
                    band=Band.SURE,
                )
            )
    return cards


def _log(said: list[_Said], seconds: float) -> Iterator[CallEvent]:
    cards = _cards()
    script = Script("warn", "profanity", "욕설을 계속하시면 상담을 마치겠습니다.")
    yield CallStarted(call_id=CALL, t_ns=0, wall_time="2026-11-20T09:00:00+09:00", source="file", title="bench.wav")
    for one in said:
        shown, digits = display(one.text)
        at = int((one.end + 0.6) * 1e9)
        stamp: dict[str, Any] = {"call_id": CALL}
        words = words_of(one.text, one.start, one.end)
        yield TranscriptFinal(
            **stamp,
            t_ns=at,
            utterance=one.index,
            channel=one.channel,
            start=one.start,
            end=one.end,
            text=one.text,
            display=shown,
            confidence=0.9,
            digits=digits,
        )
        turn = Turn(one.index, one.channel, one.start, one.end, one.text, shown, 0.9, (one.index,))
        yield TurnUpdated(**stamp, t_ns=at + 1_000_000, turn=turn)
        yield WordsAligned(**stamp, t_ns=at + 800_000_000, utterance=one.index, words=words)
        if one.channel is Channel.CALLER and one.index % 4 == 1:
            chosen = tuple(cards[(one.index * 7 + n) % len(cards)] for n in range(3))
            yield SuggestionsReady(
                **stamp,
                t_ns=at + 90_000_000,
                turn=one.index,
                question=one.text,
                cards=chosen,
                band=Band.SURE,
                ms=80.0,
            )
            ids = tuple(card.article_id for card in chosen)
            yield CardsShown(**stamp, t_ns=at + 400_000_000, turn=one.index, article_ids=ids)
            yield CardActed(
                **stamp, t_ns=at + 900_000_000, article_id=ids[0], title=chosen[0].title, action=CardAction.USED
            )
        if digits and one.index % 3 == 0:
            heard = HeardNumber(one.index, "count", digits[0].display, one.channel, one.index, one.start, one.end, True)
            yield NumberHeard(**stamp, t_ns=at + 20_000_000, number=heard)
        if one.channel is Channel.CALLER and one.index % 50 == 1:
            finding = AbuseFinding(AbuseLabel.INSULT, (AbuseLabel.INSULT,), 1, (TextSpan(0, 2),))
            yield AbuseSeen(
                **stamp,
                t_ns=at + 30_000_000,
                turn=one.index,
                finding=finding,
                script=script,
                warnings_given=0,
                warnings_allowed=1,
            )
            yield WarningGiven(**stamp, t_ns=at + 950_000_000, script=script, count=1)
        if one.index % _GROWS_EVERY == 2:
            yield DraftReady(**stamp, t_ns=at + 95_000_000, draft=_grown(said[: one.index + 1]), final=False)
    end = int(seconds * 1e9)
    record = CallRecord("교통", None, (said[1].text,), (said[2].text,), ("안내함",))
    yield CallEnded(call_id=CALL, t_ns=end, duration_s=seconds)
    yield DraftReady(call_id=CALL, t_ns=end + 1, draft=Draft((record,), "요약"), final=True)
    filed = CallRecord("교통", None, (said[1].text + " 확인",), (said[2].text,), ("안내함",))
    yield RecordFiled(call_id=CALL, t_ns=end + 60_000_000_000, records=(filed,), version=1)


def _grown(said: list[_Said]) -> Draft:
    """Return a draft; all of them together are as long as those that two hours of the practice calls grow by."""
    records = []
    for first in range(0, len(said), _INQUIRY_TURNS):
        turns = said[first : first + _INQUIRY_TURNS]
        caller, agent = (
            [one for one in turns if one.channel is side][-13:] for side in (Channel.CALLER, Channel.AGENT)
        )
        evidence: dict[str, tuple[int, ...]] = {f"inquiry.{n}": (one.index,) for n, one in enumerate(caller)}
        evidence |= {f"answer.{n}": (one.index,) for n, one in enumerate(agent)}
        texts = tuple(one.text for one in caller), tuple(one.text for one in agent)
        records.append(CallRecord("교통", "주정차", *texts, ("안내함",), None, evidence))
    return Draft(tuple(records), said[0].text)


def _mark(number: int, every_s: float) -> MomentMarked:
    at = (number + 1) * every_s
    return MomentMarked(call_id=CALL, t_ns=int(at * 1e9), at_s=at)


def _record(folder: Path, key: bytes, said: list[_Said], seconds: float) -> None:
    journals = SealedJournals(key, sync=lambda descriptor: None)
    noise = np.random.default_rng(1).integers(-9000, 9000, SLOT_SAMPLES).astype(np.int16)
    for channel in Channel:
        loud = np.zeros(int(seconds * 50), np.float32)  # 20 ms a step
        for one in said:
            if one.channel is channel:
                for word in words_of(one.text, one.start, one.end):
                    loud[int(word.start * 50) : int(word.end * 50)] = 1.0
        writer = journals.create(folder, Title(CALL, channel, 0))
        whole = int(seconds)
        for second in range(whole):
            shape = np.repeat(loud[second * 50 : second * 50 + 50], SAMPLE_RATE // 50)
            writer.append((noise * shape).astype(np.int16), last=second == whole - 1)
        writer.close()
