"""The welfare centre of a district, from a real index of a small knowledge DB."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.site_scripts import SiteCrisisGuide
from app.welfare import KnownCentres
from assist.model import CrisisKind
from assist.protect.crisis_guide import shipped
from assist.protect.handover import WelfareCentre
from kb import index
from kb.browse import Browser
from kb.model import Article, KbStatus, SearchFilters, SearchResult
from kb.search import Searcher
from tests.helpers.knowledge import HashEncoder, analyser, noon


def entry(
    ident: str, question: str, phone: str = "", district: str = "", answer: str = "안내합니다.", department: str = ""
) -> Article:
    return Article(ident, question, answer, category="복지", district=district, phone=phone, department=department)


ENTRIES = (
    entry("a1", "관악구 새빛종합사회복지관 이용 안내", "02-000-1111", "관악구"),
    entry("a2", "관악구 대형 폐기물 배출", "02-000-2222", "관악구"),
    entry("a3", "긴급복지지원 신청", "02-120"),
    entry("b1", "노원구 하늘복지관 이용 안내", "02-000-3333", "노원구"),
    entry("b2", "노원구 바다복지관 이용 안내", "02-000-4444", "노원구"),
    entry("b3", "노원구 복지정책과 연락처", "02-000-5555", "노원구", department="노원구청 복지정책과"),
    entry("c1", "도봉구 산들복지관 이용 안내", "", "도봉구", "전화번호는 누리집에서 확인하십시오."),
    entry("d1", "중랑구 옛복지관 운영 (종료)", "02-000-6666", "중랑구", "2019년에 종료된 사업입니다."),
    entry("e1", "강북구 솔밭복지관 안내", "", "강북구", "문의는 02-000-7777로 하십시오."),
    entry("f1", "은평구 나무복지관 안내", "", "은평구", "02-000-8888 또는 02-000-9999"),
    entry("g1", "마포구 주민센터 복지 상담", "02-000-1212", "마포구"),
)


class Entries:
    """What the running desk asks, over a real index."""

    def __init__(self, folder: Path, entries: Sequence[Article] = ENTRIES, generation: int = 1) -> None:
        status = KbStatus(generation, "x", "local", 0, "", "", False)
        index.write(folder / "kb.db", entries, status, analyser(), HashEncoder(), lambda _: None)
        self._browser = Browser(
            Searcher(index.load(folder / "kb.db"), analyser(), HashEncoder(), lambda: noon().date())
        )
        self.status = status

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        return self._browser.suggest(text, top_n, filters)


@pytest.fixture(scope="module")
def centres(tmp_path_factory: pytest.TempPathFactory) -> KnownCentres:
    return KnownCentres(Entries(tmp_path_factory.mktemp("kb")))


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        ("관악구", WelfareCentre("관악구", "관악구 새빛종합사회복지관 이용 안내", "02-000-1111", "a1")),
        ("노원구", WelfareCentre("노원구", "노원구청 복지정책과", "02-000-5555", "b3")),
        ("강북구", WelfareCentre("강북구", "강북구 솔밭복지관 안내", "02-000-7777", "e1")),
        ("마포구", WelfareCentre("마포구", "마포구 주민센터 복지 상담", "02-000-1212", "g1")),
        ("도봉구", None),
        ("중랑구", None),
        ("은평구", None),
        ("강남구", None),
    ],
)
def test_only_what_is_found_and_sure(centres: KnownCentres, district: str, expected: WelfareCentre | None) -> None:
    assert centres.find(district) == expected


def test_nothing_while_the_knowledge_is_being_opened(tmp_path: Path) -> None:
    assert KnownCentres(Entries(tmp_path, generation=0)).find("관악구") is None


def test_a_broken_site_file_falls_back_to_ours_and_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "crisis.toml"
    guide = SiteCrisisGuide(lambda: file)
    file.write_text("[suicide", encoding="utf-8")
    assert guide.now() == shipped()
    fault = guide.fault()
    assert fault is not None
    assert fault.code == "protect.crisis_scripts_broken"
    assert guide.fault() is None
    file.write_text(
        '[suicide]\ntitle = "위험"\nsteps = ["먼저 듣습니다."]\nnumbers = [["우리 센터", "02-000-0000"]]\n',
        encoding="utf-8",
    )
    assert guide.now().of(CrisisKind.SUICIDE).steps == ("먼저 듣습니다.",)
    assert guide.fault() is None
    assert SiteCrisisGuide(lambda: None).now() == shipped()
