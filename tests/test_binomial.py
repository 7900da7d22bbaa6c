"""The exact interval against its definition, and against numbers that are well known."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from derive.binomial import BITS, clopper_pearson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(40, 40, 91.19, 100), (37, 40, 79.61, 98.43), (9, 40, 10.84, 38.45), (2, 40, 0.61, 16.92), (0, 12, 0, 26.46)],
)
def test_known_intervals(successes: int, trials: int, low: float, high: float) -> None:
    found = clopper_pearson(successes, trials)
    assert [float(end * 100) for end in found] == pytest.approx([low, high], abs=0.01)


def test_the_ends_leave_the_tails() -> None:
    low, high = clopper_pearson(9, 40)
    tails = (
        sum(comb(40, k) * low**k * (1 - low) ** (40 - k) for k in range(9, 41)),
        sum(comb(40, k) * high**k * (1 - high) ** (40 - k) for k in range(10)),
    )
    for tail in tails:
        assert Fraction(1, 40) - Fraction(1, 2 ** (BITS - 5)) < tail <= Fraction(1, 40)


def test_symmetry() -> None:
    low, high = clopper_pearson(3, 17)
    assert clopper_pearson(14, 17) == (1 - high, 1 - low)
