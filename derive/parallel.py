"""Tasks done one after the other or by several processes at once; the answers come in the order of the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


def spread(work: Callable[[A], R], tasks: Sequence[A], jobs: int) -> Iterator[R]:
    """``work`` of each task. It and the answers must be plain data: no verdict goes from process to process."""
    if min(jobs, len(tasks)) < 2:
        yield from map(work, tasks)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    way = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    pool = ProcessPoolExecutor(min(jobs, len(tasks)), multiprocessing.get_context(way))
    try:
        yield from pool.map(work, tasks)
    finally:
        pool.shutdown(cancel_futures=True)
