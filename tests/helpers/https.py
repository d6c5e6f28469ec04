"""A real HTTPS server on this machine that serves a folder, and misbehaves as it is told."""

from __future__ import annotations

import ipaddress
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(folder: Path, begins_days: int = -1, days: int = 30) -> tuple[Path, Path]:
    """Write a certificate of 127.0.0.1, valid from ``begins_days`` from now on, and its key; returns both files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.now(UTC) + timedelta(days=begins_days)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    pem, secret = folder / "server.pem", folder / "server.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, secret


class FolderServer(ThreadingHTTPServer):
    """Serves a folder with ranges and ETags."""

    daemon_threads = True
    block_on_close = True

    def __init__(self, root: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = root
        self.faults: list[tuple[str, str]] = []
        """Part of a path and what goes wrong there, first match; see :meth:`_Handler.do_GET`."""
        self.once = False
        """Whether a fault is forgotten once it has happened."""
        self.ranges = True
        self.seen: list[tuple[str, int]] = []
        """Path and first byte asked for, of every request."""
        self.sent = 0
        self.stopped = threading.Event()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"https://127.0.0.1:{self.server_port}"

    def asked(self, part: str) -> list[int]:
        """Return the first bytes asked for of paths that hold ``part``."""
        return [start for path, start in self.seen if part in path]

    def handle_error(self, request: object, client_address: object) -> None:
        """A cut connection is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    server: FolderServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(self.path).lstrip("/")
        begin = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(begin[1]) if begin else 0
        self.server.seen.append((path, start))
        fault = next((one for one in self.server.faults if one[0] in path), ("", ""))
        if fault[1] and self.server.once:
            self.server.faults.remove(fault)
        wrong = fault[1]
        if wrong.isdigit():
            self._head(int(wrong), 0, [("Location", "/elsewhere")] if wrong.startswith("3") else [])
            return
        if wrong == "drip headers":
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 100_000)
            return
        file = self.server.root / path
        if wrong == "endless":
            self._head(200, None)
            while not self.server.stopped.is_set():
                self.wfile.write(bytes(1 << 16))
                self.server.sent += 1 << 16
            return
        if not file.is_file():
            self._head(404, 0)
            return
        content = file.read_bytes()
        tag = f'"{len(content)}-{file.stat().st_mtime_ns}"'
        fresh = self.headers.get("If-Range", tag) == tag
        if start and start >= len(content):
            self._head(416, 0)
            return
        partial = bool(start and fresh and self.server.ranges)
        body = content[start:] if partial else content
        if wrong == "garbage":
            body = bytes(len(body))
        headers = [("ETag", tag)]
        if partial:
            headers.append(("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}"))
        if wrong == "short":
            body = body[: len(body) // 2]
        self._head(206 if partial else 200, len(body), headers)
        if wrong == "cut":
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
            return
        if wrong == "drip":
            self._drip(body)
            return
        self.wfile.write(body)
        self.server.sent += len(body)

    def _head(self, status: int, length: int | None, headers: list[tuple[str, str]] | None = None) -> None:
        self.send_response(status)
        for name, value in headers or []:
            self.send_header(name, value)
        if length is None:
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _drip(self, body: bytes) -> None:
        self.close_connection = True
        for at in range(len(body)):
            self.wfile.write(body[at : at + 1])
            self.wfile.flush()
            if self.server.stopped.wait(0.02):
                return

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def serving(root: Path, certificates: Path) -> Iterator[FolderServer]:
    """Serve a folder; ``certificates/server.pem`` is the authority to trust."""
    pem, secret = certificate(certificates)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    running = FolderServer(root)
    running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.stopped.set()
        running.shutdown()
        running.server_close()
        thread.join()
