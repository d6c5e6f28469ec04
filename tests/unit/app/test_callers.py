"""The register, its signed list, and the desks that look callers up in it."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from app.adapters.signing import Ed25519Verifier
from app.bus import EventBus
from app.caller_desk import HOLD_S, CallerDesk
from app.caller_list import KEY_FILE, LIST_FILE, PUBLIC_FILE, read_public
from app.caller_lookup import CallerListSync, DeskCallers
from app.desk import Desk as RealDesk
from app.desk_parts import DeskParts
from app.errors import CallerFault
from app.releases import open_source
from app.settings import ProtectionSettings, ReleaseSettings
from app.store import Store
from assist.events import CallerKnown, NoticeRaised
from assist.model import CallerClass, ManagedCaller
from audio.events import CallEvent
from kb.errors import SyncFault
from resources.notices import Fault
from tests.helpers.https import serving
from tests.helpers.personal import begin, home_in, open_store
from tests.helpers.team import DAY, NUMBER, TeamPc
from ui.team_ports import CallerEntry

TODAY = DAY.date()
HANDLING = "요구를 되풀이하면 민원지원팀으로 연결합니다."
ENTRY = CallerEntry(CallerClass.HARD, HANDLING, date(2027, 5, 31), "비밀 메모")
OTHER = "02-987-6543"


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[TeamPc]:
    made = TeamPc(tmp_path / "team")
    made.register.init(tmp_path / "keys")
    yield made
    made.close()


class Desk:
    def __init__(self, folder: Path, keys: Path, address: str) -> None:
        self.clock = DAY
        self.store: Store = open_store(home_in(folder))
        self.settings = ProtectionSettings(callers_list=address, callers_key=keys / PUBLIC_FILE)
        self.ca_file: Path | None = None
        self.callers = self.made()
        self.heard: list[CallEvent] = []
        self.at = 0.0
        self.line = CallerDesk(self.callers, self.heard.append, lambda: self.at)

    def made(self) -> DeskCallers:
        def source(address: str):
            return open_source(ReleaseSettings(address=address, ca_file=self.ca_file))

        return DeskCallers(
            self.store, b"own" * 11, lambda: self.settings, Ed25519Verifier(), source, lambda: self.clock
        )

    def known(self) -> list[CallerKnown]:
        return [event for event in self.heard if isinstance(event, CallerKnown)]


@pytest.fixture
def desk(tmp_path: Path, pc: TeamPc) -> Iterator[Desk]:
    assert pc.settings.callers_folder is not None
    made = Desk(tmp_path / "desk", tmp_path / "keys", str(pc.settings.callers_folder))
    yield made
    made.store.close()


def code_of(error: pytest.ExceptionInfo[Fault]) -> str:
    return error.value.code


# -- the register -------------------------------------------------------------------------------------------


def test_a_caller_stands_by_hash_and_no_number_is_on_the_disk(pc: TeamPc, tmp_path: Path) -> None:
    row = pc.register.add(NUMBER, ENTRY)
    assert (row.entry, row.ended, row.incidents) == (ENTRY, False, 0)
    assert pc.register.find("+82 10 1234 5678") == row
    assert pc.register.find(OTHER) is None
    pc.desk.publish()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            raw = file.read_bytes()
            assert b"01012345678" not in raw
            assert b"1234-5678" not in raw
    published = (tmp_path / "team" / "published" / LIST_FILE).read_text(encoding="utf-8")
    assert HANDLING in published
    assert "비밀 메모" not in published


def test_entries_are_added_changed_ended_and_come_back(pc: TeamPc) -> None:
    row = pc.register.add(NUMBER, ENTRY)
    with pytest.raises(CallerFault) as caught:
        pc.register.add("010 1234 5678", ENTRY)
    assert code_of(caught) == "caller.already"
    changed = CallerEntry(CallerClass.MALICIOUS, "바로 끊지 않고 연결합니다.", TODAY, "")
    assert pc.register.change(row.caller, changed).entry == changed
    assert pc.register.end(row.caller).ended
    assert pc.register.add(NUMBER, ENTRY).ended is False
    pc.clock = DAY.replace(year=2027, month=6)
    assert pc.register.rows()[0].ended
    for entry in (
        CallerEntry(CallerClass.HARD, HANDLING, TODAY),
        CallerEntry(CallerClass.HARD, "  ", date(2028, 1, 1)),
        CallerEntry(CallerClass.HARD, "가" * 501, date(2028, 1, 1)),
    ):
        with pytest.raises(CallerFault):
            pc.register.change(row.caller, entry)
    with pytest.raises(CallerFault):
        pc.register.end("nobody")


def test_keys_are_made_once_and_come_back_from_the_safe(pc: TeamPc, tmp_path: Path) -> None:
    with pytest.raises(CallerFault):
        pc.register.init(tmp_path / "elsewhere")
    second = TeamPc(tmp_path / "second")
    try:
        with pytest.raises(CallerFault) as caught:
            second.register.add(NUMBER, ENTRY)
        assert code_of(caught) == "caller.no_key"
        with pytest.raises(CallerFault):
            second.register.take(tmp_path / "keys" / PUBLIC_FILE)
        second.register.take(tmp_path / "keys" / KEY_FILE)
        assert second.register.hash_of(NUMBER) == pc.register.hash_of(NUMBER)
    finally:
        second.close()


def test_versions_only_go_up_whoever_publishes_and_whatever_the_clock_says(pc: TeamPc, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    assert pc.register.publish(folder, 30).version == 1  # an empty register
    pc.register.add(NUMBER, ENTRY)
    assert pc.register.unpublished() == 1
    first = pc.register.publish(folder, 30)
    assert (first.version, first.entries, pc.register.unpublished()) == (2, 1, 0)
    second = TeamPc(tmp_path / "second")
    try:
        second.register.take(tmp_path / "keys" / KEY_FILE)
        assert second.register.publish(folder, 30).version == 3
    finally:
        second.close()
    pc.clock -= timedelta(days=400)
    back = pc.register.publish(folder, 30)
    assert back.version == 4
    assert back.issued >= first.issued


def test_an_expired_key_publishes_nothing(pc: TeamPc, tmp_path: Path) -> None:
    pc.clock += timedelta(days=4 * 365)
    with pytest.raises(CallerFault) as caught:
        pc.register.publish(tmp_path / "published", 30)
    assert code_of(caught) == "caller.key_expired"
    assert not (tmp_path / "published").exists()


# -- the desk -----------------------------------------------------------------------------------------------


def test_a_managed_caller_is_known_before_the_first_word(pc: TeamPc, desk: Desk) -> None:
    pc.register.add(NUMBER, ENTRY)
    pc.desk.publish()
    assert desk.callers.refresh()
    assert not desk.callers.refresh()
    desk.line.take("공일공 일이삼사 오육칠팔")
    managed = ManagedCaller(CallerClass.HARD, HANDLING, "2027-05-31")
    assert [(event.call_id, event.managed) for event in desk.known()] == [("", managed)]
    begin(desk.store, "call-1")
    tell = desk.line.begin("call-1", lambda: 5, practice=False)
    assert tell is not None
    tell()
    assert (desk.known()[-1].call_id, desk.known()[-1].managed) == ("call-1", managed)
    kept = desk.store.read(lambda db: db.execute("SELECT caller FROM sessions").fetchone()[0])
    assert kept == pc.register.hash_of(NUMBER)
    assert desk.made().known(NUMBER).managed == managed  # the next start has the list at once


def test_without_list_or_key_earlier_calls_are_counted_all_the_same(desk: Desk, pc: TeamPc) -> None:
    desk.settings = ProtectionSettings()
    assert not desk.callers.refresh()
    for call_id in ("call-1", "call-2", "call-3"):
        desk.store.begin_session(call_id, DAY.isoformat(), "devices")
        desk.line.begin(call_id, lambda: 0, practice=False)
        desk.line.take(NUMBER)
        desk.line.put_away()
    assert [event.earlier_calls for event in desk.known()] == [0, 1, 2]
    # A key that comes later does not forget them.
    desk.settings = ProtectionSettings(callers_key=pc.folder.parent / "keys" / PUBLIC_FILE)
    assert desk.callers.earlier(desk.callers.known(NUMBER)) == 3
    assert desk.callers.earlier(desk.callers.known(OTHER)) == 0
    desk.clock += timedelta(days=365)
    assert desk.callers.earlier(desk.callers.known(NUMBER)) == 0


def test_what_is_no_number_is_one_sentence_and_what_was_known_stays(desk: Desk) -> None:
    desk.line.take(NUMBER)
    with pytest.raises(CallerFault):
        desk.line.take("모름")
    assert len(desk.known()) == 1
    assert desk.line.begin("call-1", lambda: 0, practice=False) is not None


def test_a_number_given_before_a_call_can_be_taken_back_and_does_not_wait_for_ever(desk: Desk) -> None:
    desk.line.take(NUMBER)
    desk.line.take("")
    assert desk.line.begin("call-1", lambda: 0, practice=False) is None
    desk.line.put_away()
    desk.line.take(NUMBER)
    desk.at += HOLD_S + 1
    assert desk.line.begin("call-2", lambda: 0, practice=False) is None


def test_practice_calls_do_not_touch_it(desk: Desk) -> None:
    desk.line.take(NUMBER)
    assert desk.line.begin("practice", lambda: 0, practice=True) is None
    desk.line.take(OTHER)
    assert [event.call_id for event in desk.known()] == [""]
    desk.line.put_away()
    assert desk.line.begin("call-1", lambda: 0, practice=False) is not None


def test_a_number_that_rings_in_the_wrap_up_is_the_next_calls(desk: Desk) -> None:
    desk.line.begin("call-1", lambda: 0, practice=False)
    desk.line.take(NUMBER)
    desk.line.ended()
    desk.line.take(OTHER)
    assert [event.call_id for event in desk.known()] == ["call-1", ""]
    desk.line.put_away()
    assert desk.line.begin("call-2", lambda: 0, practice=False) is not None


def test_an_ended_entry_does_not_match_even_when_the_clock_is_set_back(pc: TeamPc, desk: Desk) -> None:
    pc.register.add(NUMBER, CallerEntry(CallerClass.HARD, HANDLING, TODAY))
    pc.desk.publish()
    desk.callers.refresh()
    assert desk.callers.known(NUMBER).managed is not None
    desk.clock += timedelta(days=1)
    assert desk.callers.known(NUMBER).managed is None
    pc.clock += timedelta(days=2)
    pc.desk.publish()
    desk.clock -= timedelta(days=300)
    desk.callers.refresh()
    assert desk.callers.known(NUMBER).managed is None
    assert desk.callers.state().current


def test_an_expired_list_says_so_and_still_helps(pc: TeamPc, desk: Desk) -> None:
    pc.register.add(NUMBER, ENTRY)
    pc.desk.publish()
    desk.callers.refresh()
    desk.clock += timedelta(days=31)
    assert not desk.callers.state().current
    desk.line.take(NUMBER)
    desk.line.take(NUMBER)
    assert desk.known()[0].managed is not None
    notices = [event.code for event in desk.heard if isinstance(event, NoticeRaised)]
    assert notices == ["caller.list_stale"]


def test_refused_lists_leave_the_last_good_one_in_use(pc: TeamPc, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "team" / "published" / LIST_FILE
    pc.register.add(NUMBER, ENTRY)
    pc.desk.publish()
    old = file.read_bytes()
    pc.register.add(OTHER, ENTRY)
    pc.desk.publish()
    good = file.read_bytes()
    desk.callers.refresh()
    changed = bytearray(good)
    changed[-40] ^= 1
    signature = good.split(b"\n", 2)[1]
    told: list[Fault] = []
    sync = CallerListSync(desk.callers, told.append, random.Random(1))
    for data, code in (
        (old, "caller.list_older"),
        (bytes(changed), "caller.list_signature"),
        (good.replace(signature, b"A" * len(signature)), "caller.list_signature"),
        (good.replace(signature, b"\xff"), "caller.list_signature"),
        (good[: len(good) // 2], "caller.list_signature"),
        (b"", "caller.list_broken"),
        (b"<html>sign in</html>", "caller.list_broken"),
        (good + b" ", "caller.list_signature"),
    ):
        file.write_bytes(data)
        with pytest.raises(CallerFault) as caught:
            desk.callers.refresh()
        assert code_of(caught) == code
        sync.round()
        assert told[-1].code == code
        assert desk.callers.known(NUMBER).managed is not None
        assert desk.callers.known(OTHER).managed is not None
        assert desk.made().known(OTHER).managed is not None
    file.unlink()
    with pytest.raises(SyncFault):
        desk.callers.refresh()
    count = len(told)
    assert sync.round() < 200
    assert len(told) == count


def test_another_centres_list_is_refused(pc: TeamPc, desk: Desk, tmp_path: Path) -> None:
    pc.register.add(NUMBER, ENTRY)
    pc.desk.publish()
    desk.callers.refresh()
    other = TeamPc(tmp_path / "other")
    try:
        other.register.init(tmp_path / "other-keys")
        other.register.publish(tmp_path / "team" / "published", 30)
        with pytest.raises(CallerFault) as caught:
            desk.callers.refresh()
        assert code_of(caught) == "caller.list_signature"
        # A desk that moved to that centre takes its list, whatever number the old one had.
        desk.settings = desk.settings.model_copy(update={"callers_key": tmp_path / "other-keys" / PUBLIC_FILE})
        assert desk.callers.refresh()
        assert desk.callers.known(NUMBER).managed is None
    finally:
        other.close()


def test_a_signed_list_of_another_centre_id_is_refused(pc: TeamPc, desk: Desk, tmp_path: Path) -> None:
    pc.desk.publish()
    public = (tmp_path / "keys" / PUBLIC_FILE).read_text(encoding="utf-8")
    centre = read_public(public).centre
    (tmp_path / "moved.pub").write_text(public.replace(centre, "0" * 16), encoding="utf-8")
    desk.settings = desk.settings.model_copy(update={"callers_key": tmp_path / "moved.pub"})
    with pytest.raises(CallerFault) as caught:
        desk.callers.refresh()
    assert code_of(caught) == "caller.list_other_centre"


@pytest.mark.parametrize("content", ["", "{}", "[1]", "\x00", '{"format": 1}'])
def test_a_key_that_cannot_be_read_is_one_sentence_and_never_stops_a_call(
    desk: Desk, tmp_path: Path, content: str
) -> None:
    (tmp_path / "bad.pub").write_text(content)
    desk.settings = desk.settings.model_copy(update={"callers_key": tmp_path / "bad.pub"})
    with pytest.raises(CallerFault) as caught:
        desk.callers.refresh()
    assert code_of(caught) == "caller.not_a_list_key"
    desk.line.take(NUMBER)
    assert desk.known()[0].managed is None


def test_the_list_comes_over_https_too(pc: TeamPc, desk: Desk, tmp_path: Path) -> None:
    pc.register.add(NUMBER, ENTRY)
    pc.desk.publish()
    with serving(tmp_path / "team" / "published", tmp_path / "tls") as server:
        desk.settings = desk.settings.model_copy(update={"callers_list": server.address})
        with pytest.raises(SyncFault):
            desk.callers.refresh()  # a certificate nobody vouches for
        desk.ca_file = tmp_path / "tls" / "server.pem"
        assert desk.callers.refresh()
    assert desk.callers.known(NUMBER).managed is not None
    assert desk.callers.state().entries == 1


def test_the_thread_fetches_at_the_start_and_when_asked_and_ends(pc: TeamPc, desk: Desk) -> None:
    came = threading.Event()
    pc.desk.publish()
    fetch = desk.callers.refresh

    def watched() -> bool:
        try:
            return fetch()
        finally:
            came.set()

    desk.callers.refresh = watched  # type: ignore[method-assign]
    sync = CallerListSync(desk.callers, lambda fault: None)
    sync.start()
    assert came.wait(20)
    came.clear()
    sync.look_now()
    assert came.wait(20)
    sync.close()
    assert desk.callers.state().version == 1
    with pytest.raises(CallerFault):
        fetch()  # nothing is begun any more


def test_times_survive_zones(pc: TeamPc) -> None:
    pc.desk.publish()
    state = pc.desk.state()
    assert datetime.fromisoformat(state.published_at).tzinfo is not None
    assert state.expires_on == (TODAY + timedelta(days=30)).isoformat()


def test_the_desk_hands_numbers_on_and_says_what_is_none(desk: Desk) -> None:
    bus, heard = EventBus(), []
    bus.subscribe(CallEvent, heard.append)
    told = threading.Semaphore(0)
    bus.subscribe(CallEvent, lambda event: told.release())
    line = CallerDesk(desk.callers, bus.publish, lambda: 0.0)
    personal = SimpleNamespace(store=SimpleNamespace(append=lambda event: None))
    parts = SimpleNamespace(bus=bus, personal=personal, line=None, caller=line, deskbook=None, retriever=None)
    parts.rephrasing = None
    running = RealDesk(cast("DeskParts", parts))
    for text, kind in ((NUMBER, CallerKnown), ("없는 번호", NoticeRaised)):
        running.caller_number(text)
        assert told.acquire(timeout=30)
        assert type(heard[-1]) is kind
    assert heard[-1].code == "caller.not_a_number"
    assert all("1234" not in repr(event) for event in heard)
