"""``doumi kb`` and ``doumi search`` as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.home import Home
from tests.helpers.knowledge import ROWS, small_file
from tests.helpers.material import ROOT, data
from tests.helpers.models import installed_model


def doumi(*args: str, feed: str = "", models: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "default"}
    env["DOUMI_MODELS"] = str(models or Path(env["DOUMI_HOME"]) / "no-models")
    return subprocess.run(
        [sys.executable, "-m", "app", *args],
        cwd=ROOT, env=env, input=feed, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


def test_import_status_and_search(tmp_path: Path) -> None:
    done = doumi("kb", "import", str(small_file(tmp_path)))
    assert done.returncode == 0, done.stderr
    assert "9건" in done.stdout
    assert "로컬" in done.stdout
    status = json.loads(doumi("kb", "status", "--jsonl").stdout)
    assert (status["articles"], status["origin"], status["has_vectors"]) == (9, "local", False)

    found = doumi("search", "여권", "재발급", "--top", "2", "--jsonl")
    assert found.returncode == 0, found.stderr
    (line,) = found.stdout.splitlines()
    answer = json.loads(line)
    assert set(answer) == {"query", "hits", "shown", "ms"}
    assert answer["query"] == "여권 재발급"
    assert answer["hits"][0]["id"] == "k1"
    assert set(answer["hits"][0]) == {"id", "title", "score"}
    assert len(answer["hits"]) <= 2

    shown = doumi("search", "여권 재발급")
    assert "여권 재발급 신청" in shown.stdout
    assert "[k1]" in shown.stdout


def test_a_dash_reads_a_query_a_line_and_answers_in_order(tmp_path: Path) -> None:
    doumi("kb", "import", str(small_file(tmp_path)))
    queries = ["여권 재발급", "", "장롱 버리기", "?!", "독감 예방접종"]
    done = doumi("search", "-", "--top", "10", "--jsonl", feed="\n".join(queries) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == queries
    assert [answer["hits"][0]["id"] if answer["hits"] else "" for answer in answers] == ["k1", "", "k2", "", "k5"]


def test_map_and_add(tmp_path: Path) -> None:
    doumi("kb", "import", str(small_file(tmp_path, ROWS[:3])))
    more = tmp_path / "more.csv"
    more.write_text("코드,물음,풀이\nm1,수도 요금 이사 정산,수도사업소에 전화합니다\n", encoding="cp949")
    done = doumi("kb", "import", str(more), "--map", "id=코드,question=물음,answer=풀이", "--add")
    assert done.returncode == 0, done.stderr
    assert json.loads(doumi("kb", "status", "--jsonl").stdout)["articles"] == 4


@pytest.mark.parametrize(
    ("text", "words"), [("하나,둘\n1,2\n", "열 이름"), ("내용번호,제목\n1,제목\n", "answer"), ("", "비어")]
)
def test_a_refused_file_is_one_sentence_and_exit_1(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    done = doumi("kb", "import", str(path))
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


@pytest.mark.parametrize(
    "args", [["kb"], ["kb", "import"], ["search", "x", "--top", "0"], ["search", "x", "--top", "many"]]
)
def test_wrong_usage_is_exit_2(args: list[str]) -> None:
    assert doumi(*args).returncode == 2


def test_the_shipped_example_is_searched_before_anything_is_imported() -> None:
    done = doumi("search", "여권을 잃어버렸어요", "--jsonl")
    assert done.returncode == 0, done.stderr
    assert "여권" in json.loads(done.stdout)["hits"][0]["title"]
    assert json.loads(doumi("kb", "status", "--jsonl").stdout)["origin"] == "sample"


def test_a_search_is_narrowed(tmp_path: Path) -> None:
    doumi("kb", "import", str(small_file(tmp_path)))
    done = doumi("search", "-", "--district", "노원", "--jsonl", feed="음식물쓰레기 배출\n여권\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [[hit["id"] for hit in answer["hits"]] for answer in answers] == [["k7"], []]
    done = doumi("search", "신청", "--field", "행정", "--jsonl")
    assert [hit["id"] for hit in json.loads(done.stdout)["hits"]] == ["k1"]
    refused = doumi("search", "신청", "--field", "없는 분야")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "행정" in refused.stderr


def test_initials_find_a_title() -> None:
    done = doumi("search", "ㄱㅎㄷㅎ", "--jsonl")
    answer = json.loads(done.stdout)
    assert "기후동행카드" in answer["hits"][0]["title"]
    assert not answer["shown"]


@pytest.mark.data
@pytest.mark.models
@pytest.mark.slow
def test_meaning_finds_what_words_do_not(tmp_path: Path, own_home: Path) -> None:
    installed_model("multilingual-e5-small")
    rows = data("kb", "seoul120", "seoul-120-text.csv").read_text(encoding="utf-8").splitlines()
    part = tmp_path / "part.csv"
    part.write_text("\n".join(rows[:41]) + "\n", encoding="utf-8")
    models = Home.from_environment().models
    done = doumi("kb", "import", str(part), models=models)
    assert done.returncode == 0, done.stderr
    assert "뜻 검색: 사용\n" in done.stdout
    found = doumi(
        "search", "남편이 회사를 쉬고 갓난아기를 보는데 보태 주는 돈이 있나요", "--top", "3", "--jsonl", models=models
    )
    assert found.stderr == ""
    titles = [hit["title"] for hit in json.loads(found.stdout)["hits"]]
    assert any("육아휴직" in title for title in titles)
