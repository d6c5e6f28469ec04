"""``doumi:`` links: what is obeyed and what is not, and who follows them on each system."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import cli, link_side
from app.adapters.link_desktop import DesktopEntries, exec_line
from app.adapters.link_registry import KEY, UserClasses, command_line
from app.commands import call
from app.link_side import Links, LinkState
from resources.notices import sentence
from ui import single_window
from ui.links import MAX_LINK, LinkRefused, parse
from ui.single_window import Answer

COMMAND = ("/opt/do umi/doumi", "open-link", "--")


@pytest.mark.parametrize(
    ("text", "verb", "values"),
    [
        ("doumi:call/start", "start", {}),
        ("DOUMI://call/start/", "start", {}),
        (
            "doumi:call/start?number=010-1234-5678&ars=%EA%B5%90%ED%86%B5%20%3E%20%EC%A3%BC%EC%A0%95%EC%B0%A8",
            "start",
            {"number": "010-1234-5678", "ars": "교통 > 주정차"},
        ),
        ("doumi:call/start?ars=긴급복지·일반행정", "start", {"ars": "긴급복지·일반행정"}),
        ("doumi:call/start?number=%2B82-10-1234-5678", "start", {"number": "+82-10-1234-5678"}),
        ("doumi:call/start?number=", "start", {}),
        ("doumi:call/end?number=sip:0101@pbx.example", "end", {"number": "sip:0101@pbx.example"}),
        ("doumi:call/hold", "hold", {}),
        ("doumi:call/caller?number=02-123-4567", "caller", {"number": "02-123-4567"}),
        ("doumi:call/ars?ars=교통", "ars", {"ars": "교통"}),
    ],
)
def test_what_a_link_asks(text: str, verb: str, values: dict[str, str]) -> None:
    link = parse(text)
    assert (link.verb, link.values) == (verb, values)
    assert "1234" not in repr(link)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "doumi:",
        "doumi:call",
        "doumi:call/",
        "doumi:call/escalate",
        "doumi:call/mark",
        "doumi:call/START",
        "doumi:run",
        "doumi:/call/start",
        "doumi:///call/start",
        "doumi://evil.example/call/start",
        "doumi:call/../run",
        "doumi:call/start#x",
        "doumi:call/start?x=1",
        "doumi:call/start?number=1&number=2",
        "doumi:call/start?number",
        "doumi:call/hold?ars=교통",
        "doumi:call/caller",
        "doumi:call/caller?number=",
        "doumi:call/start?number=010%",
        "doumi:call/start?number=%zz",
        "doumi:call/start?ars=%ff",
        "doumi:call/start?ars=\udcff",
        "doumi:call/start?ars=%00",
        "doumi:call/start?ars=a%0Ab",
        "doumi:call/start?number=1|2",
        'doumi:call/start?number="x"',
        "doumi:call/start?number=<script>",
        "doumi:call/start?number=" + "1" * 61,
        "doumi:call/start?ars=" + "가" * MAX_LINK,
        "https:call/start",
        "doumi:call/start doumi:call/end",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(LinkRefused):
        parse(text)


@pytest.fixture
def asked(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """What reaches the desk, which is glad of everything."""
    found: list[tuple[str, dict[str, str]]] = []

    def ask(_name: str, verb: str, **values: str) -> Answer:
        found.append((verb, values))
        return Answer(ok=verb != "end", code="order.started" if verb != "end" else "order.which_call")

    monkeypatch.setattr(single_window, "ask_desk", ask)
    return found


def test_a_link_reaches_the_desk_as_an_order_and_never_as_a_command(
    asked: list[tuple[str, dict[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["open-link", "--", "doumi:call/start?number=0101"]) == 0
    assert cli.main(["doumi:call/hold"]) == 0
    assert asked == [("start", {"number": "0101", "via": "link"}), ("hold", {"via": "link"})]
    capsys.readouterr()
    assert cli.main(["doumi:call/end"]) == 3
    assert capsys.readouterr().err == "", "the desk tells it in its window"
    assert cli.main(["doumi:call/escalate"]) == 3
    assert capsys.readouterr().err
    for breaking_out in (["doumi:call/hold", "--profile", "x"], ["doumi:call/hold", "run"]):
        with pytest.raises(SystemExit) as leaving:
            cli.main(breaking_out)
        assert leaving.value.code == 2
    assert len(asked) == 3


@pytest.mark.parametrize(
    ("arguments", "verb", "values"),
    [
        (["start", "--number"], "start", {}),
        (
            ["start", "--number", "-", "--ars", "교통>주정차"],
            "start",
            {"number": "010-1234-5678", "ars": "교통>주정차"},
        ),
        (["end", "--number", "0101"], "end", {"number": "0101"}),
        (["caller"], "caller", {}),
        (["ars", "교통"], "ars", {"ars": "교통"}),
        (["escalate", "--situation", "threat"], "escalate", {"situation": "threat"}),
        (["mark"], "mark", {}),
    ],
)
def test_orders_of_the_command_line(
    asked: list[tuple[str, dict[str, str]]],
    arguments: list[str],
    verb: str,
    values: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(readline=lambda _most: "010-1234-5678\n"))
    cli.main(["call", *arguments])
    heard = [("standing", {})] if verb == "start" else []
    assert asked == [(verb, values), *heard]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(ok=True, code="order.no_call"), 0),
        (Answer(ok=False, code="order.practice"), 3),
        (Answer(ok=False, code="order.waiting"), 4),
        (None, 5),
        (TimeoutError(), 6),
    ],
)
def test_the_exit_code_says_what_became_of_an_order(
    own_home: Path,
    answer: Answer | TimeoutError | None,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def ask(*_: str, **__: str) -> Answer | None:
        if isinstance(answer, TimeoutError):
            raise answer
        return answer

    monkeypatch.setattr(single_window, "ask_desk", ask)
    assert cli.main(["call", "end"]) == status
    said = capsys.readouterr()
    assert bool(said.out) is (status == 0)
    assert bool(said.err) is (status != 0)
    assert cli.main(["call", "end", "--json"]) == status
    assert f'"ok": {str(status == 0).lower()}' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([("order.started", True), ("order.opening", True), ("order.not_started", False)], 3),
        ([("order.started", True), ("order.opening", True), ("order.started", True)], 0),
        # The desk opens devices and is silent meanwhile: it began the call all the same.
        ([("order.started", True), None, ("order.started", True)], 0),
        ([("order.started", True), None, ("order.not_started", False)], 3),
        ([("order.already_started", True)], 0),
    ],
)
def test_a_start_is_done_once_its_call_is_heard(
    own_home: Path,
    answers: list[tuple[str, bool] | None],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[str] = []

    def ask(_name: str, verb: str, **_: str) -> Answer:
        asked.append(verb)
        answer = answers[len(asked) - 1]
        if answer is None:
            raise TimeoutError
        code, ok = answer
        return Answer(ok=ok, code=code)

    monkeypatch.setattr(single_window, "ask_desk", ask)
    monkeypatch.setattr(call, "LOOK_S", 0.0)
    assert cli.main(["call", "start"]) == status
    assert asked == ["start", *["standing"] * (len(answers) - 1)]
    said = capsys.readouterr()
    assert answers[-1] is not None
    assert sentence(answers[-1][0]) in (said.out if status == 0 else said.err)


def test_a_start_of_a_desk_that_then_stays_silent_is_no_order_to_give_again(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def ask(_name: str, verb: str, **_: str) -> Answer:
        asked.append(verb)
        if verb == "standing":
            raise TimeoutError
        return Answer(ok=True, code="order.started")

    monkeypatch.setattr(single_window, "ask_desk", ask)
    monkeypatch.setattr(call, "OPENS_S", 0.0)
    assert cli.main(["call", "start"]) == 0
    assert asked == ["start", "standing"]
    said = capsys.readouterr()
    assert (sentence("order.started") in said.out, said.err) == (True, "")


# -- who follows links ------------------------------------------------------------------------------------------


def test_linux_hands_links_to_this_program_and_other_choices_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    choices = tmp_path / "config" / "mimeapps.list"
    choices.parent.mkdir()
    others = "[Added Associations]\nimage/png=a.desktop;\n\n[Default Applications]\ntext/html=b.desktop\n"
    choices.write_text(others, encoding="utf-8")
    links = Links(DesktopEntries())
    assert links.state(COMMAND) is LinkState.NOBODY
    links.unregister()
    assert choices.read_text(encoding="utf-8") == others
    links.register(COMMAND)
    links.register(COMMAND)
    assert links.state(COMMAND) is LinkState.OURS
    assert links.state(("/elsewhere/doumi", "open-link", "--")) is LinkState.OTHER
    assert choices.read_text(encoding="utf-8").count("doumi") == 2
    if shutil.which("xdg-mime"):
        query = ["xdg-mime", "query", "default", "x-scheme-handler/doumi"]
        told = subprocess.run(query, env=dict(os.environ), capture_output=True, text=True, check=True, timeout=30)
        assert told.stdout.strip() == "doumi-links.desktop"
    choices.write_text(
        choices.read_text(encoding="utf-8").replace("doumi-links.desktop", "c.desktop"), encoding="utf-8"
    )
    assert links.state(COMMAND) is LinkState.OTHER
    links.register(COMMAND)
    links.unregister()
    assert links.state(COMMAND) is LinkState.NOBODY
    assert choices.read_text(encoding="utf-8") == others


@pytest.mark.skipif(not shutil.which("gio"), reason="no desktop that follows links (apt install libglib2.0-bin)")
def test_a_desktop_starts_the_program_with_the_link_as_one_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    program, told = tmp_path / "a $b" / "doumi", tmp_path / "told"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{told}.part" && mv "{told}.part" "{told}"\n')
    program.chmod(0o700)
    DesktopEntries().register((str(program), "open-link", "--"))
    link = "doumi:call/start?number=010-1234&ars=%EA%B5%90%ED%86%B5"
    subprocess.run(["gio", "open", link], capture_output=True, check=True, timeout=60)
    deadline, pause = time.monotonic() + 60, threading.Event()
    while not told.exists():
        assert time.monotonic() < deadline, "nobody was started"
        pause.wait(0.02)
    assert told.read_text().splitlines() == ["open-link", "--", link]


def test_the_command_of_a_desktop_entry_is_quoted() -> None:
    assert exec_line(("/usr/bin/doumi", "open-link", "--")) == "/usr/bin/doumi open-link -- %u"
    assert exec_line(("/a b/100%/$x",)) == '"/a b/100%%/\\\\$x" %u'


class Registry:
    """HKEY_CURRENT_USER in memory."""

    HKEY_CURRENT_USER, REG_SZ = "HKCU", 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}

    def CreateKey(self, _root: str, path: str) -> Opened:  # noqa: N802 - the name of winreg
        parts = path.split("\\")
        for end in range(2, len(parts) + 1):
            self.keys.setdefault("\\".join(parts[:end]), {})
        return Opened(path)

    def OpenKey(self, _root: str, path: str) -> Opened:  # noqa: N802 - the name of winreg
        if path not in self.keys:
            raise FileNotFoundError
        return Opened(path)

    def SetValueEx(self, key: Opened, name: str, _reserved: int, _kind: int, value: str) -> None:  # noqa: N802 - the name of winreg
        self.keys[key.path][name] = value

    def QueryValueEx(self, key: Opened, name: str) -> tuple[str, int]:  # noqa: N802 - the name of winreg
        return self.keys[key.path][name], 1

    def DeleteKey(self, _root: str, path: str) -> None:  # noqa: N802 - the name of winreg
        if path not in self.keys:
            raise FileNotFoundError
        if any(other.startswith(path + "\\") for other in self.keys):
            raise PermissionError
        del self.keys[path]


class Opened:
    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_windows_hands_links_to_this_program_without_rights() -> None:
    registry = Registry()
    links = Links(UserClasses(registry))
    assert links.state(COMMAND) is LinkState.NOBODY
    links.unregister()
    links.register(COMMAND)
    assert links.state(COMMAND) is LinkState.OURS
    assert links.state(("other.exe",)) is LinkState.OTHER
    assert registry.keys[KEY]["URL Protocol"] == ""
    assert command_line((r"C:\Program Files\doumi\doumi-desk.exe", "open-link", "--")) == (
        r'"C:\Program Files\doumi\doumi-desk.exe" open-link -- "%1"'
    )
    links.unregister()
    assert not any("doumi" in key for key in registry.keys)


def test_status_tells_and_fails_where_links_do_not_come_here(
    monkeypatch: pytest.MonkeyPatch, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = Links(UserClasses(Registry()))
    monkeypatch.setattr(link_side, "registrar", lambda: links)
    run: Callable[[str], int] = lambda verb: cli.main(["links", verb])  # noqa: E731 - names one step
    assert [run(verb) for verb in ("status", "register", "status", "unregister", "status")] == [1, 0, 0, 0, 1]
    assert len(capsys.readouterr().out.splitlines()) == 5
