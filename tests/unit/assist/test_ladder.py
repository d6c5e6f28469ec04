from __future__ import annotations

import pytest

from assist.model import AbuseFinding, AbuseLabel, LadderWhy
from assist.protect.ladder import Ladder, Step, choices, situation, situation_for, situations
from assist.protect.scripts import shipped
from assist.settings import AssistSettings


def finding(label: AbuseLabel, severity: int = 2) -> AbuseFinding:
    return AbuseFinding(label=label, labels=(label,), severity=severity, evidence=())


def test_there_are_at_least_seventeen_complete_situations() -> None:
    ids = [item.id for item in situations()]
    assert len(ids) == len(set(ids)) >= 17
    for item in situations():
        assert item.title
        assert item.labels
        for step in Step:
            line = item.line(step)
            assert line.text.endswith(("다.", "오.", "요.", "지요."))
            assert line.is_final is (step is Step.FINAL)
    assert [script.situation for script in choices()] == ids


def test_ending_always_tells_a_reason() -> None:
    for item in situations():
        text = item.line(Step.FINAL).text
        assert "종료" in text
        assert any(word in text for word in ("제4조", "권장", "사유", "없으셔서"))


def test_one_warning_then_the_final_notice() -> None:
    ladder = Ladder(AssistSettings())
    curse = finding(AbuseLabel.PROFANITY)
    warning = ladder.next_for(curse)
    assert warning.id == "profanity.warning"
    assert ladder.said(warning) == 1
    final = ladder.next_for(curse)
    assert final.is_final
    assert not ladder.may_end
    assert ladder.said(final) == 1
    assert ladder.may_end


def test_mild_words_are_answered_with_a_plea_first() -> None:
    ladder = Ladder(AssistSettings())
    plea = ladder.next_for(finding(AbuseLabel.INSULT, 1))
    assert plea.id == "insult.plea"
    assert ladder.said(plea) == 0
    assert ladder.next_for(finding(AbuseLabel.INSULT, 1)).id == "insult.warning"


def test_the_site_sets_the_number_of_warnings() -> None:
    ladder = Ladder(AssistSettings(warnings_allowed=2))
    threat = finding(AbuseLabel.THREAT)
    for count in (1, 2):
        script = ladder.next_for(threat)
        assert not script.is_final
        assert ladder.said(script) == count
    assert ladder.next_for(threat).is_final


def test_sexual_harassment_ends_at_once_with_its_reason() -> None:
    script = Ladder(AssistSettings()).next_for(finding(AbuseLabel.SEXUAL))
    assert script.is_final
    assert "성희롱" in script.text
    lenient = Ladder(AssistSettings(ends_at_once=()))
    assert not lenient.next_for(finding(AbuseLabel.SEXUAL)).is_final


def test_insisting_is_never_warned() -> None:
    ladder = Ladder(AssistSettings())
    for _ in range(3):
        script = ladder.next_for(finding(AbuseLabel.UNREASONABLE))
        assert script.id.endswith(".plea")
        assert ladder.said(script) == 0


@pytest.mark.parametrize("label", list(AbuseLabel))
@pytest.mark.parametrize("severity", [1, 2, 3])
def test_every_finding_has_a_situation_and_a_line(label: AbuseLabel, severity: int) -> None:
    item = situation_for(finding(label, severity))
    assert label in item.labels
    assert Ladder(AssistSettings()).next_for(finding(label, severity)).text


def test_the_next_line_of_a_chosen_situation_climbs() -> None:
    ladder = Ladder(AssistSettings())
    steps = []
    for _ in range(3):
        script = ladder.next_line("drunk")
        steps.append(script.id)
        ladder.said(script)
    assert steps == ["drunk.plea", "drunk.warning", "drunk.final"]
    with pytest.raises(KeyError):
        situation("nothing")


def test_time_notices_come_once_each() -> None:
    ladder = Ladder(AssistSettings())
    assert ladder.due(899) is None
    notice = ladder.due(901)
    assert notice is not None
    assert notice.id == "time.notice"
    assert ladder.due(1100) is None
    limit = ladder.due(1200)
    assert limit is not None
    assert limit.is_final
    assert ladder.due(1300) is None


# -- the next line at any moment --------------------------------------------------------------------------------


def test_before_anything_happened_there_is_nothing_to_say() -> None:
    state = Ladder(AssistSettings(warnings_allowed=2)).state
    assert (state.next, state.why, state.may_end) == (None, LadderWhy.NOTHING, False)
    assert (state.warnings_given, state.warnings_allowed) == (0, 2)


def test_the_next_line_is_visible_on_every_rung() -> None:
    ladder = Ladder(AssistSettings())
    seen = []
    for severity in (1, 2, 2):
        script = ladder.next_for(finding(AbuseLabel.INSULT, severity))
        assert ladder.state.next == script
        ladder.said(script, at_s=10.0 * len(seen))
        seen.append((script.id, ladder.state.next.id if ladder.state.next else None, ladder.state.why))
    assert seen == [
        ("insult.plea", "insult.warning", LadderWhy.WARNING),
        ("insult.warning", "insult.final", LadderWhy.WARNINGS_USED),
        ("insult.final", None, LadderWhy.REASON_TOLD),
    ]
    state = ladder.state
    assert state.may_end
    assert state.final is not None
    assert (state.final.id, state.final_at_s, state.warnings_given) == ("insult.final", 20.0, 1)


def test_a_label_that_ends_at_once_still_needs_its_reason_told() -> None:
    ladder = Ladder(AssistSettings())
    ladder.next_for(finding(AbuseLabel.SEXUAL))
    assert ladder.state.why is LadderWhy.AT_ONCE
    assert not ladder.state.may_end


def test_a_situation_the_counsellor_chose_stays_until_the_words_end_the_call_at_once() -> None:
    ladder = Ladder(AssistSettings())
    assert ladder.choose("drunk").id == "drunk.plea"
    assert ladder.state.chosen
    ladder.said(ladder.next_for(finding(AbuseLabel.PROFANITY)))
    assert ladder.state.next is not None
    assert ladder.state.next.id == "drunk.warning"
    answer = ladder.next_for(finding(AbuseLabel.UNREASONABLE))
    assert answer.id.endswith(".plea")
    assert ladder.state.next.id == "drunk.warning"
    assert ladder.next_for(finding(AbuseLabel.SEXUAL)).id == "sexual_remark.final"
    assert not ladder.state.chosen


@pytest.mark.parametrize("ident", [item.id for item in situations() if not item.warns])
def test_insisting_is_answered_uncounted_and_ends_by_time_alone(ident: str) -> None:
    ladder = Ladder(AssistSettings())
    for _ in range(4):
        script = ladder.choose(ident)
        assert not script.is_final
        assert ladder.said(script) == 0
        assert ladder.state.why is LadderWhy.ANSWER
    ladder.due(1200)
    assert ladder.choose(ident).is_final
    assert ladder.state.why is LadderWhy.TIME_LIMIT


def test_the_notices_of_time_are_sentences_to_say() -> None:
    ladder = Ladder(AssistSettings(notice_after_s=600, limit_s=1500))
    ladder.due(601)
    state = ladder.state
    assert state.next is not None
    assert (state.next.id, state.why) == ("time.notice", LadderWhy.TIME_NOTICE)
    assert "10분" in state.next.text
    assert "25분" in state.next.text
    assert ladder.said(state.next) == 0
    assert ladder.state.next is None
    ladder.due(1500)
    limit = ladder.state.next
    assert limit is not None
    assert (limit.id, limit.is_final) == ("time.limit", True)
    assert not ladder.state.may_end
    ladder.said(limit, 1510.0)
    assert ladder.state.may_end
    assert ladder.state.next is None


def test_abuse_that_is_not_answered_yet_comes_before_the_notice_of_time() -> None:
    ladder = Ladder(AssistSettings())
    warning = ladder.next_for(finding(AbuseLabel.PROFANITY))
    ladder.due(900)
    assert ladder.state.next == warning
    ladder.said(warning)
    assert ladder.state.next is not None
    assert ladder.state.next.id == "time.notice"


def test_once_the_reason_is_told_a_notice_of_time_says_nothing_more() -> None:
    ladder = Ladder(AssistSettings())
    ladder.said(ladder.next_for(finding(AbuseLabel.SEXUAL)))
    assert ladder.due(1200) is not None
    assert ladder.state.next is None


def test_the_sentence_before_a_hand_over_fits_the_situation_and_the_time() -> None:
    scripts = shipped()
    assert scripts.notice_line("profanity", 900, 1200, False).id == "profanity.final"
    early = scripts.notice_line("repetition", 900, 1200, False)
    assert (early.id, early.situation, early.is_final) == ("time.handover", "repetition", False)
    assert scripts.notice_line("repetition", 900, 1200, True).id == "repetition.final"
    assert not scripts.notice_line("", 900, 1200, False).is_final
    assert scripts.notice_line("", 900, 1200, True).id == "time.limit"


def test_every_warning_names_the_recording_and_no_answer_to_insisting_threatens() -> None:
    for item in situations():
        warning, final = item.line(Step.WARNING).text, item.line(Step.FINAL).text
        assert ("녹음" in warning) is item.warns
        assert len(warning) <= 90
        assert len(final) <= 110
        if not item.warns:
            assert "권장 통화 시간" in final
            assert "성희롱" not in final
