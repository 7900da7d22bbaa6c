"""What the tests of the ledger's numbers share: half a unit of the last digit, exact matrices, which ids a topic shows."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np

from derive.core import Step
from derive.listing import topic

Rows = list[list[Fraction]]


@cache
def shown(name: str) -> frozenset[str]:
    """The ids that occur in the steps of the topic, with its default options."""
    made = topic(name).derivation()
    blocks = [*made.opening, *(block for section in made.sections for block in section.blocks)]
    return frozenset(name for block in blocks if isinstance(block, Step) for name in block.ledger)


def digits(value: object, printed: str) -> None:
    """``value`` rounds to the decimal numeral ``printed``: it lies within half a unit of its last digit."""
    mantissa, _, exponent = printed.partition("e")
    places = len(mantissa.partition(".")[2])
    unit = mpmath.mpf(10) ** (int(exponent or 0) - places)
    with mpmath.workdps(40):
        error = abs(mpmath.mpf(value) - mpmath.mpf(printed))
        assert error <= unit / 2 * (1 + mpmath.mpf("1e-25")), f"{value} is not {printed}"


def times(A: Rows, B: Rows) -> Rows:
    return [
        [sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0)) for column in zip(*B, strict=True)]
        for row in A
    ]


def power(A: Rows, t: int) -> Rows:
    result = [[Fraction(i == j) for j in range(len(A))] for i in range(len(A))]
    for _ in range(t):
        result = times(result, A)
    return result


def exact(rows: Any) -> Rows:
    return [[Fraction(entry) for entry in row] for row in rows]


def spectral_norm(A: Any) -> float:
    return float(np.linalg.norm(np.array(A, dtype=complex), 2))


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)
