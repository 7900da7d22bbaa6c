"""Search in a process that can be killed: a library that hangs or aborts costs one claim, not the program.

One forked process and a pipe. Evidence comes back, never a verdict; the caller admits it again. Where the system cannot fork,
the search runs in this process.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from derive.checkers import Found, search
from derive.core import Claim, Hints

MEMORY_LIMIT = 4 << 30
"""Bytes of address space that a search may use."""
AHEAD = 8
"""Tasks in the pipe at once: few enough that neither end ever waits for the other to read."""


Task = tuple[Claim, Hints]


@dataclass(slots=True)
class Worker:
    """A searcher behind a pipe, working ahead on ``tasks``; started when first asked, and again after it had to be killed."""

    patience: float
    audit: bool
    tasks: deque[Task]
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
                self.connection.send((*self.sent[-1], self.audit))

    def answer(self) -> Found:
        """What the search found for the next task; after ``patience`` seconds it is killed and has found nothing."""
        if not can_fork():
            claim, hints = self.tasks.popleft()
            return search(claim, hints, audit=self.audit)
        self.work_ahead()
        assert self.connection is not None
        try:
            if self.connection.poll(self.patience):
                found = self.connection.recv()
                assert isinstance(found, Found)
                self.sent.popleft()
                return found
            reason = f"the search was stopped after {self.patience:g} s"
        except (EOFError, ConnectionError):
            reason = "the search process died (a library aborted or ran out of memory)"
        self.stop()
        return Found(tried=(reason,))

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.connection, far_end = context.Pipe()
        self.process = context.Process(target=_serve, args=(far_end,), daemon=True)
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


def _serve(connection: Connection) -> None:
    """Answer claims until the pipe closes."""
    import resource
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    while True:
        try:
            claim, hints, audit = connection.recv()
        except (EOFError, OSError):
            return
        try:
            connection.send(search(claim, hints, audit=audit))
        except MemoryError:
            connection.send(Found(tried=("the search ran out of memory",)))
        except Exception as fault:  # a fault of ours or of a library costs this claim, not the page
            connection.send(Found(tried=(f"the search broke down ({type(fault).__name__})",)))


@contextmanager
def searching(tasks: Iterable[Task], patience: float, audit: bool) -> Iterator[Worker]:
    """A worker on these tasks, in order; it is stopped at the end."""
    worker = Worker(patience, audit, deque(tasks))
    try:
        worker.work_ahead()
        yield worker
    finally:
        worker.stop()
