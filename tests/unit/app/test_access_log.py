"""The access log finds whatever is done to it with SQL or files, and never cries wolf."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import access_log
from app.access_log import HEAD, Action, State, Verdict
from app.home import Home
from app.keys import hkdf_sha256
from app.store_reader import SessionReader
from tests.helpers.access import check
from tests.helpers.personal import KEY, begin, home_in, now, open_store, vault

LINES = 6


def logged(home: Home, lines: int = LINES, subject: str = "call") -> Home:
    store = open_store(home)
    for number in range(lines):
        store.log(Action.OPEN if number % 2 else Action.EXPORT, f"{subject}-{number}", "why" * (number % 3))
    store.close()
    return home


def with_sql(home: Home, *statements: str) -> None:
    db = vault(home).writer()
    for statement in statements:
        db.execute(statement)
    db.conn.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return logged(home_in(tmp_path))


def test_what_was_done_is_told_with_who_when_and_where(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    store = open_store(home)
    store.access.who = "김상담"
    begin(store)
    store.set_hold("call-1", True, "증거로 둔다")
    store.set_hold("call-1", False, "끝났다")
    store.delete("call-1")
    lines = store.read(lambda db: list(access_log.entries(db)))
    store.close()
    told = [(line.id, line.who, line.action, line.subject, line.note) for line in lines]
    assert told == [
        (1, "김상담", "hold", "call-1", "증거로 둔다"),
        (2, "김상담", "release", "call-1", "끝났다"),
        (3, "김상담", "delete", "call-1", ""),
    ]
    assert all(line.at.startswith("2026-11-22T10:00") for line in lines)
    assert len({line.place for line in lines}) == 1
    assert check(home) == Verdict(State.WHOLE, 3)


def test_a_line_is_stored_with_what_it_tells_of_or_neither_is(home: Home) -> None:
    store = open_store(home)

    def work(db: object) -> None:
        store.access.note(db, "open", "call-9")  # type: ignore[arg-type]
        raise ValueError("after the line")

    with pytest.raises(ValueError, match="after the line"):
        store.write(work)
    store.close()
    assert check(home) == Verdict(State.WHOLE, LINES)


@pytest.mark.parametrize(
    ("statements", "state", "first"),
    [
        (("DELETE FROM access WHERE id = 3",), State.MISSING, 3),
        (("DELETE FROM access WHERE id = 1",), State.MISSING, 1),
        (("DELETE FROM access WHERE id = 6",), State.MISSING, 6),
        (("DELETE FROM access WHERE id > 2",), State.MISSING, 3),
        (("DELETE FROM access",), State.MISSING, 1),
        (("UPDATE access SET note = 'else' WHERE id = 4",), State.ALTERED, 4),
        (("UPDATE access SET who = 'else' WHERE id = 1",), State.ALTERED, 1),
        (("DELETE FROM access WHERE id = 3", "UPDATE access SET id = id - 1 WHERE id > 3"), State.ALTERED, 3),
        (
            (
                "UPDATE access SET id = 99 WHERE id = 2",
                "UPDATE access SET id = 2 WHERE id = 5",
                "UPDATE access SET id = 5 WHERE id = 99",
            ),
            State.ALTERED,
            2,
        ),
        (
            (
                "INSERT INTO access SELECT id + 1, at, who, place, action, subject, note, hash, hash"
                " FROM access WHERE id = 6",
            ),
            State.ALTERED,
            7,
        ),
        (("DROP TABLE access", "ALTER TABLE sessions RENAME TO s2"), State.MISSING, 1),
    ],
)
def test_changes_by_sql_are_found_at_their_line(
    home: Home, statements: tuple[str, ...], state: State, first: int
) -> None:
    with_sql(home, *statements)
    verdict = check(home)
    assert (verdict.state, verdict.first) == (state, first)


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_no_change_of_the_table_goes_unseen(data: st.DataObject) -> None:
    """Remove, alter, swap, repeat or cut lines anywhere, numbered anew or not."""
    with TemporaryDirectory() as folder:
        home = logged(home_in(Path(folder)))
        db = vault(home).writer()
        rows = [list(row) for row in db.execute("SELECT * FROM access ORDER BY id").fetchall()]
        at = data.draw(st.integers(0, LINES - 1), "line")
        kind = data.draw(st.sampled_from(["remove", "alter", "swap", "repeat", "cut"]), "kind")
        if kind == "remove":
            rows.pop(at)
        elif kind == "alter":
            column = data.draw(st.integers(1, 8), "column")
            rows[at][column] = f"{rows[at][column]}x"
        elif kind == "swap":
            other = data.draw(st.integers(0, LINES - 1).filter(lambda index: index != at), "other")
            rows[at], rows[other] = rows[other], rows[at]
            at = min(at, other)
        elif kind == "repeat":
            rows.insert(at, list(rows[at]))
            at += 1
        else:
            del rows[at:]
        if data.draw(st.booleans(), "numbered anew"):
            for number, row in enumerate(rows):
                row[0] = number + 1
        else:
            numbers = sorted({*range(1, len(rows) + 1), *(int(row[0]) for row in rows)})
            seen: set[int] = set()
            for row in rows:
                while row[0] in seen:
                    row[0] = max(numbers) + len(seen) + 1
                seen.add(row[0])
        before = [tuple(row) for row in db.execute("SELECT * FROM access ORDER BY id").fetchall()]
        db.execute("DELETE FROM access")
        for row in rows:
            db.execute(f"INSERT INTO access VALUES ({', '.join('?' * 9)})", row)
        same = [tuple(row) for row in db.execute("SELECT * FROM access ORDER BY id").fetchall()] == before
        db.conn.close()
        verdict = check(home)
        assert verdict.whole == same
        if not same:
            assert 1 <= verdict.first <= LINES + 1


def test_a_whole_chain_made_without_the_key_is_found(home: Home) -> None:
    forged = vault(home)
    log = access_log.AccessLog(b"\1" * 32, forged.path, now, who="x", place="x")
    db = forged.writer()
    db.execute("DELETE FROM access")
    for number in range(LINES):
        log.note(db, "open", f"call-{number}")
    db.conn.close()
    assert check(home) == Verdict(State.ALTERED, LINES, 1)


@pytest.mark.parametrize("lines_after", [0, 1, 20])
def test_an_older_database_in_place_of_the_newer_is_found(home: Home, tmp_path: Path, lines_after: int) -> None:
    """Also when the desk goes on in it until it has more lines than before."""
    older = tmp_path / "older.db"
    shutil.copyfile(home.personal_db, older)
    logged(home, 4)
    shutil.copyfile(older, home.personal_db)
    if lines_after:
        logged(home, lines_after, "other")
    verdict = check(home)
    assert not verdict.whole
    assert verdict.first == (LINES + 4 if lines_after == 20 else LINES + lines_after + 1)


def test_a_database_begun_anew_is_found(home: Home) -> None:
    home.personal_db.unlink()
    logged(home, 2)
    assert check(home) == Verdict(State.MISSING, 2, 3)


def test_a_head_that_is_gone_forged_or_of_another_key_is_found(home: Home) -> None:
    head = home.personal_db.with_name(HEAD)
    good = head.read_text("utf-8")
    head.write_text(good.replace('"id": 6', '"id": 5'), "utf-8")
    assert check(home).state is State.HEAD_ALTERED
    head.write_bytes(b"\xff\0not a head")
    assert check(home).state is State.HEAD_ALTERED
    logged(home, 1)
    assert check(home).state is State.HEAD_ALTERED, "a desk that goes on does not wipe the trace"
    head.unlink()
    assert check(home).state is State.HEAD_MISSING
    logged(home, 1)
    assert check(home).state is State.HEAD_MISSING


def test_a_head_behind_the_lines_is_no_alarm_and_catches_up(home: Home) -> None:
    head = home.personal_db.with_name(HEAD)
    before = head.read_bytes()
    logged(home, 2)
    head.write_bytes(before)
    assert check(home) == Verdict(State.WHOLE, LINES + 2)
    logged(home, 1)
    assert head.read_bytes() != before
    assert check(home) == Verdict(State.WHOLE, LINES + 3)


def test_a_head_that_cannot_be_written_stops_no_work_and_is_no_alarm(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, text: str) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(access_log, "write_private", full)
    logged(home, 2)
    monkeypatch.undo()
    assert check(home) == Verdict(State.WHOLE, LINES + 2)


def test_the_log_outlives_the_call_and_lines_from_before_are_taken_over(tmp_path: Path) -> None:
    from app.store_schema import MIGRATIONS, migrate
    from resources import path

    home = home_in(tmp_path)
    older = tuple(path(f"sql/personal/{name}.sql").read_text("utf-8") for name in MIGRATIONS[: access_log.SCHEMA - 1])
    db = vault(home).writer()
    migrate(db, home.personal_db, older)
    db.execute(
        "INSERT INTO access (at, action, session_id, note) VALUES ('2026-11-01T09:00:00+09:00', 'hold', 'c1', 'r')"
    )
    db.execute("INSERT INTO access (at, action, session_id) VALUES ('2026-11-02T09:00:00+09:00', 'delete', 'c2')")
    db.conn.close()
    assert check(home) == Verdict(State.WHOLE, 0)
    logged(home, 1)
    lines = SessionReader(vault(home)).read(lambda db: list(access_log.entries(db)))
    assert [(line.at[:10], line.action, line.subject, line.note) for line in lines[:2]] == [
        ("2026-11-01", "hold", "c1", "r"),
        ("2026-11-02", "delete", "c2", ""),
    ]
    assert check(home) == Verdict(State.WHOLE, 3)


def test_another_key_takes_the_log_over_and_either_side_of_the_swap_is_whole(home: Home, tmp_path: Path) -> None:
    new = bytes(reversed(KEY))
    before = tmp_path / "before.db"
    shutil.copyfile(home.personal_db, before)
    db = vault(home).writer()
    db.execute("BEGIN IMMEDIATE")
    old_log, new_log = vault(home).log_key, vault(home, new).log_key
    access_log.rekey(db, home.personal_db, old_log, new_log)
    db.execute("COMMIT")
    heads = access_log.heads(home.personal_db)
    assert access_log.verify(db, heads, new_log) == Verdict(State.WHOLE, LINES)
    assert access_log.verify(db, heads, old_log).state is State.ALTERED
    db.conn.close()
    shutil.copyfile(before, home.personal_db)
    assert check(home) == Verdict(State.WHOLE, LINES)
    logged(home, 1)
    assert check(home) == Verdict(State.WHOLE, LINES + 1)


def test_another_key_makes_no_broken_line_whole(home: Home) -> None:
    with_sql(home, "UPDATE access SET note = 'else' WHERE id = 4")
    db = vault(home).writer()
    new = hkdf_sha256(KEY, b"another")
    access_log.rekey(db, home.personal_db, vault(home).log_key, new)
    verdict = access_log.verify(db, access_log.heads(home.personal_db), new)
    db.conn.close()
    assert verdict == Verdict(State.ALTERED, LINES, 4)


def test_a_reader_beside_a_writing_desk_never_cries_wolf(home: Home) -> None:
    store = open_store(home)
    verdicts = []
    for number in range(20):
        store.later(lambda db, number=number: store.access.note(db, "open", f"call-{number}"))
        verdicts.append(check(home).state)
    store.close()
    assert set(verdicts) == {State.WHOLE}
