"""The numbers of C5 and C7 to C10, recomputed by mpmath, Fractions, NumPy and SymPy."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import sympy
from recomputed import digits, generator, shown


def test_C5() -> None:
    """-H^{-1} g is stationary for the model, exact in one step on quadratics, a minimum only for positive definite H."""
    assert "C5" in shown("newton")
    draw = generator()
    for _ in range(50):
        n = int(draw.integers(2, 7))
        H = draw.normal(size=(n, n))
        H, target, x = H + H.T, draw.normal(size=n), draw.normal(size=n)
        g = H @ (x - target)
        d = -np.linalg.solve(H, g)
        assert np.allclose(x + d, target, atol=1e-6 * np.linalg.cond(H))
        e = draw.normal(size=n)
        change = (g @ (d + e) + (d + e) @ H @ (d + e) / 2) - (g @ d + d @ H @ d / 2)
        assert abs(change - e @ H @ e / 2) < 1e-9 * np.linalg.cond(H) * (1 + abs(change))
    values, vectors = np.linalg.eigh(np.diag([1.0, -1.0]))
    assert values[0] < 0 and vectors[:, 0] @ np.diag([1.0, -1.0]) @ vectors[:, 0] < 0


def test_C7() -> None:
    """The examples: f = 1 and f' = 10^±6; e^{Mx}; 1 + δx; c(x - 1); and gradient descent beside them."""
    assert "C7" in shown("newton")
    assert -1 / Fraction(10**6) == Fraction(-1, 10**6) and -1 / Fraction(1, 10**6) == -(10**6)
    assert Fraction(1, 100) * 10**6 == 10**4
    x, M, d, c = sympy.symbols("x M delta c", positive=True)
    for f, at, step in ((sympy.exp(M * x), 0, -1 / M), (1 + d * x, 0, -1 / d), (c * (x - 1), 2, -1), (x**2, x, -x / 2)):
        assert sympy.simplify((-f / f.diff(x)).subs(x, at) - step) == 0


def test_C8() -> None:
    """x^4 with η = .05: threshold 3.16227766; 10^-6 above it, beyond 10^100 in 15 steps; Newton contracts by 2/3."""
    assert "C8" in shown("newton")
    with mpmath.workdps(300):
        eta = mpmath.mpf("0.05")
        edge = 1 / mpmath.sqrt(2 * eta)
        digits(edge, "3.16227766")
        for sign, ends in ((1, True), (-1, False)):
            x, sizes = edge + sign * mpmath.mpf("1e-6"), []
            for _ in range(15):
                x -= eta * 4 * x**3
                sizes.append(abs(x))
            assert (sizes[-1] > mpmath.mpf(10) ** 100) == ends and sizes[-2] < mpmath.mpf(10) ** 100
        x = edge
        assert abs(x - eta * 4 * x**3 + x) < mpmath.mpf("1e-290")
    x = sympy.Symbol("x")
    assert sympy.simplify(x - (x**4).diff(x) / (x**4).diff(x, 2) - 2 * x / 3) == 0


def test_C9() -> None:
    """arctan: x_c to 24 digits, 21 steps to 10^50; the cube root at 10^-9; the 2-cycle of x^3 - 2x + 2."""
    assert "C9" in shown("newton")
    with mpmath.workdps(1200):
        edge = mpmath.findroot(lambda x: 2 * x - (1 + x * x) * mpmath.atan(x), mpmath.mpf("1.39"))
        digits(edge, "1.391745200270734924416441")
        x, steps = edge + mpmath.mpf("1e-6"), 0
        while abs(x) <= mpmath.mpf(10) ** 50:
            x, steps = x - (1 + x * x) * mpmath.atan(x), steps + 1
        assert steps == 21
        x = edge - mpmath.mpf("1e-6")
        for _ in range(21):
            x -= (1 + x * x) * mpmath.atan(x)
        assert abs(x) < mpmath.mpf(10) ** -300
    with mpmath.workdps(30):
        x = mpmath.mpf("1e-9")
        digits(x ** (-mpmath.mpf(2) / 3) / 3, "3.3e5")
        assert mpmath.almosteq(mpmath.cbrt(x) / (mpmath.cbrt(x) ** -2 / 3), 3 * x)
    x = sympy.Symbol("x")
    f = x**3 - 2 * x + 2
    newton = sympy.cancel(x - f / f.diff(x))
    assert newton.subs(x, 0) == 1 and newton.subs(x, 1) == 0
    assert newton.subs(x, newton).diff(x).subs(x, 0) == 0


def test_C10() -> None:
    """The order of the pole is that of the zero of f'; a log-log slope near -k; a multiple root has none."""
    assert "C10" in shown("newton")
    x = sympy.Symbol("x")
    for k in (1, 2, 3, 4):
        f = 3 + 2 * x ** (k + 1) + x ** (k + 2)
        assert sympy.limit(x**k * f / f.diff(x), x, 0) == sympy.Rational(3, 2 * (k + 1))
        with mpmath.workdps(60):
            size = [abs(mpmath.mpf((f / f.diff(x)).subs(x, sympy.Rational(1, 10**m)).evalf(50))) for m in (5, 6)]
            assert abs(-mpmath.log10(size[1] / size[0]) + k) < mpmath.mpf("1e-4")
    digits(sympy.N(((1 + x**2 + x**3) / (2 * x + 3 * x**2)).subs(x, sympy.Rational(1, 10**5)), 20), "49999.25")
    for m in (1, 2, 5):
        assert sympy.cancel(((x - 2) ** m) / ((x - 2) ** m).diff(x) - (x - 2) / m) == 0
    inflection = sympy.Integer(1) * x + x**3
    assert sympy.limit(x * inflection.diff(x) / inflection.diff(x, 2), x, 0) == sympy.Rational(1, 6)
