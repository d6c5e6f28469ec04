"""What leaves the desk holds no personal data unless somebody asks for it, with a reason that is logged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from app.access_log import Action, entries
from app.cli import main
from app.home import Home
from app.log_setup import redact
from app.personal import key_place, open_reader, open_writer, vault
from app.search_index import fold
from app.session_masking import masked_objects, masked_turns
from app.store import Store
from assist.events import NumberHeard
from assist.model import CallRecord, HeardNumber, Turn
from audio.events import DigitRun
from audio.model import Channel, Word
from tests.helpers.personal import begin, final, home_in, now, turn

CANARIES = (
    "김민수",
    "010-0123-4567",
    "01001234567",
    "0123",
    "공일이삼",
    "사오육칠",
    "900101-1234567",
    "M12345678",
    "12가3456",
    "110-234-567890",
)
SAID = (
    (Channel.CALLER, "저는 김민수예요 주민번호 900101-1234567이고 여권은 M12345678입니다"),
    (Channel.AGENT, "네 연락처 말씀해 주세요"),
    (Channel.CALLER, "공일공에 공일이삼"),
    (Channel.AGENT, "네"),
    (Channel.CALLER, "다시 사오육칠이요 차는 12가3456이에요"),
    (Channel.AGENT, "010-0123-4567 맞으시죠? 문의는 02-120입니다"),
    (Channel.CALLER, "환급은 신한은행 110-234-567890으로 해 주세요"),
)
RECORD = CallRecord("복지", inquiry=("김민수님 환급 문의",), follow_up="김민수님(010-0123-4567)에게 콜백")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    found = home_in(tmp_path)
    monkeypatch.setenv("DOUMI_HOME", str(found.root))
    monkeypatch.setenv("DOUMI_LANG", "en")
    key_place(found).key()
    store = Store(vault(found), now)
    fill(store)
    store.close()
    return found


def fill(store: Store) -> None:
    begin(store)
    for i, (who, text) in enumerate(SAID):
        at = text.find("010-0123-4567")
        runs = (DigitRun("phone", "공일공 공일이삼 사오육칠", text[at : at + 13], at, at + 13),) if at >= 0 else ()
        words = tuple(Word(word, float(i), i + 0.5) for word in text.split())
        spoken = replace(
            final(2 * i + 1, text=text), utterance=i, channel=who, start=float(i), words=words, digits=runs
        )
        store.append(spoken)
        store.append(turn(2 * i + 2, text, speaker=who, index=i))
    number = HeardNumber(1, "phone", "010-0123-4567", Channel.CALLER, 4, 4.0, 4.9, confident=True)
    store.append(NumberHeard(call_id="call-1", seq=99, t_ns=9, number=number))
    store.file_records("call-1", (RECORD,))


def leaks(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


@pytest.mark.parametrize(
    "arguments",
    [
        ["sessions", "list"],
        ["sessions", "list", "--jsonl"],
        ["sessions", "show", "call-1"],
        ["sessions", "show", "call-1", "--jsonl"],
        ["sessions", "export", "call-1"],
        ["sessions", "export", "call-1", "--jsonl"],
    ],
)
def test_a_saved_call_leaves_the_desk_masked(
    home: Home, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert leaks(out) == []
    assert "call-1" in out
    if arguments[1] != "list":
        assert "02-120" in out
    lines = entries_of(home)
    assert not any(action == Action.REVEAL for action, _ in lines)


@pytest.mark.parametrize("action", ["show", "export"])
def test_it_is_revealed_for_a_reason_that_is_logged_before(
    home: Home, action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sessions", action, "call-1", "--reveal", " "]) == 1
    captured = capsys.readouterr()
    assert leaks(captured.out) == []
    assert "--reveal" in captured.err
    assert main(["sessions", action, "call-1", "--reveal", "police request 7"]) == 0
    assert "김민수" in capsys.readouterr().out
    assert (Action.REVEAL, "police request 7") in entries_of(home)


def entries_of(home: Home) -> list[tuple[str, str]]:
    return open_reader(home).read(lambda db: [(line.action, line.note) for line in entries(db)])


def test_what_is_searched_holds_no_personal_data_and_finds_by_whole_numbers_and_names(home: Home) -> None:
    reader = open_reader(home)
    bodies = reader.read(lambda db: [str(row["body"]) for row in db.query("SELECT body FROM search")])
    assert leaks("\n".join(bodies)) == []
    assert not any(fold(canary) in body for canary in CANARIES for body in bodies)

    def found(query: str) -> bool:
        return bool(reader.sessions(query))

    for query in ("010-0123-4567", "01001234567", "010 0123 4567", "공일공에 공일이삼에 사오육칠", "4567", "김민수"):
        assert found(query), query
    assert found("900101-1234567")
    assert found("M12345678")
    assert found("12가3456")
    assert found("110-234-567890 환급")
    assert found("연락처 말씀")
    for query in ("010-0123-4568", "김민", "0123456", "박민수"):
        assert not found(query), query


def test_an_index_from_before_is_masked_when_the_store_opens(home: Home) -> None:
    with open_writer(home) as store:

        def before(db: Database) -> None:
            db.execute("CREATE TABLE search_before (session_id TEXT, part TEXT, body TEXT)")
            db.execute("DELETE FROM search")
            for n in range(450):
                row = ["call-1", f"turn.{n}", fold(f"제 번호는 010-0123-4567이에요 {n}번째")]
                db.execute("INSERT INTO search_before VALUES (?, ?, ?)", row)

        store.write(before)
    with open_writer(home):
        pass
    reader = open_reader(home)
    rows = reader.read(lambda db: [str(row["body"]) for row in db.query("SELECT body FROM search")])
    assert len(rows) == 450
    assert leaks("\n".join(rows)) == []
    assert reader.sessions("01001234567")
    assert not reader.read(lambda db: db["search_before"].exists())


def test_logs_blank_what_comes_their_way() -> None:
    whole = [canary for canary in CANARIES if canary != "0123"]
    said = " / ".join((*whole, "hong@example.com", "+82 10-0123-4567"))
    assert leaks(redact(said)) == []
    assert "hong" not in redact(said)


def test_words_of_a_covered_number_are_covered_too() -> None:
    text = "제 번호는 010 0123 4567 이에요"
    value = {"type": "TranscriptFinal", "text": text, "words": [{"text": f" {word}"} for word in text.split()]}
    (shown,) = masked_objects([value])
    assert [word["text"] for word in shown["words"]] == [" 제", " 번호는", " •••", " ••••", " ••••", " 이에요"]


def test_what_was_personal_once_is_covered_wherever_it_comes_up_again() -> None:
    said = ["제 성함은 나도담이고요", "나도담 님 맞으시죠", "네 나 도 담이요"]
    turns = [
        {"type": "TurnUpdated", "turn": {"text": text, "start": float(n), "speaker": "caller"}}
        for n, text in enumerate(said)
    ]
    record = {"type": "record", "inquiry": ["나도담 님이 과태료를 물음"]}
    shown = masked_objects([*turns, record])
    assert "나도담" not in json.dumps(shown, ensure_ascii=False)
    assert "나 도 담" not in json.dumps(shown, ensure_ascii=False)
    assert "과태료를 물음" in shown[-1]["inquiry"][0]


CALL = (
    "주민센터 위치가 어디예요",
    "네 은평구 매화로 77에 있습니다",
    "고객님 성함이요",
    "제 이름은 나도담이고요",
    "주소가 어떻게 되세요",
    "정릉로 27길이요",
    "번지수는 어떻게 되세요",
    "십오 다시 삼이요",
    "연락처는요",
    "공일공에 공일이삼",
    "네",
    "사오육칠이요",
    "나도담 고객님 봉사활동 신청이시죠",
    "태풍 십 호 때문에요",
)


def spoken(index: int, text: str, display: str = "") -> dict[str, object]:
    at = float(2 * index)
    return {
        "type": "TurnUpdated",
        "turn": {"index": index, "start": at, "end": at + 1, "text": text, "display": display},
    }


def test_a_call_is_covered_the_same_as_turns_and_as_objects() -> None:
    shown = [text.replace("공일공에 공일이삼", "010-0123") for text in CALL]
    pairs = list(enumerate(zip(CALL, shown, strict=True)))
    turns = [Turn(n, Channel.CALLER, 2.0 * n, 2.0 * n + 1, text, display) for n, (text, display) in pairs]
    objects = masked_objects([spoken(n, text, display) for n, (text, display) in pairs])
    covered = masked_turns(turns)
    assert [one["turn"]["text"] for one in objects] == [turn.text for turn in covered]
    assert [one["turn"]["display"] for one in objects] == [turn.display for turn in covered]
    assert covered[1].text == CALL[1]
    assert covered[7].text == "•• •• ••요"
    assert leaks(" ".join(turn.text + turn.display for turn in covered)) == []


def test_what_a_turn_grew_through_is_covered_as_far_as_the_turn_is() -> None:
    values = []
    for index, text in enumerate(CALL):
        words = text.split()
        values += [spoken(index, " ".join(words[: n + 1])) for n in range(len(words))]
    objects = masked_objects(values)
    last = {one["turn"]["index"]: one["turn"]["text"] for one in objects}
    turns = [Turn(n, Channel.CALLER, 2.0 * n, 2.0 * n + 1, text) for n, text in enumerate(CALL)]
    assert [last[n] for n in range(len(CALL))] == [turn.text for turn in masked_turns(turns)]
    grown = [one["turn"]["text"] for one in objects]
    assert not [text for text in grown if "십오" in text or "공일공" in text or "나도담" in text]


def test_a_question_that_goes_on_with_a_home_is_not_its_own_answer() -> None:
    asked = "성북구청 위치 좀 알려 주세요"
    *_, shown = masked_objects([spoken(0, asked), spoken(0, f"{asked} 정릉로 27길 15에 있어요")])
    assert shown["turn"]["text"] == f"{asked} ••• ••• ••에 있어요"


def test_where_one_text_was_said_twice_its_covered_form_is_taken() -> None:
    said = ("태풍 이름이요", "오백이 호요", "네", "네", "주소요", "정릉로 27길 15예요", "몇 호세요", "오백이 호요")
    objects = masked_objects([spoken(n, text) for n, text in enumerate(said)])
    assert [one["turn"]["text"] for one in objects if one["turn"]["index"] in (1, 7)] == ["••• •요", "••• •요"]


def test_an_earlier_reading_of_a_turn_is_covered_with_the_turns_around_it() -> None:
    said = ("연락처는요", "공일공에 공일이삼", "네", "사오육칠이요")
    turns = [spoken(n, text) for n, text in enumerate(said)]
    shown = masked_objects([turns[0], spoken(1, "어 공일공에 공일이삼"), *turns[1:]])
    assert shown[1]["turn"]["text"] == "어 •••• ••••"
    assert leaks(json.dumps(shown, ensure_ascii=False)) == []
