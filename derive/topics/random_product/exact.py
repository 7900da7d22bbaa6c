"""The law of a product of independent weights with finitely many values, in exact fractions."""

from __future__ import annotations

from fractions import Fraction

from derive.core import FiniteLaw

MOST_VALUES = 4000


def product_law(law: FiniteLaw, n: int) -> dict[Fraction, Fraction] | None:
    """The probability of each value of w_1 ... w_n; None where there are more than MOST_VALUES values on the way."""
    found = {Fraction(1): Fraction(1)}
    for _ in range(n):
        grown: dict[Fraction, Fraction] = {}
        for x, p in found.items():
            for y, q in law.atoms:
                grown[x * y] = grown.get(x * y, Fraction(0)) + p * q
        if len(grown) > MOST_VALUES:
            return None
        found = grown
    return found
