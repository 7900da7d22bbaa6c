"""How many samples evidence may choose from, and how certain each interval must be for all of them at once.

Evidence names a seed and a number of draws. Whoever is free to choose them could look until a false claim passes. So both come from
short lists, and each interval holds with so high a probability that *all* of them hold, whatever is chosen afterwards.
"""

from __future__ import annotations

from math import log
from random import Random

from derive.kernel.verdict import NotAdmitted

SEEDS = 1000
"""The admissible seeds are 0, 1, ..., SEEDS - 1."""
SIZES: tuple[int, ...] = tuple(2**k for k in range(10, 19))
"""The admissible numbers of draws (of each factor, for an estimator that draws factor by factor)."""
MOST_NUMBERS = 2**22
"""Random numbers drawn in all."""
ESTIMATORS = ("full_grid", "tilt", "bounded_mean")
FALSE_ALARM = 1e-9
"""The probability that any one of the admissible samples misleads."""
MISSED = 1e-3
"""A deviation is detectable if it would be missed with at most this probability."""
LOOKS = SEEDS * len(SIZES) * len(ESTIMATORS)
DRAWS_OF_AN_OPERATION = 25


def nats(probability: float) -> float:
    """-ln of a probability: what an exponential bound must reach."""
    return -log(probability)


ONE_LOOK = nats(FALSE_ALARM / LOOKS)
"""For one interval."""
POWER = nats(MISSED)


def require_admissible(seed: int, draws: int, numbers: int) -> None:
    """The sample is one of those that were counted. Raises NotAdmitted."""
    if not 0 <= seed < SEEDS or draws not in SIZES or numbers > MOST_NUMBERS:
        raise NotAdmitted("a seed or a number of draws outside the lists that the false-alarm probability counts")


def generator(estimator: str, seed: int, draws: int) -> Random:
    """Python's Mersenne Twister, a different stream for each look. (That its numbers behave as independent ones is the assumption
    that every simulation makes.)"""
    return Random(f"{estimator} {seed} {draws}")
