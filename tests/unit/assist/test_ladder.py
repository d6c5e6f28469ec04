from __future__ import annotations

import pytest

from assist.model import AbuseFinding, AbuseLabel
from assist.protect.ladder import Ladder, Step, choices, situation, situation_for, situations
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
