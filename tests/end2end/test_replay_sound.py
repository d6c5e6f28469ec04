"""What is told to be heard is heard, on a real sound server: the benchmark's own measurement, for seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.replay.open_call import OpenReplay
from app.replay.player import SavedCallPlayer
from app.replay_side import call_player
from benchmarks.replay_sync import REACH_MS, made_call, measure
from resources.notices import sentence
from tests.helpers.pulse import AGENT_SINK, SoundServer, sound_server, why_absent

pytestmark = [pytest.mark.sound, pytest.mark.slow]
WITHIN_S = 20.0


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def test_at_twice_the_speed_and_without_silences_the_position_is_what_is_heard() -> None:
    if why_absent():
        pytest.skip(why_absent())
    figures = measure(0.075, 2.0, skip=True, late_s=1.2)
    assert figures["bursts_heard"] == figures["bursts_passed"] >= 3
    # A busy machine may let the sound stall once; unreckoned latency would put every burst off by 300 ms.
    assert abs(figures["told_minus_stored_ms"]["median"]) <= REACH_MS
    assert figures["within_reach"] >= 0.75


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as running:
        yield running


@pytest.fixture
def call(tmp_path: Path) -> OpenReplay:
    return made_call(tmp_path / "call", 20.0)


@pytest.fixture
def players() -> Iterator[list[SavedCallPlayer]]:
    made: list[SavedCallPlayer] = []
    yield made
    for player in made:
        player.close()


def test_it_plays_on_the_chosen_output_only_and_ends_at_the_end(
    server: SoundServer, call: OpenReplay, players: list[SavedCallPlayer]
) -> None:
    player = call_player(call, AGENT_SINK)
    players.append(player)
    player.seek(18.5)
    player.play()
    until(lambda: player.state().at_s > 18.5)
    sinks = {line.split()[0]: line.split()[1] for line in server.pactl("list", "short", "sinks").splitlines()}
    (used,) = [line.split()[1] for line in server.pactl("list", "short", "sink-inputs").splitlines()]
    assert sinks[used] == AGENT_SINK
    until(lambda: not player.state().playing)
    assert player.state().at_s == 20.0
    assert player.state().fault == ""


def test_an_output_that_is_not_there_is_not_replaced_by_another(
    server: SoundServer, call: OpenReplay, players: list[SavedCallPlayer]
) -> None:
    player = call_player(call, "no_such_sink")
    players.append(player)
    player.play()
    until(lambda: player.state().at_s > 0)  # unheard
    assert player.state().fault == sentence("replay.no_output")
    assert server.pactl("list", "short", "sink-inputs") == ""
