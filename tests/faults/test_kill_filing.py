"""kill -9 between filing, sending and receipt: no filed record is lost, and none arrives twice.

A real process (see filing_child.py) files and corrects records and sends them to the example receiver over HTTPS or to
a folder, and is killed at a named step or at any moment. ``DOUMI_KILLS`` says how often in all.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.filing_rows import unsent_records
from app.outbox_rows import all_packs
from assist.model import Delivery
from tests.faults.killed_child import run_child
from tests.helpers.https import certificate
from tests.helpers.personal import home_in, open_store
from tests.unit.app.test_filing import example

KILLS = int(os.environ.get("DOUMI_KILLS", "2"))
COMMON = ("before commit", "after commit", "filed", "receipt", "accepted", "removed", "piece")
STEPS = {"post": (*COMMON, "posted"), "folder": (*COMMON, "copied", "renamed")}


@contextmanager
def site(out: Path, certificates: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Run the example receiver; yields its address and what it took, in order."""
    module, taken = example(), []
    pem, secret = certificate(certificates)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)

    class Quiet(module.Receiver):  # type: ignore[misc, name-defined]
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """A cut connection is part of the test."""

    def tell(one: dict[str, Any]) -> None:
        taken.append((one["id"], one["version"]))

    server = Quiet(("127.0.0.1", 0), module.Records(out, tell), context)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}{module.PATH}", taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("way", list(STEPS))
def test_every_filed_record_arrives_exactly_once(tmp_path: Path, way: str) -> None:
    rng = random.Random(f"{way} {KILLS}")
    home, share, diary = home_in(tmp_path), tmp_path / "share", tmp_path / "diary.txt"
    share.mkdir()
    diary.touch()
    orders = {"home": str(home.root), "diary": str(diary), "folder": str(share), "way": way}
    killed_at: Counter[str] = Counter()
    runs = 0
    with ExitStack() as stack:
        url, taken = stack.enter_context(site(tmp_path / "site", tmp_path / "certificates"))
        orders |= {"url": url, "ca": str(tmp_path / "certificates" / "server.pem")}

        def run(step: str, count: int, kill_after_s: float | None, calls: int = 1) -> None:
            nonlocal runs
            runs += 1
            names = [f"call-{runs:04}-{number}" for number in range(calls)]
            told = tmp_path / "orders.json"
            told.write_text(json.dumps(orders | {"run": runs, "calls": names, "step": step, "count": count}))
            code, _, _ = run_child("tests.faults.filing_child", told, kill_after_s)
            killed_at[step or "any moment"] += bool(code)

        wanted = KILLS // 2
        steps = list(STEPS[way])
        rng.shuffle(steps)
        turns = itertools.cycle(steps)
        while killed_at.total() < wanted:
            assert runs < 3 * wanted + 20, "the desk is not hit"
            if runs % 4 == 3:
                run("", 0, rng.uniform(0.0, 0.2), 2)
            else:
                run(next(turns), rng.randint(1, 2), None)
        run("", 0, None, calls=0)
    filed: dict[str, int] = {}
    for line in diary.read_text().splitlines():
        call_id, version = line.split()
        filed[call_id] = max(filed.get(call_id, 0), int(version))
    store = open_store(home)
    try:
        assert store.read(unsent_records) == 0
        packs = store.read(all_packs)
        assert all(pack.delivery is Delivery.ACCEPTED and not pack.body for pack in packs)
        if way == "folder":
            arrived = Counter((file.stem[:-5], int(file.stem[-4:])) for file in share.iterdir() if file.name[0] != ".")
        else:
            arrived = Counter(taken)
            order: dict[str, list[int]] = {}
            for call_id, version in taken:
                order.setdefault(call_id, []).append(version)
            assert all(versions == sorted(versions) for versions in order.values())
        assert set(arrived.values()) == {1}  # none twice
        newest = {call_id: max(v for c, v in arrived if c == call_id) for call_id, _ in arrived}
        assert all(newest.get(call_id, 0) >= version for call_id, version in filed.items())  # none lost
        assert {(pack.session_id, pack.version) for pack in packs} == set(arrived)
    finally:
        store.close()
    print(
        f"{way}: {killed_at.total()} kills, {runs} starts, {len(filed)} calls, {len(arrived)} versions; "
        f"{dict(killed_at)}"
    )
