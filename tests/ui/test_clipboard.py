"""What is copied leaves the clipboard again, and never reaches a history unless it is public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.helpers.material import ROOT
from ui import clipboard
from ui.clipboard import CLEAR_MS, ClipboardKeeper


@pytest.fixture
def board(qapp: QApplication) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


@pytest.fixture
def keeper(qapp: QApplication, board: QClipboard) -> ClipboardKeeper:
    return clipboard.install(qapp)


def formats(board: QClipboard) -> list[str]:
    return board.mimeData().formats()


def test_a_copy_lies_there_for_a_minute(keeper: ClipboardKeeper, board: QClipboard) -> None:
    clipboard.copy("010-1234-5678")
    assert board.text() == "010-1234-5678"
    assert (keeper.timer.isActive(), keeper.timer.interval()) == (True, CLEAR_MS)
    assert CLEAR_MS == 60_000
    keeper.timer.timeout.emit()
    assert board.text() == ""
    assert not keeper.timer.isActive()


def test_what_somebody_else_put_there_stays(keeper: ClipboardKeeper, board: QClipboard) -> None:
    clipboard.copy("010-1234-5678")
    other = QMimeData()
    other.setData("application/x-another-program", b"1")
    board.setMimeData(other)
    assert not keeper.timer.isActive()
    keeper.clear()
    assert formats(board) == ["application/x-another-program"]


def test_a_later_copy_has_its_own_minute(keeper: ClipboardKeeper, board: QClipboard) -> None:
    clipboard.copy("first")
    before = keeper.timer.remainingTime()
    clipboard.copy("second")
    assert board.text() == "second"
    assert keeper.timer.remainingTime() >= before
    keeper.clear()
    assert board.text() == ""


@pytest.mark.parametrize(
    ("platform", "marks"),
    [
        (
            "win32",
            {
                'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0\0\0\0",
                'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
                'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
            },
        ),
        ("linux", {"x-kde-passwordManagerHint": b"secret"}),
    ],
)
def test_histories_are_told_to_leave_it_out(
    keeper: ClipboardKeeper,
    board: QClipboard,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    marks: dict[str, bytes],
) -> None:
    monkeypatch.setattr("ui.clipboard.sys.platform", platform)
    clipboard.copy("홍길동 010-1234-5678")
    assert {kind: board.mimeData().data(kind).data() for kind in marks} == marks
    clipboard.copy("02-120", public=True)
    assert not set(marks) & set(formats(board))
    assert keeper.timer.isActive()


def test_a_selection_copied_in_a_text_field_is_taken_up(board: QClipboard, qtbot: QtBot) -> None:
    # The screenless platform cannot say who owns its clipboard.
    keeper = ClipboardKeeper(board, owns=lambda: True)
    field = QLineEdit("홍길동")
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    assert board.text() == "홍길동"
    assert "x-kde-passwordManagerHint" in formats(board) or len(formats(board)) > 2
    assert keeper.timer.isActive()
    keeper.clear()
    assert board.text() == ""
    shiboken6.delete(keeper)


def test_the_end_of_the_program_empties_it(qapp: QApplication, keeper: ClipboardKeeper, board: QClipboard) -> None:
    clipboard.copy("010-1234-5678")
    qapp.aboutToQuit.emit()
    assert board.text() == ""


def test_nothing_reaches_the_clipboard_past_its_keeper() -> None:
    direct = re.compile(r"clipboard\(\)\s*\.\s*set")
    found = [file.name for file in Path(ROOT / "ui").rglob("*.py") if direct.search(file.read_text(encoding="utf-8"))]
    assert found == []
