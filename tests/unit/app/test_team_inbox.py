"""The dedicated team's inbox on real packs: opened once, checked, grouped, broken ones kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.errors import CallerFault, StoreFault, TeamFault
from app.evidence_check import read_archive
from assist.model import CallerClass
from tests.helpers.evidence import PressDesk
from tests.helpers.team import NUMBER, TeamPc
from ui.team_ports import ActKind, CallerEntry, PackState, TeamStep

TODAY = date(2026, 11, 22)
ENTRY = CallerEntry(CallerClass.MALICIOUS, "민원지원팀으로 바로 연결합니다.", date(2027, 5, 31), "비밀 메모")


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[TeamPc]:
    made = TeamPc(tmp_path / "team")
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path, pc: TeamPc) -> Iterator[PressDesk]:
    made = PressDesk(tmp_path / "desk")
    made.key = pc.public_key
    pc.desks = {made.signer.desk_id: made.signer.public_key}
    yield made
    made.close()


def incident(pc: TeamPc, desk: PressDesk, caller: str = "", complete: bool = True) -> str:
    """One call with a press, its packs delivered; returns the incident's id."""
    desk.call()
    if caller:
        desk.store.write(lambda db: db.execute("UPDATE sessions SET caller = ?", [caller]))
    raised = desk.press()
    desk.make()
    if complete:
        desk.hang_up()
        desk.make()
    pc.deliver(desk)
    return raised.pack_id


def test_without_an_identity_nothing_is_opened_and_a_sentence_says_what_to_do(pc: TeamPc, desk: PressDesk) -> None:
    incident(pc, desk)
    look = pc.desk.look()
    assert (look.opened, look.broken) == (0, 0)
    assert "team.key" in look.fault
    assert pc.desk.inbox() == []


def test_both_packs_of_an_incident_are_one_row_and_the_detail_shows_the_call(pc: TeamPc, desk: PressDesk) -> None:
    ident = incident(pc, desk)
    pc.desk.take_identity(pc.key)
    assert pc.desk.look() == type(pc.desk.look())(2, 0)
    (row,) = pc.desk.inbox()
    assert (row.incident_id, row.packs, row.complete, row.state) == (ident, 2, True, PackState.UNTOUCHED)
    assert row.label is not None
    assert row.step is None
    detail = pc.desk.incident(ident)
    assert [pack.completing for pack in detail.packs] == [False, True]
    assert {pack.desk for pack in detail.packs} == {desk.signer.desk_id}
    assert any(line.labels and line.evidence for line in detail.transcript)
    assert any(act.kind is ActKind.PRESS for act in detail.acts)
    assert detail.facts.call_id == "call-1"
    assert detail.clip is not None
    assert detail.clip.start_s <= detail.clip.incident_s < detail.clip.end_s
    pc.desk.play(ident, detail.clip.incident_s, detail.clip.incident_s + 2)
    assert pc.play_back.played == [32_000]
    out = pc.desk.save_parts(ident, pc.folder)
    assert (out / "clip.flac").read_bytes() == pc.desk.parts(ident)["clip.flac"]
    with pytest.raises(TeamFault):
        pc.desk.save_parts(ident, pc.folder)


def test_packs_are_never_opened_twice_nor_their_originals_touched(
    pc: TeamPc, desk: PressDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident(pc, desk)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in pc.share.iterdir()}
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    copy = pc.share / "again.age"
    copy.write_bytes(next(iter(before)).read_bytes())
    monkeypatch.setattr(AgeBox, "open", lambda *_: pytest.fail("opened again"))
    look = pc.desk.look()
    assert (look.opened, look.broken, look.fault) == (0, 0, "")
    assert [row.packs for row in pc.desk.inbox()] == [2]
    copy.unlink()
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in pc.share.iterdir()} == before


def test_the_same_pack_sealed_once_more_is_one_pack(pc: TeamPc, desk: PressDesk) -> None:
    incident(pc, desk, complete=False)
    pc.desk.take_identity(pc.key)
    (file,) = pc.share.glob("*.age")
    plain = AgeBox().open(file.read_bytes(), team.read_identity(pc.key, AgeBox()))
    (pc.share / "resealed.age").write_bytes(AgeBox().seal(plain, team.read_recipient(pc.public_key, AgeBox())))
    pc.desk.look()
    assert [row.packs for row in pc.desk.inbox()] == [1]


def test_the_completing_pack_may_come_first(pc: TeamPc, desk: PressDesk) -> None:
    ident = incident(pc, desk)
    press, complete = (file for file in sorted(pc.share.iterdir()))
    held = press.read_bytes()
    press.unlink()
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    (row,) = pc.desk.inbox()
    assert (row.incident_id, row.packs, row.complete) == (ident, 1, True)
    facts = pc.desk.incident(ident).facts
    press.write_bytes(held)
    pc.desk.look()
    (row,) = pc.desk.inbox()
    assert (row.incident_id, row.packs, row.complete) == (ident, 2, True)
    assert pc.desk.incident(ident).facts == facts
    assert complete.exists()


@pytest.mark.parametrize("at", [30, 400, -1])
def test_one_flipped_byte_is_listed_as_broken_and_a_whole_copy_heals_it(pc: TeamPc, desk: PressDesk, at: int) -> None:
    ident = incident(pc, desk, complete=False)
    (file,) = pc.share.glob("*.age")
    whole = file.read_bytes()
    raw = bytearray(whole)
    raw[at] ^= 1
    file.write_bytes(raw)
    pc.desk.take_identity(pc.key)
    assert pc.desk.look().broken == 1
    (row,) = pc.desk.inbox()
    assert (row.incident_id, row.state, row.pack_id) == ("", PackState.BROKEN, ident)
    assert row.reason
    assert pc.desk.look().broken == 0
    assert file.read_bytes() == bytes(raw)
    file.write_bytes(whole)
    assert pc.desk.look().opened == 1
    assert [row.state for row in pc.desk.inbox()] == [PackState.UNTOUCHED]


def test_files_that_are_none_of_ours_do_not_keep_ours_out(pc: TeamPc, desk: PressDesk) -> None:
    incident(pc, desk)
    box, recipient = AgeBox(), team.read_recipient(pc.public_key, AgeBox())
    (pc.share / "0.age").write_bytes(b"")
    (pc.share / "1.age").write_bytes(b"age-encryption.org/v1\njunk")
    (pc.share / "2.age").write_bytes(box.seal(b"no archive", recipient))
    (pc.share / "3.age").write_bytes(box.seal(team.archive({"manifest.json": b"[1]"}), recipient))
    (pc.share / "4.age").mkdir()
    (pc.share / ".half.age").write_bytes(b"x")
    (pc.share / "list.txt").write_text("x")
    pc.desk.take_identity(pc.key)
    look = pc.desk.look()
    assert look.opened >= 2
    states = [row.state for row in pc.desk.inbox()]
    assert states.count(PackState.UNTOUCHED) == 1
    assert states.count(PackState.BROKEN) >= 3


def test_a_pack_that_was_changed_inside_names_what_and_never_changes_what_was_told(pc: TeamPc, desk: PressDesk) -> None:
    ident = incident(pc, desk, complete=False)
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    (told,) = pc.desk.inbox()
    (file,) = pc.share.glob("*.age")
    parts = dict(read_archive(AgeBox().open(file.read_bytes(), team.read_identity(pc.key, AgeBox()))))
    parts.pop(team.SUMS)
    parts["transcript.jsonl"] = parts["transcript.jsonl"].replace(b"caller", b"agent")
    forged = AgeBox().seal(team.archive(parts), team.read_recipient(pc.public_key, AgeBox()))
    (pc.share / "zz.age").write_bytes(forged)
    assert pc.desk.look().opened == 1
    (row,) = pc.desk.inbox()
    assert row.state is PackState.CHANGED
    assert "transcript.jsonl" in row.reason
    assert (row.incident_id, row.label, row.caller_known) == (ident, told.label, told.caller_known)
    # What is shown and played is the pack that was not changed.
    assert b'"caller"' in pc.desk.parts(ident)["transcript.jsonl"]


def test_a_desk_that_is_not_listed_is_named_so(pc: TeamPc, desk: PressDesk) -> None:
    incident(pc, desk)
    pc.desks = {}
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    (row,) = pc.desk.inbox()
    assert row.state is PackState.UNPROVEN
    assert row.reason


def test_packs_for_an_earlier_identity_open_and_broken_ones_open_once_their_key_is_there(
    pc: TeamPc, desk: PressDesk, tmp_path: Path
) -> None:
    incident(pc, desk)
    team.init(tmp_path / "new", AgeBox())
    pc.desk.take_identity(tmp_path / "new" / team.IDENTITY_FILE)
    assert pc.desk.look().broken == 2
    pc.desk.take_identity(pc.key)
    assert pc.desk.look().opened == 2
    assert [row.state for row in pc.desk.inbox()] == [PackState.UNTOUCHED]
    with pytest.raises(TeamFault):
        pc.desk.take_identity(pc.public_key)


def test_a_folder_that_went_away_is_one_sentence(pc: TeamPc) -> None:
    pc.desk.take_identity(pc.key)
    pc.share.rmdir()
    assert str(pc.share) in pc.desk.look().fault


def test_steps_are_only_added_and_corrections_stand_after_what_they_correct(pc: TeamPc, desk: PressDesk) -> None:
    ident = incident(pc, desk)
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    later = pc.desk.add_step(ident, TeamStep.RESTRICTED, TODAY, "7일")
    warned = pc.desk.add_step(ident, TeamStep.WARNED, TODAY - timedelta(days=2), "=문서 발송")
    assert [row.step for row in pc.desk.incident(ident).steps] == [TeamStep.WARNED, TeamStep.RESTRICTED]
    pc.clock -= timedelta(hours=5)  # somebody set the clock back
    fixed = pc.desk.add_step(ident, TeamStep.WARNED, TODAY - timedelta(days=3), "날짜 바로잡음", corrects=warned.id)
    assert fixed.recorded_at >= warned.recorded_at
    steps = pc.desk.incident(ident).steps
    assert [(row.id, row.corrected) for row in steps] == [(warned.id, True), (fixed.id, False), (later.id, False)]
    assert pc.desk.inbox()[0].step is TeamStep.RESTRICTED
    pc.desk.add_step(ident, TeamStep.WITHDRAWN, TODAY, "착오", corrects=later.id)
    assert pc.desk.inbox()[0].step is TeamStep.WARNED
    for step, on, corrects in (
        (TeamStep.ACCUSED, TODAY + timedelta(days=1), 0),
        (TeamStep.WITHDRAWN, TODAY, 0),
        (TeamStep.ACCUSED, TODAY, 999),
        (TeamStep.ACCUSED, TODAY, warned.id),
    ):
        with pytest.raises(TeamFault):
            pc.desk.add_step(ident, step, on, "", corrects)
    with pytest.raises(TeamFault):
        pc.desk.add_step("nobody", TeamStep.WARNED, TODAY)
    file = pc.folder / "steps.xlsx"
    pc.desk.export_steps(file, ident)
    rows = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 5
    assert [row[3] for row in rows[1:]] == ["=문서 발송", "날짜 바로잡음", "7일", "착오"]
    assert openpyxl.load_workbook(file).worksheets[0]["D2"].data_type == "s"
    pc.desk.export_steps(pc.folder / "steps.csv")
    assert "'=문서 발송" in (pc.folder / "steps.csv").read_bytes().decode("utf-8-sig")
    with pytest.raises(StoreFault):
        pc.desk.export_steps(pc.folder / "steps.txt")


def test_incidents_are_found_by_words_notes_and_the_callers_number(pc: TeamPc, desk: PressDesk) -> None:
    pc.register.init(pc.folder / "list")
    ident = incident(pc, desk, caller=pc.register.hash_of(NUMBER))
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    text = pc.desk.incident(ident).transcript[0].text
    assert [row.incident_id for row in pc.desk.inbox(text.split()[0])] == [ident]
    assert pc.desk.inbox("없는낱말") == []
    pc.desk.add_step(ident, TeamStep.WARNED, TODAY, "내용증명 발송")
    assert [row.incident_id for row in pc.desk.inbox("내용증명발송")] == [ident]
    assert [row.incident_id for row in pc.desk.inbox(number="+82 10 1234 5678")] == [ident]
    assert pc.desk.inbox(number="010-9999-0000") == []
    with pytest.raises(CallerFault):
        pc.desk.inbox(number="번호 아님")
    (row,) = pc.desk.inbox()
    assert (row.caller_known, row.managed, row.same_caller) == (True, None, 0)
    added = pc.desk.add_caller_of(ident, ENTRY)
    assert added.incidents == 1
    assert pc.desk.find_caller(NUMBER) == added
    assert pc.desk.inbox()[0].managed is CallerClass.MALICIOUS
    caller = pc.desk.incident(ident).caller
    assert caller is not None
    assert caller.entry == ENTRY


def test_a_hash_under_the_desks_own_key_never_leaves_it(pc: TeamPc, desk: PressDesk) -> None:
    ident = incident(pc, desk, caller="own:" + "0" * 32)
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    assert not pc.desk.inbox()[0].caller_known
    with pytest.raises(CallerFault):
        pc.desk.add_caller_of(ident, ENTRY)


def test_figures_count_incidents_and_hold_no_person(pc: TeamPc, desk: PressDesk) -> None:
    ident = incident(pc, desk)
    pc.desk.take_identity(pc.key)
    pc.desk.look()
    pc.desk.add_step(ident, TeamStep.ACCUSED, TODAY, "홍길동 010-1234-5678")
    row = pc.desk.inbox()[0]
    day = date.fromisoformat(row.raised_at[:10])
    figures = pc.desk.figures(day, day)
    assert figures.total == sum(figures.hours) == 1
    assert figures.hours[int(row.raised_at[11:13])] == 1
    assert dict(figures.steps)["accused"] == 1
    assert dict(figures.kinds)[row.label.value if row.label else ""] == 1
    pc.desk.export_figures(figures, pc.folder / "f.csv")
    pc.desk.export_figures(figures, pc.folder / "f.xlsx")
    raw = (pc.folder / "f.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert "고발" in text
    assert not any(word in text for word in ("홍길동", "1234", ident, "call-1"))
    book = openpyxl.load_workbook(pc.folder / "f.xlsx")
    assert len(book.worksheets) == 5
    with pytest.raises(TeamFault):
        pc.desk.figures(day, day - timedelta(days=1))
