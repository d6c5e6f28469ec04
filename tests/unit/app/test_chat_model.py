"""A summariser model behind a real HTTP server: good, slow, endless, broken and hostile answers; and the desk's use."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import ValidationError

from app.adapters import chat_model
from app.bus import EventBus
from app.errors import ChatFault
from app.line_tools import SiteModel
from app.rephrasing import BetterDraft, Rephrasing
from app.settings import SummariserSettings
from assist.events import DraftReady
from assist.model import Draft, Turn
from assist.summarize import summarize
from audio.model import Channel

TURNS = tuple(
    Turn(i, Channel(who), i * 5.0, i * 5 + 4.0, text)
    for i, (who, text) in enumerate(
        (
            ("agent", "120다산콜입니다 무엇을 도와드릴까요"),
            ("caller", "여권을 잃어버려서 재발급하려고 하는데 수수료가 얼마예요"),
            ("agent", "여권 재발급 수수료는 오만 삼천 원이고 종로구청에서 신청하시면 됩니다"),
        )
    )
)


@dataclass
class Served:
    """What the server was asked, and how it answers: a function of the request's body."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


Answering = Callable[[BaseHTTPRequestHandler, dict[str, Any], Served], None]


@contextmanager
def server(answering: Answering) -> Iterator[Served]:
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.asked.append(body)
            served.headers.append(dict(self.headers))
            with suppress(OSError):  # the client had enough
                answering(self, body, served)

        def log_message(self, *_: object) -> None:
            return

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{web.server_address[1]}/v1"
    try:
        yield served
    finally:
        served.stop.set()
        web.shutdown()
        thread.join()
        web.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def chat(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def echoing(change: Callable[[str], str]) -> Answering:
    """Answer every line it is given, changed."""

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any], _: Served) -> None:
        user = body["messages"][1]["content"]
        lines = json.loads(user.split("\n")[1])
        changed = [{"key": one["key"], "text": change(one["text"])} for one in lines]
        reply(handler, 200, chat(json.dumps({"lines": changed}, ensure_ascii=False)))

    return answer


def ask(served: Served, timeout_s: float = 10.0) -> str:
    return chat_model.ask(served.url, "m", [{"role": "user", "content": "x"}], {"type": "object"}, timeout_s)


def rephrasing(served: Served, timeout_s: float = 10.0) -> Rephrasing:
    settings = SummariserSettings(url=served.url, model="m", timeout_s=timeout_s)
    return Rephrasing(lambda: settings, SiteModel())


def test_it_is_off_by_default_and_only_safe_addresses_are_taken() -> None:
    assert not SummariserSettings().is_on
    for url in ("http://centre.example/v1", "ftp://x", "https://", "http://127.0.0.1.evil.example/v1", "file:///x"):
        with pytest.raises(ValidationError):
            SummariserSettings(url=url, model="m")
    for url in ("https://centre.example/v1", "http://127.0.0.1:8080/v1/", "http://[::1]:1/v1"):
        assert SummariserSettings(url=url, model="m").is_on


def test_a_good_answer_is_asked_for_by_schema_and_taken() -> None:
    with server(echoing(lambda text: f"{text} 관련")) as served:
        draft = summarize(TURNS)
        better = rephrasing(served).better(TURNS, draft, [])
        assert better is not None
        assert better.summary != draft.summary
        (body,) = served.asked
        assert body["response_format"]["json_schema"]["strict"] is True
        assert body["stream"] is False
        assert "Authorization" not in served.headers[0]


def test_a_server_that_knows_no_schema_is_asked_without() -> None:
    def picky(handler: BaseHTTPRequestHandler, body: dict[str, Any], served: Served) -> None:
        if "response_format" in body:
            reply(handler, 400, b'{"error": "response_format"}')
        else:
            echoing(lambda text: f"{text} 관련")(handler, body, served)

    with server(picky) as served:
        assert rephrasing(served).better(TURNS, summarize(TURNS), []) is not None
        assert len(served.asked) == 2


@pytest.mark.parametrize("made_up", ["수수료 99,000원", "전액 환불 보장", "강남구 방문", "해킹됨"])
def test_what_a_model_makes_up_is_dropped(made_up: str) -> None:
    with server(echoing(lambda _: made_up)) as served:
        assert rephrasing(served).better(TURNS, summarize(TURNS), []) is None


@pytest.mark.parametrize(
    ("status", "body", "headers", "code"),
    [
        (500, b"", {}, "assist.rephrase_refused"),
        (401, b"", {}, "assist.rephrase_refused"),
        (307, b"", {"Location": "http://127.0.0.1:1/v1"}, "assist.rephrase_refused"),
        (200, b"<html>sign in</html>", {}, "assist.rephrase_bad_answer"),
        (200, b"[" * 100_000, {}, "assist.rephrase_bad_answer"),
        (200, chat(None), {}, "assist.rephrase_bad_answer"),
        (200, b'{"choices": []}', {}, "assist.rephrase_bad_answer"),
    ],
)
def test_no_answer_has_its_sentence(status: int, body: bytes, headers: dict[str, str], code: str) -> None:
    with server(lambda handler, _, __: reply(handler, status, body, **headers)) as served:
        with pytest.raises(ChatFault) as fault:
            ask(served)
        assert fault.value.code == code
        assert str(fault.value)


def test_an_answer_that_drips_is_given_up_in_time() -> None:
    def drip(handler: BaseHTTPRequestHandler, _: dict[str, Any], served: Served) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        while not served.stop.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with server(drip) as served, pytest.raises(ChatFault) as fault:
        ask(served, timeout_s=0.5)
    assert fault.value.code == "assist.rephrase_timeout"


def test_an_endless_answer_is_read_no_further_than_it_may_be() -> None:
    sent = []

    def endless(handler: BaseHTTPRequestHandler, _: dict[str, Any], served: Served) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not served.stop.is_set() and len(sent) < 2_000:
            handler.wfile.write(b"x" * 65_536)
            sent.append(1)

    with server(endless) as served, pytest.raises(ChatFault) as fault:
        ask(served, timeout_s=60)
    assert fault.value.code == "assist.rephrase_bad_answer"
    assert len(sent) < 1_000


def test_nobody_there_is_told_once_until_somebody_is() -> None:
    with server(echoing(lambda text: f"{text} 관련")) as served:
        good = served.url
    chosen = [SummariserSettings(url=good, model="m", timeout_s=5)]
    one = Rephrasing(lambda: chosen[0], SiteModel())
    draft = summarize(TURNS)
    with pytest.raises(ChatFault) as fault:
        one.better(TURNS, draft, [])
    assert fault.value.code == "assist.rephrase_unreachable"
    assert one.better(TURNS, draft, []) is None
    with server(echoing(lambda text: f"{text} 관련")) as served:
        chosen[0] = SummariserSettings(url=served.url, model="m", timeout_s=10)
        assert one.better(TURNS, draft, []) is not None
    chosen[0] = SummariserSettings(url=good, model="m", timeout_s=5)
    with pytest.raises(ChatFault):
        one.better(TURNS, draft, [])


class _Made:
    """Stands for the call's draft maker: turns and entries of the last draft."""

    drafted = (TURNS, ())

    def begin(self) -> None:
        return


class _Better:
    def __init__(self, draft: Draft) -> None:
        self.is_on, self._draft = True, draft

    def better(self, *_: object) -> Draft:
        return self._draft


def offered(after: Callable[[BetterDraft], None]) -> list[Draft]:
    """Return the drafts a desk sees when ``after`` happens while the model still thinks."""
    bus, jobs = EventBus(), []
    draft = summarize(TURNS)
    better = Draft(draft.records, "better")
    one = BetterDraft(
        _Better(better),  # type: ignore[arg-type]
        bus,
        _Made(),  # type: ignore[arg-type]
        lambda _, job: jobs.append(job),
    )
    seen: list[Draft] = []
    bus.subscribe(DraftReady, lambda event: seen.append(event.draft))
    bus.begin("c")
    one.begin("c")
    bus.publish(DraftReady(call_id="c", t_ns=1, draft=draft, final=False))
    bus.publish(DraftReady(call_id="c", t_ns=1, draft=draft, final=True))
    assert seen[-1] is draft  # stands before the model is even asked
    after(one)
    for job in jobs:
        job()
    assert len(jobs) == 1
    return seen[2:]


def test_the_better_draft_comes_after_and_only_to_an_untouched_record() -> None:
    assert [draft.summary for draft in offered(lambda _: None)] == ["better"]
    assert offered(lambda one: one.touched()) == []
    assert offered(lambda one: one.begin("next")) == []
