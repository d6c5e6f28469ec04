"""Tells the site's telephone system over HTTP what to do: one POST, verified, without redirects."""

from __future__ import annotations

import ssl
import threading
from pathlib import Path

import httpx

from app.errors import LineFault


def post(address: str, key: str, body: dict[str, str], timeout_s: float, ca_file: Path | None = None) -> None:
    """Post ``body`` as JSON; any 2xx is done. Blocks: call from a worker thread.

    Args:
        address: ``https://``, or ``http://`` of this PC; the settings let nothing else through.
        key: ``Idempotency-Key``: the same for the same order only.
        body: The values of the order.
        timeout_s: Seconds for the whole exchange, however slowly the answer drips.
        ca_file: PEM of the authority that signs the endpoint, beside the system's own.

    Raises:
        LineFault: It was not reached, not trusted, did not answer in time, or did not answer 2xx.
    """
    client = httpx.Client(verify=_trust(ca_file), timeout=timeout_s, follow_redirects=False, trust_env=False)
    outcome: list[int | LineFault] = []

    def exchange() -> None:
        try:
            with client.stream("POST", address, json=body, headers={"Idempotency-Key": key}) as answer:
                outcome.append(answer.status_code)
        except httpx.TimeoutException:
            outcome.append(LineFault("line.timeout", seconds=f"{timeout_s:g}"))
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError, ValueError, OSError) as error:
            trusted = not (isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error))
            outcome.append(LineFault("line.url_unreachable" if trusted else "line.url_certificate"))

    # The client's own limit is for each read; an answer that drips would never meet it.
    worker = threading.Thread(target=exchange, name="line-url", daemon=True)
    worker.start()
    worker.join(timeout_s)
    if worker.is_alive() and not outcome:
        client.close()
        raise LineFault("line.timeout", seconds=f"{timeout_s:g}")
    worker.join()
    client.close()
    answer = outcome[0]
    if isinstance(answer, LineFault):
        raise answer
    if not 200 <= answer < 300:
        raise LineFault("line.url_refused", status=answer)


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except (OSError, ssl.SSLError):
            raise LineFault("line.url_ca_unreadable") from None
    return context
