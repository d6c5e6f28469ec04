"""The local socket of the running desk: a second start asks for its window, ``doumi call`` for a press. Same user only.

One connection carries one request and one answer, each a JSON object on a line: ``{"verb": "escalate", "situation":
"profanity"}``, ``{"ok": true, "code": "press.reached"}``. ``code`` is a notice code. What is too long, no request or an
unknown verb is refused by code; nothing else happens.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

MAX_BYTES: Final = 4096
WAIT_MS: Final = 2000
"""How long either side waits for the other."""
RAISE: Final = "raise"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk said to a request."""

    ok: bool
    code: str = ""
    """Notice code of what was done or why not; empty where there is nothing to say."""


Obey = Callable[[str, Mapping[str, str]], Answer]
"""Does what a verb asks with its values, on the main thread."""


def _refuse(_verb: str, _values: Mapping[str, str]) -> Answer:
    return Answer(ok=False, code="order.no_desk_here")


class DeskSocket(QObject):
    """Listens for second starts and for orders. Main thread."""

    def __init__(self, name: str, window: QWidget, obey: Obey = _refuse) -> None:
        """Listen.

        Args:
            name: Of the socket, see ``app.instance.socket_name``.
            window: Raised for a second start.
            obey: Does every other verb.
        """
        super().__init__(window)
        self._window = window
        self._obey = obey
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # A socket file that a killed desk left behind; the instance lock says that nobody else listens.
        QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._welcome)
        self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether requests can be heard."""
        return self._server.isListening()

    @Slot()
    def _welcome(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            _Visit(connection, self._answer, self)

    def _answer(self, line: bytes) -> Answer:
        try:
            request = json.loads(line)
            verb = request.pop("verb")
            if not isinstance(verb, str) or not all(isinstance(value, str) for value in request.values()):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Answer(ok=False, code="press.request_broken")
        if verb == RAISE:
            self._raise()
            return Answer(ok=True)
        return self._obey(verb, request)

    def _raise(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


class _Visit(QObject):
    """One connection: a line in, a line out, or the time is up."""

    def __init__(self, connection: QLocalSocket, answer: Callable[[bytes], Answer], parent: QObject) -> None:
        super().__init__(parent)
        self._connection = connection
        self._give = answer
        self._done = False
        connection.setParent(self)
        connection.setReadBufferSize(MAX_BYTES + 1)
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(self.deleteLater)
        QTimer.singleShot(WAIT_MS, self, self._time_up)
        self._read()

    @Slot()
    def _time_up(self) -> None:
        self._connection.abort()
        self.deleteLater()

    @Slot()
    def _read(self) -> None:
        if self._done:
            return
        held = bytes(self._connection.peek(MAX_BYTES + 1).data())
        line, end, _ = held.partition(b"\n")
        if not end and len(held) <= MAX_BYTES:
            return
        self._done = True
        answer = self._give(line) if end else Answer(ok=False, code="press.request_broken")
        said = {"ok": answer.ok} | ({"code": answer.code} if answer.code else {})
        self._connection.write(json.dumps(said).encode() + b"\n")
        self._connection.flush()
        self._connection.disconnectFromServer()


def ask_desk(name: str, verb: str, **values: str) -> Answer | None:
    """Ask the running desk; returns its answer, or None where none runs. No event loop is needed.

    Raises:
        TimeoutError: A desk is there but does not answer.
    """
    deadline = QDeadlineTimer(WAIT_MS)
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS) or not _is_ours(socket.fullServerName()):
        socket.abort()
        return None
    try:
        socket.write(json.dumps({"verb": verb, **values}).encode() + b"\n")
        held = b""
        while b"\n" not in held:
            if not socket.bytesAvailable() and not socket.waitForReadyRead(max(0, deadline.remainingTime())):
                raise TimeoutError
            held += bytes(socket.readAll().data())
        said = json.loads(held)
        return Answer(ok=bool(said["ok"]), code=str(said.get("code", "")))
    except (ValueError, KeyError, TypeError):
        raise TimeoutError from None
    finally:
        socket.abort()


def raise_running_desk(name: str) -> bool:
    """Ask the running desk to show its window; returns whether one answered. No event loop is needed."""
    try:
        return ask_desk(name, RAISE) is not None
    except TimeoutError:
        return False


def _is_ours(path: str) -> bool:
    """Whether the socket belongs to this user; on Windows the system sees to that."""
    if not hasattr(os, "getuid"):
        return True
    try:
        return Path(path).stat().st_uid == os.getuid()
    except OSError:
        return False
