"""The numbers of C1 to C4, C6 and X15, recomputed by mpmath, Fractions, NumPy and SymPy."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import sympy
from recomputed import digits, generator, shown


def test_C1() -> None:
    """w/(n - 1); 100 Newton steps with n = 20 from 1/2; constant for exponentials only."""
    assert "C1" in shown("second-order")
    w, tau, c = sympy.symbols("w tau c", positive=True)
    for n in (3, 7, 20):
        f = w**n
        assert sympy.cancel(f.diff(w) / f.diff(w, 2) - w / (n - 1)) == 0
    x = Fraction(1, 2)
    for _ in range(100):
        x -= x / 19
    digits(mpmath.mpf(x.numerator) / x.denominator, "0.0022431609")
    tail = c * sympy.exp(-w / tau)
    assert sympy.simplify(tail.diff(w) / tail.diff(w, 2) + tau) == 0


def test_C2() -> None:
    """Tails: the ratio grows, vanishes, tends to -1 and (from the other side) to 1; a ripple."""
    assert "C2" in shown("second-order")
    z = sympy.Symbol("z", real=True)
    rational, gauss = 1 / (1 + z**2), sympy.exp(-(z**2))
    assert sympy.limit(rational.diff(z) / rational.diff(z, 2) / z, z, sympy.oo) == -sympy.Rational(1, 3)
    assert sympy.limit(sympy.cancel(gauss.diff(z) / gauss.diff(z, 2)) * 2 * z, z, sympy.oo) == -1
    with mpmath.workdps(60):
        for sign, where in ((-1, 40), (1, -40)):
            one, two = (mpmath.diff(lambda t, s=sign: mpmath.log(1 + mpmath.exp(s * t)), where, k) for k in (1, 2))
            digits(one / two, f"{sign}.0000000000")
    eps = sympy.Rational(1, 1000)
    ripple = eps**2 * sympy.sin(z / eps)
    assert bool(abs(ripple.diff(z)).subs(z, eps) <= eps) and abs(ripple.diff(z, 2).subs(z, eps * sympy.pi / 2)) == 1


def test_C3() -> None:
    """n = 10, y = 1, w = 1/2: gradient, curvature, steps, pole; steps of four rules."""
    assert "C3" in shown("second-order")
    n, w = 10, mpmath.mpf("0.5")
    J, r = n * w ** (n - 1), w**n - 1
    curvature = J * J + r * n * (n - 1) * w ** (n - 2)
    digits(J * r, "-0.0195")
    digits(curvature, "-0.351")
    digits(-J * r / curvature, "-0.0556")
    digits(-r / J, "51.15")
    digits((mpmath.mpf(9) / 19) ** (mpmath.mpf(1) / 10), "0.928")
    wanted = {"absolute": 9, "damped": 14, "plain": 43}
    with mpmath.workdps(400):
        for rule, count in wanted.items():
            w, needed, largest = mpmath.mpf("0.5"), None, mpmath.mpf(0)
            for t in range(1, 60):
                J, r = n * w ** (n - 1), w**n - 1
                curvature = J * J + r * n * (n - 1) * w ** (n - 2)
                w -= J * r / {"absolute": abs(curvature), "damped": J * J + mpmath.mpf("0.01"), "plain": J * J}[rule]
                largest = max(largest, w)
                if needed is None and abs(w - 1) < mpmath.mpf("1e-10"):
                    needed = t
            assert needed == count
            if rule == "plain":
                digits(largest, "51.65")
        w = mpmath.mpf("0.5")
        for _ in range(60):
            J, r = n * w ** (n - 1), w**n - 1
            w -= J * r / (J * J + r * n * (n - 1) * w ** (n - 2))
        digits(w, "4e-4")


def test_C4() -> None:
    """The quartic: errors from 2/5; the basin |x| < 1/sqrt(5), a share of 22.36 % of [-2, 2]."""
    assert "C4" in shown("second-order")
    x = Fraction(2, 5)
    for printed in ("0.246", "0.036", "9.7e-5", "1.8e-12"):
        x = 2 * x**3 / (3 * x**2 - 1)
        digits(abs(mpmath.mpf(x.numerator) / x.denominator), printed)
    digits(1 / (2 * mpmath.sqrt(5)), "0.2236")
    draw = np.random.default_rng(0).uniform(-2, 2, 4000)
    for start in draw:
        if min(abs(abs(start) - 5**-0.5), abs(abs(start) - 3**-0.5)) < 1e-6:
            continue
        x = start
        for _ in range(200):
            x = 2 * x**3 / (3 * x**2 - 1)
        assert (abs(x) < 1e-9) == (abs(start) < 5**-0.5)


def test_C6() -> None:
    """Bias of the mean of m: 1/3, 1/6, .075, .0164, .00395, .00098, by convolution; m times it tends to 1/4."""
    assert "C6" in shown("second-order")
    ways = [1]
    biases: dict[int, Fraction] = {}
    for m in range(1, 257):
        ways = [one + other for one, other in pairwise([0, *ways, 0])]  # one more example: 1/2 or 3/2
        biases[m] = sum((Fraction(2 * m * n, m + 2 * k) for k, n in enumerate(ways)), Fraction(0)) / 2**m - 1
    assert biases[1] == Fraction(1, 3) and biases[2] == Fraction(1, 6) and biases[4] == Fraction(3, 40)
    for m, printed in ((4, "0.075"), (16, "0.0164"), (64, "0.00395"), (256, "0.00098")):
        digits(mpmath.mpf(biases[m].numerator) / biases[m].denominator, printed)
    assert abs(256 * biases[256] - Fraction(1, 4)) < Fraction(1, 1000)
    H, sigma = np.diag([1.0, 100.0]), np.eye(2)
    noise = np.linalg.inv(H) @ sigma @ np.linalg.inv(H)
    assert abs(noise[0, 0] / noise[1, 1] - np.linalg.cond(H) ** 2) < 1e-9


def test_X15() -> None:
    """G is positive semidefinite; the damped step is at most |r| / (2 sqrt(λ)), attained; one extra pass gives H v."""
    assert "X15" in shown("second-order")
    draw = generator()
    for _ in range(300):
        m, n = (int(k) for k in draw.integers(1, 7, 2))
        J, r = draw.normal(size=(m, n)) * 10 ** draw.uniform(-3, 2), draw.normal(size=m)
        C = draw.normal(size=(m, m))
        assert np.linalg.eigvalsh(J.T @ C.T @ C @ J).min() > -1e-9 * np.linalg.norm(C @ J) ** 2 - 1e-12
        damping = 10 ** draw.uniform(-3, 1)
        p = np.linalg.solve(J.T @ J + damping * np.eye(n), J.T @ r)
        assert np.linalg.norm(p) <= np.linalg.norm(r) / (2 * damping**0.5) * (1 + 1e-6)
    s = 0.3
    assert abs(s / (s * s + s * s) - 1 / (2 * s)) < 1e-15
    x = np.array([0.3, -0.7, 1.1])
    v = np.array([1.0, 2.0, -1.0])
    hessian = np.diag(12 * x**2) + np.ones((3, 3))

    def gradient(z: np.ndarray) -> np.ndarray:
        return 4 * z**3 + z.sum()

    step = 1e-30
    assert np.allclose(np.imag(gradient(x + 1j * step * v)) / step, hessian @ v, rtol=1e-12)
