"""The numbers of the claims on inexact gradients, recomputed by a second route: Fractions, mpmath, NumPy. One test for each claim."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product
from math import erfc, sqrt
from statistics import fmean

import mpmath
import numpy as np
from recomputed import digits, generator
from recomputed import shown as shown_by


def shown() -> frozenset[str]:
    return shown_by("inexact-gradients")


def moments(values: list[Fraction]) -> tuple[Fraction, Fraction]:
    mean = sum(values, Fraction(0)) / len(values)
    return mean, sum(((x - mean) ** 2 for x in values), Fraction(0)) / len(values)


def test_G1() -> None:
    """N = 5, m = 1..5, all samples listed: mean exact; v/m with replacement; (v/m)(N-m)/(N-1) without."""
    assert "G1" in shown()
    gradients = [Fraction(x) for x in (3, -1, 4, 1, -5)]
    mean, v = moments(gradients)
    for m in range(1, 6):
        ordered = [sum(batch, Fraction(0)) / m for batch in product(gradients, repeat=m)]
        assert moments(ordered) == (mean, v / m)
        subsets = [sum(batch, Fraction(0)) / m for batch in combinations(gradients, m)]
        assert moments(subsets) == (mean, v / m * Fraction(5 - m, 4))
    pairs = [(a - mean) * (b - mean) for a, b in permutations(gradients, 2)]
    assert sum(pairs, Fraction(0)) / 20 == -v / 4


def test_G2() -> None:
    """Truncated backpropagation at a = .9, K = 20: relative bias .12157664 for long runs against a^K = .12157665; .080 at T = 40."""
    assert "G2" in shown()
    a, K = Fraction(9, 10), 20
    digits(mpmath.mpf(a.numerator) ** K / mpmath.mpf(a.denominator) ** K, ".12157665")
    assert abs(bias(a, K, 200) - a**K) < Fraction(1, 10**6)
    digits(float(bias(a, K, 40)), ".080")
    ratios = [1 / h for h in (Fraction(1, 2), Fraction(3, 2))]
    assert moments(ratios)[0] == Fraction(4, 3)
    clipped = [max(Fraction(-1), min(Fraction(1), x)) for x in [Fraction(10)] + [Fraction(-1, 2)] * 9]
    assert moments(clipped)[0] == Fraction(-7, 20)


def bias(a: Fraction, K: int, T: int) -> Fraction:
    """The derivative of s_T by a, carried along (not by the closed form), whole and with the last K terms only."""
    states = [Fraction(0)]
    for _ in range(T):
        states.append(a * states[-1] + 1)
    whole = kept = Fraction(0)
    for k in range(T):
        whole = a * whole + states[k]
        kept = a * kept + states[k] if k >= T - K else kept
    return 1 - kept / whole


def test_G3() -> None:
    """The score does not see the normalising constant; the area under exp(-s^4) has the integrand for a derivative."""
    assert "G3" in shown()
    for x in ("-1.3", "0.2", "0.9"):
        point = mpmath.mpf(x)
        for constant in (1, 7):
            slope = mpmath.diff(lambda y, c=constant: mpmath.log(mpmath.exp(-(y**4) - mpmath.sin(3 * y)) / c), point)
            assert abs(slope + 4 * point**3 + 3 * mpmath.cos(3 * point)) < 1e-10
        area = mpmath.diff(lambda t: mpmath.quad(lambda s: mpmath.exp(-(s**4)), [0, t]), point)
        assert abs(area - mpmath.exp(-(point**4))) < 1e-8


def test_T2() -> None:
    """ "We can only approximate the gradient" as a universal sentence falls with G3."""
    assert "T2" in shown()
    assert abs(mpmath.diff(lambda t: mpmath.quad(lambda s: mpmath.exp(-(s**4)), [0, t]), 1) - mpmath.exp(-1)) < 1e-8


def test_G4() -> None:
    """eta = .1, h = 1, m = 4, sigma = 1: floor .013158, solved from the stationary equation; one long run measures it."""
    assert "G4" in shown()
    eta, h, m = Fraction(1, 10), Fraction(1), 4
    shrink = (1 - eta * h) ** 2
    stationary = (eta**2 / m) / (1 - shrink)
    digits(float(stationary), ".013158")
    assert stationary == eta / (h * (2 - eta * h) * m)
    draw = generator(5)
    x = np.zeros(20_000)
    for _ in range(100):
        x = 0.9 * x - 0.05 * draw.standard_normal(x.size)
    # 20 000 independent squares: chi-square, relative standard deviation 0.01; six of them.
    assert abs(fmean(x * x) / float(stationary) - 1) < 0.06


def test_A15() -> None:
    """q = .8, m = 16, sigma = 1: .99997/.666/.518/.5002 at t = 0/10/20/40; minibatches 2.7, 235, 2.0e4, 1.5e8 for 95 per cent."""
    assert "A15" in shown()
    for t, right, needed in ((0, ".99997", "2.7"), (10, ".666", "235"), (20, ".518", "2.0e4"), (40, ".5002", "1.5e8")):
        signal = 0.8**t
        digits(erfc(-signal * 4 / sqrt(2)) / 2, right)
        digits(1.645**2 / signal**2, needed)
    tiny = np.array([3e-200, -4e-200])
    assert np.sqrt((tiny**2).sum()) == 0.0
    assert np.allclose(tiny / np.hypot(*tiny), [0.6, -0.8])
