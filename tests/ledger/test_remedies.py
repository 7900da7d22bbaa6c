"""The numbers of F1 to F6, recomputed by mpmath, Fractions and NumPy."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import mpmath
import numpy as np
from recomputed import digits, exact, generator, power, shown, spectral_norm, times


def test_F1() -> None:
    """The time constant of a = .99 is 99.5; a leak of .1 leaves 2.7e-5 of a saturated gradient after 100 steps."""
    assert "F1" in shown("remedies")
    with mpmath.workdps(30):
        digits(-1 / mpmath.log(mpmath.mpf("0.99")), "99.5")
    digits(float(Fraction(9, 10) ** 100), "2.7e-5")
    a, average, values = Fraction(9, 10), Fraction(0), [Fraction(k * k % 7) for k in range(30)]
    for value in values:
        average = a * average + (1 - a) * value
    assert average == sum((1 - a) * a ** (29 - j) * value for j, value in enumerate(values))
    assert sum((1 - a) * a**k for k in range(12)) == 1 - a**12


def _influence(a: Fraction, b: Fraction, d: int, last: int) -> list[Fraction]:
    """d h_t / d h_0 for h_t = a h_{t-1} + b h_{t-d}, by the recurrence."""
    found = [Fraction(1)]
    for t in range(1, last + 1):
        found.append(a * found[t - 1] + (b * found[t - d] if t >= d else 0))
    return found


def test_F2() -> None:
    """Delays alone; with both connections at .6 the rate is 1.1307 and 2.8e10 at τ = 199; paths are counted by binomials."""
    assert "F2" in shown("remedies")
    for d, printed in ((1, "2.7e-5"), (2, ".005"), (5, ".12"), (10, ".35")):
        digits(float(Fraction(9, 10) ** (100 // d)), printed)
    for d in (2, 3, 5):
        alone = _influence(Fraction(0), Fraction(1, 2), d, 20)
        assert all(value == (Fraction(1, 2) ** (t // d) if t % d == 0 else 0) for t, value in enumerate(alone))
    w = Fraction(3, 5)
    both = _influence(w, w, 2, 199)
    digits(float(both[199]), "2.8e10")
    with mpmath.workdps(30):
        digits((mpmath.mpf("0.6") + mpmath.sqrt(mpmath.mpf("0.36") + mpmath.mpf("2.4"))) / 2, "1.1307")
    for d, a, b in ((2, w, w), (3, Fraction(1, 2), Fraction(-1, 3)), (4, Fraction(-1), Fraction(2, 7))):
        for tau, value in enumerate(_influence(a, b, d, 25)):
            ways = sum(comb(tau - (d - 1) * j, j) * a ** (tau - d * j) * b**j for j in range(tau // d + 1))
            assert value == ways
    for a, b, d in product((0.1, 0.4, 0.7), (0.1, 0.4, 0.7), (2, 3, 6)):
        roots = np.abs(np.roots([1, -a, *[0] * (d - 2), -b]))
        assert (roots.max() < 1) == (a + b < 1)


def test_F3() -> None:
    """.9^100, a forget bias of 1 over 50 steps, the bias that keeps half over 100 steps, a total derivative above 1."""
    assert "F3" in shown("remedies")
    digits(float(Fraction(9, 10) ** 100), "2.7e-5")
    with mpmath.workdps(30):
        gate = 1 / (1 + mpmath.exp(-1))
        digits(gate, ".731")
        digits(gate**50, "1.6e-7")
        q = mpmath.mpf(2) ** (-mpmath.mpf(1) / 100)
        bias = mpmath.log(q / (1 - q))
        digits(bias, "4.97")
        assert abs((1 / (1 + mpmath.exp(-bias))) ** 100 - mpmath.mpf(1) / 2) < mpmath.mpf("1e-25")
        level = 20 * mpmath.tanh(1)
        digits(mpmath.diff(lambda s: s / (1 + mpmath.exp(-(20 * mpmath.tanh(s) - level))), 1), "2.600")


def test_F4() -> None:
    """Var prod (1 + w_i) = (1 + v)^n - 1: 1.594 for n = 10, v = .1; the limit 1.718; the typical rate -v/2."""
    assert "F4" in shown("remedies")
    digits(float(Fraction(11, 10) ** 10 - 1), "1.594")
    digits(mpmath.e - 1, "1.718")
    law = {Fraction(-1, 2): Fraction(1, 3), Fraction(1, 4): Fraction(2, 3)}
    v = sum(p * w * w for w, p in law.items())
    assert sum(p * w for w, p in law.items()) == 0
    for n in range(1, 7):
        first, second = Fraction(0), Fraction(0)
        for choice in product(law.items(), repeat=n):
            chance, value = Fraction(1), Fraction(1)
            for w, p in choice:
                chance, value = chance * p, value * (1 + w)
            first, second = first + chance * value, second + chance * value**2
        assert (first, second - first**2) == (1, (1 + v) ** n - 1)
    small = mpmath.mpf("1e-4")
    mean = mpmath.quad(lambda z: mpmath.log(abs(1 + mpmath.sqrt(small) * z)) * mpmath.npdf(z), [-9, 0, 9])
    assert abs(mean / (-small / 2) - 1) < 1e-3


def test_F5() -> None:
    """ρ = 1/2 and e_2 stretched 10.01 times; a nilpotent matrix that latches a bit at ±.99490; ρ(DW) = 3."""
    assert "F5" in shown("remedies")
    digits(spectral_norm(exact([[Fraction(10)], [Fraction(1, 2)]])), "10.01")
    W = exact([[3, -3], [3, -3]])
    assert power(W, 2) == exact([[0, 0], [0, 0]])
    assert np.abs(np.linalg.eigvals(np.array([[3.0, -3.0], [0.0, 0.0]]))).max() == 3
    assert times(exact([[1, 0], [0, 0]]), W) == exact([[3, -3], [0, 0]])
    with mpmath.workdps(30):
        for sign in (1, -1):
            p, q = sign * mpmath.mpf("0.01"), mpmath.mpf(1)
            for _ in range(2000):
                p, q = mpmath.tanh(3 * p - 3 * q + 3), mpmath.tanh(3 * p - 3 * q + 20)
            digits(sign * p, ".99490")
    scaled = np.diag([1, 1e4]) @ np.array([[0.5, 10], [0, 0.5]]) @ np.diag([1, 1e-4])
    assert 0.5 < spectral_norm(scaled) < 0.501


def test_F6() -> None:
    """Singular values of Q^1000 stay within rounding of 1; with a tanh and noise the Jacobian vanishes: .34 after 10 steps
    and 9.8e-8 after 100 in another draw."""
    assert "F6" in shown("remedies")
    draw = generator()
    Q = np.linalg.qr(draw.normal(size=(50, 50)))[0]
    after = np.eye(50)
    for _ in range(1000):
        after = Q @ after
    assert np.abs(np.linalg.svd(after, compute_uv=False) - 1).max() < 1e-11
    sizes = []
    for seed in range(20):
        draw = generator(seed)
        Q = np.linalg.qr(draw.normal(size=(50, 50)))[0]
        state, jacobian = np.zeros(50), np.eye(50)
        for t in range(1, 101):
            state = np.tanh(Q @ state + 0.3 * draw.normal(size=50))
            jacobian = (1 - state**2)[:, None] * (Q @ jacobian)
            if t == 10:
                early = spectral_norm(jacobian)
        sizes.append((early, spectral_norm(jacobian)))
    assert all(0.2 < early < 0.6 and 1e-9 < late < 1e-6 for early, late in sizes)
