"""Broken and hostile variants of good files: bytes, JSON values, table cells and the insides of archives."""

# ruff: noqa: E501  (lists of tokens)

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from typing import Any, Final

LONGEST: Final = 300_000
"""Bytes of a mutated file; sizes at the bounds have tests of their own."""
TOKENS: Final = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n\r\n", b"\t", b'"', b"'", b'""', b",", b";", b"{", b"}",
    b"[", b"]", b"null", b"true", b"NaN", b"Infinity", b"-0", b"1e999", b"9" * 400, b"-1", b"4294967295", b"\\ud800",
    b"\\u0000", b"\xc0\x80", b"\xed\xa0\x80", b"\xa1\xa1", b"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", b"../../x", b"C:\\x",
    b"CON", b"a:b", b"/etc/passwd", b"=HYPERLINK(1)", b"<!ENTITY a \"&b;&b;\">", b"&a;", b"%s%n", b"{0.__class__}",
    b"0x7fffffff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\x80\x00\x00\x00", b"[" * 2000, b'{"a":' * 2000, b"(" * 500,
    b"a.b." * 300, b"= [[[", b'"""', b"1979-05-27T07:32:00Z", b"\xf0\x9f\x98\x80",
)  # fmt: skip
_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**40, 1e308, -1e-308, float("inf"), float("nan"), "", " ", "\x00",
    "a" * 5000, "\ud800", "9" * 5000, "../../x", "한", "하", [], {}, [[]], {"": {}}, "2026-13-45", "0000-00-00",
    "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00+23:59", "=1+1", "\u202e", "١٢٣", "1" * 20_000,
)  # fmt: skip


def mutated(rng: random.Random, seed: bytes, others: list[bytes]) -> bytes:
    """Return a variant of ``seed``, by its structure where it has one."""
    kind = rng.random()
    if seed[:2] == b"PK" and kind < 0.75:
        return _archive(rng, seed)
    if seed.lstrip()[:1] in (b"{", b"[") and kind < 0.6:
        return _json(rng, seed)[:LONGEST]
    if kind < 0.7 and b"\n" in seed:
        return _lines(rng, seed, others)[:LONGEST]
    return _bytes(rng, seed, others)


def nested(rng: random.Random) -> Any:
    """Return something deep or wide."""
    depth = rng.choice((10, 100, 900, 5_000))
    text = rng.choice((("[", "]"), ('{"a":', "}")))
    return text[0] * depth + "1" + text[1] * depth


def _bytes(rng: random.Random, seed: bytes, others: list[bytes]) -> bytes:
    found = bytearray(seed)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(found) + 1)
        match rng.randrange(8):
            case 0 if found:
                found[at % len(found)] ^= 1 << rng.randrange(8)
            case 1:
                found[at:at] = rng.choice(TOKENS)
            case 2:
                del found[at : at + rng.choice((1, 4, 64, 4096))]
            case 3:
                piece = found[at : at + rng.choice((1, 16, 256, 4096))]
                found[at:at] = piece * rng.choice((1, 2, 50, 1000))
            case 4:
                del found[at:]
            case 5:
                other = rng.choice(others)
                begin = rng.randrange(len(other) + 1)
                found[at:] = other[begin:]
            case 6:
                number = rng.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, rng.getrandbits(32)))
                found[at : at + 4] = struct.pack(rng.choice("<>") + "I", number)
            case _:
                found[at : at + 8] = rng.randbytes(rng.choice((1, 8, 64)))
        del found[LONGEST:]
    return bytes(found)


def _lines(rng: random.Random, seed: bytes, others: list[bytes]) -> bytes:
    lines = seed.split(b"\n")
    for _ in range(rng.choice((1, 1, 3))):
        at = rng.randrange(len(lines))
        match rng.randrange(6):
            case 0:
                lines[at] = _json(rng, lines[at]) if lines[at][:1] == b"{" else _bytes(rng, lines[at], others)
            case 1:
                lines.insert(at, lines[rng.randrange(len(lines))])
            case 2 if len(lines) > 1:
                del lines[at]
            case 3:
                lines[at] = lines[at].replace(b",", rng.choice((b",,", b"\t", b'","', b"")))
            case 4:
                lines[at] = rng.choice(TOKENS) + lines[at]
            case _:
                lines[at] = lines[at] + rng.choice(TOKENS)
    return b"\n".join(lines)


def _json(rng: random.Random, seed: bytes) -> bytes:
    try:
        value = json.loads(seed)
    except (ValueError, RecursionError):
        return _bytes(rng, seed, [seed])
    if rng.random() < 0.05:
        return str(nested(rng)).encode()
    for _ in range(rng.choice((1, 1, 2, 5))):
        value = _changed(rng, value)
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.05:
        text = text.replace("null", str(nested(rng)), 1)
    return text.encode("utf-8", "surrogatepass")


def _changed(rng: random.Random, value: Any) -> Any:
    """Return ``value`` with one place of it changed."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        name = rng.choice(list(value))
        match rng.randrange(8):
            case 0:
                return {key: one for key, one in value.items() if key != name}
            case 1:
                return {**value, rng.choice(("", "__class__", "새", name + " ", name.upper())): value[name]}
            case _:
                return {**value, name: _changed(rng, value[name])}
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        match rng.randrange(6):
            case 0:
                return [*value[:at], *value[at + 1 :]]
            case 1:
                return [*value, *value[at : at + 1] * rng.choice((1, 3, 300))]
            case _:
                return [*value[:at], _changed(rng, value[at]), *value[at + 1 :]]
    if isinstance(value, str) and rng.random() < 0.4:
        at = rng.randrange(len(value) + 1)
        return value[:at] + rng.choice(TOKENS).decode("utf-8", "replace") + value[at:]
    if isinstance(value, int | float) and not isinstance(value, bool) and rng.random() < 0.4:
        return rng.choice((value + 1, -value, value * 10**9 if abs(value) < 1e200 else 0, str(value), [value]))
    return rng.choice(_VALUES)


def _archive(rng: random.Random, seed: bytes) -> bytes:
    """Return an archive with changed members, changed names, or sizes that lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(seed)) as packed:
            members = [(info.filename, packed.read(info)) for info in packed.infolist()]
    except Exception:
        return _bytes(rng, seed, [seed])
    if not members:
        return _bytes(rng, seed, [seed])
    out = io.BytesIO()
    chosen = rng.randrange(len(members))
    method = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(out, "w", method) as packed:
        for at, (name, body) in enumerate(members):
            if at != chosen:
                packed.writestr(name, body)
                continue
            match rng.randrange(6):
                case 0:
                    continue
                case 1:
                    packed.writestr(rng.choice(("../x", "/x", "a:b", "CON", name + "/", "한", "\\x")), body)
                case 2:
                    packed.writestr(name, b"A" * rng.choice((10_000, 10_000, 100_000, 1_000_000, 8_000_000)))
                case 3:
                    packed.writestr(name, body)
                    packed.writestr(name + "x", body)
                case _:
                    packed.writestr(name, mutated(rng, body, [body]))
    made = bytearray(out.getvalue())
    if rng.random() < 0.25 and 60 < len(made) < 500_000:
        # Sizes in the headers that lie.
        places = [i for i in range(len(made) - 46) if made[i : i + 4] in (b"PK\x01\x02", b"PK\x03\x04")]
        if places:
            at = rng.choice(places) + rng.choice((18, 20, 22, 24))
            made[at : at + 4] = struct.pack("<I", rng.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 100)))
    return bytes(made)
