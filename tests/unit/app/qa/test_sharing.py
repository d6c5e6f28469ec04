"""Where a package is put: a file, a folder or a store, and no place that is gone or guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

import pytest

from app.adapters.age_box import AgeBox
from app.adapters.exchange_store import ExchangeStore
from app.errors import AppFault, ExchangeFault
from app.qa.exchange import Exchange
from app.qa.package import Terms
from app.qa.package_keys import key_text
from app.qa.sharing import PackageSharing
from tests.helpers.packages import UNTIL


class Maker:
    def make(
        self, ident: str, file: Path, terms: Terms, recipients: Sequence[str], progress: Callable[[float], None]
    ) -> Any:
        file.write_bytes(b"sealed")


class Desk:
    def __init__(self, folder: Path) -> None:
        self.key = folder / "own.pub"
        _, recipient = AgeBox().generate()
        self.key.write_text(key_text(recipient), encoding="utf-8")
        self.exchange: Callable[[str], Exchange] = ExchangeStore
        self.asked: list[str] = []

    def share(self, out: object) -> str:
        def opened(address: str) -> Exchange:
            self.asked.append(address)
            return self.exchange(address)

        sharing = PackageSharing(Maker(), AgeBox(), str, opened)
        return sharing.share("call", [self.key], "교육", UNTIL, str(out), lambda part: None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "keys").mkdir()
    return Desk(tmp_path / "keys")


def test_a_file_address_names_a_file_or_a_folder_as_its_path_does(desk: Desk, tmp_path: Path) -> None:
    assert desk.share(f"{tmp_path.as_uri()}/%EA%B0%80.doumi") == str(tmp_path / "가.doumi")
    folder = tmp_path / "share"
    folder.mkdir()
    assert Path(desk.share(folder.as_uri())).parent == folder
    assert desk.asked == [str(folder)]


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("", "package.no_place"),
        ("  ", "package.no_place"),
        ("memory://x", "package.exchange_address"),
        ("simplecache::file:///tmp/x", "package.exchange_address"),
        ("file://other-pc/x", "package.exchange_address"),
    ],
)
def test_what_is_no_place_is_refused_before_anything_is_made(desk: Desk, out: str, code: str) -> None:
    with pytest.raises(AppFault) as refused:
        desk.share(out)
    assert refused.value.code == code
    assert str(refused.value)
    assert desk.asked == []


@pytest.mark.parametrize("code", ["away", "full"])
def test_of_a_place_that_takes_nothing_nobody_says_it_is_tried_again(desk: Desk, code: str) -> None:
    def write(name: str, source: BinaryIO) -> None:
        raise ExchangeFault(f"package.exchange_{code}", name="s3://bucket")

    desk.exchange = lambda address: cast(Exchange, SimpleNamespace(name=address, write=write))
    with pytest.raises(ExchangeFault) as refused:
        desk.share("s3://bucket")
    assert refused.value.code == f"package.place_{code}"
    assert "s3://bucket" in str(refused.value)
    assert "다시 시도합니다" not in str(refused.value)
