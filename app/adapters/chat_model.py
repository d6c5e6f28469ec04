"""Asks a language model through an OpenAI-compatible chat interface: one POST, verified, no redirects, bounded."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import httpx

from app.errors import ChatFault

MAX_BYTES: Final = 1_000_000
"""Of an answer; a draft in other words is a few thousand."""
_NO_SCHEMA: Final = frozenset({400, 404, 415, 422, 501})
"""How servers answer that do not know ``response_format``."""


def ask(
    address: str,
    model: str,
    messages: Sequence[Mapping[str, str]],
    schema: Mapping[str, Any],
    timeout_s: float,
    key: str = "",
    ca_file: Path | None = None,
) -> str:
    """Return what the model wrote. Blocks: call from a worker thread.

    Args:
        address: Base of the interface, ``https://`` or ``http://`` of this PC; the settings let nothing else through.
        model: Its name there.
        messages: The conversation so far.
        schema: JSON schema the answer is held to where the server can.
        timeout_s: Seconds for everything, however slowly the answer drips.
        key: Sent as bearer token where there is one.
        ca_file: PEM of the authority that signs the address, beside the system's own.

    Raises:
        ChatFault: ``assist.rephrase_*``: not reached or trusted, refused, too late, or no chat answer.
    """
    client = httpx.Client(
        verify=_trust(ca_file),
        timeout=timeout_s,
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "doumi", "Accept-Encoding": "identity"},
    )
    if key:
        client.headers["Authorization"] = f"Bearer {key}"
    body: dict[str, Any] = {"model": model, "messages": list(messages), "temperature": 0, "stream": False}
    form = {"type": "json_schema", "json_schema": {"name": "lines", "strict": True, "schema": schema}}
    outcome: list[str | ChatFault] = []

    def exchange() -> None:
        try:
            status, raw = _post(client, address, {**body, "response_format": form})
            if status in _NO_SCHEMA:
                status, raw = _post(client, address, body)
            outcome.append(_content(raw) if status == httpx.codes.OK else ChatFault(_REFUSED, status=status))
        except ChatFault as fault:
            outcome.append(fault)
        except httpx.TimeoutException:
            outcome.append(ChatFault(_LATE, seconds=f"{timeout_s:g}"))
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError, ValueError, OSError):
            outcome.append(ChatFault("assist.rephrase_unreachable"))

    # The client's own limit is for each read; an answer that drips would never meet it.
    worker = threading.Thread(target=exchange, name="chat-model", daemon=True)
    worker.start()
    worker.join(timeout_s)
    if worker.is_alive() and not outcome:
        client.close()
        raise ChatFault(_LATE, seconds=f"{timeout_s:g}")
    worker.join()
    client.close()
    answer = outcome[0]
    if isinstance(answer, ChatFault):
        raise answer
    return answer


_REFUSED: Final = "assist.rephrase_refused"
_LATE: Final = "assist.rephrase_timeout"
_BAD: Final = "assist.rephrase_bad_answer"


def _post(client: httpx.Client, address: str, body: Mapping[str, Any]) -> tuple[int, bytes]:
    with client.stream("POST", f"{address.rstrip('/')}/chat/completions", json=body) as answer:
        held = bytearray()
        for piece in answer.iter_bytes(1 << 16):
            held += piece
            if len(held) > MAX_BYTES:
                raise ChatFault(_BAD)
        return answer.status_code, bytes(held)


def _content(raw: bytes) -> str:
    try:
        content = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise ChatFault(_BAD) from None
    if not isinstance(content, str):
        raise ChatFault(_BAD)
    return content


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except (OSError, ssl.SSLError):
            raise ChatFault("assist.rephrase_ca_unreadable") from None
    return context
