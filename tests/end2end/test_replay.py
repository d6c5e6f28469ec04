"""Every call that this program stores comes out of ``doumi replay`` byte for byte as it went in."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app import access_log, event_codec, practice_calls
from app.cli import main
from app.composition import OpenDesk, open_desk
from app.home import Home
from app.personal import open_reader, wall_clock
from app.qa.package_open import OPENED
from app.replay.open_call import OpenReplay
from app.replay_side import own_call
from assist.events import DraftReady
from audio.events import CallEvent, TranscriptFinal
from resources.notices import sentence
from tests.helpers.material import data, folder
from tests.helpers.models import installed_model
from ui.call_view_state import CallViewState

CALL_S = 120.0
MODEL = "whisper-base"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home in which every practice call was held and, where there is material, a recording was heard."""
    environment = Home.from_environment()
    home = Home(tmp_path_factory.mktemp("desk"), environment.models)
    desk = open_desk(home)
    try:
        for row in practice_calls.rows():
            desk.control.start_practice(row.name, 0)
            _held(desk)
        recordings = sorted((folder() / "audio" / "zeroth-korean").rglob("*.flac"))
        if recordings and (environment.models / MODEL / "model.bin").is_file():
            desk.control.start_file(recordings[0], False)
            _held(desk)
        desk.flush()
    finally:
        desk.close()
    return home


def _held(desk: OpenDesk) -> None:
    call = desk.control.call
    assert call is not None
    assert call.ended.wait(CALL_S)
    desk.control.close_call()


@pytest.fixture
def here(desk_home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("DOUMI_HOME", str(desk_home.root))
    return desk_home


def stored(home: Home, session_id: str) -> list[str]:
    """Return the lines of a call's log as the database has them."""
    sql = "SELECT body FROM events WHERE session_id = ? ORDER BY id"
    return open_reader(home).read(lambda db: [str(row[0]) for row in db.execute(sql, [session_id]).fetchall()])


def opened(home: Home) -> list[tuple[str, str, str]]:
    reader = open_reader(home)
    return [(one.action, one.subject, one.note) for one in reader.read(lambda db: list(access_log.entries(db)))]


def is_growing(event: CallEvent) -> bool:
    return isinstance(event, DraftReady) and not event.final


def test_every_call_is_re_emitted_byte_for_byte(here: Home, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = open_reader(here).sessions()
    assert len(rows) >= len(practice_calls.rows())
    for row in rows:
        lines = stored(here, row.id)
        assert len(lines) > 5
        assert main(["replay", row.id, "--headless", "--jsonl"]) == 0
        assert capfdbinary.readouterr().out == "".join(f"{line}\n" for line in lines).encode()
        assert [event_codec.encode(event_codec.decode(line)) for line in lines] == lines
        assert opened(here)[-1] == ("open", row.id, "replay")


def test_what_is_replayed_makes_the_same_view_as_what_was_live(here: Home) -> None:
    compared = 0
    for row in open_reader(here).sessions():
        events = open_reader(here).events(row.id)
        replayed = OpenReplay(own_call(here, row.id)).events
        times = [event.t_ns for event in replayed]
        assert times == sorted(times)
        assert sorted(event.seq for event in replayed) == sorted(event.seq for event in events)
        steady = [event for event in events if not is_growing(event)]
        if [event.t_ns for event in steady] != [event.t_ns for event in replayed if not is_growing(event)]:
            continue  # held at no time at all, threads of a call overtake each other
        compared += 1
        live, again = CallViewState(), CallViewState()
        live.replay(steady)
        again.replay(event for event in replayed if not is_growing(event))
        assert again == live
    assert compared


@pytest.mark.data
@pytest.mark.models
def test_a_recording_has_its_sound_and_the_times_of_its_words(here: Home) -> None:
    installed_model(MODEL)
    data("audio", "zeroth-korean")
    (row,) = [row for row in open_reader(here).sessions() if row.source == "file"]
    loaded = own_call(here, row.id)
    assert loaded.facts.sound_s == pytest.approx(row.duration_s, abs=1)
    finals = [event for event in OpenReplay(loaded).events if isinstance(event, TranscriptFinal)]
    assert finals
    assert all(final.words for final in finals)


def test_from_a_second_on_and_covered(here: Home, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    row = next(row for row in open_reader(here).sessions() if row.turns > 6)
    lines = stored(here, row.id)
    assert main(["replay", row.id, "--jsonl", "--from", "20"]) == 0
    out = capfdbinary.readouterr().out.decode().splitlines()
    assert out == [line for line in lines if json.loads(line)["t_ns"] >= 20e9]
    assert main(["replay", row.id, "--jsonl", "--mask"]) == 0
    covered = [event_codec.decode(line) for line in capfdbinary.readouterr().out.decode().splitlines()]
    assert [(type(event), event.seq) for event in covered] == [
        (type(event), event.seq) for event in map(event_codec.decode, lines)
    ]


def test_personal_data_is_covered_in_text_and_where_that_is_asked(
    here: Home, capfd: pytest.CaptureFixture[str]
) -> None:
    said, covered = "010-", 0
    for row in open_reader(here).sessions():
        if any(said in line for line in stored(here, row.id)):
            assert main(["replay", row.id, "--jsonl", "--mask"]) == 0
            out = capfd.readouterr().out
            assert out
            assert said not in out
            assert main(["replay", row.id, "--headless"]) == 0
            assert said not in capfd.readouterr().out
            covered += 1
    assert covered, "no practice call holds a number"


def test_an_unknown_call_is_one_sentence_and_no_opening(here: Home, capfd: pytest.CaptureFixture[str]) -> None:
    before = len(opened(here))
    assert main(["replay", "nobody", "--jsonl"]) == 1
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.strip() == sentence("store.no_session", id="nobody")
    assert len(opened(here)) == before


def test_a_package_is_re_emitted_byte_for_byte_and_its_opening_logged(
    here: Home, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    row = next(row for row in open_reader(here).sessions() if row.turns > 6)
    key, file = tmp_path / "key.txt", tmp_path / "상담.doumi"
    until = (wall_clock().date() + timedelta(days=3)).isoformat()
    terms = ["--to", str(key), "--purpose", "신규 교육", "--until", until, "--out", str(file)]
    assert main(["package", "key", "--out", str(key)]) == 0
    assert main(["package", "make", row.id, *terms]) == 0
    capfdbinary.readouterr()
    assert main(["replay", str(file), "--jsonl"]) == 0
    assert capfdbinary.readouterr().out == "".join(f"{line}\n" for line in stored(here, row.id)).encode()
    assert opened(here)[-1][0] == OPENED


@pytest.mark.parametrize("how", [["--jsonl"], ["--headless"]])
def test_a_file_that_is_no_package_is_one_sentence(
    here: Home, tmp_path: Path, capfd: pytest.CaptureFixture[str], how: list[str]
) -> None:
    file = tmp_path / "상담.doumi"
    file.write_bytes(b"PK\x03\x04 nothing")
    assert main(["replay", str(file), *how]) == 1
    told = capfd.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1
    assert "Traceback" not in told.err
