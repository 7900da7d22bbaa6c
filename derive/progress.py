"""A bar on standard error while something takes long. Where that is no terminal there is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 0.7
"""Seconds of silence."""

Done = Callable[[int, int], None]
"""Called with how many of how many are done."""


@contextmanager
def progress(what: str) -> Iterator[Done | None]:
    """Whom to tell how far the work is; None where nobody looks."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar, begun = _bar(), time.monotonic()
    task: list[TaskID] = []

    def done(so_far: int, total: int) -> None:
        if time.monotonic() - begun < PATIENCE:
            return
        if not task:
            bar.start()
            task.append(bar.add_task(what, total=total))
        bar.update(task[0], completed=so_far, refresh=True)

    try:
        yield done
    finally:
        if task:
            bar.stop()


def _bar() -> Progress:
    """Without a thread of its own: other processes are forked meanwhile."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
    )
