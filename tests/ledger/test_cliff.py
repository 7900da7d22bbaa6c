"""The numbers of the claims about cliffs, recomputed in mpmath (60 digits) and NumPy."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
from mpmath import mpf
from recomputed import digits, generator, shown

HALF = mpf(1) / 2


def sigma(x: Any) -> Any:
    return 1 / (1 + mpmath.exp(-x))


def slope(x: Any) -> Any:
    return sigma(x) * sigma(-x)


def ray(w: Any) -> Any:
    return HALF - w * sigma(HALF)


def visit(w: Any, b: Any, T: int = 50) -> tuple[Any, Any, Any, Any]:
    """State, its derivative by b, loss, length of the gradient."""
    x, by_w, by_b = HALF, mpf(0), mpf(0)
    for _ in range(T):
        rate = w * slope(x)
        by_w, by_b, x = sigma(x) + rate * by_w, 1 + rate * by_b, w * sigma(x) + b
    outer = 2 * (sigma(x) - mpf("0.7")) * slope(x)
    return x, by_b, (sigma(x) - mpf("0.7")) ** 2, abs(outer) * mpmath.hypot(by_w, by_b)


def test_D1() -> None:
    """Gradient and Hessian of a product of 20 equal factors, from the products themselves."""
    assert "D1" in shown("cliff")
    for c, printed in ((2.0, "2.34e6"), (0.5, "8.5e-6")):
        w = np.full(20, c)
        digits(float(np.linalg.norm([np.prod(np.delete(w, i)) for i in range(20)])), printed)
    n, c = 6, 1.5
    H = np.array([[0 if i == j else c ** (n - 2) for j in range(n)] for i in range(n)])
    assert np.allclose(np.linalg.eigvalsh(H), [-(c ** (n - 2))] * (n - 1) + [(n - 1) * c ** (n - 2)])
    box = generator().uniform(-0.8, 0.8, size=(1000, 6))
    lengths = [np.linalg.norm([np.prod(np.delete(w, i)) for i in range(6)]) for w in box]
    assert max(lengths) <= np.sqrt(6) * 0.8**5


def test_D2() -> None:
    """The ray, the heights, the thickness, the peak beside the ray, the ramp below the threshold, the grid."""
    assert "D2" in shown("cliff")
    with mpmath.workdps(60):
        digits(1 / slope(HALF), "4.2552519")
        for w, printed in (
            ("3", ".15"),
            ("4.5", "11.5"),
            ("5", "779"),
            ("6", "3.03e6"),
            ("7", "4.28e9"),
            ("-6", "5.15e5"),
        ):
            W = mpf(w)
            assert visit(W, ray(W))[0] == HALF or abs(visit(W, ray(W))[0] - HALF) < mpf("1e-40")
            digits(visit(W, ray(W))[3], printed)
        digits(_thickness(mpf(6), lambda x: x), "6.77e-8")
        digits(_thickness(mpf(6), sigma), "4.80e-8")
        for w, T, xi, printed in ((5, 50, "-.142", "8.690"), (5, 100, "-.142", "8.733"), (6, 50, "-.4545", "6.468")):
            digits(_factor(mpf(w), T, mpf(xi)), printed)
            assert all(_factor(mpf(w), T, mpf(xi) + d) < _factor(mpf(w), T, mpf(xi)) for d in (-0.05, 0.05))
        W = mpf("4.25")
        digits(max(visit(W, ray(W) + mpf(k) / 5000)[3] for k in range(-60, -30)), "30")
    seen = _grid()
    digits(float(seen.max()), "3.6e3")
    digits(float(np.median(seen)), ".036")
    assert np.quantile(seen, 0.99) < 0.23


def _factor(W: Any, T: int, xi: Any) -> Any:
    """How much longer the gradient is at b = ray + xi rho^-T than on the ray."""
    rho = W * slope(HALF)
    return visit(W, ray(W) + xi * rho**-T, T)[3] / visit(W, ray(W), T)[3]


def _thickness(W: Any, function: Any) -> Any:
    """Distance in b between 10 % and 90 % of the rise between the two attractors."""
    low, high = (mpmath.findroot(lambda x: W * sigma(x) + ray(W) - x, start) for start in (-2.5, 2.5))
    places = []
    for share in (mpf("0.1"), mpf("0.9")):
        mark = function(low) + share * (function(high) - function(low))
        a, c = ray(W) - mpf("1e-4"), ray(W) + mpf("1e-4")
        for _ in range(60):
            middle = (a + c) / 2
            a, c = (middle, c) if function(visit(W, middle)[0]) < mark else (a, middle)
        places.append(a)
    return places[1] - places[0]


def _grid() -> Any:
    """The gradient backwards in time, where the topic goes forwards."""
    w = np.linspace(4.5, 7, 800)[:, None]
    b = np.linspace(-4.5, -1.5, 800)[None, :]
    found = []
    for rows in np.array_split(w, 20):
        states = [np.full((len(rows), 800), 0.5)]
        for _ in range(50):
            states.append(rows / (1 + np.exp(-states[-1])) + b)
        s = 1 / (1 + np.exp(-states[-1]))
        back, by_w, by_b = 2 * (s - 0.7) * s * (1 - s), 0.0, 0.0
        for x in reversed(states[:-1]):
            s = 1 / (1 + np.exp(-x))
            by_w, by_b = by_w + back * s, by_b + back
            back = back * rows * s * (1 - s)
        found.append(np.hypot(by_w, by_b))
    return np.concatenate(found)


def test_D3() -> None:
    """The single step from 1e-9 beside the ray; 500 starts around (5.5, -2.9): only the printed intervals."""
    assert "D3" in shown("cliff")
    with mpmath.workdps(60):
        w, b, eta = mpf(6), ray(mpf(6)) + mpf("1e-9"), mpf("0.01")
        _, _, loss, length = visit(w, b)
        digits(loss, ".0038")
        digits(length, "2.26e6")
        digits(eta * length, "22583")
        h = mpf("1e-25")
        by_w, by_b = (visit(w + h, b)[2] - loss) / h, (visit(w, b + h)[2] - loss) / h
        digits(visit(w - eta * by_w, b - eta * by_b)[2], ".09")
        digits(visit(w - eta * by_w / length, b - eta * by_b / length)[2], ".038")
    plain, clipped = _descents()
    lost = (abs(plain - 0.09) < 1e-4).sum(), (abs(clipped - 0.09) < 1e-4).sum()
    found = (plain < 0.01).sum(), (clipped < 0.01).sum()
    assert 0.40 < lost[0] / 500 < 0.62 and lost[1] == 0
    assert 0.03 < found[0] / 500 < 0.14 and 0.80 < found[1] / 500 < 0.93


def _descents() -> list[Any]:
    """With NumPy's own exponential and another seed."""
    w, b = (np.tile(c + generator(7 + k).uniform(-1e-6, 1e-6, 500), 2) for k, c in enumerate((5.5, -2.9)))
    limit = np.repeat([np.inf, 0.2], 500)
    for step in range(401):
        x, by_w, by_b = np.full(1000, 0.5), np.zeros(1000), np.zeros(1000)
        for _ in range(50):
            s = 1 / (1 + np.exp(-np.clip(x, -40, 40)))
            rate = w * s * (1 - s)
            by_w, by_b, x = s + rate * by_w, 1 + rate * by_b, w * s + b
        s = 1 / (1 + np.exp(-np.clip(x, -40, 40)))
        if step == 400:
            return np.split((s - 0.7) ** 2, 2)
        outer = 2 * (s - 0.7) * s * (1 - s)
        length = np.hypot(outer * by_w, outer * by_b)
        factor = 0.1 * np.minimum(1, limit / np.maximum(length, 1e-300)) * outer
        w, b = w - factor * by_w, b - factor * by_b
    raise AssertionError


def test_X3() -> None:
    """x''/x' = (t-1)/w for x w^t, by differences of polynomials in exact arithmetic."""
    assert "X3" in shown("cliff")
    import sympy

    w, x = sympy.symbols("w x", positive=True)
    for t in (2, 5, 50):
        first = sympy.diff(x * w**t, w)
        assert sympy.simplify(sympy.diff(first, w) / first - sympy.Rational(t - 1) / w) == 0


def test_X5() -> None:
    """Sensitivity 1.3008 at both folds, 7.05e7 at the basin boundary; the folds by solving for slope 1."""
    assert "X5" in shown("cliff")
    with mpmath.workdps(60):
        W = mpf(6)
        for start, printed in ((1.3, "-3.41509"), (-1.3, "-2.58491")):
            x = mpmath.findroot(lambda x: W * slope(x) - 1, start)
            b = x - W * sigma(x)
            digits(b, printed)
            digits(visit(W, b)[1], "1.3008")
        digits(ray(W), "-3.234756")
        digits(visit(W, ray(W))[1], "7.05e7")
