"""The site's telephone system over HTTP: verified, without redirects, in time."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.adapters import line_url
from app.errors import LineFault
from app.settings import LineActionSettings
from tests.helpers.line import LineSystem, line_system

BODY = {"action": "end", "call_id": "01C", "number": "", "text": '말 "그대로"\n$(x)', "incident": "01P"}


def code_of(system: LineSystem, timeout_s: float = 30.0, ca_file: Path | None = None) -> str:
    with pytest.raises(LineFault) as caught:
        line_url.post(f"{system.address}/line", "k", BODY, timeout_s, ca_file or system.ca_file)
    assert str(caught.value)
    return caught.value.code


def test_one_post_with_its_key_over_a_verified_connection(tmp_path: Path) -> None:
    with line_system(tmp_path) as system:
        line_url.post(f"{system.address}/line?desk=7", "01C.end.1", BODY, 30.0, system.ca_file)
        (asked,) = system.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/line?desk=7", BODY)
    assert asked.headers["Idempotency-Key"] == "01C.end.1"
    assert asked.headers["Content-Type"] == "application/json"


def test_plain_http_serves_this_pc() -> None:
    with line_system() as system:
        line_url.post(f"{system.address}/line", "k", BODY, 30.0)
        assert len(system.asked) == 1


def test_a_certificate_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with line_system(tmp_path) as system:
        with pytest.raises(LineFault) as caught:
            line_url.post(f"{system.address}/line", "k", BODY, 30.0, None)
        assert caught.value.code == "line.url_certificate"
        assert system.asked == []
        assert code_of(system, ca_file=tmp_path / "none.pem") == "line.url_ca_unreadable"


@pytest.mark.parametrize("status", ["301", "302", "307", "400", "403", "404", "409", "500", "503"])
def test_anything_but_2xx_is_a_refusal_and_no_redirect_is_followed(status: str) -> None:
    with line_system() as system:
        system.answers = [status]
        assert code_of(system) == "line.url_refused"
        assert len(system.asked) == 1
        assert system.asked[0].path == "/line"


@pytest.mark.parametrize("answer", ["silent", "drip"])
def test_an_answer_that_does_not_come_in_time_is_no_answer(answer: str) -> None:
    with line_system() as system:
        system.answers = [answer]
        assert code_of(system, timeout_s=0.3) == "line.timeout"


def test_a_cut_connection_and_nobody_listening_are_unreachable() -> None:
    with line_system() as system:
        system.answers = ["cut"]
        assert code_of(system) == "line.url_unreachable"
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(LineFault) as caught:
            line_url.post(f"http://127.0.0.1:{held.getsockname()[1]}/", "k", BODY, 30.0)
    assert caught.value.code == "line.url_unreachable"


@pytest.mark.parametrize(
    "url", ["http://pbx.example/line", "ftp://127.0.0.1/", "https://", "http://127.0.0.1.example/", "javascript:1"]
)
def test_settings_take_https_or_this_pc_only(url: str) -> None:
    with pytest.raises(ValidationError):
        LineActionSettings(url=url)
    for fine in ("https://pbx.example/line", "http://127.0.0.1:8088/x", "http://[::1]:8088/", ""):
        LineActionSettings(url=fine)
