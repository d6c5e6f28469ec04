"""Uploads that go on where they broke off, receipts, and everything between a desk and its receiver that goes wrong."""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.adapters.http_drop import HttpDrop, Way
from app.errors import DeliveryFault
from app.outbox import Parcel, Stopped
from tests.helpers.https import certificate
from tests.helpers.receiving import EXAMPLE, example, receiving

PACK = "01KAZ7Q0N0AAAAAAAAAAAAAAAA"
INCIDENT = "01KAZ7Q0N00000000000000000"
CONTENT = bytes(range(256)) * 40
PIECE = 1000


class Sender:
    """What the outbox does around a drop, without its database."""

    def __init__(self, folder: Path, content: bytes = CONTENT) -> None:
        self.file = folder / "pack.age"
        self.file.write_bytes(content)
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.address = ""
        self.told: list[tuple[int, int]] = []
        self.stop_at = -1

    def send(self, drop: HttpDrop) -> dict[str, str]:
        try:
            return drop.deliver(Parcel(PACK, INCIDENT, self.file, self.sha256, self.address, self._keep, self._sent))
        finally:
            drop.close()

    def _keep(self, address: str) -> None:
        self.address = address

    def _sent(self, sent_bytes: int, size_bytes: int) -> None:
        self.told.append((sent_bytes, size_bytes))
        if sent_bytes == self.stop_at:
            raise Stopped


def drop(
    server: Any, folder: Path, way: Way = "auto", proxy: str = "", step: Callable[[str], None] = lambda name: None
) -> HttpDrop:
    ca = folder / "certificates" / "server.pem"
    return HttpDrop(server.url, ca, way=way, proxy=proxy, piece_bytes=PIECE, step=step)


@contextmanager
def server(folder: Path, handler: type | None = None) -> Iterator[Any]:
    with receiving(folder / "arrived", folder / "certificates", handler) as running:
        yield running


def whole(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "arrived").iterdir()}


class _Recording(example().Handler):  # type: ignore[misc]
    """The example, which notes what it is asked and breaks off where it is told."""

    asked: list[tuple[str, str]]
    cut_at: int

    def parse_request(self) -> bool:
        good = bool(super().parse_request())
        if good:
            offset = self.headers.get("Upload-Offset", "")
            self.server.asked.append((self.command, offset))
            if self.command == "PATCH" and int(offset) == self.server.cut_at:
                self.server.cut_at = -1
                self.rfile.read(int(self.headers["Content-Length"]) // 2)
                self.close_connection = True
                self.connection.close()
                return False
        return good


def test_an_upload_goes_on_where_the_line_broke(tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    with server(tmp_path, _Recording) as running:
        running.asked, running.cut_at = [], 3 * PIECE
        with pytest.raises(DeliveryFault) as caught:
            sender.send(drop(running, tmp_path))
        assert caught.value.code == "outbox.unreachable"
        assert sender.told[-1] == (3 * PIECE, len(CONTENT))
        assert whole(tmp_path).keys() & {f"{PACK}.age"} == set()
        running.asked.clear()
        receipt = sender.send(drop(running, tmp_path))
        assert running.asked[:3] == [("OPTIONS", ""), ("HEAD", ""), ("PATCH", str(3 * PIECE))]
        assert [kind for kind, _ in running.asked].count("POST") == 0
        assert receipt["echo"] == receipt["sha256"] == sender.sha256
        assert running.arrived == [(PACK, INCIDENT, sender.sha256)]
    assert whole(tmp_path) == {f"{PACK}.age": CONTENT}


def test_a_desk_that_ends_stops_between_two_pieces(tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    sender.stop_at = 2 * PIECE
    with server(tmp_path) as running:
        with pytest.raises(Stopped):
            sender.send(drop(running, tmp_path))
        sender.send(drop(running, tmp_path))
        assert running.arrived == [(PACK, INCIDENT, sender.sha256)]
    assert sender.told[2][0] == 3 * PIECE


@pytest.mark.parametrize("way", ["tus", "post"])
def test_a_lost_answer_makes_no_second_pack(tmp_path: Path, way: Way) -> None:
    sender = Sender(tmp_path)

    def crash(name: str) -> None:
        if name in ("uploaded", "posted"):
            raise KeyboardInterrupt

    with server(tmp_path) as running:
        with pytest.raises(KeyboardInterrupt):
            sender.send(drop(running, tmp_path, way, step=crash))
        receipt = sender.send(drop(running, tmp_path, way))
        sender.address = ""  # as if the row were older than the upload
        assert sender.send(drop(running, tmp_path, way))["echo"] == receipt["echo"] == sender.sha256
        assert running.arrived == [(PACK, INCIDENT, sender.sha256)]
    assert whole(tmp_path) == {f"{PACK}.age": CONTENT}


@pytest.mark.parametrize("way", ["tus", "post"])
def test_another_pack_of_the_same_name_is_never_overwritten(tmp_path: Path, way: Way) -> None:
    (tmp_path / "arrived").mkdir()
    (tmp_path / "arrived" / f"{PACK}.age").write_bytes(b"of another desk")
    with server(tmp_path) as running, pytest.raises(DeliveryFault) as caught:
        Sender(tmp_path).send(drop(running, tmp_path, way))
    assert (caught.value.code, caught.value.whole_destination) == ("outbox.other_content", False)
    assert whole(tmp_path) == {f"{PACK}.age": b"of another desk"}


def test_an_upload_that_the_server_threw_away_begins_again(tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    sender.stop_at = 2 * PIECE
    with server(tmp_path) as running:
        with pytest.raises(Stopped):
            sender.send(drop(running, tmp_path))
        for left in (tmp_path / "arrived").iterdir():
            left.unlink()
        sender.stop_at = -1
        sender.send(drop(running, tmp_path))
    assert whole(tmp_path) == {f"{PACK}.age": CONTENT}


def test_an_address_of_another_server_is_not_gone_on_with(tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    sender.address = "https://elsewhere.example/packs/1"
    with server(tmp_path) as running:
        sender.send(drop(running, tmp_path))
        assert sender.address.startswith(running.url)


class _Answering(example().Handler):  # type: ignore[misc]
    """Answers one kind of request as it is told, and the others as the example does."""

    def parse_request(self) -> bool:
        good = bool(super().parse_request())
        told = self.server.plan.get(self.command) if good else None
        if told is None:
            return good
        status, headers, body = told
        left = int(self.headers.get("Content-Length", "0"))
        self.rfile.read(left)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.close_connection = True
        return False


PORTAL = (200, {"Content-Type": "text/html"}, "<html>로그인</html>".encode())
TUS = {"Tus-Resumable": "1.0.0"}
NOT_FOUND = (404, {}, b"")


@pytest.mark.parametrize(
    ("plan", "way", "code", "whole_destination"),
    [
        ({"OPTIONS": PORTAL, "POST": PORTAL}, "auto", "outbox.no_receipt", True),
        ({"POST": PORTAL}, "post", "outbox.no_receipt", True),
        ({"POST": (204, {}, b"")}, "post", "outbox.no_receipt", True),
        ({"POST": (200, {}, b'{"sha256": "00"}')}, "post", "outbox.odd_receipt", False),
        ({"POST": (200, {}, b"[" * 20_000)}, "post", "outbox.no_receipt", True),
        ({"OPTIONS": PORTAL}, "tus", "outbox.not_tus", True),
        ({"POST": PORTAL}, "tus", "outbox.no_receipt", True),
        ({"PATCH": PORTAL, "HEAD": PORTAL}, "tus", "outbox.no_receipt", True),
        ({"PATCH": PORTAL}, "tus", "outbox.upload_gone", True),
        ({"PATCH": (460, TUS, b"")}, "tus", "outbox.upload_gone", True),
        ({"PATCH": (409, TUS, b"")}, "tus", "outbox.upload_gone", True),
        ({"PATCH": NOT_FOUND}, "tus", "outbox.upload_gone", True),
        ({"PATCH": (423, TUS, b"")}, "tus", "outbox.refused", True),
        ({"POST": (201, TUS | {"Location": "https://elsewhere.example/1"}, b"")}, "tus", "outbox.elsewhere", True),
        ({"OPTIONS": (503, {}, b"")}, "auto", "outbox.refused", True),
        ({"POST": (413, {}, b"")}, "auto", "outbox.too_large", False),
        ({"POST": (400, {}, b"")}, "post", "outbox.pack_refused", False),
        ({"POST": (422, {}, b"")}, "tus", "outbox.pack_refused", False),
        ({"POST": (409, {}, b"")}, "post", "outbox.other_content", False),
        ({"POST": (507, {}, b"")}, "post", "outbox.server_full", True),
        ({"POST": (401, {}, b"")}, "post", "outbox.not_allowed", True),
        ({"POST": (407, {}, b"")}, "post", "outbox.not_allowed", True),
        ({"POST": (302, {"Location": "/"}, b"")}, "post", "outbox.refused", True),
    ],
)
def test_what_is_no_receipt_is_told_and_sent_again(
    tmp_path: Path, plan: dict[str, object], way: Way, code: str, whole_destination: bool
) -> None:
    sender = Sender(tmp_path)
    with server(tmp_path, _Answering) as running:
        running.plan = plan
        with pytest.raises(DeliveryFault) as caught:
            sender.send(drop(running, tmp_path, way))
        assert (caught.value.code, caught.value.whole_destination) == (code, whole_destination)
        assert str(caught.value)
        running.plan = {}
        assert sender.send(drop(running, tmp_path, way))["sha256"] == sender.sha256
        assert len(running.arrived) == 1
    assert whole(tmp_path) == {f"{PACK}.age": CONTENT}


def test_a_whole_upload_that_names_another_digest_is_no_receipt(tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    size = str(len(CONTENT))
    with server(tmp_path, _Answering) as running:
        running.plan = {
            "POST": (201, TUS | {"Location": "/packs/1", "Upload-Offset": size}, b""),
            "HEAD": (200, TUS | {"Upload-Offset": size, "Upload-Length": size, "X-Content-SHA256": "0" * 64}, b""),
        }
        with pytest.raises(DeliveryFault) as caught:
            sender.send(drop(running, tmp_path, "tus"))
    assert caught.value.code == "outbox.odd_receipt"
    assert sender.address == ""


def test_ready_made_servers_that_name_no_digest_are_believed_by_length(tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    size = str(len(CONTENT))
    with server(tmp_path, _Answering) as running:
        running.plan = {
            "POST": (201, TUS | {"Location": "http://127.0.0.1/packs/1"}, b""),
            "PATCH": (204, TUS | {"Upload-Offset": size}, b""),
            "HEAD": (200, TUS | {"Upload-Offset": size, "Upload-Length": size}, b""),
        }
        receipt = sender.send(drop(running, tmp_path, "tus"))
        assert sender.address == f"{running.url.removesuffix('/packs')}/packs/1"
    assert receipt["echo"] == ""


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": "Sun, 22 Nov 2026 10:02:00 GMT", "Date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 120.0),
        ({"Retry-After": "99999999"}, 3600.0),
        ({"Retry-After": "nan"}, 0.0),
        ({"Retry-After": "soon"}, 0.0),
        ({}, 0.0),
    ],
)
def test_the_destination_says_when_to_come_again(tmp_path: Path, headers: dict[str, str], seconds: float) -> None:
    with server(tmp_path, _Answering) as running:
        # The server class of the standard library adds a Date of its own; the first one counts.
        running.plan = {"POST": (503, headers, b"")}
        if "Date" in headers:
            running.RequestHandlerClass = type(
                "Dated", (_Answering,), {"date_time_string": lambda self: headers["Date"]}
            )
            running.plan = {"POST": (503, {"Retry-After": headers["Retry-After"]}, b"")}
        with pytest.raises(DeliveryFault) as caught:
            Sender(tmp_path).send(drop(running, tmp_path, "post"))
    assert caught.value.retry_after_s == seconds


@pytest.mark.parametrize(
    ("begins_days", "days", "code"),
    [(-30, 10, "outbox.certificate_expired"), (10, 30, "outbox.certificate_early")],
    ids=["expired", "clock-set-back"],
)
def test_a_certificate_out_of_its_time_is_told_apart(tmp_path: Path, begins_days: int, days: int, code: str) -> None:
    at = tmp_path / "arrived", tmp_path / "certificates"
    with receiving(*at, begins_days=begins_days, days=days) as running, pytest.raises(DeliveryFault) as caught:
        Sender(tmp_path).send(drop(running, tmp_path))
    assert caught.value.code == code
    assert running.arrived == []


def test_a_name_that_is_not_found_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFault) as caught:
        Sender(tmp_path).send(HttpDrop("https://nothing.invalid/packs"))
    assert caught.value.code == "outbox.name_unknown"


class _Proxy(socketserver.StreamRequestHandler):
    """A site's proxy: CONNECT, or a refusal."""

    def handle(self) -> None:
        line = self.rfile.readline().decode()
        while self.rfile.readline().strip():
            pass
        self.server.seen.append(line.split()[1])  # type: ignore[attr-defined]
        if self.server.refuse:  # type: ignore[attr-defined]
            self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        host, port = line.split()[1].split(":")
        with socket.create_connection((host, int(port))) as there:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            back = threading.Thread(target=_pump, args=(there, self.connection))
            back.start()
            _pump(self.connection, there)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while piece := source.recv(65_536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.mark.parametrize("refuse", [False, True])
def test_a_proxy_that_is_set_is_used(tmp_path: Path, refuse: bool) -> None:
    proxy = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Proxy)
    proxy.seen, proxy.refuse = [], refuse  # type: ignore[attr-defined]
    thread = threading.Thread(target=proxy.serve_forever, args=(0.01,))
    thread.start()
    sender = Sender(tmp_path)
    try:
        with server(tmp_path) as running:
            through = drop(running, tmp_path, proxy=f"http://127.0.0.1:{proxy.server_address[1]}")
            if refuse:
                with pytest.raises(DeliveryFault) as caught:
                    sender.send(through)
                assert caught.value.code == "outbox.proxy"
            else:
                assert sender.send(through)["echo"] == sender.sha256
            assert set(proxy.seen) == {f"127.0.0.1:{running.server_port}"}  # type: ignore[attr-defined]
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()


def test_name_and_password_of_the_address_are_sent_and_never_kept(tmp_path: Path) -> None:
    class Asking(example().Handler):  # type: ignore[misc]
        def parse_request(self) -> bool:
            good = bool(super().parse_request())
            if good:
                self.server.asked.append(self.headers.get("Authorization"))
            return good

    sender = Sender(tmp_path)
    with server(tmp_path, Asking) as running:
        running.asked = []
        ca = tmp_path / "certificates" / "server.pem"
        made = HttpDrop(running.url.replace("https://", "https://desk:se%40cret@"), ca)
        assert "cret" not in made.name
        receipt = sender.send(made)
        assert set(running.asked) == {"Basic ZGVzazpzZUBjcmV0"}
    assert "cret" not in sender.address
    assert "cret" not in str(receipt)


@pytest.mark.parametrize("way", ["tus", "post"])
def test_the_example_runs_as_the_page_says(tmp_path: Path, way: Way) -> None:
    pem, secret = certificate(tmp_path / "certificates")
    command = [sys.executable, str(EXAMPLE), "--folder", str(tmp_path / "arrived"), "--cert", str(pem)]
    command += ["--key", str(secret), "--host", "127.0.0.1", "--port", "0"]
    sender = Sender(tmp_path)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            port = running.stdout.readline().rsplit(" ", 1)[-1].strip()
            sender.send(HttpDrop(f"https://127.0.0.1:{port}/packs", pem, way=way, piece_bytes=PIECE))
            told = json.loads(running.stdout.readline())
        finally:
            running.kill()
    assert told == {"pack_id": PACK, "incident_id": INCIDENT, "sha256": sender.sha256}
    assert whole(tmp_path) == {f"{PACK}.age": CONTENT}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/packs", {"Idempotency-Key": "../../etc/x", "X-Content-SHA256": "0" * 64}, 400),
        ("POST", "/packs", {"Idempotency-Key": PACK, "X-Content-SHA256": "short"}, 400),
        ("POST", "/other", {"Idempotency-Key": PACK, "X-Content-SHA256": "0" * 64}, 400),
        ("POST", "/packs", {"Idempotency-Key": PACK, "X-Content-SHA256": "0" * 64}, 460),
        ("POST", "/packs", {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": "pack_id !"}, 400),
        ("HEAD", f"/packs/{PACK}/{'0' * 64}", {}, 404),
        ("HEAD", "/packs/../x", {}, 404),
        ("PATCH", f"/packs/{PACK}/{'0' * 64}", {"Upload-Offset": "0"}, 404),
    ],
)
def test_the_example_takes_nothing_else(
    tmp_path: Path, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    with server(tmp_path) as running:
        context = ssl.create_default_context(cafile=str(tmp_path / "certificates" / "server.pem"))
        there = http.client.HTTPSConnection("127.0.0.1", running.server_port, context=context)
        there.request(method, path, b"content", headers)
        assert there.getresponse().status == status
        there.close()
    assert whole(tmp_path) == {}
