"""What the desk learns: bounded, fading, kept to the kind of question it was learned from."""

from __future__ import annotations

import math
import random

from assist.learning import HALF_LIFE_DAYS, MOST, MOST_QUESTIONS, Learner, boost, head_words
from assist.model import CardAction

TODAY = 20_000.0
PARKING = ("불법주정차", "신고", "과태료")
PASSPORT = ("여권", "재발급", "서류")


def used(learner: Learner, words: tuple[str, ...], entry: str, times: int, day: float = TODAY) -> None:
    for _ in range(times):
        learner.learn(words, entry, "v1", CardAction.USED, day)


def ranked(learner: Learner, words: tuple[str, ...], scores: dict[str, float], day: float = TODAY) -> list[str]:
    """Order entries as a search would: calibrated chance, moved by what was learned."""
    nudges = learner.nudges(words, day)

    def odds(entry: str) -> float:
        return math.log(scores[entry] / (1 - scores[entry])) + (nudges[entry].boost if entry in nudges else 0.0)

    return sorted(scores, key=odds, reverse=True)


def test_200_uses_lift_the_used_answer_sink_the_dismissed_one_and_leave_other_questions_alone() -> None:
    """A simulated month: the counsellor uses the right answer, dismisses a wrong one, at questions worded anew."""
    draw = random.Random(4)
    learner = Learner()
    intents = {n: tuple(f"말{n}{letter}" for letter in "가나다라") for n in range(30)}
    truth = {n: f"right-{n}" for n in intents}
    scores = {n: {f"right-{n}": 0.55, f"near-{n}": 0.60, f"wrong-{n}": 0.58, f"far-{n}": 0.20} for n in intents}
    seen, unseen = range(20), range(20, 30)

    def hits(which: range) -> float:
        return sum(ranked(learner, intents[n], scores[n])[0] == truth[n] for n in which) / len(which)

    before_seen, before_unseen = hits(seen), hits(unseen)
    unseen_order = [ranked(learner, intents[n], scores[n]) for n in unseen]
    for _ in range(200):
        n = draw.choice(seen)
        words = tuple(draw.sample(intents[n], 3))
        learner.learn(words, truth[n], "v1", CardAction.USED, TODAY)
        if draw.random() < 0.5:
            learner.learn(words, f"wrong-{n}", "v1", CardAction.DISMISSED, TODAY)
    assert hits(seen) >= before_seen + 0.05
    assert hits(unseen) == before_unseen
    assert [ranked(learner, intents[n], scores[n]) for n in unseen] == unseen_order
    for n in seen:
        order = ranked(learner, intents[n], scores[n])
        assert order.index(f"wrong-{n}") > order.index(truth[n])
        assert len(order) == 4, "a dismissed answer sinks and stays findable"


def test_no_amount_of_use_moves_an_answer_further_than_the_bound() -> None:
    learner = Learner()
    used(learner, PARKING, "A", 1_000)
    for _ in range(1_000):
        learner.learn(PARKING, "B", "v1", CardAction.DISMISSED, TODAY)
    nudges = learner.nudges(PARKING, TODAY)
    assert nudges["A"].boost == MOST
    assert nudges["B"].boost == -MOST
    assert nudges["A"].used == 1_000


def test_one_use_is_a_small_nudge() -> None:
    assert 0 < boost(1.0, 0.0) < 0.15
    assert boost(0.0, 0.0) == 0.0
    assert boost(2.0, 0.0) == -boost(0.0, 2.0)


def test_opening_counts_less_than_using() -> None:
    opened, taken = Learner(), Learner()
    opened.learn(PARKING, "A", "v1", CardAction.OPENED, TODAY)
    taken.learn(PARKING, "A", "v1", CardAction.COPIED, TODAY)
    assert 0 < opened.nudges(PARKING, TODAY)["A"].boost < taken.nudges(PARKING, TODAY)["A"].boost


def test_what_was_learned_fades() -> None:
    learner = Learner()
    used(learner, PARKING, "A", 4)
    now = learner.nudges(PARKING, TODAY)["A"]
    later = learner.nudges(PARKING, TODAY + HALF_LIFE_DAYS)["A"]
    assert (now.used, later.used) == (4, 2)
    assert 0 < later.boost < now.boost
    assert learner.nudges(PARKING, TODAY + 20 * HALF_LIFE_DAYS) == {}


def test_a_changed_entry_starts_anew() -> None:
    learner = Learner()
    used(learner, PARKING, "A", 10)
    assert learner.nudges(PARKING, TODAY, {"A": "v2"}) == {}
    learner.learn(PARKING, "A", "v2", CardAction.USED, TODAY)
    assert learner.nudges(PARKING, TODAY, {"A": "v2"})["A"].used == 1
    assert learner.nudges(PARKING, TODAY, {}) == {}, "an entry that is gone"


def test_other_questions_learn_nothing() -> None:
    learner = Learner()
    used(learner, PARKING, "A", 10)
    assert learner.nudges(PASSPORT, TODAY) == {}
    assert learner.nudges(("신고", "여권", "재발급", "분실", "절차"), TODAY) == {}, "one shared word is too little"
    assert "A" in learner.nudges(("불법주정차", "신고"), TODAY)


def test_nothing_is_learned_from_a_question_without_words() -> None:
    learner = Learner()
    assert learner.learn((), "A", "v1", CardAction.USED, TODAY) is None
    assert learner.rows() == ()


def test_rows_bring_everything_back() -> None:
    learner = Learner()
    used(learner, PARKING, "A", 3)
    learner.learn(PASSPORT, "B", "v1", CardAction.DISMISSED, TODAY)
    again = Learner(learner.rows())
    assert again.nudges(PARKING, TODAY) == learner.nudges(PARKING, TODAY)
    assert again.nudges(PASSPORT, TODAY) == learner.nudges(PASSPORT, TODAY)


def test_memory_is_bounded() -> None:
    learner = Learner()
    for n in range(MOST_QUESTIONS + 50):
        learner.learn((f"문의{n}",), "A", "v1", CardAction.USED, TODAY + n / 100)
    assert len({row.words for row in learner.rows()}) <= MOST_QUESTIONS
    newest = head_words((f"문의{MOST_QUESTIONS + 49}",))
    assert any(row.words == newest for row in learner.rows())


def test_a_misheard_word_is_still_the_same_kind_of_question() -> None:
    learner = Learner()
    used(learner, ("불법주정차", "신고", "과태료"), "A", 5)
    assert "A" in learner.nudges(("불법주청차", "신고", "과태료"), TODAY)
    assert learner.nudges(("불법체류", "신고", "절차"), TODAY) == {}
