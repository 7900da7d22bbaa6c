"""A thousand random instances of each theorem on counting in the closed list, and what fails where a hypothesis is dropped."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random


def chosen(n: int, k: int) -> int:
    """The binomial coefficient, 0 outside of 0 <= k <= n."""
    return comb(n, k) if 0 <= k <= n else 0


def vandermonde_at_a_thousand_integers() -> None:
    """For natural numbers always; not for a shorter range, nor for a negative m of which nothing can be chosen."""
    random = Random(5)
    for _ in range(1000):
        m, n, r = (random.randint(0, 25) for _ in range(3))
        assert sum(comb(m, k) * comb(n, r - k) for k in range(r + 1)) == comb(m + n, r)
    shortened = [(m, n, r) for m in range(6) for n in range(6) for r in range(1, 6)]
    assert any(sum(comb(m, k) * comb(n, r - k) for k in range(r)) != comb(m + n, r) for m, n, r in shortened)
    assert sum(chosen(-1, k) * chosen(3, 2 - k) for k in range(3)) != chosen(2, 2)


def probabilities_at_a_thousand_laws() -> None:
    """For laws of natural numbers always; not for a law with other values, nor from a later start."""
    random = Random(6)
    for _ in range(1000):
        weights = [Fraction(random.randint(1, 9)) for _ in range(random.randint(1, 9))]
        mass = {x: weight / sum(weights) for x, weight in enumerate(weights)}
        z, start = random.randint(-3, 12), random.randint(-3, 0)
        below = sum((p for x, p in mass.items() if x <= z), Fraction(0))
        assert below == sum((mass.get(x, Fraction(0)) for x in range(start, z + 1)), Fraction(0))
    halves = {Fraction(1, 2): Fraction(1, 2), Fraction(1): Fraction(1, 2)}
    assert sum(p for x, p in halves.items() if x <= 1) != sum(halves.get(Fraction(x), 0) for x in range(2))
    assert sum(p for x, p in halves.items() if x <= 1) != sum(halves.get(Fraction(x), 0) for x in range(1, 2))


COUNTING_TRIALS = {"vandermonde": vandermonde_at_a_thousand_integers, "additivity": probabilities_at_a_thousand_laws}
