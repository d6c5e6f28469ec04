"""The engine with real children: answers, crashes, hangs, poison, shutdown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.engine import Engine, EngineFault, PoisonedRequest
from audio.errors import SpeechFault

Make = Callable[..., Engine]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    engines: list[Engine] = []

    def build(**options: object) -> Engine:
        factory = str(options.pop("factory", "tests.helpers.engines:build"))
        args = options.pop("args", (str(tmp_path),))
        engine = Engine("tiny", factory, args, ("fast", "slow"), **options)  # type: ignore[arg-type]
        engines.append(engine)
        return engine

    yield build
    for engine in engines:
        engine.close()


def test_answers_from_another_process(make: Make) -> None:
    engine = make()
    engine.start()
    engine.wait_ready(60)
    assert engine.call("fast", "double", 21) == 42
    assert engine.call("fast", "pid") == engine.pid != os.getpid()


def test_a_slow_lane_does_not_hold_up_the_other(make: Make) -> None:
    engine = make()
    answers: list[str] = []
    waiting = threading.Thread(target=lambda: answers.append(engine.call("slow", "wait_gate")))
    waiting.start()
    assert engine.call("fast", "double", 1) == 2
    assert answers == []
    engine.call("fast", "open_gate")
    waiting.join(30)
    assert answers == ["open"]


def test_exceptions_come_back_as_themselves(make: Make) -> None:
    engine = make()
    with pytest.raises(SpeechFault) as fault:
        engine.call("fast", "refuse")
    assert fault.value.code == "audio.speech_model_missing"
    assert fault.value.params == {"name": "x"}
    with pytest.raises(ZeroDivisionError, match="a bug"):
        engine.call("fast", "bug")
    with pytest.raises(RuntimeError, match="Unportable: ab"):
        engine.call("fast", "unportable")
    assert engine.restarts == 0


def test_a_crash_repeats_the_request_in_a_new_child(make: Make) -> None:
    counts: list[int] = []
    engine = make(on_restart=counts.append)
    assert engine.call("slow", "die", 2, "key") == 3
    assert counts == [1, 2]


def test_an_answer_that_cannot_be_read_counts_as_a_crash(make: Make) -> None:
    engine = make()
    with pytest.raises(PoisonedRequest):
        engine.call("fast", "unreadable")
    assert engine.call("fast", "double", 1) == 2


def test_a_failing_restart_callback_is_told_instead_of_hanging(make: Make) -> None:
    def fail(count: int) -> None:
        raise ZeroDivisionError("callback")

    engine = make(on_restart=fail)
    with pytest.raises(ZeroDivisionError, match="callback"):
        engine.call("fast", "die", 9, "key")


def test_a_hang_is_killed_and_repeated(make: Make) -> None:
    engine = make(timeout_s=0.5)
    assert engine.call("slow", "hang", 1, "key") == 2
    assert engine.restarts == 1


@pytest.mark.skipif(sys.platform == "win32", reason="stopping a process by signal is POSIX only")
def test_a_frozen_process_is_killed_even_when_it_no_longer_reads(make: Make) -> None:
    engine = make(timeout_s=1.0)
    engine.start()
    engine.wait_ready(60)
    assert engine.pid
    os.kill(engine.pid, signal.SIGSTOP)
    # More than a pipe holds: the send itself blocks.
    assert engine.call("fast", "double", "x" * 2_000_000) == "x" * 4_000_000
    assert engine.restarts >= 1


def test_a_poisoned_request_is_given_up_and_others_go_on(make: Make) -> None:
    engine = make()
    with pytest.raises(PoisonedRequest) as fault:
        engine.call("slow", "die", 99, "key")
    assert fault.value.code == "models.engine_gave_up"
    assert engine.restarts >= 2
    assert engine.call("slow", "double", 2) == 4


def test_an_idle_crash_restarts_without_being_asked(make: Make) -> None:
    restarted = threading.Event()
    engine = make(on_restart=lambda count: restarted.set())
    old = engine.call("fast", "pid")
    os.kill(old, signal.SIGTERM)
    assert restarted.wait(30)
    assert engine.call("fast", "pid") != old


def test_a_factory_that_refuses_is_reported_as_itself(make: Make) -> None:
    engine = make(factory="tests.helpers.engines:build_missing", args=())
    engine.start()
    with pytest.raises(SpeechFault):
        engine.wait_ready(60)
    with pytest.raises(SpeechFault):
        engine.call("fast", "double", 1)
    assert engine.restarts == 0


def test_a_factory_that_misses_a_file_is_not_taken_for_a_crash(make: Make) -> None:
    engine = make(factory="tests.helpers.engines:build_no_file", args=())
    with pytest.raises(FileNotFoundError):
        engine.call("fast", "double", 1)


def test_a_child_that_dies_while_loading_is_given_up(make: Make, tmp_path: Path) -> None:
    engine = make(factory="tests.helpers.engines:build_dying")
    with pytest.raises(EngineFault) as fault:
        engine.call("fast", "double", 1)
    assert fault.value.code == "models.engine_start"
    assert len(list(tmp_path.glob("died-*"))) == 3


def test_closing_frees_a_waiting_call(make: Make) -> None:
    engine = make()
    faults: list[Exception] = []

    def wait() -> None:
        try:
            engine.call("slow", "wait_gate")
        except EngineFault as fault:
            faults.append(fault)

    engine.start()
    engine.wait_ready(60)
    caller = threading.Thread(target=wait)
    caller.start()
    engine.close()
    caller.join(30)
    assert [fault.code for fault in faults] == ["models.engine_closed"]  # type: ignore[attr-defined]
    with pytest.raises(EngineFault):
        engine.call("fast", "double", 1)
    assert not [thread for thread in threading.enumerate() if thread.name == "engine-tiny"]


def test_counts_processor_time_of_all_incarnations_and_loading_apart(make: Make) -> None:
    engine = make()
    engine.call("slow", "burn", 0.2)
    before = engine.cpu_seconds()
    assert before >= 0.15
    assert engine.load_cpu_seconds() > 0
    engine.call("slow", "burn", 0.3)  # seen by nobody before the child ends
    engine.call("slow", "die", 1, "key")
    assert engine.cpu_seconds() >= before + 0.25
    before = engine.cpu_seconds()
    engine.close()
    assert engine.cpu_seconds() >= before


def test_the_child_never_writes_to_standard_output_and_dies_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, sys\n"
        "from app.engine import Engine\n"
        "if __name__ == '__main__':\n"
        f"    engine = Engine('tiny', 'tests.helpers.engines:build', ({str(tmp_path)!r},), ('fast',))\n"
        "    engine.call('fast', 'shout')\n"
        "    print(engine.call('fast', 'pid'), flush=True)\n"
        "    os._exit(0)\n"
    )
    root = Path(__file__).resolve().parents[3]
    env = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, str(script)], cwd=root, env=env, capture_output=True, text=True, check=True)
    pid = int(done.stdout)
    deadline = time.monotonic() + 30
    while _alive(pid) and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
