from __future__ import annotations

import csv
import json
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import tables
from kb.adapters.table_files import sheet_rows
from kb.errors import ImportRejected
from kb.importer import Imported, iso_date, parse_map, read_articles

HEADER = "내용번호,분류,제목,내용\n"


def imported(path: Path, columns: dict[str, str] | None = None) -> Imported:
    return read_articles(path, sheet_rows, columns)


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "entries.csv"
    path.write_bytes(text.encode(encoding))
    return path


def many(count: int = 40) -> str:
    return "".join(f"{n},행정,제목 {n},내용 {n}\n" for n in range(count))


def xlsx_file(folder: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "entries.xlsx"
    book.save(path)
    return path


def refusal(path: Path, columns: dict[str, str] | None = None) -> str:
    with pytest.raises(ImportRejected) as caught:
        imported(path, columns)
    assert str(caught.value)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_every_encoding_gives_the_same_entries(tmp_path: Path, encoding: str) -> None:
    found = imported(csv_file(tmp_path, HEADER + "a1,복지,기초연금 신청,주민센터에서 신청합니다\n", encoding))
    (article,) = found.articles
    assert (article.id, article.category, article.question) == ("a1", "복지", "기초연금 신청")
    assert article.answer == "주민센터에서 신청합니다"


def test_content_number_outranks_number_as_id(tmp_path: Path) -> None:
    (article,) = imported(csv_file(tmp_path, "번호,제목,내용,내용번호\n7,제목,내용,2345\n")).articles
    assert (article.id, article.number) == ("2345", "7")


def test_number_is_the_id_where_there_is_no_better(tmp_path: Path) -> None:
    (article,) = imported(csv_file(tmp_path, "번호,제목,내용\n7,제목,내용\n")).articles
    assert (article.id, article.number) == ("7", "")


def test_every_field_is_recognised_by_its_korean_name(tmp_path: Path) -> None:
    head = "내용번호,질문,답변,분야,키워드,담당부서,전화 번호,자치구,최종수정일\n"
    (article,) = imported(
        csv_file(tmp_path, head + '1,질문,답변,교통,"버스, 지하철;택시",교통과,02-120,마포구,2024.3.5\n')
    ).articles
    assert article.keywords == ("버스", "지하철", "택시")
    assert (article.department, article.phone, article.district) == ("교통과", "02-120", "마포구")
    assert article.updated == "2024-03-05"


def test_a_map_names_columns_and_wins(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "코드,물음,풀이,제목\nx,무엇인가요,이렇습니다,다른 것\n")
    (article,) = imported(path, parse_map("id=코드, question=물음,answer=풀이")).articles
    assert (article.id, article.question, article.answer) == ("x", "무엇인가요", "이렇습니다")


@pytest.mark.parametrize("text", ["id", "id=", "wrong=제목", "=제목"])
def test_a_wrong_map_is_refused(text: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        parse_map(text)
    assert caught.value.code == "kb.map_wrong"


def test_a_map_to_a_missing_column_is_refused(tmp_path: Path) -> None:
    assert refusal(csv_file(tmp_path, HEADER + many()), {"id": "없는열"}) == "kb.map_missing_column"


FAULTY_ROWS = [
    ("99,행정,제목,\n", "kb.row_empty_answer"),
    ("99,행정,제목,   \n", "kb.row_empty_answer"),
    ("99,행정,,내용\n", "kb.row_empty_question"),
    (",행정,제목,내용\n", "kb.row_bad_id"),
    ("3,행정,제목,내용\n", "kb.row_repeated_id"),
    ("99,행정\n", "kb.row_empty_question"),
    ("99,행정,제목," + "가" * 700_000 + "\n", "kb.row_cell_too_large"),
    ("99,행정,제목,수수료는 1,000원입니다\n", "kb.row_too_many_cells"),  # a comma without quotes
]


@pytest.mark.parametrize(("row", "code"), FAULTY_ROWS, ids=lambda value: str(value)[:22])
def test_a_faulty_row_is_left_out_and_listed_with_its_line(tmp_path: Path, row: str, code: str) -> None:
    found = imported(csv_file(tmp_path, HEADER + many(40) + row + "100,행정,마지막,내용\n"))
    assert len(found.articles) == 41
    (fault,) = found.skipped
    assert (fault.line, fault.code) == (42, code)


def test_lines_count_breaks_inside_cells(tmp_path: Path) -> None:
    found = imported(csv_file(tmp_path, HEADER + '500,행정,제목,"첫 줄\n둘째 줄"\n' + many(40) + "600,행정,제목,\n"))
    assert found.articles[0].answer == "첫 줄\n둘째 줄"
    assert [fault.line for fault in found.skipped] == [44]


def test_more_than_five_percent_faulty_is_refused_whole(tmp_path: Path) -> None:
    faulty = "".join(f"x{n},행정,제목,\n" for n in range(3))
    assert refusal(csv_file(tmp_path, HEADER + many(40) + faulty)) == "kb.too_many_faults"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "kb.file_empty"),
        ("  \n\n", "kb.file_empty"),
        ("내용번호,제목\n1,제목\n", "kb.missing_columns"),
        ("하나,둘,셋\n1,2,3\n", "kb.no_header"),
        (HEADER, "kb.no_rows"),
        ('{"id":"1","question":"q"}\n', "kb.missing_columns"),
        ("{broken\n", "kb.not_json_lines"),
    ],
)
def test_a_file_that_is_no_table_of_entries_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert refusal(csv_file(tmp_path, text)) == code


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_broken_bytes_are_refused_with_their_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "entries.csv"
    good = HEADER + many(30)
    path.write_bytes(good.encode(encoding) + b"\xff\xff,\x80\x81\n" + many(3).encode(encoding))
    with pytest.raises(ImportRejected) as caught:
        imported(path)
    assert caught.value.code == "kb.file_encoding"
    assert caught.value.params["line"] == good.count("\n") + 1


def test_the_forty_first_column(tmp_path: Path) -> None:
    """Forty-one named columns are fine; a cell beyond the header is a text cut in two, and its row is left out."""
    names = ["내용번호", "제목", "내용", *(f"열 {n}" for n in range(38))]
    row = [*(f"값 {n}" for n in range(41))]
    rows = [[f"i{n}", *row[1:]] for n in range(30)]
    text = "".join(",".join(cells) + "\n" for cells in [names, *rows])
    assert len(imported(csv_file(tmp_path, text)).articles) == 30
    found = imported(
        csv_file(tmp_path, text + "i99," + ",".join(row[1:]) + ",넘친 칸\n" + "i98," + ",".join(row[1:]) + ",,\n")
    )
    assert [(fault.line, fault.code) for fault in found.skipped] == [(32, "kb.row_too_many_cells")]
    assert found.articles[-1].id == "i98"  # empty cells at the end say nothing


def test_an_entry_of_two_megabytes_is_left_out_of_every_kind_of_file(tmp_path: Path) -> None:
    large = "가나다라마바사 " * 100_000
    rows = [{"id": str(n), "question": f"질문 {n}", "answer": large if n == 7 else f"답변 {n}"} for n in range(30)]
    lines = tmp_path / "large.jsonl"
    lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    sheet = csv_file(
        tmp_path, "id,question,answer\n" + "".join(f"{r['id']},{r['question']},{r['answer']}\n" for r in rows)
    )
    for path, line in ((lines, 8), (sheet, 9)):
        found = imported(path)
        assert [(fault.line, fault.code, fault.detail) for fault in found.skipped] == [
            (line, "kb.row_cell_too_large", "answer")
        ]
        assert len(found.articles) == 29


def test_two_columns_of_one_name_do_not_mix(tmp_path: Path) -> None:
    (article,) = imported(csv_file(tmp_path, "id,제목,내용,내용\n1,여권,먼저,나중\n")).articles
    assert article.answer == "먼저"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20),
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60),
        ),
        min_size=1,
        max_size=8,
    ),
    as_lines=st.booleans(),
)
def test_what_is_written_is_read_or_said_by_row(tmp_path: Path, rows: list[tuple[str, str]], as_lines: bool) -> None:
    """Whatever stands in the cells, every row is an entry with its text or a fault with its line; good ones stay."""
    good = [(f"g{n}", f"질문 {n}", f"답변 {n}") for n in range(200)]
    cells = [*good, *((f"r{n}", question, answer) for n, (question, answer) in enumerate(rows))]
    path = tmp_path / ("any.jsonl" if as_lines else "any.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        if as_lines:
            file.writelines(
                json.dumps(dict(zip(("id", "question", "answer"), row, strict=True))) + "\n" for row in cells
            )
        else:
            csv.writer(file).writerows([("id", "question", "answer"), *cells])
    found = imported(path)
    assert len(found.articles) + len(found.skipped) == len(cells)
    assert [one.id for one in found.articles[:200]] == [row[0] for row in good]
    said = {one.id: one for one in found.articles}
    for n, (question, answer) in enumerate(rows):
        if f"r{n}" in said:
            kept = unicodedata.normalize("NFC", answer).replace("\r\n", "\n").replace("\r", "\n").strip()
            assert said[f"r{n}"].answer == kept
            assert said[f"r{n}"].question == " ".join(unicodedata.normalize("NFC", question).split())


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == "kb.file_missing"
    assert refusal(tmp_path) == "kb.file_is_folder"


def test_decomposed_hangul_nul_and_html(tmp_path: Path) -> None:
    text = HEADER + unicodedata.normalize("NFD", "1,행정,여권 발급,<script>알림</script> 내용\0입니다 😀\n")
    (article,) = imported(csv_file(tmp_path, unicodedata.normalize("NFD", HEADER) + text.split("\n", 1)[1])).articles
    assert article.question == "여권 발급"
    assert article.answer == "<script>알림</script> 내용입니다 😀"


def test_rows_beyond_the_limit_refuse_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 10)
    assert refusal(csv_file(tmp_path, HEADER + many(11))) == "kb.too_many_rows"


def test_semicolons_and_tabs_separate_too(tmp_path: Path) -> None:
    for sign in ";\t":
        (article,) = imported(csv_file(tmp_path, f"id{sign}제목{sign}내용\n1{sign}가, 나{sign}다\n")).articles
        assert article.question == "가, 나"


def test_json_lines(tmp_path: Path) -> None:
    rows: list[object] = [
        {"id": n, "question": f"q{n}", "answer": f"a{n}", "keywords": ["하나", "둘"]} for n in range(30)
    ]
    path = tmp_path / "entries.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n[1]\n", encoding="utf-8")
    found = imported(path)
    assert (len(found.articles), found.articles[5].id, found.articles[5].keywords) == (30, "5", ("하나", "둘"))
    assert [(fault.line, fault.code) for fault in found.skipped] == [(31, "kb.row_not_json")]


def test_xlsx_values_dates_and_formulas(tmp_path: Path) -> None:
    rows: list[list[object]] = [["내용번호", "제목", "내용", "수정일"]]
    rows += [[n, f"제목 {n}", f"내용 {n}", date(2024, 5, 1)] for n in range(30)]
    rows.append([99, "수식", '=CONCATENATE("가","나")', None])  # never computed: no value was saved
    found = imported(xlsx_file(tmp_path, rows))
    assert (found.articles[3].id, found.articles[3].updated) == ("3", "2024-05-01")
    assert [(fault.line, fault.code) for fault in found.skipped] == [(32, "kb.row_empty_answer")]


def test_xlsx_with_merged_cells_and_many_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["내용번호", "제목", "내용", *(f"열 {n}" for n in range(300))])
    for n in range(30):
        book.active.append([n, f"제목 {n}", f"내용 {n}", *range(300)])
    book.active.merge_cells("B31:C31")
    path = tmp_path / "entries.xlsx"
    book.save(path)
    found = imported(path)
    assert len(found.articles) == 29
    assert found.skipped[0].code == "kb.row_empty_answer"


def test_an_xlsx_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    assert refusal(path) == "kb.sheet_bomb"


def test_an_xlsx_bomb_that_lies_about_its_size_unpacks_to_no_more_than_it_says(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b" " * 20_000_000)
    path.write_bytes(path.read_bytes().replace((20_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    assert refusal(path) == "kb.sheet_broken"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_xml_that_grows_while_it_is_read_is_refused(tmp_path: Path, part: str) -> None:
    whole = xlsx_file(tmp_path, [["id", "제목", "내용"], [1, "여권", "구청"]])
    path = tmp_path / "laughs.xlsx"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "하" * 10}">' for n in range(9))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as packed:
        for name in source.namelist():
            raw = source.read(name)
            if name == part:
                head, sign, body = raw.decode().partition("?>") if raw.startswith(b"<?xml") else ("", "", raw.decode())
                root = body.strip()[1:].split(" ")[0].split(">")[0]
                raw = f"{head}{sign}<!DOCTYPE {root} [{entities}]>{body}".encode()
            packed.writestr(name, raw)
    assert refusal(path) == "kb.sheet_bomb"


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"PK\x03\x04 not really", "kb.sheet_broken"), (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "kb.file_old_office")],
)
def test_a_broken_or_old_sheet_is_refused(tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "entries.xlsx"
    path.write_bytes(raw)
    assert refusal(path) == code


@pytest.mark.parametrize("formula", ["=SUM(A1:A3)", "=1+1", " =A1", "=cmd|'/c calc'!A1", "=-B2*3", "=HYPERLINK(A1)"])
def test_a_formula_is_no_text_to_read_out(tmp_path: Path, formula: str) -> None:
    path = tmp_path / "formula.jsonl"
    rows = [{"id": str(i), "question": f"질문 {i}", "answer": formula if i == 3 else f"답변 = {i}"} for i in range(30)]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    found = imported(path)
    assert [(fault.line, fault.code) for fault in found.skipped] == [(4, "kb.row_formula")]
    assert len(found.articles) == 29


@pytest.mark.parametrize("text", ["= 준비물 =", "==안내==", "=> 구청 방문", "=", "=가나다(라)"])
def test_an_equals_sign_is_no_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plain.jsonl"
    path.write_text(json.dumps({"id": "1", "question": "질문", "answer": text}, ensure_ascii=False), encoding="utf-8")
    assert imported(path).articles[0].answer == text


def test_a_json_array_is_told_apart_from_a_missing_header(tmp_path: Path) -> None:
    array = tmp_path / "all.json"
    array.write_text('[{"id": "1", "question": "q", "answer": "a"}]', encoding="utf-8")
    assert refusal(array) == "kb.not_json_lines"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-01-05", "2024-01-05"),
        ("2024.1.5", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("2024년 1월 5일", "2024-01-05"),
        ("2024/01/05 10:20:30", "2024-01-05"),
        ("2024-13-05", ""),
        ("어제", ""),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert iso_date(text) == iso


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda tail: HEADER.encode() + tail),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.text(max_size=200).map(
            lambda tail: ('{"id": "1", "question": "q", "answer": "a"}\n' + tail).encode("utf-8", "replace")
        ),
    ),
    suffix=st.sampled_from([".csv", ".jsonl", ".xlsx", ""]),
)
def test_no_bytes_raise_anything_but_a_refusal(tmp_path: Path, raw: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(raw)
    try:
        found = imported(path)
    except ImportRejected:
        return
    assert all(article.id and article.question and article.answer for article in found.articles)


@pytest.mark.parametrize("filler", [b"A" * 3_000_000, b"<r " + b'a="' + b"A" * 3_000_000, b"<!--" + b"<" * 3_000_000])
def test_markup_that_never_ends_is_refused_before_it_is_parsed(tmp_path: Path, filler: bytes) -> None:
    """A parser that is fed such a piece bit by bit takes time quadratic to its length."""
    good, path = xlsx_file(tmp_path, [["id", "제목", "내용"], [1, "여권", "구청"]]), tmp_path / "endless.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as packed:
        for name in source.namelist():
            packed.writestr(name, filler if name == "xl/worksheets/sheet1.xml" else source.read(name))
    assert refusal(path) == "kb.sheet_bomb"
