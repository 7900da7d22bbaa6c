"""The numbers of B5 and X11 to X14, recomputed by mpmath, Fractions and NumPy."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import sqrt

import mpmath
import numpy as np
from recomputed import digits, generator, shown


def test_B5() -> None:
    """The n-th roots of 1/4, and what one per cent too much does in a hundred layers."""
    assert "B5" in shown("initialization")
    with mpmath.workdps(30):
        for n, printed in ((1, "0.25"), (2, "0.5"), (10, "0.8706"), (100, "0.98623")):
            digits(mpmath.mpf("0.25") ** (mpmath.mpf(1) / n), printed)
    digits(float(Fraction(101, 100) ** 100), "2.70")


def test_X11() -> None:
    """Both weights 1/20, s = 2, τ = 1, nine tenths of the target: 2.2201 by the formula, 2.221 by gradient descent with small steps."""
    assert "X11" in shown("initialization")
    start, s = mpmath.mpf(1) / 400, mpmath.mpf(2)
    goal = s * 9 / 10
    digits(mpmath.log(goal * (s - start) / (start * (s - goal))) / (2 * s), "2.2201")
    rate, u, v, steps = 1e-3, 0.05, 0.05, 0
    while u * v < 1.8:
        u, v, steps = u + rate * (2 - u * v) * v, v + rate * (2 - u * v) * u, steps + 1
    digits(steps * rate, "2.221")


def _time(n: int, start: str) -> mpmath.mpf:
    """The integral of 1/(n a^{2 - 2/n} (1 - a)) from the start to 9/10."""
    ends = [mpmath.mpf(start), mpmath.mpf("0.9")]
    ladder = [ends[0] * (ends[1] / ends[0]) ** (mpmath.mpf(k) / 12) for k in range(13)]
    power = 2 - mpmath.mpf(2) / n
    return mpmath.quad(lambda a: 1 / (n * a**power * (1 - a)), ladder)


def test_X12() -> None:
    """From 1/2 deeper is faster, from 1e-4 slower with a maximum near n = 16; gradient descent on the weights agrees."""
    assert "X12" in shown("initialization")
    for n, printed in ((2, "1.10"), (50, "0.061")):
        digits(_time(n, "0.5"), printed)
    for n, printed in ((2, "5.7"), (10, "199"), (16, "226"), (50, "144")):
        digits(_time(n, "1e-4"), printed)
    times = {n: _time(n, "1e-4") for n in range(12, 22)}
    assert 14 <= max(times, key=lambda n: times[n]) <= 18
    assert all(_time(a, "0.5") > _time(b, "0.5") for a, b in pairwise((2, 3, 5, 10, 50)))
    w, rate, steps = 0.5 ** (1 / 5), 1e-4, 0
    while w**5 < 0.9:
        w, steps = w + rate * (1 - w**5) * w**4, steps + 1
    assert abs(steps * rate / float(_time(5, "0.5")) - 1) < 2e-3


def test_X13() -> None:
    """Forward gain times backward gain is 4 n m/(n + m)^2 <= 1; the halving funnel; the uniform limit."""
    assert "X13" in shown("initialization")
    for n in range(1, 30):
        for m in range(1, 30):
            v = Fraction(2, n + m)
            assert (n * v) * (m * v) == Fraction(4 * n * m, (n + m) ** 2)
            assert (n * v * m * v == 1) == (n == m) and n * v * m * v <= 1
    assert 2 * Fraction(2, 3) == Fraction(4, 3)
    digits(float(Fraction(4, 3) ** 10), "17.8")
    draw = generator()
    limit = sqrt(6 / (40 + 20))
    weights = draw.uniform(-limit, limit, size=(20, 40, 5000))
    x = draw.normal(size=40)
    out = np.einsum("oid,i->od", weights, x)
    gain = np.mean(out**2) / np.mean(x**2)
    assert abs(gain / (4 / 3) - 1) < 6 * sqrt(2 / out.size)


def test_X14() -> None:
    """E relu(z)^2 = v/2 for symmetric laws; the drift of the log-length at N = 50; chains of one unit die."""
    assert "X14" in shown("initialization")
    for law in (
        {Fraction(-1): Fraction(1, 2), Fraction(1): Fraction(1, 2)},
        {Fraction(-3): Fraction(1, 8), Fraction(3): Fraction(1, 8), Fraction(0): Fraction(3, 4)},
    ):
        assert sum(p * max(z, Fraction(0)) ** 2 for z, p in law.items()) == sum(p * z**2 for z, p in law.items()) / 2
    draws = np.maximum(generator(7).standard_normal((40_000, 50)), 0)
    logs = np.log(2 / 50 * np.square(draws).sum(axis=1)) / 2
    error = float(logs.std()) / sqrt(len(logs))
    # measured -.02600 in another draw; the leading term is -5/(4 N) = -.025
    assert abs(float(logs.mean()) + 0.02600) < 6 * sqrt(2) * error and abs(float(logs.mean()) + 0.025) < 0.005
    for n in (1, 5, 10):
        alive = np.all(generator(n).standard_normal((200_000, n)) > 0, axis=1).mean()
        assert abs(alive - 2.0**-n) < 6 * sqrt(2.0**-n / 200_000)
