"""A pack proves itself untouched, or names what was changed, whoever changed it and however cleverly."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.signing import DeskSigner, Ed25519Verifier
from app.errors import TeamFault
from app.evidence_check import Checked, Signature, check, is_safe, read_archive, read_desks, read_pack
from tests.helpers.evidence import PressDesk

FORGER = DeskSigner(bytes(32))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, bytes], DeskSigner]]:
    desk = PressDesk(tmp_path_factory.mktemp("desk"))
    desk.call()
    desk.press()
    (job,) = desk.escalations.unmade()
    yield read_archive(team.archive(desk.maker.parts(job))), desk.signer
    desk.close()


@pytest.fixture
def parts(made: tuple[dict[str, bytes], DeskSigner]) -> dict[str, bytes]:
    return dict(made[0])


@pytest.fixture
def signer(made: tuple[dict[str, bytes], DeskSigner]) -> DeskSigner:
    return made[1]


def checked(parts: dict[str, bytes], signer: DeskSigner | None = None) -> Checked:
    return check(parts, Ed25519Verifier(), {signer.desk_id: signer.public_key} if signer else None)


def with_sums(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The sums made to fit again, as a forger would."""
    return read_archive(team.archive({name: body for name, body in parts.items() if name != "SHA256SUMS"}))


def test_a_whole_pack_is_proven_by_the_list_of_desks(parts: dict[str, bytes], signer: DeskSigner) -> None:
    found = checked(parts, signer)
    assert (found.is_proven, found.signature, found.desk) == (True, Signature.VALID, signer.desk_id)
    unlisted = checked(parts)
    assert (unlisted.is_untouched, unlisted.is_proven) == (True, False)
    assert unlisted.signature is Signature.UNKNOWN_DESK
    assert checked(parts, FORGER).signature is Signature.UNKNOWN_DESK


@pytest.mark.parametrize(
    "name", ["clip.flac", "manifest.json", "manifest.sig", "reason.json", "transcript.jsonl", "SHA256SUMS"]
)
@pytest.mark.parametrize("place", [0.0, 0.37, 0.9])
def test_one_flipped_byte_names_its_file_and_no_other(
    parts: dict[str, bytes], signer: DeskSigner, name: str, place: float
) -> None:
    body = bytearray(parts[name])
    body[int(place * len(body))] ^= 1
    found = checked({**parts, name: bytes(body)}, signer)
    assert found.differing == (name,)
    assert not found.is_untouched


@pytest.mark.parametrize("name", ["clip.flac", "manifest.json", "manifest.sig", "transcript.jsonl", "SHA256SUMS"])
def test_what_is_missing_or_added_is_named(parts: dict[str, bytes], signer: DeskSigner, name: str) -> None:
    gone = {key: body for key, body in parts.items() if key != name}
    found = checked(gone, signer)
    assert found.missing == (name,)
    assert not found.is_untouched
    more = checked({**parts, "extra.txt": b"x"}, signer)
    assert (more.added, more.changed, more.is_untouched) == (("extra.txt",), (), False)


def test_sums_made_to_fit_do_not_help(parts: dict[str, bytes], signer: DeskSigner) -> None:
    forged = with_sums({**parts, "transcript.jsonl": b"{}\n"})
    assert checked(forged, signer).differing == ("SHA256SUMS", "transcript.jsonl")


def test_a_manifest_made_to_fit_fails_its_signature(parts: dict[str, bytes], signer: DeskSigner) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["parts"]["transcript.jsonl"]["sha256"] = hashlib.sha256(b"{}\n").hexdigest()
    forged = with_sums({**parts, "transcript.jsonl": b"{}\n", "manifest.json": json.dumps(manifest).encode()})
    found = checked(forged, signer)
    assert (found.signature, found.changed) == (Signature.INVALID, ("manifest.json",))
    assert not found.is_untouched


def test_a_forger_who_signs_anew_is_not_in_the_list(parts: dict[str, bytes], signer: DeskSigner) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["desk"] = {"id": signer.desk_id, "public_key": FORGER.public_key}
    body = json.dumps(manifest).encode()
    forged = with_sums({**parts, "manifest.json": body, "manifest.sig": FORGER.sign(body)})
    found = checked(forged, signer)
    assert (found.signature, found.desk, found.is_proven) == (Signature.UNKNOWN_DESK, FORGER.desk_id, False)


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{", b'{"desk": 3, "parts": []}', b'{"desk": {"public_key": "x"}}', b"\xff", b"[" * 100_000],
)
def test_a_manifest_of_junk_is_only_changed(parts: dict[str, bytes], signer: DeskSigner, manifest: bytes) -> None:
    found = checked({**parts, "manifest.json": manifest}, signer)
    assert found.signature is Signature.INVALID
    assert found.differing == ("manifest.json",)


def test_a_pack_is_read_sealed_as_a_zip_and_from_a_folder(
    tmp_path: Path, parts: dict[str, bytes], signer: DeskSigner
) -> None:
    recipient = team.init(tmp_path / "team", AgeBox())
    data = team.archive({name: body for name, body in parts.items() if name != "SHA256SUMS"})
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "a.age").write_bytes(AgeBox().seal(data, recipient))
    folder = tmp_path / "opened"
    folder.mkdir()
    for name, body in parts.items():
        (folder / name).write_bytes(body)
    identity = team.read_identity(tmp_path / "team" / "team.key", AgeBox())
    for pack in (tmp_path / "a.zip", tmp_path / "a.age", folder):
        assert checked(read_pack(pack, identity, AgeBox()), signer).is_proven
    with pytest.raises(TeamFault) as caught:
        read_pack(tmp_path / "a.age", None, AgeBox())
    assert caught.value.code == "evidence.key_needed"


def test_one_flipped_byte_of_the_zip_names_the_file(
    tmp_path: Path, parts: dict[str, bytes], signer: DeskSigner
) -> None:
    data = bytearray(team.archive({name: body for name, body in parts.items() if name != "SHA256SUMS"}))
    data[data.index(parts["clip.flac"]) + 1_000] ^= 1
    found = checked(read_archive(bytes(data)), signer)
    assert found.differing == ("clip.flac",)


@pytest.mark.parametrize("name", ["../out.txt", "/etc/x", "a//b", "a/../b", "C:x", "a\\b"])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr(name, b"x")
    with pytest.raises(TeamFault) as caught:
        read_archive(data.getvalue())
    assert caught.value.code == "outbox.pack_broken"


@pytest.mark.parametrize("junk", [b"", b"PK", b"PK\x03\x04" + bytes(40), b"not a zip"])
def test_junk_is_no_pack(junk: bytes) -> None:
    with pytest.raises(TeamFault) as caught:
        read_archive(junk)
    assert caught.value.code == "outbox.pack_broken"


def test_a_list_of_desks_is_read_and_a_wrong_line_refused(tmp_path: Path, signer: DeskSigner) -> None:
    folder = tmp_path / "desks"
    folder.mkdir()
    (folder / "a.txt").write_text(f"# 3층\n{signer.desk_id} {signer.public_key}  # 창가\n\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"{FORGER.desk_id} {FORGER.public_key}\n", encoding="utf-8")
    expected = {signer.desk_id: signer.public_key, FORGER.desk_id: FORGER.public_key}
    assert read_desks(folder, Ed25519Verifier()) == expected
    for wrong in (f"{signer.desk_id} {FORGER.public_key}\n", "one\n", f"{signer.desk_id} {'A' * 60}\n"):
        (folder / "b.txt").write_text(wrong, encoding="utf-8")
        with pytest.raises(TeamFault) as caught:
            read_desks(folder, Ed25519Verifier())
        assert caught.value.code == "evidence.desks_unreadable"
    with pytest.raises(TeamFault):
        read_desks(tmp_path / "absent", Ed25519Verifier())


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/x",
        "a/../x",
        "a:b",
        "C:x",
        "\\x",
        "CON",
        "con.txt",
        "a/NUL.json",
        "COM1",
        "x.",
        "x ",
        "a\x00b",
        "a\nb",
        "",
    ],
)
def test_a_name_that_means_no_file_of_its_folder_is_refused(name: str) -> None:
    assert not is_safe(name)


@pytest.mark.parametrize("name", ["manifest.json", "소리/녹음.flac", "소리.txt", "console.txt", ".x"])
def test_plain_names_composed_or_not_stay_inside(name: str, tmp_path: Path) -> None:
    assert is_safe(name)
    assert (tmp_path / name).resolve().is_relative_to(tmp_path.resolve())


def test_a_pack_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", b"0" * 60_000_000)
    with pytest.raises(TeamFault) as fault:
        read_archive(out.getvalue())
    assert fault.value.code == "outbox.pack_broken"


def test_a_stream_that_cannot_be_unpacked_is_a_broken_pack() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", bytes(range(256)) * 40)
    data = bytearray(out.getvalue())
    data[45:120] = b"\xff" * 75
    with pytest.raises(TeamFault) as fault:
        read_archive(bytes(data))
    assert fault.value.code == "outbox.pack_broken"
