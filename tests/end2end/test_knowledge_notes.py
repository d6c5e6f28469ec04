"""Notes for the DB team from a call to the command line; special material from the command line to a call."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli
from app.composition import OpenDesk, open_desk
from app.home import Home
from assist.events import CallEnded, CorrectionFiled, GapFiled, SuggestionsReady
from assist.model import CorrectionKind
from audio.events import CallEvent

PATIENCE_S = 120.0


@pytest.fixture
def desk(own_home: Path) -> Iterator[OpenDesk]:
    opened = open_desk(Home.from_environment())
    yield opened
    opened.close()


def waiter(desk: OpenDesk, kind: type[CallEvent]) -> threading.Event:
    happened = threading.Event()
    desk.bus.subscribe(kind, lambda _event: happened.set())
    return happened


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_notes_of_a_practice_call_are_in_its_log_listed_and_kept_from_the_export(
    desk: OpenDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, noted, corrected = (waiter(desk, kind) for kind in (CallEnded, GapFiled, CorrectionFiled))
    desk.services.search("여권")
    desk.control.start_practice("not-in-db", 50)
    assert ended.wait(PATIENCE_S)
    desk.control.file_gap("gap-1", "반려식물 병원 위치, 010-1234-5678")
    desk.control.file_correction("fix-1", "S-행정-001", "전입신고 방법과 기한", CorrectionKind.OUTDATED, "기한이 바뀜")
    assert noted.wait(PATIENCE_S)
    assert corrected.wait(PATIENCE_S)
    call = desk.control.call
    assert call is not None
    desk.flush()
    saved = desk.services.session_events(call.facts.id)
    gap = next(event for event in saved if isinstance(event, GapFiled))
    assert "5678" not in gap.question
    fix = next(event for event in saved if isinstance(event, CorrectionFiled))
    assert (fix.article_id, fix.kind) == ("S-행정-001", CorrectionKind.OUTDATED)
    assert fix.generation >= 1
    desk.control.close_call()
    # Without a call it works too, and it is no practice.
    noted.clear()
    desk.control.file_gap("gap-2", "반려 식물병원이 어디 있나요")
    assert noted.wait(PATIENCE_S)
    desk.flush()
    capsys.readouterr()

    assert cli.main(["kb", "gaps", "list", "--jsonl"]) == 0
    groups = lines(capsys)
    assert [group["count"] for group in groups] == [2]
    assert cli.main(["kb", "gaps", "export"]) == 0
    exported = lines(capsys)
    assert [group["question"] for group in exported] == ["반려 식물병원이 어디 있나요"]
    table = tmp_path / "gaps.csv"
    assert cli.main(["kb", "gaps", "export", "--practice", "--out", str(table)]) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert [row["count"] for row in csv.DictReader(file)] == ["2"]
    assert cli.main(["kb", "corrections", "list"]) == 0
    shown = capsys.readouterr().out
    assert "오래됨" in shown
    assert "연습" in shown
    assert cli.main(["kb", "corrections", "export"]) == 0
    assert lines(capsys) == []


def test_imported_special_material_answers_a_call_where_the_db_would_be_silent(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "id": "plant",
        "title": "반려식물 병원 시범 운영",
        "body": "구청 앞 화분 병원에서 돌봅니다.",
        "keywords": ["반려식물", "전입신고", "주정차", "여권"],
        "start": "2020-01-01",
        "end": "2090-01-01",
    }
    file = tmp_path / "specials.jsonl"
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n{broken\n", encoding="utf-8")
    assert cli.main(["kb", "specials", "import", str(file)]) == 0
    told = capsys.readouterr().out
    assert "2" in told.splitlines()[0]
    assert "JSON 객체가 아닙니다" in told
    assert cli.main(["kb", "specials", "list", "--jsonl"]) == 0
    assert [one["id"] for one in lines(capsys)] == ["plant"]
    desk = open_desk(Home.from_environment())
    try:
        shown: list[SuggestionsReady] = []
        desk.bus.subscribe(SuggestionsReady, shown.append)
        ended = waiter(desk, CallEnded)
        assert [one.id for one in desk.services.specials()] == ["plant"]
        desk.services.search("여권")
        desk.control.start_practice("parking-report", 50)
        assert ended.wait(PATIENCE_S)
        call = desk.control.call
        assert call is not None
        assert call.ended.wait(PATIENCE_S)
    finally:
        desk.close()
    assert "special:plant" in {card.article_id for event in shown for card in event.cards}
    assert cli.main(["kb", "specials", "clear"]) == 0
    capsys.readouterr()
    assert cli.main(["kb", "specials", "list", "--jsonl"]) == 0
    assert lines(capsys) == []


@pytest.mark.parametrize("action", ["gaps", "corrections"])
def test_a_home_without_calls_has_no_notes(own_home: Path, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["kb", action, "list", "--jsonl"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["kb", action, "export"]) == 0


def test_an_unusable_file_of_special_material_changes_nothing(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"\xff\xfe\x00")
    assert cli.main(["kb", "specials", "import", str(bad)]) == 1
    assert "특별상담자료" in capsys.readouterr().err
    assert not (own_home / "kb" / "specials.jsonl").exists()
