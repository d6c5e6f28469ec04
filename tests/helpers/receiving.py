"""The receiver that docs/examples shows, running on this machine over HTTPS, with a count of what it took."""

from __future__ import annotations

import importlib.util
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.helpers.https import certificate

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "receiver.py"


def example() -> Any:
    """Return the example as a module."""
    if "receiver_example" not in sys.modules:
        spec = importlib.util.spec_from_file_location("receiver_example", EXAMPLE)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["receiver_example"] = module
        spec.loader.exec_module(module)
    return sys.modules["receiver_example"]


@contextmanager
def receiving(
    folder: Path, certificates: Path, misbehave: type | None = None, begins_days: int = -1, days: int = 30
) -> Iterator[Any]:
    """Serve; yields the server with ``arrived`` (id, incident, digest of every new pack) and ``url``.

    Args:
        folder: Where packs go.
        certificates: ``server.pem`` in it is the authority to trust.
        misbehave: Handler class in place of the example's own.
        begins_days: When the certificate becomes valid, days from now.
        days: How long it is.
    """
    module = example()
    pem, secret = certificate(certificates, begins_days, days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)

    class Counting(module.Receiver):  # type: ignore[misc, name-defined]
        block_on_close = False

        def taken(self, pack_id: str, incident_id: str, sha256: str) -> None:
            self.arrived.append((pack_id, incident_id, sha256))

        def handle_error(self, request: object, client_address: object) -> None:
            """A cut connection is part of the tests."""

    server = Counting(("127.0.0.1", 0), folder, context)
    server.arrived = []
    server.url = f"https://127.0.0.1:{server.server_port}{module.PATH}"
    if misbehave is not None:
        server.RequestHandlerClass = misbehave
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
