"""Work in a process that can be killed: a library that hangs or aborts costs one task, not the program.

One forked process works through the tasks in order, ahead of the answers; it has the tasks from the fork, and sends each
answer as a line of JSON through a pipe: plain data, evidence but never a verdict; the caller admits it again. The process is
ended by its own timers after ``patience`` seconds of its *computing* time, so that a busy machine does not matter; after
``patience`` seconds in which it slept; and after ``SLOWEST`` times that by the clock on the wall. Where the system cannot
fork, the work is done in this process.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from derive.evidence_json import Unreadable, from_json, to_json

MEMORY_LIMIT = 2 << 30
"""Bytes of address space that the work may use beyond what was in use at the fork."""
SLOWEST = 20
"""Seconds on the wall for each second of patience: a machine twenty times too busy."""
LOOK = 0.1
"""Seconds between two looks at a process that has not answered."""
LONGEST_ANSWER = 4_000_000

R = TypeVar("R")
Task = tuple[Any, ...]

ENDINGS = {
    "SIGPROF": "stopped after {patience:g} s of computing",
    "SIGXCPU": "stopped after {patience:g} s of computing",
    "SIGALRM": "stopped after {wall:g} s",
    "SIGABRT": "a library aborted",
    "SIGFPE": "a library crashed (arithmetic fault)",
    "SIGSEGV": "a library crashed (memory fault)",
    "SIGBUS": "a library crashed (memory fault)",
    "SIGILL": "a library crashed (illegal instruction)",
    "SIGKILL": "its process was killed, perhaps for want of memory",
}


@dataclass(frozen=True, slots=True)
class Lost:
    """Work that came to nothing, and why; ``before`` is the last answer that it gave before it was lost. All of it is known by
    the clock or by accident: never to be kept."""

    reason: str
    before: Any = None


@dataclass(slots=True)
class Worker(Generic[R]):
    """``function`` applied to the ``tasks`` in order; the process is ended where it hangs, and another one goes on.

    ``function`` yields its answer, and better ones while it goes on; the last counts. ``kind`` is the type of an answer, as
    written in an annotation.
    """

    function: Callable[..., Iterator[R]]
    tasks: deque[Task]
    kind: Any
    patience: float
    process: int | None = None
    pipe: int = -1
    asked: int = 0
    unread: bytearray = field(default_factory=bytearray)
    lines: deque[bytes] = field(default_factory=deque)

    def answer(self) -> R | Lost:
        """The result for the next task. Raises IndexError where no task is left."""
        if not can_fork():
            return _here(self.function, self.tasks.popleft())
        answer = self._last_found() if self.start() else Lost("no process could be started")
        self.tasks.popleft()
        return answer

    def start(self) -> bool:
        """Have a process at work on the tasks that are left."""
        if self.process is None and self.tasks and can_fork():
            try:
                ours, theirs = os.pipe()
            except OSError:
                return False
            try:
                self.process = os.fork()
            except OSError:
                os.close(ours)
                os.close(theirs)
                return False
            if self.process == 0:
                os.close(ours)
                _serve(theirs, self.function, self.tasks, self.patience)
            os.close(theirs)
            self.pipe, self.asked = ours, 0
        return self.process is not None

    def _last_found(self) -> R | Lost:
        """The last answer before the end of the task, or before the process is lost."""
        found = b""
        lost = None
        while lost is None:
            lost = None if self.lines else self._wait()
            try:
                kind, text = self._split(self.lines.popleft()) if lost is None else (b"", b"")
                if kind == b"found":
                    found = text
                elif kind:
                    self.asked += 1
                    return self._read(found) if kind == b"end" else Lost(str(from_json(text, str)), self._before(found))
            except (Unreadable, ValueError):
                lost = Lost("its answer could not be read")
        self.stop()
        return Lost(lost.reason, self._before(found))

    def _split(self, line: bytes) -> tuple[bytes, bytes]:
        """What kind of line it is, and its content. Raises ValueError."""
        number, kind, text = line.split(b" ", 2)
        if int(number) != self.asked or kind not in (b"found", b"end", b"lost"):
            raise ValueError("a line out of turn")
        return kind, text

    def _read(self, text: bytes) -> R:
        result: R = from_json(text, self.kind)
        return result

    def _before(self, text: bytes) -> R | None:
        try:
            return self._read(text) if text else None
        except Unreadable:
            return None

    def _wait(self) -> Lost | None:
        """Until there is a line to be read."""
        poll = select.poll()
        poll.register(self.pipe, select.POLLIN | select.POLLHUP)
        watch = _Watch(self.process or 0, self.patience)
        while not self.lines:
            if poll.poll(1000 * LOOK):
                chunk = os.read(self.pipe, 1 << 16)
                if not chunk:
                    return self._ended()
                self._take(chunk)
                if len(self.unread) > LONGEST_ANSWER:
                    return Lost("its answer is too long")
            elif (reason := watch.reason()) is not None:
                return Lost(reason)
        return None

    def _take(self, chunk: bytes) -> None:
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            self.lines.append(bytes(self.unread) + line)
            self.unread.clear()
        self.unread += rest

    def _ended(self) -> Lost:
        """Why the process ended, or at least closed its end of the pipe."""
        assert self.process is not None
        for _ in range(20):
            found, status = os.waitpid(self.process, os.WNOHANG)
            if found:
                _end_group(self.process)
                self.process = None
                return Lost(self._reason(status))
            time.sleep(0.01)
        return Lost("its process closed the pipe")

    def _reason(self, status: int) -> str:
        if not os.WIFSIGNALED(status):
            return "its process ended before the answer"
        name = signal.Signals(os.WTERMSIG(status)).name
        text = ENDINGS.get(name, f"its process was ended ({name})")
        return text.format(patience=self.patience, wall=self.patience * SLOWEST)

    def stop(self) -> None:
        """End the process, if there is one; the tasks whose answers were not asked for stay."""
        if self.process is not None:
            _end_group(self.process)
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self.process, 0)
            self.process = None
        if self.pipe >= 0:
            os.close(self.pipe)
            self.pipe = -1
        self.unread.clear()
        self.lines.clear()


def can_fork() -> bool:
    return hasattr(os, "fork") and sys.platform != "emscripten"


def _end_group(process: int) -> None:
    """Also what the process started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)


class _Watch:
    """Looks at a process that does not answer: asleep for too long, or too slow by the clock on the wall."""

    def __init__(self, process: int, patience: float) -> None:
        self.process, self.patience = process, patience
        self.began = self.awake = time.monotonic()
        self.used = ""

    def reason(self) -> str | None:
        """Why it should be ended now, or None."""
        now = time.monotonic()
        state, used = _state(self.process)
        if state == "Z":
            return "its process ended before the answer"
        if state != "S" or used != self.used:
            self.awake, self.used = now, used
        if now - self.awake > self.patience:
            return f"stopped after {self.patience:g} s in which it waited for something"
        if now - self.began > self.patience * SLOWEST + 1:  # its own timer failed
            return f"stopped after {self.patience * SLOWEST:g} s"
        return None


def _state(process: int) -> tuple[str, str]:
    """R running or waiting for its turn, S asleep, Z ended; with the computing time used so far. Linux only, else unknown."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            entries = file.read().rpartition(")")[2].split()
        return entries[0], f"{entries[11]} {entries[12]}"
    except (OSError, IndexError):
        return "?", ""


# ------------------------------------------------------------------------------------------------ inside the process


def _here(function: Callable[..., Iterator[R]], task: Task) -> R | Lost:
    """In this process, where there can be no other."""
    found: list[R] = []
    broken = _done(function, task, found.append)
    return found[-1] if broken is None and found else Lost(broken or "no answer", found[-1] if found else None)


def _done(function: Callable[..., Iterator[R]], task: Task, found: Callable[[R], None]) -> str | None:
    """None, or why it broke down; its answers go to ``found``."""
    try:
        for result in function(*task):
            found(result)
    except MemoryError:
        return "out of memory"
    except RecursionError:
        return "nested too deeply"
    except BaseException as fault:  # also SystemExit: a fault of ours or of a library costs this task, nothing more
        return f"broke down ({type(fault).__name__})"
    return None


def _serve(pipe: int, function: Callable[..., Iterator[R]], tasks: Iterable[Task], patience: float) -> None:
    """Work through the tasks and end the process; nothing of the parent's is run or written on the way out."""
    code = 1
    try:
        _settle()
        for number, task in enumerate(tasks):
            _set_timers(patience, patience * SLOWEST)
            broken = _done(function, task, partial(_send, pipe, number, "found"))
            _send(pipe, number, "end" if broken is None else "lost", broken)
        code = 0
    finally:
        os._exit(code)


def _send(pipe: int, number: int, kind: str, content: object) -> None:
    """A line to the parent. Waiting for the parent to read is nobody's fault: the timers stand still."""
    line = f"{number} {kind} {to_json(content)}\n".encode("ascii")
    left = _set_timers(0, 0)
    while line:
        line = line[os.write(pipe, line) :]
    _set_timers(*left)


def _settle() -> None:
    """A group of its own, no collections (the process lives for seconds and its memory is bounded), memory bounded, and what
    libraries print when they abort goes nowhere."""
    import faulthandler
    import gc

    os.setpgid(0, 0)
    gc.disable()
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in (signal.SIGPROF, signal.SIGALRM, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    _bound_memory()


def _bound_memory() -> None:
    import resource

    in_use = 0
    with suppress(OSError, ValueError, IndexError), open("/proc/self/statm", encoding="ascii") as file:
        in_use = int(file.read().split()[0]) * resource.getpagesize()
    limit, hard = in_use + MEMORY_LIMIT, resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _set_timers(computing: float, wall: float) -> tuple[float, float]:
    """Timers whose signals end the process, wherever it is: after so many seconds of computing, or many more on the wall.
    What was left on them."""
    return signal.setitimer(signal.ITIMER_PROF, computing)[0], signal.setitimer(signal.ITIMER_REAL, wall)[0]


@contextmanager
def working(
    function: Callable[..., Iterator[R]], tasks: Iterable[Task], kind: Any, patience: float
) -> Iterator[Worker[R]]:
    """A worker on these tasks, started at once and stopped at the end. ``kind``: the type of an answer."""
    worker: Worker[R] = Worker(function, deque(tasks), kind, patience)
    try:
        worker.start()
        yield worker
    finally:
        worker.stop()
