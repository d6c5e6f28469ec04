"""The inside of an engine's child process: builds the adapter, one thread a lane."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, Final

from app import log_setup
from resources.notices import Fault

_TIDY_S: Final = 1.0


def child_main(pipe: Connection, factory: str, args: tuple[Any, ...], lanes: tuple[str, ...]) -> None:
    """Build the adapter and answer calls until the pipe closes. The child's main thread only reads the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log_setup.to_stderr()
    with contextlib.suppress(OSError, ValueError):
        os.dup2(2, 1)  # standard output belongs to the desk's own lines
    answering = threading.Lock()

    def answer(number: int, ok: bool, value: Any) -> None:
        try:
            with answering:
                pipe.send((number, ok, value))
        except OSError:
            os._exit(0)

    try:
        module, _, function = factory.partition(":")
        adapter = getattr(importlib.import_module(module), function)(*args)
    except BaseException as error:
        answer(-1, False, _portable(error))
        return

    tidy = _tidying()
    tidy()
    queues: dict[str, queue.SimpleQueue[Any]] = {lane: queue.SimpleQueue() for lane in lanes}

    def work(lane: str) -> None:
        for number, method, values in _items(queues[lane], tidy):
            try:
                value = getattr(adapter, method)(*values)
            except Exception as error:
                answer(number, False, _portable(error))
            else:
                answer(number, True, value)
            tidy()

    for lane in lanes:
        threading.Thread(target=work, args=(lane,), name=lane, daemon=True).start()
    answer(-1, True, time.process_time())
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)  # the desk is gone: nobody waits for what still runs
        if message is None:
            os._exit(0)
        number, lane, method, values = message
        queues[lane].put((number, method, values))


def _tidying() -> Callable[[], None]:
    """Return what gives freed memory back to the system, once a second at the most; elsewhere than Linux nothing.

    The allocator keeps what a long utterance or a model's reading took: 60 to 80 MB a child.
    """
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if give_back is None:
        return lambda: None
    last = -_TIDY_S

    def tidy() -> None:
        nonlocal last
        if time.monotonic() - last >= _TIDY_S:
            give_back(0)
            last = time.monotonic()

    return tidy


def _items(source: queue.SimpleQueue[Any], rest: Callable[[], None]) -> Iterator[Any]:
    while True:
        try:
            yield source.get(timeout=_TIDY_S)
        except queue.Empty:
            rest()
            yield source.get()


def _portable(error: BaseException) -> BaseException:
    """Return ``error``, or its description where it does not survive the pipe."""
    if not isinstance(error, Fault):
        error.add_note("in the child process:\n" + "".join(traceback.format_tb(error.__traceback__)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
