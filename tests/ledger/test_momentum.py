"""The numbers of the claims about momentum, recomputed by running the methods."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

import mpmath
import numpy as np
from recomputed import digits, generator, shown


def iteration(method: str, u: float, mu: float) -> Any:
    """The matrix from (x, v) to the next (x, v) along an eigenvector with eta lambda = u."""
    look = mu if method == "nesterov" else 0.0
    v = np.array([-u, mu - u * look])
    return np.array([[1 + v[0], v[1]], v])


def radius(matrix: Any) -> float:
    return float(np.abs(np.linalg.eigvals(matrix)).max())


def test_C11() -> None:
    """Rates over a whole spectrum, the two numbers of steps by running the recurrence, the defective matrix."""
    assert "C11" in shown("momentum")
    kappa = 1e4
    s = sqrt(kappa)
    spectrum = np.linspace(1, kappa, 4001)
    beta = (s - 1) / (s + 1)
    rates = [radius(iteration("nesterov", lam / kappa, beta)) for lam in spectrum]
    assert abs(max(rates) - (1 - 1 / s)) < 1e-6 and int(np.argmax(rates)) == 0
    best = 2 / (1 + kappa)
    assert abs(np.abs(1 - best * spectrum).max() - (1 - 2 / (kappa + 1))) < 1e-12
    polyak = [radius(iteration("classical", 4 * lam / (s + 1) ** 2, beta**2)) for lam in spectrum]
    assert abs(max(polyak) - beta) < 1e-6
    assert _nesterov_steps(10_000) == 2143
    with mpmath.workdps(30):
        assert mpmath.ceil(mpmath.log(mpmath.mpf("1e-8")) / mpmath.log(mpmath.mpf(9999) / 10001)) == 92104
    A = iteration("nesterov", 1 / kappa, beta)
    assert np.linalg.cond(np.linalg.eig(A)[1]) > 1e6
    r = 1 - 1 / s
    assert np.allclose((A - r * np.eye(2)) @ (A - r * np.eye(2)), 0, atol=1e-15)


def _nesterov_steps(kappa: int) -> int:
    """Steps until the error along the slowest eigenvector is below 1e-8, from rest, in 50 digits."""
    with mpmath.workdps(50):
        root = mpmath.sqrt(kappa)
        mu, eta = (root - 1) / (root + 1), mpmath.mpf(1) / kappa
        x, v, steps = mpmath.mpf(1), mpmath.mpf(0), 0
        while abs(x) >= mpmath.mpf("1e-8"):
            v = mu * v - eta * (x + mu * v)
            x, steps = x + v, steps + 1
        return steps


def test_X16() -> None:
    """Nesterov as momentum mu (1 - eta lambda), exactly; both limits by spectral radii; 1.297 against .949 at 1.5."""
    assert "X16" in shown("momentum")
    draw = generator()
    for _ in range(50):
        x, v, mu, u = (Fraction(int(k), 7) for k in draw.integers(-20, 21, 4))
        assert mu * v - u * (x + mu * v) == mu * (1 - u) * v - u * x
    for mu in (0.1, 0.5, 0.9, 0.99):
        for method, limit in (("classical", 2 * (1 + mu)), ("nesterov", (2 + 2 * mu) / (1 + 2 * mu))):
            assert radius(iteration(method, limit - 1e-4, mu)) < 1 < radius(iteration(method, limit + 1e-4, mu))
    digits((2 + 2 * 0.9) / (1 + 2 * 0.9), "1.357")
    digits(2 * (1 + 0.9), "3.8")
    digits(radius(iteration("nesterov", 1.5, 0.9)), "1.297")
    digits(radius(iteration("classical", 1.5, 0.9)), ".949")
