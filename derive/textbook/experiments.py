"""The experiments of empirical entries, run beside the judging, in a process of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from derive.core import InputError
from derive.entry import Count, Entry, Experiment
from derive.ledger import JudgedCount, judged_count
from derive.worker import Lost, Worker, working

PATIENCE = 60.0
"""Seconds of computing after which an experiment is stopped, the last resort."""

Row = tuple[str, int, int]


@contextmanager
def experimenting(asked: Sequence[Entry]) -> Iterator[Worker[tuple[Row, ...]]]:
    """A worker whose answers are the counts of those entries that have an experiment, in their order."""
    tasks = [(entry.experiment,) for entry in asked if entry.experiment]
    with working(_run, tasks, tuple[Row, ...], PATIENCE) as worker:
        yield worker


def _run(experiment: Experiment) -> Iterator[tuple[Row, ...]]:
    yield tuple((count.setting, count.successes, count.trials) for count in experiment.run(experiment.seed))


def counts_of(entry: Entry, worker: Worker[tuple[Row, ...]]) -> tuple[JudgedCount, ...]:
    """The counts with their intervals. Raises InputError where the experiment broke down."""
    if entry.experiment is None:
        return ()
    answer = worker.answer()
    if isinstance(answer, Lost):
        raise InputError(f"the experiment of claim {entry.id} came to nothing: {answer.reason}; try again")
    return tuple(judged_count(Count(*row)) for row in answer)
