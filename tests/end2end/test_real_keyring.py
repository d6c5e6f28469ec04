"""The desk key in a real Secret Service: a private bus, a real gnome-keyring, unlocked, locked, emptied, absent."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.key_side import place_of
from app.keys import Keyrings
from tests.helpers.keys import FakeKeyring
from tests.helpers.material import ROOT
from tests.helpers.personal import home_in, open_store

_DAEMON = "printf 'login' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "


def _tell(story: str, folder: Path, *, daemon: bool = True) -> None:
    missing = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"no real keyring here: {', '.join(missing)} missing")
    home = home_in(folder).root
    command = f"{_DAEMON if daemon else ''}exec {sys.executable} -m tests.helpers.keyring_child {story} {home}"
    # A short path: a socket's name has little room.
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))},
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


@pytest.mark.parametrize("story", ["stored", "locked", "absent"])
def test_a_real_keyring(tmp_path: Path, story: str) -> None:
    _tell(story, tmp_path)


def test_a_session_without_a_keyring_opens_no_home_that_has_its_key_in_one(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    place_of(home, Keyrings(FakeKeyring())).key()
    open_store(home).close()
    before = home.personal_db.read_bytes()
    _tell("none", tmp_path, daemon=False)
    assert home.personal_db.read_bytes() == before
