"""Terms as functions of floats, for search only: NaN where there is no real value."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from derive.checkers.screen import UNDEFINED, NotCompiled, compiled
from derive.core import Term

Numbers = Mapping[str, float | Sequence[float]]
"""Letters with their values, families with those of their members."""
Floating = Callable[[Numbers], float]


def floating(term: Term) -> Floating:
    """The value at given numbers as a float, NaN where there is none."""
    try:
        inner = compiled(term)
    except (NotCompiled, OverflowError):
        return lambda numbers: math.nan

    def value(numbers: Numbers) -> float:
        try:
            found = inner(numbers)
            return math.nan if isinstance(found, complex) else float(found)
        except UNDEFINED:
            return math.nan

    return value
