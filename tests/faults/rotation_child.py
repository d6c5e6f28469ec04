"""Changes a home's key over and over in children that are killed; prints what it found.

``python -m tests.faults.rotation_child FOLDER DEATHS``: first one death at every durable step, then at any moment.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
from pathlib import Path

import numpy as np

from app import access_log
from app.adapters.sqlcipher import SqlCipherVault
from app.home import Home
from app.key_side import place_of, settle, turn_of
from app.key_wraps import DeskKey, Turn
from app.keys import Keyrings, KeyState
from app.store import Store
from audio import journal
from audio.adapters.sealed_frames import SealedJournals
from audio.model import Channel
from tests.helpers.personal import begin, home_in, now

CALLS = 10
TURNS = 250
RINGS = Keyrings(None)
"""The key file: what a keyring holds must outlive the children."""


def make(home: Home) -> None:
    """Fill a home with calls and sound."""
    key = place_of(home, RINGS).key()
    store = Store(SqlCipherVault(home.personal_db, key.derive("db")), now)
    sql = "INSERT INTO events (session_id, seq, t_ns, type, body) VALUES (?, ?, ?, ?, ?)"
    for call in range(CALLS):
        begin(store, f"call-{call}")
        rows = [(f"call-{call}", number, number, "Bulk", os.urandom(500).hex()) for number in range(TURNS)]
        store.write(lambda db, rows=rows: db.conn.executemany(sql, rows) and None)  # type: ignore[misc]
        writer = SealedJournals(key.derive("sound")).create(
            home.sound / f"call-{call}", journal.Title(f"call-{call}", Channel.CALLER, 0)
        )
        writer.append(np.full(journal.SLOT_SAMPLES, call, dtype=np.int16), last=True)
        writer.close()
    store.log("open", "call-0")
    store.close()


def turn(home: Home, at: int) -> int:
    """Change the key in a child that dies at step ``at``, 0: at none by itself; returns its process id."""
    child = os.fork()
    if child:
        return child
    left = at

    def step(name: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        turn_of(home, place_of(home, RINGS, step), step).turn()
        os._exit(0)
    finally:
        os._exit(3)


def examine(home: Home, old: DeskKey) -> tuple[str, DeskKey]:
    """Start again; return what is wrong, or empty, and the key."""
    place = place_of(home, RINGS)
    settle(home, place, lambda: "")
    state, key = place.look()
    if state is not KeyState.FOUND or key is None:
        return f"no key: {state}", old
    vault = SqlCipherVault(home.personal_db, key.derive("db"))
    heads = access_log.heads(home.personal_db)
    db = vault.reader()
    events = db.execute("SELECT count(*) FROM events").fetchone()[0]
    whole = db.execute("PRAGMA cipher_integrity_check").fetchone() is None
    log = access_log.verify(db, heads, vault.log_key)
    db.conn.close()
    if events != CALLS * TURNS or not whole or not log.whole:
        return f"{events} events, whole: {whole}, log: {log.state}", key
    for call in range(CALLS):
        sound = SealedJournals(key.derive("sound")).open(next((home.sound / f"call-{call}").iterdir()))
        slot = sound.slot(0)
        if slot is None or not sound.finished() or not (slot == call).all():
            return f"sound of call {call}", key
    envelope = place.envelope()
    secrets = home.file_key.read_text().split()
    left = [file.name for file in home.personal_db.parent.glob("*.new*")]
    if envelope is None or envelope.turn is not Turn.NONE or envelope.other or len(secrets) != 1 or left:
        return f"left over: {left}, {len(secrets)} secrets", key
    return "", key


def main() -> None:
    """Die, start again, look; over and over."""
    folder, wanted = Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(wanted)
    first = home_in(folder / "first")
    make(first)
    wrong: list[str] = []
    deaths, steps, new_keys, at = 0, 0, 0, 0
    while deaths < wanted or steps == at:
        at += 1
        home = home_in(folder / str(at))
        shutil.copytree(first.root, home.root)
        old = place_of(home, RINGS).key()
        by_step = steps == at - 1
        child = turn(home, at if by_step else 0)
        if not by_step:
            # At any moment: the parent waits on nothing for a while.
            select.select([], [], [], rng.uniform(0.0, 0.35))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        died = os.WIFSIGNALED(status)
        if not died and os.WEXITSTATUS(status):
            wrong.append(f"{at}: the change failed")
        deaths += died
        steps += died and by_step
        fault, key = examine(home, old)
        new_keys += key.master != old.master
        if fault:
            wrong.append(f"death {at} ({'step' if by_step else 'any moment'}): {fault}")
        shutil.rmtree(home.root)
    print(json.dumps({"wrong": wrong, "deaths": deaths, "steps": steps, "new": new_keys}))


if __name__ == "__main__":
    main()
