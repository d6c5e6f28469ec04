"""Personal data of calls is looked for in every file a real desk leaves behind, deleted calls in the opened database.

A desk in a process of its own plays three calls full of made-up names, numbers and addresses: one that is deleted
later, one that is handed over and stays on hold, one in which the desk is killed. Then the whole home, the temporary
folder, the user's cache and data folders and what was printed are searched for every piece in every way it could be
written; after the deletion, also the database's pages in clear, and the sound that a file system would keep.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.home import Home
from app.personal import desk_key, open_reader
from audio.adapters.sealed_frames import SealedJournals
from audio.errors import JournalFault
from tests.helpers.material import ROOT

CALLS = {
    "gone": [
        "010-7391-4826",
        "제 이름은 황보라온이고 주민번호는 800113-1234567",
        "수도길로 77번지 301호에 살아요 gone@canary.example",
    ],
    "held": [
        "010-6284-9157",
        "제 이름은 남궁하늬이고 주민번호는 910305-2345678",
        "솔밭카나로 12길 9호에 살아요 held@canary.example",
    ],
    "crash": [
        "010-5173-8264",
        "제 이름은 제갈도담이고 주민번호는 770707-1456789",
        "버들카나로 5길 8호에 살아요 crash@canary.example",
    ],
}
WORDS = {
    "gone": ("010-7391-4826", "황보라온", "800113-1234567", "수도길로 77번지", "gone@canary.example"),
    "held": ("010-6284-9157", "남궁하늬", "910305-2345678", "솔밭카나로 12길", "held@canary.example"),
    "crash": ("010-5173-8264", "제갈도담", "770707-1456789", "버들카나로 5길", "crash@canary.example"),
}
PAGE, RESERVED = 4096, 80


def written(word: str) -> set[bytes]:
    """Return every way a word may stand in a file."""
    forms = {word, unicodedata.normalize("NFD", word), "".join(word.split()), word.replace("-", "")}
    forms |= {word.replace("-", " "), word.replace("-", ".")}
    return {
        form.encode(code, "ignore")
        for form in forms
        for code in ("utf-8", "utf-16-le", "utf-16-be", "cp949")
        if len(form.encode(code, "ignore")) >= 6
    } | {json.dumps(form)[1:-1].encode() for form in forms}


@dataclass
class Left:
    """What a desk left behind."""

    folder: Path
    environment: dict[str, str]
    ids: dict[str, str]
    printed: bytes

    @property
    def home(self) -> Home:
        return Home(root=self.folder / "home", models=self.folder / "no-models")

    def found(self, *names: str) -> list[tuple[str, str]]:
        """Return where words of the calls stand in clear."""
        places = {"printed": self.printed}
        for file in self.folder.rglob("*"):
            if file.is_file() and "orders" not in file.name:
                places[str(file.relative_to(self.folder))] = file.read_bytes() + str(file).encode()
        assert len(places) > 8
        return [
            (place, word)
            for place, raw in places.items()
            for name in names
            for word in WORDS[name]
            if any(form in raw for form in written(word))
        ]

    def doumi(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "app", *words], cwd=ROOT, env=self.environment, capture_output=True, timeout=120
        )
        self.printed += done.stdout + done.stderr
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def pages(self) -> bytes:
        """Return every page of the database in clear, free ones included."""
        key, raw = desk_key(self.home).derive("db"), self.home.personal_db.read_bytes()
        clear = []
        for start in range(0, len(raw), PAGE):
            page = raw[start : start + PAGE]
            sealed, tail = page[16 if not start else 0 : -RESERVED], page[-RESERVED:]
            opened = Cipher(algorithms.AES(key), modes.CBC(tail[:16])).decryptor()
            clear.append(opened.update(sealed) + opened.finalize())
        whole = b"".join(clear)
        assert b"CREATE TABLE sessions" in whole  # else nothing was opened
        return whole


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    folder = tmp_path_factory.mktemp("canaries")
    for name in ("tmp", "xdg"):
        (folder / name).mkdir()
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DOUMI_HOME": str(folder / "home"),
        "DOUMI_MODELS": str(folder / "no-models"),
        "DOUMI_KEY_MODE": "file",
        "DOUMI_LANG": "ko",
        "TMPDIR": str(folder / "tmp"),
        "XDG_CACHE_HOME": str(folder / "xdg"),
        "XDG_DATA_HOME": str(folder / "xdg"),
        "XDG_CONFIG_HOME": str(folder / "xdg"),
    }
    orders = folder / "orders.json"
    orders.write_text(json.dumps(CALLS, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.canary_child", str(orders)],
        cwd=ROOT, env=environment, capture_output=True, timeout=280,
    )  # fmt: skip
    lines = [line.split() for line in done.stdout.decode().splitlines()]
    assert lines[-1:] == [["ready"]], done.stderr.decode()[-3000:]
    ids = {words[1]: words[2] for words in lines if words[0] == "call"}
    old = os.environ.get("DOUMI_KEY_MODE")
    os.environ["DOUMI_KEY_MODE"] = "file"
    yield Left(folder, environment, ids, done.stdout + done.stderr)
    if old is None:
        del os.environ["DOUMI_KEY_MODE"]


@pytest.mark.slow
def test_a_killed_desk_leaves_nothing_in_clear(left: Left) -> None:
    assert left.found(*WORDS) == []
    # They are there, in what is encrypted: else the search proves nothing.
    reader = open_reader(left.home)
    for name, ident in left.ids.items():
        said = str(reader.events(ident))
        assert [word for word in WORDS[name] if word not in said] == []


@pytest.mark.slow
def test_a_masked_export_gives_no_number_away(left: Left) -> None:
    text = left.doumi("sessions", "export", left.ids["gone"])
    left.printed = b""
    for word in (WORDS["gone"][0], WORDS["gone"][2], WORDS["gone"][4]):
        assert not any(form in text.encode() for form in written(word))


@pytest.mark.slow
def test_a_deleted_call_is_in_no_page_and_its_sound_opens_with_no_key(left: Left, tmp_path: Path) -> None:
    journals = list((left.home.sound / left.ids["gone"]).glob("*.dmj"))
    assert len(journals) == 2
    key = desk_key(left.home).derive("sound")
    kept = []
    for journal in journals:
        assert SealedJournals(key).open(journal).slots() >= 3
        kept.append(tmp_path / journal.name)
        os.link(journal, kept[-1])  # what a file system keeps of an unlinked file
    left.doumi("sessions", "delete", left.ids["gone"])
    assert not (left.home.sound / left.ids["gone"]).exists()
    for file in kept:
        assert file.stat().st_size > 90_000
        with pytest.raises(JournalFault):
            SealedJournals(key).open(file)
    log = left.home.personal_db.with_name("personal.db-wal")
    assert not log.exists() or log.stat().st_size == 0
    pages = left.pages()
    assert [word for word in WORDS["gone"] if any(form in pages for form in written(word))] == []
    assert WORDS["held"][1].encode() in pages
    assert left.ids["gone"] in left.doumi("access", "list")
    left.printed = b""
    refused = subprocess.run(
        [sys.executable, "-m", "app", "sessions", "delete", left.ids["held"]],
        cwd=ROOT, env=left.environment, capture_output=True, timeout=120,
    )  # fmt: skip
    assert refused.returncode == 1
    assert (left.home.sound / left.ids["held"]).is_dir()
    assert left.found(*WORDS) == []
