"""The numbers of A12, A13 and of the float traps of A2, A7, A15, B10 and D6, by the machine's own arithmetic, mpmath and SymPy."""

from __future__ import annotations

from fractions import Fraction
from math import cosh, exp, hypot, inf, isnan, nextafter, sqrt, tanh

import mpmath
import numpy as np
import sympy
from recomputed import digits, shown

HERE = "floating-point"


def test_A12() -> None:
    """Loss 697, slope 2.39e4, safe rate 2.5e-6; a rate of 1e-3 moves to -22.7 with loss 8e53; a saturating loss of 2.0 with the
    slope 2.6e-30, or 0 by 1 - tanh^2."""
    assert "A12" in shown(HERE)
    lam, x, y, t = sympy.symbols("lam x y t", positive=True)
    L = (lam**t * x - y) ** 2 / 2
    assert sympy.simplify(L.diff(lam) - t * lam ** (t - 1) * x * (lam**t * x - y)) == 0
    assert sympy.simplify(L.diff(lam, 2) - t * lam ** (t - 2) * x * ((2 * t - 1) * lam**t * x - (t - 1) * y)) == 0
    at = {lam: sympy.Rational(6, 5), x: 1, y: 1, t: 20}
    loss, slope, curvature = (
        sympy.Rational(term.subs(at)) for term in (L, L.diff(lam), sympy.simplify(L.diff(lam, 2)))
    )
    digits(float(loss), "697")
    digits(float(slope), "2.39e4")
    digits(float(2 / curvature), "2.5e-6")
    moved = sympy.Rational(6, 5) - slope / 1000
    digits(float(moved), "-22.7")
    digits(float((moved**20 - 1) ** 2 / 2), "8e53")
    with mpmath.workdps(60):
        u = mpmath.mpf(6) / 5
        digits((mpmath.tanh(u**20) + 1) ** 2 / 2, "2.0")
        digits(20 * u**19 * (mpmath.tanh(u**20) + 1) * mpmath.sech(u**20) ** 2, "2.6e-30")
    z = 1.2**20
    assert 1 - tanh(z) ** 2 == 0.0 and 2 / cosh(z) ** 2 > 0
    for eta in (Fraction(1, 2), Fraction(2), Fraction(3)):
        g, h = Fraction(7), Fraction(1)
        assert (-eta * g**2 + eta**2 * g**2 * h / 2 > 0) == (eta > 2 / h)


def test_A13() -> None:
    """±1e148, inf, NaN at updates 5, 6, 7; absorbed updates; 1/2^1075 is 0 and 2^1024 infinite; NaN from inf - inf."""
    assert "A13" in shown(HERE)
    w, run = 3.0, []
    with np.errstate(all="ignore"):
        for _ in range(8):
            run.append(w)
            w = float(np.float64(w) - 0.5 * (4 * np.float64(w) ** 3 - 2 * np.float64(w)))
    assert abs(np.log10(abs(run[5])) - 148) < 0.5 and abs(run[6]) == inf and isnan(run[7])
    exact = Fraction(3)
    for _ in range(5):
        exact = 2 * exact - 2 * exact**3
    assert exact.denominator == 1 and len(str(abs(exact))) == 149
    assert len(str(abs(2 * exact - 2 * exact**3))) == 445
    assert 1 - 1e-17 == 1.0 and 1 - 5.5e-17 == 1.0 and 1 - 5.6e-17 < 1.0 and 1 + 1.1e-16 == 1.0
    assert Fraction(1) - Fraction(1, 10**17) != 1
    assert nextafter(1.0, 2.0) - 1 == 2.0**-52 and 1 - nextafter(1.0, 0.0) == 2.0**-53
    digits(2.0**-52, "2.2e-16")
    digits(2.0**-25, "2.98e-8")
    one = np.float32(1)
    assert one - np.float32(2.98e-8) == one and one - np.float32(3e-8) < one
    assert 0.5**1074 > 0 and 0.5**1075 == 0.0
    assert 2.0**1023 < inf and 2.0**1023 * 2 == inf and isnan(inf - inf)
    value = 1.0
    for _ in range(8000):
        value *= 0.9
    assert value == 5 * 5e-324 and Fraction(9, 10) ** 8000 > 0


def test_A2() -> None:
    """`eig` on a Jordan block: κ(V) = 9e15, and V Λ^20 V^{-1} has 0 where J^20 has 20; a relative error of 3e-9 elsewhere."""
    assert "A2" in shown(HERE)
    V = sympy.Matrix([[1, -1], [0, sympy.Rational(1, 2**52)]])
    assert V * sympy.eye(2) ** 20 * V.inv() == sympy.eye(2)
    with mpmath.workdps(40):
        singular = mpmath.svd_r(mpmath.matrix([[1, -1], [0, mpmath.mpf(2) ** -52]]), compute_uv=False)
        digits(max(singular) / min(singular), "9.0e15")
    values, vectors = np.linalg.eig(np.array([[1.0, 1.0], [0.0, 1.0]]))
    assert (vectors @ np.diag(values**20) @ np.linalg.inv(vectors))[0, 1] == 0.0
    assert 1e15 < np.linalg.cond(vectors) < 1e17
    A = np.array([[3.0, 1.0], [-1.0, 1.0]])
    values, vectors = np.linalg.eig(A)
    found = (vectors @ np.diag(values**20) @ np.linalg.inv(vectors)).real
    assert np.abs(found - np.linalg.matrix_power(A, 20)).max() / np.abs(np.linalg.matrix_power(A, 20)).max() < 1e-6


def test_A7() -> None:
    """A zero overlap in doubles is cured in 40 to 60 steps."""
    assert "A7" in shown(HERE)
    x, y = 1.0, -2.0
    for steps in range(1, 100):  # noqa: B007  counted to the end
        x, y = 4 * x + y, 2 * x + 3 * y
        length = sqrt(x * x + y * y)
        x, y = x / length, y / length
        if (x + y) ** 2 > x * x + y * y:
            break
    assert 40 <= steps <= 60


def test_A15() -> None:
    """g = (3e-200, -4e-200): the naive norm is 0, hypot gives the direction (.6, -.8)."""
    assert "A15" in shown(HERE)
    g = np.array([3e-200, -4e-200])
    assert sqrt(float((g * g).sum())) == 0.0
    length = hypot(3e-200, -4e-200)
    assert length > 0
    digits(3e-200 / length, ".6")
    digits(-4e-200 / length, "-.8")
    digits(0.6, ".600000")


def test_B10() -> None:
    """σ(1-σ) in doubles is 0 for z >= 37; the stable form gives 4.2e-18 at 40."""
    assert "B10" in shown(HERE)

    def naive(z: float) -> float:
        sigma = 1 / (1 + exp(-z))
        return sigma * (1 - sigma)

    assert naive(36.0) > 0 and all(naive(float(z)) == 0.0 for z in range(37, 200))
    stable = float(np.exp(-np.logaddexp(0, 40.0) - np.logaddexp(0, -40.0)))
    digits(stable, "4.2e-18")
    with mpmath.workdps(40):
        digits(mpmath.exp(-40) / (1 + mpmath.exp(-40)) ** 2, "4.2e-18")


def test_D6() -> None:
    """g = (1e200, 1e200): the naive norm is infinite and the clipped vector 0."""
    assert "D6" in shown(HERE)
    with np.errstate(over="ignore"):
        g = np.array([1e200, 1e200])
        naive = float(np.sqrt((g * g).sum()))
    assert naive == inf and (g * (1.0 / naive) == 0).all()
    assert hypot(1e200, 1e200) < inf
