"""A centre's own sentences: taken whole or not at all, and one sentence says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assist.errors import ScriptsFault
from assist.model import AbuseFinding, AbuseLabel
from assist.protect.ladder import Ladder
from assist.protect.scripts import SITUATIONS, Step, load, shipped
from assist.settings import AssistSettings
from resources import path
from tests.helpers.scripts import OWN


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "own.toml"
    file.write_text(text, encoding=encoding)
    return file


def test_a_centre_replaces_one_situation_and_adds_another(tmp_path: Path) -> None:
    own = load(written(tmp_path, OWN))
    ours = shipped()
    assert own.situation("profanity").title == "욕설(우리 센터)"
    assert own.situation("insult") == ours.situation("insult")
    assert [item.id for item in own.situations] == [*(item.id for item in ours.situations), "ai_voice"]
    assert own.times["limit"] == ours.times["limit"]
    ladder = Ladder(AssistSettings(notice_after_s=600, limit_s=900), own)
    finding = AbuseFinding(AbuseLabel.PROFANITY, (AbuseLabel.PROFANITY,), 2, ())
    assert ladder.next_for(finding).text.startswith("욕설이 이어지면")
    notice = ladder.due(600)
    assert notice is not None
    assert notice.text == "10분이 지났습니다. 15분까지 상담합니다."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_does_no_harm(tmp_path: Path, encoding: str) -> None:
    assert load(written(tmp_path, OWN, encoding)).situation("ai_voice").choose_only


def test_windows_line_ends_and_lines_over_several_rows_become_one_sentence(tmp_path: Path) -> None:
    text = OWN.replace('"욕설은 멈춰 주시면 고맙겠습니다."', '"""욕설은 멈춰\n  주시면 고맙겠습니다."""')
    file = tmp_path / "own.toml"
    file.write_bytes(text.replace("\n", "\r\n").encode())
    assert load(file).situation("profanity").line(Step.PLEA).text == "욕설은 멈춰 주시면 고맙겠습니다."


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "name"),
    [
        ('plea = "욕설은', 'plea = 욕설은"', "not_toml", 6, None),
        ('plea = "욕설은 멈춰 주시면 고맙겠습니다."\n', "", "missing", 2, "plea"),
        ('id = "ai_voice"\n', "", "missing", 10, "id"),
        ('labels = ["insult"]\n', "", "missing", 10, "labels"),
        ('labels = ["insult"]', 'labels = ["욕"]', "label", 13, "욕"),
        ('labels = ["insult"]', "labels = [{ a = 1 }]", "label", 13, "{'a': 1}"),
        ('labels = ["insult"]', "labels = []", "type", 13, "labels"),
        ('labels = ["insult"]', 'labels = "insult"', "type", 13, "labels"),
        ("choose_only = true", 'choose_only = "true"', "type", 14, "choose_only"),
        ("choose_only = true", "min_severity = 4", "type", 14, "min_severity"),
        ("choose_only = true", "max_severity = true", "type", 14, "max_severity"),
        ("choose_only = true", "min_severity = 3\nmax_severity = 1", "type", 14, "min_severity"),
        ("choose_only = true", "chose_only = true", "unknown", 14, "chose_only"),
        ('title = "음성 합성으로 괴롭힘"', "title = 3", "type", 12, "title"),
        ('plea = "직접 말씀해 주시기 바랍니다."', 'plea = "  "', "type", 15, "plea"),
        ('plea = "직접 말씀해 주시기 바랍니다."', f'plea = "{"가" * 301}"', "type", 15, "plea"),
        ('plea = "직접 말씀해 주시기 바랍니다."', 'plea = "말씀\\u0007"', "type", 15, "plea"),
        ('id = "ai_voice"', 'id = "../x"', "type", 11, "id"),
        ('id = "ai_voice"', 'id = "profanity"', "twice", 10, "profanity"),
        ("[time]", "[times]", "unknown", 19, "times"),
        ("notice =", "notices =", "unknown", 20, "notices"),
        ('"{notice}분이 지났습니다. {limit}분까지 상담합니다."', "15", "type", 20, "notice"),
        ('labels = ["profanity"]', 'labels = ["profanity"]\nchoose_only = true', "uncovered", 2, "profanity 1"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int, name: str | None
) -> None:
    assert OWN.count(old) == 1
    file = written(tmp_path, OWN.replace(old, new))
    with pytest.raises(ScriptsFault) as caught:
        load(file)
    assert caught.value.code == f"protect.scripts_{code}"
    assert caught.value.params["line"] == line
    assert caught.value.params.get("name") == name
    assert str(file) in str(caught.value)
    assert str(line) in str(caught.value)


def test_a_file_that_would_leave_a_label_without_a_sentence_is_refused(tmp_path: Path) -> None:
    whole = path(SITUATIONS).read_text(encoding="utf-8").replace('labels = ["hate"]', 'labels = ["insult"]')
    with pytest.raises(ScriptsFault) as caught:
        load(written(tmp_path, whole))
    assert caught.value.code == "protect.scripts_uncovered"
    assert "hate" in str(caught.value.params["name"])


def test_cp949_is_named_with_the_first_line_that_shows_it(tmp_path: Path) -> None:
    with pytest.raises(ScriptsFault) as caught:
        load(written(tmp_path, OWN.replace("# 우리 센터", "# own"), "cp949"))
    assert (caught.value.code, caught.value.params["line"]) == ("protect.scripts_encoding", 4)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"[time]\n", "empty"),
        (b"\xff\xfe[\x00", "encoding"),
        (b"situation = 3\n", "type"),
        (b"situation = [3]\n", "type"),
        (b"time = 3\n", "type"),
        (b"a" * 1_000_001, "too_large"),
        (b"x = " + b"[" * 100_000, "not_toml"),
        (b"[[situation]]\nid = \x00\n", "not_toml"),
    ],
)
def test_no_file_is_odd_enough_to_stop_the_desk(tmp_path: Path, raw: bytes, code: str) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(raw)
    with pytest.raises(ScriptsFault) as caught:
        load(file)
    assert caught.value.code == f"protect.scripts_{code}"
    assert str(file) in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    for file, code in ((tmp_path / "none.toml", "absent"), (tmp_path, "unreadable")):
        with pytest.raises(ScriptsFault) as caught:
            load(file)
        assert caught.value.code == f"protect.scripts_{code}"


def test_the_exported_file_is_taken_back_unchanged(tmp_path: Path) -> None:
    assert load(written(tmp_path, path(SITUATIONS).read_text(encoding="utf-8"))) == shipped()
