"""How fast the search is with many entries: every stage, opening, memory, keys typed, and a swap under searches.

    python benchmarks/search_scale.py [--entries N] [--folder DIR]

The entries are made: titles and sentences of the shipped example put together anew with districts and departments.
Their vectors are random ones around the example's own, for speed is the question here, not the answer. Queries are
encoded by the installed model in its own process, morphemes by the analyser in its own, as on the desk.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import knowledge  # noqa: E402
from app.home import Home  # noqa: E402
from kb import index  # noqa: E402
from kb.browse import Browser  # noqa: E402
from kb.model import Article, KbStatus  # noqa: E402
from kb.places import districts  # noqa: E402
from kb.query import understand  # noqa: E402
from kb.search import Searcher  # noqa: E402

SPOKEN = (
    "{} 때문에 전화드렸는데요 어떻게 해야 되나요",
    "저기요 {} 그거 어디에 물어봐야 돼요",
    "제가 이사를 왔는데 {} 신청하려면 뭐가 필요한지 알고 싶어서요",
    "{}",
)
DEPARTMENTS = (
    "민원여권과",
    "교통행정과",
    "주차관리과",
    "복지정책과",
    "자원순환과",
    "보건행정과",
    "세무과",
    "문화체육과",
)
Floats = np.ndarray[Any, Any]


def sample() -> list[dict[str, Any]]:
    """Return the entries of the shipped example."""
    return [json.loads(line) for path in knowledge.sample_files() for line in path.read_text("utf-8").splitlines()]


def made(count: int) -> list[Article]:
    """Return entries put together anew, the same ones every time."""
    draw = random.Random(120)
    rows = sample()
    sentences = [one.strip() + "." for row in rows for one in row["answer"].split(".") if len(one.strip()) > 5]
    entries = []
    for number in range(count):
        row = draw.choice(rows)
        place = draw.choice(districts())
        department = draw.choice(DEPARTMENTS)
        phone = f"02-{draw.randint(300, 2999)}-{draw.randint(0, 9999):04}"
        body = " ".join(draw.sample(sentences, draw.randint(4, 12)))
        entries.append(
            Article(
                id=f"m{number}",
                question=f"{place} {row['question']} {number}",
                answer=f"{body} 문의: {department} {phone}",
                category=row.get("category", ""),
                keywords=tuple(row.get("keywords", ()))[:3],
                department=department,
                phone=phone,
                district=place if number % 2 else "",
                updated=f"2026-{draw.randint(1, 11):02}-{draw.randint(1, 28):02}",
            )
        )
    return entries


class Scattered:
    """An encoder whose passages are random unit vectors around the centre of the real ones."""

    def __init__(self, name: str, centre: Floats) -> None:
        self.name = name
        self._centre = centre

    def queries(self, texts: Sequence[str]) -> Floats:
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        seed = int.from_bytes(hashlib.sha256("".join(texts).encode()).digest()[:8])
        noise = np.random.default_rng(seed).standard_normal((len(texts), len(self._centre)), np.float32)
        vectors = self._centre + 0.5 * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


class Remembering:
    """Morphemes of each sentence once: the made entries repeat the same ones, and building is not measured here."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._seen: dict[str, Any] = {}

    def add_words(self, words: Sequence[str]) -> None:
        self._inner.add_words(words)

    def tokens(self, text: str) -> list[Any]:
        found: list[Any] = []
        for part in text.split(". "):
            if part not in self._seen:
                self._seen[part] = self._inner.tokens(part)
            found += self._seen[part]
        return found


def spread(name: str, times: Sequence[float]) -> None:
    """Print the middle and the slow end of times in seconds."""
    ms = np.array(times) * 1000
    low, middle, high = np.percentile(ms, [50, 95, 99])
    print(f"{name:<34} p50 {low:7.1f}  p95 {middle:7.1f}  p99 {high:7.1f} ms", flush=True)


def timed(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return seconds for each text."""
    found = []
    for text in texts:
        begun = time.perf_counter()
        work(text)
        found.append(time.perf_counter() - begun)
    return found


def processor() -> float:
    """Return processor seconds of the desk and its processes so far."""
    times = [one.cpu_times() for one in (psutil.Process(), *psutil.Process().children())]
    return sum(one.user + one.system for one in times)


def measured(name: str, work: Callable[[str], object], texts: Sequence[str]) -> None:
    """Print times, and the processor time a text takes: that one does not depend on what else the machine does."""
    before = processor()
    spread(name, timed(work, texts))
    print(f"{'':<34} processor {1000 * (processor() - before) / len(texts):.1f} ms each")


def swap(title: str, search: Callable[[str], object], opened: Callable[[], object], texts: Sequence[str]) -> None:
    """Search on while another generation is opened, and print the longest search."""
    calm = timed(search, texts[:100])
    ready = threading.Event()
    took: list[float] = []

    def open_it() -> None:
        begun = time.perf_counter()
        opened()
        took.append(time.perf_counter() - begun)
        ready.set()

    thread = threading.Thread(target=open_it)
    meanwhile: list[float] = []
    thread.start()
    while not ready.is_set():
        meanwhile += timed(search, texts[len(meanwhile) % len(texts) :][:1])
    thread.join()
    print(f"swap beside {len(meanwhile)} {title}: opened in {took[0]:.2f} s")
    spread("  searches before", calm)
    spread("  searches meanwhile", meanwhile)
    print(f"  longest of them {1000 * max(meanwhile):.0f} ms; before {1000 * max(calm):.0f} ms")


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "search-scale")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    home = Home(root=args.folder / "home", models=Home.from_environment().models)
    words = knowledge.EngineMorphemes()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with knowledge.build(home, words=words) as half:
        library = half.library
        encoder = library._encoder
        words.add_words(knowledge.house_words())
        path = args.folder / f"kb-{args.entries}-{index.SCHEMA}.db"
        if not path.exists():
            centre = np.zeros(384, np.float32)
            if encoder is not None:
                centre = encoder.passages([row["question"] for row in sample()]).mean(axis=0)
            begun = time.perf_counter()
            status = KbStatus(1, path.name, "local", 0, datetime.now(UTC).isoformat(), "", False)
            half_made = path.with_suffix(".half")
            half_made.unlink(missing_ok=True)
            scattered = Scattered(encoder.name if encoder else "none", centre)
            index.write(half_made, made(args.entries), status, Remembering(words), scattered, lambda _: None)
            half_made.rename(path)
            print(f"built in {time.perf_counter() - begun:.0f} s (morphemes of repeated sentences remembered)")
        print(f"{args.entries} entries, file {path.stat().st_size / 1e6:.0f} MB")
        before = psutil.Process().memory_info().rss
        begun = time.perf_counter()
        found = index.load(path)
        print(f"read in {time.perf_counter() - begun:.2f} s")
        searcher = library.searcher_of(found)
        begun = time.perf_counter()
        searcher.search("여권 재발급")
        print(
            f"first search {1000 * (time.perf_counter() - begun):.0f} ms, memory of the desk "
            f"+{(psutil.Process().memory_info().rss - before) / 1e6:.0f} MB"
        )
        half.ready()
        draw = random.Random(7)
        texts = [draw.choice(SPOKEN).format(row["question"]) for row in draw.choices(sample(), k=args.queries)]
        timed(lambda text: searcher.search(text), texts[:20])
        measured("search, by meaning too", lambda text: searcher.search(text, 10, "관악구"), texts)
        plain = library.searcher_of(found, by_meaning=False)
        measured("search, words alone", lambda text: plain.search(text, 10, "관악구"), texts)
        spread("  morphemes and query", timed(lambda text: understand(text, (), words), texts))
        asked = [understand(text, (), words) for text in texts]
        if encoder is not None:
            spread("  question and nouns as vectors", timed(lambda text: encoder.queries([text, text[:20]]), texts))
        vectors = iter([encoder.queries(["a", "b"]) for _ in range(1)] * len(texts) if encoder else [])
        if found.vectors is not None:
            spread("  likeness to all vectors", timed(lambda _: searcher._meaning(next(vectors)), texts))
        queries = iter(asked)
        spread("  words and sounds of all", timed(lambda _: searcher.legs(next(queries), False), texts))
        legs = searcher.legs(asked[0])
        spread("  convex sum", timed(lambda _: searcher.fuse(legs, "관악구"), texts))
        browser = Browser(searcher)
        keys = [text[: draw.randint(1, 12)] for text in (row["question"] for row in sample())]
        keys += ["ㅇㄱㅈㅂㄱ", "ㄱㅊㅅㄷ", "여ㄱ", "주차단", "겨주자우선", "ㅈ", "1234", "02-"] * 5
        measured("a key typed", lambda text: browser.suggest(text), keys)
        measured("search by hand when typing rests", lambda text: browser.search(text), keys)

        def opened() -> Searcher:
            return library.searcher_of(index.load(path))

        def with_new_words() -> Searcher:
            words.add_words(["신설정책과"])
            return opened()

        swap("searches by words", lambda text: plain.search(text), opened, texts)
        swap("searches by meaning too", lambda text: searcher.search(text), opened, texts)
        swap("searches by words, new words learned", lambda text: plain.search(text), with_new_words, texts)
        memory = [one.memory_info().rss // 2**20 for one in (psutil.Process(), *psutil.Process().children())]
        print(f"memory: desk {memory[0]} MB, its processes {memory[1:]} MB; load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
