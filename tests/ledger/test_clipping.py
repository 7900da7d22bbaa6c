"""The numbers of the claims about clipping, recomputed by Fractions, NumPy and mpmath."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, sqrt
from typing import Any

import mpmath
import numpy as np
from recomputed import digits, generator, shown

F = Fraction


def clip(x: Any, v: Any = 1) -> Any:
    return max(-v, min(v, x))


def degrees(a: list[float], b: list[float]) -> Any:
    with mpmath.workdps(30):
        dot = mpmath.fsum(x * y for x, y in zip(a, b, strict=True))
        return mpmath.degrees(mpmath.acos(dot / mpmath.norm(a) / mpmath.norm(b)))


def test_D4() -> None:
    """Steepest: -g/|g| among 10^5 directions of length 1; the signs among all corners of the cube; -M^{-1} g in a metric."""
    assert "D4" in shown("clipping")
    draw = generator()
    g = np.array([3.0, 1.0, -2.0])
    unit = draw.normal(size=(100_000, 3))
    unit /= np.linalg.norm(unit, axis=1)[:, None]
    assert (unit @ g).min() >= -np.linalg.norm(g) - 1e-12
    assert np.allclose(unit[(unit @ g).argmin()], -g / np.linalg.norm(g), atol=0.05)
    corners = [np.array(c) for c in product((-1, 1), repeat=3)]
    assert min(corners, key=lambda c: c @ g).tolist() == (-np.sign(g)).tolist()
    assert np.sign([3, 1]).tolist() == [1, 1]
    A = draw.normal(size=(3, 3))
    M = A.T @ A
    best = -np.linalg.solve(M, g)
    best /= sqrt(best @ M @ best)
    scaled = unit / np.sqrt(np.einsum("ki,ij,kj->k", unit, M, unit))[:, None]
    assert (scaled @ g).min() >= best @ g - 1e-12


def test_D5() -> None:
    """The exact range of decrease on random integer quadratics; the two counterexamples to the local bound."""
    assert "D5" in shown("clipping")
    draw = generator(1)
    for _ in range(200):
        H = draw.integers(-3, 4, size=(3, 3))
        H = (H + H.T).astype(object)
        g = draw.integers(-3, 4, size=3).astype(object)
        a, h = int(g @ g), int(g @ H @ g)
        for eta in (F(1, 7), F(1, 2), F(2)):
            change = -eta * a + eta * eta * h / 2
            if a and h > 0:
                assert (change < 0) == (eta < F(2 * a, h))
            elif a:
                assert change < 0
    assert F(2, 12) == F(1, 6)
    for eta in (F(1, 6), F(1, 3), F(49, 100)):
        assert (1 - 4 * eta) ** 4 < 1 <= (1 - 4 * (F(1, 2) + eta)) ** 4
    x = 1 - F(9, 10) * 2
    digits(float(x**2 + (1 - x) ** 4 / 10), "1.69")


def test_D6() -> None:
    """f = 1000 x^2 at 10^-3, v = 1, eta = .01: .001 becomes .081; |c| = min(|g|, v); the overflow of the naive norm."""
    assert {"D6", "T10"} <= shown("clipping")
    x, v, eta = F(1, 1000), 1, F(1, 100)
    after = x - eta * clip(2000 * x, v)
    assert (1000 * x**2, 1000 * after**2) == (F(1, 1000), F(81, 1000))
    draw = generator(2)
    for g in draw.normal(size=(200, 4)) * 3:
        c = g * min(1, 1 / np.linalg.norm(g))
        assert abs(np.linalg.norm(c) - min(np.linalg.norm(g), 1)) < 1e-12 and g @ c > 0
    g = np.array([1e200, 1e200])
    with np.errstate(over="ignore"):
        assert np.linalg.norm(g) == np.inf and (g * (1 / np.linalg.norm(g)) == 0).all()
    digits(float(np.hypot(*g)) / 1e200, "1.41421")


def test_D7() -> None:
    """39.29 degrees for (10, 1); the cosine is above 1/sqrt(n) for 2000 random gradients and comes close."""
    assert "D7" in shown("clipping")
    digits(degrees([10, 1], [1, 1]), "39.29")
    draw = generator(3)
    for _ in range(2000):
        n = int(draw.integers(2, 8))
        g = draw.normal(size=n) * np.exp(3 * draw.normal(size=n))
        c = np.clip(g, -1, 1)
        assert g @ c > 0 and np.linalg.norm(c) <= sqrt(n) + 1e-12
        assert g @ c / np.linalg.norm(g) / np.linalg.norm(c) > 1 / sqrt(n) - 1e-12
    g = np.array([1e9, 1, 1, 1])
    assert 0 < g.clip(-1, 1) @ g / np.linalg.norm(g) / 2 - 1 / 2 < 1e-8


def batch_mean(m: int) -> Fraction:
    return sum((comb(m, k) * F(1, 10) ** k * F(9, 10) ** (m - k) * clip(F(11 * k - m, m)) for k in range(m + 1)), F(0))


def test_D8() -> None:
    """The means of the clipped batch means by the binomial law, and for small m over all outcomes; 39.3 degrees."""
    assert "D8" in shown("clipping")
    for m in (1, 2, 5):
        total = F(0)
        for outcome in product(((F(10), F(1, 10)), (F(-1), F(9, 10))), repeat=m):
            weight = F(1)
            for _, p in outcome:
                weight *= p
            total += weight * clip(sum(x for x, _ in outcome) / m)
        assert total == batch_mean(m)
    assert (batch_mean(1), batch_mean(2)) == (F(-4, 5), F(-31, 50))
    for m, printed in ((5, "-.181"), (10, "-.046"), (13, "-.0073"), (14, ".0002"), (20, ".042"), (50, ".092")):
        digits(float(batch_mean(m)), printed)
    assert F("0.0999") < batch_mean(200) < F(1, 10)
    assert all(batch_mean(m) < 0 for m in range(1, 14)) and all(batch_mean(m) > 0 for m in range(14, 60))
    digits(degrees([5, 0.5], [0.5, 0.5]), "39.3")


def test_D9() -> None:
    """½(w^20-1)² from .3, eta .1, 5000 steps: .30000116 with and without clipping, in 50 digits."""
    assert "D9" in shown("clipping")
    with mpmath.workdps(50):
        w = c = mpmath.mpf("0.3")
        for _ in range(5000):
            w -= mpmath.mpf("0.1") * 20 * w**19 * (w**20 - 1)
            c -= mpmath.mpf("0.1") * clip(20 * c**19 * (c**20 - 1))
        assert w == c
        digits(w, "0.30000116")


def test_X4() -> None:
    """The immediate gradient of the regulariser against differences to 1e-6; zero for isometries."""
    assert "X4" in shown("clipping")
    draw = generator(4)
    W, D, u = draw.normal(size=(4, 4)), np.diag(draw.uniform(0.2, 1, 4)), draw.normal(size=4)

    def penalty(W: Any) -> float:
        return float((np.linalg.norm(D @ W.T @ u) / np.linalg.norm(u) - 1) ** 2)

    a = D @ W.T @ u
    r = np.linalg.norm(a) / np.linalg.norm(u)
    gradient = 2 * (r - 1) / np.linalg.norm(u) * np.outer(u, D @ a) / np.linalg.norm(a)
    h = 1e-6
    for i, j in product(range(4), repeat=2):
        E = np.zeros((4, 4))
        E[i, j] = h
        assert abs((penalty(W + E) - penalty(W - E)) / (2 * h) - gradient[i, j]) < 1e-6 * max(1, abs(gradient).max())
    Q = np.linalg.qr(W)[0]
    assert abs(np.linalg.norm(Q @ u) / np.linalg.norm(u) - 1) < 1e-14


def test_X18() -> None:
    """Both clippings are descent directions: a tiny step along them lowers a smooth loss, 500 random cases."""
    assert "X18" in shown("clipping")
    draw = generator(5)
    for _ in range(500):
        A, b, x = draw.normal(size=(5, 5)), draw.normal(size=5), draw.normal(size=5) / 4
        residual = np.tanh(A @ x) - b
        g = A.T @ ((1 - np.tanh(A @ x) ** 2) * residual)
        by_norm = g * min(1, 0.1 / np.linalg.norm(g))
        for c in (by_norm, np.clip(g, -0.1, 0.1)):
            eta = 1e-6
            after = np.tanh(A @ (x - eta * c)) - b
            assert after @ after < residual @ residual
