"""The root of the command line: help in the person's language, one sentence a fault, exit codes."""

from __future__ import annotations

import argparse
import errno
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import cli, log_setup, start
from app.commands import Context, doctor
from app.errors import StoreFault
from app.home import Home

SUBCOMMANDS = (
    *((name,) for name in cli.COMMANDS),
    *(("kb", name) for name in ("import", "status")),
    *(("kb", name, part) for name in ("gaps", "corrections") for part in ("list", "export")),
    *(("kb", "specials", part) for part in ("import", "list", "clear")),
    *(("models", name) for name in ("list", "fetch", "verify", "bench")),
    *(("sessions", name) for name in ("list", "show", "export", "hold", "release")),
    *(("evidence", name) for name in ("verify", "print", "desk")),
    *(("team", name) for name in ("init", "open", "inbox", "show", "step", "search")),
    *(("callers", name) for name in ("init", "add", "end", "list", "publish", "lookup")),
    ("incidents", "figures"),
    *(("package", name) for name in ("make", "show", "key", "list")),
    *(("call", name) for name in ("caller", "escalate", "mark")),
    *(("qa", name) for name in ("init", "take-key", "look", "headers", "plan", "draw", "status", "report")),
)


@pytest.fixture(autouse=True)
def whole_process_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put back what a command line changes for its whole process."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(argparse, "_", argparse._)  # type: ignore[attr-defined]
    level = logging.getLogger().level
    yield
    log_setup.stop()
    logging.getLogger().setLevel(level)


def doumi(*arguments: str) -> int:
    try:
        return cli.main(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)


@pytest.mark.parametrize("command", [(), *SUBCOMMANDS], ids=" ".join)
def test_help_is_whole_in_both_languages(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doumi(*command, "--help") == 0
    korean = capsys.readouterr().out
    assert korean.startswith("사용법: doumi")
    assert not any(word in korean for word in ("usage", "options:", "arguments:", "show this", "None", "=="))
    monkeypatch.setenv("DOUMI_LANG", "en")
    assert doumi(*command, "--help") == 0
    english = capsys.readouterr().out
    assert english.startswith("usage: doumi")
    assert not any("가" <= letter <= "힣" for letter in english)
    if command:
        # A sentence of its own stands between the usage and the arguments.
        assert len(english.split("\n\n")) > 2
        # Of one style everywhere: what it does, without a full stop.
        assert re.sub(r"\([^()]*\)$", "", korean.split("\n\n")[1].strip()).endswith("다")
        assert not english.split("\n\n")[1].strip().endswith(".")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("bogus",),
        ("kb",),
        ("kb", "import"),
        ("search", "--top", "0", "말"),
        ("search", "--top", "x", "말"),
        ("run", "--speed", "nan"),
        ("run", "--practice", "a", "--file", "b"),
        ("transcribe", "a.wav", "--bogus"),
        ("transcribe", "--jsonl=3", "a.wav"),
        ("sessions", "show"),
        ("models", "fetch", "--from"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_korean_sentence(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("명령을 알아듣지 못했습니다: ")
    for word in ("argument", "required", "invalid", "expected", "choose", "allowed"):
        assert word not in err


def failing(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    def run(args: argparse.Namespace, context: Context) -> int:
        raise error

    monkeypatch.setattr(doctor, "run", run)
    return doumi("doctor")


def test_a_bug_is_one_sentence_and_a_log_without_its_message(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failing(ValueError("신림로 이야기 010-1234-5678"), monkeypatch) == 1
    out, err = capsys.readouterr()
    log = (own_home / "logs" / "doumi.log").read_text(encoding="utf-8")
    assert out == ""
    assert err.count("\n") == 1
    assert "ValueError" in err
    assert str(own_home / "logs" / "doumi.log") in err
    assert "ValueError" in log
    assert "test_cli.py" in log
    for text in (err, log):
        assert "신림로" not in text
        assert "5678" not in text


def test_a_full_disk_is_said_as_such(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_drop_output", lambda: None)
    assert failing(OSError(errno.ENOSPC, "No space left on device"), monkeypatch) == 1
    assert capsys.readouterr().err.startswith("디스크가 가득 차서")


def test_interrupting_is_130(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert failing(KeyboardInterrupt(), monkeypatch) == 130
    assert capsys.readouterr().err == "중단했습니다.\n"


def test_a_thread_that_ends_in_a_bug_prints_nothing(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(KeyboardInterrupt(), monkeypatch)
    capsys.readouterr()

    def burst() -> None:
        raise ValueError("신림로")

    thread = threading.Thread(target=burst, name="assist")
    thread.start()
    thread.join()
    assert capsys.readouterr().err == ""
    assert "thread assist ended" in caplog.text


@pytest.mark.parametrize("wrong", [("--practice", "nosuch"), ("--file", "nosuch.wav")])
def test_a_wrong_name_is_told_before_anything_is_opened(
    wrong: tuple[str, str], own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doumi("run", "--headless", *wrong) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert not own_home.exists()


def test_the_terminal_never_says_saved_when_the_disk_did_not_take_it(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    ended.set()
    call = SimpleNamespace(ended=ended, facts=SimpleNamespace(id="01CALL"))
    control = SimpleNamespace(call=call, start_practice=lambda name, speed: None, close_call=lambda: None)

    def flush() -> None:
        raise StoreFault("store.disk_full", path="x")

    @contextmanager
    def one_desk(context: Context) -> Iterator[SimpleNamespace]:
        bus = SimpleNamespace(subscribe=lambda kind, sink: None)
        yield SimpleNamespace(control=control, bus=bus, notices=(), recovered=(), speech_fault=None, flush=flush)

    monkeypatch.setattr(start, "_one_desk", one_desk)
    assert start.play_in_terminal(Context(Home.from_environment()), practice="x") == 1
    out, err = capsys.readouterr()
    assert "저장했습니다" not in out
    assert "01CALL" in err


@pytest.mark.parametrize(
    "arguments", [("replay", "x", "--from", "9e9"), ("package", "make", "x", "--until", "1"), ("search", "--top", "0")]
)
def test_wrong_usage_is_one_plain_sentence(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi(*arguments) == 2
    told = capsys.readouterr().err
    assert ".." not in told
    assert "e+" not in told
