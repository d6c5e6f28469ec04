"""Who is next, what lateness cuts back, and that finals are never lost."""

from __future__ import annotations

import threading

import pytest

from audio.decode_queue import DecodeQueue, Job, WordsJob
from audio.events import TranscriptFinal
from audio.model import Channel, Span

AGENT, CALLER = Channel.AGENT, Channel.CALLER
SECOND = 1_000_000_000


class FakeClock:
    def __init__(self) -> None:
        self.ns = 0

    def __call__(self) -> int:
        return self.ns


def job(channel: Channel, number: int = 0, *, partial: bool = False, due_s: float | None = 0.0) -> Job:
    return Job(
        (channel, number),
        Span(channel, 0, 16_000),
        partial=partial,
        settled=not partial and due_s is not None,
        due_ns=int((due_s or 0.0) * SECOND),
    )


def drain(queue: DecodeQueue) -> list[tuple[str, int, bool]]:
    queue.end()
    taken = []
    while (next_job := queue.take()) is not None:
        taken.append((str(next_job.key[0]), next_job.key[1], next_job.partial))
        queue.done()
    return taken


def test_order_is_caller_final_agent_final_caller_partial_agent_partial() -> None:
    queue = DecodeQueue(FakeClock())
    queue.put(job(AGENT, 4, partial=True))
    queue.put(job(CALLER, 3, partial=True))
    order = []
    queue.put(job(AGENT, 2))
    queue.put(job(CALLER, 1))
    queue.put(job(CALLER, 5, partial=True))  # a new partial after the final took the old one's place
    queue.put(job(AGENT, 6, partial=True))
    for _ in range(4):
        taken = queue.take()
        assert taken
        order.append((taken.key, taken.partial))
        queue.done()
    assert order == [((CALLER, 1), False), ((AGENT, 2), False), ((CALLER, 5), True), ((AGENT, 6), True)]


def test_finals_of_one_side_keep_their_order() -> None:
    queue = DecodeQueue(FakeClock())
    for number in range(5):
        queue.put(job(CALLER, number))
    assert [number for _, number, _ in drain(queue)] == [0, 1, 2, 3, 4]


def test_only_the_latest_partial_of_a_side_is_kept() -> None:
    queue = DecodeQueue(FakeClock())
    first, second = job(CALLER, 0, partial=True), job(CALLER, 0, partial=True)
    queue.put(first)
    queue.put(second)
    assert queue.take() is second


def test_the_end_forgets_partials_and_keeps_finals() -> None:
    queue = DecodeQueue(FakeClock())
    queue.put(job(CALLER, 0, partial=True))
    queue.put(job(AGENT, 0))
    assert drain(queue) == [("agent", 0, False)]


def test_a_withdrawn_try_is_not_decoded() -> None:
    queue = DecodeQueue(FakeClock())
    tried = job(CALLER, 0, due_s=None)
    queue.put(tried)
    queue.withdraw(tried)
    assert tried.void
    assert drain(queue) == []


@pytest.mark.parametrize(("late_s", "step"), [(0.0, 0), (1.9, 0), (2.1, 1), (4.1, 2), (8.1, 3), (15.1, 4), (100.0, 4)])
def test_lateness_sets_the_step(late_s: float, step: int) -> None:
    clock = FakeClock()
    told: list[tuple[float, int]] = []
    queue = DecodeQueue(clock, on_lag=lambda lag, step: told.append((round(lag, 3), step)))
    queue.put(job(CALLER, 0))
    clock.ns = int(late_s * SECOND)
    queue.take()
    assert queue.step == step
    assert told == ([(late_s, step)] if step else [])
    queue.done()
    assert queue.step == 0
    assert told[-1:] == ([(0.0, 0)] if step else [])


def test_steps_are_taken_back_only_well_below_what_set_them() -> None:
    clock = FakeClock()
    queue = DecodeQueue(clock)
    queue.put(job(CALLER, 0, due_s=0.0))
    queue.put(job(CALLER, 1, due_s=1.5))
    queue.put(job(CALLER, 2, due_s=2.5))
    clock.ns = int(2.6 * SECOND)
    queue.take()
    queue.done()
    assert queue.step == 1  # 1.1 s late: below 2 s, not below half of it
    queue.take()
    queue.done()
    assert queue.step == 0


def test_partials_rest_while_late() -> None:
    clock = FakeClock()
    queue = DecodeQueue(clock)
    queue.put(job(CALLER, 0))
    queue.put(job(CALLER, 1, due_s=3.0))
    clock.ns = 3 * SECOND
    queue.take()
    queue.put(job(AGENT, 0, partial=True))
    clock.ns = 6 * SECOND
    queue.done()
    queue.take()
    queue.done()
    assert queue.step == 0
    queue.put(job(AGENT, 1, partial=True))
    taken = queue.take()
    assert taken
    assert taken.key == (AGENT, 1)


def test_very_late_the_agent_waits_for_a_pause_of_the_caller_and_is_not_lost() -> None:
    clock = FakeClock()
    queue = DecodeQueue(clock)
    queue.set_speaking(CALLER, True)
    queue.put(job(AGENT, 0))
    clock.ns = 20 * SECOND
    taken: list[Job | WordsJob | None] = []
    worker = threading.Thread(target=lambda: taken.append(queue.take()))
    worker.start()
    queue.put(job(CALLER, 0, due_s=20.0))
    worker.join(30)
    assert taken[0]
    assert taken[0].key == (CALLER, 0)
    queue.done()
    queue.set_speaking(CALLER, False)
    agent = queue.take()
    assert agent
    assert agent.key == (AGENT, 0)


def test_a_file_as_fast_as_it_goes_waits_instead_of_piling_up() -> None:
    queue = DecodeQueue(FakeClock(), degrade_after_s=None, limit=2)
    for number in range(2):
        queue.put(job(CALLER, number))
    entered = threading.Event()

    def third() -> None:
        queue.put(job(CALLER, 2))
        entered.set()

    feeder = threading.Thread(target=third)
    feeder.start()
    assert not entered.wait(0.05)
    queue.take()
    assert entered.wait(30)
    feeder.join(30)


def test_abandoning_frees_the_worker() -> None:
    queue = DecodeQueue(FakeClock())
    queue.put(job(CALLER, 0))
    queue.abandon()
    assert queue.take() is None


def words(channel: Channel = CALLER, start: int = 0) -> WordsJob:
    span = Span(channel, start, start + 16_000)
    final = TranscriptFinal(
        call_id="c", t_ns=0, utterance=0, channel=channel, start=0, end=1, text="네", display="네", confidence=1.0
    )
    return WordsJob(span, final)


def test_words_are_timed_last_and_only_while_nobody_speaks() -> None:
    queue = DecodeQueue(FakeClock())
    queue.put_words(words())
    queue.put(job(CALLER, 1, partial=True))
    queue.put(job(AGENT, 2))
    taken = [queue.take(), queue.take(), queue.take()]
    assert [type(one) for one in taken] == [Job, Job, WordsJob]
    queue.done()
    queue.set_speaking(AGENT, True)
    queue.put_words(words())
    waiting: list[Job | WordsJob | None] = []
    worker = threading.Thread(target=lambda: waiting.append(queue.take()))
    worker.start()
    worker.join(0.05)
    assert waiting == []
    queue.set_speaking(AGENT, False)
    worker.join(30)
    assert isinstance(waiting[0], WordsJob)


def test_words_rest_while_late() -> None:
    clock = FakeClock()
    queue = DecodeQueue(clock)
    queue.put(job(CALLER, 0))
    queue.put_words(words())
    clock.ns = 3 * SECOND
    assert isinstance(queue.take(), Job)
    queue.put(job(CALLER, 1, due_s=3.0))
    queue.done()
    assert isinstance(queue.take(), Job)


def test_the_end_of_the_finals_does_not_wait_for_words() -> None:
    queue = DecodeQueue(FakeClock())
    queue.put(job(AGENT, 0))
    queue.put_words(words())
    assert drain(queue) == [("agent", 0, False)]
    assert queue.take_words() == words()
    assert queue.take_words() is None


def test_sound_is_needed_until_its_words_are_timed() -> None:
    queue = DecodeQueue(FakeClock())
    assert queue.words_from(CALLER) is None
    queue.put_words(words(start=500))
    queue.put_words(words(start=90_000))
    assert queue.words_from(CALLER) == 500
    assert queue.words_from(AGENT) is None
    queue.take()
    assert queue.words_from(CALLER) == 500  # still being timed
    queue.done()
    assert queue.words_from(CALLER) == 90_000


def test_abandoning_forgets_words() -> None:
    queue = DecodeQueue(FakeClock())
    queue.put_words(words())
    queue.abandon()
    queue.put_words(words())
    assert queue.take() is None
    assert queue.take_words() is None
