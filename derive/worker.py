"""Work in a process that can be killed: a library that hangs or aborts costs one claim, not the program.

One forked process and a pipe for each kind of work (search, NumPy check). What comes back is plain data, evidence but never a
verdict; the caller admits it again. Where the system cannot fork, the work is done in this process.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Generic, TypeVar

MEMORY_LIMIT = 4 << 30
"""Bytes of address space that the work may use."""
AHEAD = 32
"""Tasks in the pipe at once: few enough that neither end ever waits for the other to read."""

R = TypeVar("R")
Task = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """Work that came to nothing, and why."""

    reason: str


@dataclass(slots=True)
class Worker(Generic[R]):
    """``function`` applied to the ``tasks`` in order, ahead of the answers; killed and started again where it hangs."""

    function: Callable[..., R]
    tasks: deque[Task]
    patience: float
    sent: deque[Task] = field(default_factory=deque)
    connection: Connection | None = None
    process: ForkProcess | None = None

    def work_ahead(self) -> None:
        """Keep a few tasks in the pipe."""
        if not can_fork():
            return
        if self.process is None:
            self._start()
        assert self.connection is not None
        with suppress(ConnectionError):  # a dead process is noticed when its answer is asked for
            while self.tasks and len(self.sent) < AHEAD:
                self.sent.append(self.tasks.popleft())
                self.connection.send(self.sent[-1])

    def answer(self) -> R | Lost:
        """The result for the next task; after ``patience`` seconds the process is killed and the result is Lost."""
        if not can_fork():
            return _done(self.function, self.tasks.popleft())
        self.work_ahead()
        assert self.connection is not None
        try:
            if self.connection.poll(self.patience):
                result: R | Lost = self.connection.recv()
                self.sent.popleft()
                return result
            lost = Lost(f"stopped after {self.patience:g} s")
        except (EOFError, ConnectionError):
            lost = Lost("the process died (a library aborted or ran out of memory)")
        self.stop()
        return lost

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.connection, far_end = context.Pipe()
        self.process = context.Process(target=_serve, args=(far_end, self.function), daemon=True)
        self.process.start()
        far_end.close()

    def stop(self) -> None:
        """Kill the process, if there is one; what was sent beyond the first task will be sent again."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
        if self.connection is not None:
            self.connection.close()
        self.process = self.connection = None
        if self.sent:
            self.sent.popleft()
        self.tasks.extendleft(reversed(self.sent))
        self.sent.clear()


def can_fork() -> bool:
    return sys.platform != "win32" and "fork" in multiprocessing.get_all_start_methods()


def _done(function: Callable[..., R], task: Task) -> R | Lost:
    try:
        return function(*task)
    except MemoryError:
        return Lost("out of memory")
    except Exception as fault:  # a fault of ours or of a library costs this claim, not the page
        return Lost(f"broke down ({type(fault).__name__})")


def _serve(connection: Connection, function: Callable[..., R]) -> None:
    """Answer tasks until the pipe closes."""
    import gc
    import resource
    import signal

    gc.disable()  # the process lives for seconds and its memory is bounded; collecting would take a tenth of its time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_done(function, task))


@contextmanager
def working(function: Callable[..., R], tasks: Iterable[Task], patience: float) -> Iterator[Worker[R]]:
    """A worker on these tasks, started at once and stopped at the end."""
    worker = Worker(function, deque(tasks), patience)
    try:
        worker.work_ahead()
        yield worker
    finally:
        worker.stop()
