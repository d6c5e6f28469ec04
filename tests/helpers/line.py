"""A telephone system of the tests' own: takes POSTs (and the example script's GETs) and answers as it is told."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.helpers.https import certificate


@dataclass(slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass(slots=True)
class LineSystem:
    """A running telephone system."""

    address: str
    ca_file: Path | None
    answers: list[str] = field(default_factory=list)
    """A status, ``silent``, ``drip`` or ``cut`` for each request in turn; 200 where none is left."""
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)


@contextmanager
def line_system(certificates: Path | None = None) -> Iterator[LineSystem]:
    """Serve on this PC: HTTPS with a certificate of its own where a folder for it is given, else plain HTTP."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    scheme, pem = "http", None
    if certificates is not None:
        pem, secret = certificate(certificates)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem, secret)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    system = LineSystem(f"{scheme}://127.0.0.1:{server.server_port}", pem)
    server.system = system  # type: ignore[attr-defined]
    server.handle_error = lambda request, client: None  # type: ignore[method-assign]  # a cut is part of the test
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield system
    finally:
        system.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._take(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_GET(self) -> None:
        self._take(b"null")

    def _take(self, body: bytes) -> None:
        system: LineSystem = self.server.system  # type: ignore[attr-defined]
        system.asked.append(Asked(self.command, self.path, dict(self.headers), json.loads(body)))
        wanted = system.answers.pop(0) if system.answers else "200"
        if wanted == "cut":
            self.close_connection = True
            return
        if wanted == "silent":
            system.stopped.wait()
            self.close_connection = True
            return
        if wanted == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not system.stopped.wait(0.02):
                self.wfile.write(b"a")
                self.wfile.flush()
            return
        self.send_response(int(wanted))
        if wanted.startswith("3"):
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
