"""Guards around every test: a home of its own, no leaked threads, one line about absent material."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui import collecting

# A screen as large as a counsellor's; the platform's own has 800 × 800. A drive letter cannot stand in its argument.
_SCREEN = Path(__file__).parent / "ui" / "screen.json"
if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = "offscreen" if _SCREEN.drive else f"offscreen:configfile={_SCREEN}"
os.environ.pop("DOUMI_LANG", None)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a desk of its own; models stay the user's."""
    home = tmp_path / "home"
    monkeypatch.setenv("DOUMI_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def freed_on_the_main_thread() -> Iterator[None]:
    """Free windows that a test dropped between tests, not on the thread that happens to allocate."""
    gc.disable()
    yield
    collecting.collect_due()


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail the test that leaves a thread of ours running."""
    before = set(threading.enumerate())
    yield
    leaked = [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
    for thread in leaked:
        thread.join(5.0)
    names = [t.name for t in leaked if t.is_alive()]
    assert not names, f"threads left running: {names}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line how many tests the absent test material cost."""
    skipped = terminalreporter.stats.get("skipped", [])
    absent = [report for report in skipped if "test material absent" in str(report.longrepr)]
    if absent:
        why = "the shared test material is absent (DOUMI_TEST_DATA)"
        terminalreporter.write_line(f"{len(absent)} tests skipped: {why}")
