"""What the dedicated team opens, hears, saves and prints is in its access log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import access_log
from app.errors import StoreFault
from assist.model import CallerClass
from tests.helpers.access import check
from tests.helpers.evidence import PressDesk
from tests.helpers.personal import home_in
from tests.helpers.team import NUMBER, TeamPc
from ui.team_ports import CallerEntry


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[TeamPc]:
    made = TeamPc(tmp_path / "team")
    yield made
    made.close()


@pytest.fixture
def ident(tmp_path: Path, pc: TeamPc) -> str:
    desk = PressDesk(tmp_path / "desk")
    desk.key = pc.public_key
    desk.call()
    raised = desk.press()
    desk.make()
    desk.hang_up()
    desk.make()
    pc.deliver(desk)
    desk.close()
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    return raised.pack_id


def told(pc: TeamPc) -> list[tuple[str, str, str]]:
    lines = pc.store.read(lambda db: list(access_log.entries(db)))
    return [(line.action, line.subject, line.note) for line in lines]


def test_opening_hearing_saving_and_printing_an_incident(pc: TeamPc, ident: str, tmp_path: Path) -> None:
    before = len(told(pc))
    pc.desk.inbox()
    pc.desk.incident(ident)
    pc.desk.play(ident, 0.0, 1.0)
    pc.desk.save_parts(ident, tmp_path / "out")
    pc.desk.printed(ident)
    pc.desk.export_steps(tmp_path / "steps.csv", ident)
    assert told(pc)[before:] == [
        ("pack.open", ident, ""),
        ("play", ident, ""),
        ("export", ident, "parts"),
        ("pack.print", ident, ""),
        ("export", ident, "steps"),
    ]
    assert check(home_in(tmp_path / "team")).whole


def test_what_cannot_be_logged_is_not_given_out(
    pc: TeamPc, ident: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFault("store.disk_full", path="p")

    monkeypatch.setattr(pc.store.access, "note", full)
    with pytest.raises(StoreFault):
        pc.desk.save_parts(ident, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_register_is_in_it_by_hash_alone(pc: TeamPc, tmp_path: Path) -> None:
    pc.register.init(tmp_path / "list")
    entry = CallerEntry(CallerClass.MALICIOUS, "연결합니다.", date(2027, 5, 31), "메모")
    row = pc.desk.add_caller(NUMBER, entry)
    pc.desk.end_caller(row.caller)
    lines = told(pc)
    assert [line[0] for line in lines[-2:]] == ["register.add", "register.end"]
    assert not any(NUMBER.replace("-", "") in "".join(line).replace("-", "") for line in lines)
