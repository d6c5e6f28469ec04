"""One importer under mutated input until its time is up; started by test_fuzz_importers.py, or by hand:

    python -m tests.faults.fuzz_child NAME SECONDS SEED FOLDER

Prints one line of JSON: tries, refusals, longest try, growth of memory; on a failure the input as base64. A try that
takes longer than :data:`HANG_S` ends the process with the traceback of where it hung.
"""

# ruff: noqa: E501  (good inputs read better on one line)

from __future__ import annotations

import base64
import faulthandler
import hashlib
import io
import json
import os
import random
import resource
import shutil
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import resources
from audio.model import Channel
from resources.notices import Fault
from tests.faults.mutate import mutated

HANG_S: Final = 5.0
MOST_MEMORY: Final = 3_000_000_000
"""Address space of the child: what asks for more gets MemoryError, which is no fault of an importer's own."""
Run = Callable[[Path, bytes], None]


@dataclass(frozen=True)
class Importer:
    """An importer, good inputs for it, and what it may raise."""

    seeds: list[bytes]
    run: Run
    may_raise: tuple[type[Exception], ...]
    """Its own fault; empty: it answers everything."""


def _put(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def _rows() -> list[list[str]]:
    return [
        ["내용번호", "제목", "답변", "분류", "키워드", "담당부서", "전화번호", "자치구", "최종수정일"],
        ["A1", "대형 폐기물 배출", "구청 누리집에서\n신고합니다.", "환경", "폐기물, 가구", "청소행정과", "02-120", "중구", "2026-01-02"],
        ["A2", "여권 재발급", '"여권"은 구청에서, 수수료 50,000원', "행정", "여권;분실", "민원여권과", "02-2127-4687", "", "2026.3.4"],
    ]  # fmt: skip


def _csv() -> bytes:
    import csv

    out = io.StringIO()
    csv.writer(out).writerows(_rows())
    return out.getvalue().encode()


def _articles(name: str) -> Run:
    def run(folder: Path, data: bytes) -> None:
        from kb.adapters.table_files import sheet_rows
        from kb.importer import read_articles

        read_articles(_put(folder, name, data), sheet_rows)

    return run


def kb_csv() -> Importer:
    from kb.errors import ImportRejected

    text = _csv()
    seeds = [text, b"\xef\xbb\xbf" + text, text.decode().encode("cp949"), text.decode().encode("utf-16")]
    return Importer([*seeds, text.replace(b",", b"\t")], _articles("kb.csv"), (ImportRejected,))


def kb_jsonl() -> Importer:
    from kb.errors import ImportRejected

    files = sorted(resources.path("sample_kb").glob("*.jsonl"))
    seeds = [b"\n".join(file.read_bytes().split(b"\n")[:8]) for file in files[:4]]
    return Importer(seeds, _articles("kb.jsonl"), (ImportRejected,))


def kb_xlsx() -> Importer:
    import openpyxl

    from kb.errors import ImportRejected

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in _rows():
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return Importer([out.getvalue()], _articles("kb.xlsx"), (ImportRejected,))


def specials() -> Importer:
    from kb import specials as module
    from kb.errors import ImportRejected

    file = resources.path(f"sample_specials/{module.FILE_NAME}")
    return Importer(
        [file.read_bytes()], lambda folder, data: module.read(_put(folder, "s.jsonl", data)) and None, (ImportRejected,)
    )


def _turns() -> bytes:
    rows = [
        {"speaker": "agent", "start": 0.0, "end": 2.5, "text": "120다산콜입니다. 무엇을 도와드릴까요?"},
        {"speaker": "caller", "start": 3.0, "end": 9.0, "text": "여권을 잃어버려서요 재발급 수수료가 얼마예요"},
        {"speaker": "agent", "start": 9.5, "end": 15, "text": "네, 신분증 가지고 오시면 오만 삼천 원입니다."},
        {"speaker": "caller", "start": 16, "end": 18, "text": "공일공에 일이삼사 오육칠팔로 전화 주세요"},
    ]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def summarize() -> Importer:
    from assist.errors import TurnsRejected

    def run(folder: Path, data: bytes) -> None:
        from app.commands.summarize import _read, as_json
        from assist.summarize import summarize as draft

        json.dumps(as_json(draft(_read(str(_put(folder, "t.jsonl", data))))))

    return Importer([_turns(), _turns().decode().encode("cp949")], run, (TurnsRejected,))


_ENOUGH: Final = 60_000
"""Bytes for commands that answer line by line: a line is what must not hang, not a file of many."""
_LINES: Final = "야 이 새끼야 장난하냐\n죽고 싶어요 살기 싫어요\n제 번호는 공일공 일이삼사 오육칠팔이에요\n800113-1234567입니다\n".encode()


def classify() -> Importer:
    def run(_: Path, data: bytes) -> None:
        from app.commands.classify import labelled
        from app.text_lines import text_lines

        for text in text_lines(io.BytesIO(data[:_ENOUGH]), 1_000_000):
            json.dumps(labelled(text), ensure_ascii=False).encode()

    return Importer([_LINES, _LINES.decode().encode("cp949")], run, ())


def redact() -> Importer:
    def run(_: Path, data: bytes) -> None:
        from types import SimpleNamespace

        from app.commands import redact

        answers: list[dict[str, Any]] = []
        redact._answer(io.BytesIO(data[:_ENOUGH]), True, SimpleNamespace(emit=answers.append))  # type: ignore[arg-type]
        for answer in answers:
            json.dumps(answer, ensure_ascii=False).encode()
            assert len(answer["masked"]) == len(answer["text"])
            assert all(0 <= one["start"] < one["end"] <= len(answer["text"]) for one in answer["spans"])

    people = "서울시 중구 세종대로 110 홍길동입니다 12가 3456 차예요 메일은 a.b@c.kr\n카드 1234-5678-9012-3456 여권 M12345678\n".encode()
    return Importer([_LINES, people, _turns()], run, ())


def _sounds() -> list[bytes]:
    import numpy as np
    import soundfile

    made = []
    samples = (np.sin(np.arange(8000) / 9)[:, None] * [0.3, 0.2]).astype(np.float32)
    for form, subtype in (
        ("WAV", "PCM_16"),
        ("FLAC", "PCM_16"),
        ("OGG", "VORBIS"),
        ("WAV", "FLOAT"),
        ("AIFF", "PCM_16"),
    ):
        out = io.BytesIO()
        soundfile.write(out, samples, 8000, format=form, subtype=subtype)
        made.append(out.getvalue())
    return made


def sound() -> Importer:
    from audio.errors import FileFault

    def run(folder: Path, data: bytes) -> None:
        from app.sound import check_file, file_source

        file = _put(folder, "s.wav", data)
        check_file(file)
        source = file_source(file, False)
        try:
            begun = time.monotonic()
            for _ in source.blocks():
                # Streams by design: what a long file takes is the consumer's time, a block at a time.
                if time.monotonic() - begun > HANG_S / 2:
                    break
        finally:
            source.close()

    return Importer(_sounds(), run, (FileFault,))


def settings() -> Importer:
    from datetime import UTC, datetime

    from app import settings as module

    full = module.Settings().model_dump_json(indent=2).encode()

    def run(folder: Path, data: bytes) -> None:
        module.load(_put(folder, "settings.json", data), lambda: datetime(2026, 1, 1, tzinfo=UTC))

    return Importer([full, b'{"schema_version": 1, "language": "en"}'], run, ())


def key_marker() -> Importer:
    from app import key_wraps as module
    from app.adapters.key_cipher import GcmCipher as cipher  # noqa: N813 - used as a maker
    from app.errors import KeyFault

    secret = module.new_secret()
    local = module.wrap(cipher(), bytes(32), module.KeyMode.KEYRING, "desk", secret, "")
    keys = module.KeySet(module.fingerprint(bytes(32)), local, module.RecoveryWrap("age1x", "AAAA"))
    seeds = [module.to_text(module.Envelope(keys, keys, module.Turn.PREPARING, ("a",))).encode()]

    def run(folder: Path, data: bytes) -> None:
        _put(folder, module.MARKER, data)
        found = module.read_envelope(folder)
        raw = module.secret_bytes(secret)
        if found is not None and raw is not None and found.keys.local.pin is None:
            module.unwrap(cipher(), found.keys.local, raw, "")

    return Importer([*seeds, b'{"mode": "keyring", "account": "a", "check": "00"}'], run, (KeyFault,))


def _toml(name: str, load: str) -> Importer:
    from importlib import import_module

    from assist.errors import ScriptsFault

    module = import_module(load)
    seed = resources.path(name).read_bytes()
    file = Path(name).name
    return Importer([seed], lambda folder, data: module.load(_put(folder, file, data)) and None, (ScriptsFault,))


def scripts() -> Importer:
    return _toml("scripts/situations.toml", "assist.protect.scripts")


def crisis_scripts() -> Importer:
    return _toml("scripts/crisis.toml", "assist.protect.crisis_guide")


def ars_menus() -> Importer:
    return _toml("words/ars.toml", "assist.ars")


def links() -> Importer:
    from ui.links import LinkRefused, parse

    def run(_: Path, data: bytes) -> None:
        parse(data.decode("utf-8", "surrogateescape"))

    seeds = ["doumi:call/start?number=010-1234-5678&ars=교통%20%3E%20주정차", "doumi://call/end/?number=sip:1@b"]
    return Importer([seed.encode() for seed in seeds], run, (LinkRefused,))


class _Trusting:
    """Believes every signature, so that what is behind it is reached too."""

    def verify(self, public_key: str, signature: bytes, message: bytes) -> bool:
        return True

    def desk_id(self, public_key: str) -> str:
        return public_key[:8]

    def open(self, sealed: bytes, identity: str) -> bytes:
        return sealed

    @property
    def public_key(self) -> str:
        return "ed25519:" + "0" * 64

    def sign(self, message: bytes) -> bytes:
        return bytes(64)


def callers_list() -> Importer:
    from datetime import UTC, date, datetime

    from app import caller_list as module
    from app.errors import CallerFault
    from assist.model import CallerClass, ManagedCaller

    key = module.new_key(lambda seed: "ed25519:" + seed.hex(), date(2026, 1, 1))
    caller = {f"{key.public.name}:{'0' * 32}": ManagedCaller(next(iter(CallerClass)), "전담팀 연결", "2026-12-31")}
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    whole = module.seal_list(module.CallerList(key.public.centre, 1, moment, moment, caller), _Trusting())

    def run(_: Path, data: bytes) -> None:
        module.open_list(data, key.public, _Trusting())

    return Importer([whole], run, (CallerFault,))


def callers_key() -> Importer:
    from datetime import date

    from app import caller_list as module
    from app.errors import CallerFault

    key = module.new_key(lambda seed: "ed25519:" + seed.hex(), date(2026, 1, 1))

    def run(_: Path, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        read = module.read_secret if b"secret" in data else module.read_public
        read(text)

    return Importer([key.text().encode(), key.public.text().encode()], run, (CallerFault,))


def _pack() -> bytes:
    from app import team
    from assist.escalate import CLIP, MANIFEST, REASON, SIGNATURE, TRANSCRIPT

    line = {
        "index": 0,
        "speaker": "caller",
        "start": 1.0,
        "end": 2.0,
        "wall": "2026-01-01T00:00:00+09:00",
        "text": "야",
    }
    manifest: dict[str, Any] = {
        "format": 1,
        "pack": {"id": "01J", "incident": "01J", "kind": "complete"},
        "call": {"id": "c"},
        "desk": {"id": "d", "public_key": "ed25519:" + "0" * 64},
        "reason": {"situation": "threat", "labels": ["threat"]},
        "incidents": [{"index": 0, "severity": 2, "label": "threat", "labels": ["threat"], "seconds": 1.0, "evidence": [[0, 1]]}],
        "warnings": [{"seconds": 3, "wall": "x", "text": "경고"}],
        "line": [{"action": "notice", "seconds": 4, "wall": "x", "ok": True, "means": "person"}],
        "clip": {"from": {"seconds": 0}, "to": {"seconds": 1}},
        "parts": {TRANSCRIPT: {"sha256": "0" * 64, "bytes": 3}},
    }  # fmt: skip
    parts = {
        MANIFEST: json.dumps(manifest).encode(),
        SIGNATURE: bytes(64),
        TRANSCRIPT: json.dumps(line, ensure_ascii=False).encode(),
        REASON: json.dumps({"note": "반복"}).encode(),
        CLIP: _sounds()[1],
    }
    return team.archive(parts)


def packs() -> Importer:
    from app.errors import TeamFault
    from audio.errors import FileFault

    def run(folder: Path, data: bytes) -> None:
        from app import team_packs
        from app.evidence_check import check, read_bytes
        from app.sound import clip_pcm
        from assist.escalate import CLIP

        parts = read_bytes(data, "x", _Trusting())
        checked = check(parts, _Trusting(), {})
        team_packs.summary(parts, checked.manifest, "x")
        team_packs.acts(checked.manifest)
        team_packs.transcript(parts, checked.manifest)
        team_packs.clip(parts, checked.manifest)
        if CLIP in parts:
            clip_pcm(parts[CLIP], 0.0, 2.0)

    return Importer([_pack()], run, (TeamFault, FileFault))


def desks_list() -> Importer:
    from app.errors import TeamFault

    def run(folder: Path, data: bytes) -> None:
        from app.evidence_check import read_desks

        read_desks(_put(folder, "desks.txt", data), _Trusting())

    return Importer([b"ed25519: ed25519:0000 # front\n# none\nabcdefgh abcdefgh00\n"], run, (TeamFault,))


def release_manifest() -> Importer:
    from kb.errors import SyncRefused

    seed = {
        "format": 1, "schema_version": 3, "release": 5, "built_at": "2026-01-01T00:00:00Z", "file": "kb-5.db.gz",
        "db_bytes": 1000, "db_sha256": "0" * 64, "articles": 10, "golden": [{"query": "여권", "ids": ["A1"]}],
    }  # fmt: skip

    def run(_: Path, data: bytes) -> None:
        from kb.release.manifest import parse

        parse(data, 3)

    return Importer([json.dumps(seed).encode()], run, (SyncRefused,))


def release_lists() -> Importer:
    """The signed lists as an address serves them, read through the real TUF client."""
    from datetime import UTC, datetime, timedelta

    from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
    from tuf.api.serialization.json import JSONSerializer

    from kb.errors import SyncFault

    end = datetime.now(UTC) + timedelta(days=3)
    lists = [Metadata(kind(expires=end)).to_bytes(JSONSerializer()) for kind in (Root, Timestamp, Snapshot, Targets)]

    def run(folder: Path, data: bytes) -> None:
        from contextlib import contextmanager

        from kb.adapters.tuf_lists import TufLists
        from kb.release.ports import Reading

        class Address:
            name = "fuzz"

            @contextmanager
            def read(self, path: str, start: int = 0, validator: str = "") -> Any:
                yield Reading(iter([data]), 0, "")

        TufLists(folder / "lists", _put(folder, "root.json", data), Address()).newest()  # type: ignore[arg-type]

    return Importer(lists, run, (SyncFault,))


def sync_note() -> Importer:
    from kb.release.notes import SyncNote, SyncNotes

    def run(folder: Path, data: bytes) -> None:
        _put(folder, "sync.json", data)
        SyncNotes(folder).read()

    return Importer([SyncNote(source="x", params={"a": "b"}).model_dump_json().encode()], run, ())


def practice_calls() -> Importer:
    from app.practice_calls import PracticeDamaged, load

    seeds = [file.read_bytes() for file in sorted(resources.path("practice").glob("*.json"))[:3]]

    def run(folder: Path, data: bytes) -> None:
        _put(folder, "parking-report.json", data)
        load(folder)

    return Importer(seeds, run, (PracticeDamaged,))


def socket_messages() -> Importer:
    from ui.single_window import Answer, DeskSocket

    class Desk:
        def _raise(self) -> None:
            return

        def _obey(self, verb: str, values: object) -> Answer:
            return Answer(ok=False, code="press.verb_unknown")

    def run(_: Path, data: bytes) -> None:
        DeskSocket._answer(Desk(), data[:4096])  # type: ignore[arg-type]

    return Importer([b'{"verb": "escalate", "situation": "threat"}', b'{"verb": "raise"}'], run, ())


def receipts() -> Importer:
    from app.receipts import read

    seed = {"pack_id": "p", "file": "p.age", "sha256": "0", "destination": "x", "receipt": {"a": "b"}}
    return Importer(
        [json.dumps(seed).encode()], lambda folder, data: read(_put(folder, "p.receipt.json", data)) and None, ()
    )


def server_answers() -> Importer:
    from app.adapters.http_answers import Answer, receipt_of, wish_s
    from app.errors import DeliveryFault

    def run(_: Path, data: bytes) -> None:
        text = data[:200].decode("latin-1").replace("\n", " ").replace("\r", " ")
        wish_s({"Retry-After": text, "Date": text})
        receipt_of(Answer(200, {"Repr-Digest": text}, data), "0" * 64, "host")

    good = json.dumps({"sha256": "0" * 64}).encode()
    return Importer([good, b"sha-256=:AAAA:", b"Wed, 21 Oct 2026 07:28:00 GMT"], run, (DeliveryFault,))


def _zipped_model() -> bytes:
    out = io.BytesIO()
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("modules.json", json.dumps(modules))
        packed.writestr("config.json", json.dumps({"model_type": "bert"}))
        packed.writestr("model.safetensors", b"\x02\0\0\0\0\0\0\0{}")
        packed.writestr("model.bin", b"\x06\0\0\0\x0c\0WhisperSpec\0")
    return out.getvalue()


def model_folders() -> Importer:
    from audio.errors import SpeechFault
    from kb.errors import EncoderUnavailable

    def run(folder: Path, data: bytes) -> None:
        from audio.model_file import check_speech_folder
        from kb.encoder_folder import check_encoder_folder

        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for at, info in enumerate(packed.infolist()[:20]):
                    if info.file_size < 40_000_000:
                        name = info.filename if info.filename.isascii() and info.filename.isidentifier() else None
                        _put(
                            folder,
                            name or ("modules.json", "config.json", "model.safetensors", "model.bin")[at % 4],
                            packed.read(info),
                        )
        except Exception:
            _put(folder, "model.bin", data)
        try:
            check_speech_folder(folder)
        except SpeechFault:
            check_encoder_folder(folder)

    return Importer([_zipped_model()], run, (SpeechFault, EncoderUnavailable))


def model_answers() -> Importer:
    """What a summariser model answers."""
    from assist.model import Turn
    from assist.summarize import summarize as draft
    from audio.model import Channel

    turns = [Turn(i, Channel(row["speaker"]), row["start"], row["end"], row["text"]) for i, row in enumerate(map(json.loads, _turns().splitlines()))]  # fmt: skip
    made = draft(turns)
    good = {
        "records": [
            {
                "inquiry": ["여권 재발급 수수료 문의"],
                "answer": ["수수료 53,000원 안내"],
                "action": ["문의 내용 안내함"],
                "follow_up": "",
            }
        ]
    }

    def run(_: Path, data: bytes) -> None:
        from assist.summarize.rephrase import request_for, taken

        taken(data.decode("utf-8", "replace"), request_for(turns, made, "0" * 16), turns, made)

    return Importer([json.dumps(good, ensure_ascii=False).encode()], run, ())


def _session_package() -> tuple[bytes, bytes, bytes, str]:
    """A package of one second, what is inside its seal, one piece of its sound, and who opens it."""
    import tempfile

    from tests.helpers.packages import PackageDesk

    with tempfile.TemporaryDirectory() as folder:
        desk = PackageDesk(Path(folder))
        desk.save(seconds=1.0)
        file = Path(folder) / "a.doumi"
        desk.make(file)
        desk.close()
        with zipfile.ZipFile(file) as packed:
            plain = desk.box.open(packed.read("sealed.age"), desk.identity)
        sound = desk.load().sound
        assert sound is not None
        sides = (sound.read(side, 0, 8_000) for side in (Channel.AGENT, Channel.CALLER))
        return file.read_bytes(), plain, desk.tools.codec.encode(*sides), desk.identity


def session_packages() -> Importer:
    """A package as a file: every opening, all of its sound."""
    from datetime import UTC, datetime

    from app.errors import PackageFault
    from app.package_side import package_tools
    from app.qa.package_open import Opener

    whole, _, _, identity = _session_package()
    now = datetime(2026, 11, 22, tzinfo=UTC)
    opener = Opener(lambda: (identity,), package_tools(), lambda: now, lambda action, subject, note: None)

    def run(folder: Path, data: bytes) -> None:
        call = opener.open(_put(folder, "a.doumi", data))
        call.unreadable()
        if call.sound is not None:
            call.sound.read(Channel.CALLER, 0, 10**9)

    return Importer([whole], run, (PackageFault,))


def session_package_insides() -> Importer:
    """What a stranger can seal for anybody: manifest, events, records, as if a known desk had signed it."""
    from app.errors import PackageFault
    from app.qa.package import read_inside

    _, plain, _, _ = _session_package()
    ident = json.loads(plain.partition(b"\n")[0])["id"]

    def run(_: Path, data: bytes) -> None:
        first, _, rest = data.partition(b"\n")
        with suppress(Exception):
            values = json.loads(first)
            body = rest.partition(b"\n")[2]
            values |= {"body_sha256": hashlib.sha256(body).hexdigest(), "id": ident}
            values["desk"]["id"] = values["desk"]["public_key"][:8]
            data = json.dumps(values).encode() + b"\n" + rest
        read_inside(data, _Trusting(), {}, ident)

    return Importer([plain], run, (PackageFault,))


def session_package_sound() -> Importer:
    """A piece of sound, as a stranger can seal it."""
    from app.package_side import package_tools
    from audio.errors import FileFault

    codec = package_tools().codec
    return Importer([_session_package()[2]], lambda _, data: codec.decode(data, 160_000) and None, (FileFault,))


def rubrics() -> Importer:
    """A rubric of the site."""
    from assist.errors import RubricRefused
    from assist.review.rubric_file import load

    seed = resources.path("rubrics/core_skills.toml").read_bytes()
    small = b'id = "own"\nversion = 2\ntitle = "a"\nextends = "core-skills"\ndrop = ["closing"]\n[[skills]]\nid = "speed"\nweight = 3\n'
    return Importer([seed, small], lambda folder, data: load(_put(folder, "a.toml", data)) and None, (RubricRefused,))


def quality_headers() -> Importer:
    """What a stranger can put into the exchange as a header of a call, as if its signature fitted."""
    from app.errors import QaFault
    from app.qa.headers import KIND, header_values, read_header
    from app.qa.signed import sign
    from assist.review.model import CallHeader, HeaderFlag

    one = CallHeader("a" * 32, "A-07", "2026-11-22T09:14+09:00", 402, "교통", (HeaderFlag.HELD,))
    seed = sign(KIND, {**header_values(one), "recipient": "age1x"}, _Signing())
    return Importer([seed], lambda _, data: read_header(data, _Trusting(), {}) and None, (QaFault,))


def quality_orders() -> Importer:
    """A draw, as if the trainers had signed it."""
    from app.errors import QaFault
    from app.qa.draws import KIND, read_order
    from app.qa.keys import TrainerCard
    from app.qa.signed import sign

    body = {"plan": "p" * 32, "title": "11월", "until": "2026-12-22", "headers": ["a" * 32, "b" * 32]}
    card = TrainerCard("age1x", _Signing().public_key)
    return Importer(
        [sign(KIND, body, _Signing())], lambda _, data: read_order(data, _Trusting(), card) and None, (QaFault,)
    )


class _Signing(_Trusting):
    """Signs with nothing."""

    desk_id = "desk-0"  # type: ignore[assignment]

    def sign(self, message: bytes) -> bytes:
        return b"0" * 64


IMPORTERS: Final[dict[str, Callable[[], Importer]]] = {
    one.__name__: one
    for one in (
        kb_csv, kb_jsonl, kb_xlsx, specials, summarize, classify, redact, sound, settings, key_marker, scripts,
        crisis_scripts, ars_menus, links, callers_list, callers_key, packs, desks_list, release_manifest, release_lists, sync_note,
        practice_calls, socket_messages, receipts, server_answers, model_folders, model_answers,
        session_packages, session_package_insides, session_package_sound, rubrics, quality_headers, quality_orders,
    )
}  # fmt: skip


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def fuzz(name: str, seconds: float, seed: int, folder: Path) -> dict[str, Any]:
    """Try until the time is up or something is wrong; return what was found."""
    importer = IMPORTERS[name]()
    rng = random.Random(f"{name}:{seed}")
    inputs = folder / "input.bin"
    work = folder / "work"
    for good in importer.seeds:  # loads what is loaded once, before anything is measured
        work.mkdir()
        with suppress(*importer.may_raise):
            importer.run(work, good)
        shutil.rmtree(work)
    # What the standard library's zip reader and openpyxl print and warn about is no finding.
    begun, tries, refused, sentences, longest = time.monotonic(), 0, 0, 0, 0.0
    memory = _resident()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    report: dict[str, Any] = {"importer": name, "ok": True}
    while time.monotonic() - begun < seconds:
        data = mutated(rng, rng.choice(importer.seeds), importer.seeds)
        if rng.random() < 0.2:
            data = mutated(rng, data, importer.seeds)
        inputs.write_bytes(data)
        work.mkdir()
        faulthandler.dump_traceback_later(HANG_S, exit=True)
        at = time.monotonic()
        try:
            importer.run(work, data)
        except importer.may_raise as fault:
            refused += 1
            sentences += isinstance(fault, Fault) and bool(str(fault))  # every refusal has its sentence
        except BaseException as error:
            import traceback

            report |= {"ok": False, "error": "".join(traceback.format_exception(error))[-4000:]}
            report["input"] = base64.b64encode(data[:200_000]).decode()
            break
        finally:
            longest = max(longest, time.monotonic() - at)
            faulthandler.cancel_dump_traceback_later()
            shutil.rmtree(work, ignore_errors=True)
        tries += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return report | {
        "tries": tries,
        "refused": refused,
        "told": sentences,
        "longest_s": round(longest, 2),
        "grown_mb": round((_resident() - memory) / 1e6),
        "peak_mb": round(peak / 1e6),
        "seconds": round(time.monotonic() - begun, 1),
    }


def main() -> int:
    """Fuzz one importer as the arguments say."""
    import logging
    import warnings

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["DOUMI_LANG"] = "ko"
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    name, seconds, seed, folder = sys.argv[1:5]
    found = fuzz(name, float(seconds), int(seed), Path(folder))
    print(json.dumps(found))
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
