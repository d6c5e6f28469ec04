"""A saved call run again, and practised on as an exercise, by the real desk. Words alone are searched: no model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.sqlcipher import SqlCipherVault
from app.cli import main
from app.composition import OpenDesk, open_desk
from app.home import Home
from app.personal import desk_key, open_writer, wall_clock
from app.qa.exercise import ExerciseBook
from app.store import Store
from assist.events import CallEnded, CallStarted, TurnUpdated
from assist.model import Turn
from audio.events import TranscriptFinal
from audio.model import Channel
from resources.notices import sentence
from tests.end2end.test_desk import PATIENCE_S, Listener
from tests.helpers.loaded import loaded


@pytest.fixture
def desk(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDesk]:
    monkeypatch.setenv("DOUMI_MODELS", str(tmp_path / "no-models"))
    opened = open_desk(Home.from_environment())
    yield opened
    opened.close()


def turn(index: int, speaker: Channel, start: float, text: str) -> TurnUpdated:
    return TurnUpdated(call_id="m", t_ns=int(start * 1e9), turn=Turn(index, speaker, start, start + 0.1, text))


MODEL_CASE = (
    turn(0, Channel.CALLER, 0.0, "집 앞에 세워둔 차를 신고하려고요"),
    turn(1, Channel.AGENT, 0.2, "위치를 말씀해 주시겠습니까"),
    turn(2, Channel.CALLER, 0.4, "신림동이요"),
    turn(3, Channel.AGENT, 0.6, "접수해 드리겠습니다"),
    CallEnded(call_id="m", t_ns=800_000_000, duration_s=0.8),
)


def test_an_exercise_is_a_labelled_call_that_can_be_run_again(
    desk: OpenDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = Listener(desk)
    with open_writer(Home.from_environment()) as store:
        made = ExerciseBook(store, wall_clock).make(loaded(MODEL_CASE), "주정차 신고")
    (row,) = desk.exercises.rows()
    assert (row.id, row.turns, row.has_sound) == (made.id, 2, False)
    desk.exercises.start(row.id, microphone=True)
    heard.wait(TranscriptFinal, 1)
    _answer(desk, "위치가 어디신가요")
    heard.wait(TranscriptFinal, 3)
    _answer(desk, "접수했습니다")
    heard.wait(TranscriptFinal, 4)
    call = desk.control.call
    assert call is not None
    desk.exercises.end()
    assert call.ended.wait(PATIENCE_S)
    assert heard.wait(CallStarted)[0].source == "exercise"
    desk.control.file_record(())
    desk.control.close_call()
    desk.flush()
    result = desk.exercises.result(call.facts.id)
    assert [(one.model, one.own) for one in result.turns] == [
        ("위치를 말씀해 주시겠습니까", "위치가 어디신가요"),
        ("접수해 드리겠습니다", "접수했습니다"),
    ]
    assert desk.services.outbox() == ()
    assert desk.services.sessions()[0].source == "exercise"

    stored = desk.services.session_events(call.facts.id)
    assert main(["rerun", call.facts.id[:14], "--jsonl"]) == 0
    assert desk.services.session_events(call.facts.id) == stored
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    counts = rows[-1]
    assert (counts["part"], counts["session"], counts["why_stored"]) == ("counts", call.facts.id, "no_sound")
    assert sum(part["compared"] for part in counts["counts"].values()) == len(rows) - 1
    assert counts["counts"]["text"] == {"compared": 4, "same": 4, "changed": 0, "only_then": 0, "only_now": 0}
    assert {"part", "at_s", "then", "now", "same"} <= set(rows[0])
    assert main(["access", "list"]) == 0
    assert sentence("access_log.note_rerun") in capsys.readouterr().out
    assert main(["rerun", "nothing-like-it", "--jsonl"]) == 1
    assert main(["rerun", call.facts.id, "--stored-text", "--reveal", " "]) == 1


def _answer(desk: OpenDesk, words: str) -> None:
    call = desk.control.call
    assert call is not None
    while not desk.exercises.state().waiting:
        assert not call.ended.wait(0.01)
    desk.exercises.go_on(words)


def test_an_exercise_is_handed_over_sealed(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOUMI_MODELS", str(tmp_path / "no-models"))
    home = Home.from_environment()
    with closing(Store(SqlCipherVault(home.personal_db, desk_key(home).derive("db")), wall_clock)) as store:
        store.begin_session("m", "2026-11-22T10:00:00+09:00", "file")
        for event in MODEL_CASE:
            store.append(event)
        store.end_session("m", 0.8)
        store.flush()
    trainee = tmp_path / "trainee"
    monkeypatch.setenv("DOUMI_HOME", str(trainee))
    assert main(["package", "key", "--out", str(tmp_path / "key.txt")]) == 0
    monkeypatch.setenv("DOUMI_HOME", str(own_home))
    assert main(["exercise", "make", "m", "--title", "주정차 신고"]) == 0
    capsys.readouterr()
    assert main(["exercise", "list", "--jsonl"]) == 0
    made = json.loads(capsys.readouterr().out)
    sealed = tmp_path / "case.doumi"
    sending = ["exercise", "send", made["id"], "--to", str(tmp_path / "key.txt"), "--purpose", "신입 교육"]
    assert main([*sending, "--until", "2999-12-31", "--out", str(sealed)]) == 0
    assert main(["exercise", "take", str(sealed)]) == 1
    assert "신림동".encode() not in sealed.read_bytes()
    monkeypatch.setenv("DOUMI_HOME", str(trainee))
    capsys.readouterr()
    assert main(["exercise", "take", str(sealed)]) == 0
    capsys.readouterr()
    for command in (["replay", str(sealed), "--jsonl"], ["rerun", str(sealed), "--stored-text", "--jsonl"]):
        assert main(command) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.splitlines()[-1] == sentence("package.is_exercise", path=str(sealed))
    assert main(["exercise", "make", str(sealed)]) == 1
    assert main(["access", "list", "--jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["note"] for line in lines if line["action"] == "package-refuse"] == [
        "replay package.is_exercise", "rerun package.is_exercise", "exercise package.is_exercise",
    ]  # fmt: skip
    assert main(["exercise", "list", "--jsonl"]) == 0
    taken = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (taken["title"], taken["turns"]) == ("주정차 신고", 2)
    assert main(["exercise", "delete", taken["id"]]) == 0
    assert main(["exercise", "delete", taken["id"]]) == 1
