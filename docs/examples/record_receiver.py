#!/usr/bin/env python3
"""Example of the site's own side: takes filed records from desks. Standard library only; for the site's integrators.

    python record_receiver.py --out /srv/records --cert server.pem --key server.key --port 8444
    python record_receiver.py --out /srv/records --folder /srv/share/records

The first serves ``https://server:8444/records`` for desks whose ``filing.https_url`` names it; the second empties a
folder that desks drop into (``filing.folder``). Either keeps the newest version of every record as ``OUT/ID.json``.
Who may connect is the business of the reverse proxy in front of it. The contract is described in
docs/record-filing.md, the document in docs/record-schema.json.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import re
import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PATH = "/records"
SCHEMA = "doumi-record/1"
KEY = re.compile(r"([0-9A-Za-z][0-9A-Za-z._-]{0,63})-([0-9]{4,})")
LARGEST = 1 << 20
LINES = ("inquiry", "answer", "action")


class Refused(Exception):
    """A record that is not taken, with an HTTP status and a reason the counsellor will read."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def checked(body: bytes) -> dict[str, Any]:
    """Return the document in ``body``. Raises Refused: a real site checks against docs/record-schema.json here."""
    try:
        value = json.loads(body)
        if value["schema"] != SCHEMA:
            raise Refused(422, f"schema {value['schema']} is not known here")
        record_id, version, records = value["id"], value["version"], value["records"]
        whole = isinstance(record_id, str) and isinstance(version, int) and version > 0 and records
        for one in records:
            whole = whole and all(isinstance(line, str) for name in LINES for line in one[name])
            if not one["category"]:
                raise Refused(422, f"분류가 비어 있음 (기록 {one['number']})")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(400, "not a record") from None
    if not whole:
        raise Refused(400, "not a record")
    return dict(value)


class Records:
    """The newest version of every record, and the digests of all that came."""

    def __init__(self, out: Path, told: Callable[[dict[str, Any]], None] = lambda record: None) -> None:
        self._out = out
        self._seen = out / ".seen"
        self._told = told
        self._lock = threading.Lock()
        self._seen.mkdir(parents=True, exist_ok=True)

    def take(self, key: str, body: bytes) -> bool:
        """Keep a record, durable on return; returns whether it is new. The same key again changes nothing.

        Raises:
            Refused: It is none, or the key came with another content before.
        """
        document = checked(body)
        named = KEY.fullmatch(key)
        if named is None or (named[1], int(named[2])) != (document["id"], document["version"]):
            raise Refused(400, "the key is not the record's")
        digest = hashlib.sha256(body).hexdigest()
        with self._lock:
            mark = self._seen / key
            if mark.exists():
                if mark.read_text() != digest:
                    raise Refused(409, "another content came under this key")
                return False
            target = self._out / f"{document['id']}.json"
            newest = json.loads(target.read_text("utf-8"))["version"] if target.exists() else 0
            if document["version"] > newest:  # an older one that comes late is answered, and changes nothing
                _write(target, body)
            self._told(document)
            _write(mark, digest.encode())
            return True


def _write(file: Path, content: bytes) -> None:
    part = file.with_name(f".{file.name}.part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def empty(folder: Path, records: Records) -> int:
    """Take every record that lies in a folder; returns how many there were. What is refused moves to ``refused``."""
    found = 0
    for file in sorted(folder.glob("*.json")):  # the versions of a record in order
        if file.name.startswith("."):  # unfinished
            continue
        try:
            records.take(file.stem, file.read_bytes())
        except Refused as refused:
            aside = folder / "refused"
            aside.mkdir(exist_ok=True)
            file.replace(aside / file.name)
            print(json.dumps({"key": file.stem, "refused": refused.reason}, ensure_ascii=False), flush=True)
            continue
        file.unlink()
        found += 1
    return found


class Receiver(ThreadingHTTPServer):
    """The server."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], records: Records, context: ssl.SSLContext | None) -> None:
        super().__init__(address, Handler)
        self.records = records
        if context is not None:
            # The handshake waits for the client: it belongs into the request's own thread.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Receiver
    protocol_version = "HTTP/1.1"
    timeout = 30.0

    def setup(self) -> None:
        """Shake hands."""
        super().setup()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()

    def do_POST(self) -> None:
        """Take one record."""
        length = self.headers.get("Content-Length", "")
        if self.path != PATH:
            return self.unread(404, "not here")
        if not length.isdigit():
            return self.unread(411, "a length is needed")
        if int(length) > LARGEST:
            return self.unread(413, "too large")
        body = self.rfile.read(int(length))
        try:
            is_new = self.server.records.take(self.headers.get("Idempotency-Key", ""), body)
        except Refused as refused:
            self.answer(refused.status, {"reason": refused.reason})
        except OSError:
            self.answer(500, {"reason": "not stored"})
        else:
            self.answer(201 if is_new else 200, {"sha256": hashlib.sha256(body).hexdigest()})

    def unread(self, status: int, reason: str) -> None:
        """Refuse what was not read; the connection cannot be used again."""
        self.close_connection = True
        self.answer(status, {"reason": reason})

    def answer(self, status: int, value: dict[str, str]) -> None:
        """Answer with JSON: ``sha256`` is the receipt, ``reason`` what the counsellor reads."""
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: ``main`` prints what arrived."""


def main() -> None:
    """Serve, or empty a folder, until interrupted."""
    parser = argparse.ArgumentParser(description="Receives filed records.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the newest version of every record")
    parser.add_argument("--folder", type=Path, help="folder that desks drop records into")
    parser.add_argument("--cert", type=Path, help="certificate chain, PEM")
    parser.add_argument("--key", type=Path, help="its key, PEM")
    parser.add_argument("--host", default="")
    parser.add_argument("--port", type=int, default=8444)
    asked = parser.parse_args()
    records = Records(
        asked.out, lambda one: print(json.dumps({"id": one["id"], "version": one["version"]}), flush=True)
    )
    with contextlib.suppress(KeyboardInterrupt):
        while asked.folder is not None:
            try:
                empty(asked.folder, records)
            except OSError as error:  # the share is away, or the disk is full: what lies there stays and is taken later
                print(json.dumps({"waits": error.strerror}, ensure_ascii=False), flush=True)
            time.sleep(1.0)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(asked.cert, asked.key)
        with Receiver((asked.host, asked.port), records, context) as server:
            print(f"listening on {server.server_port}", flush=True)
            server.serve_forever()


if __name__ == "__main__":
    main()
