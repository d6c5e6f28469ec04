"""The example script, run as a site would run it: through the real command."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.adapters import line_command
from app.errors import LineFault
from app.line import filled
from tests.helpers.line import line_system
from tests.helpers.material import ROOT

SCRIPT = ROOT / "docs" / "examples" / "line_action.py"
VALUES = {"call_id": "01C", "number": "8300", "text": '욕설이 이어져 "종료"합니다 & $(x)', "incident": "", "action": ""}


def run(*pattern: str, values: dict[str, str] = VALUES) -> None:
    line_command.run(filled([sys.executable, str(SCRIPT), *pattern], values), 60.0)


def test_a_softphone_with_an_http_interface_does_what_is_pressed() -> None:
    with line_system() as phone:
        api = ("--api", phone.address, "--call={call_id}", "--number={number}", "--text={text}")
        for action in ("notice", "transfer", "end"):
            run(action, *api)
        asked = [(urlsplit(one.path).path, parse_qs(urlsplit(one.path).query)) for one in phone.asked]
    assert asked == [
        ("/announce", {"call": ["01C"], "text": [VALUES["text"]]}),
        ("/transfer", {"call": ["01C"], "to": ["8300"]}),
        ("/hangup", {"call": ["01C"]}),
    ]


@pytest.mark.parametrize("answer", ["500", "404", "cut"])
def test_what_the_softphone_refuses_is_not_done(answer: str) -> None:
    with line_system() as phone:
        phone.answers = [answer]
        with pytest.raises(LineFault) as caught:
            run("end", "--api", phone.address, "--call={call_id}")
    assert caught.value.params == {"status": 1}


def test_without_a_number_nothing_is_transferred() -> None:
    with line_system() as phone:
        with pytest.raises(LineFault) as caught:
            run("transfer", "--api", phone.address, "--number={number}", values={**VALUES, "number": ""})
        assert phone.asked == []
    assert caught.value.params == {"status": 2}


def test_a_softphone_that_takes_commands(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("the stand-in for the softphone is a POSIX script")
    program, log = tmp_path / "softphone", tmp_path / "log"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(log)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
    )
    program.chmod(0o755)
    run("transfer", "--program", str(program), "--number={number}")
    run("end", "--program", str(program))
    assert log.read_text().splitlines() == ["/transfer:8300", "/hangupall"]
    for wrong in (["notice", "--program", str(program)], ["end", "--program", str(tmp_path / "none")]):
        with pytest.raises(LineFault):
            run(*wrong)


def test_the_example_needs_nothing_but_python() -> None:
    names = runpy.run_path(str(SCRIPT), run_name="example")
    modules = {value.__name__.split(".")[0] for value in names.values() if type(value).__name__ == "module"}
    assert modules <= sys.stdlib_module_names
    known: dict[str, Callable[..., object]] = {name: names[name] for name in ("by_api", "by_program", "main")}
    assert all(callable(one) for one in known.values())
