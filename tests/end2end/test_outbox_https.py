from __future__ import annotations

import hashlib
import random
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.http_drop import HttpDrop
from app.errors import DeliveryFault
from app.escalation import Escalations
from app.evidence_check import read_bytes
from app.outbox import OutboxSender
from app.outbox_rows import all_packs, ui_row, unsent
from app.store import Store
from assist.events import DeliveryChanged
from assist.model import Delivery
from tests.helpers.evidence import escalate
from tests.helpers.https import certificate
from tests.helpers.personal import REASON, begin, home_in, now, open_store


class Pack:
    parts = {"transcript.txt": "나쁜 말".encode(), "clip.wav": bytes(200_000)}  # noqa: RUF012


class FakePace:
    """Time that passes only when the sender waits."""

    def __init__(self) -> None:
        self.at = 0.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.at

    def wait(self, wake: threading.Event, seconds: float | None) -> None:
        if seconds is None:
            wake.wait()
        else:
            self.pauses.append(seconds)
            self.at += seconds


class TeamServer(ThreadingHTTPServer):
    """Takes each key once, after failing as it is told."""

    daemon_threads = True
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.plan: list[str] = []
        self.taken: dict[str, bytes] = {}
        self.requests = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A cut connection is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    server: TeamServer

    def do_POST(self) -> None:
        self.server.requests += 1
        step = self.server.plan.pop(0) if self.server.plan else "take"
        length = int(self.headers["Content-Length"])
        if step == "cut":
            self.rfile.read(length // 2)
            self.close_connection = True
            self.connection.close()
            return
        body = self.rfile.read(length)
        if step.isdigit():
            self._answer(int(step), b"")
            return
        digest = hashlib.sha256(body).hexdigest()
        assert digest == self.headers["X-Content-SHA256"]
        self.server.taken.setdefault(self.headers["Idempotency-Key"], body)
        if step == "lost":
            self.close_connection = True
            self.connection.close()
            return
        self._answer(200, f'{{"sha256": "{"0" * 64 if step == "odd" else digest}"}}'.encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TeamServer]:
    pem, secret = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    running = TeamServer()
    running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


class Desk:
    """A desk whose packs go to the server."""

    def __init__(self, folder: Path, server: TeamServer, trust: bool = True) -> None:
        self.home = home_in(folder)
        self.team = folder / "team"
        if not self.team.exists():
            team.init(self.team, AgeBox())
        self.store: Store = open_store(self.home)
        self.escalations = Escalations(self.home, self.store, AgeBox(), lambda: self.team / team.RECIPIENT_FILE, now)
        self.escalations.sweep()
        self.pace = FakePace()
        self.changes: list[DeliveryChanged] = []
        self.accepted = threading.Event()
        url = f"https://127.0.0.1:{server.server_port}/packs"
        self.drop = HttpDrop(url, folder / "server.pem" if trust else None)
        self.sender = OutboxSender(
            self.store, self.escalations, lambda kind: self.drop, self._changed, self.pace, random.Random(1)
        )

    def _changed(self, change: DeliveryChanged) -> None:
        self.changes.append(change)
        if change.delivery is Delivery.ACCEPTED:
            self.accepted.set()

    def press(self) -> str:
        begin(self.store)
        event = escalate(self.escalations, "call-1", 5, REASON, Pack.parts)
        return event.pack_id

    def close(self) -> None:
        self.sender.close()
        self.drop.close()
        self.store.close()


@pytest.mark.parametrize(
    "plan",
    [[], ["500"] * 4, ["lost"], ["cut"], ["429", "503", "cut", "lost", "lost"], ["400", "odd"], ["302"]],
    ids=["good", "500s", "lost-ack", "cut", "storm", "refused-pack", "redirect"],
)
def test_every_pack_arrives_once_whatever_happens_on_the_way(
    tmp_path: Path, server: TeamServer, plan: list[str]
) -> None:
    desk = Desk(tmp_path, server)
    server.plan = list(plan)
    pack_id = desk.press()
    desk.sender.start()
    assert desk.accepted.wait(20)
    desk.close()
    assert list(server.taken) == [pack_id]
    assert server.requests == len(plan) + 1
    parts = read_bytes(server.taken[pack_id], (desk.team / "team.key").read_text(), AgeBox())
    assert parts["transcript.txt"] == Pack.parts["transcript.txt"]
    assert len([pause for pause in desk.pace.pauses if pause >= 1.0]) == len(plan)
    assert all(pause <= 300 for pause in desk.pace.pauses)
    assert desk.changes[-1].attempts == len(plan) + 1
    again = open_store(desk.home)
    assert [type(event).__name__ for event in again.events("call-1")] == ["EscalationRaised", "DeliveryChanged"]
    (row,) = map(ui_row, again.read(all_packs))
    assert (row.delivery, row.last_error, row.destination) == (
        Delivery.ACCEPTED,
        "",
        f"127.0.0.1:{server.server_port}",
    )
    assert again.read(unsent) == (0, 0)
    assert list(desk.home.outbox.iterdir()) == []
    again.close()


def test_a_desk_that_was_closed_delivers_after_its_next_start(tmp_path: Path, server: TeamServer) -> None:
    desk = Desk(tmp_path, server)
    server.plan = ["lost"]
    pack_id = desk.press()
    desk.sender.round()
    desk.close()
    again = Desk(tmp_path, server)
    assert again.store.read(unsent) == (1, 0)
    assert again.sender.round() is None
    assert list(server.taken) == [pack_id]
    assert again.store.read(unsent) == (0, 0)
    again.close()


def test_a_certificate_that_is_not_trusted_gets_nothing(tmp_path: Path, server: TeamServer) -> None:
    desk = Desk(tmp_path, server, trust=False)
    desk.press()
    pause = desk.sender.round()
    assert pause is not None
    assert pause >= 1
    assert server.requests == 0
    (row,) = map(ui_row, desk.store.read(all_packs))
    assert row.delivery is Delivery.WAITING
    assert "인증서" in row.last_error
    desk.close()


@pytest.mark.parametrize("url", ["http://example.org/x", "http://127.0.0.1/x", "ftp://example.org", "example.org", ""])
def test_plain_http_is_refused(url: str) -> None:
    with pytest.raises(DeliveryFault) as caught:
        HttpDrop(url)
    assert caught.value.code == "outbox.not_https"


def test_an_unreadable_authority_file_is_named(tmp_path: Path) -> None:
    for file in (tmp_path / "absent.pem", tmp_path / "empty.pem"):
        if file.name == "empty.pem":
            file.write_text("nothing")
        with pytest.raises(DeliveryFault) as caught:
            HttpDrop("https://example.org", file)
        assert caught.value.code == "outbox.ca_unreadable"
