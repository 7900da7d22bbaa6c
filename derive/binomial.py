"""Exact intervals for a probability, from the number of successes.

C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26
(1934). Whole numbers throughout: the same on every machine.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

BITS = 20
"""The ends are found to 2^-20, and rounded outwards."""
LEVEL = Fraction(95, 100)


def clopper_pearson(successes: int, trials: int, level: Fraction = LEVEL) -> tuple[Fraction, Fraction]:
    """An interval that covers the true probability with probability at least ``level``, whatever it is."""
    tail = (1 - level) / 2
    return _lower(successes, trials, tail), 1 - _lower(trials - successes, trials, tail)


def _lower(successes: int, trials: int, tail: Fraction) -> Fraction:
    """The largest p = j / 2^BITS at which as many successes or more still have at most the probability ``tail``."""
    if not successes:
        return Fraction(0)
    low, high = 0, 1 << BITS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _at_least(successes, trials, middle) <= tail else (low, middle)
    return Fraction(low, 1 << BITS)


def _at_least(successes: int, trials: int, j: int) -> Fraction:
    """P(X >= successes) for X binomial with p = j / 2^BITS, 0 < j < 2^BITS: each term from the one before, the shorter side."""
    whole = 1 << BITS
    below = successes <= trials - successes
    start, stop = (0, successes) if below else (successes, trials + 1)
    term = comb(trials, start) * j**start * (whole - j) ** (trials - start)
    total = 0
    for i in range(start, stop):
        total += term
        term = term * ((trials - i) * j) // ((i + 1) * (whole - j))
    share = Fraction(total, whole**trials)
    return 1 - share if below else share
