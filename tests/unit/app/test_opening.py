"""A start from the desktop: what is run, and where it is told that nothing could be opened."""

from __future__ import annotations

import configparser
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from app import opening
from app.errors import StartFault
from resources.notices import sentence
from tests.helpers.material import ROOT
from ui import told


class Started:
    """Stands in for the command line and the window that tells."""

    def __init__(self, code: int = 0, said: str = "") -> None:
        self.commands: list[list[str]] = []
        self.told: list[str] = []
        self._code, self._said = code, said

    def cli(self, command: list[str]) -> int:
        self.commands.append(command)
        if self._said:
            print(self._said, file=sys.stderr)
        return self._code

    def start(self, *arguments: str, windowed: bool = False) -> int:
        return opening.start(list(arguments), windowed, lambda: None, self.cli)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    made = Started()
    monkeypatch.setattr(told, "show", made.told.append)
    monkeypatch.setattr(opening, "has_screen", lambda: True)
    return made


def test_the_command_line_is_left_as_it_is(started: Started) -> None:
    started.start("search", "주차", "--top", "3")
    started.start()
    assert started.commands == [["search", "주차", "--top", "3"], []]


def test_a_shortcut_opens_the_desk(started: Started) -> None:
    started.start(windowed=True)
    started.start("--opened")
    assert started.commands == [["run"], ["run"]]


def test_a_package_opened_by_hand_is_replayed(
    started: Started, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "상담.DOUMI"
    assert started.start(str(package)) == 1
    assert capsys.readouterr().err.strip() == sentence("cli.package_missing", name="상담.DOUMI")
    assert started.told == []
    started.start("--opened", str(package))
    assert started.told == [sentence("cli.package_missing", name="상담.DOUMI")]
    assert started.commands == []
    package.write_bytes(b"")
    assert started.start("--opened", str(package)) == 0
    assert started.commands == [["replay", "--", str(package)]]


def test_a_package_that_does_not_open_says_why_in_a_window(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "상담.doumi"
    package.write_bytes(b"")
    Started(1, "기간이 지났습니다.").start("--opened", str(package))
    assert started.told == ["기간이 지났습니다."]


def test_a_desk_that_does_not_open_says_why_where_the_person_looks(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Started(1, "디스크가 가득 찼습니다.")
    failing.start("--opened", "run")
    assert started.told == ["디스크가 가득 찼습니다."]
    Started(1, sentence("cli.second_copy")).start("--opened")  # the open window has come to the front
    Started(1, "왜인지").start("run")  # typed: the terminal has it
    monkeypatch.setattr(opening, "has_screen", lambda: False)
    Started(1, "화면이 없습니다.").start("--opened")
    assert started.told == ["디스크가 가득 찼습니다."]


def test_a_link_never_opens_a_window_over_the_work(started: Started) -> None:
    failing = Started(5, "데스크가 열려 있지 않습니다.")
    assert failing.start("--opened", "doumi:start?number=1") == 5
    assert failing.start("open-link", "--", "doumi:end", windowed=True) == 5
    assert failing.commands == [["doumi:start?number=1"], ["open-link", "--", "doumi:end"]]
    assert started.told == []


def test_a_broken_marker_is_told_before_anything_starts(started: Started) -> None:
    def settle() -> None:
        raise StartFault("cli.portable_broken", path="x")

    assert opening.start(["--opened"], False, settle, started.cli) == 1
    assert started.commands == []
    assert started.told == [sentence("cli.portable_broken", path="x")]


def test_the_desktop_hands_over_what_the_program_takes() -> None:
    linux = ROOT / "packaging" / "linux"
    kinds = ET.parse(linux / "doumi-mime.xml").getroot()
    name = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = kinds.find(f"{name}mime-type")
    assert kind is not None
    assert [one.get("pattern") for one in kind.iter(f"{name}glob")] == [f"*{opening.PACKAGE}"]
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(linux / "doumi.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]
    assert said["Exec"] == f"doumi {opening.OPENED} %u"
    assert said["MimeType"].split(";")[:2] == [kind.get("type"), "x-scheme-handler/doumi"]
    assert said["Name[ko]"] == "상담도우미"
    windows = (ROOT / "packaging" / "windows" / "doumi.iss").read_text(encoding="utf-8")
    assert f'Software\\Classes\\{opening.PACKAGE}"' in windows
    assert str(kind.get("type")) in windows
