"""Whatever was done to a package on its way: one clear sentence, and nothing of it is shown."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import PackageFault
from app.qa.package import sign_and_join
from tests.helpers.packages import PackageDesk, rewritten


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackageDesk]:
    folder = tmp_path_factory.mktemp("desk")
    made = PackageDesk(folder)
    made.save(seconds=12.0)
    made.make(folder / "a.doumi")
    yield made
    made.close()


@pytest.fixture
def whole(desk: PackageDesk) -> Path:
    return desk.home.root.parent / "a.doumi"


def test_a_package_that_is_cut_short_anywhere_is_refused(desk: PackageDesk, whole: Path, tmp_path: Path) -> None:
    raw = whole.read_bytes()
    ends = {*range(0, 120, 3), *range(len(raw) - 60, len(raw)), *range(0, len(raw), len(raw) // 60)}
    file = tmp_path / "cut.doumi"
    told = {}
    for end in sorted(ends):
        file.write_bytes(raw[:end])
        told[end] = desk.refusal(file)
    assert set(told.values()) == {"package.truncated"}, told


def test_a_flipped_bit_is_told_or_changes_nothing(desk: PackageDesk, whole: Path, tmp_path: Path) -> None:
    raw = whole.read_bytes()
    with zipfile.ZipFile(whole) as packed:
        sealed, listed = packed.getinfo("sealed.age").header_offset + 30 + len("sealed.age"), packed.start_dir
        sound = packed.getinfo("sound/00000").header_offset
    before = desk.opener().open(whole)
    file = tmp_path / "flipped.doumi"
    told = {}
    for place in (*range(0, sound, 5), *range(sealed, listed, (listed - sealed) // 40), *range(listed, len(raw), 5)):
        content = bytearray(raw)
        content[place] ^= 1 << place % 8
        file.write_bytes(content)
        told[place] = desk.refusal(file)
        if not told[place]:
            # Times and rights in the list of a zip mean nothing to anybody.
            call = desk.opener().open(file)
            assert (call.facts, call.stored, call.versions) == (before.facts, before.stored, before.versions)
            assert not sealed <= place < listed
    named = {"package.changed", "package.truncated", "package.not_one", "package.newer"}
    assert {code for code in told.values() if code} <= named, told
    assert all(told[place] == "package.changed" for place in told if sealed <= place < listed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package.truncated"),
        (b"hello, this is no package at all, but long enough to be one.", "package.not_one"),
        (b"age-encryption.org/v1\n" * 9, "package.not_one"),
    ],
)
def test_other_files_are_told_from_packages(desk: PackageDesk, tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "other.doumi"
    file.write_bytes(content)
    assert desk.refusal(file) == code
    assert desk.refusal(tmp_path / "absent.doumi") == "package.gone"
    assert desk.refusal(tmp_path) == "package.gone"


def test_another_zip_is_no_package(desk: PackageDesk, tmp_path: Path) -> None:
    file = tmp_path / "other.doumi"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "x")
    assert desk.refusal(file) == "package.not_one"


def clear(version: object = 1, ident: str = "", form: str = "doumi.session") -> bytes:
    return json.dumps({"format": form, "version": version, "id": ident}).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (clear(2), "package.newer"),
        (clear(99), "package.newer"),
        (clear(1, "0" * 32), "package.changed"),
        (clear(1, "open\nreveal 김민원"), "package.changed"),
        (clear("1"), "package.changed"),
        (clear(0), "package.changed"),
        (clear(True), "package.changed"),
        (clear(1, form="other"), "package.changed"),
        (b"[" * 4000, "package.changed"),
        (b"{}" + b" " * 5000, "package.changed"),
        (b"\xff\xfe", "package.changed"),
    ],
)
def test_what_is_in_clear_cannot_be_made_up(
    desk: PackageDesk, whole: Path, tmp_path: Path, content: bytes, code: str
) -> None:
    assert desk.refusal(rewritten(whole, tmp_path / "b.doumi", {"format.json": content})) == code


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "sound/1", "sound/000001", "sound/0000²", "sound/../00001", "con", "extra.txt"]
)
def test_names_that_are_not_ours_are_refused(desk: PackageDesk, whole: Path, tmp_path: Path, name: str) -> None:
    assert desk.refusal(rewritten(whole, tmp_path / "b.doumi", {name: b"x"})) == "package.changed"


def test_more_pieces_than_were_sealed_are_refused(desk: PackageDesk, whole: Path, tmp_path: Path) -> None:
    assert desk.refusal(rewritten(whole, tmp_path / "b.doumi", {"sound/00009": b"x"})) == "package.changed"


def test_a_name_twice_is_refused(desk: PackageDesk, whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.doumi"
    file.write_bytes(whole.read_bytes())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(file, "a") as packed:
            packed.writestr("sealed.age", b"another")
    assert desk.refusal(file) == "package.changed"


def test_a_zip_that_unpacks_to_far_more_is_not_unpacked(desk: PackageDesk, whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "bomb.doumi"
    with zipfile.ZipFile(whole) as packed, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in packed.namelist():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            content = bytes(20_000_000) if name == "sealed.age" else packed.read(name)
            bomb.writestr(zipfile.ZipInfo(name), content, stored)
    assert file.stat().st_size < 1_000_000
    assert desk.refusal(file) == "package.changed"


def test_a_list_longer_than_its_file_or_with_a_comment_is_refused(
    desk: PackageDesk, whole: Path, tmp_path: Path
) -> None:
    raw, file = whole.read_bytes(), tmp_path / "b.doumi"
    for place, value in ((10, 9999), (12, 5), (16, 1), (20, 7)):
        end = bytearray(raw[-22:])
        struct.pack_into("<H", end, place, value)
        file.write_bytes(raw[:-22] + bytes(end))
        assert desk.refusal(file) == "package.changed", place
    file.write_bytes(raw[:-22] + bytes(100) + raw[-22:])
    assert desk.refusal(file) == "package.changed"


Change = Callable[[dict[str, object]], object]


def resealed(desk: PackageDesk, whole: Path, file: Path, change: Change, sign: bool, body: bytes | None = None) -> Path:
    """Open the seal, change the manifest, and seal again for the same receiver, signed again by the desk or not."""
    with zipfile.ZipFile(whole) as packed:
        plain = desk.box.open(packed.read("sealed.age"), desk.identity)
    first, signature, rest = plain.split(b"\n", 2)
    values = json.loads(first)
    change(values)
    rest = rest if body is None else body
    if sign:
        values["body_sha256"] = hashlib.sha256(rest).hexdigest()
        again = sign_and_join(json.dumps(values).encode(), rest, desk.signer)
    else:
        again = b"\n".join((json.dumps(values).encode(), signature, rest))
    return rewritten(whole, file, {"sealed.age": desk.box.seal_all(again, [desk.recipient])})


@pytest.mark.parametrize("field", ["purpose", "until", "counsellor", "header", "recipients", "desk"])
def test_a_receiver_cannot_change_what_the_sender_signed(
    desk: PackageDesk, whole: Path, tmp_path: Path, field: str
) -> None:
    _, recipient = desk.box.generate()
    changed = {
        "until": "2099-01-01",
        "recipients": [recipient, desk.recipient],
        "desk": {"id": "desk-0", "public_key": base64.b64encode(b"x").decode()},
    }
    file = resealed(
        desk, whole, tmp_path / "b.doumi", lambda m: m.update({field: changed.get(field, "또")}), sign=False
    )
    assert desk.refusal(file) == "package.changed"


def test_a_package_handed_on_to_somebody_the_sender_did_not_name_is_refused(
    desk: PackageDesk, whole: Path, tmp_path: Path
) -> None:
    identity, recipient = desk.box.generate()
    with zipfile.ZipFile(whole) as packed:
        plain = desk.box.open(packed.read("sealed.age"), desk.identity)
    file = rewritten(whole, tmp_path / "b.doumi", {"sealed.age": desk.box.seal_all(plain, [recipient])})
    assert desk.refusal(file, identity) == "package.changed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(version=2, news="?"), "package.newer"),
        (lambda m: m.update(until="tomorrow"), "package.changed"),
        (lambda m: m.update(duration_s=-1.0), "package.changed"),
        (lambda m: m.update(agent_samples=10**15), "package.changed"),
        (lambda m: m.update(events=1), "package.changed"),
        (lambda m: m.update(sound_key="AAAA"), "package.changed"),
        (lambda m: m.update(pieces=["x"]), "package.changed"),
        (lambda m: m.pop("recipients"), "package.changed"),
        (lambda m: m.update(silent=[{"side": "agent", "start": 1, "end": 2, "why": "<b>"}]), "package.changed"),
    ],
)
def test_a_signed_manifest_that_makes_no_sense_is_refused(
    desk: PackageDesk, whole: Path, tmp_path: Path, change: Change, code: str
) -> None:
    assert desk.refusal(resealed(desk, whole, tmp_path / "b.doumi", change, sign=True)) == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"type": "FromTheFuture", "schema": 1}', "package.newer"),
        (b'{"type": "CallHeld", "schema": 99}', "package.newer"),
        (b'{"type": "CallHeld", "schema": 1}', "package.changed"),
        (b"[" * 100_000, "package.changed"),
        (b"\xff\xfe", "package.changed"),
        (b"", "package.changed"),
    ],
)
def test_an_event_that_cannot_be_read_is_told(
    desk: PackageDesk, whole: Path, tmp_path: Path, line: bytes, code: str
) -> None:
    file = resealed(
        desk, whole, tmp_path / "b.doumi", lambda m: m.update(events=1, versions=0), sign=True, body=line + b"\n"
    )
    assert desk.refusal(file) == code


def test_a_sealed_part_that_is_no_age_file_is_refused(desk: PackageDesk, whole: Path, tmp_path: Path) -> None:
    for content in (b"", b"age-encryption.org/v1\n", b"x" * 1000, whole.read_bytes()[:500]):
        assert desk.refusal(rewritten(whole, tmp_path / "b.doumi", {"sealed.age": content})) == "package.changed"


def test_a_receiver_without_any_key_opens_nothing(desk: PackageDesk, whole: Path) -> None:
    with pytest.raises(PackageFault) as refused:
        replace(desk.opener(), identities=lambda: ()).open(whole)
    assert refused.value.code == "package.other_receiver"


@pytest.mark.parametrize("behind", [b"\n", b"more" * 5000])
def test_what_was_added_behind_a_package_is_told_as_a_change(
    desk: PackageDesk, whole: Path, tmp_path: Path, behind: bytes
) -> None:
    file = tmp_path / "b.doumi"
    file.write_bytes(whole.read_bytes() + behind)
    assert desk.refusal(file) == "package.changed"
    with zipfile.ZipFile(whole) as packed, zipfile.ZipFile(file, "w") as remarked:
        for one in packed.infolist():
            remarked.writestr(one, packed.read(one))
        remarked.comment = "메모".encode()
    assert desk.refusal(file) == "package.changed"
