"""Search in a process that can be killed: a library that hangs or aborts costs one claim, not the program.

One forked process and a pipe. Evidence comes back, never a verdict; the caller admits it again. Where the system cannot fork,
the search runs in this process.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from derive.checkers import Found, search
from derive.core import Claim, Hints

MEMORY_LIMIT = 4 << 30
"""Bytes of address space that a search may use."""


@dataclass(slots=True)
class Worker:
    """A searcher behind a pipe; started when first asked, and again after it had to be killed."""

    patience: float
    audit: bool
    connection: Connection | None = None
    process: ForkProcess | None = None
    waiting: list[tuple[Claim, Hints]] = field(default_factory=list)

    def ask(self, claim: Claim, hints: Hints) -> None:
        """Start the search for one claim; ``answer`` collects the result."""
        self.waiting.append((claim, hints))
        if not can_fork():
            return
        if self.process is None or not self.process.is_alive():
            self._start()
        assert self.connection is not None
        self.connection.send((claim, hints, self.audit))

    def answer(self) -> Found:
        """What the search found; after ``patience`` seconds it is killed and has found nothing."""
        claim, hints = self.waiting.pop()
        if not can_fork():
            return search(claim, hints, audit=self.audit)
        assert self.connection is not None
        try:
            if self.connection.poll(self.patience):
                found = self.connection.recv()
                assert isinstance(found, Found)
                return found
        except EOFError:
            self.stop()
            return Found(tried=("the search process died (a library aborted or ran out of memory)",))
        self.stop()
        return Found(tried=(f"the search was stopped after {self.patience:g} s",))

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.connection, far_end = context.Pipe()
        self.process = context.Process(target=_serve, args=(far_end,), daemon=True)
        self.process.start()
        far_end.close()

    def stop(self) -> None:
        """Kill the process, if there is one."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
        if self.connection is not None:
            self.connection.close()
        self.process = self.connection = None


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


@contextmanager
def searching(patience: float, audit: bool) -> Iterator[Worker]:
    """A worker that is stopped at the end."""
    worker = Worker(patience, audit)
    try:
        yield worker
    finally:
        worker.stop()
