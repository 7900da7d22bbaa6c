"""A function in a forked process that is killed where it does not answer in time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from typing import Any

FORK = multiprocessing.get_context("fork")


def answers(function: Callable[[Any], Any], tasks: Iterable[Any], patience: float) -> Iterator[Any]:
    """The answers in order; None for a task on which the process hung or died, and was started again."""
    process, pipe = _started(function)
    try:
        for task in tasks:
            pipe.send(task)
            try:
                answer = pipe.recv() if pipe.poll(patience) else None
            except (EOFError, ConnectionError):
                answer = None
            yield answer
            if answer is None:
                _stop(process, pipe)
                process, pipe = _started(function)
    finally:
        _stop(process, pipe)


def _started(function: Callable[[Any], Any]) -> tuple[Any, Any]:
    """The process, once it has said that it is ready."""
    near, far = FORK.Pipe()
    process = FORK.Process(target=_serve, args=(far, function), daemon=True)
    process.start()
    far.close()
    near.recv()
    return process, near


def _serve(pipe: Any, function: Callable[[Any], Any]) -> None:
    function(None)
    pipe.send("ready")
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send(function(task))


def _stop(process: Any, pipe: Any) -> None:
    process.kill()
    process.join()
    pipe.close()
