from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assist.errors import ScriptsFault
from assist.model import CrisisFinding, CrisisKind, HeardNumber, Turn
from assist.protect import crisis_guide
from assist.protect.crisis_watch import CrisisHelp, CrisisWatch
from assist.protect.handover import DistrictHeard, WelfareCentre
from audio.model import Channel
from resources.notices import sentence

A, C = Channel.AGENT, Channel.CALLER
WALL = "2026-11-22T09:14:00+09:00"
CENTRE = WelfareCentre("관악구", "새빛종합사회복지관", "02-000-1234", "w1")


class Centres:
    def __init__(self, *found: WelfareCentre) -> None:
        self.found = {one.district: one for one in found}
        self.asked: list[str] = []

    def find(self, district: str) -> WelfareCentre | None:
        self.asked.append(district)
        return self.found.get(district)


class Call:
    """A call as the watch sees it, a turn each ten seconds."""

    def __init__(self, help_: CrisisHelp | None = None) -> None:
        self.watch = CrisisWatch(help_ or CrisisHelp(wall_time=WALL))
        self.turns: list[Turn] = []
        self.centres: list[WelfareCentre] = []
        self.numbers: list[HeardNumber] = []

    def say(self, *said: tuple[Channel, str]) -> Call:
        for speaker, text in said:
            turn = Turn(len(self.turns), speaker, 10.0 * len(self.turns), 10.0 * len(self.turns) + 8, text)
            self.turns.append(turn)
            if speaker is C:
                self.watch.on_caller(turn, text, 0, ())
            if (centre := self.watch.centre(turn, text)) is not None:
                self.centres.append(centre)
        return self

    def note(self, kind: CrisisKind = CrisisKind.SUICIDE) -> list[str]:
        return self.watch.note(kind, self.turns, self.numbers, 75.0)[1].split("\n")


def line(note: Sequence[str], name: str) -> str:
    """One thing of the note: its line, and the lines of its list."""
    at = next(place for place, text in enumerate(note) if text.startswith(f"{name}:"))
    listed = list(note[at + 1 :])
    end = next((place for place, text in enumerate(listed) if not text.startswith("- ")), len(listed))
    return "\n".join([note[at], *listed[:end]])


WHOLE = (
    (A, "반갑습니다 120다산콜재단 상담사입니다 무엇을 도와드릴까요"),
    (C, "이제 그만 살고 싶어요 죽고 싶어요"),
    (A, "말씀해 주셔서 고맙습니다 지금 계신 곳이 어디신가요"),
    (C, "관악구 신림동 옥탑방이에요 저 혼자 살아요"),
    (A, "성함이 어떻게 되세요"),
    (C, "제 이름은 김서연이에요"),
    (A, "자살예방 상담전화 일공구로 통화를 이어 드리겠습니다"),
)


def test_the_note_says_what_was_said_and_when() -> None:
    call = Call().say(*WHOLE)
    note = call.note()
    assert note[0] == "연계 메모 · 자살 위험 · 지금 위급"
    assert line(note, "시각") == "시각: 2026-11-22 09:15 (통화 01:15)"
    assert (
        line(note, "누구")
        == "누구:\n- 09:14:30 “관악구 신림동 옥탑방이에요 저 혼자 살아요”\n- 09:14:50 “제 이름은 김서연이에요”"
    )
    assert line(note, "곳") == "곳: 09:14:30 “관악구 신림동 옥탑방이에요 저 혼자 살아요”"
    assert "- 09:14:10 “이제 그만 살고 싶어요 죽고 싶어요”" in line(note, "들은 말").replace("들은 말: ", "- ")
    assert line(note, "안내한 번호") == "안내한 번호: 자살예방 상담전화 109 (09:15:00)"
    assert "이어 드리겠습니다" in line(note, "상담사가 한 말")
    assert "곁에 누가 있는지" in line(note, "먼저 할 일")


def test_what_was_not_told_is_unknown() -> None:
    note = Call().say(WHOLE[0], WHOLE[1]).note()
    for name in ("누구", "곳", "연락처"):
        assert line(note, name) == f"{name}: 확인 필요"
    assert line(note, "안내한 번호") == "안내한 번호: 안내한 기록 없음"
    assert not any(text.startswith("상담사가 한 말") for text in note)


def test_every_word_of_a_quotation_was_said() -> None:
    long = "어제부터 아무것도 못 먹고 " * 12 + "죽고 싶어요 " + "그냥 그런 생각만 들어요 " * 12
    call = Call().say((C, long))
    quoted = line(call.note(), "들은 말").split("“")[1].rstrip("”")
    assert quoted.startswith("…")
    assert quoted.endswith("…")
    assert "죽고 싶어요" in quoted
    assert quoted.strip("…") in " ".join(long.split())


def test_a_telephone_number_is_given_as_it_was_heard() -> None:
    call = Call().say(*WHOLE)
    call.numbers = [
        HeardNumber(0, "phone", "010-0327-5614", C, 3, 30, 38, True),
        HeardNumber(1, "phone", "010-0911-0000", C, 5, 50, 58, False),
        HeardNumber(2, "phone", "109", A, 6, 60, 68, True),
    ]
    assert line(call.note(), "연락처") == "연락처: 010-0327-5614, 010-0911-0000 (확인 필요)"


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("109로 연결해 드릴게요", ["109"]),
        ("백구번으로 이어 드리겠습니다", ["109"]),
        ("일일구에 신고하겠습니다 경찰 112에도 알립니다", ["119", "112"]),
        ("주소를 일일이 적어 두겠습니다", []),
        ("접수 번호는 31095번입니다", []),
        ("저는 120다산콜재단 상담사입니다", []),
    ],
)
def test_only_numbers_that_were_said_count_as_given(said: str, given: list[str]) -> None:
    text = line(Call().say(WHOLE[0], WHOLE[1], (A, said)).note(), "안내한 번호")
    assert sorted(number for number in ("109", "119", "112") if f" {number} (" in text) == sorted(given)


def test_the_key_after_120_must_be_said_too() -> None:
    hungry = (C, "쌀이 떨어져서 사흘째 굶었어요")
    without = Call().say(hungry, (A, "끊어지면 120으로 다시 전화 주세요")).note(CrisisKind.HARDSHIP)
    assert "120-③" not in line(without, "안내한 번호")
    with_key = Call().say(hungry, (A, "120으로 거셔서 3번을 누르시면 됩니다")).note(CrisisKind.HARDSHIP)
    assert "120-③" in line(with_key, "안내한 번호")


def test_other_dangers_are_named_and_practice_is_labelled() -> None:
    call = Call(CrisisHelp(practice=True)).say((C, "죽고 싶어요"), (C, "쌀이 떨어져서 사흘째 굶었어요"))
    note = call.note()
    assert note[0].startswith("[연습 통화]")
    assert line(note, "함께 들린 위험") == "함께 들린 위험: 생계 위기"
    assert line(note, "시각") == "시각: 통화 01:15"


def test_no_note_without_that_danger() -> None:
    with pytest.raises(ValueError, match="no such danger"):
        Call().say(WHOLE[1]).note(CrisisKind.CHILD)


def test_the_centre_of_the_one_district_that_was_named() -> None:
    centres = Centres(CENTRE)
    call = Call(CrisisHelp(centres=centres)).say((C, "관악구 신림동이에요"))
    assert centres.asked == []
    call.say((C, "죽고 싶어요"), (C, "네 신림동이요"), (A, "02 000에 1234로 안내해 드릴게요 02-000-1234로요"))
    assert call.centres == [CENTRE]
    assert centres.asked == ["관악구"]
    assert "새빛종합사회복지관 02-000-1234" in line(call.note(), "안내한 번호")


def test_two_districts_are_none() -> None:
    centres = Centres(CENTRE)
    Call(CrisisHelp(centres=centres)).say((C, "저는 관악구고요"), (C, "어머니는 노원구에 사세요"), (C, "죽고 싶어요"))
    assert centres.asked == []


def test_a_centre_that_is_not_found_is_not_looked_for_for_ever() -> None:
    centres = Centres()
    call = Call(CrisisHelp(centres=centres)).say((C, "관악구예요 죽고 싶어요"))
    call.say(*[(C, "너무 힘들어요")] * 20)
    assert call.centres == []
    assert len(centres.asked) <= 3


def test_the_caller_names_the_district_before_the_counsellor_does() -> None:
    heard = DistrictHeard()
    heard.add(A, "강남구청으로 연결해 드릴까요")
    assert heard.sure == "강남구"
    heard.add(C, "아니요 도봉구 창동이에요")
    assert heard.sure == "도봉구"


# -- the guidance of a centre --------------------------------------------------------------------------------

OWN = '[suicide]\ntitle = "자살 위험"\nsteps = ["먼저 듣습니다."]\nnumbers = [["우리 센터", "02-000-0000"]]\n'


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "crisis.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_kind_the_centre_names_replaces_ours_and_the_others_stay(tmp_path: Path) -> None:
    guide = crisis_guide.load(written(tmp_path, "\ufeff" + OWN))
    ours = crisis_guide.shipped()
    assert guide.of(CrisisKind.SUICIDE).numbers == (("우리 센터", "02-000-0000"),)
    assert all(guide.of(kind) == ours.of(kind) for kind in CrisisKind if kind is not CrisisKind.SUICIDE)
    found = CrisisFinding(CrisisKind.SUICIDE, 3, (), ("a",), (("b", "1"),))
    assert guide.guided(found).steps == ("먼저 듣습니다.",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "-"),
        ("[suicide", "TOML"),
        (b"\xff\xfe", "TOML"),
        (OWN.replace("suicide", "flood"), "flood"),
        (OWN.replace('["먼저 듣습니다."]', "[]"), "suicide"),
        (OWN.replace('["먼저 듣습니다."]', '["먼저", 3]'), "suicide"),
        (OWN.replace('"02-000-0000"', '"전화하세요"'), "suicide"),
        (OWN.replace('"02-000-0000"', "120"), "suicide"),
        (OWN + "extra = 1\n", "suicide"),
        (OWN.replace("자살 위험", "가" * 61), "suicide"),
        ("suicide = 1", "suicide"),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, text: str | bytes, name: str) -> None:
    with pytest.raises(ScriptsFault) as caught:
        crisis_guide.load(written(tmp_path, text))
    assert (caught.value.code, caught.value.params["name"]) == ("protect.crisis_scripts_broken", name)
    assert sentence(caught.value.code, **caught.value.params)


@pytest.mark.parametrize("size", [0, crisis_guide.MAX_BYTES + 1])
def test_a_file_that_is_absent_or_far_too_large(tmp_path: Path, size: int) -> None:
    file = written(tmp_path, b"#" * size) if size else tmp_path / "none.toml"
    with pytest.raises(ScriptsFault) as caught:
        crisis_guide.load(file)
    assert caught.value.code == "protect.crisis_scripts_unreadable"


def test_ours_is_whole() -> None:
    guide = crisis_guide.shipped()
    assert set(guide.kinds) == set(CrisisKind)
    numbers = {number for kind in CrisisKind for _, number in guide.of(kind).numbers}
    assert {"109", "119", "112", "120-③"} <= numbers
