"""The numbers of B10 to B12, recomputed by mpmath, Fractions and NumPy."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
from recomputed import digits, generator, shown


def sigmoid(z: mpmath.mpf) -> mpmath.mpf:
    return 1 / (1 + mpmath.exp(-z))


def test_B10() -> None:
    """0 < σ' <= min(1/4, e^{-|z|}); a large input keeps the derivative by the weight; max z σ'(z); the trap of doubles."""
    assert "B10" in shown("saturation")
    with mpmath.workdps(40):
        for z in (mpmath.mpf(k) / 7 for k in range(-300, 301)):
            slope = sigmoid(z) * (1 - sigmoid(z))
            assert abs(mpmath.diff(sigmoid, z) - slope) < mpmath.mpf("1e-15")
            assert 0 < slope <= min(mpmath.mpf(1) / 4, mpmath.exp(-abs(z)))
            assert abs(slope - 1 / (2 + 2 * mpmath.cosh(z))) < mpmath.mpf("1e-38")
        x, w = mpmath.exp(10), 10 * mpmath.exp(-10)
        digits(x * mpmath.diff(sigmoid, w * x), "0.99991")
        place = mpmath.findroot(lambda z: z * mpmath.tanh(z / 2) - 1, 1.5)
        digits(place, "1.5434")
        digits(place * sigmoid(place) * (1 - sigmoid(place)), "0.223871602347")
    values = 1 / (1 + np.exp(-np.arange(1.0, 45.0)))
    assert next(z for z, y in enumerate(values, 1) if y * (1 - y) == 0) == 37
    stable = np.exp(-np.logaddexp(0, 40.0) - np.logaddexp(0, -40.0))
    digits(float(stable), "4.2e-18")


def test_B11() -> None:
    """|∂h_n/∂h_0| <= prod |w_k|/4; w = 2, t = 20, h_0 = 0.3: 1.05e6 without the sigmoid, 6.44e-12 with it, the bound 9.5e-7."""
    assert "B11" in shown("saturation")
    digits(2**20, "1.05e6")
    digits(float(Fraction(1, 2) ** 20), "9.5e-7")
    with mpmath.workdps(40):
        state, slope = mpmath.mpf("0.3"), mpmath.mpf(1)
        for _ in range(20):
            state = sigmoid(2 * state)
            slope *= 2 * state * (1 - state)
        digits(slope, "6.44e-12")

        def last(h: mpmath.mpf) -> mpmath.mpf:
            for _ in range(20):
                h = sigmoid(2 * h)
            return h

        assert abs(mpmath.diff(last, mpmath.mpf("0.3")) / slope - 1) < mpmath.mpf("1e-6")
    draw = generator()
    for _ in range(200):
        w, b, h, g = draw.normal(size=12) * 3, draw.normal(size=12), draw.normal(), 1.0
        for k in range(12):
            h = 1 / (1 + np.exp(-(w[k] * h + b[k])))
            g *= w[k] * h * (1 - h)
        assert abs(g) <= np.prod(np.abs(w) / 4) * (1 + 1e-9)


def test_B12() -> None:
    """|∇f|² <= 2L(f - f*) for an L-smooth function, not for |x|; at 0.3 the loss (w^20 - 1)²/2 is 0.5 with slope -2.3e-9."""
    assert "B12" in shown("saturation")
    w = Fraction(3, 10)
    digits(float((w**20 - 1) ** 2 / 2), "0.5")
    digits(float(20 * w**19 * (w**20 - 1)), "-2.3e-9")
    draw = generator(1)
    for _ in range(200):
        root = draw.normal(size=(5, 5))
        A, x = root @ root.T, draw.normal(size=5)
        L = np.linalg.eigvalsh(A)[-1]
        assert np.sum((A @ x) ** 2) <= 2 * L * (x @ A @ x / 2) * (1 + 1e-12)
    for L in (1, 10, 1000):
        assert 1 > 2 * L * Fraction(1, 4 * L)
