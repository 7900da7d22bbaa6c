"""The numbers of the claims on latching, recomputed by a second route: Fractions, mpmath, NumPy. One test for each claim."""

from __future__ import annotations

from fractions import Fraction
from math import erfc, log, sqrt

import mpmath
import numpy as np
from recomputed import digits, generator, spectral_norm
from recomputed import shown as shown_by


def shown() -> frozenset[str]:
    return shown_by("latching")


def test_E1() -> None:
    """x' = tanh(2x+u), |u| <= .2, basin [.8, 1]: q = .4323 on a grid of states and inputs; q^50 = 6.2e-19; every product obeys it."""
    assert "E1" in shown()
    states, inputs = np.meshgrid(np.linspace(0.8, 1, 201), np.linspace(-0.2, 0.2, 201))
    images = np.tanh(2 * states + inputs)
    slopes = 2 * (1 - images**2)
    assert images.min() >= 0.8
    q = slopes.max()
    digits(q, ".4323")
    digits(q**50, "6.2e-19")
    draw, x, product = generator(1), np.full(500, 0.8), np.ones(500)
    for t in range(1, 51):
        x = np.tanh(2 * x + draw.uniform(-0.2, 0.2, 500))
        product *= 2 * (1 - x**2)
        assert (product <= q**t * (1 + 1e-12)).all()
    D, P = np.array([[0.5, 10], [0, 0.5]]), np.diag([1, 100.0])
    assert spectral_norm(D) > 10
    assert spectral_norm(P @ D @ np.linalg.inv(P)) < 0.56


def test_E2() -> None:
    """r = 3.7, noise .01: |x| stays in [.21487, .935], exactly; 2000 runs, t = 400: every log-Jacobian >= 105 or so, mean .338."""
    assert "E2" in shown()
    r, noise = Fraction(37, 10), Fraction(1, 100)
    high = r / 4 + noise
    low = r * high * (1 - high) - noise
    digits(float(low), ".21487")
    assert high == Fraction(935, 1000)
    ends = [r * y * (1 - y) for y in (low, high)]
    assert low <= min(ends) - noise
    assert r / 4 + noise <= high
    draw = generator(11)
    x = draw.choice([-1.0, 1.0], 2000) * draw.uniform(float(low), float(high), 2000)
    signs, logs = np.sign(x), np.zeros(2000)
    for _ in range(400):
        logs += np.log(abs(3.7 * (1 - 2 * abs(x))))
        x = np.sign(x) * 3.7 * abs(x) * (1 - abs(x)) + draw.uniform(-0.01, 0.01, 2000)
    assert (np.sign(x) == signs).all()
    assert logs.min() > 90
    assert abs(logs.mean() / 400 - 0.338) < 0.01


def test_E3() -> None:
    """x - x^3: the gradient falls like t^(-3/2); measured slope close to -1.4996."""
    assert "E3" in shown()
    x, gradient, found = mpmath.mpf(1) / 2, mpmath.mpf(1), {}
    for t in range(1, 100_001):
        gradient, x = gradient * (1 - 3 * x**2), x - x**3
        if t in (10_000, 100_000):
            found[t] = gradient
    slope = mpmath.log(found[100_000] / found[10_000]) / mpmath.log(10)
    assert abs(slope + 1.49962) < 5e-4
    assert abs(x * sqrt(2e5) - 1) < 1e-2


def test_E4() -> None:
    """The integrator: noise variance t sigma^2; flip probability .24 at t = 200, sigma = .1."""
    assert "E4" in shown()
    digits(erfc(1 / (0.1 * sqrt(200)) / sqrt(2)) / 2, ".24")
    walks = generator(3).normal(0, 0.1, (20_000, 200)).sum(axis=1)
    assert abs(walks.var() / 2 - 1) < 0.06
    assert abs((1 + walks < 0).mean() - 0.24) < 0.02


def test_E7() -> None:
    """400 random tanh units: every exponent is negative; w = 1 at 0 has exponent 0, w = 2 at 0 has ln 2."""
    assert "E7" in shown()
    draw = generator(7)
    w, b, x = draw.uniform(0, 4, 400), draw.uniform(-1, 1, 400), draw.uniform(-1, 1, 400)
    total = np.zeros(400)
    for t in range(1000):
        x = np.tanh(w * x + b)
        total += np.log(w * (1 - x**2)) if t >= 100 else 0
    assert (total < 0).all()
    assert log(1 * (1 - np.tanh(0.0) ** 2)) == 0
    digits(log(2 * (1 - np.tanh(2 * 0.0) ** 2)), ".6931")


def test_X6() -> None:
    """Tube: bound .076, observed at most .027, for tanh(2x+u), |u| <= .2."""
    assert "X6" in shown()
    q = mpmath.mpf(2) * (1 - mpmath.tanh("1.4") ** 2)
    digits(q / 2 * mpmath.mpf("0.2") / (1 - q), ".076")
    home = mpmath.findroot(lambda x: mpmath.tanh(2 * x) - x, 0.95)
    worst = mpmath.findroot(lambda x: mpmath.tanh(2 * x - mpmath.mpf("0.2")) - x, 0.93)
    digits(home - worst, ".027")


def test_X7() -> None:
    """h* = .53284 at w = 2, as a formula and by bisection on the runs themselves, to 1e-3."""
    assert "X7" in shown()
    digits(mpmath.sqrt(2) - mpmath.atanh(mpmath.sqrt("0.5")), ".53284")
    for w in (1.5, 2.0, 4.0):
        formula = sqrt(w * (w - 1)) - float(mpmath.atanh(sqrt(1 - 1 / w)))
        assert _held(w, formula - 1e-3)
        assert not _held(w, formula + 1e-3)


def _held(w: float, u: float) -> bool:
    x = 1.0
    for _ in range(3000):
        x = float(np.tanh(w * x - u))
    return x > 0
