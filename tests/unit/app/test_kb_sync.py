from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.home import Home
from app.kb_sync import KbSync
from app.knowledge import Knowledge
from app.releases import DeskReleases, open_syncer
from app.settings import ReleaseSettings
from kb.errors import KbUnavailable, SyncFault, SyncRefused, SyncUnreachable
from kb.model import KbStatus
from kb.release.notes import SyncNotes
from kb.release.sync import SyncReport
from resources.notices import Fault
from tests.helpers.knowledge import ROWS, library, small_file
from tests.helpers.releases import Team

DONE = SyncReport(True, KbStatus(1, "s", "release", 1, "", "", False, release=1))


def schedule(steps: list[object], told: list[Fault]) -> KbSync:
    """Return a schedule whose syncs end as listed."""

    def sync() -> SyncReport | None:
        step = steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step  # type: ignore[return-value]

    return KbSync(sync, lambda: None, lambda: 30, told.append, random.Random(1))


def test_every_half_hour_give_or_take() -> None:
    made = schedule([DONE] * 50, [])
    pauses = [made.round() for _ in range(50)]
    assert all(1_440 <= pause <= 2_160 for pause in pauses)
    assert len({round(pause) for pause in pauses}) > 20


def test_an_address_that_is_down_is_tried_sooner_and_is_no_news() -> None:
    told: list[Fault] = []
    down = SyncUnreachable("kb.sync_unreachable", name="x")
    made = schedule([down] * 8 + [DONE, down], told)
    pauses = [made.round() for _ in range(10)]
    assert pauses[0] <= 72
    assert pauses[0] < pauses[2] < pauses[4]
    assert max(pauses) <= 2_160
    assert pauses[9] <= 72
    assert told == []


def test_a_refusal_is_told_once_until_it_changes() -> None:
    told: list[Fault] = []
    one, other = SyncRefused("kb.sync_signature"), SyncRefused("kb.sync_expired")
    made = schedule([one, one, other, other, DONE, one], told)
    for _ in range(6):
        made.round()
    assert [fault.code for fault in told] == ["kb.sync_signature", "kb.sync_expired", "kb.sync_signature"]


def test_what_is_said_elsewhere_is_not_told() -> None:
    told: list[Fault] = []
    made = schedule([SyncFault("kb.sync_busy"), KbUnavailable("kb.opening"), None], told)
    for _ in range(3):
        made.round()
    assert told == []


def test_the_thread_survives_a_bug_and_ends_when_told() -> None:
    rounds = threading.Semaphore(0)

    def sync() -> SyncReport | None:
        rounds.release()
        raise ValueError("a bug")

    made = KbSync(sync, lambda: None, lambda: 30, lambda fault: None)
    made.start()
    assert rounds.acquire(timeout=20)
    made.sync_now()
    assert rounds.acquire(timeout=20)
    made.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "kb-sync" and thread.is_alive()]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "desk", tmp_path / "models")


def releases(home: Home, settings: Callable[[], ReleaseSettings]) -> DeskReleases:
    shelf = library(home.kb)
    return DeskReleases(home, settings, lambda: shelf)


def test_without_an_address_nothing_is_asked(home: Home) -> None:
    assert releases(home, ReleaseSettings).sync() is None
    assert not home.releases.exists()


def test_a_desk_syncs_with_the_address_that_is_set(home: Home, tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    team.publish()
    settings = ReleaseSettings(address=str(team.out), trusted_root=team.root)
    made = releases(home, lambda: settings)
    report = made.sync()
    assert report is not None
    assert report.updated
    assert SyncNotes(home.releases).read().ok
    made.cancel()
    assert made.sync() is None


def test_a_running_desk_takes_a_release_up_between_two_searches(home: Home, tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    team.publish()
    shelf = library(home.kb, samples=[small_file(tmp_path, ROWS[:2], "sample.jsonl")])
    settings = ReleaseSettings(address=str(team.out), trusted_root=team.root)
    made = DeskReleases(home, lambda: settings, lambda: shelf)
    with Knowledge(shelf, None, SyncNotes(home.releases)) as desk:
        assert desk.search("여권").hits[0].article.id == "k1"
        assert desk.status.origin == "sample"
        made.sync()
        assert desk.search("여권").hits  # from the old generation, while the new one is opened
        if desk._opening is not None:
            desk._opening.join(20)
        assert (desk.status.origin, desk.status.release, desk.status.stale) == ("release", 1, False)
        assert desk.status.expires
        assert desk.search("독감 예방접종").hits[0].article.id == "k5"


def test_an_address_without_a_root_is_said(home: Home, tmp_path: Path) -> None:
    with pytest.raises(SyncFault) as caught:
        releases(home, lambda: ReleaseSettings(address=str(tmp_path))).sync()
    assert caught.value.code == "kb.sync_no_root"
    with (
        pytest.raises(SyncFault) as caught,
        open_syncer(home, library(home.kb), SyncNotes(home.releases), ReleaseSettings()),
    ):
        pass
    assert caught.value.code == "kb.sync_no_address"


@pytest.mark.parametrize("address", ["http://host/kb", "ftp://host/kb"])
def test_the_open_web_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="https"):
        ReleaseSettings(address=address)
