"""A report of an unforeseen fault tells where, never what was said or set, and is read first."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, crash_report, log_setup
from app.home import Home
from app.settings import EscalationSettings, LineSettings, Settings, save
from tests.helpers.personal import home_in, now

SECRETS = ("홍길동", "Hong Gildong", "010-9876-5432", "team.example", "1577-0000", "신림로 77")


def _failure() -> BaseException:
    told = "홍길동 010-9876-5432"
    try:
        try:
            raise ValueError(f"신림로 77 {told}")
        except ValueError as cause:
            raise KeyError("Hong Gildong") from cause
    except KeyError as error:
        error.add_note(told)
        return error


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = home_in(tmp_path)
    escalation = EscalationSettings(https_url="https://team.example/in", folder=tmp_path / "홍길동")
    settings = Settings(role="team", escalation=escalation, line=LineSettings(transfer_number="1577-0000"))
    save(made.settings, settings)
    return made


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    yield
    log_setup.stop()


def test_a_report_names_places_and_versions_and_no_words(home: Home) -> None:
    file = crash_report.keep(home, _failure(), "command", now)
    assert file is not None
    assert file.stat().st_mode & 0o077 == 0
    text = file.read_text(encoding="utf-8")
    for secret in SECRETS:
        assert secret not in text
    for told in ("KeyError", "ValueError", "test_crash_report.py", "in _failure", "PySide6-Essentials", "Python 3"):
        assert told in text
    assert "role = team" in text
    assert "escalation.https_url = (set)" in text
    assert "line.transfer_number = (set)" in text
    assert "desk.theme" not in text, "what is as shipped is not listed"


def test_a_fault_that_comes_again_and_again_does_not_fill_the_disk(home: Home) -> None:
    made = 0
    for number in range(crash_report.KEPT + 5):
        (home.logs).mkdir(exist_ok=True, parents=True)
        if number < crash_report.KEPT:
            (home.logs / f"{crash_report.PREFIX}{number:03}.txt").write_text("x")
        else:
            made += crash_report.keep(home, _failure(), "window", now) is not None
    assert made == 0
    assert len(crash_report.kept(home)) == crash_report.KEPT


def test_a_report_that_cannot_be_written_is_no_second_fault(home: Home) -> None:
    home.logs.write_text("a file")
    assert crash_report.keep(home, _failure(), "window", now) is None


def test_what_no_window_and_no_thread_caught_is_reported(home: Home) -> None:
    before = sys.excepthook, threading.excepthook
    with crash_report.watching(home, now):
        error = _failure()
        sys.excepthook(type(error), error, error.__traceback__)

        def fail() -> None:
            raise RuntimeError("홍길동")

        thread = threading.Thread(target=fail, name="somewhere")
        thread.start()
        thread.join()
    assert (sys.excepthook, threading.excepthook) == before
    texts = [file.read_text(encoding="utf-8") for file in crash_report.kept(home)]
    assert len(texts) == 2
    assert not any(secret in text for text in texts for secret in SECRETS)


def test_a_command_that_fails_leaves_a_report(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("홍길동 010-9876-5432")

    monkeypatch.setenv("DOUMI_HOME", str(home.root))
    monkeypatch.setattr("app.commands.scripts.run", fail)
    assert cli.main(["scripts", "show"]) == 1
    assert len(crash_report.kept(home)) == 1
    assert "홍길동" not in capsys.readouterr().err


def test_the_report_is_shown_before_it_is_written(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOUMI_HOME", str(home.root))
    monkeypatch.setenv("HOME", str(tmp_path))
    crash_report.keep(home, _failure(), "command", now)
    file = tmp_path / "report.txt"
    assert cli.main(["doctor", "--report", str(file)]) == 0
    shown, written = capsys.readouterr().out, file.read_text(encoding="utf-8")
    assert written.strip() in shown
    assert file.stat().st_mode & 0o077 == 0
    assert "in _failure" in written
    assert "접근 기록" in written
    assert str(tmp_path) not in written
    assert not any(secret in written for secret in SECRETS)


def test_a_child_process_prints_no_message_of_an_exception(capsys: pytest.CaptureFixture[str]) -> None:
    hook = threading.excepthook
    log_setup.to_stderr()
    try:
        try:
            raise ValueError("홍길동")
        except ValueError:
            logging.getLogger("audio.somewhere").exception("the words of a text cannot be timed")
    finally:
        log_setup.stop()
        threading.excepthook = hook
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "홍길동" not in told
