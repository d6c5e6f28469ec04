"""Makes the system refuse fsync and fdatasync to one thread: a real I/O error, for real code. Linux on x86-64, ARM64.

The refusal is a seccomp filter. It holds for the thread that asks for it and the threads that it starts from then on,
and cannot be taken back, so it is for child processes only.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import sys

import pytest

_CALLS = {"x86_64": (74, 75), "aarch64": (82, 83)}
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF_0000, 0x0005_0000


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def needs_failing_sync() -> None:
    """Skip the test where syncs cannot be refused."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        pytest.skip("refusing fsync to a real process needs seccomp of Linux")


def refuse_sync() -> None:
    """From now on fsync and fdatasync of this thread fail with EIO. Raises OSError where that is not possible."""
    fsync, fdatasync = _CALLS[platform.machine()]
    code = (_Instruction * 5)(
        _Instruction(_LOAD, 0, 0, 0),
        _Instruction(_JUMP_EQUAL, 1, 0, fsync),
        _Instruction(_JUMP_EQUAL, 0, 1, fdatasync),
        _Instruction(_RETURN, 0, 0, _ERRNO | errno.EIO),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(len(code), code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "no seccomp")
