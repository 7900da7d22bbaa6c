"""What a claim may cost, in operations: the same on every machine, busy or not.

An operation is a node of a term visited by a rule, a step of a search for a sign, a term of a polynomial product, a point
sampled. ``spend`` counts it on the meter of the claim at work; where that runs out, ``BudgetSpent`` ends the work.

The meter is a context variable, the one thing in the kernel that is not handed from function to function: the rules would
otherwise carry it through some two hundred signatures and lose it in the first that forgets. It decides no verdict: it can
only end the work, and without a meter nothing is counted. A function that remembers its results must be ``remembered``, so
that the second call costs what the first did and a claim costs the same wherever it stands in a document.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from derive.core import BUDGET

POINT = 10
"""Operations for a sampled point, beside those of its use."""

P = ParamSpec("P")
R = TypeVar("R")


class BudgetSpent(Exception):
    """The operations allowed for a claim are used up."""


class Meter:
    """Operations left, and how many there were; and what was found with them, for those who come back to it."""

    __slots__ = ("found", "left", "total")

    def __init__(self, total: int) -> None:
        self.total = self.left = total
        self.found: dict[Any, Any] = {}

    @property
    def spent(self) -> int:
        return self.total - self.left


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


def spend(operations: int = 1) -> None:
    """Count operations. Raises BudgetSpent where none are left."""
    meter = _METER.get()
    if meter is not None:
        meter.left -= operations
        if meter.left < 0:
            raise BudgetSpent("the budget of operations is used up")


def at_hand() -> dict[Any, Any]:
    """A table for what is worked out on the meter at work, empty when the meter was made: what one claim finds costs the next
    one as much as ever. Without a meter it is a new one."""
    meter = _METER.get()
    return {} if meter is None else meter.found


@contextmanager
def metered(total: int) -> Iterator[Meter]:
    """A meter with so many operations for what is done inside."""
    meter = Meter(total)
    token = _METER.set(meter)
    try:
        yield meter
    finally:
        _METER.reset(token)


def costing(work: Callable[[], R]) -> tuple[R, int]:
    """The result of some work and how many operations it was, which are not spent yet. Raises BudgetSpent where that would be
    more than are left."""
    meter = _METER.get()
    inner = Meter(BUDGET * 1000 if meter is None else max(0, meter.left))
    token = _METER.set(inner)
    try:
        return work(), inner.spent
    finally:
        _METER.reset(token)


def within(operations: int, work: Callable[[], R]) -> R | None:
    """The result of some work that may cost at most so many operations of those that are left, or None where it would cost more;
    what it cost is spent either way. Raises BudgetSpent where none are left."""
    meter = _METER.get()
    inner = Meter(operations if meter is None else min(operations, max(0, meter.left)))
    inner.found = inner.found if meter is None else meter.found
    token = _METER.set(inner)
    try:
        found: R | None = work()
    except BudgetSpent:
        found = None
    finally:
        _METER.reset(token)
    spend(inner.spent)
    return found


def remembered(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """``lru_cache`` for functions that spend: a result from memory costs what it cost when it was computed."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=maxsize)
        def computed(*args: Hashable) -> tuple[R, int]:
            return costing(lambda: function(*args))  # type: ignore[call-arg, arg-type]

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            result, cost = computed(*args, **kwargs)  # type: ignore[arg-type]
            spend(cost)
            return result

        call.cache_clear = computed.cache_clear  # type: ignore[attr-defined]
        return call

    return decorate
