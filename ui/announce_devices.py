"""Sound outputs that announcements can be spoken on, as Qt names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from audio.model import CallerSide, DeviceChoice

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice


def outputs() -> list[tuple[str, str]]:
    """Return (id, words) of every output, the system's default first with an empty id. Main thread; some 50 ms."""
    from PySide6.QtMultimedia import QMediaDevices

    found = [(ident_of(device), device.description()) for device in QMediaDevices.audioOutputs()]
    return [("", QCoreApplication.translate("Announcer", "System default")), *found]


def ident_of(device: QAudioDevice) -> str:
    """Return what a device is kept under in the settings."""
    return bytes(device.id().data()).decode("utf-8", "replace")


def find(ident: str) -> QAudioDevice | None:
    """Return an output by its id, the default for an empty one; None where it is not there. Main thread."""
    from PySide6.QtMultimedia import QMediaDevices

    if not ident:
        default = QMediaDevices.defaultAudioOutput()
        return None if default.isNull() else default
    return next((one for one in QMediaDevices.audioOutputs() if ident_of(one) == ident), None)


def is_callers(device: QAudioDevice, choice: DeviceChoice) -> bool:
    """Whether what is played on ``device`` would be heard as the caller, whose side is what the PC plays.

    The two libraries name one device differently, so names that hold each other count as the same.
    """
    if choice.caller_side is not CallerSide.LOOPBACK:
        return False
    from PySide6.QtMultimedia import QMediaDevices

    if not choice.caller:
        return ident_of(device) == ident_of(QMediaDevices.defaultAudioOutput())
    caller = choice.caller.partition(":")[2] or choice.caller
    caller = caller.removesuffix(".monitor").casefold()
    return any(name and (name in caller or caller in name) for name in _names(device))


def _names(device: QAudioDevice) -> tuple[str, str]:
    return ident_of(device).casefold(), device.description().casefold()
