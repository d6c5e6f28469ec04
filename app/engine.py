"""The generic host of a child process that runs one adapter behind its port.

A crash or hang in native code ends the child, never the desk: the host starts a new one and repeats the
request, which is why adapters are stateless.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

import psutil

from app.engine_child import child_main
from resources.notices import Fault

_log = logging.getLogger(__name__)
_TICK_S: Final = 0.25
"""How often the watch looks at deadlines; a crash is seen at once, without it."""


class EngineFault(Fault):
    """A child process could not be started, or gave up on a request."""


class PoisonedRequest(EngineFault):
    """This one request ended the child again and again; other requests go on."""


@dataclass(slots=True)
class _Request:
    """One call on its way. Written by the caller, settled by the watch or by the caller's failed send."""

    lane: str
    deadline: float
    done: threading.Event = field(default_factory=threading.Event)
    ok: bool = False
    value: Any = None
    lost: bool = False
    """The child ended before it answered."""


@dataclass(slots=True)
class _Child:
    """One incarnation of the child process."""

    process: BaseProcess
    pipe: Connection
    send_lock: threading.Lock = field(default_factory=threading.Lock)
    load_cpu: float = 0.0
    cpu: float = 0.0
    """Processor seconds since the process began, as last seen."""


class Engine:
    """Hosts ONE spawned child that builds an adapter and answers calls on separate lanes.

    Each lane has its own thread in the child, so voice activity never waits for a decode. Calls of one lane
    are answered one at a time. A call that outlasts its timeout counts as a hang: the child is killed, started
    again and the call repeated, at most ``tries`` times.

    Thread: :meth:`call` from any thread (it blocks its caller); a watch thread ``engine-NAME`` reads answers,
    sees the child end, and restarts it. ``on_restart`` is called there with the count of restarts so far; it may
    be replaced at any time and must only hand off.
    """

    def __init__(
        self,
        name: str,
        factory: str,
        args: tuple[Any, ...] = (),
        lanes: tuple[str, ...] = ("work",),
        *,
        timeout_s: float = 30.0,
        load_timeout_s: float = 180.0,
        tries: int = 3,
        on_restart: Callable[[int], None] | None = None,
    ) -> None:
        """Describe an engine; nothing runs before :meth:`start`.

        Args:
            name: Short name for threads, events and sentences, e.g. ``speech``.
            factory: ``"module:function"``, imported in the child; called with ``args`` it returns the adapter.
            args: Picklable arguments of the factory.
            lanes: Names of the lanes.
            timeout_s: Seconds one request may take before the child counts as hung; doubled with every new try.
            load_timeout_s: Seconds the factory may take.
            tries: How often one request, or loading, may end the child before it is given up.
            on_restart: See the class.
        """
        self.name = name
        self.on_restart = on_restart
        self._factory = factory
        self._args = args
        self._timeout_s = timeout_s
        self._load_timeout_s = load_timeout_s
        self._tries = tries
        self._lanes = {lane: threading.Lock() for lane in lanes}
        self._state = threading.Condition()
        self._child: _Child | None = None
        self._failure: BaseException | None = None
        self._waiting: dict[int, _Request] = {}
        self._next_id = 0
        self._restarts = 0
        self._past_cpu = 0.0
        self._past_load_cpu = 0.0
        self._closing = False
        self._watch: threading.Thread | None = None

    @property
    def restarts(self) -> int:
        """How often the child was started again."""
        return self._restarts

    @property
    def loading(self) -> bool:
        """Whether the child is being started: before the first call, or again after it ended."""
        return self._watch is not None and self._child is None and self._failure is None and not self._closing

    @property
    def pid(self) -> int | None:
        """Process id of the ready child, None while there is none."""
        child = self._child
        return child.process.pid if child else None

    def start(self) -> None:
        """Begin to load the child; returns at once. Again after a failed load, it tries anew."""
        with self._state:
            if self._closing or (self._watch and self._watch.is_alive() and self._failure is None):
                return
            old, self._failure = self._watch, None
        if old:
            old.join()
        with self._state:
            self._watch = threading.Thread(target=self._run, name=f"engine-{self.name}", daemon=True)
            self._watch.start()
        atexit.register(self.close)

    def wait_ready(self, timeout: float | None = None) -> None:
        """Block until the adapter is built.

        Raises:
            Fault: The adapter's factory refused, or the child cannot be started.
            EngineFault: Not ready within ``timeout`` seconds.
        """
        self._ready_child(None if timeout is None else time.monotonic() + timeout)

    def call(self, lane: str, method: str, *args: Any, timeout_s: float | None = None) -> Any:
        """Call ``method`` of the adapter on ``lane`` and return what it returns; starts the engine when needed.

        Raises:
            PoisonedRequest: This request ended the child ``tries`` times.
            EngineFault: The child cannot be started, or the engine is closed.
            Exception: Whatever the adapter raised, as itself.
        """
        if self._watch is None:
            self.start()
        with self._lanes[lane]:
            for attempt in range(self._tries):
                child = self._ready_child(None)
                # Longer with every try: what looked like a hang may have been a PC under load.
                request = self._send(child, lane, method, args, (timeout_s or self._timeout_s) * 2**attempt)
                request.done.wait()
                if request.lost:
                    continue
                if request.ok:
                    return request.value
                raise request.value
        if self._closing:
            raise EngineFault("models.engine_closed", name=self.name)
        raise PoisonedRequest("models.engine_gave_up", name=self.name)

    def cpu_seconds(self) -> float:
        """Return processor seconds of the child since it was ready, past incarnations included. Any thread."""
        with self._state:
            child = self._child
            if child:
                _measure(child)
            return self._past_cpu + (max(0.0, child.cpu - child.load_cpu) if child else 0.0)

    def load_cpu_seconds(self) -> float:
        """Return processor seconds spent on loading, restarts included. Any thread."""
        with self._state:
            return self._past_load_cpu + (self._child.load_cpu if self._child else 0.0)

    def close(self) -> None:
        """End the child and the watch; waiting calls raise. May be called twice."""
        with self._state:
            self._closing = True
            self._state.notify_all()
            watch = self._watch
        if watch:
            watch.join()
        atexit.unregister(self.close)

    # -- calling side

    def _ready_child(self, deadline: float | None) -> _Child:
        with self._state:
            while True:
                if self._closing:
                    raise EngineFault("models.engine_closed", name=self.name)
                if self._failure:
                    raise self._failure
                if self._child:
                    return self._child
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise EngineFault("models.engine_slow", name=self.name)
                self._state.wait(left)

    def _send(self, child: _Child, lane: str, method: str, args: tuple[Any, ...], timeout_s: float) -> _Request:
        request = _Request(lane, time.monotonic() + timeout_s)
        with self._state:
            if self._child is not child:
                request.lost = True
                request.done.set()
                return request
            number = self._next_id
            self._next_id += 1
            self._waiting[number] = request
        try:
            with child.send_lock:
                child.pipe.send((number, lane, method, args))
        except OSError:
            # The watch settles every waiting request when the child ends; this one is among them.
            child.process.kill()
        except BaseException as error:
            if isinstance(error, TypeError) and child.pipe.closed:
                return request  # put away while this send was blocked; settled as above
            with self._state:
                self._waiting.pop(number, None)
            raise
        return request

    # -- watch thread

    def _run(self) -> None:
        try:
            self._keep_alive()
        except Exception as error:
            _log.exception("engine %s watch failed", self.name)
            self._give_up(error)

    def _keep_alive(self) -> None:
        failed_loads = 0
        while not self._closing:
            child = self._spawn()
            loaded, refusal = self._load(child)
            if loaded:
                failed_loads = 0
                self._serve(child)
            self._end(child)
            if refusal:
                self._give_up(refusal)
                return
            if self._closing:
                break
            if not loaded:
                failed_loads += 1
                if failed_loads >= self._tries:
                    self._give_up(EngineFault("models.engine_start", name=self.name))
                    return
            self._restarts += 1
            _log.info("engine %s restarted (%d)", self.name, self._restarts)
            if self.on_restart:
                self.on_restart(self._restarts)
        with self._state:
            self._state.notify_all()

    def _spawn(self) -> _Child:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=child_main,
            args=(theirs, self._factory, self._args, tuple(self._lanes)),
            name=f"doumi-{self.name}",
            daemon=True,
        )
        process.start()
        theirs.close()
        return _Child(process, ours)

    def _load(self, child: _Child) -> tuple[bool, BaseException | None]:
        """Wait for the adapter: whether it is there, and what the factory raised instead."""
        deadline = time.monotonic() + self._load_timeout_s
        while not self._closing and time.monotonic() < deadline:
            try:
                if not child.pipe.poll(_TICK_S):
                    continue
                _, ok, value = child.pipe.recv()
            except (EOFError, OSError):
                break
            except Exception:
                _log.exception("engine %s sent what cannot be read", self.name)
                break
            if not ok:
                return False, value
            with self._state:
                child.load_cpu = child.cpu = value
                self._child = child
                self._state.notify_all()
            return True, None
        return False, None

    def _serve(self, child: _Child) -> None:
        """Hand out answers until the child ends, hangs or is to be closed."""
        while not self._closing:
            try:
                if child.pipe.poll(_TICK_S):
                    number, ok, value = child.pipe.recv()
                    with self._state:
                        request = self._waiting.pop(number, None)
                    if request:
                        request.ok, request.value = ok, value
                        request.done.set()
                    continue
            except (EOFError, OSError):
                return
            except Exception:
                _log.exception("engine %s sent what cannot be read", self.name)
                return
            now = time.monotonic()
            with self._state:
                late = [request.lane for request in self._waiting.values() if request.deadline < now]
            if late:
                _log.warning("engine %s hung on lane %s", self.name, late[0])
                return

    def _end(self, child: _Child) -> None:
        """Put a child away: count its time, settle what waited for it."""
        _measure(child)  # before it is reaped
        # A child that cannot even read is killed right away rather than waited for.
        if self._closing and child.send_lock.acquire(timeout=0.1):
            with contextlib.suppress(OSError):
                child.pipe.send(None)
            child.send_lock.release()
            child.process.join(1.0)
        if child.process.is_alive():
            child.process.kill()
        child.process.join()
        child.pipe.close()
        with self._state:
            if self._child is child:
                self._past_cpu += max(0.0, child.cpu - child.load_cpu)
                self._past_load_cpu += child.load_cpu
            self._child = None
            lost, self._waiting = list(self._waiting.values()), {}
        for request in lost:
            request.lost = True
            request.done.set()

    def _give_up(self, error: BaseException) -> None:
        with self._state:
            self._failure = error
            self._state.notify_all()


def _measure(child: _Child) -> None:
    """Refresh the child's processor time; a child already gone keeps what was seen last."""
    with contextlib.suppress(psutil.Error, OSError):
        times = psutil.Process(child.process.pid).cpu_times()
        child.cpu = max(child.cpu, times.user + times.system)
