"""The local socket through which a second start asks the running desk to show its window. Same user only."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

_WAIT_MS = 1000


class WindowRaiser(QObject):
    """Listens for second starts and raises the window. Main thread."""

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # A socket file that a killed desk left behind; the instance lock says that nobody else listens.
        QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._raise)
        self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether second starts can be heard."""
        return self._server.isListening()

    @Slot()
    def _raise(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.close()
            connection.deleteLater()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def raise_running_desk(name: str) -> bool:
    """Ask the running desk to show its window; returns whether one answered. No event loop is needed."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    answered = socket.waitForConnected(_WAIT_MS)
    socket.abort()
    return answered
