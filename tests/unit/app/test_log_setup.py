from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import log_setup


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    file = log_setup.start(tmp_path / "logs")
    assert file is not None
    yield file
    log_setup.stop()
    root.setLevel(level)


def test_a_log_holds_no_speech_numbers_or_mail(log: Path) -> None:
    ours = logging.getLogger("app.somewhere")
    ours.info("turn %s of %d", "홍길동 010-9876-5432", 3)
    ours.warning("mail to hong@example.com, card 9410 1234 5678 9012, 800113-1234567")
    try:
        raise ValueError("신림로에 사는 홍길동")
    except ValueError:
        ours.exception("failed (%s)", "store.io")
    logging.getLogger("httpx").info("POST https://team.example/")
    text = log.read_text(encoding="utf-8")
    for secret in ("홍길동", "신림", "9876", "5432", "hong@", "9012", "1234567", "httpx"):
        assert secret not in text
    assert "turn □ # of 3" in text
    assert "failed (store.io)" in text
    assert "ValueError" in text
    assert "test_log_setup.py" in text


def test_a_folder_that_cannot_be_written_does_not_stop_the_desk(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    assert log_setup.start(tmp_path / "logs" / "deeper") is None
    root = logging.getLogger()
    for handler in list(root.handlers):
        if type(handler) is logging.NullHandler:
            root.removeHandler(handler)
