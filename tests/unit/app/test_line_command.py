"""The site's command: real programs, no shell, ended with everything they started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.adapters import line_command
from app.errors import LineFault
from app.line import filled

SAVE = "import json, os, sys; open(sys.argv[1], 'w').write(json.dumps([sys.argv[2:], dict(os.environ)]))"


def code_of(arguments: list[str], timeout_s: float = 30.0) -> str:
    with pytest.raises(LineFault) as caught:
        line_command.run(arguments, timeout_s)
    assert str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        'says "no"',
        "$(touch pwned)",
        "`touch pwned`; touch pwned & touch pwned | cat > pwned",
        "100% %PATH% {call_id} {0}",
        "-rf --help",
        "큰따옴표 \" 작은따옴표 ' 역사선 \\",
        "",
    ],
)
def test_whatever_is_filled_in_stays_one_argument(tmp_path: Path, text: str) -> None:
    out = tmp_path / "out.json"
    values = {"text": text, "call_id": "01C", "number": "8300", "incident": "", "action": "notice"}
    pattern = [sys.executable, "-c", SAVE, str(out), "--say={text}", "{text}", "{call_id}/{number}", "{other}{}"]
    line_command.run(filled(pattern, values), 30.0)
    arguments, _ = json.loads(out.read_text())
    assert arguments == [f"--say={text}", text, "01C/8300", "{other}{}"]
    assert not (tmp_path / "pwned").exists()


def test_line_ends_and_control_characters_become_spaces(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    values = {"text": "첫 줄\n둘째\x00 줄\x1b[2J", "call_id": "", "number": "", "incident": "", "action": ""}
    line_command.run(filled([sys.executable, "-c", SAVE, str(out), "{text}"], values), 30.0)
    assert json.loads(out.read_text())[0] == ["첫 줄 둘째 줄 [2J"]


def test_the_program_itself_is_never_filled_in() -> None:
    assert filled(["{text}", "{text}"], {"text": "rm"}) == ("{text}", "rm")


def test_the_command_gets_a_clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_KB_PASSPHRASE", "secret")
    monkeypatch.setenv("LD_PRELOAD", "")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    out = tmp_path / "out.json"
    line_command.run([sys.executable, "-c", SAVE, str(out)], 30.0)
    seen = json.loads(out.read_text())[1]
    assert not {name for name in seen if name.startswith(("DOUMI", "LD_", "PYTHON", "QT_"))}
    assert seen["PATH"] == os.environ["PATH"]
    assert seen["LC_ALL"] == "C.UTF-8"


def test_the_exit_code_decides() -> None:
    line_command.run([sys.executable, "-c", "raise SystemExit(0)"], 30.0)
    for status in (1, 2, 77, 255):
        with pytest.raises(LineFault) as caught:
            line_command.run([sys.executable, "-c", f"raise SystemExit({status})"], 30.0)
        assert (caught.value.code, caught.value.params) == ("line.command_failed", {"status": status})


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_program_that_dies_of_a_signal_failed() -> None:
    assert code_of([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == "line.command_failed"


def test_a_program_that_is_missing_or_is_none_is_told_apart(tmp_path: Path) -> None:
    assert code_of([str(tmp_path / "none")]) == "line.command_missing"
    assert code_of(["doumi-there-is-no-such-program"]) == "line.command_missing"
    plain = tmp_path / "plain.txt"
    plain.write_text("no program")
    assert code_of([str(plain)]) == "line.command_not_started"
    assert code_of([str(tmp_path)]) == "line.command_not_started"
    plain.chmod(0o755)
    assert code_of([str(plain)]) == "line.command_not_started"
    assert code_of([sys.executable, "-c", "pass", "x" * 8_000_000]) == "line.command_not_started"
    assert code_of([sys.executable, "a\x00b"]) == "line.command_not_started"


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_program_that_never_ends_is_killed_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parent, its child, and a grandchild whose parent is gone: none is left."""
    script = tmp_path / "stuck.py"
    script.write_text(
        "import os, signal, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "def note(): open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')\n"
        "note()\n"
        "if os.fork() == 0:\n"
        "    note()\n"
        "    if os.fork() == 0:\n"
        "        if os.fork() != 0: os._exit(0)\n"
        "        note(); time.sleep(600)\n"
        "    time.sleep(600)\n"
        "time.sleep(600)\n"
    )
    pids = tmp_path / "pids"
    pids.touch()

    class Patient(subprocess.Popen[bytes]):
        """Its time begins when everything is started, however slow the machine is."""

        def wait(self, timeout: float | None = None) -> int:
            if timeout == 0.01:
                until(lambda: pids.read_text().count("\n") == 3)
            return super().wait(timeout)

    monkeypatch.setattr(line_command.subprocess, "Popen", Patient)
    assert code_of([sys.executable, str(script), str(pids)], timeout_s=0.01) == "line.timeout"
    started = [int(line) for line in pids.read_text().split()]
    assert len(started) == 3
    until(lambda: not any(alive(pid) for pid in started))


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_what_it_writes_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    flood = "import sys\nfor _ in range(3000): print('secret' * 100); print('secret', file=sys.stderr)"
    line_command.run([sys.executable, "-c", flood], 30.0)
    assert capfd.readouterr() == ("", "")


def test_batch_files_are_refused_where_a_shell_would_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_command.sys, "platform", "win32")
    for name in ("C:\\end.bat", "END.CMD", "end.cmd ", "end.bat."):
        assert code_of([name, "x & calc"]) == "line.command_batch"
