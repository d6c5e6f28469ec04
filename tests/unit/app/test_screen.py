"""A missing screen is seen before Qt would abort."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.screen import has_screen


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":987"}, False),
        ({"DISPLAY": "nonsense"}, False),
        ({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_linux(environment: dict[str, str], expected: bool) -> None:
    assert has_screen(environment, "linux") is expected


def test_a_listening_wayland_socket_counts(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "w0"))
        server.listen()
        assert has_screen({"WAYLAND_DISPLAY": "w0", "XDG_RUNTIME_DIR": str(tmp_path)}, "linux")


def test_other_systems_have_one() -> None:
    assert has_screen({}, "win32")
