#!/usr/bin/env python3
"""Example of an endpoint that receives sealed evidence packs. Standard library only, for the dedicated team's server.

    python receiver.py --folder /srv/packs --cert server.pem --key server.key --port 8443

Desks are then given ``https://server:8443/packs``. Packs arrive as ``FOLDER/ID.age``, whole and once: an id that is
there already is answered with the same receipt, and never overwritten. It takes one POST a pack, and resumable uploads
by tus 1.0 (https://tus.io). Who may connect is the business of the reverse proxy in front of it. The contract is
described in docs/deliveries.md.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import errno
import hashlib
import json
import os
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

PATH = "/packs"
PACK_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
SHA256 = re.compile(r"[0-9a-f]{64}")
LARGEST = 2 << 30
PIECE = 1 << 16
SILENCE_S = 60.0


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, sha256: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.sha256 = sha256


class Shelf:
    """The folder with whole packs, and with unfinished ones under hidden names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._busy: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def whole(self, pack_id: str) -> Path:
        """Return where a whole pack lies."""
        return self.folder / f"{pack_id}.age"

    def part(self, pack_id: str, sha256: str) -> Path:
        """Return where an unfinished pack lies. Its name holds the digest: another content is another upload."""
        return self.folder / f".{pack_id}.{sha256}.part"

    def digest(self, pack_id: str) -> str:
        """Return the SHA-256 of a whole pack, or empty where there is none."""
        try:
            with self.whole(pack_id).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return ""

    @contextlib.contextmanager
    def alone(self, pack_id: str) -> Iterator[None]:
        """Let one request at a time work on a pack."""
        with self._lock:
            if pack_id in self._busy:
                raise Refused(423)
            self._busy.add(pack_id)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(pack_id)

    def finish(self, pack_id: str, sha256: str) -> None:
        """Make an unfinished pack a whole one, if it is what it should be: on the disk before anybody is told."""
        part = self.part(pack_id, sha256)
        with part.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
            os.fsync(stream.fileno())
        if found != sha256:
            part.unlink()
            raise Refused(460)
        part.rename(self.whole(pack_id))
        if os.name != "nt":
            folder = os.open(self.folder, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)


class Receiver(ThreadingHTTPServer):
    """The server."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], folder: Path, context: ssl.SSLContext | None) -> None:
        super().__init__(address, Handler)
        self.shelf = Shelf(folder)
        if context is not None:
            # The handshake waits for the client: it belongs into the request's own thread.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def taken(self, pack_id: str, incident_id: str, sha256: str) -> None:
        """Called once for every pack that newly arrived: a place for an alert or a register."""
        print(json.dumps({"pack_id": pack_id, "incident_id": incident_id, "sha256": sha256}), flush=True)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Receiver
    protocol_version = "HTTP/1.1"
    timeout = SILENCE_S

    def setup(self) -> None:
        """Shake hands."""
        super().setup()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()

    def do_OPTIONS(self) -> None:
        """Say that tus is spoken here."""
        self.answer(
            204,
            {
                "Tus-Version": "1.0.0",
                "Tus-Extension": "creation,checksum",
                "Tus-Checksum-Algorithm": "sha256,sha1",
                "Tus-Max-Size": str(LARGEST),
            },
        )

    def do_POST(self) -> None:
        """Take a whole pack, or begin an upload."""
        self.work(self.create if "Tus-Resumable" in self.headers else self.take)

    def do_HEAD(self) -> None:
        """Say how much of an upload is here."""
        self.work(self.tell)

    def do_PATCH(self) -> None:
        """Take a piece of an upload."""
        self.work(self.append)

    # -- one request a pack -----------------------------------------------------------------------------------

    def take(self) -> None:
        """Take a pack in one request."""
        pack_id = self.headers.get("Idempotency-Key", "")
        sha256 = self.headers.get("X-Content-SHA256", "").lower()
        length = self.length()
        if self.path != PATH or not PACK_ID.fullmatch(pack_id) or not SHA256.fullmatch(sha256):
            raise Refused(400)
        if length > LARGEST:
            raise Refused(413)
        shelf = self.server.shelf
        with shelf.alone(pack_id):
            held = shelf.digest(pack_id)
            if held and held != sha256:
                raise Refused(409, held)
            if held:
                while length > 0:
                    length -= len(self.rfile.read(min(length, PIECE))) or length
            else:
                with shelf.part(pack_id, sha256).open("wb") as part:
                    if not self.copy(part, length):
                        raise Refused(400)
                shelf.finish(pack_id, sha256)
                self.server.taken(pack_id, self.headers.get("X-Incident-Id", ""), sha256)
        self.answer(200 if held else 201, sha256=sha256)

    # -- uploads by tus ---------------------------------------------------------------------------------------

    def create(self) -> None:
        """Begin an upload, or find the one that was begun."""
        named = {}
        for pair in self.headers.get("Upload-Metadata", "").split(","):
            name, _, value = pair.strip().partition(" ")
            named[name] = base64.b64decode(value).decode("utf-8", "replace")
        pack_id, sha256 = named.get("pack_id", ""), named.get("sha256", "")
        size = self.headers.get("Upload-Length", "")
        if self.path != PATH or not PACK_ID.fullmatch(pack_id) or not SHA256.fullmatch(sha256) or not size.isdigit():
            raise Refused(400)
        if int(size) > LARGEST:
            raise Refused(413)
        shelf = self.server.shelf
        with shelf.alone(pack_id):
            held = shelf.digest(pack_id)
            if held and held != sha256:
                raise Refused(409, held)
            if held:
                offset = int(size)
            else:
                part = shelf.part(pack_id, sha256)
                part.touch()
                offset = part.stat().st_size
                about = {"size": int(size), "incident_id": named.get("incident_id", "")}
                part.with_suffix(".json").write_text(json.dumps(about))
        where = f"{PATH}/{pack_id}/{sha256}"
        self.answer(201, {"Location": where, "Upload-Offset": str(offset)}, sha256 if held else "")

    def tell(self) -> None:
        """Say how much is here."""
        pack_id, sha256 = self.upload()
        with self.server.shelf.alone(pack_id):
            offset, size, _ = self.state(pack_id, sha256)
        headers = {"Upload-Offset": str(offset), "Upload-Length": str(size), "Cache-Control": "no-store"}
        self.answer(200, headers, sha256 if offset == size else "")

    def append(self) -> None:
        """Take a piece at the end of what is here."""
        pack_id, sha256 = self.upload()
        length = self.length()
        shelf = self.server.shelf
        with shelf.alone(pack_id):
            offset, size, incident_id = self.state(pack_id, sha256)
            if self.headers.get("Upload-Offset") != str(offset) or offset + length > size:
                raise Refused(409)
            with shelf.part(pack_id, sha256).open("ab") as part:
                if checksum := self.headers.get("Upload-Checksum"):
                    name, _, wanted = checksum.partition(" ")
                    piece = self.rfile.read(length)
                    if name not in ("sha256", "sha1"):
                        raise Refused(400)
                    if hashlib.new(name, piece).digest() != base64.b64decode(wanted):
                        raise Refused(460)
                    part.write(piece)
                else:
                    self.copy(part, length)
                part.flush()
                offset = part.tell()
            if offset == size:
                self.arrive(pack_id, sha256, incident_id)
        self.answer(204, {"Upload-Offset": str(offset)}, sha256 if offset == size else "")

    def upload(self) -> tuple[str, str]:
        """Return pack id and digest from the address of an upload."""
        found = re.fullmatch(rf"{PATH}/({PACK_ID.pattern})/({SHA256.pattern})", self.path)
        if found is None:
            raise Refused(404)
        return found[1], found[2]

    def state(self, pack_id: str, sha256: str) -> tuple[int, int, str]:
        """Return how much of an upload is here, its size and its incident."""
        shelf = self.server.shelf
        if shelf.digest(pack_id) == sha256:
            size = shelf.whole(pack_id).stat().st_size
            return size, size, ""
        part = shelf.part(pack_id, sha256)
        try:
            about = json.loads(part.with_suffix(".json").read_text())
            offset = part.stat().st_size
        except (FileNotFoundError, ValueError):
            raise Refused(404) from None
        if offset == about["size"]:  # this server was stopped before it could say so
            self.arrive(pack_id, sha256, about["incident_id"])
        return offset, about["size"], about["incident_id"]

    def arrive(self, pack_id: str, sha256: str, incident_id: str) -> None:
        """Make a pack whose last byte came a whole one."""
        shelf = self.server.shelf
        shelf.finish(pack_id, sha256)
        shelf.part(pack_id, sha256).with_suffix(".json").unlink(missing_ok=True)
        self.server.taken(pack_id, incident_id, sha256)

    # -- in general -------------------------------------------------------------------------------------------

    def work(self, do: Callable[[], None]) -> None:
        """Answer a request, whatever becomes of it."""
        try:
            do()
        except Refused as refused:
            self.close_connection = True  # the body was perhaps not read
            self.answer(refused.status, sha256=refused.sha256)
        except OSError as error:
            if isinstance(error, (ConnectionError, TimeoutError, ssl.SSLError)):
                self.close_connection = True
                return
            self.close_connection = True
            self.answer(507 if error.errno in (errno.ENOSPC, errno.EDQUOT) else 500)
        except ValueError:
            self.close_connection = True
            self.answer(400)

    def length(self) -> int:
        """Return the length of the body."""
        text = self.headers.get("Content-Length", "")
        if not text.isdigit():
            raise Refused(411)
        return int(text)

    def copy(self, part: BinaryIO, length: int) -> bool:
        """Write the body as it comes; what came before a break stays. Returns whether it was whole."""
        while length > 0:
            piece = self.rfile.read1(min(length, PIECE))
            if not piece:
                return False
            part.write(piece)
            length -= len(piece)
        return True

    def answer(self, status: int, headers: dict[str, str] | None = None, sha256: str = "") -> None:
        """Answer; ``sha256`` is the receipt."""
        body = b"" if status == 204 or self.command == "HEAD" else json.dumps({"sha256": sha256}).encode()
        self.send_response(status)
        self.send_header("Tus-Resumable", "1.0.0")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if sha256:
            self.send_header("X-Content-SHA256", sha256)
        if status != 204:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: ``taken`` tells what arrived."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Receives sealed evidence packs.")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--cert", type=Path, required=True, help="certificate chain, PEM")
    parser.add_argument("--key", type=Path, required=True, help="its key, PEM")
    parser.add_argument("--host", default="")
    parser.add_argument("--port", type=int, default=8443)
    asked = parser.parse_args()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(asked.cert, asked.key)
    with Receiver((asked.host, asked.port), asked.folder, context) as server, contextlib.suppress(KeyboardInterrupt):
        print(f"listening on {server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
