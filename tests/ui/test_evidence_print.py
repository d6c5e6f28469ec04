"""The printed record of a pack, read back from the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QTextDocument
from PySide6.QtPdf import QPdfDocument

from app import team
from app.evidence_check import Checked, check, read_archive
from app.evidence_record import record_of
from resources.notices import Fault
from tests.helpers.evidence import PressDesk, turn
from ui import paper
from ui.evidence_print import pdf_of, print_record

NUMBER = "010-9876-5432"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PressDesk]:
    made = PressDesk(tmp_path)
    yield made
    made.close()


def checked(desk: PressDesk, turns: int = 0) -> Checked:
    desk.call()
    for number in range(turns):
        desk.bus.publish(turn(10 + number, 24 + number / 100, f"같은 말을 여러 번 되풀이합니다 {number}"))
    desk.press()
    (job,) = desk.escalations.unmade()
    parts = read_archive(team.archive(desk.maker.parts(job)))
    return check(parts, desk.verifier, {desk.signer.desk_id: desk.signer.public_key})


def read(data: bytes) -> list[str]:
    """The text of every page, spaces left out: a reader of PDF puts them where it likes."""
    content = QByteArray(data)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    pages = ["".join(document.getAllText(page).text().split()) for page in range(document.pageCount())]
    document.close()
    return pages


@pytest.mark.usefixtures("qapp")
def test_the_record_tells_who_said_and_did_what_when(desk: PressDesk) -> None:
    found = checked(desk)
    data, pages = pdf_of(record_of(found, listed=True))
    text = read(data)
    assert len(text) == pages >= 3
    cover, timeline, rest = text[0], text[1], "".join(text[2:])
    assert found.manifest["pack"]["incident"] in cover
    assert found.desk in cover
    assert "증거묶음이봉인된그대로입니다" in cover
    for moment in ("10:00:02", "10:00:20", "10:00:24", "10:00:30", "10:00:32"):
        assert moment in timeline
    for said in ("병신아빨리해", "규칙이본것:욕설,모욕", "욕설을계속하시면", "사유안내", "이관단추를누름"):
        assert said in timeline
    assert found.manifest["parts"]["clip.flac"]["sha256"] in rest
    assert "doumievidenceverify" in rest
    for number, page in enumerate(text, 1):
        assert f"{number}/{pages}쪽" in page


@pytest.mark.usefixtures("qapp")
def test_numbers_are_covered_until_somebody_reveals_them(desk: PressDesk) -> None:
    found = checked(desk)
    covered = "".join(read(pdf_of(record_of(found, listed=True))[0]))
    assert NUMBER not in covered
    assert "가렸습니다" in covered
    assert NUMBER in "".join(read(pdf_of(record_of(found, listed=True, reveal=True))[0]))


@pytest.mark.usefixtures("qapp")
def test_a_long_call_goes_over_many_numbered_pages(desk: PressDesk) -> None:
    data, pages = pdf_of(record_of(checked(desk, turns=150), listed=True))
    text = read(data)
    assert len(text) == pages > 5
    assert "".join(text).count("여러번되풀이합니다") == 150


@pytest.mark.usefixtures("qapp")
def test_a_changed_pack_says_so_on_its_cover(desk: PressDesk) -> None:
    found = checked(desk)
    changed = check({**found.parts, "clip.flac": b"x"}, desk.verifier)
    text = read(pdf_of(record_of(changed, listed=False))[0])
    assert "봉인된뒤에바뀌었습니다" in text[0]
    assert "바뀜" in "".join(text)


@pytest.mark.usefixtures("qapp")
def test_a_pack_without_a_manifest_cannot_be_printed(desk: PressDesk) -> None:
    found = checked(desk)
    with pytest.raises(Fault) as caught:
        record_of(replace(found, manifest={}), listed=False)
    assert caught.value.code == "evidence.no_manifest"


@pytest.mark.usefixtures("qapp")
def test_a_folder_that_takes_nothing_is_named_and_nothing_half_is_left(desk: PressDesk, tmp_path: Path) -> None:
    record = record_of(checked(desk), listed=True)
    with pytest.raises(Fault) as caught:
        print_record(record, tmp_path / "absent" / "a.pdf")
    assert caught.value.code == "evidence.print_not_written"
    print_record(record, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert not list(tmp_path.glob(".a.pdf*"))


@pytest.mark.usefixtures("qapp")
def test_what_fails_on_the_way_to_paper_leaves_no_document_on_a_device_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[QTextDocument] = []
    document = paper._document

    def noted(*given: Any) -> QTextDocument:
        made.append(document(*given))
        return made[-1]

    monkeypatch.setattr(paper, "_document", noted)

    def contents(_begins: object) -> str:
        raise LookupError("no contents")

    with pytest.raises(LookupError):
        paper.pdf_of(["<p>하나</p>", "<p>둘</p>"], title="", foot="", page="{page}", contents=contents)
    assert len(made) == 2
    assert [one.documentLayout().paintDevice() for one in made] == [None, None]
    made.clear()
    with pytest.raises(KeyError):
        paper.pdf_of(["<p>하나</p>"], title="", foot="", page="{none}")
    assert [one.documentLayout().paintDevice() for one in made] == [None]
