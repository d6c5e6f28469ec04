"""How long a release takes from a web server on this machine to the first search in it, and how much searches stall.

    python benchmarks/sync.py [--entries 10000] [--keep DIR]

Two releases are published, served over HTTPS by a process of their own, and taken up one after the other by a desk
that is searched all the time; the first replaces nothing, so the desk begins with the shipped example. The entries
are synthetic (the example's words mixed anew) and the vectors random unit vectors of 384 numbers: speed is asked
here, not relevance. ``--keep`` keeps the releases for another run.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import knowledge  # noqa: E402
from app.home import Home  # noqa: E402
from app.releases import key_folder, open_syncer, publisher, repository, sheet_reader  # noqa: E402
from app.settings import ReleaseSettings  # noqa: E402
from kb import index  # noqa: E402
from kb.adapters.kiwi import KiwiMorphemes  # noqa: E402
from kb.adapters.table_files import sheet_rows  # noqa: E402
from kb.importer import read_articles  # noqa: E402
from kb.library import KbLibrary  # noqa: E402
from kb.release import manifest  # noqa: E402
from kb.release.manifest import Golden  # noqa: E402
from kb.release.notes import SyncNotes  # noqa: E402
from kb.release.publish import Remembered, gather  # noqa: E402

PASSPHRASE = "only for this run"
QUERIES = (
    "여권 재발급은 어디서 하나요",
    "음식물쓰레기 배출 요일",
    "주정차 단속 문의",
    "기초연금 신청 자격",
    "독감 예방접종 되나요",
)
SERVER = """
import sys, threading
from pathlib import Path
from tests.helpers.https import serving
if __name__ == "__main__":
    with serving(Path(sys.argv[1]), Path(sys.argv[2])) as server:
        print(server.address, flush=True)
        sys.stdin.read()
"""


class RandomEncoder:
    """Random unit vectors, the same for the same text; fills :class:`kb.ports.Encoder`."""

    name = "random"

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), 384)."""
        found = np.stack(
            [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(384, np.float32) for text in texts]
        )
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    passages = queries


def entries(count: int, file: Path) -> None:
    """Write ``count`` entries made of the example's sentences."""
    rng = random.Random(1)
    shipped = [one for path in knowledge.sample_files() for one in read_articles(path, sheet_rows).articles]
    sentences = [part.strip() for one in shipped for part in one.answer.split(".") if part.strip()]
    with file.open("w", encoding="utf-8") as out:
        for n in range(count):
            one = shipped[n % len(shipped)]
            answer = ". ".join(rng.sample(sentences, 8)) + "."
            row = {"id": f"e{n}", "question": f"{one.question} {n}", "answer": answer, "category": one.category}
            row |= {"department": f"{one.department}", "district": one.district, "keywords": list(one.keywords)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def publish(folder: Path, count: int) -> None:
    """Publish the two releases."""
    keys = key_folder(folder / "keys", lambda _: PASSPHRASE)
    keys.create()
    shelf = KbLibrary(
        folder / "shelf", (), KiwiMorphemes(), RandomEncoder(), sheet_reader(), lambda: datetime.now(UTC),
        knowledge.house_words(),
    )  # fmt: skip
    out, source = folder / "out", folder / "source.jsonl"
    entries(count, source)
    remembered = Remembered(out)
    gathered = gather([source], sheet_reader(), {}, remembered)
    writer = repository(out, keys, 7)
    told = publisher(shelf, writer, remembered).publish(gathered, True, lambda _: None).manifest
    keep_stamp(folder, 1)
    # The second release is the first one under the next number, with proper names nobody has heard of.
    built = folder / "kb-2.db"
    (packed,) = (out / "targets").glob(f"*.{told.file}")
    content = packed.read_bytes()
    built.write_bytes(gzip.decompress(content) if told.compressed else content)
    with contextlib.closing(sqlite3.connect(built)) as db, db:
        meta = {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM meta")}
        meta["status"]["release"] = 2
        meta["words"] = [*meta["words"], *(f"새일거리{sign}과" for sign in "가나다라마")]
        db.executemany(
            "UPDATE meta SET value = ? WHERE key = ?",
            [(json.dumps(value, ensure_ascii=False), key) for key, value in meta.items()],
        )
    content = built.read_bytes()
    served = built.with_name(told.file.replace("kb-1.", "kb-2."))
    served.write_bytes(gzip.compress(content, 6) if told.compressed else content)
    # Golden queries cost the desk a search each; what they find does not matter here.
    finder = shelf.searcher_of(index.load(built), by_meaning=False)
    golden = tuple(Golden(query=one, ids=(finder.search(one, 1).hits[0].article.id,)) for one in QUERIES * 4)
    update = {
        "golden": golden,
        "release": 2,
        "file": served.name,
        "db_bytes": len(content),
        "db_sha256": sha256(content).hexdigest(),
    }
    listed = folder / manifest.NAME
    listed.write_bytes(told.model_copy(update=update).to_bytes())
    writer.publish(2, {served.name: served, manifest.NAME: listed})
    keep_stamp(folder, 2)


def keep_stamp(folder: Path, release: int) -> None:
    """Keep the list that makes a release the newest one."""
    stamp = (folder / "out" / "metadata" / "timestamp.json").read_bytes()
    (folder / f"timestamp-{release}.json").write_bytes(stamp)


class Asking:
    """Searches fifty times a second at most and notes how long each took; another thread notes how late it wakes up."""

    def __init__(self, desk: knowledge.Knowledge) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self.searches: list[tuple[float, float]] = []
        """Moment and seconds of each."""
        self.beats: list[tuple[float, float]] = []
        self.faults = 0
        self._threads = [threading.Thread(target=self._search), threading.Thread(target=self._beat)]
        for thread in self._threads:
            thread.start()

    def _search(self) -> None:
        n = 0
        while not self._stop.is_set():
            begun = time.perf_counter()
            self.faults += not self._desk.search(QUERIES[n % len(QUERIES)], 10).hits
            self.searches.append((begun, time.perf_counter() - begun))
            n += 1
            time.sleep(0.02)

    def _beat(self) -> None:
        while not self._stop.is_set():
            begun = time.perf_counter()
            time.sleep(0.005)
            self.beats.append((begun, time.perf_counter() - begun - 0.005))

    def close(self) -> None:
        """End."""
        self._stop.set()
        for thread in self._threads:
            thread.join()


def told(values: Sequence[tuple[float, float]], start: float, end: float) -> dict[str, float]:
    """Return median, 95th percentile and most of what began between two moments, or ran into them, in ms."""
    found = np.array([took for begun, took in values if begun + took >= start and begun <= end] or [0.0]) * 1000
    return {
        "count": len(found),
        "p50_ms": round(float(np.median(found)), 1),
        "p95_ms": round(float(np.percentile(found, 95)), 1),
        "max_ms": round(float(found.max()), 1),
    }


def measure(folder: Path, home: Home) -> list[dict[str, object]]:
    """Sync both releases into a searched desk."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder / "out"), str(folder)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdin is not None
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    settings = ReleaseSettings(
        address=address, trusted_root=folder / "keys" / "1.root.json", ca_file=folder / "server.pem"
    )
    figures: list[dict[str, object]] = []
    from app.knowledge import EngineMorphemes

    words = EngineMorphemes(None)
    library = KbLibrary(
        home.kb, knowledge.sample_files(), words, RandomEncoder(), sheet_rows, lambda: datetime.now(UTC),
        knowledge.house_words(),
    )  # fmt: skip
    with knowledge.Knowledge(library, None, SyncNotes(home.releases), words) as desk:
        desk.open()
        for release in (1, 2):
            stamp = folder / "out" / "metadata" / "timestamp.json"
            stamp.write_bytes((folder / f"timestamp-{release}.json").read_bytes())
            asking = Asking(desk)
            time.sleep(4.0)
            begun = time.perf_counter()
            with open_syncer(home, desk.library, desk.notes, settings) as (syncer, _):
                report = syncer.run()
            adopted = time.perf_counter()
            while desk.status.release != release:
                time.sleep(0.001)
            ended = time.perf_counter()
            time.sleep(2.0)
            asking.close()
            size = (home.kb / f"kb-{report.status.generation}.db").stat().st_size
            figures.append(
                {
                    "release": release,
                    "entries": report.status.articles,
                    "db_mb": round(size / 1e6, 1),
                    "sync_s": round(adopted - begun, 2),
                    "sync_and_swap_s": round(ended - begun, 2),
                    "searches_before": told(asking.searches, begun - 3.5, begun - 0.1),
                    "searches_during": told(asking.searches, begun, ended),
                    "searches_after": told(asking.searches, ended, ended + 2.0),
                    "other_threads_late_before": told(asking.beats, begun - 3.5, begun - 0.1),
                    "other_threads_late_during": told(asking.beats, begun, ended),
                    "searches_without_answer": asking.faults,
                    "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
                }
            )
    server.stdin.close()
    server.wait(10)
    return figures


def main() -> None:
    """Print one JSON object a release."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="doumi-sync-") as scratch:
        folder = args.keep or Path(scratch) / "team"
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "timestamp-2.json").exists():
            publish(folder, args.entries)
        for figures in measure(folder, Home(Path(scratch) / "desk", Path(scratch) / "models")):
            print(json.dumps(figures))


if __name__ == "__main__":
    main()
