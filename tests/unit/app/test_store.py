from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import StoreFault
from app.store import Store
from app.store_reader import SessionReader, fold
from app.store_schema import MIGRATIONS, migrate, statements, version
from assist.events import CallEnded, DeliveryChanged, DraftReady, EscalationRaised
from assist.model import CallRecord, Delivery, Draft
from audio.events import LanguageOffered, LevelsMeasured, TranscriptPartial, WordsAligned
from audio.model import Channel, Levels, Word
from tests.helpers.material import ROOT
from tests.helpers.personal import REASON, RECORD, begin, final, home_in, now, open_store, turn, vault


def test_a_call_comes_back_as_it_was_given(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store)
    given = [
        final(1),
        turn(2, "집 앞에 세워둔 차"),
        final(3),
        CallEnded(call_id="call-1", seq=4, t_ns=9, duration_s=3.5),
    ]
    for event in given:
        store.append(event)
    store.end_session("call-1", 3.5)
    assert store.events("call-1") == tuple(given)
    store.close()
    again = open_store(home_in(tmp_path))
    assert again.events("call-1") == tuple(given)
    (row,) = again.sessions()
    assert (row.id, row.source, row.title, row.duration_s, row.turns) == ("call-1", "practice", "연습", 3.5, 1)
    assert row.inquiry == "집 앞에 세워둔 차"
    assert [row.filed, row.escalated, row.interrupted] == [False] * 3
    again.close()


def test_words_timed_after_a_final_come_back_in_it(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store)
    said = final(1)
    words = (Word("네", 0.5, 0.75, 0.875),)
    aligned = WordsAligned(call_id="call-1", seq=2, t_ns=5, utterance=said.utterance, words=words)
    store.append(said)
    store.append(aligned)
    store.append(LanguageOffered(call_id="call-1", seq=3, t_ns=6, channel=Channel.CALLER, language="en"))
    read = store.events("call-1")
    assert read[:2] == (replace(said, words=words), aligned)
    assert isinstance(read[2], LanguageOffered)
    store.close()


def test_what_the_log_does_not_need_is_left_out(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store)
    base = {"call_id": "call-1", "seq": 1, "t_ns": 0}
    partial = TranscriptPartial(**base, utterance=0, channel=Channel.CALLER, start=0, end=1, text="가", display="가")
    store.append(partial)
    store.append(LevelsMeasured(**base, levels=Levels(Channel.CALLER, -20.0, -10.0)))
    growing = DraftReady(**base, draft=Draft((), ""), final=False)
    store.append(growing)
    store.append(EscalationRaised(**base, pack_id="p", reason=REASON, delivery=Delivery.WAITING))
    store.append(DeliveryChanged(**base, pack_id="p", delivery=Delivery.WAITING, attempts=1))
    kept = DraftReady(**base, draft=Draft((RECORD,), "요약"), final=True)
    store.append(kept)
    store.append(final(2, call_id="never-begun"))
    assert store.events("call-1") == (growing, kept)
    assert store.events("never-begun") == ()
    store.close()


def test_records_are_drafted_filed_and_corrected(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store)
    draft, corrected = (RECORD,), (replace(RECORD, category="복지"), CallRecord("행정"))
    assert store.records("call-1") == ()
    store.save_draft("call-1", draft)
    assert store.records("call-1") == draft
    assert not store.sessions()[0].filed
    assert store.file_records("call-1", draft) == 1
    assert store.file_records("call-1", corrected) == 2
    store.save_draft("call-1", draft)
    assert store.records("call-1") == draft
    assert store.file_records("call-1", corrected) == 3
    assert store.records("call-1") == corrected
    row = store.sessions()[0]
    assert (row.category, row.inquiry, row.filed) == ("복지", "불법 주정차 신고", True)
    with pytest.raises(StoreFault) as caught:
        store.file_records("no-such-call", draft)
    assert caught.value.code == "store.no_session"
    store.close()


def test_searching_ignores_spaces_hyphens_and_composition(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store, "one")
    store.append(turn(1, "신림로 십이길에 집 앞에 세워 둔 차", "one"))
    begin(store, "two")
    store.append(turn(1, "임산부 교통비는 010-1234-5678로", "two"))
    store.append(turn(2, "임산부 교통비는 010-1234-5678로 100%_지원", "two"))
    store.file_records("two", (CallRecord("복지", follow_up="내일 회신"),))
    decomposed = "교통비"

    def ids(query: str) -> list[str]:
        return [row.id for row in store.sessions(query)]

    assert ids("") == ["two", "one"]
    assert ids("세워둔차") == ["one"]
    assert ids("차 신림로") == ["one"]
    assert ids(decomposed) == ["two"]
    assert ids("01012345678") == ["two"]
    assert ids("내일회신 임산부") == ["two"]
    assert ids("임산부 신림로") == []
    assert ids("%") == ["two"]
    assert ids("0%_지") == ["two"]
    assert ids("'; DROP TABLE sessions; --") == []
    assert fold("A b-가 ") == "ab가"
    store.close()


def test_the_list_shows_the_first_words_of_the_caller_until_there_is_a_record(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store)
    store.append(turn(1, "네 상담사입니다", speaker=Channel.AGENT))
    store.append(turn(2, "집 앞에", index=1))
    store.append(turn(3, "집 앞에 차가 있어요", index=1))
    store.append(turn(4, "네 그리고요", index=3))
    row = store.sessions()[0]
    assert (row.inquiry, row.turns) == ("집 앞에 차가 있어요", 4)
    store.close()


def test_deleting_takes_everything_of_the_call_out_of_the_files(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    begin(store)
    begin(store, "other")
    store.append(turn(1, "지울 말"))
    store.append(turn(1, "남을 말", "other"))
    store.file_records("call-1", (RECORD,))
    store.delete("call-1")
    assert [row.id for row in store.sessions()] == ["other"]
    assert store.events("call-1") == ()
    assert store.sessions("지울") == ()
    assert store.read(lambda db: db.execute("SELECT count(*) FROM records").fetchone()[0]) == 0
    assert home.personal_db.with_name("personal.db-wal").stat().st_size == 0
    store.append(turn(2, "늦은 말"))
    assert store.events("call-1") == ()
    with pytest.raises(StoreFault):
        store.delete("call-1")
    store.close()


def test_nothing_of_a_call_is_in_clear_on_the_disk(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    canary = "카나리아-010-9876-5432"
    begin(store)
    store.append(turn(1, canary))
    store.file_records("call-1", (CallRecord("행정", inquiry=(canary,)),))
    files = [file for file in home.root.rglob("*") if file.is_file()]
    assert len(files) >= 2
    for file in files:
        raw = file.read_bytes()
        assert canary.encode() not in raw, file
        assert b"CREATE TABLE" not in raw, file
        assert b"SQLite format 3" not in raw, file
    store.close()


def test_a_call_that_never_ended_is_closed_as_interrupted_with_its_text(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    begin(store, "whole")
    store.end_session("whole", 5)
    begin(store)
    store.append(turn(7, "끊긴 통화"))
    store.flush()
    assert store.unfinished() == ("call-1",)
    store.close()
    again = open_store(home)
    assert again.unfinished() == ("call-1",)
    assert again.recover() == ("call-1",)
    assert again.recover() == ()
    rows = {row.id: row for row in again.sessions()}
    assert (rows["call-1"].interrupted, rows["call-1"].duration_s) == (True, 7.0)
    assert not rows["whole"].interrupted
    assert again.events("call-1") == (turn(7, "끊긴 통화"),)
    again.close()


def test_a_prefix_names_one_call(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    for name in ("AB", "AC", "A"):
        begin(store, name)
    assert store.resolve("AB") == "AB"
    assert store.resolve("A") == "A"
    for prefix, code in (("X", "store.no_session"), ("", "store.many_sessions")):
        with pytest.raises(StoreFault) as caught:
            store.resolve(prefix)
        assert caught.value.code == code
    assert store.session("AC").id == "AC"
    with pytest.raises(StoreFault):
        store.session("AD")
    store.close()


def test_another_reader_sees_what_a_running_store_has_written(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    begin(store)
    store.append(final(1))
    store.flush()
    other = SessionReader(vault(home))
    assert other.events("call-1") == (final(1),)
    with pytest.raises(StoreFault) as caught:
        other.read(lambda db: db.execute("DELETE FROM sessions"))
    assert caught.value.code == "store.read_only"
    store.close()


def test_many_threads_may_write_at_once(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store)

    def write(first: int) -> None:
        for n in range(first, first + 50):
            store.append(final(n))

    threads = [threading.Thread(target=write, args=(1 + 50 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.flush()
    stored = [event.seq for event in store.events("call-1")]
    assert sorted(stored) == list(range(1, 201))
    for first in range(1, 201, 50):
        mine = [seq for seq in stored if first <= seq < first + 50]
        assert mine == sorted(mine)
    store.close()


def test_a_refused_piece_of_work_does_not_take_its_neighbours_down(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    begin(store)
    started, gate, outcome = threading.Event(), threading.Event(), []
    store._put(lambda db: started.set() or gate.wait(5))
    assert started.wait(5)
    store.append(final(1))

    def refused() -> None:
        try:
            store.write(lambda db: db.execute("INSERT INTO sessions (id) VALUES (NULL)"))
        except Exception as error:
            outcome.append(type(error).__name__)

    waiting = threading.Thread(target=refused)
    waiting.start()
    with store._changed:
        assert store._changed.wait_for(lambda: len(store._jobs) == 2, timeout=5)
    store.append(final(2))
    gate.set()
    waiting.join()
    store.flush()
    assert store.events("call-1") == (final(1), final(2))
    assert outcome == ["IntegrityError"]
    store.close()


def test_a_listener_may_log_and_may_fail_without_stopping_the_writer(tmp_path: Path) -> None:
    store: Store

    def on_state(fault: StoreFault | None) -> None:
        store.append(final(9))
        raise ValueError("a bug of the listener")

    store = open_store(home_in(tmp_path), on_state)
    begin(store)
    store._put(lambda db: db.execute("INSERT INTO sessions (id) VALUES (NULL)"))
    store.flush()
    store.append(final(10))
    assert store.events("call-1") == (final(9), final(10))
    store.close()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(home_in(tmp_path))
    store.close()
    store.close()
    with pytest.raises(StoreFault) as caught:
        store.append(final(1))
    assert caught.value.code == "store.closed"


# -- what can go wrong with the file ------------------------------------------------------------------------------


def _filled(tmp_path: Path, calls: int = 40) -> Path:
    home = home_in(tmp_path)
    store = open_store(home)
    for n in range(calls):
        begin(store, f"call-{n}")
        store.append(turn(1, "긴 이야기 " * 60, f"call-{n}"))
    store.close()
    return home.personal_db


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = _filled(tmp_path)
    before = _digest(file)
    for open_it in (
        vault(home_in(tmp_path), bytes(32)).reader,
        lambda: Store(vault(home_in(tmp_path), bytes(32)), now),
    ):
        with pytest.raises(StoreFault) as caught:
            open_it()
        assert caught.value.code == "store.not_opened"
        assert str(file) in str(caught.value)
    assert _digest(file) == before
    assert capfd.readouterr() == ("", "")
    assert len(SessionReader(vault(home_in(tmp_path))).sessions()) == 40


def test_a_wrong_key_does_not_touch_the_journal_of_a_killed_desk(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    begin(store)
    store.append(final(1))
    store.flush()
    killed = home_in(tmp_path / "killed")
    shutil.copytree(home.root, killed.root)
    store.close()
    files = [killed.personal_db, killed.personal_db.with_name("personal.db-wal")]
    before = [_digest(file) for file in files]
    with pytest.raises(StoreFault):
        Store(vault(killed, bytes(32)), now)
    assert [_digest(file) for file in files] == before
    again = open_store(killed)
    assert again.events("call-1") == (final(1),)
    again.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_tampered_page_is_noticed_and_left_alone(
    tmp_path: Path, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    file = _filled(tmp_path)
    raw = bytearray(file.read_bytes())
    rng = random.Random(seed)
    raw[rng.randrange(0 if seed % 2 else 4096, 4096 if seed % 2 else len(raw))] ^= 1 << rng.randrange(8)
    file.write_bytes(raw)
    before = _digest(file)

    def read_all() -> None:
        reader = SessionReader(vault(home_in(tmp_path)))
        problems = reader.read(lambda db: db.execute("PRAGMA cipher_integrity_check").fetchall())
        assert problems
        for row in reader.sessions("이야기"):
            reader.events(row.id)
        raise StoreFault("store.damaged", path=str(file))

    with pytest.raises(StoreFault) as caught:
        read_all()
    assert caught.value.code in ("store.not_opened", "store.damaged", "store.io")
    assert _digest(file) == before
    assert capfd.readouterr().err == ""


def test_a_file_of_something_else_is_refused_untouched(tmp_path: Path) -> None:
    file = home_in(tmp_path).personal_db
    file.parent.mkdir(parents=True)
    file.write_bytes(b"SQLite format 3\0" + os.urandom(8176))
    before = _digest(file)
    with pytest.raises(StoreFault) as caught:
        open_store(home_in(tmp_path))
    assert caught.value.code == "store.not_opened"
    assert _digest(file) == before


class _Stubborn:
    """The real database, whose disk can be filled: SQLite itself is told that no page may be added."""

    def __init__(self, home_folder: Path) -> None:
        self._real = vault(home_in(home_folder))
        self.path = self._real.path
        self.log_key = self._real.log_key
        self._connection: Any = None

    def writer(self) -> Any:
        db = self._real.writer()
        self._connection = db
        return db

    def reader(self) -> Any:
        return self._real.reader()

    def fault(self, error: Exception) -> StoreFault | None:
        return self._real.fault(error)

    def fill(self, db: Any) -> None:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")

    def free(self) -> None:
        self.freed = True


def test_a_full_disk_keeps_what_was_given_and_goes_on_when_there_is_space(tmp_path: Path) -> None:
    states: list[str | None] = []
    told = threading.Event()

    def on_state(fault: StoreFault | None) -> None:
        states.append(fault.code if fault else None)
        told.set()

    disk = _Stubborn(tmp_path)
    store = Store(disk, now, on_state, retry_s=0.02)
    begin(store)
    store.append(final(1))
    store.flush()
    store.write(disk.fill)
    long = "말 " * 9000
    store.append(final(2, text=long))
    store.append(final(3))
    assert told.wait(10)
    with pytest.raises(StoreFault) as caught:
        store.flush()
    assert caught.value.code == "store.disk_full"
    assert store.failing is not None
    assert store.events("call-1") == (final(1),)
    with pytest.raises(StoreFault) as caught:
        store.file_records("call-1", (RECORD,))
    assert caught.value.code == "store.disk_full"
    with store._changed:
        # Space is made by the same connection, in the store's own thread, ahead of what waits.
        from app.store_writer import _Job

        store._jobs.appendleft(_Job(_Freeing()))
        store._changed.notify_all()
    for _ in range(500):
        if store.failing is None:
            break
        threading.Event().wait(0.01)
    store.flush()
    assert store.events("call-1") == (final(1), final(2, text=long), final(3))
    assert states == ["store.disk_full", None]
    store.close()


class _Freeing:
    def __call__(self, db: Any) -> None:
        db.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="mounting a small file system needs root on Linux")
def test_a_really_full_disk(tmp_path: Path) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "doumi-test", str(mount)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a file system")
    try:
        store = open_store(home_in(mount))
        begin(store)
        store.append(final(1))
        store.flush()
        ballast = mount / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
        long = "말 " * 20000
        store.append(final(2, text=long))
        with pytest.raises(StoreFault) as caught:
            store.flush()
        assert caught.value.code in ("store.disk_full", "store.io")
        assert store.events("call-1") == (final(1),)
        ballast.unlink()
        store.flush()
        assert store.events("call-1") == (final(1), final(2, text=long))
        store.close()
        again = open_store(home_in(mount))
        assert again.events("call-1") == (final(1), final(2, text=long))
        again.close()
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=True)


def test_a_file_held_by_another_program_is_waited_for(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    begin(store)
    store.flush()
    store.write(_impatient)
    intruder = vault(home).writer()
    intruder.execute("BEGIN IMMEDIATE")
    store.append(final(1))
    with pytest.raises(StoreFault) as caught:
        store.flush()
    assert caught.value.code == "store.busy"
    intruder.execute("ROLLBACK")
    intruder.conn.close()
    store.flush()
    assert store.events("call-1") == (final(1),)
    store.close()


def _impatient(db: Any) -> None:
    db.execute("PRAGMA busy_timeout = 10")


# -- schema -------------------------------------------------------------------------------------------------------

_NEXT = "CREATE TABLE extra (a); INSERT INTO extra VALUES (1); ALTER TABLE sessions ADD COLUMN mood TEXT;"


def test_a_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_store(home).close()
    db = vault(home).writer()
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.conn.close()
    before = _digest(home.personal_db)
    with pytest.raises(StoreFault) as caught:
        open_store(home)
    assert caught.value.code == "store.newer"
    assert _digest(home.personal_db) == before


def test_a_migration_keeps_a_copy_of_before(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    begin(store)
    store.close()
    db = vault(home).writer()
    scripts = ("unused",) * len(MIGRATIONS)
    migrate(db, home.personal_db, (*scripts, _NEXT))
    assert version(db) == len(MIGRATIONS) + 1
    db.conn.close()
    copy = home.personal_db.with_name(f"personal.db.v{len(MIGRATIONS)}.bak")
    copy.rename(home_in(tmp_path).personal_db)
    old = open_store(home)
    assert [row.id for row in old.sessions()] == ["call-1"]
    old.close()


@pytest.mark.parametrize("stop_at", range(len(statements(_NEXT)) + 1))
def test_a_migration_that_dies_leaves_the_old_schema(tmp_path: Path, stop_at: int) -> None:
    home = home_in(tmp_path)
    open_store(home).close()
    parts = statements(_NEXT)
    parts.insert(stop_at, "SELECT no_such_function()")
    db = vault(home).writer()
    with pytest.raises(Exception, match="no_such_function"):
        migrate(db, home.personal_db, (*("unused",) * len(MIGRATIONS), ";".join(parts)))
    assert version(db) == len(MIGRATIONS)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchone()[0] == 0
    db.conn.close()
    open_store(home).close()


# -- kill -9 ------------------------------------------------------------------------------------------------------

_CHILD = """
import sys
from pathlib import Path
from tests.helpers.personal import begin, final, home_in, open_store, turn
store = open_store(home_in(Path(sys.argv[1])))
call = sys.argv[2]
begin(store, call)
n = 0
while True:
    for _ in range(3):
        n += 1
        store.append(turn(n, f"말 {n}", call) if n % 2 else final(n, call))
    store.flush()
    print(n, flush=True)
"""


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    rng = random.Random(20261122)
    for number in range(10):
        call = f"call-{number}"
        with subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(tmp_path), call],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            acknowledged = 0
            for _ in range(rng.randrange(1, 60)):
                acknowledged = int(child.stdout.readline())
            child.send_signal(signal.SIGKILL)
            rest = child.stdout.read().split()
            acknowledged = int(rest[-1]) if rest and rest[-1].isdigit() else acknowledged
        store = open_store(home)
        assert store.recover() == (call,)
        stored = [event.seq for event in store.events(call)]
        assert stored == list(range(1, len(stored) + 1))
        assert len(stored) >= acknowledged > 0
        assert store.read(lambda db: db.execute("PRAGMA quick_check").fetchone()[0]) == "ok"
        assert store.read(lambda db: db.execute("PRAGMA cipher_integrity_check").fetchall()) == []
        store.close()
