from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.engine import EngineFault
from app.words import EngineMorphemes


@pytest.fixture
def words() -> Iterator[EngineMorphemes]:
    made = EngineMorphemes(factory="tests.helpers.words:build")
    yield made
    made.close()


def process(words: EngineMorphemes) -> str:
    return words.tokens("여권")[-1].form


def test_morphemes_come_from_another_process_with_their_places(words: EngineMorphemes) -> None:
    words.add_words(["자원순환과"])
    first, second, _ = words.tokens("여권  자원순환과")
    assert (first.form, first.tag, first.start, first.end) == ("여권", "NNG", 0, 2)
    assert (second.tag, second.start, second.end) == ("NNP", 4, 9)


def test_words_known_already_change_nothing_and_new_ones_bring_a_new_process(words: EngineMorphemes) -> None:
    words.add_words(["하나", "둘"])
    before = process(words)
    words.add_words(["둘"])
    assert process(words) == before
    words.add_words(["셋"])
    assert process(words) != before
    assert [one.tag for one in words.tokens("하나 셋 넷")][:3] == ["NNP", "NNP", "NNG"]


def test_nobody_waits_while_words_are_learned(words: EngineMorphemes) -> None:
    process(words)
    stop = threading.Event()
    failed: list[BaseException] = []
    answered = 0

    def ask() -> None:
        nonlocal answered
        while not stop.is_set():
            try:
                process(words)
                answered += 1
            except BaseException as error:
                failed.append(error)
                return

    asking = threading.Thread(target=ask)
    asking.start()
    for n in range(3):
        words.add_words([f"낱말{n}"])
    stop.set()
    asking.join()
    assert failed == []
    assert answered > 0


def test_a_question_that_ends_the_process_is_given_up_and_others_go_on(words: EngineMorphemes) -> None:
    with pytest.raises(EngineFault):
        words.tokens("끝")
    assert process(words)


def test_after_the_end_it_says_so(words: EngineMorphemes) -> None:
    words.close()
    with pytest.raises(EngineFault):
        words.tokens("여권")
    with pytest.raises(EngineFault):
        process(words)


def test_the_analyser_of_the_desk_answers_from_its_process() -> None:
    words = EngineMorphemes()
    try:
        words.add_words(["월드컵대교과"])
        assert ("월드컵대교과", "NNP") in [(one.form, one.tag) for one in words.tokens("월드컵대교과에 물어보세요")]
        assert words.tokens("\ud800") is not None
    finally:
        words.close()
